"""Looking for places for somebody, setting a rule aside, refusing, wishes, and without matching."""

import uuid

import pytest
from django.urls import reverse

from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.places.models import Place
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.queries import proposal
from meedoen.records.proposals.refusal_queries import messages_to_see, refusals_of
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.vocabulary import Guidance
from tests.matching import check_jobs, chosen, list_for
from tests.town import Town, talk
from tests.web.coach.scenes import NOBODY, TALKED, address, readable

SAID = {"preference": "rather_another", "resident_said": "Dan breng ik mijn kind weg."}


@pytest.fixture
def made(town: Town) -> uuid.UUID:
    """A list of places for Roos, who can on mornings."""
    return list_for(town)


def no_matching(town: Town) -> None:
    set_matching(
        town.ab, is_on=False, contact="", objection="", reason="We zoeken zelf.", seen=None
    )


def refuse_page(key: uuid.UUID, place: int) -> str:
    return reverse("coach:proposal_refuse", args=[key, place])


def aside_page(key: uuid.UUID, rule: str = "times_do_not_overlap") -> str:
    return reverse("coach:proposal_set_aside", args=[key, rule])


def newest(town: Town) -> Proposal:
    return Proposal.objects.visible_to(town.system).latest("pk")


# --- looking --------------------------------------------------------------------------------------


