"""What everyone can read: the list, a page as published, and how a number was counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import import_page, link_indicator, publish
from meedoen.records.budget.models import PublishedCell
from meedoen.records.budget.queries import goals, published_page
from meedoen.records.budget.targets import set_target
from meedoen.records.budget.tree_actions import GoalDetails, keep_goal
from meedoen.records.documents.actions import make_document, offer
from meedoen.records.documents.writing_actions import set_light, write_text
from meedoen.records.figures.actions import measure
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Municipality
from meedoen.records.placements.correcting import take_back_start
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.shared.figures import day_text
from tests.records.documents.scenes import adopted, card_of, offered, second_controller, written
from tests.records.figures.scenes import (
    NEXT_YEAR_END,
    YEAR_END,
    crowd,
    demo_text,
    key_of,
    take_in,
    take_part,
)
from tests.records.referrals.network_scenes import answered
from tests.web.public.reading import links_of, tables_of, words_of

CAPTION = "Wat beloofd is en wat geteld is"
OWN = "Behaald, begroot en beoogd"


def url_of(publication_id: int) -> str:
    return reverse("public:page", args=[publication_id])


def published(town, *, people: int = 0, self_found: int = 0) -> int:
    """Publish goal 1.1.3 with both year ends and return the publication."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, people), self_found=self_found)
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    if self_found:
        link_indicator(town.connie, goal_id=goal_id, indicator="participation_jobs_self_found")
    return publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END, explanation="Let op: P-banen.")


def test_without_published_pages_the_list_says_so(db, client):
    assert "Er is nog geen pagina openbaar gemaakt." in words_of(
        client.get(reverse("public:pages"))
    )


def test_the_list_says_of_which_budget_a_goal_is(town, client):
    published(town)
    assert "Begroting 2025. Openbaar sinds" in words_of(client.get(reverse("public:pages")))


def test_the_list_leads_to_the_pages_of_each_municipality(town, client):
    publication = published(town)
    answer = client.get(reverse("public:pages"))
    assert "Testveld" in words_of(answer)
    assert links_of(answer)["1.1.3 Maatschappelijke participatie"] == url_of(publication)


def test_a_page_has_the_shape_that_councils_know(town, client):
    answer = client.get(url_of(published(town, people=12)))
    page = words_of(answer)
    order = [
        "1.1.3 Maatschappelijke participatie Gemeente Testveld.",
        "Let op: P-banen.",
        "Iedereen telt mee in onze gemeente",
        "Prestatie indicatoren",
        "Behaald, begroot en beoogd",
        "niet gemeten, of niets afgesproken",
        "Bron: begroting van de gemeente Testveld",
        "Hoe staan we ervoor?",
        "Wat gaan we hiervoor doen?",
        "Alle cijfers naast elkaar",
        "Zoals de begroting het noemt",
        "Geteld met Meedoen",
    ]
    assert sorted(order, key=page.index) == order
    assert f"Openbaar gemaakt op {day_text(clock.today())}" in page
    assert "Peildatum: 31 december 2025." in page
    rows = tables_of(answer)[CAPTION]
    assert rows[1][-2:] == ["Geteld op31 dec 2024", "Geteld op31 dec 2025"]
    assert rows[4][:5] == ["Aantal beschutte werkplekken nieuw (P-wet)", "-", "0", "14", "20"]
    assert rows[2][-1].startswith("12 Hoe is dit geteld?")


def test_an_account_sets_what_was_achieved_beside_what_was_budgeted(town, client):
    """The goal is of 2025 and the figures are of the end of that year."""
    table = tables_of(client.get(url_of(published(town, people=12))))[OWN]
    assert table[0] == ["Indicator", *("Behaald2023", "Behaald2024", "Begroot2025", "Behaald2025")]
    name, *cells = table[1]
    assert name == "Aantal mensen dat actief is op een P-baan"
    assert cells == ["104", "12", "130", "12"]
    assert [row[-1] for row in table[2:]] == ["0", "0"]


