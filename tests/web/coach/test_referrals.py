"""Coaches refer residents, ask questions without a person, and answer what they are asked."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meedoen.records.organisations import clock
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.referrals.answers import accept, decline, note_seen
from meedoen.records.referrals.course import finish, start
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.models import Ask, Referral
from meedoen.records.referrals.queries import received, referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
    Theme,
)
from meedoen.web.shared.referral_answers import receiver_value
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
from tests.town import Town, talk
from tests.web.coach.scenes import readable

ASKED = "Wil graag met planten werken, twee ochtenden in de week."
LISTS = reverse("coach:referrals")


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
