"""The pages on which partners and coaches share knowledge."""

import uuid

import pytest

from meedoen.records.knowledge.actions import NewPost, reply, share
from meedoen.records.knowledge.queries import PostFilter, posts, thread
from meedoen.rules.vocabulary import PostKind, Theme

LIST, NEW = "/kennis/", "/kennis/delen/"
FILLED = {
    "kind": "question",
    "title": "Wie heeft ruimte voor een naaigroep?",
    "body": "Wij zoeken een zaal op dinsdag.",
    "theme": "company",
    "district": "",
}


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def shared(town):
    """A tip of Petra about the north."""
    return share(
        town.petra,
        post=NewPost(
            kind=PostKind.NOTE,
            theme=Theme.LANGUAGE,
            title="Taal in de tuin",
            body="<script>alert(1)</script> Samen schoffelen.",
            district_id=town.north,
        ),
    )


def test_petra_asks_and_otto_reads_and_answers(town, sign_in):
    answer = sign_in(town.petra).post(NEW, FILLED, follow=True)
    assert "Uw bericht is gedeeld." in text_of(answer)
    assert "Nog geen antwoord. Weet u iets?" in text_of(answer)
    [card] = posts(town.otto, wanted=PostFilter()).cards
    answer = sign_in(town.otto).post(f"/kennis/{card.key}/", {"body": "Bij ons!"}, follow=True)
    page = text_of(answer)
    assert "Uw antwoord staat erbij." in page
    assert "Otto Testema, De Werkplaats" in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(town, sign_in):
    client = sign_in(town.petra)
    answer = client.post(NEW, FILLED | {"title": "", "body": "Vraag 111222333 om hulp."})
    assert answer.status_code == 422
    assert "Vraag 111222333 om hulp." in text_of(answer)
    answer = client.post(NEW, FILLED | {"body": "Vraag 111222333 om hulp."})
    assert answer.status_code == 422
    assert "een BSN kan zijn" in text_of(answer)
    assert posts(town.petra, wanted=PostFilter()).total == 0


def test_text_stays_text(town, sign_in, shared):
    for address in (LIST, f"/kennis/{shared}/"):
        page = sign_in(town.otto).get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "asked",
    ["?theme=language", "?kind=note", "?words=schoffel", "?theme=onzin&district=x&page=-3"],
)
def test_the_address_holds_what_is_shown(town, sign_in, shared, asked):
    assert "Taal in de tuin" in text_of(sign_in(town.otto).get(LIST + asked))


def test_an_empty_list_says_what_to_do(town, sign_in, shared):
    page = text_of(sign_in(town.otto).get(LIST + "?kind=unanswered"))
    assert "Deel zelf een tip, of stel een vraag" in page


def test_otto_reports_and_lea_takes_away_and_puts_back(town, sign_in, shared):
    address = f"/kennis/{shared}/"
    client = sign_in(town.otto)
    assert client.post(address + "melden/", {"reason": ""}).status_code == 422
    client.post(address + "melden/", {"reason": "Dit gaat over iemand."})
    client = sign_in(town.lea)
    assert "1 bericht is gemeld" in text_of(client.get(LIST))
    assert "Dit gaat over iemand." in text_of(client.get(address))
    client.post(address + "weghalen/", {"reason": "Noem geen mensen."})
    assert sign_in(town.otto).get(address).status_code == 404
    assert "Noem geen mensen." in text_of(sign_in(town.petra).get(address))
    sign_in(town.lea).post(address + "laten-staan/")
    assert sign_in(town.otto).get(address).status_code == 200


def test_petra_takes_her_own_tip_back_and_otto_cannot(town, sign_in, shared):
    address = f"/kennis/{shared}/"
    page = text_of(sign_in(town.otto).post(address + "terug/", follow=True))
    assert "Alleen wie dit schreef kan het weghalen." in page
    sign_in(town.petra).post(address + "terug/")
    assert sign_in(town.otto).get(address).status_code == 404


@pytest.mark.parametrize("who", ["connie", "roos", "suus", "priya", "ab"])
def test_who_does_not_share_finds_nothing(town, sign_in, shared, who):
    client = sign_in(getattr(town, who))
    for address in (LIST, NEW, f"/kennis/{shared}/", f"/kennis/{shared}/melden/"):
        assert client.get(address).status_code == 404


def test_another_municipality_and_what_is_not_there_look_the_same(town, sign_in, shared):
    client = sign_in(town.vera)
    for part in ("", "melden/"):
        assert client.get(f"/kennis/{shared}/{part}").status_code == 404
        assert client.get(f"/kennis/{uuid.uuid4()}/{part}").status_code == 404
    assert client.post(f"/kennis/{shared}/terug/").status_code == 404


def test_only_a_form_that_is_sent_changes_anything(town, sign_in, shared):
    client = sign_in(town.lea)
    assert client.get(f"/kennis/{shared}/laten-staan/").status_code == 405
    assert client.get(f"/kennis/{shared}/terug/").status_code == 405
    assert client.post(LIST).status_code == 405


def test_an_answer_is_reported_from_the_page_of_its_question(town, sign_in, shared):
    reply(town.otto, key=shared, body="Dat weet Jan.")
    [answer] = thread(town.anna, key=shared).replies
    client = sign_in(town.anna)
    went = client.post(f"/kennis/{answer.key}/melden/", {"reason": "Een naam."})
    assert went["Location"] == f"/kennis/{shared}/"