def test_the_page_of_a_budget_has_the_columns_of_a_budget_and_a_report_says_how_it_stands(
    town, client
):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    for day in (YEAR_END, date(2025, 6, 30)):
        measure(town.connie, on=day)
    for on, headings in (
        (YEAR_END, ["Behaald2022", "Behaald2023", "Begroot2024", "Beoogd2025"]),
        (date(2025, 6, 30), ["Behaald2023", "Behaald2024", "Begroot2025", "Stand op30 jun 2025"]),
    ):
        page = publish(town.connie, goal_id=goal_id, on=on)
        assert tables_of(client.get(url_of(page)))[OWN][0][1:] == headings


def test_the_columns_follow_the_document_with_which_the_page_was_published(town, client):
    key = written(town, kind=DocumentKind.INTERIM, number=1, people=12)
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    [page] = adopted(second_controller(town), key)
    table = tables_of(client.get(url_of(page)))[OWN]
    assert table[0][1:] == ["Behaald2023", "Behaald2024", "Begroot2025", "Stand op31 dec 2024"]
    assert table[1][1:] == ["104", "12", "130", "12"]
    assert "Tussenrapportage 1 van 2025. Gemeente Testveld." in words_of(client.get(url_of(page)))
    listing = words_of(client.get(reverse("public:pages")))
    assert "Tussenrapportage 1 van 2025. Openbaar sinds" in listing


def test_the_traffic_lights_of_a_report_are_public_with_what_is_done(town, client):
    key = written(town, kind=DocumentKind.INTERIM, number=1)
    set_light(
        town.connie,
        key=key,
        chapter=1,
        subject=LightSubject.MONEY,
        colour=Colour.RED,
        cause="Het duurt langer",
        consequence="Het kost meer.",
        steering="Wij stellen bij.",
    )
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    [page] = adopted(second_controller(town), key)
    red = (
        "Het geld: rood, dit jaar lukt het niet. Hoe komt het? Het duurt langer. "
        "Wat betekent dit voor het doel? Het kost meer. Wat doen we eraan? Wij stellen bij."
    )
    for name in ("page", "page_paper", "page_text"):
        answer = client.get(reverse(f"public:{name}", args=[page]))
        shown = (
            " ".join(answer.content.decode().split()) if name == "page_text" else words_of(answer)
        )
        assert "Stoplichten" in shown
        assert "Het doel: groen, zoals beloofd." in shown
        assert red in shown
    text = client.get(reverse("public:page_text", args=[page])).content.decode()
    assert len(read_page(text).indicators) == 3


def test_what_another_budget_promises_for_the_year_of_a_report_stands_in_its_table(town, client):
    key = written(town, kind=DocumentKind.INTERIM, number=1, on=date(2025, 6, 30))
    later = keep_goal(town.connie, details=GoalDetails(code="1.1.3", year=2026, title="Later"))
    code = "participation_jobs_self_found"
    goal_id = next(one.goal_id for one in goals(town.connie) if one.year == 2025)
    for one in (goal_id, later):
        link_indicator(town.connie, goal_id=one, indicator=code)
    for year, number in ((2025, 44), (2026, 55)):
        set_target(town.connie, goal_id=later, indicator=code, number=number, year=year)
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    [page] = adopted(second_controller(town), key)
    answer = client.get(url_of(page))
    row = tables_of(answer)[OWN][-1]
    assert row[3] == "44"
    assert "55" not in words_of(answer)


def test_a_row_with_at_least_two_counted_values_has_a_picture_with_target_and_table(town, client):
    answer = client.get(url_of(published(town, people=12)))
    assert answer.content.decode().count("<svg") == 3
    assert (
        "Op 31 december 2024 telden we er 12, op 31 december 2025 12. "
        "Het doel is 130 (Beoogd 2025)."
    ) in words_of(answer)
    name = "Aantal mensen dat actief is op een P-baan"
    assert tables_of(answer)[f"Cijfers: {name}"][1:] == [
        ["31 december 2024", "12"],
        ["31 december 2025", "12"],
    ]


