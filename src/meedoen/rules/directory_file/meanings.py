"""What the words in a cell mean: kinds, language levels, yes or no, money, addresses."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from meedoen.rules.files.cells import plain
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

_KINDS: Mapping[PlaceKind, tuple[str, ...]] = {
    PlaceKind.PARTICIPATION_JOB: (
        *("participatiebaan", "participatieplek", "participatieplaats", "werkervaringsplek"),
        *("participation job",),
    ),
    PlaceKind.VOLUNTEER_WORK: (
        *("vrijwilligerswerk", "vrijwilliger", "vrijwilligersplek", "vacature vrijwilliger"),
        *("volunteer", "volunteering", "volunteer work"),
    ),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: (
        *("activiteit in de buurt", "activiteit", "buurtactiviteit", "wijkactiviteit"),
        *("ontmoeting", "inloop", "neighbourhood activity", "activity"),
    ),
    PlaceKind.DAY_ACTIVITY: ("dagbesteding", "dagactiviteit", "day activity", "day care"),
    PlaceKind.SHELTERED_WSW: ("sociale werkvoorziening (wsw)", "sociale werkvoorziening", "wsw"),
    PlaceKind.SHELTERED_NEW: ("beschut werk", "nieuw beschut", "sheltered work"),
    PlaceKind.TRIAL: ("proefplaatsing", "proefplek", "trial", "trial placement"),
    PlaceKind.LANGUAGE_POINT: (
        *("taalpunt", "taalhuis", "taalcafé", "taalles", "taalactiviteit", "language point"),
        *("language cafe",),
    ),
    PlaceKind.TRAINING: ("scholing", "training", "cursus", "opleiding", "course"),
    PlaceKind.OTHER: ("iets anders", "anders", "overig", "overige", "other"),
}
_ORGANISATION_KINDS: Mapping[OrganisationKind, tuple[str, ...]] = {
    OrganisationKind.SUBSIDISED_INSTITUTION: (
        *("gesubsidieerde instelling", "instelling", "welzijnsorganisatie", "stichting"),
        *("subsidised institution", "charity", "foundation"),
    ),
    OrganisationKind.ASSOCIATION: ("vereniging", "club", "association"),
    OrganisationKind.PRIVATE_INITIATIVE: (
        *("initiatief van inwoners", "bewonersinitiatief", "burgerinitiatief", "initiatief"),
        *("particulier initiatief", "private initiative", "community group"),
    ),
    OrganisationKind.EMPLOYER: (
        *("werkgever", "bedrijf", "onderneming", "sociale onderneming", "employer", "company"),
    ),
    OrganisationKind.MUNICIPAL_TEAM: (
        *("team van de gemeente", "gemeente", "gemeentelijk team", "wijkteam"),
        *("municipal team", "municipality"),
    ),
}
_LEVELS = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6} | dict.fromkeys(
    ("0", "geen", "niet nodig", "nvt", "n.v.t.", "onder a1", "lager dan a1", "<a1", "none"), 0
)
_YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x", "openbaar", "public"})
_NO = frozenset({"nee", "n", "no", "false", "onwaar", "0", "niet openbaar", "intern"})
_FREE = frozenset({"gratis", "geen", "geen kosten", "nee", "vrij", "-", "free", "none", "0"})
_MONEY = re.compile(
    r"(?P<sign>€|eur)?\s*(?P<euros>\d{1,6})(?:[.,](?:(?P<cents>\d{2})|-))?(?!\w)\s*(?P<word>euro|€)?"
    r"\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_EACH = ("per ", "p.", "/")
_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Z]{2})", re.ASCII)
_NUMBER_BEHIND = re.compile(r"(.*\S)\s+(\d{1,5}(?:\s?[a-zA-Z])?(?:\s?-\s?\w{1,4})?)")

K = TypeVar("K", bound=StrEnum)


def _by_text(words: Mapping[K, Iterable[str]]) -> dict[str, K]:
    return {plain(text): kind for kind, texts in words.items() for text in (kind.value, *texts)}


_KIND_OF, _ORGANISATION_KIND_OF = _by_text(_KINDS), _by_text(_ORGANISATION_KINDS)


def place_kind(text: str) -> PlaceKind | None:
    """Return the kind of place that a text means; None when it means none."""
    return _KIND_OF.get(plain(text))


def organisation_kind(text: str) -> OrganisationKind | None:
    """Return the kind of organisation that a text means; None when it means none."""
    return _ORGANISATION_KIND_OF.get(plain(text))


def language_level(text: str) -> int | None:
    """Return the level of Dutch, 0 for under A1 to 6 for C2; None when the text means none."""
    return _LEVELS.get(text.casefold().strip())


def yes_or_no(text: str) -> bool | None:
    """Return what a text says; None when it says neither."""
    told = text.casefold().strip()
    return True if told in _YES else False if told in _NO else None


def cost(text: str) -> tuple[int, str]:
    """Return the cents for each time and what else is said, as it is written.

    Without an amount it is nought cents with the text as a note: “vrijwillige bijdrage”.
    """
    if text.casefold().strip() in _FREE:
        return 0, ""
    found = _MONEY.fullmatch(text.strip())
    if not found:
        return 0, text
    rest = found["rest"]
    if rest and not (found["sign"] or found["word"] or rest.casefold().startswith(_EACH)):
        # A number that counts something else: “12 lessen”.
        return 0, text
    return int(found["euros"]) * 100 + int(found["cents"] or 0), text if rest else ""


def postcode(text: str) -> str | None:
    """Return a Dutch postcode as `8011AB`; None when it is none."""
    found = _POSTCODE.fullmatch(text.upper().strip())
    return found[1] + found[2] if found else None


def split_street(text: str) -> tuple[str, str]:
    """Return the street and the house number of an address on one line; it may have none."""
    found = _NUMBER_BEHIND.fullmatch(text)
    return (found[1].rstrip(" ,"), found[2]) if found else (text, "")
