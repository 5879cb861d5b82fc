"""How the ends of flows are called on the pages about them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.flows.flows import ShownFlow
from meedoen.rules.flows.reconciliation import Correction
from meedoen.rules.flows.shown_ladder import is_joined
from meedoen.rules.flows.told_flow import REST
from meedoen.rules.indicators.after_ends import Elsewhere
from meedoen.rules.vocabulary import Outcome, PlaceKind
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.words import OUTCOMES, PLACE_KINDS, Words, mid_sentence

ELSEWHERE: Mapping[Elsewhere, Promise] = {
    Elsewhere.NOTHING: gettext_lazy("Nergens"),
    Elsewhere.PAID_WORK: gettext_lazy("Betaald werk"),
    Elsewhere.SUPPORTED_WORK: gettext_lazy("Betaald werk met steun"),
    Elsewhere.OWN_VOLUNTEERING: gettext_lazy("Vrijwilliger zonder de gemeente"),
    Elsewhere.TRAINING: gettext_lazy("Opleiding"),
    Elsewhere.MOVED_AWAY: gettext_lazy("Verhuisd"),
    Elsewhere.DIED: gettext_lazy("Overleden"),
}
CORRECTIONS: Mapping[Correction, Promise] = {
    Correction.LATE_START: gettext_lazy("Begin was toen nog niet bekend"),
    Correction.LATE_END: gettext_lazy("Einde was toen nog niet bekend"),
    Correction.WITHDRAWN: gettext_lazy("Is bij nader inzien niet begonnen"),
    Correction.CHANGED_DATES: gettext_lazy("Begon of stopte op een andere dag dan toen bekend was"),
    Correction.CHANGED_GROUP: gettext_lazy("Telde toen bij een andere soort of wijk"),
}


def node_name(node: str) -> Words:
    """Return how an end of a flow between kinds is called."""
    if node == REST:
        return _("Andere, samen")
    if node in list(Elsewhere):
        return ELSEWHERE[Elsewhere(node)]
    return PLACE_KINDS[PlaceKind(node)]


def rung_name(node: str) -> Words:
    """Return how an end of a flow between rungs is called; "5-6" are two told together."""
    if node == REST:
        return _("Andere treden, samen")
    if is_joined(node):
        first, _dash, last = node.partition("-")
        words = {"first": first, "last": last}
        if int(last) == int(first) + 1:
            return _("Trede %(first)s en %(last)s") % words
        return _("Trede %(first)s tot en met %(last)s") % words
    return _("Trede %(rung)s") % {"rung": node}


def outcome_name(outcome: Outcome | None) -> Words:
    """Return how an outcome is called; None is one that nobody wrote down."""
    return _("Niet opgeschreven") if outcome is None else OUTCOMES[outcome]


def largest_flow(people: int, source: Words, target: Words, *, of_all: bool) -> str:
    """Name the largest flow; when not every flow is shown, a hidden one may be larger."""
    if of_all:
        text = _("De grootste stroom: %(people)s van %(source)s naar %(target)s.")
    else:
        text = _("De grootste stroom die we tonen: %(people)s van %(source)s naar %(target)s.")
    return text % {
        "people": number_text(people),
        "source": mid_sentence(source),
        "target": mid_sentence(target),
    }


def largest_shown(flow: ShownFlow) -> list[str]:
    """Name the largest flow between two rungs that is shown; nothing when none is."""
    elsewhere = {ends: one for ends, one in flow.cells.items() if ends[0] != ends[1]}
    moved = {
        ends: int(one.text) for ends, one in elsewhere.items() if not one.hidden and one.text != "0"
    }
    if not moved:
        return []
    source, target = max(moved, key=lambda ends: moved[ends])
    said = largest_flow(
        moved[source, target],
        rung_name(source),
        rung_name(target),
        of_all=not any(one.hidden for one in elsewhere.values()),
    )
    return [said]
