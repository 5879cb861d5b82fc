from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meedoen.records.participation_jobs import premium_actions
from meedoen.records.participation_jobs.models import Decision
from meedoen.records.people.models import Resident
from meedoen.records.placements.correcting import correct_start_day
from meedoen.records.placements.models import Placement
from meedoen.records.placements.terms_actions import NewTerms, change_terms
from meedoen.rules.vocabulary import MoveReason, PlacementState
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pdf import PdfUnavailableError
from tests.records.participation_jobs.scenes import (
    STARTED,
    WORDS,
    assessed,
    card,
    extended,
    stopped,
    working,
)
from tests.town import Town
from tests.web.coach.scenes import NOBODY, address, hidden, on, proposed, readable

AUGUST, OCTOBER = date(2026, 8, 3), date(2026, 10, 1)
PREMIUM = {"cooperated": "yes", "hours_per_week": "12,5", "decided_on": "2026-08-03", "words": ""}


def look(sign_in, member, key, day=AUGUST, name="clock", **query):
    with on(day):
        return sign_in(member).get(address(name, key), query)


def at(name: str, *args: object) -> str:
    return reverse(f"coach:{name}", args=args)


def send(sign_in, member, url: str, form: dict[str, Any], day=AUGUST, **how):
    with on(day):
        return sign_in(member).post(url, form, **how)


def rows(town: Town) -> list[Decision]:
    return list(Decision.objects.visible_to(town.system).order_by("pk"))


# --- the page with all dates ---------------------------------------------------------------------


def test_every_date_stands_there_with_its_article_and_where_to_read_it(town: Town, sign_in) -> None:
    page = look(sign_in, town.anna, working(town))
    text, html = readable(page), page.content.decode()
    assert "De termijn telt vanaf 15 januari 2026; er zijn nu 6 hele maanden geteld." in text
    assert "Te laat: scholing aanbieden, uiterlijk 15 juli 2026." in text
    assert "De laatste dag volgens de wet is 14 januari 2028." in text
    assert "Participatiewet, artikel 10a, achtste lid" in text
    assert "https://wetten.overheid.nl/BWBR0015703/2026-07-01#Artikel10a" in html
    assert "Bied scholing aan, of leg vast waarom niet." in text
    assert html.count("<svg") == 1
    assert at("clock_decide", page.context["card"].key, "kans-op-werk") in html


def test_before_the_first_day_the_page_says_so_and_nothing_can_be_decided(
    town: Town, sign_in
) -> None:
    key = proposed(town)
    page = look(sign_in, town.anna, key)
    assert "De termijnen beginnen op de eerste dag van het werk." in readable(page)
    assert "<svg" not in page.content.decode()
    for url in (
        at("clock_decide", key, "scholing"),
        at("clock_premium", key, 1),
        at("clock_what_if", key),
        at("clock_end", key),
    ):
        assert send(sign_in, town.anna, url, {}).status_code in {302, 405}
    assert rows(town) == []


def test_another_kind_of_place_has_no_such_page(town: Town, sign_in) -> None:
    key = working(town, place=town.repair)
    assert look(sign_in, town.anna, key).status_code == 404


def test_strangers_and_organisations_find_nothing(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, OCTOBER)
    [decision] = card(town, key, OCTOBER).decisions
    urls = [
        at("clock", key),
        at("clock_decide", key, "kans-op-werk"),
        at("clock_extend", key, 1),
        at("clock_premium", key, 1),
        at("clock_premium_print", key, 1),
        at("clock_what_if", key),
        at("clock_end", key),
        at("clock_take_back", key, decision.key),
    ]
    for member in (town.carla, town.vera, town.petra, town.pia, town.roos, town.connie):
        for url in urls:
            with on(OCTOBER):
                assert sign_in(member).get(url).status_code == 404, (member.role, url)
    for url in urls[:-1]:
        with on(OCTOBER):
            assert sign_in(town.anna).get(url.replace(str(key), str(NOBODY))).status_code == 404
    # Of somebody else, though she may open both.
    other = working(town, town.sam)
    assert look(sign_in, town.anna, other).status_code == 200
    wrong = at("clock_take_back", other, decision.key)
    assert send(sign_in, town.anna, wrong, {"words": "x"}).status_code == 404


