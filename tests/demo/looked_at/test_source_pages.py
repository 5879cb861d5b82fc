"""Both pages that Meedoen began with, rebuilt from the demo town in their own shape.

Groningen, budget for 2017, 1.1.3: achieved twice, budgeted, aimed for, and where we stand. Zwolle,
budget for 2020, goal 2.2.2: title, description, criteria, indicators, notes and who answers for it.
"""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from meedoen.demo import document_texts as texts
from meedoen.demo.accounts import CONTROLLER
from meedoen.demo.chain import run_chain
from meedoen.demo.own_indicators import COPIED, COPIED_FROM, MADE
from meedoen.demo.town import MEERDAM
from meedoen.records.budget.queries import goals
from meedoen.records.budget.tree_queries import budget_tree, goal_node
from meedoen.records.documents.queries import DocumentFilter, document, documents
from meedoen.records.figures.forecasts import forecast, forecasts
from meedoen.records.figures.queries import newest_measurings
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import person_for, system_viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.budget.page import CellKind, SectionKind
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.words import Colour, DocumentKind, DocumentState
from tests.demo.looked_at.conftest import MORNING, UNTIL

ACHIEVED = (date(2024, 12, 31), date(2025, 12, 31))
ROWS = {
    "Mensen op een participatiebaan": "participation_jobs",
    "Mensen op een beschutte werkplek (Wsw)": "sheltered_wsw",
    "Mensen op een nieuwe beschutte werkplek (Participatiewet)": "sheltered_new",
}


