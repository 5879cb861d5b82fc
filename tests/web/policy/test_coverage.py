"""Where there are places: supply beside people who look, never a small number of people."""

from datetime import date
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.demo.names import made_up_numbers
from meedoen.records.organisations import clock
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.placements.coverage_queries import covered
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.rules.vocabulary import Channel, PlaceKind
from tests.town import LONG_AGO, MORNINGS

NUMBERS = made_up_numbers(99_100_000)
PAGE, FILE = "/beleid/dekking/", "/beleid/dekking/bestand/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def people_who_wish(town, district_id, count, *kinds):
    """Let Anna speak with people in a district who wish these kinds."""
    from meedoen.records.conversations.actions import NewConversation, complete_all

    numbers = register_all(
        town.system,
        residents=[
            NewResident(
                given_name="Mies",
                family_name="Nepstra",
                birth_date=date(1980, 5, 4),
                bsn=bsn,
                district_id=district_id,
                coach_id=town.anna.membership_id,
                benefit_starts_on=LONG_AGO,
            )
            for bsn in islice(NUMBERS, count)
        ],
    )
    complete_all(
        town.system,
        conversations=[
            NewConversation(
                pseudonym_id=number,
                held_on=clock.today(),
                channel=Channel.PHONE,
                story="",
                wished_kinds=frozenset(kinds),
            )
            for number in numbers
        ],
    )
    return numbers


@pytest.mark.parametrize("who", ["anna", "lea", "connie", "suus"])
def test_supply_per_district_and_kind_is_there_for_who_divides_it(town, sign_in, who):
    page = text_of(sign_in(getattr(town, who)).get(PAGE))
    assert "Waar zijn plekken?" in page
    assert "3 van de 3 plekken zijn niet bijgewerkt" in page
    assert "1 (1)" in page


@pytest.mark.parametrize("who", ["petra", "roos", "priya", "ab"])
def test_others_find_no_page_and_no_file(town, sign_in, who):
    client = sign_in(getattr(town, who))
    assert client.get(PAGE).status_code == client.get(FILE + "?soort=csv").status_code == 404
    assert covered(getattr(town, who), threshold=10) is None


def test_a_district_without_any_place_is_named_first(town, sign_in):
    from meedoen.records.organisations.actions import found_municipality

    found_municipality(code="GM9990", name="Testveld", districts={"WK999003": "Oost"})
    assert "Geen enkele plek in: Oost." in text_of(sign_in(town.connie).get(PAGE))


def test_of_one_kind_people_who_look_stand_beside_the_places_and_a_gap_is_said(town, sign_in):
    people_who_wish(town, town.south, 12, PlaceKind.PARTICIPATION_JOB)
    page = text_of(sign_in(town.connie).get(PAGE, {"soort": "volunteer_work"}))
    assert "Geen plek met ruimte voor vrijwilligerswerk in: Noord." in page
    page = text_of(sign_in(town.connie).get(PAGE, {"soort": "participation_job"}))
    assert "In elke wijk is een plek met ruimte voor participatiebaan." in page
    row = page.split('<th scope="row">Zuid</th>')[1].split("</tr>")[0]
    assert row.endswith('<td class="meedoen-number">12</td>')


def test_a_few_people_are_never_shown_and_cannot_be_found_by_subtraction(town, sign_in):
    people_who_wish(town, town.south, 12, PlaceKind.DAY_ACTIVITY)
    people_who_wish(town, town.north, 3, PlaceKind.DAY_ACTIVITY)
    page = text_of(sign_in(town.connie).get(PAGE, {"soort": "day_activity"}))
    table = page.split("<tbody>")[1].split("</table>")[0]
    assert ">3<" not in table
    # Fifteen in all and twelve in the south would give the three in the north away.
    assert not (">15<" in table and ">12<" in table)


def test_who_has_a_place_does_not_look(town):
    from meedoen.records.placements.actions import NewPlacement, place_all

    people = people_who_wish(town, town.north, 12, PlaceKind.TRIAL)
    before = covered(town.connie, threshold=10).coverage.kinds[PlaceKind.TRIAL].whole.looking
    place_all(
        town.system,
        placements=[
            NewPlacement(pseudonym_id=people[0], place_id=town.garden, proposed_on=clock.today())
        ],
    )
    after = covered(town.connie, threshold=10).coverage.kinds[PlaceKind.TRIAL].whole.looking
    assert (before.text, after.text) == ("12", "11")


def test_another_municipality_counts_its_own(town):
    from meedoen.rules.coverage import Supply

    cells = covered(town.vera, threshold=10).coverage.kinds.values()
    assert {one.whole.supply for one in cells} == {Supply()}


def test_the_file_holds_every_district_and_kind_as_shown(town, sign_in):
    answer = sign_in(town.connie).get(FILE, {"soort": "csv"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Wijk;Soort plek;Plekken;Met ruimte;Bijgewerkt;Mensen die zoeken"
    assert len(lines) == 1 + 2 * len(PlaceKind)
    assert "Noord;Participatiebaan;1;1;0;0" in lines
    assert sign_in(town.connie).get(FILE, {"soort": "exe"}).status_code == 404


def test_an_unknown_kind_in_the_address_shows_all_kinds(town, sign_in):
    answer = sign_in(town.connie).get(PAGE, {"soort": "luieren"})
    assert answer.status_code == 200
    assert "Kies een soort om ook te zien" in text_of(answer)


def test_the_page_only_shows(town, sign_in):
    assert sign_in(town.connie).post(PAGE).status_code == 405


def test_ten_places_and_two_hundred_cost_the_same_number_of_questions(town):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            covered(town.connie, threshold=10)
        return len(asked)

    def places(count):
        enter_places(
            town.system,
            places=[
                NewPlace(
                    organisation_id=_organisation(town),
                    district_id=town.north,
                    kind=PlaceKind.LANGUAGE_POINT,
                    title=f"Taal {number}",
                    capacity=3,
                    half_days=MORNINGS,
                    opens_on=LONG_AGO,
                )
                for number in range(count)
            ],
        )

    places(10)
    few = questions()
    places(190)
    assert questions() == few


def _organisation(town):
    from meedoen.records.places.models import Place

    return Place.objects.get(pk=town.garden).organisation_id
