"""What changes inside a job: the hours of the contract, and the wage-cost subsidy for it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sheltered import checks
from meedoen.records.sheltered.advancing import Opened, opened
from meedoen.records.sheltered.models import Hours, Step, Track, WageSubsidy
from meedoen.records.sheltered.story import employments, stories
from meedoen.rules.law.values import NoValueError
from meedoen.rules.wage_subsidy.calculate import (
    JobFacts,
    Subsidy,
    SubsidyError,
    SubsidyProblem,
    calculate,
)
from meedoen.rules.wage_subsidy.terms import next_recalculation

HIGHEST_WAGE = Decimal(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyTerms:
    """From which day a subsidy is worked out, and by what.

    Euros a month and hours a week; `loonwaarde` is a part of the minimum wage, 0 to 1, and None
    while it is not fixed.
    """

    starts_on: date
    minimum_wage: Decimal
    week_hours: Decimal
    full_week_hours: Decimal
    loonwaarde: Decimal | None = None


@action(Permission.PLACE_RESIDENT)
def change_hours(
    viewer: Viewer, *, key: uuid.UUID, starts_on: date, week_hours: Decimal | None
) -> None:
    """Say how many hours a week somebody is employed for from a day on; the job goes on.

    Said again of the same day, the newest holds. Raises ActionRefusedError for a day without a
    job.
    """
    [one] = opened(viewer, [key])
    checks.refuse((*checks.faults_of_day(starts_on), *checks.faults_of_hours(week_hours)))
    _job_start(one.steps, starts_on)
    Hours.objects.create(
        municipality_id=viewer.municipality_id,
        track=one.track,
        starts_on=starts_on,
        week_hours=week_hours,
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )


@action(Permission.FIX_DUTIES)
def fix_wage_subsidy(viewer: Viewer, *, key: uuid.UUID, terms: SubsidyTerms) -> None:
    """Work the wage-cost subsidy out, and keep it with everything that went into it.

    Raises ActionRefusedError as `worked_out` does.
    """
    [one] = opened(viewer, [key])
    result = _worked_out(viewer, one, terms)
    WageSubsidy.objects.create(
        municipality_id=viewer.municipality_id,
        track=one.track,
        starts_on=terms.starts_on,
        job_started_on=_job_start(one.steps, terms.starts_on),
        minimum_wage=terms.minimum_wage,
        week_hours=terms.week_hours,
        full_week_hours=terms.full_week_hours,
        loonwaarde=terms.loonwaarde,
        percent=result.percent,
        result=result.as_json(),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )
    note_changes(viewer, [one.track.pseudonym_id])


@action(Permission.FIX_DUTIES)
def worked_out(viewer: Viewer, *, key: uuid.UUID, terms: SubsidyTerms) -> Subsidy:
    """Work the wage-cost subsidy of a job out and keep nothing.

    Raises ActionRefusedError with every reason why that cannot be, also without a job that day.
    """
    row = Track.objects.visible_to(viewer).filter(key=key).first()
    if row is None:
        raise ActionRefusedError(_("Dit traject bestaat niet of is niet voor u."))
    return _worked_out(viewer, Opened(row, stories(viewer, [row.pk])[row.pk]), terms)


def _worked_out(viewer: Viewer, one: Opened, terms: SubsidyTerms) -> Subsidy:
    started_on = _job_start(one.steps, terms.starts_on)
    checks.refuse(_faults_of_terms(viewer, one, terms, started_on))
    facts = JobFacts(
        started_on=started_on,
        minimum_wage=terms.minimum_wage,
        week_hours=terms.week_hours,
        full_week_hours=terms.full_week_hours,
        loonwaarde=terms.loonwaarde,
    )
    try:
        return calculate(facts, on=terms.starts_on)
    except SubsidyError as error:
        sentences = _sentences()
        raise ActionRefusedError(
            " ".join(sentences[problem] for problem in error.problems)
        ) from error
    except NoValueError as error:
        raise ActionRefusedError(
            _("Voor deze dag is niet vastgesteld wat de wet zegt. Kies een latere dag.")
        ) from error


def _faults_of_terms(
    viewer: Viewer, one: Opened, terms: SubsidyTerms, started_on: date
) -> Iterator[str]:
    if terms.minimum_wage > HIGHEST_WAGE:
        yield _("Dit minimumloon is te hoog. Vul het bedrag van een maand in.")
    if terms.week_hours > 0:
        yield from checks.faults_of_hours(terms.week_hours)
    last = next_recalculation(clock.today())
    if terms.starts_on > last:
        yield _("Op %(day)s wordt de subsidie opnieuw berekend. Kies een dag tot en met die.") % {
            "day": last.strftime("%d-%m-%Y")
        }
    if terms.loonwaarde is None and _is_fixed(viewer, one.track, started_on, terms.starts_on):
        yield _("De loonwaarde van deze baan is al vastgesteld. Vul die in.")


def _is_fixed(viewer: Viewer, track: Track, started_on: date, day: date) -> bool:
    """Say whether the loonwaarde of a job was fixed for a day before this one: 10d(5).

    What was said of the day itself does not count: the newest of a day holds.
    """
    rows = WageSubsidy.objects.visible_to(viewer).filter(
        track=track, starts_on__gte=started_on, starts_on__lt=day
    )
    newest = dict(rows.order_by("pk").values_list("starts_on", "loonwaarde"))
    return any(loonwaarde is not None for loonwaarde in newest.values())


def _job_start(steps: Sequence[Step], day: date) -> date:
    """Return the first day of the job that runs on a day. Raises ActionRefusedError."""
    for starts_on, ends_on in employments(steps):
        if starts_on <= day and (ends_on is None or day < ends_on):
            return starts_on
    raise ActionRefusedError(_("Op deze dag is er geen baan. Kies een dag waarop de baan loopt."))


def _sentences() -> Mapping[SubsidyProblem, str]:
    return {
        SubsidyProblem.WSW: _("Voor een baan in de Wsw is er geen loonkostensubsidie."),
        SubsidyProblem.WAGE_NOT_POSITIVE: _("Vul het minimumloon van een maand in, in euro's."),
        SubsidyProblem.HOURS_NOT_POSITIVE: _("Vul beide weken in uren in, meer dan 0."),
        SubsidyProblem.FULL_WEEK_TOO_LONG: _(
            "Zo lang is een volle werkweek niet. Kijk de uren na."
        ),
        SubsidyProblem.LOONWAARDE_OUT_OF_RANGE: _("Vul de loonwaarde in van 0 tot en met 100 %."),
        SubsidyProblem.BEFORE_START: _("De baan is op deze dag nog niet begonnen."),
        SubsidyProblem.FLAT_IS_OVER: _(
            "De eerste maanden zijn om: stel de loonwaarde vast en vul die in "
            "(artikel 10d, vijfde lid)."
        ),
    }