def test_the_number_of_questions_does_not_grow_with_what_was_decided(town: Town, sign_in) -> None:
    key = working(town)
    member = sign_in(town.anna)

    def questions() -> int:
        with (
            on(AUGUST),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            member.get(address("clock", key))
        return len(asked)

    questions()
    few = questions()
    with on(AUGUST):
        for cents in range(100, 2100, 100):
            premium_actions.note_payment(town.anna, key=key, paid_on=AUGUST, cents=cents)
    assert questions() == few


def test_facts_that_cannot_be_are_told_with_the_way_out(town: Town, sign_in) -> None:
    key = working(town, proposed_on=date(2025, 10, 1))
    extended(town, key)
    day = date(2028, 2, 1)
    with on(day):
        correct_start_day(town.anna, key=key, started_on=date(2025, 11, 1))
    page = look(sign_in, town.anna, key, day)
    text = readable(page)
    assert "past niet bij de wet" in text
    assert "Verlengen kan alleen voordat de termijn voorbij is" in text
    assert "Terugnemen" in text
    assert "<svg" not in page.content.decode()


# --- deciding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "form", "told"),
    [
        ("startkwalificatie", {"answer": "yes"}, "Startkwalificatie Ja"),
        ("loonkostensubsidie", {"answer": "unknown"}, "loonkostensubsidie Niet bekend"),
        (
            "scholing",
            {"choice": "not_helpful", "decided_on": "2026-08-03", "words": "Heeft al werk."},
            "Scholing helpt niet naar werk",
        ),
        (
            "kans-op-werk",
            {"grew": "no", "assessed_on": "2026-10-01", "words": WORDS},
            "Niet groter geworden",
        ),
        (
            "derde-jaar",
            {"grew": "yes", "assessed_on": "2027-12-01", "words": WORDS},
            "Doorgaan maakt de kans veel beter",
        ),
        (
            "telt-niet-mee",
            {"starts_on": "2025-11-03", "last_day": "2025-12-31", "words": "Bij De Moestuin."},
            "Van 3 november 2025 tot en met 31 december 2025",
        ),
        ("betaling", {"paid_on": "2026-08-03", "euros": "150,00"}, "€ 150,00"),
    ],
)
def test_each_matter_has_its_form_and_stands_on_the_page(
    town: Town, sign_in, slug: str, form: dict[str, str], told: str
) -> None:
    key = working(town)
    url = at("clock_decide", key, slug)
    day = date.fromisoformat(form.get("assessed_on", "2026-08-03"))
    with on(day):
        empty = sign_in(town.anna).get(url)
    assert empty.status_code == 200
    sent = {**form, "seen": hidden(empty, "seen")}
    page = send(sign_in, town.anna, url, sent, day, follow=True)
    text = readable(page).replace("\xa0", " ")
    assert "Dit is vastgelegd." in text
    assert told in text
    assert f"Anna Testema, {day_text(day, 'medium')}" in text


def test_a_form_with_mistakes_keeps_what_was_typed(town: Town, sign_in) -> None:
    key = working(town)
    url = at("clock_decide", key, "kans-op-werk")
    page = send(sign_in, town.anna, url, {"assessed_on": "2999-01-01", "words": WORDS})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"grew", "assessed_on"}
    assert WORDS in page.content.decode()
    assert rows(town) == []


def test_an_illness_is_not_written_down(town: Town, sign_in) -> None:
    key = working(town)
    form = {"grew": "no", "assessed_on": "2026-08-03", "words": "Heeft een depressie."}
    page = send(sign_in, town.anna, at("clock_decide", key, "kans-op-werk"), form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"words"}


def test_a_third_year_without_its_conditions_is_refused_with_all_of_them(
    town: Town, sign_in
) -> None:
    key = working(town)
    form = {"decided_on": "2026-08-03", "words": "Gaat goed."}
    page = send(sign_in, town.anna, at("clock_extend", key, 1), form)
    text = readable(page)
    assert page.status_code == 422
    for part in ("Beoordeel eerst", "ander werk", "andere omgeving"):
        assert part in text
    assert rows(town) == []


