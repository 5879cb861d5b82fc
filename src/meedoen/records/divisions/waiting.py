"""Who waits for a place, since when, and what is known of them; a fixed number of questions."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from meedoen.records.conversations.queries import first_spoken, newest_wishes
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident
from meedoen.records.people.reach import left_alone
from meedoen.records.placements.models import Placement, StatePeriod
from meedoen.records.places.spots import area_of
from meedoen.records.proposals.facts import known_of, person_facts
from meedoen.rules.matching.facts import PersonFacts
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.placement_states import HOLDS_A_SEAT, TAKES_PART
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody without a place who was spoken with, and the day from which they wait."""

    pseudonym_id: int
    district_id: int
    since: date
    facts: PersonFacts


@dataclass(slots=True)
class _Earlier:
    """What somebody did before: when their last place ended, and of which kinds they were."""

    ended: date = date.min
    kinds: set[PlaceKind] = field(default_factory=set)


def who_waits(
    viewer: Viewer,
    *,
    kinds: Collection[PlaceKind],
    district_id: int | None,
    rule_set: RuleSet,
    on: date,
) -> list[Waits]:
    """Return who of the viewer's people waits for a place on a day, by pseudonym.

    Someone waits who has a benefit, was spoken with, does not want to be left alone, and holds no
    seat, proposed or running. They wait since the later of two days: that of their first
    conversation, and that on which their last place ended. A proposal that came to nothing costs
    nobody their turn. `kinds` leaves out who wishes other kinds only; empty is all.
    """
    wishes, first = newest_wishes(viewer), first_spoken(viewer)
    earlier = _earlier(viewer)
    people = list(_without_place(viewer, district_id, on))
    known = known_of(viewer, pseudonym_ids=[pseudonym_id for pseudonym_id, _lives_in in people])
    districts = area_of(viewer).districts
    found = []
    for pseudonym_id, lives_in in people:
        said = wishes.get(pseudonym_id)
        if said is None or (kinds and said.wished_kinds and not said.wished_kinds & set(kinds)):
            continue
        before = earlier.get(pseudonym_id, _Earlier())
        facts = person_facts(
            pseudonym_id,
            said,
            district=districts[lives_in],
            known=known,
            rule_set=rule_set,
            earlier_kinds=before.kinds,
        )
        since = min(max(first[pseudonym_id], before.ended), on)
        found.append(Waits(pseudonym_id, lives_in, since, facts))
    return found


def _without_place(
    viewer: Viewer, district_id: int | None, on: date
) -> "QuerySet[Resident, tuple[int, int]]":
    somewhere = Placement.objects.visible_to(viewer).filter(
        pseudonym_id=OuterRef("pseudonym_id"), state__in=HOLDS_A_SEAT
    )
    rows = Resident.objects.visible_to(viewer).filter(
        ~Exists(somewhere), benefit_entry__ends_on__gt=on, last_spoken_on__isnull=False
    )
    if district_id is not None:
        rows = rows.filter(district_id=district_id)
    rows = rows.exclude(left_alone()).order_by("pseudonym_id")
    return rows.values_list("pseudonym_id", "district_id")


def _earlier(viewer: Viewer) -> dict[int, _Earlier]:
    """Return what everyone did before who had a place that really began."""
    rows = StatePeriod.objects.visible_to(viewer).filter(state__in=TAKES_PART, withdrawn=False)
    columns = ("placement__pseudonym_id", "placement__place__kind", "ends_on")
    found: dict[int, _Earlier] = {}
    for pseudonym_id, kind, ends_on in rows.order_by().values_list(*columns):
        one = found.setdefault(pseudonym_id, _Earlier())
        one.ended = max(one.ended, ends_on)
        one.kinds.add(PlaceKind(kind))
    return found
