"""Keeping what is decided: who is held, what the law refuses, what was sent twice.

Used by the actions, inside their transaction.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.participation_jobs.jobs import Jobs, decided, jobs_of
from meedoen.records.participation_jobs.limits import (
    LONGEST_WORDS,
    MOST_CENTS,
    first_and_last_day,
)
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.records.people.actions import hold
from meedoen.records.placements.models import Placement
from meedoen.rules.participation_job.clock import check
from meedoen.rules.participation_job.decided import (
    ASSESSMENTS,
    KNOWN,
    Answer,
    Decided,
    Matter,
    falls_on_work,
    next_number,
)
from meedoen.rules.participation_job.facts import ClockFacts, SchoolingChoice
from meedoen.rules.participation_job.joined import joined
from meedoen.rules.participation_job.premium import from_json, worked_out
from meedoen.rules.participation_job.problems import ClockError, ClockProblem
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.vocabulary import PlaceKind

NUMBERED = frozenset({Matter.LEFT_OUT, Matter.PAYMENT})
"""There may be any number of these; an extension and a premium have a number of their own."""
ONLY_ONE = frozenset(Matter) - NUMBERED - {Matter.EXTENSION, Matter.PREMIUM}
ABOUT_A_PERSON = frozenset({Matter.START_QUALIFICATION, Matter.WAGE_SUBSIDY_GROUP})
ASK_FOR_WORDS = frozenset({*ASSESSMENTS, Matter.LEFT_OUT, Matter.EXTENSION})
"""A judge may ask on what these rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """A word on a matter of one person.

    Of what may stand more than once number 0 is one more; another number corrects that one.
    """

    pseudonym_id: int
    decided: Decided
    words: str = ""
    basis: Mapping[str, Any] = field(default_factory=dict)


def keep_all(viewer: Viewer, decisions: Sequence[NewDecision]) -> list[uuid.UUID]:
    """Keep what was decided and return the keys, in order; each builds on those before it.

    Raises ActionRefusedError, all or none, with every reason.
    """
    people = [new.pseudonym_id for new in decisions]
    known = held(viewer, people)
    rows: list[Decision] = []
    for new in decisions:
        jobs = known[new.pseudonym_id]
        row = _row(viewer, jobs, new)
        refuse(_wrong_with(jobs, new, row))
        known[new.pseudonym_id] = jobs.with_row(row)
        rows.append(row)
    Decision.objects.bulk_create(rows, batch_size=1_000)
    note_changes(viewer, people)
    return [row.key for row in rows]


def keep(
    viewer: Viewer,
    key: uuid.UUID,
    one: Decided,
    *,
    words: str = "",
    seen: int | None = None,
    basis: Mapping[str, Any] | None = None,
) -> None:
    """Keep a word about the person of a placement; the same that is sent again is kept once.

    `seen` is the newest word that was shown to the viewer. Raises ActionRefusedError, also when
    somebody else wrote something down in the meantime.
    """
    pseudonym_id = person_of(viewer, key)
    new = NewDecision(pseudonym_id=pseudonym_id, decided=one, words=words, basis=basis or {})
    jobs = held(viewer, [pseudonym_id])[pseudonym_id]
    if _said_already(viewer, jobs, new):
        return
    if seen is not None and seen != jobs.seen:
        last = jobs.rows[-1]
        raise ActionRefusedError(
            _(
                "%(who)s legde intussen ook iets vast over deze participatiebaan. Wat u typte, "
                "staat er nog. Kijk of het nog klopt, en kies dan opnieuw."
            )
            % {"who": last.recorded_by.account.name if last.recorded_by else _("Een collega")}
        )
    keep_all(viewer, [new])


def person_of(viewer: Viewer, key: uuid.UUID) -> int:
    """Return whom a participation job is about. Raises ActionRefusedError."""
    rows = Placement.objects.visible_to(viewer).filter(
        key=key, place__kind=PlaceKind.PARTICIPATION_JOB
    )
    pseudonym_id = rows.values_list("pseudonym_id", flat=True).first()
    if pseudonym_id is None:
        raise ActionRefusedError(_("Deze participatiebaan bestaat niet of is niet voor u."))
    return pseudonym_id


def held(viewer: Viewer, pseudonym_ids: Sequence[int]) -> dict[int, Jobs]:
    """Return the jobs of people; others who decide about them wait until the transaction is over.

    Raises ActionRefusedError when somebody never began, or is not for this viewer.
    """
    hold(viewer, pseudonym_ids=pseudonym_ids)
    known = jobs_of(viewer, pseudonym_ids=pseudonym_ids)
    if set(pseudonym_ids) - known.keys():
        raise ActionRefusedError(
            _(
                "Deze inwoner is nog niet begonnen op een participatiebaan, of is niet voor u. "
                "Leg dit vast na de eerste dag."
            )
        )
    return known


def withdrawn(viewer: Viewer, row: Decision, words: str) -> Decision:
    """Return the row that takes back another one; not kept yet."""
    new = NewDecision(
        pseudonym_id=row.pseudonym_id, decided=decided(row), words=words, basis=row.basis
    )
    again = _of(viewer, new, row.number)
    again.withdrawn = True
    return again


