"""Every notation that budget pages use, in every form in which a table arrives.

The pages are our own and their figures are made up. The readings were made by hand.
"""

import pytest

from tests.rules.budget.table_forms import FORMS, read_as, told

BUDGET, ACCOUNT = "Begroting 2024", "Jaarstukken 2023"
HEADS = ["Indicator", "Realisatie 2022", "Begroting 2023", "Streefwaarde 2024"]


def three(name, unit, values, *, labels=HEADS[1:]):
    kinds = ["realisatie", "begroting", "streef"]
    cells = zip(labels, [2022, 2023, 2024], kinds, values, strict=True)
    return (name, unit, [(*cell, None, None) for cell in cells])


# Name: title, table, reading.
PAGES = {
    "counts": (
        BUDGET,
        [HEADS, ["Aantal deelnemers", "310", "320", "335"]],
        [three("Aantal deelnemers", "aantal", ["310", "320", "335"])],
    ),
    "dot thousands": (
        BUDGET,
        [HEADS, ["Aantal uitkeringen", "2.871", "2.790", "10.004"]],
        [three("Aantal uitkeringen", "aantal", ["2.871", "2.790", "10.004"])],
    ),
    "dot decimals": (
        BUDGET,
        [HEADS, ["% actief", "67.2", "68.0", "0.8%"]],
        [three("% actief", "%", ["67.2", "68.0", "0.8%"])],
    ),
    "a dash, a dot, a zero, not known and blank": (
        BUDGET,
        [
            HEADS,
            ["Aantal A", "-", ".", "0"],
            ["Aantal B", "n.n.b.", "nnb", "X"],
            ["Aantal C", "", "nb", "N.n.b."],
            ["Aantal D", "\u2013", "\u2014", "1"],
        ],
        [
            three("Aantal A", "aantal", ["-", ".", "0"]),
            three("Aantal B", "aantal", ["n.n.b.", "nnb", "X"]),
            three("Aantal C", "aantal", ["", "nb", "N.n.b."]),
            three("Aantal D", "aantal", ["\u2013", "\u2014", "1"]),
        ],
    ),
    "shares with and without a space": (
        BUDGET,
        [HEADS, ["Jongeren zonder werk", "9,5%", "4 %", "0,2%"]],
        [three("Jongeren zonder werk", "%", ["9,5%", "4 %", "0,2%"])],
    ),
    "a share whose sign is in the heading": (
        BUDGET,
        [
            ["Indicator", "Realisatie 2022 (in %)", "Begroting 2023 (in %)", "Doel 2024 (in %)"],
            ["Netto arbeidsparticipatie", "66,4", "66,9", "67"],
        ],
        [
            three(
                "Netto arbeidsparticipatie",
                "%",
                ["66,4", "66,9", "67"],
                labels=["Realisatie 2022 (in %)", "Begroting 2023 (in %)", "Doel 2024 (in %)"],
            )
        ],
    ),
    "a unit in the cells": (
        BUDGET,
        [
            HEADS,
            ["Hulp bij schulden", "298 klanten", "305 klanten", "310 klanten"],
            ["Wachttijd", "4 weken", "4 weken", "3 weken"],
        ],
        [
            three("Hulp bij schulden", "klanten", ["298 klanten", "305 klanten", "310 klanten"]),
            three("Wachttijd", "weken", ["4 weken", "4 weken", "3 weken"]),
        ],
    ),
    "two units in a cell": (
        BUDGET,
        [
            ["Indicator", "Realisatie 2022", "Doel 2024"],
            ["Trajecten", "115 trajecten\n81,65 per 10.000 inw", "120 trajecten"],
        ],
        [
            (
                "Trajecten",
                "trajecten",
                [
                    (
                        "Realisatie 2022",
                        2022,
                        "realisatie",
                        "115 trajecten 81,65 per 10.000 inw",
                        None,
                        None,
                    ),
                    ("Doel 2024", 2024, "streef", "120 trajecten", None, None),
                ],
            )
        ],
    ),
    "years and bounds inside the cells": (
        BUDGET,
        [
            ["Effectindicator", "Streven", "Eerdere resultaten", "Bron"],
            ["Aantal A", "< 410 eind 2024", "2022: -\n2021: 436\n2020 : 57", "Eigen telling"],
            ["Aantal B", "≥ 50 in 2024", "2022:  43", "Eigen telling"],
            ["% C", "≤ 5%", "2021 805,5", "CBS"],
            ["% D", "> 4,5% eind 2024", "2022: 6 %", "CBS"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Streven", 2024, "streef", "< 410 eind 2024", None, None),
                    ("Eerdere resultaten", 2022, "realisatie", "-", None, None),
                    ("Eerdere resultaten", 2021, "realisatie", "436", None, None),
                    ("Eerdere resultaten", 2020, "realisatie", "57", None, None),
                ],
            ),
            (
                "Aantal B",
                "aantal",
                [
                    ("Streven", 2024, "streef", "≥ 50 in 2024", None, None),
                    ("Eerdere resultaten", 2022, "realisatie", "43", None, None),
                ],
            ),
            (
                "% C",
                "%",
                [
                    ("Streven", None, "streef", "≤ 5%", None, None),
                    ("Eerdere resultaten", 2021, "realisatie", "805,5", None, None),
                ],
            ),
            (
                "% D",
                "%",
                [
                    ("Streven", 2024, "streef", "> 4,5% eind 2024", None, None),
                    ("Eerdere resultaten", 2022, "realisatie", "6 %", None, None),
                ],
            ),
        ],
    ),
    "two rows of headings": (
        BUDGET,
        [
            ["Indicator", "Realisatie", "Begroting", "Raming", "Raming"],
            ["", "2022", "2023", "2024", "2025"],
            ["Aantal A", "1", "2", "3", "4"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Realisatie", 2022, "realisatie", "1", None, None),
                    ("Begroting", 2023, "begroting", "2", None, None),
                    ("Raming", 2024, "begroting", "3", None, None),
                    ("Raming", 2025, "begroting", "4", None, None),
                ],
            )
        ],
    ),
    "headings again after a page break": (
        BUDGET,
        [HEADS, ["Aantal A", "1", "2", "3"], HEADS, ["Aantal B", "4", "5", "6"]],
        [
            three("Aantal A", "aantal", ["1", "2", "3"]),
            three("Aantal B", "aantal", ["4", "5", "6"]),
        ],
    ),
    "other headings further down": (
        BUDGET,
        [
            ["Indicator", "Realisatie 2021", "Doel 2022"],
            ["Aantal A", "1", "2"],
            ["Indicator", "Rekening 2022", "Begroting 2024"],
            ["Aantal B", "3", "4"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Realisatie 2021", 2021, "realisatie", "1", None, None),
                    ("Doel 2022", 2022, "streef", "2", None, None),
                ],
            ),
            (
                "Aantal B",
                "aantal",
                [
                    ("Rekening 2022", 2022, "realisatie", "3", None, None),
                    ("Begroting 2024", 2024, "begroting", "4", None, None),
                ],
            ),
        ],
    ),
    "own and national values with a period in its own column": (
        BUDGET,
        [
            ["Indicator", "Meeteenheid", "Periode", "Meerdam", "Nederland", "Streefwaarde"],
            [
                *("Bijstandsuitkeringen (27)", "per 10.000 inwoners 18 jaar en ouder"),
                *("1e helft 2022", "431,5", "352,8", "Afname"),
            ],
            ["Banen", "per 1.000 inwoners 15-64 jaar", "2022", "652,9", "758,2", "Toename"],
            [
                *("Voorzieningen", "per 10.000 inwoners 15-64 jaar", "tweede halfjaar 2021"),
                *("203,9", "-", "Geen; aantal is geen doel"),
            ],
        ],
        [
            (
                "Bijstandsuitkeringen (27)",
                "per 10.000 inwoners 18 jaar en ouder",
                [
                    ("Meerdam", 2022, "realisatie", "431,5", "Meerdam", "1e helft 2022"),
                    ("Nederland", 2022, "realisatie", "352,8", "Nederland", "1e helft 2022"),
                    ("Streefwaarde", None, "streef", "Afname", "Meerdam", None),
                ],
            ),
            (
                "Banen",
                "per 1.000 inwoners 15-64 jaar",
                [
                    ("Meerdam", 2022, "realisatie", "652,9", "Meerdam", "2022"),
                    ("Nederland", 2022, "realisatie", "758,2", "Nederland", "2022"),
                    ("Streefwaarde", None, "streef", "Toename", "Meerdam", None),
                ],
            ),
            (
                "Voorzieningen",
                "per 10.000 inwoners 15-64 jaar",
                [
                    ("Meerdam", 2021, "realisatie", "203,9", "Meerdam", "tweede halfjaar 2021"),
                    ("Nederland", 2021, "realisatie", "-", "Nederland", "tweede halfjaar 2021"),
                    (
                        *("Streefwaarde", None, "streef"),
                        *("Geen; aantal is geen doel", "Meerdam", None),
                    ),
                ],
            ),
        ],
    ),
    "half-years and days in the headings": (
        BUDGET,
        [
            ["Indicator", "Realisatie 1e helft 2022", "Realisatie eind 2022", "Doel 2024"],
            ["Aantal A", "5", "6", "7"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Realisatie 1e helft 2022", 2022, "realisatie", "5", None, "1e helft 2022"),
                    ("Realisatie eind 2022", 2022, "realisatie", "6", None, None),
                    ("Doel 2024", 2024, "streef", "7", None, None),
                ],
            )
        ],
    ),
    "a baseline and targets with the year between brackets": (
        BUDGET,
        [
            ["Indicator", "Nulmeting (2015)", "Streefwaarde (2024)"],
            ["Aantal A", "12", "≥ 20"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Nulmeting (2015)", 2015, "realisatie", "12", None, None),
                    ("Streefwaarde (2024)", 2024, "streef", "≥ 20", None, None),
                ],
            )
        ],
    ),
    "footnotes and letters as targets": (
        BUDGET,
        [
            HEADS,
            ["Aantal A *", "450*", "460**", "A"],
            ["% B", "4,1%", "-", "D"],
            ["* voorlopig cijfer", "", "", ""],
        ],
        [
            three("Aantal A *", "aantal", ["450*", "460**", "A"]),
            three("% B", "%", ["4,1%", "-", "D"]),
        ],
    ),
    "targets in words": (
        BUDGET,
        [
            HEADS,
            ["Aantal A", "10", "11", "Minimaal gelijk of toename"],
            ["Aantal B", "12", "gegevens beschikbaar in jaarrekening 2023", "Afname"],
        ],
        [
            three("Aantal A", "aantal", ["10", "11", "Minimaal gelijk of toename"]),
            three(
                "Aantal B", "aantal", ["12", "gegevens beschikbaar in jaarrekening 2023", "Afname"]
            ),
        ],
    ),
    "a result in a coming year": (
        BUDGET,
        [
            ["Naam verplichte indicator", "Resultaat in 2024", "Resultaat in 2027"],
            ["Aantal A", "12", "13"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Resultaat in 2024", 2024, "streef", "12", None, None),
                    ("Resultaat in 2027", 2027, "streef", "13", None, None),
                ],
            )
        ],
    ),
    "a result in an account": (
        ACCOUNT,
        [["Indicator", "Resultaat 2022", "Resultaat 2023"], ["Aantal A", "12", "13"]],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Resultaat 2022", 2022, "realisatie", "12", None, None),
                    ("Resultaat 2023", 2023, "realisatie", "13", None, None),
                ],
            )
        ],
    ),
    "years without a word": (
        BUDGET,
        [["Omschrijving", "2020", "2021", "2022"], ["Aantal A", "1", "-", "3"]],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("2020", 2020, "realisatie", "1", None, None),
                    ("2021", 2021, "realisatie", "-", None, None),
                    ("2022", 2022, "realisatie", "3", None, None),
                ],
            )
        ],
    ),
    "negative numbers": (
        BUDGET,
        [HEADS, ["Aantal erbij of eraf", "-12", "\u22125", "3"]],
        [three("Aantal erbij of eraf", "aantal", ["-12", "\u22125", "3"])],
    ),
    "a column with numbers and one with sources": (
        BUDGET,
        [
            ["Nr.", "Indicator", "Realisatie 2022", "Begroting 2023", "Doel 2024", "Bron"],
            ["1", "Aantal A", "1", "2", "3", "CBS"],
            ["2", "Aantal B", "4", "5", "6", "Eigen telling 2022"],
        ],
        [
            three("Aantal A", "aantal", ["1", "2", "3"], labels=[*HEADS[1:3], "Doel 2024"]),
            three("Aantal B", "aantal", ["4", "5", "6"], labels=[*HEADS[1:3], "Doel 2024"]),
        ],
    ),
    "years of two calendar years name no year": (
        BUDGET,
        [
            ["Indicator", "Eenheid", "Realisatie 2021/2022", "Doel 2024"],
            ["Schoolverlaters", "%", "1,9", "1,5"],
        ],
        [
            (
                "Schoolverlaters",
                "%",
                [
                    ("Realisatie 2021/2022", None, "realisatie", "1,9", None, "2021/2022"),
                    ("Doel 2024", 2024, "streef", "1,5", None, None),
                ],
            )
        ],
    ),
    "half-years by number": (
        BUDGET,
        [
            ["Indicator", "Realisatie 2022-1", "Realisatie 2022-2", "Doel 2024"],
            ["Aantal A", "1", "2", "3"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Realisatie 2022-1", 2022, "realisatie", "1", None, "2022-1"),
                    ("Realisatie 2022-2", 2022, "realisatie", "2", None, "2022-2"),
                    ("Doel 2024", 2024, "streef", "3", None, None),
                ],
            )
        ],
    ),
    "areas above years": (
        BUDGET,
        [
            ["Indicator", "Meerdam", "Meerdam", "Nederland", "Nederland"],
            ["", "2021", "2022", "2021", "2022"],
            ["% A", "1,5", "1,6", "2,1", "2,2"],
        ],
        [
            (
                "% A",
                "%",
                [
                    ("Meerdam", 2021, "realisatie", "1,5", "Meerdam", None),
                    ("Meerdam", 2022, "realisatie", "1,6", "Meerdam", None),
                    ("Nederland", 2021, "realisatie", "2,1", "Nederland", None),
                    ("Nederland", 2022, "realisatie", "2,2", "Nederland", None),
                ],
            )
        ],
    ),
    "rekening, begroting, raming over many years": (
        BUDGET,
        [
            *[["Indicator", "Rekening 2022", "Begroting 2023", "Begroting 2024", "Raming 2025"]],
            ["Aantal A", "1", "2", "3", "4"],
        ],
        [
            (
                "Aantal A",
                "aantal",
                [
                    ("Rekening 2022", 2022, "realisatie", "1", None, None),
                    ("Begroting 2023", 2023, "begroting", "2", None, None),
                    ("Begroting 2024", 2024, "begroting", "3", None, None),
                    ("Raming 2025", 2025, "begroting", "4", None, None),
                ],
            )
        ],
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PAGES)
def test_a_notation_is_read_in_every_form(name, form):
    title, rows, reading = PAGES[name]
    page = read_as(form, title, rows)
    assert told(page) == reading
    assert [one.what for one in page.refused[:-1]] == []
