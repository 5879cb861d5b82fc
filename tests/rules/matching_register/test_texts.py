"""Every fact, rule and criterion has words, and what uses a fact is what the code reads."""

import ast
import inspect
from importlib.resources import files

import pytest

from meedoen.rules.matching import score, suits
from meedoen.rules.matching.published import PUBLISHED_FIELDS
from meedoen.rules.matching.rule_set import Criterion
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.texts import (
    FILE_NAME,
    RegisterTextsError,
    Use,
    read_texts,
    shipped_texts,
)

# Orders beside the criteria: rank puts what was picked first, lets what is stale sink, and settles
# ties by number.
ORDERS = {"PersonFacts.wished_places", "PlaceFacts.place", "PlaceFacts.is_stale"}
SHOWN_ONLY = {"PlaceFacts.title"}


def shipped_toml():
    return files("meedoen").joinpath("catalogue", "register", "matching.toml").read_text("utf-8")


def reads(function):
    """Return the facts that a function of the rules reads, as they are published."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = {"person": "PersonFacts", "place": "PlaceFacts"}.get(node.value.id.strip("_"))
            found |= {f"{owner}.{node.attr}"} if owner else set()
    return found


def functions_of(module):
    body = ast.parse(inspect.getsource(module)).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def read_by_rule():
    """Return the facts that each hard rule reads; a rule is named where it falls off."""
    found = {}
    for function in functions_of(suits).values():
        for node in ast.walk(function):
            is_word = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if is_word and node.value.id == "HardRule":
                found[HardRule[node.attr].value] = reads(function)
    return found


def read_by_criterion():
    functions = functions_of(score)
    return {
        criterion.value: reads(functions[finder.__name__])
        for criterion, finder in score._FINDERS.items()
    }


def test_every_fact_rule_and_criterion_has_its_words_in_both_languages():
    texts = shipped_texts()
    assert [one.field for one in texts.variables] == list(PUBLISHED_FIELDS)
    assert set(texts.rules) == set(HardRule)
    assert set(texts.criteria) == set(Criterion)
    assert all(one.name.nl and one.name.en and one.why.en for one in texts.variables)


def test_the_sheet_says_of_each_fact_what_uses_it_as_the_code_reads_it():
    used = read_by_rule() | read_by_criterion()
    assert set(used) == {*HardRule, *Criterion}
    for variable in shipped_texts().variables:
        by_code = {code for code, fields in used.items() if variable.field in fields}
        by_code |= {Use.ORDER} if variable.field in ORDERS else set()
        by_code |= {Use.SENTENCE} if variable.field in SHOWN_ONLY else set()
        assert set(variable.used_by) == by_code, variable.field


def test_a_fact_without_words_and_words_without_a_fact_are_both_named():
    text = shipped_toml().replace("PersonFacts.interests", "PersonFacts.shoe_size")
    with pytest.raises(RegisterTextsError) as refused:
        read_texts(text)
    where = f"{FILE_NAME}, variables: 'PersonFacts."
    assert refused.value.problems == (
        f"{where}shoe_size' is not there (any more); take its words away.",
        f"{where}interests' has no words; write them.",
    )


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('code = "own_wish"', 'code = "own_wish_2"', "criteria: 'own_wish' has no words"),
        ('code = "too_far"', 'code = "not_open"', "rules: 'too_far' has no words"),
        ('code = "too_far"', 'code = "not_open"', "rules: 'not_open' has words twice"),
        ('risk = "language"', 'risk = "speech"', "risk is 'speech'; use own_choice"),
        ('origin = "plan"', 'origin = "dream"', "origin is 'dream'; use talk"),
        ('used_by = ["growth_step"]', 'used_by = ["luck"]', "used_by names 'luck'"),
        ('used_by = ["growth_step"]', "used_by = []", "used_by is missing"),
        ("[methods]", "[ways]", "methods: before is missing"),
        ("[objection]", "[objections]", "objection: text is missing"),
        ("[[not_used]]", "[[left_out]]", "not_used are missing"),
        ('word = "leeftijd"', "word = 65", "word is 65; write it between quotes"),
    ],
)
def test_each_mistake_in_the_words_gets_its_sentence(was, becomes, says):
    with pytest.raises(RegisterTextsError, match=says):
        read_texts(shipped_toml().replace(was, becomes))


def test_what_is_no_toml_is_refused():
    with pytest.raises(RegisterTextsError, match="this is not TOML"):
        read_texts("[entry")
