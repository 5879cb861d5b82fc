"""The strip of dates of a participation job: a picture, its sentence, and the table under it.

For the coach, and for the resident about oneself; the words for the resident say "u".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.participation_jobs.queries import ClockCard
from meedoen.records.participation_jobs.sentences import sentences
from meedoen.rules.participation_job.facts import StretchReason
from meedoen.rules.participation_job.milestones import Milestone, MilestoneKind, MilestoneState
from meedoen.rules.vocabulary import MoveReason
from meedoen.web.shared.clock_chart import ClockMarks, DateLane, DateMark, clock_chart
from meedoen.web.shared.clock_words import BECAUSE, STATE_KINDS, STATES, TO_DO, milestone_name
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import mid_sentence

LANES: Sequence[tuple[Promise, frozenset[MilestoneKind]]] = (
    (gettext_lazy("Scholing"), frozenset({MilestoneKind.SCHOOLING_OFFER})),
    (gettext_lazy("Premie"), frozenset({MilestoneKind.PREMIUM})),
    (
        gettext_lazy("Kans op werk"),
        frozenset({MilestoneKind.ASSESS_CHANCE, MilestoneKind.ENDS_WITHOUT_CHANCE}),
    ),
    (
        gettext_lazy("Einde en verlengen"),
        frozenset(
            {
                MilestoneKind.WARNING,
                MilestoneKind.ASSESS_FIRST_EXTENSION,
                MilestoneKind.END_OF_TERM,
                MilestoneKind.ASSESS_SECOND_EXTENSION,
                MilestoneKind.ABSOLUTE_END,
            }
        ),
    ),
)
SHOWN = frozenset(MilestoneState) - {MilestoneState.DOES_NOT_APPLY}
ASKS = frozenset({MilestoneState.NOW, MilestoneState.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One date in the table; `url` leads to the page that deals with it, "" when none does."""

    name: str
    months: int
    last_day: date
    state: Promise
    state_kind: str
    because: Promise
    to_do: Promise | str
    article: str
    address: str
    url: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture (empty without dates), its words, the table, and what the law does not allow.

    `others` are the dates that do not apply to this person.
    """

    chart: SafeString
    label: str
    sentence: str
    rows: tuple[DateRow, ...]
    others: tuple[DateRow, ...]
    problems: tuple[str, ...]


def strip_of(
    card: ClockCard,
    *,
    for_resident: bool = False,
    url_of: Callable[[Milestone], str] = lambda _one: "",
) -> Strip:
    """Return the dates of somebody; `url_of` says which page deals with one."""
    if card.problems:
        return Strip(SafeString(""), "", "", (), (), tuple(sentences(card.problems)))
    sentence = resident_sentence(card) if for_resident else coach_sentence(card)
    title = _("Termijnen van de participatiebaan")
    return Strip(
        chart=clock_chart(title, sentence, _marks(card)),
        label=_("Beeld: %(name)s") % {"name": mid_sentence(title)},
        # On the page of the resident the plain sentence stands above the picture already.
        sentence=_signs() if for_resident else f"{sentence} {_signs()}",
        rows=_rows(card, url_of, for_resident, applies=True),
        others=_rows(card, url_of, for_resident, applies=False),
        problems=(),
    )


def coach_sentence(card: ClockCard) -> str:
    """Return since when it counts, how long, what comes first, and the last day by law."""
    parts = [_counted_text(card), _first_text(card), _end_text(card)]
    return " ".join(part for part in parts if part)


def resident_sentence(card: ClockCard) -> str:
    """Return in plain words how long somebody may go on, and why there are dates."""
    if card.problems:
        return _("Uw coach kijkt of de datums van uw participatiebaan kloppen.")
    if card.ends is None:
        return _("Uw participatiebaan is gestopt.")
    words = (
        _(
            "Uw participatiebaan duurt tot en met %(day)s, want de gemeente vindt dat uw kans op "
            "werk er niet groter van wordt. Uw coach bespreekt met u wat daarna komt."
        )
        if card.ends.reason is MoveReason.CHANCES_DID_NOT_GROW
        else _(
            "Uw participatiebaan mag van de wet duren tot en met %(day)s. Ruim daarvoor "
            "bespreekt uw coach met u wat daarna komt."
        )
    )
    return words % {"day": day_text(card.ends.last_day)}


def _counted_text(card: ClockCard) -> str:
    if card.counted is None:
        return ""
    months = card.counted.months
    return ngettext(
        "De termijn telt vanaf %(day)s; er is nu %(months)s hele maand geteld.",
        "De termijn telt vanaf %(day)s; er zijn nu %(months)s hele maanden geteld.",
        months,
    ) % {"day": day_text(card.counted.since), "months": months}


def _first_text(card: ClockCard) -> str:
    """Return the first date that asks for something: what is too late, or else what comes."""
    late = [one for one in card.milestones if one.state is MilestoneState.OVERDUE]
    if late:
        first = late[0]
        return _("Te laat: %(what)s, uiterlijk %(day)s.") % _told(first)
    ahead = {MilestoneState.NOW, MilestoneState.AHEAD}
    coming = (one for one in card.milestones if one.state in ahead)
    following = next(coming, None)
    return _("Eerst komt: %(what)s, uiterlijk %(day)s.") % _told(following) if following else ""


def _told(one: Milestone) -> dict[str, str]:
    return {"what": mid_sentence(milestone_name(one)), "day": day_text(one.last_day)}


def _end_text(card: ClockCard) -> str:
    if card.ends is None:
        return _("Het werk is gestopt.") if card.facts.ends_on else ""
    return _("De laatste dag volgens de wet is %(day)s.") % {"day": day_text(card.ends.last_day)}


def _signs() -> str:
    return _(
        "Een dichte stip is gedaan, een open stip komt nog, een driehoek is nu aan de beurt of te "
        "laat, een kruis is voorbij. Het getal is het aantal maanden."
    )


def _marks(card: ClockCard) -> ClockMarks:
    return ClockMarks(
        today=card.today,
        today_name=_("vandaag"),
        work_name=_("Gewerkt"),
        work=list(_work(card)),
        lanes=[lane for name, kinds in LANES if (lane := _lane(card, name, kinds)).marks],
    )


def _work(card: ClockCard) -> Iterator[tuple[date, date]]:
    for one in card.facts.stretches:
        if one.reason is StretchReason.PARTICIPATION_JOB:
            last = one.ends_on - timedelta(days=1) if one.ends_on else card.today
            yield one.starts_on, max(last, one.starts_on)


def _lane(card: ClockCard, name: Promise, kinds: frozenset[MilestoneKind]) -> DateLane:
    marks = {
        one.due_on: DateMark(one.due_on, one.state, one.months)
        for one in sorted(card.milestones, key=lambda one: one.state in ASKS)
        if one.kind in kinds and one.state in SHOWN
    }
    return DateLane(str(name), tuple(marks.values()))


def _rows(
    card: ClockCard,
    url_of: Callable[[Milestone], str],
    for_resident: bool,  # noqa: FBT001 - one caller
    *,
    applies: bool,
) -> tuple[DateRow, ...]:
    found = (one for one in card.milestones if (one.state in SHOWN) is applies)
    in_order = sorted(found, key=lambda one: one.last_day)
    return tuple(_row(one, url_of(one) if applies else "", for_resident) for one in in_order)


def _row(one: Milestone, url: str, for_resident: bool) -> DateRow:  # noqa: FBT001 - one reader
    return DateRow(
        name=milestone_name(one),
        months=one.months,
        last_day=one.last_day,
        state=STATES[one.state],
        state_kind=STATE_KINDS[one.state],
        because=BECAUSE[one.because],
        to_do=TO_DO[one.kind] if one.state in ASKS and not for_resident else "",
        article=one.article,
        address=one.address,
        url=url,
    )
