"""Files with organisations and places and what their rows mean, for who sent them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from meedoen.records.directory.models import Location
from meedoen.records.directory_imports.facts import read_defaults
from meedoen.records.directory_imports.models import DirectoryColumns, DirectoryFile, DirectoryRow
from meedoen.records.directory_imports.stored import read_faults, read_texts, shortened
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.directory_file.columns import missing
from meedoen.rules.directory_file.judge import Defaults
from meedoen.rules.directory_file.words import (
    ONLY_HSDS,
    Field,
    FileForm,
    RowDecision,
    RowFault,
    RowProblem,
    RowVerdict,
)
from meedoen.rules.files.words import Facts, FileState

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """A file with organisations and places, for who sent it.

    `mapping` goes from fields to headings; `missing` are the required fields without one.
    `counts` holds the number of rows per verdict, of which `undecided` wait for a decision.
    `done` of `total` rows are dealt with in the present state.
    """

    key: uuid.UUID
    name: str
    form: FileForm
    uploaded_at: datetime
    state: FileState
    headings: Sequence[str]
    mapping: Mapping[Field, str]
    missing: Sequence[Field]
    source: str
    defaults: Defaults
    is_part: bool
    is_complete: bool
    done: int
    total: int
    counts: Mapping[RowVerdict, int]
    undecided: int
    refusal: str
    finished_at: datetime | None

    @property
    def is_busy(self) -> bool:
        """Return whether work in the background is going on."""
        return self.state in {FileState.PREVIEWING, FileState.APPLYING}


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """What is wrong with a row, or left out of it (`is_note`), in the column with this heading."""

    problem: RowProblem
    column: str
    field: Field | None
    facts: Facts
    is_note: bool


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    """What the file says otherwise, as far as it is a text; `old` is empty where nothing was."""

    field: Field
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AlikeCard:
    """An organisation here that a row may mean."""

    name: str
    kvk_number: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCard:
    """One row of a file, or a place that is missing from it (`line` 0).

    `place_key` is the place that it is about or that was made of it. Of a file that is done with
    the names are those of what is here, and nothing remains of what else it said.
    """

    line: int
    organisation: str
    title: str
    address: str
    verdict: RowVerdict
    problems: Sequence[ProblemCard]
    differences: Sequence[DifferenceCard]
    looks_like: AlikeCard | None
    rows_of_organisation: int
    """How many rows wait for the same decision; 0 where there is none to make."""
    decision: RowDecision | None
    applied: bool
    place_key: uuid.UUID | None
    organisation_key: uuid.UUID | None


def files(viewer: Viewer) -> Sequence[FileCard]:
    """Return the files that the viewer sent, newest first."""
    if not viewer.may(Permission.IMPORT_DIRECTORY):
        return []
    rows = DirectoryFile.objects.visible_to(viewer).defer("content")
    return _file_cards(viewer, list(rows.order_by("-uploaded_at", "-pk")))


def file(viewer: Viewer, *, key: uuid.UUID) -> FileCard | None:
    """Return one of the viewer's files; None when there is none with this key."""
    if not viewer.may(Permission.IMPORT_DIRECTORY):
        return None
    rows = DirectoryFile.objects.visible_to(viewer).defer("content").filter(key=key)
    return next(iter(_file_cards(viewer, list(rows))), None)


def _file_cards(viewer: Viewer, files: Sequence[DirectoryFile]) -> list[FileCard]:
    rows = DirectoryRow.objects.visible_to(viewer).filter(
        file_id__in=[row.pk for row in files], verdict=RowVerdict.UNCERTAIN, decision=""
    )
    counted = rows.order_by().values("file_id").annotate(number=Count("pk"))
    undecided = {row["file_id"]: row["number"] for row in counted}
    return [_file_card(row, undecided.get(row.pk, 0)) for row in files]


def _file_card(row: DirectoryFile, undecided: int) -> FileCard:
    mapping = {Field(field): heading for field, heading in row.mapping.items()}
    return FileCard(
        key=row.key,
        name=row.name,
        form=FileForm(row.form),
        uploaded_at=row.uploaded_at,
        state=FileState(row.state),
        headings=tuple(row.headings),
        mapping=mapping,
        missing=missing(mapping) if row.form == FileForm.TABLE else (),
        source=row.source,
        defaults=read_defaults(row.defaults),
        is_part=row.is_part,
        is_complete=row.is_complete,
        done=row.done,
        total=row.total,
        counts={verdict: row.counts.get(verdict.value, 0) for verdict in RowVerdict},
        undecided=undecided,
        refusal=row.refusal,
        finished_at=row.finished_at,
    )


def sources(viewer: Viewer) -> Sequence[str]:
    """Return the names of sources that were used before, to choose from."""
    if not viewer.may(Permission.IMPORT_DIRECTORY):
        return []
    rows = DirectoryColumns.objects.filter(municipality_id=viewer.municipality_id)
    return sorted(set(rows.values_list("source", flat=True)))


