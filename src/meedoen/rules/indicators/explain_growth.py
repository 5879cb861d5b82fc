"""How growth was counted, in sentences for whoever reads it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar, assert_never

from meedoen.rules.indicators.labels import GROWTH_CLASSES, SINCE_START
from meedoen.rules.indicators.people_words import (
    GrowthAfterStart,
    GrowthWord,
    PeopleByGrowth,
    PeopleBySteps,
)
from meedoen.rules.indicators.said import day_said
from meedoen.rules.indicators.texts import Text

Label = TypeVar("Label", bound=StrEnum)

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
ON_BENEFIT = Text(
    "We telden alleen mensen die een uitkering van de gemeente hadden op de dag van hun laatste "
    "meting.",
    "We counted only people who had a benefit from the municipality on the day of their last "
    "measurement.",
)
STEP = Text(
    "Groei is minstens {step} treden hoger, daling minstens {step} treden lager.",
    "Growth is at least {step} rungs higher, decline at least {step} rungs lower.",
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
BY_STEPS = Text(
    "We vergeleken per persoon en per leefgebied de eerste en de laatste stap van 1 januari "
    "{year} tot en met {on}, met dezelfde versie. Die verschillen telden we bij elkaar op: meer "
    "dan nul is groei, minder dan nul is daling.",
    "For each person and each life domain we compared the first and the last step from 1 January "
    "{year} up to and including {on}, with the same version. We added those differences up: above "
    "zero is growth, under zero is decline.",
)
NO_DOMAIN_TWICE = Text(
    "Wie in geen enkel leefgebied twee stappen heeft, is een eigen groep: dat is niet hetzelfde "
    "als geen groei.",
    "Somebody with two steps in no life domain at all is in a group apart: that is not the same "
    "as no growth.",
)
SAME_RUNG = Text(
    "We telden alleen mensen van wie de trede in dat jaar niet hoger en niet lager werd.",
    "We counted only people whose rung became neither higher nor lower in that year.",
)
BEGAN = Text(
    "We keken naar mensen die begonnen met meedoen. Hun start, met {after} maanden erbij, viel in "
    "de {months} maanden tot en met {on}. Wie vaker begon, telt met de laatste start.",
    "We looked at people who began to take part. Their start, with {after} months added, fell in "
    "the {months} months up to and including {on}. Somebody who began more than once counts by "
    "the last start.",
)
AFTER_START = Text(
    "We vergeleken hun laatste meting in de {before} maanden tot en met de start met hun laatste "
    "meting daarna, tot en met {after} maanden na de start. Beide zijn gedaan met dezelfde versie "
    "van de participatieladder.",
    "We compared their last measurement in the {before} months up to and including the start with "
    "their last one after it, up to and including {after} months after the start. Both were made "
    "with the same version of the participation ladder.",
)


def explain_growth(word: GrowthWord, on: date) -> list[Text]:
    """Say how the classes of growth were made; filters are said elsewhere."""
    match word:
        case PeopleByGrowth():
            return [
                BY_GROWTH.filled(year=on.year, on=day_said(on)),
                SAME_VERSION,
                *([ON_BENEFIT] if word.on_benefit else []),
                *_step(word.minimum_step),
                _classes(GROWTH_CLASSES, word.headline),
                MEASURED_ONCE,
                NOT_MEASURED,
            ]
        case PeopleBySteps():
            return [
                BY_STEPS.filled(year=on.year, on=day_said(on)),
                *([SAME_RUNG] if word.same_rung else []),
                _classes(GROWTH_CLASSES, word.headline),
                NO_DOMAIN_TWICE,
                NOT_MEASURED,
            ]
        case GrowthAfterStart():
            after = word.follow_up_months
            return [
                BEGAN.filled(after=after, months=word.months, on=day_said(on)),
                AFTER_START.filled(before=word.baseline_months, after=after),
                *_step(word.minimum_step),
                _classes(SINCE_START, word.headline),
            ]
        case _:
            assert_never(word)


def _step(minimum: int) -> list[Text]:
    return [STEP.filled(step=minimum)] if minimum > 1 else []


def _classes(labels: Mapping[Label, Text], headline: Label) -> Text:
    others = [text for label, text in labels.items() if label is not headline]
    names = Text(", ".join(each.nl for each in others), ", ".join(each.en for each in others))
    return CLASSES.filled(headline=labels[headline], names=names)
