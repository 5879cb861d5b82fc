from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.caseload.values import parse, parse_number, texts_of
from meedoen.rules.caseload.words import Field, RowProblem
from meedoen.rules.files.reading import Row

TODAY = date(2026, 11, 22)
GOOD = {
    Field.BSN: "111222333",
    Field.GIVEN_NAME: "Roos",
    Field.FAMILY_NAME: "Nepstra",
    Field.BIRTH_DATE: "04-05-1980",
    Field.DISTRICT: "WK999001",
    Field.BENEFIT_START: "01-01-2015",
}


def faults(**other):
    texts = {**GOOD, **{Field(name): text for name, text in other.items()}}
    parsed = parse({name: text for name, text in texts.items() if text}, today=TODAY)
    return [(one.problem, one.field) for one in parsed.faults]


def test_a_good_row_has_nothing_wrong_and_says_what_it_says():
    parsed = parse({**GOOD, Field.PREFIX: "van", Field.BENEFIT_END: "31-12-2026"}, today=TODAY)
    assert parsed.faults == ()
    assert (parsed.bsn, parsed.family_name) == ("111222333", "van Nepstra")
    assert parsed.birth_date == date(1980, 5, 4)
    # The last day in the file is still a day on benefit.
    assert parsed.ends_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("bsn", "", RowProblem.MISSING_VALUE),
        ("bsn", "12345678", RowProblem.BSN_WRONG_LENGTH),
        ("bsn", "123456789", RowProblem.BSN_FAILS_ELEVEN_TEST),
        ("bsn", "X11222333", RowProblem.BSN_NOT_DIGITS),
        ("bsn", "111222333,50", RowProblem.BSN_NOT_DIGITS),
        ("family_name", "", RowProblem.MISSING_VALUE),
        ("family_name", "=HYPERLINK(1)", RowProblem.FORMULA),
        ("family_name", "@SUM(A1)", RowProblem.FORMULA),
        ("family_name", "-cmd|x", RowProblem.FORMULA),
        ("family_name", "#N/B", RowProblem.CELL_ERROR),
        ("family_name", "n" * 101, RowProblem.TOO_LONG),
        ("birth_date", "31-02-1980", RowProblem.IMPOSSIBLE_DATE),
        ("birth_date", "04-05-80", RowProblem.NOT_A_DATE),
        ("birth_date", "31-12-1899", RowProblem.BIRTH_BEFORE_1900),
        ("benefit_start", "03-05-1980", RowProblem.START_BEFORE_BIRTH),
        ("benefit_start", "23-11-2027", RowProblem.START_TOO_FAR),
        ("benefit_end", "31-12-2014", RowProblem.END_BEFORE_START),
        ("benefit_end", "31-12-2036", RowProblem.END_TOO_FAR),
        ("benefit_end", "#VERW!", RowProblem.CELL_ERROR),
        ("district", "", RowProblem.MISSING_VALUE),
        ("phone", "geen", RowProblem.PHONE_LEFT_OUT),
        ("phone", "06" * 11, RowProblem.PHONE_LEFT_OUT),
        ("phone", "+31 6 12 34 56 78", None),
        ("benefit_end", "01-01-2015", None),
        ("bsn", "111.222.333", None),
        ("bsn", "111222333,00", None),
    ],
)
def test_what_is_wrong_is_told_with_its_column(field, text, problem):
    assert faults(**{field: text}) == ([(problem, Field(field))] if problem else [])


def test_everything_that_is_wrong_is_told_at_once():
    assert faults(bsn="1", birth_date="x", benefit_start="", district="=A1") == [
        (RowProblem.FORMULA, Field.DISTRICT),
        (RowProblem.BSN_WRONG_LENGTH, Field.BSN),
        (RowProblem.NOT_A_DATE, Field.BIRTH_DATE),
        (RowProblem.MISSING_VALUE, Field.BENEFIT_START),
    ]


def test_a_birth_to_come_is_told_beside_a_benefit_that_began_before_it():
    assert faults(birth_date="23-11-2026") == [
        (RowProblem.BIRTH_IN_FUTURE, Field.BIRTH_DATE),
        (RowProblem.START_BEFORE_BIRTH, Field.BENEFIT_START),
    ]


def test_a_prefix_can_make_a_name_too_long():
    assert faults(prefix="van", family_name="n" * 98) == [(RowProblem.TOO_LONG, Field.FAMILY_NAME)]


def test_only_a_number_of_a_workbook_gets_its_nought_back():
    headings = ("nr", "tel")
    mapping = {Field.BSN: "nr", Field.PHONE: "tel"}
    row = Row(line=2, cells=("12345678", "612345678"), numbers=frozenset({0, 1}), width=2)
    assert texts_of(row, headings, mapping) == {Field.BSN: "012345678", Field.PHONE: "0612345678"}
    text = Row(line=2, cells=("12345678", "612345678"), numbers=frozenset(), width=2)
    assert texts_of(text, headings, mapping) == {Field.BSN: "12345678", Field.PHONE: "612345678"}


def test_texts_are_trimmed_and_in_one_form_and_names_keep_their_spelling():
    row = Row(line=2, cells=("  Coe\u0308lho \u00a0 de  VRIES ", ""), numbers=frozenset(), width=1)
    mapping = {Field.FAMILY_NAME: "naam", Field.PHONE: "tel"}
    assert texts_of(row, ("naam", "tel"), mapping) == {Field.FAMILY_NAME: "Coëlho de VRIES"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,50", "1234.50"),
        ("12,5", "12.5"),
        ("-3", "-3"),
        ("1234.5", "1234.5"),
        ("1.234.567", "1234567"),
    ],
)
def test_decimal_commas_are_read(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "x", "1,2,3", "1.23,4", "12.34.567", "1 000"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@given(st.decimals(0, 10**9, places=2))
def test_a_number_written_the_dutch_way_comes_back(number):
    dutch = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert parse_number(dutch) == number


@given(st.dictionaries(st.sampled_from(Field), st.text(max_size=30)))
def test_no_row_whatever_it_says_is_a_crash_or_passes_by_chance(texts):
    parsed = parse(texts, today=TODAY)
    if not parsed.is_wrong:
        assert parsed.bsn
        assert parsed.family_name
        assert parsed.birth_date
        assert parsed.benefit_start
        assert parsed.district
