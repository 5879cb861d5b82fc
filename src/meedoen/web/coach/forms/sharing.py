"""What may be shared, a release from secrecy, and agreement with support: three forms apart.

Each can stand on a page by itself, or inside another form with a `prefix`. With `optional` a form
in which nothing was filled in is right, and was not given.
"""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meedoen.records.history.actions import on_one_day
from meedoen.records.organisations import clock
from meedoen.records.sharing.actions import NewAgreement, NewRelease, NewSharing
from meedoen.records.sharing.queries import OrganisationChoice
from meedoen.rules.periods import MONTHS_IN_YEAR, add_months
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from meedoen.web.shared.choices import CHOOSE, choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.sharing_words import (
    LEGAL_GROUND_SENTENCES,
    LEGAL_GROUNDS,
    LEGAL_TASKS,
    OBTAINED_HOW,
    SHARED,
    Topic,
    explanation,
    versions,
)
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_TEXT = 500
LONGEST_WHO = 200
LONGEST_YEARS = 10
WAYS = (ObtainedHow.SPOKEN, ObtainedHow.WRITTEN)
"""How a coach hears it; what a resident says on the website is noted there."""


class LastDayField(forms.DateField):
    """The last day on which something holds."""

    widget = DayInput

    def __init__(self, *, label: "_StrPromise", help_text: "_StrPromise", required: bool) -> None:
        """Take the label and the help of the field."""
        super().__init__(label=label, help_text=help_text, required=required)
        self.error_messages["required"] = _("Vul de dag in.")
        self.error_messages["invalid"] = _("Vul een dag in die bestaat, zoals 31-12-2025.")

    def validate(self, value: Any) -> None:
        """Refuse a day so far ahead that nobody can mean it."""
        super().validate(value)
        if value and value > add_months(clock.today(), LONGEST_YEARS * MONTHS_IN_YEAR):
            raise ValidationError(_("De dag ligt te ver vooruit. Kijk of het jaartal klopt."))


class WayField(forms.TypedChoiceField):
    """How somebody said or was told something."""

    def __init__(self, *, label: "_StrPromise") -> None:
        """Take the label of the field."""
        super().__init__(
            label=label,
            choices=lambda: choices(OBTAINED_HOW, WAYS),
            coerce=ObtainedHow,
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies hoe.")},
        )


class SharingForm(forms.Form):
    """What the three forms have in common: a key, and the version of the text that was shown.

    `TELLING` are the fields that say something by themselves: as long as all of them are empty
    the form was not given, whatever stands in the fields that begin with a value.
    """

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    TOPIC: ClassVar[Topic]
    TELLING: ClassVar[tuple[str, ...]]
    BEGIN: ClassVar[dict[str, Any]] = {}

    # Made with the page: sent twice, it is still noted once.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, prefix: str = "", optional: bool = False) -> None:
        """Begin with a key and the newest text; `optional` lets an empty form pass."""
        begin = {"key": uuid.uuid4(), "text_version": explanation(self.TOPIC).version}
        super().__init__(
            data,
            prefix=prefix or None,
            initial=begin | self.BEGIN | {"starts_on": clock.today(), "given_on": clock.today()},
            empty_permitted=optional,
        )
        self.shown_text = explanation(self.TOPIC)

    def given(self) -> bool:
        """Say whether anything was filled in that says something."""
        return self.is_bound and any(self[name].data for name in self.TELLING)

    def has_changed(self) -> bool:
        """Say whether the form has to be checked; Django asks this of an optional form."""
        return self.given()

    def clean_text_version(self) -> str:
        """Take the text that was on the screen, when it is one of ours."""
        shown = self.cleaned_data["text_version"]
        return shown if shown in versions(self.TOPIC) else versions(self.TOPIC)[-1]

    def _refuse_early_end(self, first: str, last: str) -> None:
        """Add an error when the last day is before the first."""
        given = self.cleaned_data
        if given.get(first) and given.get(last) and given[last] < given[first]:
            self.add_error(last, _("De laatste dag kan niet voor de eerste dag liggen."))


