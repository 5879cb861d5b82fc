"""Figures quoted by reference: what can be asked, and every mistake with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.documents.quotes import (
    MOST_QUOTES,
    QuoteFault,
    around_quotes,
    filled,
    pieces,
    read_quotes,
)
from meedoen.rules.documents.words import QuotedKind

INDICATORS = ("participation_jobs", "participation_growth", "volunteers")
DISTRICTS = ("Noord", "Noord en Oost", "WK999001", "Zuid")


def read(text):
    return read_quotes(text, indicators=INDICATORS, districts=DISTRICTS)


@pytest.mark.parametrize(
    ("text", "kind", "on", "year", "district"),
    [
        ("{volunteers}", QuotedKind.ACHIEVED, None, None, ""),
        ("{ volunteers }", QuotedKind.ACHIEVED, None, None, ""),
        ("{volunteers 2025-12-31}", QuotedKind.ACHIEVED, date(2025, 12, 31), None, ""),
        ("{volunteers target 2026}", QuotedKind.AIMED, None, 2026, ""),
        ("{volunteers budgeted 2026}", QuotedKind.BUDGETED, None, 2026, ""),
        ("{volunteers forecast}", QuotedKind.FORECAST, None, None, ""),
        ("{volunteers district Noord}", QuotedKind.ACHIEVED, None, None, "Noord"),
        ("{volunteers district noord en  oost}", QuotedKind.ACHIEVED, None, None, "Noord en Oost"),
        (
            "{volunteers district wk999001 2025-12-31}",
            QuotedKind.ACHIEVED,
            date(2025, 12, 31),
            None,
            "WK999001",
        ),
    ],
)
def test_a_quote_says_what_is_asked(text, kind, on, year, district):
    found = read(f"Het waren er {text}.")
    [quote] = found.quotes
    assert found.mistakes == ()
    assert (quote.indicator, quote.kind) == ("volunteers", kind)
    assert (quote.on, quote.year, quote.district) == (on, year, district)
    assert (quote.start, quote.end) == (13, 13 + len(text))


@pytest.mark.parametrize(
    ("text", "fault", "near"),
    [
        ("{", QuoteFault.LOOSE_BRACE, ()),
        ("}", QuoteFault.LOOSE_BRACE, ()),
        ("{}", QuoteFault.EMPTY, ()),
        ("{  }", QuoteFault.EMPTY, ()),
        ("{jobs}", QuoteFault.UNKNOWN_INDICATOR, ("participation_jobs",)),
        ("{nothing}", QuoteFault.UNKNOWN_INDICATOR, ()),
        ("{volunteers doel 2026}", QuoteFault.UNKNOWN_WORD, ()),
        ("{volunteers 2025-02-30}", QuoteFault.NO_SUCH_DAY, ()),
        ("{volunteers 2025}", QuoteFault.UNKNOWN_WORD, ()),
        ("{volunteers target}", QuoteFault.YEAR_MISSING, ()),
        ("{volunteers budgeted x}", QuoteFault.UNKNOWN_WORD, ()),
        ("{volunteers district}", QuoteFault.UNKNOWN_DISTRICT, tuple(sorted(DISTRICTS))),
        ("{volunteers district West}", QuoteFault.UNKNOWN_DISTRICT, tuple(sorted(DISTRICTS))),
        ("{volunteers target 2026 forecast}", QuoteFault.DOES_NOT_GO_TOGETHER, ()),
        ("{volunteers target 2026 2025-12-31}", QuoteFault.DOES_NOT_GO_TOGETHER, ()),
        ("{volunteers forecast district Zuid}", QuoteFault.DOES_NOT_GO_TOGETHER, ()),
        ("{volunteers 2025-12-31 2024-12-31}", QuoteFault.DOES_NOT_GO_TOGETHER, ()),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_looks_like_it(text, fault, near):
    found = read(f"Eerst {{volunteers}}.\n\nDan {text} en nog iets.")
    [mistake] = found.mistakes
    assert (mistake.line, mistake.text, mistake.fault, mistake.near) == (3, text, fault, near)
    assert len(found.quotes) == 1


def test_every_mistake_is_told_at_once():
    found = read("{a} {b}\n{volunteers target}\n{")
    assert [(one.line, one.text) for one in found.mistakes] == [
        (1, "{a}"),
        (1, "{b}"),
        (2, "{volunteers target}"),
        (3, "{"),
    ]


def test_a_text_has_room_for_so_many_quotes_and_no_more():
    assert not read("{volunteers} " * MOST_QUOTES).mistakes
    [mistake] = read("{volunteers} " * (MOST_QUOTES + 1)).mistakes
    assert mistake.fault is QuoteFault.TOO_MANY


def test_a_filled_text_has_the_figures_in_the_place_of_the_quotes():
    text = "Van {volunteers} naar {participation_jobs target 2026}."
    quotes = read(text).quotes
    assert filled(text, quotes, ["12", "<10"]) == "Van 12 naar <10."
    with pytest.raises(RuntimeError):
        filled(text, quotes, ["12"])


@given(st.text(alphabet="{} \nab1-", max_size=60))
def test_a_text_falls_apart_in_pieces_and_nothing_is_lost(text):
    found = read(text)
    again = "".join(
        piece if isinstance(piece, str) else text[piece.start : piece.end]
        for piece in pieces(text, found.quotes)
    )
    assert again == text
    if not found.mistakes:
        around = list(pieces(text, found.quotes))
        assert list(around_quotes(text)) == [
            piece if isinstance(piece, str) else None for piece in around
        ]
    if "{" not in text and "}" not in text:
        assert (found.quotes, found.mistakes) == ((), ())
