"""Noting who was at a place on which days; only added to, the newest holds."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.placements.attendance_queries import DaySaid, newest_days
from meedoen.records.placements.models import Attendance
from meedoen.records.placements.running import Held, hold_placements
from meedoen.rules.vocabulary import Presence

MOST_HOURS = Decimal(16)
"""More hours than this on a day is a slip of the keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDay:
    """Whether somebody was there on a day; hours only for who was, and they may be left out.

    `seen` is the number of the newest word that was shown (`DaySaid.attendance_id`), 0 for none;
    None skips the question whether a colleague noted something else in the meantime.
    """

    key: uuid.UUID
    day: date
    presence: Presence
    hours: Decimal | None = None
    seen: int | None = None


class DayNotedError(ActionRefusedError):
    """A colleague noted something else about the same day in the meantime."""


@action(Permission.CONFIRM_PLACEMENT)
def note_attendance(viewer: Viewer, *, days: Sequence[NewDay]) -> int:
    """Keep who was there and return how many words were added; what stood there already is not.

    Raises ActionRefusedError, all or none, with everything that is wrong; DayNotedError when a
    colleague noted something else in the meantime.
    """
    if len({(one.key, one.day) for one in days}) < len(days):
        raise ActionRefusedError(_("Dezelfde dag staat er twee keer bij."))
    if viewer.role is Role.LINK_HOLDER:
        raise ActionRefusedError(_("Aanwezigheid vult u in als u bent ingelogd."))
    asked = hold_placements(viewer, (one.key for one in days))
    faults = dict.fromkeys(fault for one in days for fault in _faults(one, asked[one.key]))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    there = _there(viewer, days, asked)
    new = [
        one for one in days if not _stands(one, there.get((asked[one.key].placement.pk, one.day)))
    ]
    _demand_seen(new, asked, there)
    Attendance.objects.bulk_create(
        [
            Attendance(
                municipality_id=viewer.municipality_id,
                placement=asked[one.key].placement,
                day=one.day,
                presence=one.presence,
                hours=_hours(one),
                noted_at=clock.now(),
                noted_by_id=viewer.membership_id,
            )
            for one in new
        ],
        batch_size=1_000,
    )
    return len(new)


def _faults(one: NewDay, asked: Held) -> Iterator[str]:
    told = {"name": asked.name, "day": one.day.strftime("%d-%m-%Y")}
    if not asked.placement.place.asks_attendance:
        yield _("%(title)s vraagt niet om aanwezigheid.") % {"title": asked.placement.place.title}
    if one.day > clock.today():
        yield _("%(name)s, %(day)s: deze dag moet nog komen.") % told
    elif not asked.ran_between(one.day, one.day):
        yield _("%(name)s deed op %(day)s niet mee.") % told
    hours = _hours(one)
    if hours is not None and not _are_hours(hours):
        yield _("%(name)s, %(day)s: vul uren in van 0,5 tot en met 16.") % told


def _are_hours(hours: Decimal) -> bool:
    return hours.is_finite() and 0 < hours <= MOST_HOURS and hours == round(hours, 1)


def _hours(one: NewDay) -> Decimal | None:
    return one.hours if one.presence is Presence.PRESENT else None


def _there(
    viewer: Viewer, days: Sequence[NewDay], asked: Mapping[uuid.UUID, Held]
) -> Mapping[tuple[int, date], DaySaid]:
    if not days:
        return {}
    on = [one.day for one in days]
    placement_ids = [one.placement.pk for one in asked.values()]
    return newest_days(viewer, placement_ids=placement_ids, since=min(on), until=max(on))


def _newest(there: Mapping[tuple[int, date], DaySaid], asked: Held, day: date) -> DaySaid | None:
    return there.get((asked.placement.pk, day))


def _stands(one: NewDay, said: DaySaid | None) -> bool:
    return said is not None and (one.presence, _hours(one)) == (said.presence, said.hours)


def _demand_seen(
    new: Sequence[NewDay],
    asked: Mapping[uuid.UUID, Held],
    there: Mapping[tuple[int, date], DaySaid],
) -> None:
    """Raise DayNotedError with what colleagues noted that was not seen."""
    sentences = []
    for one in new:
        said = _newest(there, asked[one.key], one.day)
        if one.seen is not None and said is not None and said.attendance_id != one.seen:
            sentences.append(
                _("%(who)s vulde intussen %(day)s in voor %(name)s.")
                % {
                    "who": said.noted_by or _("Iemand van uw organisatie"),
                    "day": one.day.strftime("%d-%m-%Y"),
                    "name": asked[one.key].name,
                }
            )
    if sentences:
        sentences.append(_("Kijk of dat klopt. Er is nog niets van u bewaard."))
        raise DayNotedError(" ".join(sentences))
