"""Somebody collects all that is published and reckons: the page, its files, earlier pages."""

import csv
import json
from io import StringIO

import pytest
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.models import PublishedCell
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.records.people.detail_actions import Move, move_all
from meedoen.records.placements.correcting import take_back_start
from tests.records.figures.scenes import YEAR_END, crowd, key_of, take_in, take_part
from tests.rules.indicators.adversary import Adversary
from tests.rules.open_data.test_open_data import cube_cell
from tests.town import LONG_AGO

JOBS, FOUND = "participation_jobs", "participation_jobs_self_found"
NAMES = {
    JOBS: "Aantal mensen dat actief is op een P-baan",
    FOUND: "Mensen die zelf hun participatiebaan vonden",
}
DAY = YEAR_END.isoformat()


def read_csv(client, publication):
    text = client.get(reverse("public:page_csv", args=[publication])).content.decode("utf-8-sig")
    found = {}
    for row in csv.DictReader(StringIO(text, newline=""), delimiter=";"):
        if row["soort"] == "geteld" and row["code"] in NAMES:
            found[row["code"], row["wijk"]] = row["getoond"].strip()
    return found


def read_cube(client, publication, cells):
    """Read the same cells from JSON-stat: the number, or the sign instead of it."""
    cube = json.loads(client.get(reverse("public:page_json", args=[publication])).content)
    labels = cube["dimension"]["indicator"]["category"]["label"]
    rows = {label: key for key, label in labels.items()}
    found = {}
    for code, district in cells:
        value, status = cube_cell(cube, rows[NAMES[code]], "geteld", DAY, district or "alles")
        found[code, district] = status if value is None else str(value)
    return found


def read_page(client, name, publication):
    """Read the last column of the first table, and the table by district."""
    tree = html.fromstring(client.get(reverse(f"public:{name}", args=[publication])).content)
    tables = {
        " ".join(table.find("caption").text_content().split()): table
        for table in tree.iter("table")
    }
    names = {name: code for code, name in NAMES.items()}
    found = {}
    for row in tables["Wat beloofd is en wat geteld is"].iter("tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")]
        if cells[0] in names:
            found[names[cells[0]], ""] = cells[-1].split()[0]
    heading, *lines = tables["Per wijk, op 31 december 2024"].iter("tr")
    codes = [names.get(" ".join(cell.text_content().split())) for cell in heading.iter("th")]
    for line in lines:
        place, *texts = [" ".join(cell.text_content().split()) for cell in line.iter("th", "td")]
        for code, text in zip(codes[1:], texts, strict=True):
            if code:
                found[code, place] = text
    return found


def true_numbers(publication):
    """Return what was counted, from the figures that nobody outside sees."""
    cells = PublishedCell.objects.filter(
        publication_id=publication, indicator__in=NAMES, counted_on=YEAR_END
    )
    return {
        (cell.indicator, cell.place): 0 if cell.figure is None else cell.figure.value
        for cell in cells.filter(place_kind="").select_related("figure")
    }


def found_out(texts, numbers, threshold=10):
    """Return what the adversary finds of these cells, knowing how the catalogue ties them."""
    adversary = Adversary(threshold)
    districts = {district for _code, district in texts if district}
    for cell, text in texts.items():
        adversary.reads(cell, text)
    for code in NAMES:
        adversary.add_up([(code, one) for one in districts], (code, ""))
    for one in ("", *districts):
        adversary.at_most((FOUND, one), (JOBS, one))
    found = [cell for cell, count in numbers.items() if adversary.learns(count, cell)]
    found += [
        ("without", one)
        for one in ("", *districts)
        if adversary.learns(numbers[JOBS, one] - numbers[FOUND, one], (JOBS, one), (FOUND, one))
    ]
    return found


@pytest.fixture
def published(town):
    """Twenty-six in the north, of whom 13 found their place; thirteen in the south, of whom 3."""
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    link_indicator(town.connie, goal_id=goal_id, indicator=FOUND)
    people = crowd(town, 39)
    placed = [*take_part(town, people[:13], self_found=13), *take_part(town, people[13:26])]
    moves = [Move(one, town.south, LONG_AGO) for one in people[26:]]
    move_all(town.system, moves=moves)
    placed += [*take_part(town, people[26:29], self_found=3), *take_part(town, people[29:])]
    measure(town.connie, on=YEAR_END)
    return goal_id, placed, publish(town.connie, goal_id=goal_id, on=YEAR_END)


def test_every_form_has_the_same_texts(client, published):
    _goal_id, _placed, publication = published
    texts = read_csv(client, publication)
    assert texts[JOBS, ""] == "39"
    assert texts == read_cube(client, publication, texts)
    for name in ("page", "page_paper"):
        assert texts == read_page(client, name, publication)


def test_nothing_small_follows_from_all_forms_together(client, published):
    _goal_id, _placed, publication = published
    numbers = true_numbers(publication)
    assert min(number for number in numbers.values() if number) < 10
    texts = read_csv(client, publication)
    assert found_out(texts, numbers) == []


def test_without_protection_it_does_follow(published):
    """Otherwise the test above could not fail."""
    _goal_id, _placed, publication = published
    numbers = true_numbers(publication)
    bare = {cell: "x" if 0 < number < 10 else str(number) for cell, number in numbers.items()}
    assert found_out(bare, numbers) != []


def test_nothing_small_follows_from_an_earlier_and_a_later_page(client, town, published):
    goal_id, placed, first = published
    for one in placed[:2]:
        take_back_start(town.anna, key=key_of(town, one))
    measure(town.connie, on=YEAR_END)
    second = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    assert Figure.objects.filter(indicator=JOBS, value=37, district=None, place_kind="").exists()
    assert read_csv(client, second) == read_csv(client, first)
    for one in placed[2:12]:
        take_back_start(town.anna, key=key_of(town, one))
    measure(town.connie, on=YEAR_END)
    third = publish(town.connie, goal_id=goal_id, on=YEAR_END)
    before, after = read_csv(client, first), read_csv(client, third)
    assert after[JOBS, ""] == "27"
    assert {cell for cell, text in before.items() if not text.isdecimal()} <= {
        cell for cell, text in after.items() if not text.isdecimal()
    }
    assert found_out(after, true_numbers(third)) == []
    for cell, text in after.items():
        if text.isdecimal() and before[cell].isdecimal():
            change = abs(int(text) - int(before[cell]))
            assert change == 0 or change >= 10
