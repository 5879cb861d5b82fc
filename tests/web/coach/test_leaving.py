"""Everything stops on one page, and a slip about a death is put right there."""

from meedoen.records.people.departures import departures
from meedoen.records.referrals.answers import accept
from meedoen.records.referrals.queries import received
from meedoen.rules.vocabulary import AskState, ReferralOutcome, ReferralState, Theme
from tests.records.referrals.scenes import (
    asks_of,
    moestuin,
    new_referral,
    row_of,
    sent,
    werkplaats,
)
from tests.records.waiting.scenes import TODAY
from tests.town import Town
from tests.web.coach.scenes import address, on, readable


def test_a_death_by_mistake_is_told_on_the_page_and_taken_back_there(town: Town, sign_in):
    person = town.roos_file
    leave = address("leave", person.key)
    with on(TODAY):
        client = sign_in(town.anna)
        assert "Genoteerd" not in readable(client.get(leave))
        client.post(leave, {"outcome": "died", "last_day": TODAY.isoformat()})
        assert len(departures(town.anna, pseudonym_ids=[person.pseudonym_id])) == 1
        assert "verleden, " in readable(client.get(leave))
        assert sign_in(town.carla).post(leave, {"taken_back": "1"}).status_code == 404
        client = sign_in(town.anna)
        done = client.post(leave, {"taken_back": "1"}, follow=True)
        assert "Hersteld." in readable(done)
        assert "niet genoteerd" in readable(client.post(leave, {"taken_back": "1"}, follow=True))
    assert departures(town.anna, pseudonym_ids=[person.pseudonym_id]) == {}


def test_who_died_has_no_open_referral_any_more_and_the_page_says_so_before_and_after(
    town: Town, sign_in
):
    person = town.roos_file
    with on(TODAY):
        waits = sent(town.anna, new_referral(person.pseudonym_id, [werkplaats(town)]))
        runs = sent(
            town.anna, new_referral(person.pseudonym_id, [moestuin(town)], theme=Theme.LANGUAGE)
        )
        of_sam = sent(town.anna, new_referral(town.sam.pseudonym_id, [moestuin(town)]))
        [ask] = asks_of(town, runs)
        accept(town.petra, key=ask.key)
        client = sign_in(town.anna)
        leave = address("leave", person.key)
        assert "stoppen ook 2 verwijzingen" in readable(client.get(leave))
        form = {"outcome": "died", "last_day": TODAY.isoformat()}
        done = readable(client.post(leave, form, follow=True))
        assert "Ook 2 verwijzingen zijn gestopt." in done
        assert "verwijzing" not in readable(client.get(leave)).split("Alles van deze inwoner")[1]
        [asked] = asks_of(town, waits)
        card = received(town.otto, key=asked.key)
    assert (card.state, card.reason, card.outcome, card.told) == (
        AskState.CALLED_BACK,
        "",
        None,
        None,
    )
    assert row_of(town, runs).outcome == ReferralOutcome.DIED
    assert row_of(town, of_sam).state == ReferralState.SENT
