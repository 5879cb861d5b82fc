"""Copied tables of which every line is a cell, without blank lines between them."""

from meedoen.rules.budget.reader import read_page

HEADS = ["Indicator", "Eenheid", "Realisatie 2022", "Begroting 2023", "Realisatie 2023"]


def reading(*rows, heads=HEADS):
    page = read_page(
        "\n".join(["Jaarstukken 2023", *heads, *(cell for row in rows for cell in row)])
    )
    read = {
        row.indicator: (row.unit, *(cell.value.shown for cell in row.columns))
        for row in page.indicators
    }
    return read, " ".join(one.what for one in page.refused if not one.what.startswith("De teksten"))


def test_the_unit_of_a_row_is_a_cell_of_its_own():
    read, refused = reading(
        ["Klanten in traject", "aantal", "412", "430", "1.021"],
        ["Deelnemers taalcoaching", "klanten", "-", "55", "X"],
        ["Tevredenheid deelnemers", "rapportcijfer", "7,4", "7,5", "7,6"],
    )
    assert read == {
        "Klanten in traject": ("aantal", "412", "430", "1.021"),
        "Deelnemers taalcoaching": ("klanten", "-", "55", "X"),
        "Tevredenheid deelnemers": ("rapportcijfer", "7,4", "7,5", "7,6"),
    }
    assert refused == ""


def test_a_name_over_two_lines_stays_one_cell_before_a_unit():
    read, refused = reading(
        ["Aantal inwoners dat", "meedoet in de wijk", "aantal", "1", "2", "3"],
        ["Aantal mensen met", "schulden", "personen", "4", "5", "6"],
    )
    assert read == {
        "Aantal inwoners dat meedoet in de wijk": ("aantal", "1", "2", "3"),
        "Aantal mensen met schulden": ("personen", "4", "5", "6"),
    }
    assert refused == ""


def test_a_row_that_lost_its_unit_is_named_in_what_is_refused():
    read, refused = reading(
        ["Aantal mensen met", "schulden", "4", "5", "6"],
        ["Klanten in traject", "aantal", "412", "430", "1.021"],
    )
    assert read == {"Klanten in traject": ("aantal", "412", "430", "1.021")}
    assert "schulden" in refused


def test_a_question_above_the_headings_heads_no_column():
    heads = ["Wat hebben we bereikt?", *HEADS[:2]]
    heads += ["Realisatie", "Begroting", "Realisatie", "2022", "2023", "2023"]
    read, refused = reading(["Klanten in traject", "aantal", "412", "430", "1.021"], heads=heads)
    assert read == {"Klanten in traject": ("aantal", "412", "430", "1.021")}
    assert refused == ""
