"""Which lines of a page are headings: of the document, of a goal, of a section.

Text carries no marks, so only lines in the words that budgets use are headings there.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from meedoen.rules.budget.blocks import Block, BlockKind
from meedoen.rules.budget.page import SectionKind
from meedoen.rules.budget.wording import RAISED_DIGITS


class DocumentKind(StrEnum):
    """What kind of document the page is from."""

    BUDGET = "budget"
    INTERIM = "interim"
    """A report half-way: what it tells of its own year may be reached or planned."""
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Document:
    """The document a page is from, as far as its title says so."""

    kind: DocumentKind
    year: int


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """Code and title of a goal: ``2.2.2`` and what the municipality takes upon itself."""

    code: str
    title: str


_BUDGETS = r"(?:programma|meerjaren(?:programma)?|beleids|stads|concern)?begroting"
_INTERIMS = (
    r"(?:eerste |tweede |derde |[123]e )?(?:(?:tussen|bestuurs|voortgangs|kwartaal|maraps?\s)"
    r"(?:tijdse )?rapportage|berap|voorjaarsnota|najaarsnota|zomernota|burap)"
)
_ACCOUNTS = (
    r"jaarrekening|jaarstukken|jaarverslag|jaarverantwoording|programmarekening|stadsrekening"
)
_DOCUMENT = re.compile(
    rf"(?:(?P<budget>{_BUDGETS})|(?P<interim>{_INTERIMS})|(?P<account>{_ACCOUNTS}))"
    r"\s+(?P<year>20[0-9]{2})(?:\s?[-\u2013/]\s?(?:20)?[0-9]{2})?",
    re.IGNORECASE,
)
_CODE = r"[0-9]{1,2}(?:\.[0-9]{1,2})"
_NAMED_GOAL = re.compile(
    rf"(?:doel(?:stelling)?)\s+({_CODE}{{1,3}})\.?\s*[:\u2013-]?\s+(\S.*)", re.IGNORECASE
)
_BARE_GOAL = re.compile(rf"({_CODE}{{2,3}})\.?\s*[:\u2013-]?\s+(\S.*)")
_CODE_WITH_FOOTNOTE = re.compile(
    rf"(?:doel(?:stelling)?\s+)?{_CODE}{{1,3}}\.?\s?[{RAISED_DIGITS}]", re.I
)
_LONGEST_TITLE = 400
_LONGEST_BARE_TITLE = 200

_NAVIGATION = re.compile(
    r"(?:ga\s)?terug(?: naar .{1,60})?|(?:ga\s)?naar boven|vorige(?: pagina)?"
    r"|volgende(?: pagina)?|print(?:en)?|home|menu|portal|direct naar de inhoud",
    re.IGNORECASE,
)

_YEAR = r"(?:\s(?:in|over)\s(?:19|20)[0-9]{2})?"
_NOTE = r"(?:beleids)?nota(?:\('s\)|['\u2019]?s)?"
_WORDS_OF_SECTIONS = (
    (SectionKind.DESCRIPTION, r"(?:be|om)schrijving(?: van het)? doel(?:stelling)?"),
    (SectionKind.CRITERIA, r"criteria|criterium"),
    (
        SectionKind.INDICATORS,
        r"(?:(?:prestatie|effect|beleids|kern)[\s-]?)?indicator(?:en|\(en\))|prestaties",
    ),
    (SectionKind.POLICY_NOTES, rf"(?:kaderstellende|relevante|bijbehorende) {_NOTE}"),
    (SectionKind.PORTFOLIO_HOLDERS, r"portefeuillehouders?(?:\(s\))?"),
    (SectionKind.STATE_OF_AFFAIRS, r"(?:hoe|waar) staan we (?:er)?(?:voor|nu)"),
    (SectionKind.AMBITION, rf"wat (?:willen|wilden) we{_YEAR} bereiken{_YEAR}"),
    (SectionKind.ACTIVITIES, rf"wat gaan we (?:hier|daar|er)(?:{_YEAR} )?voor doen{_YEAR}"),
    (SectionKind.ACTIVITIES, rf"wat hebben we (?:hier|daar|er)voor{_YEAR} gedaan"),
    (SectionKind.OTHER, rf"wat (?:mag|gaat) (?:het|dat){_YEAR} kosten|wat heeft het gekost"),
    (SectionKind.OTHER, r"toelichting|legenda|bronnen|risico['\u2019]?s|verbonden partijen"),
)
_SECTIONS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS_OF_SECTIONS)


def document_of(text: str, *, whole: bool = True) -> Document | None:
    """Read ``Begroting 2025``; with ``whole`` false these words may stand among others."""
    text = text.rstrip(RAISED_DIGITS)
    found = _DOCUMENT.fullmatch(text) if whole else _DOCUMENT.search(text)
    return _document(found)


def _document(found: re.Match[str] | None) -> Document | None:
    if not found:
        return None
    kind = next(kind for kind in DocumentKind if found[kind.value])
    return Document(kind, int(found["year"]))


_IN_ADDRESS = re.compile(
    rf"(?:(?P<budget>begroting)|(?P<interim>{_INTERIMS})|(?P<account>{_ACCOUNTS}))"
    r"[-_ ]?(?P<year>20[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)


def document_in_address(address: str) -> Document | None:
    """Read the document from where a page was found: ``gemeente.begroting-2018.nl``."""
    return _document(_IN_ADDRESS.search(address))


def goal_heading(block: Block) -> GoalHeading | None:
    """Read the heading of a goal: a code with at least two parts, three without "Doel".

    In text a title begins with a capital, so that a sentence about a goal is no heading.
    """
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
        return None
    text = block.text
    if len(text) > _LONGEST_TITLE:
        return None
    named = _NAMED_GOAL.fullmatch(text)
    found = named or _BARE_GOAL.fullmatch(text)
    if not found or len(text) > (_LONGEST_TITLE if named else _LONGEST_BARE_TITLE):
        return None
    marked = block.kind is BlockKind.HEADING
    sentence = text.endswith((".", ";", ":")) and not named
    if not marked and (sentence or not found[2][0].isupper()):
        return None
    return GoalHeading(found[1], found[2])


def has_footnote_at_code(block: Block) -> bool:
    """Tell whether a block begins like a goal whose code has the number of a footnote at it."""
    return block.kind is not BlockKind.LIST and bool(_CODE_WITH_FOOTNOTE.match(block.text))


def section_kind(block: Block) -> SectionKind | None:
    """Say which section a block is the heading of, or None when it is no heading."""
    if block.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH}:
        return None
    words = block.text[:_LONGEST_TITLE].rstrip(" :?")
    for kind, pattern in _SECTIONS:
        if pattern.fullmatch(words):
            return kind
    return SectionKind.OTHER if block.kind is BlockKind.HEADING else None


def is_navigation(block: Block) -> bool:
    """Tell whether a block only leads elsewhere on the site."""
    return block.kind is not BlockKind.GRID and bool(_NAVIGATION.fullmatch(block.text))
