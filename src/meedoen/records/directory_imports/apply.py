"""Taking a file over: some rows at a time, each lot all or nothing, together with its mark.

A row is looked at again before it is taken over. When it means something else than the report
said, it is left alone and says so. A run that is stopped at any moment and started again goes
on with the rows that have no mark yet, and comes out where one run would.
"""

from collections.abc import Sequence

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from meedoen.records.directory_imports.acting import sender_of
from meedoen.records.directory_imports.changes import write
from meedoen.records.directory_imports.facts import Asked, Judged, Setting, judge_all, setting_of
from meedoen.records.directory_imports.models import DirectoryFile, DirectoryRow
from meedoen.records.directory_imports.numbers import APPLIED_AT_ONCE
from meedoen.records.directory_imports.registry import Registry
from meedoen.records.directory_imports.stored import (
    counts_of,
    files_of,
    read_texts,
    rows_of,
    stored_faults,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Municipality
from meedoen.rules.directory_file.groups import Groups
from meedoen.rules.directory_file.judge import Judgement
from meedoen.rules.directory_file.words import (
    Field,
    RowDecision,
    RowFault,
    RowProblem,
    RowVerdict,
)
from meedoen.rules.files.words import FileState

TAKEN_OVER = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.SAME)
"""Of a row that is the same only is remembered how its source calls it."""
NOT_ANY_MORE = (
    "Wie dit bestand stuurde, mag geen plekken meer inlezen. De rest is niet overgenomen."
)
"""Kept with the file, so in Dutch."""


def to_take_over(file: DirectoryFile) -> "QuerySet[DirectoryRow]":
    """Return the rows that have something to be taken over and were not yet."""
    decided = Q(verdict=RowVerdict.UNCERTAIN, decision__in=[RowDecision.SAME, RowDecision.OTHER])
    plain = Q(verdict__in=TAKEN_OVER) & ~Q(decision=RowDecision.SKIP)
    return rows_of(file).filter(plain | decided, applied_at__isnull=True)


def apply(municipality_id: int, file_id: int) -> None:
    """Take over what is left of a file that waits for it; otherwise do nothing."""
    run = _start(municipality_id, file_id)
    while run is not None and run.take_some():
        pass


def _start(municipality_id: int, file_id: int) -> "_Run | None":
    waiting = files_of(municipality_id).filter(pk=file_id, state=FileState.APPLYING)
    file = waiting.defer("content").first()
    if file is None:
        return None
    sender = sender_of(file)
    if sender is None:
        # Who may not import any more, takes nothing over: what was not done stays undone.
        _finish(file, refusal=NOT_ANY_MORE)
        return None
    return _Run(file, setting_of(file, sender))