def test_small_numbers_are_nowhere_on_the_page(town, client):
    publication = published(town, people=14, self_found=11)
    answer = client.get(url_of(publication))
    name = "Mensen die zelf hun participatiebaan vonden"
    row = next(row for row in tables_of(answer)[CAPTION] if row[0] == name)
    assert row[1:5] == ["niet van toepassing"] * 4
    assert [text.split()[0] for text in row[5:]] == ["x", "x"]
    assert f"Cijfers: {name}" not in tables_of(answer)
    page = words_of(answer)
    assert "niet getoond: anders is een klein aantal uit te rekenen" in page
    cell = published_page(publication).rows[-1].cells[0]
    explained = client.get(reverse("public:cell", args=[cell.cell_id]))
    for markup in (answer.content.decode(), explained.content.decode()):
        assert ">11<" not in markup
        assert ">3<" not in markup
    assert "Daarom staat hier x." in words_of(explained)


def test_a_figure_that_became_small_breaks_the_line_and_is_not_in_the_picture(town, client):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    placed = take_part(town, crowd(town, 12), on=date(2022, 3, 1))
    measure(town.connie, on=date(2022, 12, 31))
    measure(town.connie, on=date(2023, 12, 31))
    measure(town.connie, on=YEAR_END)
    for one in placed[7:]:
        take_back_start(town.anna, key=key_of(town, one))
    measure(town.connie, on=NEXT_YEAR_END)
    answer = client.get(url_of(publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)))
    assert "Op 1 dag tonen we het aantal niet" in words_of(answer)
    picture = answer.content.decode().split("<svg")[1].split("</svg>")[0]
    assert ">12<" in picture
    assert ">7<" not in picture


def test_a_number_tells_how_it_was_counted(town, client):
    publication = published(town, people=12)
    answer = client.get(url_of(publication))
    address = next(url for words, url in links_of(answer).items() if words.startswith("Hoe is dit"))
    explained = client.get(address)
    page = words_of(explained)
    for words in (
        "12 mensen op 31 december 2024",
        "We telden mensen met een plaatsing op 31 december 2024.",
        "Het soort plek was: participatiebaan.",
        "Manier van tellen geldt vanaf 1 januari 2015",
        f"Bekend op {day_text(clock.today())}",
        "Aantallen van 1 tot en met 9 mensen tonen we niet",
    ):
        assert words in page
    assert links_of(explained)["Terug naar de pagina"] == url_of(publication)


def test_mentions_of_other_goals_are_links_when_those_are_published(town, client):
    there = take_in(town, "goal_2_2_2", "goal_1_1_1", "goal_1_3_2")
    measure(town.connie, on=YEAR_END)
    page = publish(town.connie, goal_id=there["2.2.2"], on=YEAR_END)
    assert "Bij dit doel staan geen cijfers." in words_of(client.get(url_of(page)))
    assert "Doel 1.1.1" not in links_of(client.get(url_of(page)))
    other = publish(town.connie, goal_id=there["1.1.1"], on=YEAR_END)
    answer = client.get(url_of(page))
    assert links_of(answer)["Doel 1.1.1"] == url_of(other)
    assert "Doel 1.3.2" not in links_of(answer)
    assert "Programma 4" in words_of(answer)
    assert "Programma 4" not in links_of(answer)


def of_programme_4(town) -> int:
    """Take in a goal of programme 4 and return its id."""
    text = "Begroting 2025\n\nDoel 4.1.2 Minder mensen hebben schulden\n\nCriteria\n\nTekst."
    import_page(town.system, page=read_page(text), source="4.txt")
    return next(line.goal_id for line in goals(town.connie) if line.code == "4.1.2")


def test_a_mention_of_a_programme_leads_to_its_goals_when_these_are_published(town, client):
    there = take_in(town, "goal_2_2_2")
    measure(town.connie, on=YEAR_END)
    page = publish(town.connie, goal_id=there["2.2.2"], on=YEAR_END)
    goal_id = of_programme_4(town)
    assert "Programma 4" not in links_of(client.get(url_of(page)))
    publish(town.connie, goal_id=goal_id, on=YEAR_END)
    address = links_of(client.get(url_of(page)))["Programma 4"]
    assert address == f"{reverse('public:pages')}#gm9990-programma-4"
    answer = client.get(reverse("public:pages"))
    tree = html.fromstring(answer.content.decode())
    [heading] = tree.xpath("//*[@id='gm9990-programma-4']")
    assert (heading.tag, heading.text_content()) == ("h3", "Programma 4")
    [first] = heading.getnext().xpath(".//a")
    assert first.text_content() == "4.1.2 Minder mensen hebben schulden"


