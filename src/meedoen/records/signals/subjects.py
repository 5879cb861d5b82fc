"""What signals are about, in the words of those who entered it: a place, a step, an action."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from meedoen.records.conversations.models import NextStep
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import MonthConfirmation, PartnerReport, Placement
from meedoen.records.places.models import FoundPlace, Place
from meedoen.records.plans.models import PlanAction
from meedoen.records.signals.models import Signal
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import MonthAnswer, PartnerReportKind

OF_PLACEMENTS = frozenset(
    {
        SignalKind.PLACEMENT_WAITS,
        SignalKind.HOLD_LAPSED,
        SignalKind.WAITS_IN_VAIN,
        SignalKind.PLACEMENT_PAST_END,
        SignalKind.PLACEMENT_ENDS_SOON,
        SignalKind.PARTNER_WORRY,
        SignalKind.PARTNER_SAYS_STOPPED,
        SignalKind.MONTH_NOT_CONFIRMED,
        SignalKind.EVALUATION_DUE,
        SignalKind.NEXT_STEP_NOT_CHOSEN,
        SignalKind.AFTERCARE_DUE,
        SignalKind.JOB_WITHOUT_PLACEMENT,
        SignalKind.PLACEMENT_WITHOUT_JOB,
    }
)
OF_SHELTERED_WORK = frozenset({SignalKind.JOB_WITHOUT_PLACEMENT, SignalKind.PLACEMENT_WITHOUT_JOB})
"""About a placement, and dealt with in the sheltered work of the person."""
OF_JOBS = frozenset(
    {
        SignalKind.JOB_MUST_END,
        SignalKind.JOB_CHANCE,
        SignalKind.JOB_EXTENSION,
        SignalKind.JOB_SCHOOLING,
        SignalKind.JOB_PREMIUM,
        SignalKind.JOB_LOOK_AHEAD,
        SignalKind.JOB_FACTS_WRONG,
    }
)
"""About a placement, and after how many months the date falls: the subject holds both."""
OF_FOUND_PLACES = frozenset({SignalKind.FOUND_PLACE_TO_VERIFY})
OF_REFERRALS = frozenset(
    {
        SignalKind.REFERRAL_RECEIVED,
        SignalKind.REFERRAL_CAME_BACK,
        SignalKind.REFERRAL_NOT_ANSWERED,
        SignalKind.REFERRAL_WITHOUT_WORD,
    }
)
"""About a referral, or about the receiver for which the coach answers."""
OF_ASKING_PLACES = frozenset({SignalKind.PLACE_ASKS})
REPORTS = {
    SignalKind.PARTNER_WORRY: PartnerReportKind.WORRY,
    SignalKind.PARTNER_SAYS_STOPPED: PartnerReportKind.PROPOSES_END,
}
TOLD = frozenset(REPORTS)


@dataclass(frozen=True, slots=True)
class About:
    """What a signal is about: a title and, for a place, the organisation; both may be empty.

    `said` is what the organisation wrote with what it told. `report` is the report that waits for
    an answer, the oldest of its kind; None when the organisation told it in another way.
    """

    title: str = ""
    organisation: str = ""
    said: str = ""
    report: uuid.UUID | None = None


NOTHING = About()


def about(viewer: Viewer, rows: Iterable[Signal]) -> Mapping[int, About]:
    """Return what each of these signals is about, by the id of the signal.

    One question for each sort of subject, and none for a sort that is not there.
    """
    given = list(rows)
    placements = _of(given, OF_PLACEMENTS) | _placements_of_jobs(given)
    found_places = _of(given, OF_FOUND_PLACES)
    steps = _of(given, {SignalKind.NEXT_STEP_OVERDUE})
    actions = _of(given, {SignalKind.PLAN_ACTION_OVERDUE})
    found: dict[int, About] = {}
    if placements:
        titles = Placement.objects.visible_to(viewer).filter(key__in=set(placements.values()))
        found |= _named(
            placements, titles.values_list("key", "place__title", "place__organisation__name")
        )
    if found_places:
        finds = FoundPlace.objects.visible_to(viewer).filter(
            place__key__in=set(found_places.values())
        )
        found |= _named(
            found_places,
            finds.values_list("place__key", "place__title", "place__organisation__name"),
        )
    asking = _of(given, OF_ASKING_PLACES)
    if asking:
        places = Place.objects.filter(
            municipality_id=viewer.municipality_id, key__in=set(asking.values())
        )
        found |= _named(asking, places.values_list("key", "title", "organisation__name"))
    told = _of(given, TOLD)
    if told:
        found |= _with_words(viewer, given, {pk: found[pk] for pk in told}, told)
    if steps:
        open_steps = NextStep.objects.visible_to(viewer).filter(pk__in=set(steps.values()))
        whats = dict(open_steps.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in steps.items()}
    if actions:
        open_actions = PlanAction.objects.visible_to(viewer).filter(pk__in=set(actions.values()))
        whats = dict(open_actions.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in actions.items()}
    return found


def placement_and_months(subject: str) -> tuple[str, str]:
    """Return the key of the placement and the number of months of a date of the law.

    The number is empty where there is no date.
    """
    key, _space, months = subject.partition(" ")
    return key, months


def _placements_of_jobs(rows: Iterable[Signal]) -> dict[int, str]:
    return {pk: placement_and_months(subject)[0] for pk, subject in _of(rows, OF_JOBS).items()}


def _with_words(
    viewer: Viewer, rows: Iterable[Signal], abouts: Mapping[int, About], told: Mapping[int, str]
) -> dict[int, About]:
    """Return the same with what the organisation wrote; a report that waits comes first."""
    notes = _notes(viewer, rows, told)
    reports = _reports(viewer, rows, told)
    return {
        pk: replace(one, said=reports[pk].text, report=reports[pk].key)
        if pk in reports
        else replace(one, said=notes.get(pk, ""))
        for pk, one in abouts.items()
    }


def _notes(viewer: Viewer, rows: Iterable[Signal], told: Mapping[int, str]) -> Mapping[int, str]:
    """Return what the organisation wrote last with a worry or a stop, by the id of the signal."""
    answers = {
        SignalKind.PARTNER_WORRY.value: MonthAnswer.WORRIES.value,
        SignalKind.PARTNER_SAYS_STOPPED.value: MonthAnswer.STOPPED.value,
    }
    words = MonthConfirmation.objects.visible_to(viewer).filter(
        placement__key__in=set(told.values()), answer__in=answers.values()
    )
    in_order = words.order_by("answered_at", "pk").values_list("placement__key", "answer", "note")
    newest = {(str(key), answer): note for key, answer, note in in_order}
    kinds = {row.pk: row.kind for row in rows}
    return {pk: newest.get((subject, answers[kinds[pk]]), "") for pk, subject in told.items()}


def _reports(
    viewer: Viewer, rows: Iterable[Signal], told: Mapping[int, str]
) -> Mapping[int, PartnerReport]:
    """Return the oldest report that waits for an answer, by the id of the signal about it."""
    waiting = PartnerReport.objects.visible_to(viewer).filter(
        placement__key__in=set(told.values()), answer__isnull=True
    )
    newest_first = waiting.select_related("placement").order_by("-reported_at", "-pk")
    oldest = {(str(row.placement.key), row.kind): row for row in newest_first}
    kinds = {row.pk: REPORTS[SignalKind(row.kind)].value for row in rows if row.pk in told}
    return {
        pk: oldest[subject, kinds[pk]]
        for pk, subject in told.items()
        if (subject, kinds[pk]) in oldest
    }


def _named(
    subjects: Mapping[int, str], lines: Iterable[tuple[uuid.UUID, str, str]]
) -> dict[int, About]:
    by_key = {str(key): About(title, organisation) for key, title, organisation in lines}
    return {pk: by_key.get(subject, NOTHING) for pk, subject in subjects.items()}


def _of(rows: Iterable[Signal], kinds: Iterable[SignalKind]) -> dict[int, str]:
    wanted = {kind.value for kind in kinds}
    return {row.pk: row.subject for row in rows if row.kind in wanted}
