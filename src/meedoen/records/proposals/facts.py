"""From what is known of people to the facts that matching may use, and no other."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from meedoen.records.conversations.queries import Wishes
from meedoen.records.organisations import clock
from meedoen.records.organisations.prepared import Prepared
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.spots import DistrictSpot
from meedoen.records.plans.models import Plan, PlanGoal
from meedoen.records.proposals.models import Proposal, Refusal, WishList
from meedoen.records.sharing.models import Sharing
from meedoen.rules.matching.facts import PersonFacts, TravelBy
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.places.kinds import kinds_open_to
from meedoen.rules.places.steps import step_kinds
from meedoen.rules.vocabulary import GoalState, Guidance, LegalTask, PlaceKind, PlanState

Rows = Iterable[tuple[Any, ...]]

ONE_BY_ONE = 500
"""Facts about more people than this are read for everyone: no database takes longer lists."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said when places were looked for.

    How they travel, how much help they want, and how many half-days a week are enough, 1 to 21.
    """

    travel: TravelBy | None = None
    guidance: Guidance | None = None
    most_half_days: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of people beside their conversations, by pseudonym; see `known_of`."""

    asked: Mapping[int, Asked]
    wished_places: Mapping[int, tuple[int, ...]]
    paused_until: Mapping[int, Mapping[int, date]]
    step_kinds: Mapping[int, frozenset[PlaceKind]]
    legal_tasks: Mapping[int, frozenset[LegalTask]]


