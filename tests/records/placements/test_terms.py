import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import Entry
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import end, withdraw
from meedoen.records.placements.models import Placement, StatePeriod, Terms
from meedoen.records.placements.month_queries import months_to_confirm
from meedoen.records.placements.people_queries import own_person
from meedoen.records.placements.terms_actions import NewTerms, TermsChangedError, change_terms
from meedoen.records.placements.terms_queries import story_of_terms, terms_of, terms_on
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Guidance, Outcome
from tests.records.directory.scenes import entered_location
from tests.records.placements.desk import taking_part
from tests.town import MORNINGS, Town
from tests.web.coach.scenes import on, proposed

STARTED, LATER, LATEST = date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 2)
MONDAY = half_days.from_codes(["mon_morning"])
SUNDAY = half_days.from_codes(["sun_evening"])


def agreed(town: Town, key: uuid.UUID, starts_on: date, **said) -> int:
    who, seen = said.pop("who", "anna"), said.pop("seen", None)
    usual = {"hours_a_week": Decimal(12), "half_days": MONDAY}
    terms = NewTerms(starts_on=starts_on, **(usual | said))
    return change_terms(getattr(town, who), key=key, terms=terms, seen=seen)


def hours_on(town: Town, key: uuid.UUID, day: date, known_at: datetime | None = None):
    card = terms_on(town.anna, key=key, on=day, known_at=known_at)
    return card and card.hours_a_week


def test_before_anything_is_agreed_the_place_says_it(town):
    key = taking_part(town)
    assert terms_on(town.anna, key=key, on=STARTED) is None
    assert story_of_terms(town.anna, key=key) == []


def test_hours_change_from_a_day_on_and_the_placement_goes_on(town):
    key = taking_part(town)
    before = (
        StatePeriod.objects.visible_to(town.system).count(),
        Entry.objects.visible_to(town.system).count(),
    )
    with on(LATER):
        agreed(town, key, LATER, hours_a_week=Decimal("9.5"), why="Rustiger aan.")
    assert hours_on(town, key, date(2026, 10, 4)) is None
    assert hours_on(town, key, LATER) == Decimal("9.5")
    assert (
        StatePeriod.objects.visible_to(town.system).count(),
        Entry.objects.visible_to(town.system).count(),
    ) == before
    [told] = story_of_terms(town.anna, key=key)
    assert (told.first_day, told.last_day) == (LATER, None)
    assert (told.card.why, told.card.said_by) == ("Rustiger aan.", "Anna Testema")


def test_a_wrong_statement_is_put_right_by_a_new_one_and_stays_findable(town):
    key = taking_part(town)
    with on(LATER):
        agreed(town, key, LATER, hours_a_week=Decimal(20))
    with on(LATEST):
        agreed(town, key, LATER, hours_a_week=Decimal(2))
    assert hours_on(town, key, LATER) == 2
    assert hours_on(town, key, LATER, datetime(2026, 10, 20, tzinfo=UTC)) == 20
    newest, first = story_of_terms(town.anna, key=key)
    assert (newest.first_day, newest.last_day) == (LATER, None)
    assert not first.holds
    [known] = story_of_terms(town.anna, key=key, known_at=datetime(2026, 10, 20, tzinfo=UTC))
    assert known.holds


def test_each_statement_holds_until_the_next_one(town):
    key = taking_part(town)
    with on(LATEST):
        agreed(town, key, STARTED, hours_a_week=Decimal(8))
        agreed(town, key, LATER, hours_a_week=Decimal(12))
    assert [hours_on(town, key, day) for day in (STARTED, date(2026, 10, 4), LATER)] == [8, 8, 12]
    days = [(one.first_day, one.last_day) for one in story_of_terms(town.anna, key=key)]
    assert days == [(LATER, None), (STARTED, date(2026, 10, 4))]


def test_what_was_agreed_for_a_later_day_holds_no_more_after_a_change_before_it(town):
    key = taking_part(town)
    with on(LATER):
        agreed(town, key, LATEST, hours_a_week=Decimal(16))
        agreed(town, key, LATER, hours_a_week=Decimal(12))
    assert hours_on(town, key, LATEST) == 12
    assert [one.holds for one in story_of_terms(town.anna, key=key)] == [True, False]


def test_everything_that_can_be_agreed_is_kept(town):
    key, where = taking_part(town), entered_location(town)
    with on(LATER):
        agreed(town, key, LATER, guidance=Guidance.ALWAYS_NEAR, location_id=where.pk)
    card = terms_on(town.anna, key=key, on=LATER)
    assert (card.half_days, card.guidance) == (MONDAY, Guidance.ALWAYS_NEAR)
    assert (card.location_id, card.location) == (where.pk, "De Kas")


