from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.caseload.dates import DateError, parse_date, parse_end
from meedoen.rules.caseload.words import RowProblem

FORMS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%Y-%m-%d 00:00:00"]


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(FORMS))
def test_a_day_in_any_form_comes_back(day, form):
    assert parse_date(day.strftime(form)) == day


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_noughts_in_front_may_be_left_out(day):
    assert parse_date(f" {day.day}-{day.month}-{day.year} ") == day


@given(st.text(max_size=20) | st.text("0123456789-/. ", max_size=12))
def test_any_other_text_is_a_problem_and_never_a_crash(text):
    try:
        day = parse_date(text)
    except DateError:
        return
    # Whatever is taken for a date has the digits of its year in it.
    assert f"{day.year:04}" in text


@pytest.mark.parametrize(
    "text", ["30-02-2020", "2020-13-01", "20200230", "00-00-0000", "32/1/2020"]
)
def test_a_day_that_does_not_exist_says_so(text):
    with pytest.raises(DateError) as error:
        parse_date(text)
    assert error.value.problem == RowProblem.IMPOSSIBLE_DATE


@pytest.mark.parametrize(
    "text",
    ["", "1-2-20", "2020", "42370", "1 mei 2020", "01-02/2020", "2020-02-01 12:30:00", "1-2-2020x"],
)
def test_what_is_no_date_is_not_guessed(text):
    with pytest.raises(DateError) as error:
        parse_date(text)
    assert error.value.problem == RowProblem.NOT_A_DATE


@pytest.mark.parametrize("text", ["", " ", "0", "00000000", "00-00-0000", "31-12-9999", "99991231"])
def test_files_say_in_many_ways_that_there_is_no_end(text):
    assert parse_end(text) is None