def known_of(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> Known:
    """Return what matching may know of these people, in five questions."""
    few = Q(pseudonym_id__in=pseudonym_ids) if len(pseudonym_ids) <= ONE_BY_ONE else Q()
    return _known(*(rows_of(viewer, few) for rows_of in _ROWS))


def known_of_one(viewer: Viewer, *, pseudonym_id: int) -> Known:
    """Return what `known_of` does of one person, with less work."""
    return _known(*(one.ask(viewer, pseudonym_id=pseudonym_id) for one in _OF_ONE))


def _known(asked: Rows, wished: Rows, refused: Rows, agreed: Rows, shared: Rows) -> Known:
    return Known(
        asked=_asked(asked),
        wished_places=_wished_places(wished),
        paused_until=_paused_until(refused),
        step_kinds=_step_kinds(agreed),
        legal_tasks=_legal_tasks(shared),
    )


def person_facts(
    pseudonym_id: int,
    wishes: Wishes,
    *,
    district: DistrictSpot,
    known: Known,
    rule_set: RuleSet,
    earlier_kinds: Set[PlaceKind] = frozenset(),
    asked: Asked | None = None,
) -> PersonFacts:
    """Return the facts for matching, from the last conversation and what is known beside it.

    No half-days said means not asked, so it never makes a place fall off. Who said how they
    travel reaches as far as that goes, where the middle of their district is known. Else someone
    who can travel reaches the whole town; someone who cannot stays in the own district. `asked`
    takes the place of what was said at the former list.
    """
    said = asked or known.asked.get(pseudonym_id, Asked())
    by_distance = said.travel is not None and district.spot is not None
    return PersonFacts(
        wished_kinds=wishes.wished_kinds,
        allowed_kinds=kinds_open_to(earlier_kinds, clock.today()),
        wished_places=known.wished_places.get(pseudonym_id, ()),
        interests=wishes.interests,
        half_days=wishes.half_days or None,
        most_half_days=said.most_half_days,
        district=district.code,
        reachable_districts=None if by_distance or wishes.whole_town else frozenset(),
        start=district.spot,
        reach_metres=rule_set.reach[said.travel] if by_distance and said.travel else None,
        language_level=wishes.language_level,
        functional_limits=wishes.functional_limits,
        legal_tasks=known.legal_tasks.get(pseudonym_id, ALWAYS_ALLOWED),
        guidance_needed=said.guidance,
        step_kinds=known.step_kinds.get(pseudonym_id, frozenset()),
        earlier_kinds=frozenset(earlier_kinds),
        paused_until=known.paused_until.get(pseudonym_id, {}),
    )


def firm_facts(
    viewer: Viewer, *, pseudonym_id: int, earlier_kinds: frozenset[PlaceKind] = frozenset()
) -> PersonFacts:
    """Return no more about a person than the rules of law ask, as it is today."""
    tasks = _legal_tasks(_shared_rows(viewer, Q(pseudonym_id=pseudonym_id)))
    return PersonFacts(
        allowed_kinds=kinds_open_to(earlier_kinds, clock.today()),
        legal_tasks=tasks.get(pseudonym_id, ALWAYS_ALLOWED),
    )


ALWAYS_ALLOWED = frozenset({LegalTask.PARTICIPATION})
"""Who has a benefit is known for the Participatiewet (article 7(1)a), and for nothing else."""


NOTHING_ASKED = Q(travel="", guidance="", most_half_days=None)
"""Lists for which the person said nothing."""


def asked_with(row: Proposal) -> Asked:
    """Return what the person said when a list was made."""
    return _said(row.travel, row.guidance, row.most_half_days)


def _said(travel: str, guidance: str, most_half_days: int | None) -> Asked:
    return Asked(
        travel=TravelBy(travel) if travel else None,
        guidance=Guidance(guidance) if guidance else None,
        most_half_days=most_half_days,
    )


def _asked_rows(viewer: Viewer, few: Q) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Proposal.objects.visible_to(viewer).filter(few).exclude(NOTHING_ASKED).order_by("pk")
    return rows.values_list("pseudonym_id", "travel", "guidance", "most_half_days")


def _wished_rows(viewer: Viewer, few: Q) -> QuerySet[Any, tuple[Any, ...]]:
    rows = WishList.objects.visible_to(viewer).filter(few).order_by("pk")
    return rows.values_list("pseudonym_id", "places")


def _refused_rows(viewer: Viewer, few: Q) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Refusal.objects.visible_to(viewer).filter(few).order_by("pk")
    return rows.values_list("pseudonym_id", "place_id", "paused_until")


def _agreed_rows(viewer: Viewer, few: Q) -> QuerySet[Any, tuple[Any, ...]]:
    goals = PlanGoal.objects.visible_to(viewer).filter(plan=OuterRef("pk"), state=GoalState.OPEN)
    rows = Plan.objects.visible_to(viewer).filter(few, Exists(goals), state=PlanState.AGREED)
    return rows.values_list("pseudonym_id", "template")


def _shared_rows(viewer: Viewer, few: Q) -> QuerySet[Any, tuple[Any, ...]]:
    today = clock.today()
    rows = Sharing.objects.visible_to(viewer).filter(few, starts_on__lte=today, ends_on__gt=today)
    return rows.values_list("pseudonym_id", "legal_task")


_ROWS = (_asked_rows, _wished_rows, _refused_rows, _agreed_rows, _shared_rows)
_OF_ONE = tuple(Prepared(rows_of) for rows_of in _ROWS)


def _asked(rows: Rows) -> dict[int, Asked]:
    # The newest of each person comes last, and stays.
    return {pseudonym_id: _said(*said) for pseudonym_id, *said in rows}


def _wished_places(rows: Rows) -> dict[int, tuple[int, ...]]:
    return {pseudonym_id: tuple(places) for pseudonym_id, places in rows}


def _paused_until(rows: Rows) -> dict[int, dict[int, date]]:
    """Return for whom which places rest, and until when; what was said last about one holds."""
    found: dict[int, dict[int, date]] = {}
    for pseudonym_id, place_id, until in rows:
        of_person = found.setdefault(pseudonym_id, {})
        of_person.pop(place_id, None)
        if until is not None and until > clock.today():
            of_person[place_id] = until
    return found


def _step_kinds(rows: Rows) -> dict[int, frozenset[PlaceKind]]:
    today = clock.today()
    return {pseudonym_id: step_kinds(template, today) for pseudonym_id, template in rows}


def _legal_tasks(rows: Rows) -> dict[int, frozenset[LegalTask]]:
    """Return the laws for which something is shared about people now, with the one for all."""
    found: dict[int, frozenset[LegalTask]] = {}
    for pseudonym_id, task in rows:
        found[pseudonym_id] = found.get(pseudonym_id, ALWAYS_ALLOWED) | {LegalTask(task)}
    return found
