"""Where a postcode area or a district is, without asking anybody outside."""

import re

from django.utils.translation import gettext as _

from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.distance import Position

POSTCODE = re.compile(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?")
DISTRICT = re.compile(r"WK[0-9A-Z]{6}")


class UnknownAreaError(ActionRefusedError):
    """Nobody knows where this is; the message says so to whoever typed it, and what to do."""


def position_of(viewer: Viewer, *, near: str) -> Position:
    """Return the middle of a postcode area ("9711 AB", four digits count) or district (its code).

    Raises UnknownAreaError for what is neither, and for one whose middle is not known here.
    """
    text = near.strip()
    postcode = POSTCODE.fullmatch(text)
    if postcode:
        areas = PostcodeArea.objects.filter(municipality_id=viewer.municipality_id)
        return _position(areas.filter(digits=postcode[1]).first(), text)
    if DISTRICT.fullmatch(text.upper()):
        districts = District.objects.filter(municipality_id=viewer.municipality_id)
        return _position(districts.filter(code=text.upper()).first(), text)
    raise UnknownAreaError(
        _("“%(near)s” is geen postcode. Schrijf vier cijfers, met of zonder letters.")
        % {"near": text[:20]}
    )


def position_of_postcode(digits: str) -> Position:
    """Return the middle of a postcode area (four digits), in whatever municipality it is known.

    Raises UnknownAreaError.
    """
    return _position(PostcodeArea.objects.filter(digits=digits).order_by("pk").first(), digits)


def _position(row: PostcodeArea | District | None, text: str) -> Position:
    if row is None or row.latitude is None or row.longitude is None:
        raise UnknownAreaError(
            _("We weten niet waar %(near)s is. Kies een andere postcode of een wijk.")
            % {"near": text}
        )
    return Position(row.latitude, row.longitude)
