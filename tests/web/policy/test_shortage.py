"""Where one more place would help: exact, in words, and never about a few people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.divisions.shortage_queries import shortage
from meedoen.records.places.models import Place
from meedoen.rules.scarcity import Brings
from meedoen.rules.vocabulary import PlaceKind
from tests.records.divisions.scenes import divided, new_place, row_of, waiting, wishing
from tests.standing_town import kept
from tests.town import SUNDAY
from tests.web.coach.scenes import readable

PAGE, FILE = "/beleid/dekking/tekort/", "/beleid/dekking/tekort/bestand/"
VOLUNTEERS = PlaceKind.VOLUNTEER_WORK


@pytest.fixture
@kept
def scarce(town):
    """Twelve people wish one seat most, and would do any work for volunteers."""
    people = waiting(town, 12, kinds=[VOLUNTEERS])
    wishing(town, people, town.repair)
    divided(town)
    return town


@pytest.mark.parametrize("who", ["anna", "lea", "connie", "suus"])
def test_it_is_there_for_who_sees_coverage_and_linked_from_there(scarce, sign_in, who):
    client = sign_in(getattr(scarce, who))
    assert PAGE in client.get("/beleid/dekking/").content.decode()
    page = readable(client.get(PAGE))
    assert "Noord (" in page
    assert "Nog geen verdeling van: Zuid." in page


@pytest.mark.parametrize("who", ["petra", "roos", "priya", "ab"])
def test_others_find_no_page_and_no_file(scarce, sign_in, who):
    client = sign_in(getattr(scarce, who))
    assert client.get(PAGE).status_code == client.get(FILE + "?soort=csv").status_code == 404
    assert shortage(getattr(scarce, who), threshold=10) is None


def test_another_municipality_reads_nothing_of_this_one(scarce):
    assert not shortage(scarce.vera, threshold=10).teams


def test_before_any_division_it_says_what_to_do(town, sign_in):
    page = readable(sign_in(town.suus).get(PAGE))
    assert "Nog geen team heeft de vrije plekken laten verdelen." in page


def test_one_more_seat_where_many_wish_it_most_is_a_first_wish_more(scarce, sign_in):
    page = readable(sign_in(scarce.suus).get(PAGE, {"soort": "volunteer_work"}))
    assert "Eén plek meer voor vrijwilligerswerk helpt in: Noord en Zuid." in page
    assert "Zuid 1 eerste wens meer" in page
    assert "Noord Iemand krijgt een plek, of een plek die beter past" in page


def test_a_full_place_that_many_wish_most_counts_too(town):
    people = waiting(town, 12, kinds=[VOLUNTEERS])
    wishing(town, people, town.repair)
    new_place(town, "Koffie schenken")
    Place.objects.filter(pk=town.repair).update(taken=1)
    divided(town)
    cells = shortage(town.suus, threshold=10).kinds[VOLUNTEERS].cells
    assert cells[town.south].brings is Brings.FIRST_WISHES


def test_that_a_few_wish_a_place_most_is_not_said(town):
    people = waiting(town, 12, kinds=[VOLUNTEERS])
    wishing(town, people[:3], town.repair)
    divided(town)
    cells = shortage(town.suus, threshold=10).kinds[VOLUNTEERS].cells
    assert cells[town.south].brings is Brings.A_BETTER_FIT


def test_what_is_kept_is_the_change_in_the_best_division(town):
    """Three want the only seat: one seat more is one person more with all that speaks for it."""
    waiting(town, 3, kinds=[VOLUNTEERS])
    before = row_of(town, divided(town))
    [gain] = [
        one
        for one in before.shortage["gains"]
        if (one["kind"], one["district_id"]) == ("volunteer_work", town.south)
    ]
    Place.objects.filter(pk=town.repair).update(capacity=2)
    after = row_of(town, divided(town))
    # With two seats free there is room left, which speaks for the place: so it may be more.
    assert after.points - before.points >= gain["points"] > 0
    assert (gain["first_wishes"], gain["fits"], gain["wished_by"]) == (0, 3, 0)


def test_where_it_would_fit_a_few_nothing_is_said(town, sign_in):
    waiting(town, 9, kinds=[VOLUNTEERS])
    divided(town)
    cells = shortage(town.suus, threshold=10).kinds[VOLUNTEERS].cells
    assert {cell.brings for cell in cells.values()} == {Brings.HIDDEN}
    page = readable(sign_in(town.suus).get(PAGE, {"soort": "volunteer_work"}))
    assert "Niet getoond: past bij te weinig mensen" in page


def test_who_can_on_no_half_day_of_any_place_is_counted_and_protected(town, sign_in):
    waiting(town, 12, kinds=[VOLUNTEERS], half_days=SUNDAY)
    divided(town)
    found = shortage(town.suus, threshold=10).kinds[VOLUNTEERS]
    assert found.cells[town.north].missing.text == "12"
    waiting(town, 3, after=12, kinds=[PlaceKind.TRAINING])
    divided(town)
    found = shortage(town.suus, threshold=10).kinds[PlaceKind.TRAINING]
    assert found.cells[town.north].missing.text == "<10"
    page = sign_in(town.suus).get(PAGE, {"soort": "training"})
    assert '<td class="meedoen-number">3</td>' not in page.content.decode()


def test_a_place_that_is_full_is_still_within_reach(town):
    waiting(town, 12, kinds=[VOLUNTEERS])
    divided(town)
    assert shortage(town.suus, threshold=10).kinds[VOLUNTEERS].missing.text == "0"


def test_a_division_that_was_narrowed_plays_no_part(scarce):
    before = shortage(scarce.suus, threshold=10)
    divided(scarce, kinds=[VOLUNTEERS])
    assert shortage(scarce.suus, threshold=10) == before


def test_the_newest_division_of_a_team_counts(scarce):
    new_place(scarce, "Koffie schenken", seats=20)
    divided(scarce)
    found = shortage(scarce.suus, threshold=10)
    assert len(found.teams) == 1
    # By now everyone has a place, and another one in Noord helps nobody.
    assert found.kinds[VOLUNTEERS].cells[scarce.north].brings is Brings.NOTHING


def test_the_file_says_what_the_page_says(scarce, sign_in):
    client = sign_in(scarce.suus)
    text = client.get(FILE, {"soort": "csv"}).content.decode()
    assert "Vrijwilligerswerk" in text
    assert client.get(FILE, {"soort": "xlsx"}).status_code == 200
    assert client.get(FILE, {"soort": "pdf"}).status_code == 404
    assert client.post(PAGE).status_code == 405


def test_a_kind_that_is_none_shows_all_kinds(scarce, sign_in):
    page = sign_in(scarce.suus).get(PAGE, {"soort": "goud"})
    assert page.status_code == 200
    assert page.context["kinds"]


def test_it_asks_as_much_with_more_divisions(scarce):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            shortage(scarce.suus, threshold=10)
        return len(asked)

    few = questions()
    divided(scarce)
    divided(scarce)
    assert questions() == few == 3
