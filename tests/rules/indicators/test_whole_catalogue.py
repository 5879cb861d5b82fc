"""The catalogue as a whole: nothing is missing, nothing is there twice, everything is said."""

import tomllib
from collections import Counter
from importlib import resources

import pytest

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Breakdown
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.reader import read_catalogue

SHIPPED = resources.files("meedoen") / "catalogue"
FILES = {file.name: file.read_text(encoding="utf-8") for file in (SHIPPED / "indicators").iterdir()}
CATALOGUE = read_catalogue(FILES)
NAMES = tomllib.loads((SHIPPED / "budget_names.toml").read_text(encoding="utf-8"))["names"]

PARTICIPATION_JOBS = {
    *("participation_jobs", "participation_jobs_self_found", "participation_jobs_in_process"),
    *("participation_jobs_started", "participation_jobs_ended"),
    *("moved_on_from_participation_jobs", "participation_jobs_to_work"),
    "schooling_beside_participation_jobs",
    *("fall_back_half_year", "fall_back_one_year", "fall_back_two_years"),
}
GRONINGEN = PARTICIPATION_JOBS | {
    *("sheltered_wsw", "sheltered_new", "sheltered_new_in_process"),
    *("neighbourhood_activities", "districts_with_activity", "day_activities", "volunteers"),
    *("tried_to_reach", "spoken_past_year"),
}
ZWOLLE = {
    *("rung_decline", "on_highest_rungs"),
    *("participation_growth", "participation_growth_on_benefit", "not_measured_this_year"),
    *("growth_by_steps", "growth_within_rung", "growth_after_start", "supported_in_year"),
    *("taking_part", "districts_with_place"),
    *("referral_pairs", "referral_pairs_between_partners", "referral_reciprocity"),
    *("referrals_answered_in_time", "referrals_with_feedback", "referral_days_to_answer"),
    "partners_not_connected",
}
PRACTICE = {
    *("share_spoken_past_year", "out_of_sight", "no_shows", "conversations_in_month"),
    *("waiting_for_place", "days_on_waiting_list", "days_to_start"),
    *("still_there_after_six_months", "still_there_after_twelve_months"),
    *("places_listed", "free_seats", "places_confirmed"),
    *("people_with_plan", "share_with_plan", "people_on_benefit"),
    "taking_part_per_hundred_on_benefit",
}
NATIONAL = {
    "national_jobs": "beleidsindicator 21",
    "national_youth_before_court": "beleidsindicator 22",
    "national_children_on_benefit": "beleidsindicator 23",
    "national_net_participation": "beleidsindicator 24",
    "national_unemployed_youth": "",
    "national_people_on_benefit": "beleidsindicator 27",
    "national_reintegration_services": "beleidsindicator 28",
    "national_youth_care": "beleidsindicator 29",
    "national_youth_protection": "beleidsindicator 30",
    "national_youth_probation": "beleidsindicator 31",
    "national_social_support_clients": "beleidsindicator 32",
}
"""The mandatory ones with their number; 26 stands on no page, so no source may print it."""


@pytest.mark.parametrize(
    "wanted",
    [GRONINGEN, ZWOLLE, PRACTICE, set(NATIONAL)],
    ids=["groningen", "zwolle", "practice", "national"],
)
def test_every_indicator_that_was_promised_is_there(wanted):
    assert wanted - set(CATALOGUE.definitions) == set()


def test_no_indicator_is_there_that_these_lists_do_not_name():
    assert set(CATALOGUE.definitions) == GRONINGEN | ZWOLLE | PRACTICE | set(NATIONAL)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("what", ["name", "question", "definition"])
def test_no_text_is_there_for_two_indicators(what, language):
    texts = Counter(getattr(each, what).within(language).casefold() for each in CATALOGUE)
    assert [text for text, times in texts.items() if times > 1] == []


@pytest.mark.parametrize("file_name", sorted(FILES))
def test_every_file_says_by_what_it_may_be_broken_down(file_name):
    assert "breakdowns" in tomllib.loads(FILES[file_name])


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
def test_a_share_and_a_ratio_say_of_what_in_the_unit_that_belongs_to_them(definition):
    form = definition.versions[-1].count.form
    worked_out = form in (Form.SHARE, Form.RATIO)
    if worked_out or isinstance(definition.versions[-1].count, Printed):
        assert definition.denominator is not None
    if form is Form.SHARE:
        assert definition.unit.en == "per cent"
    if form is Form.MEDIAN:
        assert definition.unit.en == "days"


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
def test_one_kind_of_place_is_not_broken_down_by_kind(definition):
    where = getattr(definition.versions[-1].count, "where", None)
    if where is not None and len(where.place_kinds) == 1:
        assert Breakdown.PLACE_KIND not in definition.breakdowns


@pytest.mark.parametrize("definition", tuple(CATALOGUE), ids=lambda each: each.code)
def test_texts_are_whole_sentences_and_names_are_not(definition):
    for language in ("nl", "en"):
        assert definition.question.within(language).endswith("?")
        assert definition.definition.within(language).endswith(".")
        assert definition.source.promise.within(language).endswith(".")
        assert definition.name.within(language)[-1] not in ".?"


def test_people_of_a_part_are_people_of_the_whole_also_by_unit():
    units = {each.code: each.unit for each in CATALOGUE}
    for part, wholes in CATALOGUE.relations.items():
        assert {units[part]} == {units[whole] for whole in wholes}


@pytest.mark.parametrize(("code", "number"), NATIONAL.items())
def test_a_mandatory_indicator_is_printed_and_never_counted(code, number):
    definition = CATALOGUE[code]
    assert all(isinstance(version.count, Printed) for version in definition.versions)
    assert definition.examples == ()
    assert definition.source.document.endswith(number or "artikel 8, derde lid")
    assert "waarstaatjegemeente.nl" in definition.source.address


@pytest.mark.parametrize(
    "code",
    [
        "national_people_on_benefit",
        "national_reintegration_services",
        "national_social_support_clients",
    ],
)
def test_the_break_in_the_denominator_is_two_versions_with_two_units(code):
    before, after = CATALOGUE[code].versions
    assert before.unit is not None
    assert after.unit == CATALOGUE[code].unit
    assert before.unit.nl.replace("1.000", "10.000") == after.unit.nl
    assert CATALOGUE[code].unit_on(before.valid_from) == before.unit


def test_every_printed_name_leads_to_one_indicator_that_is_there():
    names = Counter(name.casefold() for printed in NAMES.values() for name in printed)
    assert set(NAMES) <= set(CATALOGUE.definitions)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Cliënten met maatwerkarrangement Wmo", "national_social_support_clients"),
        ("Jongeren met jeugdhulp", "national_youth_care"),
        ("Jongeren met jeugdbescherming", "national_youth_protection"),
        ("Jongeren met jeugdreclassering", "national_youth_probation"),
    ],
)
def test_a_mandatory_indicator_is_known_by_its_official_name(printed, code):
    assert printed in NAMES[code]
