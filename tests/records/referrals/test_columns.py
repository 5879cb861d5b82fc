"""The steps of referrals as columns: who asked whom, what was known when, and the figures."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from meedoen.records.directory.actions import enter_organisations
from meedoen.records.directory.new import OrganisationDetails
from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import counted_now, newest_measurings, shown_series
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.organisation_actions import leave, take_part_again
from meedoen.records.referrals.answers import accept, decline, forward
from meedoen.records.referrals.columns import referral_columns
from meedoen.records.referrals.course import start
from meedoen.records.referrals.models import ReferralStep
from meedoen.rules.indicators.columns import code_of
from meedoen.rules.indicators.days import day_number
from meedoen.rules.indicators.referral_columns import STEP_TYPES, Referrals
from meedoen.rules.indicators.referral_statements import (
    MUNICIPALITY,
    RESIDENT,
    ReferralStatement,
)
from meedoen.rules.vocabulary import DeclineReason, OrganisationKind, ReferralEvent, Theme
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    sent,
    werkplaats,
)
from tests.town import Town

pytestmark = pytest.mark.django_db


def noon(*, days_ago: int = 0) -> datetime:
    day = date(2026, 11, 20) - timedelta(days=days_ago)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def lived(town: Town) -> Town:
    """Let a coach refer to one who sends on, a partner ask another, and a resident for themself."""
    with clock.at(noon(days_ago=10)):
        first = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
        sent(town.otto, question([moestuin(town)]))
    with clock.at(noon(days_ago=8)):
        (ask,) = asks_of(town, first)
        onward = forward(town.petra, key=ask.key, to=werkplaats(town), told=True)
    with clock.at(noon(days_ago=5)):
        accept(town.otto, key=onward)
        start(town.otto, key=onward, on=clock.today())
    return town


def by_hand(town: Town) -> list[ReferralStatement]:
    """Read the steps row by row, as the models tell them."""
    rows = ReferralStep.objects.visible_to(town.system).select_related(
        "referral", "ask", "ask__forwarded_by"
    )
    return [_statement(row) for row in rows.order_by("pk")]


def _statement(row: ReferralStep) -> ReferralStatement:
    ask, whole = row.ask, row.referral
    if ask is not None and ask.forwarded_by is not None:
        sender = ask.forwarded_by.organisation_id or MUNICIPALITY
    else:
        sender = RESIDENT if whole.from_resident else whole.from_organisation_id or MUNICIPALITY
    return ReferralStatement(
        id=row.pk,
        referral=whole.pk,
        ask=row.ask_id or 0,
        event=ReferralEvent(row.event),
        on=row.on,
        recorded_at=row.recorded_at,
        sender=sender,
        receiver=(ask.organisation_id if ask else None) or MUNICIPALITY,
        theme=Theme(whole.theme),
        district=whole.district_id or 0,
        due_on=row.due_on,
        reason=DeclineReason(row.reason) if row.event == ReferralEvent.DECLINED else "",
    )


def figures_on(town: Town, on: date, known_at: datetime | None = None):
    return {one.code: one for one in counted_now(town.connie, on=on, known_at=known_at)}


def test_columns_are_the_steps_of_the_same_referrals(lived):
    read = referral_columns(lived.connie).steps
    written = Referrals.from_statements(by_hand(lived)).steps
    assert len(read) > 5
    for name in STEP_TYPES:
        assert np.array_equal(getattr(read, name), getattr(written, name)), name


def test_who_sends_on_is_the_sender_of_what_was_sent_on(lived):
    steps = referral_columns(lived.connie).steps
    rows = np.flatnonzero(steps.of(ReferralEvent.SENT))
    pairs = list(zip(steps.sender[rows].tolist(), steps.receiver[rows].tolist(), strict=True))
    garden, workshop = lived.petra.organisation_id, lived.otto.organisation_id
    assert pairs == [(MUNICIPALITY, garden), (workshop, garden), (garden, workshop)]


def test_a_resident_who_asks_for_themself_is_no_party(town):
    assert len(referral_columns(town.connie).steps) == 0
    sent(town.roos, new_referral(town.roos_file.pseudonym_id, [moestuin(town)]))
    steps = referral_columns(town.connie).steps
    assert set(steps.sender[steps.of(ReferralEvent.SENT)].tolist()) == {RESIDENT}


def test_only_the_reason_of_a_no_is_read(town):
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    (ask,) = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_GROUP)
    steps = referral_columns(town.connie).steps
    assert steps.reason[steps.of(ReferralEvent.DECLINED)].tolist() == [
        code_of(DeclineReason.NOT_OUR_GROUP)
    ]
    assert not steps.reason[~steps.of(ReferralEvent.DECLINED)].any()


@pytest.mark.parametrize("who", ["anna", "petra", "roos", "vera"])
def test_who_may_not_read_the_history_gets_no_steps_and_no_organisations(lived, who):
    found = referral_columns(getattr(lived, who))
    assert (len(found.steps), len(found.directory.organisation)) == (0, 0)


def test_the_figures_follow_from_what_people_did(lived):
    found = figures_on(lived, date(2026, 11, 20))
    values = {code: (one.value, dict(one.parts)) for code, one in found.items() if one.measured}
    assert values["referral_pairs"] == (3, {})
    assert values["referral_pairs_between_partners"] == (2, {})
    assert values["referral_reciprocity"] == (50, {"both_ways": 1, "connected": 2})
    assert values["referral_days_to_answer"] == (2, {"answered": 2})


def test_a_figure_as_known_then_stays_when_more_is_told(lived):
    then = noon(days_ago=6)
    before = figures_on(lived, date(2026, 11, 20), then)
    assert before["referral_days_to_answer"].parts == {"answered": 1}
    key = sent(lived.anna, new_referral(lived.sam.pseudonym_id, [moestuin(lived)]))
    assert asks_of(lived, key)
    assert figures_on(lived, date(2026, 11, 20), then) == before


def test_a_new_name_or_leaving_changes_no_day_that_is_over(lived):
    day = date(2026, 11, 20)
    before = {code: one for code, one in figures_on(lived, day).items() if "referral" in code}
    not_connected = figures_on(lived, day)["partners_not_connected"]
    garden = Organisation.objects.get(pk=lived.petra.organisation_id)
    leave(lived.system, key=garden.key, left_on=clock.today(), reason="Er is geen geld meer.")
    Organisation.objects.filter(pk=garden.pk).update(name="De Oude Moestuin")
    after = figures_on(lived, day)
    assert {code: one for code, one in after.items() if "referral" in code} == before
    assert after["partners_not_connected"] == not_connected
    now = figures_on(lived, clock.today())["partners_not_connected"]
    assert now.parts["with_referrals"] == not_connected.parts["with_referrals"] - 1


def test_an_organisation_counts_from_the_day_it_was_entered_until_it_leaves(lived):
    with clock.at(noon(days_ago=3)):
        enter_organisations(
            lived.system,
            organisations=[OrganisationDetails(name="Koor", kind=OrganisationKind.ASSOCIATION)],
        )
    choir = Organisation.objects.get(name="Koor")
    with clock.at(noon(days_ago=2)):
        leave(lived.system, key=choir.key, left_on=date(2026, 11, 19))
    with clock.at(noon(days_ago=0)):
        take_part_again(lived.system, key=choir.key)
    directory = referral_columns(lived.connie).directory
    rows = np.flatnonzero(directory.organisation == choir.pk)
    assert set(directory.joins[rows].tolist()) == {day_number(date(2026, 11, 17))}
    alone = [
        figures_on(lived, day, known)["partners_not_connected"].value
        for day, known in [
            (date(2026, 11, 16), None),
            (date(2026, 11, 17), None),
            (date(2026, 11, 19), noon(days_ago=1)),
            (date(2026, 11, 19), None),
        ]
    ]
    assert [number - alone[0] for number in alone] == [0, 1, 0, 1]


def test_nothing_is_measured_before_the_first_referral_and_small_numbers_of_asks_are_hidden(lived):
    before, day = date(2026, 10, 31), date(2026, 11, 20)
    measure(lived.connie, on=before)
    measure(lived.connie, on=day)
    kept = newest_measurings(lived.connie)
    codes = {code for code in kept[day].figures if code.startswith(("referral", "partners"))}
    assert not {code for code in kept[before].figures if code.startswith(("referral", "partners"))}
    assert {"referral_pairs", "referral_days_to_answer", "partners_not_connected"} <= codes
    figures = kept[day].figures
    assert figures["referral_pairs"].shown.text == "3"
    assert figures["referral_days_to_answer"].shown.hidden
    assert figures["referral_days_to_answer"].shown_parts["answered"].text == "<10"


def test_the_course_of_a_share_is_protected_by_what_it_follows_from(lived):
    days = [date(2026, 10, 31), date(2026, 11, 20)]
    pairs = shown_series(lived.connie, code="referral_reciprocity", days=days)
    assert [(day, one.text) for day, one in pairs] == [(days[1], "50")]
    answered = shown_series(lived.connie, code="referral_days_to_answer", days=days)
    assert [(day, one.text) for day, one in answered] == [(days[1], "x")]
