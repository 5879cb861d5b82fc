"""How a figure was counted, in sentences for whoever reads it.

The number itself is never in these sentences, so they can stand beside a protected figure.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.explain_referrals import explain_referrals
from meedoen.rules.indicators.labels import (
    GROWTH_CLASSES,
    KINDS,
    OUTCOMES,
    PLACE_KINDS,
    STATES,
)
from meedoen.rules.indicators.language import (
    Definition,
    Measures,
    ReferenceDate,
    ReferralWord,
    Word,
)
from meedoen.rules.indicators.people_words import (
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    PeopleWord,
)
from meedoen.rules.indicators.said import day_said, listed
from meedoen.rules.indicators.texts import Language, Text

IN_STATE = Text(
    "We telden mensen met een {kind} op {on}.", "We counted people with a {kind} on {on}."
)
STATE = Text("De stand was: {names}.", "Its state was: {names}.")
PLACES = Text("Het soort plek was: {names}.", "The kind of place was: {names}.")
SELF_FOUND = Text(
    "We telden alleen plekken die mensen zelf vonden.",
    "We counted only places that people found themselves.",
)
NOT_SELF_FOUND = Text(
    "We telden alleen plekken die mensen niet zelf vonden.",
    "We counted only places that people did not find themselves.",
)
LAST_DAY = Text(
    "Wat op {on} stopte of veranderde, telt niet mee: die dag hoort er niet meer bij.",
    "What stopped or changed on {on} does not count: that day is no longer part of it.",
)
WITH_EVENT = Text(
    "We telden mensen met minstens één {kind} in de {months} maanden tot en met {on}.",
    "We counted people with at least one {kind} in the {months} months up to and including {on}.",
)
OUTCOME = Text("De uitkomst was: {names}.", "Its outcome was: {names}.")
NO_EVENT = Text(
    "Wie in die tijd niets in de geschiedenis heeft, telt niet mee.",
    "Somebody with nothing in the history in that time does not count.",
)
BY_GROWTH = Text(
    "We vergeleken per persoon de eerste en de laatste meting van 1 januari {year} tot en met "
    "{on}.",
    "For each person we compared the first and the last measurement from 1 January {year} up to "
    "and including {on}.",
)
SAME_VERSION = Text(
    "Beide metingen zijn gedaan met dezelfde versie van de participatieladder: die van de "
    "laatste meting.",
    "Both measurements were made with the same version of the participation ladder: that of "
    "the last measurement.",
)
CLASSES = Text(
    "Het cijfer telt de groep „{headline}”. De andere groepen zijn: {names}.",
    "The figure counts the group “{headline}”. The other groups are: {names}.",
)
MEASURED_ONCE = Text(
    "Wie één meting heeft, is een eigen groep: dat is niet hetzelfde als geen groei.",
    "Somebody with one measurement is in a group apart: that is not the same as no growth.",
)
NOT_MEASURED = Text(
    "Wie in dat jaar geen meting heeft, telt in geen enkele groep mee.",
    "Somebody without a measurement in that year counts in no group.",
)
ONCE = Text(
    "Iedereen telt hoogstens één keer mee.",
    "Everybody counts at most once.",
)
STOCK = Text("Dit is een stand op één dag.", "This is the state on one day.")
FLOW = Text("Dit cijfer gaat over een periode.", "This figure is about a period.")
INTERIM = Text(
    "Dit is een tussenstand: het cijfer is bedoeld voor {days}.",
    "This is an interim figure: it is meant for {days}.",
)
MEANT_FOR: Mapping[ReferenceDate, Text] = {
    ReferenceDate.YEAR_END: Text("31 december", "31 December"),
    ReferenceDate.MONTH_END: Text("de laatste dag van een maand", "the last day of a month"),
    ReferenceDate.ANY: Text("elke dag", "any day"),
}
KNOWN = Text(
    "We gebruikten wat op {day} bekend was. Wat later is vastgelegd of verbeterd, telt hier "
    "niet mee.",
    "We used what was known on {day}. What was recorded or corrected later does not count here.",
)
ALL_KNOWN = Text(
    "We gebruikten alles wat was vastgelegd toen dit cijfer werd berekend.",
    "We used everything that had been recorded when this figure was computed.",
)
VERSION = Text(
    "Deze manier van tellen geldt vanaf {day}.", "This way of counting is valid from {day}."
)


def explain(definition: Definition, result: FigureResult, language: Language) -> list[str]:
    """Say what was counted, on which day, as known when, and what was not counted.

    `result.known_at` is shown as a day in its own time zone: pass local time. Raises
    ValueError for a result of another definition.
    """
    if result.code != definition.code:
        raise ValueError(f"a figure of {result.code} is not explained by {definition.code}")
    version = definition.version_on(result.version)
    sentences = [
        definition.definition,
        *_counted(version.count, result.on),
        STOCK if definition.measures is Measures.STOCK else FLOW,
        *_interim(definition.reference_date, result.on),
        ALL_KNOWN
        if result.known_at is None
        else KNOWN.filled(day=day_said(result.known_at.date())),
        VERSION.filled(day=day_said(version.valid_from)),
    ]
    return [sentence.within(language) for sentence in sentences]


def _counted(word: Word, on: date) -> list[Text]:
    if isinstance(word, ReferralWord):
        return explain_referrals(word, on)
    return [*_people(word, on), ONCE]


def _people(word: PeopleWord, on: date) -> list[Text]:
    match word:
        case PeopleInState():
            return _in_state(word, on)
        case PeopleWithEvent():
            return _with_event(word, on)
        case PeopleByGrowth():
            return _by_growth(on)
        case _:
            assert_never(word)


def _in_state(word: PeopleInState, on: date) -> list[Text]:
    sentences = [IN_STATE.filled(kind=KINDS[word.kind], on=day_said(on))]
    if word.states:
        sentences.append(STATE.filled(names=listed(STATES, word.states)))
    if word.where.place_kinds:
        sentences.append(PLACES.filled(names=listed(PLACE_KINDS, word.where.place_kinds)))
    if word.where.self_found is not None:
        sentences.append(SELF_FOUND if word.where.self_found else NOT_SELF_FOUND)
    return [*sentences, LAST_DAY.filled(on=day_said(on))]


def _with_event(word: PeopleWithEvent, on: date) -> list[Text]:
    sentences = [WITH_EVENT.filled(kind=KINDS[word.kind], months=word.months, on=day_said(on))]
    if word.outcomes:
        sentences.append(OUTCOME.filled(names=listed(OUTCOMES, word.outcomes)))
    return [*sentences, NO_EVENT]


def _by_growth(on: date) -> list[Text]:
    headline, *others = GROWTH_CLASSES.values()
    names = Text(", ".join(each.nl for each in others), ", ".join(each.en for each in others))
    return [
        BY_GROWTH.filled(year=on.year, on=day_said(on)),
        SAME_VERSION,
        CLASSES.filled(headline=headline, names=names),
        MEASURED_ONCE,
        NOT_MEASURED,
    ]


def _interim(rule: ReferenceDate, on: date) -> list[Text]:
    return [] if rule.holds(on) else [INTERIM.filled(days=MEANT_FOR[rule])]
