"""The columns of a large history in a file of our own, so that a new process need not read it all.

What is in the file can always be read again from the database, and nobody misses it when it is
gone. It holds what the database holds about people, under numbers: it stands in the data folder,
for the owner only. Before it is used it is held against the database, and dropped when it is
that of another one.

Who asked for the columns does not wait for the file: it is written while they are counted.
"""

import json
import logging
import os
import tempfile
import time
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from meedoen.records.history.models import Entry
from meedoen.records.history.reading import NO_ENTRIES, WORDS, Read, read_some
from meedoen.records.organisations.viewer import Viewer

log = logging.getLogger(__name__)

FROM_ENTRIES_ON = 100_000
"""A smaller history is read from the database in less than half a second."""
GROWN = 1.1
"""The file is written anew when there are so many times more entries than in it."""
ENTRIES_COMPARED = 100
HALF = ".half"
"""The end of the name of a file that is not whole yet."""
LEFT_BEHIND = 60 * 60
"""Seconds after which a file that is not whole yet is that of a process that was killed."""
FORM = json.dumps(
    {
        "arrays": {name: str(array.dtype) for name, array in sorted(NO_ENTRIES.arrays.items())},
        "words": {name: list(words) for name, words in WORDS.items()},
    },
    sort_keys=True,
)
"""How the columns are kept: a file in another form is of another version of Meedoen."""


def file_of(municipality_id: int) -> Path:
    """Return where the columns of a municipality are kept."""
    return Path(settings.DATA_FOLDER) / "columns" / f"{municipality_id}.columns"


def kept_in_file(viewer: Viewer) -> Read:
    """Return what the file holds; nothing when there is none, or when it is not of this history.

    A file that is not right is removed.
    """
    file = file_of(viewer.municipality_id)
    if not file.exists():
        return NO_ENTRIES
    try:
        read = _read(file)
    except (OSError, ValueError, KeyError, EOFError) as error:
        log.warning("The columns in %s cannot be read and are dropped: %s", file, error)
        read = NO_ENTRIES
    if not len(read) or not _is_of_this_history(viewer, read):
        file.unlink(missing_ok=True)
        return NO_ENTRIES
    return read


_being_written: dict[int, Thread] = {}


def keep_in_file(municipality_id: int, read: Read, *, before: int) -> bool:
    """Begin to write the columns when there are many, and many more than `before`.

    Tells whether it did: not while what was read earlier is still being written. The process does
    not end before the file is there. A disk that is full is no reason not to count.
    """
    if len(read) < max(FROM_ENTRIES_ON, GROWN * before):
        return False
    earlier = _being_written.get(municipality_id)
    if earlier is not None and earlier.is_alive():
        return False
    writing = Thread(target=_keep, args=(file_of(municipality_id), read), daemon=False)
    _being_written[municipality_id] = writing
    writing.start()
    return True


def wait_until_written(municipality_id: int) -> None:
    """Wait until this process has written what it began to write of a municipality."""
    writing = _being_written.pop(municipality_id, None)
    if writing is not None:
        writing.join()


def _keep(file: Path, read: Read) -> None:
    """Write the columns; what is written replaces the file at once."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_left_behind(file)
        _write(file, read)
    except OSError as error:
        log.warning("The columns could not be kept in %s: %s", file, error)


def _remove_left_behind(file: Path) -> None:
    """Remove what processes that were killed while they wrote have left."""
    for other in file.parent.glob(f"{file.stem}.*{HALF}"):
        if time.time() - other.stat().st_mtime > LEFT_BEHIND:
            other.unlink(missing_ok=True)


def _write(file: Path, read: Read) -> None:
    # Made for the owner only (mode 0600), and under another name until it is whole.
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.stem}.", suffix=HALF)
    try:
        with os.fdopen(number, "wb") as stream:
            np.save(stream, _as_bytes({"form": FORM, "names": read.names}))
            for _name, array in sorted(read.arrays.items()):
                np.save(stream, array)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


def _read(file: Path) -> Read:
    """Read a file. Raises ValueError for another form, and OSError or EOFError for half a file."""
    with file.open("rb") as stream:
        head = json.loads(np.load(stream, allow_pickle=False).tobytes())
        if head["form"] != FORM:
            raise ValueError("they are of another version")
        arrays = {name: np.load(stream, allow_pickle=False) for name in sorted(NO_ENTRIES.arrays)}
    return Read(arrays, head["names"])


def _as_bytes(value: dict[str, Any]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode(), dtype=np.uint8)


def _is_of_this_history(viewer: Viewer, read: Read) -> bool:
    """Tell whether the database has as many entries so far, and some of them are the same.

    Entries never change, so another history differs in the number or in nearly all of them.
    """
    rows = Entry.objects.visible_to(viewer).filter(pk__lte=read.last)
    if rows.count() != len(read):
        return False
    at = np.unique(np.linspace(0, len(read) - 1, ENTRIES_COMPARED).astype(np.int64))
    found = read_some(viewer, ids=read.arrays["entry"][at].tolist(), names=read.names)
    return all(np.array_equal(found.arrays[name], array[at]) for name, array in read.arrays.items())
