"""Organisations answer what they are asked, and refer people and questions themselves."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.actions import NewOrganisation, enter_organisations
from meedoen.records.referrals.answers import accept, decline, note_seen
from meedoen.records.referrals.course import finish, revoke, start
from meedoen.records.referrals.drafts import Receiver, draft_referral
from meedoen.records.referrals.lists import PAGE
from meedoen.records.referrals.models import Referral
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.queries import received, referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    OrganisationKind,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)
from meedoen.web.shared.referral_answers import receiver_value
from tests.records.placements.desk import taking_part
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    told,
    werkplaats,
)
from tests.town import Town
from tests.web.coach.scenes import readable
from tests.web.partner.scenes import headings_of

ASKED = "Zoekt gezelschap, één middag in de week."
LISTS = reverse("partner:referrals")
WAITING = reverse("partner:waiting")


def page(name: str, key: object) -> str:
    return reverse(f"partner:{name}", args=[key])


def about_sam(town: Town, *receivers: Receiver, **other: Any) -> uuid.UUID:
    """Let Anna refer Sam, and return the key of the referral."""
    return sent(town.anna, new_referral(town.sam.pseudonym_id, receivers, **other))


def new_person(receivers: list[Receiver], **other: Any) -> Any:
    given = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor Verzonnen")}
    return new_referral(None, receivers, **(given | other))


def first_step(**other: Any) -> dict[str, Any]:
    return {"theme": "company", "urgency": "normal", "asked": ASKED} | other


def told_fields(**other: Any) -> dict[str, Any]:
    """Return what is filled in at the third step."""
    today = clock.today().isoformat()
    given = {
        "tell_name_and_phone": "on",
        "name": "Sam",
        "phone": "0612345678",
        "tell_wishes": "on",
        "text_wishes": "Speelt graag kaart.",
        "explanation": "Om te kijken of het past.",
        "legal_task": "social_support",
        "ground": "public_task",
        "told_how": "spoken",
        "told_on": today,
        "agreed_how": "spoken",
        "agreed_on": today,
    }
    return given | other


def newest(town: Town) -> Referral:
    return Referral.objects.visible_to(town.system).latest("pk")


# --- received ------------------------------------------------------------------------------------


def test_petra_finds_who_was_sent_to_her_at_once_and_first(town, sign_in):
    about_sam(town, moestuin(town))
    shown = sign_in(town.petra).get(WAITING)
    assert headings_of(shown)[0] == "Naar u verwezen"
    text = readable(shown)
    for words in ("Sam Nepstra", "Van Team Noord van de gemeente", "Antwoord uiterlijk"):
        assert words in text


def test_what_is_late_says_so_where_it_waits(town, sign_in):
    about_sam(town, moestuin(town))
    with clock.at(clock.now() + timedelta(days=60)):
        text = readable(sign_in(town.petra).get(WAITING))
    assert "Eén is te laat." in text
    assert "Te laat. Antwoord uiterlijk" in text


def test_opening_notes_that_it_was_seen_once_and_who_read_it(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    client = sign_in(town.petra)
    client.head(page("referral_received", ask.key))
    assert row_of(town, key).state == ReferralState.SENT
    client.get(page("referral_received", ask.key))
    client.get(page("referral_received", ask.key))
    whole = referral(town.anna, key=key)
    assert whole.state is ReferralState.SEEN
    assert [step.event for step in whole.steps].count("seen") == 1
    read = Reading.objects.visible_to(town.priya).filter(
        pseudonym_id=town.sam.pseudonym_id,
        page="referral",
        read_by_id=town.petra.membership_id,
    )
    assert read.exists()


def test_petra_says_yes_tells_that_it_began_and_what_came_of_it(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    client, url = sign_in(town.petra), page("referral_received", ask.key)
    text = readable(client.get(url))
    for words in ("Sam Nepstra", "0600000000", "Graag buiten bezig.", "Ja, dit kan"):
        assert words in text
    numbers = re.findall(r' id="([^"]+)"', client.get(url).content.decode())
    assert len(numbers) == len(set(numbers))
    yes = {"part": "accept", "accept-words": "Kom dinsdag langs."}
    assert client.post(url, yes).url == url
    began = {"part": "start", "start-on": clock.today().isoformat(), "start-words": ""}
    assert client.post(url, began).url == url
    over = {
        "part": "outcome",
        "outcome-outcome": "takes_part",
        "outcome-on": clock.today().isoformat(),
        "outcome-words": "Komt elke dinsdag.",
    }
    assert client.post(url, over).url == url
    whole = referral(town.anna, key=key)
    assert (whole.state, whole.outcome) == (ReferralState.DONE, ReferralOutcome.TAKES_PART)
    text = readable(client.get(url))
    assert "Er hoeft hier niets meer te gebeuren." in text
    assert "Doet mee" in text
    assert "Sam" not in text


def test_a_no_asks_why_and_being_full_until_when_and_keeps_what_was_typed(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    client, url = sign_in(town.petra), page("referral_received", ask.key)
    wrong = client.post(url, {"part": "decline", "decline-words": "Bel mij gerust."})
    assert wrong.status_code == 422
    assert "Kies waarom het niet kan." in readable(wrong)
    assert "Bel mij gerust." in readable(wrong)
    full = {"part": "decline", "decline-reason": "full"}
    assert client.post(url, full).status_code == 422
    past = full | {"decline-full_until": in_days(-1).isoformat()}
    assert client.post(url, past).status_code == 422
    assert row_of(town, key).state == ReferralState.SEEN
    right = full | {"decline-full_until": in_days(30).isoformat()}
    assert client.post(url, right).url == url
    (ask,) = asks_of(town, key)
    assert (ask.state, ask.full_until) == (AskState.DECLINED, in_days(30))


def test_a_person_is_sent_on_only_after_it_was_talked_over(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    client, url = sign_in(town.petra), page("referral_received", ask.key)
    onward = {"part": "forward", "forward-to": receiver_value(werkplaats(town))}
    wrong = client.post(url, onward)
    assert wrong.status_code == 422
    assert "Overleg eerst met de inwoner" in readable(wrong)
    assert client.post(url, onward | {"forward-told": "on"}).url == url
    first, second = asks_of(town, key)
    assert (first.state, second.state) == (AskState.FORWARDED, AskState.ASKED)
    assert second.organisation_id == town.otto.organisation_id
    assert "Sam" not in readable(client.get(url))


def test_after_a_yes_it_can_be_given_back(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    client, url = sign_in(town.pia), page("referral_received", ask.key)
    assert client.post(url, {"part": "hand_back"}).status_code == 422
    back = {"part": "hand_back", "hand_back-reason": "no_contact"}
    assert client.post(url, back).url == url
    assert row_of(town, key).state == ReferralState.HANDED_BACK


def test_an_answer_to_what_was_taken_back_meanwhile_changes_nothing(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    revoke(town.anna, key=key, reason=RevokeReason.OTHER_SOLUTION)
    client, url = sign_in(town.petra), page("referral_received", ask.key)
    assert client.post(url, {"part": "accept"}).url == url
    text = readable(client.get(url))
    assert "Dat kan nu niet meer" in text
    assert row_of(town, key).state == ReferralState.REVOKED


@pytest.mark.parametrize("over", ["overtaken", "called_back"])
def test_who_has_nothing_to_do_with_it_any_more_reads_an_outline(town, sign_in, over):
    asked = "Zoekt voor Sammie een plek om met planten te werken."
    key = about_sam(town, moestuin(town), werkplaats(town), asked=asked)
    own = next(
        one for one in asks_of(town, key) if one.organisation_id != town.otto.organisation_id
    )
    other = next(one for one in asks_of(town, key) if one.pk != own.pk)
    client, url = sign_in(town.petra), page("referral_received", own.key)
    assert "met planten te werken" in readable(client.get(url))
    if over == "overtaken":
        accept(town.otto, key=other.key)
    else:
        revoke(town.anna, key=key, reason=RevokeReason.OTHER_SOLUTION)
    for shown in (client.get(url), client.get(f"{LISTS}?lijst=received_over"), client.get(WAITING)):
        text = readable(shown)
        for secret in ("Sam", "planten", "De Werkplaats", "0600000000"):
            assert secret not in text, secret


def test_who_is_named_only_after_a_yes_is_not_named_before(town, sign_in):
    key = about_sam(town, moestuin(town), werkplaats(town))
    own = next(
        one for one in asks_of(town, key) if one.organisation_id != town.otto.organisation_id
    )
    client, url = sign_in(town.petra), page("referral_received", own.key)
    for shown in (client.get(WAITING), client.get(LISTS), client.get(url)):
        assert "Sam" not in readable(shown)
    client.post(url, {"part": "accept", "accept-words": ""})
    for shown in (client.get(WAITING), client.get(LISTS), client.get(url)):
        assert "Sam Nepstra" in readable(shown)


def test_a_colleague_answers_too_and_a_stranger_finds_nothing(town, sign_in):
    key = about_sam(town, moestuin(town))
    (ask,) = asks_of(town, key)
    url = page("referral_received", ask.key)
    for stranger in (town.otto, town.anna, town.roos, town.connie):
        client = sign_in(stranger)
        assert client.get(url).status_code == 404
        assert client.post(url, {"part": "accept"}).status_code == 404
        assert client.get(page("referral", key)).status_code == 404
    # Who only receives it has no page of the sender, and opens nothing of it.
    assert sign_in(town.petra).get(page("referral", key)).status_code == 404
    assert row_of(town, key).state == ReferralState.SENT
    sign_in(town.pia).post(url, {"part": "accept", "accept-words": ""})
    assert row_of(town, key).state == ReferralState.ACCEPTED


def test_what_became_a_placement_leads_there_and_is_told_once(town, sign_in):
    place = Receiver(town.petra.organisation_id, place_id=town.garden)
    key = about_sam(town, place)
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    place_from_referral(town.anna, key=key, text_version="2026-1")
    card = received(town.petra, key=ask.key)
    client, url = sign_in(town.petra), page("referral_received", ask.key)
    shown = client.get(url)
    assert page("person", card.placement_key) in shown.content.decode()
    assert not shown.context["answers"]
    assert "Naar u verwezen" not in headings_of(client.get(WAITING))
    client.post(
        page("start", card.placement_key), {"to": "active", "on": clock.today().isoformat()}
    )
    whole = referral(town.anna, key=key)
    assert (whole.state, whole.outcome) == (ReferralState.DONE, ReferralOutcome.TAKES_PART)


# --- sent ----------------------------------------------------------------------------------------


def test_petra_refers_who_comes_to_her_and_reads_what_came_of_it(town, sign_in):
    placement = taking_part(town, town.sam)
    client = sign_in(town.petra)
    url = page("referral_person", placement)
    assert url in client.get(page("person", placement)).content.decode()
    assert url in client.get(reverse("partner:referral_new")).content.decode()
    answer = client.post(url, first_step())
    key = newest(town).key
    assert answer.url == page("referral_to", key)
    to = {"to": [receiver_value(werkplaats(town))], "step": "save"}
    # Not suggested, so it is looked for first.
    looked = client.post(page("referral_to", key), to | {"step": "look", "words": "werkplaats"})
    assert looked.status_code == 200
    assert client.post(page("referral_to", key), to | {"words": "werkplaats"}).url == page(
        "referral_told", key
    )
    assert client.post(page("referral_told", key), told_fields()).url == page("referral_check", key)
    preview = readable(client.get(page("referral_check", key)))
    for words in (ASKED, "Speelt graag kaart.", "0612345678", "De Moestuin", "De Werkplaats"):
        assert words in preview
    assert client.post(page("referral_check", key)).url == page("referral", key)
    (ask,) = asks_of(town, key)
    assert received(town.otto, key=ask.key).who == "Sam"
    note_seen(town.otto, key=ask.key)
    accept(town.otto, key=ask.key)
    start(town.otto, key=ask.key, on=clock.today())
    finish(
        town.otto,
        key=ask.key,
        on=clock.today(),
        outcome=ReferralOutcome.HELPED,
        words="Is lid geworden.",
    )
    shown = readable(client.get(page("referral", key)))
    for words in ("Gelukt", "Is geholpen", "Is lid geworden.", "De Werkplaats zei ja"):
        assert words in shown


def test_the_file_of_who_comes_there_stays_closed_for_who_refers_and_who_receives(town, sign_in):
    placement = taking_part(town, town.sam)
    client = sign_in(town.petra)
    client.post(page("referral_person", placement), first_step())
    key = newest(town).key
    told_step = client.get(page("referral_told", key))
    form = told_step.context["form"]
    # Nothing may be known of Sam but a first name: nothing else stands there to begin with.
    assert form["name"].value() == "Sam"
    assert not form["phone"].value()
    assert not form["text_wishes"].value()
    steps = [page(f"referral_{name}", key) for name in ("question", "to", "told", "check")]
    for url in (*steps, page("referral", key)):
        text = client.get(url).content.decode()
        for secret in ("Nepstra", "Noord", "WK999001", str(town.sam.key), "in deze wijk"):
            assert secret not in text, (url, secret)


def test_who_has_a_file_has_a_coach_to_ask_and_others_a_team(town, sign_in):
    team = enter_organisations(
        town.system,
        organisations=[NewOrganisation("Sociaal Wijkteam", OrganisationKind.MUNICIPAL_TEAM)],
    )[0]
    placement = taking_part(town, town.sam)
    client = sign_in(town.petra)
    client.post(page("referral_person", placement), first_step())
    key = newest(town).key
    shown = client.get(page("referral_to", key))
    assert [tick.label for tick in shown.context["choice"].municipality] == ["De coach"]
    text = readable(shown)
    assert text.index("De gemeente") < text.index("Sociaal Wijkteam") < text.index("Wie kan dit?")
    to = [receiver_value(Receiver()), receiver_value(Receiver(team))]
    client.post(page("referral_to", key), {"to": to, "step": "save"})
    assert referral(town.petra, key=key).names_after_yes
    client.post(page("referral_told", key), told_fields())
    client.post(page("referral_check", key))
    assert [(ask.organisation_id, ask.team_id) for ask in asks_of(town, key)] == [
        (None, None),
        (team, None),
    ]
    client.post(reverse("partner:referral_new_question"), first_step(theme="debt"))
    choice = client.get(page("referral_to", newest(town).key)).context["choice"]
    assert [tick.label for tick in choice.municipality] == [
        "Team Noord van de gemeente",
        "Team Zuid van de gemeente",
    ]


def test_somebody_new_is_referred_by_name_to_a_team(town, sign_in):
    client = sign_in(town.petra)
    url = reverse("partner:referral_new_person")
    wrong = client.post(url, first_step(phone="0699999999"))
    assert wrong.status_code == 422
    assert "Vul in hoe deze persoon heet." in readable(wrong)
    assert "0699999999" in wrong.content.decode()
    client.post(url, first_step(name="Noor Verzonnen", phone="0699999999"))
    key = newest(town).key
    client.post(
        page("referral_to", key),
        {"to": [receiver_value(Receiver(team_id=town.anna.team_id))], "step": "save"},
    )
    told_step = client.get(page("referral_told", key))
    assert told_step.context["form"]["name"].value() == "Noor Verzonnen"
    fields = told_fields(name="Noor Verzonnen", phone="0699999999")
    del fields["tell_name_and_phone"]
    client.post(page("referral_told", key), fields)
    client.post(page("referral_check", key))
    (ask,) = asks_of(town, key)
    assert received(town.anna, key=ask.key).who == "Noor Verzonnen"
    assert received(town.carla, key=ask.key) is None


def test_a_question_goes_to_several_and_the_first_yes_counts(town, sign_in):
    client = sign_in(town.petra)
    client.post(reverse("partner:referral_new_question"), first_step(theme="participation"))
    key = newest(town).key
    of_place = receiver_value(Receiver(town.otto.organisation_id, place_id=town.repair))
    of_team = receiver_value(Receiver(team_id=town.carla.team_id))
    chosen = {"to": [of_place, of_team], "step": "save"}
    assert client.post(page("referral_to", key), chosen).url == page("referral_check", key)
    assert client.get(page("referral_told", key)).url == page("referral_check", key)
    client.post(page("referral_check", key))
    place, team = asks_of(town, key)
    accept(town.otto, key=place.key)
    assert {ask.state for ask in asks_of(town, key)} == {AskState.ACCEPTED, AskState.OVERTAKEN}
    shown = readable(client.get(page("referral", key)))
    assert "De Werkplaats zei ja" in shown
    assert "Team Zuid van de gemeente" in shown
    assert team.state == AskState.ASKED


def test_who_hears_of_nothing_is_named_before_it_is_sent(town, sign_in):
    [unknown] = enter_organisations(
        town.system, organisations=[NewOrganisation("De Stille", OrganisationKind.ASSOCIATION)]
    )
    receivers = [Receiver(unknown), werkplaats(town)]
    key = draft_referral(town.petra, new=question(receivers))
    text = readable(sign_in(town.petra).get(page("referral_check", key)))
    assert "De Stille heeft geen account en geen mailadres" in text
    assert "Bel zelf, of vraag een ander." in text


def test_mistakes_are_told_all_at_once_and_what_was_typed_stays(town, sign_in):
    placement = taking_part(town, town.sam)
    client = sign_in(town.petra)
    wrong = client.post(
        page("referral_person", placement), first_step(theme="", asked="Heeft een depressie.")
    )
    assert wrong.status_code == 422
    text = readable(wrong)
    assert "Kies waarvoor u verwijst." in text
    assert "depressie" in text
    client.post(page("referral_person", placement), first_step())
    key = newest(town).key
    nobody = client.post(page("referral_to", key), {"step": "save"})
    assert nobody.status_code == 422
    assert "Kies naar wie u verwijst." in readable(nobody)
    fields = told_fields(name=" ", text_wishes="", explanation="", ground="consent", told_on="")
    wrong = client.post(page("referral_told", key), fields)
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {
        "name",
        "text_wishes",
        "explanation",
        "free_choice",
        "told_on",
    }
    assert "0612345678" in wrong.content.decode()
    unready = client.post(page("referral_check", key))
    assert unready.status_code == 422
    assert row_of(town, key).state == ReferralState.DRAFT


def test_another_theme_drops_what_may_not_be_told_there(town, sign_in):
    placement = taking_part(town, town.sam)
    client = sign_in(town.petra)
    client.post(page("referral_person", placement), first_step())
    key = newest(town).key
    client.post(page("referral_told", key), told_fields())
    client.post(page("referral_question", key), first_step(theme="debt"))
    card = referral(town.petra, key=key)
    assert card.theme.value == "debt"
    assert [word.value for word in card.told.what] == ["name_and_phone"]


def test_a_draft_is_kept_taken_up_again_and_thrown_away(town, sign_in):
    key = draft_referral(town.petra, new=question([werkplaats(town)]))
    client = sign_in(town.pia)
    text = readable(client.get(WAITING))
    assert "Uw eigen verwijzingen" in text
    assert "Verder schrijven" in text
    assert client.get(page("referral_check", key)).status_code == 200
    for stranger in (town.otto, town.anna):
        other = sign_in(stranger)
        for name in ("referral", "referral_check", "referral_question", "referral_to"):
            assert other.get(page(name, key)).status_code == 404
    client = sign_in(town.petra)
    assert client.post(page("referral", key), {"part": "discard"}).url == LISTS
    assert row_of(town, key).state == ReferralState.REVOKED


def test_what_was_sent_is_taken_back_and_what_came_back_goes_to_another_or_stops(town, sign_in):
    client = sign_in(town.petra)
    first = sent(town.petra, question([werkplaats(town)]))
    url = page("referral", first)
    assert client.post(url, {"part": "revoke"}).status_code == 422
    assert client.post(url, {"part": "revoke", "revoke-reason": "other_solution"}).url == url
    assert row_of(town, first).state == ReferralState.REVOKED
    second = sent(town.petra, question([werkplaats(town)]))
    (ask,) = asks_of(town, second)
    decline(town.otto, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    text = readable(client.get(WAITING))
    assert "Nee gezegd" in text
    url = page("referral", second)
    assert page("referral_to", second) in client.get(url).content.decode()
    to = {"to": [receiver_value(Receiver(team_id=town.anna.team_id))], "step": "save"}
    client.post(page("referral_to", second), to)
    client.post(page("referral_check", second))
    assert row_of(town, second).round == 2
    # It is with the receiver: nothing can be changed, and nothing be stopped.
    assert client.get(page("referral_to", second)).url == url
    late = client.post(url, {"part": "stop", "stop-outcome": "nobody_can"})
    assert late.url == url
    assert row_of(town, second).state == ReferralState.SENT
    (_, ask) = asks_of(town, second)
    decline(town.anna, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    assert client.post(url, {"part": "stop", "stop-outcome": "nobody_can"}).url == url
    assert row_of(town, second).outcome == ReferralOutcome.NOBODY_CAN


def test_the_sender_sees_every_hop_and_no_other_receiver_does(town, sign_in):
    key = sent(town.petra, new_person([werkplaats(town)]))
    (ask,) = asks_of(town, key)
    client = sign_in(town.otto)
    client.post(
        page("referral_received", ask.key),
        {
            "part": "forward",
            "forward-to": receiver_value(Receiver(team_id=town.anna.team_id)),
            "forward-told": "on",
        },
    )
    text = readable(sign_in(town.petra).get(page("referral", key)))
    assert "De Werkplaats stuurde het door" in text
    assert "doorgestuurd door De Werkplaats" in text
    assert "Noor" not in readable(client.get(page("referral_received", ask.key)))


def test_who_does_not_come_there_any_more_is_not_referred_from_there(town, sign_in):
    placement = taking_part(town, town.sam)
    for stranger in (town.otto, town.anna):
        assert sign_in(stranger).get(page("referral_person", placement)).status_code == 404
    assert sign_in(town.petra).get(page("referral_person", uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("name", ["referrals", "referral_new"])
def test_lists_are_only_looked_at(town, sign_in, name):
    assert sign_in(town.petra).post(reverse(f"partner:{name}")).status_code == 405


# --- lists ---------------------------------------------------------------------------------------


def test_lists_are_chosen_filtered_and_paged_by_the_address(town, sign_in):
    about_sam(town, moestuin(town))
    company = sent(town.anna, question([moestuin(town)]))
    decline(town.petra, key=asks_of(town, company)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    sent(town.petra, question([werkplaats(town)]))
    client = sign_in(town.petra)
    totals = {
        "received": 1,
        "received_over": 1,
        "received_all": 2,
        "open": 1,
        "mine": 0,
        "late": 0,
        "over": 0,
    }
    for which, total in totals.items():
        shown = client.get(LISTS, {"lijst": which})
        assert shown.context["page"].total == total, which
        tabs = [*shown.context["received_tabs"], *shown.context["sent_tabs"]]
        assert [tab.total for tab in tabs] == list(totals.values())
        assert [tab.current for tab in tabs] == [name == which for name in totals]
        if not total:
            assert 'class="meedoen-empty"' in shown.content.decode()
    shown = client.get(LISTS, {"lijst": "received_all", "theme": "company"})
    assert shown.context["page"].total == 1
    assert "theme=company" in shown.context["sent_tabs"][0].query
    assert client.get(LISTS, {"theme": "nothing"}).status_code == 422
    assert client.get(LISTS, {"lijst": "nothing", "page": "x"}).status_code == 200


def test_a_list_asks_the_database_as_often_for_ten_as_for_two_hundred(town, sign_in):
    def asked(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client = sign_in(town.petra)
    urls = [
        WAITING,
        f"{LISTS}?lijst=received",
        f"{LISTS}?lijst=open",
        f"{LISTS}?lijst=received_all",
    ]
    many(town, 10)
    few = [asked(client, url) for url in urls]
    many(town, 190)
    assert [asked(client, url) for url in urls] == few
    assert client.get(urls[1]).context["page"].pages == 200 // PAGE


def many(town: Town, number: int) -> None:
    """Let so many be referred to De Moestuin, and by it."""
    for _ in range(number):
        sent(town.carla, new_person([moestuin(town)]))
        sent(town.petra, question([werkplaats(town)]))
