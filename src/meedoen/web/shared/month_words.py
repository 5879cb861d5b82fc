"""What organisations said about months, in words: for themselves and for coaches."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.placements.month_queries import MonthSaid
from meedoen.rules.vocabulary import MonthAnswer
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.words import Words

ANSWERS: Mapping[MonthAnswer, Words] = {
    MonthAnswer.AS_PLANNED: gettext_lazy("Zoals gepland"),
    MonthAnswer.OTHER_HOURS: gettext_lazy("Meer of minder uren"),
    MonthAnswer.STOPPED: gettext_lazy("Gestopt"),
    MonthAnswer.WORRIES: gettext_lazy("Zorgen"),
}


def said_text(said: MonthSaid) -> str:
    """Return what was said about a month, with who said it and when."""
    return format_html(
        _("{what} ({who}, {day})"),
        what=what_text(said),
        who=said.answered_by or _("met een link"),
        day=day_text(said.answered_at, "medium"),
    )


def what_text(said: MonthSaid) -> str:
    """Return what was said about a month, with what belongs to it."""
    more = ""
    if said.answer is MonthAnswer.OTHER_HOURS:
        more = format_html(": {}", _("%(hours)s uur") % {"hours": number_text(said.hours)})
    if said.answer is MonthAnswer.STOPPED:
        more = format_html(", {}", _("laatste dag %(day)s") % {"day": day_text(said.last_day)})
    note = format_html(' “<span lang="nl">{}</span>”', said.note) if said.note else ""
    return format_html("{}{}{}", ANSWERS[said.answer], more, note)
