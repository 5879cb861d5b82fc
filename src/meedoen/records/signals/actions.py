"""Keeping signals up to date with the facts, and putting one off.

`refresh` compares what the rules ask for with what stands open: new signals are added, changed
ones updated, and those that nothing asks for any more are ended. Doing it again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from meedoen.records.history.models import Change
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.signals.facts import facts_of
from meedoen.records.signals.models import Signal, Snooze
from meedoen.rules.ladder.due import shipped_intervals
from meedoen.rules.periods import add_months
from meedoen.rules.signals.rule_set import rules_on, shipped_rules
from meedoen.rules.signals.signals_for import SignalDue, signals_for

PEOPLE_AT_ONCE = 200
"""So many people are one transaction: whoever writes at that moment waits for no more."""
MOST_MONTHS = 6
"""A signal is put off for no longer than this; then somebody looks again."""
MOST_WORDS = 500
FAMILY = 7_302_019
"""Keeps the lock on working out signals apart from other advisory locks in the database."""

Key = tuple[int, str, str]
"""A person, a kind and a subject: of that there is one open signal."""


@action(Permission.KEEP_SIGNALS)
def refresh(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Work out the signals of these people as of now, and deal with what changed about them."""
    _one_at_a_time(viewer)
    for group in in_groups(sorted(set(pseudonym_ids)), PEOPLE_AT_ONCE):
        # Read before the facts: what changes later is a later row, and is dealt with later.
        changes = list(
            Change.objects.visible_to(viewer)
            .filter(pseudonym_id__in=group)
            .values_list("pk", flat=True)
        )
        _bring_in_line(viewer, group)
        for some in in_groups(changes):
            Change.objects.visible_to(viewer).filter(pk__in=some).delete()


def refresh_all(viewer: Viewer) -> None:
    """Work out the signals of everyone in the viewer's municipality.

    In groups, each a transaction of its own: what is done stays done when the worker is killed.
    """
    _demand(viewer, Permission.KEEP_SIGNALS)
    last = 0
    while group := _people_after(viewer, last):
        refresh(viewer, pseudonym_ids=group)
        last = group[-1]
    # Who is no longer known has no facts, so that what stands open is ended.
    known = Resident.objects.visible_to(viewer).values("pseudonym_id")
    left = Signal.objects.visible_to(viewer).filter(ended_at__isnull=True)
    gone = set(left.exclude(pseudonym_id__in=known).values_list("pseudonym_id", flat=True))
    if gone:
        refresh(viewer, pseudonym_ids=sorted(gone))


def _people_after(viewer: Viewer, last: int) -> list[int]:
    rows = Resident.objects.visible_to(viewer).filter(pseudonym_id__gt=last)
    ordered = rows.order_by("pseudonym_id").values_list("pseudonym_id", flat=True)
    return list(ordered[:PEOPLE_AT_ONCE])


def catch_up(viewer: Viewer, *, most: int = PEOPLE_AT_ONCE) -> int:
    """Work out the signals of those about whom something changed; return how many people.

    Those who changed last come first, at most `most` of them: a page that shows signals calls
    this, and so does the worker, which does the rest. One question when nothing changed.
    """
    _demand(viewer, Permission.SEE_CASELOAD)
    system = Viewer.system(viewer.municipality_id)
    changed = Change.objects.visible_to(system).values("pseudonym_id").annotate(last=Max("pk"))
    newest = changed.order_by("-last").values_list("pseudonym_id", flat=True)
    people = list(newest[:most])
    if people:
        refresh(system, pseudonym_ids=people)
    return len(people)


def _demand(viewer: Viewer, permission: Permission) -> None:
    """Raise PermissionDenied; for what is more than one transaction, and so no action itself."""
    if not viewer.may(permission):
        raise PermissionDenied(f"{viewer.role} may not {permission}")


