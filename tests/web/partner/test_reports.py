"""Telling the coach at any moment, and reading what the coach did with it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.history.models import Reading
from meedoen.records.placements import actions
from meedoen.records.placements.report_actions import answer_report, report
from meedoen.records.placements.report_queries import reports_of
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import (
    MoveReason,
    Outcome,
    PartnerReportKind,
    PlacementState,
    ReportFollowUp,
)
from tests.records.figures.scenes import crowd
from tests.records.placements.desk import IN_NOVEMBER, all_taking_part, taking_part
from tests.web.coach.scenes import NOBODY, on, proposed
from tests.web.partner.scenes import headings_of
from tests.web.public.reading import words_of

WORRY = {"kind": "worry", "text": "Komt steeds later."}
STOPS = {
    "kind": "proposes_end",
    "last_day": "2026-10-30",
    "reason": "place_closes",
    "text": "We verhuizen.",
}
WAITING = reverse("partner:waiting")


def report_of(key):
    return reverse("partner:report", args=[key])


def person(key):
    return reverse("partner:person", args=[key])


def get(client, url, day=IN_NOVEMBER):
    with on(day):
        return client.get(url)


def post(client, url, data, day=IN_NOVEMBER, **how):
    with on(day):
        return client.post(url, data, **how)


def told(town, key):
    return [
        (one.kind.value, one.text, one.last_day, one.reason)
        for one in reports_of(town.anna, key=key)
    ]


def test_a_worry_reaches_the_coach_and_stands_with_the_person(town, sign_in):
    key, client = taking_part(town), sign_in(town.petra)
    page = get(client, person(key))
    assert report_of(key) in page.content.decode()
    shown = words_of(get(client, report_of(key)))
    assert "Iets melden over Roos" in shown
    assert "Stoppen beslist de coach" in shown
    answer = post(client, report_of(key), WORRY, follow=True)
    assert answer.redirect_chain == [(person(key), 302)]
    page = words_of(answer)
    assert "De coach van Roos krijgt dit te zien." in page
    assert "Zorgen “ Komt steeds later. ” Petra Testema, 3 nov 2026" in page
    assert "De coach heeft nog geen antwoord gegeven." in page
    assert told(town, key) == [("worry", "Komt steeds later.", None, None)]
    readings = Reading.objects.visible_to(town.priya).values_list("page", flat=True)
    assert "report" in readings


def test_a_proposal_to_stop_is_kept_and_the_placement_runs_on(town, sign_in):
    key, client = taking_part(town), sign_in(town.petra)
    page = words_of(post(client, report_of(key), STOPS, follow=True))
    assert "Voorstel om te stoppen: De plek stopt, laatste dag 30 oktober 2026" in page
    assert told(town, key) == [
        ("proposes_end", "We verhuizen.", date(2026, 10, 30), MoveReason.PLACE_CLOSES)
    ]
    desk = get(client, WAITING)
    assert "Wat u aan de coach meldde" in headings_of(desk)
    assert "Hoe loopt het af?" not in headings_of(desk)
    assert "Eén persoon doet nu bij u mee." in words_of(desk)


def test_of_who_is_to_begin_no_last_day_is_asked(town, sign_in):
    key, client = proposed(town), sign_in(town.petra)
    page = get(client, report_of(key))
    assert 'name="last_day"' not in page.content.decode()
    assert "Deze persoon komt niet, of het gaat niet door" in words_of(page)
    sent = {"kind": "proposes_end", "reason": "did_not_come", "text": ""}
    assert post(client, report_of(key), sent).status_code == 302
    assert told(town, key) == [("proposes_end", "", None, MoveReason.DID_NOT_COME)]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, ["Kies wat u wilt melden."]),
        ({"kind": "worry"}, ["Schrijf kort op waarover u zich zorgen maakt."]),
        ({"kind": "proposes_end"}, ["Kies waarom.", "Vul de laatste dag in."]),
        (WORRY | {"reason": "place_closes"}, ["Kies stoppen, of maak de vakken over stoppen leeg"]),
        (STOPS | {"last_day": "morgen"}, ["Vul een dag in die bestaat"]),
        (STOPS | {"last_day": "2026-01-01"}, ["De laatste dag ligt voor de eerste dag"]),
        (STOPS | {"reason": "term_of_the_law"}, ["Selecteer een geldige keuze"]),
        (WORRY | {"text": "Hij heeft een depressie."}, ["AVG, artikel 9"]),
        (WORRY | {"text": "BSN 999990020"}, ["Hier staat een burgerservicenummer"]),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(town, sign_in, sent, words):
    key = taking_part(town)
    answer = post(sign_in(town.petra), report_of(key), sent)
    assert answer.status_code == 422
    for one in words:
        assert one in words_of(answer)
    assert sent.get("text", "") in answer.content.decode()
    assert told(town, key) == []


def test_pressed_twice_is_told_once(town, sign_in):
    key, client = taking_part(town), sign_in(town.petra)
    for _ in range(2):
        assert post(client, report_of(key), WORRY).status_code == 302
    assert len(told(town, key)) == 1


def test_the_organisation_reads_the_answer_at_the_desk_and_with_the_person(town, sign_in):
    key, client = taking_part(town), sign_in(town.petra)
    post(client, report_of(key), WORRY)
    assert "De coach heeft nog geen antwoord gegeven." in words_of(get(client, WAITING))
    [card] = reports_of(town.anna, key=key)
    later = IN_NOVEMBER + timedelta(days=1)
    with on(later):
        answer_report(
            town.anna, key=card.key, follow_up=ReportFollowUp.TALKED, text="Begint om tien uur."
        )
    desk = words_of(get(client, WAITING, later))
    assert "Op één melding kreeg u net antwoord." in desk
    answered = "Er is over gesproken “ Begint om tien uur. ” (Anna Testema, 4 nov 2026)"
    assert f"Antwoord: {answered}" in desk
    assert answered in words_of(get(client, person(key), later))
    # After two weeks it stands with the person alone.
    old = later + timedelta(days=15)
    assert "Begint om tien uur." not in words_of(get(client, WAITING, old))
    assert answered in words_of(get(client, person(key), old))


def test_what_was_answered_by_stopping_stays_readable_though_the_person_is_gone(town, sign_in):
    key, client = taking_part(town), sign_in(town.petra)
    post(client, report_of(key), STOPS)
    [card] = reports_of(town.anna, key=key)
    with on(IN_NOVEMBER):
        actions.end(
            town.anna, key=key, last_day=date(2026, 10, 30), outcome=Outcome.MOVED_ON_TO_PAID_WORK
        )
        answer_report(town.anna, key=card.key, follow_up=ReportFollowUp.ENDED)
    desk = get(client, WAITING)
    assert "Antwoord: De plaatsing is gestopt" in words_of(desk)
    assert person(key) not in desk.content.decode()
    assert get(client, report_of(key)).status_code == 404


def test_many_reports_take_as_many_questions_as_few(town, sign_in):
    Place.objects.filter(pk=town.garden).update(capacity=500)
    client, keys = sign_in(town.petra), all_taking_part(town, crowd(town, 60))

    def questions(some):
        with on(IN_NOVEMBER):
            for key in some:
                report(town.petra, key=key, kind=PartnerReportKind.WORRY, text="Is stil.")
        with CaptureQueriesContext(connection) as asked:
            assert get(client, WAITING).status_code == 200
        return len(asked)

    assert questions(keys[:10]) == questions(keys[10:])


@pytest.mark.parametrize("name", ["anna", "lea", "roos", "connie", "suus", "priya", "ab", "vera"])
def test_who_is_no_partner_does_not_find_the_page(town, sign_in, name):
    client, key = sign_in(town.members[name]), taking_part(town)
    assert get(client, report_of(key)).status_code == 404
    assert post(client, report_of(key), WORRY).status_code == 404
    assert told(town, key) == []


def test_people_elsewhere_look_like_people_who_do_not_exist(town, sign_in):
    elsewhere = taking_part(town, town.tim, place=town.repair)
    client = sign_in(town.petra)
    for key in (elsewhere, NOBODY):
        assert get(client, report_of(key)).status_code == 404
        assert post(client, report_of(key), WORRY).status_code == 404
    assert client.delete(report_of(elsewhere)).status_code == 405
    assert reports_of(town.otto, key=elsewhere) == []
    # Who went back to the waiting list is not known to the organisation for now.
    key = proposed(town)
    with on(IN_NOVEMBER):
        actions.move_one(
            town.anna,
            key=key,
            to=PlacementState.WAITING,
            on=IN_NOVEMBER,
            reason=MoveReason.HOLD_LAPSED,
        )
    assert get(client, report_of(key)).status_code == 404
