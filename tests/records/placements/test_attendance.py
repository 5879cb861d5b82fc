"""Who was at a place on which days."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.placements.attendance_actions import DayNotedError, NewDay, note_attendance
from meedoen.records.placements.attendance_queries import (
    attendance_week,
    days_of,
    hours_noted,
    places_with_attendance,
)
from meedoen.records.placements.models import Attendance, Placement
from meedoen.records.placements.month_queries import months_to_confirm
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import PlacementState, Presence
from tests.records.figures.scenes import crowd
from tests.records.placements.desk import (
    IN_NOVEMBER,
    IN_OCTOBER,
    all_taking_part,
    ask_attendance,
    goes_on,
    taking_part,
    trying,
)
from tests.town import Town
from tests.web.coach.scenes import NOBODY, on

MONDAY, TUESDAY = date(2026, 10, 12), date(2026, 10, 13)


@pytest.fixture
def garden(town: Town):
    """Let the garden ask who was there."""
    return ask_attendance(town)


def note(viewer, key, day=MONDAY, **what):
    with on(IN_OCTOBER):
        new = NewDay(**{"key": key, "day": day, "presence": Presence.PRESENT, **what})
        return note_attendance(viewer, days=[new])


def week(viewer, garden, monday=MONDAY):
    with on(IN_OCTOBER):
        return attendance_week(viewer, place_key=garden, monday=monday)


def test_a_week_shows_the_days_on_which_the_place_is_open_for_who_takes_part(town: Town, garden):
    key = taking_part(town)
    shown = week(town.petra, garden)
    # The garden is open on Monday, Tuesday and Wednesday morning.
    assert shown.days == (MONDAY, TUESDAY, date(2026, 10, 14))
    [person] = shown.people
    assert (person.key, person.given_name, person.hours) == (key, "Roos", 0)
    assert [(cell.day, cell.said, cell.seen) for cell in person.cells] == [
        (day, None, 0) for day in shown.days
    ]


def test_a_trial_a_pause_and_what_follows_in_one_week_are_one_person_with_the_days_expected(
    town: Town, garden
):
    key = trying(town)
    goes_on(town, key, PlacementState.ACTIVE, TUESDAY)
    [person] = week(town.petra, garden).people
    assert [cell.day for cell in person.cells] == [MONDAY, TUESDAY, date(2026, 10, 14)]
    goes_on(town, key, PlacementState.PAUSED, date(2026, 10, 14))
    [person] = week(town.petra, garden).people
    assert [cell.day for cell in person.cells] == [MONDAY, TUESDAY]
    with pytest.raises(ActionRefusedError, match="Roos deed op 14-10-2026 niet mee"):
        note(town.petra, key, date(2026, 10, 14))
    # Monday was in the trial, and still counts.
    note(town.petra, key, MONDAY, hours=Decimal(3))
    [person] = week(town.petra, garden).people
    assert person.hours == 3
    assert week(town.petra, garden, date(2026, 10, 19)).people == ()


def test_days_before_the_start_and_days_to_come_cannot_be_filled_in(town: Town, garden):
    taking_part(town, since=date(2026, 9, 8))
    [person] = week(town.petra, garden, date(2026, 9, 7)).people
    assert [cell.day for cell in person.cells] == [date(2026, 9, 8), date(2026, 9, 9)]
    # Noon of Tuesday 20 October: Wednesday is still to come.
    [person] = week(town.petra, garden, date(2026, 10, 19)).people
    assert [cell.day for cell in person.cells] == [date(2026, 10, 19), date(2026, 10, 20)]


def test_only_the_own_places_that_ask_for_it_have_a_week(town: Town, garden):
    taking_part(town)
    assert [one.title for one in places_with_attendance(town.petra)] == ["Moestuin"]
    assert places_with_attendance(town.otto) == places_with_attendance(town.anna) == []
    repair = Place.objects.get(pk=town.repair).key
    assert week(town.otto, repair) is None
    for viewer in (town.otto, town.anna, town.connie, town.vera):
        assert week(viewer, garden) is None


def test_hours_of_a_week_add_up_per_person_and_together(town: Town, garden):
    roos, sam = taking_part(town), taking_part(town, town.sam)
    note(town.petra, roos, hours=Decimal("3.5"))
    note(town.petra, roos, TUESDAY, hours=Decimal(3))
    note(town.petra, sam, hours=Decimal(2))
    note(town.petra, sam, TUESDAY, presence=Presence.EXCUSED, hours=Decimal(4))
    shown = week(town.petra, garden)
    assert [(one.given_name, one.hours) for one in shown.people] == [
        ("Roos", Decimal("6.5")),
        ("Sam", Decimal(2)),
    ]
    assert shown.hours == Decimal("8.5")
    assert [cell.day for cell in days_of(town.petra, key=roos, most=1)] == [TUESDAY]
    assert days_of(town.otto, key=roos, most=5) == []


def test_the_month_shows_what_was_noted(town: Town, garden):
    note(town.petra, taking_part(town), hours=Decimal(3))
    with on(IN_NOVEMBER):
        [line] = months_to_confirm(town.petra)
    assert line.hours_noted == Decimal(3)


def test_the_newest_word_about_a_day_holds_and_the_first_stays(town: Town, garden):
    key = taking_part(town)
    note(town.petra, key, hours=Decimal(3))
    note(town.pia, key, presence=Presence.ABSENT)
    [person] = week(town.petra, garden).people
    said = person.cells[0].said
    assert (said.presence, said.hours, said.noted_by) == (Presence.ABSENT, None, "Pia Testema")
    rows = Attendance.objects.visible_to(town.system)
    assert rows.count() == 2
    [placement_id] = Placement.objects.visible_to(town.system).values_list("pk", flat=True)
    noted = hours_noted(town.petra, placement_ids=[placement_id], since=MONDAY, until=TUESDAY)
    assert noted == {}
    for change in (lambda: rows.update(hours=1), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_same_twice_is_kept_once_and_who_comes_second_is_told(town: Town, garden):
    key = taking_part(town)
    assert note(town.petra, key, hours=Decimal(3), seen=0) == 1
    assert note(town.pia, key, hours=Decimal(3), seen=0) == 0
    with pytest.raises(DayNotedError, match="Petra Testema vulde intussen 12-10-2026 in voor Roos"):
        note(town.pia, key, hours=Decimal(4), seen=0)
    assert Attendance.objects.visible_to(town.system).count() == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"hours": Decimal(0)}, "vul uren in van 0,5 tot en met 16"),
        ({"hours": Decimal(17)}, "vul uren in van 0,5 tot en met 16"),
        ({"hours": Decimal("0.25")}, "vul uren in van 0,5 tot en met 16"),
        ({"hours": Decimal("Infinity")}, "vul uren in van 0,5 tot en met 16"),
        ({"day": date(2026, 10, 21)}, "deze dag moet nog komen"),
        ({"day": date(2026, 9, 1)}, "deed op 01-09-2026 niet mee"),
    ],
)
def test_what_cannot_be_is_refused_in_words(town: Town, garden, what, words):
    key = taking_part(town)
    with pytest.raises(ActionRefusedError) as refused:
        note(town.petra, key, **what)
    assert words in str(refused.value)
    assert not Attendance.objects.visible_to(town.system).exists()


def test_a_place_that_does_not_ask_another_organisation_and_a_stranger_are_refused(town: Town):
    roos, tim = taking_part(town), taking_part(town, town.tim, place=town.repair)
    with pytest.raises(ActionRefusedError, match="Moestuin vraagt niet om aanwezigheid"):
        note(town.petra, roos)
    for key in (tim, NOBODY):
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            note(town.petra, key)
    for name in ("anna", "roos", "connie", "vera"):
        with pytest.raises(PermissionDenied):
            note(town.members[name], roos)
    holder = Viewer(
        municipality_id=town.petra.municipality_id,
        role=Role.LINK_HOLDER,
        organisation_id=town.petra.organisation_id,
    )
    with pytest.raises(ActionRefusedError, match="als u bent ingelogd"):
        note(holder, roos)
    with pytest.raises(ActionRefusedError, match="twee keer"), on(IN_OCTOBER):
        note_attendance(
            town.petra, days=[NewDay(key=roos, day=MONDAY, presence=Presence.PRESENT)] * 2
        )


def test_many_people_take_as_many_questions_as_few(town: Town, garden):
    Place.objects.filter(pk=town.garden).update(capacity=500)
    people = crowd(town, 200)

    def questions(some):
        all_taking_part(town, some)
        with CaptureQueriesContext(connection) as asked:
            week(town.petra, garden)
        return len(asked)

    assert questions(people[:10]) == questions(people[10:])
