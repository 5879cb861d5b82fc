"""Whatever cell of a copied table gets lost: each row is read right, or is not certain."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.budget.reader import read_page

TITLE = "Begroting 2025"
KINDS = ["Realisatie 2021", "Realisatie 2022", "Begroting 2024", "Streefwaarde 2025", "Doel 2028"]
BEFORE = ["Nr.", "Thema", "Indicator", "Bron"]
BEHIND = ["Verschil", "Bron", "Toelichting"]
VALUES = st.one_of(
    st.integers(0, 99_999).map(lambda number: f"{number:,}".replace(",", ".")),
    st.sampled_from(["-", "n.n.b.", "0", "≥ 50", "12,5", "n.v.t.", "niet gemeten", "stijgt"]),
)
WORDS = {
    "Thema": ["Werk en inkomen", "Jeugd", "Zorg"],
    "Bron": ["CBS", "Eigen telling", "LISA"],
    "Eenheid": ["aantal", "%", "per 1.000 inwoners"],
    "Toelichting": ["Zie de tekst", "Volgens plan", "Later meer"],
}
AREAS = ["Indicator", "Eenheid", "Periode", "Meerdam", "Nederland"]


@dataclass(frozen=True)
class Table:
    headings: list[str]
    rows: list[list[str]]

    def right(self):
        """Give what each row must give where it is certain: its labels and values."""
        name = self.headings.index("Indicator")
        figures = [
            at
            for at, heading in enumerate(self.headings)
            if heading in {*KINDS, "Meerdam", "Nederland"}
        ]
        return {
            row[name]: tuple((self.headings[at], row[at]) for at in figures) for row in self.rows
        }


def cell(draw, heading, number):
    if heading == "Nr.":
        return f"{number + 1}"
    if heading == "Indicator":
        return f"Deel {'abcdefgh'[number]} van het plan"
    if heading == "Verschil":
        return str(draw(st.integers(-50, 50)))
    if heading == "Periode":
        return draw(st.sampled_from(["2021", "2022", "1e helft 2022"]))
    if heading in WORDS:
        return draw(st.sampled_from(WORDS[heading]))
    return draw(VALUES)


@st.composite
def tables(draw):
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5, unique=True))
    before = [one for one in BEFORE if one == "Indicator" or draw(st.booleans())]
    if draw(st.booleans()):
        before.append("Eenheid")
    headings = [*before, *sorted(kinds, key=KINDS.index)]
    headings += [one for one in BEHIND if one not in headings and draw(st.integers(0, 3)) == 0]
    if draw(st.integers(0, 5)) == 0:
        headings = AREAS
    rows = [
        [cell(draw, heading, number) for heading in headings]
        for number in range(draw(st.integers(1, 5)))
    ]
    return Table(headings, rows)


def certain(lines):
    page = read_page("\n\n".join([TITLE, *(text for line in lines for text in line)]))
    return {
        row.indicator: tuple((one.label, one.value.shown) for one in row.columns)
        for row in page.indicators
        if not row.ambiguous
    }, page


@given(tables())
@settings(deadline=None, max_examples=100)
def test_what_is_certain_of_a_whole_table_is_right(table):
    read, _page = certain([table.headings, *table.rows])
    assert read.items() <= table.right().items()


@given(tables(), st.data())
@settings(deadline=None, max_examples=200)
def test_a_lost_cell_makes_nothing_wrong(table, data):
    rows = [list(row) for row in table.rows]
    at = data.draw(st.integers(0, len(rows) - 1))
    lost = data.draw(st.integers(0, len(table.headings) - 1))
    figure = table.headings[lost] in {*KINDS, "Meerdam", "Nederland", "Indicator"}
    del rows[at][lost]
    read, page = certain([table.headings, *rows])
    assert read.items() <= table.right().items()
    if figure:
        assert page.refused
        assert list(table.right())[at] not in read


@given(tables(), st.data())
@settings(deadline=None, max_examples=150)
def test_a_lost_heading_makes_nothing_wrong(table, data):
    headings = list(table.headings)
    lost = data.draw(st.integers(0, len(headings) - 1))
    gone = headings.pop(lost)
    read, _page = certain([headings, *table.rows])
    if gone in {*KINDS, "Meerdam", "Nederland"}:
        right = {
            name: tuple(pair for pair in pairs if pair[0] != gone)
            for name, pairs in table.right().items()
        }
        assert read.items() <= right.items()
    else:
        assert read.items() <= table.right().items()
