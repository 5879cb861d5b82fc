"""The page on which colleagues of an organisation are let in, and their access is ended."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.colleague_actions import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    end_colleague,
    invite_colleague,
)
from meedoen.records.organisations.colleague_queries import ColleaguesPage
from meedoen.records.organisations.viewer import Role
from meedoen.web.shared.invitations import send_invitation
from meedoen.web.shared.pages import ViewerRequest

MAY_DO = (
    (Role.PARTNER, gettext_lazy("Meewerken: plekken bijhouden en mensen ontvangen")),
    (Role.PARTNER_LEAD, gettext_lazy("Beheren: meewerken, en collega's uitnodigen")),
)


class InviteForm(forms.Form):
    """Somebody to let in."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=LONGEST_NAME)
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("Het eigen adres van uw collega; daarmee logt die in."),
        max_length=LONGEST_EMAIL,
    )
    role = forms.TypedChoiceField(
        label=gettext_lazy("Wat mag deze collega?"),
        choices=MAY_DO,
        coerce=Role,
        initial=Role.PARTNER,
        widget=forms.RadioSelect,
    )


class MemberForm(forms.Form):
    """One of those who are there already, by the number that the page holds."""

    member = forms.IntegerField(min_value=1)


def colleague_page(
    request: ViewerRequest, shown: ColleaguesPage, template: str, context: dict[str, object]
) -> HttpResponse:
    """Show who may come in; let somebody in, mail them again, or end their access."""
    steps = {"end": _end, "again": _mail_again}
    step = steps.get(request.POST.get("step", ""))
    if request.method == "POST" and step is not None:
        step(request, shown)
        return redirect(request.path)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(request, shown, form):
        return redirect(request.path)
    context = {
        "form": form,
        "shown": shown,
        "roles": {role.value: str(words).split(":")[0] for role, words in MAY_DO},
        **context,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _invited(request: ViewerRequest, shown: ColleaguesPage, form: InviteForm) -> bool:
    given = form.cleaned_data
    try:
        membership_id = invite_colleague(
            request.viewer,
            organisation_key=shown.key,
            email=given["email"],
            name=given["name"],
            role=given["role"],
        )
    except ActionRefusedError as refused:
        form.add_error("email", str(refused))
        return False
    send_invitation.enqueue(request.viewer.municipality_id, membership_id)
    messages.success(
        request,
        _("%(name)s kan meedoen. Er gaat een mail naar %(email)s.")
        % {"name": given["name"], "email": given["email"]},
    )
    return True


def _end(request: ViewerRequest, shown: ColleaguesPage) -> None:
    try:
        name = end_colleague(
            request.viewer, organisation_key=shown.key, membership_id=_member(request)
        )
    except ActionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("%(name)s kan niet meer inloggen voor deze organisatie.") % {"name": name}
        )


def _mail_again(request: ViewerRequest, shown: ColleaguesPage) -> None:
    number = _member(request)
    waiting = [one for one in shown.colleagues if not one.has_come_in]
    if number not in {one.membership_id for one in waiting}:
        messages.error(request, _("Deze collega kan al inloggen, of doet niet meer mee."))
        return
    send_invitation.enqueue(request.viewer.municipality_id, number)
    messages.success(
        request, _("Er gaat opnieuw een mail naar uw collega, hoogstens één keer per dag.")
    )


def _member(request: ViewerRequest) -> int:
    """Return who is meant; 0, who is nobody, for what is no number."""
    form = MemberForm(request.POST)
    return int(form.cleaned_data["member"]) if form.is_valid() else 0
