"""A name in what is asked, when receivers may not know yet who it is."""

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Resident
from meedoen.records.referrals.drafts import Receiver
from meedoen.rules.vocabulary import ReferralAbout
from tests.records.referrals.scenes import moestuin, new_referral, sent, told, werkplaats

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(town):
    Resident.objects.visible_to(town.system).filter(pseudonym_id=town.sam.pseudonym_id).update(
        given_name="Sam", family_name="van de Verzinner"
    )
    return [moestuin(town), werkplaats(town)]


@pytest.mark.parametrize(
    "asked",
    [
        "Sam wil graag koken.",
        "Is de heer (Verzinner) welkom?",
        "Sam's wens is koken.",
        "Zoekt een maatje/Sam kan koken.",
    ],
)
def test_a_name_is_refused_before_a_yes(town, both, asked):
    with pytest.raises(ActionRefusedError, match="staat een naam"):
        sent(town.anna, new_referral(town.sam.pseudonym_id, both, asked=asked))


def test_words_of_daily_life_in_a_name_are_not_a_name(town, both):
    asked = "Wil twee ochtenden in de week helpen, van negen tot twaalf."
    assert sent(town.anna, new_referral(town.sam.pseudonym_id, both, asked=asked))


def test_the_name_of_somebody_without_a_file_is_refused_too(town):
    somebody = {"about": ReferralAbout.NEW_PERSON, "told": told("Noor de Verzinner")}
    both = [werkplaats(town), Receiver(team_id=town.anna.team_id)]
    with pytest.raises(ActionRefusedError, match="staat een naam"):
        sent(town.petra, new_referral(None, both, asked="Noor wil graag koken.", **somebody))
    asked = "Wil in de keuken helpen."
    assert sent(town.petra, new_referral(None, both, asked=asked, **somebody))
