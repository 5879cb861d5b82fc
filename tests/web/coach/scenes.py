"""What happened before a test begins, and how an answer is read."""

import re
import uuid
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

from django.urls import reverse

from meedoen.records.organisations import clock
from meedoen.records.people.actions import NewResident, register_all
from meedoen.records.placements.actions import NewPlacement, confirm_start, place_all
from meedoen.records.placements.models import Placement
from meedoen.rules.vocabulary import Channel
from tests.standing_town import kept
from tests.town import LONG_AGO, Person, Town

TALKED = date(2026, 3, 2)
NOBODY = uuid.UUID(int=0)
"""A key that belongs to nobody and nothing."""


def on(day: date) -> Any:
    """Live through noon of a day."""
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def address(name: str, key: object) -> str:
    return reverse(f"coach:{name}", args=[key])


def readable(response: Any) -> str:
    """Return the text of a page as one line, without markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def bare(response: Any, key: object) -> str:
    """Return a page without what differs at every request, and without the key it is about."""
    html = response.content.decode().replace(str(key), "KEY")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def hidden(response: Any, name: str) -> str:
    """Return what a page will send along in the hidden field with this name."""
    [field] = re.findall(rf'<input type="hidden" name="{name}"[^>]*>', response.content.decode())
    value = re.search(r'value="([^"]*)"', field)
    return value[1] if value else ""


@kept
def proposed(town: Town, person: Person | None = None, day: date = TALKED) -> uuid.UUID:
    """Propose someone (Roos) at the garden and return the placement's key."""
    with on(day):
        [placement_id] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=(person or town.roos_file).pseudonym_id,
                    place_id=town.garden,
                    proposed_on=day,
                )
            ],
        )
    return Placement.objects.visible_to(town.system).get(pk=placement_id).key


@kept
def started(town: Town, day: date = date(2026, 3, 9)) -> uuid.UUID:
    """Let Roos start at the garden and return the placement's key."""
    key = proposed(town)
    with on(day):
        confirm_start(town.petra, key=key, started_on=day)
    return key


@kept
def register_crowd(town: Town, count: int, *, after: int = 0) -> list[int]:
    """Register more people with Anna, skipping the first so many; return their pseudonyms' ids."""
    return register_all(
        town.system,
        residents=[
            NewResident(
                given_name=f"Verzonnen{at:03}",
                family_name="Figurant",
                birth_date=date(1980, 1, 1),
                bsn=number,
                district_id=town.north,
                coach_id=town.anna.membership_id or 0,
                benefit_starts_on=LONG_AGO,
            )
            for at, number in enumerate(_numbers(after + count)[after:], start=after)
        ],
    )


def _numbers(count: int) -> list[str]:
    """Return numbers that pass the eleven test; they begin with 99999, as test numbers do."""
    found: list[str] = []
    for candidate in range(999_991_000, 999_999_999):
        digits = [int(digit) for digit in str(candidate)]
        weighed = sum(
            digit * weight
            for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)
        )
        if weighed % 11 == 0:
            found.append(str(candidate))
        if len(found) == count:
            break
    return found


def talk_form(**changes: Any) -> dict[str, Any]:
    """Return the conversation form as a browser sends it, with what a test wants otherwise."""
    return {
        "held_on": "2026-03-02",
        "channel": Channel.HOME_VISIT.value,
        "story": "Wil graag in een tuin werken.",
        "wished_kinds": ["volunteer_work"],
        "interests": ["gardening"],
        "half_days": ["mon_morning", "tue_morning"],
        "whole_town": "on",
        "language_level": "2",
        "functional_limits": ["lifting"],
        "step": "save",
        **changes,
    }
