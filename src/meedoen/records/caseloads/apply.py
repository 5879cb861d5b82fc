"""Taking a file over: some rows at a time, each lot all or nothing, together with its mark.

A row is looked at again before it is taken over. When it means something else than the report
said, it is left alone and says so. A run that is stopped at any moment and started again goes
on with the rows that have no mark yet, and comes out where one run would.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db import DataError, transaction
from django.db.models import F, Q, QuerySet

from meedoen.records.caseloads.acting import sender_of
from meedoen.records.caseloads.changes import Step, write
from meedoen.records.caseloads.facts import Judged, Setting, judge_all, judge_one, setting_of
from meedoen.records.caseloads.models import CaseloadFile, CaseloadRow
from meedoen.records.caseloads.numbers import APPLIED_AT_ONCE, LEAVERS, PEOPLE
from meedoen.records.caseloads.stored import (
    counts_of,
    files_of,
    read_texts,
    rows_of,
    stored_faults,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.caseload_queries import known_people
from meedoen.records.people.encryption import blind_index
from meedoen.rules.caseload.compare import Known
from meedoen.rules.caseload.judge import Judgement
from meedoen.rules.caseload.values import parse
from meedoen.rules.caseload.words import RowDecision, RowFault, RowProblem, RowVerdict
from meedoen.rules.files.words import FileState

TAKEN_OVER = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.BACK, RowVerdict.LEFT)
NOT_ANY_MORE = (
    "Wie dit bestand stuurde, mag geen caseload meer inlezen. De rest is niet overgenomen."
)
"""Kept with the file, so in Dutch."""
NOTHING_TO_DO = (RowVerdict.UNCHANGED, RowVerdict.OTHER_TEAM, RowVerdict.WRONG)


def to_take_over(file: CaseloadFile) -> "QuerySet[CaseloadRow]":
    """Return the rows that have something to be taken over and were not yet."""
    decided = Q(verdict=RowVerdict.LOOKS_LIKE, decision__in=[RowDecision.SAME, RowDecision.OTHER])
    return rows_of(file).filter(Q(verdict__in=TAKEN_OVER) | decided, applied_at__isnull=True)


def apply(municipality_id: int, file_id: int) -> None:
    """Take over what is left of a file that waits for it; otherwise do nothing."""
    in_file = _numbers_in(municipality_id, file_id)
    while _take_some(municipality_id, file_id, in_file):
        pass


def _numbers_in(municipality_id: int, file_id: int) -> frozenset[str]:
    """Return the digests of all numbers in a file, also of rows that were taken over already."""
    waiting = files_of(municipality_id).filter(pk=file_id, state=FileState.APPLYING)
    file = waiting.defer("content").first()
    if file is None:
        return frozenset()
    rows = rows_of(file).filter(line__gt=0).values_list("values", flat=True)
    today = clock.today()
    numbers = {parse(read_texts(values), today=today).bsn for values in rows.iterator()}
    return frozenset(blind_index(number) for number in numbers if number)


@transaction.atomic
def _take_some(municipality_id: int, file_id: int, in_file: Collection[str]) -> bool:
    """Take over one lot; False when there is nothing left to do."""
    waiting = files_of(municipality_id).filter(pk=file_id, state=FileState.APPLYING)
    # Held, so that a second run waits and then finds these rows marked.
    file = waiting.defer("content").select_for_update(of=("self",)).first()
    if file is None:
        return False
    sender = sender_of(file)
    rows = list(to_take_over(file).order_by("line", "pk")[:APPLIED_AT_ONCE]) if sender else []
    if sender is None or not rows:
        # Who may not import any more, takes nothing over: what was not done stays undone.
        _finish(file, refusal="" if sender else NOT_ANY_MORE)
        return False
    setting = setting_of(file, sender)
    steps = _steps(setting, rows, in_file)
    _take_over(setting, file, [one for one in steps if one.judgement.verdict in TAKEN_OVER])
    _leave(file, [one for one in steps if one.judgement.verdict in NOTHING_TO_DO])
    files_of(municipality_id).filter(pk=file_id).update(done=F("done") + len(rows))
    return True


def _steps(setting: Setting, rows: Sequence[CaseloadRow], in_file: Collection[str]) -> list[Step]:
    """Return what each row means now."""
    named = [row for row in rows if row.line]
    missing = [row for row in rows if not row.line]
    parsed = [parse(read_texts(row.values), today=setting.today) for row in named]
    judged = judge_all(setting, parsed, in_file)
    people = [row.looks_like_id for row in named if row.decision == RowDecision.SAME]
    same = known_people(
        setting.system, pseudonym_ids=[one for one in people if one], team_id=setting.team_id
    )
    left = known_people(
        setting.system,
        pseudonym_ids=[row.pseudonym_id for row in missing if row.pseudonym_id],
        team_id=setting.team_id,
    )
    steps = [_as_decided(setting, row, one, same) for row, one in zip(named, judged, strict=True)]
    return [*steps, *(_of_leaver(setting, row, left) for row in missing)]


def _as_decided(setting: Setting, row: CaseloadRow, judged: Judged, same: dict[int, Known]) -> Step:
    if row.decision == RowDecision.SAME:
        return _of_the_same(setting, row, judged, same)
    if row.decision == RowDecision.OTHER:
        # That somebody is alike was told in the report; what was decided then, holds.
        judged = judge_one(setting, judged.parsed, judged.known, None)
    told = RowVerdict.NEW if row.decision == RowDecision.OTHER else RowVerdict(row.verdict)
    judgement = _unless_otherwise(judged.judgement, told)
    return Step(row=row, judgement=judgement, judged=judged, known=judged.known)


def _of_the_same(
    setting: Setting, row: CaseloadRow, judged: Judged, same: dict[int, Known]
) -> Step:
    person = same.get(row.looks_like_id) if row.looks_like_id else None
    known = judged.known
    if person is None or (known is not None and known.pseudonym_id != person.pseudonym_id):
        return Step(row=row, judgement=_meanwhile(), judged=judged)
    again = judge_one(setting, judged.parsed, person, None)
    judgement = again.judgement
    if judgement.verdict == RowVerdict.UNCHANGED:
        # The number itself is the difference.
        judgement = Judgement(RowVerdict.CHANGED, judgement.faults)
    return Step(
        row=row, judgement=judgement, judged=again, known=person, same_as=person.pseudonym_id
    )


def _of_leaver(setting: Setting, row: CaseloadRow, left: dict[int, Known]) -> Step:
    known = left.get(row.pseudonym_id) if row.pseudonym_id else None
    if known is None or not known.is_own:
        judgement = Judgement(RowVerdict.OTHER_TEAM)
    elif known.benefit_ends_on is not None:
        judgement = Judgement(RowVerdict.UNCHANGED)
    elif known.stretch_starts_on >= setting.wanted.reference_date:
        judgement = _meanwhile()
    else:
        judgement = Judgement(RowVerdict.LEFT)
    return Step(row=row, judgement=judgement, known=known)


def _unless_otherwise(judgement: Judgement, told: RowVerdict) -> Judgement:
    """Return what a row means, or that it means something else to do than was told."""
    if judgement.verdict == told or judgement.verdict in NOTHING_TO_DO:
        return judgement
    return _meanwhile()


def _meanwhile() -> Judgement:
    return _left_out(RowProblem.CHANGED_MEANWHILE)


def _left_out(problem: RowProblem) -> Judgement:
    return Judgement(RowVerdict.WRONG, (RowFault(problem),))


def _take_over(setting: Setting, file: CaseloadFile, steps: Sequence[Step]) -> None:
    """Write the changes and mark the rows; one that is refused does not hold up the others."""
    if not steps:
        return
    try:
        with transaction.atomic():
            write(setting, steps)
    except (ActionRefusedError, DataError) as error:
        if len(steps) == 1:
            refused = isinstance(error, ActionRefusedError)
            problem = RowProblem.CHANGED_MEANWHILE if refused else RowProblem.NOT_TO_BE_KEPT
            _leave(file, [replace(steps[0], judgement=_left_out(problem))])
            return
        for step in steps:
            _take_over(setting, file, [step])
        return
    marked = rows_of(file).filter(pk__in=[step.row.pk for step in steps])
    marked.update(applied_at=clock.now())


def _leave(file: CaseloadFile, steps: Sequence[Step]) -> None:
    """Keep what rows mean now that there is nothing to take over from them."""
    for step in steps:
        step.row.verdict = step.judgement.verdict
        step.row.problems = stored_faults(step.judgement.faults)
        step.row.decision = ""
    rows_of(file).bulk_update(
        [step.row for step in steps], ["verdict", "problems", "decision"], batch_size=100
    )


def _finish(file: CaseloadFile, *, refusal: str) -> None:
    """Empty what the file said, and keep how many rows meant what."""
    kept = {name: file.counts.get(name, 0) for name in (LEAVERS, PEOPLE)}
    rows_of(file).update(values="")
    files_of(file.municipality_id).filter(pk=file.pk).update(
        state=FileState.DONE,
        refusal=refusal,
        content=b"",
        finished_at=clock.now(),
        counts=counts_of(file) | kept,
    )
