"""How people of a caseload changed over a period: on the ladder, and apart from it in steps.

Growth on the ladder and steps in life domains are two outcomes. Each has its own question and
its own cards; nothing here takes or gives both.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meedoen.records.ladder.caseload_rows import (
    CaseloadRow,
    caseload_rows,
    page_of_rows,
    residents,
)
from meedoen.records.ladder.models import DomainScore, Measurement
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.ladder.growth import (
    GrowthClass,
    MeasuredRung,
    compared_rungs,
    growth_class,
)
from meedoen.rules.ladder.life_domains import LifeDomain
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.ladder.step_growth import (
    DomainSteps,
    MeasuredSteps,
    StepGrowth,
    StepGrowthClass,
    step_growth,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodWanted:
    """Whose measurements over which days (both included) to compare."""

    first_day: date
    last_day: date
    own_only: bool


@dataclass(frozen=True, slots=True)
class LadderGrowthCard:
    """How somebody's rung changed; None and no rungs for who was not measured."""

    pseudonym_id: int
    key: uuid.UUID
    name: str
    kind: GrowthClass | None
    first: MeasuredRung | None
    last: MeasuredRung | None


@dataclass(frozen=True, slots=True)
class StepGrowthCard:
    """How somebody's steps in life domains changed; None and no steps for who was not measured."""

    pseudonym_id: int
    key: uuid.UUID
    name: str
    kind: StepGrowthClass | None
    domains: tuple[DomainSteps, ...]


def ladder_growth(viewer: Viewer, *, wanted: PeriodWanted) -> Sequence[LadderGrowthCard]:
    """Return how the rung of everyone in the caseload changed over the period, by name.

    Who was not measured is there when on benefit in the period. Two questions to the database,
    however many people there are.
    """
    rows = Measurement.objects.visible_to(viewer).filter(
        measured_on__range=(wanted.first_day, wanted.last_day), replaced_by__isnull=True
    )
    if wanted.own_only:
        people = residents(viewer, own_only=True).values("pseudonym_id")
        rows = rows.filter(pseudonym_id__in=people)
    measured: dict[int, list[MeasuredRung]] = {}
    found = rows.order_by("measured_on", "pk")
    for pseudonym_id, day, rung, version in found.values_list(
        "pseudonym_id", "measured_on", "set_rung", "ladder_version"
    ):
        measured.setdefault(pseudonym_id, []).append(MeasuredRung(day, Rung(rung), version))
    return [
        _ladder_card(row, measured.get(row.pseudonym_id, []))
        for row in caseload_rows(viewer, own_only=wanted.own_only)
        if row.pseudonym_id in measured or _on_benefit(row, wanted)
    ]


def step_growths(viewer: Viewer, *, wanted: PeriodWanted) -> Sequence[StepGrowthCard]:
    """Return how everyone's steps in life domains changed over the period, by name.

    Who was not measured is there when on benefit in the period. Two questions to the database,
    however many people there are.
    """
    rows = DomainScore.objects.visible_to(viewer).filter(
        measurement__measured_on__range=(wanted.first_day, wanted.last_day),
        measurement__replaced_by__isnull=True,
    )
    if wanted.own_only:
        people = residents(viewer, own_only=True).values("pseudonym_id")
        rows = rows.filter(measurement__pseudonym_id__in=people)
    measured: dict[int, dict[int, MeasuredSteps]] = {}
    scores: dict[int, dict[LifeDomain, int]] = {}
    found = rows.order_by("measurement__measured_on", "measurement_id", "pk")
    for pseudonym_id, measurement_id, day, instrument, domain, score in found.values_list(
        "measurement__pseudonym_id",
        "measurement_id",
        "measurement__measured_on",
        "measurement__instrument",
        "domain",
        "score",
    ):
        given = scores.setdefault(measurement_id, {})
        given[LifeDomain(domain)] = score
        of_person = measured.setdefault(pseudonym_id, {})
        of_person.setdefault(measurement_id, MeasuredSteps(day, instrument, given))
    return [
        _step_card(row, step_growth(measured.get(row.pseudonym_id, {}).values()))
        for row in caseload_rows(viewer, own_only=wanted.own_only)
        if row.pseudonym_id in measured or _on_benefit(row, wanted)
    ]


def page_of_ladder_growth(
    viewer: Viewer, cards: Sequence[LadderGrowthCard], *, number: int
) -> Page[tuple[LadderGrowthCard, str]]:
    """Return one page of people, each with the coach who is responsible."""
    return page_of_rows(
        viewer,
        cards,
        pseudonym_id=lambda card: card.pseudonym_id,
        to_card=lambda card, coach: (card, coach),
        number=number,
    )


def page_of_step_growth(
    viewer: Viewer, cards: Sequence[StepGrowthCard], *, number: int
) -> Page[tuple[StepGrowthCard, str]]:
    """Return one page of people, each with the coach who is responsible."""
    return page_of_rows(
        viewer,
        cards,
        pseudonym_id=lambda card: card.pseudonym_id,
        to_card=lambda card, coach: (card, coach),
        number=number,
    )


def _on_benefit(row: CaseloadRow, wanted: PeriodWanted) -> bool:
    return row.benefit_starts_on <= wanted.last_day and wanted.first_day < row.benefit_ends_on


def _ladder_card(row: CaseloadRow, measured: Sequence[MeasuredRung]) -> LadderGrowthCard:
    compared = compared_rungs(measured)
    return LadderGrowthCard(
        pseudonym_id=row.pseudonym_id,
        key=row.key,
        name=row.name,
        kind=growth_class(measured),
        first=compared[0] if compared else None,
        last=compared[-1] if compared else None,
    )


def _step_card(row: CaseloadRow, found: StepGrowth | None) -> StepGrowthCard:
    return StepGrowthCard(
        pseudonym_id=row.pseudonym_id,
        key=row.key,
        name=row.name,
        kind=found.kind if found else None,
        domains=found.domains if found else (),
    )
