"""Referrals behind a signed link: an answer without an account, and nothing else within reach."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from meedoen.records.directory.models import Contact
from meedoen.records.history.models import Reading
from meedoen.records.links.actions import make_link
from meedoen.records.links.models import LinkEvent
from meedoen.records.links.tokens import key_in, token_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.places.organisation_actions import leave
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.clock_actions import hand_back_late
from meedoen.records.referrals.course import revoke
from meedoen.records.referrals.drafts import draft_referral
from meedoen.records.referrals.models import Ask, ReferralStep
from meedoen.records.referrals.queries import referral
from meedoen.rules.vocabulary import (
    AskState,
    ContactRole,
    HandBackReason,
    LinkPurpose,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
)
from meedoen.web.partner import link_referral
from meedoen.web.partner.mails import referrals
from meedoen.web.shared.referral_answers import receiver_value
from tests.asked import NELL, new_contact
from tests.at_once import at_once
from tests.records.referrals.scenes import (
    ASKED,
    WISHES,
    asks_of,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    werkplaats,
)
from tests.standing_town import kept
from tests.web.public.reading import words_of
from tests.work import work_off

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
ANSWER, TELL = LinkPurpose.ANSWER_REFERRAL, LinkPurpose.TELL_REFERRAL
PERSONAL = ("Sam", "Nepstra", "0600000000", ASKED, WISHES, "lang staan", "Noord")
LOOK = {"look": "yes"}
YES = {"part": "accept"}
NO = {"part": "decline", "decline-reason": "not_our_work"}
BEGAN = {"part": "start", "start-on": "2026-09-01"}


@pytest.fixture(autouse=True)
def noon(settings):
    """It is the first of September in Testveld."""
    settings.SITE_URL = "https://meedoen.example.org"
    with clock.at(NOON):
        yield


@pytest.fixture
@kept
def nell(town) -> int:
    """Nobody can sign in for De Werkplaats; Nell is to be asked about all of it."""
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    return new_contact(town, town.repair, role=ContactRole.COORDINATOR)


@pytest.fixture
def ask(town, nell) -> Ask:
    """De Werkplaats is asked about Sam."""
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    return asks_of(town, key)[0]


@pytest.fixture
def address(town, ask) -> str:
    """The page on which Nell answers."""
    return link_to(town, ask)


def link_to(town, ask: Ask, purpose: LinkPurpose = ANSWER) -> str:
    """Make a link for Nell; return the address of its page."""
    token = make_link(
        town.system,
        purpose=purpose,
        subject_id=ask.pk,
        organisation_id=town.otto.organisation_id,
        recipient=NELL,
        expires_at=clock.now() + timedelta(days=17),
    )
    return reverse("answer_referral" if purpose is ANSWER else "tell_referral", args=[token])


def mailed_link(path: str) -> str:
    """Return the address in the newest mail that leads to a page."""
    referrals.put_new_mails_in_queue()
    work_off()
    [found] = re.findall(rf"example.org(/antwoord/\S+/{path}/)", mail.outbox[-1].body)
    return found


def state_of(ask: Ask) -> AskState:
    ask.refresh_from_db()
    return AskState(ask.state)


# --- looking -------------------------------------------------------------------------------------


def test_the_page_first_says_who_asks_and_until_when_and_nothing_about_anybody(client, address):
    page = client.get(address)
    assert page.status_code == 200
    text = words_of(page)
    from_whom = "Team Noord van de gemeente"
    for words in ("Er is een vraag voor u", from_whom, "De Werkplaats", "11 september 2026"):
        assert words in text
    for secret in ("Sam", "Nepstra", "0600000000", ASKED, WISHES, "lang staan"):
        assert not holds(page, secret)
    assert "Ja zeggen" not in text


def test_programs_that_follow_links_in_mail_see_and_change_nothing(client, town, ask, address):
    for _ in range(3):
        assert not holds(client.get(address), "Sam")
        client.head(address)
    assert state_of(ask) is AskState.ASKED
    assert set(LinkEvent.objects.values_list("kind", flat=True)) == {"opened"}
    for method in (client.put, client.delete, client.patch):
        assert method(address).status_code == 405


def test_nell_presses_and_reads_what_is_asked_and_the_sender_sees_that(client, town, ask, address):
    answer = client.post(address, LOOK)
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert state_of(ask) is AskState.SEEN
    page = words_of(client.get(address))
    for words in ("Sam Nepstra", "0600000000", ASKED, WISHES, "Ja zeggen", "Nee zeggen"):
        assert words in page
    # In another browser it is closed as it was, also for who has the same link.
    assert "Sam" not in words_of(Client().get(address))
    story = referral(town.anna, key=ask.referral.key).steps
    assert story[0].event is ReferralEvent.SEEN
    assert not Reading.objects.visible_to(town.system).filter(page="referral").exists()


def test_looking_twice_is_seen_once(client, town, ask, address):
    for _ in range(3):
        client.post(address, LOOK)
    rows = ReferralStep.objects.visible_to(town.system).filter(ask=ask)
    assert rows.filter(event=ReferralEvent.SEEN).count() == 1


def test_whom_it_is_about_is_read_after_a_yes_when_the_sender_wants_that(client, town, nell):
    both = [moestuin(town), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, both))
    ask = asks_of(town, key)[1]
    address = link_to(town, ask)
    client.post(address, LOOK)
    page = words_of(client.get(address))
    assert ASKED in page
    assert "Over wie het gaat, staat hier na een ja." in page
    assert "Sam Nepstra" not in page
    assert "De Moestuin" not in page.split("Een ander kan dit beter")[0]
    client.post(address, YES)
    told = mailed_link("hoe-het-gaat")
    assert "Sam" not in words_of(client.get(told))
    client.post(told, LOOK)
    assert "Sam Nepstra" in words_of(client.get(told))


def test_the_sender_is_told_to_call_who_cannot_be_mailed(sign_in, town):
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    new = new_referral(town.sam.pseudonym_id, [werkplaats(town), moestuin(town)])
    check = reverse("coach:referral_check", args=[draft_referral(town.anna, new=new)])
    client = sign_in(town.anna)
    call = "De Werkplaats heeft geen account en geen mailadres. Bel zelf, en noteer het antwoord."
    assert call in words_of(client.get(check))
    sent_one = client.post(check)["Location"]
    assert "heeft geen account en geen mailadres: bel zelf" in words_of(client.get(sent_one))
    new_contact(town, town.repair, role=ContactRole.COORDINATOR)
    page = words_of(client.get(sent_one))
    assert "bel zelf" not in page
    assert "de mail is nog niet weg; Meedoen probeert het steeds opnieuw" in page


# --- answering -----------------------------------------------------------------------------------


def test_nell_says_yes_once_and_is_told_what_follows(client, town, ask, address):
    client.post(address, LOOK)
    answer = client.post(address, YES | {"accept-words": "Kom dinsdag."})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert state_of(ask) is AskState.ACCEPTED
    page = client.get(address)
    assert page.status_code == 200
    assert "U zei ja. Dank u wel! U krijgt zo een mail met een nieuwe link." in words_of(page)
    for secret in PERSONAL:
        assert not holds(page, secret)
    late = client.post(address, NO)
    assert late.status_code == 409
    assert state_of(ask) is AskState.ACCEPTED
    card = referral(town.anna, key=ask.referral.key)
    assert card.steps[0].words == "Kom dinsdag."
    kinds = list(LinkEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds.count("answered") == 1


@pytest.mark.parametrize(
    ("sent_form", "state", "words"),
    [
        (NO, AskState.DECLINED, "U zei nee. De afzender leest waarom"),
        (
            {"part": "decline", "decline-reason": "full", "decline-full_until": "2026-10-01"},
            AskState.DECLINED,
            "U zei nee.",
        ),
        ("forward", AskState.FORWARDED, "U stuurde de vraag door."),
    ],
)
def test_nell_says_no_or_who_can_do_it_better(client, town, ask, address, sent_form, state, words):
    if sent_form == "forward":
        sent_form = {
            "part": "forward",
            "forward-to": receiver_value(moestuin(town)),
            "forward-told": "on",
        }
    client.post(address, LOOK)
    assert client.post(address, sent_form).status_code == 302
    assert state_of(ask) is state
    page = client.get(address)
    assert words in words_of(page)
    for secret in (*PERSONAL, "plaats"):
        assert secret not in page.content.decode().split("<main", 1)[1]


def test_what_nell_cannot_say_keeps_what_she_typed_and_leaves_the_link(client, ask, address):
    client.post(address, LOOK)
    wrong = {"part": "decline", "decline-reason": "full", "decline-words": "Probeer het buurthuis."}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Vul in vanaf welke dag u weer plaats heeft." in text
    assert "Probeer het buurthuis." in text
    sick = {"part": "accept", "accept-words": "Ook al heeft hij kanker."}
    assert client.post(address, sick).status_code == 422
    assert state_of(ask) is AskState.SEEN
    assert client.post(address, YES).status_code == 302


def test_what_is_no_answer_changes_nothing(client, ask, address):
    client.post(address, LOOK)
    for nothing in ({}, {"part": "start"}, {"part": "nonsense"}):
        client.post(address, nothing)
        assert state_of(ask) is AskState.SEEN
    assert client.post(address, YES).status_code == 302


def test_an_answer_without_its_token_is_refused(ask, address):
    strict = Client(enforce_csrf_checks=True)
    strict.get(address)
    for one in (LOOK, YES):
        assert strict.post(address, one).status_code == 403
    assert state_of(ask) is AskState.ASKED


def test_of_two_people_with_one_link_only_the_first_answers(client, ask, address):
    other = Client()
    for one in (client, other):
        one.post(address, LOOK)
    client.post(address, NO)
    late = other.post(address, YES)
    assert late.status_code == 409
    assert "was al beantwoord, misschien in een ander venster" in words_of(late)
    assert state_of(ask) is AskState.DECLINED


def test_an_answer_between_the_page_and_its_button_is_told_too(
    client, town, ask, address, monkeypatch
):
    """The other one answers after this request looked, and before it keeps anything."""
    client.post(address, LOOK)
    keep = link_referral.keep_answer

    def beaten(viewer, shown):
        monkeypatch.setattr(link_referral, "keep_answer", keep)
        Client().post(address, NO)
        return keep(viewer, shown)

    monkeypatch.setattr(link_referral, "keep_answer", beaten)
    late = client.post(address, YES)
    assert late.status_code == 409
    assert "U zei nee." in words_of(late)
    assert state_of(ask) is AskState.DECLINED


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_press_at_the_same_moment_one_answers(client, town, ask, address):
    other = Client()
    for one in (client, other):
        one.post(address, LOOK)
    told: list[int] = []

    def press(one: Client, form: dict[str, str]):
        def act() -> None:
            with clock.at(NOON):
                told.append(one.post(address, form).status_code)

        return act

    at_once(press(client, NO), press(other, YES))
    assert sorted(told) == [302, 409]
    assert state_of(ask) in {AskState.ACCEPTED, AskState.DECLINED}
    rows = ReferralStep.objects.visible_to(town.system).filter(ask=ask)
    answers = [ReferralEvent.ACCEPTED, ReferralEvent.DECLINED]
    assert rows.filter(event__in=answers).count() == 1
    assert LinkEvent.objects.filter(kind="answered").count() == 1


# --- what came of it -----------------------------------------------------------------------------


def test_from_yes_to_what_came_of_it_without_an_account(client, town, ask):
    address = mailed_link("verwijzing")
    client.post(address, LOOK)
    client.post(address, YES)
    told = mailed_link("hoe-het-gaat")
    client.post(told, LOOK)
    page = words_of(client.get(told))
    assert "Sam Nepstra" in page
    assert "Vertel uiterlijk 29 september 2026 hoe het gaat." in page
    assert "Een ander kan dit beter" not in page
    assert client.post(told, BEGAN).status_code == 302
    assert "U vertelde dat het begon." in words_of(client.get(told))
    again = mailed_link("hoe-het-gaat")
    assert again != told
    client.post(again, LOOK)
    done = {
        "part": "outcome",
        "outcome-outcome": "takes_part",
        "outcome-on": "2026-09-01",
        "outcome-words": "Komt elke dinsdag.",
    }
    assert client.post(again, done).status_code == 302
    page = client.get(again)
    assert "U vertelde wat ervan kwam." in words_of(page)
    assert not holds(page, "Sam")
    card = referral(town.anna, key=ask.referral.key)
    assert (card.state, card.outcome) == (ReferralState.DONE, ReferralOutcome.TAKES_PART)
    assert card.steps[0].words == "Komt elke dinsdag."
    for old in (address, told, again):
        assert client.post(old, BEGAN).status_code == 409


def test_nell_gives_it_back(client, town, ask):
    accept(town.anna, key=ask.key)
    told = link_to(town, ask, TELL)
    client.post(told, LOOK)
    back = {"part": "hand_back", "hand_back-reason": HandBackReason.NO_CONTACT.value}
    assert client.post(told, back).status_code == 302
    assert state_of(ask) is AskState.HANDED_BACK
    assert "U gaf de vraag terug." in words_of(client.get(told))


def test_a_link_to_tell_answers_nothing_else(client, town, ask):
    """Nor does a link to answer tell what came of it."""
    told = link_to(town, ask, TELL)
    assert client.get(told).status_code == 410
    for one in (YES, NO, LOOK, BEGAN):
        assert client.post(told, one).status_code == 410
    assert state_of(ask) is AskState.ASKED
    answer = link_to(town, ask)
    accept(town.anna, key=ask.key)
    assert client.post(answer, BEGAN).status_code == 410
    onward = {"part": "forward", "forward-to": receiver_value(moestuin(town)), "forward-told": "on"}
    told = link_to(town, ask, TELL)
    client.post(told, LOOK)
    client.post(told, onward)
    assert state_of(ask) is AskState.ACCEPTED
    assert row_of(town, ask.referral.key).state == ReferralState.ACCEPTED


# --- a link that does not hold -------------------------------------------------------------------


def test_what_is_forged_guessed_or_for_something_else_all_looks_the_same(
    client, town, ask, address
):
    token = address.split("/")[2]
    bodies = set()
    for name, other in (
        ("answer_referral", token[:-2] + "xx"),
        ("answer_referral", "hallo"),
        ("answer_referral", token_of(uuid.uuid4(), ANSWER)),
        ("tell_referral", token),
        ("tell_referral", token_of(key_in(token, ANSWER), TELL)),
        ("answer_place", token),
        ("answer_start", token),
        ("answer_sign_up", token),
    ):
        for send in (client.get, client.post):
            answer = send(reverse(name, args=[other]))
            assert answer.status_code == 404
            bodies.add(_body(answer))
    assert len(bodies) == 1
    assert state_of(ask) is AskState.ASKED
    assert not LinkEvent.objects.exists()


def holds(page, words: str) -> bool:
    """Tell whether words stand anywhere in a page, also unseen; in a token letters are no word."""
    return re.search(rf"\b{re.escape(words)}\b", page.content.decode()) is not None


def _body(answer) -> str:
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="next"' not in line)


@pytest.mark.parametrize("way", ["revoked", "overtaken", "lapsed", "answered by phone"])
def test_a_link_about_what_is_over_says_so_and_nothing_more(client, town, nell, way):
    both = [moestuin(town), werkplaats(town)]
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, both))
    other, ask = asks_of(town, key)
    address = link_to(town, ask)
    client.post(address, LOOK)
    days = 0
    if way == "revoked":
        revoke(town.anna, key=key, reason=RevokeReason.RESIDENT_WITHDREW)
    elif way == "overtaken":
        accept(town.petra, key=other.key)
    elif way == "answered by phone":
        accept(town.anna, key=ask.key)
    else:
        days = 17
    before = state_of(ask)
    with clock.at(NOON + timedelta(days=days, hours=-1)):
        if days:
            hand_back_late(town.system)
            before = state_of(ask)
        for page in (client.get(address), client.post(address, YES), client.post(address, LOOK)):
            assert page.status_code == 410
            assert "Deze vraag is niet meer nodig" in words_of(page)
            assert "Stuur mij een nieuwe link" not in words_of(page)
            for secret in PERSONAL:
                assert not holds(page, secret)
    assert state_of(ask) is before
    assert before not in {AskState.ASKED, AskState.SEEN}


def test_an_expired_link_gives_a_fresh_one_to_the_same_address_once_a_day(client, town, ask):
    accept(town.anna, key=ask.key)
    told = mailed_link("hoe-het-gaat")
    with clock.at(NOON + timedelta(days=31)):
        page = client.get(told)
        assert page.status_code == 410
        assert "Deze link is verlopen." in words_of(page)
        assert client.post(told, BEGAN).status_code == 410
        mail.outbox.clear()
        assert client.post(told, {"again": "yes"}).status_code == 200
        client.post(told, {"again": "yes"})
        work_off()
        assert [one.to for one in mail.outbox] == [[NELL]]
        [fresh] = re.findall(r"example.org(/antwoord/\S+/hoe-het-gaat/)", mail.outbox[0].body)
        client.post(fresh, LOOK)
        assert client.post(fresh, BEGAN).status_code == 302
    assert row_of(town, ask.referral.key).state == ReferralState.STARTED


def test_no_fresh_link_when_there_is_nothing_to_answer_any_more(client, town, ask):
    accept(town.anna, key=ask.key)
    told = mailed_link("hoe-het-gaat")
    mail.outbox.clear()
    with clock.at(NOON + timedelta(days=36)):
        client.post(told, {"again": "yes"})
        hand_back_late(town.system)
        work_off()
    assert mail.outbox == []


def test_the_link_of_an_organisation_that_left_is_refused(client, town, ask, address):
    leave(town.anna, key=Organisation.objects.get(pk=town.otto.organisation_id).key)
    for page in (client.get(address), client.post(address, LOOK), client.post(address, YES)):
        assert page.status_code == 410
        assert "Uw organisatie doet niet meer mee" in words_of(page)


def test_who_is_not_asked_there_any_more_reads_nothing(client, town, ask, nell, address):
    client.post(address, LOOK)
    with clock.at(NOON + timedelta(days=1)):
        Contact.objects.visible_to(town.system).filter(pk=nell).update(
            ends_on=(NOON + timedelta(days=1)).date()
        )
        for page in (client.get(address), client.post(address, YES)):
            assert page.status_code == 410
            assert "Iemand anders beantwoordt deze vraag nu." in words_of(page)
            assert not holds(page, "Sam")
    assert state_of(ask) is AskState.SEEN


# --- kept to oneself -----------------------------------------------------------------------------


def test_who_holds_a_link_can_look_around_nowhere(client, town, ask, address):
    """Not at other referrals, nor at the pages of those who can sign in."""
    client.post(address, LOOK)
    other = asks_of(town, sent(town.anna, question([moestuin(town)])))[0]
    theirs = token_of(uuid.uuid4(), ANSWER)
    assert client.get(reverse("answer_referral", args=[theirs])).status_code == 404
    pages = [
        reverse("partner:waiting"),
        reverse("coach:today"),
        reverse("coach:referral", args=[ask.referral.key]),
        reverse("coach:referral_received", args=[other.key]),
        reverse("resident:path"),
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("looked", [False, True])
def test_no_page_of_a_referral_is_kept_anywhere(client, address, looked):
    if looked:
        client.post(address, LOOK)
    answer = client.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_page_stands_in_another_language_and_the_question_in_its_own(client, address):
    client.post(address, LOOK)
    client.post(reverse("set_language"), {"language": "en", "next": address})
    page = client.get(address)
    assert 'lang="en"' in page.content.decode()
    assert f'<span lang="nl">{ASKED}</span>' in page.content.decode()
    assert client.post(address, YES).status_code == 302


def test_who_is_signed_in_elsewhere_answers_as_who_holds_the_link(sign_in, town, ask, address):
    client = sign_in(town.vera)
    client.post(address, LOOK)
    assert client.post(address, YES).status_code == 302
    ask.refresh_from_db()
    assert (ask.state, ask.answered_by_id) == (AskState.ACCEPTED, None)
    assert client.get(reverse("coach:today")).status_code == 200


def test_words_of_others_are_no_html(client, town, nell):
    asked = "<script>alert(1)</script> op dinsdag?"
    [ask] = asks_of(town, sent(town.anna, question([werkplaats(town)], asked=asked)))
    address = link_to(town, ask)
    client.post(address, LOOK)
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert "op dinsdag?" in page
