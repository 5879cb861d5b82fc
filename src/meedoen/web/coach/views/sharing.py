"""What may be shared about somebody: three separate things, each with its list and its form."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.ladder.queries import latest_rungs
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import ResidentCard
from meedoen.records.sharing import actions
from meedoen.records.sharing.actions import AlreadyNotedError
from meedoen.records.sharing.queries import (
    agreement_is_about,
    organisations_to_tell,
    release_is_about,
    sharing_is_about,
    sharing_of,
)
from meedoen.rules.vocabulary import Shared
from meedoen.web.coach.forms.sharing import (
    AgreementForm,
    GroundForm,
    SecrecyForm,
    SharingForm,
    StopForm,
)
from meedoen.web.coach.sent_once import sent_once
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.sharing_lines import (
    Facts,
    Line,
    Lines,
    seen_by_organisation,
    sharing_lines,
)
from meedoen.web.shared.sharing_words import Topic

LOOK = "look"
"""The button that shows what an organisation would see and keeps nothing yet."""

STOP_PAGES = {
    Topic.SHARING: "coach:sharing_end",
    Topic.RELEASE: "coach:secrecy_withdraw",
    Topic.AGREEMENT: "coach:agreement_withdraw",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a list: what an organisation sees by it, and the form to stop it, if it may."""

    line: Line
    seen: Facts
    stop: StopForm | None
    stop_url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the three things on the page: what holds, what is over, and the form."""

    form: SharingForm
    running: tuple[Shown, ...]
    over: tuple[Shown, ...]


@page(Permission.RECORD_CONVERSATION)
def sharing(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the three things, and keep what was filled in for the one that was sent."""
    person = open_file(request, key, page="sharing")
    forms = _forms(request)
    sent = next((form for form in forms.values() if form.is_bound), None)
    looking = request.POST.get("step") == LOOK
    if sent is not None and sent.is_valid() and not looking and _keep(request, sent, person):
        messages.success(request, _("Het staat in het dossier."))
        return redirect("coach:sharing", key=person.key)
    return _show(request, person, forms, looking=looking)


