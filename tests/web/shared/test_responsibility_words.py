from datetime import date

from meedoen.records.people.hand_over_queries import ResponsibilityCard
from meedoen.web.shared.responsibility_words import hand_over_items

TODAY = date(2026, 3, 2)


def card(coach: str, before: str, starts_on: date, reason: str = "") -> ResponsibilityCard:
    return ResponsibilityCard(
        coach=coach,
        team="Noord",
        starts_on=starts_on,
        last_day=None,
        before=before,
        reason=reason,
        arranged_by="Lea",
    )


def test_each_hand_over_is_a_line_and_the_first_coach_is_none() -> None:
    later, sooner = hand_over_items(
        [
            card("Dirk", "Carla", date(2026, 3, 3)),
            card("Carla", "Anna", TODAY, "Anna gaat met verlof."),
            card("Anna", "", date(2015, 1, 1)),
        ],
        today=TODAY,
    )
    assert (later.day, later.title) == (date(2026, 3, 3), "Gaat over van Carla naar Dirk")
    assert sooner.title == "Overgedragen van Anna naar Carla"
    assert (sooner.text, sooner.stored, sooner.who) == ("Anna gaat met verlof.", True, "Lea")
    assert (later.text, later.stored) == ("", False)
