"""Writing to the search index at the same moment; together only on PostgreSQL."""

import pytest

from meedoen.records.organisations.actions import found_municipality
from meedoen.records.search.actions import NewDocument, forget_unused_words, index_all
from meedoen.records.search.models import Document, Word
from meedoen.records.search.queries import search
from meedoen.rules.vocabulary import SearchKind
from tests.at_once import at_once

KIND = SearchKind.POST


def document(number, text):
    return NewDocument(kind=KIND, subject_id=number, texts=((text, 1),))


@pytest.fixture
def system(transactional_db):
    return found_municipality(code="GM9990", name="Testveld", districts={})


def test_two_who_bring_the_same_new_words_both_get_them(system):
    words = [f"woord{number}" for number in range(300)]
    forward, backward = " ".join(words), " ".join(reversed(words))
    at_once(
        lambda: index_all(system, documents=[document(1, forward)]),
        lambda: index_all(system, documents=[document(2, backward)]),
    )
    assert Word.objects.count() == len(words)
    assert [one.subject_id for one in search(system, text="woord7", kind=KIND)] == [1, 2]


def test_two_who_write_the_same_documents_leave_one_whole_version(system):
    numbers = range(50)
    forward = [document(number, "oud eerste") for number in numbers]
    backward = [document(number, "nieuw tweede") for number in reversed(numbers)]
    at_once(
        lambda: index_all(system, documents=forward),
        lambda: index_all(system, documents=backward),
    )
    assert Document.objects.count() == len(numbers)
    for number in numbers:
        found = [
            word
            for word in ("oud", "eerste", "nieuw", "tweede")
            if number in [one.subject_id for one in search(system, text=word, kind=KIND)]
        ]
        assert found in (["oud", "eerste"], ["nieuw", "tweede"])


def test_indexing_and_tidying_need_no_transaction_around_them(system):
    index_all(system, documents=[document(1, "tuin")])
    index_all(system, documents=[document(1, "fiets")])
    assert forget_unused_words(system) == 1
    assert [one.subject_id for one in search(system, text="fiets", kind=KIND)] == [1]
