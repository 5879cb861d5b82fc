"""Coaches refer residents, ask questions without a person, and answer what they are asked."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.directory.finding import make_missing_findable
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import propose
from meedoen.records.referrals.answers import accept, decline, note_seen
from meedoen.records.referrals.course import finish, revoke, start
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.ending import end_referrals_of
from meedoen.records.referrals.models import Ask, Referral
from meedoen.records.referrals.queries import received, referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Shared,
    Theme,
)
from meedoen.web.coach.views import referrals as referrals_views
from meedoen.web.shared.referral_answers import receiver_value
from meedoen.web.shared.referral_told import Reads, reads_as_receiver
from tests.records.referrals.scenes import (
    WISHES,
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
from tests.town import Town, talk
from tests.web.coach.scenes import on, readable
from tests.web.coach.test_exporting import csv_lines

ASKED = "Wil graag met planten werken, twee ochtenden in de week."
LISTS = reverse("coach:referrals")
FILE = reverse("coach:referrals_export")


def page(name: str, key: object) -> str:
    return reverse(f"coach:{name}", args=[key])


def begin(client: Client, town: Town, **other: Any) -> uuid.UUID:
    """Write what is asked about Sam, and return the key of the draft."""
    sent_fields = {"theme": "participation", "urgency": "soon", "asked": ASKED}
    client.post(page("referral_person", town.sam.key), sent_fields | other)
    return Referral.objects.visible_to(town.system).latest("pk").key


def told_fields(**other: Any) -> dict[str, Any]:
    """Return what is filled in at the third step."""
    today = clock.today().isoformat()
    given = {
        "tell_name_and_phone": "on",
        "tell_wishes": "on",
        "text_wishes": "Werkt graag buiten.",
        "explanation": "Om te kijken of het past.",
        "legal_task": "participation",
        "ground": "public_task",
        "told_how": "spoken",
        "told_on": today,
        "agreed_how": "spoken",
        "agreed_on": today,
    }
    return given | other


def place_of(town: Town, number: int) -> Receiver:
    place = Place.objects.get(pk=number)
    return Receiver(organisation_id=place.organisation_id, place_id=place.pk)


def test_a_coach_refers_somebody_in_four_steps_and_reads_what_came_of_it(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    to = client.get(page("referral_to", key))
    garden = receiver_value(place_of(town, town.garden))
    assert garden in [tick.value for one in to.context["choice"].suggested for tick in one.ticks]
    answer = client.post(page("referral_to", key), {"to": [garden], "step": "save"})
    assert answer.url == page("referral_told", key)
    assert client.post(page("referral_told", key), told_fields()).url == page("referral_check", key)
    preview = readable(client.get(page("referral_check", key)))
    for text in (ASKED, "Werkt graag buiten.", "Sam Nepstra", "Moestuin", "Snel"):
        assert text in preview
    assert client.post(page("referral_check", key)).url == page("referral", key)
    (ask,) = asks_of(town, key)
    assert (ask.organisation_id, ask.place_id) == (town.petra.organisation_id, town.garden)
    note_seen(town.petra, key=ask.key)
    assert received(town.petra, key=ask.key).told.facts[0][1] == "Werkt graag buiten."
    accept(town.petra, key=ask.key)
    start(town.petra, key=ask.key, on=clock.today())
    finish(
        town.petra,
        key=ask.key,
        on=clock.today(),
        outcome=ReferralOutcome.TAKES_PART,
        words="Komt elke dinsdag.",
    )
    shown = readable(client.get(page("referral", key)))
    for text in ("Gelukt", "Doet mee", "Komt elke dinsdag.", "De Moestuin zei ja"):
        assert text in shown


def test_what_the_file_says_stands_there_to_begin_with_and_only_what_is_proposed_is_ticked(
    town, sign_in
):
    talk(town.anna, town.sam, clock.today())
    client = sign_in(town.anna)
    key = begin(client, town)
    form = client.get(page("referral_told", key)).context["form"]
    assert "maandag" in form["text_times"].value()
    assert form["tell_times"].value() is True
    assert form["tell_name_and_phone"].value() is True
    assert form["tell_language_level"].value() is False
    assert "tell_plan" not in form.fields


def test_a_draft_can_be_left_and_taken_up_again_and_says_what_is_missing(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    assert "Kies naar wie u verwijst." in readable(client.get(page("referral_check", key)))
    refused = client.post(page("referral_check", key))
    assert refused.status_code == 422
    assert "Kies naar wie u verwijst." in readable(refused)
    assert not asks_of(town, key)
    mine = client.get(LISTS, {"lijst": "mine"})
    assert [line.card.key for line in mine.context["lines"]] == [key]
    client.post(
        page("referral_question", key),
        {"theme": "company", "urgency": "normal", "asked": "Koffie."},
    )
    assert (row_of(town, key).theme, row_of(town, key).asked) == (Theme.COMPANY, "Koffie.")
    assert client.post(page("referral", key), {"part": "discard"}).url == page(
        "resident", town.sam.key
    )
    assert row_of(town, key).state == ReferralState.REVOKED


def test_the_same_form_twice_is_one_referral(town, sign_in):
    client = sign_in(town.anna)
    same = uuid.uuid4()
    assert begin(client, town, key=same) == begin(client, town, key=same) == same


def test_who_asks_several_tells_the_name_only_after_a_yes_and_sees_both_beforehand(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    both = [receiver_value(moestuin(town)), receiver_value(werkplaats(town))]
    client.post(page("referral_to", key), {"to": both, "step": "save"})
    client.post(page("referral_told", key), told_fields())
    [(_place, before, after)] = client.get(page("referral_check", key)).context["previews"]
    client.post(page("referral_check", key))
    first, second = asks_of(town, key)
    assert reads(town.petra, first) == before
    assert "Sam Nepstra" not in str(before)
    accept(town.petra, key=first.key)
    assert reads(town.petra, first) == after
    assert "Sam Nepstra" in str(after)
    assert "Sam Nepstra" not in str(reads(town.otto, second))
    assert "Een ander zei eerder ja" in readable(client.get(page("referral", key)))


def reads(viewer: Viewer, ask: Ask) -> Reads:
    return reads_as_receiver(received(viewer, key=ask.key))


def test_what_one_receiver_will_read_is_exactly_what_it_reads(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    garden = receiver_value(place_of(town, town.garden))
    client.post(page("referral_to", key), {"to": [garden], "step": "save"})
    client.post(page("referral_told", key), told_fields())
    [(_place, before, after)] = client.get(page("referral_check", key)).context["previews"]
    assert after is None
    client.post(page("referral_check", key))
    (ask,) = asks_of(town, key)
    assert reads(town.petra, ask) == before


@pytest.mark.parametrize(
    ("step", "given", "sentence"),
    [
        ("referral_question", {"asked": ""}, "Schrijf op wat u vraagt."),
        ("referral_question", {"asked": "Heeft een depressie."}, "AVG, artikel 9"),
        ("referral_to", {"to": []}, "Kies naar wie u verwijst."),
        ("referral_to", {"to": ["999999--"]}, "Kies iemand uit de lijst."),
        ("referral_to", {"to": ["rommel"]}, "Kies iemand uit de lijst."),
        ("referral_told", {"text_wishes": ""}, "Schrijf op wat u hierover vertelt"),
        ("referral_told", {"explanation": ""}, "Schrijf op waarom dit nodig is."),
        ("referral_told", {"ground": "consent"}, "echt vrij kan kiezen"),
        ("referral_told", {"told_on": ""}, "Vul de dag in."),
        ("referral_told", {"agreed_on": "2099-01-01"}, "De datum ligt in de toekomst."),
        ("referral_told", {"text_wishes": "x" * 301}, "300"),
    ],
)
def test_a_step_with_a_mistake_says_so_and_keeps_what_was_typed(
    town, sign_in, step, given, sentence
):
    client = sign_in(town.anna)
    key = begin(client, town)
    right = {
        "referral_question": {"theme": "work", "urgency": "urgent", "asked": ASKED},
        "referral_to": {"words": "werkplaats", "step": "save"},
        "referral_told": told_fields(explanation="Om te kijken of het past."),
    }
    answer = client.post(page(step, key), right[step] | given)
    assert answer.status_code == 422
    assert sentence in readable(answer)
    form = answer.context["form"]
    typed = {name: value for name, value in (right[step] | given).items() if value != "on"}
    for name in typed.keys() & form.fields.keys() - {"to"}:
        assert form[name].value() == typed[name]
    assert row_of(town, key).theme == Theme.PARTICIPATION


def test_who_agreed_with_one_thing_is_asked_again_when_it_becomes_another(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    client.post(page("referral_to", key), {"to": [receiver_value(moestuin(town))], "step": "save"})
    client.post(page("referral_told", key), told_fields())
    other_words = {"theme": "participation", "urgency": "soon", "asked": "Wil graag koken."}
    client.post(page("referral_question", key), other_words)
    assert client.get(page("referral_check", key)).context["missing"] == []
    client.post(page("referral_question", key), other_words | {"theme": "company"})
    refused = client.post(page("referral_check", key))
    assert refused.status_code == 422
    assert len(refused.context["missing"]) == 2
    assert not asks_of(town, key)


def test_an_organisation_is_asked_once_and_not_for_two_of_its_places(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    twice = [receiver_value(moestuin(town)), receiver_value(place_of(town, town.garden))]
    answer = client.post(page("referral_to", key), {"to": twice, "step": "save"})
    assert answer.status_code == 422
    assert "U koos een organisatie twee keer" in readable(answer)


def test_an_organisation_and_a_team_at_once_is_nobody_that_can_be_asked(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town)
    both = Receiver(organisation_id=town.petra.organisation_id, team_id=town.carla.team_id)
    answer = client.post(page("referral_to", key), {"to": [receiver_value(both)], "step": "save"})
    assert answer.status_code == 422
    assert "Kies iemand uit de lijst." in readable(answer)
    with pytest.raises(ActionRefusedError, match="Kies iemand uit de lijst"):
        sent(town.anna, new_referral(town.sam.pseudonym_id, [both]))


def test_who_was_not_suggested_is_found_by_name_and_what_was_ticked_stays(town, sign_in):
    make_missing_findable(town.system)
    client = sign_in(town.anna)
    key = begin(client, town, theme="debt")
    first = client.get(page("referral_to", key))
    assert not first.context["choice"].receivers
    looked = client.post(
        page("referral_to", key),
        {"to": [receiver_value(moestuin(town))], "words": "werkplaats", "step": "look"},
    )
    assert looked.status_code == 200
    assert looked.context["choice"].receivers == [
        receiver_value(moestuin(town)),
        receiver_value(werkplaats(town)),
    ]
    assert looked.context["chosen"] == {receiver_value(moestuin(town))}
    assert row_of(town, key).wanted == []


def test_what_came_back_is_sent_to_another_without_typing_anything_again(town, sign_in):
    client = sign_in(town.anna)
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (first,) = asks_of(town, key)
    decline(town.petra, key=first.key, reason=DeclineReason.NOT_OUR_WORK)
    detail = readable(client.get(page("referral", key)))
    assert "Vraag iemand anders" in detail
    assert "wij doen dit niet" in detail
    choice = client.get(page("referral_to", key)).context["choice"]
    assert [line for line in choice.left_out if line.startswith("De Moestuin: wij doen dit niet")]
    client.post(
        page("referral_to", key), {"to": [receiver_value(werkplaats(town))], "step": "save"}
    )
    client.post(page("referral_check", key))
    second = asks_of(town, key)[-1]
    assert dict(received(town.otto, key=second.key).told.facts)[Shared.WISHES] == WISHES
    assert received(town.otto, key=second.key).who == "Sam Nepstra"


def test_a_coach_stops_what_came_back_and_takes_back_what_waits(town, sign_in):
    client = sign_in(town.anna)
    waits = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    nothing = client.post(page("referral", waits), {"part": "revoke"})
    assert nothing.status_code == 422
    assert "Kies waarom u de verwijzing terugneemt." in readable(nothing)
    # No page of a receiver has these words.
    assert "De afzender en de inwoner lezen dit." in readable(nothing)
    client.post(page("referral", waits), {"part": "revoke", "revoke-reason": "other_solution"})
    assert row_of(town, waits).state == ReferralState.REVOKED
    back = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    (ask,) = asks_of(town, back)
    decline(town.otto, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    client.post(page("referral", back), {"part": "stop", "stop-outcome": "nobody_can"})
    assert row_of(town, back).outcome == ReferralOutcome.NOBODY_CAN
    late = client.post(page("referral", back), {"part": "revoke"}, follow=True)
    assert "Dat kan nu niet meer" in readable(late)


def test_an_answer_by_phone_is_noted_and_becomes_a_placement_with_one_click(town, sign_in):
    client = sign_in(town.anna)
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [place_of(town, town.repair)]))
    (ask,) = asks_of(town, key)
    shown = client.get(page("referral_received", ask.key))
    assert "Belde De Werkplaats met een antwoord?" in readable(shown)
    # Noting what somebody said is not that they opened it.
    assert asks_of(town, key)[0].state == AskState.ASKED
    answer = client.post(
        page("referral_received", ask.key), {"part": "accept", "accept-words": "Kom dinsdag."}
    )
    assert answer.url == page("referral", key)
    assert "Anna Testema" in readable(client.get(answer.url))
    placed = client.post(page("referral", key), {"part": "place"})
    made = Placement.objects.visible_to(town.system).get(pseudonym_id=town.sam.pseudonym_id)
    assert placed.url == page("placement", made.key)
    assert made.place_id == town.repair
    shown = client.get(page("referral", key))
    assert "Naar de plaatsing die hieruit kwam" in readable(shown)
    # The placement tells what comes of it: here nothing is stopped or noted beside it.
    assert not shown.context["parts"]
    assert not shown.context["asks"][0].may_be_noted
    assert not client.get(page("referral_received", ask.key)).context["answers"]


def test_a_yes_without_a_place_asks_which_place_and_says_so_when_none_is_chosen(town, sign_in):
    client = sign_in(town.anna)
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    accept(town.otto, key=asks_of(town, key)[0].key)
    refused = client.post(page("referral", key), {"part": "place"})
    assert refused.status_code == 422
    assert "Kies om welke plek het gaat." in readable(refused)
    client.post(page("referral", key), {"part": "place", "place-place": town.repair})
    assert referral(town.anna, key=key).placement_key is not None


def test_a_question_without_a_person_has_three_steps_and_tells_of_nobody(town, sign_in):
    client = sign_in(town.anna)
    shown = client.get(reverse("coach:referral_new"), {"plek": town.repair})
    assert shown.context["form"]["asked"].value() == "Is er plaats bij Fietsen maken?"
    asked = {"theme": "company", "urgency": "normal", "asked": "Is er plaats op dinsdag?"}
    answer = client.post(f"{reverse('coach:referral_new')}?plek={town.repair}", asked)
    key = Referral.objects.visible_to(town.system).latest("pk").key
    assert answer.url == page("referral_check", key)
    assert "over niemand wordt iets verteld" in readable(client.get(answer.url))
    client.post(page("referral_check", key))
    (ask,) = asks_of(town, key)
    assert (ask.place_id, received(town.otto, key=ask.key).told) == (town.repair, None)
    # Another team may be asked as well.
    other = client.post(reverse("coach:referral_new"), asked).url
    assert f"-{town.carla.team_id}-" in client.get(other).context["choice"].receivers


def test_what_a_partner_asks_the_coach_is_answered_and_told_of(town, sign_in):
    new = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor Verzonnen")}
    key = sent(town.petra, new_referral(None, [Receiver(team_id=town.anna.team_id)], **new))
    (ask,) = asks_of(town, key)
    client = sign_in(town.anna)
    assert ask.key in [
        line.card.key for line in client.get(LISTS, {"lijst": "received"}).context["lines"]
    ]
    shown = readable(client.get(page("referral_received", ask.key)))
    assert "Noor Verzonnen" in shown
    assert "Deze persoon heeft hier geen dossier." in shown
    assert asks_of(town, key)[0].state == AskState.SEEN
    here = page("referral_received", ask.key)
    assert client.post(here, {"part": "decline"}).status_code == 422
    assert client.post(here, {"part": "accept"}).url == here
    today = clock.today().isoformat()
    client.post(here, {"part": "start", "start-on": today})
    client.post(here, {"part": "outcome", "outcome-outcome": "helped", "outcome-on": today})
    assert row_of(town, key).outcome == ReferralOutcome.HELPED
    assert "Er hoeft hier niets meer te gebeuren." in readable(client.get(here))
    assert not client.get(reverse("coach:caseload"), {"words": "Verzonnen"}).context["rows"]


def test_a_referral_is_sent_on_only_after_the_resident_heard_of_it(town, sign_in):
    key = sent(town.petra, question([Receiver(team_id=town.anna.team_id)]))
    (ask,) = asks_of(town, key)
    here = page("referral_received", ask.key)
    sign_in(town.anna).post(
        here, {"part": "forward", "forward-to": receiver_value(werkplaats(town))}
    )
    assert [one.state for one in asks_of(town, key)] == [AskState.FORWARDED, AskState.ASKED]


STEPS = ("referral", "referral_question", "referral_to", "referral_told", "referral_check")


@pytest.mark.parametrize("name", ["carla", "vera", "petra", "otto", "roos", "connie"])
def test_a_stranger_finds_no_page_of_a_referral(town, sign_in, name):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    (ask,) = asks_of(town, key)
    client = sign_in(getattr(town, name))
    for address in (
        *(page(step, key) for step in STEPS),
        page("referral_received", ask.key),
        page("referral_person", town.sam.key),
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"part": "accept"}).status_code == 404, address
    assert row_of(town, key).state == ReferralState.SENT


def test_a_colleague_of_the_team_takes_it_over(town, sign_in):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    client = sign_in(town.bram)
    assert client.get(page("referral", key)).status_code == 200
    assert [line.card.key for line in client.get(LISTS, {"whose": "team"}).context["lines"]] == [
        key
    ]
    assert client.get(LISTS).context["lines"] == []


def test_what_a_resident_asks_stands_in_the_list_of_the_coach(town, sign_in):
    asked = sent(town.roos, new_referral(town.roos_file.pseudonym_id, [moestuin(town)]))
    for coach, lines in ((town.anna, [asked]), (town.bram, [])):
        shown = sign_in(coach).get(LISTS)
        assert [line.card.key for line in shown.context["lines"]] == lines


def test_the_coach_of_somebody_reads_what_a_partner_refers_and_may_end_it_but_not_change_it(
    town, sign_in
):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [place_of(town, town.garden)]))
    client = sign_in(town.anna)
    (ask,) = asks_of(town, key)
    accept(town.petra, key=ask.key)
    client.post(page("referral", key), {"part": "place"})
    theirs = sent(town.petra, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    assert "De Moestuin" in readable(client.get(page("referral", theirs)))
    assert client.get(page("referral_to", theirs)).status_code == 404
    client.post(page("referral", theirs), {"part": "revoke", "revoke-reason": "resident_withdrew"})
    assert row_of(town, theirs).state == ReferralState.REVOKED


def test_the_file_and_today_show_what_waits(town, sign_in):
    client = sign_in(town.anna)
    assert "referrals" not in client.get(reverse("coach:today")).context
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [place_of(town, town.repair)]))
    accept(town.otto, key=asks_of(town, key)[0].key)
    asked = sent(town.petra, question([Receiver(team_id=town.anna.team_id)]))
    today = readable(client.get(reverse("coach:today")))
    assert "De Werkplaats zei ja. Maak de plaatsing." in today
    assert "Van De Moestuin" in today
    file = readable(client.get(page("resident", town.sam.key)))
    assert "De coach maakt uiterlijk" in file
    decline(town.anna, key=asks_of(town, asked)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    client.post(page("referral", key), {"part": "place"})
    assert "referrals" not in client.get(reverse("coach:today")).context


def test_what_is_late_or_came_back_stands_on_today_of_its_coach_alone(town, sign_in):
    # Of who has a file a signal says it; see test_referral_signals.py.
    late = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    unanswered = sent(town.anna, question([moestuin(town)]))
    back = sent(town.bram, question([werkplaats(town)]))
    decline(town.otto, key=asks_of(town, back)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    with on(in_days(30)):
        of_anna = sign_in(town.anna).get(reverse("coach:today")).context["referrals"]
        assert [line.card.key for line in of_anna["late"]] == [unanswered]
        assert of_anna["back"] == []
        of_bram = sign_in(town.bram).get(reverse("coach:today")).context["referrals"]
        assert [line.card.key for line in of_bram["back"]] == [back]
        lists = sign_in(town.anna).get(LISTS, {"lijst": "late"})
        assert {line.card.key for line in lists.context["lines"]} == {late, unanswered}


def test_what_others_did_in_the_last_days_stands_on_today_without_asking(town, sign_in):
    asked = sent(town.anna, question([werkplaats(town)]))
    of_roos = sent(town.roos, new_referral(town.roos_file.pseudonym_id, [moestuin(town)]))
    phoned = sent(town.anna, question([moestuin(town)]))
    accept(town.otto, key=asks_of(town, asked)[0].key)
    accept(town.anna, key=asks_of(town, phoned)[0].key)
    revoke(town.roos, key=of_roos, reason=RevokeReason.RESIDENT_WITHDREW)

    def news(coach: Viewer) -> list[uuid.UUID]:
        shown = sign_in(coach).get(reverse("coach:today"))
        return [card.key for card, _item in shown.context["answered"]]

    # What Anna noted herself is no news to her.
    assert news(town.anna) == [of_roos, asked]
    assert news(town.bram) == []
    finish(
        town.otto,
        key=asks_of(town, asked)[0].key,
        on=clock.today(),
        outcome=ReferralOutcome.ANSWERED,
    )
    today = readable(sign_in(town.anna).get(reverse("coach:today")))
    assert "Gelukt bij De Werkplaats. De vraag is beantwoord." in today
    assert "Teruggenomen. De inwoner wil het niet meer." in today
    with on(in_days(8)):
        assert news(town.anna) == []


def test_what_everybody_knows_or_became_a_placement_is_no_news(town, sign_in):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [place_of(town, town.repair)]))
    other = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    client = sign_in(town.anna)
    accept(town.otto, key=asks_of(town, key)[0].key)
    accept(town.petra, key=asks_of(town, other)[0].key)
    shown = client.get(reverse("coach:today")).context
    assert [line.card.key for line in shown["referrals"]["to_place"]] == [key]
    assert [card.key for card, _item in shown["answered"]] == [other]
    client.post(page("referral", key), {"part": "place"})
    person = [town.sam.pseudonym_id]
    end_referrals_of(town.anna, pseudonym_ids=person, outcome=ReferralOutcome.DIED)
    assert client.get(reverse("coach:today")).context["answered"] == []


def test_lists_are_filtered_by_their_address_and_counted(town, sign_in):
    client = sign_in(town.anna)
    mine = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    company = sent(town.anna, question([werkplaats(town)]))
    assert {line.card.key for line in client.get(LISTS).context["lines"]} == {mine, company}
    only = client.get(LISTS, {"theme": "company"})
    assert [line.card.key for line in only.context["lines"]] == [company]
    assert [tab.total for tab in only.context["tabs"]] == [1, 0, 1, 0, 0, 0, 0]
    odd = client.get(LISTS, {"lijst": "verzonnen", "page": "ruis"})
    assert odd.status_code == 200
    assert client.get(LISTS, {"theme": "verzonnen"}).status_code == 422
    assert "Er is nog geen verwijzing afgelopen." in readable(client.get(LISTS, {"lijst": "over"}))


@pytest.mark.parametrize("which", ["open", "received", "today"])
def test_a_list_asks_the_database_as_often_for_two_hundred_as_for_ten(town, sign_in, which):
    client = sign_in(town.anna)
    team = Receiver(team_id=town.anna.team_id)

    def asked(count: int) -> int:
        for _ in range(count):
            if which == "received":
                sent(town.petra, question([team]))
            else:
                sent(town.anna, question([werkplaats(town)]))
        address = reverse("coach:today") if which == "today" else f"{LISTS}?lijst={which}"
        with on(in_days(30)):
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
        return len(found)

    assert asked(10) == asked(190)


def ready(client: Client, town: Town, receiver: Receiver) -> uuid.UUID:
    """Write a referral of Sam up to the last step."""
    key = begin(client, town)
    client.post(page("referral_to", key), {"to": [receiver_value(receiver)], "step": "save"})
    client.post(page("referral_told", key), told_fields())
    return key


def test_what_changed_while_it_was_written_is_said_and_nothing_is_sent(town, sign_in):
    client = sign_in(town.anna)
    key = ready(client, town, werkplaats(town))
    Organisation.objects.filter(name="De Werkplaats").update(left_on=clock.today())
    refused = client.post(page("referral_check", key))
    assert refused.status_code == 422
    assert "De Werkplaats doet niet meer mee." in readable(refused)
    assert asks_of(town, key) == []


def test_sending_twice_asks_once(town, sign_in):
    client = sign_in(town.anna)
    key = ready(client, town, moestuin(town))
    for _ in range(2):
        assert client.post(page("referral_check", key)).url == page("referral", key)
    assert len(asks_of(town, key)) == 1
    assert client.get(page("referral_to", key)).url == page("referral", key)


def test_a_name_in_what_is_asked_is_refused_when_it_comes_only_after_a_yes(town, sign_in):
    client = sign_in(town.anna)
    key = begin(client, town, asked="Sam wil graag buiten werken.")
    both = [receiver_value(moestuin(town)), receiver_value(werkplaats(town))]
    client.post(page("referral_to", key), {"to": both, "step": "save"})
    client.post(page("referral_told", key), told_fields())
    refused = client.post(page("referral_check", key))
    assert refused.status_code == 422
    assert "In wat u vraagt staat een naam." in readable(refused)


def test_another_team_answers_what_it_was_asked_on_its_own_list(town, sign_in):
    key = sent(town.anna, question([Receiver(team_id=town.carla.team_id)]))
    (ask,) = asks_of(town, key)
    client = sign_in(town.carla)
    lines = client.get(LISTS, {"lijst": "received"}).context["lines"]
    assert [(line.card.key, line.sender) for line in lines] == [
        (ask.key, "Team Noord van de gemeente")
    ]
    assert client.get(page("referral", key)).status_code == 404
    # Who asked may note what the team said on the phone, and has not opened it for them.
    mine = sign_in(town.anna).get(page("referral_received", ask.key))
    assert "Antwoord van Team Zuid van de gemeente" in readable(mine)
    assert asks_of(town, key)[0].state == AskState.ASKED
    here = sign_in(town.carla).get(page("referral_received", ask.key))
    assert "Aan u gevraagd" in readable(here)
    assert asks_of(town, key)[0].state == AskState.SEEN
    client.post(page("referral_received", ask.key), {"part": "accept"})
    acceptor = referral(town.anna, key=key).acceptor
    assert acceptor is not None
    story = readable(sign_in(town.anna).get(page("referral", key)))
    assert "Team Zuid van de gemeente zei ja" in story


def test_a_place_leads_to_a_question_and_a_list_of_places_to_a_referral(town, sign_in):
    place = page("place", Place.objects.get(pk=town.repair).key)
    link = f"{reverse('coach:referral_new')}?plek={town.repair}"
    assert link in sign_in(town.anna).get(place).content.decode()
    assert link not in sign_in(town.suus).get(place).content.decode()
    talk(town.anna, town.sam, clock.today())
    made = propose(town.anna, pseudonym_id=town.sam.pseudonym_id)
    listed = sign_in(town.anna).get(page("proposal", made)).content.decode()
    assert f"{page('referral_person', town.sam.key)}?plek={town.repair}" in listed
    odd = sign_in(town.anna).get(page("referral_person", town.sam.key), {"plek": "999999"})
    assert odd.context["form"]["asked"].value() == ""


def test_lists_are_for_looking_only(town, sign_in):
    assert sign_in(town.anna).post(LISTS).status_code == 405


def test_a_file_holds_exactly_the_list_and_nothing_that_was_told(town, sign_in):
    client = sign_in(town.anna)
    sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    sent(town.anna, question([werkplaats(town)]))
    only = {"theme": "participation", "soort": "csv"}
    [heading, line] = csv_lines(client.get(FILE, only))
    assert heading[:3] == ["Over", "Waarvoor", "Naar"]
    assert line[:4] == ["Sam Nepstra", "Meedoen", "De Moestuin", "Verstuurd"]
    assert line[4].startswith("De Moestuin antwoordt uiterlijk")
    assert WISHES not in str(line)
    sent(town.petra, question([Receiver(team_id=town.anna.team_id)]))
    [_, asked] = csv_lines(client.get(FILE, {"lijst": "received", "soort": "csv"}))
    assert asked[:3] == ["De Moestuin", "een vraag", "Gezelschap"]
    assert csv_lines(sign_in(town.carla).get(FILE, {"soort": "csv"}))[1:] == []
    assert client.get(FILE, {"soort": "exe"}).status_code == 404


def test_a_file_that_would_be_too_long_is_refused_with_what_to_do(town, sign_in, monkeypatch):
    monkeypatch.setattr(referrals_views, "MOST_ROWS", 1)
    for _ in range(2):
        sent(town.anna, question([werkplaats(town)]))
    answer = sign_in(town.anna).get(FILE, {"soort": "csv", "theme": "company"}, follow=True)
    assert answer.redirect_chain == [(f"{LISTS}?theme=company", 302)]
    assert "Er passen er hooguit 1 in een bestand." in readable(answer)
