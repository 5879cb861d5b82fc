"""Reads a published budget page: the doors to this package."""

import re
from dataclasses import replace

from meedoen.rules.budget.assemble import assemble
from meedoen.rules.budget.decoding import UnreadablePageError, check_size, check_text, decode
from meedoen.rules.budget.html_blocks import html_source
from meedoen.rules.budget.page import Page
from meedoen.rules.budget.text_blocks import text_source
from meedoen.rules.budget.workbooks import START, workbook_source

__all__ = ["UnreadablePageError", "read_document", "read_html", "read_page", "why_no_rows"]

_MARKUP = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


def read_document(raw: bytes, *, name: str = "") -> Page:
    """Read a page from the bytes of a file: text, CSV, HTML or a workbook (XLSX).

    What the file is follows from its content; of its ``name`` only the document and the year are
    used, where the page itself tells neither. Raises UnreadablePageError for a file that is
    empty, too large, harmful or of another kind.
    """
    if raw.startswith(START):
        check_size(raw)
        source = workbook_source(raw)
    else:
        text = decode(raw)
        is_markup = _MARKUP.match(text) and ">" in text
        source = html_source(text) if is_markup else text_source(text)
    return assemble(source if source.address else replace(source, address=name))


def read_page(text: str) -> Page:
    """Read a page copied as text, in which blank lines separate the cells of a table.

    Raises UnreadablePageError for text that is empty, too large, or not text at all.
    """
    check_text(text)
    return assemble(text_source(text.removeprefix("\ufeff")))


def read_html(markup: str) -> Page:
    """Read the HTML of a page. Scripts, styles, navigation and hidden parts are no content.

    Nothing is fetched and no entity of another file is followed. Raises UnreadablePageError
    for markup that is empty, too large, or cannot be read to its end.
    """
    check_text(markup)
    return assemble(html_source(markup.removeprefix("\ufeff")))


def why_no_rows(page: Page) -> str:
    """Say why a page gave no rows of indicators."""
    tables = [one for one in page.refused if one.what.startswith(("De tabel", "Losse", "Rij"))]
    if not tables:
        return "Op deze pagina staat geen tabel met indicatoren."
    return "Geen tabel van deze pagina is te lezen: " + " ".join(
        dict.fromkeys(one.why for one in tables)
    )
