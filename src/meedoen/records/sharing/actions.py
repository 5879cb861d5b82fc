"""Noting what may be shared, releases from secrecy, and agreement with support: three things.

None of them has an effect on another, nor on anything else: who refuses support loses nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import districts_of_visible
from meedoen.records.sharing.models import SecrecyRelease, Sharing, SupportAgreement
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared

K = TypeVar("K", Sharing, SecrecyRelease, SupportAgreement)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSharing:
    """What may be told to an organisation, from `starts_on` up to but not on `ends_on`.

    `text_version` is that of the explanation that was shown. A `key` that was made beforehand
    lets the same form be sent twice and kept once.
    """

    pseudonym_id: int
    organisation_id: int
    what: frozenset[Shared]
    legal_task: LegalTask
    ground: LegalGround
    explanation: str
    text_version: str
    told_how: ObtainedHow
    starts_on: date
    ends_on: date | None = None
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelease:
    """A release from professional secrecy for `who`, up to but not on the day `until`."""

    pseudonym_id: int
    who: str
    purpose: str
    text_version: str
    given_how: ObtainedHow
    given_on: date
    until: date
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """Whether somebody agrees with the support that was offered, and with what exactly."""

    pseudonym_id: int
    agreed: bool
    about: str
    text_version: str
    given_how: ObtainedHow
    given_on: date
    key: uuid.UUID | None = None
    recorded_at: datetime | None = None


class AlreadyNotedError(ActionRefusedError):
    """Something with this key is there already."""


@action(Permission.RECORD_CONVERSATION)
def allow_sharing_all(viewer: Viewer, *, sharings: Sequence[NewSharing]) -> list[uuid.UUID]:
    """Note what may be told to which organisation; return the keys, in the same order.

    Raises ActionRefusedError, all or none; AlreadyNotedError for a key that is known.
    """
    _refuse_strangers(viewer, sharings)
    _refuse_other_organisations(viewer, {sharing.organisation_id for sharing in sharings})
    for sharing in sharings:
        _refuse_empty(sharing.explanation, _("Schrijf op waarom dit nodig is."))
        _refuse_future(sharing.starts_on)
        if not sharing.what:
            raise ActionRefusedError(_("Kies wat de organisatie mag weten."))
        if sharing.ends_on is not None and sharing.ends_on <= sharing.starts_on:
            raise ActionRefusedError(_("De laatste dag kan niet voor de eerste dag liggen."))
    now = clock.now()
    return _keep(
        Sharing.objects,
        [
            Sharing(
                municipality_id=viewer.municipality_id,
                pseudonym_id=sharing.pseudonym_id,
                key=sharing.key or uuid.uuid4(),
                organisation_id=sharing.organisation_id,
                what=[word.value for word in Shared if word in sharing.what],
                legal_task=sharing.legal_task,
                ground=sharing.ground,
                explanation=sharing.explanation.strip(),
                text_version=sharing.text_version,
                told_how=sharing.told_how,
                starts_on=sharing.starts_on,
                ends_on=sharing.ends_on or STILL_OPEN,
                noted_by_id=viewer.membership_id,
                noted_at=sharing.recorded_at or now,
            )
            for sharing in sharings
        ],
    )


@action(Permission.RECORD_CONVERSATION)
def release_secrecy_all(viewer: Viewer, *, releases: Sequence[NewRelease]) -> list[uuid.UUID]:
    """Note releases from professional secrecy; return the keys, in the same order.

    Raises ActionRefusedError, all or none; AlreadyNotedError for a key that is known.
    """
    _refuse_strangers(viewer, releases)
    for release in releases:
        _refuse_empty(release.who, _("Schrijf op wie iets mag vertellen."))
        _refuse_empty(release.purpose, _("Schrijf op waarvoor dit is."))
        _refuse_future(release.given_on)
        if release.until <= release.given_on:
            raise ActionRefusedError(_("De laatste dag kan niet voor de eerste dag liggen."))
    now = clock.now()
    return _keep(
        SecrecyRelease.objects,
        [
            SecrecyRelease(
                municipality_id=viewer.municipality_id,
                pseudonym_id=release.pseudonym_id,
                key=release.key or uuid.uuid4(),
                who=release.who.strip(),
                purpose=release.purpose.strip(),
                text_version=release.text_version,
                given_how=release.given_how,
                given_on=release.given_on,
                until=release.until,
                noted_by_id=viewer.membership_id,
                noted_at=release.recorded_at or now,
            )
            for release in releases
        ],
    )


@action(Permission.RECORD_CONVERSATION)
def note_agreements(viewer: Viewer, *, agreements: Sequence[NewAgreement]) -> list[uuid.UUID]:
    """Note whether people agree with support; return the keys, in the same order.

    Raises ActionRefusedError, all or none; AlreadyNotedError for a key that is known.
    """
    _refuse_strangers(viewer, agreements)
    for agreement in agreements:
        _refuse_empty(agreement.about, _("Schrijf op om welke begeleiding het gaat."))
        _refuse_future(agreement.given_on)
    now = clock.now()
    return _keep(
        SupportAgreement.objects,
        [
            SupportAgreement(
                municipality_id=viewer.municipality_id,
                pseudonym_id=agreement.pseudonym_id,
                key=agreement.key or uuid.uuid4(),
                agreed=agreement.agreed,
                about=agreement.about.strip(),
                text_version=agreement.text_version,
                given_how=agreement.given_how,
                given_on=agreement.given_on,
                noted_by_id=viewer.membership_id,
                noted_at=agreement.recorded_at or now,
            )
            for agreement in agreements
        ],
    )


@action(Permission.RECORD_CONVERSATION)
def end_sharing(viewer: Viewer, *, key: uuid.UUID, ended_on: date) -> None:
    """Say that from a day on nothing may be told to the organisation any more.

    Raises ActionRefusedError when it had ended by then, or had not begun.
    """
    _refuse_future(ended_on)
    row = _to_end(Sharing.objects.visible_to(viewer), key)
    if row.ends_on <= clock.today():
        raise ActionRefusedError(_already_ended())
    if ended_on < row.starts_on:
        raise ActionRefusedError(_before_it_began())
    row.ends_on = min(ended_on, row.ends_on)
    row.ended_by_id = viewer.membership_id
    row.save(update_fields=["ends_on", "ended_by"])


@action(Permission.RECORD_CONVERSATION)
def withdraw_release(viewer: Viewer, *, key: uuid.UUID, withdrawn_on: date) -> None:
    """Note that somebody took back a release from secrecy, from a day on.

    Raises ActionRefusedError when it was over by then, or not given yet.
    """
    _refuse_future(withdrawn_on)
    row = _to_end(SecrecyRelease.objects.visible_to(viewer), key)
    if row.withdrawn_on is not None or row.until <= withdrawn_on:
        raise ActionRefusedError(_already_ended())
    if withdrawn_on < row.given_on:
        raise ActionRefusedError(_before_it_began())
    row.withdrawn_on = withdrawn_on
    row.save(update_fields=["withdrawn_on"])


@action(Permission.RECORD_CONVERSATION)
def withdraw_agreement(viewer: Viewer, *, key: uuid.UUID, withdrawn_on: date) -> None:
    """Note that somebody no longer agrees with support, from a day on; nothing else changes.

    Raises ActionRefusedError when it was taken back before, or not given yet.
    """
    _refuse_future(withdrawn_on)
    row = _to_end(SupportAgreement.objects.visible_to(viewer), key)
    if row.withdrawn_on is not None or not row.agreed:
        raise ActionRefusedError(_already_ended())
    if withdrawn_on < row.given_on:
        raise ActionRefusedError(_before_it_began())
    row.withdrawn_on = withdrawn_on
    row.save(update_fields=["withdrawn_on"])


def _keep(table: models.Manager[K], rows: Sequence[K]) -> list[uuid.UUID]:
    """Keep new rows; who sends the same twice, even at the same moment, is told so."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            table.bulk_create(rows, batch_size=2_000)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise AlreadyNotedError(_("Dit staat al in het dossier.")) from error
    return [row.key for row in rows]


