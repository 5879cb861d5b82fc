"""An organisation says how a month of its placements went; only added to, the newest holds.

What is said moves nothing by itself: a worry or a stop becomes a signal for the coach, who alone
ends a placement.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.links.actions import demand_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import MonthConfirmation
from meedoen.records.placements.month_queries import MonthSaid, newest_words
from meedoen.records.placements.months import (
    MONTH_ANSWERS,
    MONTHS_BACK,
    first_of_month,
    last_of,
    month_text,
)
from meedoen.records.placements.running import Held, hold_placements
from meedoen.rules.periods import add_months
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.vocabulary import LinkPurpose, MonthAnswer

MOST_HOURS = Decimal(250)
"""More hours than this in a month is a slip of the keyboard."""
LONGEST_NOTE = 300
WHILE_IT_RUNS = frozenset({MonthAnswer.STOPPED, MonthAnswer.WORRIES})
"""What can be told about a month that is not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMonth:
    """What an organisation says about a month of a placement; `month` is the first day of it.

    `hours` are those of the whole month, for other hours; `last_day` goes with stopped. `seen` is
    the number of the newest word that was shown (`MonthSaid.confirmation_id`), 0 for none; None
    skips the question whether a colleague answered in the meantime.
    """

    key: uuid.UUID
    month: date
    answer: MonthAnswer = MonthAnswer.AS_PLANNED
    hours: Decimal | None = None
    last_day: date | None = None
    note: str = ""
    seen: int | None = None


class MonthAnsweredError(ActionRefusedError):
    """A colleague said something else about the same month in the meantime."""


@action(Permission.CONFIRM_PLACEMENT)
def confirm_months(viewer: Viewer, *, answers: Sequence[NewMonth]) -> int:
    """Keep how months went and return how many words were added; what stood there already is not.

    Raises ActionRefusedError, all or none, with everything that is wrong; MonthAnsweredError when
    a colleague said something else in the meantime, with what that was.
    """
    if len({(one.key, one.month) for one in answers}) < len(answers):
        raise ActionRefusedError(_("Dezelfde maand staat er twee keer bij."))
    demand_link(
        viewer, purpose=LinkPurpose.CONFIRM_MONTH, subject_ids={viewer.organisation_id or 0}
    )
    asked = hold_placements(viewer, (one.key for one in answers))
    _raise_all(fault for one in answers for fault in _faults(one, asked[one.key]))
    placement_ids = [one.placement.pk for one in asked.values()]
    there = newest_words(viewer, placement_ids=placement_ids, months={one.month for one in answers})
    new = [one for one in answers if not _stands(one, _newest(there, asked[one.key], one.month))]
    _demand_seen(new, asked, there)
    MonthConfirmation.objects.bulk_create(
        [
            MonthConfirmation(
                municipality_id=viewer.municipality_id,
                placement=asked[one.key].placement,
                month=one.month,
                answer=one.answer,
                hours=_hours(one),
                last_day=_last_day(one),
                note=_note(one),
                answered_at=clock.now(),
                answered_by_id=viewer.membership_id,
                link_id=viewer.link_id,
            )
            for one in new
        ],
        batch_size=1_000,
    )
    note_changes(viewer, [asked[one.key].placement.pseudonym_id for one in new])
    return len(new)


# --- what may be said ----------------------------------------------------------------------------


def _raise_all(faults: Iterator[str]) -> None:
    found = list(dict.fromkeys(faults))
    if found:
        raise ActionRefusedError(" ".join(found))


def _faults(one: NewMonth, asked: Held) -> Iterator[str]:
    told = {"name": asked.name, "month": month_text(one.month)}
    yield from _month_faults(one, asked, told)
    if one.answer is MonthAnswer.OTHER_HOURS and not _are_hours(one.hours):
        yield _("%(name)s: vul het aantal uren in %(month)s in, van 0 tot en met 250.") % told
    if one.answer is MonthAnswer.STOPPED:
        yield from _last_day_faults(one, asked, told)
    note = _note(one)
    if one.answer is MonthAnswer.WORRIES and not note:
        yield _("%(name)s: schrijf kort op waarover u zich zorgen maakt.") % told
    if len(note) > LONGEST_NOTE:
        yield _("%(name)s: uw toelichting is te lang, hoogstens 300 tekens.") % told
    if holds_bsn(note):
        yield f"{asked.name}: {_('Hier staat een burgerservicenummer. Haal het weg.')}"
    fault = health_fault(note)
    if fault:
        yield f"{asked.name}: {fault}"


