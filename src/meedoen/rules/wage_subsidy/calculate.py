"""How high a wage-cost subsidy is in a month: Participatiewet, article 10d(4) and (5).

Amounts are euros a month. All is worked out exactly; only the two amounts that are paid, the
subsidy and what is added for the employer's costs, are rounded: to whole cents, half a cent up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from meedoen.rules.law.values import Value
from meedoen.rules.law.wage_subsidy import WageSubsidyLaw, wage_subsidy_on
from meedoen.rules.wage_subsidy.terms import flat_until

CENT = Decimal("0.01")
ONE = Decimal(1)


class SubsidyKind(StrEnum):
    """By which paragraph an amount is worked out."""

    BY_LOONWAARDE = "by_loonwaarde"
    """What the wage costs above what the work is worth: 10d(4)."""
    FLAT = "flat"
    """A fixed part, while it is not yet known what the work is worth: 10d(5)."""


class SubsidyProblem(StrEnum):
    """Why no subsidy can be worked out."""

    WSW = "wsw"
    WAGE_NOT_POSITIVE = "wage_not_positive"
    HOURS_NOT_POSITIVE = "hours_not_positive"
    FULL_WEEK_TOO_LONG = "full_week_too_long"
    LOONWAARDE_OUT_OF_RANGE = "loonwaarde_out_of_range"
    BEFORE_START = "before_start"
    FLAT_IS_OVER = "flat_is_over"


_SENTENCES = {
    SubsidyProblem.WSW: "A job under the Wsw gets no wage-cost subsidy (article 10d(3)).",
    SubsidyProblem.WAGE_NOT_POSITIVE: "Give the minimum wage of a month, above 0 euros.",
    SubsidyProblem.HOURS_NOT_POSITIVE: "Give both weeks in hours, above 0.",
    SubsidyProblem.FULL_WEEK_TOO_LONG: "No full week has that many hours; correct them.",
    SubsidyProblem.LOONWAARDE_OUT_OF_RANGE: (
        "Give the loonwaarde as a part of the minimum wage, from 0 to 1."
    ),
    SubsidyProblem.BEFORE_START: "The job has not begun on that day; ask for a later one.",
    SubsidyProblem.FLAT_IS_OVER: (
        "The first months are over: fix the loonwaarde and give it (article 10d(5))."
    ),
}


class SubsidyError(ValueError):
    """No subsidy can be worked out; `problems` has every reason."""

    def __init__(self, problems: tuple[SubsidyProblem, ...]) -> None:
        """Keep the reasons, and say what to do."""
        super().__init__("\n".join(_SENTENCES[problem] for problem in problems))
        self.problems = problems


class BasisCode(StrEnum):
    """What a line of a basis is about."""

    MINIMUM_WAGE = "minimum_wage"
    HOLIDAY_PART = "holiday_part"
    WAGE_WITH_HOLIDAY = "wage_with_holiday"
    LOONWAARDE_PART = "loonwaarde_part"
    LOONWAARDE_WITH_HOLIDAY = "loonwaarde_with_holiday"
    DIFFERENCE = "difference"
    MOST_PART = "most_part"
    MOST = "most"
    FLAT_PART = "flat_part"
    FULL_SUBSIDY = "full_subsidy"
    """For the week of the norm, before it is set to the hours of the job."""
    COUNTED_HOURS = "counted_hours"
    NORM_HOURS = "norm_hours"
    SUBSIDY = "subsidy"
    EMPLOYER_COSTS_PART = "employer_costs_part"
    EMPLOYER_COSTS = "employer_costs"


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One number that was used or found: not rounded, but for what is paid; and its article."""

    code: BasisCode
    value: Decimal
    article: str = ""
    """Where it comes from; empty for what was given with the job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """What is known of a job on the day of the calculation."""

    started_on: date
    minimum_wage: Decimal
    """The minimum wage of a month for the week of the norm, in euros, without allowance."""
    week_hours: Decimal
    """The hours a week that were agreed."""
    full_week_hours: Decimal
    """A full week in comparable jobs: more does not count."""
    loonwaarde: Decimal | None = None
    """What the work is worth as a part of the minimum wage, 0 to 1; None: not yet fixed."""
    is_wsw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """What is paid for a month, in euros, with every number that led to it."""

    kind: SubsidyKind
    on: date
    subsidy: Decimal
    employer_costs: Decimal
    basis: tuple[BasisLine, ...]

    @property
    def total(self) -> Decimal:
        """Return both amounts together."""
        return self.subsidy + self.employer_costs

    @property
    def percent(self) -> Decimal:
        """Return what of the minimum wage with holiday allowance is paid for the full week.

        In percents, to two decimals, half up.
        """
        value = {line.code: line.value for line in self.basis}
        part = value[BasisCode.FULL_SUBSIDY] / value[BasisCode.WAGE_WITH_HOLIDAY]
        return (part * 100).quantize(CENT, rounding=ROUND_HALF_UP)

    def as_json(self) -> dict[str, object]:
        """Return it as it is kept: amounts as text, so that no cent is lost."""
        return {
            "kind": self.kind.value,
            "on": self.on.isoformat(),
            "subsidy": str(self.subsidy),
            "employer_costs": str(self.employer_costs),
            "basis": [[line.code.value, str(line.value), line.article] for line in self.basis],
        }


def calculate(facts: JobFacts, *, on: date, law: WageSubsidyLaw | None = None) -> Subsidy:
    """Return the subsidy of a month by the law of a day.

    With a loonwaarde it follows that; without one it is the fixed part of the first months.
    Raises SubsidyError with every reason why not, and NoValueError when the law of that day is
    not established.
    """
    law = law or wage_subsidy_on(on)
    problems = tuple(_problems(facts, on, law))
    if problems:
        raise SubsidyError(problems)
    wage = facts.minimum_wage * (ONE + law.holiday_part.value)
    kind = SubsidyKind.FLAT if facts.loonwaarde is None else SubsidyKind.BY_LOONWAARDE
    if facts.loonwaarde is None:
        full, lines = _flat(wage, law)
    else:
        full, lines = _by_loonwaarde(wage, facts.loonwaarde, law)
    # Multiplied before it is divided, so that a whole number of cents stays one.
    hours = min(facts.week_hours, facts.full_week_hours)
    exact = full * hours / law.norm_hours.value
    subsidy, costs = to_cents(exact), to_cents(exact * law.employer_costs_part.value)
    basis = (
        BasisLine(BasisCode.MINIMUM_WAGE, facts.minimum_wage),
        _line(BasisCode.HOLIDAY_PART, law.holiday_part),
        BasisLine(BasisCode.WAGE_WITH_HOLIDAY, wage, law.most_part.article),
        *lines,
        BasisLine(BasisCode.COUNTED_HOURS, hours, law.norm_hours.article),
        BasisLine(BasisCode.NORM_HOURS, Decimal(law.norm_hours.value), law.norm_hours.article),
        BasisLine(BasisCode.SUBSIDY, subsidy, _article(kind, law)),
        _line(BasisCode.EMPLOYER_COSTS_PART, law.employer_costs_part),
        BasisLine(BasisCode.EMPLOYER_COSTS, costs, law.employer_costs_part.article),
    )
    return Subsidy(kind=kind, on=on, subsidy=subsidy, employer_costs=costs, basis=basis)


def subsidy_from_json(kept: dict[str, object]) -> Subsidy:
    """Return what `as_json` kept. Raises KeyError or ValueError for anything else."""
    basis = kept["basis"]
    if not isinstance(basis, list):
        raise ValueError("basis is no list; give what as_json returned")
    return Subsidy(
        kind=SubsidyKind(str(kept["kind"])),
        on=date.fromisoformat(str(kept["on"])),
        subsidy=Decimal(str(kept["subsidy"])),
        employer_costs=Decimal(str(kept["employer_costs"])),
        basis=tuple(
            BasisLine(BasisCode(code), Decimal(value), article) for code, value, article in basis
        ),
    )


def to_cents(amount: Decimal) -> Decimal:
    """Round to whole cents, half a cent up: the one place where a subsidy is rounded."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _problems(facts: JobFacts, on: date, law: WageSubsidyLaw) -> Iterator[SubsidyProblem]:
    if facts.is_wsw:
        yield SubsidyProblem.WSW
    if facts.minimum_wage <= 0:
        yield SubsidyProblem.WAGE_NOT_POSITIVE
    if facts.week_hours <= 0 or facts.full_week_hours <= 0:
        yield SubsidyProblem.HOURS_NOT_POSITIVE
    if facts.full_week_hours > law.longest_full_week.value:
        yield SubsidyProblem.FULL_WEEK_TOO_LONG
    if facts.loonwaarde is not None and not 0 <= facts.loonwaarde <= 1:
        yield SubsidyProblem.LOONWAARDE_OUT_OF_RANGE
    if on < facts.started_on:
        yield SubsidyProblem.BEFORE_START
    elif facts.loonwaarde is None and on >= flat_until(facts.started_on, law):
        yield SubsidyProblem.FLAT_IS_OVER


