"""The history row by row, for checking what was read as columns."""

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.indicators.statements import Statement
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState


def statements_of(viewer: Viewer) -> list[Statement]:
    """Return every entry that the viewer may read as a statement, in order of id."""
    return [_statement(row) for row in Entry.objects.visible_to(viewer).order_by("pk")]


def _statement(row: Entry) -> Statement:
    return Statement(
        id=row.pk,
        person=row.pseudonym_id,
        kind=EntryKind(row.kind),
        starts_on=row.starts_on,
        ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
        recorded_at=row.recorded_at,
        replaces=row.replaces_id,
        withdrawn=row.withdrawn,
        state=PlacementState(row.state) if row.state else "",
        place_kind=PlaceKind(row.place_kind) if row.place_kind else "",
        self_found=row.self_found,
        rung=row.rung,
        ladder_version=row.ladder_version,
        outcome=Outcome(row.outcome) if row.outcome else "",
        district=row.district_id or 0,
        organisation=row.organisation_id or 0,
        legal_task=LegalTask(row.legal_task) if row.legal_task else "",
        domain=row.domain,
        score=row.score,
    )
