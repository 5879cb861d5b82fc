import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_all,
    move_one,
    place_all,
    set_planned_end,
)
from meedoen.records.placements.bulk_actions import SameMove, move_many
from meedoen.records.placements.models import Placement
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.moving import Change
from meedoen.records.placements.place_closing import answer_about_place
from meedoen.records.placements.queries import placement
from meedoen.records.places.models import Place
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import FreshnessAnswer, MoveReason, PlacementState
from meedoen.web.coach import urls as coach_urls
from meedoen.web.coach.views import placements as placements_views
from meedoen.web.shared.roles import MENU
from tests.town import Person, Town, talk
from tests.web.coach.scenes import address, on, readable, register_crowd
from tests.web.coach.test_exporting import csv_lines

LIST = reverse("coach:placements")
FILE = reverse("coach:placements_export")
TOGETHER = reverse("coach:placements_together")
PROPOSED, BEGAN, TODAY = date(2027, 1, 4), date(2027, 1, 11), date(2027, 3, 15)


def placed(
    town: Town, person: Person, *, place: int | None = None, waits: bool = False
) -> uuid.UUID:
    coach = town.carla if person == town.tim else town.anna
    new = NewPlacement(
        pseudonym_id=person.pseudonym_id,
        place_id=place or town.garden,
        proposed_on=PROPOSED,
        waits=waits,
    )
    with on(PROPOSED):
        [pk] = place_all(coach, placements=[new])
    return Placement.objects.visible_to(town.system).get(pk=pk).key


def began(town: Town, person: Person, **more) -> uuid.UUID:
    key = placed(town, person, **more)
    with on(BEGAN):
        talk(town.anna, person, BEGAN)
        move_one(town.anna, key=key, to=PlacementState.ACTIVE, on=BEGAN)
    return key


def told(town: Town, key: uuid.UUID, *months: date) -> None:
    """Let the organisation say how months went."""
    with on(TODAY):
        confirm_months(town.petra, answers=[NewMonth(key=key, month=month) for month in months])


def seen(client: Client, which: str, **asked: str) -> list[tuple[str, str]]:
    """Return who is on a list, each with what to know."""
    with on(TODAY):
        page = client.get(LIST, {"lijst": which, **asked})
    return [(row.line.name.split()[0], ", ".join(row.notes)) for row in page.context["rows"]]


def totals(client: Client, **asked: str) -> list[int]:
    with on(TODAY):
        return [tab.total for tab in client.get(LIST, asked).context["tabs"]]


