"""A publication as one table: by hand at the edges, and against somebody who can reckon."""

from itertools import chain
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.published_table import (
    Cell,
    Protection,
    Ties,
    may_replace,
    protect_published,
    rounded,
)
from tests.rules.indicators.adversary import Adversary
from tests.rules.indicators.published_towns import (
    DISTRICTS,
    GROUPS,
    INDICATORS,
    PARTS,
    PEOPLE,
    TOWNS,
    Person,
    numbers_of,
    small_numbers,
    tell,
    ties_of,
)

PROTECTIONS = st.builds(Protection, st.sampled_from((5, 10, 15)), st.sampled_from((0, 5, 10)))


def by_district(whole, *parts, code="a"):
    numbers = {Cell(code): whole}
    return numbers | {Cell(code, district=at): count for at, count in enumerate(parts)}


def texts(numbers, parts=None, protection=None, **rest):
    wholes = {part: [whole] for part, whole in (parts or {}).items()}
    shown = protect_published(numbers, Ties(wholes), protection or Protection(), **rest)
    assert list(shown) == list(numbers)
    return [one.text for one in shown.values()]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((100, 40, 60), ["100", "40", "60"]),
        ((100, 4, 60, 36), ["100", "x", "60", "x"]),
        ((100, 4, 60, 0, 36), ["100", "x", "60", "0", "x"]),
        ((100, 40, 56), ["100", "40", "x"]),
        ((9, 4, 5), ["<10", "x", "x"]),
        ((9, 4, 5, 0), ["<10", "x", "x", "x"]),
        ((6, 6), ["<10", "<10"]),
        ((0, 0, 0), ["0", "0", "0"]),
        ((12, 3, 3, 3, 3), ["12", "x", "x", "x", "x"]),
        ((12, 4, 4, 4, 0), ["12", "x", "x", "x", "0"]),
        ((10, 4, 3, 2, 1, 0), ["10", "x", "x", "x", "x", "x"]),
        ((45, 15, 20), ["45", "15", "20"]),
    ],
)
def test_a_breakdown_hides_what_is_small_and_what_would_give_it_away(numbers, expected):
    assert texts(by_district(*numbers)) == expected


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (262, 26, ["262", "26"]),
        (262, 9, ["262", "<10"]),
        (262, 253, ["262", "x"]),
        (262, 0, ["262", "x"]),
        (262, 262, ["262", "x"]),
        (11, 3, ["11", "x"]),
        (7, 7, ["<10", "<10"]),
        (0, 0, ["0", "0"]),
    ],
)
def test_a_part_that_is_nobody_or_everybody_says_something_of_all_and_is_hidden(
    whole, part, expected
):
    numbers = {Cell("all"): whole, Cell("found"): part}
    assert texts(numbers, {Cell("found"): Cell("all")}) == expected


def test_a_zero_without_a_group_describes_nobody_and_is_shown():
    assert texts({Cell("new"): 0, Cell("old"): 437}) == ["0", "437"]


def test_figures_of_the_whole_municipality_do_not_change_with_their_breakdown():
    alone = {Cell("all"): 60, Cell("found"): 33}
    parts = {Cell("found"): Cell("all")}
    broken = alone | {Cell("all", district=1): 57, Cell("all", district=2): 3}
    assert texts(alone, parts) == texts(broken, parts)[:2] == ["60", "33"]


def test_two_tables_of_one_figure_are_protected_together():
    kinds = {Cell("a", place_kind=one): count for one, count in (("job", 57), ("day", 43))}
    assert texts(by_district(100, 57, 43) | kinds) == ["100", "57", "43", "57", "43"]
    few = {Cell("a", place_kind=one): count for one, count in (("job", 57), ("day", 46))}
    assert texts(by_district(100, 57, 43) | few) == ["100", "57", "43", "57", "x"]


@pytest.mark.parametrize("few", [0, 1, 9])
def test_a_number_with_two_names_is_shown_or_hidden_under_both(few):
    """As growth, which is the first of its own parts, with growth of who is on a benefit in it."""
    whole, part = Cell("growth"), Cell("on_benefit")
    twins = ((whole, Cell("growth", "growth")), (part, Cell("on_benefit", "growth")))
    numbers = dict.fromkeys(twins[0], 37) | dict.fromkeys(twins[1], 37 - few)
    shown = protect_published(numbers, Ties({part: [whole]}, same=twins), Protection())
    assert [shown[cell].text for cell in (*twins[0], *twins[1])] == ["37", "37", "x", "x"]


def test_what_was_hidden_under_one_name_stays_hidden_under_the_other():
    first, second = Cell("growth"), Cell("growth", "growth")
    ties = Ties({}, same=((first, second),))
    hidden = {second: "x"}
    shown = protect_published({first: 37, second: 37}, ties, Protection(), hidden=hidden)
    assert [one.text for one in shown.values()] == ["x", "x"]