def _one_at_a_time(viewer: Viewer) -> None:
    """Wait until nobody else works out signals here; else older facts could be written last.

    SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FAMILY, viewer.municipality_id])


def _bring_in_line(viewer: Viewer, pseudonym_ids: Sequence[int]) -> None:
    today, now = clock.today(), clock.now()
    version, wanted = _wanted(viewer, pseudonym_ids, today)
    rows = Signal.objects.visible_to(viewer).filter(
        pseudonym_id__in=pseudonym_ids, ended_at__isnull=True
    )
    there = {(row.pseudonym_id, row.kind, row.subject): row for row in rows}
    _end(viewer, [row for key, row in there.items() if key not in wanted], now)
    _update(viewer, version, there, wanted)
    Signal.objects.bulk_create(
        [
            Signal(
                municipality_id=viewer.municipality_id,
                pseudonym_id=key[0],
                kind=due.kind.value,
                subject=due.subject,
                due_on=due.due_on,
                since=now,
                rule_set=version,
                facts=dict(due.facts),
            )
            for key, due in wanted.items()
            if key not in there
        ],
        batch_size=1_000,
    )


def _wanted(
    viewer: Viewer, pseudonym_ids: Sequence[int], today: date
) -> tuple[str, dict[Key, SignalDue]]:
    rules, intervals = rules_on(shipped_rules(), today), shipped_intervals()
    known = facts_of(viewer, pseudonym_ids=pseudonym_ids, on=today)
    return rules.version, {
        (pseudonym_id, due.kind.value, due.subject): due
        for pseudonym_id, facts in known.items()
        for due in signals_for(facts, rules=rules, intervals=intervals, on=today)
    }


def _end(viewer: Viewer, rows: Iterable[Signal], now: datetime) -> None:
    for group in in_groups([row.pk for row in rows]):
        Signal.objects.visible_to(viewer).filter(pk__in=group).update(ended_at=now)


def _update(
    viewer: Viewer, version: str, there: Mapping[Key, Signal], wanted: Mapping[Key, SignalDue]
) -> None:
    changed = []
    for key in there.keys() & wanted.keys():
        row, due = there[key], wanted[key]
        if (row.due_on, row.facts, row.rule_set) != (due.due_on, dict(due.facts), version):
            row.due_on, row.facts, row.rule_set = due.due_on, dict(due.facts), version
            changed.append(row)
    Signal.objects.visible_to(viewer).bulk_update(
        changed, ["due_on", "facts", "rule_set"], batch_size=200
    )


# --- putting off -----------------------------------------------------------------------------


def days_to_snooze() -> tuple[date, date]:
    """Return the first and the last day until which a signal can be put off."""
    today = clock.today()
    return today + timedelta(days=1), add_months(today, MOST_MONTHS)


@action(Permission.SEE_CASELOAD)
def snooze(
    viewer: Viewer, *, signal_id: int, until: date, reason: str, seen: int | None = None
) -> None:
    """Put a signal off until a day, on which it comes back by itself; the reason is kept.

    `seen` is the last time it was put off (`SnoozeCard.snooze_id`) that was shown to the viewer.
    The same that is sent again is kept once. Raises ActionRefusedError for a signal that is over
    or not for this viewer, a day that is too near or too far, a reason that is missing, or when
    somebody else put it off in the meantime.
    """
    row, membership_id = _open_signal(viewer, signal_id)
    first, last = days_to_snooze()
    if not first <= until <= last:
        raise ActionRefusedError(
            _("Kies een dag van %(first)s tot en met %(last)s.")
            % {"first": first.strftime("%d-%m-%Y"), "last": last.strftime("%d-%m-%Y")}
        )
    words = reason.strip()
    if not words or len(words) > MOST_WORDS:
        raise ActionRefusedError(_("Vul in waarom dit later kan, in hooguit 500 tekens."))
    unseen = _put_off_meanwhile(viewer, row, seen)
    if unseen is not None:
        if (unseen.until, unseen.reason, unseen.noted_by_id) == (until, words, membership_id):
            return
        raise ActionRefusedError(
            _(
                "%(who)s heeft dit signaal intussen uitgesteld tot %(day)s. Wat u typte, staat er "
                "nog. Stelt u het toch uit, dan geldt uw dag."
            )
            % {"who": unseen.noted_by.account.name, "day": unseen.until.strftime("%d-%m-%Y")}
        )
    Snooze.objects.create(
        municipality_id=viewer.municipality_id,
        signal=row,
        until=until,
        reason=words,
        noted_by_id=membership_id,
        noted_at=clock.now(),
    )
    Signal.objects.visible_to(viewer).filter(pk=row.pk).update(snoozed_until=until)


def _put_off_meanwhile(viewer: Viewer, signal: Signal, seen: int | None) -> Snooze | None:
    """Return how the signal is put off now, when that is not what was seen."""
    last = Snooze.objects.visible_to(viewer).filter(signal=signal).order_by("pk").last()
    if last is None or last.pk == seen or last.until <= clock.today():
        return None
    return last


def _open_signal(viewer: Viewer, signal_id: int) -> tuple[Signal, int]:
    """Return the signal, held until the end of the transaction, and who puts it off."""
    if viewer.membership_id is None:
        raise ActionRefusedError(_("Alleen een medewerker kan een signaal uitstellen."))
    rows = Signal.objects.visible_to(viewer).select_for_update(of=("self",))
    row = rows.filter(pk=signal_id).first()
    if row is None:
        raise ActionRefusedError(_("Dit signaal bestaat niet of is niet voor u."))
    if row.ended_at is not None:
        raise ActionRefusedError(_("Dit signaal is al voorbij. U hoeft het niet uit te stellen."))
    return row, viewer.membership_id
