from datetime import date

import pytest

from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.queries import placement
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import Outcome, PlacementState
from tests.town import Town
from tests.web.coach.scenes import address, on, proposed, readable, started

LATER = date(2026, 4, 1)


def state(town: Town, key):
    card = placement(town.anna, key=key)
    assert card is not None
    return card.state


def titles(page) -> list[tuple[str, str]]:
    return [(step.title, step.state) for step in page.context["steps"]]


def test_a_proposal_waits_for_the_organisation(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement", proposed(town)))
    assert titles(page) == [("Voorgesteld", "current"), ("Begonnen", "todo")]
    assert "De Moestuin bevestigt de eerste dag" in readable(page)
    assert "Gaat niet door" in readable(page)
    assert "Plaatsing stoppen" not in readable(page)


def test_a_running_placement_can_be_ended_and_corrected(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement", started(town)))
    text = readable(page)
    assert titles(page) == [("Voorgesteld", "done"), ("Begonnen", "current")]
    for change in ("Plaatsing stoppen", "Eerste dag verbeteren", "Start terugnemen"):
        assert change in text
    assert "Gaat niet door" not in text


def test_ending_gives_the_seat_back_and_tells_why(town: Town, sign_in) -> None:
    key = started(town)
    with on(LATER):
        answer = sign_in(town.anna).post(
            address("placement_end", key),
            {"last_day": "2026-03-31", "outcome": Outcome.MOVED_ON_TO_PAID_WORK.value},
            follow=True,
        )
    text = readable(answer)
    assert state(town, key) is PlacementState.ENDED
    assert Place.objects.get(pk=town.garden).taken == 0
    assert "van 9 maart 2026 tot en met 31 maart 2026" in text
    assert "Door naar betaald werk" in text
    assert "Wat u kunt doen" not in text


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"last_day", "outcome"}),
        ({"last_day": "2999-01-01", "outcome": "reached"}, {"last_day", "outcome"}),
        ({"last_day": "2026-03-08", "outcome": "goal_reached"}, {"__all__"}),
    ],
)
def test_an_ending_that_cannot_be_is_refused_and_changes_nothing(
    town: Town, sign_in, form: dict[str, str], wrong: set[str]
) -> None:
    key = started(town)
    page = sign_in(town.anna).post(address("placement_end", key), form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["last_day"].value() == form.get("last_day")
    assert state(town, key) is PlacementState.ACTIVE
    assert Place.objects.get(pk=town.garden).taken == 1


def test_a_proposal_can_come_to_nothing(town: Town, sign_in) -> None:
    key = proposed(town)
    answer = sign_in(town.anna).post(
        address("placement_withdraw", key), {"outcome": "stopped_by_resident"}, follow=True
    )
    assert state(town, key) is PlacementState.WITHDRAWN
    assert titles(answer)[-1] == ("Gaat niet door", "current")
    assert Place.objects.get(pk=town.garden).taken == 0


def test_a_goal_is_not_reached_before_the_start(town: Town, sign_in) -> None:
    key = proposed(town)
    page = sign_in(town.anna).post(address("placement_withdraw", key), {"outcome": "goal_reached"})
    assert page.status_code == 422
    assert state(town, key) is PlacementState.PROPOSED


def test_the_first_day_can_be_corrected_and_the_old_one_stays_findable(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    page = client.get(address("placement_start_day", key))
    assert page.context["form"]["started_on"].value() == date(2026, 3, 9)
    assert "De cijfers veranderen vanaf nu mee. Wat eerder bekend was, blijft vindbaar" in (
        readable(page)
    )
    answer = client.post(
        address("placement_start_day", key), {"started_on": "2026-03-16"}, follow=True
    )
    assert "op 16 maart 2026" in readable(answer)
    assert "Verbeterd: eerst stond hier 9 maart 2026." in readable(answer)


def test_a_first_day_before_the_proposal_is_refused(town: Town, sign_in) -> None:
    key = started(town)
    page = sign_in(town.anna).post(
        address("placement_start_day", key), {"started_on": "2026-02-01"}
    )
    assert page.status_code == 422
    assert 'value="2026-02-01"' in page.content.decode()


def test_a_start_is_taken_back_only_by_confirming(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    page = client.get(address("placement_take_back", key))
    assert "De inwoner is nooit begonnen." in readable(page)
    assert "De cijfers veranderen vanaf nu mee." in readable(page)
    assert state(town, key) is PlacementState.ACTIVE
    answer = client.post(address("placement_take_back", key), follow=True)
    assert state(town, key) is PlacementState.PROPOSED
    assert titles(answer) == [("Voorgesteld", "current"), ("Begonnen", "todo")]
    assert "Start teruggenomen" in readable(answer)


def test_after_a_start_that_was_taken_back_the_real_first_day_is_the_one_to_correct(
    town: Town, sign_in
) -> None:
    key = started(town)
    client = sign_in(town.anna)
    client.post(address("placement_take_back", key))
    confirm_start(town.petra, key=key, started_on=date(2026, 3, 4))
    page = client.get(address("placement_start_day", key))
    assert page.context["form"]["started_on"].value() == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("page", "ready"),
    [
        ("placement_end", False),
        ("placement_start_day", False),
        ("placement_take_back", False),
        ("placement_withdraw", True),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_change_that_does_not_fit_the_state_leads_back_with_a_word(
    town: Town, sign_in, page: str, ready: bool, method: str
) -> None:
    key = started(town) if ready else proposed(town)
    before = state(town, key)
    answer = getattr(sign_in(town.anna), method)(
        address(page, key), {"outcome": "goal_reached"}, follow=True
    )
    assert "Dat kan nu niet" in readable(answer)
    assert state(town, key) is before
