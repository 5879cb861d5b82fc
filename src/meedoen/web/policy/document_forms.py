"""What is filled in about documents of the budget cycle."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.budget.targets import FIRST_YEAR, LAST_YEAR
from meedoen.records.documents.actions import LONGEST_NOTE, LONGEST_TITLE, MOST_INTERIM
from meedoen.records.documents.comment_actions import LONGEST_COMMENT
from meedoen.records.documents.council_actions import LONGEST_ASKED_BY, LONGEST_COUNCIL_TEXT
from meedoen.records.documents.light_reasons import reasons_missing
from meedoen.records.documents.queries import DocumentFilter
from meedoen.records.documents.text_problems import LONGEST_TEXT
from meedoen.records.documents.writing_actions import LONGEST_REASON
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.documents.words import Colour, DocumentKind, DocumentState
from meedoen.web.policy.document_words import COLOURS, KINDS, STATES
from meedoen.web.policy.forms import NOT_IN_LIST, not_to_come
from meedoen.web.shared.widgets import DayInput

REASONS = ("cause", "consequence", "steering")
"""What a traffic light asks beside its colour."""


def tell_refusal(form: forms.Form, refused: ActionRefusedError) -> None:
    """Show every line of a refusal above the form."""
    for line in str(refused).splitlines():
        form.add_error(None, line)


class ListForm(forms.Form):
    """Which documents to list; everything may be left open."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Soort"), required=False, error_messages=NOT_IN_LIST
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Hoe ver"), required=False, error_messages=NOT_IN_LIST
    )
    year = forms.ChoiceField(label=gettext_lazy("Jaar"), required=False, error_messages=NOT_IN_LIST)
    text = forms.CharField(label=gettext_lazy("Zoek in de titel"), required=False, max_length=100)
    order = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        required=False,
        choices=[
            ("year", gettext_lazy("Nieuwste jaar eerst")),
            ("moved", gettext_lazy("Laatst veranderd eerst")),
            ("title", gettext_lazy("Op titel")),
        ],
        error_messages=NOT_IN_LIST,
    )
    marks_optional = False

    def __init__(self, typed: Any, *, years: Sequence[int]) -> None:
        """Offer the years of which there is a document."""
        super().__init__(typed)
        every = ("", _("Alle"))
        choices = {"kind": KINDS.items(), "state": STATES.items()}
        for name, words in choices.items():
            field: Any = self.fields[name]
            field.choices = [every, *((one.value, word) for one, word in words)]
        year: Any = self.fields["year"]
        year.choices = [every, *((str(one), str(one)) for one in years)]

    @property
    def wanted(self) -> DocumentFilter:
        """Return what is asked, of a form without mistakes."""
        given = self.cleaned_data
        return DocumentFilter(
            kind=DocumentKind(given["kind"]) if given.get("kind") else None,
            state=DocumentState(given["state"]) if given.get("state") else None,
            year=int(given["year"]) if given.get("year") else None,
            text=given.get("text", ""),
            order=given.get("order") or "year",
        )


