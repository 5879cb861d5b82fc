"""What volunteers get: kept, put right, and checked against the limits of the law."""

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.allowances import queries
from meedoen.records.allowances.actions import (
    NewPayment,
    PaymentFacts,
    correct_payment,
    enter_payment,
    enter_payments,
    withdraw_payment,
)
from meedoen.records.allowances.models import AllowancePayment
from meedoen.records.allowances.queries import allowance_of, payment
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.models import Resident
from meedoen.rules.volunteer_allowance import AllowanceCode
from meedoen.web.coach.allowance_shown import warnings_of
from tests.records.sheltered.scenes import on
from tests.rules.test_volunteer_allowance import CHOSEN
from tests.town import Person, Town

FACTS = PaymentFacts(paid_on=date(2026, 3, 31), cents=15_000, paid_by="De Werkplaats")


def paid(town: Town, cents: int = 15_000, day: date = FACTS.paid_on, person: Person | None = None):
    with on():
        return enter_payment(
            town.anna,
            pseudonym_id=(person or town.roos_file).pseudonym_id,
            facts=replace(FACTS, cents=cents, paid_on=day),
        )


def seen(town: Town):
    return allowance_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_within_the_limits_nothing_counts(town: Town) -> None:
    paid(town, 21_000)
    [year] = seen(town).years
    assert (year.exempt_cents, year.counts_cents) == (21_000, 0)
    assert year.codes == (AllowanceCode.WITHIN,)


def test_above_the_month_the_rest_counts_also_from_two_payers(town: Town) -> None:
    paid(town, 15_000)
    paid(town, 10_000, date(2026, 3, 2))
    [year] = seen(town).years
    assert (year.months[0].over_cents, year.counts_cents) == (4_000, 4_000)


def test_an_amount_for_an_hour_counts_once_the_municipality_chose_one(town: Town, monkeypatch):
    with on():
        for cents, hours in ((5_600, Decimal(10)), (1_000, None)):
            facts = replace(FACTS, cents=cents, hours=hours)
            enter_payment(town.anna, pseudonym_id=town.roos_file.pseudonym_id, facts=facts)
    [year] = seen(town).years
    assert year.counts_cents == 0
    monkeypatch.setattr(queries, "shipped_hour_limit", lambda: CHOSEN)
    [year] = seen(town).years
    assert year.counts_cents == 5_600
    said = " ".join(warnings_of(year))
    assert "meer per uur betaald dan de gemeente toestaat" in said
    assert "staan de uren er niet bij" in said


def test_above_the_year_the_rest_counts_though_every_month_is_within(town: Town) -> None:
    for month in range(1, 12):
        with on(date(2026, 12, 1)):
            enter_payment(
                town.anna,
                pseudonym_id=town.roos_file.pseudonym_id,
                facts=replace(FACTS, cents=20_000, paid_on=date(2026, month, 1)),
            )
    [year] = seen(town).years
    assert AllowanceCode.OVER_YEAR in year.codes
    assert (year.paid_cents, year.counts_cents) == (220_000, 10_000)


def test_younger_than_27_everything_counts(town: Town) -> None:
    young = Resident.objects.visible_to(town.anna).filter(pseudonym_id=town.roos_file.pseudonym_id)
    young.update(birth_date=date(1999, 4, 1))
    paid(town, 15_000, date(2026, 3, 31))
    paid(town, 15_000, date(2026, 4, 1))
    [year] = seen(town).years
    assert [month.counts_wholly_cents for month in year.months] == [15_000, 0]


