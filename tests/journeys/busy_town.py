"""A town in which much happened to placements, and the addresses of pages that show it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse

from meedoen.records.following.evaluation_actions import hold_evaluation
from meedoen.records.organisations import clock
from meedoen.records.participation_jobs.actions import decide_schooling
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.participation_jobs.premium_actions import decide_premium
from meedoen.records.placements.actions import set_planned_end
from meedoen.records.placements.report_actions import report
from meedoen.records.waiting.actions import promote_one
from meedoen.records.waiting.kind_actions import NewLine, wait_for_kinds
from meedoen.rules.participation_job.facts import SchoolingChoice
from meedoen.rules.vocabulary import Outcome, PartnerReportKind, PlaceKind
from tests.matching import check_jobs
from tests.records.figures.scenes import crowd, take_part
from tests.records.flows.scenes import end
from tests.records.following.scenes import new_evaluation
from tests.records.participation_jobs.scenes import working
from tests.records.sheltered.scenes import employed, refused
from tests.records.waiting.scenes import place_of, propose
from tests.town import Person, Town
from tests.web.coach.scenes import proposed

TODAY, LAST_DAY = date(2026, 9, 1), date(2026, 10, 1)
PROPOSED, JULY = date(2026, 8, 24), date(2026, 7, 20)
LISTS = ("running", "starting", "ending", "waiting", "overdue")
MATTERS = ("kans-op-werk", "telt-niet-mee", "betaling", "startkwalificatie")


def pages_of(town: Town, now: datetime) -> Mapping[str, Sequence[str]]:
    """Let much happen; return the addresses to look at by the name of who looks."""
    people = moved_on(town)
    with clock.at(now):
        check_jobs(town)
    job = working(town)
    with clock.at(now):
        told = of_the_job(town, job)
        lists = of_the_lists(town, people)
        return {
            "anna": [*told, *lists, *of_sheltered_work(town)],
            "petra": [reverse("partner:people")],
            "roos": [reverse("resident:path")],
            "connie": of_policy(),
        }


def moved_on(town: Town) -> list[Person]:
    """Let thirty people take part, of whom twelve go on to volunteer work; return two others."""
    numbers = crowd(town, 32)
    jobs = take_part(town, numbers[:30], on=date(2024, 1, 8))
    end(town, jobs[:12], date(2024, 5, 31), Outcome.MOVED_ON_TO_OTHER_PLACE)
    take_part(town, numbers[:12], on=date(2024, 6, 10), kind=PlaceKind.VOLUNTEER_WORK)
    return [Person(number, "", "") for number in numbers[30:]]


def of_the_job(town: Town, job: uuid.UUID) -> list[str]:
    """Return the pages of a participation job on which it was decided and talked about."""
    talked = hold_evaluation(town.anna, new=new_evaluation(job, JULY))
    decide_schooling(
        town.anna, key=job, choice=SchoolingChoice.OFFERED, decided_on=date(2026, 7, 6)
    )
    decide_premium(
        town.anna,
        key=job,
        number=1,
        cooperated=True,
        hours_per_week=Decimal("12.5"),
        decided_on=JULY,
    )
    set_planned_end(town.anna, key=job, on=LAST_DAY)
    told = report(town.petra, key=job, kind=PartnerReportKind.WORRY, text="Komt vaak te laat.")
    decision = Decision.objects.visible_to(town.system).latest("pk").key
    of_job = "course start_day take_back terms"
    return [
        *(coach(f"placement_{name}", job) for name in of_job.split()),
        *(coach("clock_decide", job, matter) for matter in MATTERS),
        coach("clock", job),
        coach("clock_extend", job, 1),
        coach("clock_premium", job, 1),
        coach("clock_premium_print", job, 1),
        coach("clock_take_back", job, decision),
        coach("evaluation_correct", talked),
        coach("report", told),
        coach("what_follows", job),
        f"{coach('placements_together')}?kies={job}&naar=paused",
    ]


def of_the_lists(town: Town, people: Sequence[Person]) -> list[str]:
    """Return the lists of placements, and a waiting list on which one got a seat."""
    seat = propose(town, town.sam.pseudonym_id, town.repair, PROPOSED, waits=True)
    promote_one(town.anna, key=seat.key, reason="")
    for person in people:
        propose(town, person.pseudonym_id, town.repair, PROPOSED, waits=True)
    line = NewLine(pseudonym_id=town.sam.pseudonym_id, kind=PlaceKind.TRAINING, since=PROPOSED)
    wait_for_kinds(town.anna, lines=[line])
    starts = proposed(town, people[0], day=PROPOSED)
    return [
        *(f"{coach('placements')}?lijst={name}&whose=team" for name in LISTS),
        coach("placement", starts),
        coach("placement_hold", starts),
        f"{coach('waiting_place', place_of(town.repair).key)}?naam=a",
        f"{coach('waiting_kinds')}?kind=training",
    ]


def of_sheltered_work(town: Town) -> list[str]:
    """Return the pages of somebody in sheltered work, and of somebody who was refused it."""
    track, no = employed(town, town.sam), refused(town)
    return [
        coach("sheltered", town.sam.key),
        coach("sheltered", town.roos_file.key),
        coach("sheltered_hours", track),
        coach("wage_subsidy", track),
        coach("sheltered_step", track, "ended"),
        coach("objection", no),
    ]


def of_policy() -> list[str]:
    """Return the pages about a year in which people moved on, and about what ends soon."""
    of_year = "flows reconciliation fall_back"
    return [
        *(f"{reverse(f'policy:{name}')}?periode=2024" for name in of_year.split()),
        reverse("policy:cliff"),
        reverse("policy:sheltered"),
        f"{reverse('policy:ladder')}?van=2024-01&tot=2024-12",
    ]


def coach(name: str, *arguments: object) -> str:
    return reverse(f"coach:{name}", args=arguments)
