"""The page of a goal: promised beside counted, linking and publishing."""

import pytest
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import import_page
from meedoen.records.budget.models import Publication
from meedoen.records.budget.queries import goals, published_page
from meedoen.records.figures.actions import measure
from meedoen.rules.budget.reader import read_page
from tests.records.figures.scenes import (
    YEAR_END,
    crowd,
    demo_page,
    stranger,
    take_in,
    take_part,
)
from tests.web.public.reading import links_of, tables_of, words_of

CAPTION = "Wat de begroting noemt en wat we telden"


def url_of(goal_id: int) -> str:
    return reverse("policy:goal", args=[goal_id])


def test_a_goal_shows_its_page_with_mentions_that_are_here_as_links(town, sign_in):
    there = take_in(town, "goal_2_2_2", "goal_1_1_1")
    answer = sign_in(town.connie).get(url_of(there["2.2.2"]))
    page = words_of(answer)
    assert "Minstens 200 inwoners met een bijstandsuitkering" in page
    assert "Doel 1.3.2 (dit doel is hier nog niet ingelezen)" in page
    assert "Programma 4 (hier staan alleen doelen)" in page
    assert "Dit doel heeft nog geen cijfers." in page
    assert "Meet eerst, dan kunt u deze pagina openbaar maken." in page
    assert links_of(answer)["Doel 1.1.1"] == url_of(there["1.1.1"])


def test_counted_columns_stand_in_a_group_of_their_own_beside_the_printed_ones(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 12))
    measure(town.connie, on=YEAR_END)
    table = tables_of(sign_in(town.connie).get(url_of(goal_id)))[CAPTION]
    assert table[0] == ["Indicator", "Zoals de begroting het noemt", "Geteld met Meedoen"]
    assert table[1] == [
        "Behaald2022",
        "Behaald2023",
        "Begroting2024",
        "Beoogd2025",
        "Geteld op31 dec 2024",
    ]
    assert table[2] == [
        "Aantal mensen dat actief is op een P-baan",
        "96",
        "104",
        "120",
        "130",
        "12",
    ]


def test_connie_adds_an_indicator_that_is_not_there_yet(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    answer = client.post(url_of(goal_id), {"link-indicator": "participation_growth"}, follow=True)
    assert answer.redirect_chain == [(url_of(goal_id), 302)]
    assert "Toegevoegd: Mensen met participatiegroei in het jaar." in words_of(answer)
    assert tables_of(answer)[CAPTION][-1] == ["Mensen met participatiegroei in het jaar", "-"]


def test_connie_adds_the_number_that_the_text_promises_and_corrects_it(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    typed = {"link-indicator": "participation_growth", "link-target": "20"}
    answer = client.post(url_of(goal_id), typed, follow=True)
    name = "Mensen met participatiegroei in het jaar"
    assert tables_of(answer)[CAPTION][1:] == [["Doel", "Geteld op31 dec 2024"], [name, "20", "-"]]
    assert f"{name} (staat al in de tabel)" in words_of(answer)
    typed |= {"link-target": "200", "link-target_year": "2027"}
    answer = client.post(url_of(goal_id), typed, follow=True)
    assert tables_of(answer)[CAPTION][1:] == [
        ["Doel2027", "Geteld op31 dec 2024"],
        [name, "200", "-"],
    ]


def test_a_mention_of_a_programme_leads_to_its_goals_when_these_are_here(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    text = "Begroting 2025\n\nDoel 4.1.2 Minder mensen hebben schulden\n\nCriteria\n\nTekst."
    import_page(town.system, page=read_page(text), source="4.txt")
    client = sign_in(town.connie)
    address = links_of(client.get(url_of(goal_id)))["Programma 4"]
    assert address == f"{reverse('policy:standing')}#programma-4"
    tree = html.fromstring(client.get(reverse("policy:standing")).content.decode())
    [row] = tree.xpath("//tr[@id='programma-4']")
    assert row.xpath("string(th)") == "4.1.2 Minder mensen hebben schulden"


def test_connie_publishes_and_comes_to_the_page_that_everyone_can_read(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).post(
        url_of(goal_id),
        {"publish-on": "2024-12-31", "publish-explanation": "Zo staat het ervoor."},
        follow=True,
    )
    [line] = goals(town.connie)
    assert answer.redirect_chain == [(reverse("public:page", args=[line.publication_id]), 302)]
    assert published_page(line.publication_id).explanation == "Zo staat het ervoor."
    assert "Deze pagina is nu openbaar." in words_of(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"publish-on": ""},
        {"publish-on": "2023-12-31", "publish-explanation": "Blijft staan"},
        {"publish-on": "geen dag"},
        {"publish-on": "2024-12-31", "publish-explanation": "x" * 4001},
        {"link-indicator": ""},
        {"link-indicator": "happiness"},
        {"link-indicator": "participation_jobs"},
        {"link-indicator": "volunteers", "link-target": "-1"},
        {"link-indicator": "volunteers", "link-target": "veel"},
        {"link-indicator": "volunteers", "link-target": "9999999999"},
        {"link-indicator": "volunteers", "link-target": "5", "link-target_year": "27"},
        {"link-indicator": "volunteers", "link-target_year": "2027"},
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(town, sign_in, typed):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    measure(town.connie, on=YEAR_END)
    answer = sign_in(town.connie).post(url_of(goal_id), typed)
    assert answer.status_code == 422
    assert "Dit gaat nog niet goed" in words_of(answer)
    assert typed.get("publish-explanation", "") in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_goal_of_another_municipality_is_not_found_as_if_it_did_not_exist(town, sign_in):
    elsewhere = stranger(town)
    import_page(
        type(town.system)(municipality_id=elsewhere.municipality_id, role=town.system.role),
        page=demo_page("1_1_3"),
        source="elders.txt",
    )
    [line] = goals(elsewhere)
    client = sign_in(town.connie)
    theirs, nobodys = client.get(url_of(line.goal_id)), client.get(url_of(10**6))
    assert theirs.status_code == nobodys.status_code == 404
    assert words_of(theirs) == words_of(nobodys)
    measure(town.connie, on=YEAR_END)
    assert client.post(url_of(line.goal_id), {"publish-on": "2024-12-31"}).status_code == 404
    assert not Publication.objects.exists()


def test_a_goal_takes_no_other_method(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    assert sign_in(town.connie).delete(url_of(goal_id)).status_code == 405
