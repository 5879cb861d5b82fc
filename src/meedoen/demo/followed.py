"""How placements go and what comes after them: evaluations, next steps, aftercare and reports."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import Q

from meedoen.demo import moving_texts
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import at_the_desk, midnight, working_day
from meedoen.demo.load import Written
from meedoen.demo.whereabouts import Guest, Someone, guests_now
from meedoen.records.following.aftercare_actions import NewAftercare, note_aftercare
from meedoen.records.following.days import ended
from meedoen.records.following.endings import running
from meedoen.records.following.evaluation_actions import NewEvaluation, hold_evaluations
from meedoen.records.following.next_step_actions import NewChoice, choose_next_step
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.report_actions import answer_report, report
from meedoen.rules.periods import add_months
from meedoen.rules.placement_states import COMES, TAKES_PART
from meedoen.rules.places.following import moments_after, shipped_rhythms
from meedoen.rules.vocabulary import (
    AftercareFinding,
    HowItGoes,
    MoveReason,
    PartnerReportKind,
    Preference,
    ReportFollowUp,
)

HELD_SHARE, PLANNED_SHARE = 0.75, 0.3
MONTHS_LOOKED_BACK = 14
"""Only evaluations of the last months were written down here."""
FOUND = {HowItGoes.WELL: 5, HowItGoes.MIXED: 3, HowItGoes.BADLY: 1}
CHOICES, CHOSEN_SHARE, DAYS_BEFORE_THE_END = 8, 0.7, 120
CONTACTS, CONTACT_SHARE = 24, 0.75
CHOICE_DAYS_AGO, WORRY_DAYS_AGO, ANSWER_DAYS_AGO = 6, 12, 9
FINDINGS = (
    AftercareFinding.TAKES_PART,
    AftercareFinding.IN_PAID_WORK,
    AftercareFinding.LOOKS_FOR_SOMETHING,
    AftercareFinding.NOT_REACHED,
)


def write_followed(
    written: Written, people: Sequence[Someone], partner: Viewer, shown: int
) -> None:
    """Write down how placements go, what comes next, and what the partner reports.

    `shown` is the pseudonym of the resident who can sign in.
    """
    here = guests_now(written, people)
    _write_evaluations(written, here, shown)
    _write_choices(written, people, here)
    _write_aftercare(written, people)
    _write_reports(written, here, partner)


# --- while it lasts ------------------------------------------------------------------------------


def _write_evaluations(written: Written, here: Sequence[Guest], shown: int) -> None:
    of_coach: dict[int, list[NewEvaluation]] = defaultdict(list)
    coaches = {one.who.coach.membership_id or 0: one.who.coach for one in here}
    for one in here:
        random = dice("evaluations", written.town.sketch.code, one.who.life.person.bsn, one.kind)
        if one.started_on is None or one.state not in TAKES_PART:
            continue
        sure = one.who.pseudonym_id == shown
        of_coach[one.who.coach.membership_id or 0] += _evaluations(
            random, one, one.started_on, written.town.until, is_sure=sure
        )
    with clock.at(midnight(written.town.until)):
        for membership_id, some in sorted(of_coach.items()):
            hold_evaluations(coaches[membership_id], evaluations=some)


def _evaluations(
    random: Random, one: Guest, started_on: date, until: date, *, is_sure: bool
) -> Iterator[NewEvaluation]:
    """Yield the times it was talked over lately, by the rhythm of the kind; a few were not."""
    rhythm = shipped_rhythms()[one.kind][-1]
    planned_on = started_on + timedelta(weeks=rhythm.first_weeks)
    since = add_months(until, -MONTHS_LOOKED_BACK)
    while (held_on := working_day(planned_on)) < until:
        planned_on = add_months(planned_on, rhythm.every_months)
        if held_on < since or not (is_sure or happens(random, HELD_SHARE)):
            continue
        recorded_at = at_the_desk(random, held_on)
        is_last = working_day(planned_on) >= until
        agreed_next = until + timedelta(days=random.randint(4, 60))
        with_partner = happens(random, 0.7)
        finds, partner_finds = random.choices(list(FOUND), weights=list(FOUND.values()), k=2)
        yield NewEvaluation(
            key=one.key,
            held_on=held_on,
            with_resident=True,
            with_partner=with_partner,
            resident_finds=finds,
            partner_finds=partner_finds if with_partner else HowItGoes.NOT_ASKED,
            resident_said=random.choice(moving_texts.SAID_RESIDENT[finds]),
            partner_said=random.choice(moving_texts.SAID_PARTNER[partner_finds])
            if with_partner
            else "",
            agreed=random.choice(moving_texts.AGREED),
            next_on=agreed_next if is_last and happens(random, PLANNED_SHARE) else None,
            recorded_at=min(recorded_at, midnight(until) - timedelta(hours=1)),
        )


# --- before it ends ------------------------------------------------------------------------------


def _write_choices(written: Written, people: Sequence[Someone], here: Sequence[Guest]) -> None:
    """Choose what comes next for most of the first team whose placement ends soon."""
    random = dice("choices", written.town.sketch.code)
    team = {one.pseudonym_id for one in people if one.team == people[0].team}
    on = written.town.until - timedelta(days=CHOICE_DAYS_AGO)
    endings = running(written.system, pseudonym_ids=sorted(team))
    soon = []
    for one in here:
        found = endings.get(one.placement_id)
        last_day = found.ending.last_day if found else None
        if last_day and on <= last_day <= on + timedelta(days=DAYS_BEFORE_THE_END):
            soon.append(one)
    with clock.at(midnight(on)):
        for number, one in enumerate(soon[:CHOICES]):
            if number and not happens(random, CHOSEN_SHARE):
                continue
            follows, said, follow_up = moving_texts.NEXT_STEPS[
                number % len(moving_texts.NEXT_STEPS)
            ]
            choose_next_step(
                one.who.coach,
                new=NewChoice(
                    key=one.key,
                    follows=follows,
                    preference=random.choice([Preference.WANTS_THIS, Preference.AGREES]),
                    resident_said=said,
                    follow_up=follow_up,
                    follow_up_on=working_day(on + timedelta(days=random.randint(7, 30))),
                ),
            )


# --- after it ended ------------------------------------------------------------------------------


def _write_aftercare(written: Written, people: Sequence[Someone]) -> None:
    """Ask how it goes after ends of the past year, as far as the table of moments reaches back."""
    random = dice("aftercare", written.town.sketch.code)
    until = written.town.until
    by_id = {one.pseudonym_id: one for one in people}
    since = add_months(until, -12)
    over = [
        one
        for one in ended(written.system, Q(), since=since)
        if one.placement.pseudonym_id in by_id
    ]
    due = [
        (one, moment)
        for one in over
        for moment in moments_after(one.outcome, last_day=one.last_day)
        if moment < until - timedelta(days=7)
    ]
    with clock.at(midnight(until)):
        for one, moment in due[:CONTACTS]:
            if not happens(random, CONTACT_SHARE):
                continue
            done_on = working_day(moment + timedelta(days=random.randint(0, 5)))
            if done_on < until:
                note_aftercare(
                    by_id[one.placement.pseudonym_id].coach,
                    new=NewAftercare(
                        key=one.placement.key,
                        done_on=done_on,
                        finding=random.choice(FINDINGS),
                        recorded_at=at_the_desk(random, done_on - timedelta(days=2)),
                    ),
                )


# --- what the organisation reports ---------------------------------------------------------------


def _write_reports(written: Written, here: Sequence[Guest], partner: Viewer) -> None:
    """Let the partner who can sign in report worries, one of them answered, and propose an end."""
    until = written.town.until
    guests = [
        one
        for one in here
        if one.organisation_id == partner.organisation_id
        and one.state in COMES
        and one.started_on is not None
        and one.started_on < until - timedelta(days=2 * WORRY_DAYS_AGO)
    ]
    if not guests:
        return
    first, *others = guests
    with clock.at(midnight(until - timedelta(days=WORRY_DAYS_AGO))):
        answered = report(
            partner, key=first.key, kind=PartnerReportKind.WORRY, text=moving_texts.WORRY_ANSWERED
        )
    with clock.at(midnight(until - timedelta(days=ANSWER_DAYS_AGO))):
        answer_report(
            first.who.coach,
            key=answered,
            follow_up=ReportFollowUp.CHANGED,
            text=moving_texts.WORRY_ANSWER,
        )
    with clock.at(midnight(until - timedelta(days=2))):
        for one in others[:1]:
            report(partner, key=one.key, kind=PartnerReportKind.WORRY, text=moving_texts.WORRY_OPEN)
        last = others[1] if len(others) > 1 else first
        report(
            partner,
            key=last.key,
            kind=PartnerReportKind.PROPOSES_END,
            text=moving_texts.ENDS_BECAUSE,
            last_day=until + timedelta(days=28),
            reason=MoveReason.WORK_IS_DONE,
        )
