"""A fresh link for somebody whose link does not hold any more, to the same address and no other."""

from collections.abc import Callable, Iterator, Mapping

from meedoen.records.jobs.work import job
from meedoen.records.links.mailing_actions import MailingKey, claim_mailing
from meedoen.records.links.opening import RefusedLink
from meedoen.records.links.queries import SentLink, sent_link
from meedoen.records.links.state import LinkProblem
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.mail_queries import organisation_to_tell, starts_to_tell
from meedoen.records.places.freshness_queries import place_to_ask
from meedoen.records.places.mail_queries import sign_ups_to_tell
from meedoen.records.places.owners import Asked
from meedoen.records.referrals.mail_queries import receivers_with_link
from meedoen.records.referrals.reach import ReferralMail
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.partner.mails import freshness, placements, referrals, sign_ups
from meedoen.web.shared.invitations import send_invitation
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letter

OF_REFERRALS = frozenset({LinkPurpose.ANSWER_REFERRAL, LinkPurpose.TELL_REFERRAL})


def may_ask_again(purpose: LinkPurpose, problem: LinkProblem) -> bool:
    """Return whether a fresh link makes sense; else nothing is left to ask, or of somebody else.

    What a place is can be answered again; a first day or a month is put right by a coach.
    """
    if problem is LinkProblem.ANSWERED:
        return purpose is LinkPurpose.CONFIRM_PLACE
    if purpose in OF_REFERRALS:
        # That of a referral is only called back when there is nothing left to answer.
        return problem is LinkProblem.EXPIRED
    return problem in {LinkProblem.EXPIRED, LinkProblem.REVOKED}


def ask_again(refused: RefusedLink) -> bool:
    """Put a mail with a fresh link in the queue; return False when that was done today already.

    Whether there is still something to ask, and whether this address is still the one to ask, is
    looked at when the mail is written: what is shown now tells neither.
    """
    system = Viewer.system(refused.municipality_id)
    link = sent_link(system, link_id=refused.link_id)
    if link is None:
        return False
    if claim_mailing(system, mailing=_key("again_queued", link)) is None:
        return False
    send_again.enqueue(refused.municipality_id, refused.link_id)
    return True


@job(attempts=ATTEMPTS)
def send_again(municipality_id: int, link_id: int) -> None:
    """Mail a fresh link for what an older one was about, once a day. Raises MailNotSentError."""
    system = Viewer.system(municipality_id)
    link = sent_link(system, link_id=link_id)
    if link is None:
        return
    if link.purpose is LinkPurpose.ACCEPT_INVITATION:
        send_invitation.enqueue(municipality_id, link.subject_id)
    else:
        for letter in LETTERS[link.purpose](system, link, _key("again", link)):
            send_letter(system, letter)


def _key(about: str, link: SentLink) -> MailingKey:
    return MailingKey(
        about=f"{about}_{link.purpose}",
        recipient=link.recipient,
        subject_id=link.subject_id,
        day=clock.today(),
    )


def _about_place(system: Viewer, link: SentLink, key: MailingKey) -> Iterator[Letter]:
    place = place_to_ask(system, place_id=link.subject_id)
    if place and _same(place.asked, link):
        yield freshness.letter_about(key, [place])


def _about_start(system: Viewer, link: SentLink, key: MailingKey) -> Iterator[Letter]:
    for start in starts_to_tell(system, placement_ids=[link.subject_id]):
        if _same(start.asked, link):
            yield placements.start_letter(key, start)


def _about_month(system: Viewer, link: SentLink, key: MailingKey) -> Iterator[Letter]:
    card = organisation_to_tell(system, organisation_id=link.subject_id)
    if card and card.months and card.asked and _same(card.asked, link):
        yield placements.month_letter(key, card, card.asked)


def _about_sign_up(system: Viewer, link: SentLink, key: MailingKey) -> Iterator[Letter]:
    for sign_up in sign_ups_to_tell(system, sign_up_ids=[link.subject_id]):
        if _same(sign_up.asked, link):
            yield sign_ups.letter_about(key, sign_up)


def _about_referral(system: Viewer, link: SentLink, key: MailingKey) -> Iterator[Letter]:
    to_answer = link.purpose is LinkPurpose.ANSWER_REFERRAL
    mail = ReferralMail.ASKED if to_answer else ReferralMail.TO_TELL
    for receiver in receivers_with_link(system, ask_id=link.subject_id, mail=mail):
        if _same(receiver.asked, link):
            yield referrals.letter_with_link(key, mail, receiver)


def _same(asked: Asked | None, link: SentLink) -> bool:
    return asked is not None and asked.email.lower() == link.recipient.lower()


LETTERS: Mapping[LinkPurpose, Callable[[Viewer, SentLink, MailingKey], Iterator[Letter]]] = {
    LinkPurpose.CONFIRM_PLACE: _about_place,
    LinkPurpose.CONFIRM_START: _about_start,
    LinkPurpose.CONFIRM_MONTH: _about_month,
    LinkPurpose.ANSWER_SIGN_UP: _about_sign_up,
    LinkPurpose.ANSWER_REFERRAL: _about_referral,
    LinkPurpose.TELL_REFERRAL: _about_referral,
}
"""What to send anew; nothing when there is nothing to ask any more, or somebody else is asked."""
