"""How a figure about places was counted, in sentences for whoever reads it."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from meedoen.rules.indicators.labels import LEGAL_TASKS, PLACE_KINDS
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlaceFilters,
    PlacesListed,
    PlaceWord,
    Seats,
    SeatsOf,
    SharePlacesConfirmed,
)
from meedoen.rules.indicators.said import day_said, listed
from meedoen.rules.indicators.texts import Text

LISTED = Text(
    "We telden plekken die op {on} in de lijst stonden en open waren.",
    "We counted places that were in the directory and open on {on}.",
)
SEATS: Mapping[SeatsOf, Text] = {
    SeatsOf.CAPACITY: Text(
        "We telden voor hoeveel mensen er ruimte is op de plekken die op {on} open waren, ook als "
        "die ruimte bezet was.",
        "We counted for how many people there is room at the places that were open on {on}, also "
        "when that room was taken.",
    ),
    SeatsOf.FREE: Text(
        "We telden de vrije ruimte op de plekken die op {on} open waren. Wie is voorgesteld, "
        "kennismaakt of meedoet, houdt ruimte bezet. Een plek die vol is volgens de organisatie, "
        "heeft geen vrije ruimte.",
        "We counted the free room at the places that were open on {on}. Whoever is proposed, is "
        "introduced or takes part holds a seat. A place that is full, says the organisation, has "
        "no free room.",
    ),
}
CONFIRMED_SHARE = Text(
    "Van de plekken die op {on} in de lijst stonden en open waren, telden we welk deel nog klopt.",
    "Of the places that were in the directory and open on {on}, we counted which share is still "
    "right.",
)
FRESH = Text(
    "Een plek klopt nog als iemand dat heeft gezegd, en de termijn daarvan op die dag niet voorbij "
    "was.",
    "A place is still right when somebody said so, and the term of that was not over on that day.",
)
WITH_PLACES = Text(
    "We telden wijken waar op {on} minstens één plek in de lijst stond en open was. We keken naar "
    "alle wijken van de gemeente.",
    "We counted districts where at least one place was in the directory and open on {on}. We "
    "looked at all districts of the municipality.",
)
FREE_ONLY = Text(
    "We telden alleen plekken met vrije ruimte.", "We counted only places with free room."
)
CONFIRMED_ONLY = Text(
    "We telden alleen plekken waarvan iemand heeft gezegd dat ze nog kloppen.",
    "We counted only places of which somebody said that they are still right.",
)
NOT_CONFIRMED_ONLY = Text(
    "We telden alleen plekken waarvan niemand heeft gezegd dat ze nog kloppen, of te lang geleden.",
    "We counted only places of which nobody said that they are still right, or too long ago.",
)
KINDS_OF_PLACE = Text("Het soort plek was: {names}.", "The kind of place was: {names}.")
TASKS = Text("De wet waarvoor de plek is: {names}.", "The law for which the place is: {names}.")
SOME_DISTRICTS = Text(
    "We keken naar een deel van de wijken, niet naar alle.",
    "We looked at some of the districts, not at all.",
)
SOME_ORGANISATIONS = Text(
    "We keken naar een deel van de organisaties, niet naar alle.",
    "We looked at some of the organisations, not at all.",
)
WHOLE_PER_CENT = Text(
    "Het cijfer is een heel percentage. Zonder plekken is er geen cijfer.",
    "The figure is a whole per cent. Without places there is no figure.",
)


def explain_places(word: PlaceWord, on: date) -> list[Text]:
    """Say what of the places was counted on a day."""
    filters = _filters(word.where)
    match word:
        case PlacesListed():
            return [_on(LISTED, on), *filters]
        case Seats():
            return [_on(SEATS[word.of], on), *filters]
        case SharePlacesConfirmed():
            return [_on(CONFIRMED_SHARE, on), FRESH, *filters, WHOLE_PER_CENT]
        case DistrictsWithPlaces():
            return [_on(WITH_PLACES, on), *filters]
        case _:
            assert_never(word)


def _on(text: Text, on: date) -> Text:
    return text.filled(on=day_said(on))


def _filters(where: PlaceFilters) -> list[Text]:
    kinds, tasks = where.place_kinds, where.legal_tasks
    said = [KINDS_OF_PLACE.filled(names=listed(PLACE_KINDS, kinds))] if kinds else []
    said += [TASKS.filled(names=listed(LEGAL_TASKS, tasks))] if tasks else []
    said += [SOME_DISTRICTS] if where.districts else []
    said += [SOME_ORGANISATIONS] if where.organisations else []
    said += [FREE_ONLY] if where.free else []
    if where.confirmed is None:
        return said
    return [*said, CONFIRMED_ONLY if where.confirmed else NOT_CONFIRMED_ONLY, FRESH]
