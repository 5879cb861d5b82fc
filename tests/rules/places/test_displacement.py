"""What the answers of an organisation say about paid work: little tables, and every combination."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.places.displacement import (
    Answers,
    Reply,
    SignedFor,
    WhyVerdict,
    judge,
    read_versions,
    shipped_versions,
    valid_until,
    version_on,
)
from meedoen.rules.vocabulary import DisplacementVerdict

SHIPPED = files("meedoen").joinpath("catalogue", "places", "displacement.toml").read_text("utf-8")
FIRST, LAST = (f"[[versions]]{one}" for one in SHIPPED.split("[[versions]]")[1:])
WELL = Answers(
    additional=Reply.YES,
    paid_before=Reply.NO,
    vacancy=Reply.NO,
    goes_on=Reply.YES,
    signed_for=SignedFor.EMPLOYER,
    signer_name="Piet Verzonnen",
    signer_function="directeur",
)
UNKNOWN = Reply.UNKNOWN


def problems_in(text):
    with pytest.raises(DatedTableError) as caught:
        read_versions(text, "test.toml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("other", "verdict", "reasons"),
    [
        ({}, "additional", ["all_well"]),
        ({"signed_for": SignedFor.WORKS_COUNCIL}, "additional", ["all_well"]),
        ({"additional": Reply.NO}, "displaces", ["not_additional"]),
        ({"paid_before": Reply.YES}, "displaces", ["paid_before"]),
        ({"vacancy": Reply.YES}, "displaces", ["vacancy"]),
        ({"goes_on": Reply.NO}, "unclear", ["needs_the_person"]),
        ({"additional": UNKNOWN}, "unclear", ["additional_unknown"]),
        ({"paid_before": UNKNOWN}, "unclear", ["paid_before_unknown"]),
        ({"vacancy": UNKNOWN}, "unclear", ["vacancy_unknown"]),
        ({"goes_on": UNKNOWN}, "unclear", ["goes_on_unknown"]),
        ({"signed_for": SignedFor.NOBODY}, "unclear", ["not_signed"]),
        ({"signer_name": " "}, "unclear", ["not_signed"]),
        ({"signer_function": ""}, "unclear", ["not_signed"]),
        (
            {"vacancy": Reply.YES, "goes_on": Reply.NO, "signer_name": ""},
            "displaces",
            ["vacancy", "needs_the_person", "not_signed"],
        ),
    ],
)
def test_what_follows_from_the_answers(other, verdict, reasons):
    found = judge(replace(WELL, **other))
    assert found.verdict == verdict
    assert [reason.value for reason in found.reasons] == reasons


ANSWERS = st.builds(
    Answers,
    additional=st.sampled_from(Reply),
    paid_before=st.sampled_from(Reply),
    vacancy=st.sampled_from(Reply),
    goes_on=st.sampled_from(Reply),
    signed_for=st.sampled_from(SignedFor),
    signer_name=st.sampled_from(["", "Piet"]),
    signer_function=st.sampled_from(["", "directeur"]),
)


@given(ANSWERS)
def test_additional_is_said_only_when_every_answer_says_so(answers):
    is_well = (
        answers.is_signed
        and replace(
            WELL,
            signed_for=answers.signed_for,
            signer_name=answers.signer_name,
            signer_function=answers.signer_function,
        )
        == answers
    )
    found = judge(answers)
    assert (found.verdict is DisplacementVerdict.ADDITIONAL) is is_well
    assert found.reasons


@given(ANSWERS)
def test_paid_work_that_went_away_is_never_reasoned_away(answers):
    taken = answers.paid_before is Reply.YES or answers.vacancy is Reply.YES
    if taken:
        assert judge(answers).verdict is DisplacementVerdict.DISPLACES


@pytest.mark.parametrize(
    ("checked_on", "name", "last"),
    [
        (date(2026, 3, 2), "2026.1", date(2027, 3, 2)),
        (date(2028, 2, 29), "2026.2", date(2029, 2, 28)),
    ],
)
def test_a_check_counts_for_a_year(checked_on, name, last):
    version = version_on(checked_on)
    assert version.version == name
    assert valid_until(checked_on, version) == last


def test_a_check_follows_the_terms_of_its_day():
    text = FIRST.replace("valid_to = 2026-07-01", "valid_to = 2027-01-01")
    later = LAST.replace("2026.2", "2027.1").replace("2026-07-01", "2027-01-01")
    versions = read_versions(text + later.replace("years_back = 2", "years_back = 5"), "x")
    days = [date(2000, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [version_on(day, versions).years_back for day in days] == [2, 2, 5]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("years_back = 2", "years_back = 0", "years_back is 0; write a whole number from 1 to 20"),
        ("valid_months = 12", "", "valid_months is missing; write a whole number from 1 to 120"),
        ('version = "2026.1"', "version = 1", "version is 1; write it between quotes"),
        ("asked_at_start = true", "", "asked_at_start is missing; write true or false"),
        ('source = "', 'sources = "', "'sources' is not known here; use asked_at_start, source"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(old, new, said):
    assert old in SHIPPED
    assert any(said in sentence for sentence in problems_in(SHIPPED.replace(old, new)))


def test_versions_that_clash_or_share_a_name_are_refused():
    assert problems_in(LAST + LAST) == (
        "test.toml: two lines hold on 2026-07-01; close the earlier one that day.",
        "test.toml: version '2026.2' is there twice; give each its own.",
    )
    assert problems_in("versions = []") == ("test.toml: there is no line; add one.",)


def test_every_reason_of_a_verdict_is_reachable():
    assert shipped_versions() is shipped_versions()
    worst = Answers(additional=UNKNOWN, paid_before=UNKNOWN, vacancy=UNKNOWN, goes_on=UNKNOWN)
    bad = Answers(additional=Reply.NO, paid_before=Reply.YES, vacancy=Reply.YES, goes_on=Reply.NO)
    found = {*judge(worst).reasons, *judge(bad).reasons, *judge(WELL).reasons}
    assert found == set(WhyVerdict)
