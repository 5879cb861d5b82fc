"""The frame, the components and the error pages stand on their own."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from lxml import html

import meedoen.web
from tests.web.shared import samples

TEMPLATES = Path(str(meedoen.web.__file__)).parent / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


def test_there_are_templates() -> None:
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_read_by_the_engine(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_style_or_script_inside_and_no_foreign_host(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_no_context_and_says_what_to_do(name: str) -> None:
    tree: Any = html.fromstring(render_to_string(name))
    (heading,) = tree.xpath("//main//h1")
    assert heading.text_content().strip()
    assert len(tree.xpath("//main//p")) >= 3
    assert tree.xpath("//main//a/@href") == ["/"]


def test_the_page_of_components_has_unique_ids_and_one_heading_of_the_first_level() -> None:
    tree: Any = html.fromstring(render_to_string("shared/components.html", samples.components()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath('//nav//a[@aria-current="page"]')[0].text_content() == "Vandaag"


def test_a_theme_gives_its_class_and_its_style_sheet_after_ours() -> None:
    frame = samples.frame(theme={"root_class": "eigen-theme", "css_url": "/static/eigen.css"})
    tree: Any = html.fromstring(render_to_string("base.html", frame))
    assert tree.get("class") == "utrecht-root eigen-theme"
    sheets = tree.xpath('//link[@rel="stylesheet"]/@href')
    assert sheets[-1] == "/static/eigen.css"
    assert settings.STATIC_URL in sheets[0]


def test_without_a_second_page_there_is_no_pagination() -> None:
    page = {"number": 1, "pages": 1, "previous": None, "next": None}
    assert not render_to_string("components/pagination.html", {"page": page}).strip()


def test_pagination_keeps_the_filters_in_its_links() -> None:
    page = {"number": 2, "pages": 3, "previous": 1, "next": 3}
    context = {"page": page, "query": "?wijk=noord&page="}
    tree: Any = html.fromstring(render_to_string("components/pagination.html", context))
    assert tree.xpath("//a/@href") == ["?wijk=noord&page=1", "?wijk=noord&page=3"]


def test_a_fact_without_a_value_says_so() -> None:
    facts = [("Telefoon", ""), ("Uren", 0)]
    tree: Any = html.fromstring(render_to_string("components/facts.html", {"facts": facts}))
    assert [value.text_content() for value in tree.iter("dd")] == ["niet ingevuld", "0"]
