"""Adding to the history; the only thing that can be done with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.history import order
from meedoen.records.history.models import STILL_OPEN, Change, Entry, Pseudonym, Reading
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import (
    EntryKind,
    LegalTask,
    MoveReason,
    Outcome,
    PlaceKind,
    PlacementState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is to be written about one person; see `Entry` for the meaning of each part.

    `ends_on` None means that the stretch is still open. `recorded_at` None means now; only
    those who load years of history at once give another moment. `domain` and `score` belong to
    life domains, where `ladder_version` holds the version of that instrument.
    """

    pseudonym_id: int
    kind: EntryKind
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None
    withdrawn: bool = False
    state: PlacementState | None = None
    place_kind: PlaceKind | None = None
    self_found: bool = False
    rung: int = 0
    domain: str = ""
    score: int = 0
    ladder_version: str = ""
    outcome: Outcome | None = None
    reason: MoveReason | None = None
    legal_task: LegalTask | None = None
    district_id: int | None = None
    organisation_id: int | None = None
    recorded_at: datetime | None = None


def on_one_day(day: date) -> date:
    """Return the end of the stretch of something that happened on this day."""
    return day + timedelta(days=1)


def state_all(viewer: Viewer, statements: Sequence[Statement]) -> list[Entry]:
    """Write the statements into the history and return the entries, in the same order.

    Not an action of its own: the action that changes a record calls this in its transaction.
    Raises ActionRefusedError when someone else replaced one of the entries in the meantime.
    """
    order.share_with_other_writers(viewer.municipality_id)
    now = clock.now()
    entries = [_entry(viewer, statement, now) for statement in statements]
    note_changes(viewer, [statement.pseudonym_id for statement in statements])
    try:
        with transaction.atomic():
            return Entry.objects.bulk_create(entries, batch_size=2_000)
    except IntegrityError as error:
        if "replaces" not in str(error):
            raise
        raise ActionRefusedError(
            _("Iemand anders heeft dit net gewijzigd. Open de pagina opnieuw en kijk wat er staat.")
        ) from error


def _entry(viewer: Viewer, statement: Statement, now: datetime) -> Entry:
    return Entry(
        municipality_id=viewer.municipality_id,
        pseudonym_id=statement.pseudonym_id,
        kind=statement.kind,
        starts_on=statement.starts_on,
        ends_on=statement.ends_on or STILL_OPEN,
        recorded_at=statement.recorded_at or now,
        recorded_by_id=viewer.membership_id,
        replaces_id=statement.replaces_id,
        withdrawn=statement.withdrawn,
        state=statement.state or "",
        place_kind=statement.place_kind or "",
        self_found=statement.self_found,
        rung=statement.rung,
        domain=statement.domain,
        score=statement.score,
        ladder_version=statement.ladder_version,
        outcome=statement.outcome or "",
        reason=statement.reason or "",
        legal_task=statement.legal_task or "",
        district_id=statement.district_id,
        organisation_id=statement.organisation_id,
    )


def note_changes(viewer: Viewer, pseudonym_ids: Iterable[int]) -> None:
    """Note that something about these people changed, so that their signals are worked out anew.

    Everything that goes into the history does this by itself; an action that changes something
    a signal depends on without writing history calls it, in its own transaction.
    """
    Change.objects.bulk_create(
        [
            Change(municipality_id=viewer.municipality_id, pseudonym_id=pseudonym_id)
            for pseudonym_id in dict.fromkeys(pseudonym_ids)
        ],
        batch_size=5_000,
    )


def new_pseudonyms(viewer: Viewer, *, count: int) -> list[Pseudonym]:
    """Make this many new pseudonyms for the viewer's municipality."""
    return Pseudonym.objects.bulk_create(
        [Pseudonym(municipality_id=viewer.municipality_id) for _ in range(count)], batch_size=5_000
    )


def note_reading(viewer: Viewer, *, pseudonym_id: int, page: str) -> None:
    """Write down that the viewer opened a page about this person."""
    if viewer.membership_id is None:
        return
    Reading.objects.create(
        municipality_id=viewer.municipality_id,
        pseudonym_id=pseudonym_id,
        read_by_id=viewer.membership_id,
        page=page,
        read_at=clock.now(),
    )
