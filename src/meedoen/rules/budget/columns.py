"""Reads the headings of the columns of a table of indicators.

Each way in which budgets lay out these headings is one small recogniser in ``_LAYOUTS``: it
gives the columns, or None when the headings are not laid out its way. A new way is a new one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.budget.headings import Document, DocumentKind
from meedoen.rules.budget.page import CellKind


class UnreadableHeadingsError(Exception):
    """The headings leave open what a column holds; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its heading as printed, the kind of its values and their year."""

    label: str
    kind: CellKind
    year: int


class Word(StrEnum):
    """What a heading calls its values."""

    ACHIEVED = "achieved"
    RESULT = "result"
    BUDGETED = "budgeted"
    AIMED = "aimed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word for a kind, a year, or both, as they stand together in a heading."""

    text: str
    word: Word | None
    year: int | None


_ACHIEVED = (
    "behaald|realisaties?|gerealiseerd|werkelijke?|werkelijk behaald|rekening|jaarrekening"
    "|nulmeting|eerdere resultaten|gemeten|huidige (?:waarde|stand)|stand|nulwaarde|startwaarde"
    "|laatst bekende (?:waarde|cijfer)|actuele waarde"
)
_BUDGETED = (
    "(?:primitieve |bijgestelde )?begroting|begroot|verwachting|verwacht|prognose|raming"
    "|geraamd|meerjarenraming"
)
_AIMED = (
    "streefwaarden?|streven|streef|streefcijfer|doel|doelwaarde|beoogd|ambitie|norm|target"
    "|beoogde? (?:waarde|resultaat)|gewenst(?:e waarde)?|einddoel"
)
_WORDS = "|".join(
    f"(?P<{word}>{alternatives})"
    for word, alternatives in (
        (Word.ACHIEVED, _ACHIEVED),
        (Word.RESULT, "resultaat"),
        (Word.BUDGETED, _BUDGETED),
        (Word.AIMED, _AIMED),
    )
)
_FOUR_DIGITS = "(?:19|20)[0-9]{2}"
_PIECE = re.compile(
    rf"(?:(?P<first>{_FOUR_DIGITS})\s)?(?:{_WORDS})"
    rf"(?P<state>\s(?:primitief|actueel|bijgesteld|(?:na|voor|incl\.?) wijziging(?:en)?))?"
    rf"(?:\s(?:(?:in|over|voor|per|eind|ultimo)\s)?(?P<last>{_FOUR_DIGITS}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(_FOUR_DIGITS)
_FIRST_COLUMN = re.compile(
    r"(?:naam|omschrijving|(?:prestatie|effect|beleids)?[\s-]?indicator(?:en)?)"
    r"(?:\s(?:van de )?indicator)?",
    re.IGNORECASE,
)


def heading_piece(text: str) -> Piece | None:
    """Read one piece of the headings, or None when the text is none."""
    if _YEAR.fullmatch(text):
        return Piece(text, None, int(text))
    found = _PIECE.fullmatch(text)
    if not found or (found["first"] and found["last"]):
        return None
    year = found["first"] or found["last"]
    word = next(word for word in Word if found[word.value])
    return Piece(text, word, int(year) if year else None)


def heads_first_column(text: str) -> bool:
    """Tell whether a text is a usual heading of the column with the names."""
    return bool(_FIRST_COLUMN.fullmatch(text))


def read_columns(pieces: Sequence[Piece], document: Document | None) -> tuple[Column, ...]:
    """Give the columns that the headings name, from left to right.

    ``document`` is what the title of the page says; "resultaat" needs it, because in a budget
    a result in a coming year is a target. Raises UnreadableHeadingsError when the headings fit
    no layout, name a column twice, or contradict the document.
    """
    for layout in _LAYOUTS:
        if parts := layout(pieces):
            columns = tuple(_column(*part, document) for part in parts)
            if len({(column.label, column.year) for column in columns}) < len(columns):
                raise UnreadableHeadingsError("Twee kolommen hebben hetzelfde opschrift.")
            return columns
    raise UnreadableHeadingsError(
        "Niet elke kolom heeft een woord als “behaald”, “begroting” of “beoogd” en een jaar."
    )


_Part = tuple[str, Word | None, int]
_Layout = Callable[[Sequence[Piece]], list[_Part] | None]


def _kind_with_its_year(pieces: Sequence[Piece]) -> list[_Part] | None:
    """Read ``Behaald 2014`` per column, also when word and year stand in separate blocks."""
    parts: list[_Part] = []
    waiting: Piece | None = None
    for piece in pieces:
        if waiting and waiting.word and piece.year and not piece.word:
            parts.append((f"{waiting.text} {piece.text}", waiting.word, piece.year))
            waiting = None
        elif waiting or not piece.word:
            return None
        elif piece.year:
            parts.append((piece.text, piece.word, piece.year))
        else:
            waiting = piece
    return None if waiting else parts


def _kinds_above_years(pieces: Sequence[Piece]) -> list[_Part] | None:
    """Read two rows of headings: a word for every column, below it a year for every column."""
    half, odd = divmod(len(pieces), 2)
    if odd:
        return None
    parts: list[_Part] = []
    for above, below in zip(pieces[:half], pieces[half:], strict=True):
        if not above.word or above.year or below.word or not below.year:
            return None
        parts.append((above.text, above.word, below.year))
    return parts


def _years_alone(pieces: Sequence[Piece]) -> list[_Part] | None:
    """Read years without any word; what they hold follows from the document."""
    if any(piece.word or not piece.year for piece in pieces) or len(pieces) < 2:
        return None
    return [(piece.text, None, piece.year or 0) for piece in pieces]


_LAYOUTS: tuple[_Layout, ...] = (_kind_with_its_year, _kinds_above_years, _years_alone)


def _column(label: str, word: Word | None, year: int, document: Document | None) -> Column:
    return Column(label, kind_of(label, word, year, document), year)


def kind_of(label: str, word: Word | None, year: int | None, document: Document | None) -> CellKind:
    """Say what a column or a cell holds, from its word, its year and the document.

    Raises UnreadableHeadingsError when that leaves doubt.
    """
    match word:
        case Word.BUDGETED:
            return CellKind.BEGROTING
        case Word.AIMED:
            return CellKind.STREEF
        case Word.ACHIEVED:
            return _achieved(label, year, document)
        case Word.RESULT:
            return _result(label, year, document)
        case None:
            return _year_alone(label, year, document)


def _last_achieved(document: Document) -> int:
    return document.year - 1 if document.kind is DocumentKind.BUDGET else document.year


def _achieved(label: str, year: int | None, document: Document | None) -> CellKind:
    """Refuse what cannot have been achieved yet when the document was made."""
    if document and year and year > _last_achieved(document):
        raise UnreadableHeadingsError(
            f"“{label}” kan nog niet bereikt zijn in een stuk over {document.year}."
        )
    return CellKind.REALISATIE


def _result(label: str, year: int | None, document: Document | None) -> CellKind:
    """Read a result: a target from the year of a budget on, an achievement long before it."""
    if document is None or year is None:
        raise UnreadableHeadingsError(
            f"“{label}” kan bereikt of beoogd zijn; op de pagina staat niet van welk jaar zij is."
        )
    if document.kind is DocumentKind.ACCOUNT and year <= document.year:
        return CellKind.REALISATIE
    if document.kind is DocumentKind.BUDGET and year >= document.year:
        return CellKind.STREEF
    if document.kind is DocumentKind.BUDGET and year < document.year - 1:
        return CellKind.REALISATIE
    raise UnreadableHeadingsError(
        f"“{label}” kan bereikt of beoogd zijn in een stuk over {document.year}."
    )


def _year_alone(label: str, year: int | None, document: Document | None) -> CellKind:
    """Read a year without a word: achieved when it lies before what the document plans."""
    if document and year:
        planned = document.kind is DocumentKind.BUDGET
        if year < document.year - 1 or (year <= document.year and not planned):
            return CellKind.REALISATIE
    raise UnreadableHeadingsError(
        f"Boven “{label}” staat geen woord, zoals “behaald”, “begroting” of “beoogd”."
    )
