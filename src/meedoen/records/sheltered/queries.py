"""Sheltered work of one person: the tracks with all that belongs to them, and the Wsw."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db.models import QuerySet

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.sheltered.models import Hours, Objection, Step, Track, WageSubsidy, WswStretch
from meedoen.records.sheltered.story import contracts_of, hours_from
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.states import next_states
from meedoen.rules.sheltered.words import (
    ObjectionState,
    ShelteredParty,
    ShelteredReason,
    ShelteredState,
    WswCategory,
    WswKind,
)
from meedoen.rules.vocabulary import PlaceKind
from meedoen.rules.wage_subsidy.calculate import Subsidy, subsidy_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """A step of a track. `was_on` is the day that was said before, when it was corrected."""

    number: int
    state: ShelteredState
    on: date
    by: ShelteredParty
    reason: ShelteredReason | None
    explanation: str
    placement_key: uuid.UUID | None
    placement: str
    said_by: str
    since: datetime
    was_on: date | None
    taken_back: bool
    correction_reason: str


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """An objection, or what became of it."""

    state: ObjectionState
    on: date
    text: str
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyCard:
    """A wage-cost subsidy from a day on; `loonwaarde` None is the fixed part."""

    starts_on: date
    percent: Decimal
    loonwaarde: Decimal | None
    job_started_on: date
    subsidy: Subsidy
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackCard:
    """One track: steps in order, what was taken back of it, contracts, objections, subsidies.

    Subsidies come newest first, each day once. `is_taken_back` says that the request itself was.
    """

    key: uuid.UUID
    resident_key: uuid.UUID
    state: ShelteredState
    steps: tuple[StepCard, ...]
    taken_back: tuple[StepCard, ...]
    contracts: tuple[Contract, ...]
    objections: tuple[ObjectionCard, ...]
    subsidies: tuple[SubsidyCard, ...]
    next_states: tuple[ShelteredState, ...]
    is_taken_back: bool

    @property
    def is_objected_to(self) -> bool:
        """Say whether an objection waits for an answer."""
        return bool(self.objections) and self.objections[-1].state is ObjectionState.RECEIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class WswCard:
    """A stretch of old sheltered work; `ends_on` is the first day after it."""

    key: uuid.UUID
    resident_key: uuid.UUID
    starts_on: date
    ends_on: date | None
    week_hours: Decimal
    category: WswCategory
    kind: WswKind


def tracks_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[TrackCard]:
    """Return the tracks of somebody, newest first."""
    return _cards(viewer, list(_tracks(viewer).filter(pseudonym_id=pseudonym_id)))


def track(viewer: Viewer, *, key: uuid.UUID) -> TrackCard | None:
    """Return one track; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    return next(iter(_cards(viewer, list(_tracks(viewer).filter(key=key)))), None)


def sheltered_placements(viewer: Viewer, *, track_key: uuid.UUID) -> Mapping[uuid.UUID, str]:
    """Return the places in sheltered work where the person of a track takes part, by placement."""
    tracks = Track.objects.visible_to(viewer).filter(key=track_key)
    rows = Placement.objects.visible_to(viewer).filter(
        pseudonym_id__in=tracks.values("pseudonym_id"),
        place__kind=PlaceKind.SHELTERED_NEW,
        state__in=TAKES_PART,
    )
    found = rows.order_by("pk").values_list("key", "place__title", "place__organisation__name")
    return {key: f"{title} ({organisation})" for key, title, organisation in found}


def wsw_of(viewer: Viewer, *, pseudonym_id: int) -> Sequence[WswCard]:
    """Return the old sheltered work of somebody, newest first."""
    rows = WswStretch.objects.visible_to(viewer).current().filter(pseudonym_id=pseudonym_id)
    return [_wsw_card(row) for row in rows.select_related("pseudonym").order_by("-starts_on")]


def wsw(viewer: Viewer, *, key: uuid.UUID) -> WswCard | None:
    """Return one stretch of old sheltered work; None when it is not there for this viewer."""
    rows = WswStretch.objects.visible_to(viewer).current().filter(key=key)
    row = rows.select_related("pseudonym").first()
    return _wsw_card(row) if row and viewer.may(Permission.SEE_CASELOAD) else None


