"""Knowing again what was kept a moment ago.

The way back in the browser brings the form with what was typed, under a key that was made anew.
Sent again, it is still the same thing.
"""

import hashlib
import json
import uuid

from django.contrib import messages
from django.utils.translation import gettext as _

from meedoen.web.shared.pages import ViewerRequest

NOT_COMPARED = frozenset({"csrfmiddlewaretoken", "key", "step"})


def was_just_kept(request: ViewerRequest, what: str, person: uuid.UUID) -> bool:
    """Return whether the last thing of this sort that was kept is just this, and say so."""
    if request.session.get(_name(what)) != _mark(request, person):
        return False
    messages.info(
        request,
        _("Precies dit stond al in het dossier. Was het een tweede keer? Schrijf er dan iets bij."),
    )
    return True


def note_kept(request: ViewerRequest, what: str, person: uuid.UUID) -> None:
    """Remember what was kept, for as long as somebody is signed in; no text, only a mark."""
    request.session[_name(what)] = _mark(request, person)


def _name(what: str) -> str:
    return f"just_kept_{what}"


def _mark(request: ViewerRequest, person: uuid.UUID) -> str:
    sent = {name: values for name, values in request.POST.lists() if name not in NOT_COMPARED}
    text = json.dumps([str(person), sent], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
