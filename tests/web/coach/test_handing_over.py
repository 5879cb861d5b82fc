from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.organisations import clock
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.records.people.queries import resident
from meedoen.web.shared.figures import day_text
from tests.town import Town
from tests.web.coach.scenes import readable, register_crowd

OVERDRAGEN = reverse("coach:hand_over")


def of(coach) -> str:
    return f"{OVERDRAGEN}?coach={coach.membership_id}"


def sent(town: Town, *, to, **changes):
    return {
        "people": [town.roos_file.key, town.sam.key],
        "to_coach": str(to.membership_id),
        "on": clock.today().isoformat(),
        "reason": "Anna gaat met verlof.",
        **changes,
    }


def test_the_coaches_of_the_team_with_people_are_there_to_choose_from(town: Town, sign_in) -> None:
    page = sign_in(town.lea).get(OVERDRAGEN)
    assert "Anna Testema (2 inwoners)" in readable(page)
    assert "Bram" not in readable(page)
    assert "Carla" not in readable(page)


def test_nobody_is_chosen_beforehand_and_all_coaches_stand_with_their_team(
    town: Town, sign_in
) -> None:
    page = sign_in(town.lea).get(of(town.anna))
    text = readable(page)
    assert "Alle mensen: 2 inwoners" in text
    assert "Roos Nepstra (Noord)" in text
    assert "checked" not in page.content.decode()
    groups = [group for group, _ in page.context["form"].fields["to_coach"].choices]
    assert groups == ["", "Noord", "Zuid"]
    assert "Anna Testema" not in str(page.context["form"]["to_coach"])


def test_several_people_are_shown_once_more_before_anything_happens(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    check = client.post(of(town.anna), sent(town, to=town.carla))
    text = readable(check)
    assert "U draagt 2 inwoners over van Anna Testema naar Carla Testema (team Zuid)" in text
    assert "kan uw team deze dossiers niet meer openen" in text
    assert resident(town.carla, key=town.roos_file.key) is None
    done = client.post(of(town.anna), sent(town, to=town.carla, step="checked"), follow=True)
    assert "2 inwoners zijn overgedragen aan Carla Testema." in readable(done)
    assert resident(town.carla, key=town.roos_file.key) is not None
    assert resident(town.anna, key=town.roos_file.key) is None


def test_going_back_keeps_what_was_filled_in(town: Town, sign_in) -> None:
    page = sign_in(town.lea).post(of(town.anna), sent(town, to=town.bram, step="back"))
    assert page.status_code == 200
    assert "Anna gaat met verlof." in readable(page)
    assert page.content.decode().count("checked") == 2
    assert resident(town.lea, key=town.sam.key).coach == "Anna Testema"


def test_everyone_is_one_box(town: Town, sign_in) -> None:
    asked = sent(town, to=town.bram, people=[], everyone="on")
    check = sign_in(town.lea).post(of(town.anna), asked)
    assert [card.name for card in check.context["chosen"]] == ["Roos Nepstra", "Sam Nepstra"]


def test_one_person_goes_at_once_and_on_a_later_day_after_another_look(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    later = (clock.today() + timedelta(days=30)).isoformat()
    look = client.post(of(town.anna), sent(town, to=town.bram, people=[town.sam.key], on=later))
    assert "Klopt dit?" in readable(look)
    asked = sent(town, to=town.bram, people=[town.sam.key], on=later, step="checked")
    assert "1 inwoner gaat op" in readable(client.post(of(town.anna), asked, follow=True))
    again = readable(client.get(of(town.anna)))
    assert "Alle mensen: 1 inwoner" in again
    assert "Sam Nepstra gaat op" in again
    today = sent(town, to=town.bram, people=[town.roos_file.key])
    assert "is overgedragen aan Bram" in readable(client.post(of(town.anna), today, follow=True))


def test_what_lies_ahead_can_be_called_off_from_the_page(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    later = (clock.today() + timedelta(days=30)).isoformat()
    asked = sent(town, to=town.bram, people=[town.sam.key], on=later, step="checked")
    client.post(of(town.anna), asked)
    off = reverse("coach:hand_over_call_off", args=[town.sam.key])
    assert "De overdracht gaat niet door." in readable(client.post(off, follow=True))
    assert "staat niet meer klaar" in readable(client.post(off, follow=True))
    assert client.get(off).status_code == 405
    for stranger in (town.anna, town.carla, town.vera):
        assert sign_in(stranger).post(off).status_code == 404


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    page = sign_in(town.lea).post(
        of(town.anna), {"on": "2999-01-01", "reason": "", "to_coach": "0"}
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"people", "to_coach", "on", "reason"}
    assert 'value="2999-01-01"' in page.content.decode()


def test_a_refusal_stands_on_the_page_with_what_was_typed(town: Town, sign_in) -> None:
    last = clock.today() + timedelta(days=30)
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, last)])
    asked = sent(town, to=town.bram, on=last.isoformat(), step="checked")
    page = sign_in(town.lea).post(of(town.anna), asked)
    assert page.status_code == 422
    assert f"Sam Nepstra: de uitkering eindigt op {day_text(last)}." in readable(page)
    assert "Anna gaat met verlof." in readable(page)


