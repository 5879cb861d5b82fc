"""What happened to one person, as the lines of a time line, newest first.

The words are fit for the file of a coach and for the page of the resident alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import AttemptCard, ConversationCard
from meedoen.records.ladder.domain_queries import DomainMeasurementCard
from meedoen.records.ladder.queries import MeasurementCard
from meedoen.records.placements.queries import PlacementCard, StretchCard
from meedoen.records.plans.cards import PlanEventCard
from meedoen.rules.ladder.growth import GrowthClass, MeasuredRung, growth_class
from meedoen.rules.placement_states import TAKES_PART
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.correcting import WhereToCorrect
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.ladder_words import LIFE_DOMAINS
from meedoen.web.shared.note_lines import corrected_text
from meedoen.web.shared.words import (
    CHANNELS,
    MOVE_REASONS,
    OUTCOMES,
    PLACE_KINDS,
    RUNG_SENTENCES,
    RUNG_SENTENCES_FOR_RESIDENT,
    RUNGS,
    listed,
    mid_sentence,
    why_text,
)


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What stood somewhere before it was set right: when it was written, and the text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line: what happened on a day, who wrote it down, and what was said about it later.

    `stored` is true when `text` is what somebody wrote, and so Dutch in every language of the page.
    `more` is what the software adds to that. `changed` says who set it right, `why` gives their
    reason, and `earlier` what stood there before; `change_url` is where it can be set right.
    """

    day: date
    title: str
    text: str = ""
    who: str = ""
    recorded_later: str = ""
    corrected: bool = False
    stored: bool = False
    more: str = ""
    changed: str = ""
    why: str = ""
    earlier: tuple[EarlierText, ...] = ()
    change_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """All that is known to have happened; the cards come newest first, as the queries give them."""

    attempts: Sequence[AttemptCard] = ()
    conversations: Sequence[ConversationCard] = ()
    measurements: Sequence[MeasurementCard] = ()
    domains: Sequence[DomainMeasurementCard] = ()
    plan_events: Sequence[PlanEventCard] = ()
    placements: Sequence[PlacementCard] = ()
    others: Sequence[Item] = ()


def story(
    happened: Happened,
    *,
    for_resident: bool = False,
    correct: WhereToCorrect | None = None,
) -> list[Item]:
    """Return everything that happened, newest first; on one day, what comes of it stands higher.

    For a resident the words say "you". `correct` gives the addresses where things can be put
    right, for who may.
    """
    items = [
        *reversed(happened.others),
        *(_attempt(card) for card in reversed(happened.attempts)),
        *(_conversation(card, correct) for card in reversed(happened.conversations)),
        *(_measurement(card, for_resident, correct) for card in reversed(happened.measurements)),
        *(_domains(card, correct) for card in reversed(happened.domains)),
        *(_plan_event(card) for card in reversed(happened.plan_events)),
    ]
    for placement in reversed(happened.placements):
        items.extend(_placement(placement))
    items.sort(key=lambda item: item.day)
    items.reverse()
    return items


def growth_text(measurements: Sequence[MeasurementCard]) -> str:
    """Return how the last rung compares with the first; empty when nothing was measured."""
    measured = [
        MeasuredRung(card.measured_on, card.set_rung, card.ladder_version)
        for card in reversed(measurements)
    ]
    found = growth_class(measured)
    if found is None:
        return ""
    if found is GrowthClass.MEASURED_ONCE:
        return _("Eén keer gemeten: er is nog niets om mee te vergelijken.")
    comparable = [one for one in measured if one.ladder_version == measured[-1].ladder_version]
    first, last = comparable[0], comparable[-1]
    if found is GrowthClass.EQUAL:
        return _("Op dezelfde trede als op %(day)s.") % {"day": day_text(first.day)}
    sentence = (
        _("Gegroeid van trede %(first)s naar trede %(last)s sinds %(day)s.")
        if found is GrowthClass.GROWTH
        else _("Gedaald van trede %(first)s naar trede %(last)s sinds %(day)s.")
    )
    return sentence % {
        "first": first.rung.value,
        "last": last.rung.value,
        "day": day_text(first.day),
    }


