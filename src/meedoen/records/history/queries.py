"""The history as columns, for those who count."""

import numpy as np

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.history.numbers import DayNumber, MomentNumber
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.columns import Columns, ladder_version_codes, words_to_codes
from meedoen.rules.indicators.days import FAR_FUTURE_DAY, day_number
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

WHOLE_NUMBERS = ("id", "replaces_id", "pseudonym_id", "rung", "district_id", "organisation_id")
WORDS = ("kind", "state", "place_kind", "outcome", "ladder_version")
ROWS_AT_ONCE = 20_000


def columns(viewer: Viewer) -> Columns:
    """Return the whole history of the viewer's municipality as columns, in order of id.

    Empty for who may not read the history.
    """
    rows = (
        Entry.objects.visible_to(viewer)
        .order_by("pk")
        .annotate(
            starts=DayNumber("starts_on"),
            ends=DayNumber("ends_on"),
            recorded=MomentNumber("recorded_at"),
        )
        .values_list(
            *WHOLE_NUMBERS, "starts", "ends", "recorded", "withdrawn", "self_found", *WORDS
        )
    )
    names = (*WHOLE_NUMBERS, "starts", "ends", "recorded", "withdrawn", "self_found", *WORDS)
    read = list(zip(*rows.iterator(chunk_size=ROWS_AT_ONCE), strict=True))
    column = dict(zip(names, read or [()] * len(names), strict=True))
    versions = ladder_version_codes(dict.fromkeys(column["ladder_version"]))
    ends = np.array(column["ends"], dtype=np.int64)
    return Columns.from_arrays(
        entry=np.array(column["id"], dtype=np.int64),
        replaces=_or_zero(column["replaces_id"]),
        person=np.array(column["pseudonym_id"], dtype=np.int64),
        kind=words_to_codes(EntryKind, column["kind"]),
        starts=np.array(column["starts"], dtype=np.int64),
        ends=np.where(ends >= day_number(STILL_OPEN), FAR_FUTURE_DAY, ends),
        recorded=np.array(column["recorded"], dtype=np.int64),
        withdrawn=np.array(column["withdrawn"], dtype=np.bool_),
        state=words_to_codes(PlacementState, column["state"]),
        place_kind=words_to_codes(PlaceKind, column["place_kind"]),
        self_found=np.array(column["self_found"], dtype=np.bool_),
        rung=np.array(column["rung"], dtype=np.int64),
        ladder_version=np.array(
            [versions[word] for word in column["ladder_version"]], dtype=np.int64
        ),
        outcome=words_to_codes(Outcome, column["outcome"]),
        district=_or_zero(column["district_id"]),
        organisation=_or_zero(column["organisation_id"]),
    )


def _or_zero(values: tuple[int | None, ...]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([value or 0 for value in values], dtype=np.int64)


def last_entry(viewer: Viewer) -> int:
    """Return the id of the newest entry that the viewer may read; 0 when there is none."""
    newest = Entry.objects.visible_to(viewer).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
