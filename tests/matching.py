"""What tests about lists of places begin with: jobs that were checked, and an answer to a list."""

import uuid

from meedoen.records.organisations import clock
from meedoen.records.placements.actions import place_from_proposal
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import Search, propose
from meedoen.rules.vocabulary import ChoiceReason, Preference
from tests.records.places.finds import WELL
from tests.town import Person, Town, talk


def check_jobs(town: Town, *places: int) -> None:
    """Let Lea check that these jobs (the garden and far) take no paid work away."""
    for place in places or (town.garden, town.far):
        key = Place.objects.get(pk=place).key
        check_displacement(town.lea, place_key=key, answers=WELL)


def list_for(town: Town, person: Person | None = None, search: Search | None = None) -> uuid.UUID:
    """Let Anna look for places for somebody (Roos) who can on mornings; return the list."""
    someone = person or town.roos_file
    check_jobs(town)
    talk(town.anna, someone, clock.today())
    return propose(town.anna, pseudonym_id=someone.pseudonym_id, search=search)


def chosen(town: Town, key: uuid.UUID, place: int | None = None, said: str = "Graag!") -> uuid.UUID:
    """Let Anna write down that somebody chose a place (the garden); return the placement."""
    return place_from_proposal(
        town.anna,
        proposal_key=key,
        place_id=place or town.garden,
        resident_said=said,
        reason=ChoiceReason.LIKES_THE_WORK,
        preference=Preference.WANTS_THIS,
    )


def place_key(number: int) -> uuid.UUID:
    return Place.objects.get(pk=number).key
