"""The people at an organisation: the list, and one of them with what may be known and was said."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.following.queries import next_evaluation_here
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.queries import last_days_here
from meedoen.records.placements.actions import note_opened
from meedoen.records.placements.month_queries import MonthSaid
from meedoen.records.placements.months import MONTHS_BACK, first_of_month
from meedoen.records.placements.people_queries import (
    OwnPerson,
    OwnPersonPage,
    count_own_people,
    own_people,
    own_person,
    own_place_names,
)
from meedoen.records.placements.report_queries import ReportCard
from meedoen.records.placements.told_queries import Told, told_about
from meedoen.rules import half_days
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlacementState, Shared
from meedoen.web.partner.last_days import LastDay, first_of, last_day_text
from meedoen.web.partner.people_form import PeopleForm
from meedoen.web.partner.start_form import confirm_words, confirmable
from meedoen.web.shared.attendance_words import PRESENCES
from meedoen.web.shared.figures import day_text, month_text, number_text
from meedoen.web.shared.month_words import said_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.place_words import GUIDANCES
from meedoen.web.shared.reasons import half_days_text
from meedoen.web.shared.report_words import answer_text, reported_text, reporter_text
from meedoen.web.shared.session_words import session_text
from meedoen.web.shared.sharing_lines import seen_by_organisation
from meedoen.web.shared.words import PLACE_KINDS, PLACEMENT_STATE_KINDS, PLACEMENT_STATES, Words


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list."""

    person: OwnPerson
    kind: Words
    state: Words
    state_kind: str
    last_day: LastDay
    last_month: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of somebody: what was said of it, and where to put it right, if that may still be."""

    month: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Something that was reported of somebody, by whom and when, and the answer; empty for none."""

    reported: str
    reporter: str
    answer: str


SINCE: Mapping[PlacementState, Words] = {
    PlacementState.PROPOSED: gettext_lazy("Voorgesteld op"),
    PlacementState.INTRODUCED: gettext_lazy("Kennisgemaakt op"),
    PlacementState.TRIAL: gettext_lazy("Op proef sinds"),
    PlacementState.ACTIVE: gettext_lazy("Zo sinds"),
    PlacementState.PAUSED: gettext_lazy("Even niet sinds"),
}
"""What the first day of the present state is called, for who has a page."""


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def people(request: ViewerRequest) -> HttpResponse:
    """Show a page of the own people, filtered and sorted as the address says."""
    form = PeopleForm(request.GET.dict(), places=own_place_names(request.viewer))
    found = own_people(request.viewer, wanted=form.wanted(), number=page_number(request))
    by_law = last_days_here(request.viewer, keys=[person.key for person in found.cards])
    context = {
        "form": form,
        "page": found,
        "counts": count_own_people(request.viewer),
        "rows": [_row(person, by_law.get(person.key)) for person in found.cards],
        "query": before_page(request),
        "filtered": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "partner/people.html", context, status=422 if form.errors else 200)


def _row(person: OwnPerson, by_law: date | None) -> PersonRow:
    return PersonRow(
        person=person,
        kind=PLACE_KINDS[person.kind],
        state=PLACEMENT_STATES[person.state],
        state_kind=PLACEMENT_STATE_KINDS[person.state],
        last_day=first_of(person.planned_end_on, by_law),
        last_month=month_text(person.last_month) if person.last_month else "",
    )


