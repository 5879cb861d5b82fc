"""The stretches of a placement as steps in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.placements.queries import PlacementCard, StretchCard
from meedoen.rules.placement_states import BEFORE_START, TAKES_PART, is_final
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import PLACEMENT_STATES, why_text


@dataclass(frozen=True, slots=True)
class Step:
    """A step: done, current, or still to do."""

    title: str
    state: str
    text: str = ""


def steps(card: PlacementCard) -> Sequence[Step]:
    """Return what was, what is, and what comes next; a start that was taken back never was."""
    told = [_step(stretch) for stretch in card.stretches if not _was_taken_back(stretch)]
    if is_final(card.state):
        return [
            *told,
            Step(str(PLACEMENT_STATES[card.state]), "current", why_text(card.outcome, card.reason)),
        ]
    if card.state in BEFORE_START:
        text = _("%(organisation)s bevestigt de eerste dag")
        return [*told, Step(_("Begonnen"), "todo", text % {"organisation": card.organisation})]
    if card.state is PlacementState.WAITING:
        return [*told, Step(_("Voorgesteld"), "todo", _("zodra er een plaats vrij is"))]
    return told


def running_since(card: PlacementCard) -> date:
    """Return the first day on which somebody took part; for who took part."""
    return next(
        one.starts_on for one in card.stretches if one.state in TAKES_PART and not one.withdrawn
    )


def _was_taken_back(stretch: StretchCard) -> bool:
    # What lasted no day, such as a proposal that was confirmed on its own day, was made.
    return stretch.withdrawn and stretch.last_day is None


def _step(stretch: StretchCard) -> Step:
    # What lasted no day is over too.
    state = "current" if stretch.last_day is None else "done"
    if stretch.state in BEFORE_START:
        text = _("op %(day)s") % {"day": day_text(stretch.first_start)}
        return Step(str(PLACEMENT_STATES[stretch.state]), state, text)
    began = stretch.state is PlacementState.ACTIVE
    title = _("Begonnen") if began else str(PLACEMENT_STATES[stretch.state])
    return Step(title, state, _days(stretch))


def _days(stretch: StretchCard) -> str:
    first = {"first": day_text(stretch.starts_on)}
    if stretch.last_day in {None, stretch.starts_on}:
        return _("op %(first)s") % first
    return _("van %(first)s tot en met %(last)s") % {**first, "last": day_text(stretch.last_day)}
