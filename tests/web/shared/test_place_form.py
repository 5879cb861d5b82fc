"""The form for a place: what is typed becomes what is kept, and comes back as it was."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from meedoen.records.directory.queries import place_choices
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.detail_queries import PlacePage, place_page
from meedoen.records.places.models import Place
from meedoen.rules import half_days
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import PlaceKind, StartWindow
from meedoen.web.shared.place_form import PlaceForm, initial_of
from tests.web.coach.scenes import on

TODAY = date(2026, 3, 2)
WEEKLY = Session(
    rule="FREQ=WEEKLY;BYDAY=MO,TH", first_on=TODAY, opens_at=time(9), closes_at=time(13)
)
MONTHLY = Session(
    rule="FREQ=MONTHLY;BYDAY=1FR",
    first_on=TODAY,
    opens_at=time(19, 30),
    closes_at=time(21),
    last_on=date(2026, 12, 31),
    without_holidays=False,
)
FROM_ELSEWHERE = Session(
    rule="FREQ=MONTHLY;BYMONTHDAY=15", first_on=TODAY, opens_at=time(10), closes_at=time(11)
)


@pytest.fixture(autouse=True)
def today():
    with on(TODAY):
        yield


def typed(town, **changes: Any) -> QueryDict:
    """Return what somebody sends for a new place at De Moestuin."""
    values: dict[str, Any] = {
        "title": "Soep koken",
        "description": "U snijdt groente en kookt soep voor de buurt.",
        "kind": "volunteer_work",
        "district": str(town.north),
        "times": "2",
        "time_0_days": ["mon", "thu"],
        "time_0_opens_at": "9:00",
        "time_0_closes_at": "13.00",
        "time_0_rhythm": "weekly",
        "time_1_rhythm": "weekly",
        "half_days_needed": "1",
        "opens_on": "2026-03-02",
        "capacity": "4",
        "language_level_asked": "0",
        "guidance": "now_and_then",
        "start_window": "by_appointment",
        "legal_task": "participation",
    }
    data = QueryDict(mutable=True)
    for name, value in (values | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def choices(town):
    return place_choices(town.anna, organisation_id=garden(town).organisation.organisation_id)


def form(town, **changes: Any) -> PlaceForm:
    return PlaceForm(typed(town, **changes), choices=choices(town))


def garden(town) -> PlacePage:
    page = place_page(town.anna, key=Place.objects.get(pk=town.garden).key)
    assert page is not None
    return page


def sent_as_shown(shown: PlaceForm) -> QueryDict:
    """Return what a browser sends when somebody opens the form and presses the button."""
    data = QueryDict(mutable=True)
    for bound in shown:
        value = bound.value()
        written = bound.field.widget.format_value(value)
        if isinstance(value, bool):
            data.setlist(bound.html_name, ["on"] if value else [])
        elif isinstance(written, list):
            data.setlist(bound.html_name, written)
        elif written is not None:
            data[bound.html_name] = written
    return data


def test_what_is_typed_becomes_a_place(town):
    filled = form(town, interests=["cooking"], cost="2,50", is_public="on", photo_free="on")
    assert filled.is_valid(), filled.errors
    details = filled.details(7)
    assert details.organisation_id == 7
    assert details.kind is PlaceKind.VOLUNTEER_WORK
    assert details.sessions == (WEEKLY,)
    assert details.cost_cents == 250
    assert (details.is_public, details.photo_free, details.open_to_sign_up) == (True, True, False)
    assert details.closes_on is None


def test_half_days_follow_from_the_times_unless_they_are_ticked(town):
    from_times = form(town)
    ticked = form(town, half_days=["sun_evening"])
    assert from_times.is_valid()
    assert ticked.is_valid()
    assert half_days.codes(from_times.details(1).half_days) == (
        "mon_morning",
        "mon_afternoon",
        "thu_morning",
        "thu_afternoon",
    )
    assert half_days.codes(ticked.details(1).half_days) == ("sun_evening",)


def test_half_days_alone_are_enough(town):
    without_times = form(
        town,
        time_0_days=[],
        time_0_opens_at="",
        time_0_closes_at="",
        half_days=["mon_morning"],
    )
    assert without_times.is_valid(), without_times.errors
    assert without_times.details(1).sessions == ()


WRONG = [
    ({"title": ""}, "title", "Geef de plek een naam"),
    ({"title": "x" * 121}, "title", "120"),
    ({"district": ""}, "district", "Kies een wijk"),
    ({"district": "999999"}, "district", "999999"),
    ({"time_0_days": []}, "time_0_days", "minstens één dag"),
    ({"time_0_opens_at": ""}, "time_0_opens_at", "hoe laat het begint"),
    ({"time_0_opens_at": "straks"}, "time_0_opens_at", "zoals 9:30"),
    ({"time_0_closes_at": "8:00"}, "time_0_closes_at", "niet na de begintijd"),
    ({"time_0_days": [], "time_0_opens_at": "", "time_0_closes_at": ""}, "half_days", "tijden of"),
    ({"half_days_needed": "20"}, "half_days_needed", "meer dagdelen"),
    ({"capacity": "-1"}, "capacity", "0"),
    ({"capacity": "veel"}, "capacity", "heel getal"),
    ({"start_window": "fixed_day"}, "next_start_on", "op welke dag"),
    ({"open_to_sign_up": "on"}, "open_to_sign_up", "iedereen"),
    ({"last_on": "2026-03-01"}, "last_on", "voordat die begint"),
    ({"opens_on": "31-31-2026"}, "opens_on", "die bestaat"),
    ({"cost": "gratis"}, "cost", "2,50"),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), WRONG)
def test_a_mistake_stands_at_its_field(town, changes, field, sentence):
    filled = form(town, **changes)
    assert not filled.is_valid()
    assert sentence in " ".join(filled.errors[field])


def test_all_mistakes_are_told_at_once(town):
    filled = form(town, title="", capacity="", time_0_days=[])
    assert set(filled.errors) == {"title", "capacity", "time_0_days"}


def test_a_time_is_taken_away(town):
    filled = form(town, time_0_away="on", half_days=["mon_morning"])
    assert filled.is_valid()
    assert filled.details(1).sessions == ()


def test_more_rows_keep_what_was_typed_and_complain_about_nothing(town):
    half_way = form(town, title="", description="<b>Soep</b>")
    more = half_way.with_more_times()
    assert not more.errors
    assert len(more.rows()) == 4
    assert more["time_0_opens_at"].value() == "9:00"
    shown = render_to_string("shared/place_form.html", {"form": more, "label": "Opslaan"})
    assert "&lt;b&gt;Soep&lt;/b&gt;" in shown
    assert "<b>Soep" not in shown


def test_what_is_rarely_needed_is_folded_until_it_says_something(town):
    shown = PlaceForm(choices=choices(town))
    assert [row.is_spare for row in shown.rows()] == [False, True]
    assert not shown.names_costs()
    assert not shown.chosen_demands()
    filled = form(town, functional_demands=["lifting", "climbing_stairs"], cost="2,50", times="2")
    assert filled.chosen_demands() == "Trappen lopen en Tillen"
    assert filled.names_costs()
    wrong = form(town, times="2", time_1_first_on="nooit")
    assert not wrong.is_valid()
    assert [row.is_spare for row in wrong.rows()] == [False, False]


@pytest.mark.parametrize("rows", ["", "veel", "-3", "10000000000000", "\u0663"])
def test_a_number_of_rows_that_is_none_gives_a_form_all_the_same(town, rows):
    assert 1 <= len(form(town, times=rows).rows()) <= 30


def test_a_place_comes_back_as_it_was(town):
    before = garden(town)
    told = replace(
        before.details,
        description="Wieden & zaaien",
        sessions=(WEEKLY, MONTHLY, FROM_ELSEWHERE),
        half_days=half_days.from_codes(["mon_morning"]),
        interests=frozenset({"cooking"}),
        start_window=StartWindow.FIXED_DAY,
        next_start_on=date(2026, 4, 1),
        cost_cents=105,
        closes_on=date(2027, 1, 1),
        asks_attendance=True,
    )
    told_now = PlaceChange(place_id=town.garden, starts_on=TODAY, details=told)
    change_places(town.anna, changes=[told_now])
    page = garden(town)
    shown = PlaceForm(choices=choices(town), initial=initial_of(page), changes=True)
    sent = PlaceForm(sent_as_shown(shown), choices=choices(town), changes=True)
    assert sent.is_valid(), sent.errors
    change = sent.change(
        place_id=page.card.place_id, organisation_id=page.organisation.organisation_id
    )
    assert change.details == told
    assert (change.starts_on, change.seen) == (TODAY, page.seen)
