"""The pages of dividing places: for the team, whole, in sentences, and never half."""

import uuid
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.divisions import dividing
from meedoen.records.divisions.actions import ask_division, call_off_division
from meedoen.records.divisions.line_actions import accept_line, refuse_line
from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.queries import division
from meedoen.records.divisions.words import LineAnswer, RunState
from meedoen.records.history.models import Reading
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.placements.models import Placement
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.places.models import Place
from meedoen.records.proposals.models import PlaceMessage, Proposal
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.rules.matching.allocate import NotOptimalError
from meedoen.rules.matching.explained import Because
from meedoen.rules.vocabulary import PlaceKind, Preference, RefusalReason
from meedoen.web.shared.division_words import _OUTCOMES, FAULTS, RUN_STATES
from tests.records.divisions.scenes import (
    NO,
    YES,
    divided,
    lines_of,
    new_place,
    nobody_begins_in_the_garden,
    row_of,
    waiting,
    wishing,
    work_out,
)
from tests.town import SUNDAY, Town
from tests.web.coach.scenes import NOBODY, address, readable
from tests.work import work_off

LIST = "/coach/verdelen/"

ACCEPT = {
    "step": "accept",
    "ja-reason": "nearby",
    "ja-preference": "wants_this",
    "ja-resident_said": "Lekker dichtbij.",
}
REFUSE = {
    "step": "refuse",
    "nee-reason": "too_far_away",
    "nee-preference": "rather_another",
    "nee-resident_said": "Te ver voor mij.",
}


@pytest.fixture(autouse=True)
def few_seats(town: Town) -> None:
    nobody_begins_in_the_garden(town)


def line_address(key, number=0):
    return reverse("coach:division_line", args=[key, number])


def test_a_team_lead_asks_and_follows_it_to_the_proposal(town, sign_in):
    waiting(town, 2)
    answer = sign_in(town.lea).post(LIST, {"kinds": ["volunteer_work"], "district": ""})
    key = Division.objects.visible_to(town.system).get().key
    assert answer["Location"] == address("division", key)
    page = sign_in(town.lea).get(address("division", key))
    assert "De verdeling wordt uitgerekend" in readable(page)
    assert "Alleen vrijwilligerswerk" in readable(page)
    work_off()
    page = readable(sign_in(town.lea).get(address("division", key)))
    assert "Er wachten 2 inwoners en er is 1 plaats vrij." in page
    assert "1 inwoner krijgt een voorstel." in page
    assert "1 inwoner blijft nu zonder plek." in page
    assert "Niemand is geplaatst." in page
    assert not Placement.objects.visible_to(town.system).exists()


def test_where_places_are_not_suggested_only_open_proposals_are_answered(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    set_matching(town.ab, is_on=False, contact="", objection="", reason="Eerst beraad.", seen=None)
    client = sign_in(town.lea)
    for answer in (client.get(LIST), client.post(LIST, {})):
        assert "Uw gemeente laat Meedoen geen plekken voorstellen." in readable(answer)
        assert "Verdeling laten uitrekenen" not in readable(answer)
    assert Division.objects.visible_to(town.system).count() == 1
    assert client.post(line_address(key), ACCEPT).status_code == 302


def test_a_coach_reads_it_and_cannot_ask(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    page = sign_in(town.anna).get(LIST)
    assert page.context["form"] is None
    assert "Lea Testema" in readable(page)
    assert sign_in(town.anna).post(LIST, {}).status_code == 404
    assert (
        sign_in(town.anna).post(address("division", key), {"step": "call_off"}).status_code == 404
    )


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "roos", "connie", "suus", "priya", "ab"])
def test_to_others_none_of_it_is_there(town, sign_in, who):
    waiting(town, 1)
    key, second = divided(town), divided(town)
    client = sign_in(getattr(town, who))
    pages = [
        address("division", key),
        address("division_progress", key),
        address("division_check", key),
        line_address(key),
        reverse("coach:division_compare", args=[key, second]),
    ]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(line_address(key), ACCEPT).status_code == 404


def test_a_key_of_nothing_is_not_there(town, sign_in):
    client = sign_in(town.lea)
    for name in ("division", "division_progress", "division_check"):
        assert client.get(address(name, NOBODY)).status_code == 404
    waiting(town, 1)
    assert client.get(line_address(divided(town), 99)).status_code == 404


@pytest.mark.parametrize("name", ["division_progress", "division_check"])
def test_what_is_only_read_takes_nothing(town, sign_in, name):
    waiting(town, 1)
    assert sign_in(town.lea).post(address(name, divided(town))).status_code == 405


@pytest.mark.parametrize(
    "form", [{"kinds": ["gold"]}, {"district": "0"}, {"district": "nergens"}, {"kinds": ["x" * 99]}]
)
def test_what_does_not_exist_is_refused_and_nothing_is_asked(town, sign_in, form):
    answer = sign_in(town.lea).post(LIST, form)
    assert answer.status_code == 422
    assert not Division.objects.visible_to(town.system).exists()


