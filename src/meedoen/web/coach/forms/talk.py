"""The forms of the one screen of a conversation, taken together."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from meedoen.records.conversations.draft_queries import DraftCard
from meedoen.records.conversations.queries import Wishes
from meedoen.records.sharing.actions import NewAgreement, NewRelease, NewSharing
from meedoen.records.sharing.queries import OrganisationChoice
from meedoen.web.coach.forms.conversation import ConversationForm
from meedoen.web.coach.forms.draft import DraftForm, sent_draft
from meedoen.web.coach.forms.ladder import LadderForm
from meedoen.web.coach.forms.next_step import NextStepForm
from meedoen.web.coach.forms.sharing import AgreementForm, GroundForm, SecrecyForm

NOT_TYPED = frozenset({"shown_rung", "hint_seen"})
"""Hidden fields that say what was on the screen; they are no part of a draft."""


class Talk:
    """The forms of one conversation; together they are checked and show all errors at once."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        wishes: Wishes | None = None,
        draft: DraftCard | None = None,
        organisations: Sequence[OrganisationChoice] = (),
    ) -> None:
        """Begin with what came out of the conversation before, or take what was sent."""
        self.conversation = ConversationForm(data, wishes=wishes)
        self.ladder = LadderForm(data)
        self.step = NextStepForm(data)
        self.ground = GroundForm(data, organisations=organisations, prefix="ground", optional=True)
        self.secrecy = SecrecyForm(data, prefix="secrecy", optional=True)
        self.agreement = AgreementForm(data, prefix="agreement", optional=True)
        if data is not None:
            self.draft = sent_draft(data)
        else:
            self.draft = DraftForm(key=draft.key, version=draft.version) if draft else DraftForm()

    @property
    def forms(self) -> list[forms.Form]:
        """The forms that people fill in, in the order of the page."""
        return [
            self.conversation,
            self.step,
            self.ladder,
            self.ground,
            self.secrecy,
            self.agreement,
        ]

    def is_valid(self) -> bool:
        """Check every form, also after one that is wrong."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    @property
    def errors(self) -> dict[str, Any]:
        """Return the errors of all forms by the name of the field."""
        return {
            form.add_prefix(name): errors
            for form in self.forms
            for name, errors in form.errors.items()
        }

    def non_field_errors(self) -> list[str]:
        """Return the errors that belong to no field."""
        return [str(error) for form in self.forms for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        """Walk through the fields of all forms."""
        for form in self.forms:
            yield from form

    def __getitem__(self, name: str) -> BoundField:
        """Return a field by its name on the page. Raises KeyError."""
        for field in self:
            if field.html_name == name:
                return field
        raise KeyError(name)

    def refuse(self, sentence: str) -> None:
        """Add an error that belongs to no field."""
        self.conversation.add_error(None, sentence)

    def sharings(self, pseudonym_id: int) -> list[NewSharing]:
        """Return what may be told to whom, if that was filled in."""
        return [self.ground.new_sharing(pseudonym_id)] if self.ground.given() else []

    def releases(self, pseudonym_id: int) -> list[NewRelease]:
        """Return the release from secrecy, if it was filled in."""
        return [self.secrecy.new_release(pseudonym_id)] if self.secrecy.given() else []

    def agreements(self, pseudonym_id: int) -> list[NewAgreement]:
        """Return whether the resident agrees with support, if that was asked."""
        return [self.agreement.new_agreement(pseudonym_id)] if self.agreement.given() else []

    def content(self, sent: QueryDict) -> dict[str, list[str]]:
        """Return what was typed, by the name of the field; nothing else that was sent."""
        return {
            field.html_name: [str(value) for value in sent.getlist(field.html_name)]
            for field in self
            if field.name not in NOT_TYPED and field.html_name in sent
        }

    def fill(self, content: Mapping[str, Sequence[str]]) -> None:
        """Show what was typed before, in place of what the form begins with."""
        typed = QueryDict(mutable=True)
        for name, values in content.items():
            typed.setlist(name, list(values))
        for form in self.forms:
            for name, field in form.fields.items():
                place = form.add_prefix(name)
                # A box that is not ticked is not sent; anything else that is not there is new.
                if not field.widget.value_omitted_from_data(typed, typed, place):
                    form.initial[name] = field.widget.value_from_datadict(typed, typed, place)

    def digest(self, sent: QueryDict) -> str:
        """Return a mark by which the same content is known again."""
        content = json.dumps(self.content(sent), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()
