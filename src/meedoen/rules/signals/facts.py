"""What the rules for signals need to know of a person: days and states, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import PlacementState, PlanState


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a day; `subject` tells it apart from others of its sort."""

    subject: str
    on: date


@dataclass(frozen=True, slots=True)
class JobDate:
    """A date that the law sets in a participation job and that asks for attention now.

    `on` is the last day on which it is in time. `subject` is the key of the placement and after
    how many months it falls.
    """

    kind: SignalKind
    subject: str
    on: date


@dataclass(frozen=True, slots=True)
class LawDate:
    """A date that the law sets for something else than a participation job; `on` is the last day.

    `subject` is the key of what it is about.
    """

    kind: SignalKind
    subject: str
    on: date


@dataclass(frozen=True, slots=True)
class ReferralWaits:
    """A referral that waits for the coach; `on` is the last day on which who must act is in time.

    `subject` is the key of the referral, or of the receiver for which the coach answers.
    """

    kind: SignalKind
    subject: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan that has not ended; its evaluations and actions are those still to be done."""

    subject: str
    state: PlanState
    drafted_on: date
    evaluations: tuple[Dated, ...] = ()
    actions: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFacts:
    """A placement that waits or runs; `since` is the first day of the state it is in.

    `worried_at` is when the organisation told last of a worry that it did not take back, and
    `stopped_on` the last day that it mentions when it says last that somebody stopped. Up to
    but not on `told_until` it said how the months went; None when it never did. `came` are the
    stretches in which somebody came, in order: the first day, and the day after the last.
    `worry_reported_on` and `end_proposed_on` are the days of the oldest reports that the coach did
    not answer.
    """

    subject: str
    state: PlacementState
    since: date
    planned_end_on: date | None = None
    worried_at: datetime | None = None
    stopped_on: date | None = None
    told_until: date | None = None
    came: tuple[tuple[date, date], ...] = ()
    worry_reported_on: date | None = None
    end_proposed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of one person on the day that is asked about.

    `benefit_since` is None without a running benefit. `talk_noted_at` is when a talk was written
    down last, which may be days after `spoken_on`. `ask_again_on` is the day to ask again of
    the time without contact that has not been ended, None when there is none. `next_steps` are
    the planned ones that were not done. `found_places` are those that nobody decided about,
    with the day on which they were handed in. `places_asking` are places that would suit and
    that ask whether somebody is known, with the day since which they do. `job_dates` are those
    of participation jobs, from the clock of the law. `evaluations` are the days on which it is
    talked over how placements go, `aftercare` the day to ask how it goes after one. Of placements
    that come to an end `to_choose` has the last day while nothing was chosen to come next, and
    `chosen` are those for which it was. `jobs_left` are placements in sheltered work that are over,
    with the last day, while the job goes on; `without_job` are those that go on with no decision
    or job, with the day since when. All by the key of the placement. `subsidy_dates` are those of
    the wage-cost subsidy of a job. `referrals` are what waits for the coach in referrals about the
    person.
    """

    benefit_since: date | None
    first_spoken_on: date | None = None
    spoken_on: date | None = None
    talk_noted_at: datetime | None = None
    ask_again_on: date | None = None
    next_steps: tuple[Dated, ...] = ()
    measured_on: date | None = None
    domains_measured_on: date | None = None
    plan: PlanFacts | None = None
    placements: tuple[PlacementFacts, ...] = ()
    found_places: tuple[Dated, ...] = ()
    places_asking: tuple[Dated, ...] = ()
    job_dates: tuple[JobDate, ...] = ()
    evaluations: tuple[Dated, ...] = ()
    to_choose: tuple[Dated, ...] = ()
    chosen: tuple[str, ...] = ()
    aftercare: tuple[Dated, ...] = ()
    lapsed_holds: tuple[Dated, ...] = ()
    waits_in_vain: tuple[Dated, ...] = ()
    jobs_left: tuple[Dated, ...] = ()
    without_job: tuple[Dated, ...] = ()
    subsidy_dates: tuple[LawDate, ...] = ()
    referrals: tuple[ReferralWaits, ...] = ()