def test_a_page_without_a_heading_for_indicators_reads_as_any_other(town, client):
    measure(town.connie, on=YEAR_END)
    page = publish(town.connie, goal_id=of_programme_4(town), on=YEAR_END)
    answer = client.get(url_of(page))
    assert "Indicatoren Bij dit doel staan geen cijfers." in words_of(answer)
    assert "(" not in words_of(answer).split("Indicatoren")[1].split("Bij dit doel")[0]


def test_a_page_without_numbers_offers_no_files_of_them_and_has_no_empty_heading(town, client):
    measure(town.connie, on=YEAR_END)
    page = publish(town.connie, goal_id=of_programme_4(town), on=YEAR_END)
    files = ("page_table_csv", "page_table_xlsx", "page_csv", "page_xlsx", "page_json")
    shown = client.get(url_of(page))
    assert f"Openbaar gemaakt op {day_text(clock.today())}." in words_of(shown)
    addresses = links_of(shown).values()
    for name in (*files, "page_description"):
        address = reverse(f"public:{name}", args=[page])
        assert address not in addresses
        assert client.get(address).status_code == 404
    assert reverse("public:page_pdf", args=[page]) in addresses
    assert client.get(reverse("public:catalogue")).json()["@graph"] == []
    paper = words_of(client.get(reverse("public:page_paper", args=[page])))
    assert "Indicatoren Bij dit doel staan geen cijfers." in paper
    text = client.get(reverse("public:page_text", args=[page])).content.decode()
    assert "Prestatie indicatoren" not in text


def test_a_page_keeps_its_title_in_lists_and_its_threshold_when_these_change(town, client):
    publication = published(town, people=9)
    text = demo_text("1_1_3").replace("Maatschappelijke participatie", "Meedoen in de wijk")
    import_page(town.system, page=read_page(text), source="new.txt")
    Municipality.objects.update(disclosure_threshold=30)
    for name in ("public:pages", "home"):
        answer = client.get(reverse(name))
        assert links_of(answer)["1.1.3 Maatschappelijke participatie"] == url_of(publication)
        assert "Meedoen in de wijk" not in words_of(answer)
    cell = published_page(publication).rows[0].cells[-1]
    explained = words_of(client.get(reverse("public:cell", args=[cell.cell_id])))
    assert "Aantallen van 1 tot en met 9 mensen tonen we niet" in explained


def test_a_page_asks_the_database_the_same_number_of_times_however_often_was_published(
    town, client
):
    publication = published(town, people=12)
    with CaptureQueriesContext(connection) as once:
        client.get(url_of(publication))
    goal_id = published_page(publication).goal_id
    for _time in range(3):
        publication = publish(town.connie, goal_id=goal_id, on=NEXT_YEAR_END)
    with CaptureQueriesContext(connection) as later:
        client.get(url_of(publication))
    assert len(later) == len(once)
    about = [one["sql"] for one in later if 'FROM "budget_publication"' in one["sql"]]
    assert sum("sections" in sql for sql in about) == 1


def test_a_target_of_which_the_text_speaks_stands_in_table_and_picture(town, client):
    there = take_in(town, "goal_2_2_2")
    link_indicator(
        town.connie, goal_id=there["2.2.2"], indicator="volunteers", target=200, target_year=2027
    )
    take_part(town, crowd(town, 12), kind=PlaceKind.VOLUNTEER_WORK)
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=NEXT_YEAR_END)
    page = publish(town.connie, goal_id=there["2.2.2"], on=NEXT_YEAR_END)
    answer = client.get(url_of(page))
    _groups, heading, row = tables_of(answer)[CAPTION]
    assert heading[0] == "Doel2027"
    assert row[1] == "200"
    assert "Het doel is 200 (in 2027)." in words_of(answer)
    assert "Doel 200" in answer.content.decode()


