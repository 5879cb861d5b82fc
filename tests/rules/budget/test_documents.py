"""From the bytes of a file to a page, or to every reason why it is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.rules.budget.decoding import LARGEST_PAGE
from meedoen.rules.budget.page import Page
from meedoen.rules.budget.reader import UnreadablePageError, read_document, read_html, read_page
from tests.rules.budget.pages_of_our_own import demo_text, html_page

TEXT = demo_text("budget_1_1_3.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_occur(encoding):
    assert read_document(TEXT.encode(encoding)) == read_page(TEXT)


def test_line_ends_of_windows_make_no_difference():
    assert read_document(TEXT.replace("\n", "\r\n").encode()) == read_page(TEXT)


def test_html_is_recognised_by_its_look():
    markup = html_page("1_1_3.html")
    assert read_document(markup.encode()) == read_html(markup)
    assert read_document(b"<p>Doel 1.1 Titel</p>").goals[0].title == "Titel"


def test_a_text_that_begins_with_a_bound_is_no_html():
    assert read_document(b"< 410 eind 2020\n\nDoel 1.1 A > B").goals[0].title == "A > B"


def test_an_address_on_the_first_line_is_no_part_of_the_page():
    page = read_page("https://voorbeeld.invalid/p1/doel\nDoel 1.1 Titel")
    assert (page.title, page.above) == ("Doel 1.1 Titel", ())


def test_xml_with_a_declared_encoding_is_read():
    page = read_html(
        '<?xml version="1.0" encoding="iso-8859-1"?><html><h1>Doel 1.1 Één</h1></html>'
    )
    assert page.goals[0].title == "Één"


def test_an_entity_of_another_file_is_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    page = read_html(
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">]><h1>Doel 1.1 T</h1><p>&a;</p>'
    )
    assert "geheim" not in str(page)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "leeg"),
        (b" \r\n\t ", "leeg"),
        (b"Doel 1.1 Titel\0", "nul-byte"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"PK\x03\x04 ...", "werkmap"),
        ("Doel 1.1".encode("utf-16")[:-1], "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bewaar het als xlsx"),
        (b"Doel 1.1\n" * 100_002, "100002 regels"),
        (b"{\\rtf1 Doel}", "rtf"),
        (b"Doel 1.1 Titel\n\x01", "regel 2"),
        (b"Doel 1.1 Titel\n\x81\xfe", "Regel 2"),
        (b"a" * (LARGEST_PAGE + 1), str(LARGEST_PAGE)),
    ],
)
def test_a_file_that_is_no_page_is_an_error_that_says_what_is_wrong(raw, problem):
    with pytest.raises(UnreadablePageError, match=problem):
        read_document(raw)


def test_all_problems_of_a_file_are_told_at_once():
    with pytest.raises(UnreadablePageError) as caught:
        read_document(b"\0" * (LARGEST_PAGE + 1))
    assert len(caught.value.problems) == 2


def test_html_that_is_nested_without_end_is_refused_and_not_cut_off():
    with pytest.raises(UnreadablePageError, match="niet tot het einde"):
        read_html("<div>" * 10_000 + "<h1>Doel 1.1 Titel</h1>")


WORDS = ["Doel 1.1 Titel", "1.1.3 Meedoen", "Indicatoren", "Criteria", "• punt", "ga terug"]
HEADINGS = ["Begroting 2025", "Behaald 2022", "Begroting", "2024", "Resultaat in 2024"]
CELLS = ["Aantal A", "Aantal B", "12", "-", "n.n.b.", "2017: 57", "88 x", "a\tb\t1", "a\t2"]
TAGS = ["<table>", "<tr>", "<td rowspan=2>", "<th colspan=3>", "</table>", "<li>", "<h2>", "<br>"]
PIECES = st.sampled_from([*WORDS, *HEADINGS, *CELLS, *TAGS])
ANYTHING = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("\n\n".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("\n".join),
)


def read_or_refuse(read, source):
    """Read, and see to it that nothing comes back without a goal or a reason."""
    try:
        page = read(source)
    except UnreadablePageError as error:
        return bool(error.problems)
    return isinstance(page, Page) and bool(page.goals or page.refused)


@given(ANYTHING)
@settings(deadline=None)
def test_any_text_is_read_or_refused(text):
    assert read_or_refuse(read_page, text)


@given(ANYTHING)
@settings(deadline=None)
def test_any_markup_is_read_or_refused(markup):
    assert read_or_refuse(read_html, markup)


@given(st.one_of(st.binary(max_size=200), ANYTHING.map(lambda text: text.encode(errors="replace"))))
@settings(deadline=None)
def test_any_file_is_read_or_refused(raw):
    assert read_or_refuse(read_document, raw)
