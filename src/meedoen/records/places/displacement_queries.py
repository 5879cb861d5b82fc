"""Whether it was checked that a participation job takes no paid work away, and how it came out."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.found_rows import places_known
from meedoen.records.places.models import DisplacementCheck, Place
from meedoen.rules.places.displacement import (
    Answers,
    Reply,
    SignedFor,
    WhyVerdict,
    judge,
    shipped_versions,
)
from meedoen.rules.places.displacement_at_start import Check
from meedoen.rules.places.kinds import rules_of
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceKind


@dataclass(frozen=True, slots=True)
class CheckCard:
    """One check: what was answered, how it comes out and why, and until when it counts.

    `reason` is what somebody wrote about work that is unclear. `years_back` is how far back the
    question about paid work looked; 0 when the terms of that time are not known any more.
    """

    check_id: int
    answers: Answers
    verdict: DisplacementVerdict
    reasons: tuple[WhyVerdict, ...]
    reason: str
    years_back: int
    checked_on: date
    valid_until: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class DisplacementCard:
    """How a place stands: whether a check is asked of it, and all checks, the newest first.

    `holds` says that the newest check lets people work there: it counts today, and the work is
    additional, or somebody wrote why it may be although that is unclear.
    """

    is_asked: bool
    holds: bool
    checks: Sequence[CheckCard]

    @property
    def newest(self) -> CheckCard | None:
        """Return the check that counts; None when nobody ever checked."""
        return self.checks[0] if self.checks else None

    @property
    def is_missing(self) -> bool:
        """Return whether a check is asked and none holds: the mark on the page of the place."""
        return self.is_asked and not self.holds


def displacement_of(viewer: Viewer, *, place_key: uuid.UUID) -> DisplacementCard | None:
    """Return how a place stands; None when it is not there for this viewer."""
    if not viewer.may(Permission.SEE_DIRECTORY):
        return None
    row = places_known(viewer).filter(key=place_key).first()
    return displacement_card(viewer, row) if row else None


def displacement_card(viewer: Viewer, place: Place) -> DisplacementCard:
    """Return how a place stands that the viewer may see; for actions, and the queries here."""
    rows = DisplacementCheck.objects.filter(
        municipality_id=viewer.municipality_id, place_id=place.pk
    ).select_related("recorded_by__account")
    checks = [_check_card(row) for row in rows.order_by("-pk")]
    return DisplacementCard(
        is_asked=_is_asked(place.kind),
        holds=bool(checks) and _holds(checks[0]),
        checks=checks,
    )


def checked_places(viewer: Viewer) -> frozenset[int]:
    """Return every place of which the newest check lets people work there, in one question."""
    if not viewer.may(Permission.SEE_DIRECTORY):
        return frozenset()
    rows = DisplacementCheck.objects.filter(municipality_id=viewer.municipality_id)
    # The newest of each place comes last, and stays.
    newest = {
        place_id: Check(DisplacementVerdict(verdict), bool(reason), checked_on, until)
        for place_id, verdict, reason, checked_on, until in rows.order_by("pk").values_list(
            "place_id", "verdict", "reason", "checked_on", "valid_until"
        )
    }
    today = clock.today()
    return frozenset(place_id for place_id, one in newest.items() if one.holds(today))


def _is_asked(kind: str) -> bool:
    return rules_of(PlaceKind(kind), clock.today()).displacement_check


def _holds(card: CheckCard) -> bool:
    kept = Check(card.verdict, bool(card.reason), card.checked_on, card.valid_until)
    return kept.holds(clock.today())


def _check_card(row: DisplacementCheck) -> CheckCard:
    answers = _answers(row.answers)
    return CheckCard(
        check_id=row.pk,
        answers=answers,
        verdict=DisplacementVerdict(row.verdict),
        reasons=judge(answers).reasons,
        reason=row.reason,
        years_back=_years_back(row.version),
        checked_on=row.checked_on,
        valid_until=row.valid_until,
        checked_by=row.recorded_by.account.name if row.recorded_by else "",
    )


def _years_back(version: str) -> int:
    known = {one.version: one.years_back for one in shipped_versions()}
    return known.get(version, 0)


def _answers(kept: Mapping[str, Any]) -> Answers:
    """Return the answers as they were kept with a check."""
    return Answers(
        additional=Reply(kept["additional"]),
        paid_before=Reply(kept["paid_before"]),
        vacancy=Reply(kept["vacancy"]),
        goes_on=Reply(kept["goes_on"]),
        signed_for=SignedFor(kept["signed_for"]),
        signer_name=kept["signer_name"],
        signer_function=kept["signer_function"],
    )