def _month_faults(one: NewMonth, asked: Held, told: Mapping[str, str]) -> Iterator[str]:
    this_month = first_of_month(clock.today())
    if one.month != first_of_month(one.month) or one.month > this_month:
        yield _("%(name)s: over %(month)s kunt u nog niets zeggen.") % told
    elif one.month < add_months(this_month, -MONTHS_BACK):
        yield _("%(name)s: %(month)s is te lang geleden. Vertel het de coach.") % told
    elif one.month == this_month and one.answer not in WHILE_IT_RUNS:
        yield _("%(name)s: %(month)s is nog niet voorbij. Bevestig de maand daarna.") % told
    elif not asked.ran_between(one.month, last_of(one.month)):
        yield _("%(name)s deed in %(month)s niet mee.") % told


def _are_hours(hours: Decimal | None) -> bool:
    if hours is None or not hours.is_finite():
        return False
    return 0 <= hours <= MOST_HOURS and hours == round(hours, 1)


def _last_day_faults(one: NewMonth, asked: Held, told: Mapping[str, str]) -> Iterator[str]:
    if one.last_day is None:
        yield _("%(name)s: vul de laatste dag in.") % told
    elif one.last_day > clock.today():
        yield _("%(name)s: de laatste dag ligt in de toekomst. Meld het als het zover is.") % told
    elif one.last_day > last_of(one.month):
        yield _("%(name)s: de laatste dag ligt na %(month)s. Meld het bij de maand zelf.") % told
    elif asked.stretches and one.last_day < asked.stretches[0].starts_on:
        yield _("%(name)s: de laatste dag ligt voor de eerste dag, %(day)s.") % {
            **told,
            "day": asked.stretches[0].starts_on.strftime("%d-%m-%Y"),
        }


# --- what goes with an answer, and what is there already -----------------------------------------


def _hours(one: NewMonth) -> Decimal | None:
    return one.hours if one.answer is MonthAnswer.OTHER_HOURS else None


def _last_day(one: NewMonth) -> date | None:
    return one.last_day if one.answer is MonthAnswer.STOPPED else None


def _note(one: NewMonth) -> str:
    return "" if one.answer is MonthAnswer.AS_PLANNED else one.note.strip()


def _newest(
    there: Mapping[tuple[int, date], MonthSaid], asked: Held, month: date
) -> MonthSaid | None:
    return there.get((asked.placement.pk, month))


def _stands(one: NewMonth, said: MonthSaid | None) -> bool:
    """Return whether exactly this was said already, and about the whole month if that is over."""
    if said is None:
        return False
    month_is_over = last_of(one.month) < clock.today()
    if month_is_over and said.answered_at <= clock.end_of(last_of(one.month)):
        return False
    given = (one.answer, _hours(one), _last_day(one), _note(one))
    return given == (said.answer, said.hours, said.last_day, said.note)


def _demand_seen(
    new: Sequence[NewMonth],
    asked: Mapping[uuid.UUID, Held],
    there: Mapping[tuple[int, date], MonthSaid],
) -> None:
    """Raise MonthAnsweredError with what colleagues said that was not seen."""
    sentences = []
    for one in new:
        said = _newest(there, asked[one.key], one.month)
        if one.seen is not None and said is not None and said.confirmation_id != one.seen:
            sentences.append(_already_said(asked[one.key].name, said))
    if sentences:
        sentences.append(_("Kijk of dat klopt. Er is nog niets van u bewaard."))
        raise MonthAnsweredError(" ".join(sentences))


def _already_said(name: str, said: MonthSaid) -> str:
    return _("%(who)s gaf intussen antwoord over %(name)s in %(month)s: %(answer)s.") % {
        "who": said.answered_by or _("Iemand van uw organisatie"),
        "name": name,
        "month": month_text(said.month),
        "answer": MONTH_ANSWERS[said.answer],
    }
