"""The tree of the demo town's budget, and its documents: two adopted, one being written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from meedoen.demo import document_texts as texts
from meedoen.records.budget.line_actions import keep_criterion
from meedoen.records.budget.queries import goals
from meedoen.records.budget.tree_actions import keep_field, keep_programme, move_goal
from meedoen.records.budget.tree_queries import goal_node
from meedoen.records.documents.actions import adopt, make_document, offer
from meedoen.records.documents.adopted import adopted_document
from meedoen.records.documents.cards import ChapterCard, DocumentCard
from meedoen.records.documents.comment_actions import comment
from meedoen.records.documents.council_actions import (
    answer_council_question,
    note_council_question,
)
from meedoen.records.documents.helping_queries import figures_to_quote
from meedoen.records.documents.queries import document
from meedoen.records.documents.rectifying import rectify
from meedoen.records.documents.writing_actions import set_light, write_text
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.documents.words import DocumentKind, Question, QuotedKind

CODES = ["1.1.3", "2.2.2"]


def write_documents(writer: Viewer, adopter: Viewer) -> None:
    """Write the documents around today; measured must have been already, and the tree planted."""
    year, today = clock.today().year, clock.today()
    year_end = date(year - 1, 12, 31)
    account = begin_document(
        writer, DocumentKind.ACCOUNT, year - 1, f"Jaarstukken {year - 1}", on=year_end
    )
    seen = write_document(writer, account, texts.LOOKING_BACK)
    _light_up(writer, account, texts.ACCOUNT_LIGHTS)
    adopt_document(writer, adopter, account, seen)
    _rectify(adopter, account)
    budget = begin_document(
        writer, DocumentKind.BUDGET, year, f"Programmabegroting {year}", on=year_end
    )
    seen = write_document(writer, budget, texts.FIRST_WORDS)
    adopt_document(writer, adopter, budget, seen)
    _ask(writer, budget)
    title = f"Eerste tussenrapportage {year}"
    interim = begin_document(
        writer, DocumentKind.INTERIM, year, title, number=1, on=today, start_from=budget
    )
    _say_how_it_goes(writer, interim)
    _light_up(writer, interim, texts.INTERIM_LIGHTS)
    comment(adopter, key=interim, chapter=1, question=Question.WANT, text=texts.COMMENT)


def plant_tree(writer: Viewer) -> None:
    """Give every goal its place in the tree, and say by which indicators criteria are measured."""
    programmes = {
        code: keep_programme(writer, code=code, name=name, portfolio_holder=holder)
        for code, (name, holder) in texts.PROGRAMMES.items()
    }
    fields = {
        code: keep_field(writer, programme_key=programmes[code[0]], code=code, name=name)
        for code, name in texts.FIELDS.items()
    }
    for line in goals(writer):
        move_goal(writer, goal_id=line.goal_id, field_key=fields.get(line.code[:3]))
        _say_how_measured(writer, line.goal_id, texts.MEASURED_BY.get(line.code, ()))


def _say_how_measured(writer: Viewer, goal_id: int, measured_by: Sequence[Collection[str]]) -> None:
    node = goal_node(writer, goal_id=goal_id)
    for line, codes in zip(node.criteria if node else (), measured_by, strict=False):
        keep_criterion(
            writer,
            goal_id=goal_id,
            text=line.text,
            indicators=[code for code in codes if node and code in node.indicators],
            key=line.key,
        )


def begin_document(
    writer: Viewer,
    kind: DocumentKind,
    year: int,
    title: str,
    *,
    on: date,
    number: int = 0,
    start_from: UUID | None = None,
) -> UUID:
    """Begin a document about both goals of the demo, and return its key."""
    return make_document(
        writer,
        kind=kind,
        year=year,
        number=number,
        title=title,
        reference_date=on,
        codes=CODES,
        start_from=start_from,
    )


def card_of(viewer: Viewer, key: UUID) -> DocumentCard:
    """Return a document of the demo town."""
    card = document(viewer, key=key)
    if card is None:
        raise LookupError(f"The demo town has no document {key}.")
    return card


def write_document(
    writer: Viewer,
    key: UUID,
    words: Mapping[str, Mapping[Question, str]],
    *,
    with_figures: Question = Question.WANT,
) -> int:
    """Write the words of each goal in its chapter, with the figures of the goal behind one of them.

    Return the revision of what was written in.
    """
    card = card_of(writer, key)
    for chapter in card.chapters:
        for standing in chapter.texts:
            said = words[chapter.code].get(standing.question, "")
            if standing.question is with_figures:
                aims = texts.AIMS if with_figures is Question.WANT else {}
                said = "\n\n".join([said, _figures(writer, card, chapter, aims)]).strip()
            write_text(
                writer,
                key=key,
                chapter=chapter.number,
                question=standing.question,
                text=said,
                seen=standing.text_id,
            )
    return card.revision


def _figures(
    writer: Viewer, card: DocumentCard, chapter: ChapterCard, aimed: Mapping[str, texts.Sentences]
) -> str:
    """Return sentences with the figures there are, of which a small town may lack some."""
    there = {line.quote for line in figures_to_quote(writer, key=card.key, chapter=chapter.number)}
    asked = [(f"{{{code}}}", sentence) for code, sentence in texts.SENTENCES[chapter.code]]
    aims = [
        (f"{{{code} target {card.year}}}", sentence)
        for code, sentence in aimed.get(chapter.code, ())
    ]
    return " ".join(
        sentence.format(figure=quote) for quote, sentence in [*asked, *aims] if quote in there
    )


def adopt_document(writer: Viewer, adopter: Viewer, key: UUID, seen: int) -> None:
    """Let one offer what has the revision `seen`, and another adopt it as it is shown."""
    offer(writer, key=key, seen=seen)
    card = card_of(adopter, key)
    adopt(adopter, key=key, seen=card.revision, figures_seen=card.figures_print)


def _rectify(adopter: Viewer, key: UUID) -> None:
    """Put right the first number that was aimed for, when the document quotes one."""
    adopted = adopted_document(adopter, key=key)
    for figure in adopted.figures if adopted else ():
        if figure.kind is QuotedKind.AIMED:
            rectify(
                adopter,
                adopted_id=figure.adopted_id,
                reason=texts.RECTIFIED,
                text=texts.RECTIFIED_TO,
            )
            return


def _ask(writer: Viewer, key: UUID) -> None:
    asked = note_council_question(
        writer,
        key=key,
        chapter=1,
        question=Question.DO,
        paragraph=1,
        asked_by=texts.ASKED_BY,
        asked_on=clock.today(),
        text=texts.ASKED,
    )
    answer_council_question(writer, question_key=asked, text=texts.ANSWERED)


def _say_how_it_goes(writer: Viewer, key: UUID) -> None:
    """Write in the first chapter where we stand, what was promised and what is expected."""
    card = card_of(writer, key)
    chapter = card.chapters[0]
    said = {
        Question.STANDING: f"{_figures(writer, card, chapter, {})}\n\n{texts.EXPECTED}",
        Question.WANT: texts.PROMISED.format(year=card.year),
    }
    for standing in chapter.texts:
        if standing.question in said:
            write_text(
                writer,
                key=key,
                chapter=chapter.number,
                question=standing.question,
                text=said[standing.question],
                seen=standing.text_id,
            )


def _light_up(writer: Viewer, key: UUID, lights: Mapping[int, texts.Lights]) -> None:
    """Set the lights of these chapters; those of others are still to be set."""
    for chapter, subjects in lights.items():
        for subject, (colour, cause, consequence, steering) in subjects.items():
            set_light(
                writer,
                key=key,
                chapter=chapter,
                subject=subject,
                colour=colour,
                cause=cause,
                consequence=consequence,
                steering=steering,
            )
