"""Footnotes, struck-out words and pictures in HTML never become part of a number."""

import pytest

from meedoen.rules.budget.reader import read_html
from tests.rules.budget.pages_of_our_own import as_html

HEADINGS = ["Behaald 2023", "Begroting 2024"]
GOOD = ["Aantal goed", "1", "2"]


def read(cell, *, name="Aantal A"):
    return read_html(as_html(HEADINGS, [[name, cell, "5"], GOOD]))


def shown(page):
    return [
        (row.indicator, [cell.value.shown for cell in row.columns])
        for row in page.indicators
        if not row.ambiguous
    ]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("400<sub>1</sub>", "hoger of lager"),
        ("4<sup>1</sup>00", "hoger of lager"),
        ("400<sup>123</sup>", "hoger of lager"),
        ("10<sup>3</sup>", "hoger of lager"),
        ("400<sup>a</sup>", "hoger of lager"),
        ("1<sup>2</sup> van de 9", "hoger of lager"),
        ("1<br>204", "met zekerheid"),
        ("1 <span>204</span>", "met zekerheid"),
        ("<b>1</b> <a href='#1'>204</a>", "met zekerheid"),
        ("4<sub>2</sub>00", "hoger of lager"),
        ("<del>380</del>400", "doorgehaald"),
        ("<s>380</s><ins>400</ins>", "doorgehaald"),
        ("<strike>380</strike> 400", "doorgehaald"),
        ('<span style="text-decoration: line-through">380</span>', "doorgehaald"),
        ("<ins>400</ins>", "later toegevoegd"),
        ('400<a href="#n1">1</a>', "tegen elkaar"),
        ('40<span class="note">1</span>', "tegen elkaar"),
        ('<span style="visibility:hidden">0</span>400', "tegen elkaar"),
        ("400<small>1</small>", "tegen elkaar"),
        ("4<label>0</label>0", "tegen elkaar"),
        ('400<a href="#n1">a</a>', "tegen elkaar"),
        ("<ruby>400<rt>1</rt></ruby>", "boven andere woorden"),
        ('<img src="400.png" alt="400">', "geen tekst"),
        ("<input value=400>", "geen tekst"),
        ("<svg><text>400</text></svg>", "geen tekst"),
        ("<select><option>400</select>", "geen tekst"),
        ("<textarea>400</textarea>", "geen tekst"),
        ("<button>400</button>", "geen tekst"),
        ("<script>document.write(400)</script>", "geen tekst"),
        ("<canvas>400</canvas>", "geen tekst"),
    ],
)
def test_a_row_with_a_cell_of_which_the_number_is_not_certain_is_refused(cell, why):
    page = read(cell)
    assert shown(page) == [("Aantal goed", ["1", "2"])]
    (refusal,) = page.refused
    assert why in refusal.why
    assert "Aantal A" in refusal.what
    assert refusal.where.startswith("regel ")
    assert refusal.what_to_do


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("4<b>0</b>0", "400"),
        ("<span>4</span><em>00</em>", "400"),
        ("<strong>400</strong>", "400"),
        ('<a href="/uitleg">400</a>', "400"),
        ('<span class="number">400</span>', "400"),
        ('400<a href="#n1">*</a>', "400*"),
        ("400<sup>*</sup>", "400*"),
        ("1.250<sup>1</sup>", "1.250\u00b9"),
        ('400 <sup><a href="#n1">12</a></sup>', "400 \u00b9\u00b2"),
        ("400<a href='#n1'><sup>(1)</sup></a>", "400\u207d\u00b9\u207e"),
        ("400<sup>[<a href='#n1'>1</a>]</sup>", "400\u207d\u00b9\u207e"),
        ("&ge; 12,5%<sup>1</sup>", "≥ 12,5%\u00b9"),
        ('<span hidden>9</span>400<input type="hidden" value="9" hidden>', "400"),
        ('4<span style="display: none">9</span>00', "400"),
        ("40<!-- 1 -->0", "400"),
        ("<p>400</p>", "400"),
    ],
)
def test_a_cell_of_which_the_number_is_certain_is_read(cell, text):
    page = read(cell)
    assert page.refused == ()
    assert shown(page)[0] == ("Aantal A", [text, "5"])


@pytest.mark.parametrize("tag", ["h4", "section", "ul", "dd", "blockquote", "pre"])
def test_blocks_in_a_cell_are_not_glued_together(tag):
    page = read(f"<{tag}>400</{tag}><{tag}>1</{tag}>")
    assert shown(page) == [("Aantal goed", ["1", "2"])]
    assert "400 1" in page.refused[0].what


@pytest.mark.parametrize(
    "name", ["Trede 1<sup>2</sup>", 'Aantal A<a href="#1">1</a>', "<del>Aantal</del> Getal"]
)
def test_a_row_with_a_name_that_is_not_certain_is_refused(name):
    page = read("400", name=name)
    assert shown(page) == [("Aantal goed", ["1", "2"])]
    assert len(page.refused) == 1


def test_an_ordinal_in_a_name_is_read_as_it_stands():
    assert shown(read("400", name="Aantal in het 1<sup>e</sup> kwartaal"))[0][0] == (
        "Aantal in het 1e kwartaal"
    )


