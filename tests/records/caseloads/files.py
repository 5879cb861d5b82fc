"""Files with a caseload for the tests: made up people in CSV and XLSX."""

import io
from datetime import date

import xlsxwriter

from meedoen.records.caseloads import queries
from meedoen.records.caseloads.actions import start_applying, start_preview, upload
from tests.work import work_off

HEADINGS = ("BSN", "Voornaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Telefoon")
MORE = ("Wijkcode", "Ingangsdatum", "Einddatum", "Klantmanager")
ALL = (*HEADINGS, *MORE)

ROOS = ("111222333", "Roos", "", "Nepstra", "04-05-1980", "", "WK999001", "01-01-2015", "", "")
SAM = ("999990019", "Sam", "", "Nepstra", "04-05-1980", "", "WK999001", "01-01-2015", "", "")
TIM = ("999990020", "Tim", "", "Nepstra", "04-05-1980", "", "WK999002", "01-01-2015", "", "")
UMA = ("999990032", "Uma", "van", "Testema", "1-2-1990", "06-12345678", "Noord", "1-3-2024", "", "")


def bsns(count, start=0):
    """Give made-up numbers that pass the eleven test, all beginning with 9."""
    found = []
    number = 900_000_000 + start * 11
    while len(found) < count:
        number += 1
        digits = [int(digit) for digit in str(number)]
        if sum(d * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0:
            found.append(str(number))
    return found


def changed(row, **values):
    """Give a row with other values, by heading."""
    return tuple(values.get(heading, cell) for heading, cell in zip(ALL, row, strict=True))


def csv_file(*rows, headings=ALL, encoding="utf-8-sig", mark=";", end="\r\n"):
    lines = [mark.join(line) for line in (headings, *rows)]
    return (end.join(lines) + end).encode(encoding)


def xlsx_file(*rows, headings=ALL, top=0, left=0):
    """Give a workbook: dates as dates, whole numbers as numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for at, line in enumerate((headings, *rows), start=top):
            for column, cell in enumerate(line, start=left):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                else:
                    sheet.write(at, column, cell)
    return content.getvalue()


def sent(viewer, content, name="caseload.csv"):
    return upload(viewer, name=name, content=content)


def previewed(viewer, content, *, key=None, **asked):
    """Send a file and have its report made; give its key."""
    key = key or sent(viewer, content)
    card = queries.file(viewer, key=key)
    start_preview(
        viewer,
        key=key,
        mapping=asked.pop("mapping", {field.value: name for field, name in card.mapping.items()}),
        is_complete=asked.pop("is_complete", False),
        reference_date=asked.pop("reference_date", None),
        default_coach_id=asked.pop("default_coach_id", None),
    )
    assert not asked
    work_off()
    return key


def taken_over(viewer, content, **asked):
    """Send a file, have its report made and take it over; give its key."""
    key = previewed(viewer, content, **asked)
    start_applying(viewer, key=key, leavers_confirmed=True)
    work_off()
    return key


def verdicts(viewer, key):
    """Give the verdict of each line; who is missing from the file stands as line 0."""
    return {card.line: card.verdict.value for card in queries.rows(viewer, key=key).cards}


def problems(viewer, key, line):
    """Give what is wrong on a line: code and column."""
    cards = queries.rows(viewer, key=key).cards
    card = next(card for card in cards if card.line == line)
    return [(one.problem.value, one.column) for one in card.problems]