def test_each_list_shows_its_own_with_what_to_know(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    told(town, began(town, town.roos_file), date(2027, 2, 1))
    placed(town, town.sam)
    assert seen(client, "running") == [("Roos", "")]
    assert seen(client, "starting") == [("Sam", "vrijgehouden tot en met 1 feb 2027")]
    assert seen(client, "ending") == []
    assert seen(client, "waiting") == []
    assert seen(client, "overdue") == []
    assert totals(client) == [1, 1, 0, 0, 0]


def test_who_waits_is_shown_with_how_long(town: Town, sign_in) -> None:
    placed(town, town.sam, waits=True)
    assert seen(sign_in(town.anna), "waiting") == [("Sam", "wacht 70 dagen")]


def test_a_last_day_that_is_near_and_one_that_passed_are_on_lists_of_their_own(
    town: Town, sign_in
) -> None:
    client = sign_in(town.anna)
    key = began(town, town.roos_file)
    told(town, key, date(2027, 2, 1))
    with on(BEGAN):
        set_planned_end(town.anna, key=key, on=date(2027, 5, 10))
    assert seen(client, "ending") == [("Roos", "afgesproken tot en met 10 mei 2027")]
    with on(BEGAN):
        seen_before = date(2027, 5, 10)
        set_planned_end(town.anna, key=key, on=date(2027, 3, 14), seen=seen_before)
    assert seen(client, "ending") == []
    assert seen(client, "overdue") == [("Roos", "afgesproken laatste dag was 14 mrt 2027")]
    with on(BEGAN):
        set_planned_end(town.anna, key=key, on=date(2027, 5, 11), seen=date(2027, 3, 14))
    assert seen(client, "ending") == []


def test_of_one_place_only_those_who_are_there_stand_on_the_list(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    told(town, began(town, town.roos_file), date(2027, 2, 1))
    garden, other = (Place.objects.get(pk=pk) for pk in (town.garden, town.repair))
    assert seen(client, "running", plek=str(garden.key)) == [("Roos", "")]
    assert seen(client, "running", plek=str(other.key)) == []
    assert client.get(LIST, {"plek": "tuin"}).status_code == 422
    page = client.get(address("place", garden.key))
    link = f"{LIST}?whose=team&amp;plek={garden.key}"
    assert link in page.content.decode()
    text = readable(client.get(LIST, {"plek": str(garden.key)}))
    assert "U ziet alleen wie op één plek meedoet of wacht." in text


def test_the_end_of_the_law_is_on_the_list_when_it_is_near(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    told(town, began(town, town.roos_file), date(2027, 2, 1))
    [row] = lines(client, "running", TODAY)
    assert row.notes == []
    near = add_months(BEGAN, 24) - timedelta(days=30)
    [row] = lines(client, "ending", near)
    assert row.line.ends_by_law
    assert "volgens de wet tot en met" in row.notes[0]
    [row] = lines(client, "overdue", add_months(BEGAN, 24))
    assert row.line.last_day == add_months(BEGAN, 24) - timedelta(days=1)
    assert "mocht volgens de wet duren tot en met" in row.notes[0]
    assert lines(client, "ending", add_months(BEGAN, 24)) == []


def lines(client: Client, which: str, day: date) -> Any:
    with on(day):
        return client.get(LIST, {"lijst": which}).context["rows"]


def test_a_place_that_stops_ends_what_runs_there_on_both_lists(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    told(town, began(town, town.roos_file), date(2027, 2, 1))
    with on(TODAY):
        answer_about_place(
            town.petra,
            place_key=Place.objects.get(pk=town.garden).key,
            answer=FreshnessAnswer.STOPPED,
        )
    stops = [("Roos", "de plek stopt, laatste dag 15 mrt 2027")]
    assert seen(client, "ending") == stops
    assert seen(client, "overdue") == []
    with on(date(2027, 3, 16)):
        late = client.get(LIST, {"lijst": "overdue"})
        assert [row.line.past_end for row in late.context["rows"]] == [True]
        assert client.get(LIST, {"lijst": "ending"}).context["rows"] == []


def test_a_month_that_nobody_confirmed_is_overdue_until_somebody_does(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    key = began(town, town.roos_file)
    assert seen(client, "overdue") == [("Roos", "februari 2027 niet bevestigd")]
    told(town, key, date(2027, 1, 1))
    assert len(seen(client, "overdue")) == 1
    told(town, key, date(2027, 2, 1))
    assert seen(client, "overdue") == []


def test_who_was_away_all_month_is_not_missed_in_it(town: Town, sign_in) -> None:
    key = began(town, town.roos_file)
    with on(date(2027, 1, 18)):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.PAUSED,
            on=date(2027, 1, 18),
            reason=MoveReason.CANNOT_COME_NOW,
        )
    assert seen(sign_in(town.anna), "overdue") == []


def test_who_nobody_spoke_with_for_long_is_overdue(town: Town, sign_in) -> None:
    key = placed(town, town.sam)
    with on(BEGAN):
        move_one(town.anna, key=key, to=PlacementState.TRIAL, on=BEGAN)
    told(town, key, date(2027, 2, 1))
    client = sign_in(town.anna)
    assert seen(client, "overdue") == [("Sam", "nog nooit gesproken")]
    talk(town.anna, town.sam, date(2026, 9, 15))
    assert seen(client, "overdue") == [("Sam", "niet gesproken sinds 15 sep 2026")]
    talk(town.anna, town.sam, date(2026, 9, 16))
    assert seen(client, "overdue") == []


def test_a_coach_begins_with_the_own_people_and_may_see_the_team(town: Town, sign_in) -> None:
    began(town, town.roos_file)
    placed(town, town.tim, place=town.far)
    bram = sign_in(town.bram)
    roos = ("Roos", "februari 2027 niet bevestigd")
    assert seen(bram, "running") == []
    assert seen(bram, "running", whose="team") == [roos]
    assert seen(bram, "starting", whose="team") == []
    assert seen(sign_in(town.lea), "running") == [roos]
    assert [name for name, _notes in seen(sign_in(town.carla), "starting")] == ["Tim"]


def test_a_team_lead_may_look_at_one_colleague_and_a_coach_may_not(town: Town, sign_in) -> None:
    began(town, town.roos_file)
    anna = f"coach-{town.anna.membership_id}"
    assert len(seen(sign_in(town.lea), "running", whose=anna)) == 1
    page = sign_in(town.bram).get(LIST, {"whose": anna})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"whose"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "sam"}, ["Sam"]),
        ({"words": "nep roo"}, ["Roos"]),
        ({"kind": "volunteer_work"}, ["Sam"]),
        ({"kind": "training"}, []),
        ({"order": "name"}, ["Roos", "Sam"]),
        ({"order": "place"}, ["Sam", "Roos"]),
    ],
)
def test_the_filter_in_the_address_says_who_is_shown(
    town: Town, sign_in, asked: dict[str, str], found: list[str]
) -> None:
    began(town, town.roos_file)
    began(town, town.sam, place=town.repair)
    client = sign_in(town.anna)
    assert [name for name, _notes in seen(client, "running", **asked)] == found
    assert totals(client, **asked)[0] == len(found)


