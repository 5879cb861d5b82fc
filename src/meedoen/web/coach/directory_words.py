"""What changed of an organisation, its contacts and its locations, as lines of a time line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from meedoen.records.directory.cards import ChangeCard
from meedoen.records.directory.queries import OrganisationPage
from meedoen.rules.vocabulary import ContactRole, OrganisationKind, SubjectKind
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.place_words import CONTACT_ROLE_NAMES
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import ORGANISATION_KINDS, Words, listed, mid_sentence

ENTERED: Mapping[SubjectKind, Words] = {
    SubjectKind.ORGANISATION: lazy("Organisatie ingevoerd"),
    SubjectKind.CONTACT: lazy("Contactpersoon ingevoerd"),
    SubjectKind.LOCATION: lazy("Locatie ingevoerd"),
}
CHANGED: Mapping[SubjectKind, Words] = {
    SubjectKind.ORGANISATION: lazy("Organisatie gewijzigd"),
    SubjectKind.CONTACT: lazy("Contactpersoon gewijzigd"),
    SubjectKind.LOCATION: lazy("Locatie gewijzigd"),
}

FIELDS: Mapping[str, Words] = {
    "name": lazy("Naam"),
    "kind": lazy("Soort"),
    "kvk_number": lazy("KVK-nummer"),
    "description": lazy("Omschrijving"),
    "website": lazy("Website"),
    "left_on": lazy("Doet niet meer mee vanaf"),
    "role": lazy("Waarvoor"),
    "email": lazy("E-mail"),
    "phone": lazy("Telefoon"),
    "starts_on": lazy("Sinds"),
    "ends_on": lazy("Contactpersoon tot"),
    "district_id": lazy("Wijk"),
    "street": lazy("Straat"),
    "house_number": lazy("Huisnummer"),
    "postal_code": lazy("Postcode"),
    "town": lazy("Plaats"),
    "bag_id": lazy("BAG-nummer"),
    "latitude": lazy("Breedte op de kaart"),
    "longitude": lazy("Lengte op de kaart"),
    "accessibility": lazy("Toegankelijkheid"),
    "accessibility_note": lazy("Over de toegankelijkheid"),
    "closed_on": lazy("Gesloten vanaf"),
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
