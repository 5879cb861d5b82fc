"""Which draft a page belongs to, and which state of it the page was made from."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from meedoen.records.conversations.draft_actions import DraftMark, Typed

MOST_TURNS = 2_000_000_000


class DraftForm(forms.Form):
    """The hidden fields of a draft.

    The key is made with the page: sent twice, it is still one conversation. The window tells two
    pages of one person apart; the turn says which of two savings was typed later.
    """

    key = forms.UUIDField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    version = forms.IntegerField(
        min_value=0,
        max_value=MOST_TURNS,
        required=False,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )
    window = forms.CharField(
        max_length=36, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    turn = forms.IntegerField(
        min_value=0, max_value=MOST_TURNS, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any = None, *, key: uuid.UUID | None = None, version: int = 0) -> None:
        """Begin a new draft, or go on with one."""
        super().__init__(
            data,
            initial={"key": key or uuid.uuid4(), "version": version, "window": uuid.uuid4()},
        )

    @property
    def draft_key(self) -> uuid.UUID:
        """The key of the draft, and of the conversation it becomes."""
        key: uuid.UUID = self.cleaned_data["key"]
        return key

    def mark(self) -> DraftMark:
        """Return which state of the draft the page was made from."""
        given = self.cleaned_data
        return DraftMark(given.get("version") or 0, given.get("window") or "")

    def typed(self, pseudonym_id: int, content: Mapping[str, Sequence[str]]) -> Typed:
        """Return what was typed, as it is to be saved."""
        mark = self.mark()
        return Typed(
            key=self.draft_key,
            pseudonym_id=pseudonym_id,
            content=content,
            version=mark.version,
            window=mark.window,
            turn=self.cleaned_data.get("turn") or 0,
        )


def sent_draft(data: QueryDict) -> DraftForm:
    """Return the checked fields; who sent none, or none that can be, begins a new draft."""
    form = DraftForm(data)
    if not form.is_valid():
        form = DraftForm({"key": str(uuid.uuid4()), "window": str(uuid.uuid4())})
        form.full_clean()
    return form