def test_district_and_organisation_can_be_chosen(town: Town, sign_in) -> None:
    began(town, town.roos_file)
    client = sign_in(town.anna)
    assert len(seen(client, "running", district=str(town.north))) == 1
    assert seen(client, "running", district=str(town.south)) == []
    moestuin = str(town.petra.organisation_id)
    assert len(seen(client, "running", organisation=moestuin)) == 1
    refused = client.get(LIST, {"organisation": str(town.otto.organisation_id)})
    assert set(refused.context["form"].errors) == {"organisation"}


def test_values_that_do_not_exist_are_all_named_and_the_list_is_still_there(
    town: Town, sign_in
) -> None:
    began(town, town.roos_file)
    page = sign_in(town.anna).get(
        LIST, {"lijst": "alles", "kind": "baan", "order": "maat", "words": "roos", "page": "9"}
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"which", "kind", "order"}
    assert [row.line.name for row in page.context["rows"]] == ["Roos Nepstra"]


def test_an_empty_list_says_what_to_do(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    assert "Niemand doet nu ergens mee" in readable(client.get(LIST))
    assert "Er is niets te laat" in readable(client.get(LIST, {"lijst": "overdue"}))
    assert "past bij deze keuze" in readable(client.get(LIST, {"words": "niemand"}))


def test_the_next_page_and_the_other_lists_keep_the_filter(town: Town, sign_in) -> None:
    _started_crowd(town, register_crowd(town, 30))
    client = sign_in(town.anna)
    first = client.get(LIST, {"words": "figurant", "order": "name"})
    assert "?words=figurant&amp;order=name&amp;page=2" in first.content.decode()
    assert "lijst=waiting&amp;words=figurant" in first.content.decode()
    second = client.get(LIST, {"words": "figurant", "order": "name", "page": "2"})
    assert len(second.context["rows"]) == 5
    assert "30 plaatsingen" in readable(second)


def test_ten_placements_and_two_hundred_cost_the_same_number_of_questions(
    town: Town, sign_in
) -> None:
    client = sign_in(town.anna)
    _started_crowd(town, register_crowd(town, 10))
    few = [_questions(client, which) for which in ("running", "overdue")]
    _started_crowd(town, register_crowd(town, 190, after=10))
    assert client.get(LIST).context["page"].total == 200
    assert [_questions(client, which) for which in ("running", "overdue")] == few


# --- the list as a file --------------------------------------------------------------------------


def test_the_file_has_exactly_the_lines_of_the_list(town: Town, sign_in) -> None:
    _started_crowd(town, register_crowd(town, 30))
    began(town, town.roos_file)
    client = sign_in(town.anna)
    asked = {"words": "figurant", "order": "name"}
    on_pages = [
        row.line.name
        for number in ("1", "2")
        for row in client.get(LIST, {**asked, "page": number}).context["rows"]
    ]
    headings, *lines = csv_lines(client.get(FILE, {**asked, "soort": "csv", "page": "2"}))
    assert [line[0] for line in lines] == on_pages
    assert headings[:5] == ["Naam", "Plek", "Organisatie", "Soort plek", "Hoe het staat"]
    assert lines[0][1:5] == ["Moestuin", "De Moestuin", "Participatiebaan", "Loopt"]
    assert client.get(FILE, {"soort": "exe"}).status_code == 404


def test_a_list_that_is_too_long_for_a_file_leads_back(town: Town, sign_in, monkeypatch) -> None:
    for person in (town.roos_file, town.sam):
        began(town, person)
    monkeypatch.setattr(placements_views, "MOST_ROWS", 1)
    answer = sign_in(town.anna).get(FILE, {"soort": "csv", "whose": "team"}, follow=True)
    assert "Kies bijvoorbeeld één wijk" in readable(answer)
    assert "whose=team" in answer.redirect_chain[0][0]


# --- several at once -----------------------------------------------------------------------------


def chosen(*keys: uuid.UUID, **more: str) -> dict[str, object]:
    return {"kies": [str(key) for key in keys], **more}


def states(town: Town, *keys: uuid.UUID) -> list[str]:
    cards = [placement(town.anna, key=key) for key in keys]
    return [card.state.value for card in cards if card]


def test_several_make_one_move_together(town: Town, sign_in) -> None:
    roos, sam = began(town, town.roos_file), began(town, town.sam)
    client = sign_in(town.anna)
    page = client.get(TOGETHER, chosen(roos, sam))
    assert [str(move.label) for move in page.context["moves"]] == ["Even stilzetten", "Stoppen"]
    sent = chosen(roos, sam, naar="ended", on="2027-02-01", why="stopped_by_partner.place_closes")
    with on(TODAY):
        assert "Stoppen" in readable(client.get(page.context["moves"][1].url))
        answer = client.post(TOGETHER, sent, follow=True)
    assert "2 plaatsingen zijn bijgewerkt: gestopt." in readable(answer)
    assert states(town, roos, sam) == ["ended", "ended"]
    assert Place.objects.get(pk=town.garden).taken == 0


def test_only_moves_that_fit_all_are_offered_and_the_line_that_does_not_fit_is_named(
    town: Town, sign_in
) -> None:
    roos, sam = began(town, town.roos_file), placed(town, town.sam)
    client = sign_in(town.anna)
    page = client.get(TOGETHER, chosen(roos, sam))
    assert page.context["moves"] == []
    assert "Er is geen stap die voor al deze plaatsingen kan" in readable(page)
    with on(TODAY):
        asked = client.get(TOGETHER, chosen(roos, sam, naar="ended"))
        assert "Dit kan niet voor Sam Nepstra (voorgesteld)." in readable(asked)
        sent = chosen(roos, sam, naar="ended", on="2027-02-01", why="goal_reached")
        refused = client.post(TOGETHER, sent)
    assert refused.status_code == 422
    assert "Sam Nepstra (Moestuin): Dat kan niet meer" in readable(refused)
    assert "Er is niets veranderd." in readable(refused)
    assert states(town, roos, sam) == ["active", "proposed"]


def test_everything_that_does_not_fit_is_named_at_once(town: Town, sign_in) -> None:
    roos, sam = began(town, town.roos_file), began(town, town.sam)
    with on(TODAY):
        page = sign_in(town.anna).post(
            TOGETHER, chosen(roos, sam, naar="ended", on="2027-01-05", why="goal_reached")
        )
    text = readable(page)
    assert "Roos Nepstra (Moestuin): de datum ligt voor 11-01-2027" in text
    assert "Sam Nepstra (Moestuin): de datum ligt voor 11-01-2027" in text
    assert page.context["form"]["on"].value() == "2027-01-05"


def test_seats_are_not_given_to_several_at_once_past_the_list(town: Town, sign_in) -> None:
    crowd = [Person(pk, "", "") for pk in register_crowd(town, 3)]
    keys = [placed(town, person, waits=True) for person in crowd]
    with on(TODAY):
        page = sign_in(town.anna).post(TOGETHER, chosen(*keys, naar="proposed", on="2027-02-01"))
    assert "Geef deze plaats vanaf de wachtlijst" in readable(page)
    assert states(town, *keys) == ["waiting"] * 3


def test_nothing_chosen_leads_back_to_the_list_one_came_from(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    back = f"{LIST}?lijst=starting"
    assert client.get(TOGETHER, {"terug": back, "kies": "x"})["Location"] == back
    assert client.get(TOGETHER, {"terug": "https://example.org/"})["Location"] == LIST
    assert "Kruis eerst" in readable(client.get(TOGETHER, follow=True))


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_a_coach_of_others_can_choose_nothing(town: Town, sign_in, who: str) -> None:
    key = began(town, town.roos_file)
    sent = chosen(key, naar="ended", on="2027-02-01", why="goal_reached")
    answer = sign_in(getattr(town, who)).post(TOGETHER, sent, follow=True)
    assert "Roos" not in readable(answer)
    assert states(town, key) == ["active"]


def test_one_that_is_not_there_stops_all(town: Town) -> None:
    key = began(town, town.roos_file)
    same = SameMove(to=PlacementState.TRIAL, on=BEGAN)
    for keys, words in (
        ([key, uuid.uuid4()], "bestaat niet"),
        ([], "Kies eerst"),
        ([uuid.uuid4() for _ in range(201)], "hoogstens 200"),
    ):
        with pytest.raises(ValueError, match=words):
            move_many(town.anna, keys=keys, same=same)
    assert states(town, key) == ["active"]


def _started_crowd(town: Town, pseudonym_ids: list[int]) -> None:
    Place.objects.filter(pk=town.garden).update(capacity=500)
    day = date(2026, 9, 1)
    with on(day):
        ids = place_all(
            town.anna,
            placements=[
                NewPlacement(pseudonym_id=one, place_id=town.garden, proposed_on=day)
                for one in pseudonym_ids
            ],
        )
        confirm_all(
            town.system,
            changes=[Change(placement_id=pk, on=day) for pk in ids],
        )


def _questions(client: Client, which: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST, {"lijst": which}).status_code == 200
    return len(asked)


# --- the menu ------------------------------------------------------------------------------------

ON_PAPER = {"agreement_print", "agreement_pdf", "clock_premium_print", "clock_premium_pdf"}


def test_every_page_about_one_placement_stands_under_placements_in_the_menu():
    [line] = [entry for entry in MENU if entry.page == "coach:placements"]
    about_one = {
        f"coach:{one.name}"
        for one in coach_urls.urlpatterns
        if str(one.pattern).startswith("plaatsing/") and one.name not in ON_PAPER
    }
    assert about_one
    assert about_one <= line.under
