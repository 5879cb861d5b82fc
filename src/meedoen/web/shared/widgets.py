"""Widgets that Django lacks."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, typed or picked with the calendar of the browser itself.

    The value is written as year-month-day in every language, because HTML asks for that.
    """

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take the extra attributes of the element, such as `min` and `max`."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of the day, typed or picked as the browser does; hours and minutes only."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Take the extra attributes of the element."""
        super().__init__(attrs=attrs, format="%H:%M")
