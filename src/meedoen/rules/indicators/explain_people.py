"""How a figure about people was counted, in sentences for whoever reads it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from meedoen.rules.indicators.explain_growth import explain_growth
from meedoen.rules.indicators.explain_places import (
    KINDS_OF_PLACE,
    SOME_DISTRICTS,
    SOME_ORGANISATIONS,
    TASKS,
)
from meedoen.rules.indicators.labels import KINDS, LEGAL_TASKS, OUTCOMES, PLACE_KINDS, STATES
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthWord,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    PeopleWord,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SimpleWord,
    Which,
    WindowWord,
)
from meedoen.rules.indicators.said import OR, day_said, listed
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, Outcome, PlacementState

IN_STATE = Text(
    "We telden mensen met een {kind} op {on}.", "We counted people with a {kind} on {on}."
)
STATE = Text("De stand was: {names}.", "Its state was: {names}.")
SELF_FOUND = Text(
    "We telden alleen plekken die mensen zelf vonden.",
    "We counted only places that people found themselves.",
)
NOT_SELF_FOUND = Text(
    "We telden alleen plekken die mensen niet zelf vonden.",
    "We counted only places that people did not find themselves.",
)
ALSO = Text(
    "Wie op die dag geen plaatsing had die meetelt, maar wel een {kinds}, telt ook mee.",
    "Somebody who had no placement that counts on that day, but a {kinds}, counts too.",
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
WITHOUT_EVENT = Text(
    "We telden mensen die op {on} een uitkering van de gemeente hadden. In de {months} maanden tot "
    "en met die dag was er voor hen geen {kinds}.",
    "We counted people who had a benefit from the municipality on {on}. In the {months} months up "
    "to and including that day there was no {kinds} for them.",
)
OR_NONE = Text(" en geen ", " and no ")
EVENTS = Text(
    "We telden hoe vaak er een {kind} was in de {months} maanden tot en met {on}.",
    "We counted how often there was a {kind} in the {months} months up to and including {on}.",
)
TIMES = Text(
    "We telden keren, geen mensen: dezelfde persoon kan vaker meetellen.",
    "We counted times, not people: the same person may count more than once.",
)
STARTED = Text(
    "We telden mensen die begonnen met meedoen in de {months} maanden tot en met {on}.",
    "We counted people who began to take part in the {months} months up to and including {on}.",
)
ENDED = Text(
    "We telden mensen die stopten met meedoen in de {months} maanden tot en met {on}. Iemand stopt "
    "op de eerste dag zonder plek.",
    "We counted people who stopped taking part in the {months} months up to and including {on}. "
    "Somebody stops on the first day without a place.",
)
ONE_STRETCH = Text(
    "Meedoen is: op proef, begonnen of even gepauzeerd. Gaat iemand zonder een dag ertussen van de "
    "ene plek naar de andere, dan is dat geen einde en geen begin.",
    "To take part is: on trial, started, or paused. When somebody goes from one place to another "
    "without a day between, that is no end and no beginning.",
)
DAYS = Text(
    "We telden de dagen dat een plaatsing in deze stand was, van alles wat eindigde in de {months} "
    "maanden tot en met {on}. Het cijfer is het kleinste aantal dagen waarin ten minste de helft "
    "was geëindigd. Wat nog niet is geëindigd, telt niet mee.",
    "We counted the days that a placement was in this state, of all that ended in the {months} "
    "months up to and including {on}. The figure is the smallest number of days within which at "
    "least half had ended. What has not ended does not count.",
)
SHARE = Text(
    "Het cijfer zegt welk deel van de ene groep mensen ook in de andere groep zit.",
    "The figure says which share of one group of people is in the other group too.",
)
RATIO = Text(
    "Het cijfer is het aantal mensen in de ene groep voor elke {per} mensen in de andere groep.",
    "The figure is the number of people in one group for every {per} people in the other group.",
)
THE_WHOLE = Text("Het geheel: {said}", "The whole: {said}")
THE_PART = Text("Het deel: {said}", "The part: {said}")
BEGAN = Text(
    "We keken naar mensen die begonnen met meedoen. Hun start, met {after} maanden erbij, viel in "
    "de {months} maanden tot en met {on}.",
    "We looked at people who began to take part. Their start, with {after} months added, fell in "
    "the {months} months up to and including {on}.",
)
LATEST_START = Text(
    "Wie vaker begon, telt met de laatste start.",
    "Somebody who began more than once counts by the last start.",
)
STILL_THERE = Text(
    "We telden welk deel op precies die latere dag meedeed.",
    "We counted which share took part on exactly that later day.",
)
WINDOW = Text(
    "We keken naar plaatsingen die waren gestopt. Dag 0 is de eerste dag zonder de plek. Dag "
    "{last} was voorbij in de {months} maanden tot en met {on}.",
    "We looked at placements that had ended. Day 0 is the first day without the place. Day {last} "
    "was over in the {months} months up to and including {on}.",
)
FELL_BACK = Text(
    "Iemand viel terug als die op dag {last} nergens meedeed en ook niet verder was gegaan naar "
    "werk, opleiding of eigen vrijwilligerswerk. Iemand viel ook terug als de laatste trede in de "
    "dagen {first} tot en met {last} lager was dan de laatste trede voor het einde.",
    "Somebody fell back who took part nowhere on day {last} and had not moved on to work, training "
    "or volunteering of their own. Somebody also fell back whose last rung in the days {first} to "
    "{last} was lower than the last rung before the end.",
)
GONE = Text(
    "Wie verhuisde of overleed, telt niet mee.",
    "Somebody who moved away or died does not count.",
)
ENDS = Text(
    "We telden hoe vaak iets eindigde, geen mensen.",
    "We counted how often something ended, not people.",
)
WHOLE_PER_CENT = Text(
    "Het cijfer is een heel percentage. Als er niets is om een deel van te nemen, is er geen "
    "cijfer.",
    "The figure is a whole per cent. When there is nothing to take a share of, there is no figure.",
)
WHO_WAS_THERE = Text(
    "We telden alleen mensen die op de dag van de gebeurtenis of de meting meededen op zo'n plek:",
    "We counted only people who took part in such a place on the day of the event or measurement:",
)
WHO_IS_THERE = Text(
    "We telden alleen mensen die op de peildatum meededen op zo'n plek:",
    "We counted only people who took part in such a place on the reference date:",
)
ON_RUNG = {
    Which.FIRST: Text(
        "We keken per persoon naar de eerste meting van 1 januari {year} tot en met {on}.",
        "For each person we looked at the first measurement from 1 January {year} up to and "
        "including {on}.",
    ),
    Which.LAST: Text(
        "We keken per persoon naar de laatste meting van 1 januari {year} tot en met {on}.",
        "For each person we looked at the last measurement from 1 January {year} up to and "
        "including {on}.",
    ),
}
RUNGS = Text("De trede was: {numbers}.", "The rung was: {numbers}.")
ANY_RUNG = Text("Elke trede telt mee.", "Every rung counts.")
ON_BENEFIT_THEN = Text(
    "We telden alleen mensen die op de dag van die meting een uitkering van de gemeente hadden.",
    "We counted only people who had a benefit from the municipality on the day of that "
    "measurement.",
)
NOT_MEASURED = Text(
    "Wie in dat jaar geen meting heeft, telt niet mee.",
    "Somebody without a measurement in that year does not count.",
)
OF_PLACEMENTS = (PeopleStarted, PeopleEnded, GrowthAfterStart)
"""Words that count placements themselves."""
ONCE = Text("Iedereen telt hoogstens één keer mee.", "Everybody counts at most once.")


def explain_people(word: PeopleWord, on: date) -> list[Text]:
    """Say what of the history was counted on a day, and what was not."""
    match word:
        case Share():
            return [SHARE, *_parts(word, on), WHOLE_PER_CENT, ONCE]
        case Ratio():
            return [RATIO.filled(per=word.per), *_parts(word, on), ONCE]
        case Events():
            said = _over_months(EVENTS, word.months, on, kind=KINDS[word.kind])
            return [said, *_outcomes(word.outcomes), *who_said(word), TIMES]
        case _:
            pass
    if isinstance(word, WindowWord):
        return _after_a_while(word, on)
    if isinstance(word, GrowthWord):
        return [*explain_growth(word, on), *who_said(word), ONCE]
    return [*_simple(word, on), *_notes(word, on), ONCE]


def _parts(word: Share | Ratio, on: date) -> list[Text]:
    """Say how the whole and the part were counted, and once what holds for both."""
    whole, part = _simple(word.whole, on), _simple(word.part, on)
    notes = dict.fromkeys([*_notes(word.whole, on), *_notes(word.part, on)])
    notes.pop(NO_EVENT, None)
    return [
        THE_WHOLE.filled(said=_in_one(whole)),
        THE_PART.filled(said=_in_one(part)),
        *notes,
    ]


def _in_one(sentences: Iterable[Text]) -> Text:
    said = list(sentences)
    return Text(" ".join(one.nl for one in said), " ".join(one.en for one in said))


def _simple(word: SimpleWord, on: date) -> list[Text]:
    where = who_said(word)
    match word:
        case PeopleInState():
            said = IN_STATE.filled(kind=KINDS[word.kind], on=day_said(on))
            also = [ALSO.filled(kinds=listed(KINDS, word.also))] if word.also else []
            return [said, *_states(word.states), *where, *also]
        case PeopleWithEvent():
            said = _over_months(WITH_EVENT, word.months, on, kind=KINDS[word.kind])
            return [said, *_outcomes(word.outcomes), *where]
        case PeopleWithoutEvent():
            said = _over_months(WITHOUT_EVENT, word.months, on, kinds=_none_of(word.kinds))
            return [said, *_outcomes(word.outcomes), *where]
        case PeopleOnRung():
            rungs = [RUNGS.filled(numbers=_numbers(word.rungs))] if word.rungs else [ANY_RUNG]
            said = ON_RUNG[word.which].filled(year=on.year, on=day_said(on))
            return [said, *rungs, *([ON_BENEFIT_THEN] if word.on_benefit else []), *where]
        case PeopleStarted():
            return [_over_months(STARTED, word.months, on), *where]
        case PeopleEnded():
            said = _over_months(ENDED, word.months, on)
            return [said, *_outcomes(word.outcomes), *where]
        case _:
            assert_never(word)


def _notes(word: SimpleWord, on: date) -> list[Text]:
    """Say what a reader might take otherwise."""
    match word:
        case PeopleInState():
            return [LAST_DAY.filled(on=day_said(on))]
        case PeopleWithEvent():
            return [NO_EVENT]
        case PeopleOnRung():
            return [NOT_MEASURED]
        case PeopleWithoutEvent():
            return []
        case PeopleStarted() | PeopleEnded():
            return [ONE_STRETCH]
        case _:
            assert_never(word)


def _after_a_while(word: WindowWord, on: date) -> list[Text]:
    where = filters_said(word.where)
    match word:
        case DaysInState():
            return [_over_months(DAYS, word.months, on), *_states(word.states), *where]
        case ShareStillThere():
            began = _over_months(BEGAN, word.months, on, after=word.after_months)
            return [began, STILL_THERE, *where, ONE_STRETCH, LATEST_START, WHOLE_PER_CENT, ONCE]
        case ShareFallenBack():
            window = _over_months(WINDOW, word.months, on, last=word.to_days)
            fell_back = FELL_BACK.filled(first=word.from_days, last=word.to_days)
            outcomes = _outcomes(word.outcomes)
            return [window, *outcomes, *where, fell_back, GONE, ENDS, WHOLE_PER_CENT]
        case _:
            assert_never(word)


def who_said(word: SimpleWord | Events | GrowthWord) -> list[Text]:
    """Say by which placements people were chosen, or which placements were counted."""
    said = filters_said(word.where)
    if not word.where.about_places or isinstance(word, OF_PLACEMENTS):
        return said
    if isinstance(word, PeopleInState) and word.kind is EntryKind.PLACEMENT:
        return said
    if isinstance(word, PeopleInState | PeopleWithoutEvent):
        return [WHO_IS_THERE, *said]
    return [WHO_WAS_THERE, *said]


def filters_said(where: Filters) -> list[Text]:
    """Say which placements, districts and organisations were counted, if not all."""
    said: list[Text] = []
    if where.place_kinds:
        said.append(KINDS_OF_PLACE.filled(names=listed(PLACE_KINDS, where.place_kinds)))
    if where.self_found is not None:
        said.append(SELF_FOUND if where.self_found else NOT_SELF_FOUND)
    if where.legal_tasks:
        said.append(TASKS.filled(names=listed(LEGAL_TASKS, where.legal_tasks)))
    if where.districts:
        said.append(SOME_DISTRICTS)
    if where.organisations:
        said.append(SOME_ORGANISATIONS)
    return said


def _over_months(text: Text, months: int, on: date, **more: object) -> Text:
    return text.filled(months=months, on=day_said(on), **more)


def _states(states: tuple[PlacementState, ...]) -> list[Text]:
    return [STATE.filled(names=listed(STATES, states))] if states else []


def _outcomes(outcomes: tuple[Outcome, ...]) -> list[Text]:
    return [OUTCOME.filled(names=listed(OUTCOMES, outcomes))] if outcomes else []


def _numbers(rungs: Sequence[int]) -> Text:
    return Text(*(join.join(map(str, rungs)) for join in (OR.nl, OR.en)))


def _none_of(kinds: Iterable[EntryKind]) -> Text:
    names = [KINDS[kind] for kind in kinds]
    return Text(OR_NONE.nl.join(one.nl for one in names), OR_NONE.en.join(one.en for one in names))
