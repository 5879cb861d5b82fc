"""Planning the next step with people, and respecting that somebody wants no contact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.conversations.models import ContactPause, NextStep
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold, note_next_contact, note_no_contact
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules.periods import add_months

LONGEST_WHAT = 200
LONGEST_REASON = 500
FURTHEST_MONTHS = 24
"""How far ahead contact may be planned, and how long somebody is left alone at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNextStep:
    """Contact that is planned; `recorded_at` None means that it is agreed on now.

    `done_on` is given by who writes down what is over already, `attempt_id` by an attempt in
    vain that is tried again.
    """

    pseudonym_id: int
    planned_on: date
    what: str = ""
    recorded_at: datetime | None = None
    attempt_id: int | None = None
    done_on: date | None = None


@action(Permission.RECORD_CONVERSATION)
def plan_next_steps(viewer: Viewer, *, steps: Sequence[NewNextStep]) -> None:
    """Plan next steps. Raises ActionRefusedError, all or none, with everything that is wrong."""
    _refuse_strangers(viewer, [step.pseudonym_id for step in steps])
    _refuse(fault for step in steps for fault in _faults_of_step(step))
    hold(viewer, pseudonym_ids=[step.pseudonym_id for step in steps])
    NextStep.objects.bulk_create(
        [
            NextStep(
                municipality_id=viewer.municipality_id,
                pseudonym_id=step.pseudonym_id,
                planned_on=step.planned_on,
                what=step.what.strip(),
                agreed_on=_day(step.recorded_at),
                planned_by_id=viewer.membership_id,
                attempt_id=step.attempt_id,
                done_on=step.done_on,
            )
            for step in steps
        ],
        batch_size=2_000,
    )
    _keep_first_open(viewer, [step.pseudonym_id for step in steps])


def settle_steps(viewer: Viewer, *, on_days: dict[int, date]) -> None:
    """See the next steps done of pseudonyms with whom there was contact, or a try, on these days.

    A step counts as done by what happens on or after the day it was agreed on, also before the
    day it was planned for: whoever was called a day early need not be called again. Called by
    the actions that write down attempts and conversations, in their transaction.
    """
    hold(viewer, pseudonym_ids=list(on_days))
    open_steps = NextStep.objects.visible_to(viewer).filter(done_on__isnull=True)
    settled = []
    for group in in_groups(list(on_days)):
        done = []
        for row in open_steps.filter(pseudonym_id__in=group):
            if row.agreed_on <= on_days[row.pseudonym_id]:
                row.done_on = on_days[row.pseudonym_id]
                done.append(row)
        NextStep.objects.visible_to(viewer).bulk_update(done, ["done_on"])
        settled += [row.pseudonym_id for row in done]
    _keep_first_open(viewer, settled)


def _keep_first_open(viewer: Viewer, pseudonym_ids: Sequence[int]) -> None:
    first_days: dict[int, date | None] = dict.fromkeys(pseudonym_ids)
    open_steps = NextStep.objects.visible_to(viewer).filter(done_on__isnull=True)
    for group in in_groups(list(first_days)):
        rows = open_steps.filter(pseudonym_id__in=group).values("pseudonym_id")
        for row in rows.annotate(first=Min("planned_on")):
            first_days[row["pseudonym_id"]] = row["first"]
    note_next_contact(viewer, first_days=first_days)
    note_changes(viewer, first_days)


def _faults_of_step(step: NewNextStep) -> Iterable[str]:
    agreed_on = _day(step.recorded_at)
    if step.planned_on < agreed_on:
        yield _("Een volgende stap kan niet in het verleden liggen. Kies vandaag of later.")
    if step.planned_on > add_months(agreed_on, FURTHEST_MONTHS):
        yield _("Een volgende stap ligt hoogstens twee jaar vooruit. Kijk of het jaartal klopt.")
    if len(step.what.strip()) > LONGEST_WHAT:
        yield _("Schrijf in hoogstens %(most)s tekens op wat u gaat doen.") % {"most": LONGEST_WHAT}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPause:
    """Somebody wants no contact: why, in their own words, and when to ask again."""

    pseudonym_id: int
    reason: str
    ask_again_on: date
    recorded_at: datetime | None = None


