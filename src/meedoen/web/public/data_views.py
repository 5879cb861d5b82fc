"""The published pages as files: for a spreadsheet, for other software, and on paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import (
    PublicPage,
    pages_as_published,
    published_page,
    published_pages,
)
from meedoen.records.documents.page_queries import Occasion, occasions
from meedoen.rules.open_data.catalogue import (
    CC0,
    FORMS,
    Catalogue,
    Entry,
    catalogue,
    publisher_address,
)
from meedoen.rules.open_data.dataset import Dataset
from meedoen.rules.open_data.json_stat import json_stat
from meedoen.rules.open_data.table import COLUMNS, described, lines
from meedoen.web.public.own_table import occasion_of, own_table_lines
from meedoen.web.public.page_data import dataset_of
from meedoen.web.shared.exporting import WAYS
from meedoen.web.shared.pages import public_page

LINKED_DATA = "application/ld+json"


@public_page
def page_table(request: HttpRequest, publication_id: int, way: str) -> HttpResponse:
    """Give the page as CSV or XLSX; beside the CSV stands its description."""
    dataset = _dataset(publication_id)
    headings = [column.name for column in COLUMNS]
    answer = WAYS[way](_file_name(publication_id), headings, lines(dataset))
    if way == "csv":
        address = reverse("public:page_description", args=[publication_id])
        answer["Link"] = f'<{address}>; rel="describedby"; type="application/csvm+json"'
    return answer


@public_page
def page_own_table(request: HttpRequest, publication_id: int, way: str) -> HttpResponse:
    """Give the table of the page as it stands there, with its source under it, always in Dutch."""
    published = _counted_page(publication_id)
    with translation.override("nl"):
        headings, rows = own_table_lines(published)
        return WAYS[way](f"{_file_name(publication_id)}-{_('tabel')}", headings, rows)


@public_page
def page_description(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Describe the columns of the CSV (CSV on the Web)."""
    dataset = _dataset(publication_id)
    found = described(
        dataset,
        url=_absolute(request, "public:page_csv", publication_id),
        licence=CC0,
        publisher=publisher_address(dataset.municipality_code),
    )
    return _json(found, "application/csvm+json")


@public_page
def page_cube(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Give the page as JSON-stat."""
    dataset = _dataset(publication_id)
    source = f"Gemeente {dataset.municipality}, {_absolute(request, 'public:page', publication_id)}"
    return _json(json_stat(dataset, source=source), "application/json")


@public_page
def data_catalogue(request: HttpRequest) -> HttpResponse:
    """List the newest page of every goal and document as open data, by DCAT-AP-NL.

    A page without numbers is no data.
    """
    lines = published_pages(every_document=True)
    documents = occasions({line.document_key for line in lines if line.document_key})
    pages = pages_as_published([line.publication_id for line in lines])
    # In the order of the list.
    entries = [
        _entry(request, page, documents)
        for line in lines
        if (page := pages.get(line.publication_id)) and page.rows
    ]
    here = request.build_absolute_uri(reverse("public:catalogue"))
    home = request.build_absolute_uri(reverse("public:pages"))
    mail = settings.ADMINISTRATOR_EMAIL
    about = Catalogue(
        url=here,
        title="Wat bereikt de gemeente",
        description=(
            "Doelen uit de begroting: wat beloofd is en wat geteld is. Kleine aantallen zijn "
            "beschermd."
        ),
        homepage=home,
        contact=f"mailto:{mail}" if mail else home,
    )
    return _json(catalogue(about, entries), LINKED_DATA)


def _entry(request: HttpRequest, page: PublicPage, documents: Mapping[UUID, Occasion]) -> Entry:
    number = page.publication_id
    document = documents.get(page.document_key) if page.document_key else None
    return Entry(
        dataset=dataset_of(page, document),
        page=_absolute(request, "public:page", number),
        documentation=_absolute(request, "public:page_description", number),
        downloads={
            form.name: _absolute(request, f"public:page_{form.name}", number) for form in FORMS
        },
    )


def _dataset(publication_id: int) -> Dataset:
    page = _counted_page(publication_id)
    return dataset_of(page, occasion_of(page))


def _counted_page(publication_id: int) -> PublicPage:
    """Return a page with numbers. Raises Http404: without them there is nothing to take along."""
    found = published_page(publication_id)
    if found is None or not found.rows:
        raise Http404
    return found


def _file_name(publication_id: int) -> str:
    return _("begroting-%(number)s") % {"number": publication_id}


def _absolute(request: HttpRequest, name: str, *arguments: Any) -> str:
    """Return an address as the visitor knows it: no name of a host is made up."""
    return request.build_absolute_uri(reverse(name, args=arguments))


def _json(content: Mapping[str, Any], content_type: str) -> HttpResponse:
    """Answer with data that every other site may read too: it is open."""
    answer = JsonResponse(
        content, json_dumps_params={"ensure_ascii": False}, content_type=content_type
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