def test_what_was_hidden_earlier_stays_hidden():
    numbers = by_district(100, 40, 60)
    assert texts(numbers, hidden={Cell("a", district=0): "x"}) == ["100", "x", "60"]


@given(
    parts=st.lists(st.integers(0, 25), min_size=2, max_size=5),
    rest=st.integers(0, 12),
    marks=st.lists(st.sampled_from(("", "x", "<10")), min_size=12, max_size=12),
)
def test_whatever_was_hidden_earlier_the_numbers_of_now_are_shown_or_hidden(parts, rest, marks):
    """What was hidden can be nobody by now, or many: no earlier mark makes the sums impossible."""
    whole, inner = sum(parts) + rest, [parts[0], *(0 for _ in parts[1:])]
    first = {Cell("a", "first"): whole}
    first |= {Cell("a", "first", district=at): count for at, count in enumerate(parts)}
    numbers = by_district(whole, *parts) | first | by_district(parts[0], *inner, code="b")
    ties = Ties(
        {cell: [Cell("a", district=cell.district)] for cell in numbers if cell.indicator == "b"},
        same=tuple((Cell("a", district=cell.district), cell) for cell in first),
    )
    hidden = {cell: mark for cell, mark in zip(numbers, marks, strict=False) if mark}
    shown = protect_published(numbers, ties, Protection(), hidden=hidden)
    assert all(shown[cell].hidden for cell in hidden)
    assert all(shown[one] == shown[other] for one, other in ties.same)


def test_a_mark_never_says_more_than_it_did_earlier():
    assert texts({Cell("a"): 4}, hidden={Cell("a"): "<10"}) == ["<10"]
    assert texts({Cell("a"): 4}, hidden={Cell("a"): "x"}) == ["x"]
    assert texts({Cell("a"): 4}, protection=Protection(5), hidden={Cell("a"): "<10"}) == ["x"]


@pytest.mark.parametrize(
    ("count", "rounding", "expected"),
    [(262, 0, 262), (262, 5, 260), (263, 5, 265), (264, 10, 260), (265, 10, 270), (0, 10, 0)],
)
def test_a_number_is_rounded_to_the_nearest_and_halves_up(count, rounding, expected):
    assert rounded(count, rounding) == expected


def test_every_number_is_rounded_by_itself_and_a_small_one_is_still_hidden():
    numbers = by_district(99, 33, 33, 33)
    assert texts(numbers, protection=Protection(rounding=10)) == ["100", "30", "30", "30"]
    assert texts({Cell("a"): 4}, protection=Protection(rounding=5)) == ["<10"]


@pytest.mark.parametrize("wrong", [{"threshold": 4}, {"rounding": 3}, {"rounding": 1}])
def test_a_protection_that_protects_nobody_is_refused(wrong):
    with pytest.raises(ValueError, match=r"is under the lowest|is none of"):
        Protection(**wrong)


def test_fewer_than_no_people_are_refused():
    with pytest.raises(ValueError, match="cannot be under 0"):
        texts({Cell("a"): -1})


@pytest.mark.parametrize(
    ("earlier", "later", "may"),
    [
        ((100, 40, 60), (100, 40, 60), True),
        ((100, 40, 60), (101, 41, 60), False),
        ((100, 40, 60), (110, 50, 60), True),
        ((100, 40, 60), (110, 45, 65), False),
        ((100, 40, 60), (100, 41, 59), False),
        ((100, 40, 50), (112, 52, 50), True),
        ((100, 40, 50), (112, 50, 50), False),
        ((100,), (110, 50, 60), True),
        ((100,), (101, 41, 60), False),
    ],
)
def test_a_later_publication_of_a_day_differs_by_nobody_or_by_many(earlier, later, may):
    answer = may_replace(by_district(*earlier), by_district(*later), Ties({}), 10)
    assert answer is may


def found_out(people, protection, shown, publication="first", *, all_have_district=False):
    """Return the small numbers that the adversary finds in texts of these people."""
    adversary = Adversary(protection.threshold, protection.rounding)
    tell(adversary, publication, shown)
    for indicator in INDICATORS if all_have_district else ():
        districts = [(publication, Cell(indicator, district=one)) for one in DISTRICTS]
        adversary.add_up(districts, (publication, Cell(indicator)), rest=False)
    return [
        (count, positive, negative)
        for count, positive, negative in small_numbers(publication, numbers_of(people))
        if adversary.learns(count, positive, negative)
    ]


def published(people, protection, **rest):
    numbers = numbers_of(people)
    shown = protect_published(numbers, ties_of(numbers), protection, **rest)
    return {cell: one.text for cell, one in shown.items()}


