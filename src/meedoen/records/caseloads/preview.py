"""The report on a file: every row compared with what is known, nothing changed yet.

Done in the background, some rows at a time, each lot in a transaction of its own, so that
progress can be seen. A run that was stopped is started over: what it left behind is removed
first. Of two runs at once, the one that finds `done` changed by the other stops.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from meedoen.records.caseloads.acting import sender_of
from meedoen.records.caseloads.facts import Judged, Setting, judge_all, setting_of
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow
from meedoen.records.caseloads.numbers import LEAVERS, PEOPLE, ROWS_AT_ONCE
from meedoen.records.caseloads.sentences import sentences
from meedoen.records.caseloads.stored import (
    counts_of,
    files_of,
    rows_of,
    stored_faults,
    write_texts,
)
from meedoen.records.organisations import clock
from meedoen.records.people.caseload_queries import on_benefit, with_numbers
from meedoen.records.people.encryption import blind_index, decrypt_bytes
from meedoen.rules.caseload.compare import Named
from meedoen.rules.caseload.judge import Judgement
from meedoen.rules.caseload.names import alike, may_be_same_given_name
from meedoen.rules.caseload.values import Parsed, parse, texts_of
from meedoen.rules.caseload.words import Field, RowFault, RowProblem, RowVerdict
from meedoen.rules.files.reading import (
    Row,
    Table,
    UnreadableFileError,
    count_rows,
    open_table,
)
from meedoen.rules.files.words import FileState

STORED_LANGUAGE = "nl"


def preview(municipality_id: int, file_id: int) -> None:
    """Work out the report on a file that waits for it; otherwise do nothing."""
    file = files_of(municipality_id).filter(pk=file_id, state=FileState.PREVIEWING).first()
    if file is None:
        return
    sender = sender_of(file)
    if sender is None:
        with override(STORED_LANGUAGE):
            _fail(file, _("Wie dit bestand stuurde, mag geen caseload meer inlezen."))
        return
    try:
        table = open_table(decrypt_bytes(bytes(file.content)))
        total = count_rows(table)
    except UnreadableFileError as error:
        with override(STORED_LANGUAGE):
            _fail(file, " ".join(sentences(error)))
        return
    _Run(file, table, total, setting_of(file, sender)).go()


@transaction.atomic
def _fail(file: CaseloadFile, refusal: str) -> None:
    waiting = files_of(file.municipality_id).filter(pk=file.pk, state=FileState.PREVIEWING)
    failed = {"state": FileState.FAILED, "refusal": refusal, "finished_at": clock.now()}
    # Nobody can go on with it, so nothing that it says is kept.
    if waiting.update(**failed, content=b""):
        rows_of(file).delete()


@dataclass(frozen=True, slots=True)
class _Line:
    """Who stands on a line of the file, with which number."""

    line: int
    bsn: str
    given_name: str
    family_name: str


@dataclass(slots=True)
class _Seen:
    """What the rows so far said that later rows are compared with."""

    lines: dict[str, int] = field(default_factory=dict)
    nameless: dict[date, list[str]] = field(default_factory=dict)
    """Family names of rows without a number that can be read."""
    looked_like: set[int] = field(default_factory=set)


class _Run:
    """One run through a file."""

    def __init__(self, file: CaseloadFile, table: Table, total: int, setting: Setting) -> None:
        self.file = file
        self.table = table
        self.total = total
        self.setting = setting
        self.mapping = {Field(name): heading for name, heading in file.mapping.items()}
        self.seen = _Seen()
        self.lines: dict[date, list[_Line]] = {}
        """All lines with a number, by birth date."""
        self.in_file: Collection[str] = ()
        """The digests of the numbers in the file."""
        self.present: Mapping[str, int] = {}
        """Who is known and in the file, by number."""

    def go(self) -> None:
        """Go through all rows, unless another run takes over or somebody cancels."""
        self._look_ahead()
        if not self._start():
            return
        done = 0
        rows = self.table.rows()
        while lot := list(islice(rows, ROWS_AT_ONCE)):
            if not self._take(lot, done):
                return
            done += len(lot)
        self._finish()

    def _look_ahead(self) -> None:
        """Find out who is in the file at all."""
        numbers = set()
        for row in self.table.rows():
            parsed, _texts = self._parsed(row)
            if not parsed.bsn:
                continue
            numbers.add(parsed.bsn)
            if parsed.birth_date:
                told = _Line(row.line, parsed.bsn, parsed.given_name, parsed.family_name)
                self.lines.setdefault(parsed.birth_date, []).append(told)
        self.in_file = frozenset(map(blind_index, numbers))
        self.present = with_numbers(self.setting.system, numbers=numbers)

    def _start(self) -> bool:
        with transaction.atomic():
            waiting = files_of(self.file.municipality_id).filter(
                pk=self.file.pk, state=FileState.PREVIEWING
            )
            if not waiting.update(done=0, total=self.total, counts={}, refusal=""):
                return False
            rows_of(self.file).delete()
        return True

    def _ours(self, so_far: int, **values: object) -> bool:
        """Write down how far we are; False when it is not our work any more."""
        ours = files_of(self.file.municipality_id).filter(
            pk=self.file.pk, state=FileState.PREVIEWING, done=so_far
        )
        return bool(ours.update(**values))

    def _parsed(self, row: Row) -> tuple[Parsed, Mapping[Field, str]]:
        texts = texts_of(row, self.table.headings, self.mapping)
        return parse(texts, today=self.setting.today), texts

    def _take(self, lot: Sequence[Row], done: int) -> bool:
        read = [self._parsed(row) for row in lot]
        parsed = [self._beside(row, one) for row, (one, _) in zip(lot, read, strict=True)]
        judged = judge_all(self.setting, parsed, self.in_file)
        rows = [
            self._row(row.line, one, texts)
            for row, one, (_, texts) in zip(lot, judged, read, strict=True)
        ]
        with transaction.atomic():
            if not self._ours(done, done=done + len(lot)):
                return False
            CaseloadRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        return True

    def _beside(self, row: Row, parsed: Parsed) -> Parsed:
        """Add what is wrong with a row beside the headings and the rows before it."""
        faults = list(parsed.faults)
        if row.width > self.table.width:
            facts = {"cells": row.width, "headings": self.table.width}
            faults.append(RowFault(RowProblem.TOO_MANY_CELLS, None, facts))
        first = self.seen.lines.setdefault(parsed.bsn, row.line) if parsed.bsn else row.line
        if first != row.line:
            faults.append(RowFault(RowProblem.BSN_TWICE, Field.BSN, {"line": first}))
        if parsed.birth_date and not parsed.bsn:
            names = self.seen.nameless.setdefault(parsed.birth_date, [])
            names.append(parsed.family_name)
        return replace(parsed, faults=tuple(faults))

    def _beside_others(self, line: int, judged: Judged) -> Judgement:
        """Return what a row means beside the other rows: who is new twice, is decided about.

        Of two lines with one who is new, the first is taken over; beside somebody who is known
        and in the file with another number neither is. With other given names they are rather
        twins: then it is only said.
        """
        judgement, parsed = judged.judgement, judged.parsed
        if judgement.verdict not in {RowVerdict.NEW, RowVerdict.LOOKS_LIKE}:
            return judgement
        others = self._alike(line, parsed)
        if not others:
            return judgement
        same = [one for one in others if may_be_same_given_name(one.given_name, parsed.given_name)]
        other = (same or others)[0]
        note = RowFault(RowProblem.LIKE_EARLIER_LINE, None, {"line": other.line})
        verdict = RowVerdict.LOOKS_LIKE if same else judgement.verdict
        return Judgement(verdict, (*judgement.faults, note))

    def _alike(self, line: int, parsed: Parsed) -> list[_Line]:
        """Return the lines before this one, and those of who is known, that are alike."""
        born_then = self.lines.get(parsed.birth_date, []) if parsed.birth_date else []
        return [
            one
            for one in born_then
            if one.bsn != parsed.bsn
            and (one.line < line or one.bsn in self.present)
            and alike(one.family_name, parsed.family_name)
        ]

    def _row(self, line: int, judged: Judged, texts: Mapping[Field, str]) -> CaseloadRow:
        judgement = self._beside_others(line, judged)
        looks_like = judgement.verdict == RowVerdict.LOOKS_LIKE
        if looks_like and judged.like is not None:
            self.seen.looked_like.add(judged.like)
        is_own = judged.known is not None and judged.known.is_own
        return CaseloadRow(
            municipality_id=self.file.municipality_id,
            file=self.file,
            line=line,
            verdict=judgement.verdict,
            values=write_texts(texts),
            problems=stored_faults(judgement.faults),
            differences=[name.value for name in judgement.differences],
            pseudonym_id=judged.known.pseudonym_id if judged.known and is_own else None,
            looks_like_id=judged.like if looks_like else None,
        )

    def _finish(self) -> None:
        reference_date = self.setting.wanted.reference_date
        people = on_benefit(self.setting.sender, before=reference_date)
        left = self._missing(people) if self.file.is_complete else []
        with transaction.atomic():
            CaseloadRow.objects.bulk_create(
                [
                    CaseloadRow(
                        municipality_id=self.file.municipality_id,
                        file=self.file,
                        line=0,
                        verdict=RowVerdict.LEFT,
                        differences=[Field.BENEFIT_END.value],
                        pseudonym_id=person,
                    )
                    for person in left
                ],
                batch_size=ROWS_AT_ONCE,
            )
            counts = counts_of(self.file)
            counts |= {LEAVERS: counts.get(RowVerdict.LEFT, 0), PEOPLE: len(people)}
            if not self._ours(self.total, state=FileState.PREVIEWED, counts=counts):
                transaction.set_rollback(True)

    def _missing(self, people: Mapping[int, tuple[date, Named]]) -> list[int]:
        """Return who is on benefit here and nowhere in the file.

        Who may be in it under a number that is wrong, or that cannot be read, is not missing.
        """
        maybe = {*self.present.values(), *self.seen.looked_like}
        return sorted(
            person
            for person, (born, named) in people.items()
            if person not in maybe and not self._is_nameless(born, named)
        )

    def _is_nameless(self, born: date, named: Named) -> bool:
        names = self.seen.nameless.get(born, [])
        return any(alike(name, named.family_name) for name in names)
