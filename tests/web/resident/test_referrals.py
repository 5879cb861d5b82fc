"""Residents read what was asked for them, ask themselves, and withdraw whenever they like."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.directory.finding import make_missing_findable
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.places.models import Place
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.course import finish
from meedoen.records.referrals.drafts import Receiver, draft_referral
from meedoen.records.referrals.models import Referral, SharedFacts
from meedoen.records.referrals.queries import received, referral
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    LegalGround,
    ObtainedHow,
    ReferralOutcome,
    ReferralState,
)
from meedoen.web.shared.referral_answers import receiver_value
from tests.records.referrals.scenes import (
    ASKED,
    asks_of,
    moestuin,
    new_referral,
    row_of,
    sent,
    told,
    werkplaats,
)
from tests.town import Town
from tests.web.coach.scenes import readable

PATH = reverse("resident:path")
NEW = reverse("resident:referral_new")
QUESTION = {"theme": "participation", "asked": "Ik wil graag met planten werken."}
NAMED = {"tell_name_and_phone": "on", "tell_wishes": "on", "text_wishes": "Graag buiten."}


def page(name: str, key: object) -> str:
    return reverse(f"resident:{name}", args=[key])


def about_roos(town: Town, receivers: list[Receiver], **other: Any) -> Any:
    new = {"told": told("Roos Nepstra")} | other
    return new_referral(town.roos_file.pseudonym_id, receivers, **new)


def asked_herself(client: Client, town: Town, to: list[Receiver], **other: Any) -> uuid.UUID:
    """Let Roos ask and send; return the key of the referral."""
    client.post(NEW, QUESTION)
    key = Referral.objects.visible_to(town.system).latest("pk").key
    values = [receiver_value(one) for one in to]
    client.post(page("referral_to", key), {"to": values, "step": "save"})
    client.post(page("referral_told", key), NAMED | other)
    client.post(page("referral_check", key))
    return key


def test_a_resident_reads_what_was_asked_for_her_and_exactly_what_the_receiver_reads(
    town: Town, sign_in
) -> None:
    key = sent(town.anna, about_roos(town, [moestuin(town)]))
    client = sign_in(town.roos)
    path = readable(client.get(PATH))
    assert "Gevraagd door Team Noord van de gemeente" in path
    assert "De Moestuin antwoordt uiterlijk" in path
    assert "Verwijzing (meedoen): Verstuurd aan De Moestuin" in path
    answer = client.get(page("referral", key))
    text = readable(answer)
    for words in (
        ASKED,
        "Dit leest de ontvanger",
        "Kan niet lang staan.",
        "Nodig om te kijken of deze plek past.",
        "De gemeente heeft de taak om u te helpen.",
        "De wet die hierbij hoort: Participatiewet.",
        "U zag wat wij vertellen: in een gesprek",
        "Dat heeft geen gevolgen voor uw uitkering.",
    ):
        assert words in text
    [(_place, reads, after)] = answer.context["previews"]
    [ask] = asks_of(town, key)
    told_to_petra = received(town.petra, key=ask.key).told
    assert after is None
    assert [value for _label, value in reads.person][:2] == [
        told_to_petra.name,
        told_to_petra.phone,
    ]
    assert all(str(value) in text for _word, value in told_to_petra.facts)


def test_she_reads_the_same_outcome_and_words_as_who_sent_it(town: Town, sign_in) -> None:
    key = sent(town.anna, about_roos(town, [moestuin(town)]))
    [ask] = asks_of(town, key)
    accept(town.petra, key=ask.key, words="Kom dinsdag kennismaken.")
    finish(
        town.petra,
        key=ask.key,
        on=clock.today(),
        outcome=ReferralOutcome.TAKES_PART,
        words="Komt elke dinsdag.",
    )
    own = sign_in(town.roos).get(page("referral", key))
    [line] = sign_in(town.roos).get(PATH).context["referrals"]["over"]
    coach = sign_in(town.anna).get(reverse("coach:referral", args=[key]))
    assert own.context["line"].outcome == coach.context["line"].outcome == line.line.outcome
    assert [item.text for item in own.context["items"]] == [
        item.text for item in coach.context["items"]
    ]
    text = readable(own)
    for words in ("Doet mee", "Komt elke dinsdag.", "Kom dinsdag kennismaken."):
        assert words in text
    assert "Ik wil dit niet" not in text


def test_the_file_of_the_coach_and_the_own_page_tell_the_same_lines_newest_first(
    town: Town, sign_in
) -> None:
    key = sent(town.anna, about_roos(town, [moestuin(town)]))
    decline(town.petra, key=asks_of(town, key)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    own = sign_in(town.roos).get(PATH).context["items"]
    file = sign_in(town.anna).get(reverse("coach:resident", args=[town.roos_file.key]))
    titles = [
        [one.title for one in items if one.title.startswith("Verwijzing")]
        for items in (own, file.context["items"])
    ]
    assert titles[0] == titles[1]
    assert titles[0] == [
        "Verwijzing (meedoen): De Moestuin zei nee",
        "Verwijzing (meedoen): Verstuurd aan De Moestuin",
    ]


def test_what_a_coach_prepares_says_so_and_can_be_refused_before_it_goes(
    town: Town, sign_in
) -> None:
    key = draft_referral(town.anna, new=about_roos(town, [moestuin(town)]))
    client = sign_in(town.roos)
    text = readable(client.get(page("referral", key)))
    for words in (
        "In voorbereiding bij Team Noord van de gemeente. Er is nog niets verstuurd.",
        "Dit zou de ontvanger lezen",
        "Aan wie zou het gevraagd worden?",
        "De Moestuin",
    ):
        assert words in text
    for name in ("referral_question", "referral_to", "referral_told", "referral_check"):
        assert client.get(page(name, key)).status_code == 404
        assert client.post(page(name, key)).status_code == 404
    client.post(page("referral", key), {"words": "Liever niet."})
    assert row_of(town, key).state == ReferralState.REVOKED
    assert referral(town.anna, key=key).steps[0].words == "Liever niet."
    [kept] = SharedFacts.objects.visible_to(town.system)
    assert (kept.facts, kept.emptied_at is None) == ("", False)
    assert client.get(PATH).context["referrals"] == {"open": [], "over": []}
    text = readable(client.get(page("referral", key)))
    assert "Dit zou de ontvanger lezen" not in text
    assert "Dit kon de ontvanger lezen" not in text


def test_who_was_asked_reads_only_that_an_answer_is_not_needed_any_more(
    town: Town, sign_in
) -> None:
    key = sent(town.anna, about_roos(town, [moestuin(town), werkplaats(town)]))
    client = sign_in(town.roos)
    answer = client.post(page("referral", key), {"words": "Ik heb zelf iets."}, follow=True)
    assert "Dat heeft geen gevolgen voor uw uitkering." in readable(answer)
    for ask, partner in zip(asks_of(town, key), (town.petra, town.otto), strict=True):
        card = received(partner, key=ask.key)
        assert (card.state, card.reason, card.outcome, card.told, card.asked) == (
            AskState.CALLED_BACK,
            "",
            None,
            None,
            "",
        )
    assert referral(town.anna, key=key).steps[0].words == "Ik heb zelf iets."
    client.post(page("referral", key), {"words": "Nog een keer."})
    assert referral(town.anna, key=key).steps[0].words == "Ik heb zelf iets."


def test_after_a_yes_and_after_a_no_she_can_withdraw_too(town: Town, sign_in) -> None:
    yes = sent(town.anna, about_roos(town, [moestuin(town)]))
    [ask] = asks_of(town, yes)
    accept(town.petra, key=ask.key)
    no = sent(town.anna, about_roos(town, [werkplaats(town)]))
    decline(town.otto, key=asks_of(town, no)[0].key, reason=DeclineReason.NOT_OUR_GROUP)
    client = sign_in(town.roos)
    for key in (yes, no):
        assert client.post(page("referral", key), {"words": ""}).status_code == 302
        row = row_of(town, key)
        assert (row.state, row.outcome) == (
            ReferralState.STOPPED,
            ReferralOutcome.RESIDENT_STOPPED,
        )
    assert received(town.petra, key=ask.key).told is None


def test_what_is_done_is_not_stopped_any_more_and_words_about_illness_are_refused(
    town: Town, sign_in
) -> None:
    key = sent(town.anna, about_roos(town, [moestuin(town)]))
    client = sign_in(town.roos)
    answer = client.post(page("referral", key), {"words": "Ik heb een depressie."})
    assert answer.status_code == 422
    assert "Ik heb een depressie." in readable(answer)
    [ask] = asks_of(town, key)
    accept(town.petra, key=ask.key)
    finish(town.petra, key=ask.key, on=clock.today(), outcome=ReferralOutcome.HELPED)
    answer = client.post(page("referral", key), {"words": ""})
    assert answer.status_code == 422
    assert row_of(town, key).state == ReferralState.DONE


def test_she_asks_herself_in_four_steps_and_the_coach_reads_it_too(town: Town, sign_in) -> None:
    Place.objects.filter(pk=town.garden).update(is_public=True)
    client = sign_in(town.roos)
    answer = client.post(NEW, QUESTION)
    key = Referral.objects.visible_to(town.system).get().key
    assert answer.url == page("referral_to", key)
    choice = client.get(answer.url).context["choice"]
    assert [tick.label for tick in choice.municipality] == ["De coach"]
    garden = Place.objects.get(pk=town.garden)
    value = receiver_value(Receiver(garden.organisation_id, place_id=garden.pk))
    assert value in choice.receivers
    answer = client.post(answer.url, {"to": [value], "step": "save"})
    assert answer.url == page("referral_told", key)
    form = client.get(answer.url).context["form"]
    assert not any(box.value() for box, _text in form.told_fields)
    assert client.post(answer.url, {}).status_code == 422
    answer = client.post(answer.url, NAMED)
    assert answer.url == page("referral_check", key)
    preview = readable(client.get(answer.url))
    for words in ("Graag buiten.", "De inwoner zelf", "U geeft hiervoor zelf toestemming."):
        assert words in preview
    assert client.post(answer.url).url == page("referral", key)
    card = referral(town.anna, key=key)
    today = clock.today()
    assert (card.state, card.from_resident, card.agreed_how) == (
        ReferralState.SENT,
        True,
        ObtainedHow.SIGNED_IN,
    )
    assert (card.told.ground, card.told.told_how, card.told.told_on) == (
        LegalGround.CONSENT,
        ObtainedHow.SIGNED_IN,
        today,
    )
    assert card.told.name == "Roos Nepstra"
    coach = sign_in(town.anna)
    assert "Ik wil graag met planten werken." in readable(
        coach.get(reverse("coach:referral", args=[key]))
    )
    assert received(town.petra, key=asks_of(town, key)[0].key).sender == ""


def test_her_own_coach_can_be_asked_and_after_a_no_somebody_else(town: Town, sign_in) -> None:
    make_missing_findable(town.system)
    client = sign_in(town.roos)
    key = asked_herself(client, town, [Receiver()])
    [ask] = asks_of(town, key)
    decline(town.anna, key=ask.key, reason=DeclineReason.NOT_OUR_WORK)
    assert "Vraag iemand anders" in readable(client.get(page("referral", key)))
    form = client.get(page("referral_question", key)).context["form"]
    assert form.fields["theme"].disabled
    to = receiver_value(moestuin(town))
    client.post(page("referral_to", key), {"to": [to], "words": "moestuin", "step": "save"})
    assert client.post(page("referral_check", key)).status_code == 302
    assert [one.round for one in asks_of(town, key)] == [1, 2]
    assert received(town.petra, key=asks_of(town, key)[1].key).who == "Roos Nepstra"


def test_whoever_is_asked_together_reads_who_she_is_after_a_yes(town: Town, sign_in) -> None:
    make_missing_findable(town.system)
    client = sign_in(town.roos)
    client.post(NEW, QUESTION)
    key = Referral.objects.visible_to(town.system).get().key
    found = client.post(page("referral_to", key), {"words": "moestuin", "step": "look"})
    assert found.status_code == 200
    assert receiver_value(moestuin(town)) in found.context["found"]
    values = [receiver_value(moestuin(town)), receiver_value(Receiver())]
    client.post(page("referral_to", key), {"to": values, "words": "moestuin", "step": "save"})
    client.post(page("referral_told", key), NAMED)
    text = readable(client.get(page("referral_check", key)))
    assert "Dit leest wie ja zegt" in text
    client.post(page("referral_check", key))
    ask = next(one for one in asks_of(town, key) if one.organisation_id)
    assert received(town.petra, key=ask.key).told is None
    accept(town.petra, key=ask.key)
    assert received(town.petra, key=ask.key).who == "Roos Nepstra"


def test_from_a_public_place_she_asks_whether_she_can_take_part_and_of_no_other(
    town: Town, sign_in
) -> None:
    Place.objects.filter(pk=town.garden).update(is_public=True)
    client = sign_in(town.roos)
    link = f"{NEW}?plek={town.garden}"
    assert link in client.get(reverse("resident:places")).content.decode()
    begun = client.get(link)
    assert begun.context["form"]["asked"].value() == "Kan ik meedoen bij Moestuin?"
    answer = client.post(link, QUESTION)
    key = Referral.objects.visible_to(town.system).get().key
    assert answer.url == page("referral_told", key)
    assert row_of(town, key).wanted[0]["place"] == town.garden
    for other in (str(town.far), "²", "9" * 400, ""):
        assert client.get(f"{NEW}?plek={other}").context["place"] == []
    choice = client.get(page("referral_to", key)).context["choice"]
    werkplaats_place = receiver_value(
        Receiver(Place.objects.get(pk=town.repair).organisation_id, place_id=town.repair)
    )
    assert werkplaats_place not in choice.receivers


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Schrijf op wat u wilt vragen."),
        ({"theme": "volunteers", "asked": "Iets."}, "geldige keuze"),
        (QUESTION | {"asked": "Mijn nummer is 999990019."}, "burgerservicenummer"),
        (QUESTION | {"asked": "Ik heb een depressie."}, "AVG, artikel 9"),
        (QUESTION | {"asked": "x" * 501}, "500"),
    ],
    ids=["nothing", "no theme of referrals", "number", "illness", "endless"],
)
def test_what_is_wrong_with_a_question_is_said_and_what_was_typed_stays(
    town: Town, sign_in, fields, says
) -> None:
    answer = sign_in(town.roos).post(NEW, fields)
    assert answer.status_code == 422
    text = readable(answer)
    assert says in text
    assert fields.get("asked", "") in text
    assert not Referral.objects.visible_to(town.system).exists()


def test_sending_says_what_is_missing_and_sends_nothing(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    client.post(NEW, QUESTION)
    key = Referral.objects.visible_to(town.system).get().key
    text = readable(client.get(page("referral_check", key)))
    assert "Kies aan wie u het vraagt." in text
    assert "Kies wat er over u verteld mag worden." in text
    assert client.post(page("referral_check", key)).status_code == 422
    assert row_of(town, key).state == ReferralState.DRAFT
    assert row_of(town, key).agreed_how == ""
    empty = client.post(page("referral_to", key), {"step": "save"})
    assert empty.status_code == 422
    assert "Kies aan wie u het vraagt." in readable(empty)


def test_who_has_no_account_and_no_mail_address_is_named_before_it_goes(
    town: Town, sign_in
) -> None:
    Organisation.objects.filter(name="De Werkplaats").update(kind="municipal_team")
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    client = sign_in(town.roos)
    client.post(NEW, QUESTION)
    key = Referral.objects.visible_to(town.system).get().key
    to = {"to": [receiver_value(werkplaats(town))], "step": "save"}
    assert client.post(page("referral_to", key), to).status_code == 302
    text = readable(client.get(page("referral_check", key)))
    assert "De Werkplaats leest dit niet vanzelf. Vraag uw coach om te bellen." in text
    client.post(page("referral_to", key), {"to": ["--"], "step": "save"})
    assert "leest dit niet vanzelf" not in readable(client.get(page("referral_check", key)))


def test_what_was_sent_is_not_changed_any_more(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    key = asked_herself(client, town, [Receiver()])
    for name in ("referral_question", "referral_to", "referral_told", "referral_check"):
        assert client.get(page(name, key)).url == page("referral", key)
        assert client.post(page(name, key), QUESTION).url == page("referral", key)
    assert len(asks_of(town, key)) == 1


def test_the_same_page_sent_twice_is_one_question(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    key = client.get(NEW).context["form"]["key"].value()
    for _time in range(2):
        client.post(NEW, QUESTION | {"key": str(key)})
    assert Referral.objects.visible_to(town.system).count() == 1


def test_a_referral_about_another_person_does_not_exist_and_others_have_no_such_pages(
    town: Town, sign_in
) -> None:
    of_sam = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    own = sent(town.anna, about_roos(town, [moestuin(town)]))
    roos = sign_in(town.roos)
    for name in ("referral", "referral_to", "referral_check"):
        assert roos.get(page(name, of_sam)).status_code == 404
        assert roos.post(page(name, of_sam)).status_code == 404
    assert row_of(town, of_sam).state == ReferralState.SENT
    for viewer in (town.anna, town.petra, town.priya):
        client = sign_in(viewer)
        assert client.get(NEW).status_code == 404
        assert client.post(page("referral", own)).status_code == 404
    assert row_of(town, own).state == ReferralState.SENT


def test_more_referrals_are_shown_with_as_many_questions(town: Town, sign_in) -> None:
    sent(town.anna, about_roos(town, [moestuin(town)]))
    client = sign_in(town.roos)
    client.get(PATH)
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for number in range(12):
        key = sent(town.anna, about_roos(town, [werkplaats(town)], asked=f"Vraag {number}."))
        decline(town.otto, key=asks_of(town, key)[0].key, reason=DeclineReason.NOT_OUR_WORK)
    with CaptureQueriesContext(connection) as many:
        client.get(PATH)
    assert len(many) == len(few)