def _flat(wage: Decimal, law: WageSubsidyLaw) -> tuple[Decimal, tuple[BasisLine, ...]]:
    full = wage * law.flat_part.value
    return full, (
        _line(BasisCode.FLAT_PART, law.flat_part),
        BasisLine(BasisCode.FULL_SUBSIDY, full, law.flat_part.article),
    )


def _by_loonwaarde(
    wage: Decimal, loonwaarde: Decimal, law: WageSubsidyLaw
) -> tuple[Decimal, tuple[BasisLine, ...]]:
    # The loonwaarde has the same share of holiday allowance as the wage that it is a part of.
    worth, most = wage * loonwaarde, wage * law.most_part.value
    full, article = min(wage - worth, most), law.most_part.article
    return full, (
        BasisLine(BasisCode.LOONWAARDE_PART, loonwaarde),
        BasisLine(BasisCode.LOONWAARDE_WITH_HOLIDAY, worth, article),
        BasisLine(BasisCode.DIFFERENCE, wage - worth, article),
        _line(BasisCode.MOST_PART, law.most_part),
        BasisLine(BasisCode.MOST, most, article),
        BasisLine(BasisCode.FULL_SUBSIDY, full, article),
    )


def _article(kind: SubsidyKind, law: WageSubsidyLaw) -> str:
    return (law.flat_part if kind is SubsidyKind.FLAT else law.most_part).article


def _line(code: BasisCode, value: Value[Decimal]) -> BasisLine:
    return BasisLine(code, value.value, value.article)
