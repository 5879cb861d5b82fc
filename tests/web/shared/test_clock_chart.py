"""The strip of dates fills the page: days stand in percents, letters and signs keep their size."""

from datetime import date

import pytest
from lxml import etree

from meedoen.rules.participation_job.milestones import MilestoneState
from meedoen.web.shared.clock_chart import ClockMarks, DateLane, DateMark, clock_chart

SVG = "{http://www.w3.org/2000/svg}"
FIRST, HALF, LAST = date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 21)


def drawn(today: date = HALF, *marks: DateMark, lane: str = "Premie") -> "etree._Element":
    """Draw work from the first day on, with one lane."""
    given = marks or (DateMark(LAST, MilestoneState.AHEAD, 6),)
    svg = clock_chart(
        "Termijnen",
        "Eerst komt de premie.",
        ClockMarks(
            today=today,
            today_name="vandaag",
            work_name="Gewerkt",
            work=[(FIRST, today)],
            lanes=[DateLane(lane, given)],
        ),
    )
    return etree.fromstring(svg)


def texts(root: "etree._Element") -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_it_is_one_image_that_is_as_wide_as_its_place() -> None:
    root = drawn()
    title, description = root[0], root[1]
    assert (root.get("width"), root.get("viewBox"), root.get("role")) == ("100%", None, "img")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == ("Termijnen", "Eerst komt de premie.")


def test_it_passes_a_strict_content_security_policy() -> None:
    svg = etree.tostring(drawn(), encoding="unicode")
    assert "style" not in svg
    assert "class=" not in svg
    assert "<ns0" not in svg


def test_days_are_spread_over_the_width() -> None:
    marks = [DateMark(day, MilestoneState.DONE, 6) for day in (FIRST, HALF, LAST)]
    signs = drawn(HALF, *marks).iter(f"{SVG}use")
    assert [sign.get("x") for sign in signs] == ["4.00%", "50.00%", "96.00%"]


@pytest.mark.parametrize("state", sorted(set(MilestoneState) - {MilestoneState.DOES_NOT_APPLY}))
def test_every_state_has_a_sign_that_is_drawn(state: MilestoneState) -> None:
    root = drawn(HALF, DateMark(LAST, state, 6))
    [sign] = root.iter(f"{SVG}use")
    known = {f"#{outline.get('id')}" for outline in root.iter(f"{SVG}path")}
    assert sign.get("href") in known


def test_it_tells_names_months_today_and_the_ends() -> None:
    assert texts(drawn()) == [
        "Gewerkt",
        "vandaag",
        "Premie",
        "6",
        "1 jan 2026",
        "21 jan 2026",
    ]


@pytest.mark.parametrize(("today", "anchor"), [(FIRST, "start"), (LAST, "end")])
def test_the_word_today_stands_on_the_side_where_there_is_room(today: date, anchor: str) -> None:
    marks = [DateMark(day, MilestoneState.AHEAD, 6) for day in (FIRST, LAST)]
    [word] = [one for one in drawn(today, *marks).iter(f"{SVG}text") if one.text == "vandaag"]
    assert word.get("text-anchor") == anchor


def test_one_day_is_drawn_too() -> None:
    root = drawn(FIRST, DateMark(FIRST, MilestoneState.NOW, 0))
    assert [sign.get("x") for sign in root.iter(f"{SVG}use")] == ["4.00%"]


def test_a_name_with_markup_stays_text() -> None:
    assert "<b>Premie</b>" in texts(drawn(lane="<b>Premie</b>"))
