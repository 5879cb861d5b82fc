from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from meedoen.records.placements.models import Terms
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.records.placements.terms_queries import terms_on
from meedoen.rules import half_days
from meedoen.rules.vocabulary import Guidance, PlacementState
from tests.records.directory.scenes import entered_location
from tests.town import Town
from tests.web.coach.scenes import address, hidden, on, proposed, readable, started
from tests.web.coach.test_agreement import printed
from tests.web.coach.test_placement import moving, state

LATER = date(2026, 4, 1)
MONDAY = half_days.from_codes(["mon_morning"])


def sent(client: Client, key: object, **changes: object):
    page = client.get(address("placement_terms", key))
    usual = {
        "starts_on": "2026-04-01",
        "hours_a_week": "7,5",
        "half_days": ["mon_morning"],
        "guidance": "always_near",
        "location": "",
        "why": "Rustig opbouwen.",
        "seen": hidden(page, "seen"),
    }
    return client.post(address("placement_terms", key), usual | changes, follow=True)


def test_terms_change_inside_the_placement_and_stand_on_its_page(town: Town, sign_in) -> None:
    key = started(town)
    where = entered_location(town)
    with on(LATER):
        answer = sent(sign_in(town.anna), key, location=str(where.pk))
    text = readable(answer)
    assert "De plaatsing loopt door." in text
    assert "Uren per week 7,5 Dagdelen maandag in de ochtend Begeleiding Altijd" in text
    assert "Locatie De Kas" in text
    told = text[text.index("Wat er gebeurde") :]
    assert "1 april 2026 · Anna Testema Afspraken veranderd Uren per week: 7,5;" in told
    assert "Reden: Rustig opbouwen." in told
    assert state(town, key) is PlacementState.ACTIVE


def test_what_is_as_the_place_says_is_told_so(town: Town, sign_in) -> None:
    text = readable(sign_in(town.anna).get(address("placement", started(town))))
    assert "Uren per week niet afgesproken" in text
    assert "maandag, dinsdag en woensdag in de ochtend (zoals de plek zegt; telt op al" in text
    assert "deze dagdelen mee tot u andere dagdelen afspreekt)" in text


def test_the_form_begins_with_what_holds_and_tells_what_was(town: Town, sign_in) -> None:
    key = started(town)
    with on(LATER):
        for hours, day in ((Decimal(20), date(2026, 3, 16)), (Decimal(8), LATER)):
            terms = NewTerms(starts_on=day, hours_a_week=hours, half_days=MONDAY, why="Zo gaat het")
            change_terms(town.anna, key=key, terms=terms)
        page = sign_in(town.bram).get(address("placement_terms", key))
    form = page.context["form"]
    assert form["hours_a_week"].value() == 8
    assert form["half_days"].value() == ["mon_morning"]
    text = readable(page)
    assert "Van 16 maart 2026 tot en met 31 maart 2026" in text
    assert "Opgeschreven op 1 april 2026 door Anna Testema." in text


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"starts_on": "", "hours_a_week": "veel"}, {"starts_on", "hours_a_week"}),
        ({"hours_a_week": "0,2", "half_days": ["sun_evening"]}, {"hours_a_week", "half_days"}),
        ({"hours_a_week": "61", "guidance": "altijd"}, {"hours_a_week", "guidance"}),
        ({"location": "999999", "seen": "x"}, {"location", "seen"}),
        ({"starts_on": "2026-01-01"}, {"__all__"}),
        ({"why": "Heeft een depressie."}, {"__all__"}),
    ],
)
def test_what_cannot_be_agreed_is_said_and_what_was_typed_stays(
    town: Town, sign_in, changes: dict[str, str], wrong: set[str]
) -> None:
    key = started(town)
    with on(LATER):
        page = sent(sign_in(town.anna), key, **changes)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    for name, value in changes.items():
        assert page.context["form"][name].value() == value
    assert not Terms.objects.visible_to(town.system).exists()


def test_what_a_colleague_agreed_in_the_meantime_is_shown_before_it_is_replaced(
    town: Town, sign_in
) -> None:
    key = started(town)
    with on(LATER):
        client = sign_in(town.anna)
        terms = NewTerms(starts_on=LATER, hours_a_week=Decimal(3))
        page = client.get(address("placement_terms", key))
        change_terms(town.bram, key=key, terms=terms)
        refused = client.post(
            address("placement_terms", key),
            {"starts_on": "2026-04-01", "hours_a_week": "9", "seen": hidden(page, "seen")},
        )
        assert refused.status_code == 422
        assert "Een collega veranderde intussen de afspraken" in readable(refused)
        assert "door Bram Testema" in readable(refused)
        sent(client, key, seen=hidden(refused, "seen"))
    card = terms_on(town.anna, key=key, on=LATER)
    assert card is not None
    assert (card.hours_a_week, card.guidance) == (Decimal("7.5"), Guidance.ALWAYS_NEAR)


def test_the_agreement_on_paper_says_what_was_agreed_for_this_person(town: Town, sign_in) -> None:
    key = started(town)
    with on(LATER):
        sent(sign_in(town.anna), key, location=str(entered_location(town).pk))
    text = printed(sign_in(town.anna), key)
    assert "7,5 uur per week" in text
    assert "maandag in de ochtend" in text
    assert "dinsdag" not in text
    assert "Altijd: er is steeds iemand dichtbij" in text
    assert "Kerkstraat 12a" in text


def test_of_what_comes_to_nothing_nothing_can_be_agreed(town: Town, sign_in) -> None:
    key = proposed(town)
    client = sign_in(town.anna)
    client.post(moving(key, PlacementState.WITHDRAWN), {"on": "2026-03-03"})
    answer = client.get(address("placement_terms", key), follow=True)
    assert "Dat kan nu niet" in readable(answer)
    assert "Wat nu is afgesproken" not in readable(answer)


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "roos"])
def test_a_stranger_finds_no_terms(town: Town, sign_in, who: str) -> None:
    key = started(town)
    client = sign_in(getattr(town, who))
    assert client.get(address("placement_terms", key)).status_code == 404
    assert client.post(address("placement_terms", key), {}).status_code == 404
