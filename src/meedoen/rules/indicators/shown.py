"""What people get to see of the figures of one day, published together."""

from collections.abc import Mapping

from meedoen.rules.indicators.disclosure import PROTECTED, Shown, protect_together
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import AskWord, Catalogue, OrganisationWord, ReferralWord

Parts = Mapping[str, Mapping[str, int]]
"""The parts of figures, by code of the indicator."""


def show_together(
    catalogue: Catalogue, values: Mapping[str, int], parts: Parts, threshold: int
) -> dict[str, Shown]:
    """Protect the figures of one day, with their parts, as one publication.

    A part of a figure is named `code:part`. What the classes of growth add up to is not published,
    so each of them stands alone. Asks are about people: a small number of them is hidden, and with
    it the share or the median that was worked out from it. Organisations are no people: nothing
    about those is hidden. Raises ValueError for a threshold under 5.
    """
    words = {code: catalogue[code].versions[-1].count for code in values}
    people = {code for code, word in words.items() if not isinstance(word, ReferralWord)}
    counted = {code: value for code, value in values.items() if code in people}
    relations = {code: whole for code, whole in catalogue.relations.items() if code in people}
    for code, word in words.items():
        if not isinstance(word, OrganisationWord):
            counted |= {_named(code, part): one for part, one in parts.get(code, {}).items()}
        if word.form is Form.SHARE:
            part, whole = (_named(code, part) for part in word.parts)
            relations[part] = whole
    shown = protect_together(counted, relations, threshold)
    for code, word in words.items():
        theirs = {_named(code, part): value for part, value in parts.get(code, {}).items()}
        if isinstance(word, OrganisationWord):
            plain = {code: values[code], **theirs}
            shown |= {name: Shown(str(value), hidden=False) for name, value in plain.items()}
        elif isinstance(word, AskWord):
            hidden = any(shown[name].hidden for name in theirs)
            text = PROTECTED if hidden else str(values[code])
            shown[code] = Shown(text, hidden=hidden)
    return shown


def _named(code: str, part: str) -> str:
    return f"{code}:{part}"
