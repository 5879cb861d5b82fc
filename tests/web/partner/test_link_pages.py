"""Pages behind a signed link: one question, answered once, and nothing else within reach."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from meedoen.records.directory.models import Contact
from meedoen.records.links.actions import make_link, revoke_links
from meedoen.records.links.models import LinkEvent
from meedoen.records.links.opening import open_link
from meedoen.records.links.tokens import key_in, token_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.models import MonthConfirmation, Placement
from meedoen.records.placements.moving import Change
from meedoen.records.placements.report_queries import reports_of
from meedoen.records.places.models import Place, PlaceConfirmation, SignUp
from meedoen.records.places.organisation_actions import leave
from meedoen.records.places.sign_up_actions import NewSignUp, answer_sign_up, sign_up
from meedoen.rules.vocabulary import (
    ContactRole,
    FreshnessAnswer,
    LinkPurpose,
    MonthAnswer,
    MoveReason,
    PartnerReportKind,
    PlacementState,
    SignUpState,
)
from meedoen.web.partner import link_views
from tests.asked import NELL, change_place, give_owner, link_about, new_contact, owned_by_nell
from tests.standing_town import kept
from tests.web.public.reading import words_of
from tests.work import work_off

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TODAY = date(2026, 9, 1)
PLACE = LinkPurpose.CONFIRM_PLACE
BEGAN = {"to": "active", "on": "2026-08-31"}


@pytest.fixture(autouse=True)
def noon():
    """It is the first of September in Testveld."""
    with clock.at(NOON):
        yield


@pytest.fixture
@kept
def nell(town) -> int:
    """Nell keeps the repair shop up to date."""
    return owned_by_nell(town, town.repair)


@pytest.fixture
def address(town, nell) -> str:
    """The page on which Nell is asked about the repair shop."""
    return page_of("answer_place", link_about(town, town.repair, nell))


def page_of(name: str, token: str) -> str:
    return reverse(name, args=[token])


def token_in(address: str) -> str:
    return address.split("/")[2]


def repair(town) -> Place:
    return Place.objects.get(pk=town.repair)


def press(client, address: str, answer: str, **more):
    return client.post(address, {"answer": answer, "note": "", **more})


# --- the page about a place ----------------------------------------------------------------------


def test_nell_sees_the_place_as_it_stands_and_four_answers(client, address):
    answer = client.get(address)
    page = words_of(answer)
    assert answer.status_code == 200
    for text in ("Fietsen maken", "De Werkplaats", "Zuid", "maandagochtend", "Er is ruimte"):
        assert text in page
    tree = html.fromstring(answer.content.decode())
    values = tree.xpath('//main//button[@name="answer"]/@value')
    assert values == ["still_right", "full", "stopped", "changed"]


@pytest.mark.parametrize(
    ("pressed", "words"),
    [
        ("still_right", "De plek klopt nog."),
        ("full", "De plek is vol."),
        ("stopped", "De plek is gestopt."),
        ("changed", "Een coach verwerkt wat u schreef."),
    ],
)
def test_one_press_answers_and_the_page_says_so_from_then_on(client, town, address, pressed, words):
    answer = press(client, address, pressed, note="Op vrijdag.")
    assert (answer.status_code, answer["Location"]) == (302, address)
    kept = PlaceConfirmation.objects.get()
    assert (kept.place_id, kept.answer) == (town.repair, pressed)
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert words in words_of(page)
        assert "Beantwoord op 1 september 2026 om 12:00 uur." in words_of(page)
        # Only what was answered: nothing of the place itself.
        assert "Fietsen" not in words_of(page)


def test_a_full_place_may_have_room_again(client, town, address):
    change_place(town, town.repair, is_full=True)
    tree = html.fromstring(client.get(address).content.decode())
    values = tree.xpath('//main//button[@name="answer"]/@value')
    assert values == ["still_right", "room_again", "stopped", "changed"]
    press(client, address, "room_again")
    assert not repair(town).is_full
    assert PlaceConfirmation.objects.get().answer == FreshnessAnswer.STILL_RIGHT


def test_what_changed_asks_for_words_and_keeps_what_was_typed(client, address):
    answer = press(client, address, "changed")
    assert answer.status_code == 422
    assert "Schrijf op wat er veranderd is." in words_of(answer)
    answer = press(client, address, "changed", note="x" * 501)
    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()
    assert press(client, address, "nonsense").status_code == 422
    assert client.post(address).status_code == 422
    assert not PlaceConfirmation.objects.exists()
    assert press(client, address, "still_right").status_code == 302


def test_programs_that_follow_links_in_mail_change_nothing(client, town, address):
    for _ in range(3):
        client.get(address)
        client.head(address)
    assert set(LinkEvent.objects.values_list("kind", flat=True)) == {"opened"}
    assert not PlaceConfirmation.objects.exists()
    assert repair(town).confirmed_on is None
    for method in (client.put, client.delete, client.patch):
        assert method(address).status_code == 405


def test_an_answer_without_its_token_is_refused(address):
    strict = Client(enforce_csrf_checks=True)
    strict.get(address)
    assert press(strict, address, "stopped").status_code == 403
    assert not PlaceConfirmation.objects.exists()


# --- a link that does not hold -------------------------------------------------------------------


def test_what_is_forged_guessed_or_for_something_else_all_looks_the_same(client, town, address):
    token = token_in(address)
    key = key_in(token, PLACE)
    bodies = set()
    for other in (
        page_of("answer_place", token[:-2] + "xx"),
        page_of("answer_place", "hallo"),
        page_of("answer_place", token_of(uuid.uuid4(), PLACE)),
        page_of("answer_start", token),
        page_of("answer_month", token),
        page_of("answer_sign_up", token),
        page_of("accept_invitation", token),
        page_of("answer_start", token_of(key, LinkPurpose.CONFIRM_START)),
    ):
        for ask in (client.get, client.post):
            answer = ask(other)
            assert answer.status_code == 404
            assert "Deze link werkt niet" in words_of(answer)
            bodies.add(_body(answer))
    assert len(bodies) == 1
    assert not LinkEvent.objects.exists()


def _body(answer) -> str:
    """Return the text without what differs at every request: the token, and the address itself."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="next"' not in line)


