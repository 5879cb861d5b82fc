"""What the tests on divisions share: people who wait, places with few seats, and a division."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.divisions.actions import ask_division
from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.running import run
from meedoen.records.organisations import clock
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.records.proposals.wish_actions import pick
from meedoen.rules.places.displacement import Reply
from meedoen.rules.vocabulary import Channel, ChoiceReason, PlaceKind, Preference, RefusalReason
from tests.town import LONG_AGO, MORNINGS, NO_PAID_WORK, Town
from tests.web.coach.scenes import register_crowd

YES = {
    "reason": ChoiceReason.LIKES_THE_WORK,
    "preference": Preference.WANTS_THIS,
    "resident_said": "Dat lijkt me leuk.",
}
NO = {
    "reason": RefusalReason.DOES_NOT_APPEAL,
    "preference": Preference.RATHER_ANOTHER,
    "resident_said": "Liever iets anders.",
}


def spoken(
    town: Town,
    pseudonym_ids: Sequence[int],
    *,
    days_ago: int = 30,
    kinds: Sequence[PlaceKind] = (),
    half_days: int = MORNINGS,
    whole_town: bool = True,
) -> None:
    """Have a conversation with these people some days ago."""
    complete_all(
        town.system,
        conversations=[
            NewConversation(
                pseudonym_id=pseudonym_id,
                held_on=clock.today() - timedelta(days=days_ago),
                channel=Channel.PHONE,
                wished_kinds=frozenset(kinds),
                half_days=half_days,
                whole_town=whole_town,
            )
            for pseudonym_id in pseudonym_ids
        ],
    )


def waiting(town: Town, count: int, *, after: int = 0, **said) -> list[int]:
    """Let so many people of Anna's wait; return their pseudonyms' ids, in order of registering."""
    people = register_crowd(town, count, after=after)
    spoken(town, people, **said)
    return people


def new_place(
    town: Town, title: str, *, seats: int = 1, district: int | None = None, **what
) -> int:
    """Add a place for volunteers with few seats in the district Noord; return its id."""
    [place_id] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=Place.objects.get(pk=town.repair).organisation_id,
                district_id=district or town.north,
                kind=what.pop("kind", PlaceKind.VOLUNTEER_WORK),
                title=title,
                capacity=seats,
                half_days=what.pop("half_days", MORNINGS),
                opens_on=what.pop("opens_on", LONG_AGO),
                **what,
            )
        ],
    )
    return place_id


def wishing(town: Town, pseudonym_ids: Sequence[int], place_id: int) -> None:
    """Let these people wish a place most."""
    for pseudonym_id in pseudonym_ids:
        pick(town.anna, pseudonym_id=pseudonym_id, place_id=place_id)


def nobody_begins_in_the_garden(town: Town) -> None:
    """Find out that somebody is sought for the work in the garden, so that it has no free seats."""
    check_displacement(
        town.system,
        place_key=Place.objects.get(pk=town.garden).key,
        answers=replace(NO_PAID_WORK, vacancy=Reply.YES),
    )


def divided(town: Town, viewer=None, **narrowed) -> uuid.UUID:
    """Let Lea ask for a division and work it out; return its key."""
    key = ask_division(viewer or town.lea, in_background=False, **narrowed)
    work_out(town, key)
    return key


def work_out(town: Town, key: uuid.UUID) -> None:
    row = row_of(town, key)
    run(row.municipality_id, row.pk)


def row_of(town: Town, key: uuid.UUID) -> Division:
    return Division.objects.visible_to(town.system).get(key=key)


def lines_of(town: Town, key: uuid.UUID) -> dict[int, Line]:
    """Return the lines of a division, by pseudonym."""
    rows = Line.objects.visible_to(town.system).filter(division__key=key)
    return {row.pseudonym_id: row for row in rows}


def got(town: Town, key: uuid.UUID) -> dict[int, int | None]:
    """Return the place that each person got, by pseudonym."""
    return {who: line.place_id for who, line in lines_of(town, key).items()}


def days_ago(days: int) -> date:
    return clock.today() - timedelta(days=days)
