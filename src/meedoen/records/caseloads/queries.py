"""Files with a caseload and what their rows mean, for who sent them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from meedoen.records.caseloads.facts import own_coaches
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow
from meedoen.records.caseloads.numbers import LEAVERS, PEOPLE
from meedoen.records.caseloads.stored import read_faults, read_texts
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.caseload_queries import NameCard, visible_names
from meedoen.rules.bsn import masked
from meedoen.rules.caseload.columns import missing
from meedoen.rules.caseload.leavers import must_confirm
from meedoen.rules.caseload.values import Parsed, parse
from meedoen.rules.caseload.words import Field, RowDecision, RowFault, RowProblem, RowVerdict
from meedoen.rules.files.words import Facts, FileState

ROWS_ON_A_PAGE = 50
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCard:
    """A file with a caseload, for who sent it.

    `mapping` goes from fields to headings; `missing` are the required fields without one.
    `counts` holds the number of rows per verdict, of which `undecided` look like somebody and
    wait for a decision. `done` of `total` rows are dealt with in the present state.
    `leavers` are those whose benefit would end: they are not in the file, or with an end date.
    """

    key: uuid.UUID
    name: str
    uploaded_at: datetime
    state: FileState
    headings: Sequence[str]
    mapping: Mapping[Field, str]
    missing: Sequence[Field]
    is_complete: bool
    reference_date: date | None
    default_coach_id: int | None
    done: int
    total: int
    counts: Mapping[RowVerdict, int]
    undecided: int
    leavers: int
    must_confirm_leavers: bool
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
    facts: Facts
    is_note: bool


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    """What the file says otherwise: a text, or a day in `new_day` for dates."""

    field: Field
    new: str
    new_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCard:
    """One row of a file, or somebody who is missing from it (`line` 0).

    Everything comes from the file itself, but for `looks_like`, and the name on line 0: those
    are only there when the viewer may see that person. Of a file that is done with nothing
    remains but lines, verdicts and problems.
    """

    line: int
    name: str
    masked_bsn: str
    birth_date: date | None
    verdict: RowVerdict
    problems: Sequence[ProblemCard]
    differences: Sequence[DifferenceCard]
    looks_like: NameCard | None
    is_hidden: bool
    """Whether it looks like somebody whose file the viewer may not open."""
    decision: RowDecision | None
    applied: bool


@dataclass(frozen=True, slots=True)
class CoachCard:
    """A coach to choose from."""

    membership_id: int
    name: str


def files(viewer: Viewer) -> Sequence[FileCard]:
    """Return the files that the viewer sent, newest first."""
    if not viewer.may(Permission.IMPORT_CASELOAD):
        return []
    rows = CaseloadFile.objects.visible_to(viewer).defer("content")
    return _file_cards(viewer, list(rows.order_by("-uploaded_at", "-pk")))


def file(viewer: Viewer, *, key: uuid.UUID) -> FileCard | None:
    """Return one of the viewer's files; None when there is none with this key."""
    if not viewer.may(Permission.IMPORT_CASELOAD):
        return None
    rows = CaseloadFile.objects.visible_to(viewer).defer("content").filter(key=key)
    return next(iter(_file_cards(viewer, list(rows))), None)


def _file_cards(viewer: Viewer, files: Sequence[CaseloadFile]) -> list[FileCard]:
    undecided = _undecided(viewer, files)
    return [_file_card(row, undecided.get(row.pk, 0)) for row in files]


def _undecided(viewer: Viewer, files: Sequence[CaseloadFile]) -> dict[int, int]:
    rows = CaseloadRow.objects.visible_to(viewer).filter(
        file_id__in=[row.pk for row in files], verdict=RowVerdict.LOOKS_LIKE, decision=""
    )
    counted = rows.order_by().values("file_id").annotate(number=Count("pk"))
    return {row["file_id"]: row["number"] for row in counted}


def _file_card(row: CaseloadFile, undecided: int) -> FileCard:
    mapping = {Field(field): heading for field, heading in row.mapping.items()}
    leavers, people = row.counts.get(LEAVERS, 0), row.counts.get(PEOPLE, 0)
    return FileCard(
        key=row.key,
        name=row.name,
        uploaded_at=row.uploaded_at,
        state=FileState(row.state),
        headings=tuple(row.headings),
        mapping=mapping,
        missing=missing(mapping),
        is_complete=row.is_complete,
        reference_date=row.reference_date,
        default_coach_id=row.default_coach_id,
        done=row.done,
        total=row.total,
        counts={verdict: row.counts.get(verdict.value, 0) for verdict in RowVerdict},
        undecided=undecided,
        leavers=leavers,
        must_confirm_leavers=must_confirm(leavers=leavers, people=people),
        refusal=row.refusal,
        finished_at=row.finished_at,
    )


def rows(
    viewer: Viewer, *, key: uuid.UUID, verdict: RowVerdict | None = None, number: int = 1
) -> Page[RowCard]:
    """Return a page of a file's rows by line, with one verdict or all; missing people first."""
    found = CaseloadRow.objects.visible_to(viewer).filter(file__key=key)
    if not viewer.may(Permission.IMPORT_CASELOAD):
        found = found.none()
    if verdict is not None:
        found = found.filter(verdict=verdict)
    found = found.order_by("line", "pk")
    return page_of(found, lambda page: _row_cards(viewer, page), number=number, size=ROWS_ON_A_PAGE)


