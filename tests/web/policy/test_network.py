"""Who refers to whom: for whom the page is, that its picture is its table, never a small number."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Municipality
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.network_queries import network, network_years
from meedoen.rules.vocabulary import Theme
from tests.records.referrals.network_scenes import answered
from tests.records.referrals.scenes import asks_of, moestuin, question, sent, werkplaats
from tests.standing_town import kept

PAGE, FILE = "/beleid/netwerk/", "/beleid/netwerk/bestand/"
PICTURE = "Beeld: wie naar wie verwijst"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
IN_2025 = datetime(2025, 5, 12, 12, tzinfo=AMSTERDAM)
IN_2026 = datetime(2026, 5, 11, 12, tzinfo=AMSTERDAM)
LATER = datetime(2026, 11, 16, 12, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def _autumn():
    with clock.at(LATER):
        yield


def ask(sender, receiver, times, *, on=IN_2025, **other):
    with clock.at(on):
        return [sent(sender, question([receiver], **other)) for _ in range(times)]


@pytest.fixture
@kept
def busy(town):
    """Let both partners ask each other in 2025."""
    ask(town.otto, moestuin(town), 24, theme=Theme.LANGUAGE, district_id=town.north)
    keys = ask(town.petra, werkplaats(town), 31, theme=Theme.WORK)
    with clock.at(IN_2025 + timedelta(days=2)):
        for one in [each for key in keys for each in asks_of(town, key)]:
            accept(town.otto, key=one.key)
    return town


@pytest.fixture
def with_a_few(busy):
    """Let the municipality ask now and then as well."""
    ask(busy.anna, moestuin(busy), 3, theme=Theme.DEBT)
    return busy


def text_of(answer):
    return " ".join(answer.content.decode().split())


def table_of(page, caption):
    return page.split(f"{caption}</caption>")[1].split("</table>")[0]


def cells(answer):
    """Return every number cell of the tables on a page."""
    return re.findall(r'<td class="meedoen-number"[^>]*>(?:<strong>)?([^<]+)<', text_of(answer))


def lines_of_file(answer):
    return [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]


@pytest.mark.parametrize("who", ["anna", "lea", "connie", "suus"])
def test_who_works_for_the_municipality_sees_who_refers_to_whom(busy, sign_in, who):
    answer = sign_in(getattr(busy, who)).get(PAGE)
    assert answer.status_code == 200
    page = text_of(answer)
    assert "Verstuurd in 2025." in page
    assert "De meeste gingen van De Moestuin naar De Werkplaats: 31." in page
    # Only who may open the pages of indicators is sent there.
    assert ("/beleid/indicator/referral_pairs/" in page) == (who == "connie")


@pytest.mark.parametrize("who", ["petra", "otto", "roos", "priya", "ab"])
def test_others_find_no_page_no_file_and_no_card(busy, sign_in, who):
    viewer = getattr(busy, who)
    client = sign_in(viewer)
    assert client.get(PAGE).status_code == 404
    assert client.get(FILE, {"soort": "csv"}).status_code == 404
    assert network_years(viewer) is None
    assert network(viewer, year=2025, baseline=None, threshold=10) is None


def test_another_municipality_sees_its_own(busy, sign_in):
    page = text_of(sign_in(busy.vera).get(PAGE))
    assert "is nog niets verwezen" in page
    assert "Moestuin" not in page
    assert sign_in(busy.vera).get(FILE, {"soort": "csv"}).status_code == 404


def test_the_page_and_its_file_only_show(busy, sign_in):
    client = sign_in(busy.connie)
    assert client.post(PAGE).status_code == client.post(FILE).status_code == 405


def test_the_picture_holds_what_its_table_holds(with_a_few, sign_in):
    answer = sign_in(with_a_few.connie).get(PAGE)
    page = text_of(answer)
    drawing = page.split("<svg")[1].split("</svg>")[0]
    drawn = re.findall(r"<text[^>]*>(\d+|x)</text>", drawing)
    card = network(with_a_few.connie, year=2025, baseline=None, threshold=10)
    numbers = [one.shown.text for one in card.picture.cells]
    columns = [str(place) for place in range(1, len(card.picture.nodes) + 1)]
    assert sorted(one for one in drawn if one != "0") == sorted([*numbers, *columns])
    table = table_of(page, "Wie naar wie verwijst")
    for one in card.picture.cells:
        assert f">{one.shown.text}<" in table


def test_a_cell_says_what_it_was_often_about_and_where(busy, sign_in):
    table = table_of(text_of(sign_in(busy.connie).get(PAGE)), "Wie naar wie verwijst")
    lines = [
        " ".join(re.sub(r"<[^>]+>", " ", line).split())
        for line in re.findall(r"<tr>.*?</tr>", table)
    ]
    assert "De Werkplaats De Moestuin 24 Taal Noord" in lines
    assert "De Moestuin De Werkplaats 31 Werk Geen wijk" in lines


def test_no_small_number_stands_in_the_square_or_in_its_file(with_a_few, sign_in):
    client = sign_in(with_a_few.connie)
    page = text_of(client.get(PAGE))
    of_people = table_of(page, "Wie naar wie verwijst") + table_of(page, "Verstuurd en gekregen")
    found = re.findall(r">(\d+)<", of_people)
    assert found
    assert not [one for one in found if 0 < int(one) < 10]
    # Nor by subtraction: of 27 to De Moestuin 24 were those of De Werkplaats.
    assert "x" in re.findall(r">(x|\d+)<", of_people)
    assert "24" not in found
    assert "Schulden" not in page


def test_the_file_holds_exactly_the_numbers_of_the_page(busy, sign_in):
    client = sign_in(busy.connie)
    shown = cells(client.get(PAGE))
    lines = lines_of_file(client.get(FILE, {"soort": "csv"}))
    assert lines[0] == ["Tabel", "Regel", "Wat", "Aantal"]
    words = ("Onderwerpen", "Wijken", "Organisaties zonder")
    numbers = [line[3].strip() for line in lines[1:] if not line[0].startswith(words)]
    assert numbers == shown
    assert ["Onderwerpen met veel verwijzingen", "De Werkplaats", "De Moestuin", "Taal"] in lines
    assert client.get(FILE, {"soort": "exe"}).status_code == 404


def test_in_a_town_with_few_referrals_nothing_is_drawn_and_it_says_why(town, sign_in):
    ask(town.otto, moestuin(town), 4)
    ask(town.petra, werkplaats(town), 3)
    answer = sign_in(town.connie).get(PAGE)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "te weinig verwijzingen om te tonen wie naar wie verwijst" in page
    assert "Samen:" not in page
    assert PICTURE not in page
    assert "Wie naar wie verwijst</caption>" not in page
    # That two pairs found each other is about organisations, and is told.
    quarters = table_of(page, "De cijfers per kwartaal")
    assert "tweede kwartaal van 2025" in quarters


def test_where_every_pair_is_small_only_all_together_is_told(town, sign_in):
    ask(town.otto, moestuin(town), 7)
    ask(town.petra, werkplaats(town), 8)
    page = text_of(sign_in(town.connie).get(PAGE))
    assert "te weinig verwijzingen om te tonen wie naar wie verwijst" in page
    assert "Samen: 15 verwijzingen." in page
    assert PICTURE not in page


def test_a_lower_threshold_shows_more(town, sign_in):
    ask(town.otto, moestuin(town), 7)
    ask(town.petra, werkplaats(town), 8)
    assert PICTURE not in text_of(sign_in(town.connie).get(PAGE))
    Municipality.objects.update(disclosure_threshold=5)
    assert PICTURE in text_of(sign_in(town.connie).get(PAGE))


def test_a_quarter_that_goes_on_is_not_told(town, sign_in):
    ask(town.otto, moestuin(town), 20, on=LATER)
    page = text_of(sign_in(town.connie).get(PAGE))
    assert "Tot en met 30 september 2026 is nog niets verwezen." in page
    with clock.at(LATER + timedelta(days=60)):
        page = text_of(sign_in(town.connie).get(PAGE))
    assert "Verstuurd in 2026." in page


def test_a_running_year_is_not_drawn_and_it_says_when_it_is(busy, sign_in):
    ask(busy.otto, moestuin(busy), 47, on=IN_2026)
    client = sign_in(busy.connie)
    page = text_of(client.get(PAGE))
    assert "Van 2026 is er een beeld op 1 januari 2027, als het jaar voorbij is" in page
    assert ">47<" not in page
    assert '<option value="2026"' not in page
    with clock.at(datetime(2027, 1, 1, 12, tzinfo=AMSTERDAM)):
        page = text_of(client.get(PAGE, {"jaar": "2026"}))
    assert "De meeste gingen van De Werkplaats naar De Moestuin: 47." in page


def test_while_no_year_is_over_there_are_measures_but_no_picture(town, sign_in):
    ask(town.otto, moestuin(town), 24, on=IN_2026)
    client = sign_in(town.connie)
    page = text_of(client.get(PAGE))
    assert "Het eerste beeld is er op 1 januari 2027, als het jaar voorbij is." in page
    assert PICTURE not in page
    assert "Beeld van" not in page
    assert 'aria-label="Jaren kiezen"' not in page
    quarters = table_of(page, "De cijfers per kwartaal")
    spring = quarters.split("tweede kwartaal van 2026")[1].split("</tr>")[0]
    assert ">1<" in spring
    assert ">24<" not in page
    answer = client.get(FILE, {"soort": "csv"})
    assert answer.headers["Content-Disposition"].endswith('netwerk-2026-11-16.csv"')
    tables = {line[0] for line in lines_of_file(answer)[1:]}
    assert "De cijfers per kwartaal" in tables
    assert "Wie naar wie verwijst" not in tables


def test_who_saves_the_page_after_every_quarter_never_sees_a_year_change(town):
    for month, times in ((2, 24), (8, 2), (11, 12)):
        ask(town.otto, moestuin(town), times, on=datetime(2026, month, 9, 12, tzinfo=AMSTERDAM))
    saved = {}
    for year, month in ((2026, 4), (2026, 7), (2026, 10), (2027, 1), (2027, 4), (2028, 1)):
        with clock.at(datetime(year, month, 5, 12, tzinfo=AMSTERDAM)):
            for told in network_years(town.connie).told:
                card = network(town.connie, year=told, baseline=None, threshold=10)
                assert saved.setdefault(told, card.picture) == card.picture
    assert saved.keys() == {2026, 2027}


def test_every_quarter_and_the_baseline_year_have_their_figures(town, sign_in):
    answered(town, in_time=30, late=12)
    ask(town.otto, moestuin(town), 12, on=datetime(2025, 2, 3, 12, tzinfo=AMSTERDAM))
    ask(town.petra, werkplaats(town), 12, on=IN_2026)
    client = sign_in(town.connie)
    page = text_of(client.get(PAGE))
    assert "Toen hield niemand bij wie naar wie verwees" in page
    assert "Wij vergelijken met 2025." in page
    compared = table_of(page, "Vergeleken met een eerder jaar")
    pairs = compared.split("Paren die verwijzen</th>")[1].split("</tr>")[0]
    assert re.findall(r">(\d+)<", pairs) == ["1", "1"]
    quarters = table_of(page, "De cijfers per kwartaal")
    assert quarters.index("derde kwartaal van 2026") < quarters.index("vierde kwartaal van 2024")
    # Twelve of the asks of September 2024 were answered forty days later.
    autumn = quarters.split("vierde kwartaal van 2024")[1].split("</tr>")[0]
    assert ">40<" in autumn
    assert "<svg" in page


def test_the_picture_of_an_earlier_year_can_be_asked_for(busy, sign_in):
    answered(busy, in_time=11, late=0)
    page = text_of(sign_in(busy.connie).get(PAGE, {"jaar": "2024"}))
    assert "Verstuurd in 2024." in page
    assert "De meeste gingen van De Werkplaats naar De Moestuin: 11." in page
    assert '<option value="2024" selected' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"jaar": "2023"}, "Van dit jaar is er geen beeld. Kies er een uit de lijst."),
        ({"jaar": "2026"}, "Van dit jaar is er geen beeld. Kies er een uit de lijst."),
        ({"jaar": "<b>"}, "Van dit jaar is er geen beeld. Kies er een uit de lijst."),
        ({"basis": "2018"}, "Met dit jaar kunnen we niet vergelijken. Kies er een uit de lijst."),
    ],
)
def test_a_year_that_cannot_be_is_said_and_has_no_file(busy, sign_in, asked, said):
    answered(busy, in_time=1, late=0)
    client = sign_in(busy.connie)
    answer = client.get(PAGE, asked)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert cells(answer) == []
    assert client.get(FILE, asked | {"soort": "csv"}).status_code == 404


def test_while_no_whole_year_is_over_it_says_which_will_be_the_baseline(busy, sign_in):
    page = text_of(sign_in(busy.connie).get(PAGE))
    assert "Het eerste jaar waarmee we kunnen vergelijken is 2026; dat is nog niet voorbij." in page
    assert "Vergelijken met" not in page


def test_the_organisations_that_are_named_are_those_that_the_figure_counts(busy, sign_in):
    ask(busy.otto, moestuin(busy), 1, on=IN_2026)
    card = network(busy.connie, year=2025, baseline=None, threshold=10)
    counted = int(card.comparison.now.not_connected.text)
    assert len(card.not_connected) + card.unnamed == counted
    assert not {"De Moestuin", "De Werkplaats"} & set(card.not_connected)
    with clock.at(datetime(2028, 1, 10, 12, tzinfo=AMSTERDAM)):
        later = network(busy.connie, year=2025, baseline=None, threshold=10)
    assert {"De Moestuin", "De Werkplaats"} <= set(later.not_connected)


def test_ten_referrals_and_two_hundred_cost_the_same_number_of_questions(town, sign_in):
    client = sign_in(town.connie)

    def asked():
        counts = []
        for address in (PAGE, f"{FILE}?soort=csv"):
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts.append(len(found))
        return counts

    ask(town.otto, moestuin(town), 10)
    asked()
    few = asked()
    ask(town.otto, moestuin(town), 95)
    ask(town.petra, werkplaats(town), 95)
    assert asked() == few


def test_only_a_year_that_is_over_can_be_drawn(busy):
    with pytest.raises(ValueError, match="2026 is not over"):
        network(busy.connie, year=2026, baseline=None, threshold=10)
    assert date(2026, 9, 30) == network_years(busy.connie).until
