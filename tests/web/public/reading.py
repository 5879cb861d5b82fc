"""Reading a page as people do: its words, its tables, its links."""

import re
from typing import Any

from lxml import html


def words_of(response) -> str:
    """Return what a reader can read of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def tables_of(response) -> dict[str, list[list[str]]]:
    """Return the tables of a page by caption: the text of every cell, row by row."""
    tree: Any = html.fromstring(response.content.decode())
    return {
        _text(table.find("caption")): [
            [_text(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")
        ]
        for table in tree.iter("table")
    }


def links_of(response) -> dict[str, str]:
    """Return the links in the main part of a page, by what they say."""
    tree: Any = html.fromstring(response.content.decode())
    return {_text(link): link.get("href") for link in tree.xpath("//main//a")}


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
