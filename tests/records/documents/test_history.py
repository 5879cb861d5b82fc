"""What a text and a traffic light were before: kept for who writes, and for nobody else."""

from functools import partial

from meedoen.records.documents.history_queries import (
    VERSIONS_A_PAGE,
    light_versions,
    text_versions,
)
from meedoen.records.documents.writing_actions import set_light
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question
from tests.records.documents.scenes import begun, second_controller, write
from tests.records.figures.scenes import stranger, take_in


def test_each_version_knows_the_one_before_it_also_over_pages(town, django_assert_num_queries):
    take_in(town, "1_1_3")
    key, cas = begun(town), second_controller(town)
    texts = [f"Versie {number}" for number in range(VERSIONS_A_PAGE + 2)]
    for number, text in enumerate(texts):
        write(cas if number % 2 else town.connie, key, Question.COST, text)
    versions = partial(text_versions, town.connie, key=key, chapter=1, question=Question.COST)
    with django_assert_num_queries(3):
        newest = versions()
    assert newest.total == len(texts)
    assert [one.text for one in newest.cards] == texts[:1:-1]
    assert [one.before for one in newest.cards] == texts[-2:0:-1]
    assert newest.cards[0].by == "Cas Testema"
    assert [one.before for one in versions(page=2).cards] == [texts[0], None]


def test_every_colour_of_a_light_stays_with_its_reasons(town):
    take_in(town, "1_1_3")
    key = begun(town, kind=DocumentKind.INTERIM, number=1)
    light = partial(set_light, town.connie, key=key, chapter=1, subject=LightSubject.GOAL)
    light(colour=Colour.GREEN)
    light(colour=Colour.RED, cause="Ziekte.", consequence="Minder.", steering="Werven.")
    found = light_versions(town.connie, key=key, chapter=1, subject=LightSubject.GOAL).cards
    assert [(one.colour, one.steering) for one in found] == [
        (Colour.RED, "Werven."),
        (Colour.GREEN, ""),
    ]


def test_nobody_else_reads_what_stood_there_before(town):
    take_in(town, "1_1_3")
    key = begun(town)
    for viewer in (town.anna, town.petra, town.suus, stranger(town)):
        assert text_versions(viewer, key=key, chapter=1, question=Question.WANT).total == 0
        assert light_versions(viewer, key=key, chapter=1, subject=LightSubject.GOAL).total == 0
