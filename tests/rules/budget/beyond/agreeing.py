"""When a page is read as a careful person reads it."""

from meedoen.rules.budget.reader import why_no_rows
from tests.rules.budget.beyond.notation import reading, told_of


def agrees(page, given):
    """Compare a page with its reading; what is refused holds the words given, or nothing is."""
    assert told_of(page) == reading(given.reading)
    # That a page has no goal with a number is said of every page here.
    refused = [one for one in page.refused if not one.what.startswith("De teksten")]
    said = [f"{one.what} {one.why}".casefold() for one in refused]
    if not page.indicators:
        said.append(why_no_rows(page).casefold())
    assert [word for word in given.refused if word.casefold() not in " ".join(said)] == []
    if page.indicators and not given.refused:
        assert said == []
