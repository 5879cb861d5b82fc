"""What a coach is told about drafts: who writes since when, and what is kept where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.conversations.draft_actions import DraftChangedError
from meedoen.records.conversations.draft_queries import OpenDraft, open_drafts, stale_drafts
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.web.shared.figures import day_text


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An own draft in a list, and why the line is there."""

    draft: OpenDraft
    why: str


def drafts_to_finish(viewer: Viewer) -> dict[str, Sequence[DraftLine]]:
    """Return what `coach/parts/open_drafts.html` shows: the viewer's own drafts."""
    stale = {draft.key for draft in stale_drafts(viewer)}
    return {
        "drafts": [
            DraftLine(draft, _why(draft, is_stale=draft.key in stale))
            for draft in open_drafts(viewer)
        ]
    }


def _why(draft: OpenDraft, *, is_stale: bool) -> str:
    when = {"when": moment_text(draft.saved_at)}
    if is_stale:
        return (
            _("Ligt er al lang: voor het laatst bewaard %(when)s. Maak het af of gooi het weg.")
            % when
        )
    return _("Nog niet af. Voor het laatst bewaard %(when)s.") % when


def moment_text(moment: datetime) -> str:
    """Return a moment as people say it: "om 14:03", or "op 3 maart 2026 om 14:03"."""
    local = timezone.localtime(moment)
    time = {"time": f"{local:%H:%M}", "day": day_text(local.date())}
    if local.date() == clock.today():
        return _("om %(time)s") % time
    return _("op %(day)s om %(time)s") % time


def told(error: DraftChangedError) -> str:
    """Return who was first, and where the own text is."""
    facts = {"who": error.by or _("Iemand anders"), "when": moment_text(error.at)}
    if error.finished and error.is_own:
        return (
            _(
                "U zette dit gesprek al in het dossier, %(when)s. Wat u daarna typte, staat apart "
                "in een concept."
            )
            % facts
        )
    if error.finished:
        return (
            _(
                "%(who)s zette dit gesprek al in het dossier, %(when)s. Uw tekst is niet weg: die "
                "staat in een eigen concept."
            )
            % facts
        )
    if error.is_own:
        return (
            _(
                "U schrijft hier ook op een andere plek aan, bewaard %(when)s. Wat u hier typt, "
                "bewaren wij apart."
            )
            % facts
        )
    return (
        _(
            "%(who)s schrijft hier ook aan, bewaard %(when)s. Wat u typt, bewaren wij apart, "
            "in een eigen concept."
        )
        % facts
    )


def conversation_address(resident_key: object, draft_key: object) -> str:
    """Return where a draft can be opened."""
    return reverse("coach:conversation", args=[resident_key]) + f"?concept={draft_key}"
