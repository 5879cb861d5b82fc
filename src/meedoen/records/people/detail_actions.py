"""Keeping names, phones, numbers and districts of residents up to date, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, note_changes, state_all
from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import District
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.encryption import blind_index
from meedoen.records.people.models import Resident
from meedoen.rules.bsn import BsnError, check_bsn
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDetails:
    """What is otherwise about a person; None leaves it as it is."""

    pseudonym_id: int
    given_name: str | None = None
    family_name: str | None = None
    birth_date: date | None = None
    phone: str | None = None


DETAILS = ("given_name", "family_name", "birth_date", "phone")


@action(Permission.REGISTER_RESIDENT)
def update_details(viewer: Viewer, *, changes: Sequence[NewDetails]) -> None:
    """Write down other names, birth dates or phones. They are in no history: nothing counts them.

    Raises ActionRefusedError, all or none, when someone is not known.
    """
    residents = _residents(viewer, [change.pseudonym_id for change in changes])
    for change in changes:
        row = residents[change.pseudonym_id]
        for name in DETAILS:
            if (value := getattr(change, name)) is not None:
                setattr(row, name, value)
    Resident.objects.visible_to(viewer).bulk_update(
        list(residents.values()), DETAILS, batch_size=200
    )
    note_changes(viewer, residents)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who lives in another district from this day on."""

    pseudonym_id: int
    district_id: int
    on: date


@action(Permission.REGISTER_RESIDENT)
def move_all(viewer: Viewer, *, moves: Sequence[Move]) -> None:
    """Write down that people moved: the benefit goes on in another district from that day.

    The stretch in the old district ends on that day and stays counted there. A stretch that
    began on that day or later is put in the new district as a whole. Raises ActionRefusedError,
    all or none, when someone is not known or has no running benefit, or for a strange district.
    """
    _check_districts(viewer, {move.district_id for move in moves})
    residents = _residents(viewer, [move.pseudonym_id for move in moves])
    for row in residents.values():
        if row.benefit_entry.ends_on != STILL_OPEN:
            raise ActionRefusedError(_("Deze inwoner is niet bekend of heeft geen uitkering meer."))
    later = [
        move for move in moves if move.on > residents[move.pseudonym_id].benefit_entry.starts_on
    ]
    state_all(
        viewer, [_old_stretch(residents[move.pseudonym_id].benefit_entry, move) for move in later]
    )
    entries = state_all(
        viewer, [_new_stretch(residents[move.pseudonym_id].benefit_entry, move) for move in moves]
    )
    for move, entry in zip(moves, entries, strict=True):
        row = residents[move.pseudonym_id]
        row.benefit_entry, row.district_id = entry, move.district_id
    Resident.objects.visible_to(viewer).bulk_update(
        list(residents.values()), ["benefit_entry", "district"], batch_size=200
    )


def _old_stretch(entry: Entry, move: Move) -> Statement:
    return Statement(
        pseudonym_id=move.pseudonym_id,
        kind=EntryKind.BENEFIT,
        starts_on=entry.starts_on,
        ends_on=move.on,
        replaces_id=entry.pk,
        district_id=entry.district_id,
    )


def _new_stretch(entry: Entry, move: Move) -> Statement:
    is_later = move.on > entry.starts_on
    return Statement(
        pseudonym_id=move.pseudonym_id,
        kind=EntryKind.BENEFIT,
        starts_on=move.on if is_later else entry.starts_on,
        replaces_id=None if is_later else entry.pk,
        district_id=move.district_id,
    )


def _check_districts(viewer: Viewer, numbers: set[int]) -> None:
    found = District.objects.filter(municipality_id=viewer.municipality_id, pk__in=numbers)
    if found.count() < len(numbers):
        raise ActionRefusedError(_("Deze wijk is niet van deze gemeente."))


@dataclass(frozen=True, slots=True)
class RightNumber:
    """The citizen service number that somebody turns out to have."""

    pseudonym_id: int
    bsn: str


@action(Permission.REGISTER_RESIDENT)
def correct_numbers(viewer: Viewer, *, corrections: Sequence[RightNumber]) -> None:
    """Put the right citizen service number in the place of a wrong one, which is kept nowhere.

    Raises ActionRefusedError, all or none, for a number that is none or that somebody else has.
    """
    residents = _residents(viewer, [correction.pseudonym_id for correction in corrections])
    for correction in corrections:
        row = residents[correction.pseudonym_id]
        try:
            row.bsn = check_bsn(correction.bsn)
        except BsnError as error:
            raise ActionRefusedError(_("Dit is geen burgerservicenummer.")) from error
        row.bsn_index = blind_index(row.bsn)
    _refuse_of_somebody_else(viewer, residents)
    Resident.objects.visible_to(viewer).bulk_update(
        list(residents.values()), ["bsn", "bsn_index"], batch_size=200
    )
    note_changes(viewer, residents)


def _refuse_of_somebody_else(viewer: Viewer, residents: dict[int, Resident]) -> None:
    # Asked of the whole municipality: a number exists once, whoever may open the file.
    system = Viewer.system(viewer.municipality_id)
    wanted = {row.bsn_index: person for person, row in residents.items()}
    for group in in_groups(list(wanted)):
        found = Resident.objects.visible_to(system).filter(bsn_index__in=group)
        for index, person in found.values_list("bsn_index", "pseudonym_id"):
            if wanted[index] != person:
                raise ActionRefusedError(_("Iemand met dit burgerservicenummer is al bekend."))
    if len(wanted) < len(residents):
        raise ActionRefusedError(_("Een burgerservicenummer is van één persoon."))


def _residents(viewer: Viewer, people: Sequence[int]) -> dict[int, Resident]:
    """Return the residents, held until the end of the transaction; raise when one is not known."""
    rows = Resident.objects.visible_to(viewer).select_for_update(of=("self",))
    found: dict[int, Resident] = {}
    for group in in_groups(sorted(set(people))):
        held = rows.filter(pseudonym_id__in=group).select_related("benefit_entry").order_by("pk")
        found.update((row.pseudonym_id, row) for row in held)
    if len(found) < len(people):
        raise ActionRefusedError(_("Deze inwoner is niet bekend."))
    return found
