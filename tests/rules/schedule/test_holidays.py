"""Dutch public holidays, and the two days on which people differ."""

from datetime import date

import pytest

from meedoen.rules.schedule.holidays import (
    HolidayTermsError,
    holidays_in,
    is_holiday,
    read_terms,
    shipped_terms,
    terms_on,
)

TERMS = """
[[terms]]
valid_from = 2026-01-01
liberation_day = "{liberation_day}"
good_friday = {good_friday}
"""


def of(year, liberation_day="lustrum", good_friday="false"):
    [terms] = read_terms(TERMS.format(liberation_day=liberation_day, good_friday=good_friday))
    return holidays_in(year, terms)


def test_the_holidays_of_a_year():
    assert sorted(day.strftime("%m-%d") for day in of(2026)) == [
        "01-01",
        "04-05",
        "04-06",
        "04-27",
        "05-14",
        "05-24",
        "05-25",
        "12-25",
        "12-26",
    ]


def test_kings_day_on_a_sunday_is_kept_on_saturday():
    assert date(2025, 4, 26) in of(2025)
    assert date(2025, 4, 27) not in of(2025)


@pytest.mark.parametrize(
    ("year", "liberation_day", "expected"),
    [
        (2025, "lustrum", True),
        (2026, "lustrum", False),
        (2030, "lustrum", True),
        (2026, "every_year", True),
        (2025, "never", False),
    ],
)
def test_the_fifth_of_may(year, liberation_day, expected):
    assert (date(year, 5, 5) in of(year, liberation_day)) is expected


def test_ascension_day_on_the_fifth_of_may_stays_a_holiday():
    assert date(2016, 5, 5) in of(2016, "never")


def test_good_friday_is_a_choice():
    good_friday = date(2026, 4, 3)
    assert good_friday not in of(2026)
    assert good_friday in of(2026, good_friday="true")


def test_what_comes_with_meedoen():
    assert is_holiday(date(2026, 12, 25))
    assert not is_holiday(date(2026, 5, 5))
    assert terms_on(date(1990, 1, 1)) == shipped_terms()[0]


def test_a_later_set_of_terms_holds_from_its_day_on():
    old, new = (
        TERMS.format(liberation_day="never", good_friday="false"),
        TERMS.format(liberation_day="every_year", good_friday="true").replace(
            "2026-01-01", "2027-01-01"
        ),
    )
    assert [one.good_friday for one in read_terms(old + new)] == [False, True]
    with pytest.raises(HolidayTermsError, match="later day"):
        read_terms(new + old)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one set"),
        ("[[terms", "no TOML"),
        ("[[terms]]\nvalid_from = 2026-01-01", "lack 'liberation_day'"),
        (TERMS.format(liberation_day="soms", good_friday="false"), "every_year, lustrum, never"),
        (TERMS.format(liberation_day="never", good_friday='"ja"'), "true or false"),
    ],
)
def test_terms_with_a_mistake_say_what_is_possible(text, says):
    with pytest.raises(HolidayTermsError, match=says):
        read_terms(text)
