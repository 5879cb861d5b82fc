"""What a row of a file means for the directory."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.rules.directory_file.compare import (
    KnownContact,
    KnownLocation,
    KnownOrganisation,
    KnownPlace,
    contact_differences,
    location_of,
    organisation_differences,
    place_differences,
)
from meedoen.rules.directory_file.values import Parsed
from meedoen.rules.directory_file.words import Field, RowFault, RowProblem, RowVerdict
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row means, what is wrong or left out, and which fields the file says otherwise."""

    verdict: RowVerdict
    faults: tuple[RowFault, ...] = ()
    differences: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for who and what is new where the file does not say it; nothing is None or 0."""

    organisation_kind: OrganisationKind | None = None
    kind: PlaceKind | None = None
    capacity: int | None = None
    half_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a row is compared with.

    `organisation` is None for who is new, and for who is only alike. `places` are those here
    that the row may mean: none is new, one is it. `is_first` says that this row is the first of
    its organisation in the file, which speaks for the organisation itself.
    """

    organisation: KnownOrganisation | None
    contacts: Sequence[KnownContact] = ()
    locations: Sequence[KnownLocation] = ()
    places: Sequence[KnownPlace] = ()
    district_id: int | None = None
    """Which district the row means, by its name or its address."""
    district_is_said: bool = False
    is_first: bool = True
    why: RowProblem | None = None
    """Why the organisation may be one that is known; None when that is not the question."""
    namesake_line: int | None = None
    """The line of another organisation with this name in the file, when both are new."""


def judge(parsed: Parsed, beside: Beside, defaults: Defaults) -> Judgement:
    """Return what a row means, with everything that is wrong with it at once."""
    faults = [*parsed.faults, *_lacking(parsed, beside, defaults)]
    place = beside.places[0] if len(beside.places) == 1 else None
    if beside.organisation and beside.organisation.has_left:
        faults.append(RowFault(RowProblem.ORGANISATION_LEFT, Field.ORGANISATION))
    if len(beside.places) > 1:
        faults.append(RowFault(RowProblem.PLACE_AMBIGUOUS, Field.TITLE))
    elif place and beside.why is None and not _belongs_to(place, beside.organisation):
        faults.append(RowFault(RowProblem.PLACE_OF_OTHER, Field.PLACE_ID))
    if any(not fault.is_note for fault in faults):
        return Judgement(RowVerdict.REFUSED, tuple(faults))
    return _of_right_row(parsed, beside, place, faults)


def _belongs_to(place: KnownPlace, organisation: KnownOrganisation | None) -> bool:
    return organisation is not None and place.organisation_id == organisation.organisation_id


def _lacking(parsed: Parsed, beside: Beside, defaults: Defaults) -> list[RowFault]:
    """Return what a row does not say, and is needed for who or what is new."""
    lacks: list[Field] = []
    is_new = beside.organisation is None
    if is_new and not (parsed.organisation.kind or defaults.organisation_kind):
        lacks.append(Field.ORGANISATION_KIND)
    place = parsed.place
    is_new_place = place is not None and not beside.places
    if place is not None and is_new_place:
        if not (place.kind or defaults.kind):
            lacks.append(Field.KIND)
        if not (place.half_days or defaults.half_days):
            lacks.append(Field.TIMES)
        if place.capacity is None and defaults.capacity is None:
            lacks.append(Field.CAPACITY)
    is_new_address = parsed.address.is_said and not location_of(parsed.address, beside.locations)
    if beside.district_id is None and (is_new_place or is_new_address):
        lacks.append(Field.DISTRICT)
    told = {fault.field for fault in parsed.faults if not fault.is_note}
    missing = [RowFault(RowProblem.MISSING_VALUE, one) for one in lacks if one not in told]
    if parsed.is_stopped and is_new_place:
        missing.append(RowFault(RowProblem.STOPPED_AT_SOURCE, Field.TITLE))
    return missing


def _of_right_row(
    parsed: Parsed, beside: Beside, place: KnownPlace | None, faults: list[RowFault]
) -> Judgement:
    if (
        beside.district_id is not None
        and not beside.district_is_said
        and _adds_address(parsed, beside, place)
    ):
        faults.append(RowFault(RowProblem.DISTRICT_BY_ADDRESS, Field.DISTRICT))
    if beside.why is not None:
        faults.append(RowFault(beside.why, Field.ORGANISATION))
        return Judgement(RowVerdict.UNCERTAIN, tuple(faults))
    if beside.namesake_line is not None:
        facts = {"line": beside.namesake_line}
        faults.append(RowFault(RowProblem.NAME_ON_LINE, Field.ORGANISATION, facts))
        return Judgement(RowVerdict.UNCERTAIN, tuple(faults))
    if beside.organisation is None or (parsed.place is not None and place is None):
        differences = _of_organisation(parsed, beside, beside.organisation)
        return Judgement(RowVerdict.NEW, tuple(faults), tuple(differences))
    return _of_known(parsed, beside, beside.organisation, place, faults)


def _adds_address(parsed: Parsed, beside: Beside, place: KnownPlace | None) -> bool:
    is_new_place = parsed.place is not None and place is None
    return is_new_place or (
        parsed.address.is_said and location_of(parsed.address, beside.locations) is None
    )


def _of_organisation(
    parsed: Parsed, beside: Beside, organisation: KnownOrganisation | None
) -> list[Field]:
    if organisation is None:
        return []
    said = parsed.organisation
    found = list(organisation_differences(said, organisation)) if beside.is_first else []
    found += contact_differences(said, beside.contacts)
    if parsed.address.is_said and location_of(parsed.address, beside.locations) is None:
        found.append(Field.LOCATION)
    return found


def _of_known(
    parsed: Parsed,
    beside: Beside,
    organisation: KnownOrganisation,
    place: KnownPlace | None,
    faults: list[RowFault],
) -> Judgement:
    open_place = place if place and not place.is_closed else None
    differences = _of_organisation(parsed, beside, organisation)
    if place and place.is_closed:
        faults.append(RowFault(RowProblem.PLACE_CLOSED, Field.TITLE))
    if parsed.place and open_place:
        location = location_of(parsed.address, beside.locations)
        differences += place_differences(
            parsed.place,
            open_place,
            location_id=location.location_id if location else None,
            district_id=beside.district_id if beside.district_is_said else None,
        )
        if parsed.place.capacity is not None and parsed.place.capacity < open_place.taken:
            facts = {"taken": open_place.taken}
            faults.append(RowFault(RowProblem.CAPACITY_LEFT_OUT, Field.CAPACITY, facts))
    found = tuple(dict.fromkeys(differences))
    return Judgement(RowVerdict.CHANGED if found else RowVerdict.SAME, tuple(faults), found)
