"""Two divisions side by side: what changed in all, and for whom."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.divisions.compare_queries import Comparison, compared
from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.division_words import narrowed_text
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest, page


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A number of both divisions, and how much the second differs ("+3", "-1", or "0")."""

    label: str
    first: int
    second: int

    @property
    def change(self) -> str:
        """Return how much more or fewer the second has."""
        difference = self.second - self.first
        return f"+{number_text(difference)}" if difference > 0 else number_text(difference)


@page(Permission.PROPOSE_PLACES, methods=("GET", "HEAD"))
def division_compare(request: ViewerRequest, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Lay two divisions side by side, the older one first."""
    found = compared(request.viewer, first=other, second=key)
    if found is not None and found.first.asked_at > found.second.asked_at:
        found = compared(request.viewer, first=key, second=other)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "totals": _totals(found),
        "left": found.changed_count - len(found.changed),
        "first_narrowed": narrowed_text(found.first),
        "second_narrowed": narrowed_text(found.second),
        "crumbs": [
            (_("Plekken verdelen"), reverse("coach:divisions")),
            (_("De verdeling"), reverse("coach:division", args=[key])),
        ],
    }
    return render(request, "coach/division_compare.html", context)


def _totals(found: Comparison) -> Sequence[TotalRow]:
    first, second = found.first, found.second
    return [
        TotalRow(_("Mensen die wachten"), first.people, second.people),
        TotalRow(_("Vrije plekken"), first.seats, second.seats),
        TotalRow(_("Krijgen hun eerste wens"), first.first_wishes, second.first_wishes),
        TotalRow(_("Krijgen een plek"), first.placed, second.placed),
        TotalRow(_("Blijven zonder plek"), first.without, second.without),
        TotalRow(_("Punten voor hoe goed het past"), first.points, second.points),
    ]
