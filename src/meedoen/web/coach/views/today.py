"""Today: who to talk to, and what waits for somebody else."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Role
from meedoen.records.people.queries import CaseloadCard, count_out_of_sight, out_of_sight
from meedoen.records.placements.queries import WaitingCard, waiting_for_partner
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page

MONTHS = 12
MOST_UNSEEN = 6
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Unseen:
    """Someone with whom nobody spoke for long, and why the line is there."""

    person: CaseloadCard
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A placement that waits for a partner, and why the line is there."""

    placement: WaitingCard
    why: str


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def today(request: ViewerRequest) -> HttpResponse:
    """Show who to talk to today, and what to chase."""
    day = clock.today()
    waiting = waiting_for_partner(request.viewer)
    context = {
        "own": request.viewer.role == Role.COACH,
        "unseen": [
            Unseen(card, _why_unseen(card))
            for card in out_of_sight(request.viewer, months=MONTHS, count=MOST_UNSEEN)
        ],
        "unseen_count": count_out_of_sight(request.viewer, months=MONTHS),
        "waiting": [Waiting(card, _why_waiting(card, day)) for card in waiting[:MOST_WAITING]],
        "waiting_count": len(waiting),
    }
    return render(request, "coach/today.html", context)


def _why_unseen(card: CaseloadCard) -> str:
    if card.last_spoken_on is None:
        return _("Met deze inwoner is nog nooit gesproken.")
    return _("Het laatste gesprek was op %(day)s.") % {"day": day_text(card.last_spoken_on)}


def _why_waiting(card: WaitingCard, day: date) -> str:
    days = (day - card.since).days
    if days < 1:
        return _("Vandaag voorgesteld aan %(who)s.") % {"who": card.organisation}
    return ngettext(
        "%(who)s heeft de start al %(days)s dag niet bevestigd.",
        "%(who)s heeft de start al %(days)s dagen niet bevestigd.",
        days,
    ) % {"who": card.organisation, "days": days}
