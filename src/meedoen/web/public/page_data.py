"""A published page as a dataset, always in Dutch: what the page shows, and nothing beside it."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.budget.cells import EXPECTED
from meedoen.records.budget.queries import PublicCell, PublicPage, PublicRow
from meedoen.records.documents.page_queries import Occasion
from meedoen.rules.indicators.labels import PLACE_KINDS
from meedoen.rules.open_data.dataset import COUNTED, Dataset, Observation
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.public.own_table import occasion_name
from meedoen.web.shared.figures import day_text


def dataset_of(page: PublicPage, document: Occasion | None) -> Dataset:
    """Return the page as data, named after the document with which it was published.

    Each text is the one that the page has: nothing is worked out.
    """
    with translation.override("nl"):
        return Dataset(
            number=page.publication_id,
            goal=page.title.split(" ")[0],
            title=_title(page, document),
            description=_(
                "Wat de gemeente %(municipality)s bij dit doel beloofde en wat er geteld is, per "
                "indicator en waar dat kan per wijk. Kleine aantallen zijn beschermd."
            )
            % {"municipality": page.municipality},
            municipality=page.municipality,
            municipality_code=page.municipality_code,
            published_at=page.published_at,
            reference_date=page.reference_date,
            known_at=page.known_at,
            threshold=page.threshold,
            rounding=page.rounding,
            observations=tuple(_observations(page)),
        )


def _title(page: PublicPage, document: Occasion | None) -> str:
    """Name the page with its document: one goal has a page in each budget, report and account."""
    where = "" if document is None else occasion_name(document)
    if not where and page.goal_year is not None:
        where = _("doel van %(year)s") % {"year": page.goal_year}
    words = {"title": page.title, "where": where, "day": day_text(page.reference_date)}
    if not where:
        return _("%(title)s, cijfers tot en met %(day)s") % words
    return _("%(title)s (%(where)s), cijfers tot en met %(day)s") % words


def _observations(page: PublicPage) -> Iterator[Observation]:
    for number, row in enumerate(page.rows):
        for cell in (*row.cells, *row.parts, *row.ahead):
            yield _observation(number, row, cell)


def _observation(number: int, row: PublicRow, cell: PublicCell) -> Observation:
    kind = cell.place_kind and PLACE_KINDS[PlaceKind(cell.place_kind)].nl
    return Observation(
        row=number,
        code=row.indicator,
        name=row.name,
        unit=row.unit,
        kind=COUNTED if cell.counted_on else cell.kind,
        column=_column(cell),
        year=cell.year,
        day=cell.counted_on,
        district=cell.district,
        place_kind=kind,
        organisation=cell.organisation,
        shown=cell.text,
        hidden=cell.hidden,
    )


def _column(cell: PublicCell) -> str:
    """Return the heading of the column that the cell stands in."""
    if cell.counted_on:
        return _("Geteld op %(day)s") % {"day": day_text(cell.counted_on)}
    if cell.kind in EXPECTED:
        return _("Verwacht op 31 december %(year)s") % {"year": cell.year}
    return cell.label or _("Doel")