def test_a_day_that_has_passed_is_refused_and_cannot_be_picked(town: Town, sign_in) -> None:
    client, yesterday = sign_in(town.lea), clock.today() - timedelta(days=1)
    for step in ("", "checked"):
        asked = sent(town, to=town.bram, on=yesterday.isoformat(), step=step)
        page = client.post(of(town.anna), asked)
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"on"}
        assert "Deze dag is al geweest. Kies vandaag of een latere dag." in readable(page)
        assert f'value="{yesterday.isoformat()}"' in page.content.decode()
    assert f'min="{clock.today().isoformat()}"' in page.content.decode()
    assert resident(town.lea, key=town.sam.key).coach == "Anna Testema"


def test_somebody_who_was_handed_over_in_the_meantime_is_no_longer_a_choice(
    town: Town, sign_in
) -> None:
    hand_over_all(
        town.lea,
        handovers=[
            HandOver(
                pseudonym_id=town.sam.pseudonym_id,
                to_coach_id=town.bram.membership_id or 0,
                on=clock.today(),
                reason="",
            )
        ],
    )
    asked = sent(town, to=town.lea, step="checked")
    page = sign_in(town.lea).post(of(town.anna), asked)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"people"}
    assert resident(town.lea, key=town.roos_file.key).coach == "Anna Testema"


@pytest.mark.parametrize("coach", ["carla", "vera", "bram"])
def test_a_coach_without_people_of_this_team_is_no_choice(town: Town, sign_in, coach) -> None:
    client = sign_in(town.lea)
    for answer in (
        client.get(of(getattr(town, coach))),
        client.post(of(getattr(town, coach)), sent(town, to=town.lea)),
    ):
        assert answer.status_code == 422
        assert "coach" in answer.context["whose"].errors
        assert "Tim" not in readable(answer)


def test_a_team_without_people_is_told_so(town: Town, sign_in) -> None:
    hand_over_all(
        town.lea,
        handovers=[
            HandOver(
                pseudonym_id=person.pseudonym_id,
                to_coach_id=town.carla.membership_id or 0,
                on=clock.today(),
                reason="",
            )
            for person in (town.roos_file, town.sam)
        ],
    )
    assert "Er is niets over te dragen" in readable(sign_in(town.lea).get(OVERDRAGEN))


@pytest.mark.parametrize("who", ["anna", "carla", "vera", "petra", "roos", "connie"])
def test_for_all_but_the_team_lead_the_page_does_not_exist(town: Town, sign_in, who) -> None:
    client = sign_in(getattr(town, who))
    assert client.get(of(town.anna)).status_code == 404
    asked = sent(town, to=town.bram, step="checked")
    assert client.post(of(town.anna), asked).status_code == 404
    assert resident(town.lea, key=town.sam.key).coach == "Anna Testema"


def test_ten_people_and_two_hundred_cost_the_same_number_of_questions(town: Town, sign_in) -> None:
    client = sign_in(town.lea)
    register_crowd(town, 8)
    few = questions(client, town)
    register_crowd(town, 190, after=8)
    assert len(client.get(of(town.anna)).context["people"]) == 200
    assert questions(client, town) == few


def questions(client, town: Town) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(of(town.anna)).status_code == 200
    return len(asked)
