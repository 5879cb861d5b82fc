"""The table that says how wide a band is: right, or a sentence for each mistake."""

from datetime import date
from decimal import Decimal

import pytest

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.forecast.band_rule import band_rule_on, read_band_rules

LINE = """[[bands]]
valid_from = 2015-01-01
inside = "0.80"
least_months = 24
window_months = 24
years = 6
back_tests = 4
source = "Eigen keuze."
"""


def test_a_band_of_80_percent_is_shipped_with_two_years_of_history_at_least():
    rule = band_rule_on(date(2026, 9, 30))
    assert (rule.inside, rule.least_months) == (Decimal("0.80"), 24)
    assert "Eigen keuze" in rule.source


def test_another_line_holds_from_its_own_day():
    later = LINE.replace("2015", "2026").replace("0.80", "0.90")
    rules = read_band_rules(LINE.replace("\ninside", "\nvalid_to = 2026-01-01\ninside") + later, "")
    assert band_rule_on(date(2025, 12, 31), rules).inside == Decimal("0.80")
    assert band_rule_on(date(2026, 1, 1), rules).inside == Decimal("0.90")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"0.80"', '"0.99"', 'inside is 0.99; write it from "0.5" to "0.95"'),
        ('"0.80"', '"0.4"', 'inside is 0.4; write it from "0.5" to "0.95"'),
        ("years = 6", "years = 0", "years is 0; write a whole number from 1 to 20"),
        ("back_tests", "tests", "tests"),
    ],
)
def test_a_mistake_is_said_with_its_line(old, new, said):
    with pytest.raises(DatedTableError) as refused:
        read_band_rules(LINE.replace(old, new), "band.toml")
    assert any("band.toml, bands 1" in one and said in one for one in refused.value.problems)
