"""Every kind of place has its law, its insurance and its questions on every day."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.places.kinds import kinds_to_find, read_kinds, rules_of, shipped_kinds
from meedoen.rules.vocabulary import ContactRole, LegalTask, PlaceKind

SHIPPED = files("meedoen").joinpath("catalogue", "places", "kinds.toml").read_text("utf-8")
TODAY = date(2026, 9, 1)


def problems_in(text):
    with pytest.raises(DatedTableError) as caught:
        read_kinds(text, "test.toml")
    return caught.value.problems


@given(st.sampled_from(PlaceKind), st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_what_comes_with_the_package_holds_for_every_kind_on_every_day(kind, day):
    rules = rules_of(kind, day)
    assert rules.kind is kind
    assert rules.source.startswith("https://wetten.overheid.nl/")
    assert ContactRole.COORDINATOR in rules.contact_roles
    assert rules.insurance.endswith(".")


@pytest.mark.parametrize(
    ("kind", "task", "article", "check", "attendance"),
    [
        ("participation_job", LegalTask.PARTICIPATION, "artikel 10a", True, True),
        ("volunteer_work", LegalTask.PARTICIPATION, "artikel 6", False, False),
        ("day_activity", LegalTask.SOCIAL_SUPPORT, "artikel 2.3.5", False, True),
        ("sheltered_new", LegalTask.PARTICIPATION, "artikel 10b", False, True),
        ("trial", LegalTask.PARTICIPATION, "artikel 8a", False, True),
    ],
)
def test_each_kind_rests_on_its_own_law(kind, task, article, check, attendance):
    rules = rules_of(PlaceKind(kind), TODAY)
    assert rules.legal_task is task
    assert article in rules.article
    assert (rules.displacement_check, rules.attendance) == (check, attendance)


def test_only_a_participation_job_is_checked_for_displacement():
    asked = [kind for kind in PlaceKind if rules_of(kind, TODAY).displacement_check]
    assert asked == [PlaceKind.PARTICIPATION_JOB]


def test_sheltered_work_is_never_found_by_oneself():
    left = set(PlaceKind) - set(kinds_to_find(TODAY))
    assert left == {PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW}


def test_another_insurance_holds_from_its_own_day_on():
    first = SHIPPED.replace(
        'kind = "other"\nvalid_from = 2015-01-01\n',
        'kind = "other"\nvalid_from = 2015-01-01\nvalid_to = 2027-01-01\n',
    )
    later = SHIPPED.split("[[kinds]]")[-1].replace("2015-01-01", "2027-01-01")
    table = read_kinds(f"{first}\n[[kinds]]{later.replace('Spreek samen', 'Regel vooraf')}", "x")
    said = [
        rules_of(PlaceKind.OTHER, day, table).insurance.split()[0]
        for day in (date(2010, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert said == ["Spreek", "Spreek", "Regel"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "trial"', 'kind = "holiday"', "kinds 7: kind is 'holiday'; use participation"),
        ("usual_months = 2", "usual_months = 0", "usual_months is 0; write a whole number from 1"),
        ("usual_months = 2", "usual_months = true", "usual_months is True; write a whole number"),
        ("usual_months = 2", "months = 2", "'months' is not known here; use article, attendance"),
        ("found_by_person = false", "", "found_by_person is missing; write true or false"),
        ("attendance = false", 'attendance = "no"', "attendance is 'no'; write true or false"),
        ('["coordinator"]', "[]", "contact_roles is []; list one or more of coordinator"),
        ('["coordinator"]', '["boss"]', "contact_roles is ['boss']; list one or more of"),
        ('source = "https://', 'source = "http://', "source must begin with https://"),
        ("valid_from = 2015-01-01", "", "valid_from is missing; write a date such as 2026-01-01"),
        ("valid_from = 2015-01-01", 'valid_from = "x"', "valid_from is 'x'; write a date without"),
        (
            "valid_from = 2015-01-01",
            "valid_from = 2015-01-01\nvalid_to = 2014-01-01",
            "valid_to must be later than valid_from",
        ),
        ('purpose = "', 'purpose = 3 #"', "purpose is 3; write it between quotes"),
        ('purpose = "', 'purpose = "' + 301 * "x", "purpose is longer than 300 signs"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(old, new, said):
    assert old in SHIPPED
    assert any(said in sentence for sentence in problems_in(SHIPPED.replace(old, new)))


def test_all_mistakes_are_told_at_once_and_a_file_of_something_else_too():
    assert len(problems_in("[[kinds]]")) == 13
    assert "this is not TOML" in problems_in("kinds =")[0]
    assert "write only kinds" in problems_in("terms = 3")[0]
    assert "must be a table" in problems_in("kinds = [3]")[0]


def test_a_kind_that_is_missing_a_gap_and_an_overlap_are_told():
    trial = SHIPPED.replace('kind = "trial"', 'kind = "other"')
    told = problems_in(trial)
    assert "test.toml, trial: there is no line; add one." in told
    assert any("other: two lines hold on 2015-01-01" in one for one in told)
    closed = SHIPPED.replace(
        'kind = "trial"\nvalid_from = 2015-01-01',
        'kind = "trial"\nvalid_from = 2015-01-01\nvalid_to = 2020-01-01',
    )
    assert problems_in(closed) == (
        "test.toml, trial: no line holds on 2020-01-01; add one that begins that day.",
    )
    second = SHIPPED.split("[[kinds]]")[7].replace("2015-01-01", "2021-01-01")
    gap = problems_in(f"{closed}\n[[kinds]]{second}")
    assert gap == ("test.toml, trial: no line holds on 2020-01-01; begin the later one that day.",)


def test_the_table_is_read_once():
    assert shipped_kinds() is shipped_kinds()
