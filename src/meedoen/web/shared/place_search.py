"""The search box of "Meedoen in de buurt", with the filters that stand in the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.places.public_queries import PublicArea
from meedoen.records.places.wanted import PlaceFilter, PlaceOrder
from meedoen.rules.half_days import CODES, from_codes
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.shared.place_words import LEVELS_SPOKEN
from meedoen.web.shared.reasons import interest_name, interests
from meedoen.web.shared.words import DAYS, PARTS, PLACE_KINDS

KILOMETRES = (1, 2, 5, 10, 20)
FIRST_FIELDS = frozenset({"words", "kind", "district"})
"""What everyone sees at once; the other choices can be opened."""


class PlaceSearchForm(forms.Form):
    """What somebody looks for; what is left out, or cannot be used, counts as not given."""

    marks_optional = False

    words = forms.CharField(
        label=_("Wat wilt u doen?"),
        max_length=100,
        required=False,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Soort plek"), required=False)
    district = forms.ChoiceField(label=_("Wijk"), required=False)
    day = forms.ChoiceField(
        label=_("Dag"), choices=[("", _("Alle dagen")), *DAYS.items()], required=False
    )
    part = forms.ChoiceField(
        label=_("Deel van de dag"),
        choices=[("", _("De hele dag")), *PARTS.items()],
        required=False,
    )
    interest = forms.ChoiceField(label=_("Wat u leuk vindt"), required=False)
    language = forms.TypedChoiceField(
        label=_("Hoe goed spreekt u Nederlands?"),
        choices=[
            ("", _("Maakt niet uit")),
            *((str(level.value), words) for level, words in LEVELS_SPOKEN.items()),
        ],
        coerce=lambda value: LanguageLevel(int(value)),
        empty_value=None,
        required=False,
    )
    near = forms.CharField(
        label=_("Uw postcode"),
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    within = forms.TypedChoiceField(
        label=_("Hoe ver weg?"),
        choices=[
            ("", _("Maakt niet uit")),
            *((str(km), _("hoogstens %(km)s km") % {"km": km}) for km in KILOMETRES),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            (PlaceOrder.BEST.value, _("Past het best")),
            (PlaceOrder.NEAREST.value, _("Dichtbij eerst")),
            (PlaceOrder.TITLE.value, _("Op naam")),
        ],
        required=False,
    )
    free = forms.BooleanField(label=_("Alleen waar nu plek is"), required=False)

    def __init__(self, given: Mapping[str, str], *, area: PublicArea) -> None:
        """Take what the address says, and the choices of this municipality."""
        super().__init__({"order": PlaceOrder.BEST.value} | dict(given))
        self.area = area
        choices: dict[str, list[tuple[str, object]]] = {
            "kind": [
                ("", _("Alle soorten")),
                *((one.value, PLACE_KINDS[one]) for one in PlaceKind),
            ],
            "district": [("", _("Alle wijken")), *((one.code, one.name) for one in area.districts)],
            "interest": [
                ("", _("Maakt niet uit")),
                *((code, interest_name(code)) for code in interests()),
            ],
        }
        for field, values in choices.items():
            self.fields[field].choices = values  # type: ignore[attr-defined]

    @property
    def asks_more(self) -> bool:
        """Return whether one of the choices that can be opened was made, or is wrong."""
        closed = [field for field in self if field.name not in FIRST_FIELDS]
        return any(
            field.errors or (field.name != "order" and field.value() not in {None, "", False})
            for field in closed
        )

    def first_fields(self) -> list[forms.BoundField]:
        """Return the choices that everyone sees at once, after the search box."""
        return [self["kind"], self["district"]]

    def more_fields(self) -> list[forms.BoundField]:
        """Return the choices that can be opened."""
        return [field for field in self if field.name not in FIRST_FIELDS]

    def wanted(self) -> PlaceFilter:
        """Return what to look for.

        How far away counts from the postcode; without one from the middle of the district.
        """
        self.is_valid()
        given = self.cleaned_data
        district, within = given.get("district", ""), given.get("within")
        near = given.get("near", "").strip()
        from_district = bool(district and within and not near)
        return PlaceFilter(
            words=given.get("words", ""),
            kinds=frozenset({PlaceKind(given["kind"])} if given.get("kind") else ()),
            district_id=None if from_district else self._district_id(district),
            half_days=_half_days(given.get("day", ""), given.get("part", "")),
            interests=frozenset({given["interest"]} if given.get("interest") else ()),
            language_level=given.get("language"),
            free_only=given.get("free", False),
            near=district if from_district else near,
            within_km=within,
            order=PlaceOrder(given.get("order") or PlaceOrder.BEST),
        )

    def _district_id(self, code: str) -> int | None:
        return next((one.district_id for one in self.area.districts if one.code == code), None)


def _half_days(day: str, part: str) -> int:
    """Return the mask of a day, a part of the day, or both; nothing chosen is no filter."""
    if not day and not part:
        return 0
    return from_codes(
        code
        for code in CODES
        if (not day or code.startswith(f"{day}_")) and (not part or code.endswith(f"_{part}"))
    )
