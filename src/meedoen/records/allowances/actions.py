"""Writing down what somebody got as a volunteer, and putting it right.

Each change comes in a form for many; the singular is the plural of one. What was said stays.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.allowances.limits import (
    FIRST_DAY,
    LONGEST_PAYER,
    LONGEST_REASON,
    MOST_CENTS,
    MOST_HOURS,
)
from meedoen.records.allowances.models import AllowancePayment
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules.personal_numbers import holds_bsn


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFacts:
    """What was paid on a day: whole cents, for how many hours when that is known, and by whom."""

    paid_on: date
    cents: int
    paid_by: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Somebody got an allowance; a `key` made beforehand keeps what is sent twice once."""

    pseudonym_id: int
    facts: PaymentFacts
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def enter_payments(viewer: Viewer, *, payments: Sequence[NewPayment]) -> list[uuid.UUID]:
    """Write payments down and return their keys, in order.

    Raises ActionRefusedError, all or none, with everything that is wrong.
    """
    people = [new.pseudonym_id for new in payments]
    if len(districts_of_visible(viewer, pseudonym_ids=people)) < len(set(people)):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    hold(viewer, pseudonym_ids=people)
    _refuse(fault for new in payments for fault in _faults(new.facts))
    keys = [new.key or uuid.uuid4() for new in payments]
    known = AllowancePayment.objects.visible_to(viewer).filter(key__in=keys)
    if len(set(keys)) < len(keys) or known.exists():
        raise ActionRefusedError(_("Deze vergoeding staat al in het dossier."))
    rows = [
        _row(viewer, new.pseudonym_id, new.facts, key=key, recorded_at=new.recorded_at)
        for new, key in zip(payments, keys, strict=True)
    ]
    AllowancePayment.objects.bulk_create(rows, batch_size=2_000)
    return keys


@action(Permission.PLACE_RESIDENT)
def enter_payment(
    viewer: Viewer, *, pseudonym_id: int, facts: PaymentFacts, key: uuid.UUID | None = None
) -> uuid.UUID:
    """Write down what one person got, and return its key. Raises ActionRefusedError."""
    new = NewPayment(pseudonym_id=pseudonym_id, facts=facts, key=key)
    [made] = enter_payments(viewer, payments=[new])
    return made


@action(Permission.PLACE_RESIDENT)
def correct_payment(viewer: Viewer, *, key: uuid.UUID, facts: PaymentFacts, reason: str) -> None:
    """Say better what was paid. Raises ActionRefusedError."""
    row = _held(viewer, key)
    _refuse((*_faults(facts), *_faults_of_reason(reason)))
    better = _row(viewer, row.pseudonym_id, facts, key=uuid.uuid4())
    better.replaces, better.correction_reason = row, reason.strip()
    better.save()


@action(Permission.PLACE_RESIDENT)
def withdraw_payment(viewer: Viewer, *, key: uuid.UUID, reason: str) -> None:
    """Say that it was not paid. Raises ActionRefusedError."""
    row = _held(viewer, key)
    _refuse(_faults_of_reason(reason))
    facts = PaymentFacts(paid_on=row.paid_on, cents=row.cents, paid_by=row.paid_by, hours=row.hours)
    gone = _row(viewer, row.pseudonym_id, facts, key=uuid.uuid4())
    gone.replaces, gone.withdrawn, gone.correction_reason = row, True, reason.strip()
    gone.save()


def _row(
    viewer: Viewer,
    pseudonym_id: int,
    facts: PaymentFacts,
    *,
    key: uuid.UUID,
    recorded_at: datetime | None = None,
) -> AllowancePayment:
    return AllowancePayment(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        key=key,
        paid_on=facts.paid_on,
        cents=facts.cents,
        hours=facts.hours,
        paid_by=facts.paid_by.strip(),
        recorded_at=recorded_at or clock.now(),
        recorded_by_id=viewer.membership_id,
    )


def _held(viewer: Viewer, key: uuid.UUID) -> AllowancePayment:
    rows = AllowancePayment.objects.visible_to(viewer).current().filter(key=key)
    hold(viewer, pseudonym_ids=list(rows.values_list("pseudonym_id", flat=True)))
    row = rows.first()
    if row is None:
        raise ActionRefusedError(
            _("Deze vergoeding bestaat niet, is intussen gewijzigd of is niet voor u.")
        )
    return row


def _faults(facts: PaymentFacts) -> Iterator[str]:
    if facts.paid_on > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
    if facts.paid_on < FIRST_DAY:
        yield _("Van voor %(day)s zijn de grenzen niet bekend. Kies een latere dag.") % {
            "day": FIRST_DAY.strftime("%d-%m-%Y")
        }
    if not 0 < facts.cents <= MOST_CENTS:
        yield _("Vul een bedrag in van meer dan 0 en hoogstens 10.000 euro.")
    if facts.hours is not None and not 0 < facts.hours <= MOST_HOURS:
        yield _("Vul de uren in: meer dan 0 en hoogstens %(most)s.") % {"most": MOST_HOURS}
    payer = facts.paid_by.strip()
    if not payer:
        yield _("Vul in wie de vergoeding gaf.")
    if len(payer) > LONGEST_PAYER:
        yield _("Schrijf het in hoogstens %(most)s tekens op.") % {"most": LONGEST_PAYER}
    if holds_bsn(payer):
        yield _("Hier staat een burgerservicenummer. Haal het weg.")


def _faults_of_reason(reason: str) -> Iterator[str]:
    if not reason.strip():
        yield _("Schrijf op waarom u dit verbetert.")
    if len(reason.strip()) > LONGEST_REASON:
        yield _("Schrijf het in hoogstens %(most)s tekens op.") % {"most": LONGEST_REASON}
    if holds_bsn(reason):
        yield _("Hier staat een burgerservicenummer. Haal het weg.")
    if fault := health_fault(reason):
        yield fault


def _refuse(faults: Iterable[str]) -> None:
    if found := list(dict.fromkeys(faults)):
        raise ActionRefusedError(" ".join(found))
