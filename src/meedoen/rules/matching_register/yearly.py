"""What became of the lists of a year: counts by which anyone can see that people decide.

Only protected counts leave this file. A list counts in the year in which it was made.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from meedoen.rules.indicators.disclosure import Shown, protect_together
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.followed import (
    Followed,
    FollowedFacts,
    branch,
    by_district,
    followed,
    places_to_show,
)
from meedoen.rules.vocabulary import RefusalReason, RefusalSide


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list: whether a place fitted, and whether one was chosen: the first, and how soon.

    `is_own_wish` says that the person had picked the chosen place themselves, so that it stood
    first for that. `days` are between the list and the choice, None without one.
    """

    has_place: bool
    is_chosen: bool
    is_first: bool
    is_own_wish: bool
    days: int | None
    set_aside: frozenset[HardRule]


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """A place that was refused: by which side, and why."""

    side: RefusalSide
    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class YearReport:
    """The counts of a year as they may be shown.

    `first_percent` is the share of choices that were the first of their list; `first_own_wish`
    of those the person had picked themselves before. `median_days` is how many days went by
    between list and choice for the middle one; None where a number behind it is protected.
    `aside_percent` is the share of lists in which each rule was set aside. `divided` is what came
    of places that a division gave; those are in no list, and in no district or place here.
    """

    lists: Shown
    without_place: Shown
    chosen: Shown
    first_chosen: Shown
    first_own_wish: Shown
    first_percent: int | None
    median_days: int | None
    with_set_aside: Shown
    set_aside: Mapping[HardRule, Shown]
    aside_percent: Mapping[HardRule, int]
    refusals: Shown
    by_side: Mapping[RefusalSide, Shown]
    by_reason: Mapping[tuple[RefusalSide, RefusalReason], Shown]
    districts: Mapping[int, Followed]
    places: Mapping[int, Followed]
    divided: Followed


def year_report(
    lists: Sequence[ListFacts],
    refusals: Sequence[RefusalFacts],
    choices: Sequence[FollowedFacts],
    threshold: int,
    *,
    divided: Sequence[FollowedFacts] = (),
) -> YearReport:
    """Count the lists of a year, their refusals and their choices, and protect every count.

    `choices` has one for every list from which a place was chosen, `divided` one for every place
    that was accepted from a division. Refusals are of both.
    """
    shown = _of_lists(lists, choices, threshold)
    aside = _of_rules(lists, threshold)
    rules = {rule: aside[rule] for rule in HardRule if rule in aside}
    districts = {number: followed(str(number), shown) for number in by_district(choices)}
    sides = _of_refusals(refusals, threshold)
    days = [one.days for one in lists if one.days is not None]
    chosen_seen = not shown["chosen"].hidden and bool(days)
    return YearReport(
        lists=shown["lists"],
        without_place=shown["without"],
        chosen=shown["chosen"],
        first_chosen=shown["first"],
        first_own_wish=shown["own"],
        first_percent=_percent(shown["first"], shown["chosen"]),
        median_days=median_low(days) if chosen_seen and len(days) >= threshold else None,
        with_set_aside=aside["aside"],
        set_aside=rules,
        aside_percent={
            rule: percent
            for rule, one in rules.items()
            if (percent := _percent(one, shown["lists"])) is not None
        },
        refusals=sides["all"],
        by_side={side: sides[side.value] for side in RefusalSide},
        by_reason={
            (RefusalSide(key.split(":")[0]), RefusalReason(key.split(":")[1])): one
            for key, one in sides.items()
            if ":" in key
        },
        districts=districts,
        places=places_to_show(choices, districts, threshold),
        divided=_of_divisions(divided, threshold),
    )


def _of_divisions(divided: Sequence[FollowedFacts], threshold: int) -> Followed:
    # Apart from the choices from lists, in a tree of its own: no number adds the two up.
    under = branch("divided", divided, part_of="")
    return followed("divided", protect_together(under.counts, under.relations, threshold))


def _of_lists(
    lists: Sequence[ListFacts], choices: Sequence[FollowedFacts], threshold: int
) -> dict[str, Shown]:
    """Count the lists, and what became of their choices, in one tree.

    There is one breakdown of the choices: of two that add up to the same, one gives away what the
    other protects.
    """
    counts = {
        "lists": len(lists),
        "chosen": sum(one.is_chosen for one in lists),
        "without": sum(not one.has_place for one in lists),
        "first": sum(one.is_first for one in lists),
        "own": sum(one.is_first and one.is_own_wish for one in lists),
        # The same as "chosen", so that its districts do not become one family with "first".
        "followed": len(choices),
    }
    relations = {"chosen": "lists", "without": "lists", "first": "chosen", "own": "first"}
    relations["followed"] = "chosen"
    for number, of in by_district(choices).items():
        under = branch(str(number), of, part_of="followed")
        counts |= under.counts
        relations |= under.relations
    return protect_together(counts, relations, threshold)


def _of_rules(lists: Sequence[ListFacts], threshold: int) -> dict[str, Shown]:
    """Count the lists with a rule set aside, and those of each rule: a list can have more."""
    counts = {"lists": len(lists), "aside": sum(bool(one.set_aside) for one in lists)}
    rules = Counter(rule for one in lists for rule in one.set_aside)
    counts |= {rule: rules[rule] for rule in HardRule if rules[rule]}
    relations = {"aside": "lists"} | dict.fromkeys(rules, "aside")
    return protect_together(counts, relations, threshold)


def _of_refusals(refusals: Iterable[RefusalFacts], threshold: int) -> dict[str, Shown]:
    pairs = Counter((one.side, one.reason) for one in refusals)
    counts = {"all": pairs.total()}
    counts |= {
        side.value: sum(count for (of, _why), count in pairs.items() if of is side)
        for side in RefusalSide
    }
    keys = {f"{side}:{reason}": count for (side, reason), count in sorted(pairs.items())}
    relations = {side.value: "all" for side in RefusalSide}
    relations |= {key: key.split(":")[0] for key in keys}
    return protect_together(counts | keys, relations, threshold)


def _percent(part: Shown, whole: Shown) -> int | None:
    """Return the share in whole percent, half up; None when one of them is not shown, or 0."""
    if part.hidden or whole.hidden or int(whole.text) == 0:
        return None
    return (200 * int(part.text) + int(whole.text)) // (2 * int(whole.text))
