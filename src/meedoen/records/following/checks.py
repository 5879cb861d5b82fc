"""What may be written down about how a placement goes, and how it went on after it."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.models import Placement
from meedoen.rules.periods import add_months

LONGEST_TEXT = 500
FURTHEST_MONTHS = 24
"""How far ahead the next evaluation may be. Own choice, against slips of the year."""


def refuse(faults: Iterable[str]) -> None:
    """Raise ActionRefusedError with every fault at once, each once; nothing when there are none."""
    found = list(dict.fromkeys(faults))
    if found:
        raise ActionRefusedError(" ".join(found))


def text_faults(text: str) -> Iterator[str]:
    """Give what is wrong with words that somebody typed."""
    if len(text.strip()) > LONGEST_TEXT:
        yield _("Deze tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_TEXT}
    if fault := health_fault(text):
        yield fault


def day_faults(day: date, *, first: date, last: date | None = None) -> Iterator[str]:
    """Give what is wrong with a day on which something was talked over."""
    if day > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
    elif day < first:
        yield _("De datum ligt voor %(day)s. Kies die dag of een latere dag.") % {
            "day": first.strftime("%d-%m-%Y")
        }
    elif last is not None and day > last:
        yield _("De datum ligt na %(day)s, de laatste dag. Kies die dag of een eerdere dag.") % {
            "day": last.strftime("%d-%m-%Y")
        }


def ahead_faults(day: date, *, after: date) -> Iterator[str]:
    """Give what is wrong with a day for which the next time is planned."""
    if day <= after:
        yield _("De volgende keer moet na deze keer zijn. Kies een latere dag.")
    elif day > add_months(after, FURTHEST_MONTHS):
        yield _("De volgende keer ligt hoogstens twee jaar vooruit. Kijk of het jaartal klopt.")


def placements_by_key(viewer: Viewer, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Placement]:
    """Return the placements with these keys. Raises ActionRefusedError when one is not for them."""
    wanted = set(keys)
    rows = Placement.objects.visible_to(viewer).filter(key__in=wanted)
    found: dict[uuid.UUID, Placement] = {
        row.key: row for row in rows.select_related("place__organisation")
    }
    if len(found) < len(wanted):
        raise ActionRefusedError(_("Deze plaatsing bestaat niet of is niet voor u."))
    return found
