from datetime import date

import pytest

from meedoen.records.history.models import Change
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import end, set_planned_end
from meedoen.records.placements.queries import placement
from meedoen.rules.vocabulary import Outcome
from tests.town import Town
from tests.web.coach.scenes import address, hidden, on, proposed, readable, started

NOW = date(2026, 4, 1)
LATER = date(2026, 12, 31)


def kept(town, key):
    return placement(town.anna, key=key).planned_end_on


def test_a_last_day_is_agreed_on_changed_and_taken_off(town: Town, sign_in):
    key = started(town)
    with on(NOW):
        client = sign_in(town.anna)
        answer = client.post(
            address("placement_planned_end", key), {"planned_end_on": "2026-12-31"}, follow=True
        )
        assert "Afgesproken laatste dag 31 december 2026" in readable(answer)
        page = client.get(address("placement_planned_end", key))
        assert 'value="2026-12-31"' in page.content.decode()
        seen = {"seen": hidden(page, "seen")}
        client.post(address("placement_planned_end", key), {"planned_end_on": "", **seen})
    assert kept(town, key) is None


def test_what_a_colleague_agreed_on_meanwhile_is_told_and_not_replaced_unseen(town: Town, sign_in):
    where = address("placement_planned_end", key := started(town))
    with on(NOW):
        client = sign_in(town.bram)
        seen = hidden(client.get(where), "seen")
        set_planned_end(town.anna, key=key, on=LATER)
        page = client.post(where, {"planned_end_on": "2026-06-30", "seen": seen})
        assert page.status_code == 422
        assert "intussen is 31-12-2026 afgesproken" in readable(page)
        assert page.context["form"]["planned_end_on"].value() == "2026-06-30"
        assert kept(town, key) == LATER
        again = {"planned_end_on": "2026-06-30", "seen": hidden(page, "seen")}
        assert client.post(where, again).status_code == 302
        assert client.post(where, again).status_code == 302
    assert kept(town, key) == date(2026, 6, 30)


def test_a_day_that_was_taken_off_meanwhile_is_told(town: Town):
    key = started(town)
    with on(NOW), pytest.raises(ActionRefusedError, match="intussen weggehaald"):
        set_planned_end(town.anna, key=key, on=date(2026, 6, 30), seen=LATER)
    assert kept(town, key) is None


def test_signals_hear_of_it(town: Town):
    key = proposed(town)
    Change.objects.visible_to(town.system).delete()
    with on(NOW):
        set_planned_end(town.lea, key=key, on=LATER)
    [change] = Change.objects.visible_to(town.system)
    assert change.pseudonym_id == town.roos_file.pseudonym_id


@pytest.mark.parametrize("typed", ["2026-03-31", "2031-04-02", "2026-02-30"])
def test_a_day_that_cannot_be_is_refused_and_stays_typed(town: Town, sign_in, typed):
    key = started(town)
    with on(NOW):
        page = sign_in(town.anna).post(
            address("placement_planned_end", key), {"planned_end_on": typed}
        )
    assert page.status_code == 422
    assert page.context["form"]["planned_end_on"].value() == typed
    assert kept(town, key) is None


def test_a_placement_that_is_over_has_no_last_day_to_agree_on(town: Town, sign_in):
    key = started(town)
    with on(NOW):
        end(town.anna, key=key, last_day=NOW, outcome=Outcome.GOAL_REACHED)
        answer = sign_in(town.anna).get(address("placement_planned_end", key), follow=True)
        assert "de plaatsing is al klaar" in readable(answer)
        with pytest.raises(ActionRefusedError, match="al klaar"):
            set_planned_end(town.anna, key=key, on=LATER)


def test_it_is_for_the_team_only(town: Town, sign_in):
    key = started(town)
    for member in (town.carla, town.vera):
        with on(NOW), pytest.raises(ActionRefusedError, match="niet voor u"):
            set_planned_end(member, key=key, on=LATER)
        answer = sign_in(member).post(
            address("placement_planned_end", key), {"planned_end_on": "2026-12-31"}
        )
        assert answer.status_code == 404
    assert kept(town, key) is None
