"""Knowing by its key what was sent twice, and keeping what is not the same."""

import json
import uuid
from dataclasses import asdict, replace
from datetime import date
from typing import TypeVar

from meedoen.records.conversations.actions import NewAttempt
from meedoen.records.conversations.note_actions import NewNote
from meedoen.records.ladder.domain_actions import NewDomainMeasurement
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sharing.actions import NewAgreement, NewRelease, NewSharing

New = TypeVar(
    "New", NewAttempt, NewNote, NewSharing, NewRelease, NewAgreement, NewDomainMeasurement
)


def sent_once(viewer: Viewer, new: New) -> New:
    """Return what is to be kept under a key of this page, this content and this writer together.

    What is sent twice, as by a button that is pressed twice, then finds its key taken: exactly
    that is in the file, also when it was ended or corrected since. Other content from the same
    page, which the way back in the browser shows again, or content about somebody else, has
    another key: it is something new, and is kept.
    """
    if new.key is None:
        return new
    content = {"writer": viewer.membership_id, **asdict(new)}
    written = json.dumps(content, default=_plain, sort_keys=True)
    return replace(new, key=uuid.uuid5(new.key, written))


def _plain(value: object) -> object:
    """Return what JSON can hold; a set in one order, whatever process writes it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date | uuid.UUID):
        return str(value)
    raise TypeError(f"{value!r} has no fixed form in which it is the same every time")