def flawed_rows(viewer: Viewer, *, key: uuid.UUID) -> Sequence[RowCard]:
    """Return all rows in which something is wrong or left out, by line; to mend them beside it."""
    if not viewer.may(Permission.IMPORT_CASELOAD):
        return []
    found = CaseloadRow.objects.visible_to(viewer).filter(file__key=key)
    return _row_cards(viewer, list(found.exclude(problems=[]).order_by("line", "pk")))


def _row_cards(viewer: Viewer, rows: Sequence[CaseloadRow]) -> list[RowCard]:
    if not rows:
        return []
    files = CaseloadFile.objects.visible_to(viewer).filter(pk=rows[0].file_id)
    file = files.only("mapping", "reference_date", "state").get()
    names = visible_names(viewer, pseudonym_ids=_people_shown(rows, FileState(file.state)))
    return [_row_card(row, file, names) for row in rows]


def _people_shown(rows: Sequence[CaseloadRow], state: FileState) -> list[int]:
    """Return about whom the page says something that is not in the file itself."""
    if state == FileState.DONE:
        return []
    missing = [row.pseudonym_id for row in rows if not row.line]
    return [person for person in (*missing, *(row.looks_like_id for row in rows)) if person]


def _row_card(row: CaseloadRow, file: CaseloadFile, names: Mapping[int, NameCard]) -> RowCard:
    parsed = parse(read_texts(row.values), today=clock.today()) if row.values else None
    person = names.get(row.pseudonym_id or 0) if not row.line else None
    return RowCard(
        line=row.line,
        name=_name(parsed) if parsed else (person.name if person else ""),
        masked_bsn=masked(parsed.bsn) if parsed and parsed.bsn else "",
        birth_date=parsed.birth_date if parsed else (person.birth_date if person else None),
        verdict=RowVerdict(row.verdict),
        problems=[_problem_card(fault, file.mapping) for fault in read_faults(row.problems)],
        differences=[_difference(Field(name), parsed, file) for name in row.differences],
        looks_like=names.get(row.looks_like_id or 0),
        is_hidden=row.looks_like_id is not None and row.looks_like_id not in names,
        decision=RowDecision(row.decision) if row.decision else None,
        applied=row.applied_at is not None,
    )


def _name(parsed: Parsed) -> str:
    return f"{parsed.given_name} {parsed.family_name}".strip()


def _problem_card(fault: RowFault, mapping: Mapping[str, str]) -> ProblemCard:
    column = _column(fault.field, mapping) if fault.field else ""
    return ProblemCard(fault.problem, column, fault.facts, fault.is_note)


def _column(field: Field, mapping: Mapping[str, str]) -> str:
    if field == Field.FAMILY_NAME and field not in mapping:
        field = Field.FULL_NAME
    return mapping.get(field, "")


def _difference(field: Field, parsed: Parsed | None, file: CaseloadFile) -> DifferenceCard:
    if parsed is None:
        # Somebody who is missing leaves on the reference date; of a file that is done with
        # nothing is known any more but which fields they were.
        is_leaver = field == Field.BENEFIT_END and file.state != FileState.DONE
        return DifferenceCard(field, "", file.reference_date if is_leaver else None)
    days = {
        Field.BIRTH_DATE: parsed.birth_date,
        Field.BENEFIT_START: parsed.benefit_start,
        Field.BENEFIT_END: parsed.ends_on - ONE_DAY if parsed.ends_on else None,
    }
    texts = {
        Field.GIVEN_NAME: parsed.given_name,
        Field.FAMILY_NAME: parsed.family_name,
        Field.PHONE: parsed.phone,
        Field.DISTRICT: parsed.district,
        Field.COACH: parsed.coach,
    }
    return DifferenceCard(field, texts.get(field, ""), days.get(field))


def coaches(viewer: Viewer) -> Sequence[CoachCard]:
    """Return who may be responsible for who is new: the own team's, or all for Meedoen itself."""
    if not viewer.may(Permission.IMPORT_CASELOAD):
        return []
    rows = own_coaches(viewer).select_related("account").order_by("account__name", "role", "pk")
    # Who is both coach and team lead stands there once, as coach.
    first = {row.account_id: row for row in reversed(rows)}
    return [
        CoachCard(row.pk, row.account.name) for row in rows if first[row.account_id].pk == row.pk
    ]


def coach_with_email(viewer: Viewer, *, email: str) -> int | None:
    """Return the membership of the coach with this address; None when there is none."""
    known = {card.membership_id for card in coaches(viewer)}
    rows = own_coaches(viewer).filter(account__email=email.strip().lower(), pk__in=known)
    return rows.values_list("pk", flat=True).first()


def work_of(viewer: Viewer, *, key: uuid.UUID) -> int:
    """Return the number of a file, for who does its work without the queue.

    Raises LookupError when the viewer has no such file.
    """
    found = CaseloadFile.objects.visible_to(viewer).filter(key=key)
    number = found.values_list("pk", flat=True).first()
    if number is None:
        raise LookupError(f"There is no file {key}.")
    return number
