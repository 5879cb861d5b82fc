"""Small numbers: the edges, and a reader who knows the rules and subtracts."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.disclosure import (
    LOWEST_THRESHOLD,
    Shown,
    protect,
    protect_part,
    protect_together,
)

CLASSES = ("growth", "decline", "equal", "measured_once")
ALL_MEASURED = dict.fromkeys(CLASSES, "measured")


def texts(figures, relations=None, threshold=10):
    shown = protect_together(figures, relations or {}, threshold)
    assert all(each.hidden == (not each.text.isdigit()) for each in shown.values())
    return {code: each.text for code, each in shown.items()}


@pytest.mark.parametrize(
    ("count", "threshold", "text", "hidden"),
    [
        (0, 10, "0", False),
        (1, 10, "<10", True),
        (9, 10, "<10", True),
        (10, 10, "10", False),
        (262, 10, "262", False),
        (4, 5, "<5", True),
        (5, 5, "5", False),
        (14, 15, "<15", True),
    ],
)
def test_a_number_alone_is_shown_from_the_threshold_on_and_zero_always(
    count, threshold, text, hidden
):
    assert protect(count, threshold) == Shown(text, hidden)


@pytest.mark.parametrize("threshold", [4, 1, 0, -10])
def test_a_threshold_under_five_is_refused(threshold):
    for attempt in (
        lambda: protect(20, threshold),
        lambda: protect_part(10, 20, threshold),
        lambda: protect_together({}, {}, threshold),
    ):
        with pytest.raises(ValueError, match="under the lowest, 5"):
            attempt()


def test_fewer_than_no_people_are_refused():
    with pytest.raises(ValueError, match="cannot be under 0"):
        protect(-1)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 262, "0"),
        (1, 262, "<10"),
        (9, 262, "<10"),
        (10, 262, "10"),
        (252, 262, "252"),
        (253, 262, "x"),
        (261, 262, "x"),
        (262, 262, "262"),
        (9, 19, "<10"),
        (10, 19, "x"),
        (9, 18, "x"),
        (10, 11, "x"),
        (1, 11, "x"),
        (11, 11, "11"),
        (0, 0, "0"),
        (0, 7, "0"),
        (3, 7, "<10"),
        (7, 7, "<10"),
    ],
)
def test_a_part_is_shown_when_neither_it_nor_the_rest_is_small(part, whole, text):
    assert protect_part(part, whole).text == text


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError, match="a part of 12 is larger than its whole of 11"):
        protect_part(12, 11)


def test_figures_without_relations_are_shown_each_on_its_own():
    assert texts({"growth": 212, "decline": 4, "equal": 0}) == {
        "growth": "212",
        "decline": "<10",
        "equal": "0",
    }


def test_beside_their_total_the_least_important_class_is_hidden_with_a_small_one():
    figures = {"measured": 296, "growth": 212, "decline": 4, "equal": 50, "measured_once": 30}
    assert texts(figures, ALL_MEASURED) == {
        "measured": "296",
        "growth": "212",
        "decline": "x",
        "equal": "50",
        "measured_once": "x",
    }


def test_classes_that_are_all_large_are_all_shown():
    figures = {"measured": 312, "growth": 212, "decline": 20, "equal": 50, "measured_once": 30}
    assert texts(figures, ALL_MEASURED) == {code: str(count) for code, count in figures.items()}


def test_a_small_rest_that_nobody_named_is_protected_too():
    figures = {"jobs": 62, "self_found": 30, "by_coach": 28}
    relations = {"self_found": "jobs", "by_coach": "jobs"}
    assert texts(figures, relations) == {"jobs": "62", "self_found": "30", "by_coach": "x"}


def test_parts_that_overlap_are_each_set_against_the_whole():
    figures = {"jobs": 50, "self_found": 45, "young": 20}
    relations = {"self_found": "jobs", "young": "jobs"}
    assert texts(figures, relations) == {"jobs": "50", "self_found": "x", "young": "20"}


def test_every_part_of_a_hidden_whole_is_hidden_but_a_zero():
    figures = {"all": 55, "jobs": 50, "self_found": 26, "none": 0, "few": 3}
    relations = {"jobs": "all", "self_found": "jobs", "none": "jobs", "few": "jobs"}
    assert texts(figures, relations) == {
        "all": "55",
        "jobs": "x",
        "self_found": "x",
        "none": "0",
        "few": "x",
    }


def test_a_relation_with_a_figure_that_is_not_published_plays_no_role():
    assert texts({"part": 45}, {"part": "elsewhere"}) == {"part": "45"}
    assert texts({"whole": 50}, {"elsewhere": "whole"}) == {"whole": "50"}


def test_relations_that_go_round_are_refused():
    with pytest.raises(ValueError, match="a is a part of itself, by way of a, b"):
        protect_together({"a": 20, "b": 20}, {"a": "b", "b": "a"})


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1),
    st.dictionaries(st.sampled_from("bcdef"), st.just("a")),
    st.integers(LOWEST_THRESHOLD, 20),
)
def test_marks_are_always_true_and_small_numbers_never_shown(figures, relations, threshold):
    for code, shown in protect_together(figures, relations, threshold).items():
        count = figures[code]
        if shown.hidden:
            assert count > 0
            assert shown.text in ("x", f"<{threshold}")
            assert shown.text == "x" or count < threshold
        else:
            assert shown.text == str(count)
            assert count == 0 or count >= threshold


@pytest.mark.parametrize(
    ("parts", "adds_up", "largest"),
    [(1, False, 30), (2, True, 30), (2, False, 22), (3, True, 24), (3, False, 14), (4, True, 16)],
)
def test_a_reader_who_knows_the_rules_and_the_whole_finds_no_small_number(parts, adds_up, largest):
    """Try every table there can be: a secret is safe when another table looks the same."""
    threshold = LOWEST_THRESHOLD
    names = [f"part {number}" for number in range(parts)]
    relations = dict.fromkeys(names, "whole")
    for whole in range(threshold, largest):
        alike = defaultdict(list)
        for counts in product(range(whole + 1), repeat=parts):
            rest = whole - sum(counts)
            if rest == 0 or (rest > 0 and not adds_up):
                figures = {"whole": whole} | dict(zip(names, counts, strict=True))
                seen = tuple(texts(figures, relations, threshold).items())
                alike[seen].append((*counts, rest))
        for seen, tables in alike.items():
            for place in range(parts + 1):
                could_be = {table[place] for table in tables}
                secrets = {count for count in could_be if 0 < count < threshold}
                assert not secrets or len(could_be) > 1, (whole, seen, secrets)


@pytest.mark.parametrize("top", range(LOWEST_THRESHOLD, 32))
def test_a_reader_who_subtracts_twice_finds_no_small_number(top):
    """Try every part of a part of one whole, with the rest on both levels as a secret."""
    threshold = LOWEST_THRESHOLD
    alike = defaultdict(list)
    for middle in range(top + 1):
        for part in range(middle + 1):
            figures = {"top": top, "middle": middle, "part": part}
            shown = texts(figures, {"middle": "top", "part": "middle"}, threshold)
            alike[tuple(shown.values())].append((middle, top - middle, part, middle - part))
    for seen, tables in alike.items():
        for place in range(4):
            could_be = {table[place] for table in tables}
            secrets = {count for count in could_be if 0 < count < threshold}
            assert not secrets or len(could_be) > 1, (seen, secrets)


def test_each_figure_protected_on_its_own_would_give_the_rest_away():
    alone = {"whole": protect(50).text, "part": protect(45).text}
    assert int(alone["whole"]) - int(alone["part"]) == 5
    assert texts({"whole": 50, "part": 45}, {"part": "whole"}) == {"whole": "50", "part": "x"}
