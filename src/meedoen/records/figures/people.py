"""The own people behind a figure, for who works with them; never how many others there are.

A figure minus the own people would say how many those of somebody else are. So nothing here comes
with the figure itself: it is about the own caseload, and the figure about the municipality.
"""

from datetime import date

from meedoen.records.figures.sources import sources
from meedoen.records.ladder.caseload_rows import CaseloadRow, caseload_rows, page_of_rows
from meedoen.records.organisations.paging import Page
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.behind import people_behind, people_without
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.people_words import PeopleByGrowth, PeopleBySteps, PeopleWord

NOT_MEASURED = "not_measured"
"""In place of a part: who has a benefit and is in no class, because nobody measured them."""


def figures_of_people(viewer: Viewer) -> list[Definition]:
    """Return the indicators behind which there are people of the history.

    Empty for who may not see who counts in a figure.
    """
    if not viewer.may(Permission.OPEN_FIGURES):
        return []
    return [
        each
        for each in catalogue_of(viewer.municipality_id)
        if isinstance(each.versions[-1].count, PeopleWord)
    ]


def parts_to_open(definition: Definition, on: date) -> tuple[str, ...]:
    """Return the parts of a figure of which the people can be asked; "" where it has none.

    Raises NoVersionError for a day before the indicator existed.
    """
    word = definition.version_on(on).count
    apart = (NOT_MEASURED,) if isinstance(word, PeopleByGrowth | PeopleBySteps) else ()
    return (*(word.parts or ("",)), *apart)


def people_of_figure(
    viewer: Viewer, *, definition: Definition, on: date, part: str, own_only: bool
) -> list[CaseloadRow]:
    """Return who counts in a part of a figure on a day, of the people whose file one may open.

    As known now, by name. Empty for who may not see who counts. Raises ValueError for a part that
    `parts_to_open` does not name, and NoVersionError as that does.
    """
    if not viewer.may(Permission.OPEN_FIGURES):
        return []
    if part not in parts_to_open(definition, on):
        raise ValueError(f"{part!r} is no part of {definition.code}")
    # The whole municipality is counted; only who the viewer may see anyway comes out.
    whole = Viewer.system(viewer.municipality_id)
    known = sources(whole, referrals=False).known_at(None)
    version = definition.version_on(on)
    if part == NOT_MEASURED:
        numbers = people_without(version, known, on)
    else:
        numbers = people_behind(version, known, on, part=part or None)
    there = set(numbers.tolist())
    rows = caseload_rows(viewer, own_only=own_only)
    return [row for row in rows if row.pseudonym_id in there]


def page_of_people(
    viewer: Viewer, rows: list[CaseloadRow], *, number: int
) -> Page[tuple[CaseloadRow, str]]:
    """Return one page of them, each with the name of the coach who is responsible."""
    return page_of_rows(
        viewer,
        rows,
        pseudonym_id=lambda row: row.pseudonym_id,
        to_card=lambda row, coach: (row, coach),
        number=number,
    )
