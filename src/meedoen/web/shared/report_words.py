"""What organisations reported of placements and what coaches did with it, in words."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.placements.report_queries import AnswerCard, ReportCard
from meedoen.rules.vocabulary import PartnerReportKind, ReportFollowUp
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import MOVE_REASONS, Words

REPORT_KINDS: Mapping[PartnerReportKind, Words] = {
    PartnerReportKind.WORRY: gettext_lazy("Zorgen"),
    PartnerReportKind.PROPOSES_END: gettext_lazy("Voorstel om te stoppen"),
}

FOLLOW_UPS: Mapping[ReportFollowUp, Words] = {
    ReportFollowUp.TALKED: gettext_lazy("Er is over gesproken"),
    ReportFollowUp.GOES_ON: gettext_lazy("Het gaat door zoals afgesproken"),
    ReportFollowUp.CHANGED: gettext_lazy("Er zijn andere afspraken gemaakt"),
    ReportFollowUp.ENDED: gettext_lazy("De plaatsing is gestopt"),
}


def reported_text(report: ReportCard) -> str:
    """Return what was reported, with the reason, the proposed last day and the words."""
    more = ""
    if report.reason is not None:
        more = format_html(": {}", MOVE_REASONS[report.reason])
    if report.last_day is not None:
        last_day = _("laatste dag %(day)s") % {"day": day_text(report.last_day)}
        more = format_html("{}, {}", more, last_day)
    return format_html("{}{}{}", REPORT_KINDS[report.kind], more, _quoted(report.text))


def reporter_text(report: ReportCard) -> str:
    """Return who reported it, and when."""
    return _("%(who)s, %(day)s") % {
        "who": report.reported_by or _("met een link"),
        "day": day_text(report.reported_at, "medium"),
    }


def answer_text(answer: AnswerCard) -> str:
    """Return what was done with a report, with who says so and when."""
    return format_html(
        _("{what} ({who}, {day})"),
        what=format_html("{}{}", FOLLOW_UPS[answer.follow_up], _quoted(answer.text)),
        who=answer.answered_by,
        day=day_text(answer.answered_at, "medium"),
    )


def _quoted(text: str) -> str:
    """Mark what somebody typed as Dutch, whatever the language of the page."""
    return format_html(' “<span lang="nl">{}</span>”', text) if text else ""
