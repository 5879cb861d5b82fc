"""What a file says about later days leaves the figures of a closed year as they were."""

from datetime import date, timedelta

from meedoen.records.figures.sources import sources
from meedoen.records.organisations import clock
from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import Version
from meedoen.rules.indicators.people_words import PeopleInState
from meedoen.rules.periods import month_ends
from meedoen.rules.vocabulary import EntryKind
from tests.records.caseloads.files import (
    ROOS,
    SAM,
    UMA,
    changed,
    csv_file,
    taken_over,
    verdicts,
)

ON_BENEFIT = Version(date(2015, 1, 1), PeopleInState(EntryKind.BENEFIT))
CLOSED = list(month_ends(date(2025, 1, 1), date(2025, 12, 31)))


def on_benefit(town, days):
    """Count who is on benefit, per district and day, as known now."""
    counts = evaluate(ON_BENEFIT, sources(town.connie).known_at(None), days, "district")
    return dict(zip(counts.groups, counts.values.T.tolist(), strict=True))


def test_moves_leavers_and_newcomers_of_now_change_no_day_of_the_year_before(town):
    day = clock.today() - timedelta(days=5)
    before, then = on_benefit(town, CLOSED), on_benefit(town, [day - timedelta(days=1)])
    newcomer = changed(UMA, Klantmanager="Anna Testema", Ingangsdatum=f"{day:%d-%m-%Y}")
    content = csv_file(
        changed(SAM, Wijkcode="Zuid", Klantmanager="Bram Testema"),
        changed(ROOS, Einddatum=f"{day:%d-%m-%Y}"),
        newcomer,
    )
    key = taken_over(town.lea, content, reference_date=day)
    assert verdicts(town.lea, key) == {2: "changed", 3: "left", 4: "new"}
    assert before == {town.north: [2] * 12, town.south: [1] * 12}
    assert on_benefit(town, CLOSED) == before
    assert on_benefit(town, [day - timedelta(days=1)]) == then
    # Roos is on benefit up to and including the day in the file; Sam has moved, Uma is new.
    assert on_benefit(town, [day]) == {town.north: [2], town.south: [2]}
    assert on_benefit(town, [day + timedelta(days=1)]) == {town.north: [1], town.south: [2]}


def test_who_is_missing_from_a_complete_file_counts_up_to_the_reference_date(town):
    day = clock.today() - timedelta(days=5)
    before = on_benefit(town, CLOSED)
    key = taken_over(town.lea, csv_file(SAM), reference_date=day, is_complete=True)
    assert verdicts(town.lea, key) == {0: "left", 2: "unchanged"}
    assert on_benefit(town, CLOSED) == before
    assert on_benefit(town, [day - timedelta(days=1), day])[town.north] == [2, 1]
