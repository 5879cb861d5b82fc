"""Proposing places to someone, setting a rule aside, and writing down the choice."""

import uuid
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import Wishes, wishes_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import district_of_visible
from meedoen.records.places.now import PlacesNow, places_now
from meedoen.records.proposals.choosable import demand_choosable
from meedoen.records.proposals.facts import Asked, asked_with, known_of_one, person_facts
from meedoen.records.proposals.kept import (
    FORMAT,
    IN_ORDER,
    Way,
    facts_to_keep,
    fall_to_keep,
    offer_to_keep,
    packed,
)
from meedoen.records.proposals.looking import SHOWN_IN_FULL, Question, look
from meedoen.records.proposals.models import Proposal, Refusal
from meedoen.records.proposals.shown import shown_now
from meedoen.records.proposals.words import checked_words
from meedoen.rules.matching.rank import FirmRuleError
from meedoen.rules.matching.rule_set import RuleSet, rule_set_on, shipped_rule_sets
from meedoen.rules.matching.suits import FIRM_RULES, HardRule
from meedoen.rules.vocabulary import ChoiceReason, PlaceKind, Preference


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How to look: what the person said, the order, and where they are or were already.

    `leave_out` are the ids of places where the person is now: they are no suggestion.
    `earlier_kinds` are the kinds of places where they were before. `asked` None is what was said
    at the former list. `places` are those of now, when they were read before: outside a
    transaction they are not read anew every time.
    """

    asked: Asked | None = None
    way: Way = Way.FIT
    leave_out: Collection[int] = ()
    earlier_kinds: Set[PlaceKind] = frozenset()
    places: PlacesNow | None = None


@action(Permission.PROPOSE_PLACES)
def propose(viewer: Viewer, *, pseudonym_id: int, search: Search | None = None) -> uuid.UUID:
    """Rank the open places for someone, keep the list as it is now, and return its key.

    Raises ActionRefusedError when the person is not for this viewer, when nobody has spoken to
    them yet (without a conversation there is nothing to go by), or when the municipality does not
    want places to be matched.
    """
    return _make(viewer, pseudonym_id, search or Search())


@action(Permission.PROPOSE_PLACES)
def set_rule_aside(
    viewer: Viewer, *, key: uuid.UUID, rule: HardRule, reason: str, search: Search | None = None
) -> uuid.UUID:
    """Make a list anew in which a rule does not count, and return its key.

    Kept with who, when and why. How the person travels, and what else was set aside, stays as it
    was with the list. Raises ActionRefusedError: for a rule of law or of what there is, without
    a reason, or when the list is not for this viewer or was answered.
    """
    before = held_proposal(viewer, key=key)
    if before.chosen_place_id is not None:
        raise ActionRefusedError(_("Bij dit voorstel is al een plek gekozen. Zoek opnieuw."))
    words = checked_words(reason, missing=_("Schrijf op waarom deze regel nu niet telt."))
    if rule in FIRM_RULES or before.way not in IN_ORDER:
        raise ActionRefusedError(_("Deze regel kunt u niet opzij zetten."))
    if any(one["rule"] == rule for one in before.set_aside):
        raise ActionRefusedError(_("Deze regel telt in deze lijst al niet mee."))
    given = search or Search()
    again = Search(
        asked=asked_with(before),
        way=Way(before.way),
        leave_out=given.leave_out,
        earlier_kinds=given.earlier_kinds,
        places=given.places,
    )
    aside = {
        "rule": rule.value,
        "reason": words,
        "by": viewer.membership_id,
        "at": clock.now().isoformat(),
    }
    return _make(
        viewer, before.pseudonym_id, again, set_aside=[*before.set_aside, aside], follows=before.pk
    )


@action(Permission.PROPOSE_PLACES)
def propose_found(viewer: Viewer, *, pseudonym_id: int, place_ids: Sequence[int]) -> uuid.UUID:
    """Keep the places that somebody found in the directory as a list to choose from.

    No rule of matching plays a part, so it works the same when matching is off. At most as many as
    are shown, in the order given; those that are not open fall out. Raises ActionRefusedError.
    """
    if district_of_visible(viewer, pseudonym_id=pseudonym_id) is None:
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    wanted = list(dict.fromkeys(place_ids))[:SHOWN_IN_FULL]
    now = shown_now(viewer, place_ids=wanted)
    there = [place for place in wanted if place in now and now[place].is_open]
    if not there:
        raise ActionRefusedError(_("Er is geen plek om uit te kiezen. Zoek met minder keuzes."))
    row = Proposal.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        made_by_id=viewer.membership_id,
        made_at=clock.now(),
        rule_set="",
        way=Way.FILTER,
        facts={},
        format=FORMAT,
        offered=[
            {
                "place": place,
                "order": order,
                "shown": now[place].to_keep(),
                "in_spite_of": [],
                "contributions": [],
            }
            for order, place in enumerate(there, start=1)
        ],
        fallen_off=[],
    )
    return row.key


def _make(
    viewer: Viewer,
    pseudonym_id: int,
    search: Search,
    *,
    set_aside: Sequence[Mapping[str, Any]] = (),
    follows: int | None = None,
) -> uuid.UUID:
    district_id = district_of_visible(viewer, pseudonym_id=pseudonym_id)
    if district_id is None:
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    if not matching_is_on(viewer):
        raise ActionRefusedError(
            _("Uw gemeente laat Meedoen geen plekken op volgorde zetten. Zoek zelf in de lijst.")
        )
    # Whose list it is was asked above.
    whole = Viewer.system(viewer.municipality_id)
    wishes = _demand_spoken(wishes_of(whole, pseudonym_id=pseudonym_id))
    today = clock.today()
    places = search.places or places_now(viewer)
    rule_set = rule_set_on(_rule_sets(), today)
    known = known_of_one(whole, pseudonym_id=pseudonym_id)
    asked = search.asked or known.asked.get(pseudonym_id, Asked())
    facts = person_facts(
        pseudonym_id,
        wishes,
        district=places.area.districts[district_id],
        known=known,
        rule_set=rule_set,
        earlier_kinds=search.earlier_kinds,
        asked=asked,
    )
    question = Question(
        person=facts,
        rule_set=rule_set,
        on=today,
        way=search.way,
        set_aside=frozenset(HardRule(one["rule"]) for one in set_aside),
        leave_out=search.leave_out,
    )
    try:
        found = look(question, places)
    except FirmRuleError as error:
        raise ActionRefusedError(_("Deze regel kunt u niet opzij zetten.")) from error
    numbers = [one.place.place for one in found.offers]
    numbers += [one.place.place for one in found.nearly]
    left_out = sorted(search.leave_out)
    numbers += left_out
    shown = {place: now.to_keep() for place, now in shown_now(viewer, place_ids=numbers).items()}
    row = Proposal.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        made_by_id=viewer.membership_id,
        made_at=clock.now(),
        follows_id=follows,
        rule_set=rule_set.version,
        travel=asked.travel or "",
        guidance=asked.guidance or "",
        most_half_days=asked.most_half_days,
        way=search.way,
        districts=places.area.names(),
        set_aside=list(set_aside),
        left_out=[{"place": one, "shown": shown[one]} for one in left_out if one in shown],
        facts=facts_to_keep(facts),
        format=FORMAT,
        offered=[offer_to_keep(one, shown[one.place.place]) for one in found.offers],
        fallen_off=[fall_to_keep(one, shown[one.place.place]) for one in found.nearly],
        rest=packed(found.rest),
    )
    return row.key


@cache
def _rule_sets() -> tuple[RuleSet, ...]:
    """Read the rule sets once: files do not change under a running process."""
    return shipped_rule_sets()


def _demand_spoken(wishes: Wishes | None) -> Wishes:
    if wishes is None:
        raise ActionRefusedError(
            _("Voer eerst een gesprek: zonder wensen en tijden valt er niets te zoeken.")
        )
    return wishes


def held_proposal(viewer: Viewer, *, key: uuid.UUID) -> Proposal:
    """Return a list; who answers it at the same moment waits until this transaction is over.

    Held before places and people are, in every action, so that nobody waits for each other.
    Raises ActionRefusedError when it is not for this viewer.
    """
    rows = Proposal.objects.visible_to(viewer).select_for_update(of=("self",)).filter(key=key)
    proposal = rows.first()
    if proposal is None:
        raise ActionRefusedError(_("Dit voorstel bestaat niet of is niet voor u."))
    return proposal


def note_choice(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    place_id: int,
    resident_said: str,
    reason: ChoiceReason,
    preference: Preference,
    earlier_kinds: Set[PlaceKind] = frozenset(),
) -> tuple[int, int]:
    """Write down which place was chosen and why; return the ids of the proposal and the pseudonym.

    Called by the action that places someone, in its transaction. `earlier_kinds` are the kinds of
    places where they were before. Raises ActionRefusedError when the list is not there, has been
    answered already, or does not offer this place, and when the law or a refusal keeps it back.
    """
    proposal = held_proposal(viewer, key=key)
    words = checked_words(
        resident_said, missing=_("Schrijf op wat de inwoner zelf van deze plek vindt.")
    )
    if place_id not in {offer["place"] for offer in proposal.offered}:
        raise ActionRefusedError(_("Deze plek staat niet in het voorstel. Zoek opnieuw."))
    refused = Refusal.objects.visible_to(viewer).filter(proposal=proposal, place_id=place_id)
    if refused.exists():
        raise ActionRefusedError(_("Deze plek gaat niet door: dat is al opgeschreven."))
    if proposal.chosen_place_id is None:
        demand_choosable(viewer, proposal, place_id, earlier_kinds=earlier_kinds)
    # Only the first answer counts, also when two people press at the same moment.
    answered = (
        Proposal.objects.visible_to(viewer)
        .filter(pk=proposal.pk, chosen_place__isnull=True)
        .update(
            chosen_place_id=place_id,
            chosen_at=clock.now(),
            chosen_by_id=viewer.membership_id,
            choice_reason=reason,
            preference=preference,
            resident_said=words,
        )
    )
    if not answered:
        raise ActionRefusedError(_("Bij dit voorstel is al een plek gekozen. Zoek opnieuw."))
    return proposal.pk, proposal.pseudonym_id
