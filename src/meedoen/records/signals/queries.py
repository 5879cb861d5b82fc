"""Signals as coaches and team leads see them: the most urgent first, grouped per person."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import COACHING, Membership
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.people.queries import coach_names
from meedoen.records.signals.models import Signal, SignalQuerySet, Snooze
from meedoen.records.signals.subjects import NOTHING, About, about
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.signals.rule_set import rules_on, shipped_rules

PEOPLE_ON_A_PAGE = 20
NOT_LATE_YET = 1_000
"""Puts what is not due yet behind everything that is late."""


@dataclass(frozen=True, slots=True)
class SnoozeCard:
    """That a signal was put off: until when, why, by whom, on which day."""

    snooze_id: int
    until: date
    reason: str
    noted_by: str
    noted_on: date


@dataclass(frozen=True, slots=True)
class SignalCard:
    """One signal: what, since which day it counts, when it is due, what it is about.

    What is told ahead is for today on its day and late from the day after; what is only told
    afterwards is late at once. `about` and `organisation` may be empty, and so may `said`, what
    the organisation wrote. `report` is its report that waits for an answer, if it is that.
    `snooze` is the last time it was put off, also when that is over.
    """

    signal_id: int
    kind: SignalKind
    subject: str
    counts_from: date
    due_on: date
    late: bool
    for_today: bool
    about: str
    organisation: str
    said: str
    report: uuid.UUID | None
    snooze: SnoozeCard | None


@dataclass(frozen=True, slots=True)
class PersonSignals:
    """Somebody who needs a look, with every reason, the most urgent first."""

    pseudonym_id: int
    key: uuid.UUID
    name: str
    district: str
    coach: str
    signals: tuple[SignalCard, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many signals of a kind there are, and how many of them are late."""

    kind: SignalKind
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands open: people, signals, how many are late, and per kind in order of urgency."""

    people: int
    signals: int
    late: int
    snoozed: int
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class CoachCount:
    """What stands open with one coach of the team."""

    membership_id: int
    name: str
    people: int
    signals: int
    late: int


@dataclass(frozen=True, slots=True)
class OneSignal:
    """A signal with the person it is about."""

    resident_key: uuid.UUID
    card: SignalCard


@dataclass(frozen=True, slots=True)
class DigestReceiver:
    """A coach or team lead who gets the weekly mail, and as whom it counts."""

    membership_id: int
    email: str
    viewer: Viewer


def open_signals(
    viewer: Viewer, *, coach_id: int | None, kind: SignalKind | None = None, number: int = 1
) -> Page[PersonSignals]:
    """Return a page of the people who need a look, the most urgent first.

    `coach_id` is whose people (a membership), None for all that the viewer may see. With a kind
    only people who have that; their card still tells every reason.
    """
    rows = _whose(viewer, _shown(viewer), coach_id)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return _page_of_people(viewer, rows, _shown(viewer), number)


def snoozed(viewer: Viewer, *, coach_id: int | None, number: int = 1) -> Page[PersonSignals]:
    """Return a page of the people with signals that were put off, the most urgent first."""
    rows = _put_off(viewer)
    return _page_of_people(viewer, _whose(viewer, rows, coach_id), rows, number)


def totals(viewer: Viewer, *, coach_id: int | None) -> Totals:
    """Return how much stands open, for the coach or for all that the viewer may see."""
    rows = _whose(viewer, _shown(viewer), coach_id)
    found = {
        line["kind"]: KindCount(SignalKind(line["kind"]), line["total"], line["late"])
        for line in rows.values("kind").annotate(
            total=Count("pk"), late=Count("pk", filter=_late())
        )
    }
    kinds = tuple(found[kind.value] for kind in _order() if kind.value in found)
    return Totals(
        people=rows.values("pseudonym_id").distinct().count(),
        signals=sum(one.total for one in kinds),
        late=sum(one.late for one in kinds),
        snoozed=_whose(viewer, _put_off(viewer), coach_id).count(),
        kinds=kinds,
    )


def coach_counts(viewer: Viewer) -> Sequence[CoachCount]:
    """Return what stands open with each coach of the viewer's team, by name."""
    if viewer.team_id is None:
        return []
    current = Responsibility.objects.visible_to(viewer).current()
    responsible = current.filter(pseudonym_id=OuterRef("pseudonym_id")).values("coach_id")[:1]
    counted = {
        line["coach"]: line
        for line in _shown(viewer)
        .annotate(coach=Subquery(responsible))
        .values("coach")
        .annotate(
            people=Count("pseudonym_id", distinct=True),
            signals=Count("pk"),
            late=Count("pk", filter=_late()),
        )
    }
    members = Membership.objects.filter(
        municipality_id=viewer.municipality_id, team_id=viewer.team_id, role__in=COACHING
    ).select_related("account")
    return [
        CoachCount(
            membership_id=row.pk,
            name=row.account.name,
            people=line["people"] if line else 0,
            signals=line["signals"] if line else 0,
            late=line["late"] if line else 0,
        )
        for row in members.order_by("account__name", "pk")
        for line in [counted.get(row.pk)]
        # Who left still has what was not handed over; nobody else would see it.
        if line or (row.ended_at is None and row.role == Role.COACH)
    ]


