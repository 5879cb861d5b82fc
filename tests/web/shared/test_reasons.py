"""Why a place fits or falls off, in sentences with the facts filled in."""

import inspect
import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from meedoen.rules import half_days
from meedoen.rules.matching import score
from meedoen.rules.matching.facts import (
    FunctionalDemand,
    LanguageLevel,
    PersonFacts,
    PlaceFacts,
    Spot,
)
from meedoen.rules.matching.rule_set import Criterion, rule_set_on, shipped_rule_sets
from meedoen.rules.matching.suits import HardRule, suits
from meedoen.rules.vocabulary import LegalTask, PlaceKind
from meedoen.web.shared.reasons import (
    half_days_text,
    interest_name,
    metres_text,
    speaks_against,
    why,
    why_not,
)

CRITERIA = "|".join(Criterion)
TEXT_CODES = sorted(set(re.findall(rf'"((?:{CRITERIA})_\w+)"', inspect.getsource(score))))
DAY = date(2026, 3, 2)
RULES = rule_set_on(shipped_rule_sets(), date(2026, 12, 1))
TUESDAY = half_days.from_codes(["tue_morning"])
MONDAY = half_days.from_codes(["mon_morning"])
NAMES = {"W1": "Noord", "W2": "Zuid"}
FACTS: dict[str, Any] = {
    "wish": 1,
    "kind": "volunteer_work",
    "interests": ["cooking"],
    "shared": 1,
    "district": "W1",
    "half_days": ["mon_morning"],
    "offered": 2,
    "free": 1,
    "capacity": 2,
    "metres": 1260,
    "guidance": "none",
    "needed": "always_near",
}


def place(**facts: Any) -> PlaceFacts:
    return PlaceFacts(place=1, kind=PlaceKind.TRAINING, title="Verzonnen", **facts)


FALLS: dict[HardRule, tuple[PersonFacts, PlaceFacts]] = {
    HardRule.KIND_NOT_ALLOWED: (PersonFacts(allowed_kinds=frozenset()), place()),
    HardRule.KIND_NOT_WISHED: (
        PersonFacts(wished_kinds=frozenset({PlaceKind.VOLUNTEER_WORK})),
        place(),
    ),
    HardRule.TIMES_DO_NOT_OVERLAP: (PersonFacts(half_days=MONDAY), place(half_days=TUESDAY)),
    HardRule.MORE_TIME_THAN_WISHED: (PersonFacts(most_half_days=1), place(half_days_needed=3)),
    HardRule.OUT_OF_REACH: (
        PersonFacts(district="W1", reachable_districts=frozenset()),
        place(district="W2"),
    ),
    HardRule.LANGUAGE_LEVEL_HIGHER: (
        PersonFacts(language_level=LanguageLevel.A1),
        place(language_level_asked=LanguageLevel.B1),
    ),
    HardRule.FUNCTIONAL_DEMAND: (
        PersonFacts(functional_limits=frozenset({FunctionalDemand.LIFTING})),
        place(functional_demands=frozenset({FunctionalDemand.LIFTING})),
    ),
    HardRule.NO_FREE_PLACE: (PersonFacts(), place(capacity=2, taken=2)),
    HardRule.NOT_OPEN: (PersonFacts(), place(open_from=date(2026, 4, 1))),
    HardRule.GROUND_NOT_ALLOWED: (
        PersonFacts(legal_tasks=frozenset({LegalTask.PARTICIPATION})),
        place(legal_task=LegalTask.SOCIAL_SUPPORT),
    ),
    HardRule.TOO_FAR: (
        PersonFacts(start=Spot(0, 0), reach_metres=1_500),
        place(spot=Spot(0, 6_320)),
    ),
    HardRule.REFUSED_BEFORE: (PersonFacts(paused_until={1: date(2026, 6, 1)}), place()),
    HardRule.DISPLACEMENT_UNCHECKED: (PersonFacts(), place(is_unchecked=True)),
    HardRule.NOT_CONFIRMED: (PersonFacts(), place(days_unconfirmed=181)),
}

SENTENCES = {
    HardRule.KIND_NOT_ALLOWED: "Valt af omdat dit volgens de wet nu niet voor u kan: scholing.",
    HardRule.KIND_NOT_WISHED: "Valt af omdat u iets anders zoekt: vrijwilligerswerk. "
    "Deze plek is: scholing.",
    HardRule.TIMES_DO_NOT_OVERLAP: "Valt af omdat de plek op dinsdagochtend is en u dan niet kunt.",
    HardRule.MORE_TIME_THAN_WISHED: "Valt af omdat de plek 3 dagdelen per week vraagt "
    "en u er hooguit 1 wilt.",
    HardRule.OUT_OF_REACH: "Valt af omdat de plek in Zuid is en u alleen in Noord kunt komen.",
    HardRule.LANGUAGE_LEVEL_HIGHER: "Valt af omdat de plek Nederlands op niveau B1 vraagt; "
    "uw niveau is nu A1.",
    HardRule.FUNCTIONAL_DEMAND: "Valt af omdat de plek iets vraagt dat voor u niet gaat: tillen.",
    HardRule.NO_FREE_PLACE: "Valt af omdat er geen plaats vrij is: 2 van de 2 bezet.",
    HardRule.NOT_OPEN: "Valt af omdat de plek pas op 1 april 2026 opengaat.",
    HardRule.GROUND_NOT_ALLOWED: "Valt af omdat deze plek onder een andere wet valt (Wet "
    "maatschappelijke ondersteuning) en de gemeente daarvoor nu niets van u mag gebruiken.",
    HardRule.TOO_FAR: "Valt af omdat de plek ongeveer 6,3 km weg is en u tot 1,5 km komt.",
    HardRule.REFUSED_BEFORE: "Valt af omdat deze plek eerder niet doorging. "
    "Vanaf 1 juni 2026 kan het weer.",
    HardRule.DISPLACEMENT_UNCHECKED: "Valt af omdat nog niet is nagekeken of dit werk een "
    "betaalde baan wegneemt.",
    HardRule.NOT_CONFIRMED: "Valt af omdat de organisatie al 181 dagen te laat is met zeggen of "
    "de plek nog klopt.",
}


