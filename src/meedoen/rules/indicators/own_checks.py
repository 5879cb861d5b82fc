"""Whether the text of a municipality's own indicator can be put in force: all mistakes at once.

What the reader of the catalogue demands, and what the package shows by its tests: that every
worked example gives its figure. Besides that a municipality cannot take a code of the package,
names only what it has, and leaves a rule that was in force as it was.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.language import Catalogue, Definition, Example, Version
from meedoen.rules.indicators.lines import lines_of_keys
from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.reader import (
    BREAK_RING,
    IN_A_RING,
    NO_WHOLE,
    OWN_CODE,
    read_definition,
    ring_of,
)
from meedoen.rules.indicators.said import day_said
from meedoen.rules.indicators.tables import Findings
from meedoen.rules.indicators.texts import Text

MOST_NAMED = 30
"""So many districts or organisations are named in a sentence about what is possible."""
LONGEST: Mapping[str, int] = {
    "name": 200,
    "question": 300,
    "definition": 2_000,
    "unit": 100,
    "denominator": 200,
    "document": 300,
    "promise": 2_000,
}
"""So many characters a text has at most: it stands in a table, above a picture, on paper."""

TOO_LONG = Text("deze tekst is te lang", "this text is too long")
AT_MOST = Text("hoogstens {most} tekens", "at most {most} characters")
CODE_TAKEN = Text(
    'de code "{code}" is van een andere indicator', 'the code "{code}" is that of another indicator'
)
NO_SUCH_DISTRICT = Text("wijk {number} bestaat niet", "district {number} does not exist")
NO_SUCH_ORGANISATION = Text(
    "organisatie {number} bestaat niet", "organisation {number} does not exist"
)
MANY_POSSIBLE = Text(
    "kies een nummer uit de lijst bij het formulier", "choose a number from the list at the form"
)
OTHER_FIGURE = Text(
    "het voorbeeld geeft {counted}, en hier staat {written}",
    "the example gives {counted}, and here it says {written}",
)
UNTRIED = Text(
    "de manier van tellen vanaf {day} heeft nog geen eigen voorbeeld",
    "the way of counting from {day} on has no example of its own yet",
)
TRY_IT = Text(
    "maak een voorbeeld met een peildatum op die dag of later, en reken het zelf uit",
    "make an example with a reference date on that day or later, and work it out yourself",
)
ONLY_NOUGHTS = Text(
    "in de voorbeelden van deze manier van tellen telt niets mee: elk getal is 0",
    "in the examples of this way of counting nothing counts: every number is 0",
)
LET_COUNT = Text(
    "maak een tabel waarin ten minste één regel meetelt",
    "make a table in which at least one line counts",
)
MAKE_FIT = Text(
    "pas dit getal aan, of de tabel, of de manier van tellen",
    "change this number, or the table, or the way of counting",
)
VERSION_GONE = Text(
    "de manier van tellen vanaf {day} is in gebruik geweest, en ontbreekt",
    "the way of counting from {day} on has been in use, and is missing",
)
PUT_BACK = Text("zet die terug zoals die was", "put it back as it was")
VERSION_CHANGED = Text(
    "deze manier van tellen is in gebruik geweest, en is veranderd",
    "this way of counting has been in use, and was changed",
)
ADD_VERSION = Text(
    "zet hem terug, en maak een nieuwe versie met een latere datum bij valid_from",
    "put it back, and make a new version with a later date at valid_from",
)
WORDS_CHANGED = Text(
    "deze manier van tellen is in gebruik geweest met andere woorden, en er komt een nieuwe na",
    "this way of counting has been in use with other words, and a new one comes after it",
)
WRITE_OLD_WORDS = Text(
    'zet er de woorden van toen bij: {key} = {{ nl = "{nl}", en = "{en}" }}',
    'add the words of then: {key} = {{ nl = "{nl}", en = "{en}" }}',
)
TOO_EARLY = Text(
    "een nieuwe versie begint na {day}, de laatste die in gebruik is geweest",
    "a new version begins after {day}, the last that has been in use",
)
TOLD_ALREADY = Text(
    "het cijfer van {day} staat al in „{where}”, en blijft zoals het is geteld",
    "the figure of {day} stands in “{where}” already, and stays as it was counted",
)
AFTER_DAY = Text("kies een datum na {day}", "choose a date after {day}")
LATER_DAY = Text("kies een latere datum", "choose a later date")


class TextMove(StrEnum):
    """What was done with the text of an own indicator."""

    DRAFTED = "drafted"
    """Kept to go on with; nothing is counted by it."""
    PUT_IN_FORCE = "put_in_force"
    """From now on this is how it is counted."""
    STOPPED = "stopped"
    """From this day on it is not counted any more."""


@dataclass(frozen=True, slots=True)
class ToldDay:
    """The latest day of which a figure was adopted or published, and the title of where it is."""

    day: date
    where: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text is checked against: the other indicators, and what the municipality has."""

    others: Catalogue
    """The indicators of the package, and the municipality's own without this one."""
    districts: Mapping[int, str]
    """Names by number."""
    organisations: Mapping[int, str]
    in_force: Definition | None
    """This indicator as it is in force, or was last; None when it never was."""
    told: ToldDay | None = None
    """None when none of its figures was adopted or published."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worked example gives, beside what is written under it; "" is the figure itself."""

    example: Example
    counted: Mapping[str, int]
    written: Mapping[str, int]

    @property
    def fits(self) -> bool:
        """Tell whether the example gives what is written."""
        return self.counted == self.written


