"""How a placement goes, what comes after it, and how somebody is then."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.following.checks import LONGEST_TEXT
from meedoen.records.following.next_step_actions import LONGEST_FOLLOW_UP
from meedoen.records.following.queries import AftercareCard, Choosable, EvaluationCard
from meedoen.records.organisations import clock
from meedoen.rules.vocabulary import AftercareFinding, HowItGoes, Preference, WhatFollows
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.coach.forms.plan import PlannedDayField
from meedoen.web.shared.choices import choices
from meedoen.web.shared.following_words import (
    AFTERCARE_FINDINGS,
    HOW_IT_GOES,
    NEXT_PREFERENCES,
    WHAT_FOLLOWS,
)
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.words import Words

RESIDENT, PARTNER = "resident", "partner"
AT_PLACE = ":"
"""Stands between what follows and the number of the place that is proposed with it."""
AT_CONTACT = "contact"
"""Stands for no goal of the plan, but contact that is planned."""


def _words_field(label: Words, *, required: bool = False, help_text: Words = "") -> forms.CharField:
    """Return a field for some short lines that hold no illness or diagnosis."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_diagnosis],
        error_messages={"required": _("Schrijf op wat de inwoner er zelf van vindt.")},
    )


class EvaluationForm(forms.Form):
    """How a placement goes, from both sides, and what changes."""

    use_required_attribute = False

    held_on = PastDayField(label=_("Wanneer was het gesprek?"))
    who = forms.MultipleChoiceField(
        label=_("Wie was erbij?"),
        choices=[(RESIDENT, _("De inwoner")), (PARTNER, _("De organisatie"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies wie erbij was: de inwoner, de organisatie of allebei.")
        },
    )
    resident_finds = forms.TypedChoiceField(
        label=_("Hoe gaat het volgens de inwoner?"),
        coerce=HowItGoes,
        choices=lambda: choices(HOW_IT_GOES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het volgens de inwoner gaat.")},
    )
    resident_said = _words_field(
        _("Wat zei de inwoner?"), help_text=_("Kort, in de woorden van de inwoner.")
    )
    partner_finds = forms.TypedChoiceField(
        label=_("Hoe gaat het volgens de organisatie?"),
        coerce=HowItGoes,
        choices=lambda: choices(HOW_IT_GOES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het volgens de organisatie gaat.")},
    )
    partner_said = _words_field(_("Wat zei de organisatie?"))
    agreed = _words_field(
        _("Wat verandert er vanaf nu?"), help_text=_("Laat leeg als alles blijft zoals het is.")
    )
    next_on = PlannedDayField(label=_("Volgende evaluatie"), ahead=False, required=False)

    def __init__(self, data: Any = None, *, card: EvaluationCard | None = None) -> None:
        """Begin with what stands there, when it is corrected."""
        super().__init__(data, initial=_as_it_is(card) if card else {"held_on": clock.today()})
        self.fields["next_on"].help_text = _(
            "Laat leeg: dan volgt de dag die bij deze soort plek hoort."
        )

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as `NewEvaluation` takes it."""
        given = dict(self.cleaned_data)
        who = given.pop("who")
        return {**given, "with_resident": RESIDENT in who, "with_partner": PARTNER in who}


def _as_it_is(card: EvaluationCard) -> dict[str, Any]:
    present = ((RESIDENT, card.with_resident), (PARTNER, card.with_partner))
    return {
        "held_on": card.held_on,
        "who": [who for who, was_there in present if was_there],
        "resident_finds": card.resident_finds.value,
        "resident_said": card.resident_said,
        "partner_finds": card.partner_finds.value,
        "partner_said": card.partner_said,
        "agreed": card.agreed,
        "next_on": card.next_on,
    }


class WhatFollowsForm(forms.Form):
    """What comes after a placement, what the resident finds of it, and what is done now."""

    use_required_attribute = False
    marks_optional = False

    follows = forms.ChoiceField(
        label=_("Wat komt hierna?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies samen wat hierna komt.")},
    )
    preference = forms.TypedChoiceField(
        label=_("Wat vindt de inwoner hiervan?"),
        coerce=Preference,
        choices=lambda: choices(NEXT_PREFERENCES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat de inwoner hiervan vindt.")},
    )
    resident_said = _words_field(
        _("Wat zei de inwoner?"), required=True, help_text=_("In de woorden van de inwoner.")
    )
    follow_up = forms.CharField(
        label=_("Wat gaat u nu doen?"),
        help_text=_(
            "Zoals: samen plekken bekijken, of de organisatie vragen. Kiest u alleen nazorg? Dan "
            "mag dit leeg blijven, en de dag ook."
        ),
        required=False,
        max_length=LONGEST_FOLLOW_UP,
        validators=[refuse_diagnosis],
    )
    follow_up_on = PlannedDayField(label=_("Op welke dag?"), ahead=True, required=False)
    goal = forms.TypedChoiceField(
        label=_("Waar zet u dit?"),
        coerce=lambda code: None if code == AT_CONTACT else int(code),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    # What a colleague chose or changed while this one typed is not passed over unseen.
    seen = forms.IntegerField(widget=forms.HiddenInput)
    plan_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, options: Choosable, organisation: str, seen: int
    ) -> None:
        """Take what can be chosen from; nothing is chosen beforehand."""
        super().__init__(data, initial={"seen": seen, "plan_version": options.plan_version})
        self.fields["follows"].choices = _options(options, organisation)  # type: ignore[attr-defined]
        if options.goals:
            self.fields["goal"].choices = [  # type: ignore[attr-defined]
                (AT_CONTACT, gettext("Bij het geplande contact met de inwoner")),
                *(
                    (str(number), gettext("In het plan, bij: %(goal)s") % {"goal": words})
                    for number, words in options.goals
                ),
            ]
        else:
            del self.fields["goal"]

    def clean(self) -> dict[str, Any]:
        """Ask what is done about it, when, and where that is written; not for aftercare only."""
        what, day = self.cleaned_data.get("follow_up"), self.cleaned_data.get("follow_up_on")
        only = self.cleaned_data.get("follows") == WhatFollows.AFTERCARE_ONLY
        if only and not what and not day:
            return self.cleaned_data
        if not what and "follow_up" not in self.errors:
            self.add_error("follow_up", _("Schrijf op wat u nu gaat doen."))
        if not day and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("Kies de dag waarop u dat doet."))
        if "goal" in self.fields and not self.data.get("goal"):
            self.add_error("goal", _("Kies waar dit komt te staan."))
        return self.cleaned_data

    def show(self, *, seen: int, options: Choosable) -> None:
        """Let these be the choice and the plan that the page shows, when it is sent again."""
        send_along(self, "seen", str(seen))
        send_along(self, "plan_version", str(options.plan_version))

    def given(self) -> dict[str, Any]:
        """Return what was filled in, as `NewChoice` takes it."""
        given = dict(self.cleaned_data)
        goal = given.pop("goal", None)
        code, _colon, place = given.pop("follows").partition(AT_PLACE)
        return {
            **given,
            "follows": WhatFollows(code),
            "place_id": int(place) if place else None,
            "goal_id": goal,
        }


def _options(options: Choosable, organisation: str) -> Sequence[tuple[str, Words]]:
    """Return what can come next; each volunteer place with room is one of them."""
    found: list[tuple[str, Words]] = []
    for code, words in WHAT_FOLLOWS.items():
        if code is not WhatFollows.VOLUNTEER_SAME_PLACE:
            found.append((code.value, words))
            continue
        found += [
            (f"{code.value}{AT_PLACE}{one.place_id}", _at_place(one.title, one.free))
            for one in options.places
        ]
        asking = gettext("Vrijwilligerswerk bij %(organisation)s: ik vraag of dat kan")
        found.append((code.value, asking % {"organisation": organisation}))
    return found


def _at_place(title: str, free: int) -> str:
    sentence = ngettext(
        "Vrijwilligerswerk op de plek %(title)s (%(free)s plaats vrij): nu voorstellen",
        "Vrijwilligerswerk op de plek %(title)s (%(free)s plaatsen vrij): nu voorstellen",
        free,
    )
    return sentence % {"title": title, "free": free}


class AftercareForm(forms.Form):
    """How somebody is some time after a placement."""

    use_required_attribute = False

    done_on = PastDayField(label=_("Wanneer vroeg u het?"))
    finding = forms.TypedChoiceField(
        label=_("Hoe gaat het nu?"),
        coerce=AftercareFinding,
        choices=lambda: choices(AFTERCARE_FINDINGS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het nu gaat, of dat u niemand bereikte.")},
    )
    words = _words_field(_("Wat zei de inwoner?"))

    def __init__(self, data: Any = None, *, card: AftercareCard | None = None) -> None:
        """Begin with what stands there, when it is corrected."""
        first: dict[str, date | str] = {"done_on": clock.today()}
        if card is not None:
            first = {"done_on": card.done_on, "finding": card.finding.value, "words": card.words}
        super().__init__(data, initial=first)
