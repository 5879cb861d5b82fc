"""What is known after an adoption stands beside the adopted figure; only an act corrects it."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.budget.queries import published_page
from meedoen.records.documents import adopted as adopted_module
from meedoen.records.documents.adopted import adopt_figures, adopted_document
from meedoen.records.documents.differences import differences
from meedoen.records.documents.models import AdoptedFigure, Chapter, Document, Rectification
from meedoen.records.documents.rectifying import rectifications_of, rectify
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.records.figures.revised import revised
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.documents.differences import Reason
from meedoen.rules.documents.quotes import Quoted
from meedoen.rules.documents.words import DocumentKind, DocumentState, QuotedKind
from tests.at_once import at_once
from tests.records.documents.scenes import adopted, begun, card_of, offered, second_controller
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import YEAR_END, crowd, key_of, stranger, take_in, take_part
from tests.standing_town import kept
from tests.town import build_town

JOBS = "participation_jobs"
WHY = "Een start van december stond er niet in."


@pytest.fixture
@kept
def account(town):
    """Return the key of an account that Cas adopted, with twelve people on a participation job."""
    key = offered(town, kind=DocumentKind.ACCOUNT)
    adopted(second_controller(town), key)
    return key


def figure_of(viewer, key):
    [figure] = adopted_document(viewer, key=key).figures
    return figure


def take_back(town, count=1, after=0):
    """Take back the starts of some people, after so many, so that they never took part."""
    rows = Placement.objects.visible_to(town.system).order_by("pk")
    for placement_id in rows.values_list("pk", flat=True)[after : after + count]:
        take_back_start(town.anna, key=key_of(town, placement_id))


def test_an_adopted_figure_stays_and_what_is_known_now_stands_beside_it(town, account):
    take_back(town)
    measure(town.connie, on=YEAR_END)
    figure = figure_of(town.connie, account)
    assert (figure.shown.text, figure.rectifications) == ("12", [])
    revision = revised(town.connie, [figure.figure_id])[figure.figure_id]
    assert (revision.then.text, revision.now.text, revision.changed) == ("12", "11", True)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        AdoptedFigure.objects.update(text="11")


def test_a_rectification_takes_the_newest_measuring_and_keeps_both(town, account):
    take_back(town)
    measure(town.connie, on=YEAR_END)
    figure = figure_of(town.connie, account)
    rectify(town.connie, adopted_id=figure.adopted_id, reason=f" {WHY} ")
    figure = figure_of(town.connie, account)
    [rectification] = figure.rectifications
    assert (figure.shown.text, rectification.shown.text) == ("12", "11")
    assert (rectification.reason, rectification.by) == (WHY, "Connie Testema")
    assert Rectification.objects.get().figure.value == 11


def refused(viewer, adopted_id, **more):
    with pytest.raises(ActionRefusedError) as told:
        rectify(viewer, adopted_id=adopted_id, **more)
    assert not Rectification.objects.filter(reason="").exists()
    return str(told.value)


def test_without_a_reason_or_a_new_measuring_everything_that_is_missing_is_said(town, account):
    figure = figure_of(town.connie, account)
    said = refused(town.connie, figure.adopted_id, reason=" ")
    assert "Schrijf op waarom" in said
    assert "Meet eerst" in said
    said = refused(town.connie, figure.adopted_id, reason="Het was 111222333.")
    assert "een BSN kan zijn" in said
    assert "Meet eerst" in said


def test_a_measuring_that_says_the_same_rectifies_nothing(town, account):
    measure(town.connie, on=YEAR_END)
    figure = figure_of(town.connie, account)
    assert "hetzelfde" in refused(town.connie, figure.adopted_id, reason=WHY)


def test_a_figure_is_rectified_once_with_each_measuring(town, account):
    take_back(town)
    measure(town.connie, on=YEAR_END)
    figure = figure_of(town.connie, account)
    rectify(town.connie, adopted_id=figure.adopted_id, reason=WHY)
    assert "Meet eerst" in refused(town.connie, figure.adopted_id, reason=WHY)


@pytest.mark.parametrize("name", ["anna", "lea", "petra", "roos", "suus", "priya", "ab"])
def test_only_who_adopts_rectifies(town, account, name):
    figure = figure_of(town.connie, account)
    with pytest.raises(PermissionDenied):
        rectify(town.members[name], adopted_id=figure.adopted_id, reason=WHY)
    assert adopted_document(town.members[name], key=account) is None
    assert differences(town.members[name], first_key=account, second_key=account) is None


def test_a_stranger_finds_no_figure_to_rectify(town, account):
    figure = figure_of(town.connie, account)
    assert "staat niet in" in refused(stranger(town), figure.adopted_id, reason=WHY)
    assert adopted_document(stranger(town), key=account) is None


def test_a_document_that_is_not_adopted_has_no_figures_to_rectify(town):
    key = offered(town, kind=DocumentKind.ACCOUNT)
    assert adopted_document(town.connie, key=key) is None
    assert "staat niet in" in refused(town.connie, 1, reason=WHY)


@pytest.fixture
def budget(town):
    """Return the key of a budget that says what is aimed for and that ten are too few to show."""
    take_in(town, "1_1_3")
    key = begun(town)
    document = Document.objects.get(key=key)
    chapter = Chapter.objects.get(document=document)
    aimed = Quoted(chapter.pk, JOBS, QuotedKind.AIMED, "130", year=2024)
    small = Quoted(chapter.pk, JOBS, QuotedKind.FORECAST, "x", hidden=True, year=2024)
    adopt_figures(town.connie, document, [aimed, small])
    Document.objects.filter(key=key).update(state=DocumentState.ADOPTED)
    return key


def test_what_was_never_counted_is_rectified_by_what_somebody_writes(town, budget):
    aimed, _small = adopted_document(town.connie, key=budget).figures
    correct = partial(rectify, town.connie, adopted_id=aimed.adopted_id, reason=WHY)
    assert "Vul in" in refused(town.connie, aimed.adopted_id, reason=WHY)
    assert "al staat" in refused(town.connie, aimed.adopted_id, reason=WHY, text="130")
    assert "te lang" in refused(town.connie, aimed.adopted_id, reason="a" * 2001, text="1" * 201)
    said = refused(town.connie, aimed.adopted_id, reason=WHY, text="ongeveer heel veel")
    assert "weer een getal" in said
    correct(text="140")
    aimed, _small = adopted_document(town.connie, key=budget).figures
    assert [one.shown.text for one in aimed.rectifications] == ["140"]
    assert (aimed.shown.text, aimed.year, aimed.definition_version) == ("130", 2024, None)


def test_what_is_hidden_is_not_rectified_whatever_is_known_now(town):
    take_in(town, "1_1_3")
    few = take_part(town, crowd(town, 5))
    measure(town.connie, on=YEAR_END)
    key = begun(town)
    document = Document.objects.get(key=key)
    of_chapter = partial(Quoted, Chapter.objects.get(document=document).pk, JOBS, hidden=True)
    counted = Figure.objects.get(indicator=JOBS, district=None, place_kind="", organisation=None)
    hidden = [
        of_chapter(kind=QuotedKind.FORECAST, text="x", year=2024),
        of_chapter(
            kind=QuotedKind.ACHIEVED, text="<10", reference_date=YEAR_END, figure_id=counted.pk
        ),
    ]
    adopt_figures(town.connie, document, hidden)
    Document.objects.filter(key=key).update(state=DocumentState.ADOPTED)
    expected, small = adopted_document(town.connie, key=key).figures
    assert "verborgen" in refused(town.connie, expected.adopted_id, reason=WHY, text="7")
    said = refused(town.connie, small.adopted_id, reason=WHY)
    take_back_start(town.anna, key=key_of(town, few[0]))
    measure(town.connie, on=YEAR_END)
    assert refused(town.connie, small.adopted_id, reason=WHY) == said


def test_a_district_in_which_nobody_was_counted_is_counted_again_and_never_typed(town, budget):
    document = Document.objects.get(key=budget)
    chapter = Chapter.objects.get(document=document)
    AdoptedFigure.objects.create(
        municipality_id=town.connie.municipality_id,
        document=document,
        chapter=chapter,
        position=9,
        indicator=JOBS,
        kind=QuotedKind.ACHIEVED,
        reference_date=YEAR_END,
        district_id=town.north,
        text="0",
    )
    figure = adopted_document(town.connie, key=budget).figures[-1]
    assert "Meet eerst" in refused(town.connie, figure.adopted_id, reason=WHY, text="14")
    jobs_in(town, 14, 15)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure.adopted_id, reason=WHY, text="99")
    figure = adopted_document(town.connie, key=budget).figures[-1]
    assert [one.shown.text for one in figure.rectifications] == ["14"]


def test_a_figure_of_something_else_is_not_adopted(town):
    take_in(town, "1_1_3")
    measure(town.connie, on=YEAR_END)
    document = Document.objects.get(key=begun(town))
    chapter_id = Chapter.objects.get(document=document).pk
    figure = Figure.objects.filter(indicator="people_on_benefit", part="").first()
    quote = partial(Quoted, indicator=JOBS, kind=QuotedKind.ACHIEVED, text="3")
    with pytest.raises(ValueError, match="not what is quoted"):
        adopt_figures(
            town.connie, document, [quote(chapter_id, figure_id=figure.pk, reference_date=YEAR_END)]
        )
    with pytest.raises(ValueError, match="are not in document"):
        adopt_figures(town.connie, document, [quote(chapter_id + 1)])
    assert not AdoptedFigure.objects.exists()


def test_everybody_reads_both_values_and_why_unless_the_difference_is_a_few_people(town, account):
    goal_id = Chapter.objects.get(document__key=account).goal_id
    told = partial(rectifications_of, document_key=account, goal_id=goal_id)
    assert told() == []
    take_back(town)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure_of(town.connie, account).adopted_id, reason=WHY)
    [public] = told()
    assert (public.was.text, public.now.text, public.reason) == ("12", "x", WHY)
    assert rectifications_of(document_key=account, goal_id=goal_id + 1) == []


def test_a_large_correction_is_read_by_everybody(town):
    key = offered(town, kind=DocumentKind.ACCOUNT, people=40)
    adopted(second_controller(town), key)
    take_back(town, count=12)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure_of(town.connie, key).adopted_id, reason=WHY)
    goal_id = Chapter.objects.get(document__key=key).goal_id
    [public] = rectifications_of(document_key=key, goal_id=goal_id)
    assert (public.was.text, public.now.text, public.indicator) == ("40", "28", JOBS)


@pytest.mark.parametrize(("fewer", "text"), [(1, "28"), (14, "14")])
def test_a_page_that_follows_is_compared_with_what_was_rectified(town, fewer, text):
    key = offered(town, kind=DocumentKind.ACCOUNT, people=40)
    adopted(second_controller(town), key)
    goal_id = Chapter.objects.get(document__key=key).goal_id
    link_indicator(town.connie, goal_id=goal_id, indicator=JOBS)
    # A page in between, of the same people: what is rectified in the account is newer.
    publish(town.connie, goal_id=goal_id, on=YEAR_END)
    take_back(town, count=12)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure_of(town.connie, key).adopted_id, reason=WHY)
    take_back(town, count=fewer, after=12)
    measure(town.connie, on=YEAR_END)
    page = published_page(publish(town.connie, goal_id=goal_id, on=YEAR_END))
    [row] = [row for row in page.rows if row.indicator == JOBS]
    assert row.cells[-1].text == text


def test_what_differs_by_a_few_from_another_page_of_the_day_is_not_shown(town):
    key = offered(town, kind=DocumentKind.ACCOUNT, people=40)
    adopted(second_controller(town), key)
    goal_id = Chapter.objects.get(document__key=key).goal_id
    link_indicator(town.connie, goal_id=goal_id, indicator=JOBS)
    take_back(town, count=12)
    measure(town.connie, on=YEAR_END)
    publish(town.connie, goal_id=goal_id, on=YEAR_END)
    take_back(town, after=12)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure_of(town.connie, key).adopted_id, reason=WHY)
    [public] = rectifications_of(document_key=key, goal_id=goal_id)
    assert (public.was.text, public.now.text) == ("40", "x")
    [rectification] = figure_of(town.connie, key).rectifications
    assert rectification.shown.text == "27"


def test_a_document_that_is_a_draft_again_tells_nobody_of_rectifications(town, account):
    goal_id = Chapter.objects.get(document__key=account).goal_id
    take_back(town)
    measure(town.connie, on=YEAR_END)
    rectify(town.connie, adopted_id=figure_of(town.connie, account).adopted_id, reason=WHY)
    Document.objects.filter(key=account).update(state=DocumentState.DRAFT)
    assert rectifications_of(document_key=account, goal_id=goal_id) == []


def test_the_same_year_in_two_documents_differs_by_what_was_recorded_since(town, account):
    take_back(town)
    with clock.at(clock.now() + timedelta(minutes=1)):
        measure(town.connie, on=YEAR_END)
    second = begun(town, kind=DocumentKind.INTERIM, number=1)
    document = Document.objects.get(key=second)
    chapter = Chapter.objects.get(document=document)
    newest = Figure.objects.filter(indicator=JOBS, district=None, place_kind="").latest("pk")
    again = Quoted(
        chapter.pk,
        JOBS,
        QuotedKind.ACHIEVED,
        "11",
        reference_date=YEAR_END,
        figure_id=newest.pk,
    )
    adopt_figures(town.connie, document, [again])
    Document.objects.filter(key=second).update(state=DocumentState.ADOPTED)
    report = differences(town.connie, first_key=account, second_key=second)
    [pair] = report.pairs
    assert pair.reasons == (Reason.LATER_KNOWLEDGE,)
    assert (pair.first.now.text, pair.second.now.text, pair.difference) == ("12", "11", -1)
    learned = report.learned[pair.first.figure_id]
    assert (learned.count.text, learned.withheld) == ("<10", True)
    # The other way round it is the same earlier figure that is explained.
    back = differences(town.connie, first_key=second, second_key=account)
    assert back.learned.keys() == report.learned.keys()


def test_a_budget_and_an_account_stand_side_by_side(town, account, budget):
    report = differences(town.connie, first_key=budget, second_key=account)
    reached = [pair for pair in report.pairs if pair.second is not None]
    assert {pair.first.kind for pair in reached} == {QuotedKind.AIMED, QuotedKind.FORECAST}
    assert all(Reason.OTHER_KIND in pair.reasons for pair in reached)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rectify_at_once_one_is_told():
    town = build_town()
    key = offered(town, kind=DocumentKind.ACCOUNT)
    cas = second_controller(town)
    adopted(cas, key)
    take_back(town)
    measure(town.connie, on=YEAR_END)
    adopted_id = figure_of(town.connie, key).adopted_id
    said = []

    def correct(viewer):
        try:
            rectify(viewer, adopted_id=adopted_id, reason=WHY)
        except ActionRefusedError as refusal:
            said.append(str(refusal))

    at_once(partial(correct, town.connie), partial(correct, cas))
    assert len(said) == 1
    assert Rectification.objects.count() == 1


def test_a_fault_while_figures_are_adopted_leaves_the_document_offered(town, monkeypatch):
    key = offered(town)
    cas = second_controller(town)

    def fail(*_args, **_named):
        raise RuntimeError("half-way")

    monkeypatch.setattr(adopted_module.AdoptedFigure.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        adopted(cas, key)
    assert card_of(town.connie, key).state is DocumentState.OFFERED
    assert not AdoptedFigure.objects.exists()