def checked(code: str, text: str, around: Surroundings) -> Definition:
    """Read the text of an own indicator. Raises DefinitionError with every mistake in it."""
    definition: Definition | None = None
    findings = Findings(f"{code}.toml", lines_of_keys(text))
    try:
        definition = read_definition(findings.file, text)
    except DefinitionError as error:
        findings.mistakes.extend(error.mistakes)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # The reader has said where it is no TOML.
        raise DefinitionError(findings.mistakes) from None
    _check_code(code, around, findings)
    _check_wholes(code, values.get("part_of"), around.others, findings)
    _check_lengths(values, findings)
    for where, table in _counted(values):
        _check_numbers(where, table, around, findings)
    if definition is not None:
        _check_versions(definition, around, findings)
        _check_examples(definition, findings)
        _check_new_versions(definition, around.in_force, findings)
    if findings.mistakes or definition is None:
        raise DefinitionError(sorted(findings.mistakes, key=lambda one: one.line or 0))
    return definition


def outcomes(definition: Definition) -> list[Outcome]:
    """Return what each worked example of a definition gives, beside what is written."""
    found = []
    for example in definition.examples:
        result = run_example(definition, example)
        counted = {"": result.value, **result.parts}
        found.append(Outcome(example, counted, {"": example.value, **example.parts}))
    return found


def _check_code(code: str, around: Surroundings, findings: Findings) -> None:
    if code in around.others.definitions:
        findings.add("code", CODE_TAKEN.filled(code=code), OWN_CODE)


def _check_lengths(values: Mapping[str, Any], findings: Findings) -> None:
    for where, text in _texts(values):
        key = next(part for part in reversed(where.split(".")) if part in LONGEST)
        if isinstance(text, str) and len(text.strip()) > LONGEST[key]:
            findings.add(where, TOO_LONG, AT_MOST.filled(most=LONGEST[key]))


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every text of which the length counts, with its path."""
    tables = {"": values, "source.": values.get("source")}
    versions = values.get("versions")
    for number, version in enumerate(versions if isinstance(versions, list) else [], start=1):
        tables[f"versions[{number}]."] = version
    for path, table in tables.items():
        if not isinstance(table, dict):
            continue
        for key in LONGEST:
            said = table.get(key)
            for language, text in said.items() if isinstance(said, dict) else ():
                yield f"{path}{key}.{language}", text
            if isinstance(said, str):
                yield f"{path}{key}", said


def _check_wholes(code: str, said: object, others: Catalogue, findings: Findings) -> None:
    """Check that what it is a part of is there, and that it is no part of itself."""
    listed = said if isinstance(said, list) else [said]
    wholes = [one for one in listed if isinstance(one, str)]
    for whole in wholes:
        if whole not in others.definitions and whole != code:
            possible = say.one_of(tuple(others.definitions))
            findings.add("part_of", NO_WHOLE.filled(code=whole), possible)
    if chain := ring_of(code, wholes, others):
        codes = ", ".join(chain)
        findings.add("part_of", IN_A_RING.filled(code=code), BREAK_RING.filled(codes=codes))


def _counted(values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every table that counts, with its path: also those of a share or a ratio."""
    versions = values.get("versions")
    for number, version in enumerate(versions if isinstance(versions, list) else [], start=1):
        count = version.get("count") if isinstance(version, dict) else None
        if isinstance(count, dict):
            where = f"versions[{number}].count"
            yield where, count
            for part in ("part", "whole"):
                if isinstance(count.get(part), dict):
                    yield f"{where}.{part}", count[part]