def test_a_second_start_says_that_one_is_running(town, sign_in):
    ask_division(town.lea, in_background=False)
    answer = sign_in(town.lea).post(LIST, {})
    assert answer.status_code == 422
    assert "Er loopt al een verdeling van uw team." in readable(answer)


def test_calling_off_and_an_unknown_button(town, sign_in):
    key = ask_division(town.lea, in_background=False)
    client = sign_in(town.lea)
    assert client.post(address("division", key), {"step": "explode"}).status_code == 422
    assert client.post(address("division", key), {"step": "call_off"}).status_code == 302
    page = client.get(address("division", key))
    assert "Iemand van uw team heeft deze verdeling gestopt" in readable(page)
    assert client.post(address("division", key), {"step": "call_off"}).status_code == 422


def test_what_came_to_a_stop_can_be_put_on_again(town, sign_in):
    waiting(town, 1)
    key = ask_division(town.lea, in_background=False)
    sign_in(town.lea).post(address("division", key), {"step": "carry_on"})
    work_off()
    assert division(town.lea, key=key).state is RunState.DONE


def test_a_fault_is_a_clear_message_and_no_half_proposal(town, sign_in):
    waiting(town, 1)
    with patch.object(dividing, "check", side_effect=NotOptimalError(("A better one.",))):
        key = divided(town)
    page = readable(sign_in(town.lea).get(address("division", key)))
    assert "Bij het narekenen bleek de verdeling niet te kloppen." in page
    assert "ook geen half voorstel" in page
    assert sign_in(town.lea).get(address("division_check", key)).status_code == 404


def test_nobody_waits_and_nobody_fits_are_said(town, sign_in):
    nobody = divided(town)
    assert "Er wacht niemand." in readable(sign_in(town.lea).get(address("division", nobody)))
    waiting(town, 1, half_days=SUNDAY, kinds=[PlaceKind.VOLUNTEER_WORK])
    page = readable(sign_in(town.lea).get(address("division", divided(town))))
    assert "Voor niemand past nu een vrije plek." in page
    assert "Er is nu geen enkele plek die past." in page


def test_a_line_says_what_decided(town, sign_in):
    wanted = new_place(town, "Koken in de buurtkeuken")
    [early] = waiting(town, 1, days_ago=90)
    [late] = waiting(town, 1, after=1)
    wishing(town, [early, late], wanted)
    key = divided(town)
    lines = lines_of(town, key)
    page = readable(sign_in(town.anna).get(line_address(key, lines[early].number)))
    assert "Dit is de eerste wens van de inwoner." in page
    page = readable(sign_in(town.anna).get(line_address(key, lines[late].number)))
    assert "Wens 1 van de inwoner, Koken in de buurtkeuken, is vol." in page
    assert "Voor 1 inwoner die daar heen gaat, is dat de eerste wens." in page
    assert "Verzonnen000" not in page


@pytest.mark.parametrize(
    ("seats", "says"),
    [
        (1, "Plekken die passen: 1, met samen 1 vrije plaats. Die gaat naar iemand anders."),
        (2, "Plekken die passen: 2, met samen 2 vrije plaatsen. Die gaan allemaal naar anderen."),
    ],
)
def test_who_gets_no_place_reads_how_many_seats_went_to_others(town, sign_in, seats, says):
    waiting(town, seats + 1)
    if seats == 2:
        new_place(town, "Koffie schenken")
    key = divided(town)
    [number] = [one.number for one in lines_of(town, key).values() if one.place_id is None]
    assert says in readable(sign_in(town.anna).get(line_address(key, number)))


def test_every_outcome_fault_and_state_has_its_words():
    assert set(_OUTCOMES) == set(Because)
    assert len(RUN_STATES) == len(RunState)
    assert all(str(words) for words in FAULTS.values())


def test_opening_a_line_is_written_down(town, sign_in):
    [person] = waiting(town, 1)
    sign_in(town.anna).get(line_address(divided(town)))
    [reading] = Reading.objects.visible_to(town.priya).filter(pseudonym_id=person)
    assert reading.page == "division"


