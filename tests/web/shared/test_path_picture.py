"""A path as a picture: none, one and many events, and words that fit the reader."""

from datetime import date, timedelta

import pytest
from lxml import etree

from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.placements.actions import end
from meedoen.records.placements.queries import placements_of
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.vocabulary import Outcome, PlacementState
from meedoen.web.shared.charts import LINE_COLOUR, TARGET_COLOUR
from meedoen.web.shared.path_chart import (
    BarLane,
    MoveLane,
    MoveMark,
    PathHeadings,
    PathMarks,
    RungMark,
    path_chart,
)
from meedoen.web.shared.path_picture import path_picture
from tests.records.ladder.scenes import HOUSE, MONEY, measure_steps, on
from tests.records.placements.desk import goes_on, trying
from tests.town import ON_RUNG_2, Town, talk

SVG = "{http://www.w3.org/2000/svg}"
MARCH, TODAY = date(2026, 3, 2), date(2026, 11, 2)
HEADINGS = PathHeadings(rungs="Trede", domains="Leefgebieden", places="Plekken", talks="Gesprekken")


def drawn(**marks: object) -> str:
    given = {"until": TODAY, **marks}
    return path_chart("Pad", "Van 2 naar 4.", PathMarks(**given), HEADINGS, "nl")


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(svg).iter(f"{SVG}text")]


def test_nothing_gives_no_picture() -> None:
    assert drawn() == ""


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"rungs": [RungMark(TODAY, Rung.ISOLATED)]}, "Trede"),
        ({"own_rungs": [RungMark(MARCH, Rung.PAID_WORK)]}, "Trede"),
        ({"domains": [MoveLane("Huisvesting", (MoveMark(TODAY, True, "2 naar 3"),))]}, "2 naar 3"),
        ({"places": [BarLane("Moestuin", ((MARCH, MARCH),))]}, "Moestuin"),
        ({"talks": [MARCH]}, "Gesprekken"),
    ],
)
def test_one_event_alone_makes_a_picture(marks: dict[str, object], words: str) -> None:
    found = texts(drawn(**marks))
    assert words in found
    assert "2 nov 2026" in found


def test_many_events_over_many_years_make_a_picture_with_a_few_years_under_it() -> None:
    days = [date(1995, 1, 1) + timedelta(days=40 * at) for at in range(280)]
    svg = drawn(
        rungs=[RungMark(day, Rung(1 + at % 6)) for at, day in enumerate(days)],
        talks=days,
        places=[BarLane(f"Plek {at}", ((days[at], days[at + 9]),)) for at in range(12)],
    )
    years = [text for text in texts(svg) if text.isdecimal() and len(text) == 4]
    assert 1 < len(years) <= 6
    assert {f"Plek {at}" for at in range(12)} <= set(texts(svg))


def test_the_picture_is_one_image_that_passes_a_strict_policy() -> None:
    svg = drawn(
        rungs=[RungMark(MARCH, Rung.ISOLATED)],
        places=[BarLane("<script>alert(1)</script>", ((MARCH, TODAY),))],
    )
    root = etree.fromstring(svg)
    assert (root.get("role"), root[0].text, root[1].text) == ("img", "Pad", "Van 2 naar 4.")
    for refused in ("<script", "style=", "class=", "font-family"):
        assert refused not in svg


def test_a_line_points_and_diamonds_differ_in_shape_not_only_in_colour() -> None:
    svg = drawn(rungs=[RungMark(MARCH, Rung.ISOLATED)], own_rungs=[RungMark(MARCH, Rung.PAID_WORK)])
    paths = list(etree.fromstring(svg).iter(f"{SVG}path"))
    [own] = [path for path in paths if path.get("stroke") == TARGET_COLOUR]
    [dot] = [path for path in paths if path.get("fill") == LINE_COLOUR and path.get("d")]
    assert own.get("fill") is None
    assert own.get("d") != dot.get("d")


def picture(town: Town, **more: object):
    roos = town.roos_file.pseudonym_id
    return path_picture(
        measurements=measurements_of(town.roos, pseudonym_id=roos),
        domains=domain_measurements_of(town.roos, pseudonym_id=roos),
        **more,
    )


def test_steps_up_and_down_are_marks_and_never_a_score(town: Town) -> None:
    measure_steps(town.anna, town.roos_file, MARCH, {MONEY: 2, HOUSE: 4})
    measure_steps(town.anna, town.roos_file, date(2026, 6, 1), {MONEY: 3, HOUSE: 3})
    with on(TODAY):
        found = picture(town)
    assert {"Financiën", "2 naar 3", "Huisvesting", "4 naar 3"} <= set(texts(found.chart))
    assert "Sinds de eerste meting: 1 leefgebied omhoog en 1 leefgebied omlaag." in found.sentence
    assert (
        found.facts[1].more == "Financiën omhoog: van 2 naar 3. Huisvesting omlaag: van 4 naar 3."
    )


def test_the_resident_is_spoken_to_and_gets_no_way_to_correct(town: Town) -> None:
    with on(MARCH):
        talk(town.anna, town.roos_file, MARCH, ON_RUNG_2)
        found = picture(town, for_resident=True)
    assert found.label == "Grafiek: uw pad in beeld"
    assert not any(fact.url for fact in found.facts)


def test_nothing_measured_says_so_instead_of_a_picture(town: Town) -> None:
    found = picture(town)
    assert (found.chart, found.facts) == ("", ())
    assert "Er is nog niets om te laten zien" in found.sentence


def test_a_trial_that_became_more_and_a_pause_are_no_start_and_no_end(town: Town) -> None:
    key = trying(town, date(2026, 9, 7))
    goes_on(town, key, PlacementState.ACTIVE, date(2026, 9, 21))
    goes_on(town, key, PlacementState.PAUSED, date(2026, 10, 5))
    goes_on(town, key, PlacementState.ACTIVE, date(2026, 10, 12))
    with on(date(2026, 10, 30)):
        end(town.anna, key=key, last_day=date(2026, 10, 29), outcome=Outcome.GOAL_REACHED)
    cards = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    facts = [(fact.day, str(fact.what)) for fact in picture(town, placements=cards).facts]
    assert (date(2026, 9, 7), "Begonnen bij een plek") in facts
    assert (date(2026, 10, 29), "Laatste dag bij een plek") in facts
    assert len([what for _day, what in facts if what.endswith("bij een plek")]) == 2
