"""A text in the two languages of the interface."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in Dutch and in English."""

    nl: str
    en: str

    def within(self, language: Language) -> str:
        """Give the text in one language."""
        return self.nl if language == "nl" else self.en

    def filled(self, **values: object) -> "Text":
        """Fill in the places in braces; a Text is filled in per language."""
        return Text(
            self.nl.format_map(_in(values, "nl")),
            self.en.format_map(_in(values, "en")),
        )


def _in(values: dict[str, object], language: Language) -> dict[str, object]:
    return {
        name: value.within(language) if isinstance(value, Text) else value
        for name, value in values.items()
    }
