"""What to say to who names an illness, a diagnosis or a treatment in what is kept about people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.rules.health_words import health_words_in, shipped_health_words


def health_fault(text: str) -> str:
    """Return which words in a text may not be kept, why, and what to write instead; else empty."""
    words = named_words(text)
    if not words:
        return ""
    return (
        ngettext(
            "%(words)s is een woord voor een ziekte, diagnose of behandeling.",
            "%(words)s zijn woorden voor een ziekte, diagnose of behandeling.",
            len(words),
        )
        % {"words": quoted(words)}
        + " "
        + _(
            "Die mag de gemeente hier niet vragen en niet bewaren (AVG, artikel 9). Schrijf op wat "
            "iemand wel of niet kan, zoals “kan niet lang staan” of “heeft een rustige plek nodig”."
        )
    )


def named_words(text: str) -> list[str]:
    """Return the words for illnesses and treatments in a text as they were typed, each once."""
    found = health_words_in(text, shipped_health_words())
    return list(dict.fromkeys(one.word for one in found))


def quoted(words: list[str]) -> str:
    """Return words between quotation marks, with commas."""
    return ", ".join(f"“{word}”" for word in words)
