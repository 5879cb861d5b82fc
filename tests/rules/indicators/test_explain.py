"""The sentences under a figure."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from meedoen.rules.indicators.evaluate import FigureResult
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.labels import (
    GROWTH_CLASSES,
    KINDS,
    MONTHS,
    OUTCOMES,
    PLACE_KINDS,
    SINCE_START,
    STATES,
)
from meedoen.rules.indicators.language import Measures, ReferenceDate
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Printed,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SinceStart,
    Which,
)
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState
from tests.rules.indicators.histories import definition_of

START = date(2015, 1, 1)
KNOWN = datetime(2026, 1, 15, 9, tzinfo=UTC)


def result_on(day, known_at=KNOWN, version=START, **more):
    return FigureResult("made_up", version, day, known_at, 7, {}, **more)


def test_a_stock_is_explained_in_dutch():
    word = PeopleInState(
        EntryKind.PLACEMENT,
        (PlacementState.ACTIVE,),
        Filters((PlaceKind.PARTICIPATION_JOB, PlaceKind.TRIAL), self_found=True),
    )
    definition = definition_of((START, word))
    assert explain(definition, result_on(date(2025, 12, 31)), "nl") == [
        "tekst",
        "We telden mensen met een plaatsing op 31 december 2025.",
        "De stand was: begonnen en niet gestopt.",
        "Het soort plek was: participatiebaan of proefplaats.",
        "We telden alleen plekken die mensen zelf vonden.",
        (
            "Wat op 31 december 2025 stopte of veranderde, telt niet mee: die dag hoort er niet "
            "meer bij."
        ),
        "Iedereen telt hoogstens één keer mee.",
        "Dit is een stand op één dag.",
        (
            "We gebruikten wat op 15 januari 2026 bekend was. Wat later is vastgelegd of "
            "verbeterd, telt hier niet mee."
        ),
        "Deze manier van tellen geldt vanaf 1 januari 2015.",
    ]


def test_events_in_a_period_are_explained_in_english():
    word = PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.REACHED, Outcome.NO_SHOW), 6)
    definition = replace(
        definition_of((START, word)),
        measures=Measures.FLOW,
        reference_date=ReferenceDate.MONTH_END,
    )
    assert explain(definition, result_on(date(2025, 12, 30), None), "en") == [
        "text",
        (
            "We counted people with at least one attempt to reach somebody in the 6 months up to "
            "and including 30 December 2025."
        ),
        "Its outcome was: reached or did not come.",
        "Somebody with nothing in the history in that time does not count.",
        "Everybody counts at most once.",
        "This figure is about a period.",
        "This is an interim figure: it is meant for the last day of a month.",
        "We used everything that had been recorded when this figure was computed.",
        "This way of counting is valid from 1 January 2015.",
    ]


def test_growth_says_that_one_measurement_is_not_no_growth():
    definition = definition_of((START, PeopleByGrowth()))
    sentences = explain(definition, result_on(date(2025, 6, 1)), "nl")
    assert (
        "We vergeleken per persoon de eerste en de laatste meting van 1 januari 2025 tot en met "
        "1 juni 2025."
    ) in sentences
    assert (
        "Het cijfer telt de groep „groei”. De andere groepen zijn: daling, gelijk gebleven, "
        "één meting."
    ) in sentences
    assert (
        "Wie één meting heeft, is een eigen groep: dat is niet hetzelfde als geen groei."
    ) in sentences


@pytest.mark.parametrize(
    ("rule", "day", "interim"),
    [
        (ReferenceDate.YEAR_END, date(2025, 12, 31), False),
        (ReferenceDate.YEAR_END, date(2025, 11, 30), True),
        (ReferenceDate.MONTH_END, date(2024, 2, 29), False),
        (ReferenceDate.MONTH_END, date(2024, 2, 28), True),
        (ReferenceDate.ANY, date(2024, 2, 28), False),
    ],
)
def test_a_figure_on_another_day_than_it_is_meant_for_is_called_interim(rule, day, interim):
    definition = replace(
        definition_of((START, PeopleInState(EntryKind.BENEFIT))), reference_date=rule
    )
    sentences = explain(definition, result_on(day), "en")
    assert any(each.startswith("This is an interim figure") for each in sentences) is interim


def test_the_version_that_counted_is_explained_and_not_a_later_one():
    definition = definition_of(
        (START, PeopleInState(EntryKind.BENEFIT)), (date(2024, 1, 1), PeopleByGrowth())
    )
    sentences = explain(definition, result_on(date(2023, 12, 31)), "en")
    assert "We counted people with a benefit from the municipality on 31 December 2023." in (
        sentences
    )
    assert sentences[-1] == "This way of counting is valid from 1 January 2015."


def test_places_that_were_not_self_found_are_named():
    word = PeopleInState(EntryKind.PLACEMENT, (PlacementState.ENDED,), Filters(self_found=False))
    sentences = explain(definition_of((START, word)), result_on(date(2025, 1, 1)), "en")
    assert "We counted only places that people did not find themselves." in sentences


def test_a_figure_of_another_indicator_is_refused():
    definition = replace(definition_of((START, PeopleByGrowth())), code="other")
    with pytest.raises(ValueError, match="a figure of made_up is not explained by other"):
        explain(definition, result_on(date(2025, 1, 1)), "nl")


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (KINDS, EntryKind),
        (PLACE_KINDS, PlaceKind),
        (STATES, PlacementState),
        (OUTCOMES, Outcome),
        (GROWTH_CLASSES, GrowthClass),
        (SINCE_START, SinceStart),
    ],
)
def test_every_word_has_a_name_of_its_own_in_both_languages(labels, words):
    assert list(labels) == list(words)
    assert len({label.nl for label in labels.values()}) == len(words)
    assert len({label.en for label in labels.values()}) == len(words)
    assert len(MONTHS) == 12


def sentences_of(word, on=date(2025, 12, 31), language="nl"):
    """Return what is said of a word, without what is said of every figure."""
    definition = definition_of((START, word))
    return explain(definition, result_on(on), language)[1:-3]


JOBS = Filters(place_kinds=(PlaceKind.PARTICIPATION_JOB,))
ON_BENEFIT = PeopleInState(EntryKind.BENEFIT)


def test_a_share_says_the_whole_and_the_part_and_what_holds_for_both_once():
    training = Filters(place_kinds=(PlaceKind.TRAINING,))
    active = (PlacementState.ACTIVE,)
    word = Share(
        PeopleInState(EntryKind.PLACEMENT, active, training, (EntryKind.TRAINING,)),
        PeopleInState(EntryKind.PLACEMENT, active, JOBS),
    )
    assert sentences_of(word) == [
        "Het cijfer zegt welk deel van de ene groep mensen ook in de andere groep zit.",
        (
            "Het geheel: We telden mensen met een plaatsing op 31 december 2025. De stand was: "
            "begonnen en niet gestopt. Het soort plek was: participatiebaan."
        ),
        (
            "Het deel: We telden mensen met een plaatsing op 31 december 2025. De stand was: "
            "begonnen en niet gestopt. Het soort plek was: scholing. Wie op die dag geen plaatsing "
            "had die meetelt, maar wel een cursus of opleiding, telt ook mee."
        ),
        (
            "Wat op 31 december 2025 stopte of veranderde, telt niet mee: die dag hoort er niet "
            "meer bij."
        ),
        (
            "Het cijfer is een heel percentage. Als er niets is om een deel van te nemen, is er "
            "geen cijfer."
        ),
        "Iedereen telt hoogstens één keer mee.",
    ]


def test_a_window_after_an_end_says_who_fell_back_and_who_is_left_out():
    said = sentences_of(ShareFallenBack(181, 365, 12, (Outcome.GOAL_REACHED,), JOBS))
    assert said[:3] == [
        (
            "We keken naar plaatsingen die waren gestopt. Dag 0 is de eerste dag zonder de plek. "
            "Dag 365 was voorbij in de 12 maanden tot en met 31 december 2025."
        ),
        "De uitkomst was: doel bereikt.",
        "Het soort plek was: participatiebaan.",
    ]
    assert "Wie verhuisde of overleed, telt niet mee." in said
    assert "We telden hoe vaak iets eindigde, geen mensen." in said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (
            PeopleWithoutEvent((EntryKind.ATTEMPT, EntryKind.CONVERSATION)),
            (
                "In the 12 months up to and including that day there was no attempt to reach "
                "somebody and no conversation for them."
            ),
        ),
        (Events(EntryKind.CONVERSATION), "We counted times, not people"),
        (PeopleStarted(3), "We counted people who began to take part in the 3 months up to"),
        (PeopleEnded((Outcome.DIED,)), "Its outcome was: died."),
        (PeopleByGrowth(on_benefit=True), "who had a benefit from the municipality on the day of"),
        (
            PeopleOnRung(Which.FIRST, on_benefit=True),
            "who had a benefit from the municipality on the day of that measurement.",
        ),
        (PeopleByGrowth(minimum_step=2), "Growth is at least 2 rungs higher"),
        (PeopleBySteps(same_rung=True), "whose rung became neither higher nor lower in that year"),
        (DaysInState((PlacementState.WAITING,)), "Its state was: on the waiting list."),
        (Ratio(PeopleStarted(), ON_BENEFIT, 1_000), "for every 1000 people in the other group"),
        (ShareStillThere(6), "Their start, with 6 months added, fell in the 12 months up to"),
        (GrowthAfterStart(3, 9), "last measurement in the 3 months up to and including the start"),
        (GrowthAfterStart(3, 9), "The other groups are: decline, stayed equal, no measurement"),
        (Printed(), "We do not count this figure ourselves."),
        (
            PeopleInState(
                EntryKind.PLACEMENT,
                (PlacementState.ACTIVE,),
                Filters(districts=(1,), organisations=(2,), legal_tasks=(LegalTask.INTEGRATION,)),
            ),
            "We looked at some of the organisations, not at all.",
        ),
    ],
)
def test_every_word_about_people_says_what_was_counted(word, said):
    assert said in " ".join(sentences_of(word, language="en"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_is_said_twice(language):
    for word in (Share(ON_BENEFIT, ON_BENEFIT), Ratio(PeopleStarted(), PeopleEnded(), 10)):
        said = sentences_of(word, language=language)
        assert len(set(said)) == len(said)


def test_a_figure_is_explained_in_the_words_of_its_own_version():
    definition = definition_of((START, Printed()), (date(2024, 1, 1), Printed()))
    first, last = definition.versions
    old = replace(first, definition=Text("zo was het", "so it was"))
    definition = replace(definition, versions=(old, last))
    assert explain(definition, result_on(date(2023, 12, 31)), "nl")[0] == "zo was het"
    # Counted before the new version was made, on a day for which that is valid now.
    assert explain(definition, result_on(date(2024, 12, 31)), "nl")[0] == "zo was het"
    newer = result_on(date(2024, 12, 31), version=date(2024, 1, 1))
    assert explain(definition, newer, "nl")[0] == "tekst"
