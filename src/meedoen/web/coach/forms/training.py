"""What somebody learns beside a placement, and how it came out."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.trainings.actions import TrainingFacts
from meedoen.records.trainings.limits import LONGEST_NAME, LONGEST_REASON, MOST_HOURS
from meedoen.records.trainings.queries import TrainingCard
from meedoen.rules.vocabulary import TrainingKind, TrainingResult, TrainingStop
from meedoen.web.coach.forms.plan import PlannedDayField
from meedoen.web.shared.choices import choices
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.training_words import TRAINING_KINDS, TRAINING_RESULTS, TRAINING_STOPS

FACTS = ("kind", "what", "given_by", "starts_on", "planned_end_on", "hours_a_week", "placement_key")


class TrainingForm(forms.Form):
    """What is learned, with whom, from when and how much; beside which placement."""

    use_required_attribute = False

    kind = forms.TypedChoiceField(
        label=_("Wat voor scholing is het?"),
        choices=lambda: choices(TRAINING_KINDS),
        coerce=TrainingKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat voor scholing het is.")},
    )
    what = forms.CharField(
        label=_("Wat leert de inwoner?"),
        help_text=_("Zoals: Nederlands op A2, heftruckcertificaat, omgaan met de computer."),
        max_length=LONGEST_NAME,
        validators=[refuse_diagnosis],
        error_messages={"required": _("Vul in wat de inwoner leert.")},
    )
    given_by = forms.CharField(
        label=_("Wie geeft het?"),
        max_length=LONGEST_NAME,
        validators=[refuse_diagnosis],
        error_messages={"required": _("Vul in wie de scholing geeft.")},
    )
    starts_on = PlannedDayField(label=_("Eerste dag"), ahead=False)
    planned_end_on = PlannedDayField(label=_("Einde volgens plan"), ahead=False, required=False)
    hours_a_week = forms.DecimalField(
        label=_("Uren per week"),
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een getal in, zoals 2 of 2,5.")},
    )
    placement_key = forms.TypedChoiceField(
        label=_("Naast welke plek?"),
        coerce=uuid.UUID,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        placements: Mapping[uuid.UUID, str],
        known: TrainingCard | None = None,
        beside: uuid.UUID | None = None,
    ) -> None:
        """Begin with what is known, or else with the placement from which somebody came."""
        begin: dict[str, Any] = {"placement_key": beside}
        if known is not None:
            begin = {name: getattr(known, name) for name in FACTS}
        super().__init__(data, initial=begin)
        self.fields["placement_key"].choices = [  # type: ignore[attr-defined]
            ("", _("Los van een plek")),
            *((str(key), title) for key, title in placements.items()),
        ]
        if not placements:
            del self.fields["placement_key"]


class TrainingCorrectForm(TrainingForm):
    """What a training is, said better, and why."""

    reason = forms.CharField(
        label=_("Waarom verbetert u dit?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op waarom u dit verbetert.")},
    )


class TrainingEndForm(forms.Form):
    """How a training came out."""

    use_required_attribute = False
    # Why it stopped is needed when it did, as its help says.
    marks_optional = False

    last_day = PastDayField(label=_("Laatste dag"))
    result = forms.TypedChoiceField(
        label=_("Hoe liep het af?"),
        choices=lambda: choices(TRAINING_RESULTS),
        coerce=TrainingResult,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afliep.")},
    )
    stop = forms.TypedChoiceField(
        label=_("Waarom stopte het?"),
        help_text=_("Alleen als de inwoner is gestopt."),
        choices=lambda: [("", _("Niet gestopt")), *choices(TRAINING_STOPS)],
        coerce=TrainingStop,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any = None, *, known: TrainingCard) -> None:
        """Begin with what was said before, or with today."""
        begin: dict[str, Any] = {"last_day": known.ended_on or clock.today()}
        if known.result is not None:
            begin |= {"result": known.result.value, "stop": known.stop or ""}
        super().__init__(data, initial=begin)


def facts_from(given: Mapping[str, Any]) -> TrainingFacts:
    """Return what was filled in about a training, from the cleaned data of its form."""
    return TrainingFacts(**{name: given[name] for name in FACTS if name in given})
