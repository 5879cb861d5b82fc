"""The same year's figures in two documents: which stand side by side, and why they differ."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from meedoen.rules.documents.differences import Pair, Reason, Standing, Subject, pairs
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.disclosure import Shown

JOBS = Subject("participation_jobs", 2025)
JUNE, DECEMBER = date(2025, 6, 30), date(2025, 12, 31)
THEN, LATER = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
AIMED = Standing(
    adopted_id=1, subject=JOBS, kind=QuotedKind.AIMED, shown=Shown("200", hidden=False)
)
REACHED = Standing(
    adopted_id=2,
    subject=JOBS,
    kind=QuotedKind.ACHIEVED,
    shown=Shown("187", hidden=False),
    reference_date=DECEMBER,
    definition_version=date(2018, 1, 1),
    known_at=THEN,
    figure_id=7,
)


def said(first, second):
    return [(one.first, one.second, one.reasons) for one in pairs(first, second)]


def test_what_the_budget_aims_for_stands_beside_what_the_account_reached():
    assert said([AIMED], [REACHED]) == [(AIMED, REACHED, (Reason.OTHER_KIND,))]
    assert said([REACHED], [AIMED]) == [(REACHED, AIMED, (Reason.OTHER_KIND,))]
    assert pairs([AIMED], [REACHED])[0].difference == -13


def test_an_account_that_repeats_what_was_aimed_for_shows_both_lines():
    repeated = replace(AIMED, adopted_id=3)
    assert said([AIMED], [REACHED, repeated]) == [
        (AIMED, repeated, ()),
        (AIMED, REACHED, (Reason.OTHER_KIND,)),
    ]


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({}, ()),
        ({"known_at": LATER}, ()),
        ({"known_at": LATER, "shown": Shown("185", hidden=False)}, (Reason.LATER_KNOWLEDGE,)),
        (
            {"reference_date": JUNE, "shown": Shown("190", hidden=False)},
            (Reason.OTHER_REFERENCE_DATE,),
        ),
        (
            {"definition_version": date(2025, 1, 1), "shown": Shown("150", hidden=False)},
            (Reason.OTHER_DEFINITION,),
        ),
        ({"rectified": Shown("190", hidden=False)}, (Reason.RECTIFIED,)),
        (
            {
                "known_at": LATER,
                "shown": Shown("185", hidden=False),
                "rectified": Shown("187", hidden=False),
            },
            (Reason.LATER_KNOWLEDGE, Reason.RECTIFIED),
        ),
    ],
)
def test_each_reason_has_its_own_sign(other, reasons):
    second = replace(REACHED, adopted_id=9, figure_id=8, **other)
    assert said([REACHED], [second]) == [(REACHED, second, reasons)]


@pytest.mark.parametrize("kind", [QuotedKind.AIMED, QuotedKind.BUDGETED, QuotedKind.FORECAST])
def test_what_was_promised_otherwise_is_not_the_same(kind):
    promised = replace(AIMED, kind=kind)
    more = replace(promised, adopted_id=9, shown=Shown("250", hidden=False))
    assert said([promised], [more]) == [(promised, more, (Reason.OTHER_PROMISE,))]


@pytest.mark.parametrize("shown", [Shown("x", hidden=True), Shown("185", hidden=False)])
def test_what_reads_otherwise_by_its_protection_is_not_the_same(shown):
    second = replace(REACHED, adopted_id=9, shown=shown)
    assert said([REACHED], [second]) == [(REACHED, second, (Reason.SHOWN_OTHERWISE,))]


def test_nobody_counted_and_some_counted_is_not_the_same():
    nobody = replace(
        REACHED,
        adopted_id=9,
        shown=Shown("0", hidden=False),
        definition_version=None,
        known_at=None,
        figure_id=None,
    )
    assert pairs([nobody], [REACHED])[0].reasons != ()


def test_a_printed_figure_is_not_counted_by_another_definition():
    printed = replace(
        REACHED,
        adopted_id=9,
        shown=Shown("190", hidden=False),
        definition_version=None,
        known_at=None,
        figure_id=None,
        kind=QuotedKind.BUDGETED,
    )
    assert pairs([printed], [REACHED])[0].reasons == (Reason.OTHER_KIND,)


def test_what_stands_in_one_of_the_two_is_shown_alone():
    other = replace(REACHED, adopted_id=4, subject=replace(JOBS, year=2024))
    assert said([other], [REACHED]) == [
        (other, None, (Reason.ONLY_ONE,)),
        (None, REACHED, (Reason.ONLY_ONE,)),
    ]
    assert [one.subject.year for one in pairs([other], [REACHED])] == [2024, 2025]
    assert pairs([other], [])[0].difference is None


def test_a_district_or_a_part_is_a_subject_of_its_own():
    north = replace(REACHED, adopted_id=5, subject=replace(JOBS, district=3))
    growth = replace(REACHED, adopted_id=6, subject=replace(JOBS, part="growth"))
    found = pairs([REACHED, north], [REACHED, growth])
    assert [one.subject for one in found] == [JOBS, north.subject, growth.subject]


def test_a_figure_that_is_quoted_twice_is_compared_once():
    again = replace(REACHED, adopted_id=8)
    assert said([REACHED, again], [REACHED]) == [(REACHED, REACHED, ())]


def test_a_hidden_number_gives_no_difference():
    hidden = replace(REACHED, adopted_id=9, shown=Shown("<10", hidden=True))
    assert Pair(REACHED, hidden, ()).difference is None
    assert pairs([AIMED], [hidden])[0].difference is None


def test_a_pair_of_nothing_is_about_nothing():
    with pytest.raises(ValueError, match="at least one"):
        _ = Pair(None, None, ()).subject