@pytest.fixture(scope="module")
def counted(built, django_db_blocker):
    """Run the chain in the town for all tests in this file, and undo it after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MORNING):
            run_chain(tell=str)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def system(counted, demo):
    return system_viewer(MEERDAM.code)


def line_of(system, code, year):
    [line] = [one for one in goals(system) if (one.code, one.year) == (code, year)]
    return line


def text_of(system, code, year):
    publication = line_of(system, code, year).publication_id
    return Client().get(reverse("public:page_text", args=[publication])).content.decode()


def shown_on(system, day, code):
    figures = newest_measurings(system)[day].figures
    return figures[code].shown.text if code in figures else "-"


def promised(system, code, year):
    node = goal_node(system, goal_id=line_of(system, "1.1.3", 2027).goal_id)
    [number] = [one.number for one in node.promises[code] if one.year == year]
    return str(number)


def test_the_page_of_groningen_has_its_columns_with_the_towns_own_figures(system):
    page = read_page(text_of(system, "1.1.3", 2027))
    assert page.refused == ()
    assert [row.indicator for row in page.indicators] == list(ROWS)
    for row in page.indicators:
        code = ROWS[row.indicator]
        assert [(one.label, one.year, one.kind, one.value.shown) for one in row.columns] == [
            ("Behaald 2024", 2024, CellKind.REALISATIE, shown_on(system, ACHIEVED[0], code)),
            ("Behaald 2025", 2025, CellKind.REALISATIE, shown_on(system, ACHIEVED[1], code)),
            ("Begroting 2026", 2026, CellKind.BEGROTING, promised(system, code, 2026)),
            ("Beoogd 2027", 2027, CellKind.STREEF, promised(system, code, 2027)),
        ], row.indicator


def test_where_we_stand_is_told_with_the_figures_of_today(system):
    page = read_page(text_of(system, "1.1.3", 2027))
    [goal] = page.goals
    told = {one.kind: one.paragraphs for one in goal.sections}
    standing = " ".join(told[SectionKind.STATE_OF_AFFAIRS])
    for code in (*ROWS.values(), "participation_jobs_self_found", "participation_jobs_in_process"):
        sentence = dict(texts.SENTENCES["1.1.3"])[code]
        assert sentence.format(figure=shown_on(system, UNTIL, code)) in standing
    assert told[SectionKind.AMBITION]
    assert told[SectionKind.ACTIVITIES]
    assert "Een streepje betekent" in " ".join(told[SectionKind.INDICATORS])


def test_the_page_of_zwolle_has_all_its_parts_and_its_indicators_are_filled(system):
    page = read_page(text_of(system, "2.2.2", None))
    assert page.refused == ()
    [goal] = page.goals
    assert goal.title.startswith("We zorgen dat inwoners met een uitkering")
    kinds = [section.kind for section in goal.sections]
    assert kinds[:5] == [
        SectionKind.DESCRIPTION,
        SectionKind.CRITERIA,
        SectionKind.INDICATORS,
        SectionKind.POLICY_NOTES,
        SectionKind.PORTFOLIO_HOLDERS,
    ]
    assert len(goal.criteria) == 2
    assert goal.policy_notes
    assert goal.portfolio_holders == ("Wethouder Voorbeeld",)
    rows = {row.indicator: [one.value.shown for one in row.columns] for row in page.indicators}
    assert rows["Mensen met participatiegroei in het jaar"] == [
        *(shown_on(system, day, "participation_growth") for day in ACHIEVED),
        *("-", "200"),
    ]
    pairs = rows["Paren van organisaties die naar elkaar verwijzen"]
    assert pairs[:2] == [
        shown_on(system, day, "referral_pairs_between_partners") for day in ACHIEVED
    ]


def test_the_criteria_of_zwolle_are_measured_by_indicators_of_the_goal(system):
    node = goal_node(system, goal_id=line_of(system, "2.2.2", None).goal_id)
    growth, network = node.criteria
    assert "participation_growth" in growth.indicators
    assert "referral_pairs_between_partners" in network.indicators


def test_the_tree_holds_both_goals_and_the_history_is_long_enough_to_look_ahead(system):
    tree = budget_tree(system, year=2027)
    codes = {
        goal.code
        for programme in tree.programmes
        for field in programme.fields
        for goal in field.goals
    }
    assert {"1.1.3", "2.2.2"} <= codes
    assert len(newest_measurings(system)) >= 22
    made = forecast(system, indicator="participation_jobs")
    assert made.refusal is None


def test_nearly_every_forecast_was_tried_on_the_two_years_before_and_says_how_far_it_was_off(
    system,
):
    codes = [one.code for one in catalogue_of(system.municipality_id)]
    made = [one for one in forecasts(system, indicators=codes).values() if one.refusal is None]
    shown = [one for one in made if not one.is_hidden]
    tried = [one for one in shown if {year.year for year in one.tried} >= {2024, 2025}]
    assert len(made) > 45
    # In so small a town many are hidden.
    assert len(shown) > 25
    assert len(tried) > 0.9 * len(shown)
    assert sum(one.mean_error is not None for one in tried) > 0.75 * len(shown)


def test_both_own_indicators_show_how_a_goal_is_doing_one_in_two_ways_of_counting(system):
    known = catalogue_of(system.municipality_id)
    assert [one.valid_from for one in known[COPIED].versions] == [
        date(2015, 1, 1),
        date(UNTIL.year, 1, 1),
    ]
    assert COPIED in goal_node(system, goal_id=line_of(system, "1.1.3", 2025).goal_id).indicators
    growth, _network = goal_node(system, goal_id=line_of(system, "2.2.2", None).goal_id).criteria
    assert MADE in growth.indicators
    newest = newest_measurings(system)
    before, after = newest[date(2025, 12, 31)].figures, newest[UNTIL].figures
    assert before[COPIED].value == before[COPIED_FROM].value
    assert after[COPIED].value > after[COPIED_FROM].value
    assert 0 < after[MADE].value < after["spoken_past_year"].value


def test_documents_stand_in_every_state_of_a_year_with_lights_that_say_why(system):
    controller = person_for(Account.objects.get(email=CONTROLLER.email).pk).viewer
    lines = documents(controller, wanted=DocumentFilter()).cards
    cards = {line.kind: document(controller, key=line.key) for line in lines}
    assert [line.state for line in lines].count(DocumentState.ADOPTED) == 3
    assert set(cards) == set(DocumentKind)
    interim, account = cards[DocumentKind.INTERIM], cards[DocumentKind.ACCOUNT]
    colours = {one.colour for one in interim.chapters[0].lights.values()}
    assert colours == set(Colour)
    assert interim.missing
    assert any(comment.text for comment in interim.comments)
    assert all(chapter.lights for chapter in account.chapters)
    revised = [
        piece.revised
        for chapter in account.chapters
        for text in chapter.texts
        for piece in text.pieces
        if not isinstance(piece, str) and piece.revised
    ]
    assert [one.text for one in revised] == [texts.RECTIFIED_TO]
