"""What is certainly a part of something else, because the words of both say so."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import ReferralsAnswered
from meedoen.rules.indicators.one_number import Names
from meedoen.rules.indicators.people_words import (
    Filters,
    GrowthClass,
    PeopleByGrowth,
    PeopleEnded,
    PeopleInState,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Printed,
    Ratio,
    Share,
)
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.indicators.wholes import NARROWER, is_part, is_part_in, wholes_by_words
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import (
    after_a_while,
    definition_of,
    flowing,
    growing,
    histories,
    in_state,
    placed,
    thorough,
    with_event,
    without_event,
)
from tests.rules.indicators.reference import reference_people

JOB, HELP = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
STATES = (PlacementState.ACTIVE,)
WHERE = Filters(place_kinds=(JOB, HELP), districts=(1, 2))
LONG_AGO, ON = date(2015, 1, 1), date(2024, 12, 31)


def there(where=WHERE, states=STATES):
    return PeopleInState(EntryKind.PLACEMENT, states, where)


@pytest.mark.parametrize(
    ("narrower", "expected"),
    [
        ({"place_kinds": (JOB,)}, True),
        ({"districts": (2,)}, True),
        ({"organisations": (7,)}, True),
        ({"self_found": True}, True),
        ({"self_found": False}, True),
        ({"legal_tasks": (next(iter(LegalTask)),), "districts": (1,)}, True),
        ({"districts": (1, 3)}, False),
        ({"districts": ()}, False),
        ({"districts": (1,), "place_kinds": ()}, False),
    ],
)
def test_every_filter_on_who_is_there_is_as_wide_or_narrower(narrower, expected):
    assert is_part(there(replace(WHERE, **narrower)), there()) is expected


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (there(), there(states=(*STATES, PlacementState.PAUSED))),
        (PeopleStarted(6), PeopleStarted(12)),
        (PeopleEnded((Outcome.GOAL_REACHED,), 3), PeopleEnded((), 12)),
        (PeopleWithEvent(EntryKind.CONVERSATION, (), 3), PeopleWithEvent(EntryKind.CONVERSATION)),
        (
            PeopleWithoutEvent((EntryKind.ATTEMPT, EntryKind.CONVERSATION), (), 24),
            PeopleWithoutEvent((EntryKind.ATTEMPT,), (Outcome.REACHED,), 12),
        ),
        (PeopleWithoutEvent((EntryKind.ATTEMPT,)), PeopleInState(EntryKind.BENEFIT)),
        (PeopleByGrowth(on_benefit=True), PeopleByGrowth()),
        (PeopleByGrowth(minimum_step=2), PeopleByGrowth()),
    ],
)
def test_a_shorter_time_fewer_states_and_fewer_outcomes_are_a_part(part, whole):
    assert is_part(part, whole)
    assert not is_part(whole, part)
    assert not is_part(whole, whole)


def test_what_differs_besides_is_no_part():
    less = replace(WHERE, districts=(1,))
    assert not is_part(there(less, (PlacementState.PAUSED,)), there())
    assert not is_part(PeopleStarted(12, less), there())
    assert not is_part(PeopleStarted(12), PeopleStarted(6))
    assert not is_part(Printed(), Printed())
    # Who began here while taking part elsewhere did not begin to take part.
    jobs = replace(WHERE, place_kinds=(JOB,))
    assert not is_part(PeopleStarted(12, jobs), PeopleStarted(12, WHERE))


def test_with_a_larger_step_more_people_stayed_equal():
    part, whole = PeopleByGrowth(minimum_step=2), PeopleByGrowth()
    assert [is_part_in(part, whole, one) for one in ("growth", "decline", "equal")] == [
        True,
        True,
        False,
    ]


BESIDE = (EntryKind.BENEFIT, EntryKind.PLAN, EntryKind.TRAINING)


def widened(draw, word):
    """Draw a word that says less, by the rules."""
    may, filters = NARROWER[type(word)]
    if isinstance(word, PeopleInState) and word.kind is not EntryKind.PLACEMENT:
        may = {}
    where = _wider(draw, word.where, filters)
    return replace(_wider(draw, word, may), where=where)


def _wider(draw, one, may):
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return replace(
        one, **{name: draw(st.sampled_from(_wider_values(name, values[name]))) for name in may}
    )


def _wider_values(name, value):
    if name == "also":
        return (value, *((*value, kind) for kind in BESIDE if kind not in value))
    all_kinds = tuple(value[: at + 1] for at in range(len(value))) if name == "kinds" else ()
    wider = {
        "months": (1, 7),
        "on_benefit": (False,),
        "same_rung": (False,),
        "self_found": (None,),
        "kinds": all_kinds,
        "states": (tuple(PlacementState),),
        "districts": ((), (1, 2, 3)),
    }.get(name, ((),))
    if name == "months":
        return (value, *(value + more for more in wider))
    if name == "minimum_step":
        return tuple(range(1, value + 1))
    return (value, *wider) if value or name in ("on_benefit", "same_rung") else (value,)


WORDS = st.one_of(in_state, with_event, flowing, growing, after_a_while)


@st.composite
def nested(draw):
    word = draw(WORDS)
    return word, widened(draw, word)


@st.composite
def nested_without(draw):
    """Somebody without any of more things, in a longer time, is without fewer in a shorter one."""
    whole = draw(without_event)
    kinds = tuple(dict.fromkeys((*whole.kinds, draw(st.sampled_from([EntryKind.MEASUREMENT])))))
    part = replace(whole, months=whole.months + draw(st.integers(0, 7)))
    return draw(st.sampled_from([part, replace(part, kinds=kinds, outcomes=())])), whole


@st.composite
def nested_beside(draw):
    """Draw who has a training, or a benefit and no event, and who counts by that too."""
    districts = draw(st.sampled_from([(), (1,), (1, 2)]))
    whole = replace(
        draw(placed),
        where=Filters(draw(st.sampled_from([(), (JOB,)])), districts=districts),
        also=(EntryKind.TRAINING, EntryKind.BENEFIT),
    )
    if not districts and draw(st.booleans()):
        return draw(without_event), whole
    some = Filters(self_found=draw(st.sampled_from([None, True])), districts=districts[:1])
    return PeopleInState(draw(st.sampled_from(whole.also)), (), some), whole


def people(word, history, on, part):
    return set(reference_people(definition_of((LONG_AGO, word)), history, on, None, part))


@thorough
@given(st.one_of(nested(), nested_without(), nested_beside()), histories(), st.integers(0, 40))
def test_everybody_in_a_part_is_in_its_whole_whatever_happened(pair, history, days):
    word, whole = pair
    if word == whole:
        return
    assert is_part(word, whole)
    on = ON - timedelta(days=20 * days)
    for part in word.parts or ("",):
        if not part or is_part_in(word, whole, part):
            assert people(word, history, on, part) <= people(whole, history, on, part)


def test_of_wholes_in_each_other_only_the_nearest_is_told():
    words = {
        "all": there(Filters()),
        "two": there(Filters(districts=(1, 2))),
        "one": there(Filters(districts=(1,))),
        "found": there(Filters(self_found=True)),
        "both": there(Filters(self_found=True, districts=(1, 2))),
    }
    found = wholes_by_words(words)
    assert found["one", ""] == (("two", ""),)
    assert found["two", ""] == (("all", ""),)
    assert set(found["both", ""]) == {("two", ""), ("found", "")}
    assert ("all", "") not in found


def test_the_parts_of_a_share_hang_together_with_what_counts_the_same_people():
    share = Share(there(Filters(self_found=True)), there(Filters()))
    ratio = Ratio(there(Filters(districts=(1,))), there(Filters()), 10)
    found = wholes_by_words(
        {
            "share": share,
            "ratio": ratio,
            "found": there(Filters(self_found=True)),
            "all": there(Filters()),
        }
    )
    assert ("found", "") in found["share", "part"]
    assert set(found["ratio", "part"]) == {("share", "whole"), ("ratio", "whole"), ("all", "")}
    assert share.form is Form.SHARE


def test_the_classes_of_growth_are_a_part_each_of_the_same_class():
    found = wholes_by_words({"all": PeopleByGrowth(), "some": PeopleByGrowth(on_benefit=True)})
    assert found["some", "decline"] == (("all", "decline"),)
    assert found["some", ""] == (("all", ""),)


def test_asks_in_some_districts_or_of_some_organisations_are_a_part_of_all_asks():
    words = {
        "all": ReferralsAnswered(),
        "north": ReferralsAnswered(where=Filters(districts=(1,))),
        "asked": ReferralsAnswered(months=3, where=Filters(organisations=(7,))),
    }
    found = wholes_by_words(words)
    assert found["north", "due"] == found["asked", "due"] == (("all", "due"),)
    assert ("all", "in_time") in found["asked", "in_time"]
    names = Names(words)
    assert names.of(Cell("north", "due")) == names.of(Cell("all", "due", district=1))
    assert names.of(Cell("asked", "due")) != names.of(Cell("all", "due", organisation=7))


def test_a_class_that_is_the_figure_of_one_is_that_same_class_of_the_other():
    declined = PeopleByGrowth(on_benefit=True, headline=GrowthClass.DECLINE)
    found = wholes_by_words({"all": PeopleByGrowth(), "some": declined})
    assert found["some", ""] == found["some", "decline"] == (("all", "decline"),)
    assert found["some", "growth"] == (("all", ""),)
    names = Names(
        {"all": PeopleByGrowth(), "declined": PeopleByGrowth(headline=GrowthClass.DECLINE)}
    )
    assert names.of(Cell("declined")) == names.of(Cell("all", "decline"))
    assert names.of(Cell("declined")) != names.of(Cell("all"))
