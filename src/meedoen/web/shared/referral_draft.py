"""A referral that is being written: as it stands, to change a part of it, and what is missing."""

from dataclasses import replace

from django.forms import Form
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.cards import ToldCard
from meedoen.records.referrals.drafts import NewReferral, Receiver, Told, change_referral
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.receivers import receiver_of_place
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.vocabulary import ReferralAbout, Theme
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.paging import row_number


def as_written(card: ReferralCard) -> NewReferral:
    """Return a referral as it stands, to change a part of it."""
    return NewReferral(
        about=card.about,
        theme=card.theme,
        urgency=card.urgency,
        asked=card.asked,
        pseudonym_id=card.pseudonym_id,
        district_id=card.district_id,
        receivers=card.wanted,
        names_after_yes=card.names_after_yes,
        told=as_told(card.told),
        agreed_on=card.agreed_on,
        agreed_how=card.agreed_how,
    )


def for_theme(new: NewReferral, theme: Theme) -> NewReferral:
    """Return a referral for another theme, without what may not be told there.

    Who agreed with help for one thing, and saw what is told for that, did not for another.
    """
    allowed = field_set_on(theme, clock.today())
    told = new.told
    fitting = {word: text for word, text in told.facts.items() if word in allowed.allowed}
    task = told.legal_task if told.legal_task in allowed.tasks else allowed.tasks[0]
    changed = replace(new, theme=theme, told=replace(told, facts=fitting, legal_task=task))
    if theme is new.theme:
        return changed
    unseen = replace(changed.told, told_how=None, told_on=None)
    return replace(changed, told=unseen, agreed_how=None, agreed_on=None)


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


def keep_change(viewer: Viewer, card: ReferralCard, new: NewReferral, form: Form) -> bool:
    """Keep a change; say in the form why not."""
    try:
        change_referral(viewer, key=card.key, new=new)
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True


def asked_place(request: ViewerRequest) -> Receiver | None:
    """Return the place that the address names; None when it names none that can be asked."""
    number = row_number(request.GET.get("plek", ""))
    return None if number is None else receiver_of_place(request.viewer, place_id=number)


def as_told(told: ToldCard | None) -> Told:
    """Return what is told, to keep it while something else changes."""
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