def rows(
    viewer: Viewer, *, key: uuid.UUID, verdict: RowVerdict | None = None, number: int = 1
) -> Page[RowCard]:
    """Return a page of a file's rows by line, with one verdict or all."""
    found = DirectoryRow.objects.visible_to(viewer).filter(file__key=key)
    if not viewer.may(Permission.IMPORT_DIRECTORY):
        found = found.none()
    if verdict is not None:
        found = found.filter(verdict=verdict)
    found = found.select_related("place", "organisation", "looks_like").order_by("line", "pk")
    return page_of(found, lambda page: _row_cards(viewer, page), number=number, size=ROWS_ON_A_PAGE)


def flawed_rows(viewer: Viewer, *, key: uuid.UUID) -> Sequence[RowCard]:
    """Return all rows in which something is wrong or left out, and places that are missing."""
    if not viewer.may(Permission.IMPORT_DIRECTORY):
        return []
    found = DirectoryRow.objects.visible_to(viewer).filter(file__key=key)
    found = found.exclude(problems=[], line__gt=0)
    found = found.select_related("place", "organisation", "looks_like")
    return _row_cards(viewer, list(found.order_by("line", "pk")))


def _row_cards(viewer: Viewer, rows: Sequence[DirectoryRow]) -> list[RowCard]:
    if not rows:
        return []
    files = DirectoryFile.objects.visible_to(viewer).filter(pk=rows[0].file_id)
    mapping = files.values_list("mapping", flat=True)[0]
    alike = _addresses(viewer, [row.looks_like_id for row in rows if row.looks_like_id])
    together = _together(viewer, rows)
    return [_row_card(row, mapping, alike, together.get(row.group, 0)) for row in rows]


def _addresses(viewer: Viewer, organisation_ids: Sequence[int]) -> dict[int, str]:
    rows = Location.objects.filter(
        municipality_id=viewer.municipality_id, organisation_id__in=organisation_ids, closed_on=None
    )
    told: dict[int, list[str]] = {}
    for row in rows.order_by("pk"):
        line = _one_line(row.street, row.house_number, row.postal_code, row.town)
        told.setdefault(row.organisation_id, []).append(line or row.name)
    return {number: "; ".join(lines[:3]) for number, lines in told.items()}


def _one_line(street: str, number: str, code: str, town: str) -> str:
    parts = (f"{street} {number}".strip(), f"{code} {town}".strip())
    return ", ".join(part for part in parts if part)


def _together(viewer: Viewer, rows: Sequence[DirectoryRow]) -> dict[str, int]:
    uncertain = [row for row in rows if row.verdict == RowVerdict.UNCERTAIN]
    found = DirectoryRow.objects.visible_to(viewer).filter(
        file_id=rows[0].file_id,
        verdict=RowVerdict.UNCERTAIN,
        group__in={row.group for row in uncertain},
    )
    counted = found.order_by().values("group").annotate(number=Count("pk"))
    return {row["group"]: row["number"] for row in counted}


def _row_card(
    row: DirectoryRow, mapping: Mapping[str, str], alike: Mapping[int, str], together: int
) -> RowCard:
    texts = read_texts(row.values)
    organisation, place, other = row.organisation, row.place, row.looks_like
    return RowCard(
        line=row.line,
        organisation=texts.get(Field.ORGANISATION) or (organisation.name if organisation else ""),
        title=texts.get(Field.TITLE) or (place.title if place else ""),
        address=_one_line(
            texts.get(Field.STREET, ""),
            texts.get(Field.HOUSE_NUMBER, ""),
            texts.get(Field.POSTCODE, ""),
            texts.get(Field.TOWN, ""),
        ),
        verdict=RowVerdict(row.verdict),
        problems=[_problem_card(fault, mapping) for fault in read_faults(row.problems)],
        differences=[_difference(one, texts) for one in row.differences],
        looks_like=_alike_card(other, alike) if other else None,
        rows_of_organisation=together if row.verdict == RowVerdict.UNCERTAIN else 0,
        decision=RowDecision(row.decision) if row.decision else None,
        applied=row.applied_at is not None,
        place_key=place.key if place else None,
        organisation_key=organisation.key if organisation else None,
    )


def _alike_card(other: Organisation, addresses: Mapping[int, str]) -> AlikeCard:
    return AlikeCard(other.name, other.kvk_number, addresses.get(other.pk, ""))


def _problem_card(fault: RowFault, mapping: Mapping[str, str]) -> ProblemCard:
    column = mapping.get(fault.field, "") if fault.field else ""
    return ProblemCard(fault.problem, column, fault.field, fault.facts, fault.is_note)


def _difference(stored: Mapping[str, str], texts: Mapping[Field, str]) -> DifferenceCard:
    field = Field(stored["field"])
    # Times of services are rules; that they differ is all that can be shown.
    new = "" if field in ONLY_HSDS else texts.get(field, "")
    return DifferenceCard(field, stored["old"], shortened(new))


def work_of(viewer: Viewer, *, key: uuid.UUID) -> int:
    """Return the number of a file, for who does its work without the queue.

    Raises LookupError when the viewer has no such file.
    """
    found = DirectoryFile.objects.visible_to(viewer).filter(key=key)
    number = found.values_list("pk", flat=True).first()
    if number is None:
        raise LookupError(f"There is no file {key}.")
    return number
