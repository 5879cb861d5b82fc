"""What the frame around every page needs."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from meedoen.records.organisations.queries import Person
from meedoen.records.organisations.viewer import Viewer
from meedoen.web.shared.roles import MENU, ROLE_NAMES, MenuEntry


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
        "theme": {"root_class": settings.THEME_ROOT_CLASS, "css_url": settings.THEME_CSS_URL},
        "languages": [
            (code, translation.get_language_info(code)["name_local"].capitalize(), code == active)
            for code, _name in settings.LANGUAGES
        ],
        "product_version": version("meedoen"),
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


def _finds(viewer: Viewer, entry: MenuEntry) -> bool:
    if entry.role is not None and viewer.role is not entry.role:
        return False
    return entry.permission is None or viewer.may(entry.permission)


def _menu(request: HttpRequest, person: Person | None) -> list[MenuItem]:
    entries = {
        reverse(entry.page): str(entry.label)
        for entry in MENU
        if entry.permission is None or (person and _finds(person.viewer, entry))
    }
    # One page may lie under another: the longest address that fits is where we are.
    here = max((url for url in entries if request.path.startswith(url)), key=len, default="")
    return [MenuItem(url, label, current=url == here) for url, label in entries.items()]
