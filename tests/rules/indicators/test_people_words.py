"""What each word about people means, to the day."""

from dataclasses import replace
from datetime import date

import pytest

from meedoen.rules.indicators.behind import people_behind, people_without
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import are_measured, evaluate, figure
from meedoen.rules.indicators.language import Breakdown, Version, breakdowns_of
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Printed,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
)
from meedoen.rules.indicators.sources import Known, Sources
from meedoen.rules.indicators.worked_tables import statements_of
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import definition_of

LONG_AGO = date(2015, 1, 1)
ON_BENEFIT = PeopleInState(EntryKind.BENEFIT)
SPOKEN = PeopleWithEvent(EntryKind.CONVERSATION)
JOB = Filters(place_kinds=(PlaceKind.PARTICIPATION_JOB,))


def known_in(table: str) -> Known:
    return Sources(Columns.from_statements(statements_of(table))).known_at(None)


def counted(word, table: str, *dates: date) -> list[int]:
    return evaluate(Version(LONG_AGO, word), known_in(table), dates).values[:, 0].tolist()


def parts(word, table: str, on: date) -> dict[str, int]:
    counts = evaluate(Version(LONG_AGO, word), known_in(table), [on])
    return {name: int(values[0, 0]) for name, values in counts.parts.items()}


STARTS = """
id | person | kind      | starts     | ends       | state    | place             | organisation
1  | A      | placement | 2024-12-01 | 2025-01-10 | proposed | participation_job | 1
2  | A      | placement | 2025-01-10 | 2025-03-01 | trial    | participation_job | 1
3  | A      | placement | 2025-03-01 | 2025-06-01 | active   | participation_job | 1
4  | A      | placement | 2025-06-01 | 2025-09-01 | active   | volunteer_work    | 2
5  | A      | placement | 2025-10-01 |            | paused   | participation_job | 1
"""


@pytest.mark.parametrize(
    ("on", "people"),
    [(date(2025, 1, 9), 0), (date(2025, 1, 10), 1), (date(2025, 2, 9), 1), (date(2025, 2, 10), 0)],
)
def test_somebody_started_on_their_first_day_and_counts_for_the_months(on, people):
    assert counted(PeopleStarted(1), STARTS, on) == [people]


def test_another_state_or_another_place_without_a_day_between_is_no_new_start():
    of_everything = counted(PeopleStarted(1), STARTS, date(2025, 6, 1), date(2025, 10, 1))
    assert of_everything == [0, 1]
    elsewhere = PeopleStarted(1, Filters(place_kinds=(PlaceKind.VOLUNTEER_WORK,)))
    assert counted(elsewhere, STARTS, date(2025, 6, 1)) == [1]


ENDS = """
id | person | kind      | starts     | ends       | state  | place             | outcome
1  | A      | placement | 2025-01-01 | 2025-03-01 | active | participation_job | moved_on_to_paid_work
2  | B      | placement | 2025-01-01 | 2025-03-01 | active | participation_job | stopped_by_partner
3  | B      | placement | 2025-02-01 | 2025-05-01 | active | volunteer_work    | moved_on_to_training
4  | C      | placement | 2025-01-01 |            | active | participation_job |
"""  # noqa: E501 - a row of a table is one line


def test_taking_part_ended_on_the_first_day_without_a_place_with_the_last_outcome():
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 5, 1)]
    assert counted(PeopleEnded(months=1), ENDS, *days) == [0, 1, 1]
    jobs = PeopleEnded(months=1, where=JOB)
    assert counted(jobs, ENDS, *days) == [0, 2, 0]
    paid = PeopleEnded((Outcome.MOVED_ON_TO_PAID_WORK,), 12)
    assert counted(paid, ENDS, date(2025, 12, 31)) == [1]
    partner = PeopleEnded((Outcome.STOPPED_BY_PARTNER,), 12)
    assert counted(partner, ENDS, date(2025, 12, 31)) == [0]


