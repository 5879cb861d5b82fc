"""Referrals of the cast in Testveld, made through actions."""

import uuid
from collections.abc import Sequence
from datetime import date

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.drafts import NewReferral, Receiver, Told, draft_referral
from meedoen.records.referrals.models import Ask, Referral
from meedoen.records.referrals.sending import send_referral
from meedoen.rules.vocabulary import (
    ObtainedHow,
    ReferralAbout,
    Shared,
    Theme,
    Urgency,
)

ASKED = "Wil graag met de handen werken, twee ochtenden in de week."
WISHES = "Graag buiten bezig."


def told(name: str = "Sam Nepstra", **other) -> Told:
    """Return what a receiver is told, with all that sending asks."""
    facts = {"facts": {Shared.WISHES: WISHES, Shared.FUNCTIONAL_LIMITS: "Kan niet lang staan."}}
    given = {
        "name": name,
        "phone": "0600000000",
        "explanation": "Nodig om te kijken of deze plek past.",
        "told_how": ObtainedHow.SPOKEN,
        "told_on": clock.today(),
    }
    return Told(**(facts | given | other))


def new_referral(pseudonym_id: int | None, receivers: Sequence[Receiver], **other) -> NewReferral:
    """Return a referral about a known person that can be sent at once."""
    given = {
        "about": ReferralAbout.KNOWN_PERSON,
        "theme": Theme.PARTICIPATION,
        "urgency": Urgency.NORMAL,
        "asked": ASKED,
        "pseudonym_id": pseudonym_id,
        "receivers": receivers,
        "told": told(),
        "agreed_on": clock.today(),
        "agreed_how": ObtainedHow.SPOKEN,
        "names_after_yes": len(receivers) > 1,
    }
    return NewReferral(**(given | other))


def question(receivers: Sequence[Receiver], **other) -> NewReferral:
    """Return a question without a person."""
    given = {
        "about": ReferralAbout.QUESTION,
        "theme": Theme.COMPANY,
        "asked": "Heeft u plaats voor iemand op dinsdagmiddag?",
        "receivers": receivers,
    }
    return NewReferral(**(given | other))


def sent(viewer: Viewer, new: NewReferral) -> uuid.UUID:
    """Draft and send a referral; return its key."""
    key = draft_referral(viewer, new=new)
    send_referral(viewer, key=key)
    return key


def row_of(town, key: uuid.UUID) -> Referral:
    """Return the row of a referral as it is now."""
    return Referral.objects.visible_to(town.system).get(key=key)


def asks_of(town, key: uuid.UUID) -> list[Ask]:
    """Return the receivers of a referral in the order in which they were asked."""
    rows = Ask.objects.visible_to(town.system).filter(referral__key=key)
    return list(rows.select_related("organisation").order_by("pk"))


def moestuin(town) -> Receiver:
    """Return De Moestuin as a receiver."""
    return Receiver(organisation_id=town.petra.organisation_id)


def werkplaats(town) -> Receiver:
    """Return De Werkplaats as a receiver."""
    return Receiver(organisation_id=town.otto.organisation_id)


def in_days(days: int) -> date:
    """Return a day that lies so many days ahead."""
    return date.fromordinal(clock.today().toordinal() + days)
