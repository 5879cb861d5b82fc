"""Keeping illnesses, diagnoses and treatments out of what people write down about others."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meedoen.records.organisations.health import health_fault, named_words, quoted


def refuse_diagnosis(text: str) -> None:
    """Raise ValidationError when the text names an illness, a diagnosis or a treatment.

    For what somebody writes about another: limits and notes. It says which word, why, and what to
    write instead.
    """
    fault = health_fault(text)
    if fault:
        raise ValidationError(fault, code="diagnosis")


def health_hint(text: str) -> str:
    """Return what to say about health words in a resident's own story; empty when there are none.

    The story is in the resident's own words, so it is no refusal: who reads the hint can keep the
    text as it is by pressing again.
    """
    words = named_words(text)
    if not words:
        return ""
    return _(
        "U schreef %(words)s. Is dat nodig om een goede plek te vinden? Een ziekte, diagnose of "
        "behandeling mag de gemeente hier niet vragen en niet bewaren (AVG, artikel 9). Schrijf "
        "liever op wat de inwoner wel of niet kan."
    ) % {"words": quoted(words)}
