"""What the buttons under an indicator do: keep it, put it in force, or show what it would give."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.own_indicators.actions import (
    WrongDefinitionError,
    keep_draft,
    put_in_force,
)
from meedoen.records.own_indicators.line_ends import unified
from meedoen.records.own_indicators.queries import read_text
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.web.policy.indicator_preview import ShownPreview, shown_preview
from meedoen.web.shared.pages import ViewerRequest

DRAFT, USE = "bewaren", "gebruiken"
ASK = "vragen"
"""Show the questions that belong to another choice; nothing is done with what was typed."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of pressing a button; `kept` says that there is another page to go to."""

    kept: str = ""
    """The button that was pressed, when what it does was done."""
    refused: str = ""
    mistakes: Sequence[Mistake] = ()
    preview: ShownPreview | None = None


def press(request: ViewerRequest, *, code: str, text: str, seen: int | None) -> Done:
    """Do what the button says; any other button than those two shows a preview."""
    pressed = request.POST.get("doen", "")
    try:
        if pressed == DRAFT:
            keep_draft(request.viewer, code=code, text=text, seen=seen)
            messages.success(request, _("Bewaard als concept. Er wordt nog niets mee geteld."))
            return Done(kept=pressed)
        if pressed == USE:
            put_in_force(request.viewer, code=code, text=text, seen=seen)
            messages.success(request, _("In gebruik. Bij de volgende meting telt deze mee."))
            return Done(kept=pressed)
    except WrongDefinitionError as wrong:
        return Done(refused=str(wrong), mistakes=wrong.mistakes)
    except ActionRefusedError as refused:
        return Done(refused=str(refused))
    read = read_text(request.viewer, code=code, text=unified(text))
    if read.definition is None:
        return Done(
            refused=_("Er is nog geen voorbeeld te tonen. Kijk hieronder wat er anders moet."),
            mistakes=read.mistakes,
        )
    return Done(preview=shown_preview(request.viewer, read.definition))
