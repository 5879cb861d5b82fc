"""Writing down a conversation, with a measurement on the ladder when questions were asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import AlreadyWrittenError
from meedoen.records.conversations.draft_actions import DraftChangedError, save_draft
from meedoen.records.conversations.draft_queries import (
    DraftCard,
    draft_content,
    drafts_about,
    is_in_file,
)
from meedoen.records.conversations.queries import Wishes, wishes_of
from meedoen.records.ladder.actions import complete_talk
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.records.sharing.queries import organisations_to_tell
from meedoen.rules.ladder.assess import Assessment
from meedoen.web.coach.drafting import conversation_address, moment_text, told
from meedoen.web.coach.forms.talk import Talk
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import LADDER_REASONS, RUNG_SENTENCES, RUNGS

LOOK = "look"
"""The button that shows the rung and keeps nothing yet."""

DRAFT = "draft"
"""The button that saves a draft, for who has no script that does."""

LAST_KEPT = "last_kept"
"""In the session: the key and the content of the conversation that was kept last, and of whom."""


@dataclass(frozen=True, slots=True)
class OpenTalk:
    """The screen that is open: about whom, and what is being written about them."""

    person: ResidentCard
    wishes: Wishes | None
    draft: DraftCard | None = None
    others: Sequence[DraftCard] = ()


@page(Permission.RECORD_CONVERSATION)
def conversation(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show the form; first show the rung that follows from the answers, then keep it all."""
    person = open_file(request, key, page="conversation")
    wishes = wishes_of(request.viewer, pseudonym_id=person.pseudonym_id)
    if request.method == "POST":
        organisations = organisations_to_tell(request.viewer)
        talk = Talk(request.POST, wishes=wishes, organisations=organisations)
        return _sent(request, OpenTalk(person, wishes), talk)
    return _begin(request, person, wishes)


def _begin(request: ViewerRequest, person: ResidentCard, wishes: Wishes | None) -> HttpResponse:
    """Show the draft that was asked for, else the own one, else a new form."""
    cards = drafts_about(request.viewer, pseudonym_id=person.pseudonym_id)
    wanted = request.GET.get("concept")
    if wanted:
        draft = next((card for card in cards if str(card.key) == wanted), None)
        if draft is None:
            messages.info(request, _("Dat concept is er niet meer: het is af of weggegooid."))
    elif "nieuw" in request.GET:
        draft = None
    else:
        draft = next((card for card in cards if card.is_own), None)
    organisations = organisations_to_tell(request.viewer)
    talk = Talk(wishes=wishes, draft=draft, organisations=organisations)
    if draft is not None:
        talk.fill(draft_content(request.viewer, key=draft.key) or {})
    others = [card for card in cards if card != draft]
    return _show(request, OpenTalk(person, wishes, draft, others), talk)


def _sent(request: ViewerRequest, opened: OpenTalk, talk: Talk) -> HttpResponse:
    step = request.POST.get("step")
    if step == DRAFT:
        return _save_draft(request, opened, talk)
    looking = step == LOOK
    if talk.is_valid():
        hinted = talk.conversation.hint != ""
        if not looking and not hinted and talk.ladder.rung_was_shown():
            answer = _keep(request, opened, talk)
            if answer is not None:
                return answer
        if looking and talk.ladder.assessment is None:
            talk.refuse(_("Beantwoord eerst de vragen over de trede."))
    return _show(request, opened, talk)


def _save_draft(request: ViewerRequest, opened: OpenTalk, talk: Talk) -> HttpResponse:
    typed = talk.draft.typed(opened.person.pseudonym_id, talk.content(request.POST))
    try:
        saved = save_draft(request.viewer, typed=typed)
    except DraftChangedError as error:
        messages.warning(request, told(error))
        return redirect(conversation_address(opened.person.key, error.split_key))
    except ActionRefusedError as error:
        talk.is_valid()
        talk.refuse(str(error))
        return _show(request, opened, talk)
    when = {"when": moment_text(saved.saved_at)}
    messages.success(request, _("Het concept is bewaard %(when)s.") % when)
    return redirect(conversation_address(opened.person.key, saved.key))


def _keep(request: ViewerRequest, opened: OpenTalk, talk: Talk) -> HttpResponse | None:
    """Keep everything and go to the file; None with the reason in the form when it is refused."""
    pseudonym_id = opened.person.pseudonym_id
    new = talk.conversation.new_conversation(pseudonym_id, talk.draft.draft_key)
    mark = [str(new.key), talk.digest(request.POST), str(opened.person.key)]
    last: list[str] = request.session.get(LAST_KEPT, ["", "", ""])
    if last[1:] == mark[1:]:
        # The way back in the browser gives the same text with a new key: it is there already.
        messages.info(request, _("Dit gesprek stond al in het dossier."))
        return redirect("coach:resident", key=opened.person.key)
    try:
        complete_talk(
            request.viewer,
            conversation=new,
            measurement=talk.ladder.new_measurement(pseudonym_id, new.held_on),
            steps=talk.step.steps(pseudonym_id),
            sharings=talk.sharings(pseudonym_id),
            releases=talk.releases(pseudonym_id),
            agreements=talk.agreements(pseudonym_id),
            draft=talk.draft.mark(),
        )
    except AlreadyWrittenError:
        if last[0] == mark[0] or not is_in_file(request.viewer, conversation=new):
            return _keep_apart(request, opened, talk)
    except ActionRefusedError as error:
        talk.refuse(str(error))
        return None
    request.session[LAST_KEPT] = mark
    messages.success(request, _("Het gesprek staat in het dossier."))
    return redirect("coach:resident", key=opened.person.key)


def _keep_apart(request: ViewerRequest, opened: OpenTalk, talk: Talk) -> HttpResponse | None:
    """Keep what was sent as a draft: the conversation is in the file, and says something else."""
    typed = talk.draft.typed(opened.person.pseudonym_id, talk.content(request.POST))
    try:
        save_draft(request.viewer, typed=typed, final=True)
    except DraftChangedError as error:
        messages.warning(request, told(error))
        return redirect(conversation_address(opened.person.key, error.split_key))
    except ActionRefusedError as error:
        talk.refuse(str(error))
        return None
    return redirect("coach:resident", key=opened.person.key)


def _show(request: ViewerRequest, opened: OpenTalk, talk: Talk) -> HttpResponse:
    sent = request.method == "POST"
    draft = opened.draft
    context = {
        "form": talk,
        "person": opened.person,
        "before": opened.wishes,
        "draft": draft,
        "draft_since": moment_text(draft.started_at) if draft else "",
        "others": [(card, moment_text(card.started_at)) for card in opened.others],
        "shown": _shown(talk.ladder.assessment) if sent else None,
    }
    return render(request, "coach/conversation.html", context, status=422 if talk.errors else 200)


def _shown(found: Assessment | None) -> dict[str, object] | None:
    """Return the rung that follows from the answers in words; None when there is none yet."""
    if found is None:
        return None
    return {
        "rung": found.rung.value,
        "name": RUNGS[found.rung],
        "sentence": RUNG_SENTENCES[found.rung],
        "reasons": [LADDER_REASONS[reason.code] for reason in found.reasons],
    }