class GroundForm(SharingForm):
    """What may be told to an organisation, under which law and on which ground."""

    TOPIC = Topic.SHARING
    TELLING = ("organisation", "what", "explanation", "free_choice", "told_how")
    BEGIN: ClassVar[dict[str, Any]] = {
        "legal_task": LegalTask.PARTICIPATION.value,
        "ground": LegalGround.PUBLIC_TASK.value,
    }

    organisation = forms.TypedChoiceField(
        label=_("Met welke organisatie?"),
        coerce=int,
        error_messages={"required": _("Kies een organisatie.")},
    )
    what = forms.TypedMultipleChoiceField(
        label=_("Wat mag de organisatie weten?"),
        help_text=_("Vink alleen aan wat de organisatie nodig heeft."),
        choices=lambda: choices(SHARED),
        coerce=Shared,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wat de organisatie mag weten.")},
    )
    explanation = forms.CharField(
        label=_("Waarom is dit nodig?"),
        help_text=_("Zoals: om samen een plek te zoeken in de tuin."),
        max_length=LONGEST_TEXT,
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op waarom dit nodig is.")},
    )
    legal_task = forms.TypedChoiceField(
        label=_("Voor welke wet?"), choices=lambda: choices(LEGAL_TASKS), coerce=LegalTask
    )
    ground = forms.TypedChoiceField(
        label=_("Op welke grond?"),
        choices=lambda: [
            (ground.value, _with_sentence(name, LEGAL_GROUND_SENTENCES[ground]))
            for ground, name in LEGAL_GROUNDS.items()
        ],
        coerce=LegalGround,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een grond.")},
    )
    free_choice = forms.BooleanField(
        label=_("De inwoner kan weigeren zonder nadeel, en weet dat intrekken altijd kan"),
        help_text=_("Alleen nodig bij toestemming."),
        required=False,
    )
    told_how = WayField(label=_("Hoe is het de inwoner verteld?"))
    starts_on = PastDayField(label=_("Vanaf welke dag?"))
    last_day = LastDayField(
        label=_("Tot en met welke dag?"),
        help_text=_("Leeg betekent: tot het wordt gestopt."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        organisations: Sequence[OrganisationChoice],
        prefix: str = "",
        optional: bool = False,
    ) -> None:
        """Take the organisations to choose from."""
        super().__init__(data, prefix=prefix, optional=optional)
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            *((str(one.organisation_id), one.name) for one in organisations),
        ]

    def clean(self) -> dict[str, Any]:
        """Check the days, and that consent is a free choice."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._refuse_early_end("starts_on", "last_day")
        if cleaned.get("ground") is LegalGround.CONSENT and not cleaned.get("free_choice"):
            self.add_error(
                "free_choice",
                _(
                    "Toestemming geldt alleen als de inwoner echt vrij kan kiezen. Bevestig dat, "
                    "of kies een andere grond."
                ),
            )
        return cleaned

    def new_sharing(self, pseudonym_id: int) -> NewSharing:
        """Return it as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewSharing(
            pseudonym_id=pseudonym_id,
            organisation_id=given["organisation"],
            what=frozenset(given["what"]),
            legal_task=given["legal_task"],
            ground=given["ground"],
            explanation=given["explanation"],
            text_version=given["text_version"],
            told_how=given["told_how"],
            starts_on=given["starts_on"],
            ends_on=on_one_day(given["last_day"]) if given["last_day"] else None,
            key=given["key"],
        )


class SecrecyForm(SharingForm):
    """Who may tell something that they normally keep secret, for what, and until when."""

    TOPIC = Topic.RELEASE
    TELLING = ("who", "purpose", "last_day", "given_how")

    who = forms.CharField(
        label=_("Wie mag iets vertellen?"),
        help_text=_("Zoals: de maatschappelijk werker van het wijkteam."),
        max_length=LONGEST_WHO,
        error_messages={"required": _("Schrijf op wie iets mag vertellen.")},
    )
    purpose = forms.CharField(
        label=_("Wat mag die vertellen, en waarvoor?"),
        help_text=_("Zoals: hoeveel uur iemand aankan, om een plek te zoeken."),
        max_length=LONGEST_TEXT,
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op waarvoor dit is.")},
    )
    given_how = WayField(label=_("Hoe gaf de inwoner dit aan?"))
    given_on = PastDayField(label=_("Op welke dag?"))
    last_day = LastDayField(
        label=_("Tot en met welke dag geldt het?"),
        help_text=_("Niet langer dan nodig."),
        required=True,
    )

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._refuse_early_end("given_on", "last_day")
        return cleaned

    def new_release(self, pseudonym_id: int) -> NewRelease:
        """Return it as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewRelease(
            pseudonym_id=pseudonym_id,
            who=given["who"],
            purpose=given["purpose"],
            text_version=given["text_version"],
            given_how=given["given_how"],
            given_on=given["given_on"],
            until=on_one_day(given["last_day"]),
            key=given["key"],
        )


class AgreementForm(SharingForm):
    """Whether the resident agrees with the support that was offered."""

    TOPIC = Topic.AGREEMENT
    TELLING = ("agreed", "about", "given_how")

    agreed = forms.TypedChoiceField(
        label=_("Wil de inwoner deze begeleiding?"),
        choices=[("yes", _("Ja")), ("no", _("Nee"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    about = forms.CharField(
        label=_("Om welke begeleiding gaat het?"),
        help_text=_("Zoals: elke maand een gesprek met de coach."),
        max_length=LONGEST_TEXT,
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op om welke begeleiding het gaat.")},
    )
    given_how = WayField(label=_("Hoe gaf de inwoner dit aan?"))
    given_on = PastDayField(label=_("Op welke dag?"))

    def new_agreement(self, pseudonym_id: int) -> NewAgreement:
        """Return it as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewAgreement(
            pseudonym_id=pseudonym_id,
            agreed=given["agreed"],
            about=given["about"],
            text_version=given["text_version"],
            given_how=given["given_how"],
            given_on=given["given_on"],
            key=given["key"],
        )


class StopForm(forms.Form):
    """From which day something no longer holds."""

    use_required_attribute = False

    ended_on = PastDayField(label=_("Vanaf welke dag niet meer?"))

    def __init__(self, data: Any = None, *, prefix: str = "") -> None:
        """Begin with today."""
        super().__init__(data, prefix=prefix or None, initial={"ended_on": clock.today()})


def _with_sentence(name: Words, sentence: Words) -> str:
    return format_html('{}<br><span class="meedoen-soft">{}</span>', name, sentence)
