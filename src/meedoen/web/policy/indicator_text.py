"""From the text of an indicator to the fields of the form, and back."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.lines import lines_of_keys
from meedoen.rules.indicators.mistakes import MISSING, Mistake
from meedoen.rules.indicators.own_checks import words_on
from meedoen.web.policy.indicator_fields import TEXT_KEYS, inner_field, shown, written
from meedoen.web.policy.indicator_mistakes import Fields, place_said, said_in_form
from meedoen.web.policy.indicator_words import KEYS, OF_TWO, SIDES, SIMPLE, tables_of

Values = dict[str, Any]
NOON = time(12, tzinfo=UTC)
TEXTS = ("name", "question", "definition", "unit")
PLAIN = ("measures", "level", "reference_date", "direction", "part_of")
ORDER = (*("code", *PLAIN, "breakdowns", *TEXTS, "denominator", "source", "versions", "examples"),)
"""The order in which the catalogue writes a definition."""
CALLED: Mapping[str, Sequence[str]] = {
    "kind": ("event", "kinds"),
    "headline": ("headline_since",),
}
"""Keys of the text that the form may ask under another name."""
TITLE = {"nl": "Voorbeeld", "en": "Example"}
DENOMINATOR = "denominator"
PROMISE = "source.promise"
INNER = re.compile(r"versions\[(\d+)\]\.count\.(part|whole)(?:\.(\w+))?")
COUNT = re.compile(r"versions\[(\d+)\]\.(?:count\.)?(\w+)")
EXAMPLE = re.compile(r"examples\[(\d+)\]\.(?:(parts)\.)?(\w+)")


def word_of(values: Values) -> str:
    """Return the word that the last version counts; "" where there is none."""
    word = _table(_last(values, "versions"), "count").get("word", "")
    return word if isinstance(word, str) else ""


def inner_words(values: Values) -> dict[str, str]:
    """Return the two words of a share or a ratio, by `SIDES`; none of another word.

    One that is not there, or that cannot be there, is the first of those that can.
    """
    if word_of(values) not in OF_TWO:
        return {}
    count = _table(_last(values, "versions"), "count")
    said = {side: str(_table(count, side).get("word", "")) for side in SIDES}
    return {side: word if word in SIMPLE else SIMPLE[0] for side, word in said.items()}


def initial_of(values: Values) -> Values:
    """Return what the fields of the form say for a text."""
    version, example = _last(values, "versions"), _shown_example(values)
    count, source = _table(version, "count"), _table(values, "source")
    found: Values = {name: values.get(name) for name in ("code", *PLAIN, "breakdowns")}
    found["part_of"] = _first_whole(values)
    for name in (*TEXTS, DENOMINATOR):
        for language, text in _table(values, name).items():
            found[f"{name}_{language}"] = text
    for language, text in _table(source, "promise").items():
        found[f"promise_{language}"] = text
    found |= {"document": source.get("document"), "address": source.get("address")}
    found |= {"valid_from": version.get("valid_from")}
    found |= _counting(word_of(values), count)
    for side, word in inner_words(values).items():
        asked = {"word": word, **_counting(word, _table(count, side))}
        found |= {inner_field(side, key): one for key, one in asked.items()}
    known_at = example.get("known_at")
    found |= {"on": example.get("on"), "value": example.get("value")}
    found["known_on"] = known_at.date() if isinstance(known_at, datetime) else None
    found |= {f"table_{key}": example.get(key) for key in tables_of(word_of(values))}
    found |= {f"part_{part}": number for part, number in _table(example, "parts").items()}
    return found


def _counting(word: str, count: Values) -> Values:
    """Return what the fields of a word say for its table."""
    found = {key: shown(key, count.get(TEXT_KEYS.get(key, key))) for key in KEYS.get(word, ())}
    if "kinds" in found and found["kinds"] is None and "kind" in count:
        found["kinds"] = [count["kind"]]
    return found


def merged(values: Values, said: Mapping[str, Any], *, in_force: Definition | None) -> Values:
    """Return the text with what the form says in it; what the form does not ask stays as it was.

    A version that has been `in_force` stays, with its own words where the form changes those. What
    the form says from another day on is a new version, with an example of its own.
    """
    found = {**values, **{name: said[name] or None for name in (*PLAIN, "breakdowns")}}
    found |= {"code": said.get("code") or values.get("code")}
    if said["part_of"] and said["part_of"] == _first_whole(values):
        # The form asks for one; a text may name several.
        found["part_of"] = values["part_of"]
    asked = [DENOMINATOR] if f"{DENOMINATOR}_nl" in said else []
    found |= {name: _both(said, name) for name in (*TEXTS, *asked)}
    source = {"document": said["document"], "address": said["address"]}
    found["source"] = _filled(source | {"promise": _both(said, "promise")})
    begun = _last(values, "versions").get("valid_from")
    is_new = isinstance(begun, date) and begun in _used(in_force) and said["valid_from"] != begun
    versions = _with(values, "versions", _version(values, said), is_new=is_new)
    found["versions"] = [_with_own_words(one, found, in_force) for one in versions[:-1]]
    found["versions"].append(versions[-1])
    if "value" in said:
        found["examples"] = _examples(values, said, is_new=is_new)
    known = {key: found[key] for key in ORDER if key in found}
    return _filled({**known, **{key: one for key, one in found.items() if key not in known}})


def _used(in_force: Definition | None) -> frozenset[date]:
    """Return the days from which versions have been in force."""
    return frozenset(one.valid_from for one in in_force.versions) if in_force else frozenset()


def _with_own_words(version: Values, values: Values, in_force: Definition | None) -> Values:
    """Return an older version with what it said when it was in force, where that is different."""
    day, used = version.get("valid_from"), _used(in_force)
    if in_force is None or not isinstance(day, date) or day not in used:
        return version
    then = {key: {"nl": text.nl, "en": text.en} for key, text in words_on(in_force, day).items()}
    own = {key: text for key, text in then.items() if text != values.get(key)}
    kept = {key: one for key, one in version.items() if key not in then}
    return {"valid_from": kept.pop("valid_from"), **own, **kept}


def _first_whole(values: Values) -> str | None:
    wholes = values.get("part_of")
    first = next(iter(wholes), None) if isinstance(wholes, list) else wholes
    return first if isinstance(first, str) else None


def fields_wrong(
    values: Values, text: str, mistakes: Sequence[Mistake], fields: Fields
) -> Iterator[tuple[str | None, str]]:
    """Give for each mistake in the text its field, and what to say of it.

    The field is None where the form has none; then the sentence says where it is.
    """
    versions, examples = len(_rows(values, "versions")), _number_shown(values) + 1
    lines = lines_of_keys(text)
    for mistake in _in_both_languages(mistakes):
        field = _asked(_field(mistake.where, versions, examples), fields)
        said = said_in_form(mistake, field, fields)
        if field is not None and field.startswith("table_") and mistake.line is not None:
            start = lines.get(mistake.where, mistake.line)
            if mistake.line > start:
                said = _("Regel %(line)s: %(what)s") % {"line": mistake.line - start, "what": said}
        yield field, said if field else f"{place_said(mistake.where, values)}: {said}"


def _in_both_languages(mistakes: Sequence[Mistake]) -> Iterator[Mistake]:
    """Give the mistakes; a text that is missing lacks in the one language and in the other."""
    for mistake in mistakes:
        missing = mistake.what == MISSING and mistake.where in (*TEXTS, DENOMINATOR, PROMISE)
        for language in (".nl", ".en") if missing else ("",):
            yield replace(mistake, where=f"{mistake.where}{language}")


def _asked(field: str | None, fields: Collection[str]) -> str | None:
    """Return a field as the form calls it; None where it does not ask this."""
    if field is None or field in fields:
        return field
    before, _under, key = field.rpartition("_")
    called = CALLED.get(key, ())
    names = [f"{before}_{name}" if before else name for name in called]
    return next((name for name in names if name in fields), None)


def _field(where: str, versions: int, examples: int) -> str | None:
    """Return the field for a path in the text; None for a version or example of before."""
    if found := INNER.fullmatch(where):
        field = inner_field(found[2], found[3] or "word")
        return field if int(found[1]) == versions else None
    if found := COUNT.fullmatch(where):
        # That a way of counting was in use already is put right with a later day.
        field = "valid_from" if found[2] == "count" else found[2]
        return field if int(found[1]) == versions else None
    if found := EXAMPLE.fullmatch(where):
        names = {"on": "on", "known_at": "known_on", "value": "value"}
        own = f"part_{found[3]}" if found[2] else names.get(found[3], f"table_{found[3]}")
        return own if int(found[1]) == examples else None
    name, _dot, language = where.partition(".")
    if name == "source":
        parts = where.split(".")[1:]
        return "_".join([*parts, "nl"][:2]) if parts[:1] == ["promise"] else "".join(parts)
    if name in (*TEXTS, DENOMINATOR):
        return f"{name}_{language or 'nl'}"
    return where or None


def _version(values: Values, said: Mapping[str, Any]) -> Values:
    before, word = _last(values, "versions"), word_of(values)
    count = before.get("count", {})
    if word in KEYS:
        count = _filled({"word": word, **_count_said(word, said)})
        for side in SIDES if word in OF_TWO else ():
            inner = said[inner_field(side, "word")]
            own = {key: said.get(inner_field(side, key)) for key in KEYS[inner]}
            count[side] = _filled({"word": inner, **_count_said(inner, own)})
    # The words of the last version are those that the form asks.
    asked = {name: _both(said, name) for name in ("name", "definition", "unit") if name in before}
    kept = {key: one for key, one in before.items() if key not in (*asked, DENOMINATOR)}
    if "unit" in asked and before["unit"] == asked["unit"]:
        kept["unit"] = before["unit"]
    return _filled({**kept, "valid_from": said["valid_from"], "count": count})


def _count_said(word: str, said: Mapping[str, Any]) -> Values:
    """Return the table of a word for what its fields say."""
    return {TEXT_KEYS.get(key, key): written(key, said[key]) for key in KEYS[word]}


def _example(values: Values, said: Mapping[str, Any]) -> Values:
    before = _shown_example(values)
    known_at, known_on = before.get("known_at"), said["known_on"]
    if known_on is None or not isinstance(known_at, datetime) or known_at.date() != known_on:
        known_at = known_on and datetime.combine(known_on, NOON)
    tables = {key: _rows_of(said[f"table_{key}"]) or None for key in tables_of(word_of(values))}
    parts = {
        name.removeprefix("part_"): number
        for name, number in said.items()
        if name.startswith("part_") and name != "part_of" and number is not None
    }
    return _filled(
        {
            "on": said["on"],
            "known_at": known_at,
            **tables,
            "value": said["value"],
            "title": before.get("title", TITLE),
            "parts": parts or None,
        }
    )


def with_one_example(values: Values) -> Values:
    """Return a text with of its last version only the example that the form shows.

    Who begins with a copy and counts something else could not mend the others in the form.
    """
    rows, shown = _rows(values, "examples"), _number_shown(values)
    days = _days(values)
    kept = [
        row
        for number, row in enumerate(rows)
        if number == shown or (len(days) > 1 and _day_of_version(row, days) != days[-1])
    ]
    return {**values, "examples": kept} if kept else values


def _examples(values: Values, said: Mapping[str, Any], *, is_new: bool) -> list[Values]:
    """Return the examples with what the form says as that of the last version.

    Those of older versions stay, and are counted by these, also when the last begins before them.
    """
    rows, days, begins = _rows(values, "examples"), _days(values), said["valid_from"]
    shown, one = _number_shown(values), _example(values, said)
    is_there = bool(rows) and not is_new and _is_of_last(rows[shown], days)
    found = []
    for number, row in enumerate(rows):
        version = _day_of_version(row, days)
        is_older = version is not None and (is_new or version != days[-1])
        if is_there and number == shown:
            found.append(one)
        elif is_older and _is_from(row, begins):
            found.append({"on": row["on"], "version": version, **row})
        else:
            found.append(row)
    if not is_there and (not rows or one != rows[shown] or _is_from(one, begins)):
        found.append(one)
    return found


def _is_from(example: Values, day: object) -> bool:
    on, begins = _a_day(example.get("on")), _a_day(day)
    return on is not None and begins is not None and on >= begins


def _a_day(value: object) -> date | None:
    """Return a day; None for what a draft may have in its place, a moment too."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _days(values: Values) -> list[date]:
    """Return from which days the versions of a text are valid."""
    days = [_a_day(one.get("valid_from")) for one in _rows(values, "versions")]
    return sorted(day for day in days if day is not None)


