"""What stands above the parts of a document: Dutch, for a document is Dutch in every language."""

from collections.abc import Mapping, Sequence
from typing import Any

from meedoen.rules.budget.page import SectionKind
from meedoen.rules.documents.words import DocumentKind, LightSubject, Question

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
