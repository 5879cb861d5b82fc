"""The shared list of interests is short, plain and without anything sensitive."""

import re

import pytest

from meedoen.rules.matching.interests import (
    MOST_INTERESTS,
    Interest,
    InterestsError,
    read_interests,
    shipped_interests,
)

SENSITIVE = re.compile(
    r"kerk|moskee|bijbel|koran|geloof|gebed|relig|church|mosque|politi|vakbond|union|partij"
    r"|(?<!mu)ziek|gezond|verslav|therap|health|addict|herkomst|origin|migra|vluchteling|refugee"
    r"|gay|lesb|homo|trans(?!port)|seks|sex|dating|strafrecht|crim",
    re.IGNORECASE,
)


def entry(code="cooking", nl="Koken", en="Cooking"):
    return f'[[interests]]\ncode = "{code}"\nnl = "{nl}"\nen = "{en}"\n'


def problems_in(text):
    with pytest.raises(InterestsError) as caught:
        read_interests(text, "test.toml")
    return caught.value.problems


def test_the_shipped_list_can_be_looked_through_in_a_conversation():
    assert 50 <= len(shipped_interests()) <= MOST_INTERESTS


def test_the_shipped_words_are_plain_and_not_sensitive():
    for interest in shipped_interests():
        words = f"{interest.code} {interest.nl} {interest.en}"
        assert not SENSITIVE.search(words)
        assert len(interest.nl) <= 40
        assert len(interest.nl.split()) <= 5


def test_interests_are_read_in_the_order_of_the_file():
    text = entry() + entry("baking", "Bakken", "Baking")
    assert read_interests(text, "test.toml") == (
        Interest("cooking", "Koken", "Cooking"),
        Interest("baking", "Bakken", "Baking"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[interests", "this is not TOML"),
        ("", "write only interests"),
        ("interests = 3", "write only interests"),
        ("colour = 1\n" + entry(), "write only interests"),
        (
            "interests = [3]",
            "interest 1: write code, nl, en, if wanted esco and competentnl, and nothing else",
        ),
        ('[[interests]]\ncode = "a"\nnl = "A"', "write code, nl, en"),
        (entry(nl=" "), "nl is empty"),
        ('[[interests]]\ncode = "a"\nnl = 3\nen = "A"', "nl is empty or not a text"),
        (entry("Koken"), "code 'Koken' must be small letters"),
        (entry() + entry("other", "KOKEN", "Other"), "nl 'koken' is there more than once"),
        (
            "".join(entry(f"c{at}", f"Nl {at}", f"En {at}") for at in range(121)),
            "121 interests are too many",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_sentence(text, said):
    (problem,) = problems_in(text)
    assert said in problem
    assert problem.startswith("test.toml")


def test_all_mistakes_are_told_at_once():
    assert len(problems_in(entry("1") + entry(nl="", en="") + entry())) == 3


ESCO = "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000000"


def test_an_interest_may_say_where_it_stands_in_the_lists_of_others():
    [cooking] = read_interests(entry() + f'esco = "{ESCO}"\n', "test.toml")
    assert cooking.esco == ESCO
    assert cooking.competentnl == ""


def test_an_address_of_another_list_is_refused():
    [problem] = problems_in(entry() + 'esco = "https://example.org/1"\n')
    assert "must begin with http://data.europa.eu/esco/" in problem
