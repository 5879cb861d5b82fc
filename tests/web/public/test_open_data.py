"""The published pages as files: the same texts as the page, and nothing beside them."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.queries import goals, published_page
from meedoen.records.figures.actions import measure
from meedoen.records.figures.forecasts import forecast
from meedoen.records.figures.protecting import set_protection
from meedoen.records.organisations.models import District
from meedoen.rules.documents.words import DocumentKind
from meedoen.rules.indicators.published_table import Protection
from meedoen.rules.open_data.table import COLUMNS
from tests.records.documents.scenes import adopted, offered, second_controller
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.records.figures.test_forecasts import at
from tests.rules.open_data.test_open_data import cube_cell
from tests.standing_town import kept
from tests.web.public.reading import links_of, tables_of, words_of

FOUND = "participation_jobs_self_found"
OWN = "Behaald, begroot en beoogd"
JOBS = "Aantal mensen dat actief is op een P-baan"


@pytest.fixture
@kept
def publication(town) -> int:
    """Goal 1.1.3 with 24 people on a job, of whom 21 found it themselves."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    people = crowd(town, 24)
    take_part(town, people[:21], self_found=21)
    take_part(town, people[21:])
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator=FOUND)
    return publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)


def file_of(client, name, publication):
    answer = client.get(reverse(f"public:{name}", args=[publication]))
    assert answer.status_code == 200
    return answer


def rows_of(client, publication):
    """Read the CSV by its own description, as software does."""
    told = json.loads(file_of(client, "page_description", publication).content)
    assert told["url"].endswith(reverse("public:page_csv", args=[publication]))
    text = file_of(client, "page_csv", publication).content.decode("utf-8-sig")
    delimiter = told["dialect"]["delimiter"]
    heading, *rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    names = [column["name"] for column in told["tableSchema"]["columns"]]
    assert heading == names == [column.name for column in COLUMNS]
    return [dict(zip(names, map(str.strip, row), strict=True)) for row in rows]


def cells_of(publication):
    page = published_page(publication)
    return [cell for row in page.rows for cell in (*row.cells, *row.parts, *row.ahead)]


def test_the_csv_has_every_text_of_the_page_once_and_in_its_order(client, publication):
    rows = rows_of(client, publication)
    assert [row["getoond"] for row in rows] == [cell.text for cell in cells_of(publication)]
    assert {row["soort"] for row in rows} == {"geteld", "realisatie", "begroting", "streef"}
    assert "x" in [row["getoond"] for row in rows]
    for row in rows:
        if row["soort"] == "geteld":
            assert row["waarde"] == (row["getoond"] if row["getoond"].isdecimal() else "")


def test_the_workbook_has_the_same_cells_as_the_csv(client, publication):
    content = file_of(client, "page_xlsx", publication).content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    _heading, *rows = sheet.to_python()
    assert [row[-1] for row in rows] == [row["getoond"] for row in rows_of(client, publication)]


def test_the_table_of_the_page_can_be_had_as_it_stands_with_its_source_under_it(
    client, publication
):
    page = tables_of(client.get(reverse("public:page", args=[publication])))[OWN]
    content = file_of(client, "page_table_xlsx", publication).content
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    text = file_of(client, "page_table_csv", publication).content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    headings = ["Indicator", "Behaald 2023", "Behaald 2024", "Begroot 2025", "Behaald 2025"]
    assert lines[0] == sheet[0] == headings
    for number, row in enumerate(page[1:], start=1):
        assert [cell.strip() for cell in lines[number]] == row
        assert [_as_text(cell) for cell in sheet[number]] == row
    assert lines[len(page)] == []
    under = [line[0] for line in lines[len(page) + 1 :]]
    assert under[0].startswith("Een streepje betekent dat er in dat jaar niet is gemeten")
    source = "Bron: begroting van de gemeente Testveld, en tellingen met Meedoen."
    assert under[1].startswith(f"{source} Peildatum: 31 december 2025. Geteld met wat op ")
    assert under[1] in words_of(client.get(reverse("public:page", args=[publication])))
    assert under[2].startswith("Kleine aantallen tonen we niet")


def _as_text(cell):
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def test_the_cube_has_the_same_numbers_and_marks(client, town, publication):
    cube = json.loads(file_of(client, "page_json", publication).content)
    assert len(cube["value"]) == len(cells_of(publication))
    day = NEXT_YEAR_END.isoformat()
    assert cube_cell(cube, "r1", "geteld", day, "alles") == (24, None)
    assert cube_cell(cube, "r4", "geteld", day, "alles") == (None, "x")
    north = District.objects.get(pk=town.north).name
    assert cube_cell(cube, "r1", "geteld", day, north) == (24, None)
    assert cube_cell(cube, "r1", "realisatie", "2023", "alles") == (104, None)


