"""A place that a resident found: handing it in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import own_file
from meedoen.web.shared.found_form import FoundPlaceForm
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.SEE_OWN_PATH)
def found_new(request: ViewerRequest) -> HttpResponse:
    """Show the form, and hand in the place when it is right."""
    own = own_file(request.viewer)
    if own is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = FoundPlaceForm(sent, viewer=request.viewer, district_id=own.district_id)
    if sent is not None and form.is_valid() and form.keep(pseudonym_id=own.pseudonym_id):
        messages.success(request, _("Dank u wel. Iemand van de gemeente kijkt naar de plek."))
        return redirect(reverse("resident:path") + "#gevonden")
    context = {"form": form, "crumbs": [(_("Mijn pad"), reverse("resident:path"))]}
    return render(request, "resident/found_new.html", context, status=422 if form.errors else 200)
