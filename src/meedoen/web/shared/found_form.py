"""The form with which a resident or a coach hands in a place that somebody found."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.checks import LONGEST_DESCRIPTION, LONGEST_TITLE
from meedoen.records.places.found_actions import (
    LONGEST_CONTACT,
    LONGEST_ORGANISATION,
    LONGEST_STREET,
    NewFoundPlace,
    OrganisationKnownError,
    enter_found_place,
)
from meedoen.records.places.found_queries import (
    OrganisationChoice,
    organisation_names,
    organisations_alike,
)
from meedoen.rules import half_days
from meedoen.rules.places.alike import same_name
from meedoen.rules.places.kinds import kinds_to_find
from meedoen.rules.vocabulary import FoundBy, OrganisationKind, PlaceKind
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import (
    DAYS,
    HALF_DAYS,
    ORGANISATION_KINDS,
    PARTS,
    PLACE_KINDS,
    Words,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ANOTHER = "another"
NAMES_LIST = "organisaties"
"""The id of the list of names that a browser completes with."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The labels that differ for who fills in the form."""

    title: "_StrPromise"
    half_days: "_StrPromise"
    starts_on: "_StrPromise"
    missing_title: "_StrPromise"


OF_RESIDENT = _Words(
    title=gettext_lazy("Wat gaat u daar doen?"),
    half_days=gettext_lazy("Wanneer gaat u erheen?"),
    starts_on=gettext_lazy("Wanneer begint u?"),
    missing_title=gettext_lazy("Schrijf in een paar woorden op wat u daar gaat doen."),
)
OF_COACH = _Words(
    title=gettext_lazy("Wat gaat de inwoner daar doen?"),
    half_days=gettext_lazy("Wanneer gaat de inwoner erheen?"),
    starts_on=gettext_lazy("Wanneer begint de inwoner?"),
    missing_title=gettext_lazy("Schrijf in een paar woorden op wat de inwoner daar gaat doen."),
)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the week of half-days, with a box for each part of it."""

    day: Words
    boxes: Sequence[BoundWidget]


class FoundPlaceForm(forms.Form):
    """A place that somebody found: what, where and when; the rest may stay empty.

    `meant` only shows when the organisation may be one that is known.
    """

    use_required_attribute = False

    title = forms.CharField(
        help_text=gettext_lazy("In een paar woorden, zoals: koffie schenken in het buurthuis."),
        max_length=LONGEST_TITLE,
    )
    organisation = forms.CharField(
        label=gettext_lazy("Bij welke organisatie of welk initiatief?"),
        max_length=LONGEST_ORGANISATION,
        widget=forms.TextInput(attrs={"list": NAMES_LIST, "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Vul in bij wie de plek is, ook als het nog geen naam heeft.")
        },
    )
    meant = forms.ChoiceField(
        label=gettext_lazy("Bedoelt u een organisatie die wij al kennen?"),
        widget=forms.RadioSelect,
        required=False,
    )
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Wat voor plek is het?"),
        coerce=PlaceKind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat voor plek het is.")},
    )
    half_days = forms.MultipleChoiceField(
        choices=lambda: [
            (code, format_html('<span class="meedoen-hidden">{}</span>', word))
            for code, word in HALF_DAYS.items()
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies minstens één dagdeel.")},
    )
    starts_on = forms.DateField(
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Vul de eerste dag in. Weet u die nog niet? Kies vandaag."),
            "invalid": gettext_lazy("Vul een dag in die bestaat, zoals 31-12-2026."),
        },
    )
    district = forms.TypedChoiceField(
        label=gettext_lazy("In welke wijk is het?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Kies de wijk.")},
    )
    found_by = forms.TypedChoiceField(
        label=gettext_lazy("Wie vond deze plek?"),
        choices=[
            (FoundBy.RESIDENT.value, gettext_lazy("De inwoner zelf")),
            (FoundBy.COACH.value, gettext_lazy("U of een collega")),
        ],
        coerce=FoundBy,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wie de plek vond.")},
    )
    street = forms.CharField(
        label=gettext_lazy("Straat en huisnummer"), max_length=LONGEST_STREET, required=False
    )
    postal_code = forms.CharField(label=gettext_lazy("Postcode"), max_length=7, required=False)
    contact_name = forms.CharField(
        label=gettext_lazy("Wie is daar de contactpersoon?"),
        max_length=LONGEST_CONTACT,
        required=False,
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Telefoonnummer van die persoon"), max_length=20, required=False
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mailadres van die persoon"), required=False
    )
    organisation_kind = forms.TypedChoiceField(
        label=gettext_lazy("Wat voor organisatie is het, als wij die nog niet kennen?"),
        choices=lambda: [(one.value, word) for one, word in ORGANISATION_KINDS.items()],
        coerce=OrganisationKind,
        initial=OrganisationKind.PRIVATE_INITIATIVE.value,
    )
    description = forms.CharField(
        label=gettext_lazy("Wilt u er meer over vertellen?"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        viewer: Viewer,
        district_id: int,
    ) -> None:
        """Take who fills it in, and the district where the person lives."""
        super().__init__(data, initial={"starts_on": clock.today(), "district": str(district_id)})
        self.viewer = viewer
        self.names = organisation_names(viewer)
        for_resident = viewer.role is Role.RESIDENT
        words = OF_RESIDENT if for_resident else OF_COACH
        for name in ("title", "half_days", "starts_on"):
            self.fields[name].label = getattr(words, name)
        self.fields["title"].error_messages["required"] = words.missing_title
        self._offer("kind", [(one.value, PLACE_KINDS[one]) for one in kinds_to_find(clock.today())])
        self._offer("district", [(str(one.district_id), one.name) for one in districts(viewer)])
        if for_resident:
            del self.fields["found_by"], self.fields["organisation_kind"]
        self._ask_which(self._alike())

    def week(self) -> list[DayRow]:
        """Return the half-days as rows of a week."""
        boxes, size = list(self["half_days"]), len(PARTS)
        return [
            DayRow(word, boxes[at * size : (at + 1) * size])
            for at, word in enumerate(DAYS.values())
        ]

    def parts(self) -> list[Words]:
        """Return the names of the parts of a day, above the week."""
        return list(PARTS.values())

    def keep(self, *, pseudonym_id: int) -> uuid.UUID | None:
        """Hand in the place and return its key; None after saying in the form what is wrong."""
        try:
            return enter_found_place(self.viewer, pseudonym_id=pseudonym_id, place=self._new())
        except OrganisationKnownError as error:
            self._ask_which(error.choices)
            self.add_error("meant", str(error))
        except ActionRefusedError as error:
            self.add_error(None, str(error))
        return None

    def _new(self) -> NewFoundPlace:
        given = self.cleaned_data
        meant = given.get("meant", "")
        same = ("title", "kind", "starts_on", "organisation", "description", "street")
        contact = ("contact_name", "contact_phone", "contact_email", "postal_code")
        optional = ("found_by", "organisation_kind")
        return NewFoundPlace(
            half_days=half_days.from_codes(given["half_days"]),
            district_id=given["district"],
            organisation_id=int(meant) if meant.isdecimal() else None,
            is_another=meant == ANOTHER,
            **{name: given[name] for name in (*same, *contact)},
            **{name: given[name] for name in optional if name in given},
        )

    def _alike(self) -> Sequence[OrganisationChoice]:
        """Return the organisations that may be meant by what was typed, but for the same name."""
        name = self.data.get("organisation", "").strip()
        found = organisations_alike(self.viewer, name=name) if name else []
        return [one for one in found if not same_name(one.name, name)]

    def _ask_which(self, choices: Sequence[OrganisationChoice]) -> None:
        """Ask which organisation is meant; without choices that is no question."""
        field, self.asks_which = self.fields["meant"], bool(choices)
        field.required = self.asks_which
        # What was chosen for another name that was typed before counts no more.
        field.disabled = not self.asks_which
        field.error_messages["required"] = str(OrganisationKnownError(choices))
        self._offer(
            "meant",
            [
                *((str(one.organisation_id), one.name) for one in choices),
                (ANOTHER, _("Nee, dit is een andere organisatie")),
            ],
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, Words]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
