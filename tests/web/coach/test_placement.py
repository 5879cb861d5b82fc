from datetime import date

import pytest
from django.urls import reverse

from meedoen.records.placements.actions import confirm_start, end, move_one
from meedoen.records.placements.queries import placement
from meedoen.records.places.models import Place
from meedoen.rules.placement_states import next_states
from meedoen.rules.vocabulary import MoveReason, Outcome, PlacementState
from tests.town import Town
from tests.web.coach.scenes import address, on, proposed, readable, started

LATER = date(2026, 4, 1)


def state(town: Town, key):
    card = placement(town.anna, key=key)
    assert card is not None
    return card.state


def moving(key, to: PlacementState) -> str:
    return reverse("coach:placement_move", args=[key, to.value])


def titles(page) -> list[tuple[str, str]]:
    return [(step.title, step.state) for step in page.context["steps"]]


def test_a_proposal_waits_for_the_organisation(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement", proposed(town)))
    assert titles(page) == [("Voorgesteld", "current"), ("Begonnen", "todo")]
    assert "De Moestuin bevestigt de eerste dag" in readable(page)
    assert "Gaat niet door" in readable(page)
    assert "Plaatsing stoppen" not in readable(page)


def test_a_running_placement_can_be_ended_and_corrected(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement", started(town)))
    text = readable(page)
    assert titles(page) == [("Voorgesteld", "done"), ("Begonnen", "current")]
    for change in (
        "Plaatsing stoppen",
        "Even stilzetten",
        "Eerste dag verbeteren",
        "Start terugnemen",
    ):
        assert change in text
    assert "Gaat niet door" not in text


def test_the_buttons_stand_in_order_on_back_and_away(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement", proposed(town)))
    assert [str(move.label) for move in page.context["moves"]] == [
        "Kennismaking opschrijven",
        "Start op proef opschrijven",
        "Start opschrijven",
        "Terug op de wachtlijst",
        "Gaat niet door",
    ]


def test_who_waits_has_no_agreement_to_print(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    key = proposed(town)
    assert "Overeenkomst afdrukken" in readable(client.get(address("placement", key)))
    with on(date(2026, 3, 3)):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.WAITING,
            on=date(2026, 3, 3),
            reason=MoveReason.OTHER_STEP_FIRST,
        )
    waits = readable(client.get(address("placement", key)))
    assert "Wacht op een plaats" in waits
    assert "Overeenkomst afdrukken" not in waits


def test_what_was_agreed_is_over_when_the_placement_is(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    assert "Wat nu is afgesproken" in readable(client.get(address("placement", key)))
    with on(date(2026, 3, 9)):
        end(town.anna, key=key, last_day=date(2026, 3, 9), outcome=Outcome.GOAL_REACHED)
    over = readable(client.get(address("placement", key)))
    assert "Begonnen (klaar) op 9 maart 2026 Gestopt" in over
    assert "Wat was afgesproken" in over
    assert "Wat nu is afgesproken" not in over


def test_the_buttons_are_the_moves_of_the_table_and_no_others(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    key = proposed(town)
    for to, on_day in (
        (PlacementState.PROPOSED, None),
        (PlacementState.INTRODUCED, "2026-03-03"),
        (PlacementState.TRIAL, "2026-03-04"),
        (PlacementState.ACTIVE, "2026-03-05"),
    ):
        if on_day:
            client.post(moving(key, to), {"on": on_day})
        page = client.get(address("placement", key))
        links = [move.url for move in page.context["moves"]]
        assert state(town, key) is to
        assert sorted(links) == sorted(moving(key, one) for one in next_states(to))
        assert all(link in page.content.decode() for link in links)


def test_ending_gives_the_seat_back_and_tells_why(town: Town, sign_in) -> None:
    key = started(town)
    with on(LATER):
        answer = sign_in(town.anna).post(
            moving(key, PlacementState.ENDED),
            {"on": "2026-03-31", "why": Outcome.MOVED_ON_TO_PAID_WORK.value},
            follow=True,
        )
    text = readable(answer)
    assert state(town, key) is PlacementState.ENDED
    assert Place.objects.get(pk=town.garden).taken == 0
    assert "van 9 maart 2026 tot en met 31 maart 2026" in text
    assert "Door naar betaald werk" in text
    assert answer.context["moves"] == []


def test_a_pause_and_coming_back_are_written_down_with_their_days(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    client.post(moving(key, PlacementState.PAUSED), {"on": "2026-03-16", "why": "cannot_come_now"})
    assert state(town, key) is PlacementState.PAUSED
    page = client.get(moving(key, PlacementState.ACTIVE))
    assert "De inwoner komt weer" in readable(page)
    answer = client.post(moving(key, PlacementState.ACTIVE), {"on": "2026-03-23"}, follow=True)
    assert "van 16 maart 2026 tot en met 22 maart 2026" in readable(answer)
    assert "Kan nu even niet komen" in readable(answer)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"on", "why"}),
        ({"on": "2999-01-01", "why": "reached"}, {"on", "why"}),
        ({"on": "2026-03-10", "why": "stopped_by_resident"}, {"why"}),
        ({"on": "2026-03-10", "why": "goal_reached.not_safe"}, {"why"}),
        ({"on": "2026-03-10", "why": "not_safe"}, {"why"}),
        ({"on": "2026-03-08", "why": "goal_reached"}, {"__all__"}),
    ],
)
def test_an_ending_that_cannot_be_is_refused_and_changes_nothing(
    town: Town, sign_in, form: dict[str, str], wrong: set[str]
) -> None:
    key = started(town)
    page = sign_in(town.anna).post(moving(key, PlacementState.ENDED), form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["on"].value() == form.get("on")
    assert state(town, key) is PlacementState.ACTIVE
    assert Place.objects.get(pk=town.garden).taken == 1


def test_each_outcome_stands_with_the_reasons_that_fit_it(town: Town, sign_in) -> None:
    page = readable(sign_in(town.anna).get(moving(started(town), PlacementState.ENDED)))
    by_partner = page.index("De organisatie wil niet verder: Kwam vaak niet")
    assert page.index("De inwoner wil niet verder: Is thuis nodig") < by_partner
    assert by_partner < page.index("De gemeente wil niet verder: De termijn van de wet is om")
    assert "De gemeente wil niet verder: Is thuis nodig" not in page


def test_an_address_may_fill_in_the_day_and_the_reason(town: Town, sign_in) -> None:
    key = started(town)
    page = sign_in(town.anna).get(
        moving(key, PlacementState.ENDED),
        {"dag": "2026-03-20", "waarom": "stopped_by_partner.work_is_done"},
    )
    assert page.context["form"]["on"].value() == "2026-03-20"
    assert page.context["form"]["why"].value() == "stopped_by_partner.work_is_done"
    assert state(town, key) is PlacementState.ACTIVE


def test_a_proposal_can_come_to_nothing(town: Town, sign_in) -> None:
    key = proposed(town)
    answer = sign_in(town.anna).post(
        moving(key, PlacementState.WITHDRAWN),
        {"on": "2026-03-03", "why": "stopped_by_resident.gave_no_reason"},
        follow=True,
    )
    assert state(town, key) is PlacementState.WITHDRAWN
    assert titles(answer)[-1] == ("Gaat niet door", "current")
    assert Place.objects.get(pk=town.garden).taken == 0


def test_a_goal_is_not_reached_before_the_start(town: Town, sign_in) -> None:
    key = proposed(town)
    page = sign_in(town.anna).post(
        moving(key, PlacementState.WITHDRAWN), {"on": "2026-03-03", "why": "goal_reached"}
    )
    assert page.status_code == 422
    assert state(town, key) is PlacementState.PROPOSED


@pytest.mark.parametrize(
    ("old", "to"), [("placement_end", "ended"), ("placement_withdraw", "withdrawn")]
)
def test_addresses_of_before_lead_to_the_same_move(town: Town, sign_in, old: str, to: str) -> None:
    key = started(town)
    answer = sign_in(town.anna).get(f"{address(old, key)}?dag=2026-03-20")
    assert answer["Location"] == f"{moving(key, PlacementState(to))}?dag=2026-03-20"
    assert sign_in(town.carla).get(address(old, key)).status_code == 404


def test_what_is_sent_twice_is_made_once(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    sent = {"on": "2026-03-20", "why": "goal_reached"}
    client.post(moving(key, PlacementState.ENDED), sent)
    again = client.post(moving(key, PlacementState.ENDED), sent, follow=True)
    assert "Dat kan nu niet" in readable(again)
    assert Place.objects.get(pk=town.garden).taken == 0


def test_there_is_no_move_to_a_word_that_is_no_state(town: Town, sign_in) -> None:
    key = started(town)
    address_of = reverse("coach:placement_move", args=[key, "goed"])
    assert sign_in(town.anna).get(address_of).status_code == 404


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "roos"])
def test_a_stranger_finds_no_move(town: Town, sign_in, who: str) -> None:
    key = started(town)
    client = sign_in(getattr(town, who))
    sent = {"on": "2026-03-20", "why": "goal_reached"}
    assert client.get(moving(key, PlacementState.ENDED)).status_code == 404
    assert client.post(moving(key, PlacementState.ENDED), sent).status_code == 404
    assert state(town, key) is PlacementState.ACTIVE


def test_the_first_day_can_be_corrected_and_the_old_one_stays_findable(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    page = client.get(address("placement_start_day", key))
    assert page.context["form"]["started_on"].value() == date(2026, 3, 9)
    assert "De cijfers veranderen vanaf nu mee. Wat eerder bekend was, blijft vindbaar" in (
        readable(page)
    )
    answer = client.post(
        address("placement_start_day", key), {"started_on": "2026-03-16"}, follow=True
    )
    assert "op 16 maart 2026" in readable(answer)
    assert "Verbeterd: eerst stond hier 9 maart 2026." in readable(answer)


def test_a_first_day_before_the_proposal_is_refused(town: Town, sign_in) -> None:
    key = started(town)
    page = sign_in(town.anna).post(
        address("placement_start_day", key), {"started_on": "2026-02-01"}
    )
    assert page.status_code == 422
    assert 'value="2026-02-01"' in page.content.decode()


def test_a_start_is_taken_back_only_by_confirming(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    page = client.get(address("placement_take_back", key))
    assert "De inwoner is nooit begonnen." in readable(page)
    assert "De cijfers veranderen vanaf nu mee." in readable(page)
    assert state(town, key) is PlacementState.ACTIVE
    answer = client.post(address("placement_take_back", key), follow=True)
    assert state(town, key) is PlacementState.PROPOSED
    assert titles(answer) == [("Voorgesteld", "current"), ("Begonnen", "todo")]
    assert "Start teruggenomen" in readable(answer)


def test_after_a_start_that_was_taken_back_the_real_first_day_is_the_one_to_correct(
    town: Town, sign_in
) -> None:
    key = started(town)
    client = sign_in(town.anna)
    client.post(address("placement_take_back", key))
    confirm_start(town.petra, key=key, started_on=date(2026, 3, 4))
    page = client.get(address("placement_start_day", key))
    assert page.context["form"]["started_on"].value() == date(2026, 3, 4)


@pytest.mark.parametrize("page", ["placement_start_day", "placement_take_back"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_correction_that_does_not_fit_the_state_leads_back_with_a_word(
    town: Town, sign_in, page: str, method: str
) -> None:
    key = proposed(town)
    answer = getattr(sign_in(town.anna), method)(address(page, key), follow=True)
    assert "Dat kan nu niet" in readable(answer)
    assert state(town, key) is PlacementState.PROPOSED


@pytest.mark.parametrize("to", ["withdrawn", "proposed", "active"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_move_that_does_not_fit_the_state_leads_back_with_a_word(
    town: Town, sign_in, to: str, method: str
) -> None:
    key = started(town)
    answer = getattr(sign_in(town.anna), method)(moving(key, PlacementState(to)), follow=True)
    assert "Dat kan nu niet" in readable(answer)
    assert state(town, key) is PlacementState.ACTIVE
