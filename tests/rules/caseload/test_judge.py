from dataclasses import replace
from datetime import date, timedelta

import pytest

from meedoen.rules.caseload.compare import Known, Named, most_alike
from meedoen.rules.caseload.directory import Directory
from meedoen.rules.caseload.judge import Wanted, judge, resumes_on
from meedoen.rules.caseload.leavers import must_confirm
from meedoen.rules.caseload.values import parse
from meedoen.rules.caseload.words import Field
from meedoen.rules.files.meanings import by_text, district_texts
from meedoen.rules.files.spelling import phone_digits

TODAY = date(2026, 11, 22)
WANTED = Wanted(TODAY, None)
DIRECTORY = Directory(
    districts=by_text(
        [(text, 1) for text in district_texts("WK001404", "Oud-Oost")]
        + [(text, 2) for text in district_texts("WK001405", "Zuid")]
        + [("Oost", 1), ("Oost", 2)]
    ),
    coaches=by_text([("anna@example.org", 7), ("Anna Testema", 7), ("Bram", 8)]),
    other_coaches=frozenset({"carla"}),
)
ROOS = Known(
    pseudonym_id=5,
    given_name="Roos",
    family_name="Nepstra",
    birth_date=date(1980, 5, 4),
    phone="06-12345678",
    district_id=1,
    benefit_since=date(2015, 1, 1),
    stretch_starts_on=date(2020, 1, 1),
    benefit_ends_on=None,
    coach_id=7,
    hand_over_planned=False,
    is_own=True,
)
SAYS = {
    Field.BSN: "111222333",
    Field.GIVEN_NAME: "Roos",
    Field.FAMILY_NAME: "Nepstra",
    Field.BIRTH_DATE: "04-05-1980",
    Field.PHONE: "+31612345678",
    Field.DISTRICT: "1404",
    Field.BENEFIT_START: "01-01-2015",
    Field.COACH: "Anna Testema",
}


def judged(known=ROOS, *, like=False, wanted=WANTED, **other):
    texts = {**SAYS, **{Field(name): text for name, text in other.items()}}
    parsed = parse({name: text for name, text in texts.items() if text}, today=TODAY)
    told = judge(parsed, DIRECTORY.find(parsed), known, looks_like=like, wanted=wanted)
    return (
        told.verdict.value,
        [fault.problem.value for fault in told.faults],
        [field.value for field in told.differences],
    )


