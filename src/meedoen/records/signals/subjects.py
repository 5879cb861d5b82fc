"""What signals are about, in the words of those who entered it: a place, a step, an action."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from meedoen.records.conversations.models import NextStep
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import MonthConfirmation, Placement
from meedoen.records.places.models import FoundPlace, Place
from meedoen.records.plans.models import PlanAction
from meedoen.records.signals.models import Signal
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import MonthAnswer

OF_PLACEMENTS = frozenset(
    {
        SignalKind.PLACEMENT_WAITS,
        SignalKind.PLACEMENT_PAST_END,
        SignalKind.PLACEMENT_ENDS_SOON,
        SignalKind.PARTNER_WORRY,
        SignalKind.PARTNER_SAYS_STOPPED,
        SignalKind.MONTH_NOT_CONFIRMED,
    }
)
OF_FOUND_PLACES = frozenset({SignalKind.FOUND_PLACE_TO_VERIFY})
OF_ASKING_PLACES = frozenset({SignalKind.PLACE_ASKS})
TOLD = frozenset({SignalKind.PARTNER_WORRY, SignalKind.PARTNER_SAYS_STOPPED})


@dataclass(frozen=True, slots=True)
class About:
    """What a signal is about: a title and, for a place, the organisation; both may be empty.

    `said` is what the organisation wrote with what it told.
    """

    title: str = ""
    organisation: str = ""
    said: str = ""


NOTHING = About()


def about(viewer: Viewer, rows: Iterable[Signal]) -> Mapping[int, About]:
    """Return what each of these signals is about, by the id of the signal.

    One question for each sort of subject, and none for a sort that is not there.
    """
    given = list(rows)
    placements = _of(given, OF_PLACEMENTS)
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
        notes = _notes(viewer, given, told)
        found |= {pk: replace(found[pk], said=notes.get(pk, "")) for pk in told}
    if steps:
        open_steps = NextStep.objects.visible_to(viewer).filter(pk__in=set(steps.values()))
        whats = dict(open_steps.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in steps.items()}
    if actions:
        open_actions = PlanAction.objects.visible_to(viewer).filter(pk__in=set(actions.values()))
        whats = dict(open_actions.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in actions.items()}
    return found


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


def _named(
    subjects: Mapping[int, str], lines: Iterable[tuple[uuid.UUID, str, str]]
) -> dict[int, About]:
    by_key = {str(key): About(title, organisation) for key, title, organisation in lines}
    return {pk: by_key.get(subject, NOTHING) for pk, subject in subjects.items()}


def _of(rows: Iterable[Signal], kinds: Iterable[SignalKind]) -> dict[int, str]:
    wanted = {kind.value for kind in kinds}
    return {row.pk: row.subject for row in rows if row.kind in wanted}
