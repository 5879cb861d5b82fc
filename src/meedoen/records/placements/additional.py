"""Only additional work: nobody begins in a participation job at a place without its check.

Participatiewet, article 10a(1) and (2); since when it is asked stands in
catalogue/places/displacement.toml. Used by the actions.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement
from meedoen.records.places.displacement_at_start import UncheckedPlace, unchecked_at_start
from meedoen.rules.placement_states import BEFORE_START, FIRST_STATES
from meedoen.rules.places.displacement_at_start import Lack


class UncheckedError(ActionRefusedError):
    """At `places` nobody may begin: their check on displacement does not hold.

    `others` are sentences about what else is wrong; all is said at once.
    """

    def __init__(
        self, viewer: Viewer, places: Sequence[UncheckedPlace], others: Sequence[str] = ()
    ) -> None:
        """Say of every place what is missing, and what to do."""
        super().__init__(" ".join([*others, *unchecked_sentences(viewer, places)]))
        self.places = tuple(places)


def demand_checked(viewer: Viewer, starts: Iterable[tuple[Placement, date]]) -> None:
    """Refuse when somebody begins where the check does not hold; the first day goes with each.

    Raises UncheckedError with every such place.
    """
    if places := lacking(viewer, starts):
        raise UncheckedError(viewer, places)


def lacking(viewer: Viewer, starts: Iterable[tuple[Placement, date]]) -> tuple[UncheckedPlace, ...]:
    """Return the places of these placements where nobody may begin on the day with each."""
    return unchecked_at_start(viewer, [(one.place, day) for one, day in starts])


def unchecked_of(viewer: Viewer, *, key: uuid.UUID) -> tuple[UncheckedPlace, ...]:
    """Return what is missing for somebody who may begin still, if that were today; or nothing."""
    rows = Placement.objects.visible_to(viewer).filter(
        key=key, state__in=BEFORE_START | FIRST_STATES
    )
    return lacking(viewer, [(row, clock.today()) for row in rows.select_related("place")])


def unchecked_sentences(viewer: Viewer, places: Iterable[UncheckedPlace]) -> Iterator[str]:
    """Yield for each place what is missing and what to do about it, for this viewer."""
    at_an_organisation = viewer.role in AT_AN_ORGANISATION
    for place in places:
        yield _for_partners(place) if at_an_organisation else _for_coaches(place)


def _for_partners(place: UncheckedPlace) -> str:
    return _(
        "Bij “%(place)s” ontbreekt een geldige toets op verdringing. Vraag de gemeente om die "
        "met u in te vullen. Daarna kan iemand daar beginnen."
    ) % {"place": place.title}


def _for_coaches(place: UncheckedPlace) -> str:
    told = {"place": place.title, "day": _written(place.day)}
    if place.newest is None:
        return (
            _(
                "“%(place)s” is nog niet getoetst op verdringing van betaald werk. Vul eerst de "
                "toets in, bij deze plek. Daarna kan iemand daar beginnen."
            )
            % told
        )
    if place.lack is Lack.DISPLACES:
        return (
            _(
                "Volgens de toets verdringt het werk bij “%(place)s” betaald werk. Kies een "
                "andere plek, of vul de toets bij deze plek opnieuw in als het nu anders is."
            )
            % told
        )
    days = {"from": _written(place.newest.checked_on), "until": _written(place.newest.valid_until)}
    return _(
        "De toets op verdringing van “%(place)s” geldt niet voor een start op %(day)s: hij "
        "telt van %(from)s tot en met %(until)s. Vul de toets bij deze plek opnieuw in."
    ) % (told | days)


def _written(day: date) -> str:
    return day.strftime("%d-%m-%Y")
