"""Puts the blocks of a page together: goals with their sections, and the tables among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from meedoen.rules.budget.blocks import Block, BlockKind, Source
from meedoen.rules.budget.columns import heading_piece
from meedoen.rules.budget.footnotes import with_footnotes
from meedoen.rules.budget.full_rows import read_full_rows
from meedoen.rules.budget.grids import read_grid
from meedoen.rules.budget.headings import (
    Document,
    GoalHeading,
    document_in_address,
    document_of,
    goal_heading,
    has_footnote_at_code,
    is_navigation,
    section_kind,
)
from meedoen.rules.budget.html_words import WRITE_OUT
from meedoen.rules.budget.legends import with_legend
from meedoen.rules.budget.loose_parts import LooseTable, Stretch, cell_value, is_prose, stretch_of
from meedoen.rules.budget.loose_tables import read_loose_table, refuse_loose_values
from meedoen.rules.budget.loose_turned import read_loose_turned
from meedoen.rules.budget.own_year_rows import read_own_year_rows
from meedoen.rules.budget.page import Goal, IndicatorRow, Page, Refusal, Section, SectionKind
from meedoen.rules.budget.references import references_in
from meedoen.rules.budget.roles import Role, part_of
from meedoen.rules.budget.rows import ReadTable

_ABOVE = 2
"""How many blocks above a table may say what it is about."""
_LONGEST_TITLE = 200
_NEAR_THE_TOP = 6
_LONGEST_NAME = 80
"""Signs of a line that names the document; longer ones are sentences about some document."""
_FOOTNOTE_AT_CODE = "Achter een nummer staat een noot. Niet zeker is of dit een nieuw doel is."


@dataclass(slots=True)
class _OpenSection:
    heading: str
    kind: SectionKind
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def closed(self) -> Section:
        return Section(self.heading, self.kind, tuple(self.paragraphs), tuple(self.items))


@dataclass(slots=True)
class _OpenGoal:
    heading: GoalHeading
    where: str
    sections: list[_OpenSection] = field(default_factory=list)


class _Reading:
    """One pass over the blocks, from top to bottom."""

    def __init__(self, source: Source) -> None:
        blocks = [block for block in source.blocks if not is_navigation(block)]
        self._blocks = with_footnotes(blocks)
        self._title_at = _title_at(self._blocks)
        self._document = _document(self._blocks, self._title_at, source)
        self._source_title = source.title
        self._goals: list[_OpenGoal] = []
        self._above: list[str] = []
        self._rows: list[IndicatorRow] = []
        self._refused: list[Refusal] = []
        self._section = ""
        self._kind: SectionKind | None = None

    def page(self) -> Page:
        at = 0
        while at < len(self._blocks):
            at = self._read(at)
        return Page(
            self._title(),
            tuple(map(_closed_goal, self._goals)),
            with_legend(self._rows, self._blocks),
            (*_doubtful_texts(self._blocks), *self._refused, *self._goal_refusals()),
            tuple(self._above),
        )

    def _read(self, at: int) -> int:
        """Read the heading, or the stretch below it up to the next heading."""
        block = self._blocks[at]
        if at == self._title_at:
            return at + 1
        if heading := self._goal_heading(at):
            self._open_goal(heading, block.where)
            return at + 1
        if kind := section_kind(block):
            self._open_section(block.text, kind)
            return at + 1
        end = self._end_of_stretch(at)
        self._read_stretch(at, end)
        return end

    def _end_of_stretch(self, at: int) -> int:
        end = at + 1
        while end < len(self._blocks) and not (
            end == self._title_at
            or self._goal_heading(end)
            or (section_kind(self._blocks[end]) and not _is_among_headings(self._blocks, end))
        ):
            end += 1
        return end

    def _goal_heading(self, at: int) -> GoalHeading | None:
        """Read the heading of a goal; a name with a value right after it is a row of a table."""
        after = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if after and cell_value(after) and self._blocks[at].kind is BlockKind.PARAGRAPH:
            return None
        return goal_heading(self._blocks[at])

    def _read_stretch(self, at: int, end: int) -> None:
        text: list[Block] = []
        stretch = stretch_of(self._blocks, at, end, section=self._section, kind=self._kind)
        while at < end:
            block = self._blocks[at]
            if block.kind is BlockKind.GRID:
                read, at = self._grid(at), at + 1
            elif table := self._loose_table(stretch, at):
                text.extend(table.text)
                read, at = table.read, table.stop
            else:
                text.append(block)
                at += 1
                continue
            self._take_text(text)
            text = []
            self._rows.extend(replace(row, goal_code=self._goal_code()) for row in read.rows)
            self._refused.extend(read.refused)
        self._take_text(text)

    def _grid(self, at: int) -> ReadTable:
        above = self._blocks[max(0, at - _ABOVE) : at]
        texts = [one.text for one in above if one.kind is not BlockKind.GRID and not is_prose(one)]
        return read_grid(self._blocks[at], self._document, above=[self._section, *texts])

    def _loose_table(self, stretch: Stretch, at: int) -> LooseTable | None:
        return (
            read_own_year_rows(stretch, at, self._document)
            or read_loose_turned(stretch, at, self._document)
            or read_full_rows(stretch, at, self._document)
            or read_loose_table(stretch, at, self._document)
        )

    def _take_text(self, blocks: list[Block]) -> None:
        if refusal := refuse_loose_values(blocks, self._kind):
            self._refused.append(refusal)
        for block in blocks:
            if not self._goals:
                self._above.extend(block.lines)
                continue
            section = self._open_for_text()
            if block.kind is BlockKind.LIST:
                section.items.extend(block.lines)
            else:
                section.paragraphs.append("\n".join(block.lines))

    def _open_for_text(self) -> _OpenSection:
        sections = self._goals[-1].sections
        if not sections:
            sections.append(_OpenSection("", SectionKind.INTRODUCTION))
        return sections[-1]

    def _open_goal(self, heading: GoalHeading, where: str) -> None:
        repeated = self._goals and self._goals[-1].heading == heading
        if not repeated or self._goals[-1].sections:
            self._goals.append(_OpenGoal(heading, where))
        self._section, self._kind = "", None

    def _open_section(self, heading: str, kind: SectionKind) -> None:
        self._section, self._kind = heading, kind
        if self._goals:
            self._goals[-1].sections.append(_OpenSection(heading, kind))
        else:
            self._above.append(heading)

    def _goal_code(self) -> str | None:
        return self._goals[-1].heading.code if self._goals else None

    def _title(self) -> str:
        if self._title_at is not None:
            return self._blocks[self._title_at].text
        if self._source_title:
            return self._source_title
        first = next((block.text for block in self._blocks if block.text), "")
        return first[:_LONGEST_TITLE]

    def _goal_refusals(self) -> list[Refusal]:
        if not self._goals:
            where = self._blocks[0].where if self._blocks else "de hele pagina"
            return [
                Refusal(
                    where,
                    "De teksten van deze pagina.",
                    "Er staat geen doel met een nummer op de pagina, zoals “Doel 2.2.2 …”.",
                    "Zet de regel met nummer en titel van het doel boven de tekst.",
                )
            ]
        seen: set[str] = set()
        refused: list[Refusal] = []
        for goal in self._goals:
            if goal.heading.code in seen:
                refused.append(_refuse_repeated(goal))
            seen.add(goal.heading.code)
        return refused


def assemble(source: Source) -> Page:
    """Make a page of its blocks. Whatever cannot be read with certainty is in ``refused``."""
    return _Reading(source).page()


def _doubtful_texts(blocks: Sequence[Block]) -> list[Refusal]:
    """Refuse the texts whose words are not certain, and codes of goals with a footnote."""
    refused: list[Refusal] = []
    for block in blocks:
        why = _FOOTNOTE_AT_CODE if has_footnote_at_code(block) else block.problem
        if why and block.kind is not BlockKind.GRID:
            what = f"De tekst “{block.text[:_LONGEST_TITLE]}”."
            refused.append(Refusal(block.where, what, why, WRITE_OUT))
    return refused


def _refuse_repeated(goal: _OpenGoal) -> Refusal:
    return Refusal(
        goal.where,
        f"Doel {goal.heading.code}: “{goal.heading.title}”.",
        "Dit nummer staat ook boven een ander doel op de pagina.",
        "Haal het dubbele doel weg of verbeter het nummer.",
    )


def _title_at(blocks: Sequence[Block]) -> int | None:
    """Find the title of the document: above the first goal, and no heading of a column."""
    for at, block in enumerate(blocks):
        if document_of(block.text):
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            marked = block.kind is BlockKind.HEADING
            piece = heading_piece(after.text) if after else None
            return at if marked or piece is None or piece.year is None else None
        if goal_heading(block) or section_kind(block):
            return None
    return None


def _document(blocks: Sequence[Block], title_at: int | None, source: Source) -> Document | None:
    if title_at is not None:
        return document_of(blocks[title_at].text)
    return (
        document_of(source.title, whole=False)
        or document_in_address(source.address)
        or _named_above(blocks)
    )


def _named_above(blocks: Sequence[Block]) -> Document | None:
    """Read the document from a short line near the top, or from a title within a table."""
    for block in blocks[:_NEAR_THE_TOP]:
        texts = [block.text, *(row.cells[0].text for row in block.rows[:1] if row.cells)]
        for text in texts:
            if len(text) <= _LONGEST_NAME and (found := document_of(text, whole=False)):
                return found
    return None


def _is_among_headings(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a heading of a section heads a column here: behind an indicator and a word."""
    roles: list[Role] = []
    while at and (part := part_of(blocks[at - 1].text)):
        roles.append(part.role)
        at -= 1
        if part.role is Role.NAME:
            return Role.VALUE in roles
    return False


def _closed_goal(goal: _OpenGoal) -> Goal:
    sections = tuple(section.closed() for section in goal.sections)
    return Goal(
        goal.heading.code,
        goal.heading.title,
        sections,
        criteria=_items(sections, SectionKind.CRITERIA),
        activities=_items(sections, SectionKind.ACTIVITIES),
        portfolio_holders=_lines(sections, SectionKind.PORTFOLIO_HOLDERS),
        policy_notes=_lines(sections, SectionKind.POLICY_NOTES),
        references=references_in(
            (text for section in sections for text in (*section.paragraphs, *section.items)),
            own_code=goal.heading.code,
        ),
    )


def _items(sections: Sequence[Section], kind: SectionKind) -> tuple[str, ...]:
    return tuple(item for section in sections if section.kind is kind for item in section.items)


def _lines(sections: Sequence[Section], kind: SectionKind) -> tuple[str, ...]:
    """Give names that stand one to a line, with or without bullets."""
    return tuple(
        line
        for section in sections
        if section.kind is kind
        for text in (*section.paragraphs, *section.items)
        for line in text.split("\n")
        if any(sign.isalpha() for sign in line)
    )
