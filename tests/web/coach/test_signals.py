"""Putting signals off, in the records and on the page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.signals.actions import refresh_all, snooze
from meedoen.records.signals.models import Signal, Snooze
from meedoen.records.signals.queries import (
    one_signal,
    open_signals,
    signals_about,
    snoozed,
    totals,
)
from meedoen.web.coach.signal_lines import lines_about
from tests.at_once import at_once
from tests.town import ON_RUNG_2, Town, build_town, talk
from tests.web.coach.scenes import hidden, on, readable

NOW = date(2026, 9, 1)
NEXT_WEEK = date(2026, 9, 8)
REASON = "Ligt tot volgende week in het ziekenhuis."


@pytest.fixture
def signal(town: Town) -> int:
    """Return the id of the signal that nobody ever spoke with Roos."""
    with on(NOW):
        refresh_all(town.system)
    rows = Signal.objects.visible_to(town.system)
    return rows.get(pseudonym_id=town.roos_file.pseudonym_id).pk


def page_of(signal: int) -> str:
    return reverse("coach:snooze", args=[signal])


def names(found) -> list[str]:
    return [person.name for person in found.cards]


def test_a_signal_that_is_put_off_stands_apart_and_comes_back_by_itself(town, signal, sign_in):
    with on(NOW):
        answer = sign_in(town.anna).post(
            page_of(signal), {"until": "2026-09-08", "reason": f"  {REASON} "}, follow=True
        )
    text = readable(answer)
    assert "Het signaal is uitgesteld. Het komt vanzelf terug." in text
    assert "Roos" not in text
    assert "1 uitgesteld" in text
    with on(NOW):
        apart = readable(
            sign_in(town.bram).get(reverse("coach:signals_snoozed"), {"whose": "team"})
        )
    assert "Uitgesteld tot 8 september 2026 door Anna Testema, op 1 september 2026" in apart
    assert REASON in apart
    with on(NEXT_WEEK - timedelta(days=1)):
        assert "Roos" not in names(open_signals(town.anna, coach_id=None))
    with on(NEXT_WEEK):
        assert "Roos Nepstra" in names(open_signals(town.anna, coach_id=None))
        assert names(snoozed(town.anna, coach_id=None)) == []
        text = readable(sign_in(town.anna).get(reverse("coach:today")))
    assert REASON in text


def test_a_signal_that_is_put_off_keeps_its_row_and_ends_like_any_other(town, signal):
    with on(NOW):
        snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
        refresh_all(town.system)
        assert totals(town.anna, coach_id=None).snoozed == 1
        talk(town.anna, town.roos_file, NOW, ON_RUNG_2)
        assert lines_about_roos(town) == []
        assert totals(town.anna, coach_id=None).snoozed == 0
    assert Snooze.objects.visible_to(town.anna).get().reason == REASON


def lines_about_roos(town):
    from meedoen.records.people.queries import resident

    return lines_about(town.anna, resident(town.anna, key=town.roos_file.key))


def test_another_kind_of_signal_is_not_put_off_with_it(town, signal):
    with on(NOW):
        snooze(town.anna, signal_id=signal, until=date(2027, 3, 1), reason=REASON)
        talk(town.anna, town.roos_file, date(2026, 1, 5), ON_RUNG_2)
        assert [line.snooze for line in lines_about_roos(town)] == [None, None]
        assert "Roos Nepstra" in names(open_signals(town.anna, coach_id=None))


def test_the_file_tells_what_is_put_off_last(town, signal):
    with on(date(2027, 3, 1)):
        talk(town.anna, town.roos_file, date(2026, 8, 1))
        first = lines_about_roos(town)
        assert len(first) == 2
        snooze(town.anna, signal_id=first[0].signal_id, until=date(2027, 3, 9), reason=REASON)
        assert [line.signal_id for line in lines_about_roos(town)] == [
            first[1].signal_id,
            first[0].signal_id,
        ]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"until", "reason"}),
        ({"until": "2026-09-01", "reason": REASON}, {"until"}),
        ({"until": "2027-03-02", "reason": REASON}, {"until"}),
        ({"until": "2026-02-30", "reason": " "}, {"until", "reason"}),
        ({"until": "2026-09-08", "reason": "x" * 501}, {"reason"}),
    ],
)
def test_a_day_or_reason_that_cannot_be_is_refused_and_stays_typed(
    town, signal, sign_in, form, wrong
):
    with on(NOW):
        page = sign_in(town.anna).post(page_of(signal), form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["reason"].value() == form.get("reason")
    assert not Snooze.objects.visible_to(town.anna).exists()


@pytest.mark.parametrize(
    ("until", "reason"),
    [(NOW, REASON), (date(2027, 3, 2), REASON), (NEXT_WEEK, " "), (NEXT_WEEK, "x" * 501)],
)
def test_the_action_refuses_the_same(town, signal, until, reason):
    with on(NOW), pytest.raises(ActionRefusedError):
        snooze(town.anna, signal_id=signal, until=until, reason=reason)
    assert Signal.objects.visible_to(town.anna).get(pk=signal).snoozed_until is None


def test_a_signal_that_is_over_can_not_be_put_off(town, signal, sign_in):
    with on(NOW):
        talk(town.anna, town.roos_file, NOW, ON_RUNG_2)
        refresh_all(town.system)
        with pytest.raises(ActionRefusedError, match="voorbij"):
            snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
        assert sign_in(town.anna).get(page_of(signal)).status_code == 404


def test_a_signal_that_ended_while_somebody_typed_is_refused_and_stays_typed(town, signal, sign_in):
    with on(NOW):
        talk(town.anna, town.roos_file, NOW, ON_RUNG_2)
        refresh_all(town.system)
        page = sign_in(town.bram).post(page_of(signal), {"until": "2026-09-08", "reason": REASON})
    assert page.status_code == 422
    assert "Dit signaal is al voorbij" in readable(page)
    assert REASON in readable(page)
    assert not Snooze.objects.visible_to(town.anna).exists()


def test_sent_twice_it_is_put_off_once(town, signal, sign_in):
    with on(NOW):
        client = sign_in(town.anna)
        form = {"until": "2026-09-08", "reason": REASON, "seen": ""}
        assert [client.post(page_of(signal), form).status_code for _ in range(2)] == [302, 302]
    assert Snooze.objects.visible_to(town.anna).count() == 1


def test_what_a_colleague_put_off_meanwhile_is_told_and_only_replaced_knowingly(
    town, signal, sign_in
):
    with on(NOW):
        client = sign_in(town.bram)
        seen = hidden(client.get(page_of(signal)), "seen")
        snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
        form = {"until": "2026-09-03", "reason": "Komt donderdag langs.", "seen": seen}
        page = client.post(page_of(signal), form)
        assert page.status_code == 422
        text = readable(page)
        assert "Anna Testema heeft dit signaal intussen uitgesteld tot 08-09-2026." in text
        assert REASON in text
        assert "Komt donderdag langs." in text
        assert Snooze.objects.visible_to(town.anna).get().until == NEXT_WEEK
        again = {**form, "seen": hidden(page, "seen")}
        assert client.post(page_of(signal), again).status_code == 302
    rows = Signal.objects.visible_to(town.system)
    assert rows.get(pk=signal).snoozed_until == date(2026, 9, 3)
    assert Snooze.objects.visible_to(town.anna).count() == 2


def test_a_colleague_with_the_same_day_and_another_reason_is_told_too(town, signal):
    with on(NOW):
        snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
        with pytest.raises(ActionRefusedError, match="Anna Testema"):
            snooze(town.bram, signal_id=signal, until=NEXT_WEEK, reason="Iets anders.")


def test_what_was_put_off_and_is_back_need_not_have_been_seen(town, signal):
    with on(NOW):
        snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
    with on(NEXT_WEEK):
        snooze(town.bram, signal_id=signal, until=date(2026, 9, 10), reason="Nog niet thuis.")
    assert Snooze.objects.visible_to(town.anna).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_put_off_at_the_same_moment_do_not_replace_each_other():
    town, refused = build_town(), []
    with on(NOW):
        refresh_all(town.system)
        rows = Signal.objects.visible_to(town.system)
        signal = rows.get(pseudonym_id=town.roos_file.pseudonym_id).pk

    def put_off(coach):
        try:
            with on(NOW):
                snooze(coach, signal_id=signal, until=NEXT_WEEK, reason=str(coach.membership_id))
        except ActionRefusedError as error:
            refused.append(error)

    at_once(lambda: put_off(town.anna), lambda: put_off(town.bram))
    assert len(refused) == 1
    assert Snooze.objects.visible_to(town.anna).count() == 1


def test_strangers_meet_a_page_that_does_not_exist(town, signal, sign_in):
    for member in (town.carla, town.vera, town.petra, town.roos, town.connie):
        client = sign_in(member)
        for ask in (client.get, client.post):
            assert ask(page_of(signal)).status_code == ask(page_of(999_999)).status_code == 404
    for member in (town.carla, town.vera):
        assert one_signal(member, signal_id=signal) is None
        assert signals_about(member, pseudonym_id=town.roos_file.pseudonym_id) == []
        with on(NOW), pytest.raises(ActionRefusedError, match="niet voor u"):
            snooze(member, signal_id=signal, until=NEXT_WEEK, reason=REASON)
    with on(NOW), pytest.raises(ActionRefusedError, match="medewerker"):
        snooze(town.system, signal_id=signal, until=NEXT_WEEK, reason=REASON)


def test_opening_the_page_is_noted_as_a_reading(town, signal, sign_in):
    with on(NOW):
        sign_in(town.bram).get(page_of(signal))
    assert Reading.objects.visible_to(town.priya).get().page == "snooze"


def test_a_fault_half_way_puts_nothing_off(town, signal, monkeypatch):
    def breaks(*_arguments, **_named):
        raise RuntimeError("the power fails")

    with on(NOW):
        with monkeypatch.context() as patch:
            patch.setattr("meedoen.records.signals.models.SignalQuerySet.update", breaks)
            with pytest.raises(RuntimeError, match="power"):
                snooze(town.anna, signal_id=signal, until=NEXT_WEEK, reason=REASON)
        assert not Snooze.objects.visible_to(town.anna).exists()
        assert totals(town.anna, coach_id=None).snoozed == 0
