"""Deciding on one matter of a participation job: a form for each, one way to keep it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.participation_jobs import actions
from meedoen.records.participation_jobs.premium_actions import note_payment
from meedoen.records.participation_jobs.queries import ClockCard, clock_of
from meedoen.rules.participation_job.decided import Matter
from meedoen.web.coach.forms.clock import (
    AssessForm,
    ClockForm,
    FactForm,
    FirstExtensionForm,
    GoOnForm,
    LeftOutForm,
    PaymentForm,
    SchoolingForm,
    SecondExtensionForm,
    begin_with,
)
from meedoen.web.coach.views.clock_opening import SLUGS, led_back, open_clock
from meedoen.web.shared.pages import ViewerRequest, page

Given = dict[str, Any]
Keep = Callable[[Viewer, uuid.UUID, Given], None]


@dataclass(frozen=True, slots=True)
class Page:
    """The page on one matter: its words, its form, the field with its day, and how it is kept.

    `begins_anew`: there may be more of it, so that the form does not begin with the last one.
    """

    title: Promise
    explanation: Promise
    form: type[ClockForm]
    day: str
    keep: Keep
    begins_anew: bool = False


def _schooling(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
    actions.decide_schooling(viewer, key=key, **given)


def _assess(matter: Matter) -> Keep:
    def keep(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
        actions.assess(viewer, key=key, matter=matter, **given)

    return keep


def _first_extension(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
    actions.extend(viewer, key=key, number=1, **given)


def _second_extension(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
    # The law asks for other work in another environment in the third year only.
    actions.extend(viewer, key=key, number=2, other_work=False, other_environment=False, **given)


def _left_out(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
    actions.leave_out(viewer, key=key, **given)


def _fact(matter: Matter) -> Keep:
    def keep(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
        actions.note_fact(viewer, key=key, matter=matter, **given)

    return keep


def _payment(viewer: Viewer, key: uuid.UUID, given: Given) -> None:
    cents = int(given["euros"] * 100)
    note_payment(viewer, key=key, paid_on=given["paid_on"], cents=cents, seen=given["seen"])


PAGES: Mapping[Matter, Page] = {
    Matter.SCHOOLING: Page(
        gettext_lazy("Besluit over scholing"),
        gettext_lazy(
            "Na zes maanden biedt de gemeente scholing aan wie geen startkwalificatie heeft. Dat "
            "hoeft niet als scholing de krachten te boven gaat of niet helpt naar werk (artikel "
            "10a, vijfde lid)."
        ),
        SchoolingForm,
        "decided_on",
        _schooling,
    ),
    Matter.CHANCE: Page(
        gettext_lazy("Kans op werk beoordelen"),
        gettext_lazy(
            "Na negen maanden beoordeelt de gemeente of de kans op werk groter is geworden. Zo "
            "niet, dan stopt de participatiebaan na twaalf maanden (artikel 10a, achtste lid). "
            "Er stopt niets vanzelf: u stopt de plaatsing zelf."
        ),
        AssessForm,
        "assessed_on",
        _assess(Matter.CHANCE),
    ),
    Matter.GO_ON_THIRD_YEAR: Page(
        gettext_lazy("Derde jaar beoordelen"),
        gettext_lazy(
            "Voor het einde van het tweede jaar beoordeelt de gemeente of doorgaan de kans op werk "
            "veel beter maakt (artikel 10a, negende lid). Daarna kunt u verlengen."
        ),
        GoOnForm,
        "assessed_on",
        _assess(Matter.GO_ON_THIRD_YEAR),
    ),
    Matter.GO_ON_FOURTH_YEAR: Page(
        gettext_lazy("Vierde jaar beoordelen"),
        gettext_lazy(
            "Voor het einde van het derde jaar beoordeelt de gemeente opnieuw of doorgaan de kans "
            "op werk veel beter maakt (artikel 10a, tiende lid). Daarna kunt u verlengen."
        ),
        GoOnForm,
        "assessed_on",
        _assess(Matter.GO_ON_FOURTH_YEAR),
    ),
    Matter.LEFT_OUT: Page(
        gettext_lazy("Werk dat niet meetelt"),
        gettext_lazy(
            "Werk via een andere voorziening, zoals een proefplaats, telt ten hoogste zes maanden "
            "niet mee. Dat kan als er zicht is op een contract bij dezelfde organisatie (artikel "
            "10a, derde lid)."
        ),
        LeftOutForm,
        "starts_on",
        _left_out,
        begins_anew=True,
    ),
    Matter.PAYMENT: Page(
        gettext_lazy("Betaalde premie vastleggen"),
        gettext_lazy(
            "Meedoen rekent uit hoeveel van de premie niet meetelt als inkomen (artikel 31, tweede "
            "lid, onderdeel j). Meedoen betaalt niets uit."
        ),
        PaymentForm,
        "paid_on",
        _payment,
        begins_anew=True,
    ),
    Matter.START_QUALIFICATION: Page(
        gettext_lazy("Startkwalificatie"),
        gettext_lazy(
            "Een startkwalificatie is een diploma van havo, vwo of mbo niveau 2 of hoger. Wie die "
            "niet heeft, krijgt na zes maanden scholing aangeboden (artikel 10a, vijfde lid)."
        ),
        FactForm,
        "",
        _fact(Matter.START_QUALIFICATION),
    ),
    Matter.WAGE_SUBSIDY_GROUP: Page(
        gettext_lazy("Groep van de loonkostensubsidie"),
        gettext_lazy(
            "Onder de 27 telt een premie mee als inkomen, behalve voor wie bij de groep van de "
            "loonkostensubsidie hoort (artikel 31, vijfde lid)."
        ),
        FactForm,
        "",
        _fact(Matter.WAGE_SUBSIDY_GROUP),
    ),
}
EXTENSIONS: Mapping[int, Page] = {
    1: Page(
        gettext_lazy("Verlengen met een derde jaar"),
        gettext_lazy(
            "In het derde jaar doet de inwoner ander werk in een andere omgeving. U besluit dit "
            "voor het einde van het tweede jaar (artikel 10a, negende lid)."
        ),
        FirstExtensionForm,
        "decided_on",
        _first_extension,
    ),
    2: Page(
        gettext_lazy("Verlengen met een vierde jaar"),
        gettext_lazy(
            "U besluit dit voor het einde van het derde jaar. Na vier jaar stopt het altijd "
            "(artikel 10a, tiende lid)."
        ),
        SecondExtensionForm,
        "decided_on",
        _second_extension,
    ),
}


@page(Permission.FIX_DUTIES)
def decide(request: ViewerRequest, key: uuid.UUID, slug: str) -> HttpResponse:
    """Decide on a matter, or say it better; what was said before stays readable."""
    matter = SLUGS.get(slug)
    if matter is None:
        raise Http404
    return _decide(request, key, PAGES[matter], matter)


@page(Permission.FIX_DUTIES)
def extend(request: ViewerRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Let somebody go on for a year."""
    found = EXTENSIONS.get(number)
    if found is None:
        raise Http404
    return _decide(request, key, found, Matter.EXTENSION, number)