@given(people=TOWNS, protection=PROTECTIONS)
def test_nobody_finds_a_small_number_in_a_publication(people, protection):
    assert found_out(people, protection, published(people, protection)) == []


@given(people=TOWNS, protection=PROTECTIONS)
def test_nobody_finds_a_small_number_by_taking_the_districts_to_be_everybody(people, protection):
    people = [one for one in people if one.district]
    shown = published(people, protection)
    assert found_out(people, protection, shown, all_have_district=True) == []


def test_a_district_alone_does_not_hide_in_two_tables_what_is_between_them():
    """Of 94 people in a district 87 are in the part: 7 are not, and both follow from the totals."""
    whole, part = by_district(308, 94, 122, 92), by_district(272, 87, 103, 82, code="b")
    ties = {cell: [Cell("a", district=cell.district)] for cell in part}
    shown = protect_published(whole | part, Ties(ties), Protection())
    hidden = [cell.district for cell in part if shown[cell].hidden]
    assert 0 in hidden
    assert len(hidden) > 1


@given(people=TOWNS, protection=PROTECTIONS)
def test_nobody_finds_that_everybody_or_nobody_in_a_group_has_something(people, protection):
    numbers, shown = numbers_of(people), published(people, protection)
    adversary = Adversary(protection.threshold, protection.rounding)
    tell(adversary, "first", shown)
    for cell in numbers:
        if cell.indicator in PARTS:
            whole = Cell(PARTS[cell.indicator], "", cell.district, cell.place_kind)
            if numbers[whole] and numbers[cell] in (0, numbers[whole]):
                assert not shown[cell].isdecimal()
                if not numbers[cell]:
                    assert adversary.bounds(("first", cell))[1] > 1
                else:
                    assert adversary.bounds(("first", whole), ("first", cell))[1] > 1


def test_a_mark_is_left_out_when_it_tells_of_another():
    """Of few people some are at each of two kinds: that both are few would say they are several."""
    people = [*some(6, 1, ("day",)), *some(3, 2, ("volunteer",), "moved_on")]
    shown = published(people, Protection())
    assert shown[Cell("all", place_kind="day")] == shown[Cell("all", district=1)] == "x"
    assert found_out(people, Protection(), shown) == []


@given(people=TOWNS, protection=PROTECTIONS)
def test_what_is_shown_is_true(people, protection):
    numbers = numbers_of(people)
    for cell, text in published(people, protection).items():
        if text.isdecimal():
            assert int(text) == rounded(numbers[cell], protection.rounding)
        else:
            assert text in ("x", f"<{protection.threshold}")
            assert text == "x" or 0 < numbers[cell] < protection.threshold


def only_small(people, protection):
    """Hide what is small and nothing beside it: what many pages do."""
    return {
        cell: "x" if 0 < count < protection.threshold else str(count)
        for cell, count in numbers_of(people).items()
    }


@pytest.mark.parametrize("how", ["nothing is hidden", "only what is small is hidden"])
def test_the_adversary_does_find_small_numbers_where_they_are_not_protected(how):
    """Otherwise the tests above could not fail."""
    people = TOWN
    shown = only_small(people, Protection())
    if how == "nothing is hidden":
        shown = {cell: str(count) for cell, count in numbers_of(people).items()}
    found = found_out(people, Protection(), shown)
    assert (4, ("first", Cell("all", district=2)), None) in found
    assert any(negative for _count, _positive, negative in found)
    assert found_out(people, Protection(), published(people, Protection())) == []


def some(count, district, kinds=("job",), *traits):
    """Return so many people who are alike."""
    return [Person(district, kinds, frozenset(traits))] * count


def _town():
    return [
        *some(30, 1, ("job",), "found"),
        *some(25, 1, ("volunteer",)),
        *some(4, 2, ("job", "volunteer")),
        *some(18, 3, ("day",), "moved_on"),
        *some(17, 3, ("job",), "found"),
        *some(13, 4, ("volunteer",), "young"),
    ]


TOWN = _town()


@given(people=TOWNS, first=PROTECTIONS, second=PROTECTIONS)
def test_nobody_finds_a_small_number_with_two_publications_of_the_same_people(
    people, first, second
):
    """The municipality changed its threshold or its rounding in between."""
    threshold = min(first.threshold, second.threshold)
    before = published(people, first)
    after = published(people, second, hidden=hidden_in(before))
    adversary = Adversary(threshold)
    for shown, protection in ((before, first), (after, second)):
        adversary.rounding = protection.rounding
        adversary.shown_from = protection.threshold
        tell(adversary, "people", shown)
    small = small_numbers("people", numbers_of(people))
    assert [one for one in small if adversary.learns(*one)] == []


