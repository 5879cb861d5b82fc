"""How a stretch of page text is tidied before anything is read from it."""

import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
EDGE = "\u2060"
"""An unseen sign where one part of a cell ends: a number is never put together over it."""
_HARD = "\u00a0\u2007\u2009\u202f"
THIN = "\u202f"
"""The sign that stays between the thousands of a number that was printed with spaces."""
NOTE = "\u2005"
"""The space between a number and the mark of a footnote that the page explains: ``310 1)``."""
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The number of a footnote behind a word or a number."""
_KEPT, _NOTED = "\ue000", "\ue001"
_HARD_GROUPS = re.compile(
    rf"(?<![0-9.,{_HARD}])(?<!\bper\s)(?<!\bx\s)"
    rf"[1-9][0-9]{{0,2}}(?:[{_HARD}][0-9]{{3}})+(?![0-9]|[.{_HARD}][0-9])",
    re.IGNORECASE,
)
_SPACED = r"(?:[<>≤≥]=? ?|[+\-\u2212])?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?"
_BEHIND = rf" ?{EDGE}*\*{{1,3}}| ?{EDGE}*⁽?[{RAISED_DIGITS}]{{1,2}}⁾?| [^\W\d_]{{2,20}}"
_SPACED_CELL = re.compile(rf"[\s{EDGE}]*{_SPACED}{EDGE}*(?:{_BEHIND})?[\s{EDGE}]*")
_SPACE_WITHIN = re.compile(r"(?<=[0-9]) (?=[0-9]{3})")


def tidy(text: str) -> str:
    """Give the text on one line: every white space (also a hard one) one space, no unseen signs.

    Hard spaces between the thousands of a number keep it in one piece; each becomes ``THIN``.
    """
    seen = _UNSEEN.sub("", _HARD_GROUPS.sub(_kept, text.replace(NOTE, _NOTED)))
    return " ".join(seen.split()).replace(_KEPT, THIN).replace(_NOTED, NOTE)


def tidy_cell(text: str) -> str:
    """Give the text of a cell with a place of its own: there a space may part thousands too."""
    if _SPACED_CELL.fullmatch(text):
        text = _SPACE_WITHIN.sub(THIN, text)
    return tidy(text)


def _kept(found: re.Match[str]) -> str:
    return re.sub(f"[{_HARD}]", _KEPT, found[0])


def listed(words: list[str], most: int = 20) -> str:
    """Give the words with commas between them; of a long list the first ``most`` and the rest."""
    shown = ", ".join(f"“{word}”" for word in words[:most])
    return f"{shown} en nog {len(words) - most}" if len(words) > most else shown
