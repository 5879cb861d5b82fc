"""The stretches of a placement as steps in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.placements.queries import PlacementCard, StretchCard
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import OUTCOMES, PLACEMENT_STATES


@dataclass(frozen=True, slots=True)
class Step:
    """A step: done, current, or still to do."""

    title: str
    state: str
    text: str = ""


def steps(card: PlacementCard) -> Sequence[Step]:
    """Return what was, what is, and what comes next of a placement."""
    told = [_step(stretch) for stretch in sorted(card.stretches, key=lambda one: one.first_since)]
    match card.state:
        case PlacementState.PROPOSED:
            text = _("%(organisation)s bevestigt de eerste dag") % {
                "organisation": card.organisation
            }
            return [*_proposal_last(told), Step(_("Begonnen"), "todo", text)]
        case PlacementState.ACTIVE:
            return told
        case PlacementState.ENDED | PlacementState.WITHDRAWN:
            text = str(OUTCOMES[card.outcome]) if card.outcome else ""
            return [*told, Step(str(PLACEMENT_STATES[card.state]), "current", text)]


def running_since(card: PlacementCard) -> date:
    """Return the first day of the stretch that is open now, or of the last one."""
    still_open = [one for one in card.stretches if one.last_day is None and not one.withdrawn]
    return [*card.stretches, *still_open][-1].starts_on


def _step(stretch: StretchCard) -> Step:
    begin = day_text(stretch.first_start)
    if stretch.state is PlacementState.PROPOSED:
        state = "current" if stretch.last_day is None else "done"
        return Step(_("Voorgesteld"), state, _("op %(day)s") % {"day": begin})
    if stretch.withdrawn:
        title = _("Begonnen op %(day)s, teruggenomen") % {"day": begin}
        return Step(
            title,
            "done",
            _("niet begonnen; zo verbeterd op %(day)s") % {"day": day_text(stretch.since)},
        )
    return Step(_("Begonnen"), "done" if stretch.last_day else "current", _stretch_text(stretch))


def _stretch_text(stretch: StretchCard) -> str:
    days = {"first": day_text(stretch.starts_on), "last": day_text(stretch.last_day)}
    text = (
        _("op %(first)s") if stretch.last_day is None else _("van %(first)s tot en met %(last)s")
    ) % days
    if stretch.first_start != stretch.starts_on:
        text += _(" (eerst stond hier %(day)s)") % {"day": day_text(stretch.first_start)}
    return text


def _proposal_last(told: Sequence[Step]) -> list[Step]:
    """Put the proposal after a start that was taken back: it is open again."""
    return sorted(told, key=lambda step: step.state == "current")
