"""Looking at a definition before it is in force: what is told already, of nobody by themselves."""

from dataclasses import replace
from datetime import date

import pytest

from meedoen.records.figures import preview
from meedoen.records.figures.preview import previewed
from meedoen.records.figures.protecting import set_protection
from meedoen.records.organisations import clock
from meedoen.rules.indicators.people_words import PeopleStarted
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.shown import show_published
from tests.records.figures.scenes import crowd, take_part

JOBS = "participation_jobs"


def looked(town, viewer=None, code=JOBS, days=(), **narrower):
    """Look at an indicator of the package with narrower filters."""
    shipped = shipped_catalogue()[code]
    version = shipped.versions[-1]
    where = replace(version.count.where, **narrower)
    version = replace(version, count=replace(version.count, where=where))
    definition = replace(shipped, code="made_up", versions=(version,))
    return previewed(
        viewer or town.connie, definition=definition, on=clock.today(), days=list(days)
    )


def text_of(found):
    return None if found.shown is None else found.shown.text


def test_what_is_counted_already_is_told_with_its_course_and_its_districts(town):
    take_part(town, crowd(town, 12))
    found = looked(town, days=[date(2025, 1, 31), clock.today()])
    assert (text_of(found), found.withheld) == ("12", False)
    assert [one.text for _day, one in found.course][-1] == "12"
    assert dict(found.districts)["Noord"].text == "12"


def test_every_day_is_counted_by_the_version_of_that_day(town):
    take_part(town, crowd(town, 12))
    shipped, today = shipped_catalogue(), clock.today()
    later = replace(shipped["volunteers"].versions[-1], valid_from=today)
    versions = (*shipped[JOBS].versions, later)
    definition = replace(shipped[JOBS], code="made_up", versions=versions)
    before = date(today.year - 1, 12, 31)
    found = previewed(town.connie, definition=definition, on=today, days=[before, today])
    assert [(day, one.text) for day, one in found.course] == [(before, "12"), (today, "0")]
    assert text_of(found) == "0"


def test_a_district_is_told_as_the_breakdown_of_the_figure_tells_it(town):
    take_part(town, crowd(town, 12))
    assert text_of(looked(town, districts=(town.north,))) == "12"
    assert text_of(looked(town, districts=(town.south,))) == "0"


@pytest.mark.parametrize("people", [12, 13])
def test_two_definitions_that_differ_by_one_person_tell_nothing_of_that_person(town, people):
    """With one who found the place alone the second preview would be one more, or one less."""
    take_part(town, crowd(town, people), self_found=1)
    for narrower in ({"self_found": False}, {"organisations": (town.petra.organisation_id,)}):
        found = looked(town, **narrower)
        assert (text_of(found), found.withheld) == ("x", True)
        assert (found.parts, list(found.course), list(found.districts)) == ({}, [], [])


def test_what_is_withheld_stands_between_the_figures_in_force_that_come_near(town):
    take_part(town, crowd(town, 12), self_found=1)
    found = looked(town, self_found=False)
    [around] = [one for one in found.near if one.indicator == JOBS]
    assert (around.shown.text, around.district, around.is_around) == ("12", "", True)
    assert (found.least, found.most) == (None, 12)
    found = looked(town, self_found=False, districts=(town.north,))
    [north] = [one for one in found.near if one.indicator == JOBS]
    assert (north.district, north.shown.text) == ("Noord", "12")


def test_what_is_told_asks_for_nothing_beside_it(town):
    take_part(town, crowd(town, 12))
    assert list(looked(town).near) == []


def test_between_rounded_figures_nothing_is_said(town):
    take_part(town, crowd(town, 13), self_found=1)
    set_protection(town.system, protection=Protection(rounding=10))
    found = looked(town, self_found=False)
    assert {one.shown.text for one in found.near} == {"10"}
    assert (found.least, found.most) == (None, None)


def test_a_shorter_time_is_not_told(town):
    take_part(town, crowd(town, 12))
    shipped = shipped_catalogue()["participation_jobs_started"]
    where = shipped.versions[-1].count.where
    version = replace(shipped.versions[-1], count=PeopleStarted(11, where))
    definition = replace(shipped, code="made_up", versions=(version,))
    found = previewed(town.connie, definition=definition, on=clock.today(), days=[])
    assert (text_of(found), found.withheld) == ("x", True)


def test_places_are_about_nobody_and_are_counted(town):
    found = looked(town, code="places_listed", days=[clock.today()])
    assert found.shown is not None
    assert (found.shown.text.isdecimal(), found.withheld) == (True, False)


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "ab", "system"])
def test_others_look_at_nothing(town, who):
    viewer = town.system if who == "system" else getattr(town, who)
    assert looked(town, viewer) is None


@pytest.mark.django_db(transaction=True)
def test_the_same_history_is_protected_once_for_whoever_types_on(town, monkeypatch):
    """The page asks again at every pause in typing; after a new entry it is worked out anew."""
    *twelve, last = crowd(town, 13)
    take_part(town, twelve)
    days = [date(2025, 1, 31), clock.today()]
    worked_out = []

    def noted(*given, **more):
        worked_out.append(given)
        return show_published(*given, **more)

    monkeypatch.setattr(preview, "show_published", noted)
    first = looked(town, days=days)
    assert len(worked_out) == 3
    assert looked(town, days=days) == first
    assert len(worked_out) == 3
    take_part(town, [last])
    assert text_of(looked(town, days=days)) == "13"
    assert len(worked_out) == 6