def test_what_was_agreed_of_many_takes_as_many_questions_as_of_one(town, django_assert_num_queries):
    key = taking_part(town)
    with on(LATER):
        agreed(town, key, LATER)
    ids = list(Placement.objects.visible_to(town.anna).values_list("pk", flat=True))
    with django_assert_num_queries(1):
        found = terms_of(town.anna, placement_ids=[*ids, 999_999], on=LATEST)
    assert {pk: card.hours_a_week for pk, card in found.items()} == {ids[0]: 12}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"starts_on": date(2026, 9, 6)}, "Kies een dag van 07-09-2026"),
        ({"starts_on": date(2028, 1, 1)}, "Kies een dag van 07-09-2026 tot en met 05-10-2027"),
        ({"hours_a_week": Decimal(0)}, "uren per week"),
        ({"hours_a_week": Decimal("60.5")}, "uren per week"),
        ({"hours_a_week": Decimal("1.25")}, "uren per week"),
        ({"hours_a_week": Decimal("NaN")}, "uren per week"),
        ({"half_days": SUNDAY}, "niet open op al deze dagdelen"),
        ({"location_id": 999_999}, "Deze locatie"),
        ({"why": "x" * 301}, "te lang"),
        ({"why": "BSN 111222333"}, "burgerservicenummer"),
        ({"why": "Heeft een depressie."}, "“depressie”"),
        (
            {"hours_a_week": Decimal(99), "half_days": SUNDAY, "location_id": 999_999},
            "uren per week.*niet open.*Deze locatie",
        ),
    ],
)
def test_what_cannot_be_agreed_is_refused_with_all_reasons(town, said, words):
    key = taking_part(town)
    with on(LATER), pytest.raises(ActionRefusedError, match=words):
        agreed(town, key, **({"starts_on": LATER} | said))
    assert not Terms.objects.visible_to(town.system).exists()


def test_a_location_of_another_organisation_or_one_that_closed_is_refused(town):
    key = taking_part(town)
    elsewhere = entered_location(town, organisation_id=town.otto.organisation_id)
    closed = entered_location(town, name="Oud")
    type(closed).objects.filter(pk=closed.pk).update(closed_on=LATER)
    for where in (elsewhere, closed):
        with on(LATER), pytest.raises(ActionRefusedError, match="Deze locatie"):
            agreed(town, key, LATER, location_id=where.pk)
    assert Organisation.objects.filter(pk=elsewhere.organisation_id).exists()


def test_what_holds_already_changes_nothing(town):
    key = taking_part(town)
    with on(LATER):
        with pytest.raises(ActionRefusedError, match="al zo afgesproken"):
            agreed(town, key, LATER, hours_a_week=None, half_days=0)
        agreed(town, key, LATER)
        with pytest.raises(ActionRefusedError, match="al zo afgesproken"):
            agreed(town, key, LATEST)
        # The same from an earlier day on is something else.
        agreed(town, key, STARTED)
    assert Terms.objects.visible_to(town.system).count() == 2


def test_who_did_not_see_what_a_colleague_agreed_on_is_told(town):
    key = taking_part(town)
    with on(LATER):
        number = agreed(town, key, LATER, who="bram", seen=0)
        with pytest.raises(TermsChangedError, match="intussen"):
            agreed(town, key, LATER, hours_a_week=Decimal(3), seen=0)
        agreed(town, key, LATER, hours_a_week=Decimal(3), seen=number)
    assert hours_on(town, key, LATER) == 3


def test_it_can_be_put_right_after_the_end_but_only_for_days_of_the_placement(town):
    key = taking_part(town)
    with on(LATEST):
        end(town.anna, key=key, last_day=LATER, outcome=Outcome.GOAL_REACHED)
        agreed(town, key, LATER)
        with pytest.raises(ActionRefusedError, match="tot en met 05-10-2026"):
            agreed(town, key, date(2026, 10, 6), hours_a_week=Decimal(1))
    assert hours_on(town, key, LATER) == 12


def test_of_what_comes_to_nothing_nothing_is_agreed(town):
    key = proposed(town)
    with on(LATER):
        withdraw(town.anna, key=key, outcome=Outcome.MOVED_AWAY)
        with pytest.raises(ActionRefusedError, match="gaat niet door"):
            agreed(town, key, LATER)


@pytest.mark.parametrize("who", ["carla", "vera"])
def test_a_coach_of_others_agrees_nothing(town, who):
    key = taking_part(town)
    with on(LATER), pytest.raises(ActionRefusedError, match="niet voor u"):
        agreed(town, key, LATER, who=who)
    agreed(town, key, LATER)
    assert terms_on(getattr(town, who), key=key, on=LATER) is None
    assert story_of_terms(getattr(town, who), key=key) == []


@pytest.mark.parametrize("who", ["petra", "connie", "roos"])
def test_only_coaches_agree(town, who):
    with pytest.raises(PermissionDenied):
        agreed(town, taking_part(town), LATER, who=who)


def test_the_organisation_is_asked_about_a_month_with_the_hours_of_this_person(town):
    roos, _sam = taking_part(town), taking_part(town, town.sam)
    with on(date(2026, 10, 20)):
        agreed(town, roos, LATER)
        agreed(town, roos, LATEST, hours_a_week=Decimal(30))
    with on(LATEST):
        lines = {line.given_name: line for line in months_to_confirm(town.petra)}
    assert (lines["Roos"].hours_per_week, lines["Roos"].half_days) == (12, MONDAY)
    assert (lines["Sam"].hours_per_week, lines["Sam"].half_days) == (None, MORNINGS)


def test_the_organisation_sees_what_was_agreed_for_its_people(town):
    key = taking_part(town)
    with on(LATER):
        agreed(town, key, LATER)
        page = own_person(town.petra, key=key)
    assert page is not None
    assert (page.half_days, page.hours_per_week) == (MONDAY, 12)
