"""A text that is no TOML: where, what is wrong and what is possible, all in one language."""

import pytest

from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.reader import read_definition


def said_of(text: str, language="nl") -> str:
    with pytest.raises(DefinitionError) as caught:
        read_definition("made_up.toml", text)
    return caught.value.report(language)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a = stock",
            "regel 1: dit is geen geldig TOML: deze waarde is niet te lezen, bij teken 5",
        ),
        ("a = stock", 'een tekst tussen ", een getal, een datum zoals 2026-12-31, true of false'),
        ("code", "achter deze naam ontbreekt =, aan het einde van de tekst; schrijf naam = waarde"),
        ("a = [1, 2", "deze lijst gaat niet dicht, aan het einde van de tekst; zet ]"),
        ("a = { b = 1", "dit blok gaat niet dicht"),
        ('a = """\nb', 'deze tekst gaat niet dicht, aan het einde van de tekst; zet "'),
        ('a = "b\n', 'dit teken kan niet in een tekst, bij teken 7; sluit de tekst met "'),
        ('a = "b\\q"', "achter \\ staat iets dat niet kan"),
        ("[a", "de naam van dit blok gaat niet dicht"),
        ("[[a]", "schrijf bijvoorbeeld [[versions]]"),
        ("a = 1 2", "hier staat nog iets achter de waarde"),
        ("a = 2026-02-30", "deze datum bestaat niet, bij teken 5; bijvoorbeeld 2026-12-31"),
        ("a.! = 1", "een naam kan zo niet beginnen"),
        ("! = 1", "een regel kan zo niet beginnen"),
        ("a = 1\na = 2\n", "regel 2: dit is geen geldig TOML: dit staat er twee keer"),
        ("[a]\n[a]", "dit staat er twee keer"),
        ("a = { b = 1, b = 2 }", "dit staat er twee keer"),
        ("# \x01", "deze regel is niet te lezen"),
    ],
)
def test_what_is_wrong_and_what_is_possible_is_said_in_dutch(text, said):
    report = said_of(text)
    assert said in report
    for english in ("Invalid", "Expected", "Unclosed", "Cannot", "line", "Found"):
        assert english not in report


def test_in_english_too():
    said = said_of("a = stock", "en")
    assert "made_up.toml, line 1: this is not valid TOML: this value cannot be read" in said
    assert "at character 5; a text between" in said
