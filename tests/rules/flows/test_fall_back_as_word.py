"""The word about fall-back counts what the page about fall-back counts."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from meedoen.rules.indicators.evaluate import evaluate
from meedoen.rules.indicators.language import Version
from meedoen.rules.indicators.people_words import ShareFallenBack
from meedoen.rules.indicators.sources import Known
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlaceKind
from tests.rules.flows.histories import columns_of, day, placement_histories
from tests.rules.flows.test_fall_back import NEAR, looked, measured, measurements, thorough
from tests.rules.indicators.reference import known
from tests.rules.indicators.reference_words import at_one_place

LONG = 120


@thorough
@given(placement_histories(), measurements, st.integers(0, 160))
def test_the_word_counts_the_same_ends_and_the_same_fall_back_as_the_page(history, rungs, on):
    # Each placement at an organisation of its own: that is how the word tells them apart.
    apart = [
        (
            placement,
            replace(each, organisation=placement, place_kind=PlaceKind.PARTICIPATION_JOB),
        )
        for placement, each in history
    ]
    apart += [(0, measured(len(apart) + at, *each)) for at, each in enumerate(rungs, start=1)]
    rows = [row for row in known([each for _, each in apart], None) if row.state in TAKES_PART]
    stretches = at_one_place(rows)
    assume(len({one.opening.organisation for one in stretches}) == len(stretches))
    columns, _ = columns_of(apart)
    page = looked(apart, -1, 400, on)
    for first, window in zip(NEAR.first_days, page, strict=True):
        word = ShareFallenBack(first, window.last_day, LONG)
        counts = evaluate(Version(date(2015, 1, 1), word), Known(columns.known_at(None)), [day(on)])
        assert int(counts.parts["ended"][0, 0]) == window.followed
        assert int(counts.parts["fallen_back"][0, 0]) == window.fell_back
