import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.campaign_actions import (
    CampaignIsThereError,
    NewCampaign,
    close_campaign,
    extend_campaign,
    start_campaign,
)
from meedoen.records.conversations.campaign_queries import (
    CampaignCard,
    MemberState,
    campaign,
    campaigns,
    count_to_add,
    is_own_campaign,
    members,
)
from meedoen.records.conversations.models import Campaign, CampaignMember
from meedoen.records.conversations.outreach_actions import start_pause
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Responsibility
from meedoen.rules.vocabulary import Outcome
from tests.at_once import at_once
from tests.records.conversations.scenes import (
    IN_APRIL,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    talked,
    tried,
)
from tests.town import Town, build_town
from tests.web.coach.scenes import on, register_crowd


def begun(town: Town, viewer: str = "lea", day: date = MONDAY, **criteria) -> uuid.UUID:
    with on(day):
        return start_campaign(
            getattr(town, viewer),
            campaign=NewCampaign(name="Kansen in Kaart", purpose="Iedereen spreken", **criteria),
        )


def shown(town: Town, key: uuid.UUID, viewer: str = "anna") -> CampaignCard:
    card = campaign(getattr(town, viewer), key=key)
    assert card is not None
    return card


def states(town: Town, key: uuid.UUID, state: MemberState | None = None) -> list[tuple[str, str]]:
    page = members(town.anna, campaign=shown(town, key), state=state)
    return [(card.person.name.split()[0], card.state.value) for card in page.cards]


def test_a_list_holds_the_people_of_the_own_team_that_fit(town: Town) -> None:
    with on(MONDAY):
        talked(town.anna, town.roos_file, MONDAY)
    assert states(town, begun(town)) == [("Sam", "not_yet"), ("Roos", "reached")]
    assert states(town, begun(town, never_spoken=True)) == [("Sam", "not_yet")]
    assert states(town, begun(town, not_spoken_months=6)) == [("Sam", "not_yet")]
    assert len(states(town, begun(town, district_ids=[town.north]))) == 2


def test_progress_counts_what_happened_since_the_list_began(town: Town) -> None:
    extra = register_crowd(town, 3)
    with on(MONDAY):
        tried(town.anna, town.sam, date(2026, 3, 1), Outcome.REACHED)
        talked(town.anna, town.roos_file, date(2026, 2, 1))
    key = begun(town)
    assert states(town, key, MemberState.NOT_YET)
    before = shown(town, key).progress
    assert (before.reached, before.tried, before.not_yet, before.total) == (0, 0, 5, 5)
    with on(TUESDAY):
        tried(town.anna, town.sam, TUESDAY, Outcome.REACHED)
        talked(town.bram, town.roos_file, TUESDAY)
        start_pause(town.anna, pseudonym_id=extra[0], reason="Nu niet.", ask_again_on=IN_APRIL)
        tried(town.anna, _person(extra[1]), TUESDAY, next_on=NEXT_MONDAY)
        after = shown(town, key).progress
    assert (after.reached, after.tried, after.not_yet, after.no_contact) == (2, 1, 1, 1)
    with on(NEXT_MONDAY):
        due = shown(town, key).progress
    assert (due.tried, due.try_again) == (0, 1)
    with on(IN_APRIL):
        assert shown(town, key).progress.no_contact == 0


def _person(pseudonym_id: int):
    from tests.town import Person

    return Person(pseudonym_id, "", "")


def test_the_order_of_work_is_not_tried_then_due_then_waiting_then_done(town: Town) -> None:
    extra = register_crowd(town, 3)
    key = begun(town)
    with on(TUESDAY):
        talked(town.anna, town.roos_file, TUESDAY)
        tried(town.anna, _person(extra[0]), TUESDAY, next_on=IN_APRIL)
        tried(town.anna, _person(extra[1]), TUESDAY, next_on=NEXT_MONDAY)
        start_pause(town.anna, pseudonym_id=extra[2], reason="Nu niet.", ask_again_on=IN_APRIL)
    with on(NEXT_MONDAY):
        assert [state for _name, state in states(town, key)] == [
            "not_yet",
            "try_again",
            "tried",
            "no_contact",
            "reached",
        ]
        assert states(town, key, MemberState.REACHED) == [("Roos", "reached")]
        [card] = members(town.anna, campaign=shown(town, key), state=MemberState.TRY_AGAIN).cards
    assert (card.last_attempt.made_on, card.step.planned_on) == (TUESDAY, NEXT_MONDAY)


def test_who_came_later_can_be_added_once(town: Town) -> None:
    key = begun(town)
    register_crowd(town, 4)
    assert shown(town, key).progress.total == 2
    assert count_to_add(town.anna, campaign=shown(town, key)) == 4
    assert extend_campaign(town.anna, key=key) == 4
    assert extend_campaign(town.bram, key=key) == 0
    assert shown(town, key).progress.total == 6


