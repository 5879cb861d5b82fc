"""The words about matching: for each fact, rule and criterion, from catalogue/register.

A file with a mistake is refused as a whole, with a sentence for each mistake; a fact, rule or
criterion without words is a mistake, and so are words for something that is not there.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from meedoen.rules.indicators.texts import Text
from meedoen.rules.matching.published import PUBLISHED_FIELDS
from meedoen.rules.matching.rule_set import Criterion
from meedoen.rules.matching.suits import HardRule

FILE_NAME = "catalogue/register/matching.toml"


class Use(StrEnum):
    """What a fact is used for beside the rules and the criteria."""

    ORDER = "order"
    """The order in which places stand, beside what speaks for them."""
    SENTENCE = "sentence"
    """It is shown in a sentence and decides nothing."""


@dataclass(frozen=True, slots=True)
class NotUsed:
    """What plays no part: to whom it is about, and as a word in a list."""

    to_resident: Text
    word: str


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A hard rule: its name, what it says, and what it means for who reads it about themselves."""

    name: Text
    text: str
    to_resident: str


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """A criterion: its name, and what it means for who reads it about themselves."""

    name: Text
    to_resident: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What a fact could stand in for, and why it may be used all the same."""

    stands_for: Text
    acceptable: Text


@dataclass(frozen=True, slots=True)
class Variable:
    """One fact: what it is, why, where from, what uses it (codes), and what it could stand for."""

    field: str
    name: Text
    why: Text
    origin: Text
    risk: Risk
    used_by: tuple[str, ...]

    @property
    def is_about_person(self) -> bool:
        """Say whether it is about the person; else it is about the place."""
        return self.field.startswith("PersonFacts.")


@dataclass(frozen=True, slots=True)
class MethodWords:
    """The paragraphs around the rules and the criteria.

    `divided` says what is used besides the facts of the sheet when more people want one place.
    """

    before: str
    rules: str
    divided: str
    criteria: str
    after: str


@dataclass(frozen=True, slots=True)
class RegisterTexts:
    """All words about matching. `entry` are the fields of the register that are texts.

    `objection` says what a resident can do as long as a municipality has no words of its own.
    """

    entry: Mapping[str, Any]
    methods: MethodWords
    objection: str
    not_used: tuple[NotUsed, ...]
    rules: Mapping[HardRule, RuleWords]
    criteria: Mapping[Criterion, CriterionWords]
    variables: tuple[Variable, ...]


class RegisterTextsError(ValueError):
    """The words about matching hold mistakes; `problems` has a sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, in the order of the file."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@cache
def shipped_texts() -> RegisterTexts:
    """Return the words that come with Meedoen. Raises RegisterTextsError."""
    file = files("meedoen").joinpath("catalogue", "register", "matching.toml")
    return read_texts(file.read_text(encoding="utf-8"))


