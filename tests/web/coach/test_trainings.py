"""Training beside a placement on the screen: in the file, at the placement, for the resident."""

from datetime import date

import pytest
from django.urls import reverse

from meedoen.records.trainings.queries import trainings_of
from meedoen.rules.vocabulary import TrainingResult, TrainingStop
from tests.records.trainings.test_trainings import entered
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, bare, on, proposed, readable

TODAY = date(2026, 9, 1)


def sent(**changes: str) -> dict[str, str]:
    """Return the form as a browser sends it, with what a test wants otherwise."""
    return {
        "kind": "language_lesson",
        "what": "Nederlands op A2",
        "given_by": "Taalhuis Testveld",
        "starts_on": "2026-03-09",
        "planned_end_on": "2026-12-18",
        "hours_a_week": "2,5",
        "placement_key": "",
        **changes,
    }


def cards(town: Town):
    return trainings_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_a_lesson_beside_a_placement_by_forms(town: Town, sign_in) -> None:
    placement, client = proposed(town), sign_in(town.anna)
    with on(TODAY):
        where = f"{address('training_new', town.roos_file.key)}?plaatsing={placement}"
        assert where in client.get(address("placement", placement)).content.decode()
        form = client.get(where).context["form"]
        assert form["placement_key"].value() == placement
        done = client.post(where, sent(placement_key=str(placement)), follow=True)
        text = readable(done)
        assert done.redirect_chain[-1][0] == address("placement", placement)
        assert "De scholing staat in het dossier." in text
        assert "Vanaf 9 maart 2026, tot ongeveer 18 december 2026, 2,5 uur per week" in text
        [card] = cards(town)
        client.post(
            address("training_end", card.key),
            {"last_day": "2026-06-30", "result": "certificate", "stop": ""},
        )
        file = readable(client.get(address("resident", town.roos_file.key)))
    assert "Nederlands op A2" in file
    assert "naast Moestuin (De Moestuin)" in file
    assert "Afgerond met certificaat of diploma" in file


def test_a_lesson_that_stands_alone_leads_back_to_the_file(town: Town, sign_in) -> None:
    with on(TODAY):
        answer = sign_in(town.anna).post(address("training_new", town.roos_file.key), sent())
    assert answer["Location"] == address("resident", town.roos_file.key)
    assert cards(town)[0].placement_key is None


def test_why_it_stopped_is_asked_and_shown(town: Town, sign_in) -> None:
    key, client = entered(town), sign_in(town.anna)
    with on(TODAY):
        wrong = client.post(
            address("training_end", key), {"last_day": "2026-06-30", "result": "stopped"}
        )
        assert wrong.status_code == 422
        assert "Kies waarom de scholing stopte." in readable(wrong)
        done = client.post(
            address("training_end", key),
            {"last_day": "2026-06-30", "result": "stopped", "stop": "found_work"},
            follow=True,
        )
    assert "Gestopt: vond werk" in readable(done)
    assert (cards(town)[0].result, cards(town)[0].stop) == (
        TrainingResult.STOPPED,
        TrainingStop.FOUND_WORK,
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": ""}, "Vul in wat de inwoner leert."),
        ({"what": "Omgaan met depressie"}, "diagnose"),
        ({"given_by": ""}, "Vul in wie de scholing geeft."),
        ({"starts_on": ""}, "Vul de dag in."),
        ({"planned_end_on": "2026-01-01"}, "Het einde ligt voor de eerste dag."),
        ({"hours_a_week": "veel"}, "Vul een getal in, zoals 2 of 2,5."),
        ({"kind": "verzonnen"}, "verzonnen"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    town: Town, sign_in, changes: dict[str, str], said: str
) -> None:
    with on(TODAY):
        answer = sign_in(town.anna).post(
            address("training_new", town.roos_file.key), sent(**changes)
        )
    assert answer.status_code == 422
    assert said in readable(answer)
    for name, value in sent(**changes).items():
        if name != "placement_key":
            assert str(answer.context["form"][name].value()) == value
    assert cards(town) == []


def test_a_training_is_corrected_and_withdrawn(town: Town, sign_in) -> None:
    key, client = entered(town), sign_in(town.bram)
    where = address("training_correct", key)
    with on(TODAY):
        assert client.get(where).context["form"]["what"].value() == "Nederlands op A2"
        empty = client.post(where, sent(what="Nederlands op B1"))
        assert "Schrijf op waarom u dit verbetert." in readable(empty)
        client.post(where, sent(what="Nederlands op B1", reason="Het was B1."))
        assert cards(town)[0].what == "Nederlands op B1"
        client.post(address("training_withdraw", key), {"reason": "De verkeerde inwoner."})
    assert cards(town) == []
    assert client.get(where).status_code == 404


def test_the_resident_sees_what_is_their_own(town: Town, sign_in) -> None:
    entered(town)
    text = readable(sign_in(town.roos).get(reverse("resident:path")))
    assert "Wat u leert Nederlands op A2" in text


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "roos", "connie"])
def test_strangers_get_the_page_that_is_not_there(town: Town, sign_in, who: str) -> None:
    key, client = entered(town), sign_in(getattr(town, who))
    for name in ("training_end", "training_correct", "training_withdraw"):
        for ask in (client.get, client.post):
            there, nowhere = ask(address(name, key)), ask(address(name, NOBODY))
            assert there.status_code == 404
            assert bare(there, key) == bare(nowhere, NOBODY)
    assert client.post(address("training_new", town.roos_file.key), sent()).status_code == 404
    assert len(cards(town)) == 1


def test_a_placement_of_somebody_else_in_the_address_plays_no_part(town: Town, sign_in) -> None:
    of_sam = proposed(town, town.sam)
    with on(TODAY):
        where = f"{address('training_new', town.roos_file.key)}?plaatsing={of_sam}"
        page = sign_in(town.anna).get(where)
        assert "placement_key" not in page.context["form"].fields
        sign_in(town.anna).post(where, sent(placement_key=str(of_sam)))
    assert cards(town)[0].placement_key is None
