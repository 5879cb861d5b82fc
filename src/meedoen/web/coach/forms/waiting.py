"""What is asked about waiting lists: who, for what, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.following.leaving_actions import LEAVING
from meedoen.records.organisations import clock
from meedoen.records.waiting.checking import LONGEST_REASON
from meedoen.records.waiting.kind_actions import NewLine
from meedoen.records.waiting.queries import KindList, RoomCard
from meedoen.rules.places.following import NO_AFTERCARE
from meedoen.rules.vocabulary import LeftWaiting, Outcome, PlaceKind, PromotionWay
from meedoen.web.coach.forms.fields import send_along
from meedoen.web.coach.forms.placement import iso
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.paging import row_number
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.waiting_words import LEFT_WAITING, PROMOTION_WAYS
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import OUTCOMES, PLACE_KINDS

STOPS = (
    LeftWaiting.NO_WISH_ANY_MORE,
    LeftWaiting.OTHER_STEP_FIRST,
    LeftWaiting.MOVED_AWAY,
    LeftWaiting.DIED,
    LeftWaiting.BENEFIT_ENDED,
)
NO_DAY = {
    "required": _("Vul de dag in."),
    "invalid": _("Vul een dag in die bestaat, zoals 31-12-2026."),
}


def _kinds() -> list[tuple[str, Any]]:
    return [(one.value, word) for one, word in PLACE_KINDS.items()]


class ReasonForm(forms.Form):
    """Why this person gets the seat, when somebody else comes first."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Waarom deze inwoner?"),
        help_text=_(
            "Nodig als iemand anders eerder aan de beurt is. Niets over gezondheid: schrijf op wat "
            "iemand wel of niet kan."
        ),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        error_messages={"required": _("Schrijf op waarom u toch deze inwoner kiest.")},
    )

    def demand_reason(self) -> None:
        """Ask for the reason: it is known that somebody else comes first."""
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _(
            "Niets over gezondheid: schrijf op wat iemand wel of niet kan."
        )


class PlaceFromListForm(ReasonForm):
    """At which place somebody who waits for a kind gets a seat."""

    place = forms.TypedChoiceField(
        label=_("Op welke plek?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een plek.")},
    )
    field_order = ("place", "reason")

    def __init__(self, data: Any = None, *, rooms: Sequence[RoomCard]) -> None:
        """Take the places with room."""
        super().__init__(data)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(room.place_id), _room_text(room)) for room in rooms
        ]


def _room_text(room: RoomCard) -> str:
    return gettext("%(title)s bij %(organisation)s, %(district)s, %(free)s vrij") % {
        "title": room.title,
        "organisation": room.organisation,
        "district": room.district,
        "free": number_text(room.free),
    }


class StopForm(forms.Form):
    """Why somebody does not wait any more, and since when."""

    use_required_attribute = False

    how = forms.TypedChoiceField(
        label=_("Waarom niet meer?"),
        choices=lambda: [(one.value, LEFT_WAITING[one]) for one in STOPS],
        coerce=LeftWaiting,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom.")},
    )
    left_on = PastDayField(label=_("Sinds welke dag?"))

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"left_on": clock.today()})


class WaitForm(forms.Form):
    """For which kind of place somebody begins to wait."""

    use_required_attribute = False

    kind = forms.TypedChoiceField(
        label=_("Op welke soort plek?"),
        choices=lambda: [("", _("Kies")), *_kinds()],
        coerce=PlaceKind,
        error_messages={"required": _("Kies de soort plek.")},
    )
    district = forms.TypedChoiceField(
        label=_("In welke wijk?"), coerce=int, empty_value=None, required=False
    )
    since = PastDayField(label=_("Wacht sinds"))
    lost_place = forms.BooleanField(label=_("Verloor buiten eigen schuld een plek"), required=False)
    own_wish_first = forms.BooleanField(
        label=_("Dit is de eerste eigen wens van de inwoner"), required=False
    )

    def __init__(self, data: Any = None, *, districts: Sequence[tuple[int, str]]) -> None:
        """Take the districts of the municipality; begin with today."""
        super().__init__(data, initial={"since": clock.today()})
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("De hele gemeente")),
            *((str(pk), name) for pk, name in districts),
        ]

    def line(self, pseudonym_id: int) -> NewLine:
        """Return the line to begin; the form has been checked."""
        given = self.cleaned_data
        return NewLine(
            pseudonym_id=pseudonym_id,
            kind=given["kind"],
            since=given["since"],
            district_id=given["district"],
            lost_place=given["lost_place"],
            own_wish_first=given["own_wish_first"],
        )


class WayForm(forms.Form):
    """How a place gives out seats that come free."""

    use_required_attribute = False

    way = forms.TypedChoiceField(
        label=_("Hoe komt een vrije plaats bij iemand terecht?"),
        choices=lambda: [(one.value, word) for one, word in PROMOTION_WAYS.items()],
        coerce=PromotionWay,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe een vrije plaats wordt gegeven.")},
    )
    starts_on = forms.DateField(label=_("Vanaf welke dag?"), widget=DayInput, error_messages=NO_DAY)

    def __init__(self, data: Any = None, *, way: PromotionWay) -> None:
        """Begin with what holds today."""
        super().__init__(data, initial={"way": way.value, "starts_on": clock.today()})


class KindFilterForm(forms.Form):
    """Which list of a kind to show, as the address says."""

    marks_optional = False

    kind = forms.ChoiceField(
        label=_("Soort plek"), choices=lambda: [("", _("Kies")), *_kinds()], required=False
    )
    district = forms.ChoiceField(label=_("Wijk"), required=False)

    def __init__(self, data: Any, *, districts: Sequence[tuple[int, str]]) -> None:
        """Take the districts of the municipality."""
        super().__init__(data)
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle wijken")),
            *((str(pk), name) for pk, name in districts),
        ]


def asked_kind(text: str) -> PlaceKind | None:
    """Return the kind that an address names; None when it names none."""
    return PlaceKind(text) if text in {kind.value for kind in PlaceKind} else None


def asked_district(text: str, districts: KindList) -> int | None:
    """Return the district that an address names; None when it names none of the municipality."""
    number = row_number(text)
    return number if number in {pk for pk, _name in districts.districts} else None


class HoldForm(forms.Form):
    """Up to which day a seat is held."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Vrijhouden tot en met"), widget=DayInput, error_messages=NO_DAY
    )
    # What a colleague chose while this one typed is not replaced unseen.
    seen = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, held_until: date | None) -> None:
        """Begin with the day as it is known now."""
        super().__init__(data, initial={"until": held_until, "seen": iso(held_until)})

    def show(self, held_until: date | None) -> None:
        """Let this be the day that the page tells, when it is sent again."""
        send_along(self, "seen", iso(held_until))


class LeaveForm(forms.Form):
    """Why everything of somebody stops, and what was the last day."""

    use_required_attribute = False

    outcome = forms.TypedChoiceField(
        label=_("Waarom stopt alles?"),
        # Those who move away or die are the most.
        choices=lambda: [
            (one.value, OUTCOMES[one])
            for one in sorted(
                LEAVING, key=lambda one: (one not in NO_AFTERCARE, list(Outcome).index(one))
            )
        ],
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies waarom alles stopt.")},
    )
    last_day = PastDayField(label=_("Wat was de laatste dag?"))

    def __init__(self, data: Any = None) -> None:
        """Begin with today."""
        super().__init__(data, initial={"last_day": clock.today()})