def test_of_two_windows_the_second_is_told_that_there_was_an_answer(client, town, address):
    client.get(address)
    other = Client()
    other.get(address)
    press(client, address, "still_right")
    late = press(other, address, "stopped")
    assert late.status_code == 409
    page = words_of(late)
    assert "was al beantwoord, misschien in een ander venster" in page
    assert "De plek klopt nog." in page
    assert repair(town).closes_on.year == 9999
    assert PlaceConfirmation.objects.count() == 1


def test_an_answer_between_the_page_and_its_button_is_told_too(client, town, address, monkeypatch):
    """The other one answers after this request looked, and before it keeps anything."""
    keep = link_views.answer_about_place

    def beaten(viewer, **answer):
        monkeypatch.setattr(link_views, "answer_about_place", keep)
        press(Client(), address, "full")
        keep(viewer, **answer)

    monkeypatch.setattr(link_views, "answer_about_place", beaten)
    late = press(client, address, "stopped")
    assert late.status_code == 409
    assert "De plek is vol." in words_of(late)
    assert PlaceConfirmation.objects.get().answer == "full"


@pytest.mark.parametrize("answered", [False, True])
def test_an_expired_link_says_so_and_shows_nothing_of_the_place(client, town, address, answered):
    if answered:
        press(client, address, "full")
    with clock.at(NOON + timedelta(days=31)):
        page = client.get(address)
        text = words_of(page)
        assert page.status_code == (200 if answered else 410)
        assert ("De plek is vol." if answered else "Deze link is verlopen.") in text
        assert "Fietsen" not in text
        assert "Stuur mij een nieuwe link" in text
        before = PlaceConfirmation.objects.count()
        assert press(client, address, "stopped").status_code == (409 if answered else 410)
        assert PlaceConfirmation.objects.count() == before


