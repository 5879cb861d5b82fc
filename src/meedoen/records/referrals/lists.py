"""Lists of referrals, a page at a time: what one sent, what one received, and what waits."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from meedoen.records.organisations import clock
from meedoen.records.organisations.paging import Page, page_of
from meedoen.records.organisations.viewer import COACHES, PARTNERS, Role, Viewer
from meedoen.records.people.models import Responsibility
from meedoen.records.referrals.cards import with_referral
from meedoen.records.referrals.models import Ask, Referral
from meedoen.records.referrals.queries import (
    ReceivedCard,
    ReferralCard,
    received_cards,
    referral_cards,
)
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    OPEN,
    OPEN_ASKS,
    WITH_ACCEPTOR,
    WITH_SENDER,
)
from meedoen.rules.vocabulary import AskState, Theme

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFilter:
    """Which of the referrals that one sent to show.

    `show` is one of `SHOWN`: what waits for the sender, what is with a receiver, what is late, what
    is over, or all. With `own_only` what the viewer wrote, or what is about people of theirs.
    """

    show: str = "open"
    theme: Theme | None = None
    own_only: bool = False


SHOWN = ("open", "mine", "theirs", "late", "over", "all")


def sent(
    viewer: Viewer, *, wanted: SentFilter, number: int = 1, size: int = PAGE
) -> Page[ReferralCard]:
    """Return a page of the referrals that the viewer's side sent; see `sent_rows`."""
    rows = _shown(_narrowed(viewer, sent_rows(viewer), wanted), wanted.show)
    order = (F("due_on").asc(nulls_last=True), "-closed_on", "-pk")
    return page_of(
        rows.order_by(*order),
        lambda some: referral_cards(
            viewer, rows.filter(pk__in=[one.pk for one in some]).order_by(*order)
        ),
        number=number,
        size=size,
    )


def sent_counts(viewer: Viewer, *, wanted: SentFilter | None = None) -> dict[str, int]:
    """Return how many of the own referrals there are under each of `SHOWN`, filtered alike."""
    rows = sent_rows(viewer)
    if wanted is not None:
        rows = _narrowed(viewer, rows, wanted)
    return {show: _shown(rows, show).count() for show in SHOWN}


def sent_rows(viewer: Viewer) -> QuerySet[Referral]:
    """Return what the viewer's side sent: the organisation, the coaches of a person, the resident.

    For coaches that is what their team sent, and what residents of theirs asked themselves.
    """
    rows = Referral.objects.visible_to(viewer)
    if viewer.role in PARTNERS:
        return rows.filter(from_organisation_id=viewer.organisation_id)
    if viewer.role == Role.RESIDENT:
        return rows.filter(from_resident=True)
    rows = rows.filter(from_organisation__isnull=True)
    if viewer.role in COACHES:
        return rows.filter(Q(pseudonym__isnull=False) | Q(from_team_id=viewer.team_id or 0))
    return rows


def _narrowed(viewer: Viewer, rows: QuerySet[Referral], wanted: SentFilter) -> QuerySet[Referral]:
    if wanted.theme is not None:
        rows = rows.filter(theme=wanted.theme)
    if wanted.own_only:
        rows = rows.filter(of_coach(viewer, viewer.membership_id))
    return rows


def of_coach(viewer: Viewer, coach_id: int | None, at: str = "") -> Q:
    """Return the condition that somebody wrote it, or that it is about who is theirs now.

    `at` is the way to the referral; without a coach everything is meant.
    """
    if coach_id is None:
        return Q()
    current = Responsibility.objects.visible_to(viewer).current().filter(coach_id=coach_id)
    theirs = {f"{at}pseudonym_id__in": current.values("pseudonym_id")}
    return Q(**{f"{at}made_by_id": coach_id}) | Q(**theirs)


def _shown(rows: QuerySet[Referral], show: str) -> QuerySet[Referral]:
    match show:
        case "open":
            return rows.filter(state__in=sorted(OPEN))
        case "mine":
            return rows.filter(state__in=sorted(WITH_SENDER))
        case "theirs":
            return rows.filter(state__in=sorted(AWAITS_ANSWER | WITH_ACCEPTOR))
        case "late":
            return rows.filter(due_on__lt=clock.today())
        case "over":
            return rows.filter(state__in=sorted(CLOSED))
        case _:
            return rows


def received_rows(viewer: Viewer) -> QuerySet[Ask]:
    """Return the receivers for which the viewer answers: the own organisation, or the municipality.

    For coaches that is their team, and the coach of people whose file they may open.
    """
    rows = Ask.objects.visible_to(viewer)
    if viewer.role in PARTNERS:
        return rows.filter(organisation_id=viewer.organisation_id or 0)
    return rows.filter(
        Q(team_id=viewer.team_id, team__isnull=False)
        | Q(organisation__isnull=True, team__isnull=True)
    )


def received_list(
    viewer: Viewer,
    *,
    show: str = "open",
    theme: Theme | None = None,
    number: int = 1,
    size: int = PAGE,
) -> Page[ReceivedCard]:
    """Return a page of what was asked of the viewer's side.

    `show` is `open` for what waits for an answer or a word, `over` for the rest, `all` for both.
    """
    rows = with_referral(received_rows(viewer))
    if theme is not None:
        rows = rows.filter(referral__theme=theme)
    if show == "open":
        rows = rows.filter(waits())
    elif show == "over":
        rows = rows.exclude(waits())
    order = ("due_on", "pk") if show == "open" else ("-asked_on", "-pk")
    return page_of(
        rows.order_by(*order),
        lambda some: received_cards(viewer, some),
        number=number,
        size=size,
    )


def received_counts(viewer: Viewer, *, theme: Theme | None = None) -> dict[str, int]:
    """Return how many of what was asked of the viewer's side is open, and how many is over."""
    rows = received_rows(viewer)
    if theme is not None:
        rows = rows.filter(referral__theme=theme)
    return {"open": rows.filter(waits()).count(), "over": rows.exclude(waits()).count()}


def waiting_for(viewer: Viewer) -> list[ReceivedCard]:
    """Return what waits for an answer or a word of the viewer's side, the earliest due first."""
    rows = with_referral(received_rows(viewer)).filter(waits())
    cards = received_cards(viewer, list(rows.order_by("due_on", "pk")))
    return sorted(cards, key=lambda card: card.next_due_on or card.due_on)


def came_back(viewer: Viewer) -> list[ReferralCard]:
    """Return what came back to the viewer's side and waits for a choice, the earliest due first."""
    rows = sent_rows(viewer).filter(state__in=sorted(WITH_SENDER))
    return referral_cards(viewer, rows.order_by("due_on", "pk"))


def waits() -> Q:
    """Return the condition that a receiver must answer, or tell what came of its yes."""
    accepted = Q(state=AskState.ACCEPTED, referral__state__in=sorted(WITH_ACCEPTOR))
    return Q(state__in=sorted(OPEN_ASKS)) | accepted
