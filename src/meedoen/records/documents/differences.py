"""The figures of two adopted documents side by side, with what was recorded between the two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meedoen.records.documents.adopted import AdoptedCard, AdoptedDocument, adopted_document
from meedoen.records.figures.revised import Revision, revised
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.differences import Pair, Reason, Standing, Subject, pairs


@dataclass(frozen=True, slots=True)
class Differences:
    """Two documents and their figures in pairs.

    `districts` are the names of the districts in them. `learned` holds, by the id of the earlier of
    two figures, what was recorded until the later one was measured.
    """

    first: AdoptedDocument
    second: AdoptedDocument
    pairs: Sequence[Pair]
    districts: Mapping[int, str]
    learned: Mapping[int, Revision]


def differences(viewer: Viewer, *, first_key: UUID, second_key: UUID) -> Differences | None:
    """Set two documents side by side; None when one is not adopted, or not for the viewer."""
    first = adopted_document(viewer, key=first_key)
    second = adopted_document(viewer, key=second_key)
    if first is None or second is None:
        return None
    found = pairs(
        [_standing(one) for one in first.figures], [_standing(one) for one in second.figures]
    )
    cards = [*first.figures, *second.figures]
    return Differences(
        first=first,
        second=second,
        pairs=found,
        districts={one.district_id: one.district for one in cards if one.district_id is not None},
        learned=_learned(viewer, found),
    )


def _standing(card: AdoptedCard) -> Standing:
    year = card.reference_date.year if card.year is None and card.reference_date else card.year
    return Standing(
        adopted_id=card.adopted_id,
        subject=Subject(
            indicator=card.indicator,
            year=year,
            part=card.part,
            district=card.district_id or 0,
            place_kind=card.place_kind or "",
        ),
        kind=card.kind,
        shown=card.shown,
        rectified=card.rectifications[-1].shown if card.rectifications else None,
        reference_date=card.reference_date,
        definition_version=card.definition_version,
        known_at=card.known_at,
        figure_id=card.figure_id,
    )


def _learned(viewer: Viewer, found: Sequence[Pair]) -> dict[int, Revision]:
    """Return what was recorded between two measurings, for each pair that differs by it."""
    until: dict[datetime, list[int]] = {}
    for pair in found:
        if Reason.LATER_KNOWLEDGE in pair.reasons:
            for figure_id, moment in _from_and_until(pair):
                until.setdefault(moment, []).append(figure_id)
    learned: dict[int, Revision] = {}
    for moment, figure_ids in until.items():
        learned |= revised(viewer, figure_ids, until=moment)
    return learned


def _from_and_until(pair: Pair) -> Iterator[tuple[int, datetime]]:
    """Give the figure of a pair that knew less, with up to when the other one knew."""
    known = [
        (one.known_at, one.figure_id)
        for one in (pair.first, pair.second)
        if one is not None and one.known_at is not None and one.figure_id is not None
    ]
    (_earlier, figure_id), (moment, _later) = sorted(known)
    yield figure_id, moment
