"""A link holds for one question, until it is answered; any other is nothing, or says why not."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import Signer
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from meedoen.records.links.actions import LinkSpentError, revoke_links, use_link
from meedoen.records.links.models import Link, LinkEvent
from meedoen.records.links.opening import HeldLink, RefusedLink, open_link
from meedoen.records.links.state import LinkProblem
from meedoen.records.links.tokens import key_in, token_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Role
from meedoen.records.places.organisation_actions import leave
from meedoen.rules.vocabulary import LinkEventKind, LinkPurpose
from tests.asked import NELL, held, link_about, owned_by_nell
from tests.at_once import at_once

PLACE = LinkPurpose.CONFIRM_PLACE
MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def token(town):
    """A link for Nell about the repair shop."""
    return link_about(town, town.repair, owned_by_nell(town, town.repair))


def events() -> list[str]:
    return list(LinkEvent.objects.order_by("pk").values_list("kind", flat=True))


def use(link: HeldLink, answer: str = "still_right") -> None:
    use_link(link.viewer, purpose=PLACE, subject_id=link.subject_id, answer=answer)


def test_who_holds_a_link_acts_for_one_organisation_about_one_thing(town, token):
    link = held(token)
    assert link.viewer.role is Role.LINK_HOLDER
    assert link.viewer.organisation_id == town.otto.organisation_id
    assert link.viewer.municipality_id == town.system.municipality_id
    assert link.viewer.membership_id is None
    assert link.subject_id == town.repair
    assert link.recipient == NELL
    assert events() == ["opened"]


def test_a_token_holds_the_key_of_the_link_and_nothing_else(town, token):
    link = Link.objects.visible_to(town.system).get()
    key, signature = token.split(".")
    assert key == link.key.hex
    assert len(signature) == 43
    assert key_in(token, PLACE) == link.key


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.split(".")[0],
        lambda token: uuid.uuid4().hex + "." + token.split(".")[1],
        lambda token: Signer(salt="meedoen.links.confirm_place", sep=".", key="guessed").sign(
            token.split(".")[0]
        ),
        lambda _token: token_of(uuid.uuid4(), PLACE),
        lambda _token: Signer(salt="meedoen.links.confirm_place", sep=".").sign("no-key"),
        lambda token: token.upper(),
        lambda _token: "",
        lambda _token: "é" * 5_000,
    ],
)
def test_what_was_made_up_is_nothing_and_leaves_no_trace(token, forge):
    assert open_link(forge(token), purpose=PLACE) is None
    assert events() == []


@given(text=st.text())
def test_no_text_at_all_is_a_token(text):
    assert key_in(text, PLACE) is None


@pytest.mark.parametrize("purpose", [one for one in LinkPurpose if one is not PLACE])
def test_a_link_is_nothing_for_another_purpose(token, purpose):
    assert open_link(token, purpose=purpose) is None
    # Not even when somebody could sign it anew for that purpose.
    key = key_in(token, PLACE)
    assert open_link(token_of(key, purpose), purpose=purpose) is None


def test_a_link_expires(town):
    contact_id = owned_by_nell(town, town.repair)
    until = clock.now() + timedelta(days=1)
    token = link_about(town, town.repair, contact_id, until=until)
    with clock.at(until - timedelta(seconds=1)):
        link = held(token)
    with clock.at(until):
        late = open_link(token, purpose=PLACE)
        assert isinstance(late, RefusedLink)
        assert late.problem is LinkProblem.EXPIRED
        # Opened in time, and pressed too late.
        with pytest.raises(LinkSpentError):
            use(link)
    assert events() == ["opened", "refused"]


def test_a_link_is_used_once_and_says_afterwards_what_was_answered(town, token):
    link = held(token)
    use(link, "full")
    again = open_link(token, purpose=PLACE)
    assert isinstance(again, RefusedLink)
    assert again.problem is LinkProblem.ANSWERED
    assert again.answer == "full"
    assert again.answered_at is not None
    with pytest.raises(LinkSpentError) as spent:
        use(link)
    assert spent.value.problem is LinkProblem.ANSWERED
    assert Link.objects.visible_to(town.system).get().about == {"answer": "full"}
    assert "answered" in events()


def test_a_revoked_link_holds_no_more(town, token):
    link = held(token)
    assert revoke_links(town.system, purpose=PLACE, subject_id=town.garden) == 0
    assert revoke_links(town.system, purpose=PLACE, subject_id=town.repair) == 1
    assert revoke_links(town.system, purpose=PLACE, subject_id=town.repair) == 0
    refused = open_link(token, purpose=PLACE)
    assert refused.problem is LinkProblem.REVOKED
    with pytest.raises(LinkSpentError):
        use(link)


def test_revoking_may_leave_one_over(town, token):
    kept = link_about(town, town.repair, held(token).owner_id)
    revoke_links(town.system, purpose=PLACE, subject_id=town.repair, except_tokens=[kept])
    assert isinstance(open_link(kept, purpose=PLACE), HeldLink)
    assert isinstance(open_link(token, purpose=PLACE), RefusedLink)


def test_the_links_of_an_organisation_that_left_hold_no_more(town, token):
    organisation = Organisation.objects.get(pk=town.otto.organisation_id)
    leave(town.anna, key=organisation.key)
    refused = open_link(token, purpose=PLACE)
    assert refused.problem is LinkProblem.ORGANISATION_LEFT


def test_a_link_cannot_answer_about_something_else(town, token):
    link = held(token)
    for purpose, subject_id in (
        (PLACE, town.far),
        (LinkPurpose.CONFIRM_MONTH, town.repair),
    ):
        with pytest.raises(ActionRefusedError, match="iets anders"):
            use_link(link.viewer, purpose=purpose, subject_id=subject_id, answer="full")


def test_who_has_an_account_has_no_link_to_use_up(town, token):
    use_link(town.otto, purpose=PLACE, subject_id=town.repair, answer="full")
    assert isinstance(open_link(token, purpose=PLACE), HeldLink)


def test_opening_twice_in_a_minute_is_one_use(token):
    with clock.at(MARCH):
        open_link(token, purpose=PLACE)
        open_link(token, purpose=PLACE)
    with clock.at(MARCH + timedelta(minutes=2)):
        open_link(token, purpose=PLACE)
    assert events() == ["opened", "opened"]


def test_looking_without_noting_leaves_no_trace(token):
    assert isinstance(open_link(token, purpose=PLACE, note=False), HeldLink)
    assert not LinkEvent.objects.exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("anna", 1), ("otto", 1), ("petra", 0), ("roos", 0), ("vera", 0), ("connie", 0)],
)
def test_who_may_know_that_a_link_was_sent(town, token, who, sees):
    assert Link.objects.visible_to(getattr(town, who)).count() == sees


def test_who_holds_a_link_finds_no_other(town, token):
    other = link_about(town, town.far, held(token).owner_id)
    assert Link.objects.visible_to(held(token).viewer).get().key == key_in(token, PLACE)
    assert Link.objects.visible_to(held(other).viewer).get().key == key_in(other, PLACE)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_kept(town):
    token = link_about(town, town.repair, owned_by_nell(town, town.repair))
    link = held(token)
    told: list[str] = []

    def answer(word: str):
        def act() -> None:
            try:
                with transaction.atomic():
                    use(link, word)
            except LinkSpentError:
                told.append(word)

        return act

    at_once(answer("full"), answer("stopped"))
    assert len(told) == 1
    kept = open_link(token, purpose=PLACE)
    assert {kept.answer, *told} == {"full", "stopped"}
    answered = LinkEvent.objects.filter(kind=LinkEventKind.ANSWERED)
    assert answered.count() == 1
