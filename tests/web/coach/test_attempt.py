from datetime import timedelta

from meedoen.records.conversations.queries import attempts_with
from meedoen.records.organisations import clock
from meedoen.rules.vocabulary import Channel, Outcome
from tests.town import Town
from tests.web.coach.scenes import address, readable


def test_an_attempt_is_kept_and_shown_in_the_file(town: Town, sign_in) -> None:
    yesterday = clock.today() - timedelta(days=1)
    answer = sign_in(town.anna).post(
        address("attempt", town.roos_file.key),
        {"made_on": str(yesterday), "channel": "letter", "outcome": "no_answer"},
        follow=True,
    )
    [attempt] = attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (attempt.made_on, attempt.channel, attempt.outcome, attempt.written_on) == (
        yesterday,
        Channel.LETTER,
        Outcome.NO_ANSWER,
        clock.today(),
    )
    assert "Poging: geen gehoor" in readable(answer)


def test_all_mistakes_are_shown_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    page = sign_in(town.anna).post(
        address("attempt", town.roos_file.key),
        {"made_on": "2999-01-01", "channel": "phone", "outcome": "goal_reached"},
    )
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"made_on", "outcome"}
    assert 'value="2999-01-01"' in page.content.decode()
    assert page.context["form"]["channel"].value() == "phone"
    assert not attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)


def test_nothing_is_chosen_beforehand_but_the_day(town: Town, sign_in) -> None:
    form = sign_in(town.anna).get(address("attempt", town.roos_file.key)).context["form"]
    assert form["made_on"].value() == clock.today()
    assert form["channel"].value() is None
    assert form["outcome"].value() is None


def test_a_form_of_another_team_keeps_nothing(town: Town, sign_in) -> None:
    form = {"made_on": str(clock.today()), "channel": "phone", "outcome": "reached"}
    assert sign_in(town.carla).post(address("attempt", town.roos_file.key), form).status_code == 404
    assert not attempts_with(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
