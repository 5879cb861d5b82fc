"""Examples for the page of components and for the tests of forms. All people are made up."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms

from meedoen.web.shared.charts import Bar, Point, bar_chart, line_chart
from meedoen.web.shared.widgets import DayInput


class ConversationForm(forms.Form):
    """One field of every sort that the product uses."""

    spoken_on = forms.DateField(label="Dag van het gesprek", widget=DayInput)
    channel = forms.ChoiceField(
        label="Hoe sprak u elkaar?",
        choices=[("", "Kies"), ("visit", "Op bezoek"), ("phone", "Aan de telefoon")],
    )
    rung = forms.ChoiceField(
        label="Hoe vaak komt u onder de mensen?",
        help_text="Vraag het zo, in deze woorden.",
        choices=[("1", "Bijna nooit"), ("2", "Elke week"), ("3", "Elke dag")],
        widget=forms.RadioSelect,
    )
    wishes = forms.MultipleChoiceField(
        label="Wat wil deze inwoner?",
        required=False,
        choices=[("people", "Mensen ontmoeten"), ("learn", "Iets leren")],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="In eigen woorden",
        required=False,
        help_text="Geen ziekte of diagnose.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hours = forms.IntegerField(label="Uren per week", min_value=1, max_value=40)
    agreed = forms.BooleanField(label="De inwoner is het eens met dit verslag")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a visit without words, as a rule about more than one field would."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("channel") == "visit" and not cleaned.get("words"):
            raise forms.ValidationError("Schrijf bij een bezoek ook op wat er gezegd is.")
        return cleaned


class FilterForm(forms.Form):
    """A line of filters, where everything may stay empty."""

    marks_optional = False
    name = forms.CharField(label="Naam", required=False)
    district = forms.ChoiceField(
        label="Wijk", required=False, choices=[("", "Alle wijken"), ("n", "Noord")]
    )


def frame(**extra: Any) -> dict[str, Any]:
    """Give what the context processor gives, for a coach who is signed in."""
    return {
        "viewer": SimpleNamespace(
            role="coach",
            name="Coach Kaartje Verzonnen",
            role_name="Participatiecoach",
            municipality_name="Gemeente Nergenshuizen",
            several_roles=True,
        ),
        "menu": [
            SimpleNamespace(url="/vandaag/", label="Vandaag", current=True),
            SimpleNamespace(url="/inwoners/", label="Inwoners", current=False),
            SimpleNamespace(url="/plekken/", label="Plekken", current=False),
            SimpleNamespace(url="/cijfers/", label="Cijfers en begroting", current=False),
        ],
        "theme": {"root_class": "voorbeeld-theme", "css_url": ""},
        "languages": [("nl", "Nederlands", True), ("en", "English", False)],
        "product_version": "0.1.0",
        **extra,
    }


def components() -> dict[str, Any]:
    """Give the whole context of the page of components."""
    days = [date(year, month, 1) for year in (2024, 2025) for month in (1, 4, 7, 10)]
    counts = [812, 905, None, 1102, 1390, 1433, 1502, 1602]
    points = [Point(day, value) for day, value in zip(days, counts, strict=True)]
    bars = [
        Bar("Hoger op de ladder", 1204),
        Bar("Gelijk gebleven", 310),
        Bar("Lager op de ladder", 0),
        Bar("Eén keer gemeten", None),
    ]
    return frame(
        form=ConversationForm({"channel": "visit", "hours": "90", "words": "Graag iets buiten."}),
        filter=FilterForm(),
        crumbs=[("Vandaag", "/vandaag/"), ("Inwoners", "/inwoners/")],
        figures=[
            ("mensen op een plek", 1602, "doel: 1.600"),
            ("gesprekken dit jaar", 12804, ""),
            ("nog niet gemeten", None, ""),
        ],
        years=["2023", "2024", "2025", "2026 (begroot)"],
        rows=[
            _row("Participatiebanen", [812, 1102, 1602, 1600], "success", "Op koers"),
            _row(
                "Beschut werk, oude en nieuwe regeling samen", [0, "<10", 41, 60], "warning", "Krap"
            ),
            _row("Buurtactiviteiten", [None, None, 3204, 3500], "neutral", "Nieuw"),
            _row("Vrijwilligerswerk", [12000, 11850, 10990, 12500], "danger", "Blijft achter"),
        ],
        page=SimpleNamespace(number=2, pages=7, previous=1, next=3),
        chart=line_chart("Participatiebanen", "Van 812 naar 1.602.", points, (1600, "Doel"), "nl"),
        sentence="Het aantal participatiebanen groeide van 812 naar 1.602. Het doel is 1.600.",
        bars=bar_chart("Groei", "1.204 mensen klommen op de ladder.", bars, "nl"),
        bars_sentence="1.204 mensen klommen op de ladder. Van sommigen is er één meting.",
        facts=[
            ("Naam", "Testje van Verzinsel"),
            ("Wijk", "Noord"),
            ("Laatste gesprek", "3 maart 2026"),
            ("Telefoon", ""),
        ],
        items=[
            SimpleNamespace(
                day=date(2026, 3, 3),
                title="Gesprek op bezoek",
                who="K. Verzonnen",
                text="Wil iets.",
            ),
            SimpleNamespace(
                day=date(2026, 2, 1),
                title="Begonnen op een plek",
                who="Buurthuis Bedacht",
                recorded_later="Opgeschreven op 9 februari 2026.",
            ),
            SimpleNamespace(day=date(2025, 12, 1), title="Trede 3", corrected=True),
        ],
        steps=[
            SimpleNamespace(title="Gesprek", state="done", text="3 maart"),
            SimpleNamespace(title="Meting", state="current", text=""),
            SimpleNamespace(title="Plek zoeken", state="todo", text=""),
        ],
        place=SimpleNamespace(
            name="Moestuin De Verzonnen Wortel",
            pros=["U wilt graag buiten bezig zijn.", "Het is tien minuten lopen."],
            cons=[],
        ),
        fallen=SimpleNamespace(
            name="Taalcafé Nergens",
            pros=[],
            cons=["Valt af omdat de plek op dinsdag is en u dan niet kunt."],
        ),
        alerts=[
            ("ok", "Het gesprek is opgeslagen."),
            ("info", "De volgende meting is in juni."),
            ("warning", "Over 14 dagen loopt de plek af."),
            ("error", "De plek is vol. Kies een andere plek."),
        ],
    )


def _row(label: str, values: list[int | str | None], kind: str, status: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, values=values, kind=kind, status=status)