def _attempt(card: AttemptCard) -> Item:
    again = _("Opnieuw proberen op %(day)s.") % {"day": day_text(card.next_on)}
    return Item(
        day=card.made_on,
        title=_("Poging: %(outcome)s (%(channel)s)")
        % {
            "outcome": mid_sentence(OUTCOMES[card.outcome]),
            "channel": mid_sentence(CHANNELS[card.channel]),
        },
        text=card.note,
        who=card.made_by,
        recorded_later=_later(card.made_on, card.written_on),
        stored=True,
        more=again if card.next_on else "",
    )


def _conversation(card: ConversationCard, correct: WhereToCorrect | None) -> Item:
    return Item(
        day=card.held_on,
        title=_("Gesprek: %(channel)s") % {"channel": mid_sentence(CHANNELS[card.channel])},
        text=card.story,
        who=card.held_by,
        recorded_later=_later(card.held_on, card.written_on),
        stored=True,
        changed=corrected_text(card.corrected_on, card.corrected_by),
        why=card.correction_reason,
        earlier=tuple(
            EarlierText(
                heading=_("%(day)s: %(channel)s")
                % {"day": day_text(one.held_on), "channel": mid_sentence(CHANNELS[one.channel])},
                text=one.story,
            )
            for one in card.earlier
        ),
        change_url=correct.conversation(card.key) if correct else "",
    )


def _measurement(
    card: MeasurementCard,
    for_resident: bool,  # noqa: FBT001 - one caller
    correct: WhereToCorrect | None,
) -> Item:
    sentences = RUNG_SENTENCES_FOR_RESIDENT if for_resident else RUNG_SENTENCES
    text = str(sentences[card.set_rung])
    if card.deviation_reason:
        text += " " + _("Uit de antwoorden volgde trede %(rung)s. Reden: %(reason)s") % {
            "rung": card.derived_rung.value,
            "reason": card.deviation_reason,
        }
    return Item(
        day=card.measured_on,
        title=_("Trede %(number)s: %(name)s")
        % {"number": card.set_rung.value, "name": mid_sentence(RUNGS[card.set_rung])},
        text=text,
        who=card.assessor,
        recorded_later=_later(card.measured_on, card.written_on),
        corrected=card.corrected,
        more=" ".join(_beside(card, for_resident)),
        why=card.correction_reason,
        changed=_("Verbeterd.") if card.correction_reason else "",
        change_url=correct.ladder(card.measurement_id) if correct and not card.corrected else "",
    )


def _beside(card: MeasurementCard, for_resident: bool) -> Iterator[str]:  # noqa: FBT001
    """Yield what stands beside the rung: it is never mixed with it."""
    if card.potential_rung is not None:
        yield _("Haalbaar binnen een jaar: trede %(rung)s.") % {"rung": card.potential_rung.value}
    if card.own_rung is not None:
        who = _("U zelf: trede %(rung)s.") if for_resident else _("Inwoner zelf: trede %(rung)s.")
        yield who % {"rung": card.own_rung.value}
    if card.own_words:
        yield f"“{card.own_words}”"


def _domains(card: DomainMeasurementCard, correct: WhereToCorrect | None) -> Item:
    steps = [f"{mid_sentence(LIFE_DOMAINS[one])} {step}" for one, step in card.scores.items()]
    return Item(
        day=card.measured_on,
        title=_("Stappen in leefgebieden"),
        text=listed(steps),
        who=card.assessor,
        recorded_later=_later(card.measured_on, card.written_on),
        corrected=card.corrected,
        why=card.correction_reason,
        changed=_("Verbeterd.") if card.correction_reason else "",
        change_url=correct.domains(card.key) if correct and not card.corrected else "",
    )


