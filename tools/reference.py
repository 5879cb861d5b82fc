"""Writes the generated pages of docs/reference, or checks that they say what the code says.

    python tools/reference.py           writes the pages
    python tools/reference.py --check   fails for a page that is not up to date

The pages come from docstrings, the catalogue, the table of permissions and the commands' own
help, so nobody keeps them by hand. docs/reference/settings.md is written by people.
"""

import ast
import inspect
import os
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, fields
from enum import StrEnum
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import django
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

from meedoen.records.figures.catalogue import catalogue
from meedoen.records.organisations.viewer import MAY, Permission, Role
from meedoen.rules.indicators.example import run_example
from meedoen.rules.indicators.explain import explain
from meedoen.rules.indicators.labels import OUTCOMES, PLACE_KINDS, STATES
from meedoen.rules.indicators.language import (
    STRETCH_KINDS,
    Definition,
    Direction,
    Example,
    Level,
    Measures,
    ReferenceDate,
    Source,
    Word,
)
from meedoen.rules.indicators.people_words import Filters, SimpleWord
from meedoen.rules.indicators.place_words import PlaceFilters
from meedoen.rules.indicators.texts import Text
from meedoen.rules.matching.rule_set import RuleSet, shipped_rule_sets
from meedoen.rules.matching.suits import FIRM_RULES
from meedoen.rules.matching_register.texts import RegisterTexts, Variable, shipped_texts
from meedoen.rules.vocabulary import EntryKind
from meedoen.web.policy.permission_words import PERMISSIONS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
WIDTH = 88
OUR_APPS = ("meedoen.config", "meedoen.demo")
ACTIONS = "meedoen.records.{}.actions"
NOT_BY_HAND = "<!-- Written by tools/reference.py: change the code and run it again. -->"

MEANT_BY = {
    Measures.STOCK: "a standing number on one day",
    Measures.FLOW: "what happened in a period",
    Level.EFFECT: "the effect that is intended",
    Level.OUTPUT: "what the municipality itself does",
    ReferenceDate.YEAR_END: "31 December; on other days it is an interim figure",
    ReferenceDate.MONTH_END: "the last day of a month; on other days it is an interim figure",
    ReferenceDate.ANY: "any day",
    Direction.AT_LEAST: "a target is a lowest number",
    Direction.AT_MOST: "a target is a highest number",
    Direction.QUALITATIVE: "a target is a text",
    Direction.NONE: "the number is explicitly no goal",
}

FIELDS_OF_AN_ENTRY = {
    "id": "Number of the entry; a later entry has a higher one.",
    "municipality": "For which municipality the entry was written.",
    "pseudonym": "About whom: the number that stands for a person.",
    "kind": "What is stated, one of the kinds above.",
    "starts_on": "First day of the stretch: on this day it is true.",
    "ends_on": "First day on which it is no longer true; 31-12-9999 while it is still open. "
    "For something that happened on one day it is the day after.",
    "recorded_at": "Since when we know it: the moment at which the entry was written.",
    "recorded_by": "Who wrote it, in which role; empty when Meedoen itself did.",
    "replaces": "The earlier entry whose place this one takes. An entry is replaced once at most.",
    "withdrawn": "The replaced entry was not true at all, and nothing comes in its place.",
    "state": "Only with a placement: where it stands during the stretch.",
    "place_kind": "Only with a placement: the kind of place.",
    "self_found": "Only with a placement: the person found the place without help.",
    "rung": "Only with a measurement: the rung that was set, 1 to 6; 0 with other kinds.",
    "domain": "Only with a life domain: which one; empty with other kinds.",
    "score": "Only with a life domain: the step that was set, 1 to 5; 0 with other kinds.",
    "ladder_version": "Only with a measurement: the version of the ladder that was used.",
    "outcome": "How an attempt, a conversation or a placement came out.",
    "reason": "Only with a placement: why it left this state, where a reason is asked.",
    "legal_task": "Only with a placement: under which law the place was; empty in what was written "
    "before this was kept.",
    "district": "Where the person lived when it was recorded, for figures per district.",
    "organisation": "Only with a placement: the partner where the place is.",
    "packed_numbers": "Numbers, days and moments of the row in one value that the database writes "
    "itself; only for reading all entries at once.",
    "packed_words": "The same for the words of the row.",
}
"""What each field of the history means. A field without a line here stops the tool."""


def main() -> int:
    """Write the pages, or say which of them are not up to date."""
    set_up()
    wrong = []
    for name, text in pages().items():
        file = FOLDER / name
        if "--check" not in sys.argv:
            FOLDER.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            wrong.append(name)
    for name in wrong:
        print(f"docs/reference/{name} is not what the code says: run tools/reference.py.")
    return 1 if wrong else 0