def signals_about(viewer: Viewer, *, pseudonym_id: int) -> Sequence[SignalCard]:
    """Return the open signals about one person, the most urgent first; put off ones come last."""
    today = clock.today()
    rows = _open(viewer).filter(pseudonym_id=pseudonym_id)
    return sorted(_cards(viewer, rows), key=lambda card: _is_put_off(card, today))


def one_signal(viewer: Viewer, *, signal_id: int, also_ended: bool = False) -> OneSignal | None:
    """Return a signal; None when it is not there, not for this viewer, or over.

    With `also_ended` one that is over too, for who was still writing about it.
    """
    every = Signal.objects.visible_to(viewer) if also_ended else _open(viewer)
    rows = every.filter(pk=signal_id)
    key = rows.values_list("pseudonym__key", flat=True).first()
    cards = _cards(viewer, rows)
    return OneSignal(key, cards[0]) if key and cards else None


def digest_receivers(viewer: Viewer) -> Sequence[DigestReceiver]:
    """Return who gets the weekly mail; for Meedoen itself, nobody else."""
    if not viewer.may(Permission.KEEP_SIGNALS):
        return []
    rows = Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        role__in=COACHING,
        ended_at__isnull=True,
        account__is_active=True,
    ).select_related("account")
    return [
        DigestReceiver(
            membership_id=row.pk,
            email=row.account.email,
            viewer=Viewer(
                municipality_id=row.municipality_id,
                role=Role(row.role),
                membership_id=row.pk,
                account_id=row.account_id,
                team_id=row.team_id,
            ),
        )
        for row in rows.order_by("pk")
    ]


# --- which, in which order ---------------------------------------------------------------------


def _open(viewer: Viewer) -> SignalQuerySet:
    return Signal.objects.visible_to(viewer).filter(ended_at__isnull=True)


def _shown(viewer: Viewer) -> SignalQuerySet:
    """Return the open signals that are not put off today; on its day one is back."""
    back = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=clock.today())
    return _open(viewer).filter(back)


def _put_off(viewer: Viewer) -> SignalQuerySet:
    return _open(viewer).filter(snoozed_until__gt=clock.today())


def _is_put_off(card: SignalCard, today: date) -> bool:
    return card.snooze is not None and card.snooze.until > today


def _whose(viewer: Viewer, rows: SignalQuerySet, coach_id: int | None) -> SignalQuerySet:
    if coach_id is None:
        return rows
    current = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
    return rows.filter(pseudonym_id__in=current.values("pseudonym_id"))


def _order() -> tuple[SignalKind, ...]:
    return rules_on(shipped_rules(), clock.today()).order


def _told_ahead() -> frozenset[SignalKind]:
    """Return the kinds that are told before their day: on the day itself they are not late yet."""
    timings = rules_on(shipped_rules(), clock.today()).timings
    return frozenset(one.kind for one in timings if one.ahead_days)


def _late() -> Q:
    today = clock.today()
    on_the_day = Q(due_on=today) & ~Q(kind__in=[kind.value for kind in _told_ahead()])
    return Q(due_on__lt=today) | on_the_day


