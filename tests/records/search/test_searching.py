"""Finding documents by words, on whichever database the tests run."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meedoen.records.search.actions import (
    NewDocument,
    forget_all,
    forget_unused_words,
    index_all,
)
from meedoen.records.search.models import Document, Piece, Posting, Word
from meedoen.records.search.queries import Found, asks_something, search
from meedoen.records.search.shelf import Shelf
from meedoen.records.search.tasks import put_word_tidying_in_queue
from meedoen.records.search.ways import ways
from meedoen.rules.search.fit import Fit, asked_words
from meedoen.rules.search.words import telling_words
from meedoen.rules.vocabulary import SearchKind
from tests.examples import examples
from tests.work import work_off

KIND = SearchKind.POST
MIGRATION = import_module("meedoen.records.search.migrations.0005_postings_say_what")
TEXTS = {
    1: "Inloopspreekuur schuldhulpverlening in het Wijkcentrum",
    2: "Fietsen repareren en maken",
    3: "Taalcafé: oefen Nederlands praten",
    4: "Wandelgroep, elke dinsdag wandelen",
    5: "Samen koken in de buurtkeuken",
}


def enter(viewer, texts, *, kind=KIND, weight=1, is_public=False):
    index_all(
        viewer,
        documents=[
            NewDocument(kind=kind, subject_id=number, texts=((text, weight),), is_public=is_public)
            for number, text in texts.items()
        ],
    )


def found(viewer, text, **more):
    return [one.subject_id for one in search(viewer, text=text, kind=KIND, **more)]


@pytest.fixture
def shelf(town):
    enter(town.system, TEXTS)
    return town.system


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("fietsen", [2]),
        ("FIETS", [2]),
        ("taalcafe", [3]),
        ("talen", [3]),
        ("wandeling", [4]),
        ("hulpverlening", [1]),
        ("schulden", [1]),
        ("schuldhulpverlenign", [1]),
        ("nederalnds", [3]),
        ("ik wil graag fietsen maken", [2]),
        ("maken fietsen", [2]),
        ("fietsenmaker", [2]),
        ("praatnederlands", [3]),
        ("din", [4]),
        ("fietsen wandelen", []),
        ("zwemmen", []),
        ("de", []),
        ("", []),
    ],
)
def test_words_find_what_holds_them_in_some_form(shelf, text, numbers):
    assert found(shelf, text) == numbers


def test_what_fits_better_comes_first_and_then_the_lowest_number(town):
    enter(
        town.system,
        {
            1: "vriendenfietsgroep",
            2: "fietsgroep",
            3: "fietsen",
            5: "fiets",
            4: "fiets",
            6: "wandelfiets",
        },
    )
    assert found(town.system, "fiets") == [4, 5, 3, 2, 6, 1]
    assert search(town.system, text="fiets", kind=KIND)[0] == Found(4, Fit.EXACT)


def test_a_word_counts_by_where_it_stands_and_the_best_word_counts(town):
    enter(town.system, {1: "fiets fietsgroep"}, weight=2)
    enter(town.system, {2: "fietsgroep"}, weight=8)
    assert search(town.system, text="fiets", kind=KIND) == [
        Found(2, 8 * Fit.BEGINNING),
        Found(1, 2 * Fit.EXACT),
    ]


def test_a_slip_is_only_thought_of_when_the_word_itself_is_not_there(town):
    enter(town.system, {1: "taal", 2: "maal"})
    assert found(town.system, "taal") == [1]
    assert found(town.system, "naal") == [1, 2]


def test_what_is_changed_is_found_by_what_it_says_now_and_by_nothing_else(shelf):
    enter(shelf, {2: "Schilderen"})
    assert found(shelf, "fietsen") == []
    assert found(shelf, "schilderen") == [2]


def test_the_last_of_two_statements_about_one_document_holds(town):
    one, other = (
        NewDocument(kind=KIND, subject_id=1, texts=((text, 1),)) for text in ("tuin", "fiets")
    )
    index_all(town.system, documents=[one, other])
    assert (found(town.system, "tuin"), found(town.system, "fiets")) == ([], [1])


def test_what_is_forgotten_is_not_found_and_its_words_go_at_night(shelf):
    forget_all(shelf, kind=KIND, subject_ids=[2])
    assert found(shelf, "repareren") == []
    assert Word.objects.filter(text="repareren").exists()
    before = Word.objects.count()
    gone = forget_unused_words(shelf)
    # The other words stand in a place of the town as well.
    assert gone == 1
    assert Word.objects.count() == before - gone
    assert not Piece.objects.exclude(word__in=Word.objects.all()).exists()
    assert found(shelf, "wandelen") == [4]
    enter(shelf, {9: "repareren"})
    assert found(shelf, "repareren") == [9]
    assert forget_unused_words(shelf) == 0


def test_the_night_forgets_the_words_of_each_municipality(town, shelf):
    enter(town.vera, {7: "Repareren"})
    forget_all(town.vera, kind=KIND, subject_ids=[7])
    forget_all(shelf, kind=KIND, subject_ids=[2])
    put_word_tidying_in_queue()
    work_off()
    assert not Word.objects.filter(text="repareren").exists()


def test_kinds_and_municipalities_do_not_see_each_other(town, shelf):
    enter(town.vera, {7: "Fietsen in Elders"})
    enter(shelf, {8: "Fietsen bij een organisatie"}, kind=SearchKind.ORGANISATION)
    assert found(shelf, "fietsen") == [2]
    assert found(town.vera, "fietsen") == [7]
    assert found(town.vera, "taalcafe") == []
    organisations = search(shelf, text="fietsen", kind=SearchKind.ORGANISATION)
    assert [one.subject_id for one in organisations] == [8]


def test_forgetting_words_leaves_those_of_others(town, shelf):
    enter(town.vera, {7: "Fietsen"})
    forget_all(town.vera, kind=KIND, subject_ids=[7])
    assert forget_unused_words(town.vera) == 1
    assert found(shelf, "fietsen") == [2]


def test_what_is_not_public_plays_no_part_in_a_public_search(shelf):
    enter(shelf, {21: "moestuin"}, is_public=True)
    only_public = found(shelf, "moestuim", public_only=True)
    assert only_public == [21]
    # Now the very word stands in something that is not public: whoever searches cannot tell.
    enter(shelf, {22: "moestuim"})
    assert found(shelf, "moestuim") == [22]
    assert found(shelf, "moestuim", public_only=True) == only_public


def test_what_becomes_public_or_private_is_found_accordingly(shelf):
    assert found(shelf, "taalcafe", public_only=True) == []
    enter(shelf, {3: TEXTS[3]}, is_public=True)
    assert found(shelf, "taalcafe", public_only=True) == [3]
    enter(shelf, {3: TEXTS[3]}, is_public=False)
    assert found(shelf, "taalcafe", public_only=True) == []


def test_a_posting_says_the_same_of_its_document_as_that_says_itself(shelf):
    def said(row):
        return (row.kind, row.subject_id, row.is_public)

    enter(shelf, {3: "Taal en meer"}, is_public=True)
    enter(shelf, {4: TEXTS[4]}, kind=SearchKind.ORGANISATION)
    for _time in range(2):
        for posting in Posting.objects.select_related("document"):
            assert said(posting) == said(posting.document)
        # As they were before the migration that wrote it there.
        Posting.objects.update(kind="", subject_id=0, is_public=False)
        MIGRATION.write_what_documents_are(apps, None)
    assert found(shelf, "taal", public_only=True) == [3]


def test_a_text_of_words_that_say_nothing_asks_nothing(town):
    assert asks_something(town.anna, text="de fiets")
    for text in ("", "de van het", "?! 😀", "\x00"):
        assert not asks_something(town.anna, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE search_word; --",
        "100% _ \\ \" '",
        "a\x00b",
        "😀 👨‍👩‍👧",
        "x" * 5_000,
        " ".join(f"woord{number}" for number in range(800)),
        "\ud800",
        "نص 文字 ﷺ",
        "-" * 5_000,
    ],
)
def test_anything_may_be_typed(shelf, text):
    assert found(shelf, text) == []


def test_anything_may_be_indexed(town):
    enter(town.system, {1: "\x00 😀 " + "x" * 5_000 + " ﷺ ½ \ud800", 2: ""})
    assert found(town.system, "xxx") == [1]


def test_a_search_asks_as_many_questions_in_a_long_list_as_in_a_short_one(
    town, django_assert_num_queries
):
    enter(town.system, {number: f"fietsen in straat{number}" for number in range(10)})
    with django_assert_num_queries(2):
        assert len(found(town.system, "fietsen")) == 10
    enter(town.system, {number: f"fietsen in straat{number}" for number in range(200)})
    with django_assert_num_queries(2):
        assert len(found(town.system, "fietsen")) == 200


def test_more_than_a_database_takes_in_one_question_is_indexed_in_groups(town):
    enter(town.system, {number: f"fietsen woord{number}" for number in range(1_200)})
    assert len(found(town.system, "fietsen")) == 1_200
    assert Posting.objects.filter(document__kind=KIND).count() == 2_400
    forget_all(town.system, kind=KIND, subject_ids=list(range(1_200)))
    assert not Document.objects.filter(kind=KIND).exists()


def counted_plainly(town, asked, *, public_only=False) -> dict[int, int]:
    """The slow way: of each word asked the best that a document holds, added up."""
    documents = Document.objects.filter(municipality=town.system.municipality_id, kind=KIND)
    if public_only:
        documents = documents.filter(is_public=True)
    held: dict[int, dict[int, int]] = {
        number: {} for number in documents.values_list("pk", flat=True)
    }
    for posting in Posting.objects.filter(document__in=documents):
        held[posting.document_id][posting.word_id] = posting.weight
    standing = {word_id for weights in held.values() for word_id in weights}
    shelf = Shelf(town.system.municipality_id, KIND, public_only)
    wanted = []
    for word in asked_words(" ".join(asked)):
        leading = (
            way for way in ways(shelf, word) if way and all(fits.keys() & standing for fits in way)
        )
        wanted.append(next(leading, None))
    if not wanted or not all(wanted):
        return {}
    scores = {}
    for document in documents:
        best = [
            max(
                (fit * held[document.pk].get(word_id, 0) for word_id, fit in fits.items()),
                default=0,
            )
            for parts in wanted
            for fits in parts
        ]
        if all(best):
            scores[document.subject_id] = sum(best)
    return scores


WORDS = st.lists(
    st.text(alphabet="aeiourstnlk", min_size=1, max_size=9), min_size=1, max_size=5, unique=True
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
def test_what_holds_all_the_words_is_found_however_they_are_written(town, documents, data):
    forget_all(town.system, kind=KIND, subject_ids=range(4))
    for number, words in enumerate(documents):
        enter(town.system, {number: " ".join(words)}, weight=number + 1, is_public=number > 1)
    at = data.draw(st.integers(0, len(documents) - 1))
    asked = data.draw(st.permutations(documents[at]))
    first = search(town.system, text=" ".join(asked), kind=KIND)
    if telling_words(" ".join(asked)):
        assert at in [one.subject_id for one in first]
    assert {one.subject_id: one.score for one in first} == counted_plainly(town, asked)
    assert first == sorted(first, key=lambda one: (-one.score, one.subject_id))
    public = search(town.system, text=" ".join(asked), kind=KIND, public_only=True)
    expected = counted_plainly(town, asked, public_only=True)
    assert {one.subject_id: one.score for one in public} == expected
    accented = " ".join(asked[::-1]).upper().replace("E", "É").replace("O", "Ö")
    assert search(town.system, text=accented, kind=KIND) == first