def test_a_revoked_link_says_so(client, town, address):
    revoke_links(town.system, purpose=PLACE, subject_id=town.repair)
    page = client.get(address)
    assert page.status_code == 410
    assert "Deze link is ingetrokken." in words_of(page)


def test_the_link_of_a_former_owner_is_refused_and_gives_no_other(client, town, address):
    give_owner(town, town.repair, new_contact(town, town.repair, email="other@example.org"))
    for answer in (client.get(address), press(client, address, "stopped")):
        assert answer.status_code == 410
        assert "Iemand anders beantwoordt deze vraag nu." in words_of(answer)
        assert "Stuur mij" not in words_of(answer)
    assert client.post(address, {"again": "yes"}).status_code == 410
    work_off()
    assert mail.outbox == []
    assert list(LinkEvent.objects.values_list("kind", flat=True).distinct().order_by("kind")) == [
        "opened",
        "refused",
    ]


def test_the_link_of_an_organisation_that_left_is_refused(client, town, address):
    leave(town.anna, key=Organisation.objects.get(pk=town.otto.organisation_id).key)
    page = client.get(address)
    assert page.status_code == 410
    assert "Uw organisatie doet niet meer mee" in words_of(page)


def test_a_fresh_link_goes_to_the_same_address_once_a_day(client, town, address):
    with clock.at(NOON + timedelta(days=31)):
        asked = client.post(address, {"again": "yes"})
        assert asked.status_code == 200
        assert "is onderweg naar hetzelfde e-mailadres" in words_of(asked)
        assert "@" not in words_of(asked)
        again = client.post(address, {"again": "yes"})
        assert "Vandaag is er al een nieuwe link gestuurd." in words_of(again)
        work_off()
        [fresh] = mail.outbox
        assert fresh.to == [NELL]
        [token] = re.findall(r"/antwoord/([^/]+)/plek/", fresh.body)
        assert token != token_in(address)
        press(client, page_of("answer_place", token), "still_right")
        assert repair(town).confirmed_on == clock.today()
    with clock.at(NOON + timedelta(days=32)):
        assert "is onderweg" in words_of(client.post(address, {"again": "yes"}))


def test_who_answered_wrongly_can_ask_for_a_fresh_link(client, town, address):
    press(client, address, "full")
    client.post(address, {"again": "yes"})
    work_off()
    assert [one.to for one in mail.outbox] == [[NELL]]


def test_no_fresh_link_goes_to_who_is_not_asked_any_more(client, town, address):
    press(client, address, "full")
    give_owner(town, town.repair, new_contact(town, town.repair, email="other@example.org"))
    client.post(address, {"again": "yes"})
    work_off()
    assert mail.outbox == []