@page(Permission.RECORD_CONVERSATION, methods=("POST",))
def end(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say from which day on nothing may be told to an organisation any more."""
    return _stop(
        request,
        key,
        sharing_is_about(request.viewer, key=key),
        lambda viewer, day: actions.end_sharing(viewer, key=key, ended_on=day),
    )


@page(Permission.RECORD_CONVERSATION, methods=("POST",))
def withdraw_release(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Note that a release from secrecy was taken back."""
    return _stop(
        request,
        key,
        release_is_about(request.viewer, key=key),
        lambda viewer, day: actions.withdraw_release(viewer, key=key, withdrawn_on=day),
    )


@page(Permission.RECORD_CONVERSATION, methods=("POST",))
def withdraw_agreement(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Note that somebody no longer agrees with support."""
    return _stop(
        request,
        key,
        agreement_is_about(request.viewer, key=key),
        lambda viewer, day: actions.withdraw_agreement(viewer, key=key, withdrawn_on=day),
    )


def _stop(
    request: ViewerRequest,
    key: uuid.UUID,
    resident_key: uuid.UUID | None,
    act: Callable[[Viewer, Any], None],
) -> HttpResponse:
    """Stop one of the things; what is wrong is told in its own small form."""
    if resident_key is None:
        raise Http404
    person = open_file(request, resident_key, page="sharing")
    form = StopForm(request.POST, prefix=str(key))
    if form.is_valid():
        try:
            act(request.viewer, form.cleaned_data["ended_on"])
        except ActionRefusedError as error:
            form.add_error("ended_on", str(error))
        else:
            messages.success(request, _("Het is gestopt. Het blijft in het dossier te lezen."))
            return redirect("coach:sharing", key=person.key)
    return _show(request, person, _forms(request), stops={key: form})


def _forms(request: ViewerRequest) -> dict[Topic, SharingForm]:
    """Return the three forms; the one that was sent holds what was typed."""
    part = request.POST.get("part", "")
    sent = {topic: request.POST if part == topic else None for topic in Topic}
    return {
        Topic.SHARING: GroundForm(
            sent[Topic.SHARING],
            organisations=organisations_to_tell(request.viewer),
            prefix=Topic.SHARING,
        ),
        Topic.RELEASE: SecrecyForm(sent[Topic.RELEASE], prefix=Topic.RELEASE),
        Topic.AGREEMENT: AgreementForm(sent[Topic.AGREEMENT], prefix=Topic.AGREEMENT),
    }


def _keep(request: ViewerRequest, form: SharingForm, person: ResidentCard) -> bool:
    """Keep what was filled in; say why not in the form."""
    try:
        _note(request.viewer, form, person.pseudonym_id)
    except AlreadyNotedError:
        # The button was pressed twice: exactly this is there, which is what was asked for.
        return True
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True


def _note(viewer: Viewer, form: SharingForm, pseudonym_id: int) -> None:
    if isinstance(form, GroundForm):
        sharing = sent_once(viewer, form.new_sharing(pseudonym_id))
        actions.allow_sharing_all(viewer, sharings=[sharing])
    if isinstance(form, SecrecyForm):
        release = sent_once(viewer, form.new_release(pseudonym_id))
        actions.release_secrecy_all(viewer, releases=[release])
    if isinstance(form, AgreementForm):
        agreement = sent_once(viewer, form.new_agreement(pseudonym_id))
        actions.note_agreements(viewer, agreements=[agreement])


def _show(
    request: ViewerRequest,
    person: ResidentCard,
    forms: Mapping[Topic, SharingForm],
    *,
    looking: bool = False,
    stops: Mapping[uuid.UUID, StopForm] | None = None,
) -> HttpResponse:
    seen = _seen(request.viewer, person)
    lines = sharing_lines(sharing_of(request.viewer, pseudonym_id=person.pseudonym_id))
    of_topic = {
        Topic.SHARING: lines.sharings,
        Topic.RELEASE: lines.releases,
        Topic.AGREEMENT: lines.agreements,
    }
    stops = stops or {}
    wrong = any(form.errors for form in (*forms.values(), *stops.values()))
    ground = forms[Topic.SHARING]
    context = {
        "person": person,
        **{
            topic.value: _section(topic, forms[topic], of_topic[topic], seen, stops)
            for topic in Topic
        },
        "refusals": [one for form in stops.values() for one in form.errors.get("ended_on", [])],
        "preview": seen(ground.cleaned_data["what"]) if looking and not wrong else None,
    }
    return render(request, "coach/sharing.html", context, status=422 if wrong else 200)


def _seen(viewer: Viewer, person: ResidentCard) -> Callable[[tuple[Shared, ...]], Facts]:
    """Return what tells what an organisation sees of this person when certain boxes are ticked."""
    wishes = wishes_of(viewer, pseudonym_id=person.pseudonym_id)
    rungs = latest_rungs(viewer, pseudonym_ids=[person.pseudonym_id])

    def seen(what: tuple[Shared, ...]) -> Facts:
        return seen_by_organisation(
            what,
            name=person.name,
            phone=person.phone,
            wishes=wishes,
            rung=rungs.get(person.pseudonym_id),
        )

    return seen


def _section(
    topic: Topic,
    form: SharingForm,
    lines: Lines,
    seen: Callable[[tuple[Shared, ...]], Facts],
    stops: Mapping[uuid.UUID, StopForm],
) -> Section:
    def shown(line: Line) -> Shown:
        stop = stops.get(line.key) or StopForm(prefix=str(line.key))
        return Shown(
            line=line,
            seen=seen(line.what) if line.runs else [],
            stop=stop if line.may_stop else None,
            stop_url=reverse(STOP_PAGES[topic], args=[line.key]),
        )

    return Section(form, tuple(map(shown, lines.running)), tuple(map(shown, lines.over)))