def test_the_page_shows_the_breakdown_by_district_and_leads_to_its_files(client, town, publication):
    answer = client.get(reverse("public:page", args=[publication]))
    table = tables_of(answer)["Per wijk, op 31 december 2025"]
    assert table[0][:2] == ["Per wijk", JOBS]
    north = District.objects.get(pk=town.north).name
    [line] = [row for row in table if row[0] == north]
    assert line[1] == "24"
    assert line[-1] == "x"
    links = links_of(answer)
    for words, name in (
        ("Pagina als PDF", "page_pdf"),
        ("Cijfers als CSV", "page_csv"),
        ("Cijfers als JSON-stat", "page_json"),
        ("Cijfers voor een rekenblad (XLSX)", "page_xlsx"),
        ("uitleg van de kolommen", "page_description"),
    ):
        assert links[words] == reverse(f"public:{name}", args=[publication])
    words = words_of(answer)
    assert "- niet gemeten" in words
    assert "alleen als het verschil nul is of minstens 10" in words


def test_a_breakdown_of_nothing_but_small_numbers_is_said_in_a_sentence(client, town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 7))
    measure(town.connie, on=YEAR_END)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    for name in ("page", "page_paper"):
        answer = file_of(client, name, publication)
        assert "De aantallen zijn te klein om zo te tonen" in words_of(answer)
        assert "Per wijk, op 31 december 2024" not in tables_of(answer)


def test_the_page_says_to_what_is_rounded_only_when_it_is(client, town, publication):
    url = reverse("public:page", args=[publication])
    assert "afgerond" not in words_of(client.get(url))
    set_protection(town.connie, protection=Protection(10, 5))
    goal_id = published_page(publication).goal_id
    later = publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)
    answer = client.get(reverse("public:page", args=[later]))
    assert "Getelde aantallen zijn afgerond op 5." in words_of(answer)
    assert "25" in [row["getoond"] for row in rows_of(client, later)]


def test_the_paper_has_the_tables_of_the_page(client, publication):
    paper = tables_of(file_of(client, "page_paper", publication))
    page = tables_of(client.get(reverse("public:page", args=[publication])))
    name = "Per wijk, op 31 december 2025"
    assert [row[1:] for row in paper[name][1:]] == [row[1:] for row in page[name][1:]]
    counted = [row[-1] for row in paper["Wat beloofd is en wat geteld is"][1:]]
    shown = [row[-1].split()[0] for row in page["Wat beloofd is en wat geteld is"][2:]]
    assert counted == shown


def test_the_pdf_has_tags_a_language_and_the_title(client, publication):
    answer = file_of(client, "page_pdf", publication)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as document:
        assert document.Root.Lang == "nl"
        assert "/StructTreeRoot" in document.Root
        assert str(document.docinfo["/Title"]).startswith("1.1.3")


def test_a_picture_on_paper_has_a_text_in_the_pdf(client, publication):
    with pikepdf.open(BytesIO(file_of(client, "page_pdf", publication).content)) as document:
        texts = [str(one.Alt) for one in tagged(document.Root.StructTreeRoot.K, "/Figure")]
    assert JOBS in texts
    assert "telden we er 24" in words_of(file_of(client, "page_paper", publication))


