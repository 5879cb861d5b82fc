"""The page on which a controller reads a page of a budget, looks, decides and keeps it."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.budget.contradicting import counted_otherwise
from meedoen.records.budget.models import Goal, ImportedRow, ImportedValue
from meedoen.records.budget.queries import PublicCell, PublicRow, goals
from meedoen.records.figures.actions import measure
from meedoen.web.policy.contradiction_words import counted_sentences
from tests.records.figures.scenes import YEAR_END, crowd, demo_text, take_in, take_part
from tests.rules.budget.pages_of_our_own import as_text
from tests.rules.budget.table_forms import as_xlsx
from tests.web.public.reading import words_of

AT = reverse("policy:budget_import")
HEADS = ["Behaald 2022", "Behaald 2023", "Beoogd 2025"]
BROKEN = as_text(
    "Begroting 2025", "Indicatoren", HEADS, ["Aantal A", "1", "-", "3"], ["Aantal B", "5", "6"]
)


def hidden(answer):
    """Give what stands filled in in the form with the reading."""
    markup = answer.content.decode()
    values = {}
    for name in ("packed", "source"):
        field = re.search(rf'<input type="hidden" name="{name}"[^>]*?value="([^"]*)"', markup)
        values[name] = field[1] if field else ""
    return values


def look(client, text, source="Begroting 2025"):
    return client.post(AT, {"text": text, "source": source})


def test_connie_looks_first_and_nothing_is_kept(town, sign_in):
    answer = look(sign_in(town.connie), BROKEN)
    page = words_of(answer)
    assert answer.status_code == 200
    assert "Aantal A" in page
    assert "regel 19" in page
    assert "cellen weggevallen" in page
    assert not Goal.objects.exists()


def test_she_gives_the_columns_of_a_row_that_lost_cells_and_keeps_it_under_a_new_goal(
    town, sign_in
):
    client = sign_in(town.connie)
    typed = hidden(look(client, BROKEN)) | {
        "step": "keep",
        "year": "2025",
        "goal": "new",
        "code": "1.1.3",
        "title": "Meedoen",
        "keep_0": "on",
        "indicator_0": "participation_jobs",
        "keep_1": "on",
        "kind_1_0": "realisatie",
        "year_1_0": "2022",
        "kind_1_1": "streef",
        "year_1_1": "2025",
    }
    answer = client.post(AT, typed)
    goal = Goal.objects.get()
    assert answer.url == reverse("policy:goal", args=[goal.pk])
    assert (goal.code, goal.title, goal.year) == ("1.1.3", "Meedoen", 2025)
    rows = ImportedRow.objects.order_by("position")
    assert [(row.name, row.indicator, row.source) for row in rows] == [
        ("Aantal A", "participation_jobs", "Begroting 2025"),
        ("Aantal B", "", "Begroting 2025"),
    ]
    values = ImportedValue.objects.filter(row=rows[1]).order_by("position")
    assert [(one.year, one.kind, one.value) for one in values] == [
        (2022, "realisatie", "5"),
        (2025, "streef", "6"),
    ]
    assert "Aantal B" in words_of(client.get(answer.url))


def test_a_row_that_lost_cells_is_not_kept_without_its_columns_and_nothing_else_is(town, sign_in):
    client = sign_in(town.connie)
    typed = hidden(look(client, BROKEN)) | {
        "step": "keep",
        "year": "2025",
        "goal": "new",
        "code": "1.1.3",
        "title": "Meedoen",
        "keep_0": "on",
        "keep_1": "on",
        "kind_1_0": "realisatie",
        "year_1_0": "2022",
    }
    answer = client.post(AT, typed)
    assert answer.status_code == 422
    assert "mist cellen" in words_of(answer)
    assert 'value="Meedoen"' in answer.content.decode()
    assert not Goal.objects.exists()
    kept = client.post(AT, typed | {"keep_1": ""}, follow=True)
    assert "bewaard, met 1 van de 2 rijen" in words_of(kept)
    assert [row.name for row in ImportedRow.objects.all()] == ["Aantal A"]


NO_UNIT = as_text(
    *("Begroting 2025", "Indicatoren", HEADS, ["Aantal A", "1", "-", "3"]),
    ["Waardering", "7,1", "7,2", "7,5"],
)


def test_what_is_refused_names_its_columns_on_a_phone_and_a_sentence_is_no_number(town, sign_in):
    rows = ["Aantal A", "1", "niet gemeten", "3"], ["Aantal B", "5", "6"]
    page = as_text("Begroting 2025", "Indicatoren", HEADS, *rows)
    shown = html.fromstring(look(sign_in(town.connie), page).content)
    labels = shown.xpath("//tr[contains(., 'weggevallen')]/td/@data-label")
    assert labels == ["Wat", "Waarom", "Wat u kunt doen"]
    classes = {
        cell.text_content(): cell.get("class") for cell in shown.xpath("//fieldset//td[@lang='nl']")
    }
    assert (classes["1"], classes["niet gemeten"]) == ("meedoen-number", None)


def test_she_gives_the_unit_that_the_page_does_not_and_sees_where_a_row_stands(town, sign_in):
    client = sign_in(town.connie)
    shown = look(client, NO_UNIT)
    assert "regel 19" in words_of(shown)
    assert "geen eenheid" in words_of(shown)
    assert 'name="unit_0"' not in shown.content.decode()
    typed = hidden(shown) | {
        "step": "keep",
        "year": "2025",
        "goal": "new",
        "code": "1.1.3",
        "title": "Meedoen",
        "keep_0": "on",
        "keep_1": "on",
        "unit_1": " ",
    }
    refused = client.post(AT, typed)
    assert refused.status_code == 422
    assert "heeft geen eenheid" in words_of(refused)
    assert not Goal.objects.exists()
    assert client.post(AT, typed | {"unit_1": "rapportcijfer"}).status_code == 302
    rows = ImportedRow.objects.order_by("position")
    assert [(row.name, row.unit) for row in rows] == [
        ("Aantal A", "aantal"),
        ("Waardering", "rapportcijfer"),
    ]


def test_rows_of_another_source_stand_beside_those_of_a_goal_and_again_replace_their_own(
    town, sign_in
):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    before = ImportedRow.objects.count()
    client = sign_in(town.connie)
    table = as_xlsx("Jaarstukken 2023", [["Indicator", "Realisatie 2023"], ["Aantal A", "12"]])
    for _time in range(2):
        file = SimpleUploadedFile("jaarstukken.xlsx", table)
        typed = hidden(client.post(AT, {"content": file})) | {
            "step": "keep",
            "goal": str(goal_id),
            "keep_0": "on",
        }
        assert client.post(AT, typed).status_code == 302
    assert ImportedRow.objects.count() == before + 1
    [row] = ImportedRow.objects.filter(source="jaarstukken.xlsx")
    assert row.goal_id == goal_id


def test_a_page_that_meedoen_made_is_known_by_the_names_of_its_indicators(town, sign_in):
    names = ["Mensen die vrijwilligerswerk doen", "Mensen die fietsen"]
    made = as_text("Begroting 2025", "Indicatoren", HEADS, *([one, "1", "2", "3"] for one in names))
    page = html.fromstring(look(sign_in(town.connie), made).content)
    chosen = [page.xpath(f"//select[@name='indicator_{at}']")[0].value for at in range(2)]
    assert chosen == ["volunteers", ""]


def test_a_page_with_goals_is_kept_with_its_texts(town, sign_in):
    client = sign_in(town.connie)
    shown = look(client, demo_text("1_1_3"))
    typed = hidden(shown) | {"step": "keep", "year": "2025", "keep_0": "on", "keep_2": "on"}
    assert client.post(AT, typed).status_code == 302
    assert [one.code for one in goals(town.connie)] == ["1.1.3"]
    assert ImportedRow.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "precies één van de twee"),
        ({"text": "abc"}, "waar de geplakte tekst vandaan komt"),
        ({"content": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no")}, "niet te openen"),
        ({"content": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "een pdf"),
        ({"content": SimpleUploadedFile("a.txt", b"")}, "leeg"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(town, sign_in, sent, why):
    for one in sent.values():
        if hasattr(one, "seek"):
            one.seek(0)
    answer = sign_in(town.connie).post(AT, sent)
    assert answer.status_code == 422
    assert why in words_of(answer)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"packed": "kapot"}, "kwam niet goed terug"),
        ({"goal": "999999"}, "Deze keuze bestaat niet"),
        ({"keep_0": "", "keep_1": ""}, "niets om te bewaren"),
        ({"code": "", "title": ""}, "nummer en titel van een nieuw doel"),
        ({"year": "1"}, "minstens 1900"),
        ({"indicator_0": "bestaat_niet"}, "Deze keuze bestaat niet"),
    ],
)
def test_a_decision_that_cannot_be_keeps_nothing(town, sign_in, changed, why):
    client = sign_in(town.connie)
    typed = hidden(look(client, BROKEN)) | {
        "step": "keep",
        "year": "2025",
        "goal": "new",
        "code": "1",
        "title": "Meedoen",
        "keep_0": "on",
    }
    answer = client.post(AT, typed | changed)
    assert (answer.status_code, Goal.objects.count()) == (422, 0)
    assert why in words_of(answer)


def test_a_page_of_more_rows_than_a_form_can_ask_about_is_refused_and_stays_typed(town, sign_in):
    client = sign_in(town.connie)
    rows = [f"Aantal {at};{at + 1}" for at in range(600)]
    few, many = ("\n".join(["Indicator;Behaald 2023", *rows[:most]]) for most in (400, 600))
    assert look(client, few).status_code == 200
    refused = look(client, many)
    assert refused.status_code == 422
    assert "Er staan 600 rijen op deze pagina: te veel om in één keer na te kijken." in words_of(
        refused
    )
    assert "Aantal 599;600" in words_of(refused)


def test_prose_and_money_give_no_rows_and_the_reason(town, sign_in):
    client = sign_in(town.connie)
    assert "geen tabel met indicatoren" in words_of(look(client, "In 2022 deden 25 mensen mee."))
    money = as_text("1.1.3 Meedoen", ["Begroting 2024", "Begroting 2025"], ["Lasten", "1", "2"])
    assert "tabel met geld" in words_of(look(client, money))


def test_others_find_no_such_page(town, sign_in):
    for person in (town.carla, town.roos):
        assert sign_in(person).get(AT).status_code == 404


ACCOUNT = as_xlsx(
    "Jaarstukken 2023",
    [
        ["Indicator", "Realisatie 2022", "Realisatie 2023"],
        ["Aantal mensen dat actief is op een P-baan", "98", "104"],
    ],
)


def keep_account(client, goal_id):
    shown = client.post(AT, {"content": SimpleUploadedFile("jaarstukken 2023.xlsx", ACCOUNT)})
    typed = {"step": "keep", "goal": str(goal_id), "keep_0": "on"}
    typed |= {"indicator_0": "participation_jobs"}
    return shown, client.post(AT, hidden(shown) | typed)


def test_another_document_that_says_otherwise_is_told_before_and_after_it_is_kept(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client = sign_in(town.connie)
    shown, kept = keep_account(client, goal_id)
    told = "over 2022 is 96 in 1_1_3.txt en 98 in jaarstukken 2023.xlsx"
    assert told in words_of(shown)
    assert "over 2023" not in words_of(shown)
    assert told in words_of(client.get(kept.url))
    indicator = words_of(client.get(reverse("policy:indicator", args=["participation_jobs"])))
    assert "2022 Behaald 98 aantal jaarstukken 2023.xlsx" in indicator


def test_what_meedoen_counted_otherwise_is_told_on_the_page_of_the_goal(town, sign_in):
    rows = [
        PublicRow(
            "Aantal A",
            "participation_jobs",
            (
                PublicCell(
                    None, "Behaald 2022", 2022, "realisatie", "96", hidden=False, counted_on=None
                ),
                PublicCell(
                    None, "", 2022, "realisatie", "104", hidden=False, counted_on=date(2022, 12, 31)
                ),
                PublicCell(
                    None, "", 2022, "realisatie", "x", hidden=True, counted_on=date(2022, 12, 31)
                ),
            ),
        )
    ]
    [found] = counted_sentences(counted_otherwise(rows))
    assert "gedrukt is 96 over 2022, en Meedoen telde op 31 december 104" in found


def test_rows_of_several_documents_under_one_goal_each_say_of_which_they_are(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client = sign_in(town.connie)
    address = reverse("policy:goal", args=[goal_id])
    assert "meer stukken" not in words_of(client.get(address))
    shown = client.post(AT, {"content": SimpleUploadedFile("jaarstukken 2023.xlsx", ACCOUNT)})
    typed = {"step": "keep", "goal": str(goal_id), "keep_0": "on", "year": "2023"}
    kept = client.post(AT, hidden(shown) | typed, follow=True)
    page = words_of(kept)
    assert "De rijen komen uit meer stukken. Onder elke naam staat uit welk." in page
    assert "actief is op een P-baan jaarstukken 2023.xlsx" in page
    assert "actief is op een P-baan 1_1_3.txt" in page
    assert f"Dit stuk is van 2023, en doel 1.1.3 is van {Goal.objects.get().year}." in page


COUNTED = """Jaarstukken 2024

