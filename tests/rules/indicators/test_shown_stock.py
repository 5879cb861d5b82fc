"""Of who came and who went nothing small is shown, nor what it could be worked out from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.balances import StockBalance
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.indicators.shown_stock import Counted, ShownStock, protect_stocks

SEEN = Protection(10)


def counted(first, new, ended, **texts):
    last = first + new - ended
    stocks = {
        name: Shown(texts.get(name, str(count)), hidden=name in texts)
        for name, count in (("start", first), ("end", last))
    }
    return Counted(StockBalance(first, new, ended, last), **stocks)


def texts(shown):
    return [one.text for one in (shown.start, shown.new, shown.ended, shown.end)]


def alone(*numbers, protection=SEEN, **hidden):
    return protect_stocks({"one": counted(*numbers, **hidden)}, {}, protection)["one"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((50, 20, 30), ["50", "20", "30", "40"]),
        ((50, 0, 30), ["50", "0", "30", "20"]),
        ((50, 0, 0), ["50", "0", "0", "50"]),
        ((50, 3, 30), ["50", "x", "x", "23"]),
        ((50, 30, 9), ["50", "x", "x", "71"]),
        ((50, 3, 0), ["50", "x", "x", "53"]),
    ],
)
def test_flows_are_shown_both_or_neither(numbers, expected):
    assert texts(alone(*numbers)) == expected


@pytest.mark.parametrize("name", ["start", "end"])
def test_flows_beside_a_hidden_stock_are_hidden(name):
    shown = alone(50, 20, 30, **{name: "x"})
    assert (shown.new.text, shown.ended.text) == ("x", "x")
    assert not shown.adds_up


def test_a_part_that_leaves_few_of_its_whole_loses_its_flows():
    stocks = {"whole": counted(90, 40, 30), "part": counted(60, 35, 30)}
    shown = protect_stocks(stocks, {"part": ["whole"]}, SEEN)
    assert texts(shown["whole"]) == ["90", "40", "30", "100"]
    assert texts(shown["part"]) == ["60", "x", "x", "65"]


def test_parts_that_leave_few_together_lose_the_last_one():
    stocks = {
        "whole": counted(90, 40, 30),
        "first": counted(40, 20, 15),
        "second": counted(40, 17, 15),
    }
    shown = protect_stocks(stocks, {"first": ["whole"], "second": ["whole"]}, SEEN)
    assert [shown[code].new.text for code in stocks] == ["40", "20", "x"]


def test_rounded_flows_need_not_add_up_and_say_so():
    shown = alone(52, 22, 33, protection=Protection(10, 5))
    assert [shown.new.text, shown.ended.text] == ["20", "35"]
    assert not shown.adds_up
    assert alone(52, 22, 33).adds_up
    assert not ShownStock(*[Shown("-", hidden=False)] * 4).adds_up


flows = st.integers(0, 40)


@given(st.lists(st.tuples(st.integers(40, 90), flows, flows), min_size=2, max_size=4))
def test_nothing_small_is_left_of_what_is_shown(numbers):
    codes = [f"figure_{place}" for place in range(len(numbers))]
    stocks = {code: counted(*one) for code, one in zip(codes, numbers, strict=True)}
    relations = dict.fromkeys(codes[1:], codes[:1])
    shown = protect_stocks(stocks, relations, SEEN)
    seen = [code for code in codes if not shown[code].new.hidden]
    for code in seen:
        assert all(not 0 < int(one.text) < 10 for one in (shown[code].new, shown[code].ended))
    for flow in ("new", "ended"):
        numbers_shown = {code: int(getattr(shown[code], flow).text) for code in seen}
        if codes[0] in seen:
            for part in seen[1:]:
                assert not 0 < abs(numbers_shown[codes[0]] - numbers_shown[part]) < 10
