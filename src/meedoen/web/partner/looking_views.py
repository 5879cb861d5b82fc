"""Who looks for something like one of the own places: whether there is anybody, never who."""

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.looking_page import looking_page
from meedoen.web.shared.pages import ViewerRequest, page


@page(Permission.CONFIRM_PLACEMENT)
def place_looking(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Say whether people look for something like this, and ask their coaches."""
    back = reverse("partner:place", args=[key])
    crumbs = [
        (_("Wat op u wacht"), reverse("partner:waiting")),
        (_("Plekken"), reverse("partner:places")),
        (_("De plek"), back),
    ]
    return looking_page(request, key, back=back, crumbs=crumbs)