# --- kept to oneself -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["open", "answered", "expired", "unknown"])
def test_no_link_page_is_kept_anywhere_or_found_by_anyone(client, address, state):
    page = address
    if state == "answered":
        press(client, address, "full")
    if state == "unknown":
        page = page_of("answer_place", "hallo")
    with clock.at(NOON + timedelta(days=31 if state == "expired" else 0)):
        answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_link_page_leads_to_nothing_of_anybody(client, town, address):
    tree = html.fromstring(client.get(address).content.decode())
    links = set(tree.xpath("//a/@href")) - {"#content"}
    everyones = ("/begroting", "/aanmelden", "/toegankelijkheid", "/meedoen-in-de-buurt")
    everyones += ("/algoritme",)
    assert {one for one in links if not one.startswith(everyones)} == {"/"}
    # Having opened a link is no signing in: every page of a desk still asks for that.
    for name in ("partner:waiting", "coach:today", "resident:path"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_who_is_signed_in_elsewhere_answers_as_who_holds_the_link(sign_in, town, address):
    """Also somebody of another municipality, whose own pages stay their own."""
    client = sign_in(town.vera)
    assert press(client, address, "still_right").status_code == 302
    kept = PlaceConfirmation.objects.get()
    assert (kept.answered_by_id, kept.place_id) == (None, town.repair)
    assert client.get(reverse("coach:today")).status_code == 200


def test_a_link_survives_another_language(client, town, address):
    client.get(address)
    client.post(reverse("set_language"), {"language": "en", "next": address})
    page = client.get(address)
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()
    assert press(client, address, "still_right").status_code == 302
    assert client.get(address).status_code == 200
    assert PlaceConfirmation.objects.get().answer == "still_right"


def test_words_of_others_are_no_html(client, town, address):
    change_place(town, town.repair, description="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(address).content.decode()


# --- placements ----------------------------------------------------------------------------------


@pytest.fixture
@kept
def light(town) -> int:
    """Nobody can sign in for De Werkplaats; Nell is to be asked about all of it."""
    Membership.objects.filter(pk=town.otto.membership_id).update(ended_at=clock.now())
    return new_contact(town, town.repair, role=ContactRole.COORDINATOR)


@kept
def tim_at_the_workshop(town) -> Placement:
    [placement_id] = place_all(
        town.carla,
        placements=[
            NewPlacement(
                pseudonym_id=town.tim.pseudonym_id,
                place_id=town.repair,
                proposed_on=date(2026, 6, 20),
            )
        ],
    )
    return Placement.objects.visible_to(town.system).get(pk=placement_id)


def link_to_nell(town, purpose, subject_id, contact_id=None, **about) -> str:
    return make_link(
        town.system,
        purpose=purpose,
        subject_id=subject_id,
        organisation_id=town.otto.organisation_id,
        recipient=NELL,
        owner_id=contact_id,
        about=about,
        expires_at=clock.now() + timedelta(days=30),
    )


@pytest.fixture
def start(town, light):
    """The page on which Nell is asked for Tim's first day, and the placement."""
    placement = tim_at_the_workshop(town)
    token = link_to_nell(town, LinkPurpose.CONFIRM_START, placement.pk)
    return page_of("answer_start", token), placement


def test_nell_tells_the_first_day_of_tim(client, town, start):
    address, placement = start
    page = client.get(address)
    assert "Hoe staat het met Tim?" in words_of(page)
    assert "Voorgesteld sinds 20 juni 2026." in words_of(page)
    assert "Fietsen maken" in words_of(page)
    for secret in ("Nepstra", "999990020", town.tim.key, "1980"):
        assert secret not in page.content.decode()
    answer = client.post(address, BEGAN)
    assert (answer.status_code, answer["Location"]) == (302, address)
    placement.refresh_from_db()
    assert placement.state == PlacementState.ACTIVE
    page = words_of(client.get(address))
    assert "De eerste dag was 31 augustus 2026." in page
    assert "Tim" not in page


def test_nell_tells_that_they_met_and_later_the_first_day_with_the_same_link(client, town, start):
    address, placement = start
    met = {"to": "introduced", "on": "2026-08-20", "seen": "proposed"}
    page = client.post(address, met, follow=True)
    assert page.status_code == 200
    assert "u heeft op 20 augustus 2026 kennisgemaakt met Tim" in words_of(page)
    assert "Kennisgemaakt sinds 20 augustus 2026." in words_of(page)
    assert "We hebben kennisgemaakt" not in words_of(page)
    again = client.post(address, met, follow=True)
    assert "De kennismaking met Tim is al bevestigd." in words_of(again)
    placement.refresh_from_db()
    assert placement.state == PlacementState.INTRODUCED
    answer = client.post(address, {"to": "trial", "on": "2026-08-31"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    placement.refresh_from_db()
    assert placement.state == PlacementState.TRIAL
    page = words_of(client.get(address))
    assert "De eerste dag, op proef, was 31 augustus 2026." in page
    assert "Tim" not in page


def test_nell_tells_the_coach_that_tim_does_not_come_and_the_coach_decides(client, town, start):
    address, placement = start
    sent = {"to": "not_coming", "reason": "did_not_come", "text": "Nooit gezien."}
    answer = client.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, address)
    placement.refresh_from_db()
    assert placement.state == PlacementState.PROPOSED
    [told] = reports_of(town.carla, key=placement.key)
    assert (told.kind, told.reason, told.text, told.reported_by, told.last_day) == (
        PartnerReportKind.PROPOSES_END,
        MoveReason.DID_NOT_COME,
        "Nooit gezien.",
        "",
        None,
    )
    page = words_of(client.get(address))
    assert "U liet weten dat het niet doorgaat. De coach krijgt dit te zien." in page
    assert "Tim" not in page
    assert client.post(address, BEGAN).status_code == 409
    assert len(reports_of(town.carla, key=placement.key)) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"on": "2026-08-31"}, "Kies wat u wilt bevestigen."),
        ({"to": "not_coming"}, "Kies waarom deze persoon niet komt."),
        (BEGAN | {"reason": "did_not_come"}, "Kies “Komt niet”, of maak de vakken daaronder leeg."),
        (BEGAN | {"text": "Leuk."}, "Kies “Komt niet”, of maak de vakken daaronder leeg."),
        ({"to": "not_coming", "reason": "did_not_come", "text": "Heeft kanker."}, "artikel 9"),
        ({"to": "ended", "on": "2026-08-31"}, "Dat kan nu niet."),
    ],
)
def test_what_nell_cannot_say_leaves_the_link_to_be_used(client, town, start, sent, words):
    address, placement = start
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert words in words_of(answer)
    placement.refresh_from_db()
    assert placement.state == PlacementState.PROPOSED
    assert reports_of(town.carla, key=placement.key) == []
    assert client.post(address, BEGAN).status_code == 302


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-09-02", "ligt in de toekomst"),
        ("2026-01-01", "ligt voor 20-06-2026"),
        ("gisteren", "geldige datum"),
        ("", "verplicht"),
    ],
)
def test_a_first_day_that_cannot_be_leaves_the_link_to_be_used(client, start, day, words):
    address, placement = start
    answer = client.post(address, {"to": "active", "on": day})
    assert answer.status_code == 422
    assert words in words_of(answer)
    placement.refresh_from_db()
    assert placement.state == PlacementState.PROPOSED
    assert client.post(address, BEGAN).status_code == 302


