"""What somebody got as a volunteer, and what of it counts as means: for coaches and oneself."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from meedoen.records.allowances.models import AllowancePayment
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident
from meedoen.rules.law.allowance import shipped_hour_limit
from meedoen.rules.volunteer_allowance import Payment, YearCheck, check


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCard:
    """A payment as it is known now; `correction_reason` is why it was put right, if it was."""

    key: uuid.UUID
    resident_key: uuid.UUID
    paid_on: date
    cents: int
    hours: Decimal | None
    paid_by: str
    correction_reason: str
    said_by: str


@dataclass(frozen=True, slots=True)
class AllowanceCard:
    """The payments of somebody, the newest first, and what of each year counts, newest first."""

    payments: Sequence[PaymentCard]
    years: Sequence[YearCheck]


def allowance_of(viewer: Viewer, *, pseudonym_id: int) -> AllowanceCard:
    """Return what somebody got as a volunteer with the check on it; empty for a stranger.

    Only for who may see the caseload, and for a resident about oneself: it says what counts for a
    benefit.
    """
    if not viewer.may(Permission.SEE_CASELOAD) and not viewer.may(Permission.SEE_OWN_PATH):
        return AllowanceCard((), ())
    rows = AllowancePayment.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    payments = _cards(rows)
    people = Resident.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    birth_date = people.values_list("birth_date", flat=True).first()
    years = check(
        (Payment(one.paid_on, one.cents, one.hours) for one in payments),
        birth_date,
        hour_limit=shipped_hour_limit(),
    )
    return AllowanceCard(payments, years[::-1])


def payment(viewer: Viewer, *, key: uuid.UUID) -> PaymentCard | None:
    """Return one payment; None when it is not there or not for this viewer."""
    if not viewer.may(Permission.SEE_CASELOAD):
        return None
    return next(iter(_cards(AllowancePayment.objects.visible_to(viewer).filter(key=key))), None)


def _cards(rows: QuerySet[AllowancePayment]) -> list[PaymentCard]:
    current = rows.filter(replaced_by__isnull=True, withdrawn=False)
    current = current.select_related("pseudonym", "recorded_by__account")
    return [
        PaymentCard(
            key=row.key,
            resident_key=row.pseudonym.key,
            paid_on=row.paid_on,
            cents=row.cents,
            hours=row.hours,
            paid_by=row.paid_by,
            correction_reason=row.correction_reason,
            said_by=row.recorded_by.account.name if row.recorded_by else "",
        )
        for row in current.order_by("-paid_on", "-pk")
    ]
