"""Forms come out accessible, with all errors at once."""

from typing import Any

from django.template.loader import render_to_string
from lxml import html

from tests.web.shared.samples import ConversationForm, FilterForm


def page(form: ConversationForm | FilterForm) -> Any:
    """Render a form as a page does: the summary, then the fields."""
    summary = render_to_string("forms/errors.html", {"form": form})
    return html.fromstring(f"<form>{summary}{form}</form>")


def one(tree: Any, path: str) -> Any:
    """Give the only element on this path."""
    (found,) = tree.xpath(path)
    return found


WRONG = {"channel": "visit", "hours": "90"}


def test_a_form_without_errors_has_no_summary() -> None:
    assert not page(ConversationForm()).xpath('//*[@role="alert"]')


def test_the_summary_shows_all_errors_and_leads_to_each_field() -> None:
    tree = page(ConversationForm(WRONG))
    summary = one(tree, '//*[@role="alert"]')
    links = [link.get("href", "").removeprefix("#") for link in summary.iter("a")]
    assert links == ["id_spoken_on", "id_rung_0", "id_hours", "id_agreed"]
    assert all(tree.xpath(f'//input[@id="{target}"]') for target in links)


def test_an_error_about_the_whole_form_is_in_the_summary() -> None:
    tree = page(ConversationForm(WRONG))
    assert "Schrijf bij een bezoek ook op" in one(tree, '//*[@role="alert"]').text_content()


def test_a_wrong_field_says_so_and_points_to_its_error() -> None:
    tree = page(ConversationForm(WRONG))
    field = one(tree, '//input[@name="hours"]')
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == "90", "what was typed stays"
    assert "utrecht-textbox--invalid" in (field.get("class") or "")
    error = one(tree, f'//*[@id="{field.get("aria-describedby")}"]')
    assert "40" in error.text_content()


def test_help_and_error_are_both_described_and_exist() -> None:
    tree = page(ConversationForm(WRONG))
    group = one(tree, '//fieldset[@role="radiogroup"]')
    described = (group.get("aria-describedby") or "").split()
    assert described == ["id_rung_helptext", "id_rung_error"]
    assert all(tree.xpath(f'//*[@id="{name}"]') for name in described)
    assert group.get("aria-invalid") == "true"


def test_choices_are_a_fieldset_with_a_legend_and_a_label_for_each() -> None:
    tree = page(ConversationForm())
    legends = [legend.text_content().split("(")[0].strip() for legend in tree.iter("legend")]
    assert legends == ["Hoe vaak komt u onder de mensen?", "Wat wil deze inwoner?"]
    for option in tree.xpath('//input[@type="radio" or @type="checkbox"]'):
        assert len(tree.xpath(f'//label[@for="{option.get("id")}"]')) == 1


def test_every_widget_has_the_class_of_the_design_system() -> None:
    tree = page(ConversationForm())
    classes = {
        field.get("name"): field.get("class", "").split()[0]
        for field in tree.xpath('//input[@type!="hidden"] | //select | //textarea')
    }
    assert classes == {
        "spoken_on": "utrecht-textbox",
        "channel": "utrecht-select",
        "rung": "utrecht-radio-button",
        "wishes": "utrecht-checkbox",
        "words": "utrecht-textarea",
        "hours": "utrecht-textbox",
        "agreed": "utrecht-checkbox",
    }


def test_hidden_fields_stay_hidden_and_without_a_label() -> None:
    tree = page(ConversationForm())
    assert one(tree, '//input[@name="secret"]').get("type") == "hidden"
    assert not tree.xpath('//label[@for="id_secret"]')


def test_optional_fields_say_so_but_a_line_of_filters_does_not() -> None:
    shown = page(ConversationForm()).text_content()
    assert shown.count("niet verplicht") == 2
    assert "niet verplicht" not in page(FilterForm()).text_content()


def test_a_day_is_written_for_the_calendar_of_the_browser() -> None:
    tree = page(ConversationForm({"spoken_on": "2026-03-03"}))
    field = one(tree, '//input[@name="spoken_on"]')
    assert (field.get("type"), field.get("value")) == ("date", "2026-03-03")


def test_typed_markup_stays_text() -> None:
    form = ConversationForm({"words": "</textarea><script>", "hours": '"><script>'})
    assert "<script>" not in str(form)
