"""The guided way of writing an indicator: a form that writes the text, which is the one truth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.own_indicators.actions import LONGEST_CODE
from meedoen.rules.indicators.language import (
    Breakdown,
    Direction,
    Level,
    Measures,
    ReferenceDate,
)
from meedoen.rules.indicators.own_checks import LONGEST
from meedoen.web.policy.indicator_fields import Label, Names, field_of, inner_field
from meedoen.web.policy.indicator_words import (
    AT_NO_PLACE,
    DENOMINATED,
    KEYS,
    NAMES,
    SIDES,
    SIMPLE,
    tables_of,
)
from meedoen.web.shared.choices import choices
from meedoen.web.shared.counting import LEVELS, MEASURES, REFERENCE_DATES, part_name
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import Words

DIRECTIONS: Mapping[Direction, Words] = {
    Direction.AT_LEAST: gettext_lazy("Hoe meer, hoe beter"),
    Direction.AT_MOST: gettext_lazy("Hoe minder, hoe beter"),
    Direction.QUALITATIVE: gettext_lazy("Het doel is in woorden, niet in een getal"),
    Direction.NONE: gettext_lazy("Dit cijfer is geen doel"),
}
BREAKDOWNS: Mapping[Breakdown, Words] = {
    Breakdown.DISTRICT: gettext_lazy("Per wijk"),
    Breakdown.PLACE_KIND: gettext_lazy("Per soort plek"),
    Breakdown.ORGANISATION: gettext_lazy("Per organisatie"),
}
WORD = "word"
TABLES: Mapping[str, Words] = {
    "history": gettext_lazy("Kleine geschiedenis"),
    "referrals": gettext_lazy("Stappen van verwijzingen"),
    "organisations": gettext_lazy("Wie er meedoet"),
    "places": gettext_lazy("Plekken"),
    "taken": gettext_lazy("Bezette plaatsen"),
    "confirmed": gettext_lazy("Wanneer iemand de plek nakeek"),
    "districts": gettext_lazy("Alle wijken"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields of the form under a heading, with a sentence about them."""

    title: str
    text: str
    fields: Sequence[forms.BoundField]
    anchor: str = ""
    """Where to come back to, in a group in which another choice asks other questions."""


