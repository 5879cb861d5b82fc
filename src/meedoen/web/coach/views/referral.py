"""One referral for its sender: how it stands, its story, and what the sender can do now."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.places.organisation_queries import places_of
from meedoen.records.referrals.course import revoke, stop_as_sender
from meedoen.records.referrals.drafts import discard_draft
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.queries import ReferralCard, referral
from meedoen.rules.referrals.states import AWAITS_ANSWER, WITH_ACCEPTOR
from meedoen.rules.vocabulary import ReferralState
from meedoen.web.coach.forms.referral_course import PlaceForm, RevokeForm, StopForm
from meedoen.web.coach.referral_pages import coach_page, crumbs_of, open_referral
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_lines import ask_lines, referral_line, story_items
from meedoen.web.shared.referral_told import reads_after_yes, what_words
from meedoen.web.shared.referral_words import ABOUT, URGENCIES
from meedoen.web.shared.sharing_words import OBTAINED_HOW, Topic, explanation
from meedoen.web.shared.words import THEMES, Words

DISCARD = "discard"


class DiscardForm(forms.Form):
    """Nothing to fill in: the button says it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be done now: how it is called, its form and button, and what it does."""

    name: str
    heading: Words
    explanation: Words
    button: Words
    done: Words
    form: forms.Form
    act: Callable[[dict[str, Any]], object]
    danger: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether the form was sent and something is wrong."""
        return bool(self.form.errors)


