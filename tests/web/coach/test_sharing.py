"""The page on what may be shared: three things apart, each with its list and its form."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.people.queries import who_looked_at_me
from meedoen.records.sharing.actions import (
    allow_sharing_all,
    note_agreements,
    release_secrecy_all,
)
from meedoen.records.sharing.models import Sharing
from meedoen.records.sharing.queries import organisations_to_tell, sharing_of
from meedoen.rules.matching.facts import FunctionalDemand
from meedoen.rules.vocabulary import Channel, LegalGround, Shared
from meedoen.web.coach.forms.sharing import AgreementForm, GroundForm, SecrecyForm
from meedoen.web.shared.sharing_lines import sharing_lines
from tests.sharing import new_agreement, new_release, new_sharing
from tests.town import MORNINGS, Town
from tests.web.coach.scenes import NOBODY, TALKED, address, on, readable


@pytest.fixture(autouse=True)
def in_march():
    with on(TALKED):
        yield


def ground(town: Town, prefix: str = "sharing", **changes: Any) -> dict[str, Any]:
    given = {
        "organisation": str(new_sharing(town, 0).organisation_id),
        "what": ["name_and_phone", "functional_limits"],
        "explanation": "Om te beginnen in de tuin.",
        "legal_task": "participation",
        "ground": "public_task",
        "told_how": "spoken",
        "starts_on": "2026-03-02",
        "last_day": "",
        "key": str(uuid.uuid4()),
        "text_version": "2026-11",
        **changes,
    }
    return prefixed(prefix, given)


def secrecy(prefix: str = "release", **changes: Any) -> dict[str, Any]:
    given = {
        "who": "De maatschappelijk werker",
        "purpose": "Vertellen hoeveel uur past.",
        "given_how": "written",
        "given_on": "2026-03-02",
        "last_day": "2026-08-31",
        **changes,
    }
    return prefixed(prefix, given)


def agreement(prefix: str = "agreement", **changes: Any) -> dict[str, Any]:
    given = {
        "agreed": "no",
        "about": "Elke maand een gesprek.",
        "given_how": "spoken",
        "given_on": "2026-03-02",
        **changes,
    }
    return prefixed(prefix, given)


def prefixed(prefix: str, given: dict[str, Any]) -> dict[str, Any]:
    return {"part": prefix} | {f"{prefix}-{name}": value for name, value in given.items()}


def cards(town: Town):
    return sharing_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def send(town: Town, sign_in, form: dict[str, Any]):
    return sign_in(town.anna).post(address("sharing", town.roos_file.key), form)


def test_the_page_explains_each_of_the_three_and_says_that_there_is_nothing_yet(
    town: Town, sign_in
) -> None:
    text = readable(sign_in(town.anna).get(address("sharing", town.roos_file.key)))
    assert "Dit zijn drie aparte dingen." in text
    for nothing in (
        "Er is nog niets vastgelegd om te delen.",
        "Er is niemand die iets mag vertellen wat geheim is.",
        "De inwoner heeft dit nog niet gezegd.",
    ):
        assert nothing in text
    assert "Een nee verandert vanzelf niets" in text


def test_the_public_task_comes_first_and_consent_warns(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("sharing", town.roos_file.key))
    form = page.context["sharing"].form
    assert form["ground"].value() == "public_task"
    assert next(iter(form.fields["ground"].choices))[0] == "public_task"
    assert "zelden vrij" in readable(page)
    assert "altijd intrekken" in readable(page)


def test_what_may_be_told_is_kept_and_listed(town: Town, sign_in) -> None:
    assert send(town, sign_in, ground(town, last_day="2026-06-30")).status_code == 302
    [card] = cards(town).sharings
    assert card.what == (Shared.NAME_AND_PHONE, Shared.FUNCTIONAL_LIMITS)
    text = readable(sign_in(town.anna).get(address("sharing", town.roos_file.key)))
    assert "De Moestuin Geldt nu" in text
    assert "Tot en met 30 juni 2026" in text
    assert "op 2 maart 2026 door Anna Testema" in text


def test_each_form_keeps_only_its_own_thing(town: Town, sign_in) -> None:
    assert send(town, sign_in, secrecy()).status_code == 302
    assert (cards(town).sharings, cards(town).agreements) == ((), ())
    [release] = cards(town).releases
    assert (str(release.until), release.text_version) == ("2026-09-01", "2026-11")
    assert send(town, sign_in, agreement()).status_code == 302
    [said] = cards(town).agreements
    assert (said.agreed, len(cards(town).releases), cards(town).sharings) == (False, 1, ())


def test_consent_asks_that_the_choice_is_free(town: Town, sign_in) -> None:
    page = send(town, sign_in, ground(town, ground="consent"))
    assert set(page.context["sharing"].form.errors) == {"free_choice"}
    assert "echt vrij" in readable(page)
    assert send(town, sign_in, ground(town, ground="consent", free_choice="on")).status_code == 302
    assert cards(town).sharings[0].ground is LegalGround.CONSENT


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    wrong = ground(
        town,
        organisation="",
        what=[],
        explanation="Heeft ADHD.",
        told_how="",
        starts_on="2999-01-01",
        last_day="2026-02-01",
    )
    page = send(town, sign_in, wrong)
    form = page.context["sharing"].form
    assert page.status_code == 422
    assert set(form.errors) == {"organisation", "what", "explanation", "told_how", "starts_on"}
    assert "“ADHD” is een woord voor" in readable(page)
    assert 'value="Heeft ADHD."' in page.content.decode()
    assert not page.context["release"].form.errors
    assert cards(town).sharings == ()


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (secrecy(last_day="2026-03-01"), {"last_day"}),
        (secrecy(last_day="2096-03-01"), {"last_day"}),
        (secrecy(who="", purpose="Heeft reuma.", last_day=""), {"who", "purpose", "last_day"}),
        (agreement(agreed="", about="", given_how=""), {"agreed", "about", "given_how"}),
        (agreement(about="Therapie", given_on="2026-03-03"), {"about", "given_on"}),
    ],
)
def test_mistakes_in_the_other_two_forms(town: Town, sign_in, form, wrong) -> None:
    page = send(town, sign_in, form)
    assert set(page.context[form["part"]].form.errors) == wrong
    assert (cards(town).releases, cards(town).agreements) == ((), ())


def test_a_last_day_before_the_first_is_refused(town: Town, sign_in) -> None:
    page = send(town, sign_in, ground(town, last_day="2026-03-01"))
    assert set(page.context["sharing"].form.errors) == {"last_day"}


def test_a_button_pressed_twice_keeps_one(town: Town, sign_in) -> None:
    form = ground(town)
    for _press in range(2):
        assert send(town, sign_in, form).status_code == 302
    assert len(cards(town).sharings) == 1


@pytest.mark.parametrize(
    ("part", "field"), [("sharing", "explanation"), ("release", "purpose"), ("agreement", "about")]
)
def test_something_else_from_the_same_page_is_kept_beside_it(
    town: Town, sign_in, part: str, field: str
) -> None:
    key = str(uuid.uuid4())
    make = {
        "sharing": lambda **more: ground(town, **more),
        "release": secrecy,
        "agreement": agreement,
    }[part]
    first, second = make(key=key), make(key=key, **{field: "Iets heel anders."})
    for form in (first, second, second, first):
        assert send(town, sign_in, form).status_code == 302
    kept = getattr(cards(town), f"{part}s")
    assert {getattr(card, field) for card in kept} == {
        first[f"{part}-{field}"],
        "Iets heel anders.",
    }
    assert len(kept) == 2


def test_what_was_stopped_is_not_noted_again_by_the_same_page(town: Town, sign_in) -> None:
    form = ground(town)
    send(town, sign_in, form)
    key = cards(town).sharings[0].key
    sign_in(town.anna).post(address("sharing_end", key), {f"{key}-ended_on": "2026-03-02"})
    assert send(town, sign_in, form).status_code == 302
    assert running(town) == [False]


def test_a_version_that_is_not_ours_becomes_the_newest(town: Town, sign_in) -> None:
    send(town, sign_in, ground(town, text_version="1900-01"))
    assert cards(town).sharings[0].text_version == "2026-11"


def test_looking_shows_what_the_organisation_would_see_and_keeps_nothing(
    town: Town, sign_in
) -> None:
    complete_all(
        town.anna,
        conversations=[
            NewConversation(
                pseudonym_id=town.roos_file.pseudonym_id,
                held_on=TALKED,
                channel=Channel.PHONE,
                story="Een geheim verhaal.",
                half_days=MORNINGS,
                functional_limits=frozenset({FunctionalDemand.LIFTING}),
                other_limits="Kan niet lang zitten.",
            )
        ],
    )
    page = send(town, sign_in, {**ground(town), "step": "look"})
    assert page.status_code == 200
    seen = {str(label): str(value) for label, value in page.context["preview"]}
    assert seen == {
        "Naam": "Roos Nepstra",
        "Telefoon": "",
        "Gaat niet": 'tillen; <span lang="nl">Kan niet lang zitten.</span>',
    }
    assert cards(town).sharings == ()
    less = send(town, sign_in, {**ground(town, what=["times"]), "step": "look"})
    assert [str(label) for label, _value in less.context["preview"]] == ["Kan op"]
    everything = send(
        town, sign_in, {**ground(town, what=[one.value for one in Shared]), "step": "look"}
    )
    told = " ".join(str(value) for _label, value in everything.context["preview"])
    assert "geheim verhaal" not in told
    assert "111222333" not in told
    assert not re.search(r"\d{9}", told)


def test_looking_before_anyone_spoke_leaves_empty_what_is_not_known(town: Town, sign_in) -> None:
    page = send(town, sign_in, {**ground(town, what=[one.value for one in Shared]), "step": "look"})
    seen = {str(label): str(value) for label, value in page.context["preview"]}
    assert (seen["Kan op"], seen["Gaat niet"], seen["Trede"]) == ("", "", "")


@pytest.fixture
def keys(town: Town) -> dict[str, uuid.UUID]:
    """One of each for Roos, by the name of the page that stops it."""
    person = town.roos_file.pseudonym_id
    [sharing] = allow_sharing_all(town.anna, sharings=[new_sharing(town, person)])
    [release] = release_secrecy_all(town.anna, releases=[new_release(person)])
    [agreed] = note_agreements(town.anna, agreements=[new_agreement(person)])
    return {
        "sharing_end": sharing,
        "secrecy_withdraw": release,
        "agreement_withdraw": agreed,
    }


def running(town: Town) -> list[bool]:
    found = cards(town)
    every = (*found.sharings, *found.releases, *found.agreements)
    return [card.runs for card in every]


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("sharing_end", [False, True, True]),
        ("secrecy_withdraw", [True, False, True]),
        ("agreement_withdraw", [True, True, False]),
    ],
)
def test_stopping_one_leaves_the_other_two(town: Town, sign_in, keys, page, left) -> None:
    client = sign_in(town.bram)
    answer = client.post(address(page, keys[page]), {f"{keys[page]}-ended_on": "2026-03-02"})
    assert answer["Location"] == address("sharing", town.roos_file.key)
    assert running(town) == left
    text = readable(client.get(answer["Location"]))
    assert "Het is gestopt." in text
    assert "(1)" in text


@pytest.mark.parametrize("page", ["sharing_end", "secrecy_withdraw", "agreement_withdraw"])
def test_a_day_that_cannot_be_is_told_and_nothing_stops(town: Town, sign_in, keys, page) -> None:
    client = sign_in(town.anna)
    for day, said in [("2999-01-01", "in de toekomst"), ("2026-03-01", "voor de eerste dag")]:
        answer = client.post(address(page, keys[page]), {f"{keys[page]}-ended_on": day})
        assert answer.status_code == 422
        assert said in readable(answer)
    assert running(town) == [True, True, True]


def test_who_stops_what_was_stopped_is_told(town: Town, sign_in, keys) -> None:
    client, key = sign_in(town.anna), keys["sharing_end"]
    form = {f"{key}-ended_on": "2026-03-02"}
    client.post(address("sharing_end", key), form)
    again = client.post(address("sharing_end", key), form)
    assert again.status_code == 422
    assert "Dit was al gestopt." in readable(again)


@pytest.mark.parametrize("member", ["carla", "vera", "roos", "petra", "connie", "priya"])
def test_a_stranger_finds_no_page_and_changes_nothing(
    town: Town, sign_in, keys, member: str
) -> None:
    client = sign_in(getattr(town, member))
    assert client.get(address("sharing", town.roos_file.key)).status_code == 404
    assert client.post(address("sharing", town.roos_file.key), ground(town)).status_code == 404
    for page, key in keys.items():
        form = {f"{key}-ended_on": "2026-03-02"}
        assert client.post(address(page, key), form).status_code == 404
        assert client.post(address(page, NOBODY), form).status_code == 404
    assert running(town) == [True, True, True]


def test_stopping_is_done_by_sending_only(town: Town, sign_in, keys) -> None:
    for page, key in keys.items():
        assert sign_in(town.anna).get(address(page, key)).status_code == 405


def test_opening_the_page_is_noted_for_the_resident(town: Town, sign_in) -> None:
    sign_in(town.anna).get(address("sharing", town.roos_file.key))
    [reading] = who_looked_at_me(town.roos)
    assert reading.page == "sharing"


def test_the_resident_reads_the_three_things(town: Town, keys) -> None:
    lines = sharing_lines(sharing_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id))
    html = render_to_string("resident/parts/sharing.html", {"shared": lines})
    for said in ("De Moestuin", "De maatschappelijk werker", "Elke maand een gesprek."):
        assert said in html
    assert "<form" not in html
    nothing = sharing_lines(sharing_of(town.roos, pseudonym_id=town.tim.pseudonym_id))
    empty = render_to_string("resident/parts/sharing.html", {"shared": nothing})
    assert "Er wordt niets over u gedeeld." in empty


def test_a_partner_is_told_nothing_by_this(town: Town, sign_in, keys) -> None:
    page = sign_in(town.petra).get("/partner/")
    assert "Elke maand een gesprek." not in readable(page)
    assert sharing_of(town.petra, pseudonym_id=town.roos_file.pseudonym_id).sharings == ()


def test_the_number_of_questions_is_the_same_for_many(town: Town, sign_in) -> None:
    client, person = sign_in(town.anna), town.roos_file.pseudonym_id

    def asked_with(more: int) -> int:
        allow_sharing_all(town.anna, sharings=[new_sharing(town, person)] * more)
        release_secrecy_all(town.anna, releases=[new_release(person)] * more)
        note_agreements(town.anna, agreements=[new_agreement(person)] * more)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address("sharing", town.roos_file.key)).status_code == 200
        return len(asked)

    asked_with(1)
    assert asked_with(9) == asked_with(190)
    assert Sharing.objects.visible_to(town.anna).count() == 200


def in_another(data: dict[str, Any]) -> QueryDict:
    """Return what a browser sends of a form inside another one."""
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def optional_forms(town: Town, data: dict[str, Any]) -> list[Any]:
    sent = in_another(data)
    choices = organisations_to_tell(town.anna)
    return [
        GroundForm(sent, organisations=choices, prefix="delen", optional=True),
        SecrecyForm(sent, prefix="geheim", optional=True),
        AgreementForm(sent, prefix="wil", optional=True),
    ]


def test_inside_another_form_one_that_was_left_alone_is_right_and_not_given(town: Town) -> None:
    untouched = {
        "delen-legal_task": "participation",
        "delen-ground": "public_task",
        "delen-starts_on": "2026-02-01",
        "delen-key": str(uuid.uuid4()),
        "geheim-given_on": "2026-02-01",
        "wil-given_on": "2026-02-01",
        "wil-text_version": "2026-11",
    }
    for data in ({}, untouched):
        forms = optional_forms(town, data)
        assert all(form.is_valid() for form in forms)
        assert not any(form.given() for form in forms)


def test_inside_another_form_one_that_was_begun_is_checked(town: Town) -> None:
    sharing, release, agreed = optional_forms(
        town, {"delen-what": ["wishes"], "geheim-who": "Iemand", "wil-agreed": "yes"}
    )
    assert sharing.given()
    assert release.given()
    assert agreed.given()
    assert not sharing.is_valid()
    assert "organisation" in sharing.errors
    assert not release.is_valid()
    assert not agreed.is_valid()


def test_inside_another_form_what_was_given_can_be_kept(town: Town) -> None:
    person = town.roos_file.pseudonym_id
    data = ground(town, "delen") | secrecy("geheim") | agreement("wil")
    sharing, release, agreed = optional_forms(town, data)
    assert all(form.is_valid() and form.given() for form in (sharing, release, agreed))
    allow_sharing_all(town.anna, sharings=[sharing.new_sharing(person)])
    release_secrecy_all(town.anna, releases=[release.new_release(person)])
    note_agreements(town.anna, agreements=[agreed.new_agreement(person)])
    assert running(town) == [True, True, True]


def test_a_form_that_was_not_sent_was_not_given(town: Town) -> None:
    assert not AgreementForm().given()
    assert not SecrecyForm(prefix="geheim", optional=True).given()