def test_a_start_that_was_told_at_the_desk_or_will_not_be_is_asked_no_more(client, town, start):
    address, placement = start
    change = Change(placement_id=placement.pk, on=date(2026, 8, 1))
    confirm_all(town.system, changes=[change])
    page = client.get(address)
    assert page.status_code == 410
    assert "Deze vraag is niet meer nodig" in words_of(page)
    assert "Tim" not in words_of(page)
    assert client.post(address, BEGAN).status_code == 410


def test_a_former_coordinator_sees_nobody(client, town, start, light):
    address, _placement = start
    with clock.at(NOON + timedelta(days=1)):
        Contact.objects.visible_to(town.system).filter(pk=light).update(
            ends_on=TODAY + timedelta(days=1)
        )
        page = client.get(address)
        assert page.status_code == 410
        assert "Tim" not in words_of(page)


@pytest.fixture
def month(town, light):
    """The page on which Nell is asked about August, when Tim was at the repair shop."""
    placement = tim_at_the_workshop(town)
    change = Change(placement_id=placement.pk, on=date(2026, 7, 1))
    confirm_all(town.system, changes=[change])
    token = link_to_nell(
        town, LinkPurpose.CONFIRM_MONTH, town.otto.organisation_id, month="2026-08-01"
    )
    return page_of("answer_month", token), placement


def sent_month(page, **changed) -> dict:
    """Return the form of a month as it stands on the page, with some of it changed."""
    [form] = html.fromstring(page.content.decode()).xpath("//main//form")
    return {**dict(form.form_values()), **changed}


def test_nell_confirms_a_month_with_one_press(client, town, month):
    address, placement = month
    page = client.get(address)
    text = words_of(page)
    assert "Hoe ging het in augustus 2026?" in text
    assert "Tim" in text
    for secret in ("Nepstra", "999990020", town.tim.key):
        assert secret not in page.content.decode()
    answer = client.post(address, sent_month(page))
    assert (answer.status_code, answer["Location"]) == (302, address)
    kept = MonthConfirmation.objects.visible_to(town.system).get()
    assert (kept.placement_id, kept.answer) == (placement.pk, MonthAnswer.AS_PLANNED)
    link = open_link(token_in(address), purpose=LinkPurpose.CONFIRM_MONTH)
    assert kept.link_id == link.link_id
    page = words_of(client.get(address))
    assert "U heeft de maand bevestigd." in page
    assert "Tim" not in page