def test_a_fourth_year_follows_on_the_third(town: Town, sign_in) -> None:
    key = working(town)
    form = {"decided_on": "2026-08-03", "words": "Gaat goed."}
    page = send(sign_in, town.anna, at("clock_extend", key, 2), form)
    assert page.status_code == 422
    assert "De tweede verlenging kan pas na de eerste" in readable(page)
    for number in (0, 3):
        url = at("clock_extend", key, number)
        assert send(sign_in, town.anna, url, form).status_code == 404
    assert send(sign_in, town.anna, at("clock_decide", key, "onzin"), {}).status_code == 404


def test_what_holds_is_shown_in_the_form_and_replaced(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, OCTOBER)
    page = look(sign_in, town.bram, key, OCTOBER)
    url = at("clock_decide", key, "kans-op-werk")
    with on(OCTOBER):
        page = sign_in(town.bram).get(url)
    assert "Dit is al vastgelegd door Anna Testema" in readable(page)
    assert WORDS in page.content.decode()


def test_a_colleague_who_was_faster_is_named_and_pressing_again_goes_through(
    town: Town, sign_in
) -> None:
    key = working(town)
    url = at("clock_decide", key, "kans-op-werk")
    with on(OCTOBER):
        empty = sign_in(town.bram).get(url)
    assessed(town, key, OCTOBER)
    form = {
        "grew": "no",
        "assessed_on": "2026-10-01",
        "words": "Nee.",
        "seen": hidden(empty, "seen"),
    }
    refused = send(sign_in, town.bram, url, form, OCTOBER)
    assert refused.status_code == 422
    assert "Anna Testema legde intussen ook iets vast" in readable(refused)
    form["seen"] = hidden(refused, "seen")
    assert send(sign_in, town.bram, url, form, OCTOBER).status_code == 302
    assert [row.choice for row in rows(town)] == ["yes", "no"]


def test_taking_back_asks_why(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    [decision] = card(town, key, OCTOBER).decisions
    url = at("clock_take_back", key, decision.key)
    assert send(sign_in, town.anna, url, {"words": ""}, OCTOBER).status_code == 422
    page = send(sign_in, town.anna, url, {"words": "Verkeerde inwoner."}, OCTOBER, follow=True)
    assert "teruggenomen" in readable(page)
    assert "Verkeerde inwoner." in readable(page)


# --- premiums ------------------------------------------------------------------------------------


def test_a_premium_shows_what_it_rests_on_line_by_line_and_on_paper(town: Town, sign_in) -> None:
    key = working(town)
    url = at("clock_premium", key, 1)
    page = send(sign_in, town.anna, url, PREMIUM, follow=True)
    text = readable(page).replace("\xa0", " ")
    assert "De premie is € 93,75." in text
    for line in (
        "van 15 januari 2026 tot en met 14 juli 2026",
        "Uren per week 12,5; gevraagd is 20",
        "Hele maanden gewerkt 6; gevraagd is 6",
        "De hele premie € 150,00",
        "Een deel, naar het aantal uren.",
        "Participatiewet, artikel 8a, eerste lid, onderdeel d (verordening)",
        "Opnieuw uitgerekend met deze gegevens komt er hetzelfde uit.",
    ):
        assert line in text
    paper = look(sign_in, town.anna, key)
    with on(AUGUST):
        paper = sign_in(town.anna).get(at("clock_premium_print", key, 1))
    printed = readable(paper).replace("\xa0", " ")
    assert "Besluit over de premie" in printed
    assert "Uren per week 12,5; gevraagd is 20" in printed
    assert "111222333" not in printed


def test_the_first_premium_has_a_number_as_soon_as_there_is_a_second(town: Town, sign_in) -> None:
    key, later = working(town), date(2027, 1, 18)
    send(sign_in, town.anna, at("clock_premium", key, 1), PREMIUM)
    page = look(sign_in, town.anna, key)
    assert [one["number"] for one in page.context["decisions"]] == [None]
    second = PREMIUM | {"decided_on": "2027-01-18"}
    send(sign_in, town.anna, at("clock_premium", key, 2), second, later)
    page = look(sign_in, town.anna, key, later)
    assert [one["number"] for one in page.context["decisions"]] == [2, 1]


def test_a_premium_that_was_not_decided_on_has_no_paper(town: Town, sign_in) -> None:
    key = working(town)
    for name in ("clock_premium_print", "clock_premium_pdf"):
        with on(AUGUST):
            assert sign_in(town.anna).get(at(name, key, 1)).status_code == 404
            assert sign_in(town.anna).get(at(name, key, 99)).status_code == 404


def test_a_premium_is_a_pdf_too_or_the_page_says_what_to_do(
    town: Town, sign_in, monkeypatch
) -> None:
    key = working(town)
    send(sign_in, town.anna, at("clock_premium", key, 1), PREMIUM)
    given = {}

    def fake(html: str, *, title: str) -> bytes:
        given[title] = html
        return b"%PDF-"

    monkeypatch.setattr("meedoen.web.shared.clock_paper.as_pdf", fake)
    with on(AUGUST):
        answer = sign_in(town.anna).get(at("clock_premium_pdf", key, 1))
    assert answer["Content-Type"] == "application/pdf"
    assert "12,5; gevraagd is 20" in given["Besluit over de premie"]

    def unavailable(html: str, *, title: str) -> bytes:
        raise PdfUnavailableError

    monkeypatch.setattr("meedoen.web.shared.clock_paper.as_pdf", unavailable)
    with on(AUGUST):
        assert sign_in(town.anna).get(at("clock_premium_pdf", key, 1)).status_code == 503


def test_a_premium_before_its_months_are_over_is_refused(town: Town, sign_in) -> None:
    key = working(town)
    url = at("clock_premium", key, 2)
    page = look(sign_in, town.anna, key)
    with on(AUGUST):
        page = sign_in(town.anna).get(url)
    assert "De zes maanden zijn nog niet voorbij." in readable(page)
    refused = send(sign_in, town.anna, url, PREMIUM)
    assert refused.status_code == 422
    assert rows(town) == []


def test_who_did_not_cooperate_needs_the_reason(town: Town, sign_in) -> None:
    key = working(town)
    form = PREMIUM | {"cooperated": "no", "hours_per_week": "veel"}
    page = send(sign_in, town.anna, at("clock_premium", key, 1), form)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"words", "hours_per_week"}


