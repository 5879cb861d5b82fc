"""What is filled in to read a page of a budget: the page itself, and what a person decides."""

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.budget.queries import GoalLine
from meedoen.records.budget.reviewing import LONGEST_UNIT, GivenColumn, Reviewed
from meedoen.records.budget.targets import FIRST_YEAR, LAST_YEAR
from meedoen.records.budget.tree_actions import LONGEST_CODE, LONGEST_GOAL
from meedoen.rules.budget.decoding import LARGEST_PAGE
from meedoen.rules.budget.page import CellKind, Page
from meedoen.web.policy.forms import NOT_IN_LIST

ACCEPTED = ".txt,.csv,.html,.htm,.xlsx"
LARGEST_HELD = 1_500_000
"""In bytes, as it stands packed in the page with the reading; the limit of a form is higher."""
MOST_ASKED = 900
"""Of so many things a form is asked at once; the server refuses one with a thousand whole."""
NEW_GOAL = "new"
KINDS = (
    (CellKind.REALISATIE.value, gettext_lazy("Behaald")),
    (CellKind.BEGROTING.value, gettext_lazy("Begroot")),
    (CellKind.STREEF.value, gettext_lazy("Beoogd")),
)


class PageForm(forms.Form):
    """A page to read: a file, or its text."""

    use_required_attribute = False

    content = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("Tekst, HTML, CSV of Excel (xlsx), hooguit 5 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Of plak hier de tekst van de pagina"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Waar komt deze pagina vandaan?"),
        help_text=gettext_lazy(
            "Bijvoorbeeld “Begroting 2025, paragraaf 1.1.3” of het adres van de pagina."
        ),
        max_length=LONGEST_GOAL,
        required=False,
    )

    def clean_content(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is too large before it is read."""
        file: UploadedFile[bytes] | None = self.cleaned_data["content"]
        if file and (file.size or 0) > LARGEST_PAGE:
            raise ValidationError(
                _("Dit bestand is groter dan 5 MB. Lever alleen de pagina met de tabel aan.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and say where it comes from when no file does."""
        given = super().clean() or {}
        has_file = given.get("content") is not None
        has_text = bool(given.get("text", "").strip())
        if "content" in given and has_file == has_text:
            raise ValidationError(_("Kies een bestand of plak de tekst; precies één van de twee."))
        if has_text and not given.get("source", "").strip():
            self.add_error("source", _("Vul in waar de geplakte tekst vandaan komt."))
        return given

    def page_as_bytes(self) -> bytes:
        """Return the page as bytes."""
        file = self.cleaned_data["content"]
        content: bytes = file.read() if file else self.cleaned_data["text"].encode()
        return content

    def name(self) -> str:
        """Return where the page comes from: what was typed, else the name of the file."""
        file = self.cleaned_data["content"]
        return self.cleaned_data["source"].strip() or (file.name if file else "")


def packed(raw: bytes) -> str:
    """Return a page as text to stand in a form, so that it is read again when it is kept."""
    return base64.b64encode(zlib.compress(raw)).decode()


def unpacked(text: str) -> bytes | None:
    """Return the page that was packed; None when somebody changed it or it is far too large."""
    if len(text) > LARGEST_HELD:
        return None
    worker = zlib.decompressobj()
    try:
        raw = worker.decompress(base64.b64decode(text, validate=True), LARGEST_PAGE + 1)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return raw if worker.eof and len(raw) <= LARGEST_PAGE else None


def asked_about(page: Page) -> int:
    """Return how many things are asked about the rows of a page that was read."""
    return sum(
        2 + (not row.unit) + (2 * len(row.columns) if row.ambiguous else 0)
        for row in page.indicators
    )


class ReviewForm(forms.Form):
    """What a person decides about a page that was read: where it goes, and which rows."""

    use_required_attribute = False

    packed = forms.CharField(widget=forms.HiddenInput)
    source = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_GOAL)
    year = forms.IntegerField(
        label=gettext_lazy("Jaar van het stuk"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
    )
    goal = forms.ChoiceField(
        label=gettext_lazy("Bij welk doel horen deze rijen?"),
        required=False,
        error_messages=NOT_IN_LIST,
    )
    code = forms.CharField(
        label=gettext_lazy("Nummer van het nieuwe doel"), max_length=LONGEST_CODE, required=False
    )
    title = forms.CharField(
        label=gettext_lazy("Titel van het nieuwe doel"), max_length=LONGEST_GOAL, required=False
    )

    def __init__(
        self,
        typed: Any,
        *,
        page: Page,
        goals: Sequence[GoalLine],
        indicators: Sequence[tuple[str, str]],
        initial: Mapping[str, Any],
    ) -> None:
        """Make fields for the rows of the page: keep it, which indicator, and lost columns."""
        super().__init__(typed, initial=dict(initial))
        self.page = page
        if page.goals:
            for name in ("goal", "code", "title"):
                del self.fields[name]
        else:
            field: Any = self.fields["goal"]
            field.choices = [
                (NEW_GOAL, _("Een nieuw doel")),
                *(
                    (str(one.goal_id), f"{one.code} {one.title} ({one.year or '-'})")
                    for one in goals
                ),
            ]
        for at, row in enumerate(page.indicators):
            self.fields[f"keep_{at}"] = forms.BooleanField(
                label=_("Bewaren: %(row)s") % {"row": row.indicator}, required=False
            )
            self.fields[f"indicator_{at}"] = forms.ChoiceField(
                label=_("Indicator van Meedoen bij %(row)s") % {"row": row.indicator},
                choices=[("", _("Geen van onze indicatoren")), *indicators],
                required=False,
                error_messages=NOT_IN_LIST,
            )
            if not row.unit:
                self.fields[f"unit_{at}"] = forms.CharField(
                    label=_("Eenheid van %(row)s") % {"row": row.indicator},
                    help_text=_("Bijvoorbeeld aantal, procent of per 1.000 inwoners."),
                    max_length=LONGEST_UNIT,
                    required=False,
                )
            for place, cell in enumerate(row.columns if row.ambiguous else ()):
                words = {"row": row.indicator, "value": cell.value.shown, "place": place + 1}
                self.fields[f"kind_{at}_{place}"] = forms.ChoiceField(
                    label=_("%(row)s, waarde %(place)s (%(value)s): soort") % words,
                    choices=[("", "-"), *KINDS],
                    required=False,
                    error_messages=NOT_IN_LIST,
                )
                self.fields[f"year_{at}_{place}"] = forms.IntegerField(
                    label=_("%(row)s, waarde %(place)s (%(value)s): jaar") % words,
                    min_value=FIRST_YEAR,
                    max_value=LAST_YEAR,
                    required=False,
                )

    def general(self) -> list[forms.BoundField]:
        """Return the fields that are about the page as a whole."""
        return [self[name] for name in ("year", "goal", "code", "title") if name in self.fields]

    def reviewed(self) -> Reviewed:
        """Return the decisions, as the records take them."""
        given = self.cleaned_data
        chosen = [at for at in range(len(self.page.indicators)) if given[f"keep_{at}"]]
        goal = given.get("goal", "")
        return Reviewed(
            year=given["year"],
            rows={at: given[f"indicator_{at}"] for at in chosen},
            columns={at: columns for at in chosen if (columns := self._columns(at))},
            units={at: unit for at in chosen if (unit := given.get(f"unit_{at}", ""))},
            goal_id=int(goal) if goal and goal != NEW_GOAL else None,
            code=given.get("code", ""),
            title=given.get("title", ""),
        )

    def _columns(self, at: int) -> list[GivenColumn]:
        """Return the columns given for a row that lost cells; empty unless all were given."""
        row = self.page.indicators[at]
        if not row.ambiguous:
            return []
        pairs = [
            (self.cleaned_data[f"kind_{at}_{place}"], self.cleaned_data[f"year_{at}_{place}"])
            for place in range(len(row.columns))
        ]
        if not all(kind and year for kind, year in pairs):
            return []
        return [GivenColumn(CellKind(kind), year) for kind, year in pairs]