def _to_end(rows: ScopedQuerySet[K], key: uuid.UUID) -> K:
    # Two who end the same at once wait for each other; the second is told.
    row = rows.filter(key=key).select_for_update(of=("self",)).first()
    if row is None:
        raise ActionRefusedError(_("Dit bestaat niet of is niet voor u."))
    return row


def _refuse_strangers(
    viewer: Viewer, news: Sequence[NewSharing | NewRelease | NewAgreement]
) -> None:
    wanted = [new.pseudonym_id for new in news]
    if set(wanted) - districts_of_visible(viewer, pseudonym_ids=wanted).keys():
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))


def _refuse_other_organisations(viewer: Viewer, organisation_ids: set[int]) -> None:
    own = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    known = own.filter(pk__in=organisation_ids).values_list("pk", flat=True)
    if organisation_ids - set(known):
        raise ActionRefusedError(
            _("Deze organisatie is hier niet bekend. Kies er een uit de lijst.")
        )


def _refuse_empty(text: str, sentence: str) -> None:
    if not text.strip():
        raise ActionRefusedError(sentence)


def _refuse_future(day: date) -> None:
    if day > clock.today():
        raise ActionRefusedError(_("De datum ligt in de toekomst. Vul de dag in waarop het was."))


def _already_ended() -> str:
    return _("Dit was al gestopt. Open de pagina opnieuw en kijk wat er staat.")


def _before_it_began() -> str:
    return _("Deze dag ligt voor de eerste dag. Vul een latere dag in.")