@action(Permission.RECORD_CONVERSATION)
def start_pauses(viewer: Viewer, *, pauses: Sequence[NewPause]) -> None:
    """Write down that people want no contact, at most one time per person.

    What somebody says now takes the place of a pause that was still open. Nothing stays planned
    with who wants no contact. Raises ActionRefusedError, all or none.
    """
    pseudonym_ids = [pause.pseudonym_id for pause in pauses]
    _refuse_strangers(viewer, pseudonym_ids)
    _refuse(fault for pause in pauses for fault in _faults_of_pause(pause))
    hold(viewer, pseudonym_ids=pseudonym_ids)
    days = {pause.pseudonym_id: _day(pause.recorded_at) for pause in pauses}
    _end_open(viewer, days)
    ContactPause.objects.bulk_create(
        [
            ContactPause(
                municipality_id=viewer.municipality_id,
                pseudonym_id=pause.pseudonym_id,
                since=days[pause.pseudonym_id],
                ask_again_on=pause.ask_again_on,
                reason=pause.reason.strip(),
                noted_by_id=viewer.membership_id,
            )
            for pause in pauses
        ],
        batch_size=2_000,
    )
    settle_steps(viewer, on_days=days)
    note_no_contact(viewer, until={pause.pseudonym_id: pause.ask_again_on for pause in pauses})
    note_changes(viewer, pseudonym_ids)


@action(Permission.RECORD_CONVERSATION)
def start_pause(
    viewer: Viewer,
    *,
    pseudonym_id: int,
    reason: str,
    ask_again_on: date,
    seen: int | None = None,
) -> None:
    """Write down that somebody wants no contact, see `start_pauses`.

    `seen` is the pause that was shown to the viewer as running (`PauseCard.pause_id`). The same
    that is sent again is kept once. Raises ActionRefusedError also when another pause runs than
    was seen.
    """
    hold(viewer, pseudonym_ids=[pseudonym_id])
    running = ContactPause.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id, ended_on__isnull=True, ask_again_on__gt=clock.today()
    )
    found = running.first()
    if found is not None and found.pk != seen:
        wanted = (clock.today(), ask_again_on, reason.strip(), viewer.membership_id)
        if (found.since, found.ask_again_on, found.reason, found.noted_by_id) == wanted:
            return
        raise ActionRefusedError(_said_meanwhile(found))
    pause = NewPause(pseudonym_id=pseudonym_id, reason=reason, ask_again_on=ask_again_on)
    start_pauses(viewer, pauses=[pause])


def _said_meanwhile(pause: ContactPause) -> str:
    return _(
        "%(who)s schreef intussen op dat deze inwoner geen contact wil tot %(day)s. Wat u typte, "
        "staat er nog. Slaat u het op, dan komt het daarvoor in de plaats."
    ) % {
        "who": pause.noted_by.account.name if pause.noted_by else _("Een collega"),
        "day": pause.ask_again_on.strftime("%d-%m-%Y"),
    }


@action(Permission.RECORD_CONVERSATION)
def end_pause(viewer: Viewer, *, pseudonym_id: int) -> None:
    """Write down that somebody may be contacted again.

    Raises ActionRefusedError when contact was welcome already.
    """
    _refuse_strangers(viewer, [pseudonym_id])
    hold(viewer, pseudonym_ids=[pseudonym_id])
    if not _end_open(viewer, {pseudonym_id: clock.today()}):
        raise ActionRefusedError(_("Contact met deze inwoner mag al weer."))
    note_no_contact(viewer, until={pseudonym_id: None})
    note_changes(viewer, [pseudonym_id])


def _end_open(viewer: Viewer, days: dict[int, date]) -> int:
    """End what is open on these days, or on the day to ask again when that came first."""
    rows = ContactPause.objects.visible_to(viewer).filter(ended_on__isnull=True)
    ended = 0
    for group in in_groups(list(days)):
        found = list(rows.filter(pseudonym_id__in=group))
        for row in found:
            row.ended_on = min(row.ask_again_on, max(row.since, days[row.pseudonym_id]))
        ContactPause.objects.visible_to(viewer).bulk_update(found, ["ended_on"])
        ended += len(found)
    return ended


def _faults_of_pause(pause: NewPause) -> Iterable[str]:
    since = _day(pause.recorded_at)
    if not pause.reason.strip():
        yield _("Schrijf op waarom de inwoner geen contact wil, in de woorden van de inwoner.")
    if len(pause.reason.strip()) > LONGEST_REASON:
        yield _("Schrijf de reden in hoogstens %(most)s tekens op.") % {"most": LONGEST_REASON}
    if not since < pause.ask_again_on <= add_months(since, FURTHEST_MONTHS):
        yield _("Kies een dag om het weer te vragen tussen morgen en twee jaar vooruit.")


def _day(recorded_at: datetime | None) -> date:
    return clock.today() if recorded_at is None else timezone.localdate(recorded_at)


def _refuse_strangers(viewer: Viewer, pseudonym_ids: Sequence[int]) -> None:
    known = districts_of_visible(viewer, pseudonym_ids=pseudonym_ids)
    if set(pseudonym_ids) - known.keys():
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))


def _refuse(faults: Iterable[str]) -> None:
    if found := list(dict.fromkeys(faults)):
        raise ActionRefusedError(" ".join(found))
