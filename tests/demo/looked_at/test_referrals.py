"""The referrals of a demo town: somebody always must act, and it gets better."""

from collections import Counter
from datetime import timedelta

from meedoen.demo.accounts import COACH, PARTNER, PARTNER_LEAD, RESIDENT
from meedoen.demo.days import midnight
from meedoen.demo.town import MEERDAM
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import person_for, system_viewer
from meedoen.records.referrals.columns import referral_columns
from meedoen.records.referrals.lists import came_back, sent_counts, waiting_for
from meedoen.records.referrals.models import (
    Ask,
    Referral,
    ReferralPlacement,
    ReferralStep,
    SharedFacts,
)
from meedoen.records.referrals.today import referrals_today
from meedoen.rules.health_words import health_words_in, shipped_health_words
from meedoen.rules.network.figures import compare
from meedoen.rules.referrals.states import CLOSED, WITH_ACCEPTOR
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    ReferralAbout,
    ReferralEvent,
    ReferralState,
)
from tests.demo.looked_at.conftest import UNTIL


def rows_of(model):
    return model.objects.visible_to(system_viewer(MEERDAM.code))


def viewer_of(demo_account):
    account = Account.objects.get(email=demo_account.email)
    return person_for(account.pk).viewer


def test_there_are_more_referrals_every_year(demo):
    years = Counter(day.year for day in rows_of(Referral).values_list("sent_on", flat=True) if day)
    assert years[2022] < years[2023] < years[2024] < years[2025] < years[2026]
    assert 60 <= sum(years.values()) <= 90


def test_nothing_is_left_without_somebody_who_must_act_before_a_day(demo):
    for row in rows_of(Referral):
        asks = rows_of(Ask).filter(referral=row, round=row.round)
        acceptors = asks.filter(state=AskState.ACCEPTED).count()
        if row.state in WITH_ACCEPTOR | {ReferralState.DONE}:
            assert acceptors == 1
        assert acceptors <= 1
        assert row.from_organisation_id or row.from_team_id
        assert (row.due_on is None) == (row.state in CLOSED)
        assert row.outcome or row.state not in {ReferralState.DONE, ReferralState.STOPPED}


def test_every_story_goes_forward_and_ends_before_the_last_day(demo):
    told = {}
    for step in rows_of(ReferralStep).order_by("pk"):
        assert step.recorded_at <= midnight(UNTIL)
        assert step.recorded_at >= told.get(step.referral_id, step.recorded_at)
        told[step.referral_id] = step.recorded_at


def test_all_that_can_happen_to_a_referral_happened(demo):
    events = set(rows_of(ReferralStep).values_list("event", flat=True))
    # Reminders go with mail that leaves, and the demo has no mail server.
    assert events == set(ReferralEvent) - {ReferralEvent.REMINDED}
    reasons = set(rows_of(Ask).filter(state=AskState.DECLINED).values_list("reason", flat=True))
    assert {
        DeclineReason.FULL,
        DeclineReason.NOT_OUR_GROUP,
        DeclineReason.OTHER_DISTRICT,
    } <= reasons
    assert set(rows_of(Referral).values_list("about", flat=True)) == set(ReferralAbout)
    assert rows_of(ReferralPlacement).exists()


def test_the_municipality_organisations_and_residents_all_refer(demo):
    rows = rows_of(Referral)
    assert rows.filter(from_organisation__isnull=False).exists()
    assert rows.filter(from_resident=True).values("pseudonym").distinct().count() >= 2
    asks = rows_of(Ask)
    assert asks.filter(organisation__isnull=True).exists()
    assert asks.filter(
        referral__from_organisation__isnull=False, organisation__isnull=False
    ).exists()


def test_organisations_find_each_other_better_than_in_the_first_year(demo):
    known = referral_columns(system_viewer(MEERDAM.code)).known_at(None)
    found = compare(known, UNTIL - timedelta(days=1))
    assert found.baseline_year == 2022
    assert int(found.now.pairs.text) > int(found.baseline.pairs.text)
    assert 0 < int(found.now.not_connected.text) <= int(found.baseline.not_connected.text)
    assert late_share(2025, 2026) < late_share(2022, 2023)


def late_share(*years):
    """Return the share of what was asked in these years and fell due that was answered too late."""
    asks = rows_of(Ask).filter(asked_on__year__in=years, due_on__lt=UNTIL)
    asks = asks.exclude(state__in=[AskState.OVERTAKEN, AskState.CALLED_BACK])
    late = [one for one in asks if one.answered_at is None or one.answered_at.date() > one.due_on]
    return len(late) / len(asks)


def test_what_was_told_names_no_illness_and_is_emptied_after_its_time(demo):
    texts = list(rows_of(Referral).values_list("asked", flat=True))
    texts += rows_of(ReferralStep).values_list("words", flat=True)
    texts += [row.facts for row in rows_of(SharedFacts)]
    assert not any(health_words_in(text, shipped_health_words()) for text in texts)
    emptied = rows_of(SharedFacts).filter(emptied_at__isnull=False)
    assert emptied.exists()
    assert not any(row.facts for row in emptied)
    running = rows_of(SharedFacts).exclude(referral__state__in=sorted(CLOSED))
    assert all(row.facts for row in running)


def test_something_waits_for_everybody_who_can_sign_in(demo):
    coach = viewer_of(COACH)
    assert len(waiting_for(coach)) >= 1
    counts = sent_counts(coach)
    assert counts["mine"] >= 3
    assert counts["late"] >= 1
    assert referrals_today(coach).total >= 2
    for account in (PARTNER, PARTNER_LEAD):
        assert len(waiting_for(viewer_of(account))) >= 3
        assert came_back(viewer_of(account))
    resident = viewer_of(RESIDENT)
    assert came_back(resident)
    own = Referral.objects.visible_to(resident)
    assert own.filter(state=ReferralState.STARTED, from_resident=True).exists()
    assert own.filter(state=ReferralState.DONE).exists()
