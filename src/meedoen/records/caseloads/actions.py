"""Sending a file with a caseload, saying what its columns are, deciding, taking it over."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meedoen.records.caseloads.apply import to_take_over
from meedoen.records.caseloads.facts import own_coaches
from meedoen.records.caseloads.leaving_off import leave_off
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow, ColumnMapping
from meedoen.records.caseloads.numbers import LEAVERS, PEOPLE
from meedoen.records.caseloads.sentences import field_names, sentences
from meedoen.records.caseloads.tasks import apply_file, preview_file
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.caseload_queries import visible_names
from meedoen.records.people.encryption import encrypt_bytes
from meedoen.records.sent_files.life import change_state, held, put_in_queue_again, wrong_state
from meedoen.rules.caseload.columns import missing, propose_mapping
from meedoen.rules.caseload.leavers import must_confirm
from meedoen.rules.caseload.words import Field, RowDecision, RowVerdict
from meedoen.rules.files.reading import UnreadableFileError, count_rows, open_table
from meedoen.rules.files.words import FileState
from meedoen.rules.periods import add_months

LONGEST_NAME = 200
MONTHS_BACK = 12
"""How far back a reference date may lie: further is rather a year that was mistyped."""
BEFORE_PREVIEW = (FileState.UPLOADED, FileState.PREVIEWED)


class FileRefusedError(ActionRefusedError):
    """A file cannot be read; `sentences` says why and what to do, one for each reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep all reasons; together they are the message."""
        super().__init__(" ".join(reasons))
        self.sentences = tuple(reasons)


@action(Permission.IMPORT_CASELOAD)
def upload(viewer: Viewer, *, name: str, content: bytes) -> uuid.UUID:
    """Keep a file, encrypted, and return its key; its columns are proposed or remembered.

    Raises FileRefusedError when it cannot be read; then nothing is kept.
    """
    try:
        table = open_table(content)
        total = count_rows(table)
    except UnreadableFileError as error:
        raise FileRefusedError(sentences(error)) from error
    file = CaseloadFile.objects.create(
        municipality_id=viewer.municipality_id,
        name=name.strip()[-LONGEST_NAME:],
        digest=hashlib.sha256(content).hexdigest(),
        content=encrypt_bytes(content),
        uploaded_by_id=viewer.membership_id,
        uploaded_at=clock.now(),
        state=FileState.UPLOADED,
        headings=list(table.headings),
        mapping=_remembered(viewer, table.headings) or _proposed(table.headings),
        total=total,
    )
    return file.key


def _digest(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def _remembered(viewer: Viewer, headings: Sequence[str]) -> dict[str, str]:
    rows = ColumnMapping.objects.filter(
        municipality_id=viewer.municipality_id, headings=_digest(headings)
    )
    found = rows.values_list("mapping", flat=True).first()
    return dict(found or {})


def _proposed(headings: Sequence[str]) -> dict[str, str]:
    return {field.value: heading for field, heading in propose_mapping(headings).items()}


@action(Permission.IMPORT_CASELOAD)
def start_preview(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    mapping: Mapping[str, str],
    is_complete: bool,
    reference_date: date | None,
    default_coach_id: int | None,
    in_background: bool = True,
) -> None:
    """Have the report on a file made, in the background unless the caller does it itself.

    `mapping` goes from the names of fields (see `Field`) to headings of the file, and is
    remembered for the next file with these headings. `reference_date` is the day on which the
    file was true, and from which changes hold; None is today. Raises ActionRefusedError with
    everything that is wrong with what was asked.
    """
    file = _held(viewer, key)
    wanted = {field: heading for field, heading in mapping.items() if heading}
    day = reference_date or clock.today()
    faults = [
        *_mapping_faults(file, wanted),
        *_day_faults(day),
        *_coach_faults(viewer, wanted, default_coach_id),
    ]
    if faults:
        raise ActionRefusedError(" ".join(faults))
    _change_state(
        viewer,
        file,
        BEFORE_PREVIEW,
        state=FileState.PREVIEWING,
        mapping=wanted,
        is_complete=is_complete,
        reference_date=day,
        default_coach_id=default_coach_id,
        done=0,
        counts={},
        refusal="",
    )
    ColumnMapping.objects.update_or_create(
        municipality_id=viewer.municipality_id,
        headings=_digest(file.headings),
        defaults={"mapping": wanted, "changed_at": clock.now()},
    )
    if in_background:
        preview_file.enqueue(municipality_id=viewer.municipality_id, file_id=file.pk)


def _mapping_faults(file: CaseloadFile, mapping: Mapping[str, str]) -> list[str]:
    strange = sorted(set(mapping) - {field.value for field in Field})
    strange += sorted(set(mapping.values()) - set(file.headings))
    if strange:
        return [_("Dit hoort niet bij dit bestand: %(names)s.") % {"names": ", ".join(strange)}]
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


def _day_faults(day: date) -> list[str]:
    today = clock.today()
    if day > today:
        return [_("De peildatum ligt in de toekomst. Kies vandaag of een dag daarvoor.")]
    if day < add_months(today, -MONTHS_BACK):
        return [_("De peildatum is meer dan een jaar geleden. Kijk het jaartal na.")]
    return []


def _coach_faults(
    viewer: Viewer, mapping: Mapping[str, str], default_coach_id: int | None
) -> list[str]:
    if default_coach_id is None:
        if Field.COACH.value in mapping:
            return []
        return [_("Kies een coach voor wie nieuw is: het bestand heeft geen kolom met de coach.")]
    rows = own_coaches(viewer).filter(pk=default_coach_id)
    return [] if rows.exists() else [_("Deze coach is niet van uw team. Kies een andere coach.")]


@action(Permission.IMPORT_CASELOAD)
def decide(viewer: Viewer, *, key: uuid.UUID, line: int, decision: RowDecision) -> None:
    """Say whether a row that looks like somebody is that person, somebody else, or left out.

    Raises ActionRefusedError when there is no such row, or when the viewer says that it is the
    same person without being allowed to open that file, or where only another row is alike.
    """
    file = _held(viewer, key)
    if file.state != FileState.PREVIEWED:
        raise wrong_state()
    rows = CaseloadRow.objects.visible_to(viewer).filter(
        file_id=file.pk, verdict=RowVerdict.LOOKS_LIKE
    )
    row = rows.filter(line=line).first()
    if row is None:
        raise ActionRefusedError(_("Over regel %(line)s valt niets te beslissen.") % {"line": line})
    if decision == RowDecision.SAME:
        _check_same(viewer, row, rows)
    rows.filter(pk=row.pk).update(decision=decision)


def _check_same(viewer: Viewer, row: CaseloadRow, rows: "QuerySet[CaseloadRow]") -> None:
    if row.looks_like_id is None:
        raise ActionRefusedError(
            _(
                "Deze regel lijkt op een andere regel van het bestand. Is het dezelfde persoon? "
                "Sla deze regel dan over, en zoek uit welk nummer goed is."
            )
        )
    if row.looks_like_id not in visible_names(viewer, pseudonym_ids=[row.looks_like_id]):
        raise ActionRefusedError(
            _("De persoon op wie deze regel lijkt, is van een ander team. Vraag daar wie het is.")
        )
    other = rows.filter(looks_like_id=row.looks_like_id, decision=RowDecision.SAME)
    if line := other.exclude(pk=row.pk).values_list("line", flat=True).first():
        raise ActionRefusedError(
            _("Regel %(line)s is al deze persoon. Wijzig eerst die regel.") % {"line": line}
        )


@action(Permission.IMPORT_CASELOAD)
def start_applying(
    viewer: Viewer, *, key: uuid.UUID, leavers_confirmed: bool = False, in_background: bool = True
) -> None:
    """Have a file taken over, in the background unless the caller does it itself.

    Raises ActionRefusedError when the benefit of more people would end than a file may end by
    itself (see `rules/caseload/leavers.py`) and nobody confirmed that.
    """
    file = _held(viewer, key)
    leavers, people = file.counts.get(LEAVERS, 0), file.counts.get(PEOPLE, 0)
    if must_confirm(leavers=leavers, people=people) and not leavers_confirmed:
        raise ActionRefusedError(
            _(
                "Van %(leavers)s van de %(people)s inwoners eindigt de uitkering: zij staan niet "
                "in het bestand, of met een einddatum. Kijk of dat klopt, en bevestig het dan."
            )
            % {"leavers": leavers, "people": people}
        )
    total = to_take_over(file).count()
    _change_state(
        viewer, file, (FileState.PREVIEWED,), state=FileState.APPLYING, done=0, total=total
    )
    if in_background:
        apply_file.enqueue(municipality_id=viewer.municipality_id, file_id=file.pk)


@action(Permission.IMPORT_CASELOAD)
def cancel(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Leave a file as it is: nothing is taken over, and what it said is removed.

    Raises ActionRefusedError once it is being taken over: part of it may be there already.
    """
    if not leave_off(_held(viewer, key)):
        raise wrong_state()


@action(Permission.IMPORT_CASELOAD)
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


def _held(viewer: Viewer, key: uuid.UUID) -> CaseloadFile:
    return held(CaseloadFile.objects.visible_to(viewer), key)


def _change_state(
    viewer: Viewer, file: CaseloadFile, allowed: Sequence[FileState], **values: object
) -> None:
    change_state(CaseloadFile.objects.visible_to(viewer), file, allowed, **values)
