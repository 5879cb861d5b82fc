"""What coaches and partners fill in about an organisation, its contacts and its locations."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.directory import checks
from meedoen.records.directory.cards import ContactCard, LocationCard
from meedoen.records.directory.new import ContactDetails, LocationDetails
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import DistrictCard
from meedoen.rules.vocabulary import Accessibility, ContactRole
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.place_form import DayField
from meedoen.web.shared.place_words import ACCESSIBILITIES, CONTACT_ROLES


class SeenField(forms.IntegerField):
    """The number of the newest change that was on the screen."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        """Be left out for something new."""
        super().__init__(required=False)


class DescriptionField(forms.CharField):
    """What an organisation does, in its own words."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self) -> None:
        """Be as long as is kept."""
        super().__init__(
            label=_("Wat doet de organisatie?"),
            max_length=checks.LONGEST_DESCRIPTION,
            required=False,
        )


class WebsiteField(forms.CharField):
    """Where an organisation is on the web."""

    def __init__(self) -> None:
        """Be as long as is kept."""
        super().__init__(
            label=_("Website"),
            help_text=_("Zoals https://www.voorbeeld.nl."),
            max_length=checks.LONGEST_WEBSITE,
            required=False,
        )


class ContactForm(forms.Form):
    """Somebody to ask, or a shared address."""

    use_required_attribute = False

    role = forms.TypedChoiceField(
        label=_("Waarvoor is deze contactpersoon?"),
        choices=lambda: choices(CONTACT_ROLES),
        coerce=ContactRole,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarvoor deze contactpersoon is.")},
    )
    name = forms.CharField(
        label=_("Naam"),
        help_text=_("Leeg bij een adres voor iedereen."),
        max_length=checks.LONGEST_PERSON,
        required=False,
    )
    email = forms.CharField(label=_("E-mail"), max_length=checks.LONGEST_EMAIL, required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=checks.LONGEST_PHONE, required=False)
    starts_on = DayField(label=_("Sinds welke dag?"))
    seen = SeenField()

    def details(self, organisation_id: int) -> ContactDetails:
        """Return the contact as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return ContactDetails(
            organisation_id=organisation_id,
            **{name: given[name] for name in self.fields if name != "seen"},
        )


def contact_initial(card: ContactCard | None, *, seen: int = 0) -> dict[str, Any]:
    """Return what the form begins with."""
    if card is None:
        return {"role": ContactRole.COORDINATOR.value, "starts_on": clock.today()}
    return {
        "role": card.role.value,
        "name": card.name,
        "email": card.email,
        "phone": card.phone,
        "starts_on": card.starts_on,
        "seen": seen,
    }


class EndContactForm(forms.Form):
    """From which day on somebody is no contact any more, and who keeps the places then."""

    use_required_attribute = False
    # Somebody else is needed, unless all the places stop before that day.
    marks_optional = False

    last_on = DayField(label=_("Tot en met welke dag is dit nog de contactpersoon?"))
    new_owner = forms.TypedChoiceField(
        label=_("Wie houdt daarna de plekken bij?"),
        help_text=_("Staat die persoon er niet bij? Voeg die eerst toe als contactpersoon."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    seen = SeenField()

    def __init__(
        self, data: Any = None, *, others: Sequence[ContactCard], owns: bool, seen: int
    ) -> None:
        """Take who could keep the places; without places nobody is asked for."""
        super().__init__(data, initial={"seen": seen, "last_on": clock.today()})
        if not owns:
            del self.fields["new_owner"]
            return
        self.fields["new_owner"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((str(one.contact_id), one.name or one.email or one.phone) for one in others),
        ]

    @property
    def ends_on(self) -> date:
        """The first day on which it is no contact any more; never before tomorrow."""
        last_on: date = self.cleaned_data["last_on"]
        return last_on + timedelta(days=1)


class LocationForm(forms.Form):
    """Where an organisation has places."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Hoe heet de locatie?"),
        help_text=_("Zoals: Buurthuis De Ontmoeting."),
        max_length=checks.LONGEST_LOCATION,
        error_messages={"required": _("Geef de locatie een naam.")},
    )
    district = forms.TypedChoiceField(
        label=_("Wijk"),
        coerce=int,
        error_messages={"required": _("Kies in welke wijk de locatie ligt.")},
    )
    street = forms.CharField(label=_("Straat"), max_length=checks.LONGEST_STREET, required=False)
    house_number = forms.CharField(
        label=_("Huisnummer"), max_length=checks.LONGEST_NUMBER, required=False
    )
    postal_code = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    town = forms.CharField(label=_("Plaats"), max_length=checks.LONGEST_TOWN, required=False)
    accessibility = forms.TypedMultipleChoiceField(
        label=_("Toegankelijkheid"),
        choices=lambda: choices(ACCESSIBILITIES),
        coerce=Accessibility,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    accessibility_note = forms.CharField(
        label=_("Wat moet iemand nog weten om binnen te komen?"),
        max_length=checks.LONGEST_NOTE,
        required=False,
    )
    bag_id = forms.CharField(
        label=_("BAG-nummer van het adres"),
        help_text=_("16 cijfers, te vinden op bagviewer.kadaster.nl."),
        max_length=20,
        required=False,
    )
    latitude = forms.FloatField(
        label=_("Breedte op de kaart"),
        help_text=_("In graden, zoals 53,2194. Leeg: dan telt het midden van de wijk."),
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een getal in, zoals 53,2194.")},
    )
    longitude = forms.FloatField(
        label=_("Lengte op de kaart"),
        help_text=_("In graden, zoals 6,5665."),
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een getal in, zoals 6,5665.")},
    )
    seen = SeenField()

    def __init__(
        self,
        data: Any = None,
        *,
        districts: Sequence[DistrictCard],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Take the districts there are, and what the form begins with."""
        super().__init__(data, initial=dict(initial or {}))
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((str(card.district_id), card.name) for card in districts),
        ]

    def details(self, organisation_id: int) -> LocationDetails:
        """Return the location as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        same = ("name", "street", "house_number", "postal_code", "town", "bag_id")
        return LocationDetails(
            organisation_id=organisation_id,
            district_id=given["district"],
            latitude=given["latitude"],
            longitude=given["longitude"],
            accessibility=frozenset(given["accessibility"]),
            accessibility_note=given["accessibility_note"],
            **{name: given[name] for name in same},
        )


def location_initial(card: LocationCard, *, seen: int) -> dict[str, Any]:
    """Return what the form for a change begins with."""
    same = ("name", "street", "house_number", "postal_code", "town", "bag_id")
    return {
        **{name: getattr(card, name) for name in same},
        "latitude": card.latitude,
        "longitude": card.longitude,
        "accessibility_note": card.accessibility_note,
        "district": card.district_id,
        "accessibility": [one.value for one in card.accessibility],
        "seen": seen,
    }


class CloseForm(forms.Form):
    """On which last day a location is there; one that was to close may stay open after all."""

    use_required_attribute = False

    last_on = DayField(label=_("Tot en met welke dag is de locatie open?"))
    seen = SeenField()

    def __init__(self, data: Any = None, *, closed_on: date | None, seen: int) -> None:
        """Begin with the last day that was said before, if any, else today."""
        last_on = closed_on - timedelta(days=1) if closed_on else clock.today()
        super().__init__(data, initial={"seen": seen, "last_on": last_on})
        if closed_on is not None:
            self.fields["last_on"].required = False
            self.fields["last_on"].help_text = gettext("Leeg: de locatie blijft toch open.")

    @property
    def closed_on(self) -> date | None:
        """The first day on which it is there no more; None when it stays open."""
        last_on: date | None = self.cleaned_data["last_on"]
        return None if last_on is None else last_on + timedelta(days=1)
