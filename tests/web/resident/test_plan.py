"""The resident reads and answers the own plan."""

from datetime import date

import pytest
from django.urls import reverse

from meedoen.records.plans.actions import end_plan
from meedoen.records.plans.part_actions import add_goal
from meedoen.rules.vocabulary import ActionState, ObtainedHow
from tests.records.plans.scenes import AGREED, SAID, agreed, card, drafted
from tests.town import Town
from tests.web.coach.scenes import on, readable

PLAN = "/mijn/plan/"


def mark(client, action_id: int, state: str):
    return client.post(
        reverse("resident:plan_action", args=[action_id]), {"state": state}, follow=True
    )


def agree(client, key, **form):
    """Send the form with which a resident agrees."""
    sent = {"plan": str(key), "version": 1, "said": "Mooi plan.", **form}
    return client.post(reverse("resident:plan_agree"), sent, follow=True)


def test_without_a_plan_the_page_says_what_to_do(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    assert "U hebt nu geen plan." in readable(client.get(PLAN))
    for name in ("plan_pdf", "plan_print"):
        assert client.get(reverse(f"resident:{name}")).status_code == 404
    assert client.post(reverse("resident:plan_agree"), {"version": 1}).status_code == 404


def test_the_own_plan_speaks_to_the_resident(town: Town, sign_in) -> None:
    agreed(town)
    text = readable(sign_in(town.roos).get(PLAN))
    assert "Ik wil vaker de deur uit en mensen ontmoeten." in text
    assert "U zei:" in text
    assert SAID in text
    assert "Uw coach · voor" in text
    assert "De inwoner" not in text
    assert "te laat" not in text


def test_the_plan_of_someone_else_is_not_there(town: Town, sign_in) -> None:
    key = drafted(town, person=town.sam, template="language")
    client = sign_in(town.roos)
    assert "Nederlands spreken" not in readable(client.get(PLAN))
    action = card(town, key).goals[0].actions[0]
    assert mark(client, action.action_id, "done").status_code == 404
    assert card(town, key).goals[0].actions[0].state is ActionState.TO_DO


def test_a_resident_agrees_in_the_own_words(town: Town, sign_in) -> None:
    key, client = drafted(town, template="first_steps"), sign_in(town.roos)
    text = readable(client.get(PLAN))
    assert "Bent u het eens met dit plan?" in text
    page = agree(client, key)
    assert "Dank u wel." in readable(page)
    assert "Bent u het eens" not in readable(page)
    (kept,) = card(town, key).agreements
    assert (kept.how, kept.resident_said) == (ObtainedHow.SIGNED_IN, "Mooi plan.")
    assert agree(client, key).status_code == 200, "the button was pressed twice"
    assert len(card(town, key).agreements) == 1


def test_other_words_about_a_plan_that_is_agreed_on_come_back(town: Town, sign_in) -> None:
    key = agreed(town)
    page = agree(sign_in(town.roos), key, said="Ik twijfel toch.")
    assert page.status_code == 422
    assert "Dit plan is al afgesproken." in readable(page)
    assert "Ik twijfel toch." in readable(page)
    assert [one.resident_said for one in card(town, key).agreements] == [SAID]


def test_words_about_a_plan_that_was_just_ended_come_back(town: Town, sign_in) -> None:
    key = drafted(town, template="first_steps")
    end_plan(town.anna, key=key, ended_on=AGREED, reason="U bent verhuisd.")
    page = agree(sign_in(town.roos), key)
    assert page.status_code == 422
    assert "Uw coach heeft dit plan gestopt." in readable(page)
    assert page.context["form"]["said"].value() == "Mooi plan."
    assert "Mooi plan." in readable(page)
    assert not card(town, key).agreements


def test_a_resident_does_not_agree_with_another_plan_than_was_shown(town: Town, sign_in) -> None:
    """A new plan has the same version as the one on the screen, and other words."""
    key = drafted(town, template="first_steps")
    end_plan(town.anna, key=key, ended_on=AGREED, reason="Anders.")
    other = drafted(town, template="language")
    client = sign_in(town.roos)
    page = agree(client, key)
    assert page.status_code == 422
    assert "Uw coach heeft het plan net veranderd." in readable(page)
    assert not card(town, other).agreements
    form = page.context["form"]
    assert agree(client, form["plan"].value(), version=form["version"].value()).status_code == 200
    assert len(card(town, other).agreements) == 1


def test_a_resident_does_not_agree_for_someone_else(town: Town, sign_in) -> None:
    of_sam = drafted(town, person=town.sam, template="language")
    drafted(town, template="first_steps")
    page = agree(sign_in(town.roos), of_sam)
    assert page.status_code == 422
    assert "Nederlands spreken" not in readable(page)
    assert not card(town, of_sam).agreements


def test_a_plan_that_changed_meanwhile_is_read_again(town: Town, sign_in) -> None:
    key = drafted(town, template="first_steps")
    add_goal(town.anna, key=key, version=1, words="Ik wil fietsen.")
    client = sign_in(town.roos)
    page = agree(client, key)
    text = readable(page)
    assert page.status_code == 422
    assert "Uw coach heeft het plan net veranderd." in text
    assert "Ik wil fietsen." in text
    assert page.context["form"]["said"].value() == "Mooi plan."
    assert not card(town, key).agreements
    version = page.context["form"]["version"].value()
    agree(client, key, version=version)
    assert len(card(town, key).agreements) == 1


@pytest.mark.parametrize(
    "form", [{"version": ""}, {"plan": ""}, {"plan": "x"}, {"version": "x"}, {"said": "x" * 501}]
)
def test_an_answer_that_cannot_be_is_refused(town: Town, sign_in, form: dict) -> None:
    key = drafted(town, template="first_steps")
    page = agree(sign_in(town.roos), key, **form)
    assert page.status_code == 422
    assert not card(town, key).agreements


def test_an_own_action_is_marked_and_others_are_not(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.roos)
    own, of_coach, *_rest = card(town, key).goals[0].actions
    with on(date(2026, 3, 20)):
        mark(client, own.action_id, "done")
    assert card(town, key).goals[0].actions[0].done_on == date(2026, 3, 20)
    assert "Deze actie doet iemand anders." in readable(mark(client, of_coach.action_id, "done"))
    assert "Praat erover met uw coach." in readable(mark(client, own.action_id, "dropped"))
    assert "Kies hoe ver u bent." in readable(mark(client, own.action_id, "?"))
    assert "niet voor u" in readable(mark(client, 999_999, "done"))


def test_asking_for_an_answer_is_not_giving_one(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.roos)
    own = card(town, key).goals[0].actions[0]
    assert client.get(reverse("resident:plan_agree")).status_code == 405
    assert client.get(reverse("resident:plan_action", args=[own.action_id])).status_code == 405
    assert client.post(PLAN).status_code == 405


def test_an_earlier_plan_stays_readable(town: Town, sign_in) -> None:
    key = agreed(town)
    end_plan(town.anna, key=key, ended_on=AGREED, reason="U bent verhuisd.")
    text = readable(sign_in(town.roos).get(PLAN))
    assert "U hebt nu geen plan." in text
    assert "Plan van 2 maart 2026 tot en met 9 maart 2026" in text
    assert "U bent verhuisd." in text


def test_the_own_plan_on_paper(town: Town, sign_in) -> None:
    agreed(town)
    client = sign_in(town.roos)
    assert "Ik wil vaker de deur uit" in readable(client.get(reverse("resident:plan_print")))
    pdf = client.get(reverse("resident:plan_pdf"))
    assert pdf["Content-Disposition"] == 'attachment; filename="plan-van-aanpak.pdf"'
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["anna", "petra", "connie"])
def test_nobody_else_answers_for_a_resident(town: Town, sign_in, name: str) -> None:
    agreed(town)
    client = sign_in(getattr(town, name))
    for page in ("plan", "plan_pdf", "plan_print"):
        assert client.get(reverse(f"resident:{page}")).status_code == 404
    assert client.post(reverse("resident:plan_agree"), {"version": 1}).status_code == 404