def test_what_went_otherwise_is_told_or_said_to_be_incomplete(client, town, month):
    address, placement = month
    page = client.get(address)
    worry = {f"{placement.key}-answer": "worries"}
    wrong = client.post(address, sent_month(page, **worry))
    assert wrong.status_code == 422
    assert "Schrijf kort op waarover u zich zorgen maakt." in words_of(wrong)
    worry[f"{placement.key}-note"] = "Komt vaak te laat."
    assert client.post(address, sent_month(page, **worry)).status_code == 302
    kept = MonthConfirmation.objects.visible_to(town.system).get()
    assert (kept.answer, kept.note) == (MonthAnswer.WORRIES, "Komt vaak te laat.")


def test_nobody_is_confirmed_who_is_not_at_the_organisation(client, town, month):
    address, _placement = month
    [other] = place_all(
        town.anna,
        placements=[
            NewPlacement(
                pseudonym_id=town.roos_file.pseudonym_id,
                place_id=town.garden,
                proposed_on=date(2026, 6, 1),
            )
        ],
    )
    confirm_all(town.system, changes=[Change(placement_id=other, on=date(2026, 6, 2))])
    key = Placement.objects.visible_to(town.system).get(pk=other).key
    forged = {"key": str(key), f"{key}-answer": "as_planned", f"{key}-seen": "0"}
    assert client.post(address, forged).status_code == 422
    assert not MonthConfirmation.objects.visible_to(town.system).exists()


def test_the_link_of_an_earlier_month_is_for_that_month_only(client, month):
    address, _placement = month
    with clock.at(datetime(2026, 10, 1, 10, tzinfo=UTC)):
        assert client.get(address).status_code == 410


# --- sign-ups ------------------------------------------------------------------------------------


@pytest.fixture
def signed_up(town, nell):
    """The page on which Nell is asked about Wim, who signed up for the repair shop."""
    change_place(town, town.repair, is_public=True, open_to_sign_up=True)
    sign_up(
        town.system,
        new=NewSignUp(
            place_key=repair(town).key,
            name="Wim",
            contact="0612345678",
            message="Ik houd van fietsen.",
        ),
    )
    row = SignUp.objects.visible_to(town.system).get()
    return page_of(
        "answer_sign_up", link_to_nell(town, LinkPurpose.ANSWER_SIGN_UP, row.pk, nell)
    ), row


@pytest.mark.parametrize("state", [SignUpState.CONTACTED, SignUpState.CLOSED])
def test_nell_answers_a_sign_up(client, signed_up, state):
    address, row = signed_up
    page = words_of(client.get(address))
    for text in ("Wim", "0612345678", "Ik houd van fietsen."):
        assert text in page
    assert client.post(address, {"state": "new"}).status_code == 422
    assert client.post(address, {"state": state.value}).status_code == 302
    row.refresh_from_db()
    assert row.state == state
    page = client.get(address)
    assert page.status_code == 200
    assert "Wim" not in words_of(page)
    assert client.post(address, {"state": "closed"}).status_code == 409


def test_a_sign_up_that_was_closed_at_the_desk_is_asked_no_more(client, town, signed_up):
    address, row = signed_up
    answer_sign_up(town.otto, key=row.key, state=SignUpState.CLOSED)
    page = client.get(address)
    assert page.status_code == 410
    assert "Wim" not in words_of(page)


def test_a_former_owner_sees_nobody_who_signed_up(client, town, signed_up):
    address, _row = signed_up
    give_owner(town, town.repair, new_contact(town, town.repair, email="other@example.org"))
    page = client.get(address)
    assert page.status_code == 410
    assert "Wim" not in words_of(page)