def refuse(wrong: Iterable[str]) -> None:
    """Raise ActionRefusedError with every sentence, when there is any."""
    said = list(dict.fromkeys(wrong))
    if said:
        raise ActionRefusedError(" ".join(said))


def wrong_words(words: str) -> Iterator[str]:
    """Give what is wrong with words that somebody wrote."""
    if len(words) > LONGEST_WORDS:
        yield _("Schrijf het korter: hooguit %(most)s tekens.") % {"most": LONGEST_WORDS}
    if holds_bsn(words):
        yield _("Hier staat een burgerservicenummer. Haal het weg.")
    if fault := health_fault(words):
        yield fault


def problems_of(facts: ClockFacts) -> tuple[ClockProblem, ...]:
    """Return what the law does not allow."""
    try:
        check(facts, on=clock.today())
    except ClockError as error:
        return error.problems
    return ()


def _said_already(viewer: Viewer, jobs: Jobs, new: NewDecision) -> bool:
    """Return whether the newest word is this one, sent again."""
    last = jobs.rows[-1] if jobs.rows else None
    if last is None or last.recorded_by_id != viewer.membership_id or last.withdrawn:
        return False
    kept = decided(last)
    one = new.decided if new.decided.number else replace(new.decided, number=kept.number)
    return (kept, last.words, last.basis) == (one, new.words.strip(), dict(new.basis))


def _row(viewer: Viewer, jobs: Jobs, new: NewDecision) -> Decision:
    one = new.decided
    number = one.number
    if one.matter in NUMBERED and not number:
        number = next_number(map(decided, jobs.rows), one.matter)
    return _of(viewer, new, number)


def _of(viewer: Viewer, new: NewDecision, number: int) -> Decision:
    one = new.decided
    return Decision(
        municipality_id=viewer.municipality_id,
        pseudonym_id=new.pseudonym_id,
        matter=one.matter.value,
        number=number,
        choice=one.choice,
        day=one.on,
        ends_on=one.ends_on,
        other_work=one.other_work,
        other_environment=one.other_environment,
        cents=one.cents,
        basis=dict(new.basis),
        words=new.words.strip(),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )


def _wrong_with(jobs: Jobs, new: NewDecision, row: Decision) -> Iterator[str]:
    matter = new.decided.matter
    if not _number_fits(jobs, new):
        yield _("Wat u verbetert, bestaat niet. Leg het vast als iets nieuws.")
    if row.day > clock.today() and matter is not Matter.LEFT_OUT:
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
    if matter in ASK_FOR_WORDS and not row.words:
        yield _("Schrijf op waarop dit rust.")
    yield from wrong_words(row.words)
    if matter is Matter.PAYMENT and not 0 < row.cents <= MOST_CENTS:
        yield _("Vul een bedrag in van meer dan nul euro, en niet te groot.")
    first, last = first_and_last_day()
    if not all(first <= day <= last for day in (row.day, row.ends_on) if day):
        yield _("Kies een dag vanaf 1990, en hoogstens vijf jaar vooruit.")
    elif row.ends_on is not None and row.ends_on <= row.day:
        yield _("De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.")
    elif not _fits(matter, row.choice) or not _basis_fits(row):
        yield _("Dit antwoord past hier niet. Kies een ander antwoord.")
    else:
        yield from _wrong_days(jobs, row)
        yield from sentences(problems_of(jobs.with_row(row).facts))


def _wrong_days(jobs: Jobs, row: Decision) -> Iterator[str]:
    stretches = joined(jobs.worked)
    if row.matter == Matter.PAYMENT and row.day < stretches[0].starts_on:
        yield _(
            "De betaling ligt voor de eerste dag van het werk. Kies een latere dag, of verbeter "
            "de eerste dag."
        )
    if row.matter == Matter.LEFT_OUT and falls_on_work(stretches, decided(row)):
        yield _(
            "Op deze dagen werkte de inwoner in de participatiebaan, en dat telt mee. Leg eerst "
            "vast dat die toen stilstond of voorbij was (artikel 10a, derde lid)."
        )


def _number_fits(jobs: Jobs, new: NewDecision) -> bool:
    matter, number = new.decided.matter, new.decided.number
    if matter in NUMBERED and number:
        return any((one.matter, one.number) == (matter, number) for one in jobs.rows)
    return number == 1 if matter in ONLY_ONE else number >= 0


def _basis_fits(row: Decision) -> bool:
    """Return whether a premium comes with a basis that gives just this amount; else there is none.

    Raises KeyError, ValueError for a basis that is none.
    """
    if row.matter != Matter.PREMIUM:
        return not row.basis
    kept = from_json(row.basis)
    return (kept.basis.number, kept.cents) == (row.number, row.cents) and (
        worked_out(kept.basis) == kept
    )


def _fits(matter: Matter, choice: str) -> bool:
    if matter is Matter.SCHOOLING:
        return choice in set(SchoolingChoice)
    if matter in ASSESSMENTS:
        return choice in {Answer.YES, Answer.NO}
    return choice in KNOWN if matter in ABOUT_A_PERSON else not choice
