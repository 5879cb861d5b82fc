"""Who reaches whom, who looked at what, and who may do what: pages without case content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import queries as organisations
from meedoen.records.organisations.queries import MemberCard, permission_table
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people import queries as people
from meedoen.records.places.queries import ReachRow
from meedoen.records.places.queries import reach as reach_rows
from meedoen.rules.vocabulary import OrganisationKind
from meedoen.web.policy.permission_words import PERMISSIONS, ROLES
from meedoen.web.shared.counting import marks_in, shown_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.roles import ROLE_NAMES
from meedoen.web.shared.words import Words, listed, page_read

READ_ONLY = ("GET", "HEAD")
MOST_DIGITS = 9
ORGANISATION_KINDS: Mapping[OrganisationKind, Promise] = {
    OrganisationKind.SUBSIDISED_INSTITUTION: _("Instelling met subsidie"),
    OrganisationKind.ASSOCIATION: _("Vereniging"),
    OrganisationKind.PRIVATE_INITIATIVE: _("Particulier initiatief"),
    OrganisationKind.EMPLOYER: _("Werkgever"),
    OrganisationKind.MUNICIPAL_TEAM: _("Team van de gemeente"),
}


@dataclass(frozen=True, slots=True)
class ReachLine:
    """What an organisation offers, in words; `people` as it may be shown."""

    card: ReachRow
    kind: Words
    people: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """Who opened what, in words."""

    when: datetime
    reader: str
    role: Words
    page: Words
    about: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member with the role in words."""

    card: MemberCard
    role: Words


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """A permission with the roles that carry it, in words."""

    name: Words
    roles: str


@page(Permission.SEE_ORGANISATIONS, methods=READ_ONLY)
def reach(request: ViewerRequest) -> HttpResponse:
    """Show what every organisation offers and how many people take part there."""
    threshold = threshold_of(request.viewer)
    rows = [
        ReachLine(row, ORGANISATION_KINDS[OrganisationKind(row.kind)], shown_text(row.people))
        for row in reach_rows(request.viewer, threshold=threshold)
    ]
    marks = marks_in(row.people for row in rows)
    return render(request, "policy/reach.html", {"rows": rows, "marks": marks})


@page(Permission.SEE_ACCESS_LOG, methods=READ_ONLY)
def readings(request: ViewerRequest) -> HttpResponse:
    """Show who opened which file, newest first."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 1
    log = people.readings(request.viewer, number=number)
    lines = [
        ReadingLine(card.when, card.reader, ROLE_NAMES[card.role], page_read(card.page), card.about)
        for card in log.cards
    ]
    return render(request, "policy/readings.html", {"lines": lines, "page": log})


@page(Permission.SEE_MEMBERS, methods=READ_ONLY)
def members(request: ViewerRequest) -> HttpResponse:
    """Show who acts for the municipality, and what each role may do."""
    context = {
        "members": [
            MemberLine(card, ROLE_NAMES[card.role])
            for card in organisations.members(request.viewer)
        ],
        "permissions": [
            PermissionLine(
                PERMISSIONS[row.permission],
                listed(name for role, name in ROLES.items() if role in row.roles),
            )
            for row in permission_table(request.viewer)
        ],
    }
    return render(request, "policy/members.html", context)
