"""What the sender does with a referral that was written: throw it away, take it back, or stop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.course import TAKEN_BACK_BY_HAND, revoke, stop_as_sender
from meedoen.records.referrals.drafts import discard_draft
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.stepping import LONGEST_WORDS
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_ACCEPTOR, outcomes_when_stopped
from meedoen.rules.vocabulary import ReferralAbout, ReferralOutcome, ReferralState, RevokeReason
from meedoen.web.shared.choices import choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.referral_words import REFERRAL_OUTCOMES, REVOKE_REASONS
from meedoen.web.shared.words import Words

DISCARD = "discard"
BACK = frozenset({ReferralState.DECLINED, ReferralState.HANDED_BACK})
"""It came back: the sender asks somebody else, or stops."""


class _EndForm(forms.Form):
    """Why it ends, and words that stay with it: receivers are only told that it is over."""

    use_required_attribute = False

    PART: ClassVar[str]

    words = forms.CharField(
        label=gettext_lazy("Wilt u er iets bij zeggen?"),
        help_text=gettext_lazy("De afzender en de inwoner lezen dit. Schrijf niets over ziekte."),
        max_length=LONGEST_WORDS,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, card: ReferralCard) -> None:
        """Take the referral."""
        super().__init__(data, prefix=self.PART)
        self.card = card
        if card.about is ReferralAbout.QUESTION:
            self.fields["words"].help_text = _("De afzender leest dit.")


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


class DiscardForm(forms.Form):
    """Nothing to fill in: the button says it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be done now: how it is called, its form and button, and what it does."""

    name: str
    heading: Words
    explanation: Words
    button: Words
    done: Words
    form: forms.Form
    act: Callable[[dict[str, Any]], object]
    danger: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the form was sent and something is wrong."""
        return bool(self.form.errors)


def course_parts(viewer: Viewer, card: ReferralCard, sent: Any, *, may_end: bool) -> list[Part]:
    """Return how the viewer can end a referral now, with the form that was sent filled in.

    `may_end` says that the viewer may take it back or stop it; only its sender throws a draft away.
    """
    part = sent.get("part", "") if sent is not None else ""
    data = {part: sent}
    parts = []
    if card.state is ReferralState.DRAFT and card.is_sender:
        parts.append(_discard_part(viewer, card, data.get(DISCARD)))
    if card.state in AWAITS_ANSWER and may_end:
        parts.append(_revoke_part(viewer, card, data.get(RevokeForm.PART)))
    # Of what became a placement the end of that is the end.
    if card.state in WITH_ACCEPTOR | BACK and may_end and card.placement_key is None:
        parts.append(_stop_part(viewer, card, data.get(StopForm.PART)))
    return parts


def do_part(parts: list[Part]) -> Part | None:
    """Do what was sent and return that part; None when nothing was, or something is wrong.

    What is wrong stands in the form that was sent.
    """
    chosen = next((one for one in parts if one.form.is_bound), None)
    if chosen is None or not chosen.form.is_valid():
        return None
    try:
        chosen.act(chosen.form.cleaned_data)
    except ActionRefusedError as error:
        chosen.form.add_error(None, str(error))
        return None
    return chosen


def _discard_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=DISCARD,
        heading=_("Weggooien"),
        explanation=_("Niemand heeft deze verwijzing gekregen. Wat u opschreef, wordt gewist."),
        button=_("Verwijzing weggooien"),
        done=_("De verwijzing is weggegooid. Niemand heeft die gekregen."),
        form=DiscardForm(data),
        act=lambda _given: discard_draft(viewer, key=card.key),
        danger=True,
    )


def _revoke_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=RevokeForm.PART,
        heading=_("Terugnemen"),
        explanation=_("De ontvangers lezen dat zij niet meer hoeven te antwoorden."),
        button=_("Verwijzing terugnemen"),
        done=_("De verwijzing is teruggenomen. De ontvangers hoeven niet meer te antwoorden."),
        form=RevokeForm(data, card=card),
        act=lambda given: revoke(
            viewer, key=card.key, reason=given["reason"], words=given["words"]
        ),
    )


def _stop_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=StopForm.PART,
        heading=_("Stoppen"),
        explanation=_("Overleg eerst met wie ja zei. Die leest dat het stopt.")
        if card.acceptor
        else _("Vraagt u niemand anders meer? Schrijf dan op hoe het afliep."),
        button=_("Verwijzing stoppen"),
        done=_("De verwijzing is gestopt. Hoe het afliep, staat erbij."),
        form=StopForm(data, card=card),
        act=lambda given: stop_as_sender(
            viewer, key=card.key, outcome=given["outcome"], words=given["words"]
        ),
    )
