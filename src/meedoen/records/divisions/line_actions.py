"""Answering the lines of a division, each together with the person it is about.

Nothing is placed by the division itself: accepting a line proposes the person at the place by
the same action as choosing from a list, so that capacity is kept by the database.
"""

import uuid

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.divisions.dividing import NOBODY
from meedoen.records.divisions.models import Line
from meedoen.records.divisions.queries import PACKED
from meedoen.records.divisions.words import LineAnswer, RunState
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.actions import hold
from meedoen.records.placements.actions import place_from_proposal
from meedoen.records.placements.models import Placement
from meedoen.records.places.queries import open_places
from meedoen.records.proposals.divided import Divided, keep_divided
from meedoen.records.proposals.refusals import NewRefusal, note_refusal
from meedoen.records.proposals.words import checked_words
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets
from meedoen.rules.matching.suits import HardRule, suits
from meedoen.rules.placement_states import HOLDS_A_SEAT
from meedoen.rules.vocabulary import ChoiceReason, Preference, RefusalReason

LARGE = tuple(f"division__{name}" for name in PACKED)
"""What is not needed to answer a line."""


@action(Permission.PLACE_RESIDENT)
def accept_line(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    number: int,
    reason: ChoiceReason,
    preference: Preference,
    resident_said: str,
) -> uuid.UUID:
    """Propose the person of a line at its place, and return the key of the placement.

    Raises ActionRefusedError, and then nothing is kept: when the line is not for this viewer or
    was answered, when the place was filled or closed since the division, or does not let people
    in yet, and when the person has a place by now.
    """
    line, place_id = _held(viewer, key, number)
    _check_place(viewer, place_id)
    proposal_key = keep_divided(viewer, divided=_divided(line, place_id))
    placement_key = place_from_proposal(
        viewer,
        proposal_key=proposal_key,
        place_id=place_id,
        resident_said=resident_said,
        reason=reason,
        preference=preference,
    )
    # Placing holds the person, so of two who place at the same moment the second sees the first.
    held = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=line.pseudonym_id, state__in=HOLDS_A_SEAT
    )
    if held.exclude(key=placement_key).exists():
        raise ActionRefusedError(
            _("Deze inwoner heeft intussen een andere plek. Wijs deze regel af.")
        )
    _answer(
        viewer,
        line,
        answer=LineAnswer.ACCEPTED,
        choice=reason,
        preference=preference,
        resident_said=resident_said.strip(),
        placement=held.get(key=placement_key),
    )
    return placement_key


@action(Permission.PLACE_RESIDENT)
def refuse_line(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    number: int,
    reason: RefusalReason,
    preference: Preference,
    resident_said: str,
    tell_place: bool = False,
) -> None:
    """Write down that a line does not go on, by which side, and what the person says of it.

    As after refusing a place from a list, the place is not offered to them for a while.
    `tell_place` lets the organisation know the reason, without who it was. Raises
    ActionRefusedError when the line is not for this viewer or was answered, or without words.
    """
    line, place_id = _held(viewer, key, number)
    words = checked_words(resident_said, missing=_("Schrijf op wat de inwoner zelf zegt."))
    # Also when the place opens later than was known: then it may be offered again. One that closed
    # is offered to nobody any more, so there is nothing to pause.
    is_closed = not open_places(viewer, only=[place_id])
    refusal = NewRefusal(
        key=keep_divided(viewer, divided=_divided(line, place_id)),
        place_id=place_id,
        reason=reason,
        preference=preference,
        resident_said=words,
        no_pause=is_closed,
        tell_place=tell_place and not is_closed,
    )
    note_refusal(viewer, refusal=refusal)
    _answer(
        viewer,
        line,
        answer=LineAnswer.REFUSED,
        refusal=reason,
        preference=preference,
        resident_said=words,
    )


def _divided(line: Line, place_id: int) -> Divided:
    """Return what the division gave, for the list that is kept of it."""
    division = line.division
    if division.known_at is None:
        raise ValueError(f"Division {division.pk} is done and does not say what it went by.")
    return Divided(
        pseudonym_id=line.pseudonym_id,
        place_id=place_id,
        rule_set=division.rule_set,
        known_at=division.known_at,
        asked_by=division.asked_by_id,
        facts=line.facts,
        contributions=line.reasons,
        why=line.why,
        why_facts=line.why_facts,
    )


def _held(viewer: Viewer, key: uuid.UUID, number: int) -> tuple[Line, int]:
    """Return a line that waits for an answer, with its person held, and the id of its place."""
    rows = Line.objects.visible_to(viewer).filter(
        division__key=key, division__state=RunState.DONE, number=number
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    line = rows.select_related("division").defer(*LARGE).first()
    if line is None:
        raise ActionRefusedError(_("Deze regel bestaat niet of is niet voor u."))
    if line.place_id is None:
        raise ActionRefusedError(_("Voor deze inwoner is er geen plek om over te beslissen."))
    if line.answer != LineAnswer.OPEN:
        raise ActionRefusedError(_("Over deze regel is al beslist. Open de pagina opnieuw."))
    hold(viewer, pseudonym_ids=[line.pseudonym_id])
    return line, line.place_id


def _check_place(viewer: Viewer, place_id: int) -> None:
    """Refuse a place where nobody can start now, whoever it is. Raises ActionRefusedError."""
    place = next(iter(open_places(viewer, only=[place_id])), None)
    if place is None:
        raise ActionRefusedError(
            _("Deze plek is gesloten sinds de verdeling. Wijs deze regel af, of verdeel opnieuw.")
        )
    today = clock.today()
    reasons = suits(NOBODY, place, rule_set_on(shipped_rule_sets(), today), today)
    rules = {reason.rule for reason in reasons}
    if HardRule.NO_FREE_PLACE in rules:
        raise ActionRefusedError(
            _("Deze plek is vol sinds de verdeling. Wijs deze regel af, of verdeel opnieuw.")
        )
    if HardRule.NOT_OPEN in rules:
        raise ActionRefusedError(_("Deze plek is nog niet open. Wacht tot de plek open is."))
    if HardRule.DISPLACEMENT_UNCHECKED in rules:
        raise ActionRefusedError(
            _("Van deze plek is nog niet bekeken of die betaald werk verdringt. Doe dat eerst.")
        )


def _answer(viewer: Viewer, line: Line, **what: object) -> None:
    rows = Line.objects.visible_to(viewer).filter(pk=line.pk, answer=LineAnswer.OPEN)
    if not rows.update(answered_by_id=viewer.membership_id, answered_at=clock.now(), **what):
        raise ActionRefusedError(_("Over deze regel is al beslist. Open de pagina opnieuw."))
