"""What a forecast says, in words: where a figure will stand, and what a target still needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.figures.forecasts import Forecast
from meedoen.rules.budget.values import Meaning, read_value
from meedoen.rules.forecast.forecast import Refusal
from meedoen.rules.forecast.needed import Needed, Outlook, needed, outlook
from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import Definition, Direction
from meedoen.web.shared.counting import in_language, shown_text
from meedoen.web.shared.course import aim_in
from meedoen.web.shared.figures import number_text

ALMOST, HARDLY = 0.75, 0.05
"""From which part of a whole it is nearly the next number, and under which it is just this one."""
WHOLE_FROM = 10
"""From this error on a decimal says nothing more."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target will be reached, in words with a mark; `kind` is that of the badge.

    Who cannot see the colour reads the words and the mark.
    """

    code: str
    kind: str
    mark: str
    text: str


UNKNOWN, NO_TARGET = "unknown", "no_target"
KINDS: Mapping[str, tuple[str, str, Promise]] = {
    Outlook.IN_DANGER: ("danger", "!", gettext_lazy("Wordt waarschijnlijk niet gehaald")),
    Outlook.IN_DOUBT: ("warning", "?", gettext_lazy("Kan nog twee kanten op")),
    Outlook.ON_COURSE: ("success", "✓", gettext_lazy("Wordt waarschijnlijk gehaald")),
    UNKNOWN: ("neutral", "-", gettext_lazy("Niet te zeggen")),
    NO_TARGET: ("inactive", "", gettext_lazy("Geen doel voor dit jaar")),
}
"""Every verdict with its badge, its mark and its words, the most pressing first."""


def verdict(code: str) -> Verdict:
    """Return a verdict by its code."""
    kind, mark, text = KINDS[code]
    return Verdict(code, kind, mark, str(text))


def target_number(definition: Definition, text: str) -> int | None:
    """Return the whole number that a printed target names; of a share also a percentage."""
    value = read_value(text)
    if value.meaning is not Meaning.PERCENTAGE or value.number is None:
        return aim_in(text)
    is_share = definition.versions[-1].count.form is Form.SHARE
    return int(value.number) if is_share and value.number == int(value.number) else None


def verdict_of(made: Forecast | None, direction: Direction, target: int | None) -> Verdict:
    """Say whether a target will be reached; where nothing can be said, that."""
    if target is None:
        return verdict(NO_TARGET)
    if made is None or made.numbers is None:
        return verdict(UNKNOWN)
    return verdict(outlook(direction, target, made.numbers.band) or NO_TARGET)


def forecast_text(made: Forecast | None) -> str:
    """Return what is expected with its band, as in "187, tussen 174 en 199"; "-" for none."""
    if made is None or made.refusal is not None or made.is_hidden:
        return "-" if made is None or made.refusal is not None else made.expected.text
    words = {
        "expected": shown_text(made.expected),
        "low": shown_text(made.low),
        "high": shown_text(made.high),
    }
    if made.low == made.high:
        return words["expected"]
    return _("%(expected)s, tussen %(low)s en %(high)s") % words


def why_none(made: Forecast) -> str:
    """Say why there is no forecast, or nothing shown of it; "" where there is one."""
    match made.refusal:
        case Refusal.NOT_COUNTED:
            return _("Dit cijfer tellen we niet: het komt uit een gedrukt stuk.")
        case Refusal.NOT_MEASURED:
            return _("Van dit cijfer is dit jaar nog niets bekend.")
        case Refusal.TOO_LITTLE_HISTORY:
            words = {"months": made.least_months}
            return _("Er is te weinig geschiedenis: minder dan %(months)s maanden.") % words
        case None:
            pass
    if made.is_hidden:
        return _("Het gaat om te weinig mensen om een verwachting te tonen.")
    return ""


def needed_sentence(
    definition: Definition, direction: Direction, made: Forecast | None, target: int | None
) -> str:
    """Say what it takes to reach a target this year, beside what this year brought until now."""
    if direction in (Direction.NONE, Direction.QUALITATIVE):
        return _("Bij dit cijfer is uitdrukkelijk geen aantal het doel.")
    if target is None or made is None or made.numbers is None:
        return ""
    found = needed(made.numbers, target)
    unit = _unit(definition)
    sentence = _at_least(found, unit) if direction is Direction.AT_LEAST else _at_most(found, unit)
    return " ".join([sentence, *_so_far(found, made)])


def _unit(definition: Definition) -> str:
    is_share = definition.versions[-1].count.form is Form.SHARE
    return _("procentpunten") if is_share else in_language(definition.unit)


def _at_least(found: Needed, unit: str) -> str:
    if found.difference <= 0:
        return _("Het doel is nu gehaald.")
    words = {"count": number_text(found.difference), "unit": unit}
    if found.per_month is None:
        return _("Er zijn er nog %(count)s nodig (%(unit)s).") % words
    words |= {"pace": about(found.per_month)}
    return _("Er zijn er nog %(count)s nodig (%(unit)s), dat is %(pace)s per maand.") % words


def _at_most(found: Needed, unit: str) -> str:
    words = {"count": number_text(abs(found.difference)), "unit": unit}
    if found.difference >= 0:
        return _("Er is nog ruimte voor %(count)s (%(unit)s).") % words
    if found.per_month is None:
        return _("Het zijn er %(count)s te veel (%(unit)s).") % words
    words |= {"pace": about(abs(found.per_month))}
    return _("Het zijn er %(count)s te veel (%(unit)s), dat is %(pace)s per maand eraf.") % words


def _so_far(found: Needed, made: Forecast) -> list[str]:
    pace = found.so_far_per_month
    if pace is None or not made.shows_pace:
        return []
    if abs(pace) < HARDLY:
        return [_("Dit jaar bleef het aantal gelijk.")]
    words = {"pace": about(abs(pace))}
    if pace > 0:
        return [_("Dit jaar kwamen er %(pace)s per maand bij.") % words]
    return [_("Dit jaar gingen er %(pace)s per maand af.") % words]


def about(number: float) -> str:
    """Return a number in words of about: "4", "ruim 4", "bijna 5" or "minder dan 1"."""
    whole = floor(number)
    rest = number - whole
    if rest < HARDLY:
        return number_text(whole)
    if rest >= ALMOST:
        return _("bijna %(number)s") % {"number": number_text(whole + 1)}
    if whole:
        return _("ruim %(number)s") % {"number": number_text(whole)}
    return _("minder dan 1")


def tried_sentence(made: Forecast) -> str:
    """Say how far forecasts of earlier years were off, and how often the band held."""
    shown = [one for one in made.tried if one.held is not None]
    if not shown or made.mean_error is None:
        return _("Over eerdere jaren was nog niet genoeg bekend om deze manier te toetsen.")
    held = sum(bool(one.held) for one in shown)
    words = {"years": len(shown), "held": held, "error": _error(made.mean_error)}
    return (
        ngettext(
            "We maakten dezelfde verwachting voor %(years)s eerder jaar, met wat toen bekend was. "
            "Die zat er %(error)s naast; het cijfer viel %(held)s keer binnen de marge.",
            "We maakten dezelfde verwachting voor %(years)s eerdere jaren, met wat toen bekend "
            "was. Die zaten er gemiddeld %(error)s naast; het cijfer viel %(held)s keer binnen "
            "de marge.",
            len(shown),
        )
        % words
    )


def error_words(made: Forecast | None) -> str:
    """Say in a few words how far forecasts of earlier years were off; "" where that is not told."""
    if made is None or made.is_hidden or made.mean_error is None:
        return ""
    years = sum(one.held is not None for one in made.tried)
    words = {"error": _error(made.mean_error)}
    return (
        ngettext(
            "(in een eerder jaar zat dit er %(error)s naast)",
            "(in eerdere jaren zat dit er gemiddeld %(error)s naast)",
            years,
        )
        % words
    )


def _error(error: float) -> str:
    """Return how far it was off: a whole number, or with one decimal where that says more."""
    return number_text(error, 0 if error >= WHOLE_FROM or error == round(error) else 1)