def test_accepting_leads_to_the_placement(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    answer = sign_in(town.anna).post(line_address(key), ACCEPT)
    placement = Placement.objects.visible_to(town.system).get()
    assert answer["Location"] == address("placement", placement.key)
    page = readable(sign_in(town.anna).get(line_address(key)))
    assert "Voorstel aangenomen" in page
    assert "Lekker dichtbij." in page


def test_refusing_leads_back_and_shows_by_whom_and_why(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    answer = sign_in(town.anna).post(line_address(key), REFUSE)
    assert answer["Location"] == address("division", key)
    page = readable(sign_in(town.anna).get(line_address(key)))
    assert "Voorstel afgewezen" in page
    assert "Te ver weg of lastig te bereiken" in page


def test_what_became_of_the_placement_since_is_shown(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    accept_line(town.anna, key=key, number=0, **YES)
    client = sign_in(town.anna)
    pages = (address("division", key) + "?deel=accepted", line_address(key))
    assert all("Voorgesteld" in readable(client.get(page)) for page in pages)
    refuse_place(
        town.anna,
        refusal=NewRefusal(
            key=Proposal.objects.visible_to(town.system).get().key,
            place_id=town.repair,
            reason=RefusalReason.NOT_READY_YET,
            preference=Preference.RATHER_NOTHING,
            resident_said="Toch nog niet.",
        ),
    )
    assert all("Gaat niet door" in readable(client.get(page)) for page in pages)


def test_what_was_refused_elsewhere_is_shown_and_cannot_be_accepted(town, sign_in):
    waiting(town, 1)
    first, second = divided(town), divided(town)
    refuse_line(town.anna, key=first, number=0, **NO)
    client = sign_in(town.anna)
    assert "eerder geweigerd" in readable(client.get(address("division", second)))
    assert "Deze plek is geweigerd op" in readable(client.get(line_address(second)))
    answer = client.post(line_address(second), ACCEPT)
    assert answer.status_code == 422
    assert not Placement.objects.visible_to(town.system).exists()
    assert client.post(line_address(second), REFUSE).status_code == 302


def test_looking_for_other_places_keeps_what_was_said_before(town, sign_in):
    waiting(town, 1)
    page = sign_in(town.anna).get(line_address(divided(town)))
    person = page.context["person"].key
    assert f'href="{address("places", person)}"' in page.content.decode()
    assert f'action="{address("places", person)}"' not in page.content.decode()


@pytest.mark.parametrize(("ticked", "messages"), [({}, 0), ({"nee-tell_place": "on"}, 1)])
def test_the_organisation_hears_why_only_when_that_is_ticked(town, sign_in, ticked, messages):
    waiting(town, 1)
    key = divided(town)
    sent = {**REFUSE, "nee-reason": "times_do_not_suit", **ticked}
    sign_in(town.anna).post(line_address(key), sent)
    assert PlaceMessage.objects.visible_to(town.system).count() == messages


@pytest.mark.parametrize("form", [ACCEPT, REFUSE])
@pytest.mark.parametrize("lacks", ["reason", "preference", "resident_said"])
def test_without_reason_preference_or_words_nothing_is_answered(town, sign_in, form, lacks):
    waiting(town, 1)
    key = divided(town)
    sent = {name: value for name, value in form.items() if not name.endswith(lacks)}
    answer = sign_in(town.anna).post(line_address(key), sent)
    assert answer.status_code == 422
    assert Line.objects.visible_to(town.system).get().answer == LineAnswer.OPEN


def test_a_place_that_filled_up_is_marked_and_refused_in_words(town, sign_in):
    waiting(town, 1)
    key = divided(town)
    Place.objects.filter(pk=town.repair).update(taken=1)
    assert "nu vol" in readable(sign_in(town.anna).get(address("division", key)))
    answer = sign_in(town.anna).post(line_address(key), ACCEPT)
    assert answer.status_code == 422
    assert "Deze plek is vol sinds de verdeling." in readable(answer)
    assert "Lekker dichtbij." in answer.content.decode()


def test_the_parts_and_the_own_people_stand_in_the_address(town, sign_in):
    waiting(town, 3)
    key = divided(town)
    client = sign_in(town.anna)
    page = client.get(address("division", key), {"deel": "without_place", "van": "mij"})
    assert [line.card.place for line in page.context["lines"]] == [None, None]
    assert client.get(address("division", key), {"deel": "?", "page": "x"}).status_code == 200
    page = sign_in(town.bram).get(address("division", key), {"van": "mij"})
    assert not page.context["lines"]


def test_the_check_is_made_again_at_every_look(town, sign_in):
    waiting(town, 2)
    key = divided(town)
    page = readable(sign_in(town.anna).get(address("division_check", key)))
    assert "geen andere verdeling is beter" in page
    lines = Line.objects.visible_to(town.system).filter(division__key=key)
    lines.update(place_id=town.repair)
    page = readable(sign_in(town.anna).get(address("division_check", key)))
    assert "Het klopt niet." in page


def test_two_divisions_stand_side_by_side_the_older_first(town, sign_in):
    waiting(town, 2)
    before = divided(town)
    new_place(town, "Koffie schenken")
    after = divided(town)
    for keys in ((after, before), (before, after)):
        page = sign_in(town.lea).get(reverse("coach:division_compare", args=keys))
        rows = {row.label: (row.first, row.second, row.change) for row in page.context["totals"]}
        assert rows["Krijgen een plek"] == (1, 2, "+1")
        assert rows["Blijven zonder plek"] == (1, 0, "-1")
    missing = reverse("coach:division_compare", args=[after, uuid.uuid4()])
    assert sign_in(town.lea).get(missing).status_code == 404


def test_the_page_asks_as_much_for_two_hundred_people_as_for_ten(town, sign_in):
    def questions(key):
        client = sign_in(town.anna)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address("division", key)).status_code == 200
        return len(asked)

    new_place(town, "Koffie schenken", seats=100)
    waiting(town, 10)
    few = questions(divided(town))
    waiting(town, 190, after=10)
    key = divided(town)
    # The link to the other division is there now, and costs nothing more.
    assert questions(key) <= few
    call_off = ask_division(town.lea, in_background=False)
    call_off_division(town.lea, key=call_off)
    assert row_of(town, call_off).state == RunState.WITHDRAWN
    work_out(town, call_off)
