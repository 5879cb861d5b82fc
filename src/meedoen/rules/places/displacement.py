"""Whether a participation job takes paid work away: the questions, and what follows from them.

Participatiewet, article 10a(2): the work is additional, stands beside regular labour and does not
lead to displacement on the labour market; article 7(8): competition is not harmed. The law names
no questions. Ours, with their dated terms, stand in catalogue/places/displacement.toml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from meedoen.rules.dated_tables import (
    DatedTableError,
    Row,
    holding,
    in_order,
    rows_of,
    wrong_together,
)
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import DisplacementVerdict

LONGEST_TEXT = 300
LONGEST_NAME = 90
"""A name and a function fit together in what is kept of who signed."""


class Reply(StrEnum):
    """What the organisation says to a question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SignedFor(StrEnum):
    """For whom somebody at the organisation signs."""

    EMPLOYER = "employer"
    WORKS_COUNCIL = "works_council"
    NOBODY = "nobody"


class WhyVerdict(StrEnum):
    """Why a check comes out as it does; the codes of the reasons."""

    NOT_ADDITIONAL = "not_additional"
    """The work belongs to the ordinary work of the organisation."""
    PAID_BEFORE = "paid_before"
    """Somebody did this work for pay not long ago."""
    VACANCY = "vacancy"
    """Somebody is sought for this work."""
    NEEDS_THE_PERSON = "needs_the_person"
    """The organisation cannot go on without this person."""
    ADDITIONAL_UNKNOWN = "additional_unknown"
    PAID_BEFORE_UNKNOWN = "paid_before_unknown"
    VACANCY_UNKNOWN = "vacancy_unknown"
    GOES_ON_UNKNOWN = "goes_on_unknown"
    NOT_SIGNED = "not_signed"
    """Nobody signed for the organisation."""
    ALL_WELL = "all_well"
    """Every answer says that the work is additional, and somebody signed."""


DISPLACING = frozenset(
    {WhyVerdict.NOT_ADDITIONAL, WhyVerdict.PAID_BEFORE, WhyVerdict.VACANCY},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the organisation answered.

    `additional`: is it extra work, beside the ordinary work? `paid_before`: did anybody do it for
    pay in the last years (`Version.years_back`)? `vacancy`: is somebody sought for it?
    `goes_on`: can the organisation go on when this person is not there?
    """

    additional: Reply
    paid_before: Reply
    vacancy: Reply
    goes_on: Reply
    signed_for: SignedFor = SignedFor.NOBODY
    signer_name: str = ""
    signer_function: str = ""

    @property
    def is_signed(self) -> bool:
        """Return whether somebody signed, with name and function."""
        named = self.signer_name.strip() and self.signer_function.strip()
        return self.signed_for is not SignedFor.NOBODY and bool(named)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a check comes out, with the reasons, the weightiest first."""

    verdict: DisplacementVerdict
    reasons: tuple[WhyVerdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The terms of the check during a stretch; `source` says in Dutch where they come from.

    `asked_at_start` says that nobody begins at a place without a check that holds.
    """

    version: str
    valid_from: date
    valid_to: date | None
    years_back: int
    valid_months: int
    asked_at_start: bool
    source: str


def judge(answers: Answers) -> Judgement:
    """Return whether the work is additional, takes paid work away, or whether that is unclear.

    It is additional only when every answer says so and somebody signed. It displaces when it is
    ordinary work, was paid not long ago, or has a vacancy. Anything else is unclear: somebody
    then looks, and writes down why it may be all the same.
    """
    reasons = tuple(_reasons(answers))
    if not reasons:
        return Judgement(DisplacementVerdict.ADDITIONAL, (WhyVerdict.ALL_WELL,))
    if DISPLACING & set(reasons):
        return Judgement(DisplacementVerdict.DISPLACES, reasons)
    return Judgement(DisplacementVerdict.UNCLEAR, reasons)


def _reasons(answers: Answers) -> Iterator[WhyVerdict]:
    # What each answer may not be, in order of weight: the law first, then what we do not know.
    against: Mapping[WhyVerdict, bool] = {
        WhyVerdict.NOT_ADDITIONAL: answers.additional is Reply.NO,
        WhyVerdict.PAID_BEFORE: answers.paid_before is Reply.YES,
        WhyVerdict.VACANCY: answers.vacancy is Reply.YES,
        WhyVerdict.NEEDS_THE_PERSON: answers.goes_on is Reply.NO,
        WhyVerdict.ADDITIONAL_UNKNOWN: answers.additional is Reply.UNKNOWN,
        WhyVerdict.PAID_BEFORE_UNKNOWN: answers.paid_before is Reply.UNKNOWN,
        WhyVerdict.VACANCY_UNKNOWN: answers.vacancy is Reply.UNKNOWN,
        WhyVerdict.GOES_ON_UNKNOWN: answers.goes_on is Reply.UNKNOWN,
        WhyVerdict.NOT_SIGNED: not answers.is_signed,
    }
    yield from (reason for reason, holds in against.items() if holds)


def valid_until(checked_on: date, version: Version) -> date:
    """Return the last day on which a check of a day counts."""
    return add_months(checked_on, version.valid_months)


def version_on(day: date, versions: tuple[Version, ...] | None = None) -> Version:
    """Return the version that holds on a day; before the first, the first."""
    return holding(versions or shipped_versions(), day)


def read_versions(text: str, file_name: str) -> tuple[Version, ...]:
    """Read the versions from TOML, the oldest first.

    Raises DatedTableError with every mistake at once; when the lines themselves are right, with
    every name that is used twice, and every gap and overlap in the dates.
    """
    problems: list[str] = []
    versions = [_version(row) for row in rows_of(text, file_name, "versions", problems)]
    if problems:
        raise DatedTableError(problems)
    ordered = in_order(versions)
    problems += [f"{file_name}: {what}." for what in wrong_together(ordered)]
    names = [one.version for one in ordered]
    problems += [
        f"{file_name}: version {name!r} is there twice; give each its own."
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    if problems:
        raise DatedTableError(problems)
    return ordered


@cache
def shipped_versions() -> tuple[Version, ...]:
    """Read the versions that come with the package, once. Raises DatedTableError."""
    path = files("meedoen").joinpath("catalogue", "places", "displacement.toml")
    return read_versions(path.read_text(encoding="utf-8"), "displacement.toml")


def _version(row: Row) -> Version:
    row.refuse_unknown(field.name for field in fields(Version))
    valid_from, valid_to = row.dates()
    return Version(
        version=row.text("version", 20),
        valid_from=valid_from,
        valid_to=valid_to,
        years_back=row.number("years_back", 20),
        valid_months=row.number("valid_months", 120),
        asked_at_start=row.flag("asked_at_start"),
        source=row.text("source", LONGEST_TEXT),
    )