@coach_page(Permission.REFER)
def referral_detail(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a referral, and do what the sender asks."""
    card, person = open_referral(request, key)
    sent = request.POST if request.method == "POST" else None
    parts = _parts(request.viewer, card, person, sent)
    chosen = next((one for one in parts if one.form.is_bound), None)
    if chosen is not None and chosen.form.is_valid():
        try:
            chosen.act(chosen.form.cleaned_data)
        except ActionRefusedError as error:
            chosen.form.add_error(None, str(error))
        else:
            messages.success(request, str(chosen.done))
            return _after(request.viewer, chosen, card)
    if sent is not None and chosen is None:
        messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
        return redirect("coach:referral", key=key)
    context = {
        "card": card,
        "person": person,
        "crumbs": crumbs_of(card)[:1],
        "line": referral_line(card),
        "facts": _facts(card),
        "asks": ask_lines(card),
        "reads": reads_after_yes(card) if card.told or not person else None,
        "what": what_words(card.told.what) if card.told else [],
        "known": _known(card),
        "items": story_items(card.steps),
        "parts": parts,
        "place_part": next((one for one in parts if one.name == PlaceForm.PART), None),
        "may_write": card.is_sender and card.state in {*_BACK, ReferralState.DRAFT},
        "is_back": card.state in _BACK,
    }
    wrong = any(one.is_open for one in parts)
    return render(request, "coach/referral.html", context, status=422 if wrong else 200)


_BACK = {ReferralState.DECLINED, ReferralState.HANDED_BACK}


def _parts(
    viewer: Viewer, card: ReferralCard, person: ResidentCard | None, sent: Any
) -> list[Part]:
    """Return what the viewer can do now, with the form that was sent filled in."""
    part = sent.get("part", "") if sent is not None else ""
    data = dict.fromkeys((part,), sent)
    # Whose file may be opened may be taken out of a referral by their coach, whoever sent it.
    may_end = card.is_sender or person is not None
    parts = []
    if _may_be_placed(card, person):
        parts.append(_place_part(viewer, card, data.get(PlaceForm.PART)))
    if card.state is ReferralState.DRAFT and card.is_sender:
        parts.append(_discard_part(viewer, card, data.get(DISCARD)))
    if card.state in AWAITS_ANSWER and may_end:
        parts.append(_revoke_part(viewer, card, data.get(RevokeForm.PART)))
    if card.state in WITH_ACCEPTOR | _BACK and may_end:
        parts.append(_stop_part(viewer, card, data.get(StopForm.PART)))
    return parts


def _may_be_placed(card: ReferralCard, person: ResidentCard | None) -> bool:
    acceptor = card.acceptor
    said_yes = acceptor is not None and acceptor.organisation_id is not None
    runs = card.state in WITH_ACCEPTOR
    return person is not None and said_yes and runs and card.placement_key is None


def _place_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    acceptor = card.acceptor
    named = acceptor is not None and acceptor.place_key is not None
    organisation_id = (acceptor.organisation_id if acceptor else None) or 0
    return Part(
        name=PlaceForm.PART,
        heading=_("Plaatsing maken"),
        explanation=_(
            "Er is ja gezegd. Maak er een plaatsing van: u hoeft niets opnieuw te typen. Wat u "
            "vertelde, mag de organisatie dan blijven weten."
        ),
        button=_("Plaatsing maken"),
        done=_("De plaatsing is gemaakt. De organisatie bevestigt de eerste dag."),
        form=PlaceForm(
            data,
            places=None if named else places_of(viewer, organisation_id=organisation_id),
        ),
        act=lambda given: place_from_referral(
            viewer,
            key=card.key,
            place_id=given.get("place"),
            text_version=explanation(Topic.SHARING).version,
        ),
    )


def _discard_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=DISCARD,
        heading=_("Weggooien"),
        explanation=_("Niemand heeft deze verwijzing gekregen. Wat u opschreef, wordt gewist."),
        button=_("Verwijzing weggooien"),
        done=_("De verwijzing is weggegooid. Niemand heeft die gekregen."),
        form=DiscardForm(data),
        act=lambda _given: discard_draft(viewer, key=card.key),
        danger=True,
    )


def _revoke_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=RevokeForm.PART,
        heading=_("Terugnemen"),
        explanation=_("De ontvangers lezen dat zij niet meer hoeven te antwoorden."),
        button=_("Verwijzing terugnemen"),
        done=_("De verwijzing is teruggenomen. De ontvangers hoeven niet meer te antwoorden."),
        form=RevokeForm(data, card=card),
        act=lambda given: revoke(
            viewer, key=card.key, reason=given["reason"], words=given["words"]
        ),
    )


def _stop_part(viewer: Viewer, card: ReferralCard, data: Any) -> Part:
    return Part(
        name=StopForm.PART,
        heading=_("Stoppen"),
        explanation=_("Overleg eerst met wie ja zei. Die leest dat het stopt.")
        if card.acceptor
        else _("Vraagt u niemand anders meer? Schrijf dan op hoe het afliep."),
        button=_("Verwijzing stoppen"),
        done=_("De verwijzing is gestopt. Hoe het afliep, staat erbij."),
        form=StopForm(data, card=card),
        act=lambda given: stop_as_sender(
            viewer, key=card.key, outcome=given["outcome"], words=given["words"]
        ),
    )


def _after(viewer: Viewer, part: Part, card: ReferralCard) -> HttpResponse:
    if part.name == DISCARD:
        if card.person_key is not None:
            return redirect("coach:resident", key=card.person_key)
        return redirect("coach:referrals")
    if part.name == PlaceForm.PART:
        placed = referral(viewer, key=card.key)
        if placed is not None and placed.placement_key is not None:
            return redirect("coach:placement", key=placed.placement_key)
    return redirect("coach:referral", key=card.key)


def _facts(card: ReferralCard) -> list[tuple[str, Words]]:
    facts: list[tuple[str, Words]] = [
        (_("Waarvoor"), THEMES[card.theme]),
        (_("Hoe snel"), URGENCIES[card.urgency]),
        (_("Over wie"), card.who or ABOUT[card.about]),
        (_("Van"), card.sender or _("de inwoner zelf")),
        (_("Verstuurd op"), day_text(card.sent_on) if card.sent_on else _("nog niet")),
    ]
    if card.closed_on:
        facts.append((_("Afgelopen op"), day_text(card.closed_on)))
    return facts


def _known(card: ReferralCard) -> list[tuple[str, Words]]:
    """Return how the person knew what was told, and said that this help is wanted."""
    told = card.told
    facts: list[tuple[str, Words]] = []
    if told is not None and told.told_how is not None:
        facts.append((_("Aan de inwoner getoond"), _how(OBTAINED_HOW[told.told_how], told.told_on)))
    if card.agreed_how is not None:
        facts.append(
            (_("De inwoner wil deze hulp"), _how(OBTAINED_HOW[card.agreed_how], card.agreed_on))
        )
    return facts


def _how(way: Words, day: Any) -> str:
    return _("%(way)s, op %(day)s") % {"way": way, "day": day_text(day)}
