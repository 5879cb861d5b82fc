"""Deciding about participation jobs; only by municipal roles (Participatiewet, article 7(4)).

Nothing is changed: a later word on the same matter takes the place of the earlier one, which
stays readable. What the law does not allow together is refused, with every reason at once.
"""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs.keeping import (
    ABOUT_A_PERSON,
    NewDecision,
    held,
    keep,
    keep_all,
    problems_of,
    refuse,
    withdrawn,
    wrong_words,
)
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.rules.participation_job.decided import ASSESSMENTS, Answer, Decided, Matter
from meedoen.rules.participation_job.facts import SchoolingChoice


@action(Permission.FIX_DUTIES)
def decide_all(viewer: Viewer, *, decisions: Sequence[NewDecision]) -> list[uuid.UUID]:
    """Keep what was decided and return the keys, in order; each builds on those before it.

    Raises ActionRefusedError, all or none, with every reason.
    """
    return keep_all(viewer, decisions)


@action(Permission.FIX_DUTIES)
def decide_schooling(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    choice: SchoolingChoice,
    decided_on: date,
    words: str = "",
    seen: int | None = None,
) -> None:
    """Decide on schooling beside the job of a placement: 10a(5).

    `seen` is the newest word (`ClockCard.seen`) that was shown to the viewer; here and below.
    Raises ActionRefusedError.
    """
    if choice is not SchoolingChoice.OFFERED and not words.strip():
        raise ActionRefusedError(_("Schrijf op waarom de gemeente geen scholing aanbiedt."))
    one = Decided(matter=Matter.SCHOOLING, on=decided_on, choice=choice.value)
    keep(viewer, key, one, words=words, seen=seen)


@action(Permission.FIX_DUTIES)
def assess(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    matter: Matter,
    grew: bool,
    assessed_on: date,
    words: str,
    seen: int | None = None,
) -> None:
    """Write down whether the chance of work grew, or going on makes it much better: 10a(8)-(10).

    Nothing ends by this: see `rules.participation_job.ending`. Raises ActionRefusedError.
    """
    if matter not in ASSESSMENTS:
        raise ActionRefusedError(_("Dit is geen beoordeling."))
    choice = Answer.YES if grew else Answer.NO
    one = Decided(matter=matter, on=assessed_on, choice=choice.value)
    keep(viewer, key, one, words=words, seen=seen)


@action(Permission.FIX_DUTIES)
def extend(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    number: int,
    other_work: bool,
    other_environment: bool,
    decided_on: date,
    words: str,
    seen: int | None = None,
) -> None:
    """Let somebody go on for a year, for the first (10a(9)) or second time (10a(10)).

    Raises ActionRefusedError.
    """
    one = Decided(
        matter=Matter.EXTENSION,
        on=decided_on,
        number=number,
        other_work=other_work,
        other_environment=other_environment,
    )
    keep(viewer, key, one, words=words, seen=seen)


@action(Permission.FIX_DUTIES)
def leave_out(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    starts_on: date,
    last_day: date | None,
    words: str,
    number: int = 0,
    seen: int | None = None,
) -> None:
    """Leave work under another provision out of the two years, for at most six months: 10a(3).

    `words` say at which organisation, and why a contract with it is in sight. Raises
    ActionRefusedError.
    """
    ends_on = last_day + timedelta(days=1) if last_day else None
    one = Decided(matter=Matter.LEFT_OUT, on=starts_on, number=number, ends_on=ends_on)
    keep(viewer, key, one, words=words, seen=seen)


@action(Permission.FIX_DUTIES)
def note_fact(
    viewer: Viewer, *, key: uuid.UUID, matter: Matter, answer: Answer, seen: int | None = None
) -> None:
    """Write down today whether somebody has a start qualification, or is in the group of 31(5).

    Raises ActionRefusedError.
    """
    if matter not in ABOUT_A_PERSON:
        raise ActionRefusedError(_("Dit is geen gegeven over de inwoner."))
    one = Decided(matter=matter, on=clock.today(), choice=answer.value)
    keep(viewer, key, one, seen=seen)


@action(Permission.FIX_DUTIES)
def take_back(viewer: Viewer, *, decision_key: uuid.UUID, words: str) -> None:
    """Say that a word does not hold; it stays readable, with why. Raises ActionRefusedError.

    What the law did not allow before may be left for a next word; nothing new may come with it.
    """
    row = Decision.objects.visible_to(viewer).filter(key=decision_key).first()
    if row is None:
        raise ActionRefusedError(_("Dit besluit bestaat niet of is niet voor u."))
    jobs = held(viewer, [row.pseudonym_id])[row.pseudonym_id]
    if row.pk not in {one.pk for one in jobs.holding}:
        raise ActionRefusedError(
            _("Dit geldt al niet meer: er is intussen iets anders vastgelegd, of teruggenomen.")
        )
    again = withdrawn(viewer, row, words)
    before, after = problems_of(jobs.facts), problems_of(jobs.with_row(again).facts)
    missing = [] if again.words else [_("Schrijf op waarom dit niet klopt.")]
    new = sentences(one for one in after if one not in before)
    refuse([*missing, *wrong_words(again.words), *new])
    again.save()
    note_changes(viewer, [row.pseudonym_id])
