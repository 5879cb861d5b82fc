"""What is said of places."""

import pytest

from meedoen.web.shared.place_words import seats_text


@pytest.mark.parametrize(
    ("free", "capacity", "sentence"),
    [
        (0, 1, "De enige plaats is bezet."),
        (1, 1, "De enige plaats is vrij."),
        (0, 4, "Alle 4 plaatsen zijn bezet."),
        (1, 4, "1 van de 4 plaatsen is vrij."),
        (3, 4, "3 van de 4 plaatsen zijn vrij."),
        (4, 4, "Alle 4 plaatsen zijn vrij."),
        (-1, 4, "Alle 4 plaatsen zijn bezet."),
    ],
)
def test_the_seats_of_a_place_are_told_in_a_sentence(
    free: int, capacity: int, sentence: str
) -> None:
    assert seats_text(free, capacity) == sentence
