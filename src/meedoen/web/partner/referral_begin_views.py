"""Beginning a referral at an organisation: about who takes part there, somebody else, or nobody."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.actions import note_opened
from meedoen.records.placements.people_queries import PeopleFilter, own_people, own_person
from meedoen.records.referrals.drafts import NewReferral, Told, draft_referral
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.vocabulary import ReferralAbout
from meedoen.web.partner.referral_form import NewPersonForm
from meedoen.web.partner.referral_pages import PAGE, crumbs_of, partner_page, show_step
from meedoen.web.shared.pages import ViewerRequest
from meedoen.web.shared.referral_forms import QuestionForm

MOST_SHOWN = 12
"""So many of the own people are named; the rest is a click away."""


@partner_page(Permission.REFER, methods=("GET", "HEAD"))
def referral_new(request: ViewerRequest) -> HttpResponse:
    """Ask about whom it is."""
    people = own_people(request.viewer, wanted=PeopleFilter(order="name"), size=MOST_SHOWN)
    context = {"people": people, "crumbs": crumbs_of(None)}
    return render(request, "partner/referral_new.html", context)


@partner_page(Permission.REFER)
def referral_person(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Begin a referral of somebody who takes part here."""
    found = own_person(request.viewer, key=key)
    if found is None:
        raise Http404
    note_opened(request.viewer, key=key, page=PAGE)
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, initial={"key": uuid.uuid4()})
    about = {"about": ReferralAbout.KNOWN_PERSON, "pseudonym_id": found.pseudonym_id}
    heading = _("%(name)s verwijzen") % {"name": found.person.given_name}
    return _begin(request, form, about, heading=heading)


@partner_page(Permission.REFER)
def referral_new_person(request: ViewerRequest) -> HttpResponse:
    """Begin a referral of somebody whom the municipality may not know."""
    sent = request.POST if request.method == "POST" else None
    form = NewPersonForm(sent, initial={"key": uuid.uuid4()}, districts=districts(request.viewer))
    about = {"about": ReferralAbout.NEW_PERSON}
    return _begin(request, form, about, heading=_("Iemand verwijzen die niet bij u meedoet"))


@partner_page(Permission.REFER)
def referral_new_question(request: ViewerRequest) -> HttpResponse:
    """Begin a question without a person."""
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, initial={"key": uuid.uuid4()}, districts=districts(request.viewer))
    about = {"about": ReferralAbout.QUESTION}
    return _begin(request, form, about, heading=_("Een vraag zonder persoon"))


def _begin(
    request: ViewerRequest, form: QuestionForm, about: Mapping[str, Any], *, heading: str
) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        new = NewReferral(
            theme=given["theme"],
            urgency=given["urgency"],
            asked=given["asked"],
            district_id=given.get("district"),
            told=Told(
                name=given.get("name", ""),
                phone=given.get("phone", ""),
                legal_task=field_set_on(given["theme"], clock.today()).tasks[0],
            ),
            key=given["key"],
            **about,
        )
        try:
            key = draft_referral(request.viewer, new=new)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("partner:referral_to", key=key)
    more = {"heading": heading, "about_somebody": about["about"] is not ReferralAbout.QUESTION}
    return show_step(request, "partner/referral_question.html", form, None, **more)
