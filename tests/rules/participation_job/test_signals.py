"""Which dates ask for attention on a day, the late ones first."""

import pytest

from meedoen.rules.participation_job.facts import SchoolingChoice, SchoolingDecision
from meedoen.rules.participation_job.signals import asking, next_date
from tests.rules.participation_job.people import day, job, person


def asked(facts, on):
    return [(one.kind.value, one.state.value) for one in asking(facts, on=day(on))]


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        ("2026-01-15", []),
        ("2026-06-02", []),
        ("2026-06-03", [("schooling_offer", "now"), ("premium", "now")]),
        ("2026-07-16", [("schooling_offer", "overdue"), ("premium", "overdue")]),
        (
            "2026-09-03",
            [("schooling_offer", "overdue"), ("premium", "overdue"), ("assess_chance", "now")],
        ),
    ],
)
def test_what_asks_for_attention(on, kinds):
    assert asked(person(), on) == kinds


def test_what_was_done_asks_for_nothing_any_more():
    offered = SchoolingDecision(SchoolingChoice.OFFERED, day("2026-07-01"))
    assert asked(person(schooling=offered), "2026-07-16") == [("premium", "overdue")]


def test_who_works_on_after_the_term_is_late_and_what_is_late_comes_first():
    assert asked(person(has_start_qualification=True), "2028-01-15") == [
        ("premium", "overdue"),
        ("assess_chance", "overdue"),
        ("premium", "overdue"),
        ("premium", "overdue"),
        ("assess_first_extension", "overdue"),
        ("end_of_term", "overdue"),
        ("premium", "now"),
    ]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2026-01-15", "schooling_offer"),
        ("2026-07-15", "schooling_offer"),
        ("2026-07-16", "assess_chance"),
        ("2027-11-16", "premium"),
        ("2028-01-15", "premium"),
        ("2028-01-16", None),
    ],
)
def test_the_next_date_that_comes(on, kind):
    found = next_date(person(), on=day(on))
    assert (found and found.kind.value) == kind


def test_who_stopped_has_no_next_date():
    assert next_date(person(job("2026-01-15", "2026-03-01")), on=day("2026-03-01")) is None