class IndicatorForm(forms.Form):
    """Everything that a definition says, for a word that the form knows.

    Nothing must be filled in to keep a draft: what is missing is said by the reader of the text,
    which is the same for everyone.
    """

    use_required_attribute = False
    marks_optional = False

    def __init__(
        self,
        data: Any,
        *,
        initial: Mapping[str, Any],
        word: str,
        inner: Mapping[str, str],
        parts: Sequence[str],
        names: Names,
        others: Mapping[str, str],
        is_new: bool,
    ) -> None:
        """Ask what belongs to a word with these parts; `others` are indicators by code.

        `inner` are the two words of a share or a ratio, by `SIDES`.
        """
        super().__init__(data, initial=dict(initial))
        self.word, self.inner, self.parts = word, inner, parts
        made: dict[str, forms.Field] = {}
        if is_new:
            made["code"] = _code()
        made |= _texts(word)
        made |= {key: field_of(key, names, word) for key in KEYS.get(word, ())}
        for side, inner_word in inner.items():
            made |= _inner(side, inner_word, names)
        made |= _rest(others)
        if tables_of(word) and word in NAMES:
            made |= _example(word, parts)
        self.fields.update(made)
        self.fields["seen"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def counting(self) -> frozenset[str]:
        """Return the names of the fields that say what is counted."""
        inner = (inner_field(side, key) for side, word in self.inner.items() for key in KEYS[word])
        words = (inner_field(side, WORD) for side in self.inner)
        return frozenset(("valid_from", "part_of", *KEYS.get(self.word, ()), *words, *inner))

    @property
    def can_be_counted(self) -> bool:
        """Tell whether nothing is wrong in the fields that say what is counted."""
        return self.counting.isdisjoint(self.errors)

    @property
    def said(self) -> dict[str, Any]:
        """Return what the fields say; one with a mistake says nothing."""
        wrong = {name: field for name, field in self.fields.items() if name in self.errors}
        nothing = {
            name: "" if isinstance(field, forms.CharField) else None
            for name, field in wrong.items()
        }
        return {**self.cleaned_data, **nothing}

    @property
    def groups(self) -> Iterator[Group]:
        """Give the fields under their headings."""
        counting = ("valid_from", *KEYS.get(self.word, ()))
        yield self._group(_("Hoe het heet"), "", [*self._named("code"), *_texts(self.word)])
        if self.word in NAMES:
            yield self._group(_("Wat u telt"), said_of(self.word), counting)
        else:
            yield self._group(
                _("Wat u telt"),
                _("Deze manier van tellen kan dit formulier niet tonen. Wijzig die in de tekst."),
                ["valid_from"],
            )
        for side, (title, text) in SIDES.items():
            if side in self.inner:
                names = [inner_field(side, key) for key in (WORD, *KEYS[self.inner[side]])]
                said = f"{text} {_at_places(self.inner[side])}".strip()
                yield replace(self._group(str(title), said, names), anchor=f"groep-{side}")
        rest = [name for name in _rest({}) if name != "valid_from"]
        yield self._group(_("Waar het bij hoort"), "", rest)
        if tables_of(self.word) and self.word in NAMES:
            yield self._group(
                _("Rekenvoorbeeld"),
                _(
                    "Een verzonnen tabel, en het cijfer dat eruit komt. Reken het zelf uit: zo "
                    "blijkt of de manier van tellen klopt. De eerste regel noemt de kolommen."
                ),
                list(_example(self.word, self.parts)),
            )

    def _named(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def _group(self, title: str, text: str, names: Sequence[str]) -> Group:
        return Group(title, text, [self[name] for name in names])


def _code() -> forms.Field:
    return forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy(
            "Een korte naam voor in bestanden en adressen: kleine letters, cijfers en _. Die "
            "verandert later niet meer."
        ),
        max_length=LONGEST_CODE,
    )


def said_of(word: str) -> str:
    """Say what a word counts, and what its questions about places mean where it is at none."""
    return f"{NAMES[word][1]} {_at_places(word)}".strip()


def _at_places(word: str) -> str:
    if word not in AT_NO_PLACE:
        return ""
    return _("Kiest u hieronder plekken? Dan telt alleen wie daar op die dag meedoet.")


def _inner(side: str, word: str, names: Names) -> dict[str, forms.Field]:
    """Return the fields of one of the two words of a share or a ratio: which it is, and its own."""
    asked: dict[str, forms.Field] = {
        inner_field(side, WORD): forms.ChoiceField(
            label=gettext_lazy("Welke mensen zijn dit?"),
            choices=[(one, NAMES[one][0]) for one in SIMPLE],
            required=False,
        )
    }
    return asked | {inner_field(side, key): field_of(key, names, word) for key in KEYS[word]}


def _texts(word: str) -> dict[str, forms.Field]:
    long_text = forms.Textarea(attrs={"rows": 4})
    denominator = {
        "denominator_nl": _line(
            gettext_lazy("Waarvan is het een deel?"),
            gettext_lazy("Of: per wat. Bijvoorbeeld: mensen met een uitkering."),
            about="denominator",
        ),
        "denominator_en": _line(
            gettext_lazy("Waarvan het een deel is, in het Engels"), about="denominator"
        ),
    }
    return _plain_texts(long_text) | (denominator if word in DENOMINATED else {})


def _plain_texts(long_text: forms.Widget) -> dict[str, forms.Field]:
    return {
        "name_nl": _line(gettext_lazy("Naam"), about="name"),
        "name_en": _line(gettext_lazy("Naam in het Engels"), about="name"),
        "question_nl": _line(
            gettext_lazy("Vraag"),
            gettext_lazy("De vraag waarop dit cijfer antwoord geeft."),
            about="question",
        ),
        "question_en": _line(gettext_lazy("Vraag in het Engels"), about="question"),
        "definition_nl": _line(
            gettext_lazy("Wat telt er mee, en wat niet?"),
            gettext_lazy("In gewone woorden, voor raadsleden en inwoners."),
            long_text,
            about="definition",
        ),
        "definition_en": _line(
            gettext_lazy("Wat telt er mee, in het Engels"),
            widget=forms.Textarea({"rows": 4}),
            about="definition",
        ),
        "unit_nl": _line(
            gettext_lazy("Eenheid"), gettext_lazy("Bijvoorbeeld: mensen."), about="unit"
        ),
        "unit_en": _line(
            gettext_lazy("Eenheid in het Engels"),
            gettext_lazy("Bijvoorbeeld: people."),
            about="unit",
        ),
    }


def _rest(others: Mapping[str, str]) -> dict[str, forms.Field]:
    return {
        "valid_from": forms.DateField(
            label=gettext_lazy("Zo tellen we vanaf"),
            help_text=gettext_lazy(
                "Is deze manier al in gebruik geweest? Kies dan een latere dag: de oude manier "
                "blijft voor de dagen ervoor."
            ),
            widget=DayInput,
            required=False,
        ),
        "measures": _choice(gettext_lazy("Wat voor cijfer is het?"), choices(MEASURES, Measures)),
        "level": _choice(gettext_lazy("Wat laat het zien?"), choices(LEVELS, Level)),
        "reference_date": _choice(
            gettext_lazy("Voor welke dag is het bedoeld?"),
            choices(REFERENCE_DATES, ReferenceDate),
        ),
        "direction": _choice(gettext_lazy("Welke kant op is goed?"), choices(DIRECTIONS)),
        "breakdowns": forms.MultipleChoiceField(
            label=gettext_lazy("Waarnaar mag u het uitsplitsen?"),
            choices=choices(BREAKDOWNS),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "part_of": forms.ChoiceField(
            label=gettext_lazy("Is het een deel van een ander cijfer?"),
            help_text=gettext_lazy(
                "Dan beschermen we kleine aantallen in beide samen. Iedereen in dit cijfer moet "
                "ook in het andere zitten."
            ),
            choices=[("", gettext_lazy("Nee")), *others.items()],
            required=False,
        ),
        "document": _line(
            gettext_lazy("Bron"),
            gettext_lazy("Bijvoorbeeld: Begroting 2026, doel 3."),
            about="document",
        ),
        "address": forms.URLField(
            label=gettext_lazy("Adres van de bron"),
            help_text=gettext_lazy("Niet verplicht. Een adres dat begint met https://."),
            required=False,
            assume_scheme="https",
        ),
        "promise_nl": _line(
            gettext_lazy("Wat is er beloofd?"),
            gettext_lazy("Of: waarom u dit telt."),
            forms.Textarea({"rows": 3}),
            about="promise",
        ),
        "promise_en": _line(
            gettext_lazy("Wat er beloofd is, in het Engels"),
            widget=forms.Textarea({"rows": 3}),
            about="promise",
        ),
    }


def _example(word: str, parts: Sequence[str]) -> dict[str, forms.Field]:
    tables = {
        f"table_{key}": _line(
            TABLES[key],
            widget=forms.Textarea({"rows": 8, "wrap": "off"}),
        )
        for key in tables_of(word)
    }
    return {
        "on": forms.DateField(
            label=gettext_lazy("Peildatum van het rekenvoorbeeld"), widget=DayInput, required=False
        ),
        "known_on": forms.DateField(
            label=gettext_lazy("Wat bekend was op"),
            help_text=gettext_lazy(
                "Niet verplicht. Wat in de kolom recorded een latere dag heeft, telt niet mee."
            ),
            widget=DayInput,
            required=False,
        ),
        **tables,
        "value": _count(gettext_lazy("Het cijfer dat eruit moet komen")),
        **{f"part_{part}": _count(part_name(part)) for part in parts},
    }


def _line(
    label: Label, help_text: Label = "", widget: Any = None, *, about: str = ""
) -> forms.Field:
    """Return a field for a text; `about` is its key in a definition, when its length counts."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=widget or forms.TextInput(),
        max_length=LONGEST.get(about),
        required=False,
    )


def _count(label: Label) -> forms.Field:
    return forms.IntegerField(label=label, min_value=0, max_value=10**9, required=False)


def _choice(label: Label, options: Any) -> forms.Field:
    return forms.ChoiceField(label=label, choices=options, required=False)