def test_one_can_go_from_goal_to_goal_and_from_an_earlier_version_to_the_newest(town, client):
    there = take_in(town, "goal_2_2_2", "goal_1_1_1", "goal_1_3_2")
    measure(town.connie, on=YEAR_END)
    old, first, last = (
        publish(town.connie, goal_id=there[code], on=YEAR_END)
        for code in ("1.3.2", "1.1.1", "2.2.2")
    )
    new = publish(town.connie, goal_id=there["1.3.2"], on=YEAR_END)
    for page in (old, new):
        links = links_of(client.get(url_of(page)))
        assert links["Vorige pagina: doel 1.1.1"] == url_of(first)
        assert links["Volgende pagina: doel 2.2.2"] == url_of(last)
    assert links_of(client.get(url_of(old)))["Naar de nieuwste versie"] == url_of(new)
    assert "nieuwere versie" not in words_of(client.get(url_of(new)))
    assert "Vorige pagina: doel" not in words_of(client.get(url_of(first)))
    every = links_of(client.get(url_of(first)))["Alle doelen van Testveld"]
    assert every == f"{reverse('public:pages')}#gm9990-programma-1"


def test_from_a_goal_one_goes_to_the_next_of_the_same_budget(town, client):
    there = take_in(town, "goal_1_1_1", "goal_1_3_2")
    measure(town.connie, on=YEAR_END)
    details = GoalDetails(code="1.2.1", year=2030, title="Een ander jaar")
    other = keep_goal(town.connie, details=details)
    ids = [there["1.1.1"], other, there["1.3.2"]]
    first, later, last = (publish(town.connie, goal_id=one, on=YEAR_END) for one in ids)
    assert links_of(client.get(url_of(first)))["Volgende pagina: doel 1.3.2"] == url_of(last)
    alone = links_of(client.get(url_of(later)))
    assert alone["Vorige pagina: doel 1.1.1"] == url_of(first)


def test_the_same_goal_of_another_year_is_no_next_goal(town, client):
    there = take_in(town, "goal_1_1_1", "goal_1_3_2")
    measure(town.connie, on=YEAR_END)
    details = GoalDetails(code="1.1.1", year=2030, title="Een ander jaar")
    other = keep_goal(town.connie, details=details)
    first, later, last = (
        publish(town.connie, goal_id=one, on=YEAR_END)
        for one in (there["1.1.1"], other, there["1.3.2"])
    )
    links = links_of(client.get(url_of(later)))
    assert "Vorige pagina: doel 1.1.1" not in links
    assert links["Volgende pagina: doel 1.3.2"] == url_of(last)
    assert first != later


def test_a_budget_does_not_replace_an_annual_account_about_the_same_goal(town, client):
    cas = second_controller(town)
    account, budget = (
        adopted(cas, offered(town, kind=kind, people=people))[0]
        for kind, people in ((DocumentKind.ACCOUNT, 12), (DocumentKind.BUDGET, 0))
    )
    listed = client.get(reverse("public:pages"))
    for page, name in ((account, "Jaarrekening 2025."), (budget, "Begroting 2025.")):
        assert url_of(page) in listed.content.decode()
        assert name in words_of(listed)
    for page in (account, budget):
        assert "nieuwere versie" not in words_of(client.get(url_of(page)))
    catalogue = client.get(reverse("public:catalogue")).content.decode()
    assert url_of(account) in catalogue


def test_from_a_goal_of_a_document_one_goes_to_the_next_of_that_document(town, client):
    there = take_in(town, "1_1_3", "goal_1_3_2", "goal_2_2_2")
    measure(town.connie, on=YEAR_END)
    alone = publish(town.connie, goal_id=there["1.3.2"], on=YEAR_END)
    key = make_document(
        town.connie,
        kind=DocumentKind.ACCOUNT,
        year=2025,
        title="Jaarstukken",
        reference_date=YEAR_END,
        codes=["1.1.3", "2.2.2"],
    )
    for chapter in card_of(town.connie, key).chapters:
        for text in chapter.texts:
            write_text(
                town.connie,
                key=key,
                chapter=chapter.number,
                question=text.question,
                text="Tekst.",
                seen=text.text_id,
            )
    offer(town.connie, key=key, seen=0)
    first, last = adopted(second_controller(town), key)
    assert links_of(client.get(url_of(first)))["Volgende pagina: doel 2.2.2"] == url_of(last)
    assert links_of(client.get(url_of(last)))["Vorige pagina: doel 1.1.3"] == url_of(first)
    assert "Volgende pagina: doel 2.2.2" in links_of(client.get(url_of(alone)))


