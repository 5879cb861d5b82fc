"""A resident sends what they ask and withdraws; who died or left has nothing open any more."""

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.following.leaving_actions import leave_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.course import finish
from meedoen.records.referrals.drafts import discard_draft, draft_referral, empty_facts
from meedoen.records.referrals.ending import (
    empty_facts_of,
    end_referrals_of,
    open_referrals_of,
)
from meedoen.records.referrals.models import SharedFacts
from meedoen.records.referrals.own import send_own, withdraw_own
from meedoen.records.referrals.queries import referral, steps_about
from meedoen.rules.vocabulary import (
    ObtainedHow,
    Outcome,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Theme,
)
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    told,
    werkplaats,
)
from tests.town import Town
from tests.web.coach.scenes import started


def of_roos(town: Town, receivers, **other):
    return new_referral(town.roos_file.pseudonym_id, receivers, **other)


def own_draft(town: Town, **other):
    """Write down what Roos asks, not yet shown to her and not yet agreed."""
    given = {
        "told": told("Roos Nepstra", told_how=None, told_on=None),
        "agreed_on": None,
        "agreed_how": None,
    }
    return draft_referral(town.roos, new=of_roos(town, [moestuin(town)], **(given | other)))


def test_sending_what_she_asks_notes_that_she_saw_it_and_wants_it(town: Town):
    key = own_draft(town)
    send_own(town.roos, key=key)
    row = row_of(town, key)
    [facts] = SharedFacts.objects.visible_to(town.system)
    today = clock.today()
    assert (row.state, row.agreed_how, row.agreed_on) == ("sent", ObtainedHow.SIGNED_IN, today)
    assert (facts.told_how, facts.told_on) == (ObtainedHow.SIGNED_IN, today)


def test_what_cannot_be_sent_notes_nothing(town: Town):
    key = own_draft(town)
    row = row_of(town, key)
    row.wanted = []
    row.save()
    with pytest.raises(ActionRefusedError, match="Kies naar wie"):
        send_own(town.roos, key=key)
    assert row_of(town, key).agreed_how == ""
    assert SharedFacts.objects.visible_to(town.system).get().told_how == ""


def test_only_the_person_sends_and_withdraws_like_this(town: Town):
    own, of_anna = own_draft(town), sent(town.anna, of_roos(town, [werkplaats(town)]))
    of_sam = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
    for viewer in (town.anna, town.petra, town.system):
        with pytest.raises(ActionRefusedError, match="Alleen de inwoner zelf"):
            send_own(viewer, key=own)
        with pytest.raises(ActionRefusedError, match="Alleen de inwoner zelf"):
            withdraw_own(viewer, key=of_anna)
    with pytest.raises(PermissionDenied):
        withdraw_own(town.connie, key=own)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        withdraw_own(town.roos, key=of_sam)
    draft_of_anna = draft_referral(town.anna, new=of_roos(town, [moestuin(town)]))
    with pytest.raises(ActionRefusedError, match="Alleen wie de verwijzing stuurde"):
        send_own(town.roos, key=draft_of_anna)


def test_withdrawing_says_that_it_was_the_resident_whatever_the_state(town: Town):
    draft = draft_referral(town.anna, new=of_roos(town, [moestuin(town)]))
    waits = sent(town.anna, of_roos(town, [moestuin(town)], theme=Theme.LANGUAGE))
    runs = sent(town.anna, of_roos(town, [moestuin(town)], theme=Theme.COMPANY))
    accept(town.petra, key=asks_of(town, runs)[0].key)
    for key in (draft, waits, runs):
        withdraw_own(town.roos, key=key, words="Liever niet.")
        withdraw_own(town.roos, key=key)
    ends = {key: referral(town.anna, key=key).steps[0] for key in (draft, waits, runs)}
    assert ends[draft].reason == ends[waits].reason == RevokeReason.RESIDENT_WITHDREW
    assert ends[runs].outcome is ReferralOutcome.RESIDENT_STOPPED
    assert {step.words for step in ends.values()} == {"Liever niet."}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Bel 999990019.", "burgerservicenummer"),
        ("Door mijn depressie.", "AVG, artikel 9"),
        ("x" * 301, "te lang"),
    ],
)
def test_words_that_may_not_be_kept_stop_nothing(town: Town, words, says):
    key = sent(town.anna, of_roos(town, [moestuin(town)]))
    with pytest.raises(ActionRefusedError, match=says):
        withdraw_own(town.roos, key=key, words=words)
    assert row_of(town, key).state == ReferralState.SENT


