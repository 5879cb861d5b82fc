"""How far lists of people to invite are, and who is next."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from meedoen.records.conversations.models import Attempt, Campaign, CampaignMember, Conversation
from meedoen.records.conversations.outreach_queries import (
    LastAttempt,
    NextStepCard,
    first_steps,
    last_attempts,
)
from meedoen.records.history.models import STILL_OPEN
from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.queries import CaseloadCard, caseload_cards, to_invite
from meedoen.rules.vocabulary import Outcome


class MemberState(StrEnum):
    """How far a list is with somebody on it, in the order of work."""

    NOT_YET = "not_yet"
    TRY_AGAIN = "try_again"
    """Tried in vain, and the day to try again has come."""
    TRIED = "tried"
    """Tried in vain, and the day to try again has not come or is not planned."""
    NO_CONTACT = "no_contact"
    """Wants no contact, until a day to ask again."""
    REACHED = "reached"
    """Spoken with, or reached by an attempt, since the list began."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people of a list are how far; `gone` are those whose file is another team's now."""

    reached: int
    tried: int
    try_again: int
    not_yet: int
    no_contact: int
    gone: int

    @property
    def total(self) -> int:
        """Return how many of the list are of the team now."""
        return self.reached + self.tried + self.try_again + self.not_yet + self.no_contact


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """A list; no `district_ids` means all districts."""

    campaign_id: int
    key: uuid.UUID
    name: str
    purpose: str
    starts_on: date
    closed_on: date | None
    made_by: str
    district_ids: Sequence[int]
    never_spoken: bool
    not_spoken_months: int | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Somebody on a list: how far it is with them, the last attempt, and what is planned."""

    person: CaseloadCard
    state: MemberState
    last_attempt: LastAttempt | None
    step: NextStepCard | None


def campaigns(viewer: Viewer) -> Sequence[CampaignCard]:
    """Return the lists of the viewer's team, the ones still open first, then the newest first."""
    rows = Campaign.objects.visible_to(viewer)
    return _cards(viewer, rows.order_by(F("closed_on").desc(nulls_first=True), "-starts_on", "-pk"))


def campaign(viewer: Viewer, *, key: uuid.UUID) -> CampaignCard | None:
    """Return a list of the viewer's team; None when it is not there or another team's."""
    found = _cards(viewer, Campaign.objects.visible_to(viewer).filter(key=key))
    return found[0] if found else None


def is_own_campaign(viewer: Viewer, *, key: uuid.UUID) -> bool:
    """Return whether this is a list of the viewer's team."""
    return Campaign.objects.visible_to(viewer).filter(key=key).exists()


def members(
    viewer: Viewer, *, campaign: CampaignCard, state: MemberState | None = None, number: int = 1
) -> Page[MemberCard]:
    """Return one page of the people on a list in the order of work, or of those in one state."""
    rows = _with_state(viewer).filter(campaign_id=campaign.campaign_id)
    if state is not None:
        rows = rows.filter(state=state)
    resident = "pseudonym__resident__"
    rank = Case(
        *(When(state=one, then=Value(at)) for at, one in enumerate(MemberState)),
        default=Value(len(MemberState)),
    )
    rows = rows.annotate(rank=rank).order_by(
        "rank",
        F(f"{resident}next_contact_on").asc(nulls_first=True),
        f"{resident}family_name",
        f"{resident}given_name",
        "pk",
    )
    return page_of(
        rows.values_list("pseudonym_id", "state"),
        lambda page: _member_cards(viewer, page, campaign.starts_on),
        number=number,
    )


def count_to_add(viewer: Viewer, *, campaign: CampaignCard) -> int:
    """Return how many people fit a list by now and are not on it."""
    fit = to_invite(
        viewer,
        district_ids=campaign.district_ids,
        never_spoken=campaign.never_spoken,
        not_spoken_months=campaign.not_spoken_months,
    )
    known = CampaignMember.objects.visible_to(viewer).filter(campaign_id=campaign.campaign_id)
    return len(set(fit) - set(known.values_list("pseudonym_id", flat=True)))


