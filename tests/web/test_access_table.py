"""Every address by every member of the cast: the expected answer; an address not here fails.

A stranger's answer is that of a page that does not exist: 404. Someone who is not signed in is
sent to the sign-in page, for a page that exists as for one that does not, by the same rule.
"""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from meedoen.records.budget.actions import import_page, link_indicator, publish
from meedoen.records.budget.queries import goals, published_page, published_pages
from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock
from meedoen.records.placements.actions import confirm_start, place_from_proposal
from meedoen.records.proposals.actions import propose
from meedoen.rules.budget.reader import read_page
from tests.architecture.test_shape import pages
from tests.town import ON_RUNG_2, talk

EVERYONE = "everyone"
SIGNED_IN = "anna bram lea carla petra otto roos connie suus priya ab vera"
COACHES = "anna bram lea carla vera"
TEAM = "anna bram lea"

# name of the address -> who gets an answer; a number behind it is the answer they get
TABLE = {
    "home": EVERYONE,
    "set_language": EVERYONE,
    "accessibility": EVERYONE,
    "health": EVERYONE,
    "security_txt": EVERYONE,
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
    "account_inactive": EVERYONE,
    "mfa_authenticate": EVERYONE,
    "choose_role": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": f"{SIGNED_IN} 404",
    "mfa_view_recovery_codes": f"{SIGNED_IN} 404",
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": f"{SIGNED_IN} 404",
    "coach:today": COACHES,
    "coach:caseload": COACHES,
    "coach:resident": TEAM,
    "coach:conversation": TEAM,
    "coach:attempt": TEAM,
    "coach:places": f"{COACHES} 405",
    "coach:proposal": TEAM,
    "coach:placement": TEAM,
    "coach:placement_end": TEAM,
    "coach:placement_withdraw": TEAM,
    "coach:placement_start_day": TEAM,
    "coach:placement_take_back": TEAM,
    "partner:waiting": "petra otto",
    "partner:start": "petra",
    "resident:path": "roos",
    "policy:standing": "connie",
    "policy:indicator": "connie",
    "policy:goal": "connie",
    "policy:reach": "suus",
    "policy:readings": "priya",
    "policy:members": "ab",
    "public:pages": EVERYONE,
    "public:page": EVERYONE,
    "public:cell": EVERYONE,
}
ANSWERED = {200, 302}

PAGE = """Doel 9.9.9 We oefenen met doelen

Beschrijving doel

Dit doel is om te oefenen.
"""


@pytest.fixture
def addresses(town, settings):
    """Return every address with arguments that exist, about Roos and her placement."""
    settings.ADMINISTRATOR_EMAIL = "beheer@example.org"
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        talk(town.anna, town.roos_file, date(2026, 3, 2), ON_RUNG_2)
        proposal = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        answered = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        waiting = place_from_proposal(
            town.anna, proposal_key=answered, place_id=town.garden, resident_said="Graag"
        )
        measure(town.connie, on=date(2026, 3, 2))
    import_page(town.system, page=read_page(PAGE), source="oefening")
    [goal] = goals(town.connie)
    link_indicator(town.connie, goal_id=goal.goal_id, indicator="participation_jobs")
    publish(town.connie, goal_id=goal.goal_id, on=date(2026, 3, 2))
    [line] = published_pages()
    cell = published_page(line.publication_id).rows[0].cells[0]
    roos = town.roos_file.key
    arguments = {
        "coach:resident": [roos],
        "coach:conversation": [roos],
        "coach:attempt": [roos],
        "coach:places": [roos],
        "coach:proposal": [proposal],
        "coach:placement": [waiting],
        "coach:placement_end": [waiting],
        "coach:placement_withdraw": [waiting],
        "coach:placement_start_day": [waiting],
        "coach:placement_take_back": [waiting],
        "partner:start": [waiting],
        "policy:indicator": ["participation_jobs"],
        "policy:goal": [goal.goal_id],
        "public:page": [line.publication_id],
        "public:cell": [cell.cell_id],
    }
    return {name: reverse(name, args=arguments.get(name, [])) for name in TABLE}


def names():
    for entry in pages():
        callback = entry.callback.__module__
        audience = callback.split(".")[2] if callback.startswith("meedoen.web") else "shared"
        yield entry.name if audience == "shared" else f"{audience}:{entry.name}"


def test_every_address_is_in_the_table():
    assert sorted(names()) == sorted(TABLE)


def expected(who: str, name: str) -> set[int]:
    words = TABLE[name].split()
    special = {int(word) for word in words if word.isdigit()}
    if EVERYONE in words or who in words:
        return special or ANSWERED
    return {404}


def test_every_member_gets_the_answer_of_the_table(town, addresses):
    wrong = []
    for who, member in town.members.items():
        client = Client()
        client.force_login(account_of(member))
        for name, address in addresses.items():
            if name == "account_logout":
                continue
            status = client.get(address).status_code
            if status not in expected(who, name):
                wrong.append(f"{who} at {name}: {status}, expected {expected(who, name)}")
    assert not wrong, "\n".join(wrong)


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(addresses):
    client = Client()
    for name, address in addresses.items():
        answer = client.get(address)
        if EVERYONE in TABLE[name]:
            assert answer.status_code in {*ANSWERED, 405}, name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("account_login")), name


def test_another_persons_page_equals_one_that_does_not_exist(town, addresses):
    """The same status, the same text: nothing tells that the record is there."""
    for who in ("carla", "vera", "otto", "connie", "roos"):
        client = Client()
        client.force_login(account_of(getattr(town, who)))
        for name, address in addresses.items():
            known = str(address)
            key = next((part for part in known.split("/") if part.count("-") == 4), None)
            if key is None:
                continue
            other = known.replace(key, str(uuid.uuid4()))
            for ask in (client.get, client.post):
                there, nowhere = ask(known), ask(other)
                assert there.status_code == nowhere.status_code, (who, name)
                assert there.status_code in {404, 405}, (who, name)
                assert body(there) == body(nowhere), (who, name)


def body(answer) -> str:
    """Return the text without what differs at every request: the token, and the address itself."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="next"' not in line)


def account_of(member):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=member.account_id)


def test_a_start_that_was_confirmed_is_no_longer_there_to_confirm(town, addresses):
    client = Client()
    client.force_login(account_of(town.petra))
    key = addresses["partner:start"].split("/")[3]
    with clock.at(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        confirm_start(town.petra, key=uuid.UUID(key), started_on=date(2026, 3, 9))
    assert client.get(addresses["partner:start"]).status_code in {302, 404}
