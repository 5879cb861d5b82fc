"""Setting a PDF with WeasyPrint. Imported late, by pdf.py only: it needs Pango to be there."""

from typing import Any, NoReturn

import weasyprint
from weasyprint.urls import URLFetcher

VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


class NothingFetched(URLFetcher):  # type: ignore[misc]
    """Refuses every address: no text of a document can make the server read a file or call."""

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        """Refuse."""
        raise ValueError(f"refused: a document fetches nothing, and not {url}")


def set_as_pdf(html: str, *, style: str, title: str) -> bytes:
    """Return the document as a PDF with tags, in the language that the HTML names."""
    fetcher = NothingFetched()
    sheet = weasyprint.CSS(string=style, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    document = page.render(stylesheets=[sheet], **VARIANT)
    document.metadata.title = title
    written: bytes = document.write_pdf(**VARIANT)
    return written
