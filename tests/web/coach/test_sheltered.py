"""The pages of sheltered work: each step with its form, the calculator, and the Wsw."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.people.queries import who_looked_at_me
from meedoen.records.placements.actions import NewPlacement, end, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.sheltered.correcting import take_back
from meedoen.records.sheltered.job_actions import SubsidyTerms, fix_wage_subsidy
from meedoen.records.sheltered.models import Step, WageSubsidy, WswStretch
from meedoen.records.sheltered.objection_actions import note_objection
from meedoen.records.sheltered.queries import tracks_of, wsw_of
from meedoen.records.sheltered.wsw_actions import enter_wsw
from meedoen.records.signals.actions import catch_up
from meedoen.rules.vocabulary import Outcome
from tests.records.sheltered.scenes import (
    BEGAN,
    DECIDED,
    advised,
    asked,
    card,
    employed,
    granted,
    on,
    placed,
    refused,
    sheltered_place,
    states,
)
from tests.records.sheltered.test_wsw import job
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, bare, readable


def step(key: object, state: str) -> str:
    return reverse("coach:sheltered_step", args=[key, state])


def test_who_has_no_track_is_told_how_it_begins(town: Town, sign_in) -> None:
    text = readable(sign_in(town.anna).get(address("sheltered", town.roos_file.key)))
    assert "Er is nog geen traject." in text
    assert "Beschut werk aanvragen" in text
    assert "Geen baan in de Wsw." in text


def test_the_whole_way_by_forms(town: Town, sign_in) -> None:
    client, roos = sign_in(town.anna), town.roos_file
    with on():
        client.post(
            address("sheltered_request", roos.key),
            {"asked_on": "2026-01-05", "asked_by": "resident"},
        )
        [track] = tracks_of(town.anna, pseudonym_id=roos.pseudonym_id)
        for state, day, more in (
            ("in_research", "2026-01-12", {}),
            ("advice_positive", "2026-02-02", {}),
            ("granted", "2026-02-16", {}),
            ("waiting", "2026-02-17", {"reason": "no_place_yet"}),
            ("employed", "2026-03-02", {"week_hours": "28,5"}),
        ):
            answer = client.post(step(track.key, state), {"on": day, **more}, follow=True)
            assert "De stap staat in het dossier." in readable(answer)
        text = readable(client.get(address("sheltered", roos.key)))
    assert "In dienst" in text
    assert "28,5 uur per week" in text
    assert "Aangevraagd door de inwoner." in text
    assert "Reden: er is nog geen baan die past." in text
    assert card(town, track.key).contracts[0].week_hours == Decimal("28.50")


def test_only_steps_that_can_be_made_are_offered(town: Town, sign_in) -> None:
    key = advised(town)
    with on():
        page = sign_in(town.anna).get(address("sheltered", town.roos_file.key))
    hrefs = page.content.decode()
    for state in ("granted", "refused", "ended"):
        assert step(key, state) in hrefs
    assert step(key, "employed") not in hrefs
    assert "Bezwaar noteren" not in readable(page)


def test_a_refusal_offers_an_objection_and_then_another_decision(town: Town, sign_in) -> None:
    key, client = refused(town), sign_in(town.anna)
    where = address("sheltered", town.roos_file.key)
    with on():
        page = client.get(where)
        assert "Bezwaar noteren" in readable(page)
        assert step(key, "granted") not in page.content.decode()
        done = client.post(
            address("objection", key),
            {"on": "2026-03-01", "text": "Ik kan alleen beschut werken."},
            follow=True,
        )
        assert "Er loopt een bezwaar." in readable(done)
        # What comes of the objection is the main thing now, not a new request.
        [main] = re.findall(r'button-link--primary-action" href="([^"]+)"', done.content.decode())
        assert main == address("objection_answer", key)
        assert "Beschut werk aanvragen" in readable(done)
        assert step(key, "granted") in done.content.decode()
        client.post(
            step(key, "granted"),
            {"on": "2026-04-01", "reason": "objection_upheld", "explanation": "Hij had gelijk."},
        )
    assert states(town, key)[-1] == ("granted", date(2026, 4, 1))


def test_an_objection_that_came_to_nothing_is_noted(town: Town, sign_in) -> None:
    key, client = refused(town), sign_in(town.anna)
    with on():
        note_objection(town.anna, key=key, on=DECIDED, text="")
        form = client.get(address("objection_answer", key)).context["form"]
        assert [code for code, _word in form.fields["state"].choices] == ["rejected", "withdrawn"]
        client.post(address("objection_answer", key), {"on": "2026-04-01", "state": "rejected"})
        wrong = client.post(
            address("objection_answer", key), {"on": "2026-04-01", "state": "rejected"}
        )
    assert wrong.status_code == 422
    assert "Er loopt geen bezwaar." in readable(wrong)
    assert card(town, key).objections[-1].state.value == "rejected"


def test_against_the_advice_the_form_asks_for_reason_and_words(town: Town, sign_in) -> None:
    key, client = advised(town, positive=False), sign_in(town.anna)
    with on():
        shown = client.get(step(key, "granted"))
        answer = client.post(step(key, "granted"), {"on": "2026-02-16", "explanation": ""})
    assert "wijkt af van het advies" in readable(shown)
    assert answer.status_code == 422
    assert "Kies de reden van deze stap." in readable(answer)
    assert "Schrijf op waarom de gemeente dit beslist" in readable(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": ""}, "Vul de dag in."),
        ({"on": "2026-10-01"}, "in de toekomst"),
        ({"on": "2026-01-01"}, "ligt voor 16-02-2026"),
        ({"week_hours": "veel"}, "Vul een getal in, zoals 28 of 28,5."),
        ({"week_hours": "200"}, "Een week heeft 168 uur."),
        ({"explanation": "Heeft een depressie."}, "diagnose"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    town: Town, sign_in, changes: dict[str, str], said: str
) -> None:
    key = granted(town)
    sent = {"on": "2026-03-02", "week_hours": "28", "explanation": "Bij de kas.", **changes}
    with on():
        answer = sign_in(town.anna).post(step(key, "employed"), sent)
    assert answer.status_code == 422
    assert said in readable(answer)
    for name, value in sent.items():
        assert str(answer.context["form"][name].value() or "") == value
    assert card(town, key).state.value == "granted"


def test_a_job_is_tied_to_the_place_where_somebody_takes_part(town: Town, sign_in) -> None:
    key = granted(town)
    placement = placed(town, sheltered_place(town))
    client = sign_in(town.anna)
    with on():
        assert "Beschutte werkplaats (De Moestuin)" in readable(client.get(step(key, "employed")))
        client.post(
            step(key, "employed"),
            {"on": "2026-03-02", "week_hours": "28", "placement_key": str(placement)},
        )
        text = readable(client.get(address("sheltered", town.roos_file.key)))
    assert card(town, key).steps[-1].placement_key == placement
    assert "Op de plek Beschutte werkplaats (De Moestuin)." in text


def test_a_step_that_is_over_leads_back_with_a_sentence(town: Town, sign_in) -> None:
    key = granted(town)
    with on():
        answer = sign_in(town.anna).get(step(key, "in_research"), follow=True)
    assert "Deze stap kan nu niet" in readable(answer)
    assert sign_in(town.anna).get(step(key, "verzonnen")).status_code == 404


def test_a_day_is_corrected_and_the_first_one_stays_visible(town: Town, sign_in) -> None:
    key, client = granted(town), sign_in(town.anna)
    where = reverse("coach:sheltered_step_day", args=[key, 4])
    with on():
        assert client.get(where).context["form"]["on"].value() == DECIDED
        empty = client.post(where, {"on": "2026-02-17", "reason": ""})
        done = client.post(where, {"on": "2026-02-17", "reason": "Typefout."}, follow=True)
    assert "Schrijf op waarom u dit verbetert." in readable(empty)
    assert "Verbeterd: eerst stond hier 16 februari 2026. Reden: Typefout." in readable(done)
    assert sign_in(town.anna).get(where.replace("/4/", "/9/")).status_code == 404


def test_the_last_step_is_taken_back(town: Town, sign_in) -> None:
    key, client = granted(town), sign_in(town.anna)
    with on():
        done = client.post(
            address("sheltered_take_back", key), {"reason": "Te vroeg genoteerd."}, follow=True
        )
    assert "Teruggenomen: deze stap was er niet." in readable(done)
    assert card(town, key).state.value == "advice_positive"


def test_of_a_request_that_was_taken_back_nothing_more_is_asked(town: Town, sign_in) -> None:
    key = asked(town)
    with on():
        take_back(town.anna, key=key, reason="De verkeerde inwoner.")
        page = sign_in(town.anna).get(address("sheltered", town.roos_file.key))
        assert sign_in(town.anna).get(address("sheltered_take_back", key)).status_code == 404
    assert "Teruggenomen" in readable(page)
    assert "Beschut werk aanvragen" in readable(page)


def test_other_hours_keep_the_job_running(town: Town, sign_in) -> None:
    key, client = employed(town), sign_in(town.anna)
    with on():
        assert client.get(address("sheltered_hours", key)).context["form"][
            "week_hours"
        ].value() == Decimal("28.00")
        client.post(
            address("sheltered_hours", key), {"starts_on": "2026-06-01", "week_hours": "20"}
        )
        refused_ = client.post(
            address("sheltered_hours", key), {"starts_on": "2026-02-01", "week_hours": "20"}
        )
    assert refused_.status_code == 422
    assert [one.week_hours for one in card(town, key).contracts] == [Decimal(28), Decimal(20)]


SUBSIDY = {
    "starts_on": "2026-06-01",
    "minimum_wage": "2.300,00",
    "week_hours": "28",
    "full_week_hours": "36",
    "loonwaarde": "40",
}


def test_a_subsidy_is_shown_with_its_basis_before_it_is_kept(town: Town, sign_in) -> None:
    key, client = employed(town), sign_in(town.anna)
    where = address("wage_subsidy", key)
    with on():
        shown = client.post(where, {**SUBSIDY, "step": "calculate"})
        text = readable(shown)
        assert "60%, samen € 1.431,61 per maand" in text.replace("\xa0", " ")
        assert "Participatiewet, artikel 10d, vierde lid" in text
        assert "wetten.overheid.nl" in shown.content.decode()
        assert not WageSubsidy.objects.visible_to(town.anna).exists()
        seen = shown.context["found"]["seen"]
        done = client.post(where, {**SUBSIDY, "step": "keep", "seen": seen}, follow=True)
    text = readable(done).replace("\xa0", " ")
    assert "De loonkostensubsidie is vastgelegd." in text
    assert "Vanaf 1 juni 2026: 60%" in text
    assert "Op 1 januari 2027 opnieuw berekenen (artikel 10d, zevende lid)." in text
    assert card(town, key).subsidies[0].loonwaarde == Decimal("0.4")


def test_what_was_not_shown_is_not_kept(town: Town, sign_in) -> None:
    key = employed(town)
    with on():
        answer = sign_in(town.anna).post(
            address("wage_subsidy", key), {**SUBSIDY, "step": "keep", "seen": "1.00"}
        )
    assert answer.status_code == 422
    assert "U wijzigde iets." in readable(answer)
    assert not WageSubsidy.objects.visible_to(town.anna).exists()


def test_the_fixed_part_says_until_when(town: Town, sign_in) -> None:
    key = employed(town)
    with on():
        fix_wage_subsidy(
            town.anna,
            key=key,
            terms=SubsidyTerms(
                starts_on=BEGAN,
                minimum_wage=Decimal(2300),
                week_hours=Decimal(28),
                full_week_hours=Decimal(36),
            ),
        )
        text = readable(sign_in(town.anna).get(address("sheltered", town.roos_file.key)))
    assert "Tot 2 september 2026: dan moet de loonwaarde vaststaan" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"minimum_wage": "veel"}, "Vul een bedrag in"),
        ({"loonwaarde": "101"}, "100"),
        ({"starts_on": "2026-02-20"}, "geen baan"),
        ({"loonwaarde": "", "starts_on": "2026-09-02"}, "loonwaarde"),
    ],
)
def test_what_cannot_be_worked_out_is_said(
    town: Town, sign_in, changes: dict[str, str], said: str
) -> None:
    key = employed(town)
    with on(date(2026, 12, 1)):
        answer = sign_in(town.anna).post(
            address("wage_subsidy", key), {**SUBSIDY, **changes, "step": "calculate"}
        )
    assert answer.status_code == 422
    assert said in readable(answer)
    assert answer.context["form"]["week_hours"].value() == "28"


def test_the_wsw_by_forms(town: Town, sign_in) -> None:
    client, roos = sign_in(town.anna), town.roos_file
    new = {"week_hours": "36", "category": "moderate", "kind": "in_house"}
    with on():
        answer = client.post(address("wsw_new", roos.key), {"starts_on": "2026-01-05", **new})
        assert answer.status_code == 422
        assert "sinds 01-01-2015 niemand nieuw" in readable(answer)
        client.post(address("wsw_new", roos.key), {"starts_on": "2010-04-01", **new})
        [one] = wsw_of(town.anna, pseudonym_id=roos.pseudonym_id)
        client.post(
            address("wsw_change", one.key),
            {**new, "starts_on": "2020-07-01", "kind": "guided_work", "week_hours": "24"},
        )
        after = wsw_of(town.anna, pseudonym_id=roos.pseudonym_id)[0]
        done = client.post(address("wsw_end", after.key), {"last_day": "2026-08-31"}, follow=True)
        text = readable(done)
        assert "1 juli 2020 tot en met 31 augustus 2026" in text
        assert "Begeleid werken bij een gewone werkgever" in text
        ended = wsw_of(town.anna, pseudonym_id=roos.pseudonym_id)[0]
        client.post(address("wsw_withdraw", ended.key), {"reason": "De verkeerde inwoner."})
    assert client.get(address("wsw_change", one.key)).status_code == 404
    [left] = wsw_of(town.anna, pseudonym_id=roos.pseudonym_id)
    assert (left.starts_on, left.ends_on) == (date(2010, 4, 1), date(2020, 7, 1))


PAGES = (
    "sheltered_take_back",
    "objection",
    "objection_answer",
    "sheltered_hours",
    "wage_subsidy",
)


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "roos", "connie"])
def test_strangers_get_the_page_that_is_not_there(town: Town, sign_in, who: str) -> None:
    key = employed(town)
    client = sign_in(getattr(town, who))
    for name in PAGES:
        for ask in (client.get, client.post):
            there, nowhere = ask(address(name, key)), ask(address(name, NOBODY))
            assert there.status_code == 404
            assert bare(there, key) == bare(nowhere, NOBODY)
    assert client.post(step(key, "ended"), {"on": "2026-04-01"}).status_code == 404
    assert client.get(address("sheltered", town.roos_file.key)).status_code == 404
    assert Step.objects.visible_to(town.system).count() == 5


def test_a_colleague_of_the_team_may_do_it_too_and_opening_is_noted(town: Town, sign_in) -> None:
    granted(town)
    with on():
        sign_in(town.bram).get(address("sheltered", town.roos_file.key))
    assert [one.page for one in who_looked_at_me(town.roos)] == ["sheltered"]


def test_wrong_ways_to_ask_are_refused(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    assert client.post(address("sheltered", town.roos_file.key)).status_code == 405
    assert client.put(address("sheltered_request", town.roos_file.key)).status_code == 405


def test_the_page_takes_as_many_questions_however_much_happened(town: Town, sign_in) -> None:
    asked(town)
    key = employed(town, town.sam)
    with on():
        enter_wsw(town.anna, job=job(town.sam, ends_on=DECIDED))
        for loonwaarde in ("0.3", "0.4", "0.5"):
            fix_wage_subsidy(
                town.anna,
                key=key,
                terms=SubsidyTerms(
                    starts_on=BEGAN,
                    minimum_wage=Decimal(2300),
                    week_hours=Decimal(28),
                    full_week_hours=Decimal(36),
                    loonwaarde=Decimal(loonwaarde),
                ),
            )
        counts = []
        for person in (town.roos_file, town.sam):
            client = sign_in(town.anna)
            client.get(address("sheltered", person.key))
            with CaptureQueriesContext(connection) as queries:
                client.get(address("sheltered", person.key))
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert WswStretch.objects.visible_to(town.anna).count() == 1


def test_a_job_that_went_on_stands_on_today_with_the_way_to_it(town: Town, sign_in) -> None:
    employed(town)
    placement = placed(town, sheltered_place(town))
    with on():
        end(town.anna, key=placement, last_day=date(2026, 8, 3), outcome=Outcome.GOAL_REACHED)
        catch_up(town.system)
        answer = sign_in(town.anna).get(reverse("coach:today"))
    assert "stopte op 3 augustus 2026, maar de baan in beschut werk loopt nog." in readable(answer)
    assert f'href="{address("sheltered", town.roos_file.key)}"' in answer.content.decode()


def test_a_start_without_a_decision_is_refused_with_the_way_to_it(town: Town, sign_in) -> None:
    place = sheltered_place(town)
    with on():
        [number] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id, place_id=place, proposed_on=BEGAN
                )
            ],
        )
        key = Placement.objects.visible_to(town.anna).get(pk=number).key
        where = reverse("coach:placement_move", args=[key, "active"])
        answer = sign_in(town.anna).post(where, {"on": "2026-03-02"})
    assert answer.status_code == 422
    assert "geen besluit dat beschut werk nodig is" in readable(answer)
    link = f'href="{address("sheltered", town.roos_file.key)}">Naar beschut werk van deze inwoner'
    assert link in answer.content.decode()
