"""What an organisation reported, as the coach reads and answers it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meedoen.records.placements.actions import move_one
from meedoen.records.placements.models import Placement
from meedoen.records.placements.report_actions import report
from meedoen.records.placements.report_queries import reports_of
from meedoen.rules.vocabulary import (
    MoveReason,
    Outcome,
    PartnerReportKind,
    PlacementState,
    ReportFollowUp,
)
from tests.records.placements.desk import IN_NOVEMBER, taking_part
from tests.records.signals.people import caught_up
from tests.web.coach.scenes import NOBODY, address, on, proposed
from tests.web.public.reading import words_of

LATER = IN_NOVEMBER + timedelta(days=1)
LAST_DAY = date(2026, 10, 30)
AS_PROPOSED = {"on": "2026-10-30", "why": "stopped_by_partner.place_closes", "text": "Bedankt."}


def tell(town, key, *, ends=False, last_day=LAST_DAY, reason=MoveReason.PLACE_CLOSES):
    with on(IN_NOVEMBER):
        if not ends:
            kind = PartnerReportKind.WORRY
            return report(town.petra, key=key, kind=kind, text="Komt steeds later.")
        kind = PartnerReportKind.PROPOSES_END
        return report(town.petra, key=key, kind=kind, last_day=last_day, reason=reason)


def get(client, url, day=LATER):
    with on(day):
        return client.get(url)


def post(client, url, data, day=LATER, **how):
    with on(day):
        return client.post(url, data, **how)


def answer_of(town, key):
    [card] = reports_of(town.petra, key=key)
    return card.answer


def placement(town, key):
    return Placement.objects.visible_to(town.system).get(key=key)


def test_a_report_stands_with_the_placement_and_leads_to_an_answer(town, sign_in):
    key = taking_part(town)
    told = tell(town, key)
    client, url = sign_in(town.anna), address("report", told)
    page = get(client, address("placement", key))
    assert "Meldingen van de organisatie" in words_of(page)
    assert "Zorgen “ Komt steeds later. ” Petra Testema, 3 nov 2026" in words_of(page)
    assert url in page.content.decode()
    shown = words_of(get(client, url))
    assert "Melding van De Moestuin" in shown
    assert "Gemeld door Petra Testema" in shown
    answer = post(client, url, {"follow_up": "talked", "text": "Begint om tien uur."}, follow=True)
    assert answer.redirect_chain == [(address("placement", key), 302)]
    page = words_of(answer)
    assert "Uw antwoord is bewaard. De Moestuin kan het lezen." in page
    assert "Antwoord: Er is over gesproken “ Begint om tien uur. ” (Anna Testema" in page
    assert answer_of(town, key).follow_up is ReportFollowUp.TALKED


def test_a_signal_about_a_report_leads_to_its_page(town, sign_in):
    key = taking_part(town)
    worry, stops = tell(town, key), tell(town, key, ends=True)
    caught_up(town, LATER)
    page = get(sign_in(town.anna), address("resident", town.roos_file.key))
    for told in (worry, stops):
        assert address("report", told) in page.content.decode()
    words = words_of(page)
    assert "Melding beantwoorden" in words
    assert "De Moestuin maakt zich sinds 3 november 2026 zorgen" in words
    assert "De Moestuin stelde op 3 november 2026 voor om te stoppen bij Moestuin" in words


def test_a_report_is_answered_once(town, sign_in):
    key = taking_part(town)
    told = tell(town, key)
    client, url = sign_in(town.lea), address("report", told)
    assert post(client, url, {"follow_up": "goes_on", "text": ""}).status_code == 302
    again = post(client, url, {"follow_up": "talked", "text": "Toch wel."}, follow=True)
    assert "Deze melding is al beantwoord. Er is niets veranderd." in words_of(again)
    assert answer_of(town, key).follow_up is ReportFollowUp.GOES_ON
    page = words_of(get(client, url))
    assert "Het gaat door zoals afgesproken (Lea Testema, 4 nov 2026)" in page
    assert "Antwoord bewaren" not in page
    ends = get(client, address("report_end", told))
    assert ends.status_code == 302


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Kies wat u heeft gedaan."),
        # The placement goes on: that it stopped cannot be the answer.
        ({"follow_up": "ended"}, "Selecteer een geldige keuze"),
        ({"follow_up": "talked", "text": "Vanwege kanker."}, "AVG, artikel 9"),
        ({"follow_up": "talked", "text": "BSN 999990020"}, "burgerservicenummer"),
    ],
)
def test_an_answer_that_cannot_be_keeps_what_was_typed(town, sign_in, sent, words):
    key = taking_part(town)
    answer = post(sign_in(town.anna), address("report", tell(town, key)), sent)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert sent.get("text", "") in answer.content.decode()
    assert answer_of(town, key) is None


def test_stopping_as_proposed_is_filled_in_and_confirmed_by_the_coach(town, sign_in):
    key = taking_part(town)
    client, url = sign_in(town.anna), address("report_end", tell(town, key, ends=True))
    page = get(client, url)
    form = page.context["form"]
    assert form["on"].value() == LAST_DAY
    assert form["why"].value() == AS_PROPOSED["why"]
    assert "Voorgestelde laatste dag 30 oktober 2026" in words_of(page)
    assert placement(town, key).state == PlacementState.ACTIVE
    answer = post(client, url, AS_PROPOSED, follow=True)
    assert "De plaatsing is gestopt." in words_of(answer)
    row = placement(town, key)
    assert (row.state, row.outcome, row.reason) == (
        PlacementState.ENDED,
        Outcome.STOPPED_BY_PARTNER,
        MoveReason.PLACE_CLOSES,
    )
    kept = answer_of(town, key)
    assert (kept.follow_up, kept.text) == (ReportFollowUp.ENDED, "Bedankt.")
    assert "Dat kan nu niet meer" in words_of(post(client, url, AS_PROPOSED, follow=True))


def test_the_coach_may_stop_it_for_another_reason_than_was_proposed(town, sign_in):
    key = taking_part(town)
    client, url = sign_in(town.anna), address("report_end", tell(town, key, ends=True))
    sent = AS_PROPOSED | {"why": "moved_on_to_paid_work"}
    assert post(client, url, sent).status_code == 302
    assert placement(town, key).outcome == Outcome.MOVED_ON_TO_PAID_WORK


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"why": ""}, "Kies waarom."),
        ({"on": ""}, "Vul de dag in."),
        ({"on": "2026-12-01"}, "ligt in de toekomst"),
        ({"on": "2026-09-01"}, "ligt voor 07-09-2026"),
        ({"text": "Vanwege kanker."}, "AVG, artikel 9"),
    ],
)
def test_an_end_that_cannot_be_ends_and_answers_nothing(town, sign_in, changed, words):
    key = taking_part(town)
    url = address("report_end", tell(town, key, ends=True))
    answer = post(sign_in(town.anna), url, AS_PROPOSED | changed)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert placement(town, key).state == PlacementState.ACTIVE
    assert answer_of(town, key) is None


def test_a_last_day_that_is_to_come_is_agreed_on_and_not_written_down(town, sign_in):
    key = taking_part(town)
    told = tell(town, key, ends=True, last_day=date(2027, 1, 31))
    client = sign_in(town.anna)
    page = get(client, address("report", told))
    assert "De laatste dag moet nog komen." in words_of(page)
    assert address("placement_planned_end", key) in page.content.decode()
    assert get(client, address("report_end", told)).context["form"]["on"].value() == LATER


def test_of_who_was_only_proposed_it_does_not_go_through(town, sign_in):
    key = proposed(town)
    told = tell(town, key, ends=True, last_day=None, reason=MoveReason.DID_NOT_COME)
    client = sign_in(town.anna)
    assert "Gaat niet door" in words_of(get(client, address("report", told)))
    sent = {"on": LATER.isoformat(), "why": "stopped_by_partner.did_not_come", "text": ""}
    assert post(client, address("report_end", told), sent).status_code == 302
    assert placement(town, key).state == PlacementState.WITHDRAWN


def test_of_who_is_back_on_the_list_more_can_be_answered_than_that_it_ended(town, sign_in):
    key = proposed(town)
    told = tell(town, key)
    with on(IN_NOVEMBER):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.WAITING,
            on=IN_NOVEMBER,
            reason=MoveReason.HOLD_LAPSED,
        )
    client = sign_in(town.anna)
    assert "Gaat niet door" in words_of(get(client, address("report", told)))
    assert post(client, address("report", told), {"follow_up": "talked"}).status_code == 302
    assert answer_of(town, key).follow_up is ReportFollowUp.TALKED


def test_after_the_placement_ended_only_that_can_be_answered(town, sign_in):
    key = taking_part(town)
    told, other = tell(town, key), tell(town, key, ends=True)
    client = sign_in(town.anna)
    assert post(client, address("report_end", other), AS_PROPOSED).status_code == 302
    page = get(client, address("report", told))
    assert page.context["form"]["follow_up"].value() == "ended"
    assert post(client, address("report", told), {"follow_up": "talked"}).status_code == 422
    assert post(client, address("report", told), {"follow_up": "ended"}).status_code == 302
    assert [one.answer.follow_up for one in reports_of(town.petra, key=key)] == (
        [ReportFollowUp.ENDED] * 2
    )


@pytest.mark.parametrize(
    "name", ["carla", "petra", "roos", "connie", "suus", "priya", "ab", "vera"]
)
def test_a_report_that_is_not_for_somebody_looks_like_none(town, sign_in, name):
    told = tell(town, taking_part(town), ends=True)
    client = sign_in(town.members[name])
    for page in ("report", "report_end"):
        for key in (told, NOBODY):
            assert get(client, address(page, key)).status_code == 404
            assert post(client, address(page, key), AS_PROPOSED).status_code == 404


def test_the_pages_take_no_other_method(town, sign_in):
    client = sign_in(town.anna)
    told = tell(town, taking_part(town))
    for page in ("report", "report_end"):
        assert client.delete(address(page, told)).status_code == 405


def test_who_is_not_signed_in_is_asked_to_sign_in(town, client):
    answer = client.get(address("report", tell(town, taking_part(town))))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
