"""A referral that is being written: as it stands, what the file can tell, and what is missing."""

from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.cards import ToldCard
from meedoen.records.referrals.drafts import NewReferral, Told
from meedoen.records.referrals.queries import ReferralCard
from meedoen.rules.vocabulary import ReferralAbout, Shared
from meedoen.web.shared.sharing_lines import told_texts


def as_written(card: ReferralCard, person: ResidentCard | None) -> NewReferral:
    """Return a referral as it stands, to change a part of it."""
    return NewReferral(
        about=card.about,
        theme=card.theme,
        urgency=card.urgency,
        asked=card.asked,
        pseudonym_id=person.pseudonym_id if person else None,
        district_id=card.district_id,
        receivers=card.wanted,
        names_after_yes=card.names_after_yes,
        told=_as_told(card.told),
        agreed_on=card.agreed_on,
        agreed_how=card.agreed_how,
    )


def file_texts(viewer: Viewer, person: ResidentCard) -> dict[Shared, str]:
    """Return what the file says about what may be told, in Dutch: receivers read that."""
    wishes = wishes_of(viewer, pseudonym_id=person.pseudonym_id)
    rungs = latest_rungs(viewer, pseudonym_ids=[person.pseudonym_id])
    with translation.override("nl"):
        return told_texts(wishes, rungs.get(person.pseudonym_id))


def missing(card: ReferralCard) -> list[str]:
    """Return what must still be filled in before a referral can be sent."""
    lines = [] if card.wanted else [_("Kies naar wie u verwijst.")]
    if card.about is ReferralAbout.QUESTION:
        return lines
    told = card.told
    if told is None or not told.what:
        return [*lines, _("Kies wat de ontvanger mag weten.")]
    if told.told_how is None:
        lines.append(_("Laat de inwoner eerst zien wat u deelt, en vul in hoe u dat deed."))
    if card.agreed_how is None:
        lines.append(_("Vraag de inwoner of deze hulp gewenst is, en vul dat in."))
    return lines


def _as_told(told: ToldCard | None) -> Told:
    if told is None:
        return Told()
    return Told(
        facts=dict(told.facts),
        name=told.name,
        phone=told.phone,
        legal_task=told.legal_task,
        ground=told.ground,
        explanation=told.explanation,
        told_how=told.told_how,
        told_on=told.told_on,
    )
