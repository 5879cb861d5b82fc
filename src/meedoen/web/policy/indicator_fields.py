"""The fields with which somebody says what an indicator counts, one for each key of the language.

A field knows its value in a form and in the text: checkboxes are a list, nothing chosen is no key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.rules.indicators.labels import (
    GROWTH_CLASSES,
    KINDS,
    LEGAL_TASKS,
    OUTCOMES,
    PLACE_KINDS,
    SINCE_START,
    STATES,
    THEMES,
)
from meedoen.rules.indicators.language import EVENT_KINDS, MOST_MONTHS, STRETCH_KINDS
from meedoen.rules.indicators.people_word_reader import BESIDE_PLACEMENTS, MOST_PER
from meedoen.rules.indicators.people_words import Which
from meedoen.rules.indicators.place_words import SeatsOf
from meedoen.rules.indicators.possible_outcomes import OF_AN_ATTEMPT, outcomes_of
from meedoen.rules.indicators.texts import Text
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.words import RUNGS

Label = Any
"""A text of gettext, now or later; forms know these by a type of their own."""
MOST_CHECKBOXES = 40
"""More names than this come in one list to choose from."""
LONGEST_WINDOW = 3_660


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what a municipality has, by number."""

    districts: Mapping[int, str]
    organisations: Mapping[int, str]


def field_of(key: str, names: Names, word: str) -> forms.Field:
    """Return the field for a key of the language, as a word asks it."""
    return _outcomes(word) if key == "outcomes" else FIELDS[key](names)


