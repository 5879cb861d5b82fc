"""Writing a referral in steps: what is asked, of whom, what is told, and a look before it goes."""

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
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.referrals.drafts import (
    NewReferral,
    draft_referral,
)
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
from meedoen.rules.vocabulary import ReferralAbout, ReferralState
from meedoen.web.coach.views.opening import open_file
from meedoen.web.coach.views.referral_pages import coach_page, crumbs_of, open_referral
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_answers import receiver_value
from meedoen.web.shared.referral_draft import (
    as_written,
    asked_place,
    for_theme,
    keep_change,
    missing,
)
from meedoen.web.shared.referral_file_texts import file_texts
from meedoen.web.shared.referral_forms import (
    QuestionForm,
    ReceiversForm,
    ToldForm,
    sent_receivers,
)
from meedoen.web.shared.referral_receivers import Choice, call_first, choice_of, named_line
from meedoen.web.shared.referral_told import previews

LOOK = "look"
"""The button that searches and keeps nothing yet."""


@coach_page(Permission.REFER)
def referral_new(request: ViewerRequest) -> HttpResponse:
    """Begin a question without a person; `plek` in the address names a place to ask."""
    return _begin(request, None)


@coach_page(Permission.REFER)
def referral_person(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Begin a referral of somebody; `plek` in the address names a place to ask."""
    return _begin(request, open_file(request, key, page="referral"))


@coach_page(Permission.REFER)
def referral_question(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Change what is asked, and how quickly."""
    card, person = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    sent = request.POST if request.method == "POST" else None
    initial = {
        "theme": card.theme.value,
        "urgency": card.urgency.value,
        "asked": card.asked,
        "district": card.district_id or "",
    }
    form = QuestionForm(
        sent,
        initial=initial,
        districts=None if person else districts(request.viewer),
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
            return redirect("coach:referral_to", key=key)
    return _show(request, "coach/referral_question.html", form, card, person)


@coach_page(Permission.REFER)
def referral_to(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose whom to ask: who is suggested, who was found, or both."""
    card, person = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    viewer = request.viewer
    sent = request.POST if request.method == "POST" else None
    words = request.POST.get("words", "")
    looking = request.POST.get("step") == LOOK
    before = named(viewer, sent_receivers(request.POST.getlist("to")) or card.wanted)
    found = find_receivers(viewer, words=words) if words.strip() else []
    choice = _choice(viewer, card, person, [*before, *found])
    form = ReceiversForm(sent, known=sent_receivers(choice.receivers), card=card)
    if sent is not None and not looking and form.is_valid():
        receivers = form.cleaned_data["to"]
        about_somebody = card.about is not ReferralAbout.QUESTION
        after_yes = len(receivers) > 1 or form.cleaned_data["names_after_yes"]
        new = replace(
            as_written(card),
            receivers=receivers,
            names_after_yes=about_somebody and after_yes,
        )
        if keep_change(viewer, card, new, form):
            return redirect("coach:referral_told" if person else "coach:referral_check", key=key)
    context = {
        "choice": choice,
        "chosen": form.chosen,
        "looked": looking,
        "found": [receiver_value(one.receiver) for one in found],
        "errors_shown": not looking,
    }
    return _show(request, "coach/referral_to.html", form, card, person, **context)


@coach_page(Permission.REFER)
def referral_told(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Choose what receivers are told, and note how the person knows and whether they agree."""
    card, person = _open(request, key)
    if (away := _not_with_sender(request, card)) is not None:
        return away
    if person is None:
        return redirect("coach:referral_check", key=key)
    sent = request.POST if request.method == "POST" else None
    form = ToldForm(
        sent,
        allowed=field_set_on(card.theme, clock.today()),
        begin=file_texts(request.viewer, person),
        card=card,
    )
    if form.is_valid():
        how, day = form.agreed()
        new = replace(
            as_written(card),
            told=form.told(name=person.name, phone=person.phone),
            agreed_how=how,
            agreed_on=day,
        )
        if keep_change(request.viewer, card, new, form):
            return redirect("coach:referral_check", key=key)
    return _show(request, "coach/referral_told.html", form, card, person)


@coach_page(Permission.REFER)
def referral_check(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show what each receiver will read, and send it."""
    card, person = _open(request, key)
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
            return redirect("coach:referral", key=key)
    receivers = named(request.viewer, card.wanted)
    context = {
        "card": card,
        "person": person,
        "crumbs": crumbs_of(card),
        "refusal": refusal,
        "missing": missing(card),
        "receivers": [named_line(one) for one in receivers],
        "call_first": call_first(request.viewer, receivers),
        "previews": previews(card, [one.place for one in receivers]),
        "again": card.state is not ReferralState.DRAFT,
    }
    return render(request, "coach/referral_check.html", context, status=422 if refusal else 200)


def _begin(request: ViewerRequest, person: ResidentCard | None) -> HttpResponse:
    viewer = request.viewer
    receiver = asked_place(request)
    titles = named(viewer, [receiver]) if receiver else []
    sent = request.POST if request.method == "POST" else None
    asked = _("Is er plaats bij %(place)s?") % {"place": titles[0].place} if titles else ""
    form = QuestionForm(
        sent,
        initial={"key": uuid.uuid4(), "asked": asked},
        districts=None if person else districts(viewer),
    )
    if form.is_valid():
        given = form.cleaned_data
        new = NewReferral(
            about=ReferralAbout.KNOWN_PERSON if person else ReferralAbout.QUESTION,
            theme=given["theme"],
            urgency=given["urgency"],
            asked=given["asked"],
            pseudonym_id=person.pseudonym_id if person else None,
            district_id=given.get("district"),
            receivers=[receiver] if receiver else [],
            key=given["key"],
        )
        try:
            key = draft_referral(viewer, new=new)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            if not receiver:
                return redirect("coach:referral_to", key=key)
            return redirect("coach:referral_told" if person else "coach:referral_check", key=key)
    return _show(request, "coach/referral_question.html", form, None, person, place=titles[:1])


def _open(request: ViewerRequest, key: uuid.UUID) -> tuple[ReferralCard, ResidentCard | None]:
    """Return a referral that the viewer sends, and whom it is about. Raises Http404."""
    card, person = open_referral(request, key)
    if not card.is_sender:
        raise Http404
    return card, person


def _not_with_sender(request: ViewerRequest, card: ReferralCard) -> HttpResponse | None:
    if card.state in WITH_SENDER:
        return None
    messages.info(request, _("De verwijzing is al verstuurd. U kunt er nu niets aan veranderen."))
    return redirect("coach:referral", key=card.key)


def _choice(
    viewer: Viewer,
    card: ReferralCard,
    person: ResidentCard | None,
    others: list[NamedReceiver],
) -> Choice:
    wishes = wishes_of(viewer, pseudonym_id=person.pseudonym_id) if person else None
    found = who_can(
        viewer,
        theme=card.theme,
        district_id=card.district_id,
        half_days=wishes.half_days if wishes else 0,
    )
    # About somebody with a file the municipality asks organisations: it is the coach itself.
    teams = [] if person else teams_to_ask(viewer)
    return choice_of(found, [*others, *teams])


def _show(
    request: ViewerRequest,
    template: str,
    form: Any,
    card: ReferralCard | None,
    person: ResidentCard | None,
    **more: Any,
) -> HttpResponse:
    wrong = form.errors and more.get("errors_shown", True)
    context = {
        "form": form,
        "card": card,
        "person": person,
        "crumbs": crumbs_of(card),
        **more,
    }
    return render(request, template, context, status=422 if wrong else 200)
