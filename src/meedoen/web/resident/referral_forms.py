"""What a resident fills in to ask for help, and to withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.referrals.drafts import LONGEST_ASKED, Receiver, Told
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.stepping import LONGEST_WORDS
from meedoen.rules.referrals.shared import FieldSet, field_set_on
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import LegalGround, ReferralState, Shared, Theme
from meedoen.web.resident.referral_words import SHARED_ABOUT_YOU
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.referral_forms import ReceiversForm, ToldForm, box_name
from meedoen.web.shared.words import THEMES

NOT_ASKED = (
    "explanation",
    "legal_task",
    "ground",
    "free_choice",
    "told_how",
    "told_on",
    "agreed_how",
    "agreed_on",
)
"""Who asks for themself knows what is told, and wants it: the software fills these in."""


class OwnQuestionForm(forms.Form):
    """For what, and what is asked."""

    use_required_attribute = False

    theme = forms.TypedChoiceField(
        label=gettext_lazy("Waarbij wilt u hulp?"),
        choices=lambda: [CHOOSE, *choices(THEMES, REFERRED_FOR)],
        coerce=Theme,
        error_messages={"required": gettext_lazy("Kies waarbij u hulp wilt.")},
    )
    asked = forms.CharField(
        label=gettext_lazy("Wat wilt u vragen?"),
        help_text=gettext_lazy(
            "In uw eigen woorden. Zoals: ik wil graag twee ochtenden in de week met planten "
            "werken. Schrijf niets over ziekte en geen burgerservicenummer."
        ),
        max_length=LONGEST_ASKED,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf op wat u wilt vragen.")},
    )
    # Made with the page: sent twice, it is still one question.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any], written: ReferralCard | None = None
    ) -> None:
        """Take what stands there already; `written` is the referral as it stands."""
        super().__init__(data, initial=dict(initial))
        if written is not None and written.state is not ReferralState.DRAFT:
            # What receivers were asked about stays what it was about.
            self.fields["theme"].disabled = True


class OwnReceiversForm(ReceiversForm):
    """Whom the resident asks."""

    def __init__(self, data: Any = None, *, known: Sequence[Receiver], card: ReferralCard) -> None:
        """Say it to the person."""
        super().__init__(data, known=known, card=card)
        self.fields["to"].label = _("Aan wie?")
        self.fields["to"].error_messages["required"] = _("Kies aan wie u het vraagt.")
        self.fields["names_after_yes"].label = _("Vertel pas na een ja wie ik ben")


class OwnToldForm(ToldForm):
    """What the receiver may know, chosen by the person: nothing is ticked beforehand."""

    def __init__(
        self,
        data: Any = None,
        *,
        allowed: FieldSet,
        begin: Mapping[Shared, str],
        card: ReferralCard,
    ) -> None:
        """Take what may be told, and the texts of the own file to begin from."""
        super().__init__(data, allowed=allowed, begin=begin, card=card)
        chosen = card.told.what if card.told is not None else ()
        for name in NOT_ASKED:
            del self.fields[name]
        for word in self.words:
            self.fields[box_name(word)].label = str(SHARED_ABOUT_YOU[word])
            self.initial[box_name(word)] = word in chosen

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing: a receiver must have something to answer about."""
        given = super().clean()
        if not self.errors and not any(given.get(box_name(word)) for word in self.words):
            raise ValidationError(
                _(
                    "Kies ten minste één ding. Zonder uw naam en telefoonnummer kan niemand u "
                    "bellen."
                )
            )
        return given

    def told(self, *, name: str, phone: str) -> Told:
        """Return what is told, on the ground that the person asks it and chose it."""
        self.cleaned_data |= own_ground(self.card.theme)
        return super().told(name=name, phone=phone)


def own_ground(theme: Theme) -> dict[str, Any]:
    """Return why what a resident chose may be told; receivers read it in Dutch."""
    with translation.override("nl"):
        explanation = _("Deze inwoner vraagt dit zelf en koos zelf wat u leest.")
    return {
        "explanation": explanation,
        "legal_task": field_set_on(theme, clock.today()).tasks[0],
        "ground": LegalGround.CONSENT,
        "told_how": None,
        "told_on": None,
    }


class WithdrawForm(forms.Form):
    """That the person does not want this (any more); a reason is not asked."""

    use_required_attribute = False

    words = forms.CharField(
        label=gettext_lazy("Wilt u er iets bij zeggen?"),
        help_text=gettext_lazy("Het hoeft niet. Uw coach en wie dit voor u vroeg, lezen dit."),
        max_length=LONGEST_WORDS,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
