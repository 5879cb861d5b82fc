"""Whether Meedoen suggests places in a municipality, who answers for that, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from meedoen.records.organisations.models import MatchingSetting, Municipality
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Permission, Viewer


@dataclass(frozen=True, slots=True)
class MatchingCard:
    """How it is set now. Nobody set it: it is on, `set_at` and `setting_id` are None.

    `contact` and `objection` are empty as long as nobody established them. `since` is when it was
    put on, or off, last.
    """

    code: str
    municipality: str
    is_on: bool
    contact: str
    objection: str
    since: datetime | None
    setting_id: int | None


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change of the setting: when, by whom, why, and how it was from then on."""

    set_at: datetime
    set_by: str
    is_on: bool
    contact: str
    objection: str
    reason: str


def newest_setting(viewer: Viewer) -> MatchingSetting | None:
    """Return the row that counts, for actions of this app; None when nobody set anything."""
    return _settings(viewer.municipality_id).first()


def matching_is_on(viewer: Viewer) -> bool:
    """Return whether the viewer's municipality lets places be matched; on unless it said no."""
    return all(is_on for (is_on,) in _NEWEST.ask(viewer))


def _newest(viewer: Viewer, _whose: Q) -> QuerySet[MatchingSetting, tuple[Any, ...]]:
    return _settings(viewer.municipality_id).values_list("is_on")[:1]


_NEWEST = Prepared(_newest)


def matching_setting(viewer: Viewer) -> MatchingCard:
    """Return how it is set in the viewer's municipality."""
    return _card(Municipality.objects.get(pk=viewer.municipality_id))


def matching_changes(viewer: Viewer) -> Sequence[ChangeCard]:
    """Return every change, newest first; nothing for who may not set it."""
    if not viewer.may(Permission.SET_MATCHING):
        return []
    rows = _settings(viewer.municipality_id).select_related("set_by__account")
    return [
        ChangeCard(
            set_at=row.set_at,
            set_by=row.set_by.account.name if row.set_by else "",
            is_on=row.is_on,
            contact=row.contact,
            objection=row.objection,
            reason=row.reason,
        )
        for row in rows
    ]


def public_matching(code: str) -> MatchingCard | None:
    """Return how it is set in the municipality with this CBS code; None when it is not here."""
    row = Municipality.objects.filter(code=code).first()
    return _card(row) if row else None


def _settings(municipality_id: int) -> QuerySet[MatchingSetting]:
    return MatchingSetting.objects.filter(municipality_id=municipality_id).order_by("-pk")


def _card(municipality: Municipality) -> MatchingCard:
    rows = list(_settings(municipality.pk))
    newest = rows[0] if rows else None
    return MatchingCard(
        code=municipality.code,
        municipality=municipality.name,
        is_on=newest.is_on if newest else True,
        contact=newest.contact if newest else "",
        objection=newest.objection if newest else "",
        since=_since(rows),
        setting_id=newest.pk if newest else None,
    )


def _since(rows: Sequence[MatchingSetting]) -> datetime | None:
    """Return when the state of now began; rows are newest first."""
    began = None
    for row in rows:
        if row.is_on != rows[0].is_on:
            break
        began = row.set_at
    return began
