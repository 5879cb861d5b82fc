"""Whether a place of a list may still be chosen today, whichever way the list was made."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.queries import open_places
from meedoen.records.proposals.facts import firm_facts
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import Proposal, Refusal
from meedoen.rules.matching.rule_set import rule_set_on, shipped_rule_sets
from meedoen.rules.matching.suits import HardRule, suits
from meedoen.rules.vocabulary import PlaceKind


@dataclass(frozen=True, slots=True)
class Rest:
    """A place that rests for somebody: refused at a moment, and until which day."""

    refused_at: datetime
    until: date

    @property
    def on(self) -> date:
        """Return the day of the refusal."""
        return timezone.localdate(self.refused_at)


def resting_places(refused: Iterable[tuple[int, datetime, date | None]]) -> dict[int, Rest]:
    """Return which places rest for somebody today, from what was refused, oldest first.

    Given are the place, the moment, and until when it rests; what was said last about one holds.
    """
    newest = {place: (at, until) for place, at, until in refused}
    today = clock.today()
    return {
        place: Rest(at, until)
        for place, (at, until) in newest.items()
        if until is not None and until > today
    }


def is_held_back(proposal: Proposal, rest: Rest | None) -> bool:
    """Say whether a refusal keeps a place of this list from being chosen.

    Not when somebody knew of it and wanted the place all the same: when the rule was set aside
    for this list, or the place was looked up by hand, after the refusal.
    """
    if rest is None:
        return False
    aside = any(one["rule"] == HardRule.REFUSED_BEFORE for one in proposal.set_aside)
    knew = aside or proposal.way == Way.FILTER
    return not knew or rest.refused_at >= proposal.made_at


def demand_choosable(
    viewer: Viewer, proposal: Proposal, place_id: int, *, earlier_kinds: Set[PlaceKind]
) -> None:
    """Raise ActionRefusedError when the law or a refusal keeps this place from being chosen.

    Asked with the facts of today. Whether there is room and whether the place is open on the day
    is for the action that takes the seat; a check on displacement is asked when somebody begins.
    """
    rows = Refusal.objects.visible_to(viewer).filter(
        pseudonym_id=proposal.pseudonym_id, place_id=place_id
    )
    refused = rows.order_by("pk").values_list("place_id", "refused_at", "paused_until")
    rest = resting_places(refused).get(place_id)
    if rest is not None and is_held_back(proposal, rest):
        raise ActionRefusedError(_resting(rest))
    # Whose list it is was asked already.
    whole = Viewer.system(viewer.municipality_id)
    person = firm_facts(
        whole, pseudonym_id=proposal.pseudonym_id, earlier_kinds=frozenset(earlier_kinds)
    )
    today = clock.today()
    rule_set = rule_set_on(shipped_rule_sets(), today)
    for place in open_places(viewer, only=[place_id]):
        for reason in suits(person, place, rule_set, today):
            if reason.rule in _sentences():
                raise ActionRefusedError(_sentences()[reason.rule])


def _resting(rest: Rest) -> str:
    return _("Deze plek is geweigerd op %(day)s, en wordt tot %(until)s niet voorgesteld.") % {
        "day": rest.on.strftime("%d-%m-%Y"),
        "until": rest.until.strftime("%d-%m-%Y"),
    }


def _sentences() -> Mapping[HardRule, str]:
    """Return what is said of each rule of law."""
    return {
        HardRule.KIND_NOT_ALLOWED: _(
            "Deze soort plek mag volgens de wet niet voor deze inwoner. Kies een andere plek."
        ),
        HardRule.GROUND_NOT_ALLOWED: _(
            "Deze plek hoort bij een wet waarvoor de gemeente deze inwoner niet helpt. "
            "Kies een andere plek."
        ),
    }
