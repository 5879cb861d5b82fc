"""Which rows are about one organisation, and which organisation here they mean."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.directory_file.groups import Groups
from meedoen.rules.directory_file.matching import Match, Register, find, is_similar
from meedoen.rules.directory_file.values import parse
from meedoen.rules.directory_file.words import Field, RowProblem


def said(name, *, kvk="", number="", postcode=""):
    texts = {
        Field.ORGANISATION: name,
        Field.KVK: kvk,
        Field.ORGANISATION_ID: number,
        Field.POSTCODE: postcode,
    }
    kept = {field: text for field, text in texts.items() if text}
    return parse(kept, today=date(2026, 3, 2), interests={})


def grouped(*rows):
    groups = Groups()
    for line, row in enumerate(rows, start=2):
        groups.tell(line, row)
    groups.close()
    return groups


def keys(*rows):
    groups = grouped(*rows)
    found = [groups.of(row.organisation) for row in rows]
    return [group.key if group else None for group in found]


def test_number_then_kvk_then_name_say_which_rows_go_together():
    assert keys(
        said("De Linde", number="1", kvk="12345678"),
        said("Linde", kvk="12345678"),
        said("de linde"),
        said("Ander", kvk="87654321"),
        said("ANDER"),
        said("Los"),
    ) == ["id:1", "id:1", "id:1", "kvk:87654321", "kvk:87654321", "name:los"]


def test_a_name_that_two_have_says_nothing():
    assert keys(
        said("De Linde", kvk="12345678"), said("De Linde", kvk="87654321"), said("De Linde")
    ) == ["kvk:12345678", "kvk:87654321", None]


def test_the_second_organisation_with_a_name_knows_the_first():
    one, other = said("De Linde", kvk="12345678"), said("De Linde", kvk="87654321")
    groups = grouped(one, other)
    assert groups.earlier_namesake(groups.of(one.organisation)) is None
    assert groups.earlier_namesake(groups.of(other.organisation)).first_line == 2


@given(st.permutations(range(4)))
def test_the_order_of_the_rows_plays_no_part_in_who_goes_together(order):
    rows = [
        said("De Linde", number="1", kvk="12345678"),
        said("Linde", kvk="12345678"),
        said("De Linde"),
        said("Ander"),
    ]
    shuffled = keys(*(rows[at] for at in order))
    assert [shuffled[order.index(at)] for at in range(4)] == ["id:1", "id:1", "id:1", "name:ander"]


def register(*organisations):
    found = Register()
    for number, (name, kvk, postcode) in enumerate(organisations, start=1):
        found.add_organisation(number, name, kvk)
        found.add_address(number, postcode, 1)
    return found


LINDE = said("De Linde", kvk="12345678", postcode="1234 AB")


@pytest.mark.parametrize(
    ("known", "match"),
    [
        ([], Match()),
        ([("Iets anders", "12345678", "9999ZZ")], Match(1)),
        ([("de linde", "", "1234AB")], Match(1)),
        ([("De Linde", "", "9999ZZ")], Match(like_id=1, why=RowProblem.SAME_NAME)),
        ([("De Linde", "", "")], Match(like_id=1, why=RowProblem.SAME_NAME)),
        ([("De Linde", "87654321", "1234AB")], Match(like_id=1, why=RowProblem.SAME_NAME)),
        ([("Stichting Linde", "", "1234AB")], Match(like_id=1, why=RowProblem.SIMILAR_NAME)),
        ([("Stichting Linde", "", "9999ZZ")], Match()),
        (
            [("Een", "12345678", ""), ("Twee", "12345678", "")],
            Match(like_id=1, why=RowProblem.SAME_KVK_TWICE),
        ),
        ([("Een", "12345678", ""), ("De Linde", "12345678", "")], Match(2)),
    ],
)
def test_who_is_meant(known, match):
    group = grouped(LINDE).of(LINDE.organisation)
    assert find(group, register(*known), None, ()) == match


def test_seen_before_goes_before_everything():
    group = grouped(LINDE).of(LINDE.organisation)
    assert find(group, register(("De Linde", "12345678", "1234AB")), 7, ()) == Match(7)


def test_who_is_in_the_file_by_name_is_not_somebody_else_in_it():
    group = grouped(LINDE).of(LINDE.organisation)
    known = register(("Stichting Linde", "", "1234AB"))
    assert find(replace(group, kvk=""), known, None, {"stichtinglinde"}) == Match()


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("Stichting De Moestuin", "De Moestuin", True),
        ("Moestuin B.V.", "Moestuin", True),
        ("De Moestuin", "De Moestiun", True),
        ("Humanitas Noord", "Humanitas", True),
        ("Buurthuis Noord", "Buurthuis Zuid", False),
        ("De Linde", "De Beuk", False),
        ("Stichting", "Vereniging", False),
        ("", "De Linde", False),
    ],
)
def test_names_that_may_be_of_one_organisation(one, other, similar):
    assert is_similar(one, other) == similar
    assert is_similar(other, one) == similar
