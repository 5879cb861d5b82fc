"""How receivers of referrals hear that they are asked: at their desk, by mail, or not at all."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef

from meedoen.records.links.models import Mailing
from meedoen.records.links.queries import mailed
from meedoen.records.organisations.accounts import accounts_at
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.places.models import Place
from meedoen.records.places.owners import Asked, asked_about, asked_at
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.models import Ask
from meedoen.rules.vocabulary import AskState

STILL_NEWS = timedelta(days=7)
"""What nobody could be told for so long is no news: it waits at the desk, or a reminder says it."""

Where = tuple[int, int | None]
"""An organisation, and the place of it that is asked for, if one is."""


class ReferralMail(StrEnum):
    """A kind of mail about referrals, as its mailing is known."""

    ASKED = "referral_asked"
    """An organisation is asked."""
    ANSWER_DUE = "referral_answer_due"
    """It did not answer yet, and must soon."""
    TO_TELL = "referral_to_tell"
    """It said yes, or that it began: the link for its next word."""
    WORD_DUE = "referral_word_due"
    """It said yes, and must soon tell what came of it."""
    OVER = "referral_over"
    """It was asked, or said yes, and need not do anything any more."""
    NEWS = "referral_news"
    """For the organisation that sent one: there is an answer, or it came back."""


class MailState(StrEnum):
    """How it stands with the mail that asks a receiver."""

    NO_ADDRESS = "no_address"
    """Nobody can be mailed: the sender calls."""
    NOT_YET = "not_yet"
    """It did not leave yet, or the mail server did not take it; it is tried again."""
    LEFT = "left"


def asked_for(viewer: Viewer, wheres: Iterable[Where]) -> dict[Where, Asked]:
    """Return whom to ask: who owns the place, else who answers for the organisation.

    Without an entry there is nobody.
    """
    wanted = set(wheres)
    rows = Place.objects.filter(
        municipality_id=viewer.municipality_id, pk__in={place for _, place in wanted if place}
    )
    of_place = asked_about(viewer, list(rows)) if any(place for _, place in wanted) else {}
    of_organisation = asked_at(viewer, organisation_ids={number for number, _ in wanted})
    found = {}
    for organisation_id, place_id in wanted:
        asked = of_place.get(place_id or 0) or of_organisation.get(organisation_id)
        if asked is not None:
            found[organisation_id, place_id] = asked
    return found


def out_of_reach(viewer: Viewer, *, receivers: Sequence[Receiver]) -> set[Receiver]:
    """Return the receivers that nobody tells of a referral: no account, and no mail address.

    The teams and coaches of the municipality find it at their desk.
    """
    wheres = {
        (one.organisation_id, one.place_id): one
        for one in receivers
        if one.organisation_id is not None
    }
    return {wheres[where] for where in _unreached(viewer, set(wheres))}


def mail_states(viewer: Viewer, asks: Sequence[Ask]) -> dict[int, MailState]:
    """Return how it stands with the mail to each organisation that did not open what it was asked.

    By the number of the receiver. Not for the person it is about.
    """
    unopened = {
        one.pk: (one.organisation_id, one.place_id)
        for one in asks
        if one.organisation_id is not None and one.state == AskState.ASKED
    }
    if not unopened or viewer.role == Role.RESIDENT:
        return {}
    gone = mailed(viewer, about=ReferralMail.ASKED, subject_ids=unopened)
    unreached = _unreached(viewer, {where for pk, where in unopened.items() if pk not in gone})
    states = dict.fromkeys(gone, MailState.LEFT)
    for pk in unopened.keys() - gone:
        no_way = unopened[pk] in unreached
        states[pk] = MailState.NO_ADDRESS if no_way else MailState.NOT_YET
    return states


def left(mail: ReferralMail, **more: OuterRef) -> Exists:
    """Return the condition that a mail of this kind left, or is leaving now."""
    return Exists(
        Mailing.objects.filter(
            about=mail.value,
            municipality_id=OuterRef("municipality_id"),
            subject_id=OuterRef("pk"),
            **more,
        )
    )


def _unreached(viewer: Viewer, wheres: set[Where]) -> set[Where]:
    # That somebody can be told is no secret to the sender; who that is, and where, is.
    system = Viewer.system(viewer.municipality_id)
    accounts = accounts_at(system, organisation_ids={number for number, _ in wheres})
    without = {where for where in wheres if where[0] not in accounts}
    asked = asked_for(system, without)
    return {where for where in without if where not in asked or not asked[where].email}
