"""What is asked of words and days about waiting lists; used by the actions."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.health import health_fault
from meedoen.rules.personal_numbers import holds_bsn

LONGEST_REASON = 300


def reason_faults(reason: str, *, needed: bool) -> Iterator[str]:
    """Say what is wrong with why somebody who is not the first gets a seat."""
    if needed and not reason.strip():
        yield _("Deze persoon staat niet bovenaan. Schrijf op waarom u toch deze persoon kiest.")
    if len(reason) > LONGEST_REASON:
        yield _("De reden is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}
    if holds_bsn(reason):
        yield _("In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg.")
    if fault := health_fault(reason):
        yield fault


def day_faults(day: date) -> Iterator[str]:
    """Say that a day is to come."""
    if day > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
