"""Who died or moved away, from placements that ended for it and from what is kept of people."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.departures import departures
from meedoen.records.placements.models import AT_AN_ORGANISATION, StatePeriod
from meedoen.rules.places.following import NO_AFTERCARE, Going
from meedoen.rules.vocabulary import Outcome, PlacementState


def goings(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, list[Going]]:
    """Return who of these people died or moved away, and when, by pseudonym.

    Two questions for some hundreds of people.
    """
    found = departures(viewer, pseudonym_ids=pseudonym_ids)
    rows = StatePeriod.objects.visible_to(viewer).filter(
        placement__outcome__in=NO_AFTERCARE, ends_on__lt=STILL_OPEN
    )
    of_placement = ("placement__pseudonym_id", "placement__outcome", "placement__state")
    for group in in_groups(sorted(set(pseudonym_ids))):
        some = rows.filter(placement__pseudonym_id__in=group)
        lasted = some.values("placement_id", *of_placement).annotate(over=Max("ends_on"))
        for person, outcome, state, over in lasted.values_list(*of_placement, "over"):
            # What ended, lasted until the day before; what came to nothing was over on its day.
            day = over - timedelta(days=1) if state == PlacementState.ENDED else over
            found.setdefault(person, []).append(Going(Outcome(outcome), day))
    return found


def demand_alive(viewer: Viewer, days: Iterable[tuple[int, date]]) -> None:
    """Refuse a seat for somebody, by pseudonym, on a day after they died.

    Raises ActionRefusedError. An organisation is not told that somebody died.
    """
    wanted = sorted(set(days))
    system = Viewer.system(viewer.municipality_id)
    found = goings(system, pseudonym_ids=[person for person, _day in wanted])
    for person, day in wanted:
        for one in found.get(person, ()):
            if one.outcome is not Outcome.DIED or day <= one.last_day:
                continue
            if viewer.role in AT_AN_ORGANISATION:
                raise ActionRefusedError(
                    _("Deze persoon kan op die dag nog niet beginnen. Overleg met de gemeente.")
                )
            raise ActionRefusedError(
                _(
                    "Er staat genoteerd dat deze inwoner op %(day)s is overleden. Klopt dat niet? "
                    "Herstel dat dan eerst in het dossier, bij “Alles stopt”."
                )
                % {"day": one.last_day.strftime("%d-%m-%Y")}
            )
