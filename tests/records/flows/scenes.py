"""A year in which people come, go, come back and move on, with corrections; and plain loops."""

from datetime import date

from meedoen.records.placements.actions import end_all, move_all
from meedoen.records.placements.correcting import correct_start_day, take_back_start
from meedoen.records.placements.models import StatePeriod
from meedoen.records.placements.moving import Change
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind, PlacementState
from tests.records.figures.scenes import crowd, key_of, take_part
from tests.statements import statements_of

EVE, LAST = date(2023, 12, 31), date(2024, 12, 31)
JOB, VOLUNTEER, TRAINING = (
    PlaceKind.PARTICIPATION_JOB,
    PlaceKind.VOLUNTEER_WORK,
    PlaceKind.TRAINING,
)


def live_a_year(town):
    """Let forty people take part at some time in 2024; return their placements by name."""
    people = crowd(town, 40)
    jobs = take_part(town, people[:14], on=date(2023, 10, 2))
    work = take_part(town, people[14:30], on=date(2024, 2, 5), kind=VOLUNTEER)
    few = take_part(town, people[30:33], on=date(2024, 3, 4), kind=TRAINING)
    late = take_part(town, people[33:36], on=date(2023, 11, 6))
    end(town, jobs[:3], date(2024, 5, 31), Outcome.MOVED_ON_TO_PAID_WORK)
    end(town, jobs[3:6], date(2024, 6, 28), Outcome.STOPPED_BY_RESIDENT)
    end(town, work[:2], date(2024, 7, 31), Outcome.MOVED_AWAY)
    # Three of those who stopped go on elsewhere, and one of them does both for a while.
    again = take_part(town, people[3:6], on=date(2024, 9, 2), kind=VOLUNTEER)
    both = take_part(town, people[6:7], on=date(2024, 10, 7), kind=VOLUNTEER)
    pause(town, work[4:6], date(2024, 4, 1))
    take_back_start(town.anna, key=key_of(town, late[0]))
    correct_start_day(town.anna, key=key_of(town, late[1]), started_on=date(2024, 1, 15))
    return {"jobs": jobs, "work": work, "few": few, "late": late, "again": again, "both": both}


def end(town, placements, on, outcome):
    why = MoveReason.GAVE_NO_REASON if outcome is Outcome.STOPPED_BY_RESIDENT else None
    end_all(
        town.system,
        changes=[
            Change(placement_id=one, on=on, outcome=outcome, reason=why) for one in placements
        ],
    )


def pause(town, placements, on):
    reason = MoveReason.AGREED_BREAK
    move_all(
        town.system,
        changes=[Change(placement_id=one, on=on, reason=reason) for one in placements],
        to=PlacementState.PAUSED,
    )


def history_of(town):
    """Return every statement with its placement, 0 for none: row by row, for the plain loops."""
    statements = statements_of(town.connie)
    after = {each.replaces: each.id for each in statements if each.replaces}
    rows = StatePeriod.objects.visible_to(town.system)
    placement_of = dict(rows.values_list("entry_id", "placement_id"))

    def last(entry):
        while entry in after:
            entry = after[entry]
        return entry

    return [(placement_of.get(last(each.id), 0), each) for each in statements]
