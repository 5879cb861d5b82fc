"""Writing a referral at an organisation: as elsewhere, with what only it can fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.queries import DistrictCard
from meedoen.records.referrals.drafts import LONGEST_NAME, LONGEST_PHONE
from meedoen.records.referrals.queries import ReferralCard
from meedoen.rules.referrals.shared import FieldSet
from meedoen.rules.vocabulary import ReferralAbout, Shared
from meedoen.web.shared.referral_forms import QuestionForm, ToldForm, box_name

NAME_BOX = box_name(Shared.NAME_AND_PHONE)


class NameField(forms.CharField):
    """How somebody is called."""

    def __init__(self, *, required: bool) -> None:
        """Say whether it must be filled in."""
        super().__init__(
            label=_("Naam van deze persoon"),
            max_length=LONGEST_NAME,
            required=required,
            error_messages={"required": _("Vul in hoe deze persoon heet.")},
        )


class PhoneField(forms.CharField):
    """Under which number somebody can be called."""

    def __init__(self) -> None:
        """Leave it to who fills it in."""
        super().__init__(
            label=_("Telefoonnummer"),
            max_length=LONGEST_PHONE,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel"}),
        )


class NewPersonForm(QuestionForm):
    """The first step for somebody whom the municipality may not know: also who it is."""

    name = NameField(required=True)
    phone = PhoneField()

    field_order = ("name", "phone", "theme", "urgency", "asked", "district", "key")

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any], districts: Sequence[DistrictCard]
    ) -> None:
        """Take what stands there already, and the districts to choose from."""
        super().__init__(data, initial=initial, districts=districts)


class OwnToldForm(ToldForm):
    """What receivers are told, typed by the organisation; the name too.

    `begin_name` and `begin_phone` are what the organisation may know already.
    """

    name = NameField(required=False)
    phone = PhoneField()

    def __init__(
        self,
        data: Any = None,
        *,
        allowed: FieldSet,
        begin: Mapping[Shared, str],
        begin_name: str,
        begin_phone: str,
        card: ReferralCard,
    ) -> None:
        """Take what may be told, the texts to begin from, and what stands there."""
        super().__init__(data, allowed=allowed, begin=begin, card=card)
        told = card.told
        self.initial["name"] = told.name if told and told.name else begin_name
        self.initial["phone"] = told.phone if told and told.name else begin_phone
        self.fields["ground"].help_text = _(
            "Doet u dit werk voor de gemeente? Dan is gewoon: taak van algemeen belang. Doet u dat "
            "niet? Dan heeft u meestal toestemming nodig."
        )
        if card.about is ReferralAbout.NEW_PERSON:
            # Without a name nobody knows whom it is about; it can still wait for a yes.
            self.fields[NAME_BOX].disabled = True
            self.initial[NAME_BOX] = True

    def clean(self) -> dict[str, Any]:
        """Ask for a name when it is told."""
        given = super().clean()
        if given.get(NAME_BOX) and "name" in given and not given["name"].strip():
            self.add_error("name", _("Vul in hoe deze persoon heet, of vink de naam uit."))
        return given
