"""An organisation reports a worry or proposes an end at any moment, and the coach answers once.

What is reported moves nothing by itself: it becomes a signal for the coach, who alone decides.
"""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.links.actions import demand_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.actions import move_one
from meedoen.records.placements.models import PartnerReport, Placement, ReportAnswer
from meedoen.records.placements.running import Held, hold_placements
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.placement_states import (
    HOLDS_A_SEAT,
    NOT_OVER,
    REASONS_OF,
    TAKES_PART,
    leaving_state,
)
from meedoen.rules.vocabulary import (
    LinkPurpose,
    MoveReason,
    Outcome,
    PartnerReportKind,
    PlacementState,
    ReportFollowUp,
)

LONGEST_TEXT = 300
FURTHEST_LAST_DAY = timedelta(days=366)
"""A last day that lies further ahead is a slip of the year."""
REASONS_TO_END = REASONS_OF[Outcome.STOPPED_BY_PARTNER]
"""Why an organisation may propose an end: the words in which it would stop."""


@action(Permission.CONFIRM_PLACEMENT)
def report(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    kind: PartnerReportKind,
    text: str = "",
    last_day: date | None = None,
    reason: MoveReason | None = None,
) -> uuid.UUID:
    """Keep what an organisation reports of a placement, and return the key of the report.

    `last_day` and `reason` go with a proposal to end, the day only for who began. The same sent
    twice is kept once, as long as nobody answered. Raises ActionRefusedError with everything that
    is wrong.
    """
    held = hold_placements(viewer, [key])[key]
    placement = held.placement
    demand_link(viewer, purpose=LinkPurpose.CONFIRM_START, subject_ids={placement.pk})
    if placement.state not in HOLDS_A_SEAT:
        raise ActionRefusedError(
            _("%(name)s komt niet meer bij u. Vertel de coach zelf wat er nog is.")
            % {"name": held.name}
        )
    ends = kind is PartnerReportKind.PROPOSES_END
    began = placement.state in TAKES_PART
    said: dict[str, Any] = {
        "kind": kind,
        "text": text.strip(),
        "last_day": last_day if ends and began else None,
        "reason": (reason or "") if ends else "",
    }
    faults = [*_text_faults(said["text"], needed=not ends)]
    if ends:
        faults += _end_faults(held, reason, said["last_day"], began=began)
    if faults:
        raise ActionRefusedError(" ".join(faults))
    rows = PartnerReport.objects.visible_to(viewer).filter(placement=placement)
    # Pressed twice, or by two people with the same page.
    same = rows.filter(answer__isnull=True, **said).first()
    if same is not None:
        return same.key
    made = PartnerReport.objects.create(
        municipality_id=viewer.municipality_id,
        placement=placement,
        reported_at=clock.now(),
        reported_by_id=viewer.membership_id,
        **said,
    )
    note_changes(viewer, [placement.pseudonym_id])
    return made.key


def _text_faults(text: str, *, needed: bool) -> Iterator[str]:
    if needed and not text:
        yield _("Schrijf kort op waarover u zich zorgen maakt.")
    if len(text) > LONGEST_TEXT:
        yield _("De tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_TEXT}
    if holds_bsn(text):
        yield _("Hier staat een burgerservicenummer. Haal het weg.")
    fault = health_fault(text)
    if fault:
        yield fault


def _end_faults(
    held: Held, reason: MoveReason | None, last_day: date | None, *, began: bool
) -> Iterator[str]:
    if reason is None:
        yield _("Kies waarom u wilt stoppen.")
    elif reason not in REASONS_TO_END:
        yield _("Deze reden past hier niet. Kies een andere reden.")
    if not began:
        return
    if last_day is None:
        yield _("Vul de laatste dag in.")
    elif last_day < held.stretches[0].starts_on:
        yield _("De laatste dag ligt voor de eerste dag, %(day)s.") % {
            "day": held.stretches[0].starts_on.strftime("%d-%m-%Y")
        }
    elif last_day > clock.today() + FURTHEST_LAST_DAY:
        yield _("De laatste dag ligt te ver weg. Kies een dag in het komende jaar.")


# --- the coach -----------------------------------------------------------------------------------


@action(Permission.PLACE_RESIDENT)
def answer_report(
    viewer: Viewer, *, key: uuid.UUID, follow_up: ReportFollowUp, text: str = ""
) -> None:
    """Say once what was done with a report; the organisation reads it. Raises ActionRefusedError.

    That the placement ended can be said when it did: this ends nothing.
    """
    found, placement = _open(viewer, key)
    over = placement.state not in NOT_OVER
    if follow_up is ReportFollowUp.ENDED and not over:
        raise ActionRefusedError(
            _("De plaatsing loopt nog. Stop die eerst, of kies een ander antwoord.")
        )
    if follow_up is not ReportFollowUp.ENDED and over:
        raise ActionRefusedError(_("De plaatsing is al gestopt. Kies dat als antwoord."))
    _answer(viewer, found, follow_up, text)
    note_changes(viewer, [placement.pseudonym_id])


@action(Permission.PLACE_RESIDENT)
def end_as_reported(
    viewer: Viewer,
    *,
    key: uuid.UUID,
    on: date,
    outcome: Outcome | None,
    reason: MoveReason | None,
    text: str = "",
) -> None:
    """Let a placement stop because of a report, and answer that it did; both or neither.

    `on` is the last day, and of who never began the day from which it is off. `key` is that of
    the report. Raises ActionRefusedError.
    """
    where = _unanswered(viewer, key)
    to = leaving_state(PlacementState(where.state))
    if to is None:
        raise ActionRefusedError(_("De plaatsing is al gestopt. Beantwoord alleen de melding."))
    # First the move: it holds the rows in the order in which every move does.
    move_one(viewer, key=where.key, to=to, on=on, outcome=outcome, reason=reason)
    found, _placement = _open(viewer, key)
    _answer(viewer, found, ReportFollowUp.ENDED, text)


def _open(viewer: Viewer, key: uuid.UUID) -> tuple[PartnerReport, Placement]:
    """Return a report nobody answered, with its placement held. Raises ActionRefusedError."""
    where = _unanswered(viewer, key)
    placement = hold_placements(viewer, [where.key])[where.key].placement
    # Asked again, now that nobody else can answer any more.
    _unanswered(viewer, key)
    return PartnerReport.objects.visible_to(viewer).get(key=key), placement


def _unanswered(viewer: Viewer, key: uuid.UUID) -> Placement:
    """Return the placement of a report that nobody answered. Raises ActionRefusedError."""
    rows = PartnerReport.objects.visible_to(viewer).filter(key=key)
    found = rows.select_related("placement", "answer__answered_by__account").first()
    if found is None:
        raise ActionRefusedError(_("Deze melding bestaat niet of is niet voor u."))
    answer: ReportAnswer | None = getattr(found, "answer", None)
    if answer is not None:
        who = answer.answered_by.account.name if answer.answered_by else _("Een collega")
        raise ActionRefusedError(
            _("%(who)s heeft deze melding al beantwoord. Er is niets veranderd.") % {"who": who}
        )
    return found.placement


def _answer(viewer: Viewer, found: PartnerReport, follow_up: ReportFollowUp, text: str) -> None:
    words = text.strip()
    faults = list(_text_faults(words, needed=False))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    ReportAnswer.objects.create(
        municipality_id=viewer.municipality_id,
        report=found,
        follow_up=follow_up,
        text=words,
        answered_at=clock.now(),
        answered_by_id=viewer.membership_id,
    )
