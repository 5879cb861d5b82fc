"""What was paid of premiums, and how much of it does not count as means: article 31(2)j."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.jobs import jobs_of
from meedoen.records.participation_jobs.queries import job_of
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.rules.law.values import NoValueError
from meedoen.rules.participation_job.decided import Matter
from meedoen.rules.participation_job.exempt import ExemptPart, Payment, exempt_part
from meedoen.rules.participation_job.facts import ClockFacts
from meedoen.rules.participation_job.problems import ClockError


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """A payment; `exempt` is None when that cannot be said, and `unknown` then says why."""

    key: uuid.UUID
    paid_on: date
    cents: int
    exempt: ExemptPart | None
    unknown: str


def payments_of(viewer: Viewer, placement_key: uuid.UUID) -> Sequence[PaymentCard]:
    """Return what was paid to who has this participation job, in order of date.

    Of each payment how much was exempt follows from what was paid before it in that year; of two
    on one day the one that was written down first counts first.
    """
    pseudonym_id = job_of(viewer, placement_key)
    found = jobs_of(viewer, pseudonym_ids=[] if pseudonym_id is None else [pseudonym_id])
    cards: list[PaymentCard] = []
    for jobs in found.values():
        paid = [row for row in jobs.holding if row.matter == Matter.PAYMENT]
        facts, before = jobs.facts, list[Payment]()
        for row in sorted(paid, key=lambda row: (row.day, row.number)):
            payment = Payment(row.day, row.cents)
            exempt, unknown = _exempt(before, payment, facts)
            cards.append(PaymentCard(row.key, row.day, row.cents, exempt, unknown))
            before.append(payment)
    return cards


def _exempt(
    before: Iterable[Payment], payment: Payment, facts: ClockFacts
) -> tuple[ExemptPart | None, str]:
    try:
        part = exempt_part(
            before,
            payment,
            birth_date=facts.birth_date,
            in_wage_subsidy_group=facts.in_wage_subsidy_group,
        )
    except NoValueError:
        return None, _("Het bedrag dat op die dag vrij was, is niet vastgesteld.")
    except ClockError as error:
        return None, " ".join(sentences(error.problems))
    return part, ""