@pytest.mark.parametrize("rule", HardRule)
def test_every_hard_rule_has_a_sentence_with_its_own_facts(rule: HardRule) -> None:
    (falls,) = suits(*FALLS[rule], RULES, DAY)
    assert falls.rule is rule
    assert why_not(rule, falls.facts, NAMES) == SENTENCES[rule]


def test_times_that_overlap_too_little_name_the_half_days_that_do() -> None:
    both = half_days.from_codes(["mon_morning", "tue_morning"])
    person, offered = PersonFacts(half_days=MONDAY), place(half_days=both, half_days_needed=2)
    (falls,) = suits(person, offered, RULES, DAY)
    assert why_not(falls.rule, falls.facts) == (
        "Valt af omdat de plek 2 dagdelen per week vraagt en u alleen op maandagochtend kunt."
    )


def test_a_place_with_free_times_says_how_much_it_asks() -> None:
    (falls,) = suits(PersonFacts(half_days=MONDAY), place(half_days_needed=3), RULES, DAY)
    assert why_not(falls.rule, falls.facts) == (
        "Valt af omdat de plek 3 dagdelen per week vraagt en u er 1 kunt."
    )


def test_a_place_that_closed_says_since_when() -> None:
    (falls,) = suits(PersonFacts(), place(open_until=date(2026, 2, 1)), RULES, DAY)
    assert why_not(falls.rule, falls.facts) == (
        "Valt af omdat de plek sinds 1 februari 2026 gesloten is."
    )


def test_without_any_district_in_reach_the_place_is_too_far() -> None:
    facts = {"district": "W2", "districts_in_reach": ()}
    assert why_not(HardRule.OUT_OF_REACH, facts, NAMES) == (
        "Valt af omdat de plek in Zuid is en dat voor u te ver is."
    )


def test_the_rules_have_so_many_sentences_for_a_place() -> None:
    assert len(TEXT_CODES) == 24


def test_how_far_is_said_as_people_say_it() -> None:
    assert [metres_text(metres) for metres in (0, 140, 949, 950, 1_260, 10_000)] == [
        "100 meter",
        "100 meter",
        "900 meter",
        "1 km",
        "1,3 km",
        "10 km",
    ]


@pytest.mark.parametrize("code", TEXT_CODES)
def test_every_sentence_of_the_rules_is_there_and_whole(code: str) -> None:
    sentence = why(code, FACTS, NAMES)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert "W1" not in sentence


def test_facts_fill_the_sentences() -> None:
    assert why("own_wish_place", {"wish": 2}) == "Deze plek staat bij uw wensen, als wens 2."
    assert why("shared_interests_some", FACTS) == "Hier kunt u doen wat u leuk vindt: koken."
    assert why("room_left_free", FACTS) == "Er is nog 1 plaats vrij."
    assert why("room_left_free", {"free": 3}) == "Er zijn nog 3 plaatsen vrij."
    assert why("times_that_suit_share", FACTS) == (
        "U kunt op 1 van de 2 dagdelen dat de plek open is: maandagochtend."
    )


def test_a_whole_day_and_a_whole_week_are_said_short() -> None:
    wednesday = [code for code in half_days.CODES if code.startswith("wed")]
    assert half_days_text(["mon_morning", *wednesday]) == "maandagochtend en woensdag de hele dag"
    assert half_days_text(half_days.CODES) == "alle dagen"
    assert half_days_text([]) == ""


def test_an_interest_follows_the_language_and_an_unknown_one_keeps_its_code() -> None:
    assert interest_name("cooking") == "Koken"
    with translation.override("en"):
        assert interest_name("cooking") == "Cooking"
    assert interest_name("left_the_list") == "left_the_list"


def test_what_is_far_or_never_at_a_time_that_suits_speaks_for_no_place() -> None:
    times = {"shared": 0, "offered": 2, "half_days": []}
    assert why("times_that_suit_share", times) == "U kunt niet op de dagdelen dat de plek open is."
    assert speaks_against("times_that_suit_share", times)
    assert not speaks_against("times_that_suit_share", FACTS)
    assert speaks_against("nearness_metres", {"metres": 10_000})
    assert not speaks_against("nearness_metres", {"metres": 9_999})
    assert speaks_against("variety_known", {})
