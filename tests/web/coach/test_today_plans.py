"""What the plans of people ask of a coach today."""

from datetime import date, timedelta

from django.urls import reverse

from meedoen.records.plans.agreement_actions import agree, agree_own_plan
from meedoen.records.plans.evaluation_actions import hold_evaluation, plan_evaluations
from meedoen.records.signals.actions import refresh_all
from meedoen.rules.vocabulary import ObtainedHow
from tests.records.plans.scenes import AGREED, BEGUN, SAID, drafted, with_actions
from tests.town import Town
from tests.web.coach.scenes import address, on, readable

TODAY = reverse("coach:today")
EVALUATION = date(2026, 9, 15)


def roos(town: Town, sign_in, day: date, *, night: bool = True):
    """Return the names of the signals about Roos and the page, seen by Anna on a day."""
    with on(day):
        if night:
            refresh_all(town.system)
        page = sign_in(town.anna).get(TODAY)
    lines = [
        line
        for one in page.context["people"]
        if one.person.key == town.roos_file.key or str(one.person.key) == town.roos_file.key
        for line in one.lines
        if "lan" in str(line.name) or "Afspraak" in str(line.name)
    ]
    return [str(line.name) for line in lines], page


def test_a_plan_that_nobody_agreed_to_is_told_after_four_weeks_until_somebody_does(
    town: Town, sign_in
) -> None:
    key = drafted(town, template="first_steps")
    late = BEGUN + timedelta(days=28)
    assert roos(town, sign_in, late - timedelta(days=1))[0] == []
    names, page = roos(town, sign_in, late)
    assert names == ["Plan wacht op akkoord"]
    assert address("plan", town.roos_file.key) in page.content.decode()
    with on(late):
        agree(
            town.anna,
            key=key,
            version=1,
            agreed_on=late,
            how=ObtainedHow.SPOKEN,
            resident_said=SAID,
        )
    assert "Plan wacht op akkoord" not in roos(town, sign_in, late, night=False)[0]


def test_actions_that_are_late_come_each_with_what_was_agreed(town: Town, sign_in) -> None:
    with_actions(town, 3)
    names, page = roos(town, sign_in, date(2026, 4, 2))
    assert names == ["Afspraak uit het plan is te laat"] * 3
    assert (
        "Een afspraak uit het plan zou klaar zijn op 1 april 2026: Verzonnen actie 1"
        in readable(page)
    )


def test_an_evaluation_is_told_two_weeks_ahead_on_its_day_and_when_it_is_late(
    town: Town, sign_in
) -> None:
    key = with_actions(town, 0)
    with on(AGREED):
        plan_evaluations(town.anna, key=key, every_months=6, next_on=EVALUATION)
    assert roos(town, sign_in, EVALUATION - timedelta(days=15))[0] == []
    names, page = roos(town, sign_in, EVALUATION - timedelta(days=14))
    assert names == ["Plan samen bespreken"]
    assert "Het plan wordt samen besproken op 15 september 2026." in readable(page)
    _names, page = roos(town, sign_in, EVALUATION)
    assert "Vandaag gepland Roos Nepstra Het plan samen bespreken" in readable(page)
    _names, page = roos(town, sign_in, EVALUATION + timedelta(days=1))
    assert "Het plan zou samen besproken worden op 15 september 2026." in readable(page)
    with on(EVALUATION + timedelta(days=1)):
        hold_evaluation(
            town.anna,
            key=key,
            held_on=EVALUATION,
            with_resident=True,
            findings="Het gaat goed.",
            resident_said=SAID,
            next_on=date(2027, 3, 15),
        )
    assert roos(town, sign_in, EVALUATION + timedelta(days=1), night=False)[0] == []


def test_a_resident_who_agrees_is_told_of_for_a_week(town: Town, sign_in) -> None:
    key = drafted(town, template="first_steps")
    told = "Roos Nepstra : heeft ingestemd met het plan."
    with on(AGREED):
        agree_own_plan(town.roos, key=key, version=1, said=SAID)
    assert told in readable(roos(town, sign_in, AGREED)[1])
    assert told not in readable(roos(town, sign_in, AGREED + timedelta(days=8))[1])
