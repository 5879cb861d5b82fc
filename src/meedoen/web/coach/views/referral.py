"""One referral for its sender: how it stands, its story, and what the sender can do now."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.places.organisation_queries import places_of
from meedoen.records.referrals.placing import place_from_referral
from meedoen.records.referrals.queries import ReferralCard, referral
from meedoen.rules.referrals.states import WITH_ACCEPTOR, WITH_SENDER
from meedoen.web.coach.forms.referral_course import PlaceForm
from meedoen.web.coach.views.referral_pages import coach_page, crumbs_of, open_referral
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_course import BACK, DISCARD, Part, course_parts, do_part
from meedoen.web.shared.referral_facts import known_facts, referral_facts
from meedoen.web.shared.referral_lines import ask_lines, referral_line, story_items
from meedoen.web.shared.referral_told import reads_after_yes, what_words
from meedoen.web.shared.sharing_words import Topic, explanation


@coach_page(Permission.REFER)
def referral_detail(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a referral, and do what the sender asks."""
    card, person = open_referral(request, key)
    sent = request.POST if request.method == "POST" else None
    parts = _parts(request.viewer, card, person, sent)
    done = do_part(parts)
    if done is not None:
        messages.success(request, str(done.done))
        return _after(request.viewer, done, card)
    if sent is not None and not any(one.form.is_bound for one in parts):
        messages.info(request, _("Dat kan nu niet meer: de verwijzing is intussen verder."))
        return redirect("coach:referral", key=key)
    context = {
        "card": card,
        "person": person,
        "crumbs": crumbs_of(card)[:1],
        "line": referral_line(card),
        "facts": referral_facts(card),
        "asks": ask_lines(card),
        "reads": reads_after_yes(card) if card.told or not person else None,
        "what": what_words(card.told.what) if card.told else [],
        "known": known_facts(card),
        "items": story_items(card.steps),
        "parts": parts,
        "place_part": next((one for one in parts if one.name == PlaceForm.PART), None),
        "may_write": card.is_sender and card.state in WITH_SENDER,
        "is_back": card.state in BACK,
    }
    wrong = any(one.is_open for one in parts)
    return render(request, "coach/referral.html", context, status=422 if wrong else 200)


def _parts(
    viewer: Viewer, card: ReferralCard, person: ResidentCard | None, sent: Any
) -> list[Part]:
    """Return what the viewer can do now, with the form that was sent filled in."""
    # Whose file may be opened may be taken out of a referral by their coach, whoever sent it.
    parts = course_parts(viewer, card, sent, may_end=card.is_sender or person is not None)
    if _may_be_placed(card, person):
        asks_for_place = sent is not None and sent.get("part") == PlaceForm.PART
        parts.insert(0, _place_part(viewer, card, sent if asks_for_place else None))
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
