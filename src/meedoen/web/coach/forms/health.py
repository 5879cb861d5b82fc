"""Keeping illnesses, diagnoses and treatments out of what coaches write down."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.rules.health_words import health_words_in, shipped_health_words


def refuse_diagnosis(text: str) -> None:
    """Raise ValidationError when the text names an illness, a diagnosis or a treatment.

    For what a coach writes: limits and notes. It says which word, why, and what to write instead.
    """
    words = _words_in(text)
    if not words:
        return
    raise ValidationError(
        ngettext(
            "%(words)s is een woord voor een ziekte, diagnose of behandeling.",
            "%(words)s zijn woorden voor een ziekte, diagnose of behandeling.",
            len(words),
        )
        % {"words": _quoted(words)}
        + " "
        + _(
            "Die mag de gemeente hier niet vragen en niet bewaren (AVG, artikel 9). Schrijf op wat "
            "iemand wel of niet kan, zoals “kan niet lang staan” of “heeft een rustige plek nodig”."
        ),
        code="diagnosis",
    )


def health_hint(text: str) -> str:
    """Return what to say about health words in a resident's own story; empty when there are none.

    The story is in the resident's own words, so it is no refusal: who reads the hint can keep the
    text as it is by pressing again.
    """
    words = _words_in(text)
    if not words:
        return ""
    return _(
        "U schreef %(words)s. Is dat nodig om een goede plek te vinden? Een ziekte, diagnose of "
        "behandeling mag de gemeente hier niet vragen en niet bewaren (AVG, artikel 9). Schrijf "
        "liever op wat de inwoner wel of niet kan."
    ) % {"words": _quoted(words)}


def _words_in(text: str) -> list[str]:
    """Return the words as they were typed, each once."""
    found = health_words_in(text, shipped_health_words())
    return list(dict.fromkeys(one.word for one in found))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