def paid(town: Town, key, *amounts: int, day=AUGUST) -> None:
    with on(day):
        for cents in amounts:
            premium_actions.note_payment(town.anna, key=key, paid_on=day, cents=cents)


def test_payments_tell_what_is_exempt_and_a_third_one_is_not(town: Town, sign_in) -> None:
    key = working(town)
    paid(town, key, 15000, 10000, 5000)
    text = readable(look(sign_in, town.anna, key)).replace("\xa0", " ")
    assert "€ 15" not in text.split("Betaalde premies")[0]
    assert "€ 150,00 € 150,00 € 0,00" in text
    assert "€ 50,00 € 0,00 € 50,00 (er waren dit jaar al genoeg betalingen)" in text
    assert "Participatiewet, artikel 31, tweede lid, onderdeel j" in text


def test_below_27_the_group_of_the_wage_subsidy_decides(town: Town, sign_in) -> None:
    young = Resident.objects.visible_to(town.system).filter(
        pseudonym_id=town.roos_file.pseudonym_id
    )
    key = working(town)
    # Begun before it was known how young.
    young.update(birth_date=date(2004, 1, 1))
    paid(town, key, 15000)
    before = readable(look(sign_in, town.anna, key))
    assert "Leg eerst vast of de inwoner bij de groep van de loonkostensubsidie hoort." in before
    url = at("clock_decide", key, "loonkostensubsidie")
    no = readable(send(sign_in, town.anna, url, {"answer": "no"}, follow=True))
    assert "(jonger dan 27)" in no
    yes = readable(send(sign_in, town.anna, url, {"answer": "yes"}, follow=True))
    assert "(jonger dan 27)" not in yes


def test_a_payment_of_a_year_without_an_established_amount_says_so(town: Town, sign_in) -> None:
    key = working(town, since=date(2025, 3, 3))
    paid(town, key, 15000, day=date(2025, 10, 1))
    assert "is niet vastgesteld" in readable(look(sign_in, town.anna, key))


