"""What changed of an organisation, its contacts and its locations, as lines of a time line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.directory.cards import ChangeCard
from meedoen.records.directory.queries import OrganisationPage
from meedoen.rules.vocabulary import ContactRole, OrganisationKind, SubjectKind
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.place_words import CONTACT_ROLE_NAMES
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import ORGANISATION_KINDS, Words, listed, mid_sentence

ENTERED: Mapping[SubjectKind, Words] = {
    SubjectKind.ORGANISATION: gettext_lazy("Organisatie ingevoerd"),
    SubjectKind.CONTACT: gettext_lazy("Contactpersoon ingevoerd"),
    SubjectKind.LOCATION: gettext_lazy("Locatie ingevoerd"),
}
CHANGED: Mapping[SubjectKind, Words] = {
    SubjectKind.ORGANISATION: gettext_lazy("Organisatie gewijzigd"),
    SubjectKind.CONTACT: gettext_lazy("Contactpersoon gewijzigd"),
    SubjectKind.LOCATION: gettext_lazy("Locatie gewijzigd"),
}

FIELDS: Mapping[str, Words] = {
    "name": gettext_lazy("Naam"),
    "kind": gettext_lazy("Soort"),
    "kvk_number": gettext_lazy("KVK-nummer"),
    "description": gettext_lazy("Omschrijving"),
    "website": gettext_lazy("Website"),
    "left_on": gettext_lazy("Doet niet meer mee vanaf"),
    "role": gettext_lazy("Waarvoor"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telefoon"),
    "starts_on": gettext_lazy("Sinds"),
    "ends_on": gettext_lazy("Contactpersoon tot"),
    "district_id": gettext_lazy("Wijk"),
    "street": gettext_lazy("Straat"),
    "house_number": gettext_lazy("Huisnummer"),
    "postal_code": gettext_lazy("Postcode"),
    "town": gettext_lazy("Plaats"),
    "bag_id": gettext_lazy("BAG-nummer"),
    "latitude": gettext_lazy("Breedte op de kaart"),
    "longitude": gettext_lazy("Lengte op de kaart"),
    "accessibility": gettext_lazy("Toegankelijkheid"),
    "accessibility_note": gettext_lazy("Over de toegankelijkheid"),
    "closed_on": gettext_lazy("Gesloten vanaf"),
}


def _day(value: str) -> str:
    return day_text(date.fromisoformat(value))


WORDS: Mapping[str, Callable[[Any], str]] = {
    "name": str,
    "kind": lambda code: str(ORGANISATION_KINDS[OrganisationKind(code)]),
    "kvk_number": str,
    "website": str,
    "left_on": _day,
    "role": lambda code: str(CONTACT_ROLE_NAMES[ContactRole(code)]),
    "starts_on": _day,
    "ends_on": _day,
    "closed_on": _day,
}
"""How a value is written, where it is told what it became; of the others only that they changed."""


def organisation_story(page: OrganisationPage) -> list[Item]:
    """Return what changed of an organisation and what belongs to it, newest first."""
    named = {one.location_id: one.name for one in page.locations}
    return [_item(change, named) for change in page.changes]


def _item(change: ChangeCard, locations: Mapping[int, str]) -> Item:
    title = str((CHANGED if change.before else ENTERED)[change.subject])
    if change.subject is SubjectKind.LOCATION and change.subject_id in locations:
        title = f"{title}: {locations[change.subject_id]}"
    return Item(
        day=timezone.localdate(change.changed_at),
        title=title,
        who=change.by or _("Meedoen zelf"),
        changed=" ".join(_lines(change)) if change.before else "",
        why=str(change.after.get("reason", "")),
    )


def _lines(change: ChangeCard) -> Iterator[str]:
    """Yield what became different; of somebody's own name or address only that it did."""
    hidden: Sequence[str] = [
        name
        for name in FIELDS
        if name in change.after and (name not in WORDS or change.after[name] is True)
    ]
    for name in FIELDS:
        if name in change.after and name not in hidden:
            yield _("%(label)s: %(after)s, was %(before)s.") % {
                "label": FIELDS[name],
                "after": _value(name, change.after[name]),
                "before": _value(name, change.before.get(name)),
            }
    if hidden:
        words = listed(mid_sentence(FIELDS[name]) for name in hidden)
        yield _("Gewijzigd: %(what)s.") % {"what": words}


def _value(name: str, value: Any) -> str:
    if value in (None, "", "9999-12-31"):
        return _("leeg")
    return WORDS[name](value)
