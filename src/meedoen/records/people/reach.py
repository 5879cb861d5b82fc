"""Who was reached and who wants to be left alone, as conditions on a resident."""

from enum import StrEnum

from django.db.models import Q

from meedoen.records.organisations import clock
from meedoen.rules.periods import add_months


class Reach(StrEnum):
    """Whom to look for; all but the first and the last leave out who wants no contact now."""

    EVERYONE = "everyone"
    NEVER_SPOKEN = "never_spoken"
    NO_NEXT_STEP = "no_next_step"
    STEP_OVERDUE = "step_overdue"
    """The day on which contact was planned has passed."""
    NO_CONTACT = "no_contact"
    """Wants no contact, and the day to ask again has not come."""


def left_alone() -> Q:
    """Return the condition that a resident wants no contact and may not be asked again yet."""
    return Q(no_contact_until__isnull=False, no_contact_until__gt=clock.today())


def unspoken(months: int) -> Q:
    """Return the condition that nobody spoke with a resident for this many months, or never."""
    since = add_months(clock.today(), -months)
    return Q(last_spoken_on__isnull=True) | Q(last_spoken_on__lte=since)


def of_reach(reach: Reach) -> Q:
    """Return the condition that a resident is one of those to look for."""
    match reach:
        case Reach.EVERYONE:
            return Q()
        case Reach.NEVER_SPOKEN:
            return Q(last_spoken_on__isnull=True) & ~left_alone()
        case Reach.NO_NEXT_STEP:
            return Q(next_contact_on__isnull=True) & ~left_alone()
        case Reach.STEP_OVERDUE:
            return Q(next_contact_on__lt=clock.today()) & ~left_alone()
        case Reach.NO_CONTACT:
            return left_alone()
