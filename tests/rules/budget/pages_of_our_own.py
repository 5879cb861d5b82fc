"""The two pages of the demo, as text and as HTML, and how a table is written as text."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

DEMO = files("meedoen") / "catalogue" / "demo"
PAGES = Path(__file__).parent / "pages"


def demo_text(name: str) -> str:
    return (DEMO / name).read_text(encoding="utf-8")


def html_page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def as_text(*blocks: str | Sequence[str]) -> str:
    """Write blocks as they arrive in copied text, each cell between blank lines."""
    cells = [cell for block in blocks for cell in ([block] if isinstance(block, str) else block)]
    return "\n\n".join(cells)


def as_html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table of HTML under the heading of the indicators of a goal."""
    head = "".join(f"<th>{heading}</th>" for heading in ("", *headings))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        "<h1>Begroting 2025</h1><h2>1.1.3 Meedoen</h2><h3>Indicatoren</h3>"
        f"<table><tr>{head}</tr>{body}</table>"
    )
