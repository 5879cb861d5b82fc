"""What signals are about, in the words of those who entered it: a place, a step, an action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meedoen.records.conversations.models import NextStep
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.plans.models import PlanAction
from meedoen.records.signals.models import Signal
from meedoen.rules.signals.kinds import SignalKind

OF_PLACEMENTS = frozenset(
    {
        SignalKind.PLACEMENT_WAITS,
        SignalKind.PLACEMENT_PAST_END,
        SignalKind.PLACEMENT_ENDS_SOON,
    }
)


@dataclass(frozen=True, slots=True)
class About:
    """What a signal is about: a title and, for a place, the organisation; both may be empty."""

    title: str = ""
    organisation: str = ""


NOTHING = About()


def about(viewer: Viewer, rows: Iterable[Signal]) -> Mapping[int, About]:
    """Return what each of these signals is about, by the id of the signal.

    One question for each sort of subject, and none for a sort that is not there.
    """
    given = list(rows)
    placements = _of(given, OF_PLACEMENTS)
    steps = _of(given, {SignalKind.NEXT_STEP_OVERDUE})
    actions = _of(given, {SignalKind.PLAN_ACTION_OVERDUE})
    found: dict[int, About] = {}
    if placements:
        titles = Placement.objects.visible_to(viewer).filter(key__in=set(placements.values()))
        by_key = {
            str(key): About(title, organisation)
            for key, title, organisation in titles.values_list(
                "key", "place__title", "place__organisation__name"
            )
        }
        found |= {pk: by_key.get(subject, NOTHING) for pk, subject in placements.items()}
    if steps:
        open_steps = NextStep.objects.visible_to(viewer).filter(pk__in=set(steps.values()))
        whats = dict(open_steps.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in steps.items()}
    if actions:
        open_actions = PlanAction.objects.visible_to(viewer).filter(pk__in=set(actions.values()))
        whats = dict(open_actions.values_list("pk", "what"))
        found |= {pk: About(whats.get(int(subject), "")) for pk, subject in actions.items()}
    return found


def _of(rows: Iterable[Signal], kinds: Iterable[SignalKind]) -> dict[int, str]:
    wanted = {kind.value for kind in kinds}
    return {row.pk: row.subject for row in rows if row.kind in wanted}
