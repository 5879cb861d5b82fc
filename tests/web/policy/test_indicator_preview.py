"""Looking at an own indicator while it is written: the way of counting is enough for that."""

from datetime import date

import pytest
from lxml import html

from meedoen.records.own_indicators.queries import own_indicator
from tests.records.figures.scenes import crowd, take_part
from tests.records.own_indicators.scenes import LATER, VERSION, a_text, drafted, in_force
from tests.web.policy.test_own_indicators import (
    ASK,
    CODE,
    DRAFT,
    FORM,
    LOOK,
    NEW,
    TEXT,
    USE,
    fields_of,
    text_sent,
)
from tests.web.public.reading import words_of

pytestmark = pytest.mark.django_db
JOBS = f"{NEW}?van=participation_jobs"
NOTHING_WRITTEN = {
    f"{name}_{language}": ""
    for name in ("name", "question", "definition", "unit", "promise")
    for language in ("nl", "en")
} | {"code": "", "document": "", "table_history": "", "value": ""}


def panel_of(answer):
    return html.fromstring(answer.content).xpath("//section[@data-preview]")[0]


def said_in(element) -> str:
    return " ".join(element.text_content().split())


def lacking(answer) -> dict[str, str]:
    """Return what stands under the preview, with the id of the field that it leads to."""
    links = panel_of(answer).xpath(".//a[starts-with(@href, '#')]")
    return {link.text_content(): link.get("href")[1:] for link in links}


def test_the_figure_is_there_before_any_text_is_written(town, sign_in):
    take_part(town, crowd(town, 12))
    client = sign_in(town.connie)
    answer = client.post(JOBS, fields_of(client.get(JOBS)) | NOTHING_WRITTEN | LOOK)
    assert answer.status_code == 200
    panel = panel_of(answer)
    assert "Voorbeeld van het cijfer" in said_in(panel)
    assert panel.xpath(".//*[@data-shown]/@data-shown") == ["Voorbeeld vernieuwd: 12 cijfer."]
    found = lacking(answer)
    assert found["Naam \N{EN DASH} Vul dit in."] == "id_name_nl"
    assert found["Bron \N{EN DASH} Vul dit in."] == "id_document"
    assert {"id_code", "id_unit_en", "id_table_history", "id_value"} <= set(found.values())
    assert {"id_name_en", "id_promise_nl", "id_promise_en"} <= set(found.values())
    page = html.fromstring(answer.content)
    assert set(found.values()) <= set(page.xpath("//form//@id"))
    assert not page.xpath("//*[@role='alert']")
    assert "klopt met wat u opschreef" not in said_in(panel)


def test_what_was_typed_stays_and_nothing_is_kept(town, sign_in):
    client = sign_in(town.connie)
    typed = NOTHING_WRITTEN | {"name_nl": "Half", "code": "half", "known_on": "32-1"}
    answer = client.post(JOBS, fields_of(client.get(JOBS)) | typed | LOOK)
    assert fields_of(answer)["name_nl"] == ["Half"]
    assert fields_of(answer)["known_on"] == ["32-1"]
    assert "id_known_on" in lacking(answer).values()
    assert own_indicator(town.connie, code="half") is None


def test_a_mistake_in_how_it_counts_stands_in_the_panel_and_at_its_field(town, sign_in):
    client = sign_in(town.connie)
    sent = fields_of(client.get(JOBS)) | NOTHING_WRITTEN | {"code": "half"}
    for wrong in ({"states": []}, {"valid_from": "32-1"}, {"states": [], "code": ""}):
        answer = client.post(JOBS, sent | wrong | LOOK)
        assert answer.status_code == 422
        assert "Er is nog geen voorbeeld. Dit moet eerst anders:" in said_in(panel_of(answer))
        field = "id_valid_from" if "valid_from" in wrong else "id_states_0"
        assert list(lacking(answer).values()) == [field]
        assert f'href="#{field}"' in answer.content.decode()


def test_putting_in_force_still_asks_for_everything(town, sign_in):
    client = sign_in(town.connie)
    sent = fields_of(client.get(JOBS)) | NOTHING_WRITTEN | {"code": "half"}
    answer = client.post(JOBS, sent | USE)
    assert answer.status_code == 422
    assert "Naam \N{EN DASH} Vul dit in." in words_of(answer)
    assert "Er is nog geen voorbeeld." not in said_in(panel_of(answer))


def test_who_tries_another_number_of_months_need_not_make_a_version_first(town, sign_in):
    in_force(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"]}
    answer = client.post(FORM, sent | LOOK)
    assert answer.status_code == 200
    assert "in gebruik geweest, en is veranderd" in said_in(panel_of(answer))


def test_a_worked_example_that_gives_another_figure_does_not_hold_up_the_preview(town, sign_in):
    take_part(town, crowd(town, 12))
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"value": "5"}
    answer = client.post(FORM, sent | LOOK)
    assert "12 mensen op" in said_in(panel_of(answer))
    assert "Het voorbeeld geeft 1, en hier staat 5." in " ".join(lacking(answer))


