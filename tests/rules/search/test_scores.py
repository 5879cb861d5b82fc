import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.search.scores import Scores

NUMBERS = st.sets(st.integers(1, 2**62), max_size=8) | st.sets(st.integers(1, 9), max_size=8)
GROUPS = st.lists(st.tuples(st.integers(0, 300_000), NUMBERS), max_size=6)


def column(numbers):
    return np.array([*numbers], np.int64)


def scores_of(groups):
    return Scores.of((score, column(numbers)) for score, numbers in groups)


def as_dict(found):
    numbers, scores = found.numbers.tolist(), found.scores.tolist()
    assert len(found) == len(numbers) == len({*numbers})
    return dict(zip(numbers, scores, strict=True))


def best_of(groups):
    best: dict[int, int] = {}
    for score, numbers in groups:
        for number in numbers:
            best[number] = max(score, best.get(number, 0))
    return best


@given(GROUPS)
def test_of_several_scores_the_best_counts_and_numbers_rise(groups):
    found = scores_of(groups)
    assert as_dict(found) == best_of(groups)
    assert found.numbers.tolist() == sorted(best_of(groups))


@given(st.lists(GROUPS, min_size=1, max_size=4))
def test_what_is_in_all_has_its_scores_added_up(several):
    plainly = [best_of(groups) for groups in several]
    everywhere = set(plainly[0]).intersection(*plainly)
    expected = {number: sum(one[number] for one in plainly) for number in everywhere}
    assert as_dict(Scores.in_all(scores_of(groups) for groups in several)) == expected


@given(GROUPS, st.lists(st.integers(1, 9), max_size=9))
def test_only_some_of_them_keep_their_scores(groups, some):
    expected = {number: score for number, score in best_of(groups).items() if number in some}
    assert as_dict(scores_of(groups).only(column(some))) == expected


@given(GROUPS)
def test_the_best_come_first_and_of_what_is_as_good_the_lowest_number(groups):
    in_order = sorted(best_of(groups).items(), key=lambda one: (-one[1], one[0]))
    assert [*as_dict(scores_of(groups).best_first()).items()] == in_order
