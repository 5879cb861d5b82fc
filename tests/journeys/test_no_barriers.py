"""axe looks at every address of the access table, for every role that gets to see it."""

from datetime import UTC, datetime

import pytest
import time_machine

from meedoen.web.shared.roles import START
from tests.journeys.busy_town import TODAY, pages_of
from tests.journeys.conftest import SIZES, barriers, barriers_of_size
from tests.web.test_access_table import EVERYONE, TABLE, addresses

__all__ = ["addresses"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGE = {"health", "security_txt", "set_language", "account_logout", "coach:places"}
# A file that is fetched, or a part of a page.
NO_PAGE |= {"coach:plan_pdf", "resident:plan_pdf", "coach:agreement_pdf", "coach:caseload_export"}
NO_PAGE |= {"coach:explanation_pdf", "resident:explanation_pdf", "policy:document_pdf"}
NO_PAGE |= {"public:page_table_csv", "public:page_table_xlsx"}
NO_PAGE |= {"public:page_csv", "public:page_xlsx", "public:page_pdf", "public:page_text"}
NO_PAGE |= {"public:page_json", "public:page_description", "public:catalogue"}
NO_PAGE |= {"coach:import_report", "coach:import_progress", "coach:draft"}
NO_PAGE |= {"coach:directory_import_progress", "coach:division_progress"}
# Data for other software.
NO_PAGE |= {name for name in TABLE if name.startswith("api:")}
NO_PAGE |= {"public:place_calendar", "public:algorithm_entry", "public:algorithm_entries"}
NO_GET = "405"
# Pale words, and a picture that says nothing.
SPOIL = """
() => {
  const [words, picture] = ["p", "img"].map((name) => document.createElement(name));
  [words.textContent, words.style.color, words.style.background] = ["Bleek", "#ccc", "#fff"];
  picture.src = "/static/images/mark.svg";
  document.querySelector("main").append(words, picture);
}
"""
# Axe cannot tell any more how much contrast is enough.
TRIP = "axe.configure({checks: [{id: 'color-contrast', options: {ignorePseudo: true}}]})"
DESK, PHONE = ({"width": SIZES[one][0], "height": SIZES[one][1]} for one in ("desktop", "phone"))
ROLES = ["anna", "lea", "petra", "pia", "roos", "connie", "suus", "priya", "ab"]
ANYONE = "anyone"


@pytest.fixture
def town(transactional_db):
    from tests.town import build_town

    return build_town()


def for_role(who: str) -> list[str]:
    """The pages of this role; what others have too is looked at once, as the first of them.

    Where each begins is looked at for all: the menu and the head of the page are their own.
    """
    if who == ANYONE:
        return [name for name, words in TABLE.items() if words == EVERYONE and name not in NO_PAGE]
    before = set(ROLES[: ROLES.index(who)])
    return [
        name
        for name, words in TABLE.items()
        if who in words.split()
        and name not in NO_PAGE
        and not {"404", NO_GET} & set(words.split())
        and (name in START.values() or not before & set(words.split()))
    ]


def answer_of(name: str) -> int:
    """What a page answers that says why something cannot be done as it stands, and any other."""
    return 409 if "409" in TABLE[name].split() else 200


@pytest.mark.parametrize("size", SIZES)
def test_what_is_wrong_on_a_page_is_found_and_so_is_a_rule_that_axe_stumbles_over(visitor, size):
    page = visitor.open(size)
    page.goto("/toegankelijkheid/")
    assert not barriers(page)
    page.evaluate(SPOIL)
    whole = ["color-contrast", "image-alt"] if size == "desktop" else ["color-contrast"]
    assert sorted(one.split()[0] for one in barriers(page)) == whole
    page.goto("/toegankelijkheid/")
    assert not barriers(page)
    page.evaluate(TRIP)
    assert [one.split()[0] for one in barriers_of_size(page)] == ["color-contrast"]


@pytest.mark.parametrize("roles", [["anna"], [*ROLES[1:], ANYONE]], ids=["coach", "others"])
def test_axe_finds_nothing_for_any_role(town, addresses, visitor, roles):
    """On a desk everything; the same page made narrow once more for what depends on its size."""
    found = []
    for who in roles:
        page = visitor.open() if who == ANYONE else visitor.sign_in(f"{who}@example.org", "desktop")
        for name in for_role(who):
            found += looked_at(page, addresses[name], who, status=answer_of(name))
        if who == ANYONE:
            found += looked_at(page, "/bestaat-niet/", who, status=404)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_much_happened(town, visitor):
    """What the table shows empty or leads elsewhere, shown with what a year brings."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    found, elsewhere = [], []
    with time_machine.travel(now):
        for who, known in pages_of(town, now).items():
            page = visitor.sign_in(f"{who}@example.org", "desktop")
            for address in known:
                found += looked_at(page, address, who)
                elsewhere += [] if page.url.endswith(address) else [f"{address}: {page.url}"]
    assert not found, "\n".join(found)
    assert not elsewhere, "\n".join(elsewhere)


def looked_at(page, address: str, who: str, *, status: int = 200) -> list[str]:
    page.set_viewport_size(DESK)
    answered = page.goto(address).status
    found = [] if answered == status else [f"answers {answered}"]
    found += [*barriers(page), *too_wide(page)]
    page.set_viewport_size(PHONE)
    found += [f"narrow: {one}" for one in (*barriers_of_size(page), *too_wide(page))]
    return [f"{who} at {address}: {one}" for one in found]


def too_wide(page) -> list[str]:
    """A page never scrolls sideways; only a table within its frame does."""
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{excess} px too wide"] if excess > 0 else []
