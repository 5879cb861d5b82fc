"""A note beside the conversations, and correcting one."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.conversations.corrections import LONGEST_CORRECTION_REASON
from meedoen.records.conversations.note_actions import LONGEST_NOTE_TEXT, NewNote
from meedoen.records.conversations.note_queries import NoteCard
from meedoen.records.organisations import clock
from meedoen.rules.retention import RecordKind, keep_until, shipped_retention
from meedoen.rules.vocabulary import LegalTask
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.health import refuse_diagnosis
from meedoen.web.shared.past_day import PastDayField
from meedoen.web.shared.sharing_words import LEGAL_TASK_SENTENCES, LEGAL_TASKS


class NoteTextField(forms.CharField):
    """What a note says; no illness, diagnosis or treatment."""

    def __init__(self) -> None:
        """Say what belongs in a note and what does not."""
        super().__init__(
            label=_("Wat wilt u onthouden?"),
            help_text=_(
                "Alleen wat nodig is om verder te helpen: een afspraak, wat u uitzocht, waar u op "
                "terugkomt. Geen ziekte of diagnose en geen oordeel over iemand. De inwoner kan "
                "dit lezen."
            ),
            max_length=LONGEST_NOTE_TEXT,
            widget=forms.Textarea(attrs={"rows": 5}),
            validators=[refuse_diagnosis],
            error_messages={"required": _("Schrijf op wat u wilt onthouden.")},
        )


class ReasonField(forms.CharField):
    """Why something is corrected."""

    def __init__(self) -> None:
        """Say that the reason is shown."""
        super().__init__(
            label=_("Waarom verbetert u dit?"),
            help_text=_("De reden staat bij de verbetering. Wat er eerst stond, blijft te lezen."),
            max_length=LONGEST_CORRECTION_REASON,
            validators=[refuse_diagnosis],
            error_messages={"required": _("Schrijf op waarom u dit verbetert.")},
        )


class NoteForm(forms.Form):
    """What is to be remembered, about which day, and for which law."""

    # A browser would colour what is still empty as a mistake.
    use_required_attribute = False

    text = NoteTextField()
    about_on = PastDayField(label=_("Over welke dag gaat het?"))
    legal_task = forms.TypedChoiceField(
        label=_("Voor welke wet schrijft u dit op?"),
        help_text=_(
            "Wat voor de ene wet is opgeschreven, mag niet zomaar voor een andere worden gebruikt."
        ),
        coerce=LegalTask,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een wet.")},
    )
    # Made with the page: sent twice, it is still one note.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        """Begin with today and the Participatiewet."""
        begin = {
            "about_on": clock.today(),
            "legal_task": LegalTask.PARTICIPATION.value,
            "key": uuid.uuid4(),
        }
        super().__init__(data, initial=begin)
        self.fields["legal_task"].choices = [  # type: ignore[attr-defined]
            (task.value, _law(task, self._day())) for task in LegalTask
        ]

    def _day(self) -> date:
        """Return the day that was filled in, or today while there is none."""
        given = self["about_on"].value()
        if isinstance(given, str):
            try:
                return date.fromisoformat(given)
            except ValueError:
                return clock.today()
        return given or clock.today()

    def new_note(self, pseudonym_id: int) -> NewNote:
        """Return the note as it is to be kept; the form has been checked."""
        given = self.cleaned_data
        return NewNote(
            pseudonym_id=pseudonym_id,
            text=given["text"],
            about_on=given["about_on"],
            legal_task=given["legal_task"],
            key=given["key"],
        )


class NoteCorrectionForm(forms.Form):
    """A better text or day of a note, and why."""

    use_required_attribute = False

    text = NoteTextField()
    about_on = PastDayField(label=_("Over welke dag gaat het?"))
    reason = ReasonField()

    def __init__(self, data: Any = None, *, note: NoteCard) -> None:
        """Begin with the note as it stands."""
        super().__init__(data, initial={"text": note.text, "about_on": note.about_on})


def _law(task: LegalTask, day: date) -> str:
    """Return a law with what it is for, and how long a note for it is kept."""
    last = keep_until(task, RecordKind.NOTE, day, shipped_retention())
    return format_html(
        '{}<br><span class="meedoen-soft">{} {}</span>',
        LEGAL_TASKS[task],
        LEGAL_TASK_SENTENCES[task],
        gettext("Wordt bewaard tot en met %(day)s.") % {"day": day_text(last)},
    )
