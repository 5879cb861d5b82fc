"""What became of the lists of places of a year: for who answers for the rules, and without people.

Counted over the whole municipality, whoever asks: what comes out are protected counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.models import Place
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import Proposal, Refusal
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.followed import FollowedFacts
from meedoen.rules.matching_register.yearly import (
    ListFacts,
    RefusalFacts,
    YearReport,
    year_report,
)
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import (
    Outcome,
    RefusalReason,
    RefusalSide,
)

FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, slots=True)
class ReportCard:
    """The report of a year; `years` are those with lists, newest first.

    `districts` and `places` are names by number, places only those that may be shown.
    """

    year: int
    years: Sequence[int]
    districts: Mapping[int, str]
    places: Mapping[int, str]
    report: YearReport


def matching_report(viewer: Viewer, *, year: int, threshold: int) -> ReportCard | None:
    """Return the report of a year; None for who may not see it, and for a year that cannot be.

    At most seven questions, however many lists there are.
    """
    if not viewer.may(Permission.SEE_MATCHING_REPORT) or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    whole = Viewer.system(viewer.municipality_id)
    made = _made_in(whole, year)
    divided = made.filter(way=Way.DIVISION)
    districts = District.objects.filter(municipality_id=viewer.municipality_id).order_by("name")
    report = year_report(
        list(_list_facts(_lists_in(whole, made))),
        list(_refusal_facts(whole, made)),
        list(_followed_facts(whole, made.exclude(way=Way.DIVISION))),
        threshold,
        divided=list(_followed_facts(whole, divided)),
    )
    places = Place.objects.filter(
        municipality_id=viewer.municipality_id, pk__in=report.places
    ).order_by("title", "pk")
    return ReportCard(
        year=year,
        years=_years(whole),
        districts=dict(districts.values_list("pk", "name")),
        places=dict(places.values_list("pk", "title")),
        report=report,
    )


def _years(whole: Viewer) -> list[int]:
    moments = Proposal.objects.visible_to(whole).datetimes("made_at", "year", order="DESC")
    return [timezone.localtime(moment).year for moment in moments]


def _made_in(whole: Viewer, year: int) -> QuerySet[Proposal]:
    """Return what the rules made in a year: lists, and what divisions gave to somebody."""
    rows = Proposal.objects.visible_to(whole).filter(
        made_at__gte=_beginning_of(year), made_at__lt=_beginning_of(year + 1)
    )
    return rows.exclude(way=Way.FILTER)


def _lists_in(whole: Viewer, made: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return the lists to count.

    A list in which a rule was set aside follows another and stands for both, unless a place was
    chosen from the earlier one: then that is a list of its own.
    """
    followed = Proposal.objects.visible_to(whole).filter(follows__isnull=False)
    over = Q(pk__in=followed.values("follows_id"), chosen_place__isnull=True)
    return made.exclude(way=Way.DIVISION).exclude(over)


def _beginning_of(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001 - made aware right here


def _list_facts(made: QuerySet[Proposal]) -> Iterator[ListFacts]:
    # Of what was shown only the first place is read: a list holds dozens with all their reasons.
    rows: Any = made.values_list(
        *("offered__0__place", "facts__wished_places", "set_aside"),
        *("made_at", "chosen_place_id", "chosen_at"),
    )
    for first, wished, aside, made_at, chosen, chosen_at in rows.iterator():
        yield ListFacts(
            has_place=first is not None,
            is_chosen=chosen is not None,
            is_first=chosen is not None and chosen == first,
            is_own_wish=chosen is not None and chosen in (wished or ()),
            days=_days(made_at, chosen_at),
            set_aside=frozenset(HardRule(one["rule"]) for one in aside),
        )


def _days(made_at: datetime, chosen_at: datetime | None) -> int | None:
    if chosen_at is None:
        return None
    return (timezone.localdate(chosen_at) - timezone.localdate(made_at)).days


def _refusal_facts(whole: Viewer, made: QuerySet[Proposal]) -> Iterator[RefusalFacts]:
    rows = Refusal.objects.visible_to(whole).filter(proposal__in=made.values("pk"))
    for side, reason in rows.values_list("side", "reason").iterator():
        yield RefusalFacts(RefusalSide(side), RefusalReason(reason))


def _followed_facts(whole: Viewer, made: QuerySet[Proposal]) -> Iterator[FollowedFacts]:
    began = StatePeriod.objects.visible_to(whole).filter(
        placement_id=OuterRef("pk"), state__in=TAKES_PART, withdrawn=False
    )
    rows: Any = Placement.objects.visible_to(whole).filter(proposal__in=made.values("pk"))
    values = ("place_id", "place__district_id", "has_started", "outcome")
    followed = rows.annotate(has_started=Exists(began)).values_list(*values)
    for place_id, district_id, has_started, outcome in followed.iterator():
        yield FollowedFacts(
            place_id=place_id,
            district_id=district_id,
            has_started=has_started,
            outcome=Outcome(outcome) if outcome and has_started else None,
        )
