"""What a coach does with a report of an organisation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations import clock
from meedoen.records.placements.report_actions import LONGEST_TEXT
from meedoen.records.placements.report_queries import ReportToAnswer
from meedoen.rules.vocabulary import Outcome, PartnerReportKind, PlacementState, ReportFollowUp
from meedoen.web.coach.forms.placement_move import MoveForm, Why
from meedoen.web.coach.move_words import move_words
from meedoen.web.shared.report_words import FOLLOW_UPS

TEXT_HELP = _(
    "De organisatie leest dit. Schrijf niet meer over de inwoner dan de organisatie mag weten."
)


class ReportAnswerForm(forms.Form):
    """What was done, and words for the organisation."""

    use_required_attribute = False

    follow_up = forms.TypedChoiceField(
        label=_("Wat heeft u gedaan?"),
        coerce=ReportFollowUp,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u heeft gedaan.")},
    )
    text = forms.CharField(
        label=_("Antwoord aan de organisatie"),
        help_text=TEXT_HELP,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, data: Any = None, *, over: bool) -> None:
        """Offer that it stopped only when it did, and then nothing else."""
        begin = {"follow_up": ReportFollowUp.ENDED.value} if over else {}
        super().__init__(data, initial=begin)
        self.fields["follow_up"].choices = [  # type: ignore[attr-defined]
            (one.value, FOLLOW_UPS[one])
            for one in ReportFollowUp
            if over is (one is ReportFollowUp.ENDED)
        ]


class ReportEndForm(MoveForm):
    """The move by which a placement stops, as the organisation proposed it, with an answer."""

    text = forms.CharField(
        label=_("Antwoord aan de organisatie"),
        help_text=TEXT_HELP,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, data: Any = None, *, asked: ReportToAnswer, to: PlacementState) -> None:
        """Begin with the day and the reason that were proposed."""
        words = move_words(asked.state, to)
        super().__init__(data, states=[asked.state], to=to, day=words.day, given=_proposed(asked))


def _proposed(asked: ReportToAnswer) -> dict[str, Any]:
    report = asked.report
    given: dict[str, Any] = {}
    if report.last_day is not None and has_passed(report.last_day):
        given["on"] = report.last_day
    if report.kind is PartnerReportKind.PROPOSES_END:
        given["why"] = Why(Outcome.STOPPED_BY_PARTNER, report.reason).code
    return given


def has_passed(day: date) -> bool:
    """Return whether a last day can be written down; one that comes can only be agreed on."""
    return day <= clock.today()