def _cards(viewer: Viewer, rows: QuerySet[Campaign]) -> list[CampaignCard]:
    found = list(rows.select_related("made_by__account"))
    progress = _progress(viewer, [row.pk for row in found])
    return [
        CampaignCard(
            campaign_id=row.pk,
            key=row.key,
            name=row.name,
            purpose=row.purpose,
            starts_on=row.starts_on,
            closed_on=row.closed_on,
            made_by=row.made_by.account.name if row.made_by else "",
            district_ids=row.criteria["district_ids"],
            never_spoken=row.criteria["never_spoken"],
            not_spoken_months=row.criteria["not_spoken_months"],
            progress=progress[row.pk],
        )
        for row in found
    ]


def _progress(viewer: Viewer, campaign_ids: Sequence[int]) -> dict[int, Progress]:
    """Return how far these lists are: all people of all of them counted in one question."""
    counts: dict[int, dict[str, int]] = {one: {} for one in campaign_ids}
    rows = _with_state(viewer).filter(campaign_id__in=campaign_ids)
    counted = rows.values_list("campaign_id", "state").annotate(count=Count("pk")).order_by()
    for campaign_id, state, count in counted:
        counts[campaign_id][state] = count
    everyone = _sizes(viewer, campaign_ids)
    return {
        one: Progress(
            **{state.value: found.get(state, 0) for state in MemberState},
            gone=everyone.get(one, 0) - sum(found.values()),
        )
        for one, found in counts.items()
    }


def _sizes(viewer: Viewer, campaign_ids: Iterable[int]) -> dict[int, int]:
    # Also those whose file the viewer may not open any more: only how many they are.
    system = Viewer.system(viewer.municipality_id)
    rows = CampaignMember.objects.visible_to(system).filter(campaign_id__in=campaign_ids)
    return dict(rows.values_list("campaign_id").annotate(count=Count("pk")).order_by())


def _with_state(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the people on lists with how far it is with them, from what was written down.

    What happened from the day a list began counts, up to the day it was closed.
    """
    until = Coalesce(OuterRef("campaign__closed_on"), Value(STILL_OPEN))
    attempts = Attempt.objects.visible_to(viewer).filter(
        pseudonym_id=OuterRef("pseudonym_id"),
        made_on__gte=OuterRef("campaign__starts_on"),
        made_on__lte=until,
    )
    talks = Conversation.objects.visible_to(viewer).filter(
        pseudonym_id=OuterRef("pseudonym_id"),
        held_on__gte=OuterRef("campaign__starts_on"),
        held_on__lte=until,
        replaced_by__isnull=True,
    )
    tried, talked = Exists(attempts), Exists(talks)
    reached = Exists(attempts.filter(outcome=Outcome.REACHED))
    resident, today = "pseudonym__resident__", clock.today()
    alone = Q(
        **{f"{resident}no_contact_until__gt": Coalesce(F("campaign__closed_on"), Value(today))}
    )
    due = Q(**{f"{resident}next_contact_on__lte": today})
    return CampaignMember.objects.visible_to(viewer).annotate(
        state=Case(
            When(talked | reached, then=Value(MemberState.REACHED.value)),
            When(alone, then=Value(MemberState.NO_CONTACT.value)),
            When(tried & due, then=Value(MemberState.TRY_AGAIN.value)),
            When(tried, then=Value(MemberState.TRIED.value)),
            default=Value(MemberState.NOT_YET.value),
            output_field=CharField(),
        )
    )


def _member_cards(viewer: Viewer, rows: Sequence[tuple[int, str]], since: date) -> list[MemberCard]:
    pseudonym_ids = [pseudonym_id for pseudonym_id, _state in rows]
    people = caseload_cards(viewer, pseudonym_ids=pseudonym_ids)
    attempts = last_attempts(viewer, pseudonym_ids=pseudonym_ids, since=since)
    steps = first_steps(viewer, pseudonym_ids=pseudonym_ids)
    return [
        MemberCard(
            person=people[pseudonym_id],
            state=MemberState(state),
            last_attempt=attempts.get(pseudonym_id),
            step=steps.get(pseudonym_id),
        )
        for pseudonym_id, state in rows
        if pseudonym_id in people
    ]