def _check_numbers(
    where: str, table: Mapping[str, Any], around: Surroundings, findings: Findings
) -> None:
    """Check that the districts and organisations in a filter are those of this municipality."""
    known = {
        "districts": (around.districts, NO_SUCH_DISTRICT),
        "organisations": (around.organisations, NO_SUCH_ORGANISATION),
    }
    for key, (names, what) in known.items():
        numbers = table.get(key)
        for number in numbers if isinstance(numbers, list) else []:
            if isinstance(number, int) and number not in names:
                findings.add(f"{where}.{key}", what.filled(number=number), _possible(names))


def _possible(names: Mapping[int, str]) -> Text:
    if len(names) > MOST_NAMED:
        return MANY_POSSIBLE
    return say.one_of([f"{number} ({name})" for number, name in names.items()])


def _check_versions(definition: Definition, around: Surroundings, findings: Findings) -> None:
    """Check that what was in force is there as it was, and that what is new begins later.

    It begins after what was in force, and after the days of which figures were told.
    """
    in_force, told = around.in_force, around.told
    if in_force is None:
        return
    last = in_force.versions[-1].valid_from
    used = {version.valid_from: version for version in in_force.versions}
    for number, version in enumerate(definition.versions, start=1):
        earlier = used.pop(version.valid_from, None)
        if earlier is None and version.valid_from <= last:
            where = f"versions[{number}].valid_from"
            findings.add(where, TOO_EARLY.filled(day=last), LATER_DAY)
        elif earlier is None and told is not None and version.valid_from <= told.day:
            where, said = f"versions[{number}].valid_from", day_said(told.day)
            what = TOLD_ALREADY.filled(day=said, where=told.where)
            findings.add(where, what, AFTER_DAY.filled(day=said))
        elif earlier is not None and earlier.count != version.count:
            findings.add(f"versions[{number}].count", VERSION_CHANGED, ADD_VERSION)
        elif earlier is not None and number < len(definition.versions):
            _check_words(number, words_on(in_force, version.valid_from), definition, findings)
    for day in used:
        findings.add("versions[1]", VERSION_GONE.filled(day=day), PUT_BACK)


def words_on(definition: Definition, day: date) -> dict[str, Text]:
    """Return the words of the way of counting that is valid on a day, by their key."""
    said = {
        "name": definition.name_on(day),
        "definition": definition.definition_on(day),
        "denominator": definition.denominator_on(day),
        "unit": definition.unit_on(day),
    }
    return {key: text for key, text in said.items() if text is not None}


def _check_words(
    number: int, then: Mapping[str, Text], definition: Definition, findings: Findings
) -> None:
    """Check that a version after which another comes has the words of when it was in force."""
    now = words_on(definition, definition.versions[number - 1].valid_from)
    for key, text in then.items():
        if now.get(key) != text:
            possible = WRITE_OLD_WORDS.filled(key=key, nl=text.nl, en=text.en)
            findings.add(f"versions[{number}].{key}", WORDS_CHANGED, possible)


def _check_examples(definition: Definition, findings: Findings) -> None:
    for number, outcome in enumerate(outcomes(definition), start=1):
        for part, counted in outcome.counted.items():
            if counted != outcome.written[part]:
                key = f"parts.{part}" if part else "value"
                what = OTHER_FIGURE.filled(counted=counted, written=outcome.written[part])
                findings.add(f"examples[{number}].{key}", what, MAKE_FIT)


def _check_new_versions(
    definition: Definition, in_force: Definition | None, findings: Findings
) -> None:
    """Check that every version that is new was tried out by an example of its own."""
    used = {version.valid_from for version in in_force.versions} if in_force else set()
    for number, version in enumerate(definition.versions, start=1):
        if version.valid_from in used or isinstance(version.count, Printed):
            continue
        numbers = examples_of(definition, version)
        if not numbers:
            is_last = version == definition.versions[-1]
            last = f"examples[{len(definition.examples)}].on"
            where = last if is_last else f"versions[{number}].valid_from"
            findings.add(where, UNTRIED.filled(day=day_said(version.valid_from)), TRY_IT)
        elif not any(counts_any(definition.examples[one - 1]) for one in numbers):
            findings.add(f"examples[{numbers[-1]}].value", ONLY_NOUGHTS, LET_COUNT)


def examples_of(definition: Definition, version: Version) -> list[int]:
    """Return which worked examples, from 1 on, are counted by a version."""
    rows = enumerate(definition.examples, start=1)
    return [number for number, one in rows if definition.version_of(one) == version]


def counts_any(example: Example) -> bool:
    """Tell whether any number of a worked example is more than nought."""
    return any((example.value, *example.parts.values()))


def free_code(codes: Collection[str], wanted: str) -> str:
    """Return a code like the wanted one that is not among these: with a number behind it."""
    number = 2
    while (code := f"{wanted}_{number}") in codes:
        number += 1
    return code
