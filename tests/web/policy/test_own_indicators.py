"""Making own indicators on the pages: copying, writing, looking, putting in force and stopping."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from meedoen.records.budget.actions import link_indicator, publish
from meedoen.records.figures import actions as figures_actions
from meedoen.records.figures.actions import finish_measurings, measure
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.own_indicators.queries import own_indicator
from meedoen.rules.indicators.own_checks import TextMove
from meedoen.rules.indicators.people_words import PeopleInState, PeopleStarted, Share
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.shipped import shipped_catalogue, shipped_texts
from meedoen.rules.vocabulary import EntryKind, PlaceKind, PlacementState
from meedoen.web.policy.indicator_words import KEYS, NAMES, PARTS
from tests.records.figures.districts import jobs_in
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, crowd, take_in, take_part
from tests.records.own_indicators.scenes import (
    CODE,
    EXAMPLE,
    LATER,
    VERSION,
    a_text,
    drafted,
    in_force,
    newest_of,
    stopped,
)
from tests.town import Town
from tests.web.public.reading import tables_of, words_of

pytestmark = pytest.mark.django_db
LIST = "/beleid/indicatoren/"
NEW = f"{LIST}nieuw/"
OWN = f"{LIST}eigen/{CODE}/"
FORM, TEXT = f"{OWN}wijzigen/", f"{OWN}tekst/"
TEXTS_ASKED = ("name", "question", "definition", "unit", "promise")
SHARE_EXAMPLE = """\
id | person | kind      | starts     | state  | place
1  | A      | placement | 2024-03-01 | active | trial
2  | B      | placement | 2020-03-01 | active | trial
"""
HERE_EXAMPLE = """\
id | person | kind | starts | state | place | self_found | district | organisation
1 | A | placement | 2024-03-01 | active | participation_job | yes | {district} | {organisation}
"""
DRAFT, USE, LOOK = {"doen": "bewaren"}, {"doen": "gebruiken"}, {"doen": "voorbeeld"}
MEASURE = {"doen": "meten"}


def fields_of(answer) -> dict[str, object]:
    """Return what a browser would send when the form is sent as it stands."""
    page = html.fromstring(answer.content)
    form = page.xpath("//form[@data-previewed]")[0]
    found: dict[str, object] = {}
    for name, value in form.form_values():
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)  # type: ignore[union-attr]
    return found


def text_sent(town: Town, text: str) -> dict[str, object]:
    return {"text": text, "seen": newest_of(town.connie) or ""}


# --- the list ------------------------------------------------------------------------------------


def rows_of(answer) -> dict[str, list[str]]:
    [rows] = tables_of(answer).values()
    return {row[0]: row[1:] for row in rows[1:]}


def test_the_list_shows_those_of_the_package_and_own_ones_with_how_they_stand(town, sign_in):
    in_force(town.connie)
    drafted(town.connie, a_text("helpers"), "helpers")
    client = sign_in(town.connie)
    total = len(shipped_catalogue())
    assert f"{total + 2} indicatoren (van {total + 2}, waarvan 2 eigen)" in words_of(
        client.get(LIST)
    )
    rows = rows_of(client.get(LIST, {"stand": "eigen"}))
    assert rows["Tuinders"][2] == "Eigen, in gebruik"
    assert rows["helpers"][2] == "Eigen, concept"
    found = rows_of(client.get(LIST, {"zoek": "tuinieren"}))
    assert list(found) == ["Tuinders"]
    assert list(rows_of(client.get(LIST, {"stand": "in-gebruik"}))) == ["Tuinders"]
    assert "Geen enkele indicator past" in words_of(client.get(LIST, {"zoek": "qqq"}))
    stopped(town.connie)
    assert list(rows_of(client.get(LIST, {"stand": "gestopt"}))) == ["Tuinders"]


def test_the_list_goes_by_pages_in_the_order_that_is_asked(town, sign_in):
    client = sign_in(town.connie)
    by_code = list(shipped_catalogue().definitions)
    first = client.get(LIST, {"volgorde": "code"})
    assert len(rows_of(first)) == 25
    second = client.get(LIST, {"volgorde": "code", "page": 2})
    names = [shipped_catalogue()[code].name.nl for code in sorted(by_code)]
    assert list(rows_of(second)) == names[25:50]
    assert "?volgorde=code&amp;page=1" in second.content.decode()


def test_an_order_that_does_not_exist_is_refused_and_shows_everything(town, sign_in):
    answer = sign_in(town.connie).get(LIST, {"volgorde": "kleur"})
    assert answer.status_code == 422
    assert len(rows_of(answer)) == 25


def test_who_sees_figures_sees_the_list_without_drafts_and_without_making_any(town, sign_in):
    viewer = town.lea
    drafted(town.connie)
    answer = sign_in(viewer).get(LIST)
    assert answer.status_code == (200 if viewer.may("see_figures") else 404)
    if answer.status_code == 200:
        assert "Eigen indicator maken" not in words_of(answer)


def test_ten_and_two_hundred_own_indicators_take_as_many_questions(town, sign_in):
    client = sign_in(town.connie)
    asked = []
    for numbers in (range(10), range(10, 200)):
        for number in numbers:
            in_force(town.connie, a_text(f"own_{number}"), f"own_{number}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(LIST).status_code == 200
        asked.append(len(questions))
    assert asked[0] == asked[1]


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [NEW, f"{NEW}?van=volunteers", OWN, FORM, TEXT])
@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "priya", "ab", "vera"])
def test_to_who_may_not_make_indicators_these_pages_do_not_exist(town, sign_in, address, who):
    in_force(town.connie)
    client = sign_in(getattr(town, who))
    assert client.get(address).status_code == 404
    assert client.post(address, DRAFT).status_code == 404


def test_one_of_another_municipality_does_not_exist(town, sign_in):
    client = sign_in(town.connie)
    for address in (OWN, FORM, TEXT):
        assert client.get(address).status_code == 404
        assert client.post(address, DRAFT).status_code == 404


def test_what_cannot_be_copied_or_counted_does_not_exist(town, sign_in):
    client = sign_in(town.connie)
    assert client.get(NEW, {"van": "nothing"}).status_code == 404
    assert client.get(NEW, {"woord": "nothing"}).status_code == 404
    assert client.put(NEW).status_code == 405


# --- copying and the form ------------------------------------------------------------------------


def test_connie_copies_one_of_the_package_looks_and_puts_it_in_force(town, sign_in):
    client = sign_in(town.connie)
    take_part(town, crowd(town, 12))
    address = f"{NEW}?van=participation_jobs"
    sent = fields_of(client.get(address))
    assert sent["code"] == ["participation_jobs_2"]
    assert sent["name_nl"] == ["Mensen op een participatiebaan (eigen)"]
    looked = client.post(address, sent | LOOK)
    assert looked.status_code == 200
    page = words_of(looked)
    assert "Voorbeeld van het cijfer 12 mensen op" in page
    assert "De stand was: " in page
    assert "Dat klopt met wat u opschreef." in page
    assert own_indicator(town.connie, code="participation_jobs_2") is None
    done = client.post(address, sent | {"code": "our_jobs"} | USE, follow=True)
    assert done.redirect_chain == [(f"{LIST}eigen/our_jobs/", 302)]
    assert "In gebruik. Bij de volgende meting telt deze mee." in words_of(done)
    shipped, own = shipped_catalogue(), catalogue_of(town.connie.municipality_id)
    assert own["our_jobs"].versions == shipped["participation_jobs"].versions
    measure(town.connie, on=YEAR_END)
    kept = Figure.objects.filter(indicator="our_jobs", part="", district=None, place_kind="")
    assert [one.value for one in kept] == [12]
    assert "12" in words_of(client.get("/beleid/indicator/our_jobs/"))


def figures_of(code: str = CODE):
    return Figure.objects.filter(
        indicator=code, part="", district=None, place_kind="", organisation=None
    )


def test_connie_puts_one_in_force_and_sees_its_number_at_once(town, sign_in):
    jobs_in(town, 20, 3)
    measure(town.connie, on=YEAR_END)
    drafted(town.connie)
    client = sign_in(town.connie)
    for address in (FORM, TEXT):
        done = client.post(address, fields_of(client.get(address)) | MEASURE, follow=True)
        assert done.redirect_chain == [(f"/beleid/indicator/{CODE}/", 302)]
        assert "In gebruik en gemeten: hoe het op 31 december 2024 was" in words_of(done)
        assert "23" in words_of(done)
    assert {one.measuring.reference_date for one in figures_of()} == {YEAR_END}
    assert figures_of().count() == 2


def test_without_an_earlier_measuring_it_is_measured_as_it_is_today(town, sign_in):
    take_part(town, crowd(town, 12))
    drafted(town.connie)
    client = sign_in(town.connie)
    assert client.post(FORM, fields_of(client.get(FORM)) | MEASURE).status_code == 302
    assert [one.measuring.reference_date for one in figures_of()] == [clock.today()]


def test_one_that_begins_later_is_put_in_force_and_says_when_to_measure(town, sign_in):
    later = a_text(versions=VERSION.replace("2020-01-01", "2099-01-01"), example="")
    drafted(town.connie, later + EXAMPLE.replace("2025-12-31", "2099-12-31"))
    client = sign_in(town.connie)
    done = client.post(FORM, fields_of(client.get(FORM)) | MEASURE, follow=True)
    assert done.redirect_chain == [(OWN, 302)]
    assert "Deze telt vanaf 1 januari 2099: meet op die dag of later." in words_of(done)
    assert own_indicator(town.connie, code=CODE).is_in_force
    assert not Measuring.objects.exists()


def test_with_a_mistake_nothing_is_put_in_force_and_nothing_is_measured(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"value": "7"}
    assert client.post(FORM, sent | MEASURE).status_code == 422
    assert not own_indicator(town.connie, code=CODE).is_in_force
    assert not Measuring.objects.exists()


def test_who_may_not_measure_puts_nothing_in_force_by_measuring(town, sign_in, monkeypatch):
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM))
    may = Viewer.may
    monkeypatch.setattr(
        Viewer, "may", lambda who, what: what != Permission.MEASURE_FIGURES and may(who, what)
    )
    assert client.post(FORM, sent | MEASURE).status_code == 404
    assert not own_indicator(town.connie, code=CODE).is_in_force


def test_counting_that_stops_half_way_leaves_it_in_force_to_be_counted_later(
    town, sign_in, monkeypatch
):
    take_part(town, crowd(town, 12))
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM))

    def stopped_half_way(*_given):
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(figures_actions, "counted_rows", stopped_half_way)
        with pytest.raises(OSError, match="the disk is full"):
            client.post(FORM, sent | MEASURE)
    assert own_indicator(town.connie, code=CODE).is_in_force
    assert not figures_of().exists()
    begun = list(Measuring.objects.computing().values_list("pk", flat=True))
    assert finish_measurings(town.system, measuring_ids=begun) == 1
    assert [one.value for one in figures_of()] == [12]


def test_what_is_not_told_stands_beside_what_comes_nearest(town, sign_in):
    jobs_in(town, 20, 3)
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"self_found": "false"}
    looked = client.post(FORM, sent | LOOK)
    page = words_of(looked)
    assert "Voorbeeld van het cijfer x mensen op" in page
    rows = next(
        rows for caption, rows in tables_of(looked).items() if caption.startswith("Cijfers in geb")
    )
    assert ["Mensen op een participatiebaan", "Telt iedereen die u telt", "23"] in rows
    assert "Uw cijfer is dus hoogstens 23." in page
    assert "Kies „In gebruik nemen en meten” om het cijfer meteen te zien" in page


def test_a_district_in_the_preview_is_protected_as_everywhere(town, sign_in):
    take_part(town, crowd(town, 7))
    client = sign_in(town.connie)
    address = f"{NEW}?van=participation_jobs"
    looked = client.post(address, fields_of(client.get(address)) | LOOK)
    districts = next(
        rows for caption, rows in tables_of(looked).items() if caption.startswith("Per wijk")
    )
    assert dict(districts[1:]).get("Noord") in {"<10", "x"}
    assert "Voorbeeld van het cijfer 7 " not in words_of(looked)


def test_a_copy_with_a_district_less_is_protected_beside_its_whole(town, sign_in):
    jobs_in(town, 20, 3)
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {
        "districts": [str(town.north)],
        "table_history": HERE_EXAMPLE.format(district=town.north, organisation=town.garden),
    }
    looked = client.post(FORM, sent | LOOK)
    assert looked.status_code == 200, words_of(looked)
    assert "Voorbeeld van het cijfer x mensen op" in words_of(looked)
    assert client.post(FORM, sent | USE).status_code == 302
    assert catalogue_of(town.connie.municipality_id)[CODE].part_of == ()
    measure(town.connie, on=YEAR_END)
    shown = words_of(client.get(f"/beleid/indicator/{CODE}/"))
    assert "Tuinders" in shown
    assert " 20 " not in shown


def test_a_text_that_names_several_wholes_keeps_them_where_the_form_asks_for_one(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    [text] = fields_of(client.get(TEXT))["text"]
    several = f'part_of = ["participation_jobs", "taking_part"]\n{text}'
    assert client.post(TEXT, text_sent(town, several) | DRAFT).status_code == 302
    sent = fields_of(client.get(FORM))
    assert sent["part_of"] == ["participation_jobs"]
    assert client.post(FORM, sent | DRAFT).status_code == 302
    [text] = fields_of(client.get(TEXT))["text"]
    assert 'part_of = ["participation_jobs", "taking_part"]\n' in text
    sent = fields_of(client.get(FORM)) | {"part_of": "people_on_benefit"}
    assert client.post(FORM, sent | DRAFT).status_code == 302
    [text] = fields_of(client.get(TEXT))["text"]
    assert 'part_of = "people_on_benefit"\n' in text


def test_a_name_that_fits_no_table_is_not_kept_as_a_draft_either(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"name_nl": "m" * 5_000, "unit_en": "m" * 101}
    refused = client.post(FORM, sent | DRAFT)
    assert refused.status_code == 422
    assert "niet meer dan 200 tekens" in words_of(refused)
    assert "niet meer dan 100 tekens" in words_of(refused)
    assert len(own_indicator(town.connie, code=CODE).texts) == 1


@pytest.mark.parametrize("word", NAMES)
def test_every_word_begins_with_a_form_that_its_own_example_fits(town, sign_in, word):
    """What the form asks is what the reader knows: nothing is lost by sending it back."""
    client = sign_in(town.connie)
    address = f"{NEW}?woord={word}"
    sent = fields_of(client.get(address))
    for name in ("name", "question", "definition", "unit", "promise"):
        sent |= {f"{name}_nl": "Naam", f"{name}_en": "Name"}
    sent |= {"code": "brand_new", "document": "Begroting"}
    done = client.post(address, sent | USE)
    assert done.status_code == 302, words_of(done)
    made = catalogue_of(town.connie.municipality_id)["brand_new"]
    shipped = next(
        one for one in shipped_catalogue() if one.versions[-1].count.word == word
    ).versions[-1]
    assert made.versions[-1].count == shipped.count


SHARE = f"{NEW}?woord=share"
ASK = {"doen": "vragen"}


def test_another_group_of_a_share_has_other_questions_and_keeps_what_was_typed(town, sign_in):
    client = sign_in(town.connie)
    sent = fields_of(client.get(SHARE))
    assert "of_part_kind" in sent
    typed = {"name_nl": "Gesproken", "of_part_word": "people_with_event", "valid_from": "32-1"}
    asked = client.post(SHARE, sent | typed | ASK)
    assert asked.status_code == 200
    found = fields_of(asked)
    assert (found["name_nl"], found["valid_from"]) == (["Gesproken"], ["32-1"])
    assert found["of_part_word"] == ["people_with_event"]
    assert "of_part_event" in found
    assert 'name="of_part_months"' in asked.content.decode()
    assert "of_part_kind" not in found
    assert found["of_whole_word"] == sent["of_whole_word"]
    assert catalogue_of(town.connie.municipality_id).definitions.keys() == (
        shipped_catalogue().definitions.keys()
    )


def test_a_share_of_two_groups_is_made_with_the_form_and_counts(town, sign_in):
    jobs_in(town, 12, 15)
    client = sign_in(town.connie)
    sent = fields_of(client.get(SHARE))
    asked = {"of_whole_word": "people_in_state", "of_part_word": "people_started"}
    sent |= fields_of(client.post(SHARE, sent | asked | ASK))
    sent |= {f"{name}_{one}": "Naam" for name in TEXTS_ASKED for one in ("nl", "en")}
    sent |= {"code": "share_started", "document": "Begroting", "denominator_nl": "mensen"}
    sent |= {
        "denominator_en": "people",
        "of_whole_kind": "placement",
        "of_whole_states": ["active"],
        "of_whole_place_kinds": [],
        "of_part_months": "24",
        "of_part_organisations": [],
        "of_part_place_kinds": [],
        "table_history": SHARE_EXAMPLE,
        "on": "2024-12-31",
        "known_on": "",
        "value": "50",
        "part_part": "1",
        "part_whole": "2",
    }
    looked = client.post(SHARE, sent | LOOK)
    assert looked.status_code == 200, words_of(looked)
    assert client.post(SHARE, sent | USE).status_code == 302
    made = catalogue_of(town.connie.municipality_id)["share_started"]
    assert made.versions[-1].count == Share(
        PeopleStarted(24), PeopleInState(EntryKind.PLACEMENT, (PlacementState.ACTIVE,))
    )
    assert made.denominator.nl == "mensen"
    again = fields_of(client.get(f"{LIST}eigen/share_started/wijzigen/"))
    assert (again["of_part_word"], again["of_part_months"]) == (["people_started"], ["24"])


def test_a_mistake_in_a_group_stands_at_its_own_field(town, sign_in):
    client = sign_in(town.connie)
    sent = fields_of(client.get(SHARE))
    wrong = {"of_part_word": "people_with_event", "of_part_months": "900", "of_part_event": ""}
    answer = client.post(SHARE, sent | wrong | LOOK)
    assert answer.status_code == 422
    assert "of_part_months" in answer.context["form"].errors
    right = client.post(SHARE, sent | wrong | {"of_part_months": "3", "code": "half"} | LOOK)
    assert right.status_code == 422
    assert right.context["form"].errors["of_part_event"] == ["Vul dit in."]


def test_a_ratio_says_per_how_many_and_a_printed_one_asks_for_no_example(town, sign_in):
    client = sign_in(town.connie)
    ratio = fields_of(client.get(f"{NEW}?woord=ratio"))
    assert ratio["per"] == ["100"]
    printed = client.get(f"{NEW}?woord=printed")
    assert not [name for name in fields_of(printed) if name.startswith(("table_", "value"))]
    assert "Meedoen telt het niet" in words_of(printed)


@pytest.mark.parametrize("code", shipped_texts())
def test_every_indicator_of_the_package_goes_through_the_form_unchanged(town, sign_in, code):
    client = sign_in(town.connie)
    address = f"{NEW}?van={code}"
    sent = fields_of(client.get(address)) | {"code": "copied"}
    assert client.post(address, sent | DRAFT).status_code == 302
    card = own_indicator(town.connie, code="copied")
    copied, before = read_definition("copied.toml", card.newest.text), shipped_catalogue()[code]
    assert copied.versions == before.versions
    # Of several examples a copy keeps the one that the form shows.
    assert copied.examples == before.examples[-1:]
    for name in ("question", "definition", "unit", "measures", "level", "reference_date"):
        assert getattr(copied, name) == getattr(before, name)
    for name in ("direction", "source", "part_of", "breakdowns", "denominator"):
        assert getattr(copied, name) == getattr(before, name)


def test_filters_are_chosen_by_name(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    page = html.fromstring(client.get(FORM).content)
    names = page.xpath("//input[@name='districts']/following-sibling::label//text()")
    assert {"Noord", "Zuid"} <= {name.strip() for name in names}
    sent = fields_of(client.get(FORM)) | {
        "districts": [str(town.north)],
        "organisations": [str(town.petra.organisation_id)],
        "self_found": "true",
        "states": ["active"],
        "table_history": HERE_EXAMPLE.format(
            district=town.north, organisation=town.petra.organisation_id
        ),
    }
    assert client.post(FORM, sent | USE).status_code == 302
    count = catalogue_of(town.connie.municipality_id)[CODE].versions[0].count
    assert isinstance(count, PeopleInState)
    assert count.where.districts == (town.north,)
    assert count.where.organisations == (town.petra.organisation_id,)
    assert (count.where.self_found, len(count.states)) == (True, 1)


def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    table = "id | person | kind | starts\n1 | A | placement | gisteren"
    sent = fields_of(client.get(FORM)) | {
        "name_en": "",
        "states": [],
        "table_history": table,
        "document": "",
    }
    for pressed in (USE, LOOK):
        answer = client.post(FORM, sent | pressed)
        assert answer.status_code == 422
        said = words_of(answer)
        assert "Naam in het Engels \N{EN DASH} Vul dit in." in said
        assert "Bron \N{EN DASH} Vul dit in." in said
        assert (
            "In welke stand is de plaatsing? \N{EN DASH} Bij een plaatsing hoort de stand" in said
        )
        assert "Kleine geschiedenis \N{EN DASH} Regel 2: Starts: gisteren kan hier niet" in said
        assert "gisteren" in answer.content.decode()
    assert own_indicator(town.connie, code=CODE).newest.text == a_text()


def test_an_example_that_gives_another_figure_is_told_at_its_number(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    answer = client.post(FORM, fields_of(client.get(FORM)) | {"value": "5"} | USE)
    assert answer.status_code == 422
    assert "Het voorbeeld geeft 1, en hier staat 5." in words_of(answer)


def test_a_draft_with_mistakes_is_kept_and_says_what_is_left_to_do(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    answer = client.post(FORM, fields_of(client.get(FORM)) | {"name_en": ""} | DRAFT, follow=True)
    assert answer.redirect_chain == [(FORM, 302)]
    said = words_of(answer)
    assert "Bewaard als concept. Er wordt nog niets mee geteld." in said
    assert "Dit concept kan nog niet in gebruik: er moet 1 ding anders." in said
    assert CODE not in catalogue_of(town.connie.municipality_id).definitions


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "Code \N{EN DASH}"),
        ("Tuin Nieuw", "kleine letters"),
        ("volunteers", "is al van een andere"),
    ],
)
def test_a_code_that_cannot_be_is_refused(town, sign_in, code, said):
    client = sign_in(town.connie)
    address = f"{NEW}?van=volunteers"
    answer = client.post(address, fields_of(client.get(address)) | {"code": code} | DRAFT)
    assert answer.status_code == 422
    assert said in words_of(answer)


def test_a_rule_that_was_in_force_goes_on_with_a_later_version(town, sign_in):
    in_force(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"]}
    changed = client.post(FORM, sent | USE)
    assert changed.status_code == 422
    assert "in gebruik geweest, en is veranderd" in words_of(changed)
    later = client.post(FORM, sent | {"valid_from": "2025-06-01"} | USE)
    assert later.status_code == 302
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    assert [one.valid_from for one in definition.versions] == [date(2020, 1, 1), date(2025, 6, 1)]
    assert len(definition.versions[0].count.states) == 3


def test_a_figure_of_before_keeps_the_words_of_its_own_way_of_counting(town, sign_in):
    take_part(town, crowd(town, 12))
    in_force(town.connie)
    measure(town.connie, on=YEAR_END)
    [kept] = figures_of()
    client = sign_in(town.connie)
    renamed = {"name_nl": "Kwekers", "name_en": "Growers", "definition_nl": "Wie nu kweekt."}
    sent = fields_of(client.get(FORM)) | renamed
    later = client.post(FORM, sent | {"states": ["active"], "valid_from": "2025-06-01"} | USE)
    assert later.status_code == 302, words_of(later)
    # Once more other words, without another way of counting: only those of now change.
    sent = fields_of(client.get(FORM)) | {"name_nl": "Telers"}
    assert client.post(FORM, sent | USE).status_code == 302
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    assert definition.name.nl == "Telers"
    page = client.get(f"/beleid/cijfer/{kept.pk}/")
    assert html.fromstring(page.content).xpath("string(//h1)").strip() == "Tuinders"
    assert "Het aantal mensen op een participatiebaan." in words_of(page)
    assert "Wie nu kweekt." not in words_of(page)
    ways = words_of(client.get(f"/beleid/indicator/{CODE}/")).partition("Manieren van tellen")[2]
    now, then = ways.split("Vanaf 1 januari 2020")[:2]
    assert "Wie nu kweekt." in now
    assert "De naam was: Tuinders." in then
    assert "Het aantal mensen op een participatiebaan." in then


def test_a_new_way_of_counting_begins_after_what_stands_on_a_published_page(town, sign_in):
    goal = take_in(town, "1_1_3")["1.1.3"]
    take_part(town, crowd(town, 12))
    in_force(town.connie)
    link_indicator(town.connie, goal_id=goal, indicator=CODE)
    measure(town.connie, on=YEAR_END)
    measure(town.connie, on=YEAR_END + timedelta(days=31))
    publish(town.connie, goal_id=goal, on=YEAR_END)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"]}
    for day in ("2024-06-01", "2024-12-31"):
        for pressed in (USE, MEASURE, LOOK):
            answer = client.post(FORM, sent | {"valid_from": day} | pressed)
            said = words_of(answer)
            assert "Het cijfer van 31 december 2024 staat al in „1.1.3" in said
            assert "Kies een datum na 31 december 2024." in said
    assert len(catalogue_of(town.connie.municipality_id)[CODE].versions) == 1
    text = a_text(versions=VERSION + LATER.replace("2025-06-01", "2024-12-31"))
    answer = client.post(TEXT, text_sent(town, text) | USE)
    assert "het cijfer van 31 december 2024 staat al in" in words_of(answer)
    # A day that was only measured may be counted otherwise.
    done = client.post(FORM, sent | {"valid_from": "2025-01-01"} | USE)
    assert done.status_code == 302, words_of(done)


def test_a_new_version_before_the_day_of_the_old_example_can_be_made_with_the_form(town, sign_in):
    in_force(town.connie, a_text(example=EXAMPLE.replace("active | part", "paused | part")))
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"], "valid_from": "2025-06-01"}
    wrong = client.post(FORM, sent | USE)
    assert wrong.status_code == 422
    page = html.fromstring(wrong.content)
    assert page.xpath("//*[@id='id_value_error']")
    table = sent["table_history"][0].replace("paused", "active")
    # Kept as a draft meanwhile, the old example is still there.
    assert client.post(FORM, sent | {"value": "0"} | DRAFT).status_code == 302
    done = client.post(
        FORM, fields_of(client.get(FORM)) | {"table_history": table, "value": "1"} | USE
    )
    assert done.status_code == 302, words_of(done)
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    first, last = definition.versions
    assert [definition.version_of(one) for one in definition.examples] == [first, last]


def test_a_new_version_asks_for_an_example_of_its_own_in_the_form(town, sign_in):
    in_force(town.connie, a_text(example=EXAMPLE.replace("2025-12-31", "2025-02-28")))
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"], "valid_from": "2025-06-01"}
    asked = client.post(FORM, sent | USE)
    assert asked.status_code == 422
    assert "vanaf 1 juni 2025 heeft nog geen eigen voorbeeld" in words_of(asked)
    assert html.fromstring(asked.content).xpath("//*[@id='id_on_error']")
    done = client.post(FORM, sent | {"on": "2025-07-31"} | USE)
    assert done.status_code == 302, words_of(done)
    made = catalogue_of(town.connie.municipality_id)[CODE]
    assert [one.on for one in made.examples] == [date(2025, 2, 28), date(2025, 7, 31)]


def test_a_copy_that_counts_something_else_has_only_the_example_that_the_form_shows(town, sign_in):
    second = EXAMPLE.replace("2025-12-31", "2025-11-30")
    in_force(town.connie, a_text(example=second + EXAMPLE))
    client = sign_in(town.connie)
    address = f"{NEW}?van={CODE}"
    sent = fields_of(client.get(address)) | {"code": "copied", "place_kinds": ["volunteer_work"]}
    table = sent["table_history"][0].replace("2025-02-01", "2025-03-01")
    done = client.post(address, sent | {"table_history": table} | USE)
    assert done.status_code == 302, words_of(done)
    [example] = catalogue_of(town.connie.municipality_id)["copied"].examples
    assert example.on == date(2025, 12, 31)


def test_where_the_way_of_counting_changed_the_course_says_so(town, sign_in):
    people = crowd(town, 90)
    take_part(town, people[:40])
    take_part(town, people[40:], kind=PlaceKind.VOLUNTEER_WORK)
    in_force(town.connie)
    measure(town.connie, on=NEXT_YEAR_END)
    client = sign_in(town.connie)
    address = reverse("policy:indicator", args=[CODE])
    before = words_of(client.get(address))
    assert "tellen we anders" not in before
    assert "anders geteld" not in before
    sent = fields_of(client.get(FORM)) | {"valid_from": "2025-06-15"}
    sent |= {"place_kinds": ["participation_job", "volunteer_work"], "value": "2"}
    assert client.post(FORM, sent | USE).status_code == 302
    answer = client.get(address)
    said = words_of(answer)
    assert (
        "Vanaf 15 juni 2025 tellen we anders dan daarvoor. Vergelijk die twee aantallen dus niet "
        "zomaar."
    ) in said
    rows = tables_of(answer)["Cijfers: Tuinders"]
    assert [row[0] for row in rows if "vanaf hier anders geteld" in row[0]] == [
        "30 juni 2025 vanaf hier anders geteld"
    ]


# --- the text ------------------------------------------------------------------------------------


def test_what_the_form_wrote_is_the_text_and_the_other_way_round(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    client.post(FORM, fields_of(client.get(FORM)) | {"name_nl": "Telers"} | DRAFT)
    shown = fields_of(client.get(TEXT))
    assert 'nl = "Telers"' in shown["text"][0]
    changed = shown["text"][0].replace("Telers", "Kwekers")
    assert client.post(TEXT, shown | {"text": changed} | DRAFT).status_code == 302
    assert fields_of(client.get(FORM))["name_nl"] == ["Kwekers"]


def test_the_form_is_called_after_the_name_in_the_language_of_the_page(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    client.post(FORM, fields_of(client.get(FORM)) | {"name_en": "Growers"} | DRAFT)
    client.cookies["django_language"] = "en"
    assert "Change Growers" in words_of(client.get(FORM))


def test_every_mistake_stands_beside_its_line(town, sign_in):
    drafted(town.connie)
    wrong = a_text(example=EXAMPLE.replace("value = 1", "value = 3")).replace('"stock"', '"stok"')
    for pressed, status in ((USE, 422), (LOOK, 200)):
        answer = sign_in(town.connie).post(TEXT, text_sent(town, wrong) | pressed)
        assert answer.status_code == status
        page = html.fromstring(answer.content)
        lines = page.xpath("//li[@class='meedoen-source__wrong']")
        told = {line.xpath("string(code)"): line.xpath("string(strong)") for line in lines}
        assert '"stok" kan hier niet; kies uit: stock, flow' in told['measures = "stok"']
        assert page.xpath("string(//textarea[@name='text'])").strip() == wrong.strip()


def test_the_outcome_of_an_example_and_a_district_that_is_not_there_come_together(town, sign_in):
    drafted(town.connie)
    wrong = a_text(
        versions=VERSION + "districts = [4242]\n",
        example=EXAMPLE.replace("value = 1", "value = 3"),
    )
    said = words_of(sign_in(town.connie).post(TEXT, text_sent(town, wrong) | USE))
    assert "wijk 4242 bestaat niet; kies uit:" in said
    assert "het voorbeeld geeft 0, en hier staat 3" in said


def test_a_text_that_is_no_toml_is_mended_in_the_text_and_not_in_the_form(town, sign_in):
    drafted(town.connie, "code = [")
    client = sign_in(town.connie)
    answer = client.get(FORM, follow=True)
    assert answer.redirect_chain == [(TEXT, 302)]
    assert "Herstel hem eerst." in words_of(answer)
    assert "dit is geen geldig TOML" in words_of(answer)
    assert client.get(NEW, {"van": CODE}).status_code == 404
    assert client.get(OWN).status_code == 200


@pytest.mark.parametrize(
    ("version", "looked"),
    [
        ("count = 3", 422),
        ("valid_from = [1]\ncount = { word = 3 }", 422),
        ('count = { word = "events", event = 3 }', 200),
    ],
)
def test_a_draft_in_which_something_has_no_place_opens_in_the_form(town, sign_in, version, looked):
    in_force(town.connie)
    drafted(town.connie, f"[[versions]]\n{version}\n")
    client = sign_in(town.connie)
    assert client.get(NEW, {"van": CODE}).status_code == 200
    sent = fields_of(client.get(FORM)) | {"valid_from": "2025-06-01"}
    assert client.post(FORM, sent | LOOK).status_code == looked
    assert client.post(FORM, sent | DRAFT).status_code == 302


def test_a_preview_of_a_text_keeps_nothing(town, sign_in):
    take_part(town, crowd(town, 12))
    drafted(town.connie)
    seen = newest_of(town.connie)
    same = LATER.replace('["active"]', '["trial", "active", "paused"]')
    early = EXAMPLE.replace("2025-12-31", "2025-02-28")
    text = a_text(versions=VERSION + same, example=early + EXAMPLE)
    answer = sign_in(town.connie).post(TEXT, text_sent(town, text) | LOOK)
    assert answer.status_code == 200
    assert "Voorbeeld van het cijfer 12 mensen op" in words_of(answer)
    assert newest_of(town.connie) == seen


def test_of_two_who_change_a_text_the_second_is_told(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    for address in (FORM, TEXT):
        sent = fields_of(client.get(address))
        drafted(town.connie, a_text().replace("Tuinders", address))
        for pressed in (DRAFT, USE, MEASURE):
            answer = client.post(address, sent | pressed)
            assert answer.status_code == 422
            assert "Iemand anders heeft deze indicator net gewijzigd." in words_of(answer)


# --- the page of one -----------------------------------------------------------------------------


def test_the_page_tells_every_text_with_who_and_when_and_leads_to_it(town, sign_in):
    first = drafted(town.connie, a_text().replace("Tuinders", "Eerst zo"))
    in_force(town.connie)
    client = sign_in(town.connie)
    answer = client.get(OWN)
    [rows] = tables_of(answer).values()
    assert [row[1:3] for row in rows[1:]] == [
        ["In gebruik genomen", "Connie Testema"],
        ["Bewaard als concept", "Connie Testema"],
    ]
    earlier = client.get(TEXT, {"van": str(first)})
    assert "Eerst zo" in fields_of(earlier)["text"][0]
    assert fields_of(client.get(TEXT, {"van": "x"}))["text"][0].strip() == a_text().strip()


def test_connie_stops_with_one_and_its_figures_stay(town, sign_in):
    take_part(town, crowd(town, 12))
    in_force(town.connie)
    measure(town.connie, on=YEAR_END)
    client = sign_in(town.connie)
    sent = {"seen": newest_of(town.connie)}
    answer = client.post(OWN, sent, follow=True)
    assert "Deze indicator wordt vanaf vandaag niet meer geteld." in words_of(answer)
    assert "Eigen, gestopt" in words_of(answer)
    kept = Figure.objects.filter(indicator=CODE)
    before = kept.count()
    assert before
    assert client.get(f"/beleid/indicator/{CODE}/").status_code == 200
    again = client.post(OWN, sent)
    assert again.status_code == 422
    assert "niet in gebruik" in words_of(again)
    card = own_indicator(town.connie, code=CODE)
    assert [one.move for one in card.texts] == [TextMove.STOPPED, TextMove.PUT_IN_FORCE]
    measure(town.connie, on=NEXT_YEAR_END)
    # Days from before the end are still counted when somebody measures them later.
    assert kept.count() > before


def test_before_it_begins_and_after_it_stopped_no_figure_is_asked_for(town, sign_in):
    in_force(town.connie)
    client, address = sign_in(town.connie), reverse("policy:indicator", args=[CODE])
    early = client.get(address, {"on": "2019-12-31", "known_on": "2026-01-01"})
    assert early.status_code == 422
    assert "Op deze dag bestond deze indicator niet." in words_of(early)
    assert client.get(address, {"on": YEAR_END, "known_on": YEAR_END}).status_code == 200


def test_a_coach_is_told_that_one_has_not_begun(town, sign_in):
    begins = a_text("later", versions=VERSION.replace("2020-01-01", "2099-01-01"), example="")
    in_force(town.connie, begins + EXAMPLE.replace("2025-12-31", "2099-12-31"), "later")
    client = sign_in(town.anna)
    assert client.get(reverse("coach:figure_people", args=["later"])).status_code == 422


def test_stopping_without_saying_what_was_seen_is_refused(town, sign_in):
    in_force(town.connie)
    assert sign_in(town.connie).post(OWN, {"seen": ""}).status_code == 422
    assert own_indicator(town.connie, code=CODE).is_in_force


def test_every_word_that_the_form_knows_has_its_keys_a_name_and_parts():
    assert set(KEYS) == set(NAMES) == set(PARTS)
