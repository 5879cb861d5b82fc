"""Nobody takes part in sheltered work without a decision, or without a job under the Wsw.

Participatiewet, article 10b(1); Wsw, articles 2 and 7. Used by the actions, inside their
transaction, for every day on which somebody begins or goes on.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement
from meedoen.records.placements.names import first_names
from meedoen.records.sheltered_stretches.stretches import standings_of
from meedoen.rules.sheltered.standing import SHELTERED_KINDS, may_take_part
from meedoen.rules.vocabulary import PlaceKind


class ShelteredFirstError(ActionRefusedError):
    """Something must be written down first about the sheltered work of `residents`, by key."""

    def __init__(self, said: str, residents: Iterable[uuid.UUID]) -> None:
        """Keep about whom it is, each once."""
        super().__init__(said)
        self.residents = tuple(dict.fromkeys(residents))


def demand_sheltered_first(viewer: Viewer, starts: Iterable[tuple[Placement, date]]) -> None:
    """Refuse who may not take part in sheltered work on a day; the day goes with each placement.

    The people are held, so that what was looked at still holds when this is written; so this is
    asked after the seats. Raises ShelteredFirstError with everybody for whom something is missing.
    An organisation is not told what.
    """
    given = [one for one in starts if one[0].place.kind in SHELTERED_KINDS]
    if not given:
        return
    hold(
        Viewer.system(viewer.municipality_id),
        pseudonym_ids=[placement.pseudonym_id for placement, _day in given],
    )
    found = not_yet_sheltered(viewer, given)
    if not found:
        return
    said = found.values() if len(given) == 1 else _by_name(viewer, given, found)
    raise ShelteredFirstError(" ".join(said), _residents(viewer, sorted(found)))


def not_yet_sheltered(viewer: Viewer, starts: Iterable[tuple[Placement, date]]) -> dict[int, str]:
    """Return what is missing for whom may not take part on a day, by the id of the placement."""
    asked = [one for one in starts if one[0].place.kind in SHELTERED_KINDS]
    # Also of whom the viewer may know no more than that they come.
    people = {placement.pseudonym_id for placement, _day in asked}
    known = standings_of(Viewer.system(viewer.municipality_id), pseudonym_ids=people)
    found: dict[int, str] = {}
    for placement, day in asked:
        kind = PlaceKind(placement.place.kind)
        if not may_take_part(kind, day, known.get(placement.pseudonym_id, ())):
            found[placement.pk] = _missing(viewer, kind, day)
    return found


def _missing(viewer: Viewer, kind: PlaceKind, day: date) -> str:
    if viewer.role in AT_AN_ORGANISATION:
        # Whether somebody has a decision is between them and the municipality.
        return _("Deze persoon kan op die dag nog niet beginnen. Overleg met de gemeente.")
    on = {"day": day.strftime("%d-%m-%Y")}
    if kind is PlaceKind.SHELTERED_WSW:
        return (
            _(
                "Op %(day)s is er geen baan in de Wsw. Voeg die eerst toe in het dossier, bij "
                "“Beschut werk”."
            )
            % on
        )
    return (
        _(
            "Op %(day)s is er geen besluit dat beschut werk nodig is. Leg dat eerst vast in het "
            "dossier, bij “Beschut werk”."
        )
        % on
    )


def _residents(viewer: Viewer, placement_ids: Sequence[int]) -> list[uuid.UUID]:
    rows = Placement.objects.visible_to(viewer)
    return [
        key
        for group in in_groups(placement_ids)
        for key in rows.filter(pk__in=group).order_by("pk").values_list("pseudonym__key", flat=True)
    ]


def _by_name(
    viewer: Viewer, starts: Sequence[tuple[Placement, date]], found: dict[int, str]
) -> list[str]:
    rows = [placement for placement, _day in starts if placement.pk in found]
    names = _names(viewer, rows)
    return [
        _("%(name)s (%(place)s): %(why)s")
        % {"name": names.get(row.pk, ""), "place": row.place.title, "why": found[row.pk]}
        for row in rows
    ]


def _names(viewer: Viewer, rows: Sequence[Placement]) -> dict[int, str]:
    """Return what the viewer may call these people, by the id of the placement."""
    if viewer.role in AT_AN_ORGANISATION:
        return first_names(viewer, [row.pk for row in rows])
    residents = Resident.objects.visible_to(viewer)
    found: dict[int, str] = {}
    for group in in_groups([row.pseudonym_id for row in rows]):
        found |= {one.pseudonym_id: str(one) for one in residents.filter(pseudonym_id__in=group)}
    return {row.pk: found[row.pseudonym_id] for row in rows if row.pseudonym_id in found}