SEEN = """
id | person | kind         | starts     | ends       | outcome   | district
1  | A      | benefit      | 2025-01-01 |            |           | 1
2  | B      | benefit      | 2025-01-01 | 2025-06-01 |           | 2
3  | C      | benefit      | 2025-01-01 |            |           | 2
4  | A      | conversation | 2025-02-28 |            |           | 1
5  | B      | attempt      | 2025-02-28 |            | no_show   | 2
6  | A      | attempt      | 2025-03-01 |            | reached   | 1
7  | A      | attempt      | 2025-03-01 |            | no_show   | 1
8  | D      | conversation | 2025-03-01 |            |           | 1
"""


def test_without_an_event_are_those_on_benefit_for_whom_there_was_none():
    spoken = PeopleWithoutEvent((EntryKind.CONVERSATION,), months=1)
    days = [date(2025, 2, 27), date(2025, 2, 28), date(2025, 3, 27), date(2025, 3, 28)]
    assert counted(spoken, SEEN, *days) == [3, 2, 2, 3]
    both = PeopleWithoutEvent((EntryKind.CONVERSATION, EntryKind.ATTEMPT), months=12)
    assert counted(both, SEEN, date(2025, 5, 31), date(2025, 6, 1)) == [1, 1]
    people = people_behind(Version(LONG_AGO, both), known_in(SEEN), date(2025, 5, 31))
    assert people.tolist() == [3]


def test_events_are_counted_and_not_people():
    attempts = Events(EntryKind.ATTEMPT, months=1)
    assert counted(attempts, SEEN, date(2025, 3, 1)) == [3]
    missed = Events(EntryKind.ATTEMPT, (Outcome.NO_SHOW,), 1)
    assert counted(missed, SEEN, date(2025, 3, 1)) == [2]
    behind = people_behind(Version(LONG_AGO, attempts), known_in(SEEN), date(2025, 3, 1))
    assert behind.tolist() == [1, 2]


def test_a_share_takes_of_the_whole_who_is_in_the_part_too():
    share = Share(SPOKEN, ON_BENEFIT)
    on = date(2025, 3, 1)
    assert counted(share, SEEN, on) == [33]
    assert parts(share, SEEN, on) == {"part": 1, "whole": 3}
    behind = people_behind(Version(LONG_AGO, share), known_in(SEEN), on, part="part")
    assert behind.tolist() == [1]


def test_a_ratio_takes_the_part_as_it_is_and_rounds_halves_up():
    on = date(2025, 3, 1)
    assert counted(Ratio(SPOKEN, ON_BENEFIT, 1_000), SEEN, on) == [667]
    assert counted(Ratio(ON_BENEFIT, SPOKEN, 1), SEEN, on) == [2]
    assert parts(Ratio(SPOKEN, ON_BENEFIT, 10), SEEN, on) == {"part": 2, "whole": 3}
    assert counted(Ratio(ON_BENEFIT, SPOKEN, 10), SEEN, date(2025, 1, 1)) == [0]


GROWN = """
id | person | kind        | starts     | ends       | rung | ladder | domain  | score
1  | A      | benefit     | 2025-01-01 | 2025-05-01 |      |        |         |
2  | A      | measurement | 2025-02-01 |            | 2    | 2024   |         |
3  | A      | measurement | 2025-05-01 |            | 3    | 2024   |         |
4  | B      | benefit     | 2025-01-01 |            |      |        |         |
5  | B      | measurement | 2025-02-01 |            | 2    | 2024   |         |
6  | B      | measurement | 2025-05-01 |            | 4    | 2024   |         |
7  | A      | life_domain | 2025-02-01 |            |      | 1      | money   | 2
8  | A      | life_domain | 2025-06-01 |            |      | 1      | money   | 4
9  | A      | life_domain | 2025-02-01 |            |      | 1      | company | 5
10 | A      | life_domain | 2025-06-01 |            |      | 1      | company | 4
11 | A      | life_domain | 2025-07-01 |            |      | 1      | company | 2
12 | C      | life_domain | 2025-02-01 |            |      | 1      | money   | 1
13 | C      | life_domain | 2025-02-01 |            |      | 1      | company | 1
14 | C      | life_domain | 2025-06-01 |            |      | 2      | money   | 5
15 | D      | benefit     | 2025-01-01 |            |      |        |         |
16 | D      | measurement | 2024-12-31 |            | 2    | 2024   |         |
"""


