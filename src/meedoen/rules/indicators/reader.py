"""From the text of a TOML file to a definition, or to everything that is wrong with it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.example_reader import read_example
from meedoen.rules.indicators.language import (
    Breakdown,
    Catalogue,
    Definition,
    Direction,
    Example,
    Level,
    Measures,
    ReferenceDate,
    Source,
    Version,
    breakdowns_of,
)
from meedoen.rules.indicators.lines import lines_of_keys
from meedoen.rules.indicators.mistakes import DefinitionError, Mistake
from meedoen.rules.indicators.people_words import Printed
from meedoen.rules.indicators.tables import NO_DAY, NO_TEXT, Findings, Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.indicators.toml_mistakes import not_toml
from meedoen.rules.indicators.word_reader import read_word

CODE = re.compile(r"[a-z][a-z0-9_]*")
OWN_WORDS = ("name", "definition", "denominator", "unit")
"""Texts that an older version may have of its own."""

NOT_A_CODE = Text('"{code}" is geen code', '"{code}" is not a code')
CODES = Text(
    "gebruik kleine letters, cijfers en _, en begin met een letter",
    "use small letters, digits and _, and start with a letter",
)
OTHER_FILE = Text(
    'de code "{code}" is anders dan de naam van het bestand',
    'the code "{code}" differs from the name of the file',
)
NAME_THE_FILE = Text("noem het bestand {code}.toml", "call the file {code}.toml")
DAY_TWICE = Text("twee versies gelden vanaf {day}", "two versions are valid from {day}")
OWN_DAY = Text("geef elke versie een eigen datum", "give every version a date of its own")
NOT_IN_ORDER = Text("deze versie is ouder dan de vorige", "this version is older than the last")
OLDEST_FIRST = Text("zet de oudste versie bovenaan", "put the oldest version first")
NEWEST_WORDS = Text(
    "de nieuwste manier van tellen heeft de woorden die bovenaan staan",
    "the newest way of counting has the words that stand at the top",
)
CODE_TWICE = Text(
    'de code "{code}" staat ook in {other}', 'the code "{code}" stands in {other} too'
)
OWN_CODE = Text("geef elke indicator een eigen code", "give every indicator a code of its own")
NO_WHOLE = Text('de indicator "{code}" bestaat niet', 'the indicator "{code}" does not exist')
NOT_BY_THIS = Text(
    "{word} kan niet worden verdeeld naar {value}", "{word} cannot be broken down by {value}"
)
PRINTED_IS_NOT_COUNTED = Text(
    "een cijfer dat niet hier wordt geteld, heeft geen voorbeeld",
    "a figure that is not counted here has no example",
)
IN_A_RING = Text("zo is {code} een deel van zichzelf", "this makes {code} a part of itself")
BREAK_RING = Text("haal part_of weg bij een van: {codes}", "take part_of away from one of: {codes}")


def read_definition(file_name: str, text: str) -> Definition:
    """Read one definition. Raises DefinitionError with every mistake in the text."""
    findings = Findings(file_name, lines_of_keys(text))
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([not_toml(file_name, error)]) from error
    table = Table(values, "", findings)
    definition = _definition(table)
    table.finish()
    if findings.mistakes:
        raise DefinitionError(findings.mistakes)
    return definition


def read_unfinished(file_name: str, text: str) -> Definition | None:
    """Read a text with mistakes in it: where a word lacks there is an empty one.

    None where the mistakes are in its versions, so that nothing can be counted by it.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # `read_definition` says where it is no TOML.
        return None
    definition = _definition(Table(values, "", Findings(file_name, {})))
    return definition if definition.versions else None


def read_catalogue(files: Mapping[str, str]) -> Catalogue:
    """Read the texts of all files, by file name.

    Raises DefinitionError with the mistakes of all files: those of each file on its own, two
    files with one code, and a part of an indicator that does not exist or of itself.
    """
    definitions: dict[str, tuple[str, Definition]] = {}
    mistakes: list[Mistake] = []
    for file_name, text in sorted(files.items()):
        try:
            definition = read_definition(file_name, text)
        except DefinitionError as error:
            mistakes.extend(error.mistakes)
            continue
        if definition.code in definitions:
            what = CODE_TWICE.filled(code=definition.code, other=definitions[definition.code][0])
            mistakes.append(_mistake(file_name, files, "code", what, OWN_CODE))
        definitions.setdefault(definition.code, (file_name, definition))
    if not mistakes:
        mistakes = _wrong_wholes(definitions, files)
    if mistakes:
        raise DefinitionError(mistakes)
    return Catalogue({code: definition for code, (_, definition) in definitions.items()})


