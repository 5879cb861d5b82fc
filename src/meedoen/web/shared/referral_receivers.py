"""Whom to ask, as lines to tick: who is suggested, teams, who was found, and who said no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations.viewer import PARTNERS, Viewer
from meedoen.records.referrals.drafts import Receiver
from meedoen.records.referrals.reach import out_of_reach
from meedoen.records.referrals.receivers import NamedReceiver
from meedoen.records.referrals.who_can import OfferedPlace, Suggestion, WhoCan
from meedoen.rules.referrals.offers import Answered, Record
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.referral_answers import receiver_value
from meedoen.web.shared.referral_words import DECLINE_REASONS, receiver_name
from meedoen.web.shared.words import ORGANISATION_KINDS, Words, listed, mid_sentence


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: its value, what stands beside it, and whether that text was written by somebody."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation with its boxes: for each place, and for the organisation itself."""

    name: str
    kind: Words
    notes: tuple[str, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """All there is to choose from, in the order in which a page shows it."""

    suggested: tuple[Group, ...]
    teams: tuple[Group, ...]
    others: tuple[Tick, ...]
    left_out: tuple[str, ...]
    municipality: tuple[Tick, ...] = ()

    @property
    def receivers(self) -> list[str]:
        """Return the values of all boxes."""
        groups = [tick for group in (*self.suggested, *self.teams) for tick in group.ticks]
        return [tick.value for tick in (*self.municipality, *groups, *self.others)]


def choice_of(
    found: WhoCan,
    others: Sequence[NamedReceiver],
    *,
    municipality: Sequence[NamedReceiver] = (),
) -> Choice:
    """Return the lines; `others` are those that were searched, or chosen before.

    `municipality` are its coaches, for who stands outside it.
    """
    groups = [tuple(map(_group, those)) for those in (found.suggestions, found.teams)]
    of_municipality = tuple(_ticks(municipality))
    known = {tick.value for those in groups for group in those for tick in group.ticks}
    known |= {tick.value for tick in of_municipality}
    return Choice(
        suggested=groups[0],
        teams=groups[1],
        others=tuple(one for one in _ticks(others) if one.value not in known),
        left_out=tuple(_left_out(one) for one in found.left_out),
        municipality=of_municipality,
    )


def named_line(one: NamedReceiver) -> tuple[str, str]:
    """Return how a receiver is called, and the place it is asked for; empty for none."""
    return receiver_name(one.organisation, one.team), one.place


def call_first(viewer: Viewer, receivers: Sequence[NamedReceiver]) -> str:
    """Return which receivers nobody tells of a referral, so that the sender calls; else empty."""
    unreached = out_of_reach(viewer, receivers=[one.receiver for one in receivers])
    names = [named_line(one)[0] for one in receivers if one.receiver in unreached]
    if not names:
        return ""
    if viewer.role in PARTNERS:
        # Only the municipality can note an answer for another one.
        text = ngettext(
            "%(names)s heeft geen account en geen mailadres, en kan hier niet antwoorden. Bel "
            "zelf, of vraag een ander.",
            "%(names)s hebben geen account en geen mailadres, en kunnen hier niet antwoorden. Bel "
            "zelf, of vraag een ander.",
            len(names),
        )
        return text % {"names": listed(names)}
    return ngettext(
        "%(names)s heeft geen account en geen mailadres. Bel zelf, en noteer het antwoord.",
        "%(names)s hebben geen account en geen mailadres. Bel zelf, en noteer het antwoord.",
        len(names),
    ) % {"names": listed(names)}


def record_text(record: Record | None) -> str:
    """Return how a receiver answered before, in a sentence; empty when that is not told."""
    if record is None:
        return ""
    if not record.asked:
        return _("Hiervoor nog niet gevraagd.")
    words = {"asked": number_text(record.asked), "in_time": number_text(record.in_time)}
    text = ngettext(
        "%(asked)s keer gevraagd, %(in_time)s keer op tijd geantwoord",
        "%(asked)s keer gevraagd, %(in_time)s keer op tijd geantwoord",
        record.asked,
    )
    parts = [text % words, _("%(yes)s keer ja") % {"yes": number_text(record.yes)}]
    if record.days == 0:
        parts.append(_("meestal dezelfde dag"))
    elif record.days is not None:
        days = ngettext("meestal na %(days)s dag", "meestal na %(days)s dagen", record.days)
        parts.append(days % {"days": number_text(record.days)})
    return "; ".join(parts) + "."


def _group(one: Suggestion) -> Group:
    of_place = [
        Tick(
            value=receiver_value(Receiver(one.organisation_id, place_id=place.place_id)),
            label=place.title,
            note=_place_note(place),
        )
        for place in one.places
    ]
    whole = Tick(
        value=receiver_value(Receiver(one.organisation_id)),
        label=_("De organisatie, zonder plek te noemen") if of_place else one.name,
    )
    notes = [record_text(one.record), _no_text(one.no) if one.no else ""]
    return Group(
        name=one.name,
        kind=ORGANISATION_KINDS[one.kind],
        notes=tuple(filter(None, notes)),
        ticks=(*of_place, whole),
    )


def _place_note(place: OfferedPlace) -> str:
    free = ngettext("%(free)s plaats vrij", "%(free)s plaatsen vrij", place.free)
    notes = [free % {"free": number_text(place.free)}]
    if place.in_district is not None:
        notes.append(_("in deze wijk") if place.in_district else _("in een andere wijk"))
    if place.fits_times is False:
        notes.append(_("op andere tijden"))
    return listed(notes)


def _ticks(receivers: Iterable[NamedReceiver]) -> list[Tick]:
    found = {
        receiver_value(one.receiver): Tick(
            receiver_value(one.receiver), receiver_name(one.organisation, one.team), one.place
        )
        for one in receivers
    }
    return list(found.values())


def _left_out(one: Suggestion) -> str:
    return f"{one.name}: {mid_sentence(_no_text(one.no))}" if one.no else one.name


def _no_text(no: Answered) -> str:
    reason = DECLINE_REASONS[no.reason] if no.reason else ""
    if no.full_until:
        return _("%(reason)s, weer vanaf %(day)s.") % {
            "reason": reason,
            "day": day_text(no.full_until),
        }
    return _("%(reason)s (antwoord van %(day)s).") % {
        "reason": reason,
        "day": day_text(no.answered_on),
    }
