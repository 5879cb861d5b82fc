"""Pictures must pass a strict content security policy and say in words what they show."""

import re
from datetime import date
from itertools import combinations

import pytest
from lxml import etree

from meedoen.web.shared.charts import Ahead, Bar, Breaks, Point, bar_chart, line_chart

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [
    Point(date(2024, 12, 31), 905),
    Point(date(2025, 6, 30), None),
    Point(date(2025, 12, 31), 1602),
]


def texts(svg: str) -> list[str]:
    """Give every text that the picture shows."""
    return [element.text or "" for element in etree.fromstring(svg).iter(f"{SVG}text")]


def line(**changes: object) -> str:
    """Draw the usual line, with what a test wants otherwise."""
    given: dict[str, object] = {
        "title": "Participatiebanen",
        "description": "Van 905 naar 1.602.",
        "points": POINTS,
        "target": (1600, "Doel"),
        "language": "nl",
    }
    return line_chart(**{**given, **changes})  # type: ignore[arg-type]


def test_a_line_has_no_style_no_script_and_no_class() -> None:
    svg = line()
    assert "style=" not in svg
    assert "class=" not in svg
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_a_line_is_one_image_with_our_own_title_and_description() -> None:
    root = etree.fromstring(line())
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == ("Participatiebanen", "Van 905 naar 1.602.")
    inside = [key for element in root[2].iter() for key in element.attrib]
    assert not [key for key in inside if str(key).startswith("aria-") or key == "role"]


def test_a_title_with_markup_stays_text() -> None:
    svg = line(title='<b>plek</b> & "meer"')
    assert "<b>" not in svg
    assert etree.fromstring(svg)[0].text == '<b>plek</b> & "meer"'


def test_a_label_with_markup_stays_text() -> None:
    svg = line(target=(1600, "<script>"))
    assert "<script>" not in svg
    assert "<script> 1.600" in texts(svg)


def test_the_same_picture_is_drawn_the_same_twice() -> None:
    assert line() == line()


def test_two_pictures_share_no_ids() -> None:
    def ids(svg: str) -> set[str]:
        return {element.get("id", "") for element in etree.fromstring(svg).iter()} - {""}

    assert ids(line())
    assert not ids(line()) & ids(line(title="Beschut werk"))


def test_the_target_is_dashed_and_both_ends_carry_a_label() -> None:
    svg = line()
    assert 'stroke-dasharray="7,5"' in svg
    assert {"1.602", "Doel 1.600"} <= set(texts(svg))


def test_numbers_and_days_follow_the_language() -> None:
    assert {"1.602", "Doel 1.600", "31 dec 2025"} <= set(texts(line()))
    english = line(language="en", target=(1600, "Target"))
    assert {"1,602", "Target 1,600", "31 Dec 2025"} <= set(texts(english))


def test_a_day_that_was_not_measured_breaks_the_line() -> None:
    def moves(svg: str) -> int:
        lines = [
            element.get("d", "")
            for element in etree.fromstring(svg).iter(f"{SVG}path")
            if element.get("stroke") == "#00568b" and element.get("fill") is None
        ]
        return sum(path.count("M") for path in lines)

    whole = [Point(point.day, point.value or 1000) for point in POINTS]
    assert moves(line()) == moves(line(points=whole)) + 1


def test_a_target_without_a_number_is_not_drawn() -> None:
    svg = line(target=(None, "Doel"))
    assert "stroke-dasharray" not in svg
    assert not [text for text in texts(svg) if text.startswith("Doel")]


@pytest.mark.parametrize("points", [[], [Point(date(2025, 1, 1), None)]])
def test_there_is_no_picture_when_nothing_was_measured(points: list[Point]) -> None:
    assert line(points=points) == ""


def test_bars_keep_their_order_and_tell_zero_from_not_measured() -> None:
    bars = [Bar("Hoger", 1204), Bar("Gelijk", 0), Bar("Eén meting", None)]
    shown = texts(bar_chart("Groei", "Zin.", bars, "nl"))
    assert [text for text in shown if text in {"Hoger", "Gelijk", "Eén meting"}] == [
        "Hoger",
        "Gelijk",
        "Eén meting",
    ]
    assert {"1.204", "-"} <= set(shown)
    assert shown.count("0") == 2, "the end of the axis and the bar of nobody"


SHORT, LONG = 2, 36


@pytest.mark.parametrize("months", [SHORT, LONG])
@pytest.mark.parametrize(
    ("before", "last", "expected"),
    [
        (10, 21, 21),
        (30, 21, 20),
        (1_000, 2_100, 2_250),
        (2_400, 2_100, 2_000),
        (2_100, 2_100, 2_200),
    ],
)
@pytest.mark.parametrize("aim", [None, 21, 2_150])
def test_the_labels_at_the_end_never_run_into_each_other(months, before, last, expected, aim):
    """A month before the end of the year both stand close together."""
    days = [date(2023 + at // 12, at % 12 + 1, 28) for at in range(LONG)][-months:]
    step = (last - before) / (months - 1)
    points = [Point(day, round(before + at * step)) for at, day in enumerate(days)]
    ahead = Ahead(date(2026, 1, 28), expected - 3, expected, expected + 3)
    svg = line(points=points, target=None if aim is None else (aim, "Doel"), ahead=ahead)
    boxes = bold_boxes(svg)
    assert len(boxes) == (2 if aim is None else 3)
    for first, second in combinations(boxes, 2):
        assert not overlap(first, second), (first, second)


def bold_boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Return where the labels stand: left, right, top and bottom."""
    found = []
    for one in etree.fromstring(svg.encode()).iter(f"{SVG}text"):
        if one.get("font-weight") == "bold":
            x, y = map(float, re.findall(r"-?[\d.]+", one.get("transform")))
            width = 9 * len(one.text or "")
            left = x - width * {"end": 1, "middle": 0.5}.get(one.get("text-anchor"), 0)
            found.append((left, left + width, y - 13, y))
    return found


def overlap(first, second) -> bool:
    return all(first[low] < second[low + 1] and second[low] < first[low + 1] for low in (0, 2))


def test_where_is_counted_otherwise_the_line_begins_anew_beside_an_upright_line() -> None:
    days = [point.day for point in POINTS]
    whole, broken = line(), line(breaks=Breaks([days[1]], "anders geteld"))
    assert line(breaks=Breaks([], "anders geteld")) == whole
    assert "anders geteld" not in whole
    assert "anders geteld" in broken
    assert broken.count("aria-roledescription") == whole.count("aria-roledescription")