def test_growth_may_ask_for_a_benefit_on_the_last_day_and_for_more_than_one_rung():
    on = date(2025, 12, 31)
    assert parts(PeopleByGrowth(), GROWN, on)["growth"] == 2
    assert parts(PeopleByGrowth(on_benefit=True), GROWN, on)["growth"] == 1
    assert parts(PeopleByGrowth(on_benefit=True), GROWN, date(2025, 4, 30))["measured_once"] == 2
    larger = parts(PeopleByGrowth(minimum_step=2), GROWN, on)
    assert (larger["growth"], larger["equal"]) == (1, 1)


def test_steps_are_added_up_over_domains_and_never_over_versions():
    days = [date(2025, 2, 1), date(2025, 6, 1), date(2025, 7, 1)]
    found = [parts(PeopleBySteps(), GROWN, on) for on in days]
    nobody = {"growth": 0, "decline": 0, "equal": 0, "measured_once": 0}
    assert found == [
        nobody | {"measured_once": 2},
        nobody | {"growth": 1, "measured_once": 1},
        nobody | {"decline": 1, "measured_once": 1},
    ]
    same = parts(PeopleBySteps(same_rung=True), GROWN, date(2025, 7, 1))
    assert same == nobody | {"measured_once": 1}


def test_who_was_not_measured_in_the_year_can_be_listed():
    version, on = Version(LONG_AGO, PeopleByGrowth()), date(2025, 12, 31)
    assert people_without(version, known_in(GROWN), on).tolist() == [4]
    assert people_without(version, known_in(GROWN), date(2025, 1, 31)).tolist() == [1, 2, 4]
    with pytest.raises(ValueError, match="people_started leaves nobody out"):
        people_without(Version(LONG_AGO, PeopleStarted()), known_in(GROWN), on)


WAITED = """
id | person | kind      | starts     | ends       | recorded   | replaces | withdrawn | state    | place             | organisation
1  | A      | placement | 2025-01-01 | 2025-01-11 |            |          |           | waiting  | participation_job | 1
2  | A      | placement | 2025-01-11 | 2025-01-21 |            |          |           | waiting  | participation_job | 1
3  | A      | placement | 2025-01-01 | 2025-01-06 |            |          |           | waiting  | participation_job | 2
4  | B      | placement | 2025-01-01 | 2025-01-31 |            |          |           | waiting  | volunteer_work    | 1
5  | C      | placement | 2025-01-01 |            |            |          |           | waiting  | volunteer_work    | 1
6  | D      | placement | 2025-01-01 | 2025-01-03 |            |          |           | waiting  | volunteer_work    | 1
7  | D      | placement | 2025-01-01 | 2025-01-03 | 2025-01-04 | 6        | yes       | waiting  | volunteer_work    | 1
"""  # noqa: E501 - a row of a table is one line


def test_days_in_a_state_are_the_lower_median_of_what_ended():
    waiting = DaysInState((PlacementState.WAITING,))
    days = [date(2025, 1, 5), date(2025, 1, 6), date(2025, 1, 21), date(2025, 1, 31)]
    assert counted(waiting, WAITED, *days) == [0, 5, 5, 20]
    assert parts(waiting, WAITED, date(2025, 1, 31)) == {"ended": 3}
    assert are_measured(Version(LONG_AGO, waiting), known_in(WAITED), days[:2]) == [False, True]
    behind = people_behind(Version(LONG_AGO, waiting), known_in(WAITED), date(2025, 1, 31))
    assert behind.tolist() == [1, 2]


