"""Measuring on the participation ladder, on its own or at the end of a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules.ladder.assess import (
    ContradictoryAnswersError,
    MissingAnswerError,
    SetRungNeedsReasonError,
    assess,
    check_set_rung,
)
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.ladder.rungs import LADDER_VERSION, Rung
from meedoen.rules.vocabulary import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasurement:
    """A measurement to record; `set_rung` None takes the rung that follows from the answers."""

    pseudonym_id: int
    measured_on: date
    answers: Answers
    set_rung: Rung | None = None
    deviation_reason: str = ""
    conversation_id: int | None = None
    recorded_at: datetime | None = None


@action(Permission.RECORD_CONVERSATION)
def measure_all(viewer: Viewer, *, measurements: Sequence[NewMeasurement]) -> list[int]:
    """Record measurements and return their ids, in the same order.

    Raises ActionRefusedError, all or none, when answers are missing or contradict each other,
    when the set rung differs without a reason, or when a person is not for this viewer.
    """
    districts = districts_of_visible(
        viewer, pseudonym_ids=[measurement.pseudonym_id for measurement in measurements]
    )
    derived = [_derived(measurement) for measurement in measurements]
    for measurement in measurements:
        if measurement.pseudonym_id not in districts:
            raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    set_rungs = [
        measurement.set_rung or rung
        for measurement, rung in zip(measurements, derived, strict=True)
    ]
    entries = state_all(
        viewer,
        [
            Statement(
                pseudonym_id=measurement.pseudonym_id,
                kind=EntryKind.MEASUREMENT,
                starts_on=measurement.measured_on,
                ends_on=on_one_day(measurement.measured_on),
                rung=set_rung,
                ladder_version=LADDER_VERSION,
                district_id=districts[measurement.pseudonym_id],
                recorded_at=measurement.recorded_at,
            )
            for measurement, set_rung in zip(measurements, set_rungs, strict=True)
        ],
    )
    rows = Measurement.objects.bulk_create(
        [
            Measurement(
                municipality_id=viewer.municipality_id,
                pseudonym_id=measurement.pseudonym_id,
                conversation_id=measurement.conversation_id,
                measured_on=measurement.measured_on,
                assessor_id=viewer.membership_id,
                ladder_version=LADDER_VERSION,
                answers=measurement.answers.as_mapping(),
                derived_rung=rung,
                set_rung=set_rung,
                deviation_reason=measurement.deviation_reason.strip(),
                entry=entry,
            )
            for measurement, rung, set_rung, entry in zip(
                measurements, derived, set_rungs, entries, strict=True
            )
        ],
        batch_size=2_000,
    )
    return [row.pk for row in rows]


@action(Permission.RECORD_CONVERSATION)
def complete_talk(
    viewer: Viewer, *, conversation: NewConversation, measurement: NewMeasurement | None = None
) -> None:
    """Write down a conversation with the measurement that came out of it, together or not at all.

    Raises ActionRefusedError.
    """
    [conversation_id] = complete_all(viewer, conversations=[conversation])
    if measurement is not None:
        measure_all(viewer, measurements=[replace(measurement, conversation_id=conversation_id)])


def _derived(measurement: NewMeasurement) -> Rung:
    if measurement.measured_on > clock.today():
        raise ActionRefusedError(_("Een meting kan niet in de toekomst liggen."))
    try:
        rung = assess(measurement.answers).rung
        check_set_rung(rung, measurement.set_rung or rung, measurement.deviation_reason)
    except MissingAnswerError as error:
        raise ActionRefusedError(
            _("Voor de meting ontbreekt nog een antwoord. Beantwoord de vraag die nog open is.")
        ) from error
    except ContradictoryAnswersError as error:
        raise ActionRefusedError(
            _("Twee antwoorden spreken elkaar tegen: ondersteuning hoort bij betaald werk.")
        ) from error
    except SetRungNeedsReasonError as error:
        raise ActionRefusedError(
            _("De gekozen trede is anders dan uit de antwoorden volgt. Schrijf op waarom.")
        ) from error
    return rung
