"""What somebody got as a volunteer in words, with warnings for the coach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.rules.law.allowance import shipped_allowance
from meedoen.rules.volunteer_allowance import AllowanceCode, MonthCheck, YearCheck
from meedoen.web.shared.figures import month_text
from meedoen.web.shared.sheltered_words import euros_text


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month: what was paid, its limit, and what is above it or has no exemption."""

    month: str
    paid: str
    limit: str
    counts: str


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year in words; `warnings` is empty when nothing counts."""

    year: int
    warnings: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    months: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class LimitSource:
    """A limit of the law: what it says in Dutch, the article, and where that stands."""

    says: str
    article: str
    address: str


def money(cents: int) -> str:
    """Write whole cents as euros."""
    return euros_text(Decimal(cents) / 100)


def shown_years(years: Sequence[YearCheck]) -> list[ShownYear]:
    """Return every year in words, in the same order."""
    return [
        ShownYear(
            year=one.year,
            warnings=tuple(warnings_of(one)),
            facts=(
                (_("Gekregen"), money(one.paid_cents)),
                (_("Grens van het jaar"), money(one.limit_cents)),
                (_("Telt niet mee"), money(one.exempt_cents)),
                (_("Telt mee voor de uitkering"), money(one.counts_cents)),
            ),
            months=tuple(map(_month, one.months)),
        )
        for one in years
    ]


def sources_on(day: date) -> tuple[LimitSource, ...]:
    """Return what the law says on a day, with where it stands."""
    law = shipped_allowance().on(day)
    values = (law.month_cents, law.year_cents, law.from_age)
    return tuple(LimitSource(one.says, one.article, one.address) for one in values)


def _month(one: MonthCheck) -> MonthRow:
    return MonthRow(
        month=month_text(one.month),
        paid=money(one.paid_cents),
        limit=money(one.limit_cents),
        counts=money(one.counts_wholly_cents + one.over_cents),
    )


def warnings_of(year: YearCheck) -> Iterator[str]:
    """Say what counts and why; nothing when all is within the limits."""
    for month in year.months:
        words = {"month": month_text(month.month), "over": money(month.over_cents)}
        if AllowanceCode.OVER_MONTH in month.codes:
            yield _("In %(month)s is %(over)s meer betaald dan de grens van de maand.") % words
        if AllowanceCode.UNDER_AGE in month.codes:
            words = {"month": words["month"], "paid": money(month.counts_wholly_cents)}
            yield (
                _(
                    "In %(month)s was de inwoner jonger dan 27 jaar: %(paid)s telt helemaal mee "
                    "(artikel 31, vijfde lid)."
                )
                % words
            )
        if AllowanceCode.OVER_HOUR in month.codes:
            yield (
                _(
                    "In %(month)s is meer per uur betaald dan de gemeente toestaat: die betaling "
                    "telt helemaal mee."
                )
                % words
            )
        if AllowanceCode.HOURS_UNKNOWN in month.codes:
            yield (
                _(
                    "Van een betaling in %(month)s staan de uren er niet bij. Vul die in: de "
                    "gemeente kent een hoogste bedrag per uur."
                )
                % words
            )
    if AllowanceCode.OVER_YEAR in year.codes:
        yield _("In %(year)s is %(over)s meer betaald dan de grens van het jaar.") % {
            "year": year.year,
            "over": money(year.over_cents),
        }
    if year.counts_cents:
        yield _(
            "Samen telt %(counts)s mee voor de uitkering. Bespreek dit met de inwoner en met de "
            "consulent inkomen."
        ) % {"counts": money(year.counts_cents)}
