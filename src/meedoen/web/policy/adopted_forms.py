"""What is filled in about figures of adopted documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from meedoen.records.documents.adopted import AdoptedDocument, AdoptedLine
from meedoen.records.documents.rectifying import LONGEST_REASON, LONGEST_TEXT
from meedoen.web.policy.document_words import moment_name
from meedoen.web.policy.forms import NOT_IN_LIST


def title_of(one: AdoptedLine | AdoptedDocument) -> str:
    """Return the title of a document with which one it is."""
    return f"{one.title} ({moment_name(one.kind, one.year, one.number)})"


class RectifyForm(forms.Form):
    """Why a figure is rectified, and what it should have been when it was never counted.

    Both have to be filled in: rectifying it says so, together with all else that is wrong.
    """

    text = forms.CharField(
        label=gettext_lazy("Wat het had moeten zijn"), max_length=LONGEST_TEXT, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom"),
        help_text=gettext_lazy("Iedereen kan dit lezen. Noem geen mensen."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
        required=False,
    )
    marks_optional = False

    def __init__(self, typed: Any, *, is_counted: bool) -> None:
        """Ask for no number of what was counted: that comes from the newest measuring."""
        super().__init__(typed)
        if is_counted:
            del self.fields["text"]


class DifferencesForm(forms.Form):
    """Which two adopted documents to set side by side."""

    eerste = forms.ChoiceField(label=gettext_lazy("Eerste document"), error_messages=NOT_IN_LIST)
    tweede = forms.ChoiceField(label=gettext_lazy("Tweede document"), error_messages=NOT_IN_LIST)
    marks_optional = False

    def __init__(self, typed: Any, *, offered: Sequence[AdoptedLine]) -> None:
        """Offer the documents there are, to begin with the newest beside the one before it."""
        super().__init__(typed)
        newest = [str(one.key) for one in offered[:2]]
        self.initial = dict(zip(("tweede", "eerste"), newest, strict=False))
        for name in ("eerste", "tweede"):
            field: Any = self.fields[name]
            field.choices = [(str(one.key), title_of(one)) for one in offered]

    @property
    def keys(self) -> tuple[UUID, UUID]:
        """Return the keys of both documents."""
        return UUID(self.cleaned_data["eerste"]), UUID(self.cleaned_data["tweede"])
