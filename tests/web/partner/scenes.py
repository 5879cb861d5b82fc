"""What the tests on the desk of a partner share."""

import re
import uuid
from typing import Any

from lxml import html

from meedoen.records.places.models import Place
from meedoen.records.places.sign_up_actions import NewSignUp, sign_up
from tests.town import Town


def key_of_place(place_id: int) -> uuid.UUID:
    return Place.objects.get(pk=place_id).key


def headings_of(response: Any) -> list[str]:
    """Return the headings of the second level on a page, in order."""
    tree: Any = html.fromstring(response.content.decode())
    return [" ".join(one.text_content().split()) for one in tree.xpath("//main//h2")]


def show_interest(town: Town) -> uuid.UUID:
    """Let somebody show interest in the repair shop of De Werkplaats; return the place's key."""
    Place.objects.filter(pk=town.repair).update(is_public=True, open_to_sign_up=True)
    key = key_of_place(town.repair)
    sign_up(
        town.system,
        new=NewSignUp(place_key=key, name="Noor Probeer", contact="06 12345678", message="Graag!"),
    )
    return key


def sent_form(response: Any) -> dict[str, list[str]]:
    """Return what a browser sends when nothing is touched: hidden fields and checked choices."""
    text = response.content.decode()
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text.split("<main", 1)[1]):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        kind = given.get("type")
        if kind == "hidden" or (kind == "radio" and re.search(r"\bchecked\b", tag)):
            fields.setdefault(given["name"], []).append(given.get("value", ""))
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}
