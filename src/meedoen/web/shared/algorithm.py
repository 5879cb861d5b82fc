"""What a municipality says in public about matching, with the addresses of this installation."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import MatchingCard
from meedoen.rules.matching.rule_set import RuleSet, rule_set_on, shipped_rule_sets
from meedoen.rules.matching_register.entry import Publisher, register_entry
from meedoen.rules.matching_register.standard import Problem, problems_of
from meedoen.rules.matching_register.texts import shipped_texts

FILE_NAME = "algoritmeregister.json"


def rules_now() -> RuleSet:
    """Return the rule set in force. Raises meedoen.rules.matching.rule_set.NoRuleSetError."""
    return rule_set_on(shipped_rule_sets(), clock.today())


def entry_of(card: MatchingCard) -> Mapping[str, Any]:
    """Return the entry of a municipality in the register of algorithms, as it is today.

    Raises meedoen.rules.matching.rule_set.NoRuleSetError.
    """
    publisher = Publisher(
        code=card.code,
        name=card.municipality,
        contact=card.contact,
        page=_outside(reverse("public:algorithm", args=[card.code])),
        file=_outside(reverse("public:algorithm_entry", args=[card.code])),
    )
    since = timezone.localdate(card.since) if card.since else None
    return register_entry(shipped_texts(), rules_now(), publisher, is_on=card.is_on, since=since)


def what_is_missing(card: MatchingCard) -> tuple[Problem, ...]:
    """Return why the entry cannot be sent in yet; nothing when it can."""
    return problems_of(entry_of(card))


def objection_of(card: MatchingCard) -> str:
    """Return what a resident can do: in words of the municipality, or else the usual ones."""
    return card.objection or shipped_texts().objection


def _outside(path: str) -> str:
    """Return an address that others can reach; empty on a machine that only serves itself."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL.startswith("https://") else ""
