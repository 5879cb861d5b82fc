"""What a receiver can answer to a referral: small forms, the same for every kind of receiver.

A page shows `answers_for` a received referral and lets `keep_answer` do what was sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals import answers, course
from meedoen.records.referrals.course import GIVEN_BACK_BY_HAND
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.queries import ReceivedCard
from meedoen.records.referrals.receivers import NamedReceiver
from meedoen.records.referrals.stepping import LONGEST_WORDS
from meedoen.rules.referrals.states import (
    decline_reasons,
    outcomes_when_done,
    outcomes_when_stopped,
)
from meedoen.rules.vocabulary import (
    DeclineReason,
    HandBackReason,
    ReferralAbout,
    ReferralOutcome,
    ReferralState,
)
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.referral_words import (
    DECLINE_REASONS,
    HAND_BACK_REASONS,
    REFERRAL_OUTCOMES,
    receiver_name,
)
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PART = "part"
"""The name of the hidden field that says which of the forms was sent."""


class WordsField(forms.CharField):
    """Optional words for the sender."""

    def __init__(self, *, help_text: "_StrPromise") -> None:
        """Take what to write here."""
        super().__init__(
            label=gettext_lazy("Wilt u er iets bij zeggen?"),
            help_text=help_text,
            max_length=LONGEST_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class AnswerForm(forms.Form):
    """One answer of a receiver. A `part` says which one it is, and `act` gives it."""

    use_required_attribute = False

    NAME: ClassVar[str]

    part = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, card: ReceivedCard, receivers: Sequence[NamedReceiver] = ()
    ) -> None:
        """Take the referral that is answered, and to whom it may be sent on."""
        super().__init__(data, prefix=self.NAME, initial={"part": self.NAME})
        # The name is the same in each of the forms on a page, its id is not.
        self.fields[PART].widget.attrs["id"] = f"id_{self.NAME}-{PART}"
        self.card = card
        self.offer(receivers)

    def add_prefix(self, field_name: str) -> str:
        """Return the name of a field; which form was sent is called the same in each of them."""
        return field_name if field_name == PART else super().add_prefix(field_name)

    def offer(self, _receivers: Sequence[NamedReceiver]) -> None:
        """Set what there is to choose from."""

    def act(self, viewer: Viewer) -> None:
        """Give the answer; the form has been checked. Raises ActionRefusedError."""
        raise NotImplementedError


class AcceptForm(AnswerForm):
    """Yes."""

    NAME = "accept"

    words = WordsField(help_text=gettext_lazy("Zoals: kom dinsdag om tien uur kennismaken."))

    def act(self, viewer: Viewer) -> None:
        """Say yes."""
        answers.accept(viewer, key=self.card.key, words=self.cleaned_data["words"])


class DeclineForm(AnswerForm):
    """No, and why."""

    NAME = "decline"

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Waarom kan het niet?"),
        coerce=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom het niet kan.")},
    )
    full_until = forms.DateField(
        label=gettext_lazy("Vanaf welke dag is er weer plaats?"),
        help_text=gettext_lazy("Alleen nodig als er nu geen plaats is."),
        required=False,
        widget=DayInput,
        error_messages={"invalid": gettext_lazy("Vul een dag in die bestaat, zoals 31-12-2027.")},
    )
    words = WordsField(help_text=gettext_lazy("Zoals: probeer het bij het buurthuis."))

    def offer(self, _receivers: Sequence[NamedReceiver]) -> None:
        """Offer the reasons that fit."""
        fitting = decline_reasons(self.card.about, knows_who=not self.card.names_after_yes)
        self.fields["reason"].choices = choices(DECLINE_REASONS, fitting)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a day with "full"."""
        given: dict[str, Any] = super().clean() or {}
        full = given.get("reason") is DeclineReason.FULL
        if full and "full_until" in given and given["full_until"] is None:
            self.add_error(
                "full_until", ValidationError(_("Vul in vanaf welke dag u weer plaats heeft."))
            )
        return given

    def act(self, viewer: Viewer) -> None:
        """Say no."""
        given = self.cleaned_data
        answers.decline(
            viewer,
            key=self.card.key,
            reason=given["reason"],
            full_until=given["full_until"] if given["reason"] is DeclineReason.FULL else None,
            words=given["words"],
        )


