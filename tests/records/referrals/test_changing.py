"""What of a referral stays when it came back: that under which its answers are counted."""

import dataclasses

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Resident
from meedoen.records.referrals.answers import decline
from meedoen.records.referrals.columns import referral_columns
from meedoen.records.referrals.drafts import change_referral, draft_referral
from meedoen.rules.vocabulary import DeclineReason, Theme
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    question,
    row_of,
    sent,
    werkplaats,
)

pytestmark = pytest.mark.django_db


def came_back(town, sender, new):
    """Send a referral to De Moestuin, which says no; return its key."""
    key = sent(sender, new)
    [ask] = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_GROUP)
    return key


def districts_of_steps(town):
    return set(referral_columns(town.connie).steps.district.tolist())


@pytest.mark.parametrize("who", ["anna", "otto"])
def test_a_question_that_came_back_keeps_its_district_and_its_subject(town, who):
    sender = getattr(town, who)
    new = question([moestuin(town)], district_id=town.north)
    key = came_back(town, sender, new)
    for district in (town.south, None):
        with pytest.raises(ActionRefusedError, match="een nieuwe verwijzing voor een andere wijk"):
            change_referral(sender, key=key, new=dataclasses.replace(new, district_id=district))
    other = dataclasses.replace(new, district_id=town.south, theme=Theme.LANGUAGE)
    with pytest.raises(ActionRefusedError, match=r"ander onderwerp[\s\S]*andere wijk"):
        change_referral(sender, key=key, new=other)
    assert districts_of_steps(town) == {town.north}
    change_referral(sender, key=key, new=dataclasses.replace(new, asked="En op woensdag?"))
    assert row_of(town, key).asked == "En op woensdag?"


def test_a_question_that_nobody_got_may_still_be_about_another_district(town):
    new = question([moestuin(town)], district_id=town.north)
    key = draft_referral(town.anna, new=new)
    change_referral(town.anna, key=key, new=dataclasses.replace(new, district_id=town.south))
    assert row_of(town, key).district_id == town.south


def test_who_moves_after_a_no_does_not_take_the_no_along(town):
    new = new_referral(town.sam.pseudonym_id, [moestuin(town)])
    key = came_back(town, town.anna, new)
    before = row_of(town, key).district_id
    [other] = {town.north, town.south} - {before}
    people = Resident.objects.visible_to(town.system)
    people.filter(pseudonym_id=town.sam.pseudonym_id).update(district_id=other)
    onward = dataclasses.replace(new, receivers=[werkplaats(town)])
    change_referral(town.anna, key=key, new=onward)
    assert row_of(town, key).district_id == before
    assert districts_of_steps(town) == {before}
