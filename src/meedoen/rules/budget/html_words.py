"""Puts the words of HTML together without making a number of what are two things.

A reader of a page sees that a footnote is raised and that a mistake is struck out. In the bare
words that is gone: ``400<sup>1</sup>`` would become 4001. So raised and lowered digits get signs
of their own, and where the words leave doubt that is said instead of guessed.
"""

import re

from lxml import etree

from meedoen.rules.budget.html_elements import is_only_emphasis, is_shown_otherwise
from meedoen.rules.budget.small_signs import FIGURES, LOWERED, RAISED, SMALL_DOUBT, STRUCK_DOUBT
from meedoen.rules.budget.wording import EDGE

_PLAIN_WHEN_RAISED = re.compile(r"\s*(?:\*{1,3}|e|de|ste|er|\s*)\s*")
"""The star of a footnote, and the end of an ordinal: ``1<sup>e</sup>``."""

_SMALL = frozenset(("sub", "sup"))
_STRUCK = frozenset(("del", "s", "strike"))
_RUBY = frozenset(("rt", "ruby"))
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)

_ADDED_DOUBT = (
    "Een deel is als later toegevoegd gemerkt. Niet zeker is of dit de laatste versie is."
)
_RUBY_DOUBT = "Er staan kleine woorden boven andere woorden. Niet zeker is wat bij elkaar hoort."
_SHOWN_DOUBT = "In een cel staat een plaatje, een invulveld of iets anders dat geen tekst is."
_GLUED_DOUBT = (
    "Cijfers van twee delen, zoals een getal en een verwijzing, staan tegen elkaar aan. "
    "Niet zeker is of zij één getal zijn."
)

WRITE_OUT = (
    "Verbeter dit in het bestand: schrijf wat er geldt als gewone tekst, zonder verwijzing, "
    "doorhaling of plaatje."
)
"""What to do about every doubt that comes from here."""
CUT_OFF = "De pagina houdt op in deze tabel; niet zeker is of deze rij heel is."
_BRING_WHOLE = (
    "Sla de pagina opnieuw op en lees haar in haar geheel in, of vul deze rij met de hand in."
)


def advice_for(doubt: str) -> str:
    """Say what to do about a doubt about the words of a cell, or about where the page ends."""
    return _BRING_WHOLE if doubt == CUT_OFF else WRITE_OUT


class MarkedWords:
    """Words that are being put together, with the first doubt about them, empty without one."""

    def __init__(self, *, in_cell: bool) -> None:
        """In a cell everything must be certain; in running text a footnote does no harm."""
        self._in_cell = in_cell
        self._words: list[str] = []
        self._small: list[str] = []
        self._last = ""
        self._at_edge = False
        self.has_small = False
        """Whether digits stand higher or lower than the line."""
        self.doubt = ""

    def text(self) -> str:
        """Return the words so far, white space as it came."""
        return "".join(self._words)

    def clear(self) -> None:
        """Begin anew. An element that is still open stays so."""
        self._words.clear()
        self._last, self._at_edge, self.doubt = "", False, ""

    def open(self, element: "etree._Element") -> None:
        """Come to an element that stands within the line."""
        if element.tag in _SMALL:
            self._small.append(element.tag)
        self._see(element)
        self._pass_edge(element)

    def close(self, element: "etree._Element") -> None:
        """Leave an element that was opened."""
        if element.tag in _SMALL:
            self._small.pop()
        self._pass_edge(element)

    def see_unread(self, element: "etree._Element") -> None:
        """Come to an element whose words are not read."""
        if self._in_cell and is_shown_otherwise(element):
            self._doubt(_SHOWN_DOUBT)

    def break_line(self, sign: str) -> None:
        """Set apart what was said from what comes."""
        self._words.append(sign)
        self._last, self._at_edge = "", False

    def say(self, text: str) -> None:
        """Add words."""
        if not text:
            return
        if self._small:
            text = self._said_small(text)
        elif self._at_edge and _is_glued(self._last, text[0]):
            self._doubt(_GLUED_DOUBT)
        self._words.append(text)
        self._last, self._at_edge = text[-1], False

    def _pass_edge(self, element: "etree._Element") -> None:
        self._at_edge = self._at_edge or not is_only_emphasis(element)
        if self._in_cell:
            self._words.append(EDGE)

    def _see(self, element: "etree._Element") -> None:
        self.see_unread(element)
        if element.tag in _STRUCK or _STRUCK_STYLE.search(element.get("style") or ""):
            self._doubt(STRUCK_DOUBT)
        if element.tag in _RUBY:
            self._doubt(_RUBY_DOUBT)
        if element.tag == "ins" and self._in_cell:
            self._doubt(_ADDED_DOUBT)

    def _said_small(self, text: str) -> str:
        raised = self._small[-1] == "sup"
        if raised and _PLAIN_WHEN_RAISED.fullmatch(text):
            return text
        if not FIGURES.fullmatch(text):
            self._doubt(SMALL_DOUBT)
        self.has_small = True
        return text.translate(RAISED if raised else LOWERED)

    def _doubt(self, why: str) -> None:
        self.doubt = self.doubt or why


def _is_glued(before: str, after: str) -> bool:
    """Tell whether two signs read as one word of which at least one is a digit."""
    return before.isalnum() and after.isalnum() and (before.isdigit() or after.isdigit())
