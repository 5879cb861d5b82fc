"""The pages of a coach about how a placement goes, what comes next, and aftercare."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from meedoen.records.following.aftercare_actions import note_aftercare
from meedoen.records.following.evaluation_actions import hold_evaluation
from meedoen.records.following.models import AftercareContact, Evaluation, NextStepChoice
from meedoen.records.following.next_step_actions import choose_next_step
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import AftercareFinding, HowItGoes, WhatFollows
from tests.records.following.scenes import (
    LAST_DAY,
    new_aftercare,
    new_choice,
    new_evaluation,
    over,
    running,
)
from tests.records.following.test_next_steps import volunteers_at_the_garden
from tests.records.plans.scenes import agreed
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, hidden, on, proposed, readable

NOW = date(2027, 4, 14)
TALKED_OVER = {
    "held_on": "2027-04-12",
    "who": ["resident"],
    "resident_finds": "well",
    "resident_said": "Ik ga met plezier.",
    "partner_finds": "not_asked",
    "partner_said": "",
    "agreed": "",
    "next_on": "",
}
CHOSEN = {
    "follows": "other_place",
    "preference": "wants_this",
    "resident_said": "Ik wil graag verder.",
    "follow_up": "Samen plekken bekijken",
    "follow_up_on": "2027-04-20",
    "seen": "0",
    "plan_version": "0",
}
ASKED = {"done_on": "2027-04-14", "finding": "in_paid_work", "words": "Het bevalt goed."}


def rows(model, town: Town):
    return model.objects.visible_to(town.system).order_by("pk")


# --- how it goes ---------------------------------------------------------------------------------


def test_an_evaluation_is_written_down_and_stands_on_the_placement(town: Town, sign_in):
    key = running(town)
    with on(NOW):
        client = sign_in(town.anna)
        page = client.get(address("evaluation", key))
        assert "checked" not in page.content.decode()
        answer = client.post(address("evaluation", key), TALKED_OVER, follow=True)
    text = readable(answer)
    assert "De evaluatie is opgeschreven." in text
    assert "Volgens de inwoner: Goed “ Ik ga met plezier. ”" in text
    assert "Volgens de organisatie: Niet gevraagd" in text
    assert "U bespreekt dit weer samen op 12 oktober 2027." in text
    with on(date(2027, 10, 13)):
        late = sign_in(town.anna).get(address("placement", key))
    assert "U zou dit samen bespreken op 12 oktober 2027." in readable(late)


def test_an_evaluation_with_mistakes_keeps_what_was_typed(town: Town, sign_in):
    key = running(town)
    wrong = {**TALKED_OVER, "held_on": "2999-01-01", "resident_finds": "", "who": []}
    with on(NOW):
        page = sign_in(town.anna).post(address("evaluation", key), wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"held_on", "resident_finds", "who"}
    assert "Ik ga met plezier." in readable(page)
    assert not rows(Evaluation, town).exists()


def test_what_the_action_refuses_stands_above_the_form(town: Town, sign_in):
    key = running(town)
    with on(NOW):
        page = sign_in(town.anna).post(
            address("evaluation", key), {**TALKED_OVER, "held_on": "2027-01-03"}
        )
    assert page.status_code == 422
    assert "De datum ligt voor 04-01-2027." in readable(page)


def test_an_evaluation_is_corrected_from_what_stands_there(town: Town, sign_in):
    key = running(town)
    with on(NOW):
        said = hold_evaluation(town.anna, new=new_evaluation(key, date(2027, 4, 12)))
        client = sign_in(town.bram)
        page = client.get(address("evaluation_correct", said))
        assert 'value="2027-04-12"' in page.content.decode()
        assert "Komt soms te laat." in readable(page)
        answer = client.post(
            address("evaluation_correct", said),
            {**TALKED_OVER, "resident_finds": "badly"},
            follow=True,
        )
        again = client.get(address("evaluation_correct", said))
    assert "Niet goed" in readable(answer)
    assert "verbeterd" in readable(answer)
    assert rows(Evaluation, town).last().resident_finds == HowItGoes.BADLY
    # What was replaced can no longer be corrected: the newer one can.
    assert again.status_code == 404


def test_a_proposal_has_nothing_to_look_back_on(town: Town, sign_in):
    key = proposed(town)
    answer = sign_in(town.anna).get(address("evaluation", key), follow=True)
    assert "Deze plaatsing is nog niet begonnen." in readable(answer)
    assert "Evaluatie opschrijven" not in readable(answer)


# --- what comes next -----------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_the_last_day_stands_there(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        page = sign_in(town.anna).get(address("what_follows", key))
    assert "checked" not in page.content.decode()
    text = readable(page)
    assert "De afgesproken laatste dag is 30 juni 2027." in text
    assert "Er is nog niet gekozen wat hierna komt." in text
    for option in ("Een andere plek", "Lichtere begeleiding", "Een opleiding of cursus"):
        assert option in text
    assert "Vrijwilligerswerk bij De Werkplaats: ik vraag of dat kan" in text


def test_another_place_leads_to_looking_for_it(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        client = sign_in(town.anna)
        answer = client.post(address("what_follows", key), CHOSEN)
        assert answer.url == address("places", town.roos_file.key)
        text = readable(client.get(address("placement", key)))
    assert "Wil dit graag: “ Ik wil graag verder. ”" in text
    assert "20 april 2027: Samen plekken bekijken" in text
    assert "Iets anders kiezen" in text


def test_a_volunteer_place_there_is_one_of_the_options_and_is_proposed(town: Town, sign_in):
    key = running(town, place_id=town.garden, last_day=LAST_DAY)
    place_id = volunteers_at_the_garden(town)
    with on(NOW):
        client = sign_in(town.anna)
        page = client.get(address("what_follows", key))
        assert "Vrijwilligerswerk op de plek Tuinvrijwilliger (1 plaats vrij)" in readable(page)
        form = {**CHOSEN, "follows": f"volunteer_same_place:{place_id}"}
        answer = client.post(address("what_follows", key), form, follow=True)
    assert "De plaatsing die is voorgesteld" in readable(answer)
    assert Placement.objects.visible_to(town.system).filter(place_id=place_id).count() == 1


def test_it_can_stand_in_the_plan(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    agreed(town)
    with on(NOW):
        client = sign_in(town.anna)
        page = client.get(address("what_follows", key))
        assert "checked" not in page.content.decode()
        nowhere = client.post(address("what_follows", key), CHOSEN)
        assert set(nowhere.context["form"].errors) == {"goal"}
        [goal_id, _words] = page.context["form"].fields["goal"].choices[1]
        form = {
            **CHOSEN,
            "follows": "training",
            "goal": goal_id,
            "plan_version": hidden(page, "plan_version"),
        }
        answer = client.post(address("what_follows", key), form)
        assert answer.url == address("placement", key)
        plan = readable(client.get(address("plan", town.roos_file.key)))
    assert "Samen plekken bekijken" in plan


def test_a_choice_with_mistakes_keeps_what_was_typed(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    wrong = {**CHOSEN, "preference": "", "resident_said": "", "follow_up_on": "2027-04-01"}
    with on(NOW):
        page = sign_in(town.anna).post(address("what_follows", key), wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"preference", "resident_said", "follow_up_on"}
    assert "Samen plekken bekijken" in page.content.decode()
    assert not rows(NextStepChoice, town).exists()


def test_what_is_done_about_it_is_asked_for_unless_it_is_only_aftercare(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    nothing = {**CHOSEN, "follow_up": "", "follow_up_on": ""}
    with on(NOW):
        client = sign_in(town.anna)
        page = client.post(address("what_follows", key), nothing)
        assert set(page.context["form"].errors) == {"follow_up", "follow_up_on"}
        only = {**nothing, "follows": "aftercare_only"}
        assert client.post(address("what_follows", key), only).status_code == 302
    assert rows(NextStepChoice, town).get().follows == WhatFollows.AFTERCARE_ONLY


def test_a_place_that_nobody_offered_is_no_choice(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    for code in (f"volunteer_same_place:{town.garden}", "volunteer_same_place:x", "nonsense"):
        with on(NOW):
            page = sign_in(town.anna).post(
                address("what_follows", key), {**CHOSEN, "follows": code}
            )
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"follows"}


def test_what_a_colleague_chose_meanwhile_is_told_and_then_seen(town: Town, sign_in):
    key = running(town, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(
            town.bram, new=new_choice(key, follows=WhatFollows.TRAINING, follow_up_on=NOW)
        )
        client = sign_in(town.anna)
        page = client.post(address("what_follows", key), CHOSEN)
        assert page.status_code == 422
        assert "Een collega koos intussen wat hierna komt." in readable(page)
        again = {**CHOSEN, "seen": hidden(page, "seen")}
        assert client.post(address("what_follows", key), again).status_code == 302
    newest = rows(NextStepChoice, town).last()
    assert newest.follows == WhatFollows.OTHER_PLACE


def test_without_a_last_day_the_page_says_what_to_do_first(town: Town, sign_in):
    key = running(town)
    with on(NOW):
        page = sign_in(town.anna).get(address("what_follows", key))
    assert "Spreek die eerst af" in readable(page)
    assert address("placement_planned_end", key) in page.content.decode()


def test_what_does_not_run_has_nothing_to_choose(town: Town, sign_in):
    key = over(town)
    with on(NOW):
        answer = sign_in(town.anna).get(address("what_follows", key), follow=True)
    assert "deze plaatsing loopt niet" in readable(answer)


# --- aftercare -----------------------------------------------------------------------------------


def test_aftercare_is_planned_at_the_end_and_written_down(town: Town, sign_in):
    key = over(town)
    with on(NOW):
        client = sign_in(town.anna)
        text = readable(client.get(address("placement", key)))
        assert "Vraag op 14 april 2027 hoe het gaat." in text
        assert "checked" not in client.get(address("aftercare", key)).content.decode()
        answer = client.post(address("aftercare", key), ASKED, follow=True)
    text = readable(answer)
    assert "Heeft betaald werk “ Het bevalt goed. ”" in text
    assert "Vraag op 30 juni 2027 hoe het gaat." in text


def test_who_fell_back_asks_for_a_next_step(town: Town, sign_in):
    key = over(town)
    with on(NOW):
        answer = sign_in(town.anna).post(
            address("aftercare", key), {**ASKED, "finding": "fell_back"}, follow=True
        )
    assert "Plan meteen een volgende stap met deze inwoner." in readable(answer)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"finding": ""}, {"finding"}),
        ({"done_on": "2999-01-01", "words": "x" * 501}, {"done_on", "words"}),
        ({"done_on": "2027-03-31"}, {"__all__"}),
    ],
)
def test_aftercare_with_mistakes_keeps_what_was_typed(town: Town, sign_in, changes, wrong):
    key = over(town)
    with on(NOW):
        page = sign_in(town.anna).post(address("aftercare", key), {**ASKED, **changes})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["words"].value() == {**ASKED, **changes}["words"]
    assert not rows(AftercareContact, town).exists()


def test_aftercare_is_corrected_from_what_stands_there(town: Town, sign_in):
    key = over(town)
    with on(NOW):
        said = note_aftercare(town.anna, new=new_aftercare(key, NOW))
        client = sign_in(town.bram)
        page = client.get(address("aftercare_correct", said))
        assert "Het bevalt goed." in readable(page)
        form = {**ASKED, "finding": "fell_back"}
        assert client.post(address("aftercare_correct", said), form).status_code == 302
    assert rows(AftercareContact, town).last().finding == AftercareFinding.FELL_BACK


def test_what_runs_has_no_aftercare(town: Town, sign_in):
    key = running(town)
    with on(NOW):
        answer = sign_in(town.anna).get(address("aftercare", key), follow=True)
    assert "Bij deze plaatsing hoort geen nazorg." in readable(answer)


# --- who may see it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [("evaluation", TALKED_OVER), ("what_follows", CHOSEN), ("aftercare", ASKED)],
)
def test_a_stranger_finds_nothing_there(town: Town, sign_in, name, form):
    key = over(town) if name == "aftercare" else running(town, last_day=LAST_DAY)
    with on(NOW):
        for stranger in (town.carla, town.vera, town.otto, town.roos, town.connie):
            client = sign_in(stranger)
            assert client.get(address(name, key)).status_code == 404
            assert client.post(address(name, key), form).status_code == 404
        assert sign_in(town.anna).get(address(name, NOBODY)).status_code == 404
    for model in (Evaluation, NextStepChoice, AftercareContact):
        assert not rows(model, town).exists()


@pytest.mark.parametrize("name", ["evaluation_correct", "aftercare_correct"])
def test_what_is_not_there_cannot_be_corrected(town: Town, sign_in, name):
    assert sign_in(town.anna).get(address(name, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("name", ["evaluation", "what_follows", "aftercare"])
def test_another_way_of_asking_is_refused(town: Town, sign_in, name):
    key = running(town)
    assert sign_in(town.anna).put(address(name, key)).status_code == 405


# --- the resident --------------------------------------------------------------------------------


def test_the_resident_sees_the_own_next_step_on_my_path_and_nobody_elses(town: Town, sign_in):
    key = running(town, started=date(2027, 3, 22), last_day=LAST_DAY)
    other = running(town, town.sam, place_id=town.garden, last_day=LAST_DAY)
    with on(NOW):
        choose_next_step(town.anna, new=new_choice(key, follow_up_on=NOW))
        choose_next_step(
            town.anna, new=new_choice(other, resident_said="Van Sam.", follow_up_on=NOW)
        )
        text = readable(sign_in(town.roos).get(reverse("resident:path")))
    assert "Rond 3 mei 2027 bespreekt u met uw coach hoe het gaat." in text
    assert "Uw laatste dag is 30 juni 2027." in text
    assert "Wat hierna komt: Een andere plek." in text
    assert "Ik wil graag verder." in text
    assert "Van Sam." not in text


# --- the organisation ----------------------------------------------------------------------------


def test_the_organisation_sees_only_when_it_is_talked_over(town: Town, sign_in):
    key = running(town)
    where = reverse("partner:person", args=[key])
    with on(NOW):
        hold_evaluation(
            town.anna, new=new_evaluation(key, date(2027, 4, 12), next_on=date(2027, 5, 10))
        )
        text = readable(sign_in(town.otto).get(where))
        assert sign_in(town.petra).get(where).status_code == 404
    assert "De coach bespreekt met u hoe het gaat rond 10 mei 2027" in text
    assert "Ik ga met plezier." not in text
    assert "Begint een half uur later." not in text
    with on(date(2027, 5, 11)):
        text = readable(sign_in(town.otto).get(where))
    assert "De coach bespreekt met u" not in text
