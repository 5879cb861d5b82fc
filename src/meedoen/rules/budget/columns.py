"""The words and years in the headings of a table of indicators, and what they say of a value."""

import re
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.budget.headings import Document, DocumentKind
from meedoen.rules.budget.page import CellKind


class UnreadableHeadingsError(Exception):
    """The headings leave open what a column holds; the message says why, in Dutch."""


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


_BASELINE = "(?:nul|0)-?meting|nulwaarde|startwaarde|uitgangswaarde"
_AIM = "(?:streef|doel) ?(?:waarden?|cijfers?)|streven|norm|einddoel|beoogde? (?:waarde|resultaat)"
_ACHIEVED = (
    "behaalde?|bereikt|realisaties?|realisatie ?cijfers?|gerealiseerde?|werkelijke?"
    r"|werkelijk behaald|feitelijk|rekening|jaarrekening|real\.?|rek\.?"
    "|eerdere resultaten|gemeten|meting|huidige (?:waarde|stand|situatie)|stand|actuele waarde"
    rf"|beginsituatie|laatst bekende (?:waarde|cijfer)|{_BASELINE}"
)
_BUDGETED = (
    "(?:(?:primitieve|primaire|oorspronkelijke|bijgestelde|gewijzigde|actuele) )?begroting"
    "|begroot|verwachting"
    r"|begr\.?|progn\.?"
    "|verwachte?(?: realisatie)?|prognose|raming|geraamde?|meerjarenraming"
)
_AIMED = (
    rf"{_AIM}|streef|doel|doelstelling|tussendoel|subdoel|beoogd|ambitie|target|taakstelling"
    "|gewenst(?:e waarde)?|nagestreefd"
)
_WORDS = "|".join(
    f"(?P<{word}>{alternatives})"
    for word, alternatives in (
        (Word.ACHIEVED, _ACHIEVED),
        (Word.RESULT, "resultaat|resultaten"),
        (Word.BUDGETED, _BUDGETED),
        (Word.AIMED, _AIMED),
    )
)
_FOUR_DIGITS = "(?:19|20)[0-9]{2}"
_STATE = r"(?:primitief|actueel|bijgesteld|(?:na|voor|incl\.?|inclusief) wijziging(?:en)?)"
_PIECE = re.compile(
    rf"(?:(?P<first>{_FOUR_DIGITS})\s)?(?:{_WORDS})"
    rf"(?P<state>\s{_STATE})?"
    rf"(?:\s(?:(?:in|over|voor|per|eind|ultimo)\s)?(?P<last>{_FOUR_DIGITS})(?:\s{_STATE})?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(_FOUR_DIGITS)
_WITHOUT_YEAR = re.compile(rf"{_BASELINE}|{_AIM}", re.IGNORECASE)
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


def may_lack_year(text: str) -> bool:
    """Tell whether pages print this word without a year: a baseline, or an aim for some day."""
    return bool(_WITHOUT_YEAR.fullmatch(text))


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
    if document and document.kind is DocumentKind.ACCOUNT and year is None:
        return CellKind.REALISATIE
    if document is None or year is None:
        raise UnreadableHeadingsError(
            f"“{label}” kan bereikt of beoogd zijn; op de pagina staat niet van welk jaar zij is."
        )
    if document.kind is DocumentKind.ACCOUNT and year <= document.year:
        return CellKind.REALISATIE
    if document.kind is DocumentKind.BUDGET and year >= document.year:
        return CellKind.STREEF
    if document.kind is not DocumentKind.ACCOUNT and year < document.year - 1:
        return CellKind.REALISATIE
    raise UnreadableHeadingsError(
        f"“{label}” kan bereikt of beoogd zijn in een stuk over {document.year}."
    )


def _year_alone(label: str, year: int | None, document: Document | None) -> CellKind:
    """Read a year without a word: achieved when it lies before what the document plans."""
    if document and year:
        closed = document.kind is DocumentKind.ACCOUNT
        if year < document.year - 1 or (year <= document.year and closed):
            return CellKind.REALISATIE
    raise UnreadableHeadingsError(
        f"Boven “{label}” staat geen woord, zoals “behaald”, “begroting” of “beoogd”."
    )
