"""Somebody's path on one time line, with the way to put a measurement right."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from meedoen.records.conversations.queries import conversations_with
from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.queries import placements_of
from meedoen.web.coach.views.opening import open_file, where_to_correct
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.path_picture import path_picture
from meedoen.web.shared.whole_way import whole_way


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def path(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show someone's rungs, life domains, places and talks on one time line."""
    person = open_file(request, key, page="path")
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    placements = placements_of(viewer, pseudonym_id=pseudonym_id)
    context = {
        "person": person,
        "picture": path_picture(
            measurements=measurements_of(viewer, pseudonym_id=pseudonym_id),
            domains=domain_measurements_of(viewer, pseudonym_id=pseudonym_id),
            conversations=conversations_with(viewer, pseudonym_id=pseudonym_id),
            placements=placements,
            correct=where_to_correct(key) if viewer.may(Permission.RECORD_CONVERSATION) else None,
        ),
        "way": whole_way(placements, lambda one: reverse("coach:placement", args=[one])),
    }
    return render(request, "coach/path.html", context)
