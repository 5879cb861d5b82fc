"""What is wrong with a figure that a text quotes, in a sentence with its line."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.documents.quotes import MOST_QUOTES, QuoteFault, QuoteMistake

_WHY: Mapping[QuoteFault, str | Promise] = {
    QuoteFault.LOOSE_BRACE: gettext_lazy(
        "een accolade staat alleen. Tussen { en } staat altijd een cijfer."
    ),
    QuoteFault.EMPTY: gettext_lazy(
        "hier staat niets. Zet de code van een indicator tussen { en }."
    ),
    QuoteFault.UNKNOWN_INDICATOR: gettext_lazy(
        "deze indicator bestaat niet. Kies een code uit de lijst met cijfers."
    ),
    QuoteFault.UNKNOWN_WORD: gettext_lazy(
        "dit woord kan hier niet. Wel mogelijk: een dag (2025-12-31), target of budgeted met een "
        "jaar, forecast, of district met een naam."
    ),
    QuoteFault.NO_SUCH_DAY: gettext_lazy("deze dag bestaat niet. Schrijf een dag als 2025-12-31."),
    QuoteFault.YEAR_MISSING: gettext_lazy("zet er het jaar achter, zoals target 2026."),
    QuoteFault.UNKNOWN_DISTRICT: gettext_lazy("deze wijk bestaat niet. Wel mogelijk: %(near)s."),
    QuoteFault.DOES_NOT_GO_TOGETHER: gettext_lazy(
        "dit gaat niet samen. Vraag één cijfer tegelijk."
    ),
    QuoteFault.TOO_MANY: gettext_lazy("in een tekst passen hoogstens %(most)s cijfers."),
}


def mistake_line(mistake: QuoteMistake) -> str:
    """Say on which line a quote cannot be read, why, and what is possible."""
    place = _("Regel %(line)s, %(text)s:") % {"line": mistake.line, "text": mistake.text}
    return f"{place} {_why(mistake)}"


def _why(mistake: QuoteMistake) -> str:
    words = {"near": ", ".join(mistake.near), "most": MOST_QUOTES}
    if mistake.fault is QuoteFault.UNKNOWN_INDICATOR and mistake.near:
        return _("deze indicator bestaat niet. Bedoelt u: %(near)s?") % words
    return str(_WHY[mistake.fault] % words)
