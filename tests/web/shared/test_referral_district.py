"""The form of a question that came back shows its district, and does not let it change."""

import re

import pytest
from django.urls import reverse

from meedoen.records.referrals.answers import decline
from meedoen.rules.vocabulary import DeclineReason
from tests.records.referrals.scenes import asks_of, moestuin, question, row_of, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "desk"), [("anna", "coach"), ("otto", "partner")])
def test_a_question_that_came_back_shows_its_district_fixed(town, sign_in, who, desk):
    key = sent(getattr(town, who), question([moestuin(town)], district_id=town.north))
    [ask] = asks_of(town, key)
    decline(town.petra, key=ask.key, reason=DeclineReason.NOT_OUR_GROUP)
    client = sign_in(getattr(town, who))
    address = reverse(f"{desk}:referral_question", args=[key])
    page = client.get(address).content.decode()
    [select] = re.findall(r'<select[^>]* name="district"[^>]*>', page)
    assert "disabled" in select
    typed = {"urgency": "soon", "asked": "En op woensdag?", "district": town.south}
    answer = client.post(address, typed)
    assert answer.status_code == 302
    row = row_of(town, key)
    assert (row.district_id, row.asked) == (town.north, "En op woensdag?")
