"""Setting steps in life domains, and setting them right when they were wrong."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.history.actions import Statement, on_one_day, state_all
from meedoen.records.history.models import Entry
from meedoen.records.ladder.models import DomainMeasurement, DomainScore
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.rules.ladder.life_domains import (
    INSTRUMENT_VERSION,
    MOST_DAYS_AGO,
    LifeDomain,
    still_about_now,
    unfit_scores,
)
from meedoen.rules.vocabulary import EntryKind


class AlreadyMeasuredError(ActionRefusedError):
    """A measurement with this key is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDomainMeasurement:
    """Steps in life domains to record; a domain that is left out was not measured.

    `own_scores` are those of the resident, of domains that are in `scores`. A `key` that was made
    beforehand lets the same measurement be sent twice and kept once. `recorded_at` None means
    now; a measurement may be written down until 30 days after its day.
    """

    pseudonym_id: int
    measured_on: date
    scores: Mapping[LifeDomain, int]
    own_scores: Mapping[LifeDomain, int] = field(default_factory=dict)
    key: uuid.UUID | None = None
    conversation_id: int | None = None
    recorded_at: datetime | None = None


@action(Permission.RECORD_CONVERSATION)
def measure_domains_all(
    viewer: Viewer, *, measurements: Sequence[NewDomainMeasurement]
) -> list[int]:
    """Record steps in life domains and return the ids of the measurements, in the same order.

    Raises ActionRefusedError, all or none: AlreadyMeasuredError for a key that is known; for a
    day in the future or more than 30 days before it is written down; when nothing was scored, a
    score is not 1 to 5, or a resident's own score stands alone; when a person is not for this
    viewer.
    """
    for measurement in measurements:
        _check_day(measurement)
    return _write(viewer, measurements)


@action(Permission.RECORD_CONVERSATION)
def correct_domains(
    viewer: Viewer, *, key: uuid.UUID, corrected: NewDomainMeasurement, reason: str
) -> int:
    """Put steps in the place of those that were wrong, and return the id of the measurement.

    The wrong ones stay, with what came in their place and why (at most 300 characters). A domain
    that is left out now was never measured. Raises ActionRefusedError when there is no reason,
    when the measurement is not for this viewer or was corrected before, and for scores that
    `measure_domains_all` refuses; the day may lie longer ago, as the scores were given then.
    """
    reason = reason.strip()
    if not reason:
        raise ActionRefusedError(_("Schrijf op waarom u de meting verbetert."))
    rows = DomainMeasurement.objects.visible_to(viewer)
    wrong = rows.filter(key=key, pseudonym_id=corrected.pseudonym_id).first()
    if wrong is None:
        raise ActionRefusedError(_("Deze meting bestaat niet of is niet voor u."))
    kept = replace(corrected, conversation_id=wrong.conversation_id)
    _refuse_future(kept.measured_on)
    [row_id] = _write(viewer, [kept], _Correction(wrong, reason, _entries_of(viewer, wrong)))
    return row_id


@dataclass(frozen=True, slots=True)
class _Correction:
    """Which measurement was wrong, why it is said again, and what the history says of it."""

    wrong: DomainMeasurement
    reason: str
    entries: Mapping[str, Entry]

    @property
    def district_id(self) -> int | None:
        """The district that counts the wrong scores, and so what comes in their place."""
        # A measurement has at least one score, and all of them were given in one district.
        return next(iter(self.entries.values())).district_id


@dataclass(frozen=True, slots=True)
class _Score:
    """One score of one measurement, to be written as a row and as a statement."""

    row: DomainMeasurement
    domain: LifeDomain
    score: int
    own_score: int | None
    statement: Statement


def _write(
    viewer: Viewer,
    measurements: Sequence[NewDomainMeasurement],
    correction: _Correction | None = None,
) -> list[int]:
    """Write measurements, scores and history; with a correction there is exactly one."""
    districts: dict[int, int | None] = {
        **districts_of_visible(viewer, pseudonym_ids=[one.pseudonym_id for one in measurements])
    }
    for measurement in measurements:
        if measurement.pseudonym_id not in districts:
            raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))
        _check_scores(measurement)
    if correction is not None:
        # Who moved since was measured in the old district all the same.
        districts[correction.wrong.pseudonym_id] = correction.district_id
    rows = [_row(viewer, one, correction) for one in measurements]
    scores = [
        score
        for row, measurement in zip(rows, measurements, strict=True)
        for score in _scores(row, measurement, districts[measurement.pseudonym_id], correction)
    ]
    # The history comes first: it refuses what somebody else corrected in the meantime.
    entries = state_all(
        viewer, [*(score.statement for score in scores), *_no_longer_said(measurements, correction)]
    )
    _keep(rows)
    DomainScore.objects.bulk_create(
        [
            DomainScore(
                municipality_id=viewer.municipality_id,
                measurement=score.row,
                domain=score.domain,
                score=score.score,
                own_score=score.own_score,
                entry=entry,
            )
            for score, entry in zip(scores, entries[: len(scores)], strict=True)
        ],
        batch_size=2_000,
    )
    return [row.pk for row in rows]