def test_what_is_done_stays_done(town: Town):
    key = sent(town.anna, of_roos(town, [moestuin(town)]))
    [ask] = asks_of(town, key)
    accept(town.petra, key=ask.key)
    finish(town.petra, key=ask.key, on=clock.today(), outcome=ReferralOutcome.HELPED)
    with pytest.raises(ActionRefusedError, match="al klaar"):
        withdraw_own(town.roos, key=key)


def test_a_move_ends_what_is_open_and_a_job_does_not(town: Town):
    person = town.roos_file.pseudonym_id
    key = sent(town.anna, of_roos(town, [moestuin(town)]))
    leaving = {"pseudonym_ids": [person], "on": clock.today()}
    left = leave_all(town.anna, **leaving, outcome=Outcome.MOVED_ON_TO_PAID_WORK)
    assert (left.referrals, row_of(town, key).state) == (0, ReferralState.SENT)
    left = leave_all(town.anna, **leaving, outcome=Outcome.MOVED_AWAY)
    assert (left.referrals, row_of(town, key).state) == (1, ReferralState.REVOKED)
    assert referral(town.anna, key=key).steps[0].reason == RevokeReason.MOVED_AWAY


def test_what_an_organisation_has_not_sent_ends_too_and_a_coach_does_not_count_it(town: Town):
    started(town)
    person = town.roos_file.pseudonym_id
    key = draft_referral(town.petra, new=of_roos(town, [werkplaats(town)]))
    assert open_referrals_of(town.anna, pseudonym_ids=[person]) == 0
    assert open_referrals_of(town.system, pseudonym_ids=[person]) == 1
    ended = end_referrals_of(town.anna, pseudonym_ids=[person], outcome=ReferralOutcome.DIED)
    assert (ended, row_of(town, key).state) == (1, ReferralState.REVOKED)
    assert open_referrals_of(town.system, pseudonym_ids=[person]) == 0


def test_what_was_told_about_who_is_erased_can_be_read_nowhere(town: Town):
    key = sent(town.anna, of_roos(town, [moestuin(town)]))
    of_sam = sent(town.anna, new_referral(town.sam.pseudonym_id, [werkplaats(town)]))
    assert empty_facts_of(town.system, pseudonym_ids=[town.roos_file.pseudonym_id]) == 1
    for viewer in (town.anna, town.roos):
        card = referral(viewer, key=key)
        assert (card.told.is_emptied, card.told.name, card.told.facts) == (True, "", ())
        assert card.asked == ""
    assert referral(town.anna, key=of_sam).told.name == "Sam Nepstra"


def test_of_a_draft_that_is_thrown_away_nothing_that_was_written_is_left(town: Town):
    about_roos = draft_referral(town.anna, new=of_roos(town, [moestuin(town)]))
    no_person = draft_referral(town.anna, new=question([moestuin(town)]))
    for key in (about_roos, no_person):
        discard_draft(town.anna, key=key)
        assert row_of(town, key).asked == ""
    asked = sent(town.anna, question([moestuin(town)]))
    empty_facts(town.system, [row_of(town, asked).pk])
    assert row_of(town, asked).asked


def test_the_story_leaves_out_drafts_and_is_for_nobody_else(town: Town):
    draft_referral(town.anna, new=of_roos(town, [moestuin(town)]))
    key = sent(town.anna, of_roos(town, [moestuin(town)], theme=Theme.LANGUAGE))
    withdraw_own(town.roos, key=key)
    about = {"pseudonym_id": town.roos_file.pseudonym_id, "events": list(ReferralEvent)}
    lines = [(one.theme, one.step.event) for one in steps_about(town.roos, **about)]
    assert lines == [
        (Theme.LANGUAGE, ReferralEvent.REVOKED),
        (Theme.LANGUAGE, ReferralEvent.SENT),
        (Theme.LANGUAGE, ReferralEvent.DRAFTED),
    ]
    assert steps_about(town.anna, **about) == steps_about(town.roos, **about)
    for viewer in (town.carla, town.petra, town.connie, town.vera):
        assert steps_about(viewer, **about) == []
