"""What partners share about places and approaches: seen by who shares, watched over, no people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.knowledge.actions import (
    NewPost,
    hide,
    keep,
    reply,
    report,
    share,
    take_back,
)
from meedoen.records.knowledge.queries import PostFilter, posts, reported_count, thread
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.vocabulary import PostKind, Theme


def tip(**changes):
    given = {
        "kind": PostKind.NOTE,
        "theme": Theme.LANGUAGE,
        "title": "Taal oefenen in de tuin",
        "body": "Samen schoffelen is een goede taalles.",
    }
    return NewPost(**{**given, **changes})


def titles(viewer, **wanted):
    return [card.title for card in posts(viewer, wanted=PostFilter(**wanted)).cards]


def test_a_tip_is_seen_by_partners_and_coaches_of_the_municipality(town):
    key = share(town.petra, post=tip())
    for viewer in (town.petra, town.otto, town.anna, town.lea):
        assert titles(viewer) == ["Taal oefenen in de tuin"]
    card = thread(town.otto, key=key).post
    assert (card.writer, card.author, card.is_own) == ("De Moestuin", "Petra Testema", False)


def test_others_and_other_municipalities_see_nothing(town):
    key = share(town.petra, post=tip())
    for viewer in (town.connie, town.roos, town.suus, town.priya, town.vera):
        assert titles(viewer) == []
        assert thread(viewer, key=key) is None


def test_a_resident_cannot_share(town):
    with pytest.raises(PermissionDenied):
        share(town.roos, post=tip())


def test_a_question_is_answered_and_then_no_longer_waits(town):
    question = tip(kind=PostKind.QUESTION, title="Wie heeft een maatje?", theme=Theme.COMPANY)
    key = share(town.otto, post=question)
    assert titles(town.petra, unanswered=True) == ["Wie heeft een maatje?"]
    reply(town.petra, key=key, body="Wij hebben er drie.")
    assert titles(town.petra, unanswered=True) == []
    [answer] = thread(town.otto, key=key).replies
    assert (answer.body, answer.writer) == ("Wij hebben er drie.", "De Moestuin")


def test_everything_that_is_wrong_is_said_at_once(town):
    wrong = tip(title=" ", body="Bel 111222333 maar.", district_id=999_999)
    with pytest.raises(ActionRefusedError) as refused:
        share(town.petra, post=wrong)
    for words in ("een titel", "BSN", "Deze wijk bestaat niet"):
        assert words in str(refused.value)
    assert titles(town.petra) == []


def test_posts_are_found_by_theme_district_and_words(town):
    share(town.petra, post=tip(district_id=town.north))
    share(town.otto, post=tip(title="Fietsen maken", theme=Theme.WORK, body="Leer het hier."))
    assert titles(town.anna, theme=Theme.WORK) == ["Fietsen maken"]
    assert titles(town.anna, district_id=town.south) == ["Fietsen maken"]
    assert sorted(titles(town.anna, district_id=town.north)) == [
        "Fietsen maken",
        "Taal oefenen in de tuin",
    ]
    assert titles(town.anna, words="taalles") == ["Taal oefenen in de tuin"]


def test_who_wrote_it_takes_it_back_and_nobody_else_can(town):
    key = share(town.petra, post=tip())
    with pytest.raises(ActionRefusedError, match="Alleen wie dit schreef"):
        take_back(town.otto, key=key)
    take_back(town.petra, key=key)
    assert titles(town.otto) == []
    assert titles(town.otto, words="taalles") == []
    assert thread(town.petra, key=key).post.is_hidden


def test_a_report_reaches_who_keeps_watch_once_and_is_settled(town):
    key = share(town.petra, post=tip())
    report(town.otto, key=key, reason="Dit gaat over een mens.")
    report(town.otto, key=key, reason="Nog eens.")
    report(town.anna, key=key, reason="Vind ik ook.")
    assert reported_count(town.lea) == 1
    assert reported_count(town.otto) == 0
    assert thread(town.lea, key=key).post.reports == ("Dit gaat over een mens.", "Vind ik ook.")
    assert thread(town.otto, key=key).post.reports == ()
    hide(town.lea, key=key, reason="Noem geen mensen.")
    assert reported_count(town.lea) == 0
    assert thread(town.otto, key=key) is None
    assert thread(town.petra, key=key).post.hidden_reason == "Noem geen mensen."
    keep(town.lea, key=key)
    assert titles(town.otto, words="taalles") == ["Taal oefenen in de tuin"]


def test_an_answer_that_is_reported_is_found_by_its_question(town):
    key = share(town.petra, post=tip())
    reply(town.otto, key=key, body="Dat weet Jan ook.")
    [answer] = thread(town.anna, key=key).replies
    report(town.anna, key=answer.key, reason="Een naam.")
    assert titles(town.lea, reported=True) == ["Taal oefenen in de tuin"]
    hide(town.lea, key=answer.key, reason="Geen namen.")
    assert thread(town.anna, key=key).replies == []


def test_only_who_keeps_watch_takes_away(town):
    key = share(town.petra, post=tip())
    for viewer in (town.anna, town.petra, town.otto):
        with pytest.raises(PermissionDenied):
            hide(viewer, key=key, reason="Weg ermee.")


def test_nobody_answers_what_is_gone(town):
    key = share(town.petra, post=tip())
    take_back(town.petra, key=key)
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        reply(town.otto, key=key, body="Jammer!")
    with pytest.raises(ActionRefusedError, match="niet meer"):
        reply(town.petra, key=key, body="Toch nog iets.")


def test_ten_posts_and_a_page_full_cost_the_same_number_of_questions(town):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            posts(town.lea, wanted=PostFilter(), size=200)
        return len(asked)

    for number in range(10):
        share(town.petra, post=tip(title=f"Tip {number}"))
    few = questions()
    for number in range(190):
        share(town.otto, post=tip(title=f"Nog een tip {number}"))
    assert questions() == few
