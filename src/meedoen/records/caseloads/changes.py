"""From rows of a file to the actions on people, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from meedoen.records.caseloads.facts import Judged, Setting
from meedoen.records.caseloads.models import CaseloadRow
from meedoen.records.people.actions import BenefitEnd, NewResident, end_benefits, register_all
from meedoen.records.people.benefit_actions import Resumption, resume_benefits
from meedoen.records.people.detail_actions import (
    Move,
    NewDetails,
    RightNumber,
    correct_numbers,
    move_all,
    update_details,
)
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.rules.caseload.compare import Known, details
from meedoen.rules.caseload.judge import Judgement, resumes_on
from meedoen.rules.caseload.words import Field, RowVerdict

REASON = "Overgenomen uit een bestand met de caseload."
"""Kept with each hand-over, so in Dutch, like what coaches write there."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row that is to be taken over, with what it means now.

    `judged` is what the row says, None for somebody who is missing from the file. `known` is
    the person it is about, None for who is new. `same_as` is the person whose number is wrong
    here and right in the file.
    """

    row: CaseloadRow
    judgement: Judgement
    judged: Judged | None = None
    known: Known | None = None
    same_as: int | None = None


def write(setting: Setting, steps: Sequence[Step]) -> None:
    """Do what these rows ask. Raises ActionRefusedError, in a transaction of the caller."""
    system = setting.system
    if new := [_new(setting, one) for one in steps if _is(one, RowVerdict.NEW)]:
        register_all(system, residents=new)
    if numbers := [_number(one) for one in steps if one.same_as is not None]:
        correct_numbers(system, corrections=numbers)
    if changes := [change for one in steps for change in _details(one)]:
        update_details(system, changes=changes)
    changed = [one for one in steps if _is(one, RowVerdict.CHANGED)]
    if moves := [_move(setting, one) for one in changed if _differs(one, Field.DISTRICT)]:
        move_all(system, moves=moves)
    if handovers := [_hand_over(setting, one) for one in changed if _differs(one, Field.COACH)]:
        hand_over_all(system, handovers=handovers)
    if ends := [_end(setting, one) for one in steps if _is(one, RowVerdict.LEFT)]:
        end_benefits(system, ends=ends)
    if back := [_resumption(setting, one) for one in steps if _is(one, RowVerdict.BACK)]:
        resume_benefits(system, resumptions=back)


def _is(step: Step, verdict: RowVerdict) -> bool:
    return step.judgement.verdict == verdict


def _differs(step: Step, field: Field) -> bool:
    return field in step.judgement.differences


def _there(value: T | None) -> T:
    """Return what a row that may be taken over has; the judgement made sure of that."""
    if value is None:
        raise ValueError("a row was taken over that lacks what it needs")
    return value


def _new(setting: Setting, step: Step) -> NewResident:
    judged = _there(step.judged)
    parsed, found = judged.parsed, judged.found
    starts_on = _there(parsed.benefit_start)
    return NewResident(
        given_name=parsed.given_name,
        family_name=parsed.family_name,
        birth_date=_there(parsed.birth_date),
        bsn=parsed.bsn,
        phone=parsed.phone,
        district_id=_there(found.district_id),
        coach_id=_there(found.coach_id or setting.wanted.default_coach_id),
        benefit_starts_on=starts_on,
        benefit_ends_on=parsed.ends_on,
        # A file says who is responsible now, not since when.
        coach_starts_on=max(starts_on, setting.wanted.reference_date),
        coach_ends_on=parsed.ends_on,
    )


def _number(step: Step) -> RightNumber:
    return RightNumber(_there(step.same_as), _there(step.judged).parsed.bsn)


def _details(step: Step) -> list[NewDetails]:
    if step.judged is None or step.known is None:
        return []
    told = details(step.judged.parsed, step.known)
    if not told:
        return []
    parsed = step.judged.parsed
    return [
        NewDetails(
            pseudonym_id=step.known.pseudonym_id,
            given_name=parsed.given_name if Field.GIVEN_NAME in told else None,
            family_name=parsed.family_name if Field.FAMILY_NAME in told else None,
            birth_date=parsed.birth_date if Field.BIRTH_DATE in told else None,
            phone=parsed.phone if Field.PHONE in told else None,
        )
    ]


def _move(setting: Setting, step: Step) -> Move:
    return Move(
        pseudonym_id=_there(step.known).pseudonym_id,
        district_id=_there(_there(step.judged).found.district_id),
        on=setting.wanted.reference_date,
    )


def _hand_over(setting: Setting, step: Step) -> HandOver:
    return HandOver(
        pseudonym_id=_there(step.known).pseudonym_id,
        to_coach_id=_there(_there(step.judged).found.coach_id),
        # A file says who is responsible now; who was so before stays so.
        on=setting.today,
        reason=REASON,
    )


def _end(setting: Setting, step: Step) -> BenefitEnd:
    person = _there(step.known).pseudonym_id
    if step.judged is None:
        return BenefitEnd(person, setting.wanted.reference_date)
    return BenefitEnd(person, _there(step.judged.parsed.ends_on))


def _resumption(setting: Setting, step: Step) -> Resumption:
    judged, known = _there(step.judged), _there(step.known)
    starts_on = resumes_on(judged.parsed, known)
    return Resumption(
        pseudonym_id=known.pseudonym_id,
        starts_on=starts_on,
        ends_on=judged.parsed.ends_on,
        district_id=_there(judged.found.district_id),
        coach_id=_there(judged.found.coach_id or setting.wanted.default_coach_id),
        coach_starts_on=max(starts_on, setting.wanted.reference_date),
    )
