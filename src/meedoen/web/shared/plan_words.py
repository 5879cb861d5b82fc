"""The words of a plan as people read them, for the coach, for the resident and on paper."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.plans.cards import PlanCard
from meedoen.rules.plans.articles import Article, shipped_articles
from meedoen.rules.vocabulary import (
    ActionOwner,
    ActionState,
    DutyKind,
    GoalState,
    ObtainedHow,
    PlanState,
)
from meedoen.web.shared.words import Words

ACTION_OWNERS: Mapping[ActionOwner, Words] = {
    ActionOwner.RESIDENT: gettext_lazy("De inwoner"),
    ActionOwner.COACH: gettext_lazy("De coach"),
    ActionOwner.PARTNER: gettext_lazy("Een organisatie"),
}

ACTION_OWNERS_FOR_RESIDENT: Mapping[ActionOwner, Words] = {
    ActionOwner.RESIDENT: gettext_lazy("U"),
    ActionOwner.COACH: gettext_lazy("Uw coach"),
    ActionOwner.PARTNER: gettext_lazy("Een organisatie"),
}

ACTION_STATES: Mapping[ActionState, Words] = {
    ActionState.TO_DO: gettext_lazy("Nog te doen"),
    ActionState.BUSY: gettext_lazy("Mee bezig"),
    ActionState.DONE: gettext_lazy("Klaar"),
    ActionState.DROPPED: gettext_lazy("Gaat niet door"),
}

ACTION_STATE_KINDS: Mapping[ActionState, str] = {
    ActionState.TO_DO: "neutral",
    ActionState.BUSY: "warning",
    ActionState.DONE: "success",
    ActionState.DROPPED: "inactive",
}
"""The kind of status badge that goes with a state; its words say the same."""

GOAL_STATES: Mapping[GoalState, Words] = {
    GoalState.OPEN: gettext_lazy("Loopt"),
    GoalState.REACHED: gettext_lazy("Bereikt"),
    GoalState.DROPPED: gettext_lazy("Losgelaten"),
}

GOAL_STATE_KINDS: Mapping[GoalState, str] = {
    GoalState.OPEN: "neutral",
    GoalState.REACHED: "success",
    GoalState.DROPPED: "inactive",
}

DUTY_KINDS: Mapping[DutyKind, Words] = {
    DutyKind.SUPPORT: gettext_lazy("Hulp"),
    DutyKind.DUTY: gettext_lazy("Plicht"),
    DutyKind.EXEMPTION: gettext_lazy("Vrijstelling"),
}

OBTAINED_HOW: Mapping[ObtainedHow, Words] = {
    ObtainedHow.SPOKEN: gettext_lazy("In een gesprek"),
    ObtainedHow.WRITTEN: gettext_lazy("Op papier"),
    ObtainedHow.SIGNED_IN: gettext_lazy("In Meedoen, zelf ingelogd"),
}

PLAN_EVENTS: Mapping[str, Words] = {
    "agreed": gettext_lazy("Plan afgesproken"),
    "agreed_again": gettext_lazy("Plan opnieuw afgesproken"),
    "evaluated": gettext_lazy("Teruggekeken op het plan"),
    "ended": gettext_lazy("Plan gestopt"),
}
"""What happened to a plan, by the kind of records.plans.cards.PlanEventCard."""


def plan_state(card: PlanCard) -> str:
    """Return how a plan stands, in words."""
    if card.state is PlanState.ENDED:
        return _("Gestopt")
    if not card.agreements:
        return _("Nog niet afgesproken")
    return _("Opnieuw af te spreken") if card.to_agree else _("Afgesproken")


def plan_state_kind(card: PlanCard) -> str:
    """Return the kind of status badge that goes with how a plan stands."""
    if card.state is PlanState.ENDED:
        return "inactive"
    return "warning" if card.to_agree else "success"


def article(code: str) -> Article | None:
    """Return the article with this code; None for one that the table no longer has."""
    return _articles().get(code)


@lru_cache(maxsize=1)
def _articles() -> Mapping[str, Article]:
    return {one.code: one for one in shipped_articles()}
