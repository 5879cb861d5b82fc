"""Who died or moved away, kept also of those who take part nowhere; a slip can be taken back."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Departure
from meedoen.rules.places.following import Going
from meedoen.rules.vocabulary import Outcome


def note_departures(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], last_day: date, outcome: Outcome
) -> None:
    """Keep that these people died or moved away; what is known already, is not said again.

    Called by the action that ends what they had, in its transaction; it holds the people. Somebody
    dies once: another day takes the place of the one that was kept.
    """
    people = sorted(set(pseudonym_ids))
    known: dict[int, list[Departure]] = {person: [] for person in people}
    rows = Departure.objects.visible_to(viewer).current().filter(outcome=outcome).order_by("pk")
    for group in in_groups(people):
        for row in rows.filter(pseudonym_id__in=group):
            known[row.pseudonym_id].append(row)
    now = clock.now()
    Departure.objects.bulk_create(
        [
            Departure(
                municipality_id=viewer.municipality_id,
                pseudonym_id=person,
                outcome=outcome,
                last_day=last_day,
                replaces=before[-1] if before and outcome is Outcome.DIED else None,
                recorded_at=now,
                recorded_by_id=viewer.membership_id,
            )
            for person, before in known.items()
            if all(row.last_day != last_day for row in before)
        ],
        batch_size=2_000,
    )
    note_changes(viewer, people)


def departures(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> dict[int, list[Going]]:
    """Return what is known now of who of these people died or moved away, by pseudonym."""
    rows = Departure.objects.visible_to(viewer).current().order_by("last_day", "pk")
    found: dict[int, list[Going]] = {}
    for group in in_groups(sorted(set(pseudonym_ids))):
        some = rows.filter(pseudonym_id__in=group)
        for person, outcome, day in some.values_list("pseudonym_id", "outcome", "last_day"):
            found.setdefault(person, []).append(Going(Outcome(outcome), day))
    return found


@action(Permission.CORRECT_PLACEMENT)
def take_back_departures(viewer: Viewer, *, pseudonym_id: int) -> None:
    """Say that somebody did not die and did not move away; what stopped, stays stopped.

    Raises ActionRefusedError when nothing of that kind is kept.
    """
    rows = list(Departure.objects.visible_to(viewer).current().filter(pseudonym_id=pseudonym_id))
    if not rows:
        raise ActionRefusedError(_("Er staat niet genoteerd dat deze inwoner weg is."))
    Departure.objects.bulk_create(
        Departure(
            municipality_id=viewer.municipality_id,
            pseudonym_id=pseudonym_id,
            outcome=row.outcome,
            last_day=row.last_day,
            replaces=row,
            taken_back=True,
            recorded_at=clock.now(),
            recorded_by_id=viewer.membership_id,
        )
        for row in rows
    )
    note_changes(viewer, [pseudonym_id])
