"""What several words ask of the same columns is worked out once, and forgotten with them."""

import gc
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from weakref import ref

import pytest

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.shared import shared


@pytest.fixture
def asked():
    return []


@pytest.fixture
def length(asked):
    @shared
    def length(columns, more=0):
        asked.append(more)
        sleep(0.01)
        return len(columns) + more

    return length


def known():
    return Columns.from_statements([]).known_at(None)


def test_the_same_question_is_answered_once_also_when_many_ask_it_together(length, asked):
    columns = known()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: length(columns, more=2), range(8))) == [2] * 8
    assert asked == [2]


def test_another_question_and_other_columns_have_answers_of_their_own(length, asked):
    first, second = known(), known()
    assert [length(first), length(first, 1), length(second, 1)] == [0, 1, 1]
    assert asked == [0, 1, 1]


def test_an_answer_goes_with_the_columns(length):
    columns = known()
    length(columns)
    gone = ref(columns)
    del columns
    gc.collect()
    assert gone() is None


def test_what_went_wrong_is_tried_again():
    tries = []

    @shared
    def failing(_columns):
        tries.append(1)
        raise ValueError("no")

    columns = known()
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            failing(columns)
    assert len(tries) == 2
