"""Sheltered work of one person in words: the tracks, and the Wsw."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.sheltered.queries import StepCard, SubsidyCard, TrackCard, WswCard
from meedoen.rules.law.wage_subsidy import WageSubsidyLaw, wage_subsidy_on
from meedoen.rules.sheltered.columns import Contract
from meedoen.rules.sheltered.states import DECISIONS
from meedoen.rules.sheltered.words import ShelteredState
from meedoen.rules.wage_subsidy.calculate import Subsidy, SubsidyKind
from meedoen.rules.wage_subsidy.terms import flat_until, next_recalculation
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.sheltered_words import (
    OBJECTION_STATES,
    SHELTERED_PARTIES,
    SHELTERED_REASONS,
    SHELTERED_STATE_KINDS,
    SHELTERED_STATES,
    SHELTERED_STEPS,
    SUBSIDY_BASIS,
    SUBSIDY_KINDS,
    WSW_CATEGORIES,
    WSW_KINDS,
    basis_text,
    euros_text,
    part_text,
)
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import Words, mid_sentence


@dataclass(frozen=True, slots=True)
class Way:
    """A step that may be made now, and where that is written down."""

    url: str
    label: Words


@dataclass(frozen=True, slots=True)
class BasisRow:
    """A number of a basis in words, with its article and where that stands."""

    name: Words
    text: str
    article: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSubsidy:
    """A wage-cost subsidy in words; the empty text of `until` says that nothing ends it."""

    since: date
    until: str
    kind: Words
    percent: str
    subsidy: str
    employer_costs: str
    total: str
    said_by: str
    basis: tuple[BasisRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTrack:
    """A track in words; `ways` lead on from here, `is_open` says that there are any."""

    card: TrackCard
    state: Words
    state_kind: str
    items: tuple[Item, ...]
    ways: tuple[Way, ...]
    contracts: tuple[tuple[str, str], ...]
    subsidies: tuple[ShownSubsidy, ...]
    is_employed: bool
    may_object: bool


def shown_track(viewer: Viewer, card: TrackCard) -> ShownTrack:
    """Return a track in words, with the steps that this viewer may write down."""
    may_step = viewer.may(Permission.PLACE_RESIDENT)
    decided = any(step.state in DECISIONS for step in card.steps)
    return ShownTrack(
        card=card,
        state=_("Teruggenomen") if card.is_taken_back else SHELTERED_STATES[card.state],
        state_kind="inactive" if card.is_taken_back else SHELTERED_STATE_KINDS[card.state],
        items=tuple(sorted(_items(viewer, card), key=lambda item: item.day, reverse=True)),
        ways=tuple(_ways(viewer, card)) if may_step else (),
        contracts=tuple(
            (_stretch(one.starts_on, one.ends_on), _hours(one)) for one in card.contracts
        ),
        subsidies=tuple(map(shown_subsidy, card.subsidies)),
        is_employed=card.state is ShelteredState.EMPLOYED,
        may_object=may_step and decided and not card.is_objected_to,
    )


def _ways(viewer: Viewer, card: TrackCard) -> Iterator[Way]:
    for state in card.next_states:
        if state in DECISIONS and not viewer.may(Permission.FIX_DUTIES):
            continue
        # Of a refusal nothing is left but an objection that is upheld.
        if card.state is ShelteredState.REFUSED and not card.is_objected_to:
            continue
        url = reverse("coach:sheltered_step", args=[card.key, state.value])
        yield Way(url, SHELTERED_STEPS[state])


def _items(viewer: Viewer, card: TrackCard) -> Iterator[Item]:
    # The day of the first step is the last in the list when all are on one day: newest first.
    for said in reversed(card.objections):
        title = OBJECTION_STATES[said.state]
        yield Item(said.on, str(title), said.text, said.said_by, stored=True)
    for step in (*reversed(card.steps), *card.taken_back):
        yield _item(viewer, card, step)


def _item(viewer: Viewer, card: TrackCard, step: StepCard) -> Item:
    may_correct = viewer.may(Permission.CORRECT_PLACEMENT) and not step.taken_back
    changed = ""
    if step.taken_back:
        changed = _("Teruggenomen: deze stap was er niet.")
    elif step.was_on is not None:
        changed = _("Verbeterd: eerst stond hier %(day)s.") % {"day": day_text(step.was_on)}
    return Item(
        day=step.on,
        title=str(SHELTERED_STATES[step.state]),
        text=step.explanation,
        stored=True,
        who=step.said_by,
        more=" ".join(_about(step)),
        corrected=False,
        changed=changed,
        why=step.correction_reason,
        change_url=(
            reverse("coach:sheltered_step_day", args=[card.key, step.number]) if may_correct else ""
        ),
    )


def _about(step: StepCard) -> Iterator[str]:
    words = (
        _("Door %(party)s.")
        if step.state is not ShelteredState.REQUESTED
        else _("Aangevraagd door %(party)s.")
    )
    yield words % {"party": SHELTERED_PARTIES[step.by]}
    if step.reason:
        yield _("Reden: %(reason)s.") % {"reason": mid_sentence(SHELTERED_REASONS[step.reason])}
    if step.placement:
        yield _("Op de plek %(place)s.") % {"place": step.placement}


def _stretch(starts_on: date, ends_on: date | None) -> str:
    if ends_on is None:
        return _("vanaf %(day)s") % {"day": day_text(starts_on)}
    last = date.fromordinal(ends_on.toordinal() - 1)
    return _("%(first)s tot en met %(last)s") % {
        "first": day_text(starts_on),
        "last": day_text(last),
    }


def _hours(contract: Contract) -> str:
    if contract.week_hours is None:
        return _("uren nog niet bekend")
    return _("%(hours)s uur per week") % {"hours": number_text(contract.week_hours)}


def shown_subsidy(card: SubsidyCard) -> ShownSubsidy:
    """Return a subsidy that was kept in words."""
    return ShownSubsidy(
        since=card.starts_on,
        until=_until(card),
        kind=SUBSIDY_KINDS[card.subsidy.kind],
        percent=part_text(card.percent / 100),
        subsidy=euros_text(card.subsidy.subsidy),
        employer_costs=euros_text(card.subsidy.employer_costs),
        total=euros_text(card.subsidy.total),
        said_by=card.said_by,
        basis=basis_rows(card.subsidy),
    )


def basis_rows(subsidy: Subsidy) -> tuple[BasisRow, ...]:
    """Return what led to a subsidy, line by line, each with its article."""
    addresses = _addresses(wage_subsidy_on(subsidy.on))
    return tuple(
        BasisRow(
            name=SUBSIDY_BASIS[line.code],
            text=basis_text(line.code, line.value),
            article=line.article,
            address=addresses.get(line.article, ""),
        )
        for line in subsidy.basis
    )


def _addresses(law: WageSubsidyLaw) -> dict[str, str]:
    values = (law.most_part, law.flat_part, law.norm_hours, law.holiday_part)
    return {one.article: one.address for one in (*values, law.employer_costs_part)}


def _until(card: SubsidyCard) -> str:
    again = next_recalculation(card.starts_on)
    over = flat_until(card.job_started_on)
    if card.subsidy.kind is SubsidyKind.FLAT and over <= again:
        return _("Tot %(day)s: dan moet de loonwaarde vaststaan (artikel 10d, vijfde lid).") % {
            "day": day_text(over)
        }
    return _("Op %(day)s opnieuw berekenen (artikel 10d, zevende lid).") % {"day": day_text(again)}


@dataclass(frozen=True, slots=True)
class ShownWsw:
    """A stretch of old sheltered work in words."""

    card: WswCard
    stretch: str
    facts: tuple[tuple[str, str], ...]
    is_running: bool


def shown_wsw(card: WswCard) -> ShownWsw:
    """Return a stretch of old sheltered work in words."""
    return ShownWsw(
        card=card,
        stretch=_stretch(card.starts_on, card.ends_on),
        facts=(
            (_("Uren per week"), number_text(card.week_hours)),
            (_("Arbeidshandicap volgens UWV"), str(WSW_CATEGORIES[card.category])),
            (_("Hoe"), str(WSW_KINDS[card.kind])),
        ),
        is_running=card.ends_on is None,
    )
