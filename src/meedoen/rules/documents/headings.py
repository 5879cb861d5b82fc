"""What stands above the parts of a document: Dutch, for a document is Dutch in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meedoen.rules.budget.page import SectionKind
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question

_TO_COME: Mapping[Question, str] = {
    Question.STANDING: "Hoe staan we ervoor?",
    Question.WANT: "Wat willen we bereiken?",
    Question.DO: "Wat gaan we daarvoor doen?",
    Question.COST: "Wat mag het kosten?",
}
HEADINGS: Mapping[DocumentKind, Mapping[Question, str]] = {
    DocumentKind.BUDGET: _TO_COME,
    DocumentKind.INTERIM: _TO_COME,
    DocumentKind.ACCOUNT: {
        Question.WANT: "Wat wilden we bereiken?",
        Question.DO: "Wat hebben we gedaan?",
        Question.COST: "Wat heeft het gekost?",
    },
}
"""The three questions of the budget (BBV, article 8(3)) and of the account (article 24)."""
MAY_BE_EMPTY = frozenset({Question.STANDING})
"""The questions that no rule asks for; without a text they have no place on a page."""
WITH_LIGHTS = frozenset({DocumentKind.INTERIM, DocumentKind.ACCOUNT})
"""A budget is a promise: there is nothing yet that goes well or wrong."""
LIGHTS_ASKED: Mapping[DocumentKind, tuple[LightSubject, ...]] = {
    DocumentKind.BUDGET: (),
    DocumentKind.INTERIM: tuple(LightSubject),
    DocumentKind.ACCOUNT: (),
}
"""The lights without which a document cannot be offered."""
_ANSWERED_BY: Mapping[Question, tuple[SectionKind, ...]] = {
    Question.STANDING: (SectionKind.STATE_OF_AFFAIRS,),
    Question.WANT: (SectionKind.AMBITION,),
    Question.DO: (SectionKind.ACTIVITIES,),
    Question.COST: (),
}


LIGHTS_HEADING = "Stoplichten"
SUBJECTS: Mapping[LightSubject, str] = {
    LightSubject.GOAL: "Het doel",
    LightSubject.ACTION: "Wat we doen",
    LightSubject.MONEY: "Het geld",
}
COLOURS: Mapping[Colour, str] = {
    Colour.GREEN: "groen, zoals beloofd",
    Colour.ORANGE: "oranje, bijsturen is nodig",
    Colour.RED: "rood, dit jaar lukt het niet",
}


@dataclass(frozen=True, slots=True)
class LightSaid:
    """A traffic light with what was written about it; green may say nothing."""

    subject: LightSubject
    colour: Colour
    cause: str
    consequence: str
    steering: str


def lights_section(lights: Sequence[LightSaid]) -> dict[str, Any]:
    """Return the traffic lights of a chapter as a section of the page of its goal."""
    return {
        "heading": LIGHTS_HEADING,
        "kind": SectionKind.OTHER.value,
        "paragraphs": [],
        "items": [_light_text(one) for one in lights],
    }


def _light_text(light: LightSaid) -> str:
    asked = (
        ("Hoe komt het?", light.cause),
        ("Wat betekent dit voor het doel?", light.consequence),
        ("Wat doen we eraan?", light.steering),
    )
    said = [f"{question} {_with_a_stop(text)}" for question, text in asked if text]
    return " ".join([f"{SUBJECTS[light.subject]}: {COLOURS[light.colour]}.", *said])


def _with_a_stop(text: str) -> str:
    """Return a text on one line that ends as a sentence, so that the next does not run into it."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…", ":")) else f"{line}."


def first_text(sections: Sequence[Mapping[str, Any]], question: Question) -> str:
    """Return what the page of a goal says about a question, to begin a budget with.

    Braces become round brackets, for between braces stands a figure that is quoted.
    """
    texts = [_as_text(section) for section in sections if section["kind"] in _ANSWERED_BY[question]]
    return "\n\n".join(texts).replace("{", "(").replace("}", ")")


def without_answers(sections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the sections of a goal's page whose place the texts of a document do not take."""
    taken = {kind.value for kinds in _ANSWERED_BY.values() for kind in kinds}
    return [section for section in sections if section["kind"] not in taken]


def as_section(kind: DocumentKind, question: Question, text: str) -> dict[str, Any]:
    """Return a text of a document as a section of a goal's page, with the question it answers."""
    return {
        "question": question.value,
        "heading": HEADINGS[kind][question],
        "kind": SectionKind.OTHER.value,
        "paragraphs": paragraphs(text),
        "items": [],
    }


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: what stands apart by an empty line."""
    return [one.strip() for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]


def _as_text(section: Mapping[str, Any]) -> str:
    items = "\n".join(f"- {item}" for item in section["items"])
    return "\n\n".join([*section["paragraphs"], *([items] if items else [])])