def _urgency() -> Case:
    """Return the number that puts signals in order: what is late first, then by kind."""
    kinds = list(enumerate(_order()))
    return Case(
        *(When(_late(), kind=kind.value, then=Value(at)) for at, kind in kinds),
        *(When(kind=kind.value, then=Value(NOT_LATE_YET + at)) for at, kind in kinds),
        default=Value(2 * NOT_LATE_YET),
        output_field=IntegerField(),
    )


# --- rows to cards -----------------------------------------------------------------------------


def _page_of_people(
    viewer: Viewer, rows: SignalQuerySet, reasons: SignalQuerySet, number: int
) -> Page[PersonSignals]:
    people = rows.values("pseudonym_id").annotate(urgency=Min(_urgency()), first_due=Min("due_on"))
    return page_of(
        people.order_by("urgency", "first_due", "pseudonym_id"),
        lambda lines: _people(viewer, [line["pseudonym_id"] for line in lines], reasons),
        number=number,
        size=PEOPLE_ON_A_PAGE,
    )


def _people(
    viewer: Viewer, pseudonym_ids: Sequence[int], reasons: SignalQuerySet
) -> list[PersonSignals]:
    rows = reasons.filter(pseudonym_id__in=pseudonym_ids)
    signals: dict[int, list[SignalCard]] = {}
    in_order = _in_order(rows)
    for row, card in zip(in_order, _cards_of(viewer, in_order), strict=True):
        signals.setdefault(row.pseudonym_id, []).append(card)
    residents = Resident.objects.visible_to(viewer).filter(pseudonym_id__in=pseudonym_ids)
    found = {row.pseudonym_id: row for row in residents.select_related("district", "pseudonym")}
    coaches = coach_names(viewer, pseudonym_ids)
    return [
        PersonSignals(
            pseudonym_id=pseudonym_id,
            key=found[pseudonym_id].pseudonym.key,
            name=str(found[pseudonym_id]),
            district=found[pseudonym_id].district.name,
            coach=coaches.get(pseudonym_id, ""),
            signals=tuple(signals.get(pseudonym_id, ())),
        )
        for pseudonym_id in pseudonym_ids
        if pseudonym_id in found
    ]


def _cards(viewer: Viewer, rows: SignalQuerySet) -> list[SignalCard]:
    return _cards_of(viewer, _in_order(rows))


def _in_order(rows: SignalQuerySet) -> list[Signal]:
    return list(rows.annotate(urgency=_urgency()).order_by("urgency", "due_on", "pk"))


def _cards_of(viewer: Viewer, rows: Sequence[Signal]) -> list[SignalCard]:
    ahead = _told_ahead()
    abouts = about(viewer, rows)
    snoozes = _snoozes(viewer, rows)
    return [
        _card(row, row.kind in ahead, abouts.get(row.pk, NOTHING), snoozes.get(row.pk))
        for row in rows
    ]


def _card(
    row: Signal,
    ahead: bool,  # noqa: FBT001 - one caller
    what: About,
    put_off: SnoozeCard | None,
) -> SignalCard:
    today = clock.today()
    return SignalCard(
        signal_id=row.pk,
        kind=SignalKind(row.kind),
        subject=row.subject,
        counts_from=date.fromisoformat(row.facts["since"]),
        due_on=row.due_on,
        late=row.due_on < today or (row.due_on == today and not ahead),
        for_today=row.due_on == today and ahead,
        about=what.title,
        organisation=what.organisation,
        said=what.said,
        report=what.report,
        snooze=put_off,
    )


def _snoozes(viewer: Viewer, rows: Iterable[Signal]) -> Mapping[int, SnoozeCard]:
    """Return the last time that each of these was put off, by the id of the signal."""
    once = [row.pk for row in rows if row.snoozed_until is not None]
    if not once:
        return {}
    found = Snooze.objects.visible_to(viewer).filter(signal_id__in=once)
    return {
        row.signal_id: SnoozeCard(
            snooze_id=row.pk,
            until=row.until,
            reason=row.reason,
            noted_by=row.noted_by.account.name,
            noted_on=timezone.localdate(row.noted_at),
        )
        for row in found.select_related("noted_by__account").order_by("pk")
    }