def _definition(table: Table) -> Definition:
    versions = _versions(table)
    return Definition(
        code=_code(table),
        name=table.both_languages("name"),
        question=table.both_languages("question"),
        definition=table.both_languages("definition"),
        unit=table.both_languages("unit"),
        measures=table.choice("measures", Measures),
        level=table.choice("level", Level),
        reference_date=table.choice("reference_date", ReferenceDate),
        direction=table.choice("direction", Direction),
        source=_source(table.table("source")),
        part_of=tuple(one for one in table.texts("part_of") if one),
        versions=versions,
        examples=_examples(table, versions),
        breakdowns=_breakdowns(table, versions),
        denominator=table.both_languages("denominator") if table.has("denominator") else None,
    )


def _examples(table: Table, versions: Sequence[Version]) -> tuple[Example, ...]:
    """Read the worked examples; what is printed and never counted here has none."""
    printed = [isinstance(version.count, Printed) for version in versions]
    if versions and all(printed):
        if table.has("examples"):
            table.wrong("examples", PRINTED_IS_NOT_COUNTED, say.LEAVE_OUT)
        return ()
    return tuple(read_example(each, versions) for each in table.tables("examples"))


def _breakdowns(table: Table, versions: Sequence[Version]) -> tuple[Breakdown, ...]:
    """Read by what a figure may be broken down; every version must know it."""
    listed = table.values.get("breakdowns")
    if listed == []:
        # A list that is empty says: by nothing.
        table.has("breakdowns")
        return ()
    found = table.choices("breakdowns", Breakdown)
    for version in versions:
        for each in found:
            if each not in breakdowns_of(version.count):
                what = NOT_BY_THIS.filled(word=version.count.word, value=each)
                table.wrong("breakdowns", what, _possible(version))
    return found


def _possible(version: Version) -> Text:
    possible = breakdowns_of(version.count)
    return say.one_of(possible) if possible else say.LEAVE_OUT


def _code(table: Table) -> str:
    code = table.text("code")
    if code and not CODE.fullmatch(code):
        table.wrong("code", NOT_A_CODE.filled(code=code), CODES)
    elif code and PurePath(table.findings.file).stem != code:
        table.wrong("code", OTHER_FILE.filled(code=code), NAME_THE_FILE.filled(code=code))
    return code


def _source(table: Table | None) -> Source:
    if table is None:
        return Source("", NO_TEXT)
    address = table.text("address") if table.has("address") else ""
    source = Source(table.text("document"), table.both_languages("promise"), address)
    table.finish()
    return source


def _versions(definition: Table) -> tuple[Version, ...]:
    """Read the versions; none when something in them is wrong, so that nothing builds on it."""
    versions: list[Version] = []
    seen: list[date] = []
    before = len(definition.findings.mistakes)
    tables = definition.tables("versions")
    for table in tables:
        valid_from = table.day("valid_from")
        inner = table.table("count")
        count = read_word(inner) if inner else None
        words = {key: table.both_languages(key) for key in OWN_WORDS if table.has(key)}
        table.finish()
        if valid_from == NO_DAY:
            continue
        if valid_from in seen:
            table.wrong("valid_from", DAY_TWICE.filled(day=valid_from), OWN_DAY)
        elif seen and valid_from < seen[-1]:
            table.wrong("valid_from", NOT_IN_ORDER, OLDEST_FIRST)
        seen.append(valid_from)
        if count is not None:
            versions.append(Version(valid_from, count, **words))
    for key in OWN_WORDS:
        if key != "unit" and tables and tables[-1].has(key):
            tables[-1].wrong(key, NEWEST_WORDS, say.LEAVE_OUT)
    return tuple(versions) if len(definition.findings.mistakes) == before else ()


def _wrong_wholes(
    definitions: Mapping[str, tuple[str, Definition]], files: Mapping[str, str]
) -> list[Mistake]:
    """Find the parts of an indicator that does not exist, or in the end of themselves."""
    found: list[Mistake] = []
    known = Catalogue({code: definition for code, (_file, definition) in definitions.items()})
    for file_name, definition in definitions.values():
        for whole in definition.part_of:
            if whole not in definitions:
                what, possible = NO_WHOLE.filled(code=whole), say.one_of(tuple(definitions))
                found.append(_mistake(file_name, files, "part_of", what, possible))
        chain = ring_of(definition.code, definition.part_of, known)
        if chain:
            what = IN_A_RING.filled(code=definition.code)
            possible = BREAK_RING.filled(codes=", ".join(chain))
            found.append(_mistake(file_name, files, "part_of", what, possible))
    return found


def ring_of(code: str, wholes: Sequence[str], others: Catalogue) -> tuple[str, ...]:
    """Return by way of which indicators one is a part of itself, itself first; empty when not."""
    ways: list[tuple[str, ...]] = [(code, whole) for whole in wholes]
    seen: set[str] = set()
    while ways:
        *before, last = ways.pop()
        if last == code:
            return tuple(before)
        if last in others.definitions and last not in seen:
            seen.add(last)
            ways += [(*before, last, whole) for whole in others[last].part_of]
    return ()


def _mistake(
    file_name: str, files: Mapping[str, str], key: str, what: Text, possible: Text
) -> Mistake:
    return Mistake(file_name, key, lines_of_keys(files[file_name]).get(key), what, possible)
