"""Proposing places to someone and writing down the choice."""

import uuid
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import district_code_of
from meedoen.records.places.queries import open_places
from meedoen.records.proposals.facts import person_facts
from meedoen.records.proposals.models import Proposal
from meedoen.rules.matching.facts import PersonFacts
from meedoen.rules.matching.rank import FallenOff, Suggestion, rank
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets


@action(Permission.PROPOSE_PLACES)
def propose(viewer: Viewer, *, pseudonym_id: int, leave_out: Collection[int] = ()) -> uuid.UUID:
    """Rank the open places for someone, keep the list as it is now, and return its key.

    `leave_out` are the ids of places where the person is already: they are no suggestion.

    Raises ActionRefusedError when the person is not for this viewer, or when nobody has spoken
    to them yet: without a conversation there is nothing to go by.
    """
    district = district_code_of(viewer, pseudonym_id=pseudonym_id)
    if district is None:
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    wishes = wishes_of(viewer, pseudonym_id=pseudonym_id)
    if wishes is None:
        raise ActionRefusedError(
            _("Voer eerst een gesprek: zonder wensen en tijden valt er niets te zoeken.")
        )
    today = clock.today()
    rule_set = rule_set_on(shipped_rule_sets(), today)
    facts = person_facts(wishes, district=district)
    places = [place for place in open_places(viewer) if place.place not in leave_out]
    ranking = rank(facts, places, rule_set, today)
    proposal = Proposal.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        made_by_id=viewer.membership_id,
        made_at=clock.now(),
        rule_set=rule_set.version,
        facts=_facts_to_keep(facts),
        offered=[_offer_to_keep(suggestion) for suggestion in ranking.suitable],
        fallen_off=[_fall_to_keep(fallen) for fallen in ranking.fallen_off],
    )
    return proposal.key


def _facts_to_keep(facts: PersonFacts) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(facts).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _offer_to_keep(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "place": suggestion.place.place,
        "order": suggestion.order,
        "contributions": [
            {
                "criterion": line.criterion,
                "value": line.value,
                "weight": line.weight,
                "contribution": line.contribution,
                "text": line.text_code,
                "facts": {name: _plain(value) for name, value in line.facts.items()},
            }
            for line in suggestion.contributions
        ],
    }


def _fall_to_keep(fallen: FallenOff) -> dict[str, Any]:
    return {
        "place": fallen.place.place,
        "reasons": [
            {
                "rule": reason.rule,
                "facts": {name: _plain(value) for name, value in reason.facts.items()},
            }
            for reason in fallen.reasons
        ],
    }


def note_choice(
    viewer: Viewer, *, key: uuid.UUID, place_id: int, resident_said: str
) -> tuple[int, int]:
    """Write down which place was chosen; return the ids of the proposal and the pseudonym.

    Called by the action that places someone, in its transaction. Raises ActionRefusedError
    when the list is not there, has been answered already, or does not offer this place.
    """
    proposal = Proposal.objects.visible_to(viewer).filter(key=key).first()
    if proposal is None:
        raise ActionRefusedError(_("Dit voorstel bestaat niet of is niet voor u."))
    if not resident_said.strip():
        raise ActionRefusedError(_("Schrijf op wat de inwoner zelf van deze plek vindt."))
    if place_id not in {offer["place"] for offer in proposal.offered}:
        raise ActionRefusedError(_("Deze plek staat niet in het voorstel. Zoek opnieuw."))
    # Only the first answer counts, also when two people press at the same moment.
    answered = (
        Proposal.objects.visible_to(viewer)
        .filter(pk=proposal.pk, chosen_place__isnull=True)
        .update(
            chosen_place_id=place_id,
            chosen_at=clock.now(),
            chosen_by_id=viewer.membership_id,
            resident_said=resident_said.strip(),
        )
    )
    if not answered:
        raise ActionRefusedError(_("Bij dit voorstel is al een plek gekozen. Zoek opnieuw."))
    return proposal.pk, proposal.pseudonym_id
