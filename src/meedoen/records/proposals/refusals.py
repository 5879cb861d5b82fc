"""Writing down that a suggestion was refused, and what follows from it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.conversations.outreach_actions import NewNextStep, plan_next_steps
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import held_proposal
from meedoen.records.proposals.models import PlaceMessage, Proposal, Refusal
from meedoen.records.proposals.words import checked_words
from meedoen.rules.places.refusals import MOST_PAUSE_DAYS, RefusalRules, refusal_rules
from meedoen.rules.vocabulary import Preference, RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRefusal:
    """A place of a list that does not come to be, why, and what should follow.

    `preference` and `resident_said` are the person's own. `paused_until` None takes the day that
    goes with the reason; `no_pause` gives none. `ask_again` None is what goes with the reason.
    `tell_place` lets the organisation know when the reason is about its place, without who it was;
    not of a place that had been chosen, because then it knows who.
    """

    key: uuid.UUID
    place_id: int
    reason: RefusalReason
    preference: Preference
    resident_said: str
    paused_until: date | None = None
    no_pause: bool = False
    ask_again: bool | None = None
    tell_place: bool = False


def note_refusal(viewer: Viewer, *, refusal: NewRefusal) -> bool:
    """Write down a refusal with what follows; return whether this place had been chosen.

    Called by the action that also takes back what was chosen, in its transaction. Raises
    ActionRefusedError when the list is not for this viewer, does not offer the place, or says so
    already, and when what is given will not do.
    """
    row = held_proposal(viewer, key=refusal.key)
    if refusal.place_id not in {offer["place"] for offer in row.offered}:
        raise ActionRefusedError(_("Deze plek staat niet in het voorstel. Zoek opnieuw."))
    today = clock.today()
    rules = refusal_rules(refusal.reason, today)
    until = _until(refusal, rules, today)
    ask = until is not None and (
        rules.ask_again if refusal.ask_again is None else refusal.ask_again
    )
    said = checked_words(
        refusal.resident_said, missing=_("Schrijf op wat de inwoner er zelf van zegt.")
    )
    was_chosen = row.chosen_place_id == refusal.place_id
    tells = refusal.tell_place and rules.tells_place and not was_chosen
    tells = tells and not _told_already(viewer, row, refusal.place_id)
    try:
        with transaction.atomic():
            Refusal.objects.create(
                municipality_id=viewer.municipality_id,
                pseudonym_id=row.pseudonym_id,
                proposal=row,
                place_id=refusal.place_id,
                side=rules.side,
                reason=refusal.reason,
                preference=refusal.preference,
                resident_said=said,
                paused_until=until,
                ask_again=ask,
                told_place=tells,
                was_chosen=was_chosen,
                refused_at=clock.now(),
                refused_by_id=viewer.membership_id,
            )
    except IntegrityError as error:
        raise ActionRefusedError(_("Dat deze plek niet doorgaat, is al opgeschreven.")) from error
    _follow(viewer, row, refusal, until=until if ask else None, tells=tells)
    return was_chosen


def _told_already(viewer: Viewer, row: Proposal, place_id: int) -> bool:
    """Say whether the organisation heard of this person during a pause that still runs."""
    told = Refusal.objects.visible_to(viewer).filter(
        pseudonym_id=row.pseudonym_id,
        place_id=place_id,
        told_place=True,
        paused_until__gt=clock.today(),
    )
    return told.exists()


def _follow(
    viewer: Viewer, row: Proposal, refusal: NewRefusal, *, until: date | None, tells: bool
) -> None:
    if until is not None:
        title = Place.objects.get(municipality_id=viewer.municipality_id, pk=refusal.place_id).title
        what = _("Opnieuw vragen naar de plek %(title)s") % {"title": title}
        step = NewNextStep(pseudonym_id=row.pseudonym_id, planned_on=until, what=what)
        plan_next_steps(viewer, steps=[step])
    if tells:
        PlaceMessage.objects.create(
            municipality_id=viewer.municipality_id,
            place_id=refusal.place_id,
            reason=refusal.reason,
            month=clock.today().replace(day=1),
        )


def _until(refusal: NewRefusal, rules: RefusalRules, today: date) -> date | None:
    if refusal.no_pause:
        if refusal.ask_again:
            raise ActionRefusedError(
                _("Zonder pauze is er geen dag om opnieuw te vragen. Kies een pauze of nee.")
            )
        return None
    until = refusal.paused_until or rules.paused_until(today)
    if until <= today:
        raise ActionRefusedError(_("Kies voor de pauze een dag die nog komt."))
    if until > today + timedelta(days=MOST_PAUSE_DAYS):
        raise ActionRefusedError(_("Een pauze duurt hoogstens vijf jaar. Kijk of het jaar klopt."))
    return until


@action(Permission.ANSWER_FRESHNESS)
def note_seen(viewer: Viewer, *, message_id: int) -> bool:
    """Write down that the organisation saw a message about its place; once is enough.

    Returns whether there is such a message for this viewer.
    """
    rows = PlaceMessage.objects.visible_to(viewer).filter(pk=message_id)
    if viewer.membership_id is not None:
        rows.filter(seen_at=None).update(seen_at=clock.now(), seen_by_id=viewer.membership_id)
    return rows.exists()
