"""What a value means as it stands on a budget page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.budget.values import Meaning, read_value

TABLE = [
    ("0", Meaning.NUMBER, "0"),
    ("400", Meaning.NUMBER, "400"),
    ("6.869", Meaning.NUMBER, "6869"),
    ("1.234.567", Meaning.NUMBER, "1234567"),
    ("1.000", Meaning.NUMBER, "1000"),
    ("1.234,5", Meaning.NUMBER, "1234.5"),
    ("67.2", Meaning.NUMBER, "67.2"),
    ("2.67", Meaning.NUMBER, "2.67"),
    ("194,4", Meaning.NUMBER, "194.4"),
    ("0,125", Meaning.NUMBER, "0.125"),
    ("-5", Meaning.NUMBER, "-5"),
    ("\u22125", Meaning.NUMBER, "-5"),
    ("450*", Meaning.NUMBER, "450"),
    ("\u00a0 2014 ", Meaning.NUMBER, "2014"),
    ("9,5%", Meaning.PERCENTAGE, "9.5"),
    ("4 %", Meaning.PERCENTAGE, "4"),
    ("0.8%", Meaning.PERCENTAGE, "0.8"),
    ("€ 1.200", Meaning.AMOUNT, "1200"),
    ("1.200 euro", Meaning.AMOUNT, "1200"),
    ("< 410 eind 2020", Meaning.BOUND, "410"),
    ("≥ 50 in 2020", Meaning.BOUND, "50"),
    ("minimaal 200", Meaning.BOUND, "200"),
    ("> 4,5%", Meaning.BOUND, "4.5"),
    ("< 4 weken", Meaning.BOUND, "4"),
    ("maximaal 4 weken in 2022", Meaning.BOUND, "4"),
    ("< 310 klanten eind 2022", Meaning.BOUND, "310"),
    ("min. 12 nieuwe partners", Meaning.BOUND, "12"),
    ("maximaal 4 mln", Meaning.TEXT, None),
    ("maximaal 200 euro", Meaning.AMOUNT, None),
    ("< 100 m\u00b2", Meaning.TEXT, None),
    ("minimaal 2 tot 3 keer", Meaning.TEXT, None),
    ("Minimaal 200 inwoners doen mee aan sport", Meaning.TEXT, None),
    ("-", Meaning.NOT_MEASURED, None),
    ("\u2013", Meaning.NOT_MEASURED, None),
    (".", Meaning.MISSING, None),
    ("n.n.b.", Meaning.NOT_YET_KNOWN, None),
    ("N.n.b.", Meaning.NOT_YET_KNOWN, None),
    ("nnb", Meaning.NOT_YET_KNOWN, None),
    ("nb", Meaning.NOT_YET_KNOWN, None),
    ("X", Meaning.NOT_YET_KNOWN, None),
    ("n.v.t.", Meaning.NOT_APPLICABLE, None),
    ("2017 : 57", Meaning.DATED, "57"),
    ("2018:  43", Meaning.DATED, "43"),
    ("2019: -", Meaning.DATED, None),
    ("2021 805,5", Meaning.DATED, "805.5"),
    ("2019: 6 %", Meaning.DATED, "6"),
    ("298 klanten", Meaning.WORDED_NUMBER, "298"),
    ("4 weken", Meaning.WORDED_NUMBER, "4"),
    ("0.125", Meaning.UNCERTAIN, None),
    ("1234.567", Meaning.UNCERTAIN, None),
    ("2 500", Meaning.UNCERTAIN, None),
    ("2\u00a0500", Meaning.NUMBER, "2500"),
    ("1\u2009234\u2009567,5", Meaning.NUMBER, "1234567.5"),
    ("≥ 2\u202f500 in 2025", Meaning.BOUND, "2500"),
    ("2\u202f500 klanten", Meaning.WORDED_NUMBER, "2500"),
    ("2\u00a050", Meaning.UNCERTAIN, None),
    ("2\u00a0500\u00a030", Meaning.UNCERTAIN, None),
    ("2.500\u00a0000", Meaning.UNCERTAIN, None),
    ("2023\u00a0500", Meaning.UNCERTAIN, None),
    ("450\u00b9", Meaning.NUMBER, "450"),
    ("450* \u00b9", Meaning.UNCERTAIN, None),
    ("≥ 50*", Meaning.BOUND, "50"),
    ("1.23.456", Meaning.UNCERTAIN, None),
    ("12/15", Meaning.UNCERTAIN, None),
    ("Minimaal gelijk of toename", Meaning.TEXT, None),
    ("Afname", Meaning.TEXT, None),
    ("Geen; aantal is geen doel", Meaning.TEXT, None),
    ("A", Meaning.TEXT, None),
    ("gegevens beschikbaar in jaarrekening 2020", Meaning.TEXT, None),
    ("", Meaning.EMPTY, None),
    (" \u00a0", Meaning.EMPTY, None),
]


@pytest.mark.parametrize(("shown", "meaning", "number"), TABLE)
def test_a_value_means_what_the_page_shows(shown, meaning, number):
    value = read_value(shown)
    assert (value.meaning, value.number) == (meaning, None if number is None else Decimal(number))


def test_the_text_shown_is_kept_with_only_its_white_space_tidied():
    assert read_value(" <\u00a0410  eind 2020 ").shown == "< 410 eind 2020"


@given(st.text(max_size=40))
def test_only_a_text_with_a_digit_ever_has_a_number(shown):
    value = read_value(shown)
    if value.number is not None:
        assert any(sign in "0123456789" for sign in value.shown)


@given(st.integers(min_value=0, max_value=10**40))
def test_a_whole_number_in_dutch_notation_is_read_back_exactly(number):
    assert read_value(f"{number:,}".replace(",", ".")).number == number


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_number_with_a_decimal_comma_is_read_back_exactly(whole, hundredths):
    shown = f"{whole:,}".replace(",", ".") + f",{hundredths:02d}"
    assert read_value(shown).number == Decimal(f"{whole}.{hundredths:02d}")


@pytest.mark.parametrize(
    "shown", ["400\u00b9\u00b2\u00b3", "12\u00bd", "10\u00b2", "4\u208200", "100 m\u00b2"]
)
def test_a_raised_digit_or_a_fraction_beside_a_number_leaves_doubt(shown):
    assert (read_value(shown).meaning, read_value(shown).number) == (Meaning.UNCERTAIN, None)
