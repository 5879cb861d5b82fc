"""What a coach fills in about found places: the filter, the decision, and the check."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meedoen.records.places.displacement_actions import LONGEST_REASON
from meedoen.records.places.displacement_queries import CheckCard
from meedoen.records.places.found_actions import LONGEST_REASON as LONGEST_DECISION
from meedoen.records.places.found_queries import FoundFilter, FoundOrder
from meedoen.records.places.proposed_actions import LONGEST_REASON as LONGEST_REFUSAL
from meedoen.rules.places.displacement import LONGEST_NAME, Answers, Reply, SignedFor
from meedoen.rules.vocabulary import PlaceKind, PlaceStatus
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.shared.choices import choices
from meedoen.web.shared.displacement_words import (
    ADDITIONAL,
    GOES_ON,
    REPLIES,
    SIGNED,
    SIGNED_FOR,
    VACANCY,
    paid_before_question,
)
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.words import PLACE_KINDS

ALL = "all"
YES, NO = "yes", "no"


class FoundFilterForm(forms.Form):
    """Which found places to show, in which order; it stands in the address of the page."""

    marks_optional = False

    words = forms.CharField(label=_("Plek of organisatie"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Stand"),
        choices=[
            (PlaceStatus.PROPOSED.value, _("Te bekijken")),
            (PlaceStatus.LISTED.value, _("Opgenomen")),
            (PlaceStatus.REFUSED.value, _("Niet opgenomen")),
            (ALL, _("Alle")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Soort plek"),
        choices=lambda: [("", _("Alle soorten")), *choices(PLACE_KINDS)],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Volgorde"),
        choices=[
            (FoundOrder.OLDEST.value, _("Langst geleden eerst")),
            (FoundOrder.NEWEST.value, _("Nieuwste eerst")),
            (FoundOrder.TITLE.value, _("Naam van de plek")),
        ],
    )

    def __init__(self, given: Mapping[str, str]) -> None:
        """Take what the address says, and the usual values for the rest."""
        usual = {"status": PlaceStatus.PROPOSED.value, "order": FoundOrder.OLDEST.value}
        super().__init__(usual | dict(given))

    def wanted(self) -> FoundFilter:
        """Return what to ask for; a value that cannot be used counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        status, kind = given.get("status", PlaceStatus.PROPOSED.value), given.get("kind", "")
        return FoundFilter(
            words=given.get("words", ""),
            status=None if status == ALL else PlaceStatus(status),
            kind=PlaceKind(kind) if kind else None,
            order=FoundOrder(given.get("order", FoundOrder.OLDEST.value)),
        )


class VerifyForm(forms.Form):
    """Whether a found place comes into the directory, and why not."""

    use_required_attribute = False
    # What the explanation needs depends on the answer; its help says so.
    marks_optional = False
    reason_missing = _("Schrijf op waarom de plek niet in de lijst komt. De inwoner leest dit.")

    accept = forms.TypedChoiceField(
        label=_("Komt deze plek in de lijst van plekken?"),
        help_text=_("Bel of mail eerst de organisatie: klopt het, en mag de plek in de lijst?"),
        choices=[(YES, _("Ja, de organisatie bevestigt de plek")), (NO, _("Nee"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    reason = forms.CharField(
        label=_("Uitleg"),
        help_text=_("Verplicht bij nee. De inwoner leest dit: schrijf vriendelijk en duidelijk."),
        max_length=LONGEST_DECISION,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an explanation with a no."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("accept") is False and "reason" in given and not given["reason"]:
            self.add_error("reason", self.reason_missing)
        return given


class DecideForm(VerifyForm):
    """Whether a place that an organisation proposes comes into the directory, and why not."""

    reason_missing = _("Schrijf op waarom de plek niet in de lijst komt. De organisatie leest dit.")
    reason = forms.CharField(
        label=_("Uitleg"),
        help_text=_("Verplicht bij nee. De organisatie leest dit."),
        max_length=LONGEST_REFUSAL,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        """Ask it of the organisation's own place: it stands for it already."""
        super().__init__(data)
        self.fields["accept"].help_text = ""
        self.fields["accept"].choices = [(YES, _("Ja")), (NO, _("Nee"))]  # type: ignore[attr-defined]


class ReplyField(forms.TypedChoiceField):
    """A question of the check, with yes, no, and not known. Nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, **more: Any) -> None:
        """Take what any field takes."""
        super().__init__(choices=lambda: choices(REPLIES), coerce=Reply, **more)
        self.error_messages["required"] = _("Kies een antwoord.")


class DisplacementForm(forms.Form):
    """The questions of the check on displacement, as the organisation answers them."""

    use_required_attribute = False

    additional = ReplyField(
        label=ADDITIONAL,
        help_text=_("Zoals iets extra's voor bezoekers. Niet werk dat altijd gedaan moet worden."),
    )
    paid_before = ReplyField()
    vacancy = ReplyField(label=VACANCY)
    goes_on = ReplyField(label=GOES_ON)
    signed_for = forms.TypedChoiceField(
        label=SIGNED,
        choices=lambda: choices(SIGNED_FOR),
        coerce=SignedFor,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie tekent.")},
    )
    signer_name = forms.CharField(
        label=_("Naam van wie tekent"), max_length=LONGEST_NAME, required=False
    )
    signer_function = forms.CharField(
        label=_("Functie van wie tekent"), max_length=LONGEST_NAME, required=False
    )
    reason = forms.CharField(
        label=_("Waarom mag het toch, als het niet duidelijk is?"),
        help_text=_("Nodig als een antwoord onbekend is of nog niemand tekent."),
        max_length=LONGEST_REASON,
        required=False,
        validators=[refuse_diagnosis],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, years_back: int, newest: CheckCard | None) -> None:
        """Take how far the questions look back, and the check that is shown."""
        super().__init__(data, initial={"seen": newest.check_id if newest else 0})
        self.fields["paid_before"].label = paid_before_question(years_back)

    def show(self, newest: CheckCard | None) -> None:
        """Let this be the check that the page shows, when it is sent again."""
        send_along(self, "seen", str(newest.check_id if newest else 0))

    def clean(self) -> dict[str, Any]:
        """Ask who signs, when somebody does."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("signed_for", SignedFor.NOBODY) is not SignedFor.NOBODY:
            for name, sentence in (
                ("signer_name", _("Vul de naam in van wie tekent.")),
                ("signer_function", _("Vul de functie in van wie tekent.")),
            ):
                if name in given and not given[name]:
                    self.add_error(name, ValidationError(sentence))
        return given

    def answers(self) -> Answers:
        """Return what was answered."""
        given = self.cleaned_data
        names = ("additional", "paid_before", "vacancy", "goes_on")
        signer = ("signed_for", "signer_name", "signer_function")
        return Answers(**{name: given[name] for name in (*names, *signer)})