def _outcomes(word: str) -> forms.Field:
    """Return the field for outcomes: with only those that what a word counts can have."""
    possible = outcomes_of(word)
    only_attempts = possible == OF_AN_ATTEMPT
    return forms.MultipleChoiceField(
        label=_("Met welke uitkomst?"),
        help_text=ONLY_OF_ATTEMPTS if only_attempts else NOTHING_IS_ALL,
        choices=_labelled(OUTCOMES, possible),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def written(key: str, value: Any) -> Any:
    """Return what a field says as a value in the text; None is to leave the key out."""
    if key in NUMBERED:
        return [int(one) for one in value] or None
    if key in EITHER:
        return None if value == "" else value == "true"
    if isinstance(value, bool):
        return value or None
    return None if value in ("", None, []) else value


def shown(key: str, value: Any) -> Any:
    """Return what a value in the text is in its field."""
    if key in NUMBERED and isinstance(value, list):
        return [str(one) for one in value]
    if key in EITHER and isinstance(value, bool):
        return "true" if value else "false"
    return value


def _labelled(labels: Mapping[Any, Text], only: Any = None) -> list[tuple[str, str]]:
    words = labels if only is None else only
    return [(str(word.value), _capital(in_language(labels[word]))) for word in words]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _several(labels: Mapping[Any, Text], label: Label, help_text: Label, only: Any = None) -> Any:
    def field(_names: Names) -> forms.Field:
        return forms.MultipleChoiceField(
            label=label,
            help_text=help_text,
            choices=_labelled(labels, only),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    return field


def _one(labels: Mapping[Any, Text], label: Label, help_text: Label, only: Any) -> Any:
    def field(_names: Names) -> forms.Field:
        return forms.ChoiceField(
            label=label, help_text=help_text, choices=_labelled(labels, only), required=False
        )

    return field


def _named(names: Mapping[int, str], label: Label, help_text: Label) -> forms.Field:
    few = len(names) <= MOST_CHECKBOXES
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=[(str(number), name) for number, name in names.items()],
        widget=forms.CheckboxSelectMultiple if few else forms.SelectMultiple(attrs={"size": 10}),
        required=False,
    )


def _number(label: Label, help_text: Label, low: int, high: int) -> Any:
    def field(_names: Names) -> forms.Field:
        return forms.IntegerField(
            label=label, help_text=help_text, min_value=low, max_value=high, required=False
        )

    return field


def _either(label: Label, yes: Label, no: Label) -> Any:
    def field(_names: Names) -> forms.Field:
        choices = [("", _("Maakt niet uit")), ("true", yes), ("false", no)]
        return forms.ChoiceField(label=label, choices=choices, required=False)

    return field


def _check(label: Label, help_text: Label = "") -> Any:
    def field(_names: Names) -> forms.Field:
        return forms.BooleanField(label=label, help_text=help_text, required=False)

    return field


NUMBERED = ("districts", "organisations", "rungs")
EITHER = ("self_found", "confirmed")
SEATS: Mapping[StrEnum, Text] = {
    SeatsOf.CAPACITY: Text("alle ruimte, ook wat bezet is", "all room, also what is taken"),
    SeatsOf.FREE: Text("alleen wat vrij is", "only what is free"),
}
WHICH: Mapping[StrEnum, Text] = {
    Which.FIRST: Text("de eerste", "the first"),
    Which.LAST: Text("de laatste", "the last"),
}
OTHERS_BESIDE = _("De andere groepen staan ernaast.")
NOTHING_IS_ALL = _("Niets aangevinkt: alles telt mee.")
ONLY_OF_ATTEMPTS = _("Alleen bij een poging. Niets aangevinkt: alles telt mee.")

FIELDS: Mapping[str, Callable[[Names], forms.Field]] = {
    "kind": _one(KINDS, _("Wat hebben de mensen die u telt?"), "", STRETCH_KINDS),
    "event": _one(KINDS, _("Wat gebeurde er?"), "", EVENT_KINDS),
    "kinds": _several(
        KINDS,
        _("Wat gebeurde er niet?"),
        _("Wie iets van wat u aanvinkt wel had, telt niet mee."),
        EVENT_KINDS,
    ),
    "headline": _one(GROWTH_CLASSES, _("Welke groep is het cijfer?"), OTHERS_BESIDE, None),
    "headline_since": _one(SINCE_START, _("Welke groep is het cijfer?"), OTHERS_BESIDE, None),
    "which": _one(WHICH, _("Welke meting van het jaar?"), "", list(Which)),
    "rungs": lambda _names: forms.MultipleChoiceField(
        label=_("Op welke tredes?"),
        help_text=NOTHING_IS_ALL,
        choices=[(str(rung.value), f"{rung.value}. {name}") for rung, name in RUNGS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    ),
    "per": _number(_("Per hoeveel mensen?"), _("Bijvoorbeeld 100 of 1.000."), 1, MOST_PER),
    "of": _one(SEATS, _("Welke ruimte?"), "", list(SEATS)),
    "states": _several(
        STATES,
        _("In welke stand is de plaatsing?"),
        _("Meedoen is: op proef, begonnen of even gepauzeerd. Alleen bij een plaatsing."),
    ),
    "also": _several(
        KINDS,
        _("Wie telt ook mee?"),
        _("Wie iets hiervan heeft, telt ook zonder plaatsing mee. Alleen bij een plaatsing."),
        BESIDE_PLACEMENTS,
    ),
    "place_kinds": _several(PLACE_KINDS, _("Welk soort plek?"), NOTHING_IS_ALL),
    "legal_tasks": _several(LEGAL_TASKS, _("Voor welke wet is de plek?"), NOTHING_IS_ALL),
    "themes": _several(THEMES, _("Over welk onderwerp?"), NOTHING_IS_ALL),
    "districts": lambda names: _named(names.districts, _("In welke wijken?"), NOTHING_IS_ALL),
    "organisations": lambda names: _named(
        names.organisations, _("Bij welke organisaties?"), NOTHING_IS_ALL
    ),
    "months": _number(
        _("Over hoeveel maanden?"),
        _("Tot en met de peildatum. Leeg: 12 maanden."),
        1,
        MOST_MONTHS,
    ),
    "after_months": _number(
        _("Na hoeveel maanden kijkt u of iemand er nog is?"), "", 1, MOST_MONTHS
    ),
    "baseline_months": _number(
        _("Hoeveel maanden voor de start mag de eerste meting zijn?"), "", 1, MOST_MONTHS
    ),
    "follow_up_months": _number(
        _("Binnen hoeveel maanden na de start moet de tweede meting zijn?"), "", 1, MOST_MONTHS
    ),
    "from_days": _number(
        _("Eerste dag na het stoppen"),
        _("Dag 0 is de eerste dag zonder plek."),
        0,
        LONGEST_WINDOW,
    ),
    "to_days": _number(_("Laatste dag na het stoppen"), "", 0, LONGEST_WINDOW),
    "minimum_step": _number(_("Hoeveel treden verschil is groei?"), _("Leeg: één trede."), 1, 5),
    "self_found": _either(
        _("Wie vond de plek?"), _("De inwoner zelf"), _("Iemand anders dan de inwoner")
    ),
    "confirmed": _either(
        _("Is de plek nagekeken?"), _("Ja, die klopt nog"), _("Nee, of te lang geleden")
    ),
    "free": _check(_("Alleen plekken met vrije ruimte")),
    "on_benefit": _check(
        _("Alleen mensen met een uitkering"),
        _("Op de dag van hun laatste meting. Vraagt u naar de eerste meting? Dan op die dag."),
    ),
    "same_rung": _check(_("Alleen mensen die op dezelfde trede bleven")),
    "between_partners": _check(_("Zonder wat van of naar de gemeente zelf ging")),
}
TEXT_KEYS: Mapping[str, str] = {"event": "kind", "headline_since": "headline"}
"""Keys that are called otherwise in the text, because two words ask them in another way."""


def inner_field(side: str, key: str) -> str:
    """Return what a key of one of the two words of a share or a ratio is called in the form."""
    return f"of_{side}_{key}"
