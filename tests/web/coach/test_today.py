from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import fromstring

from meedoen.records.conversations.outreach_actions import NewNextStep, plan_next_steps
from meedoen.records.organisations import clock
from meedoen.records.placements.actions import set_planned_end
from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.tasks import put_the_night_in_queue
from tests.records.participation_jobs.scenes import working
from tests.town import ON_RUNG_2, Town, talk
from tests.web.coach.scenes import (
    TALKED,
    address,
    on,
    proposed,
    readable,
    register_crowd,
    started,
)
from tests.work import work_off

TODAY = reverse("coach:today")
NOW = date(2026, 9, 1)


def seen(sign_in, member, day: date = NOW, **query):
    with on(day):
        return sign_in(member).get(TODAY, query)


def night(town: Town, day: date) -> None:
    with on(day):
        refresh_all(town.system)


def test_who_was_never_spoken_to_comes_up_with_why_and_what_to_do(town: Town, sign_in) -> None:
    page = seen(sign_in, town.anna)
    text = readable(page)
    assert "2 inwoners" in text
    assert "2 signalen, waarvan 2 te laat" in text
    assert "Met deze inwoner is nog nooit gesproken. De uitkering begon op 1 januari 2015" in text
    assert address("conversation", town.roos_file.key) in page.content.decode()
    assert "Tim" not in text


def test_who_was_spoken_to_and_measured_is_gone_at_once(town: Town, sign_in) -> None:
    assert "Roos" in readable(seen(sign_in, town.anna))
    with on(NOW):
        talk(town.anna, town.roos_file, NOW, ON_RUNG_2)
    text = readable(seen(sign_in, town.anna))
    assert "Roos" not in text
    assert "Sam Nepstra" in text


def test_one_person_is_one_card_with_every_reason_the_most_urgent_first(
    town: Town, sign_in
) -> None:
    key = started(town)
    with on(NOW):
        set_planned_end(town.anna, key=key, on=NOW + timedelta(days=10))
        plan_next_steps(
            town.anna,
            steps=[
                NewNextStep(pseudonym_id=town.roos_file.pseudonym_id, planned_on=NOW, what="Bellen")
            ],
        )
    night(town, NOW + timedelta(days=2))
    page = seen(sign_in, town.anna, NOW + timedelta(days=2))
    [roos, _sam] = page.context["people"]
    assert [str(line.name) for line in roos.lines] == [
        "Volgende stap is voorbij",
        "Plaatsing samen bespreken",
        "Nog nooit gesproken",
        "Besluit over scholing",
        "Besluit over de premie",
        "Plaatsing loopt bijna af",
    ]
    assert "Er was contact gepland op 1 september 2026: Bellen" in readable(page)
    assert [line.late for line in roos.lines] == [True, True, True, False, False, False]
    night(town, NOW + timedelta(days=11))
    later = seen(sign_in, town.anna, NOW + timedelta(days=11))
    assert str(later.context["people"][0].lines[0].name) == "Plaatsing loopt langer dan afgesproken"
    assert address("placement_planned_end", key) in later.content.decode()


def test_only_the_most_urgent_reasons_stand_open_and_the_chosen_kind_comes_first(
    town: Town, sign_in
) -> None:
    key = started(town)
    with on(NOW):
        set_planned_end(town.anna, key=key, on=NOW + timedelta(days=10))
        plan_next_steps(
            town.anna,
            steps=[
                NewNextStep(pseudonym_id=town.roos_file.pseudonym_id, planned_on=NOW, what="Bellen")
            ],
        )
    day = NOW + timedelta(days=2)
    night(town, day)
    page = seen(sign_in, town.anna, day)
    roos, sam = page.context["people"]
    assert [len(roos.shown), len(roos.folded)] == [3, 3]
    assert [len(sam.shown), len(sam.folded)] == [1, 0]
    assert "Nog 3 redenen \N{EN DASH} Roos Nepstra" in readable(page)
    chosen = seen(sign_in, town.anna, day, kind="placement_ends_soon").context["people"][0]
    assert str(chosen.lines[0].name) == "Plaatsing loopt bijna af"
    assert len(chosen.lines) == 6


def test_every_link_about_a_person_has_a_name_of_its_own(town: Town, sign_in) -> None:
    for place in (town.garden, town.repair):
        key = working(town, place=place)
        with on(NOW):
            set_planned_end(town.anna, key=key, on=NOW + timedelta(days=10))
    night(town, NOW)
    page = fromstring(seen(sign_in, town.anna).content.decode())
    links = page.xpath("//ul[contains(@class, 'meedoen-signals')]//a")
    names = [" ".join(link.text_content().split()) for link in links]
    assert "Kiezen wat hierna komt \N{EN DASH} Moestuin, Roos Nepstra" in names
    assert len(names) == len(set(names))


