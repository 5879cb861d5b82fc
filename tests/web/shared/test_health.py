"""A diagnosis is refused with an explanation; in somebody's own story it is pointed out."""

import pytest
from django.core.exceptions import ValidationError

from meedoen.web.shared.health import health_hint, refuse_diagnosis


def refusal(text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        refuse_diagnosis(text)
    return caught.value.messages[0]


def test_the_refusal_names_the_word_says_why_and_what_to_write_instead() -> None:
    said = refusal("Heeft een Depressie.")
    assert said.startswith("“Depressie” is een woord voor een ziekte, diagnose of behandeling.")
    assert "AVG, artikel 9" in said
    assert "kan niet lang staan" in said


def test_several_words_are_named_once_each() -> None:
    said = refusal("ADHD, reuma en nog eens ADHD")
    assert said.startswith("“ADHD”, “reuma” zijn woorden voor")


@pytest.mark.parametrize("text", ["", "Kan niet lang staan.", "Heeft rust nodig, is gauw moe."])
def test_what_someone_can_or_cannot_do_passes(text: str) -> None:
    refuse_diagnosis(text)
    assert health_hint(text) == ""


def test_a_story_gets_a_hint_that_names_the_word() -> None:
    said = health_hint("Ik ben gestopt na mijn burn-out.")
    assert "“burn-out”" in said
    assert "AVG, artikel 9" in said
