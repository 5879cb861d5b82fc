"""What a coach fills in about a plan: goals and actions, an agreement, a look back, the end."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.plans.cards import OrganisationCard
from meedoen.records.plans.checks import (
    LONGEST_ACTION,
    LONGEST_FINDINGS,
    LONGEST_GOAL,
    LONGEST_SAYING,
)
from meedoen.rules.periods import add_months
from meedoen.rules.plans.evaluations import LEAST_MONTHS, MOST_MONTHS
from meedoen.rules.plans.templates import PlanTemplate
from meedoen.rules.vocabulary import ActionOwner, ObtainedHow
from meedoen.web.shared.choices import choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import EARLIEST, PastDayField
from meedoen.web.shared.plan_words import ACTION_OWNERS, OBTAINED_HOW
from meedoen.web.shared.widgets import DayInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FARTHEST_MONTHS = 120
"""A day more than ten years ahead is a slip of the year."""


EMPTY_PLAN = "-"
"""Stands for no template; no code of a template looks like this."""


class PlannedDayField(forms.DateField):
    """A day for which something is planned; with `ahead` only from today on."""

    widget = DayInput

    def __init__(self, *, label: "_StrPromise", ahead: bool, required: bool = True) -> None:
        """Take the label, and whether the day may be past."""
        super().__init__(label=label, required=required)
        self.ahead = ahead
        self.error_messages["required"] = _("Vul de dag in.")
        self.error_messages["invalid"] = _("Vul een dag in die bestaat, zoals 31-12-2027.")

    def validate(self, value: Any) -> None:
        """Refuse a day that nobody can mean."""
        super().validate(value)
        if value and self.ahead and value < clock.today():
            raise ValidationError(_("Deze dag is al geweest. Kies vandaag of een latere dag."))
        if value and not EARLIEST <= value <= add_months(clock.today(), FARTHEST_MONTHS):
            raise ValidationError(_("Deze datum is te ver weg. Kijk of het jaartal klopt."))


class WordsField(forms.CharField):
    """Some lines of text that hold no illness or diagnosis."""

    def __init__(
        self, *, label: "_StrPromise", longest: int, missing: "_StrPromise", rows: int = 3
    ) -> None:
        """Take the label, how long the text may be, and what to say when it is missing."""
        super().__init__(
            label=label,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows}),
            validators=[refuse_diagnosis],
            error_messages={"required": missing},
        )


class SaidField(forms.CharField):
    """What the resident said, in the resident's own words."""

    def __init__(self, *, label: "_StrPromise", required: bool = True) -> None:
        """Take the label."""
        super().__init__(
            label=label,
            required=required,
            max_length=LONGEST_SAYING,
            help_text=_("In de woorden van de inwoner."),
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Schrijf op wat de inwoner er zelf van vindt.")},
        )


class VersionField(forms.IntegerField):
    """The version of the plan that was on the screen."""

    widget = forms.HiddenInput


class BeginForm(forms.Form):
    """A template to begin from, or an empty plan. Nothing is chosen beforehand."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    template = forms.TypedChoiceField(
        label=_("Waarmee wilt u beginnen?"),
        coerce=lambda code: None if code == EMPTY_PLAN else code,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarmee u wilt beginnen.")},
    )

    def __init__(self, data: Any = None, *, templates: Sequence[PlanTemplate]) -> None:
        """Take the templates that are offered today."""
        super().__init__(data)
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            *(
                (one.code, format_html('<span lang="nl">{}. {}</span>', one.name, one.description))
                for one in templates
            ),
            (EMPTY_PLAN, gettext("Een leeg plan")),
        ]


class GoalForm(forms.Form):
    """A goal in the words of the resident."""

    use_required_attribute = False

    words = WordsField(
        label=_("Wat wil de inwoner bereiken?"),
        longest=LONGEST_GOAL,
        missing=_("Schrijf het doel op, in de woorden van de inwoner."),
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, version: int, words: str = "") -> None:
        """Begin with the goal as it is now."""
        super().__init__(data, initial={"version": version, "words": words})
        self.fields["words"].help_text = _("In de woorden van de inwoner, zoals: “Ik wil …”.")


class ActionForm(forms.Form):
    """Something that somebody does for a goal."""

    use_required_attribute = False

    what = WordsField(
        label=_("Wat gaat er gebeuren?"),
        longest=LONGEST_ACTION,
        missing=_("Schrijf op wat er gaat gebeuren."),
        rows=2,
    )
    owner = forms.TypedChoiceField(
        label=_("Wie doet dit?"),
        choices=lambda: choices(ACTION_OWNERS),
        coerce=ActionOwner,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie dit doet.")},
    )
    organisation = forms.TypedChoiceField(
        label=_("Welke organisatie?"),
        help_text=_("Alleen als een organisatie dit doet."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    due_on = PlannedDayField(label=_("Voor welke dag?"), ahead=False, required=False)
    version = VersionField()

    def __init__(
        self,
        data: Any = None,
        *,
        organisations: Sequence[OrganisationCard],
        initial: dict[str, Any],
    ) -> None:
        """Take the organisations to choose from, and the action as it is now."""
        super().__init__(data, initial=initial)
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Geen")),
            *((str(one.organisation_id), one.name) for one in organisations),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that an organisation goes with a partner, and with nobody else."""
        given: dict[str, Any] = super().clean() or {}
        if "owner" in given and "organisation" in given:
            partner = given["owner"] is ActionOwner.PARTNER
            if partner and given["organisation"] is None:
                self.add_error("organisation", _("Kies welke organisatie dit doet."))
            if not partner and given["organisation"] is not None:
                self.add_error(
                    "organisation",
                    _("Kies bij “Wie doet dit?” een organisatie, of kies hier “Geen”."),
                )
        return given