def test_who_went_to_another_team_is_said_to_be_gone_and_not_counted(town: Town) -> None:
    key = begun(town)
    moved = Responsibility.objects.visible_to(town.system).filter(
        pseudonym_id=town.sam.pseudonym_id
    )
    moved.update(team_id=town.carla.team_id, coach_id=town.carla.membership_id)
    progress = shown(town, key).progress
    assert (progress.total, progress.gone) == (1, 1)
    assert states(town, key) == [("Roos", "not_yet")]


def test_a_closed_list_stays_as_it_was_and_takes_nobody_more(town: Town) -> None:
    key = begun(town)
    with on(TUESDAY):
        tried(town.anna, town.sam, TUESDAY)
        close_campaign(town.anna, key=key)
    register_crowd(town, 1)
    with on(NEXT_MONDAY):
        talked(town.anna, town.roos_file, NEXT_MONDAY)
        progress = shown(town, key).progress
        assert (progress.reached, progress.tried, progress.not_yet) == (0, 1, 1)
        for act in (extend_campaign, close_campaign):
            with pytest.raises(ActionRefusedError, match="gesloten"):
                act(town.anna, key=key)
    assert [card.closed_on for card in campaigns(town.lea)] == [TUESDAY]


def test_open_lists_come_first_and_then_the_newest(town: Town) -> None:
    first, second = begun(town, day=MONDAY), begun(town, day=TUESDAY)
    third = begun(town, day=NEXT_MONDAY)
    close_campaign(town.lea, key=third)
    assert [card.key for card in campaigns(town.bram)] == [second, first, third]


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_a_list_of_another_team_is_not_there(town: Town, stranger: str) -> None:
    key, viewer = begun(town), getattr(town, stranger)
    assert campaign(viewer, key=key) is None
    assert not campaigns(viewer)
    assert not is_own_campaign(viewer, key=key)
    for act in (extend_campaign, close_campaign):
        with pytest.raises(ActionRefusedError, match="niet van uw team"):
            act(viewer, key=key)
    assert shown(town, key).closed_on is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "een naam"),
        ({"name": "x" * 101}, "een naam"),
        ({"purpose": ""}, "waarvoor u mensen uitnodigt"),
        ({"district_ids": [0]}, "wijken van uw eigen gemeente"),
    ],
)
def test_a_list_that_cannot_be_is_refused(town: Town, changes: dict, words: str) -> None:
    wanted = NewCampaign(**({"name": "Noord", "purpose": "Horen"} | changes))
    with pytest.raises(ActionRefusedError, match=words):
        start_campaign(town.lea, campaign=wanted)
    assert not Campaign.objects.visible_to(town.system).exists()


def test_a_list_of_nobody_is_not_made(town: Town) -> None:
    with pytest.raises(ActionRefusedError, match="Niemand past"):
        begun(town, district_ids=[town.south])
    assert not CampaignMember.objects.visible_to(town.system).exists()


def test_a_list_that_is_sent_twice_is_made_once(town: Town) -> None:
    key = uuid.uuid4()
    first, again = begun(town, key=key), begun(town, key=key)
    assert first == again == key
    assert Campaign.objects.visible_to(town.system).count() == 1
    assert CampaignMember.objects.visible_to(town.system).count() == 2


def test_another_list_with_the_same_key_is_refused_and_the_first_stays(town: Town) -> None:
    key = begun(town, key=uuid.uuid4())
    with pytest.raises(CampaignIsThereError, match="“Kansen in Kaart”"):
        start_campaign(town.lea, campaign=NewCampaign(name="Noord", purpose="Horen", key=key))
    assert shown(town, key).name == "Kansen in Kaart"


@pytest.mark.parametrize("stranger", ["carla", "vera"])
def test_the_key_of_a_list_of_another_team_makes_and_tells_nothing(
    town: Town, stranger: str
) -> None:
    key = begun(town)
    with pytest.raises(ActionRefusedError) as refused:
        begun(town, stranger, key=key)
    assert "Kansen in Kaart" not in str(refused.value)
    assert Campaign.objects.visible_to(town.system).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_are_sent_at_the_same_moment_make_one_list() -> None:
    town, key, made = build_town(), uuid.uuid4(), []
    at_once(*(lambda: made.append(begun(town, key=key)) for _ in range(2)))
    assert made == [key, key]
    assert Campaign.objects.visible_to(town.system).count() == 1


def test_meedoen_itself_has_no_team_and_makes_no_list(town: Town) -> None:
    with pytest.raises(ActionRefusedError, match="hoort bij een team"):
        begun(town, "system")


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town: Town) -> None:
    few = _questions(town, begun(town))
    register_crowd(town, 200)
    assert _questions(town, begun(town)) == few


def _questions(town: Town, key: uuid.UUID) -> int:
    with CaptureQueriesContext(connection) as asked:
        members(town.anna, campaign=shown(town, key))
    return len(asked)
