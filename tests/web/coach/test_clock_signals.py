"""The dates of the law as signals: on the page of today, for who may open the file."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.participation_jobs import actions, premium_actions
from meedoen.records.placements.correcting import correct_start_day
from meedoen.records.signals.actions import refresh_all, snooze
from meedoen.records.signals.facts import facts_of
from meedoen.records.signals.models import Signal
from meedoen.rules.participation_job.facts import SchoolingChoice
from meedoen.rules.signals.kinds import SignalKind
from tests.records.participation_jobs.scenes import assessed, extended, stopped, working
from tests.town import ON_RUNG_2, Town, talk
from tests.web.coach.scenes import address, on, readable

JOBS = "job_"


def night(town: Town, day: date) -> list[tuple[str, str]]:
    """Work out the signals of a night; return kind and day of those of jobs that stand open."""
    with on(day):
        refresh_all(town.system)
    rows = Signal.objects.visible_to(town.system).filter(
        ended_at__isnull=True, kind__startswith=JOBS
    )
    return [(row.kind, row.due_on.isoformat()) for row in rows.order_by("kind", "due_on")]


def decide_all_of_six_months(town: Town, key, day: date) -> None:
    with on(day):
        actions.decide_schooling(town.anna, key=key, choice=SchoolingChoice.OFFERED, decided_on=day)
        premium_actions.decide_premium(
            town.anna, key=key, number=1, cooperated=True, hours_per_week=20, decided_on=day
        )


def test_a_date_comes_six_weeks_ahead_and_goes_when_it_is_dealt_with(town: Town) -> None:
    key = working(town)
    assert night(town, date(2026, 6, 2)) == []
    expected = [("job_premium", "2026-07-15"), ("job_schooling", "2026-07-15")]
    assert night(town, date(2026, 6, 3)) == expected
    decide_all_of_six_months(town, key, date(2026, 7, 20))
    assert night(town, date(2026, 7, 20)) == []


def test_a_decision_ends_the_signal_at_once(town: Town, sign_in) -> None:
    key = working(town)
    night(town, date(2026, 7, 20))
    decide_all_of_six_months(town, key, date(2026, 7, 20))
    with on(date(2026, 7, 20)):
        text = readable(sign_in(town.anna).get(reverse("coach:today")))
    assert "Besluit over de premie" not in text


def test_the_page_of_today_says_which_date_and_leads_to_the_dates(town: Town, sign_in) -> None:
    key = working(town)
    day = date(2026, 12, 1)
    night(town, day)
    with on(day):
        page = sign_in(town.anna).get(reverse("coach:today"))
    text = readable(page)
    assert "Op 15 juli 2026 waren 6 maanden bij Moestuin vol. Besluit nu over de premie." in text
    assert "Beoordeel dat uiterlijk op 15 oktober 2026, na 9 maanden." in text
    assert address("clock", key) in page.content.decode()


def test_what_one_job_asks_again_and_again_is_one_line_with_the_first_date(
    town: Town, sign_in
) -> None:
    key = working(town)
    day = date(2027, 12, 20)
    night(town, day)
    with on(day):
        page = sign_in(town.anna).get(reverse("coach:today"))
    text = readable(page)
    assert text.count("Op 15 juli 2026 waren 6 maanden bij Moestuin vol.") == 1
    assert "Dat geldt ook voor 3 andere datums: 15 januari 2027, 15 juli 2027 en" in text
    [roos] = [one for one in page.context["people"] if one.person.name == "Roos Nepstra"]
    premiums = [line for line in roos.lines if line.kind is SignalKind.JOB_PREMIUM]
    assert [(line.late, line.url) for line in premiums] == [(True, address("clock", key))]


def test_what_was_put_off_is_a_line_of_its_own_again(town: Town, sign_in) -> None:
    working(town)
    day = date(2027, 2, 1)
    night(town, day)
    [first, _second] = (
        Signal.objects.visible_to(town.system)
        .filter(kind="job_premium", ended_at__isnull=True)
        .order_by("due_on")
    )
    with on(day):
        snooze(town.anna, signal_id=first.pk, until=day + timedelta(days=7), reason="Eerst bellen.")
        text = readable(sign_in(town.anna).get(reverse("coach:today")))
    assert "Op 15 januari 2027 waren 12 maanden bij Moestuin vol." in text
    assert "Op 15 juli 2026 waren" not in text


def test_the_end_by_law_is_told_before_and_after_its_day(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, date(2026, 10, 1), grew=False)
    for day, said in (
        (date(2026, 12, 20), "mag duren tot en met 14 januari 2027. Bespreek wat daarna komt."),
        (date(2027, 1, 20), "mocht duren tot en met 14 januari 2027, maar loopt nog."),
    ):
        night(town, day)
        with on(day):
            assert said in readable(sign_in(town.anna).get(reverse("coach:today")))
    stopped(town, key, date(2027, 1, 20))
    assert "job_must_end" not in dict(night(town, date(2027, 1, 21)))


def test_facts_that_cannot_be_become_a_signal(town: Town, sign_in) -> None:
    key = working(town, proposed_on=date(2025, 10, 1))
    extended(town, key)
    day = date(2028, 2, 1)
    with on(day):
        correct_start_day(town.anna, key=key, started_on=date(2025, 11, 1))
    assert night(town, day) == [("job_facts_wrong", "2025-11-01")]
    with on(day):
        text = readable(sign_in(town.anna).get(reverse("coach:today")))
    assert "past niet bij de wet" in text


def test_every_kind_of_date_has_a_sentence(town: Town, sign_in) -> None:
    working(town)
    for day, said in (
        (date(2027, 7, 1), "Op 15 juli 2027 duurt de participatiebaan bij Moestuin 18 maanden."),
        (date(2027, 12, 20), "Maakt een jaar langer bij een participatiebaan de kans op werk"),
        (date(2026, 7, 1), "Zonder startkwalificatie biedt de gemeente dan scholing aan."),
    ):
        night(town, day)
        with on(day):
            assert said in readable(sign_in(town.anna).get(reverse("coach:today")))


def test_who_may_not_open_the_file_sees_no_signal(town: Town, sign_in) -> None:
    working(town)
    day = date(2026, 7, 1)
    night(town, day)
    with on(day):
        assert "Besluit over de premie" not in readable(
            sign_in(town.carla).get(reverse("coach:today"))
        )


def test_facts_of_many_take_as_many_questions_as_of_one(town: Town) -> None:
    working(town)
    working(town, town.sam)
    working(town, town.tim, place=town.far)
    talk(town.anna, town.roos_file, date(2026, 3, 2), ON_RUNG_2)
    people = [one.pseudonym_id for one in (town.roos_file, town.sam, town.tim)]

    def questions(some: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            facts_of(town.system, pseudonym_ids=some, on=date(2026, 7, 1))
        return len(asked)

    assert questions(people) == questions(people[:1])
