"""Keeping what a division proposed to somebody as a list of one place, with all it went by."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.places.spots import area_of
from meedoen.records.proposals.kept import FORMAT, Way
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.shown import shown_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """What a division gave somebody: one place, with what went in and why.

    `facts` are those of the person as the division kept them, `contributions` what speaks for the
    place, `why` and `why_facts` how the division came out for them (see explained.py). `known_at`
    is the moment of what was known, and `asked_by` who asked for the division.
    """

    pseudonym_id: int
    place_id: int
    rule_set: str
    known_at: datetime
    asked_by: int | None
    facts: Mapping[str, Any]
    contributions: Sequence[Mapping[str, Any]]
    why: str
    why_facts: Mapping[str, int]


@action(Permission.PROPOSE_PLACES)
def keep_divided(viewer: Viewer, *, divided: Divided) -> uuid.UUID:
    """Keep what a division gave somebody as a list of that place, and return its key.

    Also of a place that is not open now: it can be refused still. Raises ActionRefusedError when
    the person is not for this viewer.
    """
    if not districts_of_visible(viewer, pseudonym_ids=[divided.pseudonym_id]):
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    shown = shown_now(viewer, place_ids=[divided.place_id])[divided.place_id]
    row = Proposal.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=divided.pseudonym_id,
        made_by_id=divided.asked_by,
        made_at=divided.known_at,
        rule_set=divided.rule_set,
        way=Way.DIVISION,
        districts=area_of(viewer).names(),
        facts=dict(divided.facts),
        format=FORMAT,
        offered=[
            {
                "place": divided.place_id,
                "order": 1,
                "shown": shown.to_keep(),
                "in_spite_of": [],
                "contributions": list(divided.contributions),
                "why": {"code": divided.why, "facts": dict(divided.why_facts)},
            }
        ],
        fallen_off=[],
    )
    return row.key
