"""Measuring on the participation ladder, on its own or at the end of a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from meedoen.records.conversations.actions import NewConversation, complete_all
from meedoen.records.conversations.draft_actions import DraftMark, finish_draft
from meedoen.records.conversations.outreach_actions import NewNextStep, plan_next_steps
from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.ladder.models import Measurement
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.sharing.actions import (
    NewAgreement,
    NewRelease,
    NewSharing,
    allow_sharing_all,
    note_agreements,
    release_secrecy_all,
)
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
    """A measurement to record; `set_rung` None takes the rung that follows from the answers.

    `potential_rung` is the rung that can be reached within a year, `own_rung` where the
    resident places themselves, with `own_words` (at most 500 characters); None: not asked.
    """

    pseudonym_id: int
    measured_on: date
    answers: Answers
    set_rung: Rung | None = None
    deviation_reason: str = ""
    potential_rung: Rung | None = None
    own_rung: Rung | None = None
    own_words: str = ""
    conversation_id: int | None = None
    recorded_at: datetime | None = None


@action(Permission.RECORD_CONVERSATION)
def measure_all(viewer: Viewer, *, measurements: Sequence[NewMeasurement]) -> list[int]:
    """Record measurements and return their ids, in the same order.

    Raises ActionRefusedError, all or none, when answers are missing or contradict each other,
    when the set rung differs without a reason, or when a person is not for this viewer.
    """
    return _write(viewer, measurements)


@action(Permission.RECORD_CONVERSATION)
def correct_measurement(
    viewer: Viewer, *, measurement_id: int, corrected: NewMeasurement, reason: str
) -> int:
    """Put a measurement in the place of one that was wrong, and return its id.

    The wrong one stays, with what came in its place and why (at most 300 characters). Raises
    ActionRefusedError when there is no reason, when the measurement is not for this viewer or
    was corrected before, and for what `measure_all` refuses.
    """
    reason = reason.strip()
    if not reason:
        raise ActionRefusedError(_("Schrijf op waarom u de meting verbetert."))
    rows = Measurement.objects.visible_to(viewer).select_related("entry")
    wrong = rows.filter(pk=measurement_id, pseudonym_id=corrected.pseudonym_id).first()
    if wrong is None:
        raise ActionRefusedError(_("Deze meting bestaat niet of is niet voor u."))
    kept = replace(corrected, conversation_id=wrong.conversation_id)
    [row_id] = _write(viewer, [kept], _Correction(wrong, reason))
    return row_id


@dataclass(frozen=True, slots=True)
class _Correction:
    """Which measurement was wrong, and why it is said again."""

    wrong: Measurement
    reason: str

    @property
    def district_id(self) -> int | None:
        """The district that counts the wrong one, and so what comes in its place."""
        return self.wrong.entry.district_id


def _write(
    viewer: Viewer,
    measurements: Sequence[NewMeasurement],
    correction: _Correction | None = None,
) -> list[int]:
    """Write measurements and their history; with a correction there is exactly one."""
    districts: dict[int, int | None] = {
        **districts_of_visible(
            viewer, pseudonym_ids=[measurement.pseudonym_id for measurement in measurements]
        )
    }
    derived = [_derived(measurement) for measurement in measurements]
    for measurement in measurements:
        if measurement.pseudonym_id not in districts:
            raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
    if correction is not None:
        # Who moved since was measured in the old district all the same.
        districts[correction.wrong.pseudonym_id] = correction.district_id
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
                replaces_id=correction.wrong.entry_id if correction else None,
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
                potential_rung=measurement.potential_rung,
                own_rung=measurement.own_rung,
                own_words=measurement.own_words.strip(),
                replaces=correction.wrong if correction else None,
                correction_reason=correction.reason if correction else "",
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
    viewer: Viewer,
    *,
    conversation: NewConversation,
    measurement: NewMeasurement | None = None,
    steps: Sequence[NewNextStep] = (),
    sharings: Sequence[NewSharing] = (),
    releases: Sequence[NewRelease] = (),
    agreements: Sequence[NewAgreement] = (),
    draft: DraftMark | None = None,
) -> None:
    """Write down a conversation with all that came out of it, together or not at all.

    `draft` says which state of the draft with the same key it was made from; that draft goes.
    Raises ActionRefusedError; AlreadyWrittenError for a key that is known.
    """
    [conversation_id] = complete_all(viewer, conversations=[conversation])
    if measurement is not None:
        measure_all(viewer, measurements=[replace(measurement, conversation_id=conversation_id)])
    plan_next_steps(viewer, steps=steps)
    allow_sharing_all(viewer, sharings=sharings)
    release_secrecy_all(viewer, releases=releases)
    note_agreements(viewer, agreements=agreements)
    if draft is not None and conversation.key is not None:
        finish_draft(
            viewer, key=conversation.key, pseudonym_id=conversation.pseudonym_id, mark=draft
        )


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