def _day_of_version(example: Values, days: Sequence[date]) -> date | None:
    """Return from which day the version of an example is valid; None where there is none."""
    on = _a_day(example.get("version", example.get("on")))
    return max((day for day in days if on is not None and day <= on), default=None)


def _is_of_last(example: Values, days: Sequence[date]) -> bool:
    return len(days) < 2 or _day_of_version(example, days) == days[-1]


def _number_shown(values: Values) -> int:
    """Return which example the form shows: the last one of the last version, or else the last."""
    rows, days = _rows(values, "examples"), _days(values)
    last = max(len(rows) - 1, 0)
    return next((n for n in range(last, -1, -1) if rows and _is_of_last(rows[n], days)), last)


def _shown_example(values: Values) -> Values:
    rows = _rows(values, "examples")
    return rows[_number_shown(values)] if rows else {}


def _rows_of(table: str) -> str:
    """Return a table as the catalogue writes it: from its first line to the end of its last."""
    lines = [line.rstrip() for line in table.replace("\r\n", "\n").strip("\n").split("\n")]
    return "\n".join(lines).strip("\n") + "\n" if any(lines) else ""


def _with(values: Values, name: str, one: Values, *, is_new: bool) -> list[Values]:
    before = _rows(values, name)
    if is_new and one != (before[-1] if before else None):
        return [*before, one]
    return [*before[:-1], one]


def _both(said: Mapping[str, Any], name: str) -> Values | None:
    return _filled({"nl": said[f"{name}_nl"], "en": said[f"{name}_en"]}) or None


def _filled(values: Mapping[str, Any]) -> Values:
    return {key: value for key, value in values.items() if value not in (None, "")}


def _rows(values: Values, name: str) -> list[Values]:
    rows = values.get(name)
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def _last(values: Values, name: str) -> Values:
    rows = _rows(values, name)
    return rows[-1] if rows else {}


def _table(values: Values, name: str) -> Values:
    inner = values.get(name)
    return inner if isinstance(inner, dict) else {}
