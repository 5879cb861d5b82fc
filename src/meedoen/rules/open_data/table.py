"""A published page as a plain table, and the description of that table (CSV on the Web, W3C)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meedoen.rules.open_data.dataset import Dataset, Observation, legend

CSVW = "http://www.w3.org/ns/csvw"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name, what it holds and of which type that is."""

    name: str
    description: str
    datatype: Any = "string"


DAY = {"base": "date", "format": "dd-MM-yyyy"}
COLUMNS = (
    Column("indicator", "Naam van de indicator, zoals de pagina die noemt."),
    Column("code", "Code van de indicator in de catalogus van Meedoen; leeg als er geen is."),
    Column("eenheid", "Waarin geteld is, zoals de pagina het noemt."),
    Column(
        "soort",
        "geteld, realisatie, begroting, streef of prognose (met een ondergrens en een bovengrens).",
    ),
    Column("kolom", "Opschrift van de kolom op de pagina."),
    Column("jaar", "Jaar waarover het gaat; leeg als de pagina geen jaar noemt.", "gYear"),
    Column("peildatum", "Dag waarop geteld is; leeg bij wat gedrukt is.", DAY),
    Column("wijk", "Naam van de wijk; leeg is de hele gemeente."),
    Column("soort_plek", "Soort plek; leeg is alle soorten."),
    Column("organisatie", "Naam van de organisatie; leeg is alle organisaties."),
    Column("waarde", "Het getal, als er precies één getal staat.", "decimal"),
    Column("getoond", "De tekst zoals die op de pagina staat: een getal of een teken."),
)


def lines(dataset: Dataset) -> Iterator[list[str | int | date | None]]:
    """Give the lines of the table, in the order of the page; see COLUMNS."""
    for one in dataset.observations:
        yield [
            one.name,
            one.code,
            one.unit,
            one.kind,
            one.column,
            one.year,
            one.day,
            one.district,
            one.place_kind,
            one.organisation,
            _number(one),
            one.shown,
        ]


def _number(one: Observation) -> str | int | None:
    value = one.value
    if value is None:
        return None
    return int(value) if value == int(value) else str(value)


def described(dataset: Dataset, *, url: str, licence: str, publisher: str) -> Mapping[str, Any]:
    """Return the description of the table at an address: its columns, and what the marks mean.

    Semicolons part the cells, and a sign that a spreadsheet would take for a formula has a space
    before it; both are said here, so that whoever reads by this description gets the same texts.
    """
    return {
        "@context": [CSVW, {"@language": "nl"}],
        "url": url,
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:publisher": publisher,
        "dc:license": {"@id": licence},
        "dc:modified": dataset.published_at.date().isoformat(),
        "dialect": {
            "delimiter": ";",
            "encoding": "utf-8",
            "header": True,
            "lineTerminators": ["\r\n"],
            "trim": True,
        },
        "notes": [{"teken": sign, "betekenis": words} for sign, words in legend(dataset).items()],
        "tableSchema": {
            "columns": [
                {
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.description,
                    "datatype": column.datatype,
                    "null": "",
                }
                for column in COLUMNS
            ]
        },
    }
