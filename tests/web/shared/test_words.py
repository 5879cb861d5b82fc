"""Every code that can reach a screen has a word."""

from enum import Enum
from typing import Any

import pytest
from django.utils import translation

from meedoen.records.conversations.actions import ATTEMPT_OUTCOMES
from meedoen.rules import half_days
from meedoen.rules.ladder.assess import Reason
from meedoen.rules.ladder.growth import GrowthClass
from meedoen.rules.ladder.questions import Question
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.placement_states import PLACEMENT_OUTCOMES
from meedoen.rules.vocabulary import (
    Channel,
    OrganisationKind,
    Outcome,
    PlaceKind,
    PlacementState,
)
from meedoen.web.shared import words

TABLES: list[tuple[type[Enum], Any]] = [
    (PlaceKind, words.PLACE_KINDS),
    (PlacementState, words.PLACEMENT_STATES),
    (PlacementState, words.PLACEMENT_STATE_KINDS),
    (Outcome, words.OUTCOMES),
    (Channel, words.CHANNELS),
    (OrganisationKind, words.ORGANISATION_KINDS),
    (Rung, words.RUNGS),
    (Rung, words.RUNG_SENTENCES),
    (Rung, words.RUNG_SENTENCES_FOR_RESIDENT),
    (Question, words.QUESTIONS),
    (GrowthClass, words.GROWTH),
    (LanguageLevel, words.LANGUAGE_LEVELS),
    (LanguageLevel, words.LANGUAGE_LEVEL_NAMES),
    (FunctionalDemand, words.FUNCTIONAL_DEMANDS),
]


@pytest.mark.parametrize(("codes", "table"), TABLES)
def test_every_code_has_a_word_and_every_word_a_code(codes: type[Enum], table: Any) -> None:
    assert set(table) == set(codes)
    assert all(str(word).strip() for word in table.values())


def test_every_question_has_its_help_though_the_first_needs_none() -> None:
    assert set(words.QUESTION_HELP) == set(Question)
    assert [question for question in Question if not words.QUESTION_HELP[question]] == [
        Question.HAS_CONTRACT
    ]


def test_every_reason_on_the_ladder_has_a_sentence() -> None:
    codes = {
        Reason(question, answer, Rung.ISOLATED).code
        for question in Question
        for answer in (True, False)
    }
    assert set(words.LADDER_REASONS) == codes
    assert all(str(sentence).endswith(".") for sentence in words.LADDER_REASONS.values())


def test_every_half_day_is_written_as_one_dutch_word() -> None:
    assert tuple(words.HALF_DAYS) == half_days.CODES
    assert str(words.HALF_DAYS["mon_morning"]) == "maandagochtend"
    assert len({str(word) for word in words.HALF_DAYS.values()}) == 21


def test_the_outcomes_of_attempts_and_placements_are_all_in_words() -> None:
    assert set(words.OUTCOMES) == ATTEMPT_OUTCOMES | PLACEMENT_OUTCOMES


def test_a_page_in_the_log_that_has_no_word_keeps_its_code() -> None:
    assert str(words.page_read("file")) == "Dossier"
    assert words.page_read("something_new") == "something_new"


def test_a_word_inside_a_sentence_loses_only_its_first_capital() -> None:
    assert words.mid_sentence(words.PLACE_KINDS[PlaceKind.SHELTERED_WSW]) == (
        "sociale werkvoorziening (Wsw)"
    )


def test_the_accents_of_one_come_back_when_its_capital_goes() -> None:
    assert words.mid_sentence(words.GROWTH[GrowthClass.MEASURED_ONCE]) == "één keer gemeten"
    assert words.mid_sentence("Een keer") == "een keer"


def test_a_list_reads_as_people_say_it_in_their_language() -> None:
    assert words.listed(["koken", "bakken", "zingen"]) == "koken, bakken en zingen"
    assert words.listed([]) == ""
    with translation.override("en"):
        assert words.listed(["a", "b"]) == "a and b"
