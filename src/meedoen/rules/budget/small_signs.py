"""Digits that stand higher or lower than their line: what they are, and where that is certain.

A reader sees that a footnote is raised. In the bare words that is gone: a raised 1 behind 400
would make 4001. So raised and lowered digits get signs of their own.
"""

import re

from meedoen.rules.budget.values import Meaning, read_value

RAISED = str.maketrans("0123456789+-()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾⁽⁾")
LOWERED = str.maketrans("0123456789+-()[]", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎₍₎")
FIGURES = re.compile(r"[0-9()\[\]+,\-\s]*")
"""What has a raised and a lowered form: anything else that is small leaves doubt."""
SMALL_DOUBT = (
    "Er staan tekens hoger of lager dan de regel, zoals het nummer van een voetnoot. "
    "Niet zeker is of zij bij het getal of het woord horen."
)
STRUCK_DOUBT = "Een deel is doorgehaald. Niet zeker is wat er nu geldt."

_SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾₀₁₂₃₄₅₆₇₈₉₊₋₍₎"
_BEHIND_A_WORD = re.compile(rf"((?:[^\W\d_]|[)%]|\b(?:19|20)[0-9]{{2}})\s?)[{_SMALL}]+")
_CLEAR = {Meaning.NUMBER, Meaning.PERCENTAGE, Meaning.BOUND}


def is_clear(text: str) -> bool:
    """Tell whether small signs in a cell can only be a footnote of it, or belong to a word.

    They can behind one number, a year, and a word: ``1.250¹``, ``Doel 2025¹``, ``CO₂``.
    """
    if read_value(text).meaning in _CLEAR:
        return True
    return not any(sign in _SMALL for sign in _BEHIND_A_WORD.sub(r"\1", text))
