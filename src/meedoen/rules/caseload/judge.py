"""What a row of a file means for what is known."""

from dataclasses import dataclass
from datetime import date

from meedoen.rules.caseload.compare import (
    Known,
    details,
    has_moved,
    has_other_coach,
    is_other_person,
)
from meedoen.rules.caseload.directory import Found
from meedoen.rules.caseload.values import Parsed
from meedoen.rules.caseload.words import Field, RowFault, RowProblem, RowVerdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row means, what is wrong or left out, and which fields the file says otherwise."""

    verdict: RowVerdict
    faults: tuple[RowFault, ...] = ()
    differences: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for the whole file: from when changes hold, and a coach for who is new."""

    reference_date: date
    default_coach_id: int | None


def judge(
    parsed: Parsed, found: Found, known: Known | None, *, looks_like: bool, wanted: Wanted
) -> Judgement:
    """Return what a row means.

    `known` is the person with the number of the row; `looks_like` says that nobody has it, but
    somebody with another number is alike. Whoever is of another team is left alone, and then
    nothing else is told.
    """
    if known is not None and not known.is_own:
        return Judgement(RowVerdict.OTHER_TEAM)
    faults = (*parsed.faults, *found.faults)
    if any(not fault.is_note for fault in faults):
        return Judgement(RowVerdict.WRONG, faults)
    if known is None:
        judgement = _of_somebody_new(parsed, found, wanted, looks_like=looks_like)
    elif is_other_person(parsed, known):
        judgement = _wrong(RowProblem.OTHER_PERSON, Field.BSN)
    elif known.benefit_ends_on is None:
        judgement = _of_running_benefit(parsed, found, known)
    else:
        judgement = _of_ended_benefit(parsed, found, known, known.benefit_ends_on, wanted)
    return Judgement(
        judgement.verdict, (*faults, *judgement.faults), tuple(sorted(judgement.differences))
    )


def _wrong(problem: RowProblem, field: Field | None = None) -> Judgement:
    return Judgement(RowVerdict.WRONG, (RowFault(problem, field),))


def _of_somebody_new(
    parsed: Parsed, found: Found, wanted: Wanted, *, looks_like: bool
) -> Judgement:
    if _names_coach_elsewhere(found):
        return Judgement(RowVerdict.OTHER_TEAM)
    if parsed.ends_on is not None and parsed.ends_on <= wanted.reference_date:
        note = RowFault(RowProblem.ENDED_BEFORE, Field.BENEFIT_END)
        return Judgement(RowVerdict.UNCHANGED, (note,))
    if found.coach_id is None and wanted.default_coach_id is None:
        return _wrong(RowProblem.COACH_MISSING, Field.COACH)
    return Judgement(RowVerdict.LOOKS_LIKE if looks_like else RowVerdict.NEW)


def _names_coach_elsewhere(found: Found) -> bool:
    return any(fault.problem == RowProblem.COACH_OF_OTHER_TEAM for fault in found.faults)


def _of_running_benefit(parsed: Parsed, found: Found, known: Known) -> Judgement:
    differences = list(details(parsed, known))
    notes = _start_notes(parsed, known)
    if parsed.ends_on is not None:
        if parsed.ends_on <= known.stretch_starts_on:
            return _wrong(RowProblem.END_BEFORE_LAST_CHANGE, Field.BENEFIT_END)
        return Judgement(RowVerdict.LEFT, notes, (*differences, Field.BENEFIT_END))
    if has_moved(found, known):
        differences.append(Field.DISTRICT)
    if has_other_coach(found, known):
        differences.append(Field.COACH)
    if known.hand_over_planned and found.coach_id not in {None, known.coach_id}:
        notes += (RowFault(RowProblem.HAND_OVER_PLANNED, Field.COACH),)
    verdict = RowVerdict.CHANGED if differences else RowVerdict.UNCHANGED
    return Judgement(verdict, notes, tuple(differences))


def _start_notes(parsed: Parsed, known: Known) -> tuple[RowFault, ...]:
    # A start in history is not corrected from a file: it would change what was counted.
    if parsed.benefit_start == known.benefit_since:
        return ()
    return (RowFault(RowProblem.START_DIFFERS, Field.BENEFIT_START),)


def _of_ended_benefit(
    parsed: Parsed, found: Found, known: Known, known_end: date, wanted: Wanted
) -> Judgement:
    if parsed.ends_on == known_end:
        return _only_details(parsed, known, (), wanted)
    if _is_back(parsed, known_end, wanted):
        return _back(parsed, found, known, wanted)
    note = RowFault(RowProblem.END_DIFFERS, Field.BENEFIT_END)
    return _only_details(parsed, known, (note,), wanted)


def _is_back(parsed: Parsed, known_end: date, wanted: Wanted) -> bool:
    if parsed.ends_on is None:
        return True
    starts_later = parsed.benefit_start is not None and parsed.benefit_start >= known_end
    return starts_later and parsed.ends_on > wanted.reference_date


def _back(parsed: Parsed, found: Found, known: Known, wanted: Wanted) -> Judgement:
    if _names_coach_elsewhere(found):
        return Judgement(RowVerdict.OTHER_TEAM)
    if found.coach_id is None and wanted.default_coach_id is None:
        return _wrong(RowProblem.COACH_MISSING, Field.COACH)
    differences = [*details(parsed, known), Field.BENEFIT_START, Field.COACH]
    if has_moved(found, known):
        differences.append(Field.DISTRICT)
    return Judgement(RowVerdict.BACK, (), tuple(differences))


def _only_details(
    parsed: Parsed, known: Known, notes: tuple[RowFault, ...], wanted: Wanted
) -> Judgement:
    """Compare what can still be of use; of who has left nothing is kept up to date."""
    if not known.is_on_benefit(wanted.reference_date):
        return Judgement(RowVerdict.UNCHANGED, notes)
    differences = tuple(details(parsed, known))
    return Judgement(
        RowVerdict.CHANGED if differences else RowVerdict.UNCHANGED, notes, differences
    )


def resumes_on(parsed: Parsed, known: Known) -> date:
    """Return from which day somebody who is back is on benefit again.

    When the file has a start before the end that is known here, the benefit never stopped.
    """
    days = [day for day in (parsed.benefit_start, known.benefit_ends_on) if day is not None]
    return max(days)
