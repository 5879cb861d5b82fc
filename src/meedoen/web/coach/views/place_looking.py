"""Who looks for something like a place: whether there is anybody, asked on behalf of the place."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.looking_page import looking_page
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.PROPOSE_PLACES)
def place_looking(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say whether people look for something like this, and ask their coaches."""
    back = reverse("coach:place", args=[key])
    crumbs = [(_("Plekken"), reverse("coach:directory")), (_("De plek"), back)]
    return looking_page(request, key, back=back, crumbs=crumbs)
