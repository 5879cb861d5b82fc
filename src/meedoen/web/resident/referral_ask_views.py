"""A resident asks for help in steps: what, of whom, what may be known, and a last look."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.drafts import (
    NewReferral,
    Receiver,
    draft_referral,
)
from meedoen.records.referrals.own import send_own
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.receivers import (
    NamedReceiver,
    find_receivers,
    named,
)
from meedoen.records.referrals.who_can import who_can
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.referrals.states import WITH_SENDER
from meedoen.rules.vocabulary import ReferralAbout, ReferralState
from meedoen.web.resident.referral_forms import (
    OwnQuestionForm,
    OwnReceiversForm,
    OwnToldForm,
)
from meedoen.web.resident.referral_pages import (
    crumbs_of,
    demand_file,
    open_own,
    places_asked,
    receivers_wanted,
    resident_page,
    unreached_text,
)
from meedoen.web.resident.referral_words import ground_text
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_answers import receiver_value
from meedoen.web.shared.referral_draft import as_written, asked_place, for_theme, keep_change
from meedoen.web.shared.referral_file_texts import file_texts
from meedoen.web.shared.referral_forms import sent_receivers
from meedoen.web.shared.referral_receivers import Choice, choice_of
from meedoen.web.shared.referral_told import previews

LOOK = "look"
"""The button that searches and keeps nothing yet."""


@resident_page()
def referral_new(request: ViewerRequest) -> HttpResponse:
    """Begin to ask for help; `plek` in the address names a place to ask."""
    own, viewer = demand_file(request.viewer), request.viewer
    receiver = asked_place(request)
    titles = named(viewer, [receiver]) if receiver else []
    asked = _("Kan ik meedoen bij %(place)s?") % {"place": titles[0].place} if titles else ""
    sent = request.POST if request.method == "POST" else None
    form = OwnQuestionForm(sent, initial={"key": uuid.uuid4(), "asked": asked})
    if form.is_valid():
        given = form.cleaned_data
        new = NewReferral(
            about=ReferralAbout.KNOWN_PERSON,
            theme=given["theme"],
            asked=given["asked"],
            pseudonym_id=own.pseudonym_id,
            receivers=[receiver] if receiver else [],
            key=given["key"],
        )
        try:
            key = draft_referral(viewer, new=new)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect(
                "resident:referral_told" if receiver else "resident:referral_to", key=key
            )
    return _show(request, "resident/referral_question.html", form, None, own, place=titles[:1])


@resident_page()
def referral_question(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Change what is asked."""
    card, own = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    sent = request.POST if request.method == "POST" else None
    form = OwnQuestionForm(
        sent, initial={"theme": card.theme.value, "asked": card.asked}, written=card
    )
    if form.is_valid():
        given = form.cleaned_data
        new = replace(for_theme(as_written(card), given["theme"]), asked=given["asked"])
        if keep_change(request.viewer, card, new, form):
            return redirect("resident:referral_to", key=key)
    return _show(request, "resident/referral_question.html", form, card, own)


@resident_page()
def referral_to(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose whom to ask: the coach, the neighbourhood team, or an organisation."""
    card, own = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    viewer = request.viewer
    sent = request.POST if request.method == "POST" else None
    words = request.POST.get("words", "")
    looking = request.POST.get("step") == LOOK
    before = named(viewer, sent_receivers(request.POST.getlist("to")) or card.wanted)
    found = find_receivers(viewer, words=words) if words.strip() else []
    choice = _choice(viewer, card, own, [*before, *found])
    form = OwnReceiversForm(sent, known=sent_receivers(choice.receivers), card=card)
    if sent is not None and not looking and form.is_valid():
        receivers = form.cleaned_data["to"]
        after_yes = len(receivers) > 1 or form.cleaned_data["names_after_yes"]
        new = replace(as_written(card), receivers=receivers, names_after_yes=after_yes)
        if keep_change(viewer, card, new, form):
            return redirect("resident:referral_told", key=key)
    context = {
        "choice": choice,
        "chosen": form.chosen,
        "looked": looking,
        "found": [receiver_value(one.receiver) for one in found],
        "errors_shown": not looking,
    }
    return _show(request, "resident/referral_to.html", form, card, own, **context)


@resident_page()
def referral_told(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose what the receiver may know, in the own words."""
    card, own = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    sent = request.POST if request.method == "POST" else None
    form = OwnToldForm(
        sent,
        allowed=field_set_on(card.theme, clock.today()),
        begin=file_texts(request.viewer, own),
        card=card,
    )
    if form.is_valid():
        new = replace(as_written(card), told=form.told(name=own.name, phone=own.phone))
        if keep_change(request.viewer, card, new, form):
            return redirect("resident:referral_check", key=key)
    return _show(request, "resident/referral_told.html", form, card, own)


@resident_page()
def referral_check(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what each receiver will read, and send it."""
    card, _own = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    refusal = ""
    if request.method == "POST":
        try:
            send_own(request.viewer, key=key)
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(request, _("Uw vraag is verstuurd. Het antwoord leest u hier."))
            return redirect("resident:referral", key=key)
    context = {
        "card": card,
        "crumbs": crumbs_of(card),
        "refusal": refusal,
        "missing": _missing(card),
        "receivers": receivers_wanted(request.viewer, card),
        "previews": previews(card, places_asked(request.viewer, card)),
        "unreached": unreached_text(request.viewer, card),
        "ground": ground_text(card),
    }
    return render(request, "resident/referral_check.html", context, status=422 if refusal else 200)


def _missing(card: ReferralCard) -> list[str]:
    lines = [] if card.wanted else [_("Kies aan wie u het vraagt.")]
    if card.told is None or not card.told.what:
        lines.append(_("Kies wat er over u verteld mag worden."))
    return lines


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[ReferralCard, ResidentCard]:
    """Return what the viewer asks for themself. Raises Http404."""
    card, own = open_own(request, key)
    if not card.is_sender:
        raise Http404
    return card, own


def _not_with_sender(request: ViewerRequest, card: ReferralCard) -> HttpResponse | None:
    if card.state in WITH_SENDER:
        return None
    messages.info(request, _("Uw vraag is al verstuurd. U kunt er nu niets aan veranderen."))
    return redirect("resident:referral", key=card.key)


def _choice(
    viewer: Viewer, card: ReferralCard, own: ResidentCard, others: list[NamedReceiver]
) -> Choice:
    wishes = wishes_of(viewer, pseudonym_id=own.pseudonym_id)
    found = who_can(
        viewer,
        theme=card.theme,
        district_id=own.district_id,
        half_days=wishes.half_days if wishes else 0,
    )
    return choice_of(found, others, municipality=[NamedReceiver(Receiver())])


def _show(
    request: ViewerRequest,
    template: str,
    form: Any,
    card: ReferralCard | None,
    own: ResidentCard,
    **more: Any,
) -> HttpResponse:
    wrong = form.errors and more.get("errors_shown", True)
    context = {
        "form": form,
        "card": card,
        "own": own,
        "crumbs": crumbs_of(card),
        "is_back": card is not None and card.state is not ReferralState.DRAFT,
        **more,
    }
    return render(request, template, context, status=422 if wrong else 200)
