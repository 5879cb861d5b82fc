"""Knowledge of partners and coaches about places and approaches: a list, threads, and a watch."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.knowledge.actions import (
    LONGEST_BODY,
    LONGEST_REASON,
    LONGEST_TITLE,
    NewPost,
    hide,
    keep,
    reply,
    report,
    share,
    take_back,
)
from meedoen.records.knowledge.queries import (
    PostCard,
    PostFilter,
    Thread,
    posts,
    reported_count,
    thread,
    thread_of,
)
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.vocabulary import PostKind, Theme
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number
from meedoen.web.shared.words import POST_KINDS, THEMES, Words

READ_ONLY = ("GET", "HEAD")


class PostsForm(forms.Form):
    """Which notes and questions to show."""

    marks_optional = False

    words = forms.CharField(label=gettext_lazy("Zoek"), required=False, max_length=200)
    theme = forms.ChoiceField(label=gettext_lazy("Onderwerp"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Soort"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Offer the districts of the municipality, and to who keeps watch what was reported."""
        super().__init__(*args, **kwargs)
        _offer(self, "theme", _("Alle onderwerpen"), THEMES)
        _offer(self, "district", _("Alle wijken"), _districts(viewer))
        kinds = {
            PostKind.NOTE.value: _("Tips en ervaringen"),
            PostKind.QUESTION.value: _("Vragen"),
            "unanswered": _("Vragen zonder antwoord"),
        }
        if viewer.may(Permission.MODERATE_KNOWLEDGE):
            kinds["reported"] = _("Gemeld")
        _offer(self, "kind", _("Alles"), kinds)

    @property
    def wanted(self) -> PostFilter:
        """Return what is asked for; what the address says wrong plays no part."""
        self.is_valid()
        given = self.cleaned_data
        kind = given.get("kind", "")
        return PostFilter(
            words=given.get("words", ""),
            theme=Theme(given["theme"]) if given.get("theme") else None,
            district_id=int(given["district"]) if given.get("district") else None,
            kind=PostKind(kind) if kind in {PostKind.NOTE, PostKind.QUESTION} else None,
            unanswered=kind == "unanswered",
            reported=kind == "reported",
        )


class NewPostForm(forms.Form):
    """A note or question to share."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Wat wilt u delen?"),
        choices=[
            (PostKind.NOTE.value, POST_KINDS[PostKind.NOTE]),
            (PostKind.QUESTION.value, POST_KINDS[PostKind.QUESTION]),
        ],
        initial=PostKind.NOTE.value,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=LONGEST_TITLE)
    body = forms.CharField(
        label=gettext_lazy("Bericht"),
        help_text=gettext_lazy(
            "Over plekken en aanpak, nooit over een persoon. Ook niet zonder naam."
        ),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    theme = forms.ChoiceField(label=gettext_lazy("Onderwerp"))
    district = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        """Offer the districts of the municipality."""
        super().__init__(*args, **kwargs)
        _offer(self, "theme", _("Kies een onderwerp"), THEMES)
        _offer(self, "district", _("De hele gemeente"), _districts(viewer))

    @property
    def post(self) -> NewPost:
        """Return what was filled in; only after `is_valid`."""
        given = self.cleaned_data
        return NewPost(
            kind=PostKind(given["kind"]),
            theme=Theme(given["theme"]),
            title=given["title"],
            body=given["body"],
            district_id=int(given["district"]) if given["district"] else None,
        )


class ReplyForm(forms.Form):
    """An answer."""

    use_required_attribute = False

    body = forms.CharField(
        label=gettext_lazy("Uw antwoord"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReasonForm(forms.Form):
    """Why a post does not belong there."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its kind and theme in words."""

    card: PostCard
    kind: Words
    theme: Words


@page(Permission.SHARE_KNOWLEDGE, methods=READ_ONLY)
def knowledge(request: ViewerRequest) -> HttpResponse:
    """List what was shared, newest first or what fits the words best."""
    form = PostsForm(request.GET, viewer=request.viewer)
    found = posts(request.viewer, wanted=form.wanted, number=page_number(request))
    context = {
        "form": form,
        "page": found,
        "lines": [_line(card) for card in found.cards],
        "query": before_page(request),
        "reported": reported_count(request.viewer),
    }
    return render(request, "shared/knowledge.html", context)


