"""Writing down how somebody is after a placement ended, and correcting that."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.records.conversations.last_spoken import work_out_last_spoken
from meedoen.records.following.checks import day_faults, placements_by_key, refuse, text_faults
from meedoen.records.following.days import Ended, aftercare_due, contacts_now, ended
from meedoen.records.following.models import AftercareContact
from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.people.leaving import end_with_aftercare, go_on_for_aftercare
from meedoen.rules.places.following import moment_of, moments_after
from meedoen.rules.vocabulary import AftercareFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAftercare:
    """How somebody is on a day after a placement; `key` is that of the placement."""

    key: uuid.UUID
    done_on: date
    finding: AftercareFinding
    words: str = ""
    recorded_at: datetime | None = None


@action(Permission.PLACE_RESIDENT)
def note_aftercare(viewer: Viewer, *, new: NewAftercare) -> uuid.UUID:
    """Keep how somebody is after a placement, and return the key; the same sent twice is kept once.

    Raises ActionRefusedError, with everything that is wrong; also for another contact of that day.
    """
    one = _ended(viewer, new.key)
    refuse(_faults(new, one))
    there = contacts_now(viewer).filter(placement=one.placement, done_on=new.done_on).first()
    if there is not None:
        if _same(there, new):
            return there.key
        raise ActionRefusedError(
            _("Van deze dag staat er al een nazorgcontact. Verbeter dat als er iets niet klopt.")
        )
    return _keep(viewer, new, one, None)


@action(Permission.PLACE_RESIDENT)
def correct_aftercare(viewer: Viewer, *, contact_key: uuid.UUID, new: NewAftercare) -> uuid.UUID:
    """Let a contact be replaced by what it should have said, and return the key of that.

    What stood there stays in the record. Raises ActionRefusedError, also when somebody else
    corrected it in the meantime.
    """
    one = _ended(viewer, new.key)
    rows = AftercareContact.objects.visible_to(viewer).filter(placement=one.placement)
    wrong = rows.filter(key=contact_key).select_related("replaced_by").first()
    if wrong is None:
        raise ActionRefusedError(_("Dit nazorgcontact bestaat niet of is niet voor u."))
    refuse(_faults(new, one))
    better: AftercareContact | None = getattr(wrong, "replaced_by", None)
    if better is not None:
        if _same(better, new):
            return better.key
        raise ActionRefusedError(
            _("Een collega heeft dit contact intussen verbeterd. Open de pagina opnieuw.")
        )
    of_day = contacts_now(viewer).filter(placement=one.placement, done_on=new.done_on)
    if of_day.exclude(pk=wrong.pk).exists():
        raise ActionRefusedError(_("Van deze dag staat er al een ander nazorgcontact."))
    return _keep(viewer, new, one, wrong)


def _ended(viewer: Viewer, key: uuid.UUID) -> Ended:
    """Return the placement with its end; others who write about this person wait.

    Raises ActionRefusedError when nobody is asked how it goes after it.
    """
    [placement] = placements_by_key(viewer, [key]).values()
    hold(viewer, pseudonym_ids=[placement.pseudonym_id])
    found = ended(viewer, Q(placement=placement), since=date.min)
    if not found or not moments_after(found[0].outcome, last_day=found[0].last_day):
        raise ActionRefusedError(
            _("Na deze plaatsing is geen nazorg gepland. Schrijf een gesprek op in het dossier.")
        )
    return found[0]


def _faults(new: NewAftercare, one: Ended) -> Iterator[str]:
    yield from day_faults(new.done_on, first=one.last_day + timedelta(days=1))
    yield from text_faults(new.words)


def _same(row: AftercareContact, new: NewAftercare) -> bool:
    given = (new.done_on, new.finding.value, new.words.strip())
    return (row.done_on, row.finding, row.words) == given


def _keep(
    viewer: Viewer, new: NewAftercare, one: Ended, replaces: AftercareContact | None
) -> uuid.UUID:
    number = moment_of(one.outcome, last_day=one.last_day, on=new.done_on) or 1
    row = AftercareContact.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=one.placement.pseudonym_id,
        placement=one.placement,
        number=number,
        planned_on=moments_after(one.outcome, last_day=one.last_day)[number - 1],
        done_on=new.done_on,
        finding=new.finding,
        words=new.words.strip(),
        replaces=replaces,
        recorded_at=new.recorded_at or clock.now(),
        recorded_by_id=viewer.membership_id,
    )
    work_out_last_spoken(viewer, pseudonym_id=one.placement.pseudonym_id)
    note_changes(viewer, [one.placement.pseudonym_id])
    _settle(viewer, one)
    return row.key


def _settle(viewer: Viewer, one: Ended) -> None:
    """Let somebody stay responsible while aftercare is planned, and nobody when it is done."""
    person = one.placement.pseudonym_id
    if aftercare_due(viewer, pseudonym_ids=[person], on=clock.today()):
        go_on_for_aftercare(viewer, pseudonym_ids=[person])
    else:
        end_with_aftercare(viewer, pseudonym_ids=[person])
