"""Somebody's path on one time line, with its sentence and the table of the same facts.

For the file of a coach and for the page of the resident alike; the words for the resident say
"u". Rungs and steps in life domains stand in one picture, but are never added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.conversations.queries import ConversationCard
from meedoen.records.ladder.domain_queries import DomainMeasurementCard
from meedoen.records.ladder.queries import MeasurementCard
from meedoen.records.organisations import clock
from meedoen.records.placements.queries import PlacementCard
from meedoen.rules.ladder.life_domains import LifeDomain
from meedoen.rules.ladder.step_growth import StepChange, StepMove, step_growth, step_moves
from meedoen.rules.placement_states import TAKES_PART
from meedoen.web.shared.correcting import WhereToCorrect
from meedoen.web.shared.counting import language
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.ladder_words import LIFE_DOMAINS
from meedoen.web.shared.path_chart import (
    BarLane,
    MoveLane,
    MoveMark,
    PathHeadings,
    PathMarks,
    RungMark,
    path_chart,
)
from meedoen.web.shared.story import growth_text
from meedoen.web.shared.words import CHANNELS, RUNGS, listed, mid_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the table: what happened on a day.

    `name` is a stored name or text, and so Dutch in every language of the page; `url` leads to
    where it can be put right, "" when it cannot from here.
    """

    day: date
    what: str
    name: str = ""
    more: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PathPicture:
    """The picture (empty when nothing happened), what it shows in a sentence, and its table."""

    chart: SafeString
    label: str
    caption: str
    sentence: str
    facts: tuple[Fact, ...]


def path_picture(
    *,
    measurements: Sequence[MeasurementCard] = (),
    domains: Sequence[DomainMeasurementCard] = (),
    conversations: Sequence[ConversationCard] = (),
    placements: Sequence[PlacementCard] = (),
    for_resident: bool = False,
    correct: WhereToCorrect | None = None,
) -> PathPicture:
    """Return somebody's path as a picture; the cards come newest first, as the queries give them.

    Only stretches in which a placement ran are drawn, not what was proposed or taken back.
    """
    marks = PathMarks(
        until=clock.today(),
        rungs=[RungMark(card.measured_on, card.set_rung) for card in reversed(measurements)],
        own_rungs=[
            RungMark(card.measured_on, card.own_rung)
            for card in reversed(measurements)
            if card.own_rung is not None
        ],
        domains=_domain_lanes(domains),
        places=_place_lanes(placements),
        talks=[card.held_on for card in reversed(conversations)],
    )
    title = _("Uw pad in beeld") if for_resident else _("Pad in beeld")
    sentence = _sentence(marks, measurements, domains)
    return PathPicture(
        chart=path_chart(title, sentence, marks, _headings(marks, for_resident), language()),
        label=_("Grafiek: %(name)s") % {"name": mid_sentence(title)},
        caption=_("Alles uit het beeld op een rij"),
        sentence=sentence,
        facts=tuple(
            sorted(
                [
                    *(_talk_fact(card) for card in reversed(conversations)),
                    *(_rung_fact(card, for_resident, correct) for card in reversed(measurements)),
                    *(_steps_fact(card, domains, correct) for card in reversed(domains)),
                    *(fact for card in reversed(placements) for fact in _place_facts(card)),
                ],
                key=lambda fact: fact.day,
            )
        ),
    )


def _headings(marks: PathMarks, for_resident: bool) -> PathHeadings:  # noqa: FBT001 - one reader
    own = _("ruit: zo ziet u het zelf") if for_resident else _("ruit: zo ziet de inwoner het zelf")
    rungs = _("Trede (lijn)")
    return PathHeadings(
        rungs=f"{rungs}, {own}" if marks.own_rungs else rungs,
        domains=_("Leefgebieden: omhoog of omlaag"),
        places=_("Plekken"),
        talks=_("Gesprekken"),
    )


def _domain_lanes(cards: Sequence[DomainMeasurementCard]) -> list[MoveLane]:
    """Return a lane for each domain that ever changed, in the order of the instrument."""
    moves = step_moves(card.steps for card in reversed(cards))
    return [
        MoveLane(
            str(LIFE_DOMAINS[domain]), tuple(_mark(one) for one in moves if one.domain is domain)
        )
        for domain in LifeDomain
        if any(one.domain is domain for one in moves)
    ]


def _mark(move: StepMove) -> MoveMark:
    label = _("%(before)s naar %(now)s") % {"before": move.before, "now": move.now}
    return MoveMark(move.day, move.change is StepChange.UP, label)


def _place_lanes(cards: Sequence[PlacementCard]) -> list[BarLane]:
    lanes = []
    for card in reversed(cards):
        stretches = tuple(
            (first, last or max(clock.today(), first)) for first, last in _took_part(card)
        )
        if stretches:
            lanes.append(BarLane(card.title, stretches))
    return lanes


