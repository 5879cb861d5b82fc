"""What may be shared about somebody, for coaches and for the resident alike."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import Membership, Organisation
from meedoen.records.organisations.viewer import PARTNERS, Permission, Viewer
from meedoen.records.sharing.models import SecrecyRelease, Sharing, SupportAgreement
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingCard:
    """What may be told to an organisation, up to but not on `ends_on`; None is without end.

    `runs` is whether it holds today; `ended_by` is who ended it, empty when it ran out.
    """

    key: uuid.UUID
    organisation: str
    what: tuple[Shared, ...]
    legal_task: LegalTask
    ground: LegalGround
    explanation: str
    told_how: ObtainedHow
    text_version: str
    starts_on: date
    ends_on: date | None
    runs: bool
    noted_by: str
    noted_on: date
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCard:
    """A release from professional secrecy, up to but not on the day `until`."""

    key: uuid.UUID
    who: str
    purpose: str
    given_how: ObtainedHow
    text_version: str
    given_on: date
    until: date
    withdrawn_on: date | None
    runs: bool
    noted_by: str
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCard:
    """Whether somebody agrees with support; `runs` is false for what was withdrawn."""

    key: uuid.UUID
    agreed: bool
    about: str
    given_how: ObtainedHow
    text_version: str
    given_on: date
    withdrawn_on: date | None
    runs: bool
    noted_by: str
    noted_on: date


@dataclass(frozen=True, slots=True)
class SharingCards:
    """The three separate things, each newest first."""

    sharings: tuple[SharingCard, ...]
    releases: tuple[ReleaseCard, ...]
    agreements: tuple[AgreementCard, ...]


@dataclass(frozen=True, slots=True)
class OrganisationChoice:
    """An organisation that something may be told to."""

    organisation_id: int
    name: str


def sharing_of(viewer: Viewer, *, pseudonym_id: int) -> SharingCards:
    """Return what may be shared about somebody; works for the resident too.

    Empty for who works at an organisation: see `told_to_own_organisation`.
    """
    if viewer.role in PARTNERS:
        return SharingCards(sharings=(), releases=(), agreements=())
    sharings = Sharing.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    releases = SecrecyRelease.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    agreements = SupportAgreement.objects.visible_to(viewer).filter(pseudonym_id=pseudonym_id)
    with_names = sharings.select_related(
        "organisation", "noted_by__account", "ended_by__account"
    ).order_by("-starts_on", "-pk")
    today = clock.today()
    return SharingCards(
        sharings=tuple(_sharing(row, today) for row in with_names),
        releases=tuple(
            _release(row, today)
            for row in releases.select_related("noted_by__account").order_by("-given_on", "-pk")
        ),
        agreements=tuple(
            _agreement(row)
            for row in agreements.select_related("noted_by__account").order_by("-given_on", "-pk")
        ),
    )


def told_to_own_organisation(viewer: Viewer, *, pseudonym_id: int) -> frozenset[Shared]:
    """Return what may be told today about somebody to the organisation where the viewer works."""
    if viewer.role not in PARTNERS:
        return frozenset()
    today = clock.today()
    rows = Sharing.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id, starts_on__lte=today, ends_on__gt=today
    )
    return frozenset(Shared(word) for what in rows.values_list("what", flat=True) for word in what)


def sharing_is_about(viewer: Viewer, *, key: uuid.UUID) -> uuid.UUID | None:
    """Return whose file this sharing is in; None when it is not there or not for this viewer."""
    if viewer.role in PARTNERS:
        return None
    return _about(Sharing.objects.visible_to(viewer), key)


def release_is_about(viewer: Viewer, *, key: uuid.UUID) -> uuid.UUID | None:
    """Return whose file this release is in; None when it is not there or not for this viewer."""
    return _about(SecrecyRelease.objects.visible_to(viewer), key)


def agreement_is_about(viewer: Viewer, *, key: uuid.UUID) -> uuid.UUID | None:
    """Return whose file this agreement is in; None when it is not there or not for this viewer."""
    return _about(SupportAgreement.objects.visible_to(viewer), key)


def organisations_to_tell(viewer: Viewer) -> Sequence[OrganisationChoice]:
    """Return the organisations of the viewer's municipality, by name, for who may tell them."""
    if not viewer.may(Permission.RECORD_CONVERSATION):
        return []
    rows = Organisation.objects.filter(municipality_id=viewer.municipality_id)
    return [OrganisationChoice(row.pk, row.name) for row in rows.order_by("name", "pk")]


def _about(rows: Any, key: uuid.UUID) -> uuid.UUID | None:
    found: uuid.UUID | None = rows.filter(key=key).values_list("pseudonym__key", flat=True).first()
    return found


def _sharing(row: Sharing, today: date) -> SharingCard:
    told = set(row.what)
    return SharingCard(
        key=row.key,
        organisation=row.organisation.name,
        what=tuple(word for word in Shared if word in told),
        legal_task=LegalTask(row.legal_task),
        ground=LegalGround(row.ground),
        explanation=row.explanation,
        told_how=ObtainedHow(row.told_how),
        text_version=row.text_version,
        starts_on=row.starts_on,
        ends_on=None if row.ends_on == STILL_OPEN else row.ends_on,
        runs=row.starts_on <= today < row.ends_on,
        noted_by=_name(row.noted_by),
        noted_on=timezone.localdate(row.noted_at),
        ended_by=_name(row.ended_by),
    )


def _release(row: SecrecyRelease, today: date) -> ReleaseCard:
    return ReleaseCard(
        key=row.key,
        who=row.who,
        purpose=row.purpose,
        given_how=ObtainedHow(row.given_how),
        text_version=row.text_version,
        given_on=row.given_on,
        until=row.until,
        withdrawn_on=row.withdrawn_on,
        runs=row.withdrawn_on is None and row.given_on <= today < row.until,
        noted_by=_name(row.noted_by),
        noted_on=timezone.localdate(row.noted_at),
    )


def _agreement(row: SupportAgreement) -> AgreementCard:
    return AgreementCard(
        key=row.key,
        agreed=row.agreed,
        about=row.about,
        given_how=ObtainedHow(row.given_how),
        text_version=row.text_version,
        given_on=row.given_on,
        withdrawn_on=row.withdrawn_on,
        runs=row.withdrawn_on is None,
        noted_by=_name(row.noted_by),
        noted_on=timezone.localdate(row.noted_at),
    )


def _name(membership: Membership | None) -> str:
    return membership.account.name if membership else ""
