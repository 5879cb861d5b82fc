"""What somebody learns, in words: kinds, results, why it stopped, and a line for each training."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.trainings.queries import TrainingCard
from meedoen.rules.vocabulary import TrainingKind, TrainingResult, TrainingStop
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.words import Words, mid_sentence

TRAINING_KINDS: Mapping[TrainingKind, Words] = {
    TrainingKind.TRAINING: _("Scholing of cursus"),
    TrainingKind.LANGUAGE_LESSON: _("Taalles"),
}

TRAINING_RESULTS: Mapping[TrainingResult, Words] = {
    TrainingResult.DONE: _("Afgerond"),
    TrainingResult.CERTIFICATE: _("Afgerond met certificaat of diploma"),
    TrainingResult.STOPPED: _("Gestopt"),
}

TRAINING_STOPS: Mapping[TrainingStop, Words] = {
    TrainingStop.FOUND_WORK: _("Vond werk"),
    TrainingStop.OTHER_STEP_FIRST: _("Eerst is iets anders nodig"),
    TrainingStop.ASKS_TOO_MUCH: _("Het vraagt te veel"),
    TrainingStop.ASKS_TOO_LITTLE: _("Het is te weinig of te makkelijk"),
    TrainingStop.TIMES_OR_TRAVEL: _("De tijden of de reis passen niet"),
    TrainingStop.NEEDED_AT_HOME: _("Is thuis nodig"),
    TrainingStop.NOT_WHAT_WAS_EXPECTED: _("Het was anders dan verwacht"),
    TrainingStop.GIVEN_NO_LONGER: _("De scholing wordt niet meer gegeven"),
    TrainingStop.MOVED_AWAY: _("Verhuisd"),
    TrainingStop.GAVE_NO_REASON: _("Wil of kan geen reden geven"),
}


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training in words; `more` says when and how much, `state` how it stands."""

    card: TrainingCard
    kind: Words
    more: str
    state: str
    state_kind: str


def training_lines(cards: Iterable[TrainingCard]) -> list[TrainingLine]:
    """Return trainings in words, in the same order."""
    return [
        TrainingLine(card, TRAINING_KINDS[card.kind], _more(card), _state(card), _kind(card))
        for card in cards
    ]


def _more(card: TrainingCard) -> str:
    parts = [gettext("Vanaf %(day)s") % {"day": day_text(card.starts_on)}]
    if card.ended_on is not None:
        parts.append(gettext("laatste dag %(day)s") % {"day": day_text(card.ended_on)})
    elif card.planned_end_on is not None:
        parts.append(gettext("tot ongeveer %(day)s") % {"day": day_text(card.planned_end_on)})
    if card.hours_a_week is not None:
        parts.append(gettext("%(hours)s uur per week") % {"hours": number_text(card.hours_a_week)})
    return ", ".join(parts)


def _state(card: TrainingCard) -> str:
    if card.result is None:
        return gettext("Loopt")
    words = str(TRAINING_RESULTS[card.result])
    return f"{words}: {mid_sentence(TRAINING_STOPS[card.stop])}" if card.stop else words


def _kind(card: TrainingCard) -> str:
    if card.result is None:
        return "success"
    return "inactive" if card.result is TrainingResult.STOPPED else "neutral"
