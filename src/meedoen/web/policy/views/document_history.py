"""What a text or a traffic light of a document was before, who changed it and when."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meedoen.records.documents.history_queries import (
    TextVersion,
    light_versions,
    text_versions,
)
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.documents.word_differences import Stretch, word_differences
from meedoen.web.policy.document_words import COLOUR_KINDS, COLOURS, HEADINGS, SUBJECTS
from meedoen.web.policy.views.document_writing import chapter_at, light_of, question_of
from meedoen.web.policy.views.documents import about_document, crumbs_of, opened
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import before_page, page_number

READ_ONLY = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of a text, in stretches of words beside the one before it."""

    at: datetime
    by: str
    text: str
    is_first: bool
    stretches: Sequence[Stretch]


@page(Permission.WRITE_DOCUMENTS, methods=READ_ONLY)
def text_history(
    request: ViewerRequest, key: uuid.UUID, chapter: int, question: str
) -> HttpResponse:
    """Show every version of a text, each with what changed in it."""
    card = opened(request, key)
    theirs, asked = chapter_at(card, chapter), question_of(question)
    if asked not in HEADINGS[card.kind]:
        raise Http404
    found = text_versions(
        request.viewer, key=key, chapter=chapter, question=asked, page=page_number(request)
    )
    context = {
        **about_document(card),
        "title": _("Versies van “%(heading)s”") % {"heading": HEADINGS[card.kind][asked]},
        "chapter": theirs,
        "page": found,
        "versions": [_version(one) for one in found.cards],
        "query": before_page(request),
        "crumbs": crumbs_of(card),
    }
    return render(request, "policy/document_text_history.html", context)


@page(Permission.WRITE_DOCUMENTS, methods=READ_ONLY)
def light_history(
    request: ViewerRequest, key: uuid.UUID, chapter: int, subject: str
) -> HttpResponse:
    """Show every colour that a traffic light had, with its reasons."""
    card = opened(request, key)
    theirs = chapter_at(card, chapter)
    asked = light_of(card, subject)
    found = light_versions(
        request.viewer, key=key, chapter=chapter, subject=asked, page=page_number(request)
    )
    context = {
        **about_document(card),
        "title": _("Eerdere kleuren van het stoplicht: %(subject)s") % {"subject": SUBJECTS[asked]},
        "chapter": theirs,
        "page": found,
        "lights": [
            {"card": one, "colour": COLOURS[one.colour], "kind": COLOUR_KINDS[one.colour]}
            for one in found.cards
        ],
        "query": before_page(request),
        "crumbs": crumbs_of(card),
    }
    return render(request, "policy/document_light_history.html", context)


def _version(one: TextVersion) -> VersionShown:
    is_first = one.before is None
    before = one.text if one.before is None else one.before
    return VersionShown(one.at, one.by, one.text, is_first, word_differences(before, one.text))
