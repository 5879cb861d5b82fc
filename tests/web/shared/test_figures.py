"""Figures and days as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from meedoen.web.shared.figures import day_text, number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        ("", "-"),
        (0, "0"),
        ("<10", "<10"),
        (999, "999"),
        (12804, "12.804"),
        (-1204, "-1.204"),
        (Decimal("2.5"), "2,5"),
    ],
)
def test_not_measured_zero_and_protected_stay_apart(
    value: int | Decimal | str | None, text: str
) -> None:
    assert number_text(value) == text


def test_decimals_can_be_fixed() -> None:
    assert number_text(2, 1) == "2,0"
    assert number_text(2.46, 1) == "2,5"
    assert number_text(2.46, 0) == "2"


def test_english_pages_have_english_figures_and_days() -> None:
    with translation.override("en"):
        assert number_text(12804) == "12,804"
        assert day_text(date(2026, 3, 3)) == "3 March 2026"


def test_a_day_is_written_in_full_or_short() -> None:
    assert day_text(date(2026, 3, 3)) == "3 maart 2026"
    assert day_text(date(2026, 3, 3), "medium") == "3 mrt 2026"
    assert day_text(None) == "-"


def test_a_moment_is_the_day_it_was_here() -> None:
    assert day_text(datetime(2026, 3, 3, 23, 30, tzinfo=UTC)) == "4 maart 2026"


def test_templates_have_the_filters_without_loading_them() -> None:
    template = engines["django"].from_string("{{ n|number }} {{ d|day }} {{ d|short_day }}")
    assert template.render({"n": 1602, "d": date(2026, 3, 3)}) == "1.602 3 maart 2026 3 mrt 2026"


def test_a_table_scrolls_by_keyboard_under_its_caption() -> None:
    template = engines["django"].from_string(
        "{% table caption %}<tbody><tr><td>{{ cell }}</td></tr></tbody>{% endtable %}"
    )
    html = template.render({"caption": "Mensen & plekken", "cell": "<b>"})
    assert 'role="region" aria-labelledby="tabel-mensen-plekken" tabindex="0"' in html
    assert 'id="tabel-mensen-plekken">Mensen &amp; plekken</caption>' in html
    assert "<tbody><tr><td>&lt;b&gt;</td></tr></tbody>" in html