# --- what if -------------------------------------------------------------------------------------


def test_what_moves_when_the_start_moves_is_shown_and_nothing_is_kept(town: Town, sign_in) -> None:
    key = working(town)
    page = look(sign_in, town.anna, key, name="clock_what_if", start="2026-02-01")
    text = readable(page)
    assert "Einde van de termijn 14 januari 2028 (Komt nog) 31 januari 2028 (Komt nog)" in text
    assert "15 januari 2026" in readable(look(sign_in, town.anna, key))
    assert rows(town) == []


def test_what_is_left_out_and_an_extension_can_be_tried(town: Town, sign_in) -> None:
    key = working(town)
    out = {"out_from": "2026-04-01", "out_until": "2026-05-31"}
    text = readable(look(sign_in, town.anna, key, name="clock_what_if", **out))
    assert "Einde van de termijn 14 januari 2028 (Komt nog) 15 maart 2028 (Komt nog)" in text
    assert "Kans op werk beoordelen" not in text
    years = {"third_year": "on", "fourth_year": "on"}
    text = readable(look(sign_in, town.anna, key, name="clock_what_if", **years))
    assert "14 januari 2030 (Komt nog)" in text
    assert "is er niet" in text


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"start": ""}, {"__all__"}),
        ({"start": "31-02-2026"}, {"start"}),
        ({"out_until": "2026-05-31"}, {"out_from"}),
        ({"out_from": "2026-06-01", "out_until": "2026-05-31"}, {"out_until"}),
        ({"fourth_year": "on"}, {"fourth_year"}),
        ({"start": "9999-12-31"}, {"start"}),
        ({"out_from": "0001-01-01", "out_until": "9999-12-31"}, {"out_from", "out_until"}),
    ],
)
def test_a_question_that_cannot_be_is_answered_with_what_is_wrong(
    town: Town, sign_in, asked: dict[str, str], wrong: set[str]
) -> None:
    page = look(sign_in, town.anna, working(town), name="clock_what_if", **asked)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong


def test_a_third_year_that_the_law_does_not_allow_is_explained(town: Town, sign_in) -> None:
    key = working(town)
    page = look(sign_in, town.anna, key, date(2028, 3, 1), name="clock_what_if", third_year="on")
    assert page.status_code == 422
    assert "Verlengen kan alleen voordat de termijn voorbij is" in readable(page)


# --- the end by law ------------------------------------------------------------------------------


def state(town: Town, key) -> Placement:
    return Placement.objects.visible_to(town.system).get(key=key)


def test_long_before_the_end_the_page_proposes_nothing(town: Town, sign_in) -> None:
    key = working(town)
    assert look(sign_in, town.anna, key).context["ending"] is None
    answer = send(sign_in, town.anna, at("clock_end", key), {}, follow=True)
    assert "De wet vraagt nu niet dat deze plaatsing stopt." in readable(answer)
    assert state(town, key).state == PlacementState.ACTIVE


def test_the_last_day_by_law_can_be_agreed_on_beforehand(town: Town, sign_in) -> None:
    key, day = working(town), date(2027, 12, 10)
    text = readable(look(sign_in, town.anna, key, day))
    assert "Deze participatiebaan stopt op 14 januari 2028, tenzij u verlengt" in text
    assert "Er stopt niets vanzelf" in text
    assert "moet stoppen" not in text
    on_the_day = readable(look(sign_in, town.anna, key, date(2028, 1, 14)))
    assert "Deze participatiebaan moet stoppen" in on_the_day
    page = look(sign_in, town.anna, key, day, name="clock_end")
    assert "14 januari 2028" in readable(page)
    send(sign_in, town.anna, at("clock_end", key), {}, day)
    row = state(town, key)
    assert (row.planned_end_on, row.state) == (date(2028, 1, 14), PlacementState.ACTIVE)
    assert "Deze laatste dag is afgesproken." in readable(look(sign_in, town.anna, key, day))