def _took_part(card: PlacementCard) -> list[tuple[date, date | None]]:
    """Return from when to when somebody took part; None while it goes on.

    A trial that became more, and a pause, are within it: nobody began or stopped there.
    """
    found: list[tuple[date, date | None]] = []
    for stretch in card.stretches:
        if stretch.state not in TAKES_PART or stretch.withdrawn:
            continue
        before = found[-1] if found else None
        if before and before[1] and before[1] + timedelta(days=1) == stretch.starts_on:
            found[-1] = before[0], stretch.last_day
        else:
            found.append((stretch.starts_on, stretch.last_day))
    return found


def _sentence(
    marks: PathMarks,
    measurements: Sequence[MeasurementCard],
    domains: Sequence[DomainMeasurementCard],
) -> str:
    """Say what the picture shows; rungs and steps each in a sentence of their own."""
    days = marks.days()
    if not days:
        return _("Er is nog niets om te laten zien: er is nog niet gesproken of gemeten.")
    parts = [
        _("Van %(first)s tot en met %(last)s.")
        % {"first": day_text(min(days)), "last": day_text(max(*days, marks.until))},
        growth_text(measurements),
        _steps_text(domains),
        _counted(marks),
    ]
    return " ".join(part for part in parts if part)


def _steps_text(cards: Sequence[DomainMeasurementCard]) -> str:
    found = step_growth(card.steps for card in reversed(cards))
    if found is None or not found.up + found.down:
        return ""
    up = ngettext("%(count)s leefgebied omhoog", "%(count)s leefgebieden omhoog", found.up)
    down = ngettext("%(count)s leefgebied omlaag", "%(count)s leefgebieden omlaag", found.down)
    told = [
        words % {"count": count} for words, count in ((up, found.up), (down, found.down)) if count
    ]
    return _("Sinds de eerste meting: %(told)s.") % {"told": listed(told)}


def _counted(marks: PathMarks) -> str:
    told = []
    if marks.places:
        count = len(marks.places)
        told.append(ngettext("%(count)s plek", "%(count)s plekken", count) % {"count": count})
    if marks.talks:
        count = len(marks.talks)
        told.append(ngettext("%(count)s gesprek", "%(count)s gesprekken", count) % {"count": count})
    return _("Te zien: %(told)s.") % {"told": listed(told)} if told else ""


def _talk_fact(card: ConversationCard) -> Fact:
    what = _("Gesprek: %(channel)s") % {"channel": mid_sentence(CHANNELS[card.channel])}
    return Fact(day=card.held_on, what=what)


def _rung_fact(
    card: MeasurementCard,
    for_resident: bool,  # noqa: FBT001 - one reader
    correct: WhereToCorrect | None,
) -> Fact:
    more = []
    if card.own_rung is not None:
        words = (
            _("U zag uzelf op trede %(rung)s: %(name)s.")
            if for_resident
            else _("De inwoner zag zichzelf op trede %(rung)s: %(name)s.")
        )
        name = mid_sentence(RUNGS[card.own_rung])
        more.append(words % {"rung": card.own_rung.value, "name": name})
    if card.correction_reason:
        more.append(_corrected(card.correction_reason))
    return Fact(
        day=card.measured_on,
        what=_("Trede %(rung)s: %(name)s")
        % {"rung": card.set_rung.value, "name": mid_sentence(RUNGS[card.set_rung])},
        name=card.own_words,
        more=" ".join(more),
        url=correct.ladder(card.measurement_id) if correct else "",
    )


def _steps_fact(
    card: DomainMeasurementCard,
    cards: Sequence[DomainMeasurementCard],
    correct: WhereToCorrect | None,
) -> Fact:
    # The moves up to and including this measurement; those of the day itself come last.
    until = cards[cards.index(card) :]
    moves = step_moves(one.steps for one in reversed(until))
    before = step_moves(one.steps for one in reversed(until[1:]))
    more = [_moved(one) for one in moves[len(before) :]]
    if card.correction_reason:
        more.append(_corrected(card.correction_reason))
    count = len(card.scores)
    return Fact(
        day=card.measured_on,
        what=ngettext("%(count)s leefgebied gemeten", "%(count)s leefgebieden gemeten", count)
        % {"count": count},
        more=" ".join(more),
        url=correct.domains(card.key) if correct else "",
    )


def _moved(move: StepMove) -> str:
    words = (
        _("%(domain)s omhoog: van %(before)s naar %(now)s.")
        if move.change is StepChange.UP
        else _("%(domain)s omlaag: van %(before)s naar %(now)s.")
    )
    return words % {
        "domain": str(LIFE_DOMAINS[move.domain]),
        "before": move.before,
        "now": move.now,
    }


def _corrected(reason: str) -> str:
    return _("Verbeterd. Reden: %(reason)s") % {"reason": reason}


def _place_facts(card: PlacementCard) -> list[Fact]:
    facts = []
    name = _place_name(card)
    for first, last in _took_part(card):
        facts.append(Fact(day=first, what=_("Begonnen bij een plek"), name=name))
        if last is not None:
            facts.append(Fact(day=last, what=_("Laatste dag bij een plek"), name=name))
    return facts


def _place_name(card: PlacementCard) -> str:
    return f"{card.title} ({card.organisation})"