def test_a_linked_indicator_is_named_in_the_language_of_the_page(town, client):
    publication = published(town, people=24, self_found=12)
    client.cookies["django_language"] = "en"
    page = words_of(client.get(url_of(publication)))
    assert "People who found their participation job themselves" in page
    assert "Aantal mensen dat actief is op een P-baan" in page


def test_from_placement_to_page_and_back_again_after_a_correction(town, client):
    """The whole chain: each placement more is one more on the page, and a correction takes it back.

    Ten at a time: a page that changes by fewer would tell about few people. What was
    published before does not move.
    """
    people = crowd(town, 21)
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, people[:11])
    numbers = []
    placed = []
    for change in (None, "place", "take back"):
        if change == "place":
            placed = take_part(town, people[11:])
        elif change == "take back":
            for one in placed:
                take_back_start(town.anna, key=key_of(town, one))
        measure(town.connie, on=YEAR_END)
        page = publish(town.connie, goal_id=goal_id, on=YEAR_END)
        numbers.append((page, tables_of(client.get(url_of(page)))[CAPTION][2][-1].split()[0]))
    assert [text for _page, text in numbers] == ["11", "21", "11"]
    for page, text in numbers:
        assert tables_of(client.get(url_of(page)))[CAPTION][2][-1].split()[0] == text


def explained_on_the_page_of_the_second_criterion(town, client, code: str) -> str:
    """Publish goal 2.2.2 with an indicator of the network; return how its number was counted."""
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    link_indicator(town.connie, goal_id=goal_id, indicator=code)
    publication = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    [row] = published_page(publication).rows
    return words_of(client.get(reverse("public:cell", args=[row.cells[-1].cell_id])))


def test_a_number_of_organisations_is_said_exactly_and_why(town, client):
    answered(town, in_time=1, late=0)
    code = "referral_pairs_between_partners"
    words = explained_on_the_page_of_the_second_criterion(town, client, code)
    assert "Dit cijfer telt organisaties en geen mensen." in words
    assert "Heen en terug zijn twee paren." in words


@pytest.mark.parametrize(
    ("late", "said"),
    [(10, "volgt uit genoeg verwijzingen"), (4, "volgt uit zo weinig verwijzingen")],
)
def test_a_share_says_from_how_many_referrals_it_may_follow(town, client, late, said):
    answered(town, in_time=20, late=late)
    code = "referrals_answered_in_time"
    words = explained_on_the_page_of_the_second_criterion(town, client, code)
    assert said in words
    assert ("67" in words) is (late == 10)


@pytest.mark.parametrize("name", ["page", "cell"])
def test_what_is_not_published_is_not_found_and_nothing_can_be_sent(town, client, name):
    assert client.get(reverse(f"public:{name}", args=[10**6])).status_code == 404
    assert client.post(reverse(f"public:{name}", args=[1])).status_code == 405
    assert client.post(reverse("public:pages")).status_code == 405


def test_a_printed_cell_has_no_page_about_counting(town, client):
    publication = published(town)
    assert published_page(publication).rows[0].cells[0].cell_id is None
    printed = PublishedCell.objects.filter(publication_id=publication, figure=None).earliest("pk")
    assert client.get(reverse("public:cell", args=[printed.pk])).status_code == 404


def test_a_cell_of_a_breakdown_has_no_page_so_nobody_learns_in_which_nobody_is(town, client):
    publication = published(town, people=12)
    parts = PublishedCell.objects.filter(publication_id=publication).exclude(
        district=None, place_kind=""
    )
    assert {bool(cell.figure_id) for cell in parts} == {True, False}
    for cell in parts:
        assert client.get(reverse("public:cell", args=[cell.pk])).status_code == 404
    assert {cell.cell_id for cell in published_page(publication).rows[0].parts} == {None}


def test_a_signed_in_coach_reads_the_same_page(town, sign_in):
    publication = published(town)
    assert sign_in(town.anna).get(url_of(publication)).status_code == 200
