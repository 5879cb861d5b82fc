"""A kept figure beside what it would be now, with what was recorded since."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.figures.actions import begin_measurings, measure
from meedoen.records.figures.models import Figure
from meedoen.records.figures.revised import revised
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.correcting import take_back_start
from meedoen.rules.indicators.causes_elsewhere import Noted, Subject
from meedoen.rules.vocabulary import EntryKind, ReferralEvent
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    key_of,
    stranger,
    take_part,
    wide_place,
)
from tests.records.referrals.scenes import moestuin, question, sent, werkplaats

JOBS = "participation_jobs"


def figure(indicator=JOBS, **where):
    where = {"part": "", "district": None, "place_kind": "", "organisation": None, **where}
    return Figure.objects.filter(indicator=indicator, **where).earliest("pk").pk


def revision(town, figure_id, **more):
    return revised(town.connie, [figure_id], **more)[figure_id]


def numbers(one):
    return one.then.text, one.now.text, one.changed


def test_what_was_recorded_before_changes_nothing(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    one = revision(town, figure())
    assert numbers(one) == ("27", "27", False)
    assert (one.count.text, one.by_kind, one.causes, one.withheld) == ("0", (), (), False)


def test_one_correction_is_shown_by_its_number_and_not_told(town):
    placed = jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    take_back_start(town.anna, key=key_of(town, placed[0]))
    one = revision(town, figure())
    assert numbers(one) == ("27", "26", True)
    assert (one.count.text, one.withheld, one.causes) == ("<10", True, ())
    assert [(cause.kind, cause.count.text) for cause in one.by_kind] == [(EntryKind.PLACEMENT, "x")]


def test_of_few_people_it_is_not_told_how_many_entries_there_are_however_many(town):
    """Taking back a start is always two entries: of eighteen one knows that they are of nine."""
    placed = jobs_in(town, 21, 15)
    measure(town.connie, on=YEAR_END)
    for one in placed[:9]:
        take_back_start(town.anna, key=key_of(town, one))
    whole = revision(town, figure())
    assert numbers(whole) == ("36", "27", True)
    assert whole.count.text == "<10"
    assert {cause.count.text for cause in whole.by_kind} == {"x"}


def test_what_changed_a_figure_is_not_told_when_it_is_hidden_now(town):
    """Of twenty-one of whom twelve were taken back, nine are left."""
    placed = jobs_in(town, 21, 15)
    measure(town.connie, on=YEAR_END)
    for one in placed[:12]:
        take_back_start(town.anna, key=key_of(town, one))
    north = revision(town, figure(district=town.north))
    assert (north.then.text, north.now.hidden, north.changed) == ("21", True, True)
    assert (north.count.text, north.by_kind, north.causes, north.withheld) == ("x", (), (), True)


def test_many_late_starts_are_told_one_by_one_without_anybody(town):
    people = crowd(town, 38)
    take_part(town, people[:27])
    measure(town.connie, on=YEAR_END)
    known = clock.now()
    take_part(town, people[27:], on=date(2024, 10, 1))
    one = revision(town, figure())
    assert numbers(one) == ("27", "38", True)
    assert (one.count.text, one.withheld) == ("11", False)
    entries = [Entry.objects.visible_to(town.connie).get(pk=cause.entry) for cause in one.causes]
    assert {entry.kind for entry in entries} == {"placement"}
    assert all(cause.recorded_at > known for cause in one.causes)
    assert {cause.starts_on for cause in one.causes if cause.starts_on.month == 10} == {
        date(2024, 10, 1)
    }
    assert not any("pseudonym" in name or "person" in name for name in one.causes[0].__slots__)


def test_a_district_is_counted_again_by_itself(town):
    placed = jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    take_back_start(town.carla, key=key_of(town, placed[-1]))
    north, south = figure(district=town.north), figure(district=town.south)
    found = revised(town.connie, [north, south])
    assert numbers(found[north]) == ("12", "12", False)
    assert numbers(found[south]) == ("15", "14", True)
    assert (found[north].count.text, found[south].count.text) == ("0", "<10")


def test_what_was_hidden_stays_hidden_when_it_is_enough_now(town):
    people = crowd(town, 14)
    take_part(town, people[:9])
    measure(town.connie, on=YEAR_END)
    take_part(town, people[9:])
    one = revision(town, figure())
    assert one.then.hidden
    assert one.is_hidden
    assert numbers(one) == ("<10", "<10", False)


@pytest.mark.parametrize("fewer", [0, 1])
def test_of_a_hidden_figure_it_is_not_told_whether_it_changed(town, fewer):
    placed = take_part(town, crowd(town, 5))
    measure(town.connie, on=YEAR_END)
    for one in placed[:fewer]:
        take_back_start(town.anna, key=key_of(town, one))
    found = revision(town, figure())
    assert numbers(found) == ("<10", "<10", False)
    assert (found.count.text, found.by_kind, found.causes, found.withheld) == ("x", (), (), False)


def test_a_later_moment_may_be_one_of_the_past(town):
    placed = jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    between = clock.now()
    take_back_start(town.anna, key=key_of(town, placed[0]))
    assert numbers(revision(town, figure(), until=between)) == ("27", "27", False)


def test_a_figure_that_is_gone_altogether_is_a_dash(town):
    placed = take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    for one in placed:
        take_back_start(town.anna, key=key_of(town, one))
    assert revision(town, figure()).changed


def test_an_organisation_is_counted_again_by_itself(town):
    people = crowd(town, 25)
    placed = take_part(town, people[:12])
    take_part(town, people[12:], at="De Werkplaats")
    measure(town.connie, on=YEAR_END)
    take_back_start(town.anna, key=key_of(town, placed[0]))
    garden, other = (
        figure("taking_part", organisation=Organisation.objects.get(name=name).pk)
        for name in ("De Moestuin", "De Werkplaats")
    )
    found = revised(town.connie, [garden, other])
    assert numbers(found[garden]) == ("12", "11", True)
    assert numbers(found[other]) == ("13", "13", False)
    assert (found[garden].count.text, found[other].count.text) == ("<10", "0")


def test_a_referral_that_was_recorded_later_is_counted_and_told_of_nobody(town):
    sent(town.otto, question([moestuin(town)]))
    measure(town.connie, on=clock.today())
    before = revision(town, figure("referral_pairs"))
    assert (before.changed, before.by_kind, before.withheld) == (False, (), False)
    sent(town.petra, question([werkplaats(town)]))
    pairs = revision(town, figure("referral_pairs"))
    assert numbers(pairs) == ("1", "2", True)
    assert (pairs.subject, pairs.count.text) == (Subject.PAIRS, "1")
    assert [(one.kind, one.count.text) for one in pairs.by_kind] == [(ReferralEvent.SENT, "x")]
    assert (pairs.causes, pairs.withheld) == ((), True)


def test_a_place_that_was_entered_later_is_told_with_its_day(town):
    measure(town.connie, on=clock.today())
    wide_place(town)
    places = revision(town, figure("places_listed"))
    assert (places.changed, places.subject, places.count.text) == (True, Subject.PLACES, "1")
    assert [(one.kind, one.count.text) for one in places.by_kind] == [(Noted.PLACE, "1")]
    assert [(one.kind, one.entry) for one in places.causes] == [(Noted.PLACE, 0)]
    assert not places.withheld


def test_a_seat_that_was_taken_later_is_not_told(town):
    wide_place(town)
    measure(town.connie, on=clock.today())
    take_part(town, crowd(town, 2), on=clock.today())
    seats = revision(town, figure("free_seats"))
    assert seats.changed
    assert [one.count.text for one in seats.by_kind if one.kind is Noted.SEAT] == ["x"]
    assert seats.withheld
    assert not [one for one in seats.causes if one.kind is Noted.SEAT]


def test_what_is_printed_has_nothing_that_changed_it(town):
    measure(town.connie, on=YEAR_END)
    printed = Figure.objects.create(
        municipality_id=town.connie.municipality_id,
        measuring=Figure.objects.latest("pk").measuring,
        indicator="national_jobs",
        definition_version=date(2015, 1, 1),
        value=12,
    )
    one = revision(town, printed.pk)
    assert (one.by_kind, one.causes, one.withheld) == ((), (), False)


@pytest.mark.parametrize("name", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_only_who_may_see_figures_learns_what_changed(town, name):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    assert revised(town.members[name], [figure()]) == {}
    assert revised(stranger(town), [figure()]) == {}
    assert revised(town.connie, []) == {}


def test_what_is_still_being_computed_is_not_there(town):
    [begun] = begin_measurings(town.connie, days=[YEAR_END])
    half = Figure.objects.create(
        municipality_id=town.connie.municipality_id,
        measuring_id=begun,
        indicator=JOBS,
        definition_version=date(2018, 1, 1),
        value=12,
    )
    assert revised(town.connie, [half.pk]) == {}


def test_many_figures_take_as_many_questions_as_one(town):
    jobs_in(town, 12, 15)
    measure(town.connie, on=YEAR_END)
    one = [figure()]
    measure(town.connie, on=NEXT_YEAR_END)
    every = list(Figure.objects.values_list("pk", flat=True))
    assert len(every) > 30
    assert questions(town, every) == questions(town, one)


def questions(town, figure_ids):
    with CaptureQueriesContext(connection) as asked:
        revised(town.connie, figure_ids)
    return len(asked)
