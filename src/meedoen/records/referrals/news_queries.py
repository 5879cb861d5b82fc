"""Which organisations are to hear by mail that something happened with what they sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.accounts import accounts_at
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.referrals.models import ReferralStep
from meedoen.records.referrals.reach import STILL_NEWS, ReferralMail, left
from meedoen.rules.referrals.states import WITH_SENDER
from meedoen.rules.vocabulary import ReferralEvent

FIRST_DAY = date(2000, 1, 1)
"""Each piece of news is told once, whatever the day: the same day for all of them."""

_ALWAYS_NEWS = (
    ReferralEvent.ACCEPTED,
    ReferralEvent.STARTED,
    ReferralEvent.DONE,
    ReferralEvent.STOPPED,
    ReferralEvent.HANDED_BACK,
    ReferralEvent.ESCALATED,
)
_NEWS_WHEN_BACK = (ReferralEvent.DECLINED, ReferralEvent.LAPSED)
"""As long as others may still say yes this is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsToMail:
    """An organisation that is to hear that something happened with what it sent."""

    step_id: int
    organisation: str
    accounts: tuple[str, ...]


def news_to_mail(viewer: Viewer, *, step_ids: Sequence[int] | None = None) -> list[NewsToMail]:
    """Return what organisations that sent a referral are to hear, the newest of each referral.

    For Meedoen itself. With `step_ids` these alone, as long as nothing newer happened.
    """
    if viewer.role is not Role.SYSTEM:
        return []
    newer = _news(viewer).filter(referral_id=OuterRef("referral_id"), pk__gt=OuterRef("pk"))
    rows = _news(viewer).exclude(Exists(newer))
    if step_ids is None:
        rows = rows.filter(recorded_at__gt=clock.now() - STILL_NEWS)
        rows = rows.exclude(left(ReferralMail.NEWS))
    else:
        rows = rows.filter(pk__in=step_ids)
    found = list(rows.select_related("referral__from_organisation").order_by("pk"))
    senders = {row.referral.from_organisation_id or 0 for row in found}
    accounts = accounts_at(viewer, organisation_ids=senders)
    return [
        NewsToMail(
            step_id=row.pk,
            organisation=str(row.referral.from_organisation),
            accounts=_first_who_wrote(accounts[number], row.referral.made_by_id),
        )
        for row in found
        if (number := row.referral.from_organisation_id) in accounts
    ]


def _first_who_wrote(accounts: dict[int, str], made_by_id: int | None) -> tuple[str, ...]:
    """Return the address of who wrote it; when that person cannot sign in any more, of all."""
    wrote = accounts.get(made_by_id or 0)
    return (wrote,) if wrote else tuple(accounts.values())


def _news(viewer: Viewer) -> QuerySet[ReferralStep]:
    """Return the steps that an organisation which sent a referral is to hear of.

    What its own people did is none.
    """
    back = Q(event__in=_NEWS_WHEN_BACK, referral__state__in=sorted(WITH_SENDER))
    ended = Q(event=ReferralEvent.REVOKED, ask=None)
    rows = ReferralStep.objects.visible_to(viewer).filter(
        back | ended | Q(event__in=_ALWAYS_NEWS), referral__from_organisation__isnull=False
    )
    own = Q(recorded_by__organisation_id=F("referral__from_organisation_id"))
    return rows.exclude(own).exclude(referral__from_organisation__left_on__lte=clock.today())
