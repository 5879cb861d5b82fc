"""A letter in the place of a value means what a line below the table says, and nothing else."""

import pytest

from meedoen.rules.budget.reader import read_document

HEADS = "| Indicator | Realisatie 2022 | Streefwaarde 2024 |\n|---|---|---|"


def notes(*below, letter="A"):
    table = f"{HEADS}\n| Aantal klanten | 99 | {letter} |"
    page = read_document("\n\n".join(["Begroting 2024", table, *below]).encode())
    assert [cell.value.shown for row in page.indicators for cell in row.columns] == ["99", letter]
    return [row.note for row in page.indicators]


@pytest.mark.parametrize(
    "line",
    [
        *("A: Toename", "A = Toename", "A. Toename", "A) Toename", "(A) Toename", "A Toename"),
        *("A - Toename", "A \u2013 Toename", "A — Toename", "*A: Toename", "* A: Toename"),
        *(
            "- A: Toename",
            "A: Toename.",
            "A \u2013 Toename\nB \u2013 Afname",
            "A Toename\nB Afname",
        ),
    ],
)
def test_what_a_letter_means_is_told_however_the_line_is_printed(line):
    assert notes(line) == ["A: Toename."]


def test_a_line_with_a_sign_goes_before_a_sentence_that_begins_with_the_letter():
    assert notes("A = Toename", "A is in deze tabel een letter.") == ["A: Toename."]


@pytest.mark.parametrize(
    "below",
    [(), ("B: Afname",), ("A: Toename", "A: Afname"), ("A Toename", "A Afname"), ("A 12",)],
)
def test_a_letter_that_no_line_or_more_than_one_explains_is_said_to_be_unclear(below):
    assert notes(*below) == ["Wat “A” betekent staat niet, of niet eenduidig, op de pagina."]


def test_a_sign_for_not_yet_known_asks_for_no_explanation():
    assert notes(letter="X") == [""]
