"""What waits for whom, and what adopted documents say of a figure."""

from dataclasses import replace

from django.urls import reverse
from lxml import html

from meedoen.records.documents.adopted_with import adopted_with
from meedoen.records.documents.waiting import waiting_for_adoption
from meedoen.rules.documents.words import QuotedKind
from tests.records.documents.scenes import adopted, offered, second_controller, written
from tests.records.figures.scenes import YEAR_END, stranger


def test_a_document_waits_for_another_than_who_offered_it(town):
    cas = second_controller(town)
    key = offered(town)
    [one] = waiting_for_adoption(cas)
    assert (one.key, one.title) == (key, "Document 2025")
    assert list(waiting_for_adoption(town.connie)) == []
    # With another membership she is still the same person.
    again = replace(town.connie, membership_id=cas.membership_id)
    assert list(waiting_for_adoption(again)) == []


def test_a_draft_and_an_adopted_document_wait_for_nobody(town):
    cas = second_controller(town)
    written(town)
    assert list(waiting_for_adoption(cas)) == []


def test_once_adopted_it_waits_no_longer_and_says_what_stood_in_it(town):
    cas = second_controller(town)
    key = offered(town, people=40)
    assert list(adopted_with(cas, indicator="participation_jobs")) == []
    adopted(cas, key)
    assert list(waiting_for_adoption(cas)) == []
    [line] = adopted_with(town.connie, indicator="participation_jobs")
    assert (line.document_key, line.kind) == (key, QuotedKind.ACHIEVED)
    assert line.reference_date == YEAR_END
    assert list(adopted_with(town.connie, indicator="volunteers")) == []


def test_others_and_other_municipalities_find_nothing(town):
    cas = second_controller(town)
    key = offered(town)
    for viewer in (town.anna, town.suus, town.ab, stranger(town)):
        assert list(waiting_for_adoption(viewer)) == []
    adopted(cas, key)
    elsewhere = replace(cas, municipality_id=town.vera.municipality_id)
    for viewer in (town.anna, elsewhere):
        assert list(adopted_with(viewer, indicator="participation_jobs")) == []


def test_the_first_page_leads_to_what_waits(town, sign_in):
    cas = second_controller(town)
    key = offered(town)
    address = reverse("policy:document", args=[key])
    for viewer, there in ((cas, True), (town.connie, False)):
        tree = html.fromstring(sign_in(viewer).get(reverse("policy:standing")).content.decode())
        links = tree.xpath("//ul[contains(@class, 'meedoen-actions')]//a/@href")
        assert (address in links) is there


def test_the_page_of_the_figure_says_in_which_document_it_stood(town, sign_in):
    key = offered(town, people=40)
    adopted(second_controller(town), key)
    address = reverse("policy:indicator", args=["participation_jobs"])
    page = " ".join(sign_in(town.connie).get(address).content.decode().split())
    assert "Document 2025</th>" in page
    assert "Geteld, peildatum 31 december 2024" in page
