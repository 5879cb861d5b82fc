"""What can be wrong with a definition, said in both languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meedoen.rules.indicators.texts import Language, Text

MISSING = Text("dit ontbreekt", "this is missing")
UNKNOWN = Text("dit woord kennen we hier niet", "this word is not known here")
NOT_TEXT = Text("dit moet een tekst zijn die niet leeg is", "this must be a text that is not empty")
NOT_TABLE = Text("dit moet een blok met eigen regels zijn", "this must be a table")
NOT_TABLES = Text("dit moet een rij blokken zijn", "this must be an array of tables")
NOT_LIST = Text("dit moet een lijst tussen [ en ] zijn", "this must be a list between [ and ]")
NOT_A_CHOICE = Text("{value} kan hier niet", "{value} is not possible here")
TWICE = Text("{value} staat er twee keer", "{value} is there twice")
NOT_A_NUMBER = Text("dit moet een heel getal zijn", "this must be a whole number")
NOT_A_DAY = Text("dit moet een datum zonder tijd zijn", "this must be a date without a time")
NOT_A_MOMENT = Text(
    "dit moet een datum met tijd en tijdzone zijn", "this must be a date with a time and a zone"
)
NOT_YES_OR_NO = Text("dit moet true of false zijn", "this must be true or false")
NOT_TOML = Text("dit is geen geldig TOML: {reason}", "this is not valid TOML: {reason}")

ANY_TEXT = Text("een tekst tussen aanhalingstekens", "a text between quotes")
WHOLE_NUMBERS = Text("een getal van {low} tot en met {high}", "a number from {low} to {high}")
LIST_OF_NUMBERS = Text("getallen van {low} tot en met {high}", "numbers from {low} to {high}")
A_DAY = Text("bijvoorbeeld 2026-12-31", "for example 2026-12-31")
A_MOMENT = Text("bijvoorbeeld 2026-12-31T12:00:00Z", "for example 2026-12-31T12:00:00Z")
A_TABLE = Text("een blok dat begint met [{key}]", "a table that starts with [{key}]")
TABLES = Text("blokken die beginnen met [[{key}]]", "tables that start with [[{key}]]")
YES_OR_NO = Text("true of false, zonder aanhalingstekens", "true or false, without quotes")
ONE_OF = Text("kies uit: {words}", "choose from: {words}")
LEAVE_OUT = Text("laat deze regel weg", "leave this line out")
PERHAPS = Text("bedoelt u {near}? {words}", "did you mean {near}? {words}")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in one file."""

    file: str
    where: str
    """The path of keys, such as `versions[2].count.kind`; empty for the whole file."""
    line: int | None
    """Counted from 1; None where it cannot be told."""
    what: Text
    possible: Text

    def sentence(self, language: Language = "nl") -> str:
        """Say in one line where it is, what is wrong and what is possible."""
        word = {"nl": "regel", "en": "line"}[language]
        place = [self.file]
        place += [] if self.line is None else [f"{word} {self.line}"]
        place += [self.where] if self.where else []
        what, possible = self.what.within(language), self.possible.within(language)
        return f"{', '.join(place)}: {what}; {possible}"


class DefinitionError(ValueError):
    """A definition or the catalogue cannot be used; it holds every mistake found."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes and say them all in Dutch."""
        self.mistakes = tuple(mistakes)
        super().__init__(self.report())

    def report(self, language: Language = "nl") -> str:
        """Say every mistake on a line of its own."""
        return "\n".join(mistake.sentence(language) for mistake in self.mistakes)


def one_of(words: Sequence[str]) -> Text:
    """Say which words are possible."""
    return ONE_OF.filled(words=", ".join(words))
