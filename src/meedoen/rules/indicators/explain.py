"""How a figure was counted, in sentences for whoever reads it.

The number itself is never in these sentences, so they can stand beside a protected figure.
"""

from collections.abc import Mapping
from datetime import date

from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.explain_people import explain_people
from meedoen.rules.indicators.explain_places import explain_places
from meedoen.rules.indicators.explain_referrals import explain_referrals
from meedoen.rules.indicators.language import (
    Definition,
    Measures,
    ReferenceDate,
    ReferralWord,
    Word,
)
from meedoen.rules.indicators.people_words import (
    Printed,
)
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.said import day_said
from meedoen.rules.indicators.texts import Language, Text

PRINTED = Text(
    "Dit cijfer tellen we niet zelf. Het staat zo in de bron.",
    "We do not count this figure ourselves. It stands in the source like this.",
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
        definition.definition_on(result.version),
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
    if isinstance(word, PlaceWord):
        return explain_places(word, on)
    if isinstance(word, Printed):
        return [PRINTED]
    return explain_people(word, on)


def _interim(rule: ReferenceDate, on: date) -> list[Text]:
    return [] if rule.holds(on) else [INTERIM.filled(days=MEANT_FOR[rule])]
