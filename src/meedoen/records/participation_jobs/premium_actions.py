"""Deciding on premiums, and what was paid of them; only by municipal roles (article 7(4))."""

import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.keeping import held, keep, person_of, refuse
from meedoen.records.participation_jobs.limits import MOST_HOURS
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.rules.law.participation_job import law_on
from meedoen.rules.participation_job.decided import Decided, Matter
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.joined import unbroken_months
from meedoen.rules.participation_job.premium import (
    PremiumFacts,
    PremiumResult,
    as_json,
    premium_for,
    premium_periods,
)
from meedoen.rules.participation_job.problems import ClockError


@action(Permission.FIX_DUTIES)
def decide_premium(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    number: int,
    cooperated: bool,
    hours_per_week: Decimal,
    decided_on: date,
    words: str = "",
    seen: int | None = None,
) -> PremiumResult:
    """Decide on the premium for the n-th six months, and return it with its basis: 10a(6).

    The amount is worked out by the dated values of the municipality. Raises ActionRefusedError.
    """
    pseudonym_id = person_of(viewer, key)
    facts = held(viewer, [pseudonym_id])[pseudonym_id].facts
    refuse(_wrong_with(cooperated, hours_per_week, decided_on, words))
    try:
        result = _worked_out(facts, number, cooperated, hours_per_week, decided_on)
    except ClockError as error:
        raise ActionRefusedError(" ".join(sentences(error.problems))) from error
    one = Decided(matter=Matter.PREMIUM, on=decided_on, number=number, cents=result.cents)
    keep(viewer, key, one, words=words, seen=seen, basis=as_json(result))
    return result


@action(Permission.FIX_DUTIES)
def note_payment(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    paid_on: date,
    cents: int,
    number: int = 0,
    seen: int | None = None,
) -> None:
    """Write down that a premium was paid, in whole cents. Raises ActionRefusedError."""
    one = Decided(matter=Matter.PAYMENT, on=paid_on, number=number, cents=cents)
    keep(viewer, key, one, seen=seen)


def _wrong_with(
    cooperated: bool,  # noqa: FBT001 - one caller
    hours_per_week: Decimal,
    decided_on: date,
    words: str,
) -> Iterator[str]:
    if not 0 <= hours_per_week <= MOST_HOURS:
        yield _("Vul een aantal uren per week in van 0 tot en met %(most)s.") % {"most": MOST_HOURS}
    if not cooperated and not words.strip():
        yield _("Schrijf op waarom de inwoner niet genoeg meewerkte.")
    if decided_on > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")


def _worked_out(
    facts: ClockFacts,
    number: int,
    cooperated: bool,  # noqa: FBT001 - one caller
    hours_per_week: Decimal,
    decided_on: date,
) -> PremiumResult:
    periods = premium_periods(facts, on=clock.today())
    period = next((one for one in periods if one.number == number), None)
    if period is None:
        raise ActionRefusedError(_("Over deze zes maanden is geen premie te geven."))
    months = unbroken_months(facts.stretches, law_on(period.ends_on), period.ends_on)
    given = PremiumFacts(cooperated, hours_per_week, months)
    return premium_for(period, given, on=decided_on)
