"""What the frame around every page needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from meedoen.records.organisations.queries import Person
from meedoen.web.shared.roles import MENU, OPEN_PAGES, ROLE_NAMES

PRODUCT_VERSION = version("meedoen")


@dataclass(frozen=True, slots=True)
class ViewerFrame:
    """Who is signed in, as the header shows it."""

    name: str
    role: str
    role_name: str
    municipality_name: str
    organisation_name: str
    several_roles: bool


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the menu on this page."""

    url: str
    label: str
    current: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the header, menu, languages and theme for the templates."""
    person: Person | None = getattr(request, "person", None)
    active = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "viewer": _frame(person),
        "menu": _menu(request, person),
        "open_pages": _open_pages(request) if person else (),
        "theme": {"root_class": settings.THEME_ROOT_CLASS, "css_url": settings.THEME_CSS_URL},
        "languages": [
            (code, translation.get_language_info(code)["name_local"].capitalize(), code == active)
            for code, _name in settings.LANGUAGES
        ],
        "product_version": PRODUCT_VERSION,
    }


def _frame(person: Person | None) -> ViewerFrame | None:
    if person is None:
        return None
    return ViewerFrame(
        name=person.name,
        role=person.viewer.role,
        role_name=str(ROLE_NAMES[person.viewer.role]),
        municipality_name=person.municipality,
        organisation_name=person.organisation,
        several_roles=len(person.roles) > 1,
    )


def _menu(request: HttpRequest, person: Person | None) -> list[MenuItem]:
    if person is None:
        return _open_pages(request)
    entries = [entry for entry in MENU if person.viewer.may(entry.permission)]
    at = request.resolver_match.view_name if request.resolver_match else ""
    named = [reverse(entry.page) for entry in entries if at in entry.under]
    return _items(request, {reverse(entry.page): str(entry.label) for entry in entries}, *named)


def _open_pages(request: HttpRequest) -> list[MenuItem]:
    return _items(request, {reverse(page): str(label) for page, label in OPEN_PAGES})


def _items(request: HttpRequest, entries: Mapping[str, str], *named: str) -> list[MenuItem]:
    """Return the lines, with the one where we are: the one that is named, or else by address."""
    # One page may lie under another: the longest address that fits is where we are.
    fits = named or [url for url in entries if request.path.startswith(url)]
    here = max(fits, key=len, default="")
    return [MenuItem(url, label, current=url == here) for url, label in entries.items()]
