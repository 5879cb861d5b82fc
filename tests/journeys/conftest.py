"""A real Chromium, that fails a test for any error on a page, and axe to look for barriers."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page

from meedoen.records.organisations.models import Account

# Playwright runs an event loop in the thread of the test; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Of the Debian package of that name: without a screen it takes a third less time.
CHROMIUM = "/usr/bin/chromium-headless-shell"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_SIZE = ["target-size", "color-contrast", "scrollable-region-focusable"]
OF_SIZE += ["link-in-text-block", "meta-viewport"]
RULES_OF_SIZE = {"type": "rule", "values": OF_SIZE}
FLAGS = ["--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-gpu"]
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# A click is done before the next page is there; a page that is being left says so.
SAY_WHEN_LEAVING = """
addEventListener("beforeunload", () => { document.documentElement.dataset.leaving = "yes" });
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) document.documentElement.dataset.leaving = "yes";
});
"""
# Only what a test tells of it: all that axe has looked at is long, and takes time to read back.
LOOK = """
async (rules) => {
  const runOnly = rules ?? globalThis.rulesToLookBy;
  const found = await axe.run(document, {runOnly, resultTypes: ["violations"], preload: false});
  // Where axe itself stumbles over a rule, it says no more than that it is not certain.
  const stumbled = found.incomplete.filter(({error}) => error);
  return [...found.violations, ...stumbled].map(({id, impact, nodes}) => (
    {id, impact, where: nodes.slice(0, 3).map((node) => node.target)}
  ));
}
"""
PATIENCE = 20
WHOLE = "document.readyState === 'complete' && !document.documentElement.dataset.leaving"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Take the browser of the machine; as root it cannot make a sandbox of its own."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Be a visitor in the Netherlands."""
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def visitor(request, browser: Browser, browser_context_args, live_server) -> Iterator["Visits"]:
    """Someone with a browser who goes to the site, as one member of the cast or another."""
    visits = Visits(browser, browser_context_args, live_server.url)
    visits.by_size = {"phone": RULES_OF_SIZE} if _goes_at_every_size(request.node) else {}
    yield visits
    visits.leave()


def _goes_at_every_size(item: pytest.Item) -> bool:
    """Tell whether the same journey goes on a desk too, where every rule is looked at."""
    sizes = [mark.args[1] for mark in item.iter_markers("parametrize") if mark.args[0] == "size"]
    return any(set(named) == set(SIZES) for named in sizes)


class Visits:
    """Visits to the site, each in a browser window of its own."""

    def __init__(self, browser: Browser, arguments: dict, address: str) -> None:
        self._browser, self._arguments, self._address = browser, arguments, address
        # By what rules axe looks at windows of a size; at the others by all.
        self.by_size: dict[str, object] = {}
        self._contexts = []
        self._errors: list[str] = []
        # A form that is refused, or a page that is not for somebody.
        self._meant = ["the server responded with a status of 4"]

    def open(self, size: str = "desktop", **arguments) -> Page:
        """Open a window that knows nothing yet; errors on its pages are kept."""
        width, height = SIZES[size]
        context = self._browser.new_context(
            **self._arguments,
            **arguments,
            base_url=self._address,
            viewport={"width": width, "height": height},
        )
        self._contexts.append(context)
        context.add_init_script(SAY_WHEN_LEAVING)
        rules = json.dumps(self.by_size.get(size, RULES))
        context.add_init_script(f"globalThis.rulesToLookBy = {rules};")
        context.add_init_script(_with_axe())
        page = context.new_page()
        # What the policy for content refuses is an error on the console too.
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        return page

    def expect_error(self, part: str) -> None:
        """Let pass what the console says about a fault that the test brings about."""
        self._meant.append(part)

    def _hear(self, message) -> None:
        meant = any(part in message.text for part in self._meant)
        if message.type == "error" and not meant:
            self._errors.append(message.text)

    def type_in(self, email: str, password: str, size: str = "desktop", **arguments) -> Page:
        """Open a window and sign in, as a person does."""
        page = self.open(size, **arguments)
        page.goto("/aanmelden/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Wachtwoord").fill(password)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        page.wait_for_url(lambda url: "/aanmelden/" not in url)
        return page

    def sign_in(self, email: str, size: str = "desktop", start: str = "/", **arguments) -> Page:
        """Open a window in which somebody is signed in already, where their day begins.

        Typing a password takes two pages more; the journeys that are about signing in do.
        """
        client = Client()
        client.force_login(Account.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        page = self.open(size, **arguments)
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self._address}]
        )
        page.goto(start)
        return page

    def leave(self) -> None:
        """Close every window, and fail for an error on any page."""
        for context in self._contexts:
            context.close()
        assert not self._errors, self._errors


@cache
def _with_axe() -> str:
    """Return a script that every page begins with, so that axe is not sent to each anew.

    The browser reads what is in the function only on the pages where axe is asked to look.
    """
    return f"globalThis.getAxeReady = () => {{ {AXE.read_text()} }};"


def wait_until_whole(page: Page) -> None:
    """Wait until the page that a click leads to has arrived, with its style sheet.

    The policy for content forbids what Playwright's own waiting for a condition does.
    """
    for _ in range(PATIENCE * 50):
        try:
            if page.evaluate(WHOLE):
                return
        except Error as error:
            # The question came just while one page made way for the next.
            if "context was destroyed" not in str(error) and "navigation" not in str(error):
                raise
        page.wait_for_timeout(20)
    raise AssertionError(f"{page.url} did not arrive in {PATIENCE} seconds")


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page, once it is whole: rule, weight and where.

    A journey that goes on a desk and on a telephone passes the same pages: on the telephone axe
    looks by the rules whose answer depends on the size.
    """
    wait_until_whole(page)
    page.evaluate("getAxeReady()")
    return _found(page)


def barriers_of_size(page: Page) -> list[str]:
    """Return what axe finds by the rules that depend on the size, on a page it looked at before."""
    return _found(page, RULES_OF_SIZE)


def _found(page: Page, rules: object = None) -> list[str]:
    # Without preloading, which fetches the style sheet once more for one rule about turning.
    found = page.evaluate(LOOK, rules)
    return [f"{one['id']} ({one['impact']}): {one['where']}" for one in found]
