"""Everything stops on one page, and a slip about a death is put right there."""

from meedoen.records.people.departures import departures
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