@page(Permission.SHARE_KNOWLEDGE)
def new_post(request: ViewerRequest) -> HttpResponse:
    """Share a note or question."""
    form = NewPostForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        try:
            key = share(request.viewer, post=form.post)
        except ActionRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Uw bericht is gedeeld."))
            return redirect("knowledge_post", key=key)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "shared/knowledge_new.html", context, status=422 if form.errors else 200)


@page(Permission.SHARE_KNOWLEDGE)
def post(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a note or question with its answers, and take another answer."""
    found = _thread(request, key)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reply(request.viewer, key=key, body=form.cleaned_data["body"])
        except ActionRefusedError as refused:
            form.add_error("body", str(refused))
        else:
            messages.success(request, _("Uw antwoord staat erbij."))
            return redirect("knowledge_post", key=key)
    context = {
        "form": form,
        "post": _line(found.post),
        "replies": [_line(card) for card in found.replies],
        "moderates": request.viewer.may(Permission.MODERATE_KNOWLEDGE),
        "crumbs": _crumbs(),
    }
    return render(
        request, "shared/knowledge_post.html", context, status=422 if form.errors else 200
    )


@page(Permission.SHARE_KNOWLEDGE)
def report_post(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say that a post does not belong there."""
    return _with_reason(
        request,
        key,
        act=report,
        title=_("Bericht melden"),
        told=_("Bedankt. De teamleider kijkt ernaar."),
        explanation=_("Gaat dit bericht over een persoon, of hoort het hier niet? Vertel het ons."),
    )


@page(Permission.MODERATE_KNOWLEDGE)
def hide_post(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Take a post away, with a reason for its author."""
    return _with_reason(
        request,
        key,
        act=hide,
        title=_("Bericht weghalen"),
        told=_("Het bericht is weggehaald."),
        explanation=_("Anderen zien het niet meer. Wie het schreef leest uw reden."),
    )


@page(Permission.MODERATE_KNOWLEDGE, methods=("POST",))
def keep_post(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Let a post stand, or stand again."""
    back = _belongs_to(request, key)
    keep(request.viewer, key=key)
    messages.success(request, _("Het bericht blijft staan."))
    return redirect("knowledge_post", key=back)


@page(Permission.SHARE_KNOWLEDGE, methods=("POST",))
def take_post_back(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Take an own post away."""
    back = _belongs_to(request, key)
    try:
        take_back(request.viewer, key=key)
    except ActionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Uw bericht is weggehaald."))
    return redirect("knowledge_post", key=back)


def _with_reason(
    request: ViewerRequest, key: uuid.UUID, *, act: Any, title: str, told: str, explanation: str
) -> HttpResponse:
    back = _belongs_to(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(request.viewer, key=key, reason=form.cleaned_data["reason"])
        except ActionRefusedError as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, told)
            return redirect("knowledge_post", key=back)
    context = {
        "form": form,
        "title": title,
        "explanation": explanation,
        "back": reverse("knowledge_post", args=[back]),
        "crumbs": _crumbs(),
    }
    return render(
        request, "shared/knowledge_reason.html", context, status=422 if form.errors else 200
    )


def _thread(request: ViewerRequest, key: uuid.UUID) -> Thread:
    found = thread(request.viewer, key=key)
    if found is None:
        raise Http404
    return found


def _belongs_to(request: ViewerRequest, key: uuid.UUID) -> uuid.UUID:
    found = thread_of(request.viewer, key=key)
    if found is None:
        raise Http404
    return found


def _line(card: PostCard) -> PostLine:
    return PostLine(card, POST_KINDS[card.kind], THEMES[card.theme])


def _districts(viewer: Viewer) -> Mapping[str, str]:
    return {str(card.district_id): card.name for card in districts(viewer)}


def _offer(form: forms.Form, name: str, first: str, words: Mapping[Any, Words]) -> None:
    choices = [("", first), *((str(code), str(word)) for code, word in words.items())]
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Kennis delen"), reverse("knowledge"))]
