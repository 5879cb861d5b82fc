"""People in participation jobs, and the law as it could change."""

from datetime import date

from meedoen.rules.law.participation_job import FILES, read_table
from meedoen.rules.law.values import shipped_law
from meedoen.rules.participation_job.facts import ClockFacts, Stretch, StretchReason

START = date(2026, 1, 15)


def day(text):
    return date.fromisoformat(text)


def job(starts_on, ends_on=None):
    return Stretch(day(starts_on), day(ends_on) if ends_on else None)


def elsewhere(starts_on, ends_on=None, *, left_out=True):
    end = day(ends_on) if ends_on else None
    return Stretch(day(starts_on), end, left_out, StretchReason.OTHER_PROVISION)


def pause(starts_on, ends_on=None):
    end = day(ends_on) if ends_on else None
    return Stretch(day(starts_on), end, reason=StretchReason.PAUSE)


def person(*stretches, **known):
    return ClockFacts(stretches=stretches or (Stretch(START, None),), **known)


def shipped_texts():
    return {name: shipped_law(name) for name in FILES}


def changed_on(day_of_change, name, value):
    """Return the law with another value of one name from a day on, as TOML writes the value."""
    return read_table(
        {file: _changed(text, day_of_change, name, value) for file, text in shipped_texts().items()}
    )


def instead(name, value):
    """Return the law with another value of one name, always."""
    return read_table({file: _instead(text, name, value) for file, text in shipped_texts().items()})


def _changed(text, day_of_change, name, value):
    line = _line_of(text, name)
    if line is None:
        return text
    closed = line.replace(
        "valid_from = 2015-01-01", f"valid_from = 2015-01-01\nvalid_to = {day_of_change}"
    )
    later = _instead(line, name, value).replace("2015-01-01", day_of_change)
    return text.replace(line, f"{closed.rstrip()}\n\n[[values]]{later}")


def _instead(text, name, value):
    line = _line_of(text, name)
    if line is None:
        return text
    lines = [f"value = {value}" if one.startswith("value = ") else one for one in line.split("\n")]
    return text.replace(line, "\n".join(lines))


def _line_of(text, name):
    """Return the table of a name without its heading; None when it is in another file."""
    return next((part for part in text.split("[[values]]") if f'name = "{name}"' in part), None)