@page(Permission.CONFIRM_PLACEMENT, methods=("GET", "HEAD"))
def person(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show somebody at the organisation, and note that it was opened."""
    found = own_person(request.viewer, key=key)
    told = told_about(request.viewer, key=key)
    if found is None or told is None:
        raise Http404
    note_opened(request.viewer, key=key, page="guest")
    context = {
        "person": found.person,
        "place_key": found.place_key,
        "takes_part": found.person.state in TAKES_PART,
        "confirm": _confirm(found.person),
        "reports": [_report_row(one) for one in found.reports],
        "state": PLACEMENT_STATES[found.person.state],
        "state_kind": PLACEMENT_STATE_KINDS[found.person.state],
        "facts": [*_facts(request.viewer, found), *_talked_over(request.viewer, key)],
        "told": _told(told),
        "months": [_month_row(found, said) for said in found.months],
        "days": [
            (cell.day, PRESENCES[cell.said.presence], number_text(cell.said.hours))
            for cell in found.days
            if cell.said
        ],
        "hours": found.hours,
        "crumbs": [
            (_("Wat op u wacht"), reverse("partner:waiting")),
            (_("Mensen"), reverse("partner:people")),
        ],
    }
    return render(request, "partner/person.html", context)


def _talked_over(viewer: Viewer, key: uuid.UUID) -> list[tuple[str, str]]:
    """Return when the coach wants to talk over how it goes; nothing while no day is to come."""
    day = next_evaluation_here(viewer, key=key)
    if day is None or day < clock.today():
        return []
    return [
        (_("De coach bespreekt met u hoe het gaat"), _("rond %(day)s") % {"day": day_text(day)})
    ]


def _confirm(person: OwnPerson) -> Words:
    """Return what the organisation may confirm of somebody, as a button says it; else empty."""
    moves = confirmable(person.state)
    return confirm_words(person.state, moves[0]).link if moves else ""


def _report_row(report: ReportCard) -> ReportRow:
    return ReportRow(
        reported=reported_text(report),
        reporter=reporter_text(report),
        answer=answer_text(report.answer) if report.answer else "",
    )


def _facts(viewer: Viewer, found: OwnPersonPage) -> list[tuple[str, Words]]:
    someone = found.person
    times: Sequence[str] = [
        session_text(session, today=clock.today()) for session in found.sessions
    ] or [half_days_text(half_days.codes(found.half_days))]
    hours, location = found.hours_per_week, found.location
    by_law = last_days_here(viewer, keys=[someone.key]).get(someone.key)
    return [
        (_("Nummer bij u"), someone.client_number),
        (_("Plek"), format_html('<span lang="nl">{}</span>', someone.title)),
        (_("Soort plek"), PLACE_KINDS[someone.kind]),
        (_("Wanneer"), format_html_join("", "<div>{}</div>", ((one,) for one in times))),
        (_("Uren per week"), number_text(hours) if hours else _("niet afgesproken")),
        (_("Begeleiding"), GUIDANCES[found.guidance]),
        *([(_("Locatie"), format_html('<span lang="nl">{}</span>', location))] if location else []),
        *_days(someone),
        (_("Laatste dag"), last_day_text(first_of(someone.planned_end_on, by_law))),
        (_("Coach"), someone.coach or _("geen")),
    ]


def _days(someone: OwnPerson) -> list[tuple[str, Words]]:
    """Return the first day of taking part, and since when it stands as it does."""
    days: list[tuple[str, Words]] = []
    if someone.first_day is not None:
        days.append((_("Eerste dag"), day_text(someone.first_day)))
    if someone.first_day != someone.since:
        days.append((str(SINCE[someone.state]), day_text(someone.since)))
    return days


def _told(told: Told) -> list[tuple[str, Words]]:
    """Return what may be known today, as the resident saw it beforehand, and nothing else."""
    facts = seen_by_organisation(
        told.what - {Shared.PLAN},
        name=told.name,
        phone=told.phone,
        wishes=told.wishes,
        rung=told.rung,
    )
    facts += [(_("Doel uit het plan"), _goal(goal.words, goal.actions)) for goal in told.goals]
    return facts


def _goal(words: str, actions: Sequence[str]) -> str:
    return format_html(
        '<span lang="nl">{}{}</span>',
        words,
        format_html_join("", "<br>{}", ((action,) for action in actions)),
    )


def _month_row(found: OwnPersonPage, said: MonthSaid) -> MonthRow:
    this_month = first_of_month(clock.today())
    url = ""
    if said.month >= add_months(this_month, -MONTHS_BACK):
        url = reverse("partner:month", args=[found.person.key, said.month.year, said.month.month])
    return MonthRow(month=month_text(said.month), said=said_text(said), url=url)
