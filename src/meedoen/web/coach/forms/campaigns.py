"""A list of people to invite: which people, and what for."""

import uuid
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.campaign_actions import (
    LONGEST_NAME,
    LONGEST_PURPOSE,
    NewCampaign,
)
from meedoen.records.conversations.campaign_queries import MemberState
from meedoen.records.organisations.queries import DistrictCard
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.coach.outreach_words import MEMBER_STATES

NEVER, EVERYONE = "never", "everyone"


class CampaignForm(forms.Form):
    """A list to begin; `shown_count` is how many people were shown to who makes it."""

    use_required_attribute = False
    marks_optional = False

    name = forms.CharField(
        label=_("Naam van de lijst"),
        help_text=_("Bijvoorbeeld: Kansen in Kaart, voorjaar."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Geef de lijst een naam.")},
    )
    purpose = forms.CharField(
        label=_("Waarvoor nodigt u mensen uit?"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf op waarvoor u mensen uitnodigt.")},
    )
    district = forms.TypedMultipleChoiceField(
        label=_("Uit welke wijken?"),
        help_text=_("Niets aangevinkt betekent: alle wijken."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    spoken = forms.ChoiceField(
        label=_("Wie komen er op de lijst?"),
        choices=[
            (NEVER, _("Alleen wie nog nooit is gesproken")),
            ("3", _("Wie 3 maanden of langer niet is gesproken")),
            ("6", _("Wie 6 maanden of langer niet is gesproken")),
            ("12", _("Wie een jaar of langer niet is gesproken")),
            (EVERYONE, _("Iedereen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie er op de lijst komen.")},
    )
    shown_count = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Made with the page: sent twice, it is still one list.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, given: Mapping[str, str] | None = None, *, districts: Sequence[DistrictCard]
    ) -> None:
        """Take what was sent, and the districts there are."""
        super().__init__(given, initial={"key": uuid.uuid4()})
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            (str(card.district_id), card.name) for card in districts
        ]

    def new_campaign(self) -> NewCampaign:
        """Return the list as it is to be begun; the form has been checked."""
        given = self.cleaned_data
        spoken = given["spoken"]
        return NewCampaign(
            name=given["name"],
            purpose=given["purpose"],
            district_ids=given["district"],
            never_spoken=spoken == NEVER,
            not_spoken_months=int(spoken) if spoken.isdecimal() else None,
            key=given["key"],
        )

    def begin_anew(self) -> None:
        """Let what was filled in be another list, when it is sent again."""
        send_along(self, "key", str(uuid.uuid4()))


class MembersForm(forms.Form):
    """Which people of a list to show; it stands in the address of the page."""

    marks_optional = False

    state = forms.TypedChoiceField(
        label=_("Hoe ver"),
        choices=lambda: [
            ("", _("Iedereen op de lijst")),
            *((state.value, words) for state, words in MEMBER_STATES.items()),
        ],
        coerce=MemberState,
        empty_value=None,
        required=False,
    )

    def state_wanted(self) -> MemberState | None:
        """Return the state to show; a value that cannot be used counts as not given."""
        self.is_valid()
        state: MemberState | None = self.cleaned_data.get("state")
        return state
