"""Sending a file with organisations and places, saying what is in it, deciding, taking it over."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from meedoen.records.directory_imports.apply import to_take_over
from meedoen.records.directory_imports.leaving_off import leave_off
from meedoen.records.directory_imports.models import (
    DirectoryColumns,
    DirectoryFile,
    DirectoryRow,
    DirectoryRowQuerySet,
)
from meedoen.records.directory_imports.rejudging import judge_again
from meedoen.records.directory_imports.rows import open_file
from meedoen.records.directory_imports.sentences import field_names, sentences
from meedoen.records.directory_imports.stored import stored_defaults
from meedoen.records.directory_imports.tasks import apply_file, preview_file
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.encryption import encrypt_bytes
from meedoen.records.sent_files.life import change_state, held, put_in_queue_again, wrong_state
from meedoen.rules import half_days
from meedoen.rules.directory_file.columns import missing, propose_mapping
from meedoen.rules.directory_file.judge import Defaults
from meedoen.rules.directory_file.values import MOST_PEOPLE
from meedoen.rules.directory_file.words import (
    ONLY_HSDS,
    Field,
    FileForm,
    RowDecision,
    RowVerdict,
)
from meedoen.rules.files.refusal import UnreadableFileError
from meedoen.rules.files.words import FileState

LONGEST_NAME = 200
LONGEST_SOURCE = 100
BEFORE_PREVIEW = (FileState.UPLOADED, FileState.PREVIEWED)
MAY_BE_SKIPPED = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.UNCERTAIN)


class FileRefusedError(ActionRefusedError):
    """A file cannot be read; `sentences` says why and what to do, one for each reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep all reasons; together they are the message."""
        super().__init__(" ".join(reasons))
        self.sentences = tuple(reasons)


@action(Permission.IMPORT_DIRECTORY)
def upload(viewer: Viewer, *, name: str, content: bytes) -> uuid.UUID:
    """Keep a file, encrypted, and return its key; its columns are proposed or remembered.

    Raises FileRefusedError when it cannot be read; then nothing is kept.
    """
    try:
        opened = open_file(content)
        total = opened.count()
    except UnreadableFileError as error:
        raise FileRefusedError(sentences(error)) from error
    remembered = _remembered(viewer, opened.form, opened.headings)
    file = DirectoryFile.objects.create(
        municipality_id=viewer.municipality_id,
        name=name.strip()[-LONGEST_NAME:],
        digest=hashlib.sha256(content).hexdigest(),
        form=opened.form,
        content=encrypt_bytes(content),
        uploaded_by_id=viewer.membership_id,
        uploaded_at=clock.now(),
        state=FileState.UPLOADED,
        headings=list(opened.headings),
        mapping=remembered.mapping if remembered else _proposed(opened.headings),
        source=remembered.source if remembered else "",
        defaults=remembered.defaults if remembered else {},
        is_part=opened.is_part,
        total=total,
    )
    return file.key


def _digest(form: FileForm, headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([form, *headings]).encode()).hexdigest()


def _remembered(viewer: Viewer, form: FileForm, headings: Sequence[str]) -> DirectoryColumns | None:
    return DirectoryColumns.objects.filter(
        municipality_id=viewer.municipality_id, headings=_digest(form, headings)
    ).first()


def _proposed(headings: Sequence[str]) -> dict[str, str]:
    return {field.value: heading for field, heading in propose_mapping(headings).items()}


@action(Permission.IMPORT_DIRECTORY)
def start_preview(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    source: str,
    mapping: Mapping[str, str],
    defaults: Defaults,
    is_complete: bool,
    in_background: bool = True,
) -> None:
    """Have the report on a file made, in the background unless the caller does it itself.

    `source` says whose list it is. `mapping` goes from the names of fields (see `Field`) to
    headings of the file; services have none. All of it is remembered for the next file with
    these headings. Raises ActionRefusedError with everything that is wrong with what was asked.
    """
    file = _held(viewer, key)
    wanted = {field: heading for field, heading in mapping.items() if heading}
    told = " ".join(source.split())
    faults = [
        *_source_faults(told),
        *_mapping_faults(file, wanted),
        *_default_faults(defaults),
    ]
    if is_complete and file.is_part:
        faults.append(
            _("Dit is maar een deel van wat de bron heeft. Kies dat het bestand niet alles bevat.")
        )
    if faults:
        raise ActionRefusedError(" ".join(faults))
    kept = {"source": told, "mapping": wanted, "defaults": stored_defaults(defaults)}
    _change_state(
        viewer,
        file,
        BEFORE_PREVIEW,
        state=FileState.PREVIEWING,
        is_complete=is_complete,
        done=0,
        counts={},
        refusal="",
        **kept,
    )
    DirectoryColumns.objects.update_or_create(
        municipality_id=viewer.municipality_id,
        headings=_digest(FileForm(file.form), file.headings),
        defaults={**kept, "changed_at": clock.now()},
    )
    if in_background:
        preview_file.enqueue(municipality_id=viewer.municipality_id, file_id=file.pk)


def _source_faults(source: str) -> list[str]:
    if not source:
        return [_("Zeg van wie deze lijst is. Zo herkennen wij de volgende keer wat erin staat.")]
    if len(source) > LONGEST_SOURCE:
        return [
            _("De naam van de bron is te lang: hoogstens %(most)s tekens.")
            % {"most": LONGEST_SOURCE}
        ]
    return []


def _mapping_faults(file: DirectoryFile, mapping: Mapping[str, str]) -> list[str]:
    strange = sorted(set(mapping) - {field.value for field in Field if field not in ONLY_HSDS})
    strange += sorted(set(mapping.values()) - set(file.headings))
    if strange:
        return [_("Dit hoort niet bij dit bestand: %(names)s.") % {"names": ", ".join(strange)}]
    if file.form == FileForm.HSDS:
        return []
    faults = []
    used = list(mapping.values())
    if double := sorted({heading for heading in used if used.count(heading) > 1}):
        faults.append(
            _("Kies elke kolom één keer. Dubbel gekozen: %(names)s.") % {"names": ", ".join(double)}
        )
    if lacking := missing({Field(field): heading for field, heading in mapping.items()}):
        faults.append(
            _("Zeg ook in welke kolom dit staat: %(names)s.") % {"names": field_names(lacking)}
        )
    return faults


def _default_faults(defaults: Defaults) -> list[str]:
    if defaults.capacity is not None and not 0 <= defaults.capacity <= MOST_PEOPLE:
        return [_("Het aantal plaatsen ligt tussen 0 en %(most)s.") % {"most": MOST_PEOPLE}]
    half_days.check_mask(defaults.half_days)
    return []


@action(Permission.IMPORT_DIRECTORY)
def decide(viewer: Viewer, *, key: uuid.UUID, line: int, decision: RowDecision | None) -> None:
    """Say what is to become of a row; of an organisation that may be known for all its rows.

    None takes back what was said. Raises ActionRefusedError when there is nothing to decide, or
    when there is no organisation here that it could be.
    """
    file = _held(viewer, key)
    if file.state != FileState.PREVIEWED:
        raise wrong_state()
    rows = DirectoryRow.objects.visible_to(viewer).filter(file_id=file.pk, line__gt=0)
    row = rows.filter(line=line, verdict__in=MAY_BE_SKIPPED).first()
    if row is None:
        raise ActionRefusedError(_("Over regel %(line)s valt niets te beslissen.") % {"line": line})
    if row.verdict == RowVerdict.UNCERTAIN:
        _decide_organisation(viewer, file, row, rows, decision)
    elif decision not in {None, RowDecision.SKIP}:
        raise ActionRefusedError(_("Deze regel kunt u overnemen of overslaan."))
    else:
        rows.filter(pk=row.pk).update(decision=decision or "")


def _decide_organisation(
    viewer: Viewer,
    file: DirectoryFile,
    row: DirectoryRow,
    rows: DirectoryRowQuerySet,
    decision: RowDecision | None,
) -> None:
    if decision is RowDecision.SAME and row.looks_like_id is None:
        raise ActionRefusedError(
            _(
                "Er is hier geen organisatie die dit kan zijn: de naam staat twee keer in het "
                "bestand. Sla een van de twee over, of neem allebei over."
            )
        )
    of_organisation = rows.filter(group=row.group, verdict=RowVerdict.UNCERTAIN)
    of_organisation.update(decision=decision or "")
    judge_again(viewer, file, of_organisation)


@action(Permission.IMPORT_DIRECTORY)
def start_applying(viewer: Viewer, *, key: uuid.UUID, in_background: bool = True) -> None:
    """Have a file taken over, in the background unless the caller does it itself."""
    file = _held(viewer, key)
    total = to_take_over(file).count()
    _change_state(
        viewer, file, (FileState.PREVIEWED,), state=FileState.APPLYING, done=0, total=total
    )
    if in_background:
        apply_file.enqueue(municipality_id=viewer.municipality_id, file_id=file.pk)


@action(Permission.IMPORT_DIRECTORY)
def cancel(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Leave a file as it is: nothing is taken over, and what it said is removed.

    Raises ActionRefusedError once it is being taken over: part of it may be there already.
    """
    if not leave_off(_held(viewer, key)):
        raise wrong_state()


@action(Permission.IMPORT_DIRECTORY)
def carry_on(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Put work on a file that stopped in the queue again; doing so too often does no harm."""
    file = _held(viewer, key)
    put_in_queue_again(
        file.state,
        municipality_id=viewer.municipality_id,
        file_id=file.pk,
        preview=preview_file,
        apply=apply_file,
    )


def _held(viewer: Viewer, key: uuid.UUID) -> DirectoryFile:
    return held(DirectoryFile.objects.visible_to(viewer), key)


def _change_state(
    viewer: Viewer, file: DirectoryFile, allowed: Sequence[FileState], **values: object
) -> None:
    change_state(DirectoryFile.objects.visible_to(viewer), file, allowed, **values)
