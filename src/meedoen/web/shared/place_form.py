"""The form for all that an organisation says of a place, for coaches and for partners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.directory.queries import PlaceChoices
from meedoen.records.organisations import clock
from meedoen.records.places.actions import NewPlace, PlaceChange
from meedoen.records.places.checks import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST_PEOPLE,
)
from meedoen.records.places.detail_queries import PlacePage
from meedoen.records.places.details import PlaceDetails
from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.schedule.occurrences import half_days_of
from meedoen.rules.schedule.rule import RuleError
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind, StartWindow
from meedoen.web.shared.place_words import GUIDANCES, START_WINDOWS
from meedoen.web.shared.reasons import interest_name, interests
from meedoen.web.shared.session_rows import (
    DAY_ERROR,
    MOST_ROWS,
    SPARE_ROWS,
    SessionRow,
    row_fields,
    row_initial,
    row_mistakes,
    row_of,
    sessions_in,
)
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.widgets import DayInput
from meedoen.web.shared.words import (
    DAYS,
    FUNCTIONAL_DEMANDS,
    HALF_DAYS,
    LANGUAGE_LEVELS,
    PARTS,
    PLACE_KINDS,
    Words,
    listed,
)

MORE_TIMES = "more_times"
"""The value of the button that asks for more rows of times."""
MOST_COST = 10_000
MOST_HOURS = 60
MOST_HALF_DAYS = len(half_days.CODES)
CODED = ("kind", "language_level_asked", "guidance", "start_window", "legal_task")
SAME = (
    "title",
    "description",
    "half_days_needed",
    "hours_per_week",
    "opens_on",
    "capacity",
    "most_per_half_day",
    "is_full",
    "guidance_note",
    "next_start_on",
    "cost_note",
    "is_public",
    "open_to_sign_up",
    "photo_free",
    "asks_attendance",
    "purpose",
)
"""Fields that a place has under the same name; the coded ones as a value of their list."""
WHOLE_NUMBER = _("Vul een heel getal in.")


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day in the week of half-days, with a box for each part of it."""

    day: Words
    boxes: Sequence[BoundWidget]


class DayField(forms.DateField):
    """A day."""

    widget = DayInput

    def __init__(self, **more: Any) -> None:
        """Take what any field takes."""
        super().__init__(**more)
        self.error_messages |= {"required": _("Vul de dag in."), "invalid": DAY_ERROR}


