"""Who may begin in a participation job by law: art. 10a(1) with 7(1)a and 7(3)a, Participatiewet.

The age stands in catalogue/law/participation_job_duration.toml, dated. Used by the actions.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.models import AT_AN_ORGANISATION, Placement
from meedoen.rules.law.participation_job import law_on
from meedoen.rules.periods import has_age
from meedoen.rules.vocabulary import PlaceKind


def demand_old_enough(viewer: Viewer, starts: Iterable[tuple[Placement, date]]) -> None:
    """Refuse who is too young on the first day of a participation job; the day goes with each.

    Raises ActionRefusedError. An organisation is not told how old somebody is.
    """
    jobs = [one for one in starts if one[0].place.kind == PlaceKind.PARTICIPATION_JOB]
    born = _birth_dates(viewer, {placement.pseudonym_id for placement, _day in jobs})
    for placement, day in jobs:
        from_age = law_on(day).from_age.value
        birth_date = born.get(placement.pseudonym_id)
        if birth_date is None or has_age(birth_date, from_age, day):
            continue
        if viewer.role in AT_AN_ORGANISATION:
            raise ActionRefusedError(
                _("Deze persoon kan op die dag nog niet beginnen. Overleg met de gemeente.")
            )
        raise ActionRefusedError(
            _(
                "Een participatiebaan mag volgens de wet pas vanaf %(age)s jaar. Kies een latere "
                "dag of een andere soort plek."
            )
            % {"age": from_age}
        )


def _birth_dates(viewer: Viewer, people: set[int]) -> dict[int, date]:
    system = Viewer.system(viewer.municipality_id)
    rows = Resident.objects.visible_to(system)
    found: dict[int, date] = {}
    for group in in_groups(sorted(people)):
        found |= rows.filter(pseudonym_id__in=group).values_list("pseudonym_id", "birth_date")
    return found