def set_up() -> None:
    """Load the apps; the database, the data folder and the secrets play no part."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
    for name in ("MEEDOEN_SECRET_KEY", "MEEDOEN_BSN_KEYS", "MEEDOEN_BSN_INDEX_KEY"):
        os.environ.setdefault(name, "nothing-is-kept-with-this")
    django.setup()


def pages() -> dict[str, str]:
    """Return the text of every generated page, by file name."""
    return {
        "indicators.md": _page(indicators()),
        "matching.md": _page(matching()),
        "permissions.md": _page(permissions()),
        "history.md": _page(history()),
        "commands.md": _page(commands()),
    }


def _page(blocks: Iterable[str]) -> str:
    title, *others = blocks
    return "\n\n".join([title, NOT_BY_HAND, *others]) + "\n"


# --- indicators --------------------------------------------------------------------------------


def indicators() -> Iterator[str]:
    """Yield the page about the indicators, block by block."""
    yield "# Indicators"
    yield (
        "Every indicator is a file in `src/meedoen/catalogue/indicators`. The worked examples on "
        "this page are tests: the little history in the table must give the figure above it. "
        "[How to add one](../how-to/add-an-indicator.md)."
    )
    yield _table(
        ("Code", "Name", "Counts"),
        [
            (f"[{one.code}](#{one.code})", one.name.en, MEANT_BY[one.measures])
            for one in catalogue()
        ],
    )
    for definition in catalogue():
        yield from _indicator(definition)


def _indicator(definition: Definition) -> Iterator[str]:
    yield f"## {definition.code}"
    yield f"**{definition.name.en}** ({definition.name.nl})"
    yield definition.question.en
    yield definition.definition.en
    yield _table(("", ""), list(_facts(definition)))
    yield "### What is counted"
    yield _table(
        ("Valid from", "Word", "With", "Unit"),
        [
            (
                version.valid_from.isoformat(),
                f"`{version.count.word}`",
                _word(version.count),
                definition.unit_on(version.valid_from).en,
            )
            for version in definition.versions
        ],
    )
    for example in definition.examples:
        yield from _example(definition, example)
    if not definition.examples:
        yield "This figure is not counted here, so it has no worked example."


def _facts(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "Unit", _both(definition.unit)
    if definition.denominator:
        yield "Of what", _both(definition.denominator)
    yield "Stock or flow", _meant(definition.measures)
    yield "Effect or output", _meant(definition.level)
    yield "Reference date", _meant(definition.reference_date)
    yield "Direction", _meant(definition.direction)
    yield "Broken down by", ", ".join(f"`{one}`" for one in definition.breakdowns) or "nothing"
    if definition.part_of:
        yield "Part of", ", ".join(f"[{one}](#{one})" for one in definition.part_of)
    yield "Source", _source(definition.source)
    yield "What was promised", definition.source.promise.en


def _both(text: Text) -> str:
    return f"{text.en} ({text.nl})"


def _meant(word: Measures | Level | ReferenceDate | Direction) -> str:
    return f"`{word}`: {MEANT_BY[word]}"


def _source(source: Source) -> str:
    return f"[{source.document}]({source.address})" if source.address else source.document


def _word(word: Word | Filters | PlaceFilters) -> str:
    """Say the keys of a word, of its filters, and of the words that it is made of."""
    said = [_key(field, getattr(word, field.name)) for field in fields(word)]
    return "; ".join(filter(None, said))


def _key(field: Field[Any], value: object) -> str:
    if isinstance(value, Filters | PlaceFilters):
        return _word(value)
    if isinstance(value, SimpleWord):
        return f"{field.name}: `{value.word}` with {_word(value)}"
    # What is not asked for is not said; that nobody found a place themselves is asked for.
    unsaid = value in (None, ()) or (value is False and field.default is False)
    return "" if unsaid else f"{field.name} {_value(value)}"


def _value(value: object) -> str:
    listed = value if isinstance(value, tuple) else (value,)
    return ", ".join(f"`{str(one).lower()}`" for one in listed)


def _example(definition: Definition, example: Example) -> Iterator[str]:
    yield f"### Worked example: {example.title.en}"
    known = f", as known at {example.known_at:%Y-%m-%d %H:%M} UTC" if example.known_at else ""
    parts = "".join(f", {name} {value}" for name, value in example.parts.items())
    yield f"On {example.on.isoformat()}{known} the figure is **{example.value}**{parts}."
    tables = example.tables
    written = (tables.history, tables.referrals, tables.organisations)
    for text in filter(None, (*written, *tables.places.written.values())):
        lines = [line.split("|") for line in text.strip().splitlines()]
        header, *rows = [[cell.strip() for cell in line] for line in lines]
        yield _table(header, rows)
    yield "How that was counted, as people read it:"
    sentences = explain(definition, run_example(definition, example), "en")
    yield "\n".join(f"- {sentence}" for sentence in sentences)


# --- matching ----------------------------------------------------------------------------------


def matching() -> Iterator[str]:
    """Yield the page about matching, block by block: rules, criteria, and the sheet of facts."""
    texts = shipped_texts()
    yield "# Matching"
    yield (
        "Places are put in order for one person; people are never scored. Which facts are used "
        "stands in `src/meedoen/rules/matching/published.py`, the rules in "
        "`src/meedoen/rules/matching/suits.py`, the weights in `src/meedoen/catalogue/matching`, "
        "and the words for all of these in `src/meedoen/catalogue/register/matching.toml`. "
        "[Decision 23](../decisions/0023-said-from-the-rules-themselves.md) says why, and "
        "[how to publish it](../how-to/algorithm-register.md)."
    )
    yield "## What plays no part"
    yield "\n".join(f"- {one.to_resident.en} ({one.to_resident.nl})" for one in texts.not_used)
    yield "## Rules by which a place falls off"
    yield (
        "A rule speaks only when both sides are known: what nobody asked never makes a place fall "
        "off. A coach may set a rule aside with a reason, but no rule of law or of what there is."
    )
    yield _table(
        ("Code", "Rule", "In Dutch", "May be set aside"),
        [
            (f"`{code}`", one.name.en, one.text, "no" if code in FIRM_RULES else "yes")
            for code, one in texts.rules.items()
        ],
    )
    yield "## Criteria and their weights"
    for rule_set in shipped_rule_sets():
        yield from _rule_set(rule_set, texts)
    yield "## Sheet per variable"
    yield (
        "Every fact that matching may use, and no other. What it could stand in for is a risk that "
        "somebody has to weigh each year; the last column says why it may be used all the same."
    )
    for title, about_person in (("Of the person", True), ("Of the place", False)):
        yield f"### {title}"
        yield _table(
            ("Field", "What it is", "Why", "From", "Used by", "Could stand in for", "Acceptable"),
            [_variable(one) for one in texts.variables if one.is_about_person is about_person],
        )


def _rule_set(rule_set: RuleSet, texts: RegisterTexts) -> Iterator[str]:
    until = f" until {rule_set.valid_to.isoformat()}" if rule_set.valid_to else ""
    yield f"### {rule_set.version}"
    yield f"In force from {rule_set.valid_from.isoformat()}{until}."
    yield _table(
        ("Code", "Criterion", "In Dutch", "Weight"),
        [
            (
                f"`{one.criterion}`",
                texts.criteria[one.criterion].name.en,
                one.description,
                str(one.weight),
            )
            for one in rule_set.criteria
        ],
    )


def _variable(one: Variable) -> tuple[str, ...]:
    return (
        f"`{one.field}`",
        _both(one.name),
        one.why.en,
        one.origin.en,
        ", ".join(f"`{code}`" for code in one.used_by),
        one.risk.stands_for.en,
        one.risk.acceptable.en,
    )


# --- permissions -------------------------------------------------------------------------------


def permissions() -> Iterator[str]:
    """Yield the page about roles and permissions, block by block."""
    yield "# Roles and permissions"
    yield (
        "Somebody acts in one role for one municipality at a time. The table stands in "
        "`src/meedoen/records/organisations/viewer.py`; pages and actions each ask for one "
        "permission. Which rows a role may see within a permission is said by each table, and "
        "[decision 5](../decisions/0005-nobody-sees-by-any-path.md) tells how."
    )
    yield "## Roles"
    said = docstrings(Role)
    yield _table(("Role", "Who that is"), [(f"`{role}`", said[role.name]) for role in Role])
    yield "## Who may do what"
    yield _table(
        ("", *(f"`{role}`" for role in Role)),
        [
            (
                f"[{permission}](#{permission})",
                *("yes" if permission in MAY[role] else "" for role in Role),
            )
            for permission in Permission
        ],
    )
    yield "## Permissions"
    actions = _actions_by_permission()
    for permission in Permission:
        yield from _permission(permission, actions.get(permission, []))


def _permission(permission: Permission, actions: Sequence[str]) -> Iterator[str]:
    yield f"### {permission}"
    with override("nl"):
        words = str(PERMISSIONS[permission])
    carried = [f"`{role}`" for role in Role if permission in MAY[role]]
    yield f"On the screen: “{words}”. Roles: {', '.join(carried)}."
    if actions:
        yield "Actions that ask for it:\n\n" + "\n".join(f"- `{name}`" for name in actions)


def _actions_by_permission() -> dict[Permission, list[str]]:
    """Return the names of the actions that ask for each permission."""
    found: dict[Permission, list[str]] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("meedoen.records."):
            continue
        module = import_module(ACTIONS.format(config.label)) if _has_actions(config.path) else None
        for name, member in inspect.getmembers(module, inspect.isfunction):
            asked = getattr(member, "permission", None)
            if asked is not None and member.__module__ == ACTIONS.format(config.label):
                found.setdefault(asked, []).append(f"records.{config.label}.actions.{name}")
    return {permission: sorted(names) for permission, names in found.items()}


def _has_actions(path: str) -> bool:
    return (Path(path) / "actions.py").exists()


# --- history -----------------------------------------------------------------------------------


def history() -> Iterator[str]:
    """Yield the page about the history, block by block."""
    entry: Any = apps.get_model("history", "Entry")
    yield "# The history"
    yield (
        "What happened, only added to. Each entry is about a pseudonym, never a name, and has two "
        "time axes: when it was true (`starts_on` up to `ends_on`) and since when we know it "
        "(`recorded_at`). [Decision 2](../decisions/0002-history-of-statements.md) says why."
    )
    yield "## Kinds of entries"
    said = docstrings(EntryKind)
    for kind in EntryKind:
        yield f"### {kind}"
        lasts = "It lasts a stretch of days." if kind in STRETCH_KINDS else "It happens on one day."
        yield f"{said[kind.name]} {lasts}"
    yield "## Fields of an entry"
    yield (
        "The privacy class says how a field must be handled: `personal` says something about "
        "somebody, `technical` is what the software itself needs, `plain` is neither."
    )
    yield _table(("Field", "Meaning", "Privacy"), list(_entry_fields(entry)))
    yield "## Words in the entries"
    for title, words in (
        ("States of a placement", STATES),
        ("Kinds of places", PLACE_KINDS),
        ("Outcomes", OUTCOMES),
    ):
        yield f"### {title}"
        yield _words(words)
    yield "## Tables that are only added to"
    yield "The database itself refuses to change or remove a row of these."
    yield _table(("Table", "What a row is"), list(_append_only()))


def _entry_fields(entry: Any) -> Iterator[tuple[str, str, str]]:
    names = [field.name for field in entry._meta.local_concrete_fields]  # noqa: SLF001 - public
    if set(names) != set(FIELDS_OF_AN_ENTRY):
        odd = sorted(set(names) ^ set(FIELDS_OF_AN_ENTRY))
        raise SystemExit(f"FIELDS_OF_AN_ENTRY in {__file__} and Entry differ: {', '.join(odd)}.")
    for name in names:
        yield f"`{name}`", FIELDS_OF_AN_ENTRY[name], entry.privacy[name]


def _words(words: Mapping[Any, Text]) -> str:
    rows = [(f"`{word}`", text.en, text.nl) for word, text in words.items()]
    return _table(("Word", "English", "Dutch"), rows)


def _append_only() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            first, *_rest = inspect.cleandoc(model.__doc__ or "").split("\n\n")
            yield f"`{model.__name__}`", first


# --- commands ----------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Yield the page about our own commands, block by block."""
    yield "# Commands"
    yield (
        "These are Meedoen's own; `meedoen help` also lists Django's. Set-up puts the command at "
        "`.venv/bin/meedoen`. Every command knows `--help`."
    )
    for name in own_commands():
        command: Any = load_command_class(get_commands()[name], name)
        shown = f"meedoen {name.replace('_', '-')}"
        yield f"## {shown}"
        yield command.help
        yield f"```text\n{_usage(shown, command)}\n```"


def own_commands() -> list[str]:
    """Return the names of our own commands as Python writes them, in alphabetical order."""
    return sorted(name for name, app in get_commands().items() if app in OUR_APPS)


def _usage(shown: str, command: Any) -> str:
    """Return what the command itself takes, without what all commands of Django take."""
    parser = ArgumentParser(
        prog=shown, add_help=False, formatter_class=partial(HelpFormatter, width=WIDTH)
    )
    command.add_arguments(parser)
    return parser.format_help().strip()


# --- Markdown and docstrings -------------------------------------------------------------------


def docstrings(words: type[StrEnum]) -> dict[str, str]:
    """Return the text that stands under each member of an enum, on one line."""
    [definition] = ast.parse(dedent(inspect.getsource(words))).body
    found = {}
    for member, below in pairwise(getattr(definition, "body", [])):
        if isinstance(member, ast.Assign) and isinstance(below, ast.Expr):
            [target] = member.targets
            found[ast.unparse(target)] = " ".join(str(ast.literal_eval(below.value)).split())
    return found


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    sys.exit(main())
