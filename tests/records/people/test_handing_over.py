"""A caseload goes to another coach with the whole story, and no closed figure moves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.queries import conversations_with
from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import counted_now, newest_measurings
from meedoen.records.history.models import STILL_OPEN, Change
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Membership
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.hand_over_actions import (
    HandOver,
    call_off_hand_over,
    hand_over_all,
)
from meedoen.records.people.hand_over_queries import (
    busy_coaches,
    coaches_of_municipality,
    handable,
    responsibilities_of,
)
from meedoen.records.people.models import Responsibility
from meedoen.records.people.queries import resident
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.queries import guests
from meedoen.rules.vocabulary import PlacementState
from tests.records.figures.scenes import YEAR_END, crowd, take_part
from tests.town import LONG_AGO, talk

TODAY = date(2026, 3, 2)
NEXT_MONTH = date(2026, 4, 1)


def living_on(day):
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def on_a_day():
    with living_on(TODAY):
        yield


def give(town, people, to, on=TODAY, reason="Anna gaat met verlof."):
    hand_over_all(
        town.lea,
        handovers=[
            HandOver(
                pseudonym_id=one.pseudonym_id, to_coach_id=to.membership_id, on=on, reason=reason
            )
            for one in people
        ],
    )


def stretches(town, person):
    rows = Responsibility.objects.visible_to(town.system).filter(pseudonym_id=person.pseudonym_id)
    return [
        (row.coach_id, row.starts_on, row.ends_on)
        for row in rows.order_by("starts_on").select_related("coach")
    ]


def test_from_the_day_on_the_new_coach_is_responsible(town):
    give(town, [town.roos_file, town.sam], town.bram)
    for person in (town.roos_file, town.sam):
        assert stretches(town, person) == [
            (town.anna.membership_id, LONG_AGO, TODAY),
            (town.bram.membership_id, TODAY, STILL_OPEN),
        ]
        assert resident(town.bram, key=person.key).coach == "Bram Testema"


def test_another_team_opens_the_file_with_the_whole_story_from_that_day_and_the_old_no_longer(town):
    talk(town.anna, town.roos_file, date(2026, 2, 1))
    give(town, [town.roos_file], town.carla, on=NEXT_MONTH)
    assert resident(town.anna, key=town.roos_file.key).coach == "Anna Testema"
    assert resident(town.carla, key=town.roos_file.key) is None
    with living_on(NEXT_MONTH - timedelta(days=1)):
        assert resident(town.carla, key=town.roos_file.key) is None
    with living_on(NEXT_MONTH):
        assert resident(town.carla, key=town.roos_file.key).coach == "Carla Testema"
        for one in (town.anna, town.bram, town.lea):
            assert resident(one, key=town.roos_file.key) is None
        [kept] = conversations_with(town.carla, pseudonym_id=town.roos_file.pseudonym_id)
        assert kept.held_on == date(2026, 2, 1)
        [now, before] = responsibilities_of(town.carla, pseudonym_id=town.roos_file.pseudonym_id)
        assert (now.before, now.coach, now.team, now.starts_on) == (
            "Anna Testema",
            "Carla Testema",
            "Zuid",
            NEXT_MONTH,
        )
        assert (now.reason, now.arranged_by, now.last_day) == (
            "Anna gaat met verlof.",
            "Lea Testema",
            None,
        )
        assert (before.before, before.last_day) == ("", NEXT_MONTH - timedelta(days=1))


def test_a_resident_reads_who_took_over_but_not_why(town):
    give(town, [town.roos_file], town.bram)
    now = responsibilities_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)[0]
    assert (now.coach, now.reason) == ("Bram Testema", "")


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie"])
def test_who_may_not_open_the_file_does_not_read_who_was_responsible(town, who):
    viewer = getattr(town, who)
    assert responsibilities_of(viewer, pseudonym_id=town.roos_file.pseudonym_id) == []


def test_figures_of_a_closed_year_do_not_move(town):
    people = crowd(town, 14)
    take_part(town, people, self_found=11)
    measure(town.connie, on=YEAR_END)
    before = counted_now(town.connie, on=YEAR_END, known_at=None)
    kept = newest_measurings(town.connie)[YEAR_END].figures
    with living_on(date(2024, 6, 1)):
        hand_over_all(
            town.lea,
            handovers=[
                HandOver(
                    pseudonym_id=person,
                    to_coach_id=town.carla.membership_id,
                    on=date(2024, 6, 1),
                    reason="",
                )
                for person in people
            ],
        )
    assert counted_now(town.connie, on=YEAR_END, known_at=None) == before
    measure(town.connie, on=YEAR_END)
    again = newest_measurings(town.connie)[YEAR_END].figures
    assert {code: one.value for code, one in again.items()} == {
        code: one.value for code, one in kept.items()
    }


def test_a_hand_over_that_lies_ahead_already_is_refused_by_name_and_nothing_moves(town):
    give(town, [town.sam], town.carla, on=NEXT_MONTH)
    with pytest.raises(ActionRefusedError) as refused:
        give(town, [town.roos_file, town.sam], town.bram)
    assert str(refused.value) == (
        "Sam Nepstra: er staat al een overdracht klaar, op 1 april 2026 naar Carla Testema. "
        "Wacht tot die dag, of kies deze persoon niet."
    )
    assert len(stretches(town, town.roos_file)) == 1
    planned = {card.name: card.planned_coach for card in handable(town.lea, coach_id=anna(town))}
    assert planned == {"Roos Nepstra": "", "Sam Nepstra": "Carla Testema"}


def anna(town):
    return town.anna.membership_id


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY - timedelta(days=1), "deze dag is al geweest. Kies vandaag of een latere dag."),
        (date(2019, 5, 1), "deze dag is al geweest. Kies vandaag of een latere dag."),
        (LONG_AGO, "deze dag is al geweest"),
        (date(2027, 3, 3), "hooguit een jaar vooruit"),
    ],
)
def test_a_day_that_cannot_be_is_refused_for_everyone_it_is_about(town, day, words):
    with pytest.raises(ActionRefusedError) as refused:
        give(town, [town.roos_file, town.sam], town.bram, on=day)
    assert str(refused.value).count(words) == 2
    assert len(stretches(town, town.roos_file)) == 1


def test_today_and_exactly_a_year_ahead_may_be(town):
    give(town, [town.roos_file], town.bram, on=date(2027, 3, 2))
    give(town, [town.sam], town.bram, on=TODAY)
    assert stretches(town, town.sam)[0] == (anna(town), LONG_AGO, TODAY)


def test_who_was_responsible_in_the_past_stays_so(town):
    give(town, [town.sam], town.lea)
    with living_on(NEXT_MONTH):
        with pytest.raises(ActionRefusedError, match="deze dag is al geweest"):
            give(town, [town.sam], town.bram, on=TODAY)
        with pytest.raises(ActionRefusedError, match="deze dag is al geweest"):
            give(town, [town.sam], town.bram, on=TODAY + timedelta(days=1))
    assert [coach for coach, *_ in stretches(town, town.sam)] == [
        anna(town),
        town.lea.membership_id,
    ]


def test_a_mistake_of_today_is_mended_today_and_leaves_no_empty_stretch(town):
    give(town, [town.sam], town.lea)
    give(town, [town.sam], town.bram)
    assert [coach for coach, *_ in stretches(town, town.sam)] == [
        anna(town),
        town.bram.membership_id,
    ]


def test_the_same_coach_is_refused(town):
    with pytest.raises(ActionRefusedError, match="begeleidt deze persoon al"):
        give(town, [town.sam], town.anna)


def test_a_benefit_that_ends_ends_the_new_stretch_too(town):
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, date(2026, 6, 1))])
    with pytest.raises(ActionRefusedError, match="de uitkering eindigt op 1 juni 2026"):
        give(town, [town.sam], town.bram, on=date(2026, 6, 1))
    give(town, [town.sam], town.bram, on=NEXT_MONTH)
    assert stretches(town, town.sam)[-1] == (
        town.bram.membership_id,
        NEXT_MONTH,
        date(2026, 6, 1),
    )


@pytest.mark.parametrize(
    ("ends_on", "kept"),
    [
        (date(2026, 3, 20), [(LONG_AGO, date(2026, 3, 20))]),
        (date(2026, 5, 1), [(LONG_AGO, NEXT_MONTH), (NEXT_MONTH, date(2026, 5, 1))]),
    ],
)
def test_a_benefit_that_ends_also_ends_what_lay_ahead(town, ends_on, kept):
    give(town, [town.sam], town.carla, on=NEXT_MONTH)
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, ends_on)])
    assert [(first, last) for _, first, last in stretches(town, town.sam)] == kept


def test_people_of_another_team_or_municipality_are_not_there_to_hand_over(town):
    for person in (town.tim, town.wout):
        with pytest.raises(ActionRefusedError, match="Kies de mensen opnieuw"):
            give(town, [town.sam, person], town.bram)
    assert len(stretches(town, town.sam)) == 1


def test_a_coach_of_another_municipality_or_one_who_left_cannot_take_over(town):
    with pytest.raises(ActionRefusedError, match="werkt hier niet"):
        give(town, [town.sam], town.vera)
    with pytest.raises(ActionRefusedError, match="werkt hier niet"):
        give(town, [town.sam], town.connie)
    Membership.objects.filter(pk=town.bram.membership_id).update(ended_at=clock.now())
    with pytest.raises(ActionRefusedError, match="werkt hier niet"):
        give(town, [town.sam], town.bram)


@pytest.mark.parametrize("who", ["anna", "petra", "roos", "connie", "ab"])
def test_only_a_team_lead_hands_over(town, who):
    viewer = getattr(town, who)
    with pytest.raises(PermissionDenied):
        hand_over_all(viewer, handovers=[])
    assert not coaches_of_municipality(viewer)
    assert not busy_coaches(viewer)
    assert not handable(viewer, coach_id=anna(town))


def test_a_fault_half_way_leaves_everyone_where_they_were(town, monkeypatch):
    def fail(*_):
        raise RuntimeError("half-way")

    monkeypatch.setattr("meedoen.records.people.hand_over_actions.note_changes", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        give(town, [town.roos_file, town.sam], town.bram)
    assert len(stretches(town, town.roos_file)) == 1
    assert len(stretches(town, town.sam)) == 1


def test_the_signals_of_who_is_handed_over_are_worked_out_anew(town):
    changes = Change.objects.visible_to(town.system)
    changes.delete()
    give(town, [town.roos_file, town.sam], town.bram)
    assert set(changes.values_list("pseudonym_id", flat=True)) == {
        town.roos_file.pseudonym_id,
        town.sam.pseudonym_id,
    }


def test_the_partner_sees_the_new_coach_from_the_day(town):
    place_all(
        town.anna,
        placements=[
            NewPlacement(
                pseudonym_id=town.roos_file.pseudonym_id, place_id=town.garden, proposed_on=TODAY
            )
        ],
    )
    give(town, [town.roos_file], town.bram, on=NEXT_MONTH)
    [guest] = guests(town.petra, state=PlacementState.PROPOSED)
    assert guest.coach == "Anna Testema"
    with living_on(NEXT_MONTH):
        [guest] = guests(town.petra, state=PlacementState.PROPOSED)
        assert guest.coach == "Bram Testema"


def test_the_own_team_comes_first_among_the_coaches_and_another_municipality_is_left_out(town):
    assert [(card.name, card.team) for card in coaches_of_municipality(town.lea)] == [
        ("Anna Testema", "Noord"),
        ("Bram Testema", "Noord"),
        ("Lea Testema", "Noord"),
        ("Carla Testema", "Zuid"),
    ]


def test_somebody_who_left_still_has_people_to_hand_over(town):
    Membership.objects.filter(pk=anna(town)).update(ended_at=clock.now())
    [card] = busy_coaches(town.lea)
    assert (card.name, card.people, card.left) == ("Anna Testema", 2, True)
    assert len(handable(town.lea, coach_id=anna(town))) == 2


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town):
    crowd(town, 8)
    few = questions(town)
    everyone = handable(town.lea, coach_id=anna(town))
    assert len(everyone) == 10
    people = crowd_after(town, 190)
    assert len(handable(town.lea, coach_id=anna(town))) == 200
    assert questions(town) == few
    with CaptureQueriesContext(connection) as asked:
        hand_over_all(
            town.lea,
            handovers=[
                HandOver(
                    pseudonym_id=person,
                    to_coach_id=town.bram.membership_id,
                    on=TODAY,
                    reason="",
                )
                for person in people
            ],
        )
    assert len(asked) < 20


def crowd_after(town, count):
    from tests.web.coach.scenes import register_crowd

    return register_crowd(town, count)


def questions(town):
    with CaptureQueriesContext(connection) as asked:
        handable(town.lea, coach_id=anna(town))
    return len(asked)


@pytest.mark.parametrize("to", ["bram", "carla"])
def test_what_lies_ahead_can_be_called_off_and_the_coach_of_now_goes_on(town, to):
    give(town, [town.roos_file], getattr(town, to), on=NEXT_MONTH)
    call_off_hand_over(town.lea, key=town.roos_file.key)
    with living_on(NEXT_MONTH):
        assert resident(town.anna, key=town.roos_file.key).coach == "Anna Testema"
        assert resident(town.carla, key=town.roos_file.key) is None
    give(town, [town.roos_file], town.bram, on=NEXT_MONTH)


def test_what_does_not_lie_ahead_or_is_of_another_team_cannot_be_called_off(town):
    give(town, [town.roos_file], town.bram)
    for person in (town.roos_file, town.tim, town.wout):
        with pytest.raises(ActionRefusedError, match="staat niet meer klaar"):
            call_off_hand_over(town.lea, key=person.key)
    for stranger in (town.anna, town.petra, town.roos):
        with pytest.raises(PermissionDenied):
            call_off_hand_over(stranger, key=town.roos_file.key)
