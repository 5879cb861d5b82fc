"""axe looks at every address of the access table, for every role that gets to see it."""

import pytest

from tests.journeys.conftest import barriers
from tests.town import PASSWORD
from tests.web.test_access_table import EVERYONE, TABLE, addresses

__all__ = ["addresses"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGE = {"health", "security_txt", "set_language", "account_logout", "coach:places"}
# A file that is fetched, or a part of a page.
NO_PAGE |= {"coach:plan_pdf", "resident:plan_pdf", "coach:caseload_export"}
NO_PAGE |= {"coach:import_report", "coach:import_progress", "coach:draft"}
# Data for other software.
NO_PAGE |= {name for name in TABLE if name.startswith("api:")}
NO_GET = "405"
ROLES = ["anna", "lea", "petra", "roos", "connie", "suus", "priya", "ab"]
SHARED = {"choose_role", "mfa_index", "account_change_password", "mfa_activate_totp"}


@pytest.fixture
def town(transactional_db):
    from tests.town import build_town

    return build_town()


def for_role(who: str) -> list[str]:
    """The pages of this role; what everyone has is looked at once, as the coach."""
    return [
        name
        for name, words in TABLE.items()
        if who in words.split()
        and name not in NO_PAGE
        and not {"404", NO_GET} & set(words.split())
        and (name not in SHARED or who == "anna")
    ]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing_for_any_role(town, addresses, visitor, size):
    found = []
    for who in ROLES:
        page = visitor.sign_in(f"{who}@example.org", PASSWORD, size)
        for name in for_role(who):
            page.goto(addresses[name])
            found += [f"{who} at {name}: {barrier}" for barrier in barriers(page)]
            found += too_wide(page, f"{who} at {name}")
    page = visitor.open(size)
    for name, words in TABLE.items():
        if words == EVERYONE and name not in NO_PAGE:
            page.goto(addresses[name])
            found += [f"anyone at {name}: {barrier}" for barrier in barriers(page)]
            found += too_wide(page, f"anyone at {name}")
    page.goto("/bestaat-niet/")
    found += barriers(page)
    assert not found, "\n".join(found)


def too_wide(page, where: str) -> list[str]:
    """A page never scrolls sideways; only a table within its frame does."""
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{where}: {excess} px too wide"] if excess > 0 else []