@given(
    people=TOWNS,
    first=st.sets(st.sampled_from(INDICATORS), min_size=1),
    second=st.sets(st.sampled_from(INDICATORS), min_size=1),
)
def test_what_pages_showed_stays_and_nobody_finds_a_small_number_in_several_pages_of_a_day(
    people, first, second
):
    """Each page shows some of the indicators, and the next one some more of the same numbers."""
    pages = {}
    for some_of_them in (first, second, INDICATORS):
        table = published(people, Protection(), hidden=hidden_in(pages), shown=shown_in(pages))
        assert all(table[cell] == text for cell, text in shown_in(pages).items())
        assert hidden_in(pages).keys() <= hidden_in(table).keys()
        pages |= {cell: text for cell, text in table.items() if cell.indicator in some_of_them}
    assert found_out(people, Protection(), pages) == []


def test_what_was_shown_is_hidden_where_it_would_be_too_few_today():
    numbers = {Cell("a"): 12, Cell("b"): 30}
    assert texts(numbers, protection=Protection(15), shown={*numbers}) == ["<15", "30"]


def shown_in(shown):
    return {cell: text for cell, text in shown.items() if text.isdecimal()}


def hidden_in(shown):
    return {cell: text for cell, text in shown.items() if not text.isdecimal()}


CHANGES = st.lists(st.one_of(GROUPS, st.builds(lambda one: [one] * 12, PEOPLE)), max_size=3)


@given(before=TOWNS, new=CHANGES)
def test_nobody_finds_how_few_were_recorded_later_by_comparing_two_publications(before, new):
    protection, after = Protection(), before + list(chain(*new))
    first = published(before, protection)
    second = republished(before, after, protection, first)
    assert found_out(before, protection, first) == []
    if second == first:
        return
    assert found_out(after, protection, second) == []
    assert few_between(before, after, first, second, protection) == []


def test_a_change_of_many_people_is_published_and_nobody_learns_of_few_from_it():
    after = TOWN + [Person(1, ("job",), frozenset())] * 12
    first = published(TOWN, Protection())
    second = republished(TOWN, after, Protection(), first)
    assert int(second[Cell("all")]) - int(first[Cell("all")]) == 12
    assert found_out(after, Protection(), second) == []
    assert few_between(TOWN, after, first, second, Protection()) == []


def republished(before, after, protection, first):
    """Publish a day again, as pages do: see decision 0029."""
    then, now = numbers_of(before), numbers_of(after)
    if not may_replace(then, now, ties_of(now), protection.threshold):
        return first
    return published(after, protection, hidden=hidden_in(first))


def few_between(before, after, first, second, protection):
    """Return the small changes that the adversary finds in two publications."""
    adversary = Adversary(protection.threshold)
    tell(adversary, "first", first)
    tell(adversary, "second", second)
    then, now = numbers_of(before), numbers_of(after)
    return [
        (cell, now[cell] - then[cell])
        for cell in now
        if adversary.learns(abs(now[cell] - then[cell]), *_larger_first(cell, then, now))
    ]


def _larger_first(cell, then, now):
    first, second = ("first", cell), ("second", cell)
    return (second, first) if now[cell] > then[cell] else (first, second)


def test_the_adversary_does_find_few_people_between_two_publications_that_are_not_compared():
    after = TOWN[3:]
    shown = [published(people, Protection()) for people in (TOWN, after)]
    found = few_between(TOWN, after, *shown, Protection())
    assert (Cell("all"), -3) in found
    assert republished(TOWN, after, Protection(), shown[0]) == shown[0]


def test_the_adversary_does_find_small_numbers_when_what_was_hidden_is_shown_later():
    """Hidden in the first table and shown in the second: together they give the small one away."""
    numbers = numbers_of(TOWN)
    first = published(TOWN, Protection())
    second = {cell: str(numbers[cell]) for cell in hidden_in(first) if numbers[cell] >= 10}
    assert second
    assert found_out(TOWN, Protection(), first) == []
    assert found_out(TOWN, Protection(), first | second) != []


def test_forty_indicators_in_twenty_five_districts_take_little_time():
    numbers, parts = {}, {}
    for number in range(40):
        code, whole = f"i{number}", f"i{number // 5 * 5}"
        counts = [(number * 7 + at * 13) % 41 + 60 * (number % 5 == 0) for at in range(25)]
        numbers |= by_district(sum(counts) + 3, *counts, code=code)
        if code != whole:
            parts |= {
                cell: [Cell(whole, "", cell.district)]
                for cell in (Cell(code), *(Cell(code, district=at) for at in range(25)))
            }
    begin = process_time()
    shown = protect_published(numbers, Ties(parts), Protection())
    assert process_time() - begin < 5
    assert any(one.hidden for one in shown.values())
