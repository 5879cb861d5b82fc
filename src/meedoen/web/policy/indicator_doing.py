"""What the buttons under an indicator do: keep it, put it in force, measure, or show it first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from meedoen.records.documents.told_days import latest_told
from meedoen.records.figures.actions import measure
from meedoen.records.figures.queries import measured_days
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.actions import (
    WrongDefinitionError,
    keep_draft,
    put_in_force,
)
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.own_indicators.line_ends import unified
from meedoen.records.own_indicators.queries import read_text
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.own_checks import ToldDay
from meedoen.web.policy.indicator_preview import ShownPreview, shown_preview
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest

DRAFT, USE, MEASURE = "bewaren", "gebruiken", "meten"
ASK = "vragen"
"""Show the questions that belong to another choice; nothing is done with what was typed."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of pressing a button; `kept` says that there is another page to go to.

    With a preview the mistakes say what is left to do before it can be put in force.
    """

    kept: str = ""
    """The button that was pressed, when what it does was done."""
    refused: str = ""
    mistakes: Sequence[Mistake] = ()
    preview: ShownPreview | None = None


def press(request: ViewerRequest, *, code: str, text: str, seen: int | None) -> Done:
    """Do what the button says; any other button shows a preview."""
    pressed = request.POST.get("doen", "")
    try:
        if pressed == DRAFT:
            keep_draft(request.viewer, code=code, text=text, seen=seen)
            messages.success(request, _("Bewaard als concept. Er wordt nog niets mee geteld."))
            return Done(kept=pressed)
        if pressed == USE:
            put_in_force(request.viewer, code=code, text=text, seen=seen, told=_told(request, code))
            messages.success(request, _("In gebruik. Bij de volgende meting telt deze mee."))
            return Done(kept=pressed)
        if pressed == MEASURE:
            return _use_and_measure(request, code=code, text=text, seen=seen)
    except WrongDefinitionError as wrong:
        return Done(refused=str(wrong), mistakes=wrong.mistakes)
    except ActionRefusedError as refused:
        return Done(refused=str(refused))
    return _look(request, code=code, text=text)


def _look(request: ViewerRequest, *, code: str, text: str) -> Done:
    """Show what a text would give, also where words lack; or what is wrong in how it counts."""
    read = read_text(request.viewer, code=code, text=unified(text), told=_told(request, code))
    definition = read.definition or read.so_far
    if definition is None:
        return Done(
            refused=_("Er is nog geen voorbeeld te tonen. Kijk hieronder wat er anders moet."),
            mistakes=read.mistakes,
        )
    return Done(preview=shown_preview(request.viewer, definition), mistakes=read.mistakes)


def only_looks(request: ViewerRequest) -> bool:
    """Tell whether a button was pressed that keeps nothing."""
    return request.POST.get("doen") not in (DRAFT, USE, MEASURE)


def address_after(done: Done, code: str, *, kept: str) -> tuple[str, str]:
    """Return the page to go to after a button did what it does; `kept` is that of a draft."""
    pages = {USE: "policy:own_indicator", MEASURE: "policy:indicator"}
    return pages.get(done.kept, kept), code


def _use_and_measure(request: ViewerRequest, *, code: str, text: str, seen: int | None) -> Done:
    """Put an indicator in force and measure at once, so that its number is there to be seen.

    Raises as `put_in_force` does; then nothing is measured. Counting comes after that by itself: if
    it stops half-way the indicator is in force, and who works in the background takes it up.
    """
    if not request.viewer.may(Permission.MEASURE_FIGURES):
        raise Http404
    put_in_force(request.viewer, code=code, text=text, seen=seen, told=_told(request, code))
    begins = catalogue_of(request.viewer.municipality_id)[code].versions[-1].valid_from
    day = _day_to_measure(request.viewer, begins)
    if day is None:
        said = _("In gebruik. Deze telt vanaf %(day)s: meet op die dag of later.")
        messages.success(request, said % {"day": day_text(begins)})
        return Done(kept=USE)
    measure(request.viewer, on=day)
    said = _("In gebruik en gemeten: hoe het op %(day)s was, met wat nu bekend is.")
    messages.success(request, said % {"day": day_text(day)})
    return Done(kept=MEASURE)


def _told(request: ViewerRequest, code: str) -> ToldDay | None:
    return latest_told(request.viewer, indicator=code)


def _day_to_measure(viewer: Viewer, begins: date) -> date | None:
    """Return the newest day on which was measured, or else today; None before it counts."""
    days = [*measured_days(viewer)[-1:], clock.today()]
    return next((day for day in days if day >= begins), None)
