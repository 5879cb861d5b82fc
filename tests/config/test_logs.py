"""The log of the server tells what went wrong, and holds nothing to get in with."""

import logging
import logging.config
from importlib import import_module
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from tests.asked import link_about, owned_by_nell


@pytest.fixture
def lines():
    """What the server writes down, by the settings of the server."""
    text = StringIO()
    # The tests themselves are quiet: these are the settings that a server runs with.
    shipped = import_module("meedoen.config.settings").LOGGING
    wanted = shipped["handlers"]["console"]
    maker = logging.config.DictConfigurator(shipped | {"handlers": {}})
    for name, one in shipped.get("filters", {}).items():
        maker.config["filters"][name] = maker.configure_filter(dict(one))
    handler = maker.configure_handler(dict(wanted) | {"stream": text, "formatter": None})
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("checks", [False, True])
def test_a_link_that_still_holds_does_not_stand_in_the_log(town, lines, *, checks: bool) -> None:
    token = link_about(town, town.repair, owned_by_nell(town, town.repair))
    address = reverse("answer_place", args=[token])
    # A form with a mistake, and one that did not come from our page: both are written down.
    answer = Client(enforce_csrf_checks=checks).post(address, {"answer": "iets"})
    assert answer.status_code == (403 if checks else 422)
    logging.getLogger("meedoen").error("Internal Server Error: %s", address)
    assert "/antwoord/*/plek/" in lines.getvalue()
    assert token not in lines.getvalue()


def test_other_lines_stay_as_they_are(lines) -> None:
    logging.getLogger("meedoen").warning("%s van %d: 100%%", "Plek", 3)
    assert lines.getvalue().endswith("Plek van 3: 100%\n")