def test_the_page_asks_how_someone_travels_and_begins_with_what_was_said(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    client = sign_in(town.anna)
    page = client.get(address("places", town.roos_file.key))
    assert "Hoe komt de inwoner bij een plek?" in readable(page)
    assert page.context["form"]["travel"].value() == ""
    form = {"travel": "cycling", "guidance": "always_near", "way": "neutral", "most_half_days": "4"}
    answer = client.post(address("places", town.roos_file.key), form)
    assert answer["Location"] == address("proposal", newest(town).key)
    card = proposal(town.anna, key=newest(town).key)
    assert card is not None
    assert (card.asked.travel, card.asked.guidance) == (TravelBy.CYCLING, Guidance.ALWAYS_NEAR)
    text = readable(client.get(answer["Location"]))
    assert "Met de fiets" in text
    assert "Dagdelen per week, hooguit 4" in text
    assert "dan de plekken die het dichtst bij de wijk zijn" in text
    again = client.get(address("places", town.roos_file.key))
    assert again.context["form"]["travel"].value() == "cycling"
    assert again.context["form"]["most_half_days"].value() == 4
    assert "Lijst van" in readable(again)


def test_what_cannot_be_is_refused(town: Town, sign_in, made: uuid.UUID) -> None:
    client = sign_in(town.anna)
    for wrong in ({"travel": "rocket"}, {"most_half_days": "22"}, {"most_half_days": "0"}):
        page = client.post(address("places", town.roos_file.key), wrong)
        assert page.status_code == 422
    assert Proposal.objects.visible_to(town.system).count() == 1


def test_strangers_find_nothing(town: Town, sign_in, made: uuid.UUID) -> None:
    client = sign_in(town.carla)
    for page in (
        address("places", town.roos_file.key),
        address("places_all", town.roos_file.key),
        address("proposal", made),
        aside_page(made),
        refuse_page(made, town.garden),
    ):
        assert client.get(page).status_code == 404, page
        assert client.post(page).status_code == 404, page
    assert client.post(address("wish", town.roos_file.key), {"what": "pick"}).status_code == 404


# --- what falls off, and setting a rule aside -----------------------------------------------------


def test_a_rule_that_is_firm_offers_no_way_round(town: Town, sign_in) -> None:
    Place.objects.filter(pk=town.repair).update(is_full=True)
    key = list_for(town)
    page = sign_in(town.anna).get(address("proposal", key))
    groups = {group.rule: group for group in page.context["groups"]}
    assert not groups["no_free_place"].may_set_aside
    assert groups["times_do_not_overlap"].may_set_aside
    assert "Geen plaats vrij (1)" in readable(page)
    assert aside_page(key) in page.content.decode()
    assert sign_in(town.anna).get(aside_page(key, "no_free_place")).status_code == 404
    assert sign_in(town.anna).get(aside_page(key, "no_such_rule")).status_code == 404


def test_a_rule_is_set_aside_with_a_reason_that_stays_on_the_new_list(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    client = sign_in(town.anna)
    empty = client.post(aside_page(made), {"reason": " "})
    assert empty.status_code == 422
    answer = client.post(aside_page(made), {"reason": "Haar zus past dan op."})
    assert answer["Location"] == address("proposal", newest(town).key)
    text = readable(client.get(answer["Location"]))
    assert "Telt in deze lijst niet mee" in text
    assert "Haar zus past dan op. (Anna Testema" in text
    assert "Staat hier toch, omdat een regel opzij is gezet" in text
    assert "Valt af omdat de plek op zondagavond is en u dan niet kunt." in text


def test_an_illness_is_no_reason(town: Town, sign_in, made: uuid.UUID) -> None:
    page = sign_in(town.anna).post(aside_page(made), {"reason": "Vanwege haar depressie."})
    assert page.status_code == 422
    assert Proposal.objects.visible_to(town.system).count() == 1


# --- refusing -------------------------------------------------------------------------------------


def test_a_refusal_is_written_down_and_seen_on_the_list_and_in_the_file(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    client = sign_in(town.anna)
    page = client.get(refuse_page(made, town.garden))
    assert " checked" not in page.content.decode().replace('value="usual"', "").split("again")[0]
    form = {"reason": "times_do_not_suit", "again": "usual", "tell_place": "on", **SAID}
    answer = client.post(refuse_page(made, town.garden), form)
    assert answer["Location"] == address("proposal", made)
    text = readable(client.get(answer["Location"]))
    assert "Gaat niet door De tijden komen niet uit" in text
    assert str(town.garden) not in dict(
        client.get(answer["Location"]).context["form"].fields["place"].choices
    )
    file = readable(client.get(address("resident", town.roos_file.key)))
    assert "1 plek die niet doorging" in file
    assert "Dan breng ik mijn kind weg." in file
    assert "wordt er opnieuw naar gevraagd" in file
    assert len(messages_to_see(town.petra)) == 1


def test_all_that_is_missing_is_said_at_once(town: Town, sign_in, made: uuid.UUID) -> None:
    page = sign_in(town.anna).post(refuse_page(made, town.garden), {"resident_said": "x" * 501})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"reason", "preference", "resident_said"}
    assert not refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_a_day_and_no_pause_are_not_both_possible(town: Town, sign_in, made: uuid.UUID) -> None:
    form = {"reason": "not_ready_yet", "no_pause": "on", "paused_until": "2027-12-31", **SAID}
    page = sign_in(town.anna).post(refuse_page(made, town.garden), form)
    assert "Kies een dag of geen pauze, niet allebei." in readable(page)


def test_asking_again_without_a_pause_is_no_answer(town: Town, sign_in, made: uuid.UUID) -> None:
    form = {"reason": "not_ready_yet", "no_pause": "on", "again": "yes", **SAID}
    page = sign_in(town.anna).post(refuse_page(made, town.garden), form)
    assert page.status_code == 422
    assert "Zonder pauze is er geen dag om opnieuw te vragen." in readable(page)
    assert not refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_refusing_twice_says_that_it_was_written_down(town: Town, sign_in, made: uuid.UUID) -> None:
    client = sign_in(town.anna)
    form = {"reason": "not_ready_yet", **SAID}
    client.post(refuse_page(made, town.garden), form)
    again = client.post(refuse_page(made, town.garden), form)
    assert again.status_code == 422
    assert len(refusals_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)) == 1
    assert client.get(refuse_page(made, 987_654)).status_code == 404


def test_a_chosen_place_can_still_come_to_nothing(town: Town, sign_in, made: uuid.UUID) -> None:
    chosen(town, made)
    client = sign_in(town.anna)
    page = client.get(refuse_page(made, town.garden))
    assert "Deze plek was al gekozen." in readable(page)
    assert "De organisatie krijgt geen bericht over de reden" in readable(page)
    assert "tell_place" not in page.content.decode()
    form = {"reason": "place_sees_no_fit", "tell_place": "on", **SAID}
    page = client.post(refuse_page(made, town.garden), form, follow=True)
    assert "was Moestuin gekozen, maar dat gaat niet door" in readable(page)
    assert Place.objects.get(pk=town.garden).taken == 0


def test_a_place_that_closes_while_the_list_is_open_cannot_be_chosen(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    Place.objects.filter(pk=town.garden).update(closes_on=TALKED)
    client = sign_in(town.anna)
    page = client.get(address("proposal", made))
    assert "Intussen gesloten" in readable(page)
    assert page.content.decode().count('type="radio" name="place"') == 1
    form = {"place": town.garden, "reason": "nearby", "preference": "agrees", "resident_said": "Ja"}
    assert client.post(address("proposal", made), form).status_code == 422


def test_a_place_that_fills_while_the_list_is_open_says_so(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    Place.objects.filter(pk=town.garden).update(is_full=True)
    page = sign_in(town.anna).get(address("proposal", made))
    assert "Intussen vol Deze plek kan nu niet worden gekozen." in readable(page)
    assert page.content.decode().count('type="radio" name="place"') == 1
    chosen(town, made, town.repair)
    answered = readable(sign_in(town.anna).get(address("proposal", made)))
    assert "Intussen vol" not in answered


def test_a_place_refused_on_another_list_says_so_and_has_no_button(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    client = sign_in(town.anna)
    other = list_for(town)
    client.post(refuse_page(other, town.garden), {"reason": "not_ready_yet", **SAID})
    page = client.get(address("proposal", made))
    assert "Geweigerd op" in readable(page)
    assert "De pauze loopt tot" in readable(page)
    assert page.content.decode().count('type="radio" name="place"') == 1
    form = {"place": town.garden, "reason": "nearby", "preference": "agrees", "resident_said": "Ja"}
    answer = client.post(address("proposal", made), form)
    assert answer.status_code == 422
    assert "Deze plek is geweigerd op" in readable(answer)


# --- without matching -----------------------------------------------------------------------------


def test_without_matching_all_places_can_be_filtered_and_chosen_from(town: Town, sign_in) -> None:
    no_matching(town)
    check_jobs(town)
    talk(town.anna, town.roos_file, TALKED)
    client = sign_in(town.anna)
    page = client.get(address("places", town.roos_file.key), follow=True)
    text = readable(page)
    assert "Uw gemeente laat Meedoen geen plekken op volgorde zetten." in text
    assert "3 plekken" in text
    filtered = f"{address('places_all', town.roos_file.key)}?words=Fietsen"
    made = client.post(filtered)
    text = readable(client.get(made["Location"]))
    assert "1 plek om uit te kiezen" in text
    assert "Meedoen heeft ze niet vergeleken" in text
    assert "Past:" not in text
    form = {"place": town.repair, "reason": "nearby", "preference": "agrees", "resident_said": "Ja"}
    assert "/plaatsing/" in client.post(made["Location"], form)["Location"]
    assert newest(town).rule_set == ""


def test_without_matching_no_list_is_ranked(town: Town, sign_in) -> None:
    no_matching(town)
    talk(town.anna, town.roos_file, TALKED)
    sign_in(town.anna).post(address("places", town.roos_file.key), {"travel": "car"})
    assert not Proposal.objects.visible_to(town.system).exists()


def test_nothing_found_makes_no_list(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    nothing = f"{address('places_all', town.roos_file.key)}?words=onvindbaar"
    page = client.post(nothing)
    assert "Geen plek past bij deze keuze." in readable(page)
    assert not Proposal.objects.visible_to(town.system).exists()


# --- wishes ---------------------------------------------------------------------------------------


def test_a_coach_writes_down_a_wish_moves_it_and_drops_it(town: Town, sign_in) -> None:
    client, key = sign_in(town.anna), town.roos_file.key
    for place in (town.garden, town.repair):
        client.post(address("wish", key), {"what": "pick", "place": place})
    client.post(address("wish", key), {"what": "forward", "place": town.repair})
    file = readable(client.get(address("resident", key)))
    assert "Plekken die de inwoner graag wil" in file
    assert file.index("Fietsen maken") < file.index("Moestuin")
    talk(town.anna, town.roos_file, TALKED)
    text = readable(client.get(address("places", key)))
    assert "Opgeschreven op" in text
    client.post(address("wish", key), {"what": "drop", "place": town.repair})
    wishes = place_wishes_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id).wishes
    assert [wish.title for wish in wishes] == ["Moestuin"]


@pytest.mark.parametrize(
    "form",
    [
        {"what": "steal", "place": "1"},
        {"what": "pick", "place": "x"},
        {"what": "pick", "place": "1" * 5_000},
        {"what": "drop", "place": "9" * 20},
        {"what": "pick", "place": "²"},
        {"what": "pick"},
        {},
    ],
    ids=["unknown", "letter", "endless", "too large", "not a digit", "no place", "nothing"],
)
def test_what_is_no_wish_is_not_there(town: Town, sign_in, form) -> None:
    assert sign_in(town.anna).post(address("wish", town.roos_file.key), form).status_code == 404


def test_a_wish_for_nobody_or_for_nothing(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    form = {"what": "pick", "place": "987654"}
    assert client.post(address("wish", NOBODY), form).status_code == 404
    page = client.post(address("wish", town.roos_file.key), form, follow=True)
    assert "Deze plek is er niet (meer)." in readable(page)