STAYED = """
id | person | kind        | starts     | ends       | state  | place             | rung | ladder
1  | A      | placement   | 2025-01-31 | 2025-07-31 | active | participation_job |      |
2  | B      | placement   | 2025-01-31 | 2025-08-01 | active | participation_job |      |
3  | C      | placement   | 2025-01-31 | 2025-02-01 | active | participation_job |      |
4  | C      | placement   | 2025-07-31 |            | paused | volunteer_work    |      |
5  | A      | measurement | 2024-10-31 |            |        |                   | 2    | 2024
6  | A      | measurement | 2025-07-31 |            |        |                   | 3    | 2024
7  | B      | measurement | 2025-01-31 |            |        |                   | 3    | 2024
8  | B      | measurement | 2025-07-31 |            |        |                   | 3    | 2024
9  | B      | measurement | 2025-08-01 |            |        |                   | 5    | 2024
10 | C      | measurement | 2025-01-31 |            |        |                   | 3    | 2024
11 | C      | measurement | 2025-05-01 |            |        |                   | 4    | 2008
"""


def test_still_there_is_who_takes_part_on_exactly_the_later_day():
    after_half_a_year = ShareStillThere(6, 1)
    assert parts(after_half_a_year, STAYED, date(2025, 7, 31)) == {"still_there": 2, "began": 3}
    assert counted(after_half_a_year, STAYED, date(2025, 7, 31)) == [67]
    jobs = ShareStillThere(6, 1, JOB)
    assert parts(jobs, STAYED, date(2025, 7, 31)) == {"still_there": 1, "began": 3}
    days = [date(2025, 7, 30), date(2025, 7, 31), date(2025, 8, 30), date(2025, 8, 31)]
    assert are_measured(Version(LONG_AGO, after_half_a_year), known_in(STAYED), days) == [
        False,
        True,
        True,
        False,
    ]


def test_growth_after_a_start_sets_the_last_measurement_before_it_against_the_last_in_time():
    nobody = dict.fromkeys(GrowthAfterStart.parts, 0)
    three_months = GrowthAfterStart(3, 6, 12, where=JOB)
    on = date(2025, 7, 31)
    assert parts(three_months, STAYED, on) == nobody | {
        "equal": 1,
        "no_baseline": 1,
        "not_measured_again": 1,
    }
    four_months = GrowthAfterStart(4, 6, 12, where=JOB)
    assert parts(four_months, STAYED, on) == nobody | {
        "growth": 1,
        "equal": 1,
        "not_measured_again": 1,
    }
    larger = GrowthAfterStart(4, 6, 12, minimum_step=2, where=JOB)
    assert parts(larger, STAYED, on)["equal"] == 2


FELL = """
id | person | kind        | starts     | ends       | state  | place             | organisation | outcome               | rung | ladder
1  | A      | placement   | 2025-01-01 | 2025-03-01 | active | participation_job | 1            | goal_reached          |      |
2  | B      | placement   | 2025-01-01 | 2025-03-01 | active | participation_job | 1            | moved_on_to_paid_work |      |
3  | C      | placement   | 2025-01-01 | 2025-03-01 | active | participation_job | 1            | moved_on_to_paid_work |      |
4  | C      | measurement | 2025-02-01 |            |        |                   |              |                       | 5    | 2024
5  | C      | measurement | 2025-03-10 |            |        |                   |              |                       | 4    | 2024
6  | D      | placement   | 2025-01-01 | 2025-03-01 | active | participation_job | 1            | died                  |      |
7  | E      | placement   | 2025-01-01 | 2025-03-01 | active | participation_job | 1            | goal_reached          |      |
8  | E      | placement   | 2025-03-11 |            | active | volunteer_work    | 2            |                       |      |
"""  # noqa: E501 - a row of a table is one line


def test_who_fell_back_took_part_nowhere_or_stands_lower_when_the_window_was_over():
    ten_days = ShareFallenBack(0, 10, 1, where=JOB)
    assert are_measured(Version(LONG_AGO, ten_days), known_in(FELL), [date(2025, 3, 11)]) == [False]
    assert parts(ten_days, FELL, date(2025, 3, 12)) == {"fallen_back": 2, "ended": 4}
    assert counted(ten_days, FELL, date(2025, 3, 12)) == [50]
    paid = ShareFallenBack(0, 10, 1, (Outcome.MOVED_ON_TO_PAID_WORK,), JOB)
    assert parts(paid, FELL, date(2025, 3, 12)) == {"fallen_back": 1, "ended": 2}
    behind = people_behind(
        Version(LONG_AGO, ten_days), known_in(FELL), date(2025, 3, 12), part="fallen_back"
    )
    assert behind.tolist() == [1, 3]


