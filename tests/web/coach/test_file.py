from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.actions import NewAttempt, note_attempts
from meedoen.records.organisations import clock
from meedoen.records.people.queries import who_looked_at_me
from meedoen.records.placements.actions import end
from meedoen.records.placements.correcting import correct_start_day, take_back_start
from meedoen.rules.vocabulary import Channel, Outcome
from tests.town import ON_RUNG_2, ON_RUNG_4, Town, talk
from tests.web.coach.scenes import TALKED, address, on, readable, started


def file_of_roos(town: Town, sign_in):
    return sign_in(town.anna).get(address("resident", town.roos_file.key))


def test_the_number_is_masked_and_the_page_answers_who_where_and_what_next(
    town: Town, sign_in
) -> None:
    page = file_of_roos(town, sign_in)
    text = readable(page)
    assert "Roos Nepstra" in text
    assert "333" in text
    assert "111222333" not in page.content.decode()
    assert "4 mei 1980" in text
    assert address("conversation", town.roos_file.key) in page.content.decode()


def test_before_the_first_conversation_nothing_can_be_searched(town: Town, sign_in) -> None:
    page = file_of_roos(town, sign_in)
    assert address("places", town.roos_file.key) not in page.content.decode()
    assert "Plekken zoeken kan na het eerste gesprek" in readable(page)
    talk(town.anna, town.roos_file, TALKED)
    assert address("places", town.roos_file.key) in file_of_roos(town, sign_in).content.decode()


def test_what_happened_stands_newest_first_with_who_and_when(town: Town, sign_in) -> None:
    with on(TALKED):
        talk(town.anna, town.roos_file, TALKED, ON_RUNG_2)
        note_attempts(
            town.bram,
            attempts=[
                NewAttempt(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    made_on=TALKED - timedelta(days=7),
                    channel=Channel.PHONE,
                    outcome=Outcome.NO_ANSWER,
                )
            ],
        )
    items = file_of_roos(town, sign_in).context["items"]
    assert [(item.day, item.title, item.who) for item in items] == [
        (TALKED, "Trede 2: sociale contacten buitenshuis", "Anna Testema"),
        (TALKED, "Gesprek: persoonlijk contact", "Anna Testema"),
        (TALKED - timedelta(days=7), "Poging: geen gehoor (telefoon)", "Bram Testema"),
    ]
    assert [item.recorded_later for item in items] == ["", "", "Opgeschreven op 2 maart 2026."]


def test_growth_compares_the_last_rung_with_the_first(town: Town, sign_in) -> None:
    talk(town.anna, town.roos_file, TALKED, ON_RUNG_2)
    assert "Eén keer gemeten" in readable(file_of_roos(town, sign_in))
    talk(town.anna, town.roos_file, TALKED + timedelta(days=90), ON_RUNG_4)
    text = readable(file_of_roos(town, sign_in))
    assert "Gegroeid van trede 2 naar trede 4 sinds 2 maart 2026." in text


def test_a_placement_that_ran_and_ended_is_told_with_its_reason(town: Town, sign_in) -> None:
    key = started(town)
    with on(date(2026, 6, 10)):
        end(town.anna, key=key, last_day=date(2026, 6, 1), outcome=Outcome.GOAL_REACHED)
    page = file_of_roos(town, sign_in)
    told = [(item.day, item.title, item.text, item.who) for item in page.context["items"]]
    where = "Moestuin bij De Moestuin"
    assert told == [
        (date(2026, 6, 1), f"Gestopt: {where}", "Doel bereikt", "Anna Testema"),
        (date(2026, 3, 9), f"Begonnen: {where}", "", "Petra Testema"),
        (TALKED, f"Voorgesteld: {where}", "Participatiebaan", "Anna Testema"),
    ]
    assert page.context["items"][0].recorded_later == "Opgeschreven op 10 juni 2026."
    assert "1 eerdere plaatsing" in readable(page)


def test_a_start_that_was_taken_back_stays_visible_as_a_correction(town: Town, sign_in) -> None:
    key = started(town)
    with on(date(2026, 4, 1)):
        take_back_start(town.lea, key=key)
    page = file_of_roos(town, sign_in)
    told = [(item.day, item.title.split(":")[0], item.corrected) for item in page.context["items"]]
    assert told == [
        (date(2026, 4, 1), "Start teruggenomen", False),
        (date(2026, 3, 9), "Begonnen", True),
        (TALKED, "Voorgesteld", False),
    ]
    assert "Later verbeterd." in readable(page)


def test_a_first_day_that_was_corrected_tells_what_stood_there_before(town: Town, sign_in) -> None:
    key = started(town)
    for day in (date(2026, 3, 16), date(2026, 3, 23)):
        with on(date(2026, 4, 1)):
            correct_start_day(town.anna, key=key, started_on=day)
    with on(date(2026, 6, 1)):
        end(town.anna, key=key, last_day=date(2026, 6, 1), outcome=Outcome.GOAL_REACHED)
    begun = file_of_roos(town, sign_in).context["items"][1]
    assert begun.day == date(2026, 3, 23)
    assert begun.text == "Verbeterd: eerst stond hier 9 maart 2026."
    assert begun.who == "Petra Testema"


def test_a_start_on_the_day_of_the_proposal_is_no_correction(town: Town, sign_in) -> None:
    started(town, TALKED)
    items = file_of_roos(town, sign_in).context["items"]
    assert [item.title.split(":")[0] for item in items] == ["Begonnen", "Voorgesteld"]
    assert not any(item.corrected for item in items)


def test_opening_a_file_is_noted_for_the_resident(town: Town, sign_in) -> None:
    file_of_roos(town, sign_in)
    [reading] = who_looked_at_me(town.roos)
    assert (reading.reader, reading.page) == ("Anna Testema", "file")


def test_what_a_resident_says_is_never_markup(town: Town, sign_in) -> None:
    form = {"made_on": str(clock.today()), "channel": "phone", "outcome": "reached"}
    sign_in(town.anna).post(address("attempt", town.roos_file.key), form)
    answer = sign_in(town.anna).post(
        address("conversation", town.roos_file.key),
        {
            "held_on": str(clock.today()),
            "channel": "phone",
            "story": "<script>alert(1)</script>",
            "language_level": "3",
        },
        follow=True,
    )
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


def test_a_long_history_costs_no_more_questions_than_a_short_one(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    talk(town.anna, town.roos_file, TALKED, ON_RUNG_2)
    few = _questions(client, town)
    for week in range(1, 20):
        talk(town.anna, town.roos_file, TALKED + timedelta(weeks=week), ON_RUNG_4)
    assert _questions(client, town) == few


def _questions(client, town: Town) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address("resident", town.roos_file.key)).status_code == 200
    return len(asked)
