"""The tag library of Meedoen: figures, days, and tables that scroll.

It is a builtin of the template engine, so templates use it without `{% load %}`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify

from meedoen.web.shared import figures

register = template.Library()


@register.filter
def number(value: int | float | Decimal | str | None, decimals: int | None = None) -> str:
    """Write a number for people: `{{ row.value|number }}` or, with one decimal, `|number:1`."""
    return figures.number_text(value, decimals)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day in full: `{{ entry.happened_on|day }}` gives "3 maart 2026"."""
    return figures.day_text(value)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Write a day for a narrow column: "3 mrt 2026"."""
    return figures.day_text(value, "medium")


@register.simple_block_tag
def table(
    content: SafeString, caption: str, *, caption_hidden: bool = False, stacked: bool = False
) -> str:
    """Put a table in a frame that scrolls by touch and by keyboard, under its caption.

    The block holds `<thead>`, `<tbody>` and `<tfoot>` only; numeric cells get the class
    `meedoen-number`. Captions on one page must differ: they name the region. With `stacked`
    every row is a card on a phone: each `<td>` then says its column in `data-label`.
    """
    return render_to_string(
        "components/table.html",
        {
            "content": content,
            "caption": caption,
            "caption_hidden": caption_hidden,
            "stacked": stacked,
            "table_id": f"tabel-{slugify(caption)}",
        },
    )


@register.filter
def get(mapping: Mapping[str, object], key: str) -> object | None:
    """Look up a key that is no name, as in `widget.attrs|get:"aria-invalid"`."""
    return mapping.get(key)
