"""The whole way of somebody over kinds of places and laws: one path, each step with its own law.

Moving on from a place under the Wmo to one under the Participatiewet is one path for the person.
What was written down for one law still belongs to that law, so a step never names two.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.placements.queries import PlacementCard
from meedoen.rules.flows.chain import Direction, Step, Stretch, path_of
from meedoen.rules.indicators.after_ends import Elsewhere
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.places.kinds import rules_of
from meedoen.rules.vocabulary import LegalTask, PlaceKind
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.words import PLACE_KINDS, Words, listed, mid_sentence

ELSEWHERE: Mapping[Elsewhere, Words] = {
    Elsewhere.PAID_WORK: gettext_lazy("Betaald werk"),
    Elsewhere.SUPPORTED_WORK: gettext_lazy("Betaald werk met steun"),
    Elsewhere.OWN_VOLUNTEERING: gettext_lazy("Vrijwilliger, zonder de gemeente"),
    Elsewhere.TRAINING: gettext_lazy("Opleiding"),
}

DIRECTIONS: Mapping[Direction, Words] = {
    Direction.FIRST: gettext_lazy("Begin"),
    Direction.UP: gettext_lazy("Een stap verder"),
    Direction.LEVEL: gettext_lazy("Op dezelfde hoogte"),
    Direction.DOWN: gettext_lazy("Een stap terug"),
}

DIRECTION_KINDS: Mapping[Direction, str] = {
    Direction.FIRST: "neutral",
    Direction.UP: "success",
    Direction.LEVEL: "neutral",
    Direction.DOWN: "inactive",
}
"""The kind of status badge that goes with a direction; its words say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """One step in words.

    `place` is the name of the place, empty outside the places; `law` is empty where what somebody
    does is no task of the municipality. `beside` says with which steps it goes together, and
    `gap` that there was nothing before it.
    """

    number: int
    name: Words
    place: str
    url: str
    stretch: str
    law: Words
    article: str
    address: str
    direction: Words
    direction_kind: str
    beside: str
    gap: str


@dataclass(frozen=True, slots=True)
class WholeWay:
    """The steps in order, those that go together in one row, and what they show in sentences."""

    rows: tuple[tuple[WayStep, ...], ...]
    sentence: str


def whole_way(
    placements: Sequence[PlacementCard], url_of: Callable[[UUID], str] | None = None
) -> WholeWay:
    """Return the whole way of somebody from all placements, in any order.

    `url_of` gives where a placement stands for who may open it; without it nothing is linked.
    """
    cards = dict(enumerate(sorted(placements, key=lambda card: str(card.key))))
    stretches = [
        stretch for number, card in cards.items() if (stretch := _stretch(number, card)) is not None
    ]
    path = path_of(stretches)
    steps = [_step(at, step, path, cards, url_of) for at, step in enumerate(path)]
    return WholeWay(tuple(_rows(path, steps)), _sentence(path))


def _stretch(number: int, card: PlacementCard) -> Stretch | None:
    """Return from when to when somebody took part; None for who never did."""
    took_part = [one for one in card.stretches if one.state in TAKES_PART and not one.withdrawn]
    if not took_part:
        return None
    last = took_part[-1].last_day
    return Stretch(
        placement=number,
        kind=card.kind,
        starts_on=took_part[0].starts_on,
        ends_on=last + timedelta(days=1) if last else None,
        outcome=card.outcome,
    )


def _rows(path: Sequence[Step], steps: Sequence[WayStep]) -> Iterator[tuple[WayStep, ...]]:
    """Yield the steps in rows: whatever goes on while a step begins stands in one row with it."""
    row: list[int] = []
    for at, step in enumerate(path):
        if row and not set(row) & set(step.beside):
            yield tuple(steps[one] for one in row)
            row = []
        row.append(at)
    if row:
        yield tuple(steps[one] for one in row)


def _step(
    at: int,
    step: Step,
    path: Sequence[Step],
    cards: Mapping[int, PlacementCard],
    url_of: Callable[[UUID], str] | None,
) -> WayStep:
    card = cards[step.placement] if step.placement is not None else None
    rules = rules_of(step.step, step.starts_on) if isinstance(step.step, PlaceKind) else None
    return WayStep(
        number=at + 1,
        name=_name(step),
        place=f"{card.title} ({card.organisation})" if card else "",
        url=url_of(card.key) if card and url_of else "",
        stretch=_days(step.starts_on, step.ends_on),
        law=LEGAL_TASKS[step.legal_task] if step.legal_task else "",
        article=rules.article if rules else "",
        address=rules.source if rules else "",
        direction=DIRECTIONS[step.direction],
        direction_kind=DIRECTION_KINDS[step.direction],
        beside=_beside(step),
        gap=_gap(step),
    )


def _name(step: Step) -> Words:
    return PLACE_KINDS[step.step] if isinstance(step.step, PlaceKind) else ELSEWHERE[step.step]


def _days(starts_on: date, ends_on: date | None) -> str:
    if ends_on is None:
        return _("Vanaf %(day)s") % {"day": day_text(starts_on)}
    last = ends_on - timedelta(days=1)
    return _("%(first)s tot en met %(last)s") % {
        "first": day_text(starts_on),
        "last": day_text(last),
    }


def _beside(step: Step) -> str:
    if not step.beside:
        return ""
    steps = listed(_("stap %(number)s") % {"number": at + 1} for at in step.beside)
    return _("Begon terwijl %(steps)s nog liep.") % {"steps": steps}


def _gap(step: Step) -> str:
    if not step.gap_days:
        return ""
    return ngettext(
        "Daarvoor was er %(days)s dag geen plek.",
        "Daarvoor was er %(days)s dagen geen plek.",
        step.gap_days,
    ) % {"days": step.gap_days}


def _sentence(path: Sequence[Step]) -> str:
    """Say how many steps there are and under which laws, in the order in which they came."""
    if not path:
        return _("Er is nog geen stap: niemand begon al op een plek.")
    count = len(path)
    told = ngettext("%(count)s stap", "%(count)s stappen", count) % {"count": count}
    laws = dict.fromkeys(step.legal_task for step in path if step.legal_task)
    last = mid_sentence(_name(path[-1]))
    sentence = _("%(told)s, de laatste is %(last)s.") % {"told": told, "last": last}
    return f"{sentence} {_law_text(list(laws))}".strip()


def _law_text(laws: Sequence[LegalTask]) -> str:
    if len(laws) < 2:
        return ""
    return _(
        "Dit ene pad loopt over %(laws)s. Wat voor de ene wet is opgeschreven, hoort alleen bij "
        "die wet."
    ) % {"laws": listed(LEGAL_TASKS[law] for law in laws)}