def _decide(
    request: ViewerRequest, key: uuid.UUID, about: Page, matter: Matter, number: int | None = None
) -> HttpResponse:
    opened = open_clock(request, key)
    if opened.dates is None:
        return led_back(request, key)
    sent = request.POST if request.method == "POST" else None
    form = about.form(
        sent, seen=opened.dates.seen, initial=_begin(opened.dates, about, matter, number)
    )
    if sent is not None and form.is_valid():
        try:
            about.keep(request.viewer, key, form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            # The sentence tells what a colleague wrote down meanwhile, so now it is seen.
            seen = clock_of(request.viewer, key)
            form.show(seen.seen if seen else 0)
        else:
            messages.success(request, _("Dit is vastgelegd."))
            return redirect("coach:clock", key=key)
    context = {
        "form": form,
        "person": opened.person,
        "card": opened.card,
        "title": about.title,
        "explanation": about.explanation,
        "button": _("Vastleggen"),
        "holds": None if about.begins_anew else opened.dates.holding(matter, number),
    }
    return render(request, "coach/clock_form.html", context, status=422 if form.errors else 200)


def _begin(card: ClockCard, about: Page, matter: Matter, number: int | None) -> Given:
    held = None if about.begins_anew else card.holding(matter, number)
    return begin_with(held, about.day)