LAWS = """
id | person | kind      | starts     | state  | place             | legal_task     | organisation
1  | A      | placement | 2025-01-01 | active | day_activity      | social_support | 1
2  | B      | placement | 2025-01-01 | active | participation_job | participation  | 2
3  | C      | placement | 2025-01-01 | active | participation_job |                | 2
"""


def test_placements_are_filtered_by_law_and_organisation():
    active = (PlacementState.ACTIVE,)
    law = Filters(legal_tasks=(LegalTask.PARTICIPATION,))
    assert counted(PeopleInState(EntryKind.PLACEMENT, active, law), LAWS, date(2025, 1, 1)) == [1]
    partner = Filters(organisations=(2,))
    on = date(2025, 1, 1)
    assert counted(PeopleInState(EntryKind.PLACEMENT, active, partner), LAWS, on) == [2]


LEARNS = """
id | person | kind      | starts     | ends       | state  | place             | district
1  | A      | placement | 2025-01-01 |            | active | training          | 1
2  | A      | training  | 2025-01-01 |            |        |                   | 1
3  | B      | training  | 2025-01-01 | 2025-01-02 |        |                   | 2
4  | C      | placement | 2025-01-01 |            | active | participation_job | 1
5  | D      | plan      | 2025-01-01 |            |        |                   | 1
"""


def test_who_counts_by_a_placement_or_by_something_else_counts_once():
    active = (PlacementState.ACTIVE,)
    course = Filters(place_kinds=(PlaceKind.TRAINING,))
    learning = PeopleInState(EntryKind.PLACEMENT, active, course, (EntryKind.TRAINING,))
    assert counted(learning, LEARNS, date(2025, 1, 1)) == [2]
    assert counted(learning, LEARNS, date(2025, 1, 2)) == [1]
    here = replace(learning, where=replace(course, districts=(2,)))
    assert counted(here, LEARNS, date(2025, 1, 1)) == [1]
    assert breakdowns_of(learning) == (Breakdown.DISTRICT,)


def test_what_is_printed_is_not_counted():
    version, on = Version(LONG_AGO, Printed()), date(2025, 1, 1)
    with pytest.raises(ValueError, match="printed and not counted"):
        evaluate(version, known_in(LAWS), [on])
    with pytest.raises(ValueError, match="printed counts no people"):
        people_behind(version, known_in(LAWS), on)
    assert are_measured(version, known_in(LAWS), [on]) == [False]
    result = figure(
        definition_of((LONG_AGO, Printed())),
        Sources(Columns.from_statements(statements_of(LAWS))),
        on,
        None,
    )
    assert (result.measured, result.value, result.parts) == (False, 0, {})


@pytest.mark.parametrize(
    ("word", "table", "first"),
    [
        (PeopleStarted(), STARTS, date(2024, 12, 1)),
        (PeopleWithoutEvent((EntryKind.CONVERSATION,)), SEEN, date(2025, 2, 28)),
        (Share(SPOKEN, ON_BENEFIT), SEEN, date(2025, 2, 28)),
        (Events(EntryKind.ATTEMPT), SEEN, date(2025, 2, 28)),
        (PeopleBySteps(), GROWN, date(2025, 2, 1)),
        (GrowthAfterStart(3, 6), STAYED, date(2025, 1, 31)),
    ],
)
def test_a_figure_says_something_from_the_day_on_which_its_kinds_are_known(word, table, first):
    version, known = Version(LONG_AGO, word), known_in(table)
    eve = date.fromordinal(first.toordinal() - 1)
    assert are_measured(version, known, [eve, first]) == [False, True]
