"""From rung to rung between two dates: the same as growth says."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.flows.ladder import CLASSES, ladder
from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.people_words import PeopleByGrowth
from meedoen.rules.vocabulary import EntryKind
from tests.rules.indicators.histories import histories, thorough
from tests.rules.indicators.reference import classes_of_people, known

YEAR = date(2024, 1, 1), date(2024, 12, 31)


@thorough
@given(histories([EntryKind.MEASUREMENT]))
def test_over_a_year_the_classes_are_those_of_growth_in_all_and_by_district(history):
    found = ladder(Columns.from_statements(history).known_at(None), *YEAR)
    classes = classes_of_people(PeopleByGrowth(), known(history, None), YEAR[1])
    counts: dict[int, Counter] = {}
    for (_person, district), theirs in classes.items():
        counts.setdefault(district, Counter())[theirs] += 1
    assert found.districts == {
        district: tuple(theirs[one] for one in CLASSES) for district, theirs in counts.items()
    }
    assert found.classes == tuple(sum(theirs[one] for theirs in counts.values()) for one in CLASSES)


@thorough
@given(histories([EntryKind.MEASUREMENT]), st.dates(date(2023, 6, 1), date(2024, 12, 30)))
def test_the_classes_are_what_the_square_adds_up_to(history, start):
    found = ladder(Columns.from_statements(history).known_at(None), start, date(2025, 1, 31))
    square = found.flow.people
    assert found.classes[:3] == (
        int(np.triu(square, 1).sum()),
        int(np.tril(square, -1).sum()),
        int(np.trace(square)),
    )


def test_a_period_of_one_day_counts_who_was_measured_on_it_and_none_ends_before_it_begins():
    columns = Columns.from_statements([]).known_at(None)
    assert ladder(columns, date(2024, 5, 1), date(2024, 5, 1)).classes == (0, 0, 0, 0)
    with pytest.raises(ValueError, match="give 2024-05-02 or a day after it"):
        ladder(columns, date(2024, 5, 2), date(2024, 5, 1))