class _Run:
    """One run through the rows of a file that are to be taken over."""

    def __init__(self, file: DirectoryFile, setting: Setting) -> None:
        self.file = file
        self.setting = setting
        self.registry = Registry(file.municipality_id)
        self.groups = Groups()
        """Of all rows, also of those that were taken over already."""
        rows = rows_of(file).filter(line__gt=0).order_by("line").values_list("line", "values")
        for line, values in rows.iterator():
            self.groups.tell(line, setting.parse(read_texts(values)))
        self.groups.close()

    @transaction.atomic
    def take_some(self) -> bool:
        """Take over one lot; False when there is nothing left to do."""
        # Held, so that a second run waits and then finds these rows marked.
        waiting = files_of(self.file.municipality_id).filter(
            pk=self.file.pk, state=FileState.APPLYING
        )
        file = waiting.defer("content").select_for_update(of=("self",)).first()
        if file is None:
            return False
        sender = sender_of(file)
        rows = list(to_take_over(file).order_by("line")[:APPLIED_AT_ONCE]) if sender else []
        if not rows:
            _finish(file, refusal="" if sender else NOT_ANY_MORE)
            return False
        self._one_import_at_a_time()
        self._take(rows)
        files_of(file.municipality_id).filter(pk=file.pk).update(done=F("done") + len(rows))
        return True

    def _one_import_at_a_time(self) -> None:
        """Let another file of this municipality wait: both may have the same new organisation."""
        rows = Municipality.objects.filter(pk=self.file.municipality_id)
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))

    def _take(self, rows: Sequence[DirectoryRow]) -> None:
        """Write the changes and mark the rows; one that is refused does not hold up the others."""
        self.registry.refresh()
        asked = [self._asked(row) for row in rows]
        judged = judge_all(self.setting, self.registry, self.groups, asked)
        steps, left = [], []
        for row, one in zip(rows, judged, strict=True):
            judgement = _unless_otherwise(row, one)
            if judgement.verdict in TAKEN_OVER:
                steps.append((row, one))
            else:
                left.append((row, judgement))
        try:
            with transaction.atomic():
                made = write(self.setting, self.registry, [one for _row, one in steps])
        except (ActionRefusedError, DataError, IntegrityError) as error:
            self._take_apart([row for row, _one in steps], error)
        else:
            now = clock.now()
            for row, one in steps:
                row.organisation_id = made.organisation(one)
                row.place_id = made.places.get(row.line) or row.place_id
                row.applied_at = now
            rows_of(self.file).bulk_update(
                [row for row, _one in steps],
                ["organisation", "place", "applied_at"],
                batch_size=100,
            )
        self._leave(left)

    def _take_apart(self, rows: Sequence[DirectoryRow], error: Exception) -> None:
        """Take over the two halves of what was refused, down to the one row that cannot be kept."""
        if len(rows) > 1:
            half = len(rows) // 2
            self._take(rows[:half])
            self._take(rows[half:])
        elif isinstance(error, ActionRefusedError):
            self._leave([(rows[0], _left_out(RowProblem.NOT_TAKEN, why=str(error)))])
        else:
            self._leave([(rows[0], _left_out(RowProblem.NOT_TO_BE_KEPT))])

    def _asked(self, row: DirectoryRow) -> Asked:
        return Asked(
            line=row.line,
            parsed=self.setting.parse(read_texts(row.values)),
            decision=RowDecision(row.decision) if row.decision else None,
            like_id=row.looks_like_id,
        )

    def _leave(self, left: Sequence[tuple[DirectoryRow, Judgement]]) -> None:
        """Keep what rows mean now that there is nothing to take over from them."""
        for row, judgement in left:
            row.verdict = judgement.verdict
            row.problems = stored_faults(judgement.faults)
            row.decision = ""
        rows_of(self.file).bulk_update(
            [row for row, _judgement in left], ["verdict", "problems", "decision"], batch_size=100
        )


def _unless_otherwise(row: DirectoryRow, one: Judged) -> Judgement:
    """Return what a row means now, or that it means something else to do than was told."""
    now, told = one.judgement, RowVerdict(row.verdict)
    if now.verdict in {told, RowVerdict.SAME, RowVerdict.REFUSED} or row.decision:
        is_more = told is RowVerdict.CHANGED and not _told(row) >= set(now.differences)
        return _left_out(RowProblem.CHANGED_MEANWHILE) if is_more else now
    # An earlier row of this file made the organisation; a row without a place may add to that.
    adds = told is RowVerdict.NEW and now.verdict is RowVerdict.CHANGED
    if adds and one.parsed.place is None:
        return now
    return _left_out(RowProblem.CHANGED_MEANWHILE)


def _told(row: DirectoryRow) -> set[Field]:
    return {Field(one["field"]) for one in row.differences}


def _left_out(problem: RowProblem, **facts: str) -> Judgement:
    return Judgement(RowVerdict.REFUSED, (RowFault(problem, None, facts),))


def _finish(file: DirectoryFile, *, refusal: str) -> None:
    """Empty what the file said, and keep how many rows meant what."""
    rows_of(file).update(values="", group="")
    files_of(file.municipality_id).filter(pk=file.pk).update(
        state=FileState.DONE,
        refusal=refusal,
        content=b"",
        finished_at=clock.now(),
        counts=counts_of(file),
    )
