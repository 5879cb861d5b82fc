"""What became of choices, by where they were, so that no small number follows from another.

The counts of a district hang under all choices in one tree, so that they are protected together.
A place is only shown where nothing can be taken off anything: see `places_to_show`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meedoen.rules.indicators.disclosure import Shown
from meedoen.rules.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class FollowedFacts:
    """What became of a choice: where it was, whether it began, how it ended if it did."""

    place_id: int
    district_id: int
    has_started: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Followed:
    """Choices that belong together, as they may be shown."""

    chosen: Shown
    started: Shown
    ended: Shown
    outcomes: Mapping[Outcome, Shown]

    @property
    def is_whole(self) -> bool:
        """Whether every number of it is shown."""
        shown = (self.chosen, self.started, self.ended, *self.outcomes.values())
        return not any(one.hidden for one in shown)


@dataclass(frozen=True, slots=True)
class Branch:
    """Counts by name, and of what each is a part: what `protect_together` takes."""

    counts: Mapping[str, int]
    relations: Mapping[str, str]


def branch(name: str, choices: Sequence[FollowedFacts], *, part_of: str) -> Branch:
    """Count choices under a name: who began is part of who chose, and who stopped of who began."""
    ends = Counter(one.outcome for one in choices if one.outcome is not None)
    counts = {
        f"{name}/chosen": len(choices),
        f"{name}/started": sum(one.has_started for one in choices),
        f"{name}/ended": ends.total(),
    }
    relations = {
        f"{name}/chosen": part_of,
        f"{name}/started": f"{name}/chosen",
        f"{name}/ended": f"{name}/started",
    }
    for outcome in Outcome:
        if ends[outcome]:
            counts[f"{name}/{outcome}"] = ends[outcome]
            relations[f"{name}/{outcome}"] = f"{name}/ended"
    return Branch(counts, relations)


def followed(name: str, shown: Mapping[str, Shown]) -> Followed:
    """Return the counts under a name as they may be shown."""
    return Followed(
        chosen=shown[f"{name}/chosen"],
        started=shown[f"{name}/started"],
        ended=shown[f"{name}/ended"],
        outcomes={
            outcome: shown[f"{name}/{outcome}"]
            for outcome in Outcome
            if f"{name}/{outcome}" in shown
        },
    )


def by_district(choices: Iterable[FollowedFacts]) -> dict[int, list[FollowedFacts]]:
    """Return the choices by district, in the order of their numbers."""
    found: dict[int, list[FollowedFacts]] = defaultdict(list)
    for one in choices:
        found[one.district_id].append(one)
    return dict(sorted(found.items()))


def places_to_show(
    choices: Iterable[FollowedFacts], districts: Mapping[int, Followed], threshold: int
) -> dict[int, Followed]:
    """Return the places of which every number may be shown, by place.

    A place stands here when its district is shown in whole, when each of its numbers is zero or at
    least the threshold, and when that holds for all other places of the district together. What
    is left after subtracting places from their district is then never small.
    """
    found: dict[int, Followed] = {}
    for district, of in by_district(choices).items():
        if districts[district].is_whole:
            found |= _clean_places(of, threshold)
    return found


def _clean_places(choices: Iterable[FollowedFacts], threshold: int) -> dict[int, Followed]:
    at: dict[int, list[FollowedFacts]] = defaultdict(list)
    for one in choices:
        at[one.place_id].append(one)
    clean = [place for place in sorted(at) if _is_clean(at[place], threshold)]
    rest = [one for place in at if place not in clean for one in at[place]]
    # The last and not the smallest goes: who knows that the smallest is left out, knows more.
    while clean and not _is_clean(rest, threshold):
        rest += at[clean.pop()]
    return {place: _as_they_are(at[place]) for place in clean}


def _is_clean(choices: Sequence[FollowedFacts], threshold: int) -> bool:
    """Return whether no cell has few people: not begun, still there, or stopped in some way."""
    cells = Counter((one.has_started, one.outcome) for one in choices)
    return all(count >= threshold for count in cells.values())


def _as_they_are(choices: Sequence[FollowedFacts]) -> Followed:
    counts = branch("place", choices, part_of="").counts
    return followed(
        "place", {name: Shown(str(count), hidden=False) for name, count in counts.items()}
    )
