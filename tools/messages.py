"""Brings the English catalogue up to date with the Dutch texts, or checks that it is complete.

    python tools/messages.py           adds new texts, drops texts that are gone
    python tools/messages.py --check   fails for a text without English

Django's own makemessages needs GNU gettext; this reads the same texts with Babel.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "meedoen"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = """\
# English texts of Meedoen.
# SPDX-FileCopyrightText: The Meedoen contributors
# SPDX-License-Identifier: EUPL-1.2"""
CHANGING = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By).*\n', re.MULTILINE
)
PLACES = re.compile(r"%\(\w+\)[sd]")


def main() -> int:
    """Update or check, and say what is missing."""
    settings.configure(USE_I18N=True)
    kept = read_po(io.BytesIO(CATALOGUE.read_bytes())) if CATALOGUE.exists() else Catalog("en")
    found = texts()
    if "--check" not in sys.argv:
        write(found, kept)
        kept = read_po(io.BytesIO(CATALOGUE.read_bytes()))
    faults = list(problems(found, kept))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def texts() -> Catalog:
    """Return every text of the templates and the code, with the file where it stands."""
    catalogue = Catalog("en", charset="utf-8", header_comment=HEADER, fuzzy=False)
    templates = SOURCE / "web" / "templates"
    texts_of = [*SOURCE.rglob("*.py"), *templates.rglob("*.html"), *templates.rglob("*.txt")]
    for file in sorted(texts_of):
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # What is left between the texts is filler, but its indentation is not Python's.
            lines = templatize(text, origin=str(file)).splitlines()
            text = "\n".join(line.strip() for line in lines)
        stream = io.BytesIO(text.encode())
        place = str(file.relative_to(ROOT))
        for _line, words, _notes, context in extract("python", stream, KEYWORDS, (), {}):
            catalogue.add(words, locations=[(place, None)], context=context)  # type: ignore[list-item]
    return catalogue


def write(found: Catalog, kept: Catalog) -> None:
    """Write the catalogue anew, with the English that is there already."""
    for message in found:
        earlier = kept.get(message.id, message.context) if message.id else None
        if earlier is not None:
            message.string = earlier.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as stream:
        write_po(
            stream, found, width=100, omit_header=False, sort_output=True, include_lineno=False
        )
    # A catalogue that changes with the clock cannot be compared.
    text = CATALOGUE.read_text(encoding="utf-8")
    CATALOGUE.write_text(CHANGING.sub("", text), encoding="utf-8")


def problems(found: Catalog, kept: Catalog) -> Iterator[str]:
    """Name every text without English, with other places to fill in, or that is gone."""
    for message in found:
        if not message.id:
            continue
        english = kept.get(message.id, message.context)
        if english is None or not all(strings(english)) or english.fuzzy:
            yield f"No English yet for: {ids(message)[0]!r}"
        elif any(filled(text) != filled(ids(message)[-1]) for text in strings(english)[-1:]):
            yield f"Other places to fill in than the Dutch: {ids(message)[0]!r}"
    for message in kept:
        if message.id and found.get(message.id, message.context) is None:
            yield f"No longer in the product: {ids(message)[0]!r}"


def ids(message: Message) -> tuple[str, ...]:
    """Return the Dutch forms of a message."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    """Return the English forms of a message."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def filled(text: str) -> set[str]:
    """Return the names of the places to fill in."""
    return set(PLACES.findall(text))


if __name__ == "__main__":
    sys.exit(main())
