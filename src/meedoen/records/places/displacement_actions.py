"""Checking that work at a place takes no paid work away; a check is only added to."""

import uuid
from collections.abc import Iterator
from dataclasses import asdict

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.displacement_queries import CheckCard, displacement_card
from meedoen.records.places.found_rows import places_known
from meedoen.records.places.models import DisplacementCheck
from meedoen.rules.places.displacement import (
    LONGEST_NAME,
    Answers,
    Judgement,
    SignedFor,
    judge,
    valid_until,
    version_on,
)
from meedoen.rules.vocabulary import DisplacementVerdict

LONGEST_REASON = 500


class CheckedMeanwhileError(ActionRefusedError):
    """Somebody else checked this place after it was shown."""


@action(Permission.VERIFY_PLACES)
def check_displacement(
    viewer: Viewer,
    *,
    place_key: uuid.UUID,
    answers: Answers,
    reason: str = "",
    seen: int | None = None,
) -> DisplacementVerdict:
    """Keep what an organisation answered and what follows from it; return the verdict.

    `seen` is the number of the newest check that was shown (`CheckCard.check_id`), 0 for none;
    None skips the question whether somebody else checked in the meantime. The same that is sent
    again is kept once. Raises ActionRefusedError with all that is wrong: a place that is not
    there or asks for no check, who signed without name or function, and work that is unclear
    without a reason.
    """
    places = places_known(viewer).filter(key=place_key)
    if connection.features.has_select_for_update:
        places = places.select_for_update(of=("self",))
    place = places.first()
    if place is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    known = displacement_card(viewer, place)
    if not known.is_asked:
        raise ActionRefusedError(_("Bij deze soort plek hoort geen toets op verdringing."))
    found, words = judge(answers), reason.strip()
    if faults := list(_faults(answers, found, words)):
        raise ActionRefusedError(" ".join(faults))
    if known.newest and _is_the_same(viewer, known.newest, answers, words):
        return found.verdict
    _demand_seen(known.newest, seen)
    today = clock.today()
    version = version_on(today)
    DisplacementCheck.objects.create(
        municipality_id=viewer.municipality_id,
        place=place,
        version=version.version,
        answers=asdict(answers),
        verdict=found.verdict,
        reason=words,
        signed_by=_signed_by(answers),
        checked_on=today,
        valid_until=valid_until(today, version),
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
    )
    return found.verdict


def _faults(answers: Answers, found: Judgement, reason: str) -> Iterator[str]:
    if answers.signed_for is not SignedFor.NOBODY and not answers.is_signed:
        yield _("Vul de naam en de functie in van wie tekent.")
    if max(len(answers.signer_name), len(answers.signer_function)) > LONGEST_NAME:
        yield _("De naam en de functie hebben elk hoogstens %(most)s tekens.") % {
            "most": LONGEST_NAME
        }
    if found.verdict is DisplacementVerdict.UNCLEAR and not reason:
        yield _(
            "Uit de antwoorden blijkt niet of het werk extra is. Schrijf op waarom het toch mag, "
            "of vraag eerst verder."
        )
    if len(reason) > LONGEST_REASON:
        yield _("De uitleg is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_REASON}


def _is_the_same(viewer: Viewer, newest: CheckCard, answers: Answers, reason: str) -> bool:
    """Return whether this was kept today already: the button was pressed twice."""
    same = (newest.answers, newest.reason, newest.checked_on) == (answers, reason, clock.today())
    mine = DisplacementCheck.objects.filter(
        municipality_id=viewer.municipality_id,
        pk=newest.check_id,
        recorded_by_id=viewer.membership_id,
    )
    return same and mine.exists()


def _demand_seen(newest: CheckCard | None, seen: int | None) -> None:
    if seen is not None and newest is not None and newest.check_id != seen:
        raise CheckedMeanwhileError(
            _(
                "%(who)s heeft deze plek intussen getoetst. Wat u invulde, staat er nog. Slaat u "
                "het toch op, dan geldt uw toets."
            )
            % {"who": newest.checked_by or _("Iemand anders")}
        )


def _signed_by(answers: Answers) -> str:
    if not answers.is_signed:
        return ""
    return f"{answers.signer_name.strip()}, {answers.signer_function.strip()}"
