"""What an organisation reads of refusals: the reason, never who."""

import pytest
from django.urls import reverse

from meedoen.records.placements.refusing import refuse_place
from meedoen.records.proposals.refusal_queries import messages_to_see
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.rules.vocabulary import Preference, RefusalReason
from tests.matching import list_for
from tests.town import Town
from tests.web.coach.scenes import readable


@pytest.fixture
def told(town: Town) -> int:
    """Roos did not want the garden because of its times; return the message about it."""
    refusal = NewRefusal(
        key=list_for(town),
        place_id=town.garden,
        reason=RefusalReason.TIMES_DO_NOT_SUIT,
        preference=Preference.RATHER_ANOTHER,
        resident_said="Dan breng ik mijn kind weg.",
        tell_place=True,
    )
    refuse_place(town.anna, refusal=refusal)
    [message] = messages_to_see(town.petra)
    return message.message_id


def test_it_waits_on_the_desk_without_who_it_was(town: Town, sign_in, told: int) -> None:
    client = sign_in(town.petra)
    for page in (reverse("partner:waiting"), reverse("partner:refusals")):
        text = readable(client.get(page))
        assert "Voor iemand kwamen de tijden niet uit." in text
        for word in ("Roos", "Nepstra", "kind", "Anna"):
            assert word not in text.replace("Petra Testema", "")


def test_seen_is_gone(town: Town, sign_in, told: int) -> None:
    client = sign_in(town.petra)
    answer = client.post(reverse("partner:refusal_seen", args=[told]))
    assert answer["Location"] == reverse("partner:refusals")
    assert "Er is niets nieuws." in readable(client.get(reverse("partner:refusals")))
    assert "niet doorging" not in readable(client.get(reverse("partner:waiting")))


def test_another_organisation_neither_reads_nor_removes_it(town: Town, sign_in, told: int) -> None:
    client = sign_in(town.otto)
    assert "Moestuin" not in readable(client.get(reverse("partner:refusals")))
    client.post(reverse("partner:refusal_seen", args=[told]))
    assert len(messages_to_see(town.petra)) == 1
