"""The yearly report on the screen and as a file: what it says, to whom, from which numbers."""

from datetime import UTC, datetime

import pytest

from meedoen.records.organisations import clock
from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.report_terms import report_terms_on
from meedoen.rules.matching_register.yearly import ListFacts, year_report
from meedoen.web.policy.views import matching_report as view
from tests.matching import chosen, list_for

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
PAGE = "/beleid/plekken-voorstellen/verslag/"
FILE = f"{PAGE}bestand/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def a_year(first, other, *, without=0, aside=0):
    """Return the report of a year with so many choices of the first place, and of another."""

    def made(count, *, is_chosen=True, is_first=False, rules=()):
        one = ListFacts(
            has_place=is_chosen,
            is_chosen=is_chosen,
            is_first=is_first,
            is_own_wish=False,
            days=4 if is_chosen else None,
            set_aside=frozenset(rules),
        )
        return [one] * count

    lists = made(first - aside, is_first=True)
    lists += made(aside, is_first=True, rules=[HardRule.TOO_FAR])
    lists += made(other) + made(without, is_chosen=False)
    return year_report(lists, [], [], 10)


def said(report):
    return " ".join(view._meaning(report, report_terms_on(NOON.date())))


def test_connie_reads_a_year_with_few_lists_and_no_small_number(town, sign_in):
    with clock.at(NOON):
        chosen(town, list_for(town))
    shown = text_of(sign_in(town.connie).get(f"{PAGE}?jaar=2026"))
    assert "te weinig keuzes" in shown
    assert "vanaf 30 keuzes" in shown
    assert '<td class="meedoen-number">&lt;10</td>' in shown
    assert '<td class="meedoen-number">1</td>' not in shown
    assert "Roos" not in shown


def test_a_year_without_lists_says_so(town, sign_in):
    shown = text_of(sign_in(town.priya).get(f"{PAGE}?jaar=2019"))
    assert "nog geen plek gekozen" in shown
    assert "Geen coach zette een regel opzij." in shown


def test_when_people_often_choose_another_place_it_says_that_people_choose():
    assert "Bij 60 % van de keuzes werd het de eerste plek" in said(a_year(60, 40))
    assert "Dat past bij een keuze door mensen" in said(a_year(60, 40))
    assert "zaten meestal 4 dagen" in said(a_year(60, 40))


def test_when_the_first_place_is_nearly_always_chosen_it_warns():
    assert "beslist de lijst in feite zelf" in said(a_year(88, 12))


def test_under_thirty_choices_nothing_is_said_about_how_often():
    assert "te weinig keuzes" in said(a_year(15, 12))
    assert "te weinig keuzes" not in said(a_year(18, 12))


def test_a_rule_that_is_often_set_aside_is_named():
    shown = said(a_year(60, 40, aside=30))
    assert "In 30 % van de lijsten ging deze regel opzij: Te ver." in shown
    assert "opzij" not in said(a_year(60, 40, aside=20))


def test_the_file_holds_the_numbers_of_the_page(town, sign_in):
    with clock.at(NOON):
        chosen(town, list_for(town))
    connie = sign_in(town.connie)
    answer = connie.get(f"{FILE}?jaar=2026&soort=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="plekken-voorgesteld-2026.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Onderdeel;Wat;Aantal"
    assert "Lijsten en keuzes;Lijsten;<10" in lines
    assert "Geweigerd;De inwoner;0" in lines
    assert "Per wijk: Noord;Gekozen;<10" in lines
    assert "Verdelen: Aangenomen uit een verdeling;Gekozen;0" in lines
    assert connie.get(f"{FILE}?soort=xlsx").status_code == 200
    assert connie.get(f"{FILE}?soort=doc").status_code == 404


@pytest.mark.parametrize("year", ["", "x", "99999", "-1", "²"])
def test_a_year_that_is_none_becomes_this_year(town, sign_in, year):
    assert sign_in(town.connie).get(PAGE, {"jaar": year}).status_code == 200


def test_a_year_that_cannot_be_is_not_there(town, sign_in):
    assert sign_in(town.connie).get(f"{PAGE}?jaar=1999").status_code == 404


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "ab", "vera"])
def test_to_others_it_does_not_exist(town, sign_in, who):
    client = sign_in(getattr(town, who))
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{FILE}?soort=csv").status_code == 404


def test_nothing_can_be_sent_to_it(town, sign_in):
    assert sign_in(town.connie).post(PAGE).status_code == 405


def test_every_count_that_is_protected_gets_its_legend(town, sign_in):
    report = a_year(40, 3)
    assert Shown("x", hidden=True) in list(view._all(report))
