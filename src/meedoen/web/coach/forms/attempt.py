"""An attempt to reach someone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.actions import ATTEMPT_OUTCOMES, NewAttempt
from meedoen.rules.vocabulary import Channel, Outcome
from meedoen.web.coach.forms.fields import PastDayField, choices
from meedoen.web.shared.words import CHANNELS, OUTCOMES


class AttemptForm(forms.Form):
    """When, how, and how it came out."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    made_on = PastDayField(label=_("Dag van de poging"))
    channel = forms.TypedChoiceField(
        label=_("Hoe probeerde u het?"),
        choices=lambda: choices(CHANNELS),
        coerce=Channel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe u het probeerde.")},
    )
    outcome = forms.TypedChoiceField(
        label=_("Hoe liep het af?"),
        choices=lambda: choices(OUTCOMES, (word for word in Outcome if word in ATTEMPT_OUTCOMES)),
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afliep.")},
    )

    def new_attempt(self, pseudonym_id: int) -> NewAttempt:
        """Return the attempt as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewAttempt(
            pseudonym_id=pseudonym_id,
            made_on=given["made_on"],
            channel=given["channel"],
            outcome=given["outcome"],
        )