def read_texts(text: str) -> RegisterTexts:
    """Read the words from TOML. Raises RegisterTextsError with every mistake."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegisterTextsError([f"{FILE_NAME}: this is not TOML: {error}."]) from error
    reading = _Reading()
    texts = reading.texts(table)
    if reading.problems:
        raise RegisterTextsError(reading.problems)
    return texts


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the tables, and notes what is wrong instead of stopping at it."""

    problems: list[str] = field(default_factory=list)

    def texts(self, table: Mapping[str, Any]) -> RegisterTexts:
        methods = self._part(table, "methods")
        rules = self._by_code(table, "rules", "code", [*HardRule])
        criteria = self._by_code(table, "criteria", "code", [*Criterion])
        return RegisterTexts(
            entry=MappingProxyType(self._part(table, "entry")),
            methods=MethodWords(
                **{
                    key: self._text("methods", methods, key)
                    for key in ("before", "rules", "divided", "criteria", "after")
                }
            ),
            objection=self._text("objection", self._part(table, "objection"), "text"),
            not_used=tuple(
                self._not_used(f"not_used {at}", row)
                for at, row in enumerate(self._rows(table, "not_used"), start=1)
            ),
            rules={HardRule(code): self._rule(code, row) for code, row in rules.items()},
            criteria={
                Criterion(code): self._criterion(code, row) for code, row in criteria.items()
            },
            variables=self._variables(table),
        )

    def _not_used(self, where: str, row: Mapping[str, Any]) -> NotUsed:
        return NotUsed(to_resident=self._both(where, row), word=self._text(where, row, "word"))

    def _rule(self, code: str, row: Mapping[str, Any]) -> RuleWords:
        return RuleWords(
            name=self._both(f"rule {code}, name", self._part(row, "name")),
            text=self._text(f"rule {code}", row, "text"),
            to_resident=self._text(f"rule {code}", row, "to_resident"),
        )

    def _criterion(self, code: str, row: Mapping[str, Any]) -> CriterionWords:
        return CriterionWords(
            name=self._both(f"criterion {code}, name", self._part(row, "name")),
            to_resident=self._text(f"criterion {code}", row, "to_resident"),
        )

    def _variables(self, table: Mapping[str, Any]) -> tuple[Variable, ...]:
        origins = {
            row.get("code"): self._both(f"origin {row.get('code')}", row)
            for row in self._rows(table, "origins")
        }
        risks = {row.get("code"): self._risk(row) for row in self._rows(table, "risks")}
        rows = self._by_code(table, "variables", "field", PUBLISHED_FIELDS)
        found = []
        for name, row in rows.items():
            origin = self._named(name, row, "origin", origins)
            risk = self._named(name, row, "risk", risks)
            used_by = self._used_by(name, row)
            both = self._both(f"{name}, name", self._part(row, "name"))
            why = Text(nl=self._text(name, row, "why"), en=PUBLISHED_FIELDS[name])
            if origin is not None and risk is not None:
                found.append(Variable(name, both, why, origin, risk, used_by))
        # In the order of the published list, so that people stand before places.
        return tuple(sorted(found, key=lambda one: list(PUBLISHED_FIELDS).index(one.field)))

    def _risk(self, row: Mapping[str, Any]) -> Risk:
        where = f"risk {row.get('code')}"
        return Risk(
            stands_for=self._both(f"{where}, stands_for", self._part(row, "stands_for")),
            acceptable=self._both(f"{where}, acceptable", self._part(row, "acceptable")),
        )

    def _used_by(self, name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
        known = [*HardRule, *Criterion, *Use]
        codes = row.get("used_by")
        if not isinstance(codes, list) or not codes:
            self._wrong(name, "used_by is missing; name at least one rule or criterion")
            return ()
        for code in codes:
            if code not in known:
                self._wrong(name, f"used_by names {code!r}; use {', '.join(known)}")
        return tuple(str(code) for code in codes)

    def _named(self, name: str, row: Mapping[str, Any], key: str, known: Mapping[Any, Any]) -> Any:
        if row.get(key) not in known:
            self._wrong(name, f"{key} is {row.get(key)!r}; use {', '.join(map(str, known))}")
        return known.get(row.get(key))

    def _by_code(
        self, table: Mapping[str, Any], key: str, code: str, wanted: Collection[str]
    ) -> dict[str, Mapping[str, Any]]:
        """Return the rows under a key by their code: one for each that is wanted, and no other."""
        found: dict[str, Mapping[str, Any]] = {}
        for row in self._rows(table, key):
            name = row.get(code)
            if name not in wanted:
                self._wrong(key, f"{name!r} is not there (any more); take its words away")
            elif name in found:
                self._wrong(key, f"{name!r} has words twice; keep one")
            else:
                found[str(name)] = row
        for name in wanted:
            if name not in found:
                self._wrong(key, f"{str(name)!r} has no words; write them")
        return found

    def _rows(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        rows = table.get(key)
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            return rows
        self._wrong("", f"{key} are missing; begin each with [[{key}]]")
        return []

    def _part(self, table: Mapping[str, Any], key: str) -> dict[str, Any]:
        part = table.get(key)
        return part if isinstance(part, dict) else {}

    def _both(self, where: str, table: Mapping[str, Any]) -> Text:
        return Text(nl=self._text(where, table, "nl"), en=self._text(where, table, "en"))

    def _text(self, where: str, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        given = "is missing" if value is None else f"is {value!r}"
        self._wrong(where, f"{key} {given}; write it between quotes")
        return ""

    def _wrong(self, where: str, what: str) -> None:
        place = f"{FILE_NAME}, {where}" if where else FILE_NAME
        self.problems.append(f"{place}: {what}.")