def test_years_and_payments_come_newest_first(town: Town) -> None:
    paid(town, 100, date(2025, 5, 1))
    paid(town, 200)
    assert [year.year for year in seen(town).years] == [2026, 2025]
    assert [one.cents for one in seen(town).payments] == [200, 100]
    assert seen(town).payments[0].said_by == "Anna Testema"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paid_on": date(2026, 9, 2)}, "toekomst"),
        ({"paid_on": date(2014, 12, 31)}, "grenzen niet bekend"),
        ({"cents": 0}, "bedrag"),
        ({"cents": 1_000_001}, "bedrag"),
        ({"hours": Decimal(0)}, "uren"),
        ({"hours": Decimal(745)}, "uren"),
        ({"paid_by": " "}, "wie de vergoeding gaf"),
        ({"paid_by": "x" * 201}, "200 tekens"),
        ({"paid_by": "De Werkplaats, 111222333"}, "burgerservicenummer"),
    ],
)
def test_what_cannot_be_is_refused(town: Town, changes: dict[str, object], said: str) -> None:
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    with on(), pytest.raises(ActionRefusedError, match=said):
        enter_payment(town.anna, pseudonym_id=town.roos_file.pseudonym_id, facts=facts)
    assert seen(town).payments == []


def test_a_mistake_is_corrected_or_withdrawn_and_what_was_said_stays(town: Town) -> None:
    key = paid(town)
    with on():
        correct_payment(town.bram, key=key, facts=replace(FACTS, cents=1_500), reason="De komma.")
        with pytest.raises(ActionRefusedError, match="intussen gewijzigd"):
            withdraw_payment(town.anna, key=key, reason="Nog eens.")
        [better] = seen(town).payments
        assert (better.cents, better.correction_reason) == (1_500, "De komma.")
        with pytest.raises(ActionRefusedError, match="waarom"):
            withdraw_payment(town.anna, key=better.key, reason=" ")
        with pytest.raises(ActionRefusedError, match="burgerservicenummer"):
            withdraw_payment(town.anna, key=better.key, reason="Was voor 111222333.")
        withdraw_payment(town.anna, key=better.key, reason="De verkeerde inwoner.")
    assert (seen(town).payments, seen(town).years) == ([], ())
    assert AllowancePayment.objects.visible_to(town.anna).count() == 3


def test_the_same_form_sent_twice_is_kept_once(town: Town) -> None:
    key = uuid.uuid4()
    with on():
        new = {"pseudonym_id": town.roos_file.pseudonym_id, "facts": FACTS, "key": key}
        enter_payment(town.anna, **new)
        with pytest.raises(ActionRefusedError, match="staat al"):
            enter_payment(town.anna, **new)
    assert len(seen(town).payments) == 1


def test_many_at_once_are_all_or_none(town: Town) -> None:
    new = [
        NewPayment(pseudonym_id=one.pseudonym_id, facts=FACTS) for one in (town.roos_file, town.sam)
    ]
    stranger = replace(new[0], pseudonym_id=town.tim.pseudonym_id)
    with on():
        with pytest.raises(ActionRefusedError, match="niet voor u"):
            enter_payments(town.anna, payments=[*new, stranger])
        assert seen(town).payments == []
        assert len(enter_payments(town.anna, payments=new)) == 2


def test_a_resident_sees_the_own_payments_and_changes_nothing(town: Town) -> None:
    key = paid(town)
    own = allowance_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert own == seen(town)
    paid(town, person=town.sam)
    assert not allowance_of(town.roos, pseudonym_id=town.sam.pseudonym_id).payments
    with on(), pytest.raises((ActionRefusedError, PermissionDenied)):
        withdraw_payment(town.roos, key=key, reason="Zomaar.")
    assert len(seen(town).payments) == 1


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie"])
def test_strangers_see_and_change_nothing(town: Town, who: str) -> None:
    key, stranger = paid(town), getattr(town, who)
    assert payment(stranger, key=key) is None
    assert not allowance_of(stranger, pseudonym_id=town.roos_file.pseudonym_id).payments
    with on(), pytest.raises((ActionRefusedError, PermissionDenied)):
        withdraw_payment(stranger, key=key, reason="Zomaar.")
    assert len(seen(town).payments) == 1


def test_as_many_questions_for_one_as_for_twenty(town: Town) -> None:
    counts = []
    for more in (1, 19):
        for _ in range(more):
            paid(town, 100)
        with CaptureQueriesContext(connection) as queries:
            seen(town)
        counts.append(len(queries))
    assert counts[0] == counts[1]
