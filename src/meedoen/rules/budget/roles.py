"""What a column of a table holds, from the texts of its heading.

A heading may stand in several rows of cells: a word ("Realisatie") above a year, or an area
above both. Each text gives a part, and the parts of one column must fit together.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from meedoen.rules.budget.columns import (
    UnreadableHeadingsError,
    Word,
    heading_piece,
    heads_first_column,
)
from meedoen.rules.budget.periods import Period, is_within_year, read_period
from meedoen.rules.budget.wording import RAISED_DIGITS


class Role(StrEnum):
    """What the cells of a column are for."""

    NAME = "name"
    UNIT = "unit"
    PERIOD = "period"
    AREA = "area"
    """Of which area the values of a row are: the municipality, the country, a district."""
    PASSED = "passed"
    """Beside the indicators, but no figure of them: a source, a theme, an explanation."""
    REST = "rest"
    """A figure that follows from others on the row: a difference. Passed over too."""
    SIGN = "sign"
    """A light or an arrow that says how it goes. Passed over too."""
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Part:
    """What one text of a heading says."""

    text: str
    role: Role
    word: Word | None = None
    period: Period | None = None
    entity: str | None = None
    unit: str | None = None
    within: str | None = None
    """A part of a year that another heading names: ``Q1`` below ``Realisatie 2025``."""


_LONGEST_HEADING = 150
_NAME = re.compile(
    r"(?:(?:naam|omschrijving|beschrijving|soort)\s)?(?:verplichte\s)?"
    r"(?:(?:prestatie|effect|beleids|kern|kwaliteits|resultaat|maatschappelijke|bbv)[\s-]?)?"
    r"(?:indicator(?:en)?|kengetal(?:len)?)(?:\s?/\s?(?:kengetal(?:len)?|indicator(?:en)?))?"
    r"(?:\s\(?bbv\)?)?|onderwerp|(?:wat|hoe|waaraan) meten we(?: (?:dat|dit|het))?\??|meetpunt"
    r"|prestatie",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:meet)?eenheid|meetbaar resultaat|eenheid van meting", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:meet)?periode|(?:meet|peil|verslag|meest recente\s)?jaar|peildatum|jaartal|peilmoment",
    re.IGNORECASE,
)
_PERIOD_OF = re.compile(r"(?:peil)?(?:jaar|datum)\s(?:van de\s)?(?P<what>\S+)", re.IGNORECASE)
"""The year of the values under one word: ``jaar nulmeting``."""
_BELOW_WHAT = (
    r"thema|(?:sub)?programma|(?:beleids)?(?:veld|terrein|thema)|domein|opgave|onderdeel|categorie"
    r"|taakvelde?n?|bbv[\s-]taakveld|product|beleidsdoel|operationeel doel|maatschappelijk effect"
    r"|activiteit(?:en)?|maatregel(?:en)?|(?:doel)?groep(?:en)?"
)
_PASSED = re.compile(
    r"(?:data)?bron(?:nen)?(?:vermelding)?|(?:naam )?monitor|(?:meet)?frequentie"
    rf"|waarstaatje\s?gemeente(?:\.nl)?|{_BELOW_WHAT}"
    r"|doel(?:stelling)? nr\.?|(?:volg)?nr\.?|code|id"
    r"|nummer|bbv[\s-]?(?:nr\.?|nummer)|toelichting(?: & details)?|opmerking(?:en)?"
    r"|verantwoordelijke?|portefeuillehouder|definitie|beschrijving|uitleg|analyse|duiding"
    r"|wat (?:willen|gaan|doen|hebben|mag) (?:we|wij|het|dat)\b.{0,60}"
    r"|bijzonderheden|soort|type|verplicht(?:\?|e?)?|herkomst|#",
    re.IGNORECASE,
)
_AREAS = re.compile(
    r"gebied(?:en)?|gemeente(?:naam)?|regio(?:'s|naam)?|geografie|wijk(?:en)?|stadsdeel|buurt|kern",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?:verschil|afwijking|mutatie|verandering|toename|afname|groei)"
    r"(?:\s\(?(?:in\s)?(?:%|procenten?|absoluut|abs\.?)\)?)?(?:\s(?:t\.?o\.?v\.?|met)\s.+)?"
    r"|(?:verschil|afwijking)\s.{1,60}"
    r"|gemiddelde?\s(?:over\s)?(?:de\s(?:jaren|periode)\s)?(?:19|20)[0-9]{2}\s?"
    r"(?:-|/|\u2013|t/m|tot en met)\s?(?:19|20)?[0-9]{2}",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"status|stoplicht|verkeerslicht|kleur|trend|ontwikkeling|tendens|richting|gehaald\??"
    r"|(?:doel|norm|streefwaarde)\s(?:bereikt|gehaald|behaald)\??|behaald\?|op koers\??"
    r"|oordeel|score kleur",
    re.IGNORECASE,
)
_PLAIN_VALUE = re.compile(r"(?:meet)?waarde|cijfers?|uitkomst|aantal|percentage|score", re.I)
"""Headings of a column with values of which another column tells the year."""
_COMPARED = re.compile(
    r"(?:gemiddelde?\s)?(?:nederland|nl|land(?:elijk)?|provincie|regio(?:naal)?|[a-z]*gemeenten"
    r"|g-?40|referentie)\b.*|.*\b(?:gemeenten|grootteklasse)|.+\bgemiddelde"
    r"|(?:(?:grootte|inwoners)klasse\s)?(?:[0-9.]+\s?(?:-|\u2013|tot)\s?|[<>]\s?)[0-9.]+\sinwoners",
    re.IGNORECASE,
)
_AREA = re.compile(r"(?:gemeente\s)?[^\W\d_][^\d:;.!?%€]{1,30}", re.IGNORECASE)
_HEADING_UNIT = re.compile(
    r"\s*\(?\b((?:in\s)?%|x\s1\.?000|per\s1(?:0{2,5}|(?:\.0{3})+)\s?(?:inwoners|inw\.?)?)\)?$|"
    r"\s*\(?(%)\)?$",
    re.IGNORECASE,
)
_IN_FRONT = re.compile(r"(?:in|over|voor|per|van)\s", re.IGNORECASE)
_NOTES = f" *{RAISED_DIGITS}"
"""Signs of a footnote behind a heading."""
_ROLES = (
    (Role.UNIT, _UNIT),
    (Role.PERIOD, _PERIOD),
    (Role.PASSED, _PASSED),
    (Role.REST, _REST),
    (Role.SIGN, _SIGN),
    (Role.NAME, _NAME),
    (Role.VALUE, _PLAIN_VALUE),
)


@lru_cache(maxsize=4_096)
def part_of(text: str) -> Part | None:
    """Read one text of a heading; None when its words are not known."""
    if len(text) > _LONGEST_HEADING:
        return None
    if whole := _mended(text):
        return part_of(whole)
    return _known(text.rstrip(_NOTES)) or _of_values(text)


def _known(text: str) -> Part | None:
    """Read a heading that is one of a list of words."""
    found = (role for role, pattern in _ROLES if pattern.fullmatch(text))
    role = next(found, Role.NAME if heads_first_column(text) else None)
    return Part(text, role) if role else _period_of(text)


def _period_of(text: str) -> Part | None:
    found = _PERIOD_OF.fullmatch(text)
    piece = heading_piece(found["what"]) if found else None
    return Part(text, Role.PERIOD, word=piece.word) if piece and piece.word else None


def _of_values(text: str) -> Part | None:
    bare, unit = _without_unit(_NOT_FINAL.sub("", text.rstrip(_NOTES).strip()))
    if unit and (named := _known(bare)) and named.role is Role.NAME:
        return replace(named, text=text, unit=unit)
    if not bare:
        return Part(text, Role.VALUE, unit=unit) if unit else None
    if is_within_year(bare):
        return Part(text, Role.VALUE, within=bare)
    if part := _worded(bare) or _worded_area(bare, is_compared) or _area(bare):
        return replace(part, text=text, unit=unit)
    return None


_NOT_FINAL = re.compile(r"\s\((?:voorlopige?|definitie(?:f|ve))(?:\scijfers?)?\)$", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s(?=[^\W\d_])")


def _mended(text: str) -> str:
    """Give a heading whose word was broken at the end of a line in one piece; else nothing."""
    whole = _BROKEN_WORD.sub("", text)
    return whole if whole != text and part_of(whole) else ""


def unit_in_heading(text: str) -> str | None:
    """Give the unit behind the words of a heading; None without one."""
    return _without_unit(text)[1]


def _without_unit(text: str) -> tuple[str, str | None]:
    found = _HEADING_UNIT.search(text)
    if not found:
        return text, None
    unit = (found[1] or found[2]).removeprefix("in ")
    return text[: found.start()].strip(" -,("), unit


_VALUE_OF = re.compile(r"^(?:waarde|cijfers?|score|uitkomst)\s", re.IGNORECASE)
"""Words before an area that say nothing: ``Waarde gemeente``."""
_CALLED = re.compile(r"^(?:waarde|cijfers?|jaar|stand van zaken)\s", re.IGNORECASE)
"""Words before a year that say nothing about the kind of the values."""
_LOOSE_SIGNS = re.compile(r"[():,]")
_DAY_BEHIND = re.compile(
    r"\b((?:19|20)[0-9]{2})\s\((?:(?:per|op|peildatum|stand)\s)?"
    r"([0-3]?[0-9][-/][01]?[0-9]|[0-3]?[0-9]\s[a-z]{3,9})\)",
    re.IGNORECASE,
)
"""A day between brackets behind its year: ``2022 (31-12)``."""


def _day_first(found: re.Match[str]) -> str:
    year, day = found.groups()
    return f"{day}{next((sign for sign in '-/' if sign in day), ' ')}{year}"


_SHORT_YEAR = re.compile(r"(?<![\w'\u2019])['\u2019](?=[0-3][0-9](?![0-9]))")


def _worded(text: str) -> Part | None:
    """Read a word for a kind and a period, in either order, of which one may be absent."""
    if period := read_period(_CALLED.sub("", text)):
        return Part(text, Role.VALUE, period=period)
    text = _DAY_BEHIND.sub(_day_first, text)
    words = " ".join(_LOOSE_SIGNS.sub(" ", _SHORT_YEAR.sub("20", text)).split())
    if (piece := heading_piece(words)) and piece.word:
        period = Period(piece.year) if piece.year else None
        return Part(text, Role.VALUE, word=piece.word, period=period)
    tokens = words.split()
    for at in range(1, len(tokens)):
        for first, last in ((tokens[:at], tokens[at:]), (tokens[at:], tokens[:at])):
            piece = heading_piece(" ".join(first))
            period = read_period(_IN_FRONT.sub("", " ".join(last), count=1)) or read_period(
                " ".join(last)
            )
            if piece and piece.word and not piece.year and period:
                return Part(text, Role.VALUE, word=piece.word, period=period)
    return None


def _area(text: str) -> Part | None:
    words = _VALUE_OF.sub("", text).split()
    for name, rest in (
        (words[1:], words[:1]),
        (words[:-1], words[-1:]),
        (words[:1], words[1:]),
        (words, words[:0]),
    ):
        period = read_period(" ".join(rest)) if rest else None
        if name and _COMPARED.fullmatch(" ".join(name)) and (period or not rest):
            return Part(text, Role.VALUE, entity=" ".join(name), period=period)
    return None


def _worded_area(text: str, is_area: Callable[[str], bool]) -> Part | None:
    """Read an area with a word for a kind around it: ``Realisatie Nederland 2021``."""
    tokens = text.split()
    for first in range(len(tokens)):
        for behind in range(first + 1, min(len(tokens), first + _MOST_OF_AREA) + 1):
            name, rest = " ".join(tokens[first:behind]), tokens[:first] + tokens[behind:]
            part = _worded(" ".join(rest)) if rest and is_area(name) else None
            if part and part.word:
                return replace(part, text=text, entity=name)
    return None


_MOST_OF_AREA = 4
"""The most words of the name of an area beside other words."""


def _is_own_name(name: str) -> bool:
    words = name.split()
    known = any(part_of(word) for word in words)
    return bool(_AREA.fullmatch(name)) and all(word[0].isupper() for word in words) and not known


@lru_cache(maxsize=4_096)
def own_area(text: str) -> Part | None:
    """Read a text as the name of an area that no list knows, with a year behind it or not.

    Only sure where a column beside it compares with the country or with other areas.
    """
    words = _VALUE_OF.sub("", text).split() if len(text) <= _LONGEST_HEADING else []
    if words and (worded := _worded_area(text, _is_own_name)):
        return worded
    period = read_period(words[-1]) if len(words) > 1 else None
    name = " ".join(words[:-1] if period else words)
    if not period and len(words) > 1 and (period := read_period(words[0])):
        name = " ".join(words[1:])
    if _AREA.fullmatch(name) and (name[0].isupper() or name.lower() == "gemeente"):
        return Part(text, Role.VALUE, entity=name, period=period)
    return None


def heads_areas(text: str) -> bool:
    """Tell whether a text heads a column that says of which area a row is."""
    return bool(_AREAS.fullmatch(text))


def is_compared(entity: str) -> bool:
    """Tell whether a name is of what a municipality is compared with: a country, other places."""
    return bool(_COMPARED.fullmatch(entity))


def joined(texts: Iterable[str], parts: Iterable[Part]) -> Part:
    """Put the parts of one heading together; raise UnreadableHeadingsError when they clash."""
    shown = " ".join(dict.fromkeys(filter(None, texts)))
    whole: Part | None = None
    for part in parts:
        whole = part if whole is None else _both(whole, part, shown)
    if whole is None:
        raise UnreadableHeadingsError("Een kolom heeft geen opschrift.")
    return _of_its_year(whole, shown) if whole.within else whole


def _of_its_year(part: Part, shown: str) -> Part:
    """Put a quarter together with the year of the heading above or below it."""
    if not (part.period and part.period.year and part.period.shown is None):
        raise UnreadableHeadingsError(f"Bij het opschrift “{shown}” staat geen jaar.")
    period = replace(part.period, shown=f"{part.within} {part.period.year}")
    return replace(part, period=period, within=None)


_FOLLOWS = {Role.REST, Role.PASSED, Role.SIGN}
"""What stands below a year beside the values of that year, and is none of them."""


def _is_year(part: Part) -> bool:
    return part.role is Role.VALUE and part.period is not None and not (part.word or part.entity)


def _both(above: Part, below: Part, shown: str) -> Part:
    if above == below:
        return above
    if _is_year(above) and below.role in _FOLLOWS:
        return below
    if above.role is not below.role:
        raise UnreadableHeadingsError(f"Het opschrift “{shown}” zegt twee dingen.")
    for one, other in (
        (above.word, below.word),
        (above.period, below.period),
        (above.entity, below.entity),
        (above.unit, below.unit),
        (above.within, below.within),
    ):
        if one is not None and other is not None and one != other:
            raise UnreadableHeadingsError(f"Het opschrift “{shown}” zegt twee dingen.")
    named = above if above.word or above.entity or not below.word else below
    return Part(
        text=named.text,
        role=above.role,
        word=above.word or below.word,
        period=above.period or below.period,
        entity=above.entity or below.entity,
        unit=above.unit or below.unit,
        within=above.within or below.within,
    )