@pytest.mark.parametrize(
    "heading", ["Behaald 202<sup>3</sup>", "<del>Behaald</del> 2023", "Behaald <img alt=2023>"]
)
def test_a_table_with_a_heading_that_is_not_certain_is_refused_as_a_whole(heading):
    page = read_html(as_html([heading, "Begroting 2024"], [GOOD]))
    assert page.indicators == ()
    (refusal,) = page.refused
    assert refusal.where.startswith("regel ")


def test_a_footnote_of_a_name_or_a_heading_leaves_their_words_certain():
    page = read_html(
        as_html(
            ["Behaald 2023<sup>1</sup>", "Begroting 2024"],
            [["Ton CO<sub>2</sub><sup>2</sup>", "1 204", "1&nbsp;300"]],
        )
    )
    assert page.refused == ()
    (row,) = page.indicators
    assert (row.indicator, [cell.year for cell in row.columns]) == ("Ton CO₂²", [2023, 2024])
    assert [cell.value.number for cell in row.columns] == [1204, 1300]


def test_a_mark_above_the_names_does_not_matter_when_it_is_only_a_picture():
    page = read_html(as_html(HEADINGS, [GOOD]).replace("<th></th>", "<th><img alt=''></th>"))
    assert shown(page) == [("Aantal goed", ["1", "2"])]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Zo'n 200<sup>1</sup> mensen", "Zo'n 200\u00b9 mensen"),
        ('Zo\'n 200<sup><a href="#1">12</a></sup> mensen', "Zo'n 200\u00b9\u00b2 mensen"),
        ('Nu 200<a href="#1"><sup>(1)</sup></a> mensen', "Nu 200\u207d\u00b9\u207e mensen"),
        ("Minder CO<sub>2</sub>", "Minder CO\u2082"),
        ("2024 was een jaar met minder CO<sub>2</sub>.", "2024 was een jaar met minder CO\u2082."),
        ("De 1<sup>e</sup> keer", "De 1e keer"),
        ('In 2024<a href="#1">[1]</a> en <ins>daarna</ins>', "In 2024[1] en daarna"),
        ('Zie doel <a href="/doel">1.1.1</a>.', "Zie doel 1.1.1."),
    ],
)
def test_a_footnote_in_a_text_stays_apart_from_the_number_before_it(markup, text):
    page = read_html(f"<h1>Doel 1.1 Titel</h1><p>{markup}</p>")
    assert page.refused == ()
    assert page.goals[0].sections[0].paragraphs == (text,)


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<p>Minstens <del>100</del> 200 mensen</p>", "doorgehaald"),
        ("<ul><li>Eerst</li><li>Minstens <s>100</s> 200</li></ul>", "doorgehaald"),
        ('<p>Minstens 200<a href="#1">1</a> mensen</p>', "tegen elkaar"),
        ("<p>Minstens 200<sup>a</sup> mensen</p>", "hoger of lager"),
        ("<p>Minstens <ruby>200<rt>1</rt></ruby> mensen</p>", "boven andere woorden"),
    ],
)
def test_a_text_of_which_the_words_are_not_certain_is_refused_with_its_place(markup, why):
    page = read_html(f"<h1>Doel 1.1 Titel</h1>\n{markup}\n<p>Goed.</p>")
    (refusal,) = page.refused
    assert why in refusal.why
    assert "200" in refusal.what
    assert refusal.where == "regel 2 van de HTML"


def test_a_footnote_never_becomes_part_of_the_code_of_a_goal():
    page = read_html("<h1>Begroting 2025</h1><h2>1.1.3<sup>1</sup> Meedoen</h2><p>Tekst.</p>")
    assert [goal.code for goal in page.goals] == []
    assert page.refused


def test_what_stands_after_the_end_of_the_page_is_read_as_browsers_show_it():
    table = as_html(HEADINGS, [["Aantal B", "7", "8"]])
    table = table[table.index("<table>") :]
    for end in ("</html>", "</body></html>", "</BODY>\n</HTML >", "</body>"):
        page = read_html(f"<html><body>{as_html(HEADINGS, [GOOD])}{end}{table}")
        assert [name for name, _ in shown(page)] == ["Aantal goed", "Aantal B"]
        assert page.refused == ()


def test_a_second_page_in_the_same_file_is_read_too():
    one = f"<!doctype html><html><body>{as_html(HEADINGS, [GOOD])}</body></html>"
    page = read_html(f"{one}\n{one.replace('1.1.3', '1.1.4')}")
    assert [goal.code for goal in page.goals] == ["1.1.3", "1.1.4"]
    assert [row.goal_code for row in page.indicators] == ["1.1.3", "1.1.4"]


def test_a_footnote_at_the_title_of_the_document_leaves_its_year():
    page = read_html("<h1>Begroting 2025<sup>1</sup></h1><h2>1.1.3 Meedoen</h2><p>Tekst.</p>")
    assert (page.refused, page.title) == ((), "Begroting 2025\u00b9")
    assert page.year == 2025


def test_a_footnote_at_the_code_of_a_second_goal_is_refused():
    page = read_html("<h2>1.1.3 Meedoen</h2><p>Tekst.</p>\n<h2>1.1.4<sup>1</sup> Ook</h2><p>T.</p>")
    (refusal,) = page.refused
    assert (refusal.where, "1.1.4" in refusal.what) == ("regel 2 van de HTML", True)