class ForwardForm(AnswerForm):
    """Somebody else can do this better."""

    NAME = "forward"

    to = forms.ChoiceField(
        label=gettext_lazy("Naar wie?"),
        error_messages={
            "required": gettext_lazy("Kies naar wie u het doorstuurt."),
            "invalid_choice": gettext_lazy("Kies iemand uit de lijst."),
        },
    )
    told = forms.BooleanField(
        label=gettext_lazy("Ik heb dit met de inwoner besproken, en de inwoner vindt het goed"),
        required=False,
    )
    words = WordsField(help_text=gettext_lazy("Waarom u het doorstuurt. De afzender leest dit."))

    def offer(self, receivers: Sequence[NamedReceiver]) -> None:
        """Offer the receivers."""
        self.fields["to"].choices = [CHOOSE, *receiver_choices(receivers)]  # type: ignore[attr-defined]
        if self.card.about is ReferralAbout.QUESTION:
            del self.fields["told"]

    def act(self, viewer: Viewer) -> None:
        """Send it on."""
        given = self.cleaned_data
        answers.forward(
            viewer,
            key=self.card.key,
            to=receiver_from(given["to"]),
            told=given.get("told", False),
            words=given["words"],
        )


class DayField(forms.DateField):
    """The day on which something was; the action says when it cannot be."""

    widget = DayInput

    def __init__(self, *, label: "_StrPromise") -> None:
        """Take the label of the field."""
        super().__init__(label=label, initial=clock.today)
        self.error_messages["required"] = gettext_lazy("Vul de dag in.")
        self.error_messages["invalid"] = gettext_lazy(
            "Vul een dag in die bestaat, zoals 31-12-2025."
        )


class StartForm(AnswerForm):
    """It began."""

    NAME = "start"

    on = DayField(label=gettext_lazy("Op welke dag begon het?"))
    words = WordsField(help_text=gettext_lazy("Zoals: komt elke dinsdag."))

    def act(self, viewer: Viewer) -> None:
        """Tell that it began."""
        given = self.cleaned_data
        course.start(viewer, key=self.card.key, on=given["on"], words=given["words"])


class OutcomeForm(AnswerForm):
    """What came of it."""

    NAME = "outcome"

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Wat kwam ervan?"),
        coerce=ReferralOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat ervan kwam.")},
    )
    on = DayField(label=gettext_lazy("Op welke dag?"))
    words = WordsField(
        help_text=gettext_lazy("De afzender en de inwoner lezen dit. Schrijf niets over ziekte.")
    )

    def offer(self, _receivers: Sequence[NamedReceiver]) -> None:
        """Offer what can have become of it, what went well first."""
        fitting = (
            *outcomes_when_done(self.card.about),
            *outcomes_when_stopped(self.card.about, by_sender=False),
        )
        self.fields["outcome"].choices = choices(REFERRAL_OUTCOMES, fitting)  # type: ignore[attr-defined]

    def act(self, viewer: Viewer) -> None:
        """Tell what came of it."""
        given = self.cleaned_data
        done = given["outcome"] in outcomes_when_done(self.card.about)
        close = course.finish if done else course.stop
        close(
            viewer,
            key=self.card.key,
            on=given["on"],
            outcome=given["outcome"],
            words=given["words"],
        )


