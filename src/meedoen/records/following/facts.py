"""What signals need to know of what follows placements, for many people at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from meedoen.records.following.days import aftercare_due, choices_made, evaluation_days
from meedoen.records.following.endings import running
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.places.following import still_holds
from meedoen.rules.signals.facts import Dated


@dataclass(slots=True)
class FollowingFacts:
    """What is due of one person, each with the key of its placement: see `PersonFacts`."""

    evaluations: list[Dated] = field(default_factory=list)
    to_choose: list[Dated] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    aftercare: list[Dated] = field(default_factory=list)

    def as_facts(self) -> Mapping[str, Any]:
        """Return it under the names that it has among the facts of a person."""
        return {one.name: tuple(getattr(self, one.name)) for one in fields(self)}


NOTHING_DUE = FollowingFacts()


def following_facts(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> Mapping[int, FollowingFacts]:
    """Return what is due of these people, by pseudonym; who is not there has nothing due."""
    found: dict[int, FollowingFacts] = defaultdict(FollowingFacts)
    days = evaluation_days(viewer, pseudonym_ids=pseudonym_ids)
    chosen_for = choices_made(viewer, pseudonym_ids=pseudonym_ids)
    for pk, one in running(viewer, pseudonym_ids=pseudonym_ids).items():
        facts, subject = found[one.pseudonym_id], str(one.key)
        if pk in days:
            facts.evaluations.append(Dated(subject, days[pk]))
        last_day = one.ending.last_day
        if pk in chosen_for and still_holds(chosen_for[pk], last_day):
            facts.chosen.append(subject)
        elif last_day is not None:
            facts.to_choose.append(Dated(subject, last_day))
    for pseudonym_id, due in aftercare_due(viewer, pseudonym_ids=pseudonym_ids, on=on).items():
        subject = str(due.ended.placement.key)
        found[pseudonym_id].aftercare.append(Dated(subject, due.moment.on))
    return found
