"""What everyone reads about a place, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.places.public_queries import PublicLocation, PublicPlace
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.schedule.occurrences import occurrences
from meedoen.rules.vocabulary import Guidance, StartWindow
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.place_words import ACCESSIBILITIES
from meedoen.web.shared.reasons import interest_name
from meedoen.web.shared.session_words import clock_text, half_days_text, session_text
from meedoen.web.shared.words import FUNCTIONAL_DEMANDS, Words, listed, mid_sentence

LEVELS_ASKED: Mapping[LanguageLevel, Words] = {
    LanguageLevel.BELOW_A1: gettext_lazy("U hoeft geen Nederlands te spreken"),
    LanguageLevel.A1: gettext_lazy("U kent losse woorden en korte zinnen (A1)"),
    LanguageLevel.A2: gettext_lazy("U kunt praten over gewone dingen (A2)"),
    LanguageLevel.B1: gettext_lazy("U redt zich in de meeste gesprekken (B1)"),
    LanguageLevel.B2: gettext_lazy("U spreekt het goed (B2)"),
    LanguageLevel.C1: gettext_lazy("U spreekt bijna zonder moeite (C1)"),
    LanguageLevel.C2: gettext_lazy("U spreekt als de beste (C2)"),
}

GUIDANCES: Mapping[Guidance, Words] = {
    Guidance.NONE: gettext_lazy("Er is geen begeleiding"),
    Guidance.NOW_AND_THEN: gettext_lazy("Er is iemand aan wie u vragen kunt stellen"),
    Guidance.ALWAYS_NEAR: gettext_lazy("Er is altijd iemand dichtbij die u helpt"),
}

STARTS: Mapping[StartWindow, Words] = {
    StartWindow.ANY_TIME: gettext_lazy("U kunt altijd binnenlopen"),
    StartWindow.BY_APPOINTMENT: gettext_lazy("Maak eerst een afspraak"),
    StartWindow.FIXED_DAY: gettext_lazy("Op een vaste dag"),
}

DATES_SHOWN = 5
LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day on which a place is open, in words, with its hours."""

    day: str
    hours: str


def times_of(place: PublicPlace, today: date) -> list[str]:
    """Return when a place is open, a sentence for each time that comes back."""
    running = [one for one in place.sessions if not (one.last_on and one.last_on < today)]
    if not running:
        return [capfirst(half_days_text(place.half_days))]
    return [capfirst(session_text(one, today=today)) for one in running]


def next_dates(place: PublicPlace, today: date) -> list[NextDate]:
    """Return the next days on which a place is open, the first first, today among them."""
    until = min(place.closes_on or date.max, today + LOOK_AHEAD)
    found: set[tuple[date, time, time]] = {
        (day, session.opens_at, session.closes_at)
        for session in place.sessions
        for day in occurrences(session, since=max(today, place.opens_on), until=until)[:DATES_SHOWN]
    }
    return [
        NextDate(
            day=capfirst(day_text(day, "EEEE d MMMM")),
            hours=_("%(opens)s tot %(closes)s uur")
            % {"opens": clock_text(opens), "closes": clock_text(closes)},
        )
        for day, opens, closes in sorted(found)[:DATES_SHOWN]
    ]


def facts_of(place: PublicPlace) -> list[tuple[str, str]]:
    """Return what people want to know of a place, each with its label."""
    return [
        (_("Hoe vaak"), _how_often(place)),
        (_("Kosten"), _cost(place)),
        (_("Hulp op de plek"), _with_note(GUIDANCES[place.guidance], place.guidance_note)),
        (_("Nederlands"), str(LEVELS_ASKED[place.language_level_asked])),
        (_("Beginnen"), _start(place)),
        *_facts_if_any(place),
    ]


def _facts_if_any(place: PublicPlace) -> Iterator[tuple[str, str]]:
    if place.functional_demands:
        demands = (mid_sentence(FUNCTIONAL_DEMANDS[one]) for one in place.functional_demands)
        yield _("Wat u moet kunnen"), capfirst(listed(demands))
    if place.interests:
        names = (mid_sentence(interest_name(code)) for code in place.interests)
        yield _("Past bij"), capfirst(listed(names))
    if place.photo_free:
        yield _("Foto's"), _("Er worden geen foto's van u gemaakt")


def address_of(location: PublicLocation) -> list[str]:
    """Return the lines of an address, without those that are empty."""
    lines = [
        location.name,
        f"{location.street} {location.house_number}",
        f"{_spaced(location.postal_code)} {location.town}",
    ]
    return [line.strip() for line in lines if line.strip()]


def accessibility_of(location: PublicLocation) -> Sequence[str]:
    """Return what makes it easy to be there, a sentence each."""
    words = [str(ACCESSIBILITIES[one]) for one in location.accessibility]
    return [*words, location.accessibility_note] if location.accessibility_note else words


def web_address(text: str) -> str:
    """Return an address that may be a link; empty for anything but the web."""
    return text if text.lower().startswith(("https://", "http://")) else ""


def _how_often(place: PublicPlace) -> str:
    words = (
        ngettext(
            "Minstens %(count)s dagdeel in de week",
            "Minstens %(count)s dagdelen in de week",
            place.half_days_needed,
        )
        % {"count": place.half_days_needed}
        if place.half_days_needed
        else _("Zo vaak als u wilt")
    )
    if place.hours_per_week:
        hours = ngettext(
            "ongeveer %(count)s uur in de week",
            "ongeveer %(count)s uur in de week",
            place.hours_per_week,
        )
        words = f"{words}, {hours % {'count': place.hours_per_week}}"
    return words


def _cost(place: PublicPlace) -> str:
    if not place.cost_cents:
        return _with_note(_("Gratis"), place.cost_note)
    amount = number_text(Decimal(place.cost_cents) / 100, 2)
    return _with_note(_("€ %(amount)s per keer") % {"amount": amount}, place.cost_note)


def _start(place: PublicPlace) -> str:
    if place.start_window is StartWindow.FIXED_DAY and place.next_start_on:
        return _("Op %(day)s") % {"day": day_text(place.next_start_on)}
    return str(STARTS[place.start_window])


def _with_note(words: Words, note: str) -> str:
    """Add what the organisation wrote, which is Dutch in every language of the page."""
    return format_html('{}. <span lang="nl">{}</span>', words, note) if note else str(words)


def _spaced(postal_code: str) -> str:
    """Return a postcode as people write it: "9711 AB"."""
    return f"{postal_code[:4]} {postal_code[4:]}".strip()
