"""Opening the dates of the law of one participation job, and which page deals with which date."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.queries import ClockCard, clock_of
from meedoen.records.people.queries import ResidentCard
from meedoen.records.placements.queries import PlacementCard
from meedoen.rules.participation_job.decided import Matter
from meedoen.rules.participation_job.milestones import Milestone, MilestoneKind
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.coach.views.opening import open_placement
from meedoen.web.shared.clock_strip import Strip, strip_of
from meedoen.web.shared.pages import ViewerRequest

SLUGS = {
    "scholing": Matter.SCHOOLING,
    "kans-op-werk": Matter.CHANCE,
    "derde-jaar": Matter.GO_ON_THIRD_YEAR,
    "vierde-jaar": Matter.GO_ON_FOURTH_YEAR,
    "telt-niet-mee": Matter.LEFT_OUT,
    "betaling": Matter.PAYMENT,
    "startkwalificatie": Matter.START_QUALIFICATION,
    "loonkostensubsidie": Matter.WAGE_SUBSIDY_GROUP,
}
"""What stands in the address for what is decided; extensions and premiums have a number."""
PAGES = {
    MilestoneKind.SCHOOLING_OFFER: "scholing",
    MilestoneKind.ASSESS_CHANCE: "kans-op-werk",
    MilestoneKind.ASSESS_FIRST_EXTENSION: "derde-jaar",
    MilestoneKind.ASSESS_SECOND_EXTENSION: "vierde-jaar",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A participation job, whom it is about, and the dates; None before the first day of work."""

    card: PlacementCard
    person: ResidentCard
    dates: ClockCard | None


def open_clock(request: ViewerRequest, key: uuid.UUID) -> Opened:
    """Return a participation job with its dates, and note that it was read. Raises Http404."""
    card, person = open_placement(request, key)
    if card.kind is not PlaceKind.PARTICIPATION_JOB:
        raise Http404
    return Opened(card, person, clock_of(request.viewer, key))


def led_back(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Lead to the dates, and say that there are none before the first day of work."""
    messages.warning(
        request, _("De termijnen beginnen op de eerste dag van het werk. Leg dit daarna vast.")
    )
    return redirect("coach:clock", key=key)


def strip(viewer: Viewer, card: ClockCard, key: uuid.UUID) -> Strip:
    """Return the dates as the coach sees them; with links for who may decide."""
    decides = viewer.may(Permission.FIX_DUTIES)
    return strip_of(card, url_of=lambda one: page_of(one, key) if decides else "")


def clock_strip(viewer: Viewer, key: uuid.UUID) -> Strip | None:
    """Return the dates of a placement for coach/parts/clock_strip.html; None when it has none."""
    card = clock_of(viewer, key)
    return strip(viewer, card, key) if card else None


def page_of(one: Milestone, key: uuid.UUID) -> str:
    """Return the address of the page that deals with a date, "" when none does."""
    if one.kind is MilestoneKind.PREMIUM:
        # Before its months are over there is nothing to decide.
        if one.due_on > clock.today():
            return ""
        return reverse("coach:clock_premium", args=[key, one.number])
    slug = PAGES.get(one.kind)
    return reverse("coach:clock_decide", args=[key, slug]) if slug else ""
