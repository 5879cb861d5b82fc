"""The report on a file: every row compared with the directory, nothing changed yet.

Done in the background, some rows at a time, each lot in a transaction of its own, so that
progress can be seen. A run that was stopped is started over: what it left behind is removed
first. Of two runs at once, the one that finds `done` changed by the other stops.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from meedoen.records.directory_imports.acting import sender_of
from meedoen.records.directory_imports.facts import (
    Asked,
    Judged,
    Setting,
    judge_all,
    place_text,
    setting_of,
)
from meedoen.records.directory_imports.models import DirectoryFile, DirectoryRow, SourceId
from meedoen.records.directory_imports.numbers import ROWS_AT_ONCE
from meedoen.records.directory_imports.registry import Registry
from meedoen.records.directory_imports.rows import FileRow, Opened, open_file
from meedoen.records.directory_imports.sentences import sentences
from meedoen.records.directory_imports.stored import (
    counts_of,
    files_of,
    rows_of,
    stored_differences,
    stored_faults,
    write_texts,
)
from meedoen.records.organisations import clock
from meedoen.records.people.encryption import decrypt_bytes
from meedoen.rules.directory_file.groups import Groups
from meedoen.rules.directory_file.judge import Judgement
from meedoen.rules.directory_file.words import Field, RowFault, RowProblem, RowVerdict
from meedoen.rules.files.refusal import UnreadableFileError
from meedoen.rules.files.words import FileState
from meedoen.rules.vocabulary import PlaceStatus

STORED_LANGUAGE = "nl"


def preview(municipality_id: int, file_id: int) -> None:
    """Work out the report on a file that waits for it; otherwise do nothing."""
    file = files_of(municipality_id).filter(pk=file_id, state=FileState.PREVIEWING).first()
    if file is None:
        return
    sender = sender_of(file)
    if sender is None:
        with override(STORED_LANGUAGE):
            _fail(file, _("Wie dit bestand stuurde, mag geen plekken meer inlezen."))
        return
    try:
        opened = open_file(decrypt_bytes(bytes(file.content)))
        total = opened.count()
    except UnreadableFileError as error:
        with override(STORED_LANGUAGE):
            _fail(file, " ".join(sentences(error)))
        return
    _Run(file, opened, total, setting_of(file, sender)).go()


@transaction.atomic
def _fail(file: DirectoryFile, refusal: str) -> None:
    waiting = files_of(file.municipality_id).filter(pk=file.pk, state=FileState.PREVIEWING)
    failed = {"state": FileState.FAILED, "refusal": refusal, "finished_at": clock.now()}
    # Nobody can go on with it, so nothing that it says is kept.
    if waiting.update(**failed, content=b""):
        rows_of(file).delete()


class _Run:
    """One run through a file."""

    def __init__(self, file: DirectoryFile, opened: Opened, total: int, setting: Setting) -> None:
        self.file = file
        self.opened = opened
        self.total = total
        self.setting = setting
        self.mapping = {Field(name): heading for name, heading in file.mapping.items()}
        self.registry = Registry(file.municipality_id)
        self.groups = Groups()
        self.place_lines: dict[str, int] = {}
        """On which line each place stands first, by how the source calls it."""
        self.present: dict[int, int] = {}
        """On which line each place that is known here stands first."""

    def go(self) -> None:
        """Go through all rows, unless another run takes over or somebody cancels."""
        for row in self._rows():
            self.groups.tell(row.line, self.setting.parse(row.texts))
        self.groups.close()
        self.registry.refresh()
        if not self._start():
            return
        done = 0
        rows = self._rows()
        while lot := list(islice(rows, ROWS_AT_ONCE)):
            if not self._take(lot, done):
                return
            done += len(lot)
        self._finish()

    def _rows(self) -> Iterator[FileRow]:
        return self.opened.rows(self.mapping)

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

    def _take(self, lot: Sequence[FileRow], done: int) -> bool:
        asked = [self._asked(row) for row in lot]
        judged = judge_all(self.setting, self.registry, self.groups, asked)
        rows = [self._row(row, one) for row, one in zip(lot, judged, strict=True)]
        with transaction.atomic():
            if not self._ours(done, done=done + len(lot)):
                return False
            DirectoryRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        return True

    def _asked(self, row: FileRow) -> Asked:
        """Add what is wrong with a row beside the headings and the rows before it."""
        parsed = self.setting.parse(row.texts)
        faults = list(row.faults)
        group = self.groups.of(parsed.organisation)
        text = place_text(group, parsed) if group else ""
        first = self.place_lines.setdefault(text, row.line) if text else row.line
        if first != row.line:
            faults.append(RowFault(RowProblem.PLACE_TWICE, Field.TITLE, {"line": first}))
        return Asked(line=row.line, parsed=parsed, faults=tuple(faults))

    def _row(self, row: FileRow, judged: Judged) -> DirectoryRow:
        judgement = self._beside_others(judged)
        is_uncertain = judgement.verdict == RowVerdict.UNCERTAIN
        return DirectoryRow(
            municipality_id=self.file.municipality_id,
            file=self.file,
            line=row.line,
            group=judged.group.key if judged.group else "",
            verdict=judgement.verdict,
            values=write_texts(row.texts),
            problems=stored_faults(judgement.faults),
            differences=stored_differences(judged, judgement),
            organisation_id=judged.match.organisation_id,
            place_id=judged.place.place_id if judged.place else None,
            looks_like_id=judged.match.like_id if is_uncertain else None,
        )

    def _beside_others(self, judged: Judged) -> Judgement:
        """Return what a row means beside those before it: a place is changed by one row only."""
        if judged.place is None:
            return judged.judgement
        first = self.present.setdefault(judged.place.place_id, judged.line)
        if first == judged.line or judged.judgement.verdict == RowVerdict.REFUSED:
            return judged.judgement
        fault = RowFault(RowProblem.PLACE_TWICE, Field.TITLE, {"line": first})
        return Judgement(RowVerdict.REFUSED, (*judged.judgement.faults, fault))

    def _finish(self) -> None:
        missing = self._missing() if self.file.is_complete else []
        with transaction.atomic():
            DirectoryRow.objects.bulk_create(
                [
                    DirectoryRow(
                        municipality_id=self.file.municipality_id,
                        file=self.file,
                        line=0,
                        verdict=RowVerdict.MISSING,
                        place_id=place_id,
                        organisation_id=organisation_id,
                    )
                    for place_id, organisation_id in missing
                ],
                batch_size=ROWS_AT_ONCE,
            )
            counts = counts_of(self.file)
            if not self._ours(self.total, state=FileState.PREVIEWED, counts=counts):
                transaction.set_rollback(True)

    def _missing(self) -> list[tuple[int, int]]:
        """Return the open places that came from this source and are not in the file any more.

        Whatever is wrong with its row: a place that is named in the file is not missing.
        """
        rows = SourceId.objects.filter(
            municipality_id=self.file.municipality_id,
            source=self.file.source,
            place__status=PlaceStatus.LISTED,
            place__closes_on__gt=self.setting.today,
        )
        found = rows.values_list("external_id", "place_id", "place__organisation_id")
        missing = {
            place_id: organisation_id
            for text, place_id, organisation_id in found.iterator(chunk_size=5_000)
            if text not in self.place_lines and place_id not in self.present
        }
        return sorted(missing.items())