def test_what_is_planned_for_today_comes_first(town: Town, sign_in) -> None:
    with on(NOW):
        plan_next_steps(
            town.anna,
            steps=[
                NewNextStep(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    planned_on=NOW,
                    what="Koffie in De Hoek",
                )
            ],
        )
    page = seen(sign_in, town.anna)
    text = readable(page)
    assert "Vandaag gepland Roos Nepstra Koffie in De Hoek" in text
    # An appointment for today is somebody in sight.
    assert [one.person.name for one in page.context["people"]] == ["Sam Nepstra"]
    assert "Vandaag gepland" not in readable(seen(sign_in, town.bram))


def test_what_waits_for_a_partner_says_for_how_long(town: Town, sign_in) -> None:
    key = proposed(town)
    page = seen(sign_in, town.anna, TALKED + timedelta(days=12), kind="placement_waits")
    assert "De Moestuin heeft de start bij Moestuin al 12 dagen niet bevestigd." in readable(page)
    assert address("placement", key) in page.content.decode()


def test_what_a_partner_confirmed_is_told_for_a_week(town: Town, sign_in) -> None:
    started(town)
    told = "De Moestuin heeft de start bevestigd."
    assert told in readable(seen(sign_in, town.anna, date(2026, 3, 16)))
    assert told not in readable(seen(sign_in, town.anna, date(2026, 3, 17)))
    assert told not in readable(seen(sign_in, town.bram, date(2026, 3, 16)))


def test_a_coach_sees_the_own_people_or_those_of_a_colleague_who_is_away(
    town: Town, sign_in
) -> None:
    assert "Goed gedaan: niets wacht op u" in readable(seen(sign_in, town.bram))
    for whose in ("team", str(town.anna.membership_id)):
        text = readable(seen(sign_in, town.bram, whose=whose))
        assert "Roos Nepstra" in text
        assert "Anna Testema" in text
    stranger = seen(sign_in, town.bram, whose=str(town.carla.membership_id))
    assert stranger.status_code == 422
    assert "Tim" not in readable(stranger)


def test_a_team_lead_sees_the_team_with_counts_per_coach(town: Town, sign_in) -> None:
    page = seen(sign_in, town.lea)
    assert [(one.name, one.people, one.late) for one in page.context["coaches"]] == [
        ("Anna Testema", 2, 2),
        ("Bram Testema", 0, 0),
    ]
    text = readable(page)
    assert "Roos Nepstra Noord · Anna Testema" in text
    assert "Tim" not in text
    assert f"?whose={town.anna.membership_id}" in page.content.decode()
    assert "Per coach" not in readable(seen(sign_in, town.anna))


def test_kinds_can_be_chosen_in_the_address_and_say_how_many(town: Town, sign_in) -> None:
    proposed(town, day=NOW - timedelta(days=20))
    page = seen(sign_in, town.anna, kind="placement_waits")
    assert [one.person.name for one in page.context["people"]] == ["Roos Nepstra"]
    assert "Nog nooit gesproken (2)" in readable(page)
    nothing = seen(sign_in, town.anna, kind="domains_due")
    assert "Hierover zijn er geen signalen" in readable(nothing)
    assert seen(sign_in, town.anna, kind="everything").status_code == 422
    assert seen(sign_in, town.anna, page="x").context["page"].number == 1


def test_no_more_than_twenty_people_stand_on_a_page(town: Town, sign_in) -> None:
    register_crowd(town, 25)
    page = seen(sign_in, town.anna)
    assert len(page.context["people"]) == 20
    assert "27 inwoners" in readable(page)
    assert "Pagina 1 van 2" in readable(page)
    assert len(seen(sign_in, town.anna, page="2").context["people"]) == 7


def test_two_hundred_signals_take_as_many_questions_as_ten(town: Town, sign_in) -> None:
    def questions(member):
        client = sign_in(member)
        with on(NOW), CaptureQueriesContext(connection) as asked:
            assert client.get(TODAY).status_code == 200
        return len(asked)

    register_crowd(town, 8)
    proposed(town, day=NOW - timedelta(days=20))
    night(town, NOW)
    few = questions(town.anna), questions(town.lea)
    register_crowd(town, 190, after=8)
    night(town, NOW)
    assert (questions(town.anna), questions(town.lea)) == few


def test_the_page_says_when_signals_were_worked_out_and_warns_when_a_night_was_missed(
    town: Town, sign_in
) -> None:
    assert "nog nooit helemaal bijgewerkt" in readable(sign_in(town.anna).get(TODAY))
    put_the_night_in_queue()
    work_off()
    page = readable(sign_in(town.anna).get(TODAY))
    assert "De signalen zijn helemaal bijgewerkt op" in page
    assert "signalen ontbreken" not in page
    with clock.at(clock.now() + timedelta(hours=37)):
        late = readable(sign_in(town.anna).get(TODAY))
    assert "Er kunnen signalen ontbreken. Vraag de beheerder" in late


@pytest.mark.parametrize("name", ["today", "signals_snoozed"])
def test_the_lists_cannot_be_sent_to(town: Town, sign_in, name: str) -> None:
    assert sign_in(town.anna).post(reverse(f"coach:{name}")).status_code == 405


def test_the_start_page_of_a_coach_is_today(town: Town, sign_in) -> None:
    assert sign_in(town.anna).get("/")["Location"] == TODAY