class PlaceForm(forms.Form):
    """A place as it is, or as it becomes from a day on.

    With `changes` it asks from which day that holds, and why. The rows of times are as many as
    `times` says; `with_more_times` gives the same form with more of them.
    """

    use_required_attribute = False

    title = forms.CharField(
        label=_("Hoe heet de plek?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Geef de plek een naam.")},
    )
    description = forms.CharField(
        label=_("Wat doet iemand daar?"),
        help_text=_("In gewone woorden. Noem geen namen van mensen."),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf in een paar zinnen op wat iemand daar doet.")},
    )
    kind = forms.TypedChoiceField(
        label=_("Wat voor plek is het?"),
        choices=lambda: [
            ("", _("Kies")),
            *((one.value, word) for one, word in PLACE_KINDS.items()),
        ],
        coerce=PlaceKind,
        error_messages={"required": _("Kies wat voor plek het is.")},
    )
    interests = forms.MultipleChoiceField(
        label=_("Voor wie dit graag doet"),
        choices=lambda: [(code, interest_name(code)) for code in interests()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    location = forms.TypedChoiceField(
        label=_("Op welke locatie?"), coerce=int, empty_value=None, required=False
    )
    district = forms.TypedChoiceField(
        label=_("In welke wijk?"),
        help_text=_("Met een locatie hoeft u geen wijk te kiezen."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    times = forms.IntegerField(required=False, widget=forms.HiddenInput)
    half_days = forms.MultipleChoiceField(
        label=_("Op welke dagdelen is de plek open?"),
        help_text=_("Niets aangevinkt betekent: de dagdelen van de tijden hierboven."),
        choices=lambda: [
            (code, format_html('<span class="meedoen-hidden">{}</span>', word))
            for code, word in HALF_DAYS.items()
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    half_days_needed = forms.IntegerField(
        label=_("Hoeveel dagdelen per week komt iemand minstens?"),
        min_value=0,
        max_value=MOST_HALF_DAYS,
        error_messages={
            "required": _("Vul in hoeveel dagdelen iemand minstens komt."),
            "invalid": WHOLE_NUMBER,
        },
    )
    hours_per_week = forms.IntegerField(
        label=_("Hoeveel uur per week is dat?"),
        min_value=0,
        max_value=MOST_HOURS,
        required=False,
        error_messages={"invalid": WHOLE_NUMBER},
    )
    opens_on = DayField(label=_("Sinds welke dag is de plek er?"))
    last_on = DayField(
        label=_("Tot en met welke dag is de plek er?"),
        help_text=_("Leeg betekent: voorlopig."),
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("Voor hoeveel mensen is er plaats?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": _("Vul in voor hoeveel mensen er plaats is."),
            "invalid": WHOLE_NUMBER,
        },
    )
    most_per_half_day = forms.IntegerField(
        label=_("Hoeveel mensen kunnen er hoogstens tegelijk zijn, per dagdeel?"),
        help_text=_("Leeg betekent: zoveel als er plaats is."),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        error_messages={"invalid": WHOLE_NUMBER},
    )
    is_full = forms.BooleanField(label=_("De plek is nu vol"), required=False)
    language_level_asked = forms.TypedChoiceField(
        label=_("Hoeveel Nederlands moet iemand spreken?"),
        choices=lambda: [
            (
                str(one.value),
                _("Maakt niet uit") if one is LanguageLevel.BELOW_A1 else word,
            )
            for one, word in LANGUAGE_LEVELS.items()
        ],
        coerce=lambda value: LanguageLevel(int(value)),
    )
    functional_demands = forms.TypedMultipleChoiceField(
        label=_("Wat moet iemand daar kunnen?"),
        help_text=_("Vink alleen aan wat echt nodig is."),
        choices=lambda: [(one.value, word) for one, word in FUNCTIONAL_DEMANDS.items()],
        coerce=FunctionalDemand,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    guidance = forms.TypedChoiceField(
        label=_("Hoeveel begeleiding is er?"),
        choices=lambda: [(one.value, word) for one, word in GUIDANCES.items()],
        coerce=Guidance,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoeveel begeleiding er is.")},
    )
    guidance_note = forms.CharField(
        label=_("Wat is er nog te zeggen over begeleiding?"), max_length=300, required=False
    )
    start_window = forms.TypedChoiceField(
        label=_("Wanneer kan iemand beginnen?"),
        choices=lambda: [(one.value, word) for one, word in START_WINDOWS.items()],
        coerce=StartWindow,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wanneer iemand kan beginnen.")},
    )
    next_start_on = DayField(label=_("Op welke vaste dag?"), required=False)
    cost = forms.DecimalField(
        label=_("Wat kost het per keer?"),
        help_text=_("In euro's, zoals 2,50. Leeg betekent: gratis."),
        min_value=0,
        max_value=MOST_COST,
        decimal_places=2,
        localize=True,
        required=False,
        error_messages={"invalid": _("Vul een bedrag in, zoals 2,50.")},
    )
    cost_note = forms.CharField(
        label=_("Wat is er nog te zeggen over kosten?"), max_length=200, required=False
    )
    is_public = forms.BooleanField(
        label=_("Iedereen mag deze plek zien op de openbare site"), required=False
    )
    open_to_sign_up = forms.BooleanField(
        label=_("Mensen mogen zichzelf aanmelden"),
        help_text=_("Dat kan alleen als iedereen de plek mag zien."),
        required=False,
    )
    photo_free = forms.BooleanField(
        label=_("Er worden geen foto's van mensen gemaakt"), required=False
    )
    asks_attendance = forms.BooleanField(
        label=_("De organisatie houdt bij wie er is"), required=False
    )
    legal_task = forms.TypedChoiceField(
        label=_("Onder welke wet valt de plek?"),
        choices=lambda: [(one.value, word) for one, word in LEGAL_TASKS.items()],
        coerce=LegalTask,
    )
    purpose = forms.CharField(
        label=_("Waarvoor is de plek bedoeld?"),
        help_text=_("Zoals: wennen aan werk, of mensen leren kennen."),
        max_length=300,
        required=False,
    )
    owner = forms.TypedChoiceField(
        label=_("Wie houdt deze plek bij?"),
        help_text=_("Deze persoon krijgt elke maand de vraag of alles nog klopt."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts_on = DayField(label=_("Vanaf welke dag geldt dit?"))
    reason = forms.CharField(label=_("Waarom verandert het?"), max_length=300, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        choices: PlaceChoices,
        initial: Mapping[str, Any] | None = None,
        changes: bool = False,
    ) -> None:
        """Take what can be chosen at this organisation, and what the form begins with."""
        super().__init__(data, initial=dict(initial or new_place_initial()))
        self.choices, self.changes, self.more_is_asked = choices, changes, False
        self._offer("location", _("Geen vaste locatie"), self._locations())
        self._offer("district", _("De wijk van de locatie"), self._districts())
        self._offer("owner", _("Nog niemand"), self._owners())
        if not changes:
            del self.fields["starts_on"], self.fields["reason"], self.fields["seen"]
        self.row_count = self._count_rows()
        for number in range(self.row_count):
            rule = self.initial.get(f"time_{number}_rule") or self.data.get(f"time_{number}_rule")
            self.fields.update(row_fields(number, with_rule=bool(rule)))

    def with_more_times(self) -> "PlaceForm":
        """Return the form with what was typed and more rows of times, not checked yet."""
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }
        typed["times"] = min(self.row_count + SPARE_ROWS, MOST_ROWS)
        more = PlaceForm(choices=self.choices, initial=typed, changes=self.changes)
        more.more_is_asked = True
        return more

    def rows(self) -> list[SessionRow]:
        """Return the rows of times."""
        return [row_of(self, number) for number in range(self.row_count)]

    def may_have_more_times(self) -> bool:
        """Return whether there can be more rows."""
        return self.row_count < MOST_ROWS

    def week(self) -> list[DayRow]:
        """Return the half-days as rows of a week."""
        boxes, size = list(self["half_days"]), len(PARTS)
        return [
            DayRow(word, boxes[at * size : (at + 1) * size])
            for at, word in enumerate(DAYS.values())
        ]

    def chosen_interests(self) -> str:
        """Return the interests that are ticked, as one line."""
        ticked = self["interests"].value() or []
        return listed(interest_name(code) for code in interests() if code in ticked)

    def chosen_demands(self) -> str:
        """Return what somebody must be able to do, as one line."""
        ticked = {str(one) for one in self["functional_demands"].value() or []}
        return listed(word for one, word in FUNCTIONAL_DEMANDS.items() if one.value in ticked)

    def names_costs(self) -> bool:
        """Return whether there is something to see about costs."""
        return any(self[name].value() or self[name].errors for name in ("cost", "cost_note"))

    def parts(self) -> list[Words]:
        """Return the names of the parts of a day, above the week."""
        return list(PARTS.values())

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        given: dict[str, Any] = super().clean() or {}
        for name, sentence in row_mistakes(given, self.row_count):
            self.add_error(name, sentence)
        # A field with a mistake of its own is missing here, and has been told about.
        nowhere = given.get("location", 0) is None and given.get("district", 0) is None
        if nowhere:
            self.add_error("district", gettext("Kies een wijk, of een locatie hierboven."))
        fixed_day = given.get("start_window") is StartWindow.FIXED_DAY
        if fixed_day and given.get("next_start_on", 0) is None:
            self.add_error("next_start_on", gettext("Zeg op welke dag iemand kan beginnen."))
        if given.get("open_to_sign_up") and not given.get("is_public"):
            sentence = gettext("Zichzelf aanmelden kan alleen als iedereen de plek mag zien.")
            self.add_error("open_to_sign_up", sentence)
        self._clean_days(given)
        self._clean_half_days(given)
        return given

    def details(self, organisation_id: int) -> PlaceDetails:
        """Return the place as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        last_on = given["last_on"]
        return PlaceDetails(
            **{name: given[name] for name in (*SAME, *CODED)},
            organisation_id=organisation_id,
            location_id=given["location"],
            district_id=self._district_id(),
            interests=frozenset(given["interests"]),
            sessions=self._sessions(given),
            half_days=self._half_days(given),
            functional_demands=frozenset(given["functional_demands"]),
            cost_cents=int((given["cost"] or Decimal()) * 100),
            owner_id=given["owner"],
            closes_on=last_on + timedelta(days=1) if last_on else None,
        )

    def new_place(self, organisation_id: int, *, confirmed_on: date | None = None) -> NewPlace:
        """Return the place to enter; `confirmed_on` is when the organisation stood for it."""
        details = self.details(organisation_id)
        values = {name: getattr(details, name) for name in PlaceDetails.__dataclass_fields__}
        return NewPlace(**values, confirmed_on=confirmed_on)

    def change(self, *, place_id: int, organisation_id: int) -> PlaceChange:
        """Return the change to keep; the form has been checked."""
        return PlaceChange(
            place_id=place_id,
            starts_on=self.cleaned_data["starts_on"],
            details=self.details(organisation_id),
            reason=self.cleaned_data["reason"],
            seen=self.cleaned_data["seen"],
        )

    def _clean_days(self, given: Mapping[str, Any]) -> None:
        opens_on, last_on = given.get("opens_on"), given.get("last_on")
        if opens_on and last_on and last_on < opens_on:
            self.add_error("last_on", gettext("De plek stopt voordat die begint."))

    def _clean_half_days(self, given: Mapping[str, Any]) -> None:
        """Demand times or half-days, unless something is wrong with them already."""
        if any(name.startswith("time_") for name in self.errors) or "half_days" in self.errors:
            return
        try:
            mask = self._half_days(given)
        except RuleError:
            self.add_error(None, gettext("Een van de tijden is niet te lezen. Vul die opnieuw in."))
            return
        if not mask:
            sentence = gettext("Vul in wanneer de plek open is, met tijden of met dagdelen.")
            self.add_error("half_days", sentence)
        elif (given.get("half_days_needed") or 0) > half_days.count(mask):
            sentence = gettext("Iemand kan niet meer dagdelen komen dan de plek open is.")
            self.add_error("half_days_needed", sentence)

    def _half_days(self, given: Mapping[str, Any]) -> int:
        chosen = given.get("half_days")
        return half_days.from_codes(chosen) if chosen else half_days_of(self._sessions(given))

    def _sessions(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        from_on = given.get("starts_on") or given.get("opens_on") or clock.today()
        return sessions_in(given, self.row_count, from_on=from_on)

    def _district_id(self) -> int:
        """Return the district: that of the location when there is one."""
        chosen = self.cleaned_data["location"]
        named = {one.location_id: one.district_id for one in self.choices.locations}
        district: int = named[chosen] if chosen else self.cleaned_data["district"]
        return district

    def _count_rows(self) -> int:
        wanted = self.data.get("times") if self.is_bound else self.initial.get("times")
        text = str(wanted or "")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else SPARE_ROWS
        return min(max(number, 1), MOST_ROWS)

    def _offer(self, name: str, nothing: Words, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def _locations(self) -> list[tuple[str, str]]:
        return [
            (str(one.location_id), ", ".join(filter(None, [one.name, one.address])))
            for one in self.choices.locations
        ]

    def _districts(self) -> list[tuple[str, str]]:
        return [(str(one.district_id), one.name) for one in self.choices.districts]

    def _owners(self) -> list[tuple[str, str]]:
        return [
            (str(one.contact_id), one.name or one.email or one.phone) for one in self.choices.owners
        ]


def new_place_initial() -> dict[str, Any]:
    """Return what the form for a new place begins with."""
    return {
        "half_days_needed": 1,
        "opens_on": clock.today(),
        "language_level_asked": str(LanguageLevel.BELOW_A1.value),
        "guidance": Guidance.NOW_AND_THEN.value,
        "start_window": StartWindow.BY_APPOINTMENT.value,
        "photo_free": True,
        "legal_task": LegalTask.PARTICIPATION.value,
        "times": SPARE_ROWS,
    }


def initial_of(page: PlacePage, *, details: PlaceDetails | None = None) -> dict[str, Any]:
    """Return what the form for a change begins with: the place as it is.

    With `details` it begins with those, such as what the place will be from a later day on.
    """
    shown = details or page.details
    initial: dict[str, Any] = {name: getattr(shown, name) for name in SAME}
    initial |= {name: getattr(shown, name).value for name in CODED}
    for number, session in enumerate(shown.sessions):
        initial |= row_initial(number, session)
    follows = shown.sessions and half_days_of(shown.sessions) == shown.half_days
    return initial | {
        "interests": sorted(shown.interests),
        "functional_demands": sorted(shown.functional_demands),
        # What follows from the times is left empty, so that it follows them when they change.
        "half_days": [] if follows else list(half_days.codes(shown.half_days)),
        "location": shown.location_id,
        "district": shown.district_id,
        "owner": shown.owner_id,
        "cost": Decimal(shown.cost_cents) / 100 if shown.cost_cents else None,
        "last_on": shown.closes_on and shown.closes_on - timedelta(days=1),
        "times": min(len(shown.sessions) + SPARE_ROWS, MOST_ROWS),
        "starts_on": clock.today(),
        "seen": page.seen,
    }
