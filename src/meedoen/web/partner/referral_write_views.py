"""Writing a referral at an organisation in steps: what is asked, of whom, what is told."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.told_queries import told_here
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.queries import ReferralCard
from meedoen.records.referrals.receivers import (
    NamedReceiver,
    find_receivers,
    named,
    teams_to_ask,
)
from meedoen.records.referrals.sending import send_referral
from meedoen.records.referrals.who_can import who_can
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.referrals.states import WITH_SENDER
from meedoen.rules.vocabulary import ReferralAbout, ReferralState, Shared
from meedoen.web.partner.referral_form import OwnToldForm
from meedoen.web.partner.referral_pages import crumbs_of, open_own, partner_page, show_step
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_answers import receiver_value
from meedoen.web.shared.referral_draft import as_written, for_theme, keep_change, missing
from meedoen.web.shared.referral_forms import QuestionForm, ReceiversForm, sent_receivers
from meedoen.web.shared.referral_receivers import Choice, call_first, choice_of, named_line
from meedoen.web.shared.referral_told import previews
from meedoen.web.shared.sharing_lines import told_texts

LOOK = "look"
"""The button that searches and keeps nothing yet."""


@partner_page(Permission.REFER)
def referral_question(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Change what is asked, and how quickly."""
    card = open_own(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    known = card.about is ReferralAbout.KNOWN_PERSON
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "theme": card.theme.value,
            "urgency": card.urgency.value,
            "asked": card.asked,
            "district": card.district_id or "",
        },
        districts=None if known else districts(request.viewer),
        written=card,
    )
    if form.is_valid():
        given = form.cleaned_data
        new = replace(
            for_theme(as_written(card), given["theme"]),
            urgency=given["urgency"],
            asked=given["asked"],
            district_id=given.get("district"),
        )
        if keep_change(request.viewer, card, new, form):
            return redirect("partner:referral_to", key=key)
    return show_step(request, "partner/referral_question.html", form, card)


@partner_page(Permission.REFER)
def referral_to(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose whom to ask: the municipality, who is suggested, or who was found."""
    card = open_own(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    viewer = request.viewer
    sent = request.POST if request.method == "POST" else None
    words = request.POST.get("words", "")
    looking = request.POST.get("step") == LOOK
    before = named(viewer, sent_receivers(request.POST.getlist("to")) or card.wanted)
    found = find_receivers(viewer, words=words) if words.strip() else []
    choice = _choice(viewer, card, [*before, *found])
    form = ReceiversForm(sent, known=sent_receivers(choice.receivers), card=card)
    if sent is not None and not looking and form.is_valid():
        receivers = form.cleaned_data["to"]
        about_somebody = card.about is not ReferralAbout.QUESTION
        after_yes = len(receivers) > 1 or form.cleaned_data["names_after_yes"]
        new = replace(
            as_written(card), receivers=receivers, names_after_yes=about_somebody and after_yes
        )
        if keep_change(viewer, card, new, form):
            step = "partner:referral_told" if about_somebody else "partner:referral_check"
            return redirect(step, key=key)
    context = {
        "choice": choice,
        "chosen": form.chosen,
        "looked": looking,
        "found": [receiver_value(one.receiver) for one in found],
        "errors_shown": not looking,
    }
    return show_step(request, "partner/referral_to.html", form, card, **context)


@partner_page(Permission.REFER)
def referral_told(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Write what receivers are told, and note how the person knows and whether they agree."""
    card = open_own(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    if card.about is ReferralAbout.QUESTION:
        return redirect("partner:referral_check", key=key)
    name, phone, begin = _known_here(request.viewer, card)
    form = OwnToldForm(
        request.POST if request.method == "POST" else None,
        allowed=field_set_on(card.theme, clock.today()),
        begin=begin,
        begin_name=name,
        begin_phone=phone,
        card=card,
    )
    if form.is_valid():
        how, day = form.agreed()
        given = form.cleaned_data
        new = replace(
            as_written(card),
            told=form.told(name=given["name"], phone=given["phone"]),
            agreed_how=how,
            agreed_on=day,
        )
        if keep_change(request.viewer, card, new, form):
            return redirect("partner:referral_check", key=key)
    return show_step(request, "partner/referral_told.html", form, card)


@partner_page(Permission.REFER)
def referral_check(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what each receiver will read, and send it."""
    card = open_own(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    refusal = ""
    if request.method == "POST":
        try:
            send_referral(request.viewer, key=key)
        except ActionRefusedError as error:
            refusal = str(error)
        else:
            messages.success(
                request, _("De verwijzing is verstuurd. U hoort hier wat de ontvanger antwoordt.")
            )
            return redirect("partner:referral", key=key)
    receivers = named(request.viewer, card.wanted)
    context = {
        "card": card,
        "crumbs": crumbs_of(card),
        "about_somebody": card.about is not ReferralAbout.QUESTION,
        "refusal": refusal,
        "missing": missing(card),
        "receivers": [named_line(one) for one in receivers],
        "call_first": call_first(request.viewer, receivers),
        "previews": previews(card, [one.place for one in receivers]),
        "again": card.state is not ReferralState.DRAFT,
    }
    return render(request, "partner/referral_check.html", context, status=422 if refusal else 200)


def _not_with_sender(request: ViewerRequest, card: ReferralCard) -> HttpResponse | None:
    if card.state in WITH_SENDER:
        return None
    messages.info(request, _("De verwijzing is al verstuurd. U kunt er nu niets aan veranderen."))
    return redirect("partner:referral", key=card.key)


def _choice(viewer: Viewer, card: ReferralCard, others: list[NamedReceiver]) -> Choice:
    """Return whom to ask; who has a file has a coach, others go to a team."""
    known = card.about is ReferralAbout.KNOWN_PERSON
    return choice_of(
        who_can(viewer, theme=card.theme, district_id=card.district_id),
        others,
        municipality=[NamedReceiver(Receiver())] if known else teams_to_ask(viewer),
    )


def _known_here(viewer: Viewer, card: ReferralCard) -> tuple[str, str, dict[Shared, str]]:
    """Return the name, telephone number and texts that the organisation may know already."""
    if card.pseudonym_id is None:
        return "", "", {}
    told = told_here(viewer, pseudonym_id=card.pseudonym_id)
    if told is None:
        return card.who, "", {}
    # Receivers read Dutch, whatever the language of this page.
    with translation.override("nl"):
        texts = told_texts(told.wishes, told.rung)
    begin = {word: text for word, text in texts.items() if word in told.what}
    return told.name or card.who, told.phone, begin