def _plan_event(card: PlanEventCard) -> Item:
    titles = {
        "agreed": _("Plan afgesproken"),
        "agreed_again": _("Plan opnieuw afgesproken"),
        "evaluated": _("Samen teruggekeken op het plan"),
        "ended": _("Plan gestopt"),
    }
    return Item(
        day=card.day,
        title=titles[card.kind],
        text=card.text,
        who=card.who,
        recorded_later=_later(card.day, card.written_on),
        stored=bool(card.text),
    )


def _placement(card: PlacementCard) -> Iterator[Item]:
    where = {"place": card.title, "organisation": card.organisation}
    why = why_text(card.outcome, card.reason)
    for stretch in sorted(card.stretches, key=lambda one: one.first_since):
        if stretch.state is PlacementState.PROPOSED:
            yield _proposed(card, stretch, where)
        else:
            yield _begun(stretch, where)
        if stretch.state in TAKES_PART and stretch.withdrawn and stretch.last_day is None:
            title = _("Start teruggenomen: %(place)s bij %(organisation)s") % where
            text = _("De plaatsing was nog niet begonnen.")
            yield Item(_local(stretch.since), title, text, stretch.said_by)
    yield from _over(card, why, where)


def _over(card: PlacementCard, why: str, where: Mapping[str, str]) -> Iterator[Item]:
    """Give how a placement came to nothing, or ended."""
    if card.state is PlacementState.WITHDRAWN:
        last = max(card.stretches, key=lambda one: one.since)
        title = _("Gaat niet door: %(place)s bij %(organisation)s") % where
        yield Item(_local(last.since), title, why, last.said_by)
    elif card.state is PlacementState.ENDED:
        lasted = [one for one in card.stretches if one.last_day and not one.withdrawn]
        last = max(lasted, key=lambda one: one.starts_on)
        if last.last_day is not None:
            title = _("Gestopt: %(place)s bij %(organisation)s") % where
            later = _later(last.last_day, _local(last.since))
            yield Item(last.last_day, title, why, last.said_by, later)


def _proposed(card: PlacementCard, stretch: StretchCard, where: Mapping[str, str]) -> Item:
    return Item(
        day=stretch.first_start,
        title=_("Voorgesteld: %(place)s bij %(organisation)s") % where,
        text=card.resident_said or str(PLACE_KINDS[card.kind]),
        who=stretch.first_said_by,
        recorded_later=_later(stretch.first_start, _local(stretch.first_since)),
        stored=bool(card.resident_said),
    )


def _begun(stretch: StretchCard, where: Mapping[str, str]) -> Item:
    moved = stretch.first_start != stretch.starts_on
    before = _("Verbeterd: eerst stond hier %(day)s.") % {"day": day_text(stretch.first_start)}
    why = str(MOVE_REASONS[stretch.came_by]) if stretch.came_by else ""
    return Item(
        day=stretch.starts_on,
        title=_begun_title(stretch.state) % where,
        text=before if moved else why,
        who=stretch.first_said_by,
        recorded_later=_later(stretch.first_start, _local(stretch.first_since)),
        corrected=stretch.withdrawn,
    )


def _begun_title(state: PlacementState) -> str:
    match state:
        case PlacementState.WAITING:
            return _("Op de wachtlijst: %(place)s bij %(organisation)s")
        case PlacementState.INTRODUCED:
            return _("Kennisgemaakt: %(place)s bij %(organisation)s")
        case PlacementState.TRIAL:
            return _("Op proef begonnen: %(place)s bij %(organisation)s")
        case PlacementState.PAUSED:
            return _("Even gestopt: %(place)s bij %(organisation)s")
        case _:
            return _("Begonnen: %(place)s bij %(organisation)s")


def _local(moment: datetime) -> date:
    return timezone.localdate(moment)


def _later(day: date, written_on: date) -> str:
    """Return that something was written down after it happened; empty when it was not."""
    if written_on <= day:
        return ""
    return _("Opgeschreven op %(day)s.") % {"day": day_text(written_on)}
