"""What somebody with a link sees of a referral: only as long as there is something to answer."""

from meedoen.records.links.opening import HeldLink
from meedoen.records.links.state import LinkProblem
from meedoen.records.referrals.models import Ask
from meedoen.records.referrals.queries import ReceivedCard, received_by_id
from meedoen.records.referrals.reach import asked_for


def asked_referral(held: HeldLink) -> ReceivedCard | LinkProblem:
    """Return the referral that a link asks about, or why it cannot be answered any more."""
    card = _card(held)
    return LinkProblem.SUBJECT_OVER if card is not None and not card.is_open else _held(held, card)


def promised_referral(held: HeldLink) -> ReceivedCard | LinkProblem:
    """Return the referral of which a link asks how it goes, or why that is not asked any more."""
    card = _card(held)
    return LinkProblem.SUBJECT_OVER if card is not None and not card.runs else _held(held, card)


def _card(held: HeldLink) -> ReceivedCard | None:
    return received_by_id(held.viewer, ask_id=held.subject_id)


def _held(held: HeldLink, card: ReceivedCard | None) -> ReceivedCard | LinkProblem:
    if card is None:
        return LinkProblem.SUBJECT_OVER
    return card if _is_asked(held) else LinkProblem.OWNER_CHANGED


def _is_asked(held: HeldLink) -> bool:
    """Return whether who got the link is still the one to ask at the organisation."""
    row = Ask.objects.visible_to(held.viewer).filter(pk=held.subject_id).first()
    if row is None or row.organisation_id is None:
        return False
    where = (row.organisation_id, row.place_id)
    asked = asked_for(held.viewer, {where}).get(where)
    return asked is not None and asked.email.lower() == held.recipient.lower()
