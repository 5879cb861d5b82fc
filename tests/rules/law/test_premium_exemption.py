"""The amount of a premium that does not count is known from 1 January 2026 on, and not guessed."""

from datetime import date

import pytest

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.law.premium_exemption import exemption_on, read_exemption, shipped_exemption
from meedoen.rules.law.values import Confidence, NoValueError, shipped_law

SHIPPED = shipped_law("premium_exemption.toml")


def test_the_amount_of_2026_stands_with_its_article():
    law = exemption_on(date(2026, 1, 1))
    assert exemption_on(date(2026, 7, 1)) == law
    assert (law.yearly_cents.value, law.payments_a_year.value, law.from_age.value) == (
        339_800,
        2,
        27,
    )
    assert law.yearly_cents.article == "Participatiewet, artikel 31, tweede lid, onderdeel j"
    assert law.from_age.article == "Participatiewet, artikel 31, vijfde lid"
    assert law.yearly_cents.confidence is Confidence.HIGH
    assert shipped_exemption() is shipped_exemption()


def test_of_an_earlier_day_it_says_that_nothing_is_established():
    with pytest.raises(NoValueError) as caught:
        exemption_on(date(2025, 12, 31))
    assert str(caught.value) == (
        "yearly_cents is not established on 2025-12-31; it is known from 2026-01-01 on. "
        "Add a line with its source to catalogue/law."
    )


def test_a_new_amount_holds_from_1_january_on():
    parts = SHIPPED.split("[[values]]")
    closed = parts[1].replace("2026-01-01\narticle", "2026-01-01\nvalid_to = 2027-01-01\narticle")
    later = parts[1].replace("valid_from = 2026-01-01", "valid_from = 2027-01-01")
    text = SHIPPED.replace(parts[1], f"{closed}[[values]]{later.replace('339800', '340000')}")
    table = read_exemption(text)
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [table.on(day).yearly_cents.value for day in days] == [339_800, 340_000]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 339800", 'value = "3398"', "write whole cents, such as 15000 for 150 euros"),
        ("value = 2\n", "value = 13\n", "write a whole number from 1 to 12"),
        ("value = 27", "value = true", "write a whole number from 1 to 100"),
        ('"from_age"', '"age"', "name is 'age'; use yearly_cents or payments_a_year or from_age"),
    ],
)
def test_a_mistake_gets_a_sentence(old, new, said):
    assert old in SHIPPED
    with pytest.raises(DatedTableError, match=said):
        read_exemption(SHIPPED.replace(old, new))