ENDED = replace(ROOS, benefit_ends_on=date(2026, 6, 1))
UNTIL_LATER = replace(ROOS, benefit_ends_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("known", "says", "verdict", "problems", "differences"),
    [
        (ROOS, {}, "unchanged", [], []),
        (ROOS, {"phone": "", "given_name": "", "coach": ""}, "unchanged", [], []),
        (ROOS, {"phone": "06-1111"}, "changed", [], ["phone"]),
        (ROOS, {"family_name": "de Boer"}, "changed", [], ["family_name"]),
        (ROOS, {"birth_date": "05-05-1980"}, "changed", [], ["birth_date"]),
        (ROOS, {"district": "Zuid", "coach": "Bram"}, "changed", [], ["coach", "district"]),
        (ROOS, {"coach": "Carla"}, "unchanged", ["coach_of_other_team"], []),
        (ROOS, {"coach": "Dirk"}, "wrong", ["coach_unknown"], []),
        (ROOS, {"district": "Oost"}, "wrong", ["district_ambiguous"], []),
        (ROOS, {"district": "Noord"}, "wrong", ["district_unknown"], []),
        (ROOS, {"benefit_start": "01-01-2016"}, "unchanged", ["start_differs"], []),
        (ROOS, {"benefit_end": "31-10-2026"}, "left", [], ["benefit_end"]),
        (ROOS, {"benefit_end": "31-12-2019"}, "wrong", ["end_before_last_change"], []),
        (
            ROOS,
            {"family_name": "Testema", "birth_date": "01-01-1970"},
            "wrong",
            ["other_person"],
            [],
        ),
        (replace(ROOS, is_own=False), {"phone": "06-1111"}, "other_team", [], []),
        (replace(ROOS, is_own=False), {"birth_date": "x"}, "other_team", [], []),
        (
            replace(ROOS, hand_over_planned=True),
            {"coach": "Bram"},
            "unchanged",
            ["hand_over_planned"],
            [],
        ),
        (ENDED, {}, "back", [], ["benefit_start", "coach"]),
        (ENDED, {"district": "Zuid"}, "back", [], ["benefit_start", "coach", "district"]),
        (ENDED, {"coach": ""}, "wrong", ["coach_missing"], []),
        (ENDED, {"coach": "Carla"}, "other_team", ["coach_of_other_team"], []),
        (ENDED, {"benefit_end": "31-05-2026", "phone": "06-1111"}, "unchanged", [], []),
        (ENDED, {"benefit_end": "30-06-2026"}, "unchanged", ["end_differs"], []),
        (
            ENDED,
            {"benefit_start": "01-08-2026", "benefit_end": "31-12-2026"},
            "back",
            [],
            ["benefit_start", "coach"],
        ),
        (
            ENDED,
            {"benefit_start": "01-08-2026", "benefit_end": "31-08-2026"},
            "unchanged",
            ["end_differs"],
            [],
        ),
        (UNTIL_LATER, {"benefit_end": "31-12-2026"}, "unchanged", [], []),
        (
            UNTIL_LATER,
            {"benefit_end": "31-12-2026", "phone": "06-1111", "district": "Zuid"},
            "changed",
            [],
            ["phone"],
        ),
        (None, {}, "new", [], []),
        (None, {"coach": ""}, "wrong", ["coach_missing"], []),
        (None, {"coach": "Carla"}, "other_team", ["coach_of_other_team"], []),
        (None, {"benefit_end": "31-10-2026"}, "unchanged", ["ended_before"], []),
        (None, {"benefit_end": "31-12-2026"}, "new", [], []),
    ],
)
def test_a_row_means_something_for_who_is_known(known, says, verdict, problems, differences):
    assert judged(known, **says) == (verdict, problems, differences)


def test_who_looks_like_somebody_is_proposed_and_a_coach_for_the_file_will_do():
    assert judged(None, like=True)[0] == "looks_like"
    assert judged(None, wanted=Wanted(TODAY, 7), coach="")[0] == "new"


def test_a_benefit_that_is_back_goes_on_from_the_end_unless_the_file_says_later():
    for start, day in (("01-01-2015", date(2026, 6, 1)), ("01-08-2026", date(2026, 8, 1))):
        parsed = parse({**SAYS, Field.BENEFIT_START: start}, today=TODAY)
        assert resumes_on(parsed, ENDED) == day


@pytest.mark.parametrize(
    "text", ["WK001404", "wk 001404", "001404", "1404", "oud oost", "Oud-Oost"]
)
def test_a_district_is_known_by_code_and_name(text):
    assert judged(district=text)[0] == "unchanged"


def test_the_one_most_alike_is_proposed():
    parsed = parse(SAYS, today=TODAY)
    people = [Named(3, "Nepstar"), Named(4, "van Nepstra"), Named(2, "Testema")]
    assert most_alike(parsed, {date(1980, 5, 4): people}) == 4
    assert most_alike(parsed, {date(1980, 5, 4): people[:1]}) == 3
    assert most_alike(parsed, {date(1980, 5, 5): people}) is None
    assert most_alike(replace(parsed, birth_date=None), {}) is None


@pytest.mark.parametrize(
    "phone", ["06-12345678", "+31 6 12345678", "0031612345678", "+31(0)612345678"]
)
def test_a_phone_number_is_compared_by_its_digits(phone):
    assert phone_digits(phone) == "0612345678"


@pytest.mark.parametrize(
    ("leavers", "people", "confirm"),
    [(0, 0, False), (10, 100, False), (11, 100, True), (1, 3, True)],
)
def test_more_than_a_tenth_may_not_leave_by_itself(leavers, people, confirm):
    assert must_confirm(leavers=leavers, people=people) is confirm


def test_a_day_ahead_is_still_on_benefit():
    assert UNTIL_LATER.is_on_benefit(TODAY)
    assert not ENDED.is_on_benefit(TODAY)
    assert replace(ROOS, benefit_ends_on=TODAY + timedelta(days=1)).is_on_benefit(TODAY)