class HandBackForm(AnswerForm):
    """After a yes it turns out that it cannot be done."""

    NAME = "hand_back"

    reason = forms.TypedChoiceField(
        label=gettext_lazy("Waarom geeft u het terug?"),
        choices=lambda: choices(HAND_BACK_REASONS, GIVEN_BACK_BY_HAND),
        coerce=HandBackReason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies waarom u de verwijzing teruggeeft.")},
    )
    words = WordsField(help_text=gettext_lazy("De afzender leest dit."))

    def act(self, viewer: Viewer) -> None:
        """Give it back."""
        given = self.cleaned_data
        course.hand_back(viewer, key=self.card.key, reason=given["reason"], words=given["words"])


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as a page shows it: how it is called, its button, and its form."""

    name: str
    heading: Words
    button: Words
    done: Words
    form: AnswerForm

    @property
    def is_open(self) -> bool:
        """Say whether the form was sent and something is wrong."""
        return bool(self.form.errors)


@dataclass(frozen=True, slots=True)
class _Kind:
    make: Callable[..., AnswerForm]
    heading: Words
    button: Words
    done: Words


_KINDS: Mapping[str, _Kind] = {
    AcceptForm.NAME: _Kind(
        AcceptForm,
        gettext_lazy("Ja, dit kan"),
        gettext_lazy("Ja zeggen"),
        gettext_lazy("Het ja is genoteerd. De afzender kan het lezen."),
    ),
    DeclineForm.NAME: _Kind(
        DeclineForm,
        gettext_lazy("Nee, dit kan niet"),
        gettext_lazy("Nee zeggen"),
        gettext_lazy("Het nee is genoteerd. De afzender zoekt verder."),
    ),
    StartForm.NAME: _Kind(
        StartForm,
        gettext_lazy("Het is begonnen"),
        gettext_lazy("Noteren dat het begon"),
        gettext_lazy("Genoteerd dat het begon. De afzender kan het lezen."),
    ),
    OutcomeForm.NAME: _Kind(
        OutcomeForm,
        gettext_lazy("Vertellen wat ervan kwam"),
        gettext_lazy("Afsluiten"),
        gettext_lazy("Het is afgesloten. De afzender leest wat ervan kwam."),
    ),
    ForwardForm.NAME: _Kind(
        ForwardForm,
        gettext_lazy("Een ander kan dit beter"),
        gettext_lazy("Doorsturen"),
        gettext_lazy("Het is doorgestuurd. De afzender ziet naar wie."),
    ),
    HandBackForm.NAME: _Kind(
        HandBackForm,
        gettext_lazy("Het lukt toch niet"),
        gettext_lazy("Teruggeven"),
        gettext_lazy("De verwijzing is terug bij de afzender."),
    ),
}


def answers_for(
    card: ReceivedCard,
    *,
    receivers: Sequence[NamedReceiver],
    sent: Mapping[str, Any] | None = None,
) -> list[Answer]:
    """Return the answers that are possible now, each with its form; empty when it is over.

    `receivers` are those to whom it may be sent on, `sent` is what a page received.
    """
    part = sent.get(PART, "") if sent is not None else ""
    return [
        Answer(
            name=name,
            heading=kind.heading,
            button=kind.button,
            done=kind.done,
            form=kind.make(sent if name == part else None, card=card, receivers=receivers),
        )
        for name, kind in _KINDS.items()
        if name in _possible(card, can_forward=bool(receivers))
    ]


def keep_answer(viewer: Viewer, shown: Sequence[Answer]) -> Answer | None:
    """Do what was sent and return that answer; None when nothing was, or something is wrong.

    What is wrong stands in the form that was sent.
    """
    sent = next((one for one in shown if one.form.is_bound), None)
    if sent is None or not sent.form.is_valid():
        return None
    try:
        sent.form.act(viewer)
    except ActionRefusedError as error:
        sent.form.add_error(None, str(error))
        return None
    return sent


def receiver_choices(receivers: Sequence[NamedReceiver]) -> list[tuple[str, str]]:
    """Return receivers as the choices of a field; see `receiver_from`."""
    return [
        (receiver_value(one.receiver), receiver_name(one.organisation, one.team))
        for one in receivers
    ]


def receiver_value(receiver: Receiver) -> str:
    """Return a receiver as the value of a choice: its organisation, team and place."""
    parts = (receiver.organisation_id, receiver.team_id, receiver.place_id)
    return "-".join(str(part or "") for part in parts)


def receiver_from(value: str) -> Receiver:
    """Return the receiver that a choice stands for; the value was checked as a choice."""
    organisation, team, place = (int(part) if part else None for part in value.split("-"))
    return Receiver(organisation_id=organisation, team_id=team, place_id=place)


def _possible(card: ReceivedCard, *, can_forward: bool) -> set[str]:
    if card.is_open:
        names = {AcceptForm.NAME, DeclineForm.NAME}
    elif card.runs:
        began = card.referral_state is ReferralState.STARTED
        names = {OutcomeForm.NAME} if began else {StartForm.NAME, OutcomeForm.NAME}
        if not began:
            names.add(HandBackForm.NAME)
    else:
        return set()
    if card.may_be_forwarded and can_forward:
        names.add(ForwardForm.NAME)
    return names