def _row(
    viewer: Viewer, measurement: NewDomainMeasurement, correction: _Correction | None
) -> DomainMeasurement:
    return DomainMeasurement(
        municipality_id=viewer.municipality_id,
        pseudonym_id=measurement.pseudonym_id,
        conversation_id=measurement.conversation_id,
        key=measurement.key or uuid.uuid4(),
        measured_on=measurement.measured_on,
        assessor_id=viewer.membership_id,
        instrument=INSTRUMENT_VERSION,
        replaces=correction.wrong if correction else None,
        correction_reason=correction.reason if correction else "",
    )


def _scores(
    row: DomainMeasurement,
    measurement: NewDomainMeasurement,
    district_id: int | None,
    correction: _Correction | None,
) -> list[_Score]:
    before = correction.entries if correction else {}
    return [
        _Score(
            row=row,
            domain=domain,
            score=score,
            own_score=measurement.own_scores.get(domain),
            statement=Statement(
                pseudonym_id=measurement.pseudonym_id,
                kind=EntryKind.LIFE_DOMAIN,
                starts_on=measurement.measured_on,
                ends_on=on_one_day(measurement.measured_on),
                replaces_id=before[domain].pk if domain in before else None,
                domain=domain,
                score=score,
                ladder_version=INSTRUMENT_VERSION,
                district_id=district_id,
                recorded_at=measurement.recorded_at,
            ),
        )
        for domain, score in measurement.scores.items()
    ]


def _no_longer_said(
    measurements: Sequence[NewDomainMeasurement], correction: _Correction | None
) -> list[Statement]:
    """Take back what was said of domains that the correction leaves out."""
    if correction is None:
        return []
    [measurement] = measurements
    return [
        Statement(
            pseudonym_id=measurement.pseudonym_id,
            kind=EntryKind.LIFE_DOMAIN,
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            replaces_id=entry.pk,
            withdrawn=True,
            domain=domain,
            score=entry.score,
            ladder_version=entry.ladder_version,
            district_id=entry.district_id,
            recorded_at=measurement.recorded_at,
        )
        for domain, entry in correction.entries.items()
        if domain not in set(measurement.scores)
    ]


def _entries_of(viewer: Viewer, row: DomainMeasurement) -> dict[str, Entry]:
    scores = DomainScore.objects.visible_to(viewer).filter(measurement=row)
    return {score.domain: score.entry for score in scores.select_related("entry")}


def _check_scores(measurement: NewDomainMeasurement) -> None:
    if not measurement.scores:
        raise ActionRefusedError(_("Kies bij ten minste één leefgebied een stap."))
    unfit = (
        *unfit_scores(INSTRUMENT_VERSION, measurement.scores),
        *unfit_scores(INSTRUMENT_VERSION, measurement.own_scores),
    )
    if unfit:
        raise ActionRefusedError(
            _("Een stap in een leefgebied is een heel getal van 1 tot en met 5.")
        )
    if set(measurement.own_scores) - set(measurement.scores):
        raise ActionRefusedError(
            _("De inwoner gaf een stap bij een leefgebied waar u geen stap koos. Kies die ook.")
        )


def _check_day(measurement: NewDomainMeasurement) -> None:
    _refuse_future(measurement.measured_on)
    written_on = timezone.localdate(measurement.recorded_at or clock.now())
    if not still_about_now(measurement.measured_on, written_on=written_on):
        raise ActionRefusedError(
            _(
                "Deze dag is meer dan %(days)s dagen geleden. De stappen gaan over nu: "
                "bespreek ze opnieuw en vul de dag van dat gesprek in."
            )
            % {"days": MOST_DAYS_AGO}
        )


def _refuse_future(measured_on: date) -> None:
    if measured_on > clock.today():
        raise ActionRefusedError(_("Een meting kan niet in de toekomst liggen."))


def _keep(rows: Sequence[DomainMeasurement]) -> None:
    """Keep measurements; who sends the same twice, even at the same moment, is told so."""
    try:
        with transaction.atomic():
            DomainMeasurement.objects.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise AlreadyMeasuredError(_("Deze meting staat al in het dossier.")) from error