class NewDocumentForm(forms.Form):
    """A document to begin."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("Soort document"),
        choices=[(one.value, word) for one, word in KINDS.items()],
        coerce=DocumentKind,
        widget=forms.RadioSelect,
        error_messages=NOT_IN_LIST,
    )
    year = forms.IntegerField(label=gettext_lazy("Jaar"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    number = forms.IntegerField(
        label=gettext_lazy("Nummer"),
        help_text=gettext_lazy("Alleen voor een tussenrapportage: de hoeveelste van dit jaar."),
        min_value=1,
        max_value=MOST_INTERIM,
        required=False,
    )
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=LONGEST_TITLE)
    reference_date = forms.DateField(
        label=gettext_lazy("Peildatum"),
        help_text=gettext_lazy(
            "De cijfers in het document zijn die van deze dag. Bij een jaarrekening is dat "
            "31 december van het jaar."
        ),
        widget=DayInput,
    )
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Over welke doelen"),
        help_text=gettext_lazy("Elk doel krijgt een hoofdstuk. Kies niets voor alle doelen."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=NOT_IN_LIST,
    )
    start_from = forms.ChoiceField(
        label=gettext_lazy("Beginnen met de teksten van"),
        help_text=gettext_lazy(
            "Zo begint een jaarrekening bij de begroting van dat jaar. U verandert wat anders is."
        ),
        required=False,
        error_messages=NOT_IN_LIST,
    )

    def __init__(
        self, typed: Any, *, goals: Sequence[tuple[str, str]], earlier: Sequence[tuple[str, str]]
    ) -> None:
        """Offer the goals, as code and title, and earlier documents, as key and title."""
        super().__init__(typed)
        codes: Any = self.fields["codes"]
        codes.choices = [(code, f"{code} {title}") for code, title in goals]
        start: Any = self.fields["start_from"]
        start.choices = [("", _("Geen ander document")), *earlier]


class TextForm(forms.Form):
    """The text of one question; `seen` is the id of the text that was shown."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        help_text=gettext_lazy(
            "Een lege regel begint een nieuwe alinea. Een cijfer haalt u op met de code tussen "
            "accolades, zoals {participation_jobs}."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    marks_optional = False

    def clean_text(self) -> str:
        """Write ends of lines in one way."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip("\n")


class LightForm(forms.Form):
    """A traffic light, with why and what is done."""

    colour = forms.TypedChoiceField(
        label=gettext_lazy("Kleur"),
        choices=[(one.value, word) for one, word in COLOURS.items()],
        coerce=Colour,
        widget=forms.RadioSelect,
        error_messages=NOT_IN_LIST,
    )
    cause = forms.CharField(
        label=gettext_lazy("Hoe komt het?"),
        help_text=gettext_lazy("Nodig bij oranje en rood. Noem geen personen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_REASON,
    )
    consequence = forms.CharField(
        label=gettext_lazy("Wat betekent dit voor het doel?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_REASON,
    )
    steering = forms.CharField(
        label=gettext_lazy("Wat doen we eraan?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_REASON,
    )
    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """Ask at each field what orange and red need."""
        given = super().clean() or self.cleaned_data
        if isinstance(given.get("colour"), Colour):
            said = {name: given.get(name, "") for name in REASONS if name not in self.errors}
            missing = reasons_missing(given["colour"], **dict.fromkeys(REASONS, "-") | said)
            for name, line in missing.items():
                self.add_error(name, line)
        return given


class CommentForm(forms.Form):
    """Something to say about a document."""

    text = forms.CharField(
        label=gettext_lazy("Opmerking"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_COMMENT,
    )


class ReplyForm(forms.Form):
    """An answer to a comment, and whether it is settled with that."""

    text = forms.CharField(
        label=gettext_lazy("Antwoord"),
        help_text=gettext_lazy("Mag leeg blijven als u de opmerking alleen afhandelt."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_COMMENT,
    )
    settles = forms.BooleanField(
        label=gettext_lazy("Hiermee is de opmerking afgehandeld"), required=False
    )
    marks_optional = False


class NoteForm(forms.Form):
    """A step with a note; `seen` and `figures_seen` are what was shown."""

    note = forms.CharField(
        label=gettext_lazy("Toelichting"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_NOTE,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    figures_seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReasonForm(NoteForm):
    """A step that needs a reason."""

    note = forms.CharField(
        label=gettext_lazy("Waarom?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
    )


class AddChapterForm(forms.Form):
    """A goal to add a chapter about."""

    code = forms.ChoiceField(label=gettext_lazy("Doel"), error_messages=NOT_IN_LIST)


class CouncilQuestionForm(forms.Form):
    """A question of the council, as the registrar passed it on."""

    about = forms.ChoiceField(label=gettext_lazy("Over welke tekst"), error_messages=NOT_IN_LIST)
    paragraph = forms.IntegerField(
        label=gettext_lazy("Alinea"),
        help_text=gettext_lazy("De hoeveelste alinea van die tekst. 0 is de hele tekst."),
        min_value=0,
        initial=0,
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Fractie of commissie"),
        help_text=gettext_lazy("Noem geen namen van mensen: iedereen kan dit lezen."),
        max_length=LONGEST_ASKED_BY,
    )
    asked_on = forms.DateField(
        label=gettext_lazy("Dag van de vraag"), widget=DayInput, validators=[not_to_come]
    )
    text = forms.CharField(
        label=gettext_lazy("Vraag"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_COUNCIL_TEXT,
    )


class CouncilAnswerForm(forms.Form):
    """The answer to a question of the council."""

    text = forms.CharField(
        label=gettext_lazy("Antwoord"),
        help_text=gettext_lazy("Iedereen kan dit lezen."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_COUNCIL_TEXT,
    )


class CompareForm(forms.Form):
    """Two documents to set beside each other."""

    first = forms.ChoiceField(label=gettext_lazy("Eerste document"), error_messages=NOT_IN_LIST)
    second = forms.ChoiceField(label=gettext_lazy("Tweede document"), error_messages=NOT_IN_LIST)
    use_required_attribute = False

    def __init__(self, typed: Any, *, offered: Sequence[tuple[str, str]]) -> None:
        """Offer documents, as key and title, to begin with the newest beside the one before it."""
        super().__init__(typed)
        newest = [key for key, _title in offered[:2]]
        self.initial = dict(zip(("second", "first"), newest, strict=False))
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Ask for two different documents."""
        given = super().clean() or self.cleaned_data
        if given.get("first") and given.get("first") == given.get("second"):
            self.add_error("second", _("Kies een ander document dan het eerste."))
        return given
