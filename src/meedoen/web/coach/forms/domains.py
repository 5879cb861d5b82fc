"""Steps in life domains on one screen, and the resident's own steps beside them if wanted."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.ladder.domain_actions import NewDomainMeasurement
from meedoen.records.ladder.domain_queries import DomainMeasurementCard
from meedoen.records.organisations import clock
from meedoen.rules.ladder.life_domains import (
    INSTRUMENT_VERSION,
    MOST_DAYS_AGO,
    VERSIONS,
    LifeDomain,
    still_about_now,
)
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.ladder_words import LIFE_DOMAINS, STEPS, STEPS_SHORT, step_text
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.words import Words, mid_sentence

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Before:
    """The step of last time in one domain."""

    step: int
    day: date


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A domain on the form: the step, the resident's own step, and what it was last time."""

    score: BoundField
    own: BoundField
    before: str


class StepField(forms.TypedChoiceField):
    """The step in one domain: 1 to 5, or not discussed."""

    def __init__(self, domain: LifeDomain) -> None:
        """Take the name of the domain."""
        super().__init__(
            label=str(LIFE_DOMAINS[domain]),
            choices=[
                *((str(step), _numbered(step, word)) for step, word in STEPS_SHORT.items()),
                ("", _("Niet besproken")),
            ],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "meedoen-steps-choice"}),
            error_messages={"invalid_choice": _("Kies een stap van 1 tot en met 5.")},
        )


class OwnStepField(forms.TypedChoiceField):
    """The step that the resident chooses in one domain."""

    def __init__(self, domain: LifeDomain) -> None:
        """Take the name of the domain."""
        super().__init__(
            label=gettext("Eigen stap van de inwoner: %(domain)s")
            % {"domain": mid_sentence(LIFE_DOMAINS[domain])},
            choices=[
                ("", _("Niet gevraagd")),
                *((str(step), step_text(step)) for step in STEPS_SHORT),
            ],
            coerce=int,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": _("Kies een stap van 1 tot en met 5.")},
        )


class DomainsForm(forms.Form):
    """The day, a step for each domain that was discussed, and the resident's own steps."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False
    # Thirteen times "niet verplicht" says less than the sentence above the rows.
    marks_optional = False

    measured_on = PastDayField(label=_("Over welke dag gaat dit?"))
    with_own = forms.BooleanField(
        label=_("Ook de eigen stap van de inwoner opschrijven"), required=False
    )
    # Made with the page: sent twice, it is still one measurement.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        before: Mapping[LifeDomain, Before],
        initial: Mapping[str, object],
    ) -> None:
        """Take the steps of last time, which stand beside the new ones, and what to begin with."""
        super().__init__(data, initial=dict(initial))
        self._before = before
        for domain in VERSIONS[INSTRUMENT_VERSION]:
            self.fields[_score_name(domain)] = StepField(domain)
            self.fields[_own_name(domain)] = OwnStepField(domain)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one step, and for a step beside each of the resident's own."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["key"] = cleaned.get("key") or uuid.uuid4()
        wrong = any(name.startswith("score_") for name in self.errors)
        if not wrong and not self._chosen(_score_name):
            self.add_error(None, _("Kies bij ten minste één leefgebied een stap."))
        if cleaned.get("with_own"):
            for domain in self._chosen(_own_name):
                if cleaned.get(_score_name(domain)) is None:
                    self.add_error(
                        _own_name(domain), _("Kies bij dit leefgebied ook zelf een stap.")
                    )
        return cleaned

    def clean_measured_on(self) -> date:
        """Refuse a day that is too long ago: the steps are about now."""
        day: date = self.cleaned_data["measured_on"]
        if not still_about_now(day, written_on=clock.today()):
            raise forms.ValidationError(
                _(
                    "Deze dag is meer dan %(days)s dagen geleden. De stappen gaan over nu: "
                    "bespreek ze opnieuw en vul de dag van dat gesprek in."
                ),
                params={"days": MOST_DAYS_AGO},
            )
        return day

    def rows(self) -> list[DomainRow]:
        """Return the domains in the order of the instrument."""
        return [
            DomainRow(self[_score_name(domain)], self[_own_name(domain)], self._before_text(domain))
            for domain in VERSIONS[INSTRUMENT_VERSION]
        ]

    def new_measurement(self, pseudonym_id: int) -> NewDomainMeasurement:
        """Return the steps as they are to be kept; the form has been checked."""
        return NewDomainMeasurement(
            pseudonym_id=pseudonym_id,
            measured_on=self.cleaned_data["measured_on"],
            key=self.cleaned_data["key"],
            scores=self._chosen(_score_name),
            own_scores=self._chosen(_own_name) if self.cleaned_data["with_own"] else {},
        )

    def _chosen(self, name_of: Callable[[LifeDomain], str]) -> dict[LifeDomain, int]:
        given = {
            domain: self.cleaned_data.get(name_of(domain))
            for domain in VERSIONS[INSTRUMENT_VERSION]
        }
        return {domain: step for domain, step in given.items() if step is not None}

    def _before_text(self, domain: LifeDomain) -> str:
        before = self._before.get(domain)
        if before is None:
            return gettext("Nog niet eerder gemeten")
        return gettext("Vorige keer: %(step)s (%(day)s)") % {
            "step": step_text(before.step),
            "day": day_text(before.day, "medium"),
        }


class CorrectDomainsForm(DomainsForm):
    """The steps as they should have been, and why."""

    reason = forms.CharField(
        label=_("Waarom verbetert u deze meting?"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Schrijf op waarom u de meting verbetert.")},
    )

    def clean_measured_on(self) -> date:
        """Let the day be longer ago: the steps were chosen then."""
        day: date = self.cleaned_data["measured_on"]
        return day


def steps_before(
    cards: Sequence[DomainMeasurementCard], *, instrument: str = INSTRUMENT_VERSION
) -> dict[LifeDomain, Before]:
    """Return the last step in each domain by one version; the measurements come newest first."""
    found: dict[LifeDomain, Before] = {}
    for card in cards:
        if card.instrument == instrument:
            for domain, step in card.scores.items():
                found.setdefault(domain, Before(step, card.measured_on))
    return found


def as_it_was(card: DomainMeasurementCard) -> dict[str, object]:
    """Return what a form begins with to put a measurement right."""
    return {
        "measured_on": card.measured_on,
        "with_own": bool(card.own_scores),
        **{_score_name(domain): str(step) for domain, step in card.scores.items()},
        **{_own_name(domain): str(step) for domain, step in card.own_scores.items()},
    }


def scale() -> list[tuple[int, Words]]:
    """Return the steps with what they mean, lowest first."""
    return list(STEPS.items())


def _numbered(step: int, word: Words) -> str:
    return format_html("<strong>{}</strong> <span>{}</span>", step, word)


def _score_name(domain: LifeDomain) -> str:
    return f"score_{domain.value}"


def _own_name(domain: LifeDomain) -> str:
    return f"own_{domain.value}"
