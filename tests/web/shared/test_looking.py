"""The page of a place about who looks for something like it: for its organisation and coaches."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.place_questions.models import PlaceQuestion
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.models import Place
from meedoen.records.signals.actions import refresh_all
from tests.matching import check_jobs, place_key
from tests.town import talk
from tests.work import work_off

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_one_day():
    with clock.at(NOON):
        yield


@pytest.fixture
def page(town):
    check_jobs(town)
    talk(town.anna, town.roos_file, date(2026, 12, 1))
    return f"/partner/plekken/{place_key(town.garden)}/wie-zoekt/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_petra_reads_that_there_are_a_few_and_asks_their_coaches(town, sign_in, page):
    petra = sign_in(town.petra)
    assert page in text_of(petra.get(page.replace("wie-zoekt/", "")))
    shown = text_of(petra.get(page))
    assert "Weinig mensen in de gemeente zoeken een plek als deze, of niemand." in shown
    assert "Roos" not in shown
    shown = text_of(petra.post(page, follow=True))
    assert "Uw vraag is gesteld." in shown
    assert "Vanaf 30 december 2026 kunt u het opnieuw vragen." in shown
    assert "Vraag het de coaches</button>" not in shown
    assert "Roos" not in shown


def test_anna_finds_it_on_her_start_page_with_the_place_and_a_way_on(town, sign_in, page):
    sign_in(town.petra).post(page)
    work_off()
    refresh_all(town.system)
    shown = text_of(sign_in(town.anna).get("/coach/vandaag/"))
    assert "De Moestuin vroeg op 2 december 2026 of iemand past bij" in shown
    assert f"/coach/resident/{town.roos_file.key}/plekken/" in shown


def test_a_coach_asks_from_the_page_of_the_place(town, sign_in, page):
    anna, own = sign_in(town.anna), page.replace("/partner/", "/coach/")
    assert own in text_of(anna.get(own.replace("wie-zoekt/", "")))
    assert "Uw vraag is gesteld." in text_of(anna.post(own, follow=True))


def test_when_nobody_looks_the_page_says_the_same_as_with_a_few(town, sign_in):
    check_jobs(town)
    address = f"/partner/plekken/{place_key(town.garden)}/wie-zoekt/"
    shown = text_of(sign_in(town.petra).get(address))
    assert "Weinig mensen in de gemeente zoeken een plek als deze, of niemand." in shown
    assert "Vraag het de coaches</button>" in shown


def test_after_a_change_the_page_says_from_when_on_it_counts_again(town, sign_in, page):
    place = Place.objects.get(pk=town.garden)
    details = replace(details_of(place), title="Tuin")
    change_places(
        town.petra,
        changes=[PlaceChange(place_id=place.pk, starts_on=clock.today(), details=details)],
    )
    shown = text_of(sign_in(town.petra).get(page))
    assert "Vanaf 9 december 2026 leest u hier weer" in shown
    assert "of niemand" not in shown


def test_what_is_refused_is_said_on_the_page(town, sign_in, page):
    Place.objects.filter(pk=town.garden).update(is_full=True)
    answer = sign_in(town.petra).post(page)
    assert answer.status_code == 422
    assert "of er is geen plaats vrij" in text_of(answer)


def test_where_matching_is_off_the_page_says_so(town, sign_in, page):
    set_matching(town.ab, is_on=False, contact="", objection="", reason="Eerst praten.", seen=None)
    assert "geen plekken voorstellen" in text_of(sign_in(town.petra).get(page))


@pytest.mark.parametrize("who", ["otto", "anna", "vera", "roos", "connie", "suus"])
def test_to_others_the_page_of_the_organisation_does_not_exist(town, sign_in, page, who):
    client = sign_in(getattr(town, who))
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    assert not PlaceQuestion.objects.exists()


@pytest.mark.parametrize("who", ["petra", "vera", "suus", "connie"])
def test_to_others_the_page_of_the_coach_does_not_exist(town, sign_in, page, who):
    own = page.replace("/partner/", "/coach/")
    assert sign_in(getattr(town, who)).get(own).status_code == 404
