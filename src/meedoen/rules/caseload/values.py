"""One row of a file: its texts by field, and what they mean, or everything that is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from meedoen.rules.bsn import BsnError, check_bsn
from meedoen.rules.caseload.dates import DateError, parse_date, parse_end
from meedoen.rules.caseload.names import split_full_name, with_prefix
from meedoen.rules.caseload.words import Field, RowFault, RowProblem
from meedoen.rules.files.cells import clean, is_error, is_formula
from meedoen.rules.files.reading import Row
from meedoen.rules.periods import add_months

LONGEST_NAME = 100
LONGEST_PHONE = 20
LONGEST_TEXT = 200
FIRST_BIRTH = date(1900, 1, 1)
MONTHS_AHEAD = 12
END_MONTHS_AHEAD = 120
_SHORT_BSN = 8
_SHORT_PHONE = 9
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?|[+-]?\d+([.,]\d+)?", re.ASCII)
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,}", re.ASCII)

Texts = Mapping[Field, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a row says. What is wrong is None or empty, and told in `faults`.

    `district` and `coach` are as written. `ends_on` is the first day without benefit: the day
    after the one in the file. None is also "the file does not say".
    """

    bsn: str
    given_name: str
    family_name: str
    birth_date: date | None
    phone: str
    district: str
    benefit_start: date | None
    ends_on: date | None
    coach: str
    faults: tuple[RowFault, ...]

    @property
    def is_wrong(self) -> bool:
        """Return whether the row cannot be taken over."""
        return any(not fault.is_note for fault in self.faults)


def texts_of(row: Row, headings: Sequence[str], mapping: Mapping[Field, str]) -> dict[Field, str]:
    """Return the texts of the mapped columns, trimmed and in one form of Unicode (NFC).

    A number in a workbook has lost its zeros in front: a citizen service number of eight digits
    and a phone number of nine get one back. Text is never filled up.
    """
    places = {heading: at for at, heading in enumerate(headings)}
    texts: dict[Field, str] = {}
    for field, heading in mapping.items():
        at = places[heading]
        text = clean(row.cells[at])
        if at in row.numbers and text.isdigit():
            short = {Field.BSN: _SHORT_BSN, Field.PHONE: _SHORT_PHONE}.get(field)
            text = f"0{text}" if len(text) == short else text
        if text:
            texts[field] = text
    return texts


def parse_number(text: str) -> Decimal:
    """Return a number written the Dutch way: `1.234,50`, `1234,5` or `1234.5`.

    Raises ValueError for anything else.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    if "," in text or text.count(".") > 1:
        text = text.replace(".", "").replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a number") from error


def parse(texts: Texts, *, today: date) -> Parsed:
    """Return what a row says, with everything that is wrong with it at once."""
    faults = [fault for field, text in texts.items() for fault in _text_faults(field, text)]
    bad = {fault.field for fault in faults}
    told = {field: text for field, text in texts.items() if field not in bad}
    reader = _Reader(told, bad, faults)
    bsn = reader.read(Field.BSN, _bsn) or ""
    given_name, family_name = _names(told)
    if not family_name and not bad & {Field.FAMILY_NAME, Field.FULL_NAME}:
        faults.append(RowFault(RowProblem.MISSING_VALUE, Field.FAMILY_NAME))
    if len(family_name) > LONGEST_NAME:
        faults.append(RowFault(RowProblem.TOO_LONG, Field.FAMILY_NAME, {"most": LONGEST_NAME}))
    birth_date = reader.read(Field.BIRTH_DATE, parse_date)
    start = reader.read(Field.BENEFIT_START, parse_date)
    last = reader.read(Field.BENEFIT_END, parse_end, needed=False)
    reader.read(Field.DISTRICT, str)
    faults += _unlikely(birth_date, start, last, today)
    phone = told.get(Field.PHONE, "")
    if phone and (not _PHONE.fullmatch(phone) or len(phone) > LONGEST_PHONE):
        faults.append(RowFault(RowProblem.PHONE_LEFT_OUT, Field.PHONE))
        phone = ""
    return Parsed(
        bsn=bsn,
        given_name=given_name,
        family_name=family_name,
        birth_date=birth_date,
        phone=phone,
        district=told.get(Field.DISTRICT, ""),
        benefit_start=start,
        ends_on=last + timedelta(days=1) if last else None,
        coach=told.get(Field.COACH, ""),
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one field after the other and keeps what is wrong."""

    told: Texts
    bad: set[Field | None]
    faults: list[RowFault]

    def read(self, field: Field, how: Callable[[str], T], *, needed: bool = True) -> T | None:
        text = self.told.get(field, "")
        if not text:
            if needed and field not in self.bad:
                self.faults.append(RowFault(RowProblem.MISSING_VALUE, field))
            return None
        try:
            return how(text)
        except DateError as error:
            self.faults.append(RowFault(error.problem, field))
        except BsnError as error:
            self.faults.append(RowFault(RowProblem(error.problem.value), field))
        return None


def _bsn(text: str) -> str:
    """Check a number, also one that was exported as an amount: `123456782,00`."""
    try:
        number = parse_number(text)
    except ValueError:
        return check_bsn(text)
    is_amount = "," in text and number == number.to_integral_value()
    return check_bsn(text.partition(",")[0] if is_amount else text)


def _names(told: Texts) -> tuple[str, str]:
    given_name, family_name = split_full_name(told.get(Field.FULL_NAME, ""))
    family_name = told.get(Field.FAMILY_NAME) or family_name
    prefix = told.get(Field.PREFIX, "")
    return told.get(Field.GIVEN_NAME) or given_name, (
        with_prefix(prefix, family_name) if family_name else ""
    )


def _text_faults(field: Field, text: str) -> list[RowFault]:
    if is_error(text):
        return [RowFault(RowProblem.CELL_ERROR, field)]
    if is_formula(text):
        return [RowFault(RowProblem.FORMULA, field)]
    names = {Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME, Field.PREFIX}
    most = LONGEST_NAME if field in names else LONGEST_TEXT
    if len(text) > most:
        return [RowFault(RowProblem.TOO_LONG, field, {"most": most})]
    return []


def _unlikely(
    birth_date: date | None, start: date | None, last: date | None, today: date
) -> list[RowFault]:
    faults = []
    if birth_date and birth_date > today:
        faults.append(RowFault(RowProblem.BIRTH_IN_FUTURE, Field.BIRTH_DATE))
    if birth_date and birth_date < FIRST_BIRTH:
        faults.append(RowFault(RowProblem.BIRTH_BEFORE_1900, Field.BIRTH_DATE))
    if start and birth_date and start < birth_date:
        faults.append(RowFault(RowProblem.START_BEFORE_BIRTH, Field.BENEFIT_START))
    if start and start > add_months(today, MONTHS_AHEAD):
        faults.append(RowFault(RowProblem.START_TOO_FAR, Field.BENEFIT_START))
    if last and start and last < start:
        faults.append(RowFault(RowProblem.END_BEFORE_START, Field.BENEFIT_END))
    if last and last > add_months(today, END_MONTHS_AHEAD):
        faults.append(RowFault(RowProblem.END_TOO_FAR, Field.BENEFIT_END))
    return faults
