"""A document as PDF: tagged, in Dutch, with a title, and nothing from outside."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from meedoen.web.shared.pdf import as_pdf
from tests.records.plans.scenes import SAID, agreed
from tests.web.coach.scenes import address

BAD = [
    "<img alt='x' src='file:///etc/hostname'>",
    "<img alt='x' src='http://127.0.0.1:1/x.png'>",
    "<link rel='stylesheet' href='https://example.org/x.css'>",
    "<object data='file:///etc/hostname'></object>",
    "<p style='background: url(file:///etc/hostname)'>x</p>",
]


def elements(node: Any) -> Iterator[Any]:
    """Walk through the tags of a PDF."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S) for one in elements(pdf.Root.StructTreeRoot)]


@pytest.fixture
def plan_pdf(town, sign_in) -> Any:
    return sign_in(town.anna).get(address("plan_pdf", agreed(town)))


def test_a_plan_as_pdf_is_tagged_for_who_reads_with_the_ears(plan_pdf) -> None:
    with pikepdf.open(BytesIO(plan_pdf.content)) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert bool(pdf.Root.MarkInfo.Marked)
        about = pdf.open_metadata()
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Plan van aanpak"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        found = tags(pdf)
        cells = list(elements(pdf.Root.StructTreeRoot))
        heads = {str(one.ID) for one in cells if one.S == "/TH"}
        named = [names_of(one) for one in cells if one.S == "/TD"]
    for tag in ("/H1", "/H2", "/Table", "/TH", "/TD"):
        assert tag in found
    # Every cell names the headers of its row and of its column.
    assert len(named) == 4 * 3
    assert all(len(names) == 2 and names <= heads for names in named)


def names_of(cell: Any) -> set[str]:
    """Return the headers that a cell of a table names."""
    return {str(one) for one in cell.A.Headers}


def test_a_plan_as_pdf_says_what_the_plan_says(plan_pdf) -> None:
    text = spoken(plan_pdf.content)
    for words in ("Ik wil vaker de deur uit", "Uw coach", "16 maart 2026", SAID, "Roos Nepstra"):
        assert "".join(words.split()) in text


def spoken(content: bytes) -> str:
    """Return the text of a PDF, without white space, by the letters that its fonts stand for."""
    found = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            letters = {str(name): letters_of(font) for name, font in page.Resources.Font.items()}
            current: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    current = letters[str(operands[0])]
                if str(operator) in {"Tj", "TJ"}:
                    parts = operands[0] if str(operator) == "TJ" else operands
                    for part in parts:
                        if isinstance(part, pikepdf.String):
                            codes = bytes(part)
                            found += [
                                current.get(int.from_bytes(codes[at : at + 2], "big"), "")
                                for at in range(0, len(codes), 2)
                            ]
    return "".join("".join(found).split())


def letters_of(font: Any) -> dict[int, str]:
    """Read which letter each code of a font stands for, from its ToUnicode map."""
    lines = font.ToUnicode.read_bytes().decode("ascii").splitlines()
    pairs = [line.split("> <") for line in lines if line.startswith("<") and "> <" in line]
    return {
        int(code.strip("<>"), 16): bytes.fromhex(text.strip("<>")).decode("utf-16-be")
        for code, text in (pair for pair in pairs if len(pair) == 2)
    }


def test_the_name_of_the_file_says_nothing_about_a_person(plan_pdf) -> None:
    assert plan_pdf["Content-Disposition"] == 'attachment; filename="plan-van-aanpak.pdf"'
    assert plan_pdf["Content-Type"] == "application/pdf"
    assert "no-store" in plan_pdf["Cache-Control"]


@pytest.mark.parametrize("bad", BAD)
def test_a_document_fetches_nothing(bad: str, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("weasyprint")
    logger.addHandler(caplog.handler)
    try:
        made = as_pdf(f"<html lang='nl'><title>x</title><h1>x</h1>{bad}</html>", title="x")
    finally:
        logger.removeHandler(caplog.handler)
    assert made.startswith(b"%PDF")
    assert "refused: a document fetches nothing" in caplog.text
    with pikepdf.open(BytesIO(made)) as pdf:
        assert not [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        assert not list(pdf.attachments)
