"""Steps that this process read before are kept; what was added since is read, and only that."""

import dataclasses

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.referrals import columns
from meedoen.records.referrals.columns import referral_columns
from meedoen.records.referrals.models import ReferralStep
from meedoen.rules.indicators.referral_columns import STEP_TYPES
from tests.records.referrals.scenes import moestuin, question, sent
from tests.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_kept():
    columns._kept.clear()
    yield
    columns._kept.clear()


def anew(town: Town):
    with transaction.atomic():
        return referral_columns(town.connie).steps


def assert_equal(one, other) -> None:
    for name in STEP_TYPES:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def ask(town: Town) -> None:
    sent(town.otto, question([moestuin(town)]))


def test_what_was_added_comes_to_what_was_kept(town: Town):
    assert_equal(referral_columns(town.connie).steps, anew(town))
    ask(town)
    assert len(anew(town)) > 0
    assert_equal(referral_columns(town.connie).steps, anew(town))
    ask(town)
    assert_equal(referral_columns(town.connie).steps, anew(town))


def test_only_the_steps_that_were_added_are_read(town: Town):
    ask(town)
    referral_columns(town.connie)
    last = ReferralStep.objects.visible_to(town.system).latest("pk").pk
    ask(town)
    with CaptureQueriesContext(connection) as asked:
        referral_columns(town.connie)
    read = [one["sql"] for one in asked if 'FROM "referrals_referralstep"' in one["sql"]]
    assert len(read) == 2
    assert f'"referrals_referralstep"."id" > {last}' in read[1]


def test_a_step_that_came_later_with_a_lower_number_is_not_missed(town: Town):
    """On PostgreSQL a number is given before a transaction ends."""
    ask(town)
    referral_columns(town.connie)
    number = town.connie.municipality_id
    kept = columns._kept[number]
    columns._kept[number] = dataclasses.replace(kept, count=kept.count - 1)
    ask(town)
    assert_equal(referral_columns(town.connie).steps, anew(town))


def test_one_municipality_does_not_get_the_steps_of_another(town: Town):
    ask(town)
    assert len(referral_columns(town.connie).steps) > 0
    theirs = dataclasses.replace(town.connie, municipality_id=town.vera.municipality_id)
    assert len(referral_columns(theirs).steps) == 0


@transaction.atomic
def ask_and_fail(town: Town) -> None:
    ask(town)
    referral_columns(town.connie)
    raise ZeroDivisionError


def test_what_is_undone_is_not_kept(town: Town):
    before = referral_columns(town.connie).steps
    with pytest.raises(ZeroDivisionError):
        ask_and_fail(town)
    assert_equal(referral_columns(town.connie).steps, before)
