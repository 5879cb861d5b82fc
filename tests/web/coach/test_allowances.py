"""What a volunteer gets on the coach's screen: each limit as a warning, each mistake put right."""

from datetime import date

import pytest

from meedoen.records.people.models import Resident
from tests.records.allowances.test_allowances import paid, seen
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, bare, on, readable

TODAY = date(2026, 9, 1)


def sent(**changes: str) -> dict[str, str]:
    """Return the form as a browser sends it, with what a test wants otherwise."""
    return {
        "paid_on": "2026-03-31",
        "amount": "150,00",
        "paid_by": "De Werkplaats",
        "hours": "",
        **changes,
    }


def page(town: Town, sign_in) -> str:
    with on(TODAY):
        shown = sign_in(town.anna).get(address("allowances", town.roos_file.key))
    return readable(shown).replace("\xa0", " ")


def test_without_a_payment_it_says_what_the_law_says_and_what_to_do(town: Town, sign_in) -> None:
    text = page(town, sign_in)
    assert "Een vrijwilliger mag 210 euro per maand krijgen" in text
    assert "Participatiewet, artikel 31, tweede lid, onderdeel k" in text
    assert "Er is nog geen vergoeding." in text


def test_a_payment_within_the_limits_by_the_form(town: Town, sign_in) -> None:
    with on(TODAY):
        where = address("allowance_new", town.roos_file.key)
        done = sign_in(town.anna).post(where, sent(hours="12,5"), follow=True)
    text = readable(done).replace("\xa0", " ")
    assert "De vergoeding staat in het dossier." in text
    assert "niets telt mee voor de uitkering" in text
    assert "31 maart 2026 € 150,00 12,5 De Werkplaats" in text


def test_each_limit_is_a_warning(town: Town, sign_in) -> None:
    paid(town, 25_000)
    for month in range(1, 9):
        if month != 3:
            paid(town, 30_000, date(2026, month, 1))
    text = page(town, sign_in)
    assert "In maart 2026 is € 40,00 meer betaald dan de grens van de maand." in text
    assert "In 2026 is € 250,00 meer betaald dan de grens van het jaar." in text
    assert "Samen telt € 670,00 mee voor de uitkering." in text


def test_younger_than_27_is_a_warning(town: Town, sign_in) -> None:
    young = Resident.objects.visible_to(town.anna).filter(pseudonym_id=town.roos_file.pseudonym_id)
    young.update(birth_date=date(2002, 1, 1))
    paid(town)
    assert "jonger dan 27 jaar: € 150,00 telt helemaal mee" in page(town, sign_in)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paid_on": ""}, "Vul de dag in."),
        ({"paid_on": "2026-09-02"}, "toekomst"),
        ({"paid_on": "2014-01-01"}, "grenzen niet bekend"),
        ({"amount": ""}, "Vul het bedrag in."),
        ({"amount": "veel"}, "Vul een bedrag in, zoals 50 of 52,50."),
        ({"amount": "0"}, "Vul een bedrag in van meer dan 0 euro."),
        ({"paid_by": ""}, "Vul in wie de vergoeding gaf."),
        ({"hours": "0"}, "Vul de uren in"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    town: Town, sign_in, changes: dict[str, str], said: str
) -> None:
    with on(TODAY):
        where = address("allowance_new", town.roos_file.key)
        answer = sign_in(town.anna).post(where, sent(**changes))
    assert answer.status_code == 422
    assert said in readable(answer)
    for name, value in sent(**changes).items():
        assert str(answer.context["form"][name].value()) == value
    assert seen(town).payments == []


def test_a_payment_is_corrected_and_withdrawn(town: Town, sign_in) -> None:
    key, client = paid(town), sign_in(town.bram)
    where = address("allowance_correct", key)
    with on(TODAY):
        empty = client.post(where, sent(amount="15"))
        assert "Schrijf op waarom u dit verbetert." in readable(empty)
        done = client.post(where, sent(amount="15", reason="De komma."), follow=True)
        assert "Verbeterd. Reden: De komma." in readable(done)
        [better] = seen(town).payments
        assert better.cents == 1_500
        client.post(address("allowance_withdraw", better.key), {"reason": "Niet betaald."})
    assert seen(town).payments == []
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "roos", "connie"])
def test_strangers_get_the_page_that_is_not_there(town: Town, sign_in, who: str) -> None:
    key, client = paid(town), sign_in(getattr(town, who))
    for name in ("allowance_correct", "allowance_withdraw"):
        for ask in (client.get, client.post):
            there, nowhere = ask(address(name, key)), ask(address(name, NOBODY))
            assert there.status_code == 404
            assert bare(there, key) == bare(nowhere, NOBODY)
    assert client.get(address("allowances", town.roos_file.key)).status_code == 404
    assert client.post(address("allowance_new", town.roos_file.key), sent()).status_code == 404
    assert len(seen(town).payments) == 1


def test_wrong_ways_to_ask_are_refused(town: Town, sign_in) -> None:
    assert sign_in(town.anna).post(address("allowances", town.roos_file.key)).status_code == 405
