"""More pages that nobody has seen before, and what only an export of one program has."""

import pytest

from meedoen.rules.budget.reader import read_document, read_page
from tests.rules.budget.beyond.agreeing import agrees
from tests.rules.budget.beyond.notation import copied, grid, pages, reading, told_of
from tests.rules.budget.table_forms import FORMS, as_xlsx, read_as

COPIED = pages("copied_notations.txt")
GRIDS = pages("grid_notations.txt")


def test_there_are_pages_of_both_kinds():
    assert len(COPIED) > 10
    assert len(GRIDS) > 25


@pytest.mark.parametrize("name", COPIED)
def test_a_copied_page_is_read_as_a_careful_person_would(name):
    agrees(read_page(copied(COPIED[name].page)), COPIED[name])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", GRIDS)
def test_a_table_that_keeps_its_cells_is_read_as_a_careful_person_would(name, form):
    title, table = GRIDS[name].page.split("\n", 1)
    page = read_as(form, title, grid(table))
    # Between spaces a text over several columns hides where these begin: then all is refused.
    if form == "spaces" and page.indicators == () and page.refused:
        return
    agrees(page, GRIDS[name])


TWO = """
: Realisatie 2024~2024~realisatie | Doel 2026~2026~streef
Aantal deelnemers [aantal] = 310 | 335
Aantal partners [aantal] = 41 | _
"""


@pytest.mark.parametrize(
    "markup",
    [
        (  # Word: every cell a paragraph of its own, a hard space for what is blank.
            "<p class=MsoTitle>Begroting 2026</p><table class=MsoTableGrid>"
            "<tr><td><p class=MsoNormal><b>Indicator<o:p></o:p></b></p></td>"
            "<td><p class=MsoNormal><b><span lang=NL>Realisatie </span></b></p>"
            "<p class=MsoNormal><b>2024<o:p></o:p></b></p></td>"
            "<td><p class=MsoNormal><b>Doel 2026</b></p></td></tr>"
            "<tr><td><p class=MsoNormal>Aantal<span style='mso-spacerun:yes'>  </span>deelnemers"
            "</p></td><td><p>310</p></td><td><p>335<o:p></o:p></p></td></tr>"
            "<tr><td><p>Aantal partners</p></td><td><p>41</p></td>"
            "<td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table>"
        ),
        (  # A site of a budget: labels for small screens, arrows, a word for screen readers only.
            "<h1>Begroting 2026</h1><div class=table-responsive><table>"
            "<caption class=sr-only>Indicatoren</caption><thead><tr><th scope=col>Indicator"
            "<th scope=col>Trend<th scope=col>Realisatie 2024<th scope=col>Doel 2026</thead><tbody>"
            '<tr><th scope=row>Aantal deelnemers<td data-label=Trend><i class="fa fa-arrow-up"></i>'
            '<td data-label="Realisatie 2024"><span>310</span><td><span>335</span>'
            '<tr><th scope=row>Aantal partners<td><i class="fa fa-minus"></i><td>41<td>'
            "</tbody></table></div>"
        ),
        (  # The same rows again for a phone, hidden.
            "<h1>Begroting 2026</h1><table><tr><th>Indicator<th>Realisatie 2024<th>Doel 2026"
            "<tr><td>Aantal deelnemers<td>310<td>335<tr><td>Aantal partners<td>41<td></table>"
            "<div hidden><table><tr><th>Indicator<th>Realisatie 2024<th>Doel 2026"
            "<tr><td>Aantal deelnemers<td>310<td>335</table></div>"
        ),
    ],
)
def test_exports_of_programs_are_read_as_they_look(markup):
    assert told_of(read_document(markup.encode())) == reading(TWO)


def test_a_table_of_divisions_is_read_only_where_no_cell_is_blank():
    row = "<div role=row>{}</div>".format
    cell = "<div role=cell>{}</div>".format
    table = [
        ["Indicator", "Realisatie 2024", "Doel 2026"],
        ["Aantal deelnemers", "310", "335"],
        ["Aantal partners", "41", ""],
        ["Aantal wijken", "7", "9"],
    ]
    body = "".join(row("".join(map(cell, line))) for line in table)
    page = read_document(f"<h1>Begroting 2026</h1><div role=table>{body}</div>".encode())
    assert told_of(page) == reading(
        """
        : Realisatie 2024~2024~realisatie | Doel 2026~2026~streef
        Aantal deelnemers [aantal] = 310 | 335
        ? Aantal partners [aantal] = 41
        Aantal wijken [aantal] = 7 | 9
        """.replace("        ", "")
    )


def test_a_workbook_with_a_name_over_two_rows_is_read_only_where_names_are_certain():
    rows = [
        ["Indicator", "Groep", "Realisatie 2024", "Doel 2026"],
        ["Aantal deelnemers", "Jongeren", "110", "120"],
        ["", "Ouderen", "200", "215"],
        ["Aantal partners", "", "41", "45"],
    ]
    page = read_document(as_xlsx("Begroting 2026", rows, merged=["A4:A5"]))
    # Of both rows the name is one cell: nothing but the group tells them apart.
    assert [row.indicator for row in page.indicators] == ["Aantal partners"]
    assert "Aantal deelnemers" in " ".join(one.what for one in page.refused)


@pytest.mark.parametrize("mark", ["<br>", "<br/>", "<BR />"])
def test_a_line_break_within_a_cell_between_bars_is_no_part_of_its_value(mark):
    lines = [
        "| Indicator | Streven 2022 | Eerdere resultaten |",
        "|---|---|---|",
        f"| Aantal deelnemers | 310 | 2021: 298{mark}2020: 305 |",
    ]
    page = read_document("\n".join(["Begroting 2022", "", *lines]).encode())
    assert told_of(page) == reading(
        """
: Streven 2022~2022~streef | Eerdere resultaten~2021~realisatie | Eerdere resultaten~2020~realisatie
Aantal deelnemers [aantal] = 310 | 298 | 305
"""
    )
