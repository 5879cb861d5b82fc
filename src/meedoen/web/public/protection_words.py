"""Why a published number is shown, rounded or hidden, in words for everyone."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from meedoen.records.budget.queries import CountedCell
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import AskWord, OrganisationWord, Word
from meedoen.rules.indicators.place_words import PlaceWord


def protection_text(found: CountedCell, text: str, word: Word) -> str:
    """Say how the people behind a published number are protected; `text` is how it is shown."""
    words = {"last": found.threshold - 1, "mark": text, "rounding": found.rounding}
    if isinstance(word, OrganisationWord):
        return _("Dit cijfer telt organisaties en geen mensen. Daarom staat het er precies.")
    if isinstance(word, PlaceWord):
        return _("Dit cijfer telt plekken en geen mensen. Daarom staat het er precies.")
    if isinstance(word, AskWord):
        return _of_asks(found, words)
    if word.form is not Form.COUNT:
        return _worked_out(found, words)
    return _hidden(text, words) if found.hidden else _shown(found, words)


def _shown(found: CountedCell, words: Mapping[str, object]) -> str:
    if found.rounding:
        return (
            _(
                "Aantallen van 1 tot en met %(last)s mensen tonen we niet: zo blijft niemand "
                "herkenbaar. Dit aantal is niet zo klein, of het is nul. Het is afgerond op "
                "%(rounding)s."
            )
            % words
        )
    return (
        _(
            "Aantallen van 1 tot en met %(last)s mensen tonen we niet: zo blijft niemand "
            "herkenbaar. Dit aantal is niet zo klein, of het is nul, en staat er precies."
        )
        % words
    )


def _hidden(text: str, words: Mapping[str, object]) -> str:
    if text.startswith("<"):
        return (
            _(
                "Aantallen van 1 tot en met %(last)s mensen tonen we niet: zo blijft niemand "
                "herkenbaar. Daarom staat hier %(mark)s."
            )
            % words
        )
    return (
        _(
            "Dit aantal tonen we niet. Met dit aantal erbij kunt u een klein aantal uitrekenen, of "
            "weet u iets van iedereen in een groep. Dan is iemand misschien herkenbaar. Daarom "
            "staat hier %(mark)s."
        )
        % words
    )


def _worked_out(found: CountedCell, words: Mapping[str, object]) -> str:
    """Say how a share, a ratio or a median about people is protected."""
    if found.hidden:
        return (
            _(
                "Dit cijfer tonen we niet. Het volgt uit zo weinig mensen dat iemand misschien "
                "herkenbaar is. Daarom staat hier %(mark)s."
            )
            % words
        )
    return (
        _(
            "Wat uit 1 tot en met %(last)s mensen volgt, tonen we niet: zo blijft niemand "
            "herkenbaar. Dit cijfer volgt uit genoeg mensen, en staat er precies."
        )
        % words
    )


def _of_asks(found: CountedCell, words: Mapping[str, object]) -> str:
    """Say how a share or a median is protected: by how many asks it follows from."""
    if found.hidden:
        return (
            _(
                "Dit cijfer tonen we niet. Het volgt uit zo weinig verwijzingen dat iemand "
                "misschien herkenbaar is. Daarom staat hier %(mark)s."
            )
            % words
        )
    return (
        _(
            "Wat uit 1 tot en met %(last)s verwijzingen volgt, tonen we niet: zo blijft niemand "
            "herkenbaar. Dit cijfer volgt uit genoeg verwijzingen, en staat er precies."
        )
        % words
    )
