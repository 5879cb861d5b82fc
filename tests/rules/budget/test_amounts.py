"""A file far larger than any page is refused before it is read, and says how much it has."""

import pytest

from meedoen.rules.budget import reader
from meedoen.rules.budget.amounts import MOST_PIECES, MOST_ROWS, within_limits
from meedoen.rules.budget.blocks import Block, BlockKind, GridRow
from meedoen.rules.budget.reader import UnreadablePageError, read_document, why_no_rows
from tests.rules.budget.table_forms import FORMS

HEADS = ["Indicator", "Realisatie 2023", "Doel 2025"]


def rows(count):
    return [HEADS, *([f"Aantal {at} A", "310", "335"] for at in range(count))]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_with_more_rows_than_any_has_is_refused_before_it_is_read(monkeypatch, form):
    monkeypatch.setattr(reader, "assemble", lambda _source: pytest.fail("was read after all"))
    with pytest.raises(UnreadablePageError) as error:
        read_document(FORMS[form]("Begroting 2025", rows(MOST_ROWS + 1)))
    (problem,) = error.value.problems
    assert str(MOST_ROWS) in problem
    assert "rijen" in problem
    assert "deel de tabel op" in problem


def test_lines_behind_each_other_are_counted_before_they_are_taken_apart():
    with pytest.raises(UnreadablePageError, match=f"hebben {MOST_PIECES + 2} rijen"):
        read_document(FORMS["semicolons"]("Begroting 2025", rows(MOST_PIECES + 1)))


def test_loose_cells_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(reader, "assemble", lambda _source: pytest.fail("was read after all"))
    cells = [cell for row in rows(MOST_PIECES) for cell in row]
    with pytest.raises(UnreadablePageError, match=str(MOST_PIECES)):
        read_document("\n\n".join(["Begroting 2025", *cells]).encode())


def test_as_many_rows_as_may_be_are_no_problem():
    table = Block(BlockKind.GRID, "", rows=(GridRow((), ""),) * (MOST_ROWS // 2))
    assert len(within_limits([table, table])) == 2
    with pytest.raises(UnreadablePageError):
        within_limits([table, table, Block(BlockKind.GRID, "", rows=(GridRow((), ""),))])
    texts = [Block(BlockKind.PARAGRAPH, "")] * MOST_PIECES
    assert len(within_limits(texts)) == MOST_PIECES


LONG = "a" * 131_073


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (f"Aantal A;1;2\nAantal B;{LONG};2\n", "regel 3 staat een cel met meer dan 131.072 tekens"),
        (f"{LONG};1;2\nAantal B;1;2\n", "regel 2 staat een cel met meer dan 131.072 tekens"),
        (f'"Aantal A;1;2\n{LONG}\n', "regel 2 staat een cel met meer dan 131.072 tekens"),
        ('"Aantal A;1;2\nAantal B;1;2\n', "regel 2 staat een aanhalingsteken dat niet sluit"),
        ('Aantal A;1;2\n"Aantal "B" x";1;2\nAantal C;1;2\n', "regel 3 staat een aanhalingsteken"),
    ],
)
def test_a_cell_that_cannot_be_read_says_which_and_why(table, reason):
    page = read_document(f"{';'.join(HEADS)}\n{table}".encode(), name="begroting-2025.csv")
    assert page.indicators == ()
    assert reason in why_no_rows(page)


def test_a_heading_that_is_too_long_is_no_reason_to_say_there_is_no_table():
    text = f"Indicator;Realisatie 2023;{LONG}\nAantal A;1;2\n"
    page = read_document(text.encode(), name="begroting-2025.csv")
    assert page.indicators == ()
    assert "131.072 tekens" in why_no_rows(page)
