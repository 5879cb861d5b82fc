"""The people of a caseload, as the lists about measuring show them."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet

from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.people.queries import coach_names

C = TypeVar("C")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """Somebody of the caseload, with the stretch of the benefit (half-open)."""

    pseudonym_id: int
    key: uuid.UUID
    name: str
    district: str
    benefit_starts_on: date
    benefit_ends_on: date
    no_contact_until: date | None


def caseload_rows(viewer: Viewer, *, own_only: bool) -> list[CaseloadRow]:
    """Return everyone whose file the viewer may open, by name; or only the viewer's own people."""
    found = residents(viewer, own_only=own_only).order_by("family_name", "given_name", "pk")
    return [
        CaseloadRow(
            pseudonym_id=pseudonym_id,
            key=key,
            name=f"{given_name} {family_name}",
            district=district,
            benefit_starts_on=starts_on,
            benefit_ends_on=ends_on,
            no_contact_until=no_contact_until,
        )
        for (
            pseudonym_id,
            key,
            given_name,
            family_name,
            district,
            starts_on,
            ends_on,
            no_contact_until,
        ) in found.values_list(
            "pseudonym_id",
            "pseudonym__key",
            "given_name",
            "family_name",
            "district__name",
            "benefit_entry__starts_on",
            "benefit_entry__ends_on",
            "no_contact_until",
        )
    ]


def residents(viewer: Viewer, *, own_only: bool) -> QuerySet[Resident]:
    """Return the rows of the caseload, to be asked further."""
    rows = Resident.objects.visible_to(viewer)
    if not own_only:
        return rows
    own = Responsibility.objects.visible_to(viewer).current()
    return rows.filter(
        pseudonym_id__in=own.filter(coach_id=viewer.membership_id).values("pseudonym_id")
    )


def page_of_rows(
    viewer: Viewer,
    rows: Sequence[R],
    *,
    pseudonym_id: Callable[[R], int],
    to_card: Callable[[R, str], C],
    number: int,
    size: int = 25,
) -> Page[C]:
    """Return one page of rows that are already there, each with the name of its coach."""
    paginator = Paginator(rows, size)
    page = paginator.get_page(number)
    shown = list(page.object_list)
    coaches = coach_names(viewer, [pseudonym_id(row) for row in shown])
    return Page(
        cards=[to_card(row, coaches.get(pseudonym_id(row), "")) for row in shown],
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
    )
