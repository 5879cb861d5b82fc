"""Pages that belong to no audience: the start, choosing a role, the state of the site."""

from datetime import UTC, timedelta

from django import forms
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.budget.queries import published_pages
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import RoleCard
from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared.pages import ViewerRequest, page, public_page
from meedoen.web.shared.roles import ROLE_IN_SESSION, ROLE_NAMES, START


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Lead who is signed in to their start page, and everyone else to the front door."""
    viewer = getattr(request, "viewer", None)
    if viewer is not None:
        return redirect(START[viewer.role])
    pages = [
        {
            "url": reverse("public:page", args=[line.publication_id]),
            "title": f"{line.code} {line.title}",
            "municipality_name": line.municipality,
        }
        for line in published_pages()
    ]
    return render(request, "public/home.html", {"pages": pages})


class RoleForm(forms.Form):
    """Which role to act in."""

    membership = forms.ChoiceField(widget=forms.RadioSelect)


@page(Permission.CHANGE_OWN_ACCOUNT)
def choose_role(request: ViewerRequest) -> HttpResponse:
    """Act in another of one's roles."""
    form = RoleForm(request.POST or None, initial={"membership": request.viewer.membership_id})
    field = form.fields["membership"]
    field.label = _("In welke rol wilt u werken?")
    field.choices = [  # type: ignore[attr-defined]
        (card.membership_id, ", ".join(_words_of(card))) for card in request.person.roles
    ]
    if request.method == "POST" and form.is_valid():
        request.session[ROLE_IN_SESSION] = int(form.cleaned_data["membership"])
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "shared/choose_role.html", {"form": form}, status=status)


def _words_of(card: RoleCard) -> list[str]:
    words = [str(ROLE_NAMES[card.role]), card.organisation, card.municipality]
    return [word for word in words if word]


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, and where to go when it is not."""
    return render(request, "public/accessibility.html", {"contact": settings.ADMINISTRATOR_EMAIL})


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116); 404 while nobody has filled that in."""
    if not settings.ADMINISTRATOR_EMAIL:
        raise Http404
    expires = clock.now() + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.ADMINISTRATOR_EMAIL}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def health(_request: HttpRequest) -> HttpResponse:
    """Say whether the site can answer: 200 when the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
