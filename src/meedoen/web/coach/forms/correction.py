"""Correcting what was written down about a conversation."""

from typing import Any

from meedoen.records.conversations.correction_actions import Correction
from meedoen.records.conversations.queries import ConversationToCorrect
from meedoen.rules import half_days
from meedoen.web.coach.forms.conversation import ConversationForm
from meedoen.web.coach.forms.note import ReasonField


class CorrectionForm(ConversationForm):
    """A conversation as it should have been written down, and why it is corrected."""

    reason = ReasonField()

    def __init__(self, data: Any = None, *, talk: ConversationToCorrect) -> None:
        """Begin with the conversation as it stands."""
        super().__init__(data, wishes=talk.wishes)
        self.initial.update(
            held_on=talk.card.held_on, channel=talk.card.channel.value, story=talk.card.story
        )

    def correction(self) -> Correction:
        """Return the conversation as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return Correction(
            held_on=given["held_on"],
            channel=given["channel"],
            story=given["story"],
            wished_kinds=frozenset(given["wished_kinds"]),
            interests=frozenset(given["interests"]),
            half_days=half_days.from_codes(given["half_days"]),
            whole_town=given["whole_town"],
            language_level=given["language_level"],
            functional_limits=frozenset(given["functional_limits"]),
            other_limits=given["other_limits"],
        )
