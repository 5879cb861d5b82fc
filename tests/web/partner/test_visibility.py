"""Every page that Petra can reach shows what is her organisation's, and nothing of another."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from meedoen.records.organisations.models import Membership
from meedoen.records.placements.attendance_actions import NewDay, note_attendance
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.places.sign_up_queries import sign_ups
from meedoen.records.sharing.actions import allow_sharing_all
from meedoen.rules.vocabulary import MonthAnswer, Presence, Shared
from meedoen.web.partner.urls import urlpatterns
from tests.records.placements.desk import (
    IN_NOVEMBER,
    IN_OCTOBER,
    NOVEMBER,
    OCTOBER,
    ask_attendance,
    taking_part,
)
from tests.records.placements.test_attendance import MONDAY
from tests.sharing import new_sharing
from tests.standing_town import kept
from tests.town import ON_RUNG_2, talk
from tests.web.coach.scenes import on, proposed
from tests.web.partner.scenes import key_of_place, show_interest

NOT_FOLLOWED = re.compile(r"/(afmelden|account|taal|static)")
FOR_EVERYONE = re.compile(r"/(openbaar|kennis|meedoen|hsds|toegankelijkheid|begroting)|^/$")
WERKPLAATS = ("Werkplaats", "Fietsen maken", "Zondagsoos", "Otto", "Noor Probeer", "06 12345678")
PEOPLE = ("111222333", "999990019", "999990020", "Tim", "1980", "Wil graag naar buiten")
BENEFIT = ("uitkering", "bijstand", "burgerservicenummer", "BSN")


@pytest.fixture
@kept
def busy(town):
    """Fill both organisations with people, words, days, interest and a sharing note."""
    garden = ask_attendance(town)
    roos, tim = taking_part(town), taking_part(town, town.tim, place=town.repair)
    with on(IN_OCTOBER):
        worry = {"answer": MonthAnswer.WORRIES, "note": "Komt vaak te laat."}
        confirm_months(town.petra, answers=[NewMonth(key=roos, month=OCTOBER, **worry)])
        confirm_months(town.otto, answers=[NewMonth(key=tim, month=OCTOBER, **worry)])
        day = NewDay(key=roos, day=MONDAY, presence=Presence.PRESENT)
        note_attendance(town.petra, days=[day])
    with on(NOVEMBER):
        talk(town.anna, town.roos_file, NOVEMBER, ON_RUNG_2)
        sharing = new_sharing(
            town,
            town.roos_file.pseudonym_id,
            what=frozenset({Shared.TIMES}),
            starts_on=NOVEMBER,
        )
        allow_sharing_all(town.anna, sharings=[sharing])
    proposed(town, town.sam, date(2026, 10, 30))
    show_interest(town)
    [interested] = sign_ups(town.otto)
    return {
        "place": key_of_place(town.repair),
        "place_key": key_of_place(town.repair),
        "key": tim,
        "interested": interested.key,
        "garden": garden,
        "roos": roos,
    }


def text_of(answer) -> str:
    """Return a page without the tokens in it, which may spell anything."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def reachable(client: Client, start: str) -> dict[str, str]:
    """Return every page that links lead to from here, with its text, by address."""
    found: dict[str, str] = {}
    to_do = [start]
    while to_do:
        url = to_do.pop()
        if url in found or NOT_FOLLOWED.match(url):
            continue
        answer = client.get(url)
        if answer.status_code in {301, 302}:
            to_do.append(answer["Location"])
            found[url] = ""
            continue
        assert answer.status_code == 200, url
        found[url] = text_of(answer) if "html" in answer["Content-Type"] else ""
        if not found[url] or FOR_EVERYONE.search(url):
            continue
        for link in html.fromstring(found[url]).xpath("//a/@href"):
            to_do += [f"{url.split('?')[0]}{link}" if link.startswith("?") else link]
        to_do = [one.split("#")[0] for one in to_do if one.startswith("/")]
    return found


def test_every_page_that_petra_can_reach_shows_only_her_own(town, sign_in, busy):
    client = sign_in(town.petra)
    with on(IN_NOVEMBER):
        pages = reachable(client, reverse("partner:waiting"))
    desk = {url: text for url, text in pages.items() if url.startswith("/partner/")}
    seen = {name for name in names_of_pages() if any(is_at(name, url) for url in desk)}
    assert {"waiting", "people", "person", "start", "months", "report", "places", "place"} <= seen
    assert {"place_change", "place_stop", "place_new", "attendance", "month"} <= seen
    assert "Komt vaak te laat." in desk[reverse("partner:person", args=[busy["roos"]])]
    wrong = [
        f"{word} at {url}"
        for url, text in desk.items()
        for word in (*WERKPLAATS, *PEOPLE, *BENEFIT, "Nepstra")
        if word in text
    ]
    assert wrong == []
    # Elsewhere stands what is meant for everyone, and even there nothing about a person.
    assert not [
        f"{word} at {url}" for url, text in pages.items() for word in PEOPLE if word in text
    ]


def names_of_pages() -> list[str]:
    return [one.name for one in urlpatterns if one.name]


def is_at(name: str, url: str) -> bool:
    [pattern] = [one.pattern for one in urlpatterns if one.name == name]
    return pattern.match(url.split("?", maxsplit=1)[0].removeprefix("/partner/")) is not None


def test_the_keys_of_another_organisation_lead_nowhere(town, sign_in, busy):
    client = sign_in(town.petra)
    tried = set()
    for one in urlpatterns:
        names = list(one.pattern.converters)
        if not names or one.callback.__module__.startswith("meedoen.web.partner.link"):
            continue
        keys = {"key": busy["key"], "place_key": busy["place"], "year": 2026, "number": 10}
        keys["message_id"] = 1
        if one.name.startswith("place"):
            keys["key"] = busy["place"]
        if one.name == "sign_up_answer":
            keys["key"] = busy["interested"]
        url = reverse(f"partner:{one.name}", kwargs={name: keys[name] for name in names})
        with on(IN_NOVEMBER):
            for ask in (client.get, client.post):
                assert ask(url).status_code in {404, 405}, url
            answer = client.post(url, {"answer": "still_right", "state": "closed"})
            assert answer.status_code in {404, 405}
        tried.add(one.name)
    assert {"person", "start", "report", "month", "attendance", "place", "sign_up_answer"} <= tried
    [interested] = sign_ups(town.otto)
    assert interested.state.value == "new"


def test_who_left_the_organisation_sees_nothing_any_more(town, sign_in, busy):
    client = sign_in(town.petra)
    url = reverse("partner:person", args=[busy["roos"]])
    with on(IN_NOVEMBER):
        assert client.get(url).status_code == 200
        Membership.objects.filter(pk=town.petra.membership_id).update(ended_at="2026-11-03T12:00Z")
        assert "Roos" not in client.get(url).content.decode()
