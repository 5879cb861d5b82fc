"""Rows to facts: what the rules for signals ask about, for many people at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, Max, Min, OuterRef, QuerySet, When
from django.utils import timezone

from meedoen.records.conversations.models import ContactPause, Conversation, NextStep
from meedoen.records.following.facts import NOTHING_DUE, following_facts
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.ladder.models import DomainMeasurement, Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.caseload_queries import benefit_since
from meedoen.records.people.models import Resident
from meedoen.records.place_questions.models import AskedPerson
from meedoen.records.placements.ending import closing_day, expected_last_day
from meedoen.records.placements.models import (
    MonthConfirmation,
    PartnerReport,
    Placement,
    StatePeriod,
)
from meedoen.records.placements.months import last_of
from meedoen.records.placements.stretches import overtaken
from meedoen.records.places.models import FoundPlace
from meedoen.records.plans.models import Plan, PlanAction, PlanEvaluation
from meedoen.records.proposals.models import Proposal
from meedoen.records.signals.job_facts import job_dates_of
from meedoen.records.signals.referral_facts import referrals_waiting
from meedoen.records.signals.sheltered_facts import NO_SHELTERED, sheltered_facts
from meedoen.records.signals.subsidy_facts import subsidy_dates_of
from meedoen.records.waiting.signal_facts import NO_WAITING, waiting_facts
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import COMES, HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.signals.facts import Dated, PersonFacts, PlacementFacts, PlanFacts
from meedoen.rules.vocabulary import (
    ActionState,
    MonthAnswer,
    PartnerReportKind,
    PlacementState,
    PlaceStatus,
    PlanState,
)

TO_BE_DONE = [ActionState.TO_DO.value, ActionState.BUSY.value]
REPORTED = {
    PartnerReportKind.WORRY: "worry_reported_on",
    PartnerReportKind.PROPOSES_END: "end_proposed_on",
}
"""Which fact tells since when a report of a kind waits."""

Lists = Mapping[int, list[Any]]


@dataclass(frozen=True, slots=True)
class _Talks:
    """On which day somebody was first spoken to, and when a talk was written down last."""

    first_on: date | None = None
    noted_at: datetime | None = None


NO_TALK = _Talks()


@dataclass(frozen=True, slots=True)
class _Plans:
    """Plans by person, with what is still to be done by plan."""

    plans: Mapping[int, Plan]
    evaluations: Lists
    actions: Lists

    def of(self, pseudonym_id: int) -> PlanFacts | None:
        row = self.plans.get(pseudonym_id)
        if row is None:
            return None
        return PlanFacts(
            subject=str(row.key),
            state=PlanState(row.state),
            drafted_on=row.drafted_on,
            evaluations=tuple(self.evaluations.get(row.pk, ())),
            actions=tuple(self.actions.get(row.pk, ())),
        )


def facts_of(viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date) -> dict[int, PersonFacts]:
    """Return the facts of these people on a day, by pseudonym; who is not known is left out.

    A fixed number of questions for a group of people, however many they are.
    """
    talks = _talks(viewer, pseudonym_ids)
    measured = _days(
        Measurement.objects.visible_to(viewer).filter(replaced_by__isnull=True),
        pseudonym_ids,
        Max("measured_on"),
    )
    domains = _days(
        DomainMeasurement.objects.visible_to(viewer).filter(replaced_by__isnull=True),
        pseudonym_ids,
        Max("measured_on"),
    )
    pauses = dict(
        ContactPause.objects.visible_to(viewer)
        .filter(pseudonym_id__in=pseudonym_ids, ended_on__isnull=True)
        .values_list("pseudonym_id", "ask_again_on")
    )
    steps = _next_steps(viewer, pseudonym_ids)
    since = benefit_since(viewer, pseudonym_ids)
    plans = _plans(viewer, pseudonym_ids)
    placements = _placements(viewer, pseudonym_ids)
    found_places = _found_places(viewer, pseudonym_ids)
    places_asking = _places_asking(viewer, pseudonym_ids, on)
    dates_of_jobs = job_dates_of(viewer, pseudonym_ids=pseudonym_ids, on=on)
    following = following_facts(viewer, pseudonym_ids=pseudonym_ids, on=on)
    waiting = waiting_facts(viewer, pseudonym_ids=pseudonym_ids, on=on)
    sheltered = sheltered_facts(viewer, pseudonym_ids=pseudonym_ids, on=on)
    subsidies = subsidy_dates_of(viewer, pseudonym_ids=pseudonym_ids, on=on)
    referrals = referrals_waiting(viewer, pseudonym_ids=pseudonym_ids, on=on)
    residents = Resident.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    return {
        row.pseudonym_id: PersonFacts(
            # A move is a new stretch of the same benefit: it does not start the clock again.
            benefit_since=since.get(row.pseudonym_id) if _runs(row, on) else None,
            first_spoken_on=talks.get(row.pseudonym_id, NO_TALK).first_on,
            spoken_on=row.last_spoken_on,
            talk_noted_at=talks.get(row.pseudonym_id, NO_TALK).noted_at,
            ask_again_on=pauses.get(row.pseudonym_id),
            next_steps=tuple(steps.get(row.pseudonym_id, ())),
            measured_on=measured.get(row.pseudonym_id),
            domains_measured_on=domains.get(row.pseudonym_id),
            plan=plans.of(row.pseudonym_id),
            placements=tuple(placements.get(row.pseudonym_id, ())),
            lapsed_holds=waiting.get(row.pseudonym_id, NO_WAITING).lapsed_holds,
            waits_in_vain=waiting.get(row.pseudonym_id, NO_WAITING).waits_in_vain,
            jobs_left=sheltered.get(row.pseudonym_id, NO_SHELTERED).jobs_left,
            without_job=sheltered.get(row.pseudonym_id, NO_SHELTERED).without_job,
            found_places=tuple(found_places.get(row.pseudonym_id, ())),
            places_asking=tuple(places_asking.get(row.pseudonym_id, ())),
            **following.get(row.pseudonym_id, NOTHING_DUE).as_facts(),
            job_dates=dates_of_jobs.get(row.pseudonym_id, ()),
            subsidy_dates=subsidies.get(row.pseudonym_id, ()),
            referrals=referrals.get(row.pseudonym_id, ()),
        )
        for row in residents.select_related("benefit_entry").only(
            "pseudonym_id",
            "last_spoken_on",
            "benefit_entry__starts_on",
            "benefit_entry__ends_on",
            "benefit_entry__withdrawn",
        )
    }


def _runs(row: Resident, on: date) -> bool:
    entry = row.benefit_entry
    return not entry.withdrawn and entry.starts_on <= on < entry.ends_on


def _days(rows: QuerySet[Any], pseudonym_ids: Sequence[int], which: Max) -> dict[int, date]:
    found = rows.filter(pseudonym_id__in=pseudonym_ids).values("pseudonym_id")
    return dict(found.annotate(day=which).values_list("pseudonym_id", "day"))


def _talks(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, _Talks]:
    rows = Conversation.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, replaced_by__isnull=True
    )
    found = rows.values("pseudonym_id").annotate(
        first_on=Min("held_on"), noted_at=Max("entry__recorded_at")
    )
    return {
        pseudonym_id: _Talks(first_on, timezone.localtime(noted_at))
        for pseudonym_id, first_on, noted_at in found.values_list(
            "pseudonym_id", "first_on", "noted_at"
        )
    }


def _next_steps(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Lists:
    rows = NextStep.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, done_on__isnull=True
    )
    return _dated(rows.values_list("pseudonym_id", "pk", "planned_on"))


def _dated(rows: Iterable[tuple[int, int, date | None]]) -> Lists:
    found: dict[int, list[Dated]] = defaultdict(list)
    for owner, subject, day in rows:
        if day is not None:
            found[owner].append(Dated(str(subject), day))
    return found


def _plans(viewer: Viewer, pseudonym_ids: Sequence[int]) -> _Plans:
    rows = Plan.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    plans = {
        row.pseudonym_id: row
        for row in rows.exclude(state=PlanState.ENDED).only(
            "pseudonym_id", "key", "state", "drafted_on"
        )
    }
    plan_ids = [row.pk for row in plans.values()]
    evaluations = PlanEvaluation.objects.visible_to(viewer).filter(
        plan_id__in=plan_ids, held_on__isnull=True
    )
    actions = PlanAction.objects.visible_to(viewer).filter(
        plan_id__in=plan_ids, due_on__isnull=False, state__in=TO_BE_DONE
    )
    return _Plans(
        plans=plans,
        evaluations=_dated(evaluations.values_list("plan_id", "pk", "planned_on")),
        actions=_dated(actions.values_list("plan_id", "pk", "due_on")),
    )


def _places_asking(viewer: Viewer, pseudonym_ids: Sequence[int], on: date) -> Lists:
    """Return places that ask and can still take the person, by pseudonym.

    As when the people were found: matching is on, the place is listed, open and has room, and the
    person has no place by now. A list of places made since ends it too: it was looked at.
    """
    if not matching_is_on(viewer):
        return {}
    looked = Proposal.objects.visible_to(viewer).filter(
        pseudonym_id=OuterRef("pseudonym_id"), made_at__gte=OuterRef("question__asked_at")
    )
    has_place = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=OuterRef("pseudonym_id"), state__in=HOLDS_A_SEAT
    )
    rows = AskedPerson.objects.visible_to(viewer).filter(
        ~Exists(looked),
        ~Exists(has_place),
        pseudonym_id__in=pseudonym_ids,
        question__until__gt=on,
        question__place__status=PlaceStatus.LISTED,
        question__place__opens_on__lte=on,
        question__place__closes_on__gt=on,
        question__place__is_full=False,
        question__place__taken__lt=F("question__place__capacity"),
    )
    found: dict[int, list[Dated]] = defaultdict(list)
    for pseudonym_id, key, asked_at in rows.values_list(
        "pseudonym_id", "question__place__key", "question__asked_at"
    ):
        found[pseudonym_id].append(Dated(str(key), timezone.localdate(asked_at)))
    return found


def _found_places(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Lists:
    rows = FoundPlace.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, decided_at__isnull=True
    )
    found: dict[int, list[Dated]] = defaultdict(list)
    for pseudonym_id, key, entered_at in rows.values_list(
        "pseudonym_id", "place__key", "entered_at"
    ):
        found[pseudonym_id].append(Dated(str(key), timezone.localdate(entered_at)))
    return found


def _placements(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Lists:
    rows = StatePeriod.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        placement__state__in=HOLDS_A_SEAT,
        withdrawn=False,
    )
    told = _told(viewer, pseudonym_ids)
    reported = _reported(viewer, pseudonym_ids)
    came: dict[int, list[tuple[date, date]]] = defaultdict(list)
    found: dict[int, list[PlacementFacts]] = defaultdict(list)
    in_order = rows.annotate(closing=closing_day("placement__place")).order_by(
        "placement_id", "starts_on"
    )
    for (
        pseudonym_id,
        placement_id,
        key,
        state,
        since,
        until,
        planned,
        closing,
    ) in in_order.values_list(
        "placement__pseudonym_id",
        "placement_id",
        "placement__key",
        "state",
        "starts_on",
        "ends_on",
        "placement__planned_end_on",
        "closing",
    ):
        if state in COMES:
            came[placement_id].append((since, until))
        if until != STILL_OPEN:
            continue
        found[pseudonym_id].append(
            PlacementFacts(
                subject=str(key),
                state=PlacementState(state),
                since=since,
                planned_end_on=expected_last_day(planned, closing),
                came=tuple(came[placement_id]),
                **told.get(placement_id, {}),
                **reported.get(placement_id, {}),
            )
        )
    return found


def _reported(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """Return since when reports wait for an answer of the coach, as facts, by placement."""
    rows = PartnerReport.objects.visible_to(viewer).filter(
        placement__pseudonym_id__in=pseudonym_ids,
        placement__state__in=HOLDS_A_SEAT,
        answer__isnull=True,
    )
    oldest = rows.values("placement_id", "kind").annotate(first_at=Min("reported_at"))
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for placement_id, kind, first_at in oldest.values_list("placement_id", "kind", "first_at"):
        fact = REPORTED[PartnerReportKind(kind)]
        found[placement_id][fact] = timezone.localdate(first_at)
    return found


def _told(viewer: Viewer, pseudonym_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """Return what organisations told about running placements, as facts, by placement.

    Of each month the last word holds; a stop only while nothing was said of a later month. What
    a colleague says of an earlier month does not take it back, but a day on which somebody went
    on or began anew does.
    """
    rows = (
        MonthConfirmation.objects.visible_to(viewer)
        .filter(placement__pseudonym_id__in=pseudonym_ids, placement__state__in=TAKES_PART)
        .annotate(is_over=Case(When(overtaken(viewer), then=True), default=False))
    )
    words: dict[int, dict[date, Any]] = defaultdict(dict)
    last: dict[int, Any] = {}
    for row in rows.order_by("month", "pk"):
        words[row.placement_id][row.month] = last[row.placement_id] = row
    return {
        placement_id: _as_facts(words[placement_id], last[placement_id]) for placement_id in last
    }


def _as_facts(words: Mapping[date, Any], last: Any) -> dict[str, Any]:
    worries = [row.answered_at for row in words.values() if row.answer == MonthAnswer.WORRIES]
    # Something said while a month runs is not yet a word about the whole of it.
    whole = [
        month for month, row in words.items() if row.answered_at > clock.end_of(last_of(month))
    ]
    stopped = last.answer == MonthAnswer.STOPPED and not last.is_over
    return {
        "worried_at": timezone.localtime(max(worries)) if worries else None,
        "stopped_on": last.last_day if stopped else None,
        "told_until": add_months(max(whole), 1) if whole else None,
    }
