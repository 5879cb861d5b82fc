"""Registering residents and saying who is responsible for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, new_pseudonyms, state_all
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.people.encryption import blind_index
from meedoen.records.people.leaving import end_with_benefit
from meedoen.records.people.models import Resident, Responsibility
from meedoen.rules.bsn import BsnError, BsnProblem, check_bsn
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResident:
    """A resident to register; `benefit_ends_on` is None while the benefit runs.

    The coach is responsible from `coach_starts_on`, or else from the start of the benefit, until
    `coach_ends_on`, or else until somebody ends it: guidance may outlast a benefit.
    """

    given_name: str
    family_name: str
    birth_date: date
    bsn: str
    district_id: int
    coach_id: int
    benefit_starts_on: date
    benefit_ends_on: date | None = None
    coach_starts_on: date | None = None
    coach_ends_on: date | None = None
    phone: str = ""
    recorded_at: datetime | None = None


@action(Permission.REGISTER_RESIDENT)
def register_all(viewer: Viewer, *, residents: Sequence[NewResident]) -> list[int]:
    """Register residents and return their pseudonyms' ids, in the same order.

    All or none. Raises ActionRefusedError that names every line that cannot be registered.
    """
    numbers = _checked_numbers(residents)
    _refuse_known(viewer, numbers)
    teams = coaching_teams(viewer, {resident.coach_id for resident in residents})
    pseudonyms = new_pseudonyms(viewer, count=len(residents))
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=pseudonym.pk,
                kind=EntryKind.BENEFIT,
                starts_on=resident.benefit_starts_on,
                ends_on=resident.benefit_ends_on,
                district_id=resident.district_id,
                recorded_at=resident.recorded_at,
            )
            for pseudonym, resident in zip(pseudonyms, residents, strict=True)
        ],
    )
    Resident.objects.bulk_create(
        [
            Resident(
                municipality_id=viewer.municipality_id,
                pseudonym=pseudonym,
                given_name=resident.given_name,
                family_name=resident.family_name,
                birth_date=resident.birth_date,
                bsn=number,
                bsn_index=blind_index(number),
                phone=resident.phone,
                district_id=resident.district_id,
                benefit_entry=entry,
            )
            for pseudonym, resident, number, entry in zip(
                pseudonyms, residents, numbers, entries, strict=True
            )
        ],
        batch_size=2_000,
    )
    Responsibility.objects.bulk_create(
        [
            Responsibility(
                municipality_id=viewer.municipality_id,
                pseudonym=pseudonym,
                coach_id=resident.coach_id,
                team_id=teams[resident.coach_id],
                starts_on=resident.coach_starts_on or resident.benefit_starts_on,
                ends_on=resident.coach_ends_on or STILL_OPEN,
            )
            for pseudonym, resident in zip(pseudonyms, residents, strict=True)
        ],
        batch_size=2_000,
    )
    return [pseudonym.pk for pseudonym in pseudonyms]


@dataclass(frozen=True, slots=True)
class BenefitEnd:
    """The end of a benefit; `ends_on` is the first day without it."""

    pseudonym_id: int
    ends_on: date
    recorded_at: datetime | None = None


@action(Permission.REGISTER_RESIDENT)
def end_benefits(viewer: Viewer, *, ends: Sequence[BenefitEnd]) -> None:
    """Record that benefits ended; the coach is responsible up to the same day.

    While a placement waits or runs the coach stays responsible, so that somebody can end it.
    New entries take the place of the old ones, which stay. Raises ActionRefusedError, all or
    none, when someone is not known or has no running benefit on that day.
    """
    residents = _on_benefit(viewer, ends)
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=end.pseudonym_id,
                kind=EntryKind.BENEFIT,
                starts_on=resident.benefit_entry.starts_on,
                ends_on=end.ends_on,
                replaces_id=resident.benefit_entry_id,
                district_id=resident.benefit_entry.district_id,
                recorded_at=end.recorded_at,
            )
            for end, resident in zip(ends, residents, strict=True)
        ],
    )
    for resident, entry in zip(residents, entries, strict=True):
        resident.benefit_entry = entry
    Resident.objects.visible_to(viewer).bulk_update(residents, ["benefit_entry"], batch_size=200)
    end_with_benefit(viewer, first_days_without={end.pseudonym_id: end.ends_on for end in ends})


def _on_benefit(viewer: Viewer, ends: Sequence[BenefitEnd]) -> list[Resident]:
    """Return the residents in the order of the ends; raise when one of them cannot end then."""
    found: dict[int, Resident] = {}
    # Held, so that a placement that begins or ends at the same time is seen from one side.
    rows = Resident.objects.visible_to(viewer).select_for_update(of=("self",))
    for group in in_groups(sorted({end.pseudonym_id for end in ends})):
        held = rows.filter(pseudonym_id__in=group).select_related("benefit_entry").order_by("pk")
        found.update((row.pseudonym_id, row) for row in held)
    for end in ends:
        entry = found[end.pseudonym_id].benefit_entry if end.pseudonym_id in found else None
        if entry is None or entry.ends_on != STILL_OPEN:
            raise ActionRefusedError(_("Deze inwoner is niet bekend of heeft geen uitkering meer."))
        if end.ends_on <= entry.starts_on:
            raise ActionRefusedError(_("De uitkering kan niet eindigen voordat zij begon."))
    return [found[end.pseudonym_id] for end in ends]


def _checked_numbers(residents: Sequence[NewResident]) -> list[str]:
    """Return the numbers as nine digits; raise for every line with a wrong or double number."""
    numbers: dict[str, None] = {}
    faults: list[str] = []
    for line, resident in enumerate(residents, start=1):
        try:
            number = check_bsn(resident.bsn)
        except BsnError as error:
            faults.append(_on_line(line, _bsn_sentence(error.problem)))
            continue
        if number in numbers:
            faults.append(
                _on_line(line, _("dit burgerservicenummer staat al op een eerdere regel."))
            )
        numbers[number] = None
    if faults:
        raise ActionRefusedError(" ".join(faults))
    return list(numbers)


def _on_line(line: int, fault: str) -> str:
    return _("Regel %(line)s: %(fault)s") % {"line": line, "fault": fault}


def _bsn_sentence(problem: BsnProblem) -> str:
    """Say what is wrong with a number, without the number."""
    match problem:
        case BsnProblem.NOT_DIGITS:
            return _("een burgerservicenummer bestaat uit cijfers; spaties en punten mogen.")
        case BsnProblem.WRONG_LENGTH:
            return _("een burgerservicenummer heeft precies negen cijfers, ook nullen vooraan.")
        case BsnProblem.FAILS_ELEVEN_TEST:
            return _("dit is geen burgerservicenummer: het klopt niet met de elfproef.")


def _refuse_known(viewer: Viewer, numbers: Sequence[str]) -> None:
    # Asked of the whole municipality, also by who may not open the file: a number exists once.
    system = Viewer.system(viewer.municipality_id)
    indexes = {blind_index(number): line for line, number in enumerate(numbers, start=1)}
    known: list[int] = []
    for group in in_groups(list(indexes)):
        found = Resident.objects.visible_to(system).filter(bsn_index__in=group)
        known += [indexes[index] for index in found.values_list("bsn_index", flat=True)]
    if known:
        raise ActionRefusedError(
            " ".join(
                _on_line(line, _("iemand met dit burgerservicenummer is al bekend."))
                for line in sorted(known)
            )
        )


def coaching_teams(viewer: Viewer, coaches: set[int]) -> dict[int, int]:
    """Return the team of each of these coaches; raise ActionRefusedError for any other member."""
    found = dict(
        Membership.objects.filter(
            municipality_id=viewer.municipality_id,
            pk__in=coaches,
            role__in=[Role.COACH, Role.TEAM_LEAD],
        ).values_list("pk", "team_id")
    )
    if strange := sorted(coaches - found.keys()):
        names = ", ".join(map(str, strange))
        raise ActionRefusedError(_("Geen coach van deze gemeente: %(names)s.") % {"names": names})
    return found


@action(Permission.REGISTER_RESIDENT)
def give_sign_in(viewer: Viewer, *, pseudonym_id: int, membership_id: int) -> None:
    """Let a resident see the own path with this membership."""
    changed = (
        Resident.objects.visible_to(viewer)
        .filter(pseudonym_id=pseudonym_id)
        .update(membership_id=membership_id)
    )
    if not changed:
        raise ActionRefusedError(_("Deze inwoner is niet bekend."))


def note_spoken(viewer: Viewer, *, last_days: dict[int, date]) -> None:
    """Keep the last day on which each of these pseudonyms was spoken to; an earlier day is ignored.

    Called by the actions that record conversations, in their transaction.
    """
    residents = Resident.objects.visible_to(viewer)
    for group in in_groups(list(last_days)):
        later = []
        for row in residents.filter(pseudonym_id__in=group).only("pseudonym_id", "last_spoken_on"):
            day = last_days[row.pseudonym_id]
            if row.last_spoken_on is None or day > row.last_spoken_on:
                row.last_spoken_on = day
                later.append(row)
        residents.bulk_update(later, ["last_spoken_on"])


def note_last_spoken(viewer: Viewer, *, last_days: dict[int, date | None]) -> None:
    """Keep the last day on which each of these pseudonyms was spoken to, also when it is earlier.

    Called by the actions that correct conversations, in their transaction.
    """
    _keep_days(viewer, "last_spoken_on", last_days)


def hold(viewer: Viewer, *, pseudonym_ids: Sequence[int]) -> None:
    """Let others who change something about these people wait until this transaction is over.

    Called before what is kept of several rows is worked out, such as the first of the next steps.
    """
    residents = Resident.objects.visible_to(viewer).select_for_update(of=("self",)).order_by("pk")
    for group in in_groups(sorted(set(pseudonym_ids))):
        list(residents.filter(pseudonym_id__in=group).values_list("pk"))


def note_next_contact(viewer: Viewer, *, first_days: dict[int, date | None]) -> None:
    """Keep the first day on which a next step with each of these pseudonyms is planned, or None.

    Called by the actions that plan next steps or see them done, in their transaction.
    """
    _keep_days(viewer, "next_contact_on", first_days)


def note_no_contact(viewer: Viewer, *, until: dict[int, date | None]) -> None:
    """Keep until when each of these pseudonyms wants no contact; None when there is no such day.

    Called by the actions that write down that somebody wants no contact, in their transaction.
    """
    _keep_days(viewer, "no_contact_until", until)


def _keep_days(viewer: Viewer, field: str, days: dict[int, date | None]) -> None:
    residents = Resident.objects.visible_to(viewer)
    for group in in_groups(list(days)):
        changed = []
        for row in residents.filter(pseudonym_id__in=group).only("pseudonym_id", field):
            if getattr(row, field) != days[row.pseudonym_id]:
                setattr(row, field, days[row.pseudonym_id])
                changed.append(row)
        residents.bulk_update(changed, [field])