class AgreeForm(forms.Form):
    """The resident agrees: when, how, in which words."""

    use_required_attribute = False

    agreed_on = PastDayField(label=_("Op welke dag?"))
    how = forms.TypedChoiceField(
        label=_("Hoe gaf de inwoner akkoord?"),
        choices=lambda: choices(OBTAINED_HOW, (ObtainedHow.SPOKEN, ObtainedHow.WRITTEN)),
        coerce=ObtainedHow,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe de inwoner akkoord gaf.")},
    )
    resident_said = SaidField(label=_("Wat zei de inwoner over het plan?"))
    version = VersionField()

    def __init__(self, data: Any = None, *, version: int) -> None:
        """Begin today."""
        super().__init__(data, initial={"version": version, "agreed_on": clock.today()})


class EvaluateForm(forms.Form):
    """A look back on the plan, and when the next one is."""

    use_required_attribute = False
    # What the resident said is needed when the resident was there, as its help says.
    marks_optional = False

    held_on = PastDayField(label=_("Op welke dag keek u terug?"))
    findings = WordsField(
        label=_("Hoe gaat het met het plan?"),
        longest=LONGEST_FINDINGS,
        missing=_("Schrijf op hoe het gaat met het plan."),
        rows=5,
    )
    with_resident = forms.BooleanField(
        label=_("De inwoner was erbij"),
        help_text=_("Terugkijken doet u samen. Lukte dat niet? Haal het vinkje weg."),
        required=False,
    )
    resident_said = SaidField(label=_("Wat zei de inwoner?"), required=False)
    next_on = PlannedDayField(label=_("Wanneer kijkt u weer terug?"), ahead=True)

    def __init__(self, data: Any = None, *, next_on: date) -> None:
        """Begin today, together, with the next time by the rhythm of the plan."""
        begin = {"held_on": clock.today(), "with_resident": True, "next_on": next_on}
        super().__init__(data, initial=begin)
        self.fields["resident_said"].help_text = _(
            "In de woorden van de inwoner. Laat dit leeg als de inwoner er niet bij was."
        )

    def clean(self) -> dict[str, Any]:
        """Check that the resident is heard when the resident was there."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("with_resident") and not given.get("resident_said"):
            self.add_error("resident_said", _("Schrijf op wat de inwoner er zelf van vindt."))
        return given


class RhythmForm(forms.Form):
    """How often the plan is looked at again, and when that is next."""

    use_required_attribute = False

    every_months = forms.IntegerField(
        label=_("Om de hoeveel maanden kijkt u samen terug?"),
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        error_messages={"required": _("Vul een aantal maanden in.")},
    )
    next_on = PlannedDayField(label=_("Wanneer is de volgende keer?"), ahead=True)

    def __init__(self, data: Any = None, *, every_months: int, next_on: date | None) -> None:
        """Begin with how it is now."""
        super().__init__(data, initial={"every_months": every_months, "next_on": next_on})


class EndPlanForm(forms.Form):
    """The last day of a plan, and why it stops."""

    use_required_attribute = False

    ended_on = PastDayField(label=_("Laatste dag van het plan"))
    reason = WordsField(
        label=_("Waarom stopt het plan?"),
        longest=LONGEST_SAYING,
        missing=_("Schrijf op waarom het plan stopt."),
    )

    def __init__(self, data: Any = None) -> None:
        """Begin today."""
        super().__init__(data, initial={"ended_on": clock.today()})