def _tracks(viewer: Viewer) -> QuerySet[Track]:
    return Track.objects.visible_to(viewer).select_related("pseudonym").order_by("-pk")


def _cards(viewer: Viewer, rows: Sequence[Track]) -> list[TrackCard]:
    """Make the cards of tracks, with one question for each table."""
    numbers = [row.pk for row in rows]
    who = "recorded_by__account"
    steps = Step.objects.visible_to(viewer).filter(track_id__in=numbers).order_by("number", "pk")
    steps = steps.select_related(who, "replaces", "placement__place__organisation")
    hours = Hours.objects.visible_to(viewer).filter(track_id__in=numbers).order_by("pk")
    objections = Objection.objects.visible_to(viewer).filter(track_id__in=numbers).order_by("pk")
    subsidies = WageSubsidy.objects.visible_to(viewer).filter(track_id__in=numbers).order_by("pk")
    told = _Told(
        steps=_by_track(steps),
        hours=_by_track(hours),
        objections=_by_track(objections.select_related(who)),
        subsidies=_by_track(subsidies.select_related(who)),
    )
    return [_card(row, told) for row in rows]


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said about tracks, each by the id of the track and the oldest first."""

    steps: Mapping[int, list[Step]]
    hours: Mapping[int, list[Hours]]
    objections: Mapping[int, list[Objection]]
    subsidies: Mapping[int, list[WageSubsidy]]


R = TypeVar("R", Step, Hours, Objection, WageSubsidy)


def _by_track(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.track_id, []).append(row)
    return found


def _card(row: Track, told: _Told) -> TrackCard:
    every = told.steps.get(row.pk, [])
    replaced = {step.replaces_id for step in every}
    last_said = [step for step in every if step.pk not in replaced]
    steps = [step for step in last_said if not step.taken_back]
    hours = hours_from(
        (said.starts_on, said.week_hours, said.withdrawn) for said in told.hours.get(row.pk, [])
    )
    newest = {said.starts_on: said for said in told.subsidies.get(row.pk, [])}
    state = ShelteredState(row.state)
    return TrackCard(
        key=row.key,
        resident_key=row.pseudonym.key,
        state=state,
        steps=tuple(map(_step_card, steps)),
        taken_back=tuple(_step_card(step) for step in last_said if step.taken_back),
        contracts=tuple(contracts_of(row.pseudonym_id, steps, hours)),
        objections=tuple(map(_objection_card, told.objections.get(row.pk, []))),
        subsidies=tuple(_subsidy_card(newest[day]) for day in sorted(newest, reverse=True)),
        next_states=next_states(state) if steps else (),
        is_taken_back=not steps,
    )


def _step_card(row: Step) -> StepCard:
    before = row.replaces
    at = row.placement.place if row.placement else None
    return StepCard(
        number=row.number,
        state=ShelteredState(row.state),
        on=row.on,
        by=ShelteredParty(row.by),
        reason=ShelteredReason(row.reason) if row.reason else None,
        explanation=row.explanation,
        placement_key=row.placement.key if row.placement else None,
        placement=f"{at.title} ({at.organisation.name})" if at else "",
        said_by=_name(row.recorded_by),
        since=row.recorded_at,
        was_on=before.on if before and not row.taken_back else None,
        taken_back=row.taken_back,
        correction_reason=row.correction_reason,
    )


def _objection_card(row: Objection) -> ObjectionCard:
    return ObjectionCard(ObjectionState(row.state), row.on, row.text, _name(row.recorded_by))


def _subsidy_card(row: WageSubsidy) -> SubsidyCard:
    return SubsidyCard(
        starts_on=row.starts_on,
        percent=row.percent,
        loonwaarde=row.loonwaarde,
        job_started_on=row.job_started_on,
        subsidy=subsidy_from_json(row.result),
        said_by=_name(row.recorded_by),
    )


def _wsw_card(row: WswStretch) -> WswCard:
    return WswCard(
        key=row.key,
        resident_key=row.pseudonym.key,
        starts_on=row.starts_on,
        ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
        week_hours=row.week_hours,
        category=WswCategory(row.category),
        kind=WswKind(row.kind),
    )


def _name(member: Membership | None) -> str:
    return member.account.name if member else ""