def test_an_end_that_cannot_be_moved_is_told_without_an_extension(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    text = readable(look(sign_in, town.anna, key, date(2027, 1, 2)))
    assert "Deze participatiebaan stopt op 14 januari 2027 " in text
    assert "tenzij u verlengt" not in text


@pytest.mark.parametrize(
    ("grew", "day", "last_day", "reason"),
    [
        (False, date(2027, 2, 1), date(2027, 1, 14), MoveReason.CHANCES_DID_NOT_GROW),
        (True, date(2028, 2, 1), date(2028, 1, 14), MoveReason.TERM_OF_THE_LAW),
    ],
)
def test_an_end_that_is_over_is_proposed_with_its_reason_and_the_coach_decides(
    town: Town, sign_in, grew: bool, day: date, last_day: date, reason: MoveReason
) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=grew)
    page = look(sign_in, town.anna, key, day)
    assert "Deze participatiebaan had moeten stoppen" in readable(page)
    assert state(town, key).state == PlacementState.ACTIVE
    form = look(sign_in, town.anna, key, day, name="clock_end").context["form"]
    assert form["last_day"].value() == last_day
    wrong = send(sign_in, town.anna, at("clock_end", key), {"last_day": "2025-01-01"}, day)
    assert wrong.status_code == 422
    send(sign_in, town.anna, at("clock_end", key), {"last_day": last_day.isoformat()}, day)
    row = state(town, key)
    assert (row.state, row.outcome, row.reason) == (
        PlacementState.ENDED,
        "stopped_by_municipality",
        reason.value,
    )
    assert look(sign_in, town.anna, key, day).context["ending"] is None


# --- elsewhere -----------------------------------------------------------------------------------


def test_the_placement_shows_the_strip(town: Town, sign_in) -> None:
    key = working(town)
    page = look(sign_in, town.anna, key, name="placement")
    assert "Termijnen van de wet" in readable(page)
    assert at("clock", key) in page.content.decode()
    volunteer = working(town, town.sam, place=town.repair)
    assert "Termijnen van de wet" not in readable(
        look(sign_in, town.anna, volunteer, name="placement")
    )


def test_a_resident_sees_the_own_dates_in_plain_words(town: Town, sign_in) -> None:
    key = working(town)
    with on(AUGUST):
        page = sign_in(town.roos).get(reverse("resident:path"))
    text = readable(page)
    assert "Uw participatiebaan mag van de wet duren tot en met 14 januari 2028." in text
    assert "Bied scholing aan" not in text
    assert at("clock", key) not in page.content.decode()
    assessed(town, key, OCTOBER, grew=False)
    with on(OCTOBER):
        text = readable(sign_in(town.roos).get(reverse("resident:path")))
    assert "Uw participatiebaan duurt tot en met 14 januari 2027" in text


def test_a_resident_without_a_job_that_goes_on_sees_no_dates(town: Town, sign_in) -> None:
    def path() -> str:
        with on(AUGUST):
            return readable(sign_in(town.roos).get(reverse("resident:path")))

    assert "Hoe lang uw participatiebaan duurt" not in path()
    key = working(town)
    assert "Hoe lang uw participatiebaan duurt" in path()
    stopped(town, key, date(2026, 7, 31))
    assert "Hoe lang uw participatiebaan duurt" not in path()


def test_a_partner_sees_nothing_of_the_dates(town: Town, sign_in) -> None:
    key = working(town)
    assessed(town, key, OCTOBER, grew=False)
    with on(OCTOBER):
        for page in (
            sign_in(town.petra).get(reverse("partner:people")),
            sign_in(town.petra).get(reverse("partner:person", args=[key])),
        ):
            assert page.status_code == 200
            for word in ("Termijnen", "premie", "Kans op werk", WORDS):
                assert word not in readable(page)


def test_the_hours_agreed_on_stand_in_the_form(town: Town, sign_in) -> None:
    key = working(town)
    url = at("clock_premium", key, 1)

    def hours() -> object:
        with on(AUGUST):
            page = sign_in(town.anna).get(url)
        return page.context["form"].initial["hours_per_week"]

    assert hours() is None
    terms = NewTerms(starts_on=STARTED, hours_a_week=Decimal("16.5"), why="Zo afgesproken.")
    with on(STARTED):
        change_terms(town.anna, key=key, terms=terms)
    assert hours() == Decimal("16.5")
