"""How much of a premium does not count as means: Participatiewet, article 31(2)j and 31(5).

The amounts stand in catalogue/law/premium_exemption.toml. They change on 1 January and 1 July
(article 38(4)); a day for which no amount is established has no answer, and never a guessed one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from meedoen.rules.dated_tables import Row
from meedoen.rules.law.values import LawFile, Series, Value, cents, shipped_law

PREMIUM_EXEMPTION = "premium_exemption.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumExemption:
    """The values on one day."""

    yearly_cents: Value[int]
    """How much in a calendar year is left out of account at most, in whole cents: 31(2)j."""
    payments_a_year: Value[int]
    """In how many payments a calendar year at most: 31(2)j."""
    from_age: Value[int]
    """From which age it holds; below it only for the group of the wage subsidy: 31(5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumExemptionTable:
    """The values through time."""

    yearly_cents: Series[int]
    payments_a_year: Series[int]
    from_age: Series[int]

    def on(self, day: date) -> PremiumExemption:
        """Return the values on a day. Raises NoValueError for a day before the first amount."""
        return PremiumExemption(
            yearly_cents=self.yearly_cents.on(day),
            payments_a_year=self.payments_a_year.on(day),
            from_age=self.from_age.on(day),
        )


def exemption_on(day: date) -> PremiumExemption:
    """Return the values that come with the package. Raises NoValueError, DatedTableError."""
    return shipped_exemption().on(day)


@cache
def shipped_exemption() -> PremiumExemptionTable:
    """Read the file that comes with the package, once. Raises DatedTableError."""
    return read_exemption(shipped_law(PREMIUM_EXEMPTION))


def read_exemption(text: str, file_name: str = PREMIUM_EXEMPTION) -> PremiumExemptionTable:
    """Read the values from TOML. Raises DatedTableError with every mistake at once."""
    file = LawFile(text, file_name)
    table = PremiumExemptionTable(
        yearly_cents=file.series("yearly_cents", cents),
        payments_a_year=file.series("payments_a_year", _payments),
        from_age=file.series("from_age", _age),
    )
    file.finish()
    return table


def _payments(row: Row) -> int:
    return row.number("value", 12)


def _age(row: Row) -> int:
    return row.number("value", 100)