def test_of_a_text_too_the_way_of_counting_is_enough(town, sign_in):
    take_part(town, crowd(town, 12))
    drafted(town.connie)
    client = sign_in(town.connie)
    half = a_text().replace('"stock"', '"stok"').replace('nl = "Tuinders"\n', "")
    looked = client.post(TEXT, text_sent(town, half) | LOOK)
    assert looked.status_code == 200
    assert "12 mensen op" in said_in(panel_of(looked))
    assert "Wat, staat onder de tekst." in said_in(panel_of(looked))
    assert "stok" in html.fromstring(looked.content).xpath("string(//section[@data-wrong])")
    wrong = a_text().replace("people_in_state", "people_in_stat")
    answer = client.post(TEXT, text_sent(town, wrong) | LOOK)
    assert answer.status_code == 422
    assert '"people_in_stat" kan hier niet' in said_in(panel_of(answer))
    assert "Regel 3" in said_in(panel_of(answer))


def test_a_part_of_itself_and_a_district_that_is_not_there_show_no_figure(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    for wrong in (
        a_text(more=f'part_of = "{CODE}"'),
        a_text().replace("place_kinds = ", "districts = [4242]\nplace_kinds = ", 1),
    ):
        answer = client.post(TEXT, text_sent(town, wrong) | LOOK)
        assert answer.status_code == 422
        assert "Er is nog geen voorbeeld." in said_in(panel_of(answer))


def test_one_that_begins_later_has_no_figure_of_today(town, sign_in):
    drafted(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"valid_from": str(date(2099, 1, 1)), "name_nl": ""}
    assert client.post(FORM, sent | LOOK).status_code == 200
    assert client.post(FORM, sent | DRAFT).status_code == 302


def test_mistakes_are_said_in_the_words_of_the_form(town, sign_in):
    client = sign_in(town.connie)
    address = f"{NEW}?woord=people_with_event"
    sent = fields_of(client.get(address)) | {"code": "half", "breakdowns": ["organisation"]}
    answer = client.post(address, sent | USE)
    [said] = answer.context["form"].errors["breakdowns"]
    assert said == (
        "Mensen met een gesprek, poging of meting kan niet worden verdeeld naar Per organisatie. "
        "Kies uit: Per wijk."
    )


@pytest.mark.parametrize("word", ["share_fallen_back", "people_ended", "events", "share"])
def test_only_outcomes_that_can_occur_are_offered(town, sign_in, word):
    client = sign_in(town.connie)
    address = f"{NEW}?woord={word}"
    sent = fields_of(client.get(address)) | {"of_part_word": "people_with_event"}
    answer = client.post(address, sent | ASK)
    offered = {
        value: label
        for name, field in answer.context["form"].fields.items()
        if name.endswith("outcomes")
        for value, label in field.choices
    }
    if word in ("share_fallen_back", "people_ended"):
        assert {"died", "goal_reached"} <= set(offered)
        assert "no_show" not in offered
    else:
        assert list(offered) == ["reached", "no_answer", "no_show", "no_contact_wanted"]


def test_an_outcome_of_what_has_none_is_said_at_its_field(town, sign_in):
    client = sign_in(town.connie)
    address = f"{NEW}?woord=people_with_event"
    sent = fields_of(client.get(address)) | {"event": "conversation", "outcomes": ["reached"]}
    answer = client.post(address, sent | {"code": "half"} | USE)
    [said] = answer.context["form"].errors["outcomes"]
    assert said == "Dit kan alleen bij een poging. Laat dit leeg."


def test_that_a_way_of_counting_was_in_use_is_said_at_the_day_of_the_new_one(town, sign_in):
    in_force(town.connie)
    client = sign_in(town.connie)
    sent = fields_of(client.get(FORM)) | {"states": ["active"]}
    answer = client.post(FORM, sent | USE)
    [said] = answer.context["form"].errors["valid_from"]
    assert "een latere datum bij „Zo tellen we vanaf”" in said
    assert "valid_from" not in said


def test_a_mistake_that_the_form_does_not_show_says_where_it_is_in_words(town, sign_in):
    wrong = VERSION.replace("people_in_state", "people_in_stat") + LATER
    drafted(town.connie, a_text(versions=wrong))
    client = sign_in(town.connie)
    answer = client.post(FORM, fields_of(client.get(FORM)) | USE)
    said = " ".join(answer.context["form"].non_field_errors())
    assert "De manier van tellen vanaf 1 januari 2020, in de tekst: " in said
    assert "versions[1]" not in said


def test_the_page_promises_what_it_shows(town, sign_in):
    panel = said_in(panel_of(sign_in(town.connie).get(JOBS)))
    assert "Telt een cijfer in gebruik al precies deze mensen?" in panel
    assert "tussen welke aantallen uw cijfer dan ligt" in panel