def tagged(node, kind):
    """Yield the elements of a kind in the structure of a PDF."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from tagged(one, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield node
        yield from tagged(node.get("/K"), kind)


def test_the_catalogue_names_the_newest_page_of_each_goal_with_its_files(client, publication):
    answer = client.get(reverse("public:catalogue"))
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    graph = json.loads(answer.content)["@graph"]
    downloads = [node["@id"] for node in graph if node["@type"] == "dcat:Distribution"]
    assert downloads == [
        f"http://testserver{reverse(f'public:{name}', args=[publication])}"
        for name in ("page_csv", "page_json", "page_xlsx")
    ]
    for address in downloads:
        assert client.get(address).status_code == 200
    listing = client.get(reverse("public:pages"))
    words = "Alle cijfers als open data: de catalogus (DCAT)"
    assert links_of(listing)[words] == reverse("public:catalogue")


def test_the_contact_of_the_catalogue_is_the_address_that_was_set(client, publication, settings):
    def contact():
        graph = json.loads(client.get(reverse("public:catalogue")).content)["@graph"]
        [node] = [one for one in graph if one["@type"] == "dcat:Catalog"]
        return node["dcat:contactPoint"]

    settings.ADMINISTRATOR_EMAIL = ""
    assert contact()["vcard:hasURL"]["@id"] == f"http://testserver{reverse('public:pages')}"
    settings.ADMINISTRATOR_EMAIL = "beheer@example.org"
    assert contact()["vcard:hasEmail"]["@id"] == "mailto:beheer@example.org"


def test_what_is_expected_stands_with_its_band_in_picture_table_and_files(client, town):
    """Thirty began in 2022, and ten more each spring; published in September 2026."""
    with at(2022, 1, 10):
        people = crowd(town, 70)
        take_part(town, people[:30], on=date(2022, 1, 10))
    for place, year in enumerate((2023, 2024, 2025, 2026), start=2):
        with at(year, 4, 3):
            take_part(town, people[place * 10 + 10 : place * 10 + 20], on=date(year, 4, 3))
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    with at(2026, 9, 30):
        for day in (date(2025, 12, 31), date(2026, 9, 30)):
            measure(town.connie, on=day)
        publication = publish(town.connie, goal_id=goal_id, on=date(2026, 9, 30))
        made = forecast(town.connie, indicator="participation_jobs")
    band = [made.low.text, made.expected.text, made.high.text]
    row = published_page(publication).rows[0]
    assert [cell.text for cell in row.ahead] == band
    page = words_of(client.get(reverse("public:page", args=[publication])))
    assert all(text in page.split("Cijfers: Aantal mensen")[1] for text in band)
    rows = rows_of(client, publication)
    assert [one["getoond"] for one in rows if one["soort"].startswith("prognose")][:3] == band
    assert {one["kolom"] for one in rows if one["soort"] == "prognose"} == {
        "Verwacht op 31 december 2026"
    }
    cube = json.loads(file_of(client, "page_json", publication).content)
    assert cube_cell(cube, "r1", "prognose", "2026", "alles") == (int(band[1]), None)


def test_every_document_about_a_goal_has_a_title_of_its_own_in_the_catalogue(client, town):
    cas = second_controller(town)
    for kind, number, people in (
        (DocumentKind.BUDGET, 0, 12),
        (DocumentKind.INTERIM, 1, 0),
        (DocumentKind.INTERIM, 2, 0),
        (DocumentKind.ACCOUNT, 0, 0),
    ):
        adopted(cas, offered(town, kind=kind, number=number, people=people))
    goal_id = next(one.goal_id for one in goals(town.connie) if one.code == "1.1.3")
    publish(town.connie, goal_id=goal_id, on=YEAR_END)
    graph = json.loads(client.get(reverse("public:catalogue")).content)["@graph"]
    titles = {node["dct:title"]["@value"] for node in graph if node["@type"] == "dcat:Dataset"}
    words = ("Begroting 2025", "Tussenrapportage 1 van 2025", "Tussenrapportage 2 van 2025")
    words += ("Jaarrekening 2025", "doel van 2025")
    until = "cijfers tot en met 31 december 2024"
    assert titles == {f"1.1.3 Maatschappelijke participatie ({one}), {until}" for one in words}


def test_the_catalogue_asks_the_database_as_often_for_many_pages_as_for_one(client, town):
    cas = second_controller(town)
    asked = []
    for kind, number in ((DocumentKind.BUDGET, 0), (DocumentKind.INTERIM, 1)):
        adopted(cas, offered(town, kind=kind, number=number, people=12 * (number == 0)))
        with CaptureQueriesContext(connection) as questions:
            graph = json.loads(client.get(reverse("public:catalogue")).content)["@graph"]
        sets = sum(node["@type"] == "dcat:Dataset" for node in graph)
        asked.append((sets, len(questions)))
    [(one, for_one), (more, for_more)] = asked
    assert more > one > 0
    assert for_more == for_one


def test_without_pages_the_catalogue_is_empty(db, client):
    assert json.loads(client.get(reverse("public:catalogue")).content)["@graph"] == []


@pytest.mark.parametrize(
    "name",
    [
        "page_table_csv",
        "page_table_xlsx",
        "page_csv",
        "page_xlsx",
        "page_description",
        "page_json",
        "page_paper",
        "page_pdf",
    ],
)
def test_of_a_page_that_is_not_there_nothing_can_be_had_and_nothing_can_be_sent(db, client, name):
    url = reverse(f"public:{name}", args=[10**6])
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 405
