"""A place that somebody handed in asks for a look, until a colleague decided about it."""

from datetime import date

from meedoen.records.people.queries import resident
from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.signals.queries import signals_about
from meedoen.rules.signals.kinds import SignalKind
from meedoen.web.coach.signal_lines import lines_about
from meedoen.web.shared.signal_words import why
from tests.records.places.finds import HANDED_IN, handed_in
from tests.records.signals.people import caught_up, open_kinds
from tests.town import ON_RUNG_2, Town, talk
from tests.web.coach.scenes import on

TO_VERIFY = ("found_place_to_verify", "Roos")


def test_a_place_that_was_handed_in_is_a_signal_at_once_and_late_after_a_week(town: Town) -> None:
    key = handed_in(town)
    caught_up(town, HANDED_IN)
    assert TO_VERIFY in open_kinds(town, town.roos_file)

    def late(day: date) -> bool:
        with on(day):
            cards = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        [card] = [one for one in cards if one.kind is SignalKind.FOUND_PLACE_TO_VERIFY]
        assert card.subject == str(key)
        return card.late

    assert not late(date(2026, 9, 8))
    assert late(date(2026, 9, 9))


def test_it_says_what_was_handed_in_and_leads_to_the_page_to_look_at_it(town: Town) -> None:
    key = handed_in(town)
    with on(HANDED_IN):
        talk(town.anna, town.roos_file, HANDED_IN, ON_RUNG_2)
    caught_up(town, HANDED_IN)
    with on(HANDED_IN):
        person = resident(town.anna, key=town.roos_file.key)
        assert person is not None
        [line] = lines_about(town.anna, person)
        [card] = signals_about(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert line.url == f"/coach/plekken/gevonden/{key}/"
    assert why(card, HANDED_IN) == (
        "Op 1 september 2026 is een gevonden plek ingevoerd: "
        '<span lang="nl">Soep koken</span> bij Soepkeuken De Lepel. Klopt die?'
    )


def test_deciding_ends_the_signal(town: Town) -> None:
    key = handed_in(town)
    caught_up(town, HANDED_IN)
    with on(HANDED_IN):
        verify_found_place(town.lea, place_key=key, accept=False, reason="Bestaat niet meer.")
    assert caught_up(town, HANDED_IN) == 1
    assert TO_VERIFY not in open_kinds(town, town.roos_file)
