"""The line of filters above the directory; it stands in the address of the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.places.organisation_queries import OrganisationFilter
from meedoen.records.places.wanted import Freshness, PlaceFilter, PlaceOrder
from meedoen.rules import half_days
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind
from meedoen.web.shared.choices import choices
from meedoen.web.shared.place_form import DayRow
from meedoen.web.shared.reasons import interest_name, interests
from meedoen.web.shared.words import (
    DAYS,
    HALF_DAYS,
    LANGUAGE_LEVEL_NAMES,
    ORGANISATION_KINDS,
    PARTS,
    PLACE_KINDS,
    Words,
    listed,
)

LONGEST_WORDS = 200
DISTANCES = (1, 2, 3, 5, 10, 20)


class PlacesForm(forms.Form):
    """Which places to show, in which order; what is left out gets its usual value."""

    marks_optional = False

    words = forms.CharField(
        label=_("Plek of organisatie"), max_length=LONGEST_WORDS, required=False
    )
    kind = forms.TypedMultipleChoiceField(
        label=_("Soort plek"),
        choices=lambda: choices(PLACE_KINDS),
        coerce=PlaceKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    district = forms.TypedChoiceField(label=_("Wijk"), coerce=int, empty_value=None, required=False)
    half_days = forms.MultipleChoiceField(
        label=_("Wanneer"),
        choices=lambda: [
            (code, format_html('<span class="meedoen-hidden">{}</span>', word))
            for code, word in HALF_DAYS.items()
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interests = forms.MultipleChoiceField(
        label=_("Wat iemand graag doet"),
        choices=lambda: [(code, interest_name(code)) for code in interests()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.TypedChoiceField(
        label=_("Nederlands van de inwoner"),
        choices=lambda: [("", _("Maakt niet uit")), *choices(LANGUAGE_LEVEL_NAMES)],
        coerce=lambda value: LanguageLevel(int(value)),
        empty_value=None,
        required=False,
    )
    free = forms.BooleanField(label=_("Alleen met vrije plaatsen"), required=False)
    near = forms.CharField(label=_("In de buurt van postcode"), max_length=20, required=False)
    within = forms.TypedChoiceField(
        label=_("Hoe ver"),
        choices=lambda: [
            ("", _("Maakt niet uit")),
            *((str(km), _("{km} km").format(km=km)) for km in DISTANCES),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    freshness = forms.TypedChoiceField(
        label=_("Bijgewerkt"),
        choices=[
            (Freshness.ALL.value, _("Alle plekken")),
            (Freshness.FRESH.value, _("Alleen bijgewerkte plekken")),
            (Freshness.STALE.value, _("Alleen niet bijgewerkte plekken")),
        ],
        coerce=Freshness,
        empty_value=Freshness.ALL,
        required=False,
    )
    order = forms.TypedChoiceField(
        label=_("Volgorde"),
        choices=[
            (PlaceOrder.BEST.value, _("Past het best")),
            (PlaceOrder.NEAREST.value, _("Dichtbij eerst")),
            (PlaceOrder.TITLE.value, _("Naam")),
            (PlaceOrder.CONFIRM_BY.value, _("Langst niet bijgewerkt")),
        ],
        coerce=PlaceOrder,
        empty_value=PlaceOrder.BEST,
        required=False,
    )

    def __init__(self, given: Any, *, districts: Sequence[DistrictCard]) -> None:
        """Take what the address says, and the districts there are."""
        super().__init__(given)
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle wijken")),
            *((str(card.district_id), card.name) for card in districts),
        ]

    def wanted(self) -> PlaceFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given: Mapping[str, Any] = self.cleaned_data
        return PlaceFilter(
            words=given.get("words", ""),
            kinds=frozenset(given.get("kind", ())),
            district_id=given.get("district"),
            half_days=half_days.from_codes(given.get("half_days", ())),
            interests=frozenset(given.get("interests", ())),
            language_level=given.get("language"),
            free_only=given.get("free", False),
            near=given.get("near", ""),
            within_km=given.get("within"),
            freshness=given.get("freshness", Freshness.ALL),
            order=given.get("order", PlaceOrder.BEST),
        )

    def more_is_asked(self) -> bool:
        """Return whether anything is asked that stands behind the fold."""
        behind = ("kind", "half_days", "interests", "language", "near", "within")
        return any(self[name].value() or self[name].errors for name in behind)

    def week(self) -> list[DayRow]:
        """Return the half-days as rows of a week."""
        boxes, size = list(self["half_days"]), len(PARTS)
        return [
            DayRow(word, boxes[at * size : (at + 1) * size])
            for at, word in enumerate(DAYS.values())
        ]

    def chosen_interests(self) -> str:
        """Return the interests that are ticked, as one line."""
        ticked = self["interests"].value() or []
        return listed(interest_name(code) for code in interests() if code in ticked)

    def parts(self) -> list[Words]:
        """Return the names of the parts of a day, above the week."""
        return list(PARTS.values())


class OrganisationsForm(forms.Form):
    """Which organisations to show."""

    marks_optional = False

    words = forms.CharField(label=_("Organisatie"), max_length=LONGEST_WORDS, required=False)
    kind = forms.TypedChoiceField(
        label=_("Soort"),
        choices=lambda: [("", _("Alle soorten")), *choices(ORGANISATION_KINDS)],
        coerce=OrganisationKind,
        empty_value=None,
        required=False,
    )
    left = forms.BooleanField(label=_("Ook wie niet meer meedoet"), required=False)

    def wanted(self) -> OrganisationFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given: Mapping[str, Any] = self.cleaned_data
        return OrganisationFilter(
            words=given.get("words", ""),
            kind=given.get("kind"),
            with_left=given.get("left", False),
        )
