"""Indicators and how they are counted, in words and in the language of the page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.rules.indicators.disclosure import PROTECTED, Shown
from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.language import (
    Catalogue,
    Definition,
    Direction,
    Level,
    Measures,
    ReferenceDate,
)
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.texts import Language, Text
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import GROWTH, Words

DIRECTIONS: dict[Direction, Promise] = {
    Direction.AT_LEAST: _("minstens"),
    Direction.AT_MOST: _("hoogstens"),
}
"""What stands before a number that is aimed for; other directions have no word there."""
MEASURES: dict[Measures, Promise] = {
    Measures.STOCK: _("Stand: hoeveel het er op één dag zijn"),
    Measures.FLOW: _("Stroom: hoeveel het er in een periode waren"),
}
LEVELS: dict[Level, Promise] = {
    Level.EFFECT: _("Effect: wat er voor inwoners verandert"),
    Level.OUTPUT: _("Prestatie: wat de gemeente zelf doet"),
}
REFERENCE_DATES: dict[ReferenceDate, Promise] = {
    ReferenceDate.YEAR_END: _("31 december"),
    ReferenceDate.MONTH_END: _("de laatste dag van een maand"),
    ReferenceDate.ANY: _("elke dag"),
}


PARTS: Mapping[str, Words] = {
    **{word.value: name for word, name in GROWTH.items()},
    "both_ways": _("Paren waartussen het twee kanten op ging"),
    "connected": _("Paren waartussen iets ging"),
    "in_time": _("Vragen die op tijd antwoord kregen"),
    "due": _("Vragen die antwoord moesten krijgen"),
    "with_feedback": _("Verwijzingen waar op tijd bericht op kwam"),
    "feedback_due": _("Verwijzingen waar bericht op moest komen"),
    "answered": _("Vragen die antwoord kregen"),
    "not_connected": _("Zonder verwijzingen"),
    "with_referrals": _("Met verwijzingen"),
    "part": _("Mensen in het deel"),
    "whole": _("Mensen in het geheel"),
    "ended": _("Keren dat het stopte"),
    "still_there": _("Mensen die er nog zijn"),
    "began": _("Mensen die begonnen"),
    "fallen_back": _("Keren dat iemand terugviel"),
    "no_baseline": _("Niet gemeten voor het begin"),
    "not_measured_again": _("Niet opnieuw gemeten"),
    "confirmed": _("Plekken die nog kloppen"),
    "listed": _("Plekken in de lijst"),
    "with_places": _("Wijken met een plek"),
    "districts": _("Alle wijken"),
}
"""Every part of a figure by its word; a test asks for all."""


def language() -> Language:
    """Return the language of the page, as the texts of definitions know it."""
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"


def in_language(text: Text) -> str:
    """Return a text of a definition in the language of the page."""
    return text.within(language())


def indicator_name(
    code: str, *, printed: str = "", known: Catalogue | None = None, on: date | None = None
) -> str:
    """Return the name of an indicator; a name that a page printed otherwise stays as printed.

    Without `known`, the indicators of a municipality, only those of the package have a name. It is
    the name of now, or that of a figure of the day `on`.
    """
    definition = (known or shipped_catalogue()).definitions.get(code)
    if definition is None or printed not in {"", definition.name_on(on).nl}:
        return printed or code
    return in_language(definition.name_on(on))


def is_printed_name(code: str, *, printed: str) -> bool:
    """Return whether indicator_name gives the name as a page printed it, which is Dutch."""
    definition = shipped_catalogue().definitions.get(code)
    return bool(printed) and (definition is None or printed != definition.name.nl)


def part_name(part: str) -> str:
    """Return the name of a part of a figure: a class, or what it was worked out from."""
    return str(PARTS[part])


def shown_text(shown: Shown) -> str:
    """Write what a reader gets to see of a number: "1.234", "<10", "x", or "-" for no number."""
    return number_text(int(shown.text)) if shown.text.isdecimal() else shown.text


def marks_in(texts: Iterable[str]) -> dict[str, str]:
    """Return which marks of protected numbers occur, for the legend; "" for one that does not.

    `below` is a mark such as "<10", `covered` the one that says less. Give counted texts only:
    a printed table may use the same signs for something else.
    """
    found = set(texts)
    return {
        "below": next((text for text in sorted(found) if text.startswith("<")), ""),
        "covered": PROTECTED if PROTECTED in found else "",
    }


def how_counted(
    definition: Definition, *, version: date, on: date, known_at: datetime
) -> list[str]:
    """Say in sentences how a figure was counted; the number itself is in none of them."""
    result = FigureResult(
        code=definition.code,
        version=version,
        on=on,
        known_at=timezone.localtime(known_at),
        value=0,
        parts={},
    )
    return explain(definition, result, language())
