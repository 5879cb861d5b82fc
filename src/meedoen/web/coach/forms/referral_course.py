"""What the sender does with a referral that was written: take back, stop, or make the placement."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.cards import PlaceCard
from meedoen.records.referrals.course import TAKEN_BACK_BY_HAND
from meedoen.records.referrals.lists import SentFilter
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.stepping import LONGEST_WORDS
from meedoen.rules.referrals.states import outcomes_when_stopped
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import ReferralOutcome, RevokeReason, Theme
from meedoen.web.coach.forms.caseload import OWN, TEAM
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.referral_words import REFERRAL_OUTCOMES, REVOKE_REASONS
from meedoen.web.shared.words import THEMES

LIST = "lijst"
"""The name in the address of which list is shown."""


class _EndForm(forms.Form):
    """Why it ends, and words for who was asked."""

    use_required_attribute = False

    PART: ClassVar[str]

    words = forms.CharField(
        label=gettext_lazy("Wilt u er iets bij zeggen?"),
        help_text=gettext_lazy("De ontvanger en de inwoner kunnen dit lezen."),
        max_length=LONGEST_WORDS,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, card: ReferralCard) -> None:
        """Take the referral."""
        super().__init__(data, prefix=self.PART)
        self.card = card


class RevokeForm(_EndForm):
    """Why a referral is taken back before an answer."""

    PART = "revoke"

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Waarom neemt u de verwijzing terug?"),
        choices=lambda: choices(REVOKE_REASONS, TAKEN_BACK_BY_HAND),
        coerce=RevokeReason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom u de verwijzing terugneemt.")},
    )

    field_order = ("reason", "words")


class StopForm(_EndForm):
    """How a referral ended, in the words of the sender."""

    PART = "stop"

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Hoe liep het af?"),
        coerce=ReferralOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe het afliep.")},
    )

    field_order = ("outcome", "words")

    def __init__(self, data: Any = None, *, card: ReferralCard) -> None:
        """Offer the ends that fit what the referral is about."""
        super().__init__(data, card=card)
        fitting = outcomes_when_stopped(card.about, by_sender=True)
        self.fields["outcome"].choices = choices(REFERRAL_OUTCOMES, fitting)  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """At which place of the organisation that said yes; nothing to choose when it is named."""

    use_required_attribute = False

    PART = "place"

    place = forms.TypedChoiceField(
        label=gettext_lazy("Om welke plek gaat het?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Kies om welke plek het gaat.")},
    )

    def __init__(self, data: Any = None, *, places: Sequence[PlaceCard] | None) -> None:
        """Take the places to choose from; None when the referral names one."""
        super().__init__(data, prefix=self.PART)
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                CHOOSE,
                *((str(one.place_id), one.title) for one in places),
            ]


class ReferralsForm(forms.Form):
    """Which referrals a list shows; what is left out gets its usual value."""

    marks_optional = False

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waarvoor"),
        choices=lambda: [("", _("Alles")), *choices(THEMES, REFERRED_FOR)],
        coerce=Theme,
        empty_value=None,
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Van wie"),
        choices=[
            (TEAM, gettext_lazy("Het hele team")),
            (OWN, gettext_lazy("Wat ik zelf schreef")),
        ],
    )

    def __init__(self, given: Mapping[str, str], *, viewer: Viewer) -> None:
        """Take what the address says, and the usual values for the rest."""
        usual = {"whose": TEAM if viewer.role == Role.TEAM_LEAD else OWN}
        super().__init__(usual | dict(given))

    def wanted(self, show: str) -> SentFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        return SentFilter(show=show, theme=given.get("theme"), own_only=given.get("whose") == OWN)