| Indicator | Eenheid | Realisatie 2024 |
|---|---|---|
| Aantal mensen dat actief is op een P-baan | aantal | {} |
"""


def test_what_meedoen_counted_otherwise_is_told_before_a_page_is_kept(town, sign_in):
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    told = "gedrukt is 70 over 2024, en Meedoen telde op 31 december 12"
    assert told in words_of(look(client, COUNTED.format(70), source="Jaarstukken 2024"))
    for agreed in ("12", "n.n.b."):
        page = words_of(look(client, COUNTED.format(agreed), source="Jaarstukken 2024"))
        assert "telde" not in page
    other = COUNTED.replace("Realisatie 2024", "Nederland 2024").format(70)
    assert "telde" not in words_of(look(client, other, source="Jaarstukken 2024"))


def test_a_count_that_is_hidden_is_compared_with_nothing_before_a_page_is_kept(town, sign_in):
    take_part(town, crowd(town, 3))
    measure(town.connie, on=YEAR_END)
    page = look(sign_in(town.connie), COUNTED.format(70), source="Jaarstukken 2024")
    assert "telde" not in words_of(page)


def asked(client, goal_id):
    client.get(reverse("policy:goal", args=[goal_id]))
    with CaptureQueriesContext(connection) as questions:
        client.get(reverse("policy:goal", args=[goal_id]))
        return len(questions)


def test_the_page_of_a_goal_asks_as_much_with_many_figures(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client = sign_in(town.connie)
    few = asked(client, goal_id)
    goal = Goal.objects.get(pk=goal_id)
    known = [
        ImportedRow(municipality=goal.municipality, goal=goal, position=at, name=f"Rij {at}")
        for at in range(10, 210)
    ]
    ImportedRow.objects.bulk_create(known)
    ImportedValue.objects.bulk_create(
        ImportedValue(
            municipality=goal.municipality,
            row=row,
            position=0,
            year=2022,
            kind="realisatie",
            value="1",
        )
        for row in ImportedRow.objects.filter(position__gte=10)
    )
    assert few > 0
    assert asked(client, goal_id) == few
