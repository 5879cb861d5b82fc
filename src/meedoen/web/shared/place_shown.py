"""A place as coaches and partners read it: facts in groups, what changed, the next days."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.numbers import format_currency
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.places.cards import PlaceCard
from meedoen.records.places.detail_queries import (
    ConfirmationCard,
    PeriodCard,
    PlacePage,
    Said,
)
from meedoen.records.places.details import PlaceDetails
from meedoen.rules import half_days
from meedoen.rules.schedule.occurrences import occurrences
from meedoen.web.shared.figures import day_text, locale_name, number_text
from meedoen.web.shared.place_words import FRESHNESS_ANSWERS, GUIDANCES, START_WINDOWS
from meedoen.web.shared.reasons import half_days_text, interest_name
from meedoen.web.shared.session_words import session_text
from meedoen.web.shared.sharing_words import LEGAL_TASKS
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import (
    FUNCTIONAL_DEMANDS,
    LANGUAGE_LEVELS,
    PLACE_KINDS,
    Words,
    listed,
    mid_sentence,
)

LOOK_AHEAD = timedelta(days=92)
MOST_DAYS = 5


@dataclass(frozen=True, slots=True)
class Badge:
    """How something stands, for components/status.html."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Some facts under a heading, for components/facts.html; an empty value is left out."""

    heading: str
    facts: Sequence[tuple[str, str]]


def fresh_badge(card: PlaceCard) -> Badge:
    """Return whether somebody stands for a place, in words."""
    if card.confirm_by is None:
        return Badge("warning", _("Nog nooit nagevraagd"))
    if card.is_stale:
        return Badge("warning", _("Niet bijgewerkt"))
    return Badge("success", _("Bijgewerkt"))


def stale_since(card: PlaceCard) -> str:
    """Return since when nobody stands for a place, in words; empty while somebody does."""
    if card.confirm_by is None or not card.is_stale:
        return ""
    return _("sinds %(day)s") % {"day": day_text(card.confirm_by + timedelta(days=1), "medium")}


def room_badge(card: PlaceCard) -> Badge:
    """Return how much room there is, in words."""
    return Badge("neutral" if card.is_full else "success", room_text(card))


def room_text(card: PlaceCard) -> str:
    """Return how much room there is, in words."""
    if card.is_full:
        return _("Vol")
    return ngettext("%(number)s plaats vrij", "%(number)s plaatsen vrij", card.free) % {
        "number": number_text(card.free)
    }


def times_lines(details: PlaceDetails, *, today: date) -> list[str]:
    """Return when a place is open: its times, or else its half-days."""
    if details.sessions:
        return [session_text(session, today=today) for session in details.sessions]
    return [half_days_text(half_days.codes(details.half_days))]


def next_days(details: PlaceDetails, *, today: date) -> list[date]:
    """Return the next days on which a place is open, by its times; at most five."""
    since = max(today, details.opens_on)
    until = min(since + LOOK_AHEAD, details.closes_on or date.max)
    days = {
        day
        for session in details.sessions
        for day in occurrences(session, since=since, until=until)
    }
    return sorted(days)[:MOST_DAYS]


def place_facts(page: PlacePage, *, today: date) -> list[FactGroup]:
    """Return all that is said of a place, in groups."""
    return details_facts(page.details, today=today)


def details_facts(details: PlaceDetails, *, today: date) -> list[FactGroup]:
    """Return all that is said in the details of a place, in groups."""
    return [
        _group(_("Wat en voor wie"), _what(details)),
        _group(_("Wanneer"), _when(details, today)),
        _group(_("Begeleiding en kosten"), _help(details)),
        _group(_("Afspraken"), _agreements(details)),
    ]


def place_story(page: PlacePage) -> list[Item]:
    """Return what was said of a place and what was answered about it, last day first."""
    lines = [(_order(one), _period_item(one)) for one in page.periods]
    lines += [((_day(one), one.answered_at), _answer_item(one)) for one in page.confirmations]
    return [item for _moment, item in sorted(lines, key=lambda line: line[0], reverse=True)]


def changes_text(before: PlaceDetails, after: PlaceDetails, *, today: date) -> str:
    """Return what differs, as one line: "Plaatsen: 2, was 4. Omschrijving gewijzigd."."""
    return " ".join(_changes(before, after, today))


# --- facts ---------------------------------------------------------------------------------------


def _group(heading: str, facts: Sequence[tuple[str, str]]) -> FactGroup:
    return FactGroup(heading, [(label, value) for label, value in facts if value])


def _what(details: PlaceDetails) -> list[tuple[str, str]]:
    demands = [
        FUNCTIONAL_DEMANDS[one] for one in FUNCTIONAL_DEMANDS if one in details.functional_demands
    ]
    return [
        (_("Soort plek"), str(PLACE_KINDS[details.kind])),
        (_("Past bij"), listed(sorted(map(interest_name, details.interests)))),
        (_("Nederlands"), _language(details)),
        (_("Wat iemand moet kunnen"), listed(map(mid_sentence, demands)) or _("niets bijzonders")),
        (_("Bedoeld voor"), _dutch(details.purpose)),
    ]


def _language(details: PlaceDetails) -> str:
    asked = details.language_level_asked
    return str(LANGUAGE_LEVELS[asked]) if asked else _("maakt niet uit")


def _when(details: PlaceDetails, today: date) -> list[tuple[str, str]]:
    number = details.half_days_needed
    least = ngettext("%(number)s dagdeel per week", "%(number)s dagdelen per week", number)
    lines = times_lines(details, today=today)
    return [
        (_("Open"), format_html("<br>".join(["{}"] * len(lines)), *lines)),
        (_("Dagdelen"), half_days_text(half_days.codes(details.half_days))),
        (_("Iemand komt minstens"), least % {"number": number}),
        (_("Uren per week"), number_text(details.hours_per_week) if details.hours_per_week else ""),
        (_("De volgende keren"), listed(map(day_text, next_days(details, today=today)))),
        (_("Er sinds"), day_text(details.opens_on)),
        (_("Tot en met"), _last_day(details)),
    ]


def _last_day(details: PlaceDetails) -> str:
    return day_text(details.closes_on - timedelta(days=1)) if details.closes_on else ""


def _help(details: PlaceDetails) -> list[tuple[str, str]]:
    return [
        (_("Begeleiding"), str(GUIDANCES[details.guidance])),
        (_("Over de begeleiding"), _dutch(details.guidance_note)),
        (_("Beginnen"), str(START_WINDOWS[details.start_window])),
        (
            _("Eerste dag om te beginnen"),
            day_text(details.next_start_on) if details.next_start_on else "",
        ),
        (_("Kosten per keer"), cost_text(details.cost_cents)),
        (_("Over de kosten"), _dutch(details.cost_note)),
    ]


def _agreements(details: PlaceDetails) -> list[tuple[str, str]]:
    return [
        (_("Op de openbare site"), _yes_no(details.is_public)),
        (_("Zelf aanmelden"), _yes_no(details.open_to_sign_up)),
        (_("Zonder foto's van mensen"), _yes_no(details.photo_free)),
        (_("Houdt bij wie er is"), _yes_no(details.asks_attendance)),
        (_("Wet"), str(LEGAL_TASKS[details.legal_task])),
    ]


def cost_text(cents: int) -> str:
    """Return what something costs: "gratis", or an amount in euros."""
    if not cents:
        return _("gratis")
    return format_currency(Decimal(cents) / 100, "EUR", locale=locale_name())


def _yes_no(value: bool) -> str:  # noqa: FBT001 - the value is what is shown
    return _("ja") if value else _("nee")


def _dutch(text: str) -> str:
    """Mark what somebody wrote as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text) if text else ""


# --- what changed --------------------------------------------------------------------------------

LONG: Mapping[str, Words] = {
    "description": gettext_lazy("Omschrijving"),
    "location_id": gettext_lazy("Locatie"),
    "district_id": gettext_lazy("Wijk"),
    "interests": gettext_lazy("Wat bij de plek past"),
    "functional_demands": gettext_lazy("Wat iemand moet kunnen"),
    "guidance_note": gettext_lazy("Over de begeleiding"),
    "cost_note": gettext_lazy("Over de kosten"),
    "purpose": gettext_lazy("Bedoeld voor"),
    "owner_id": gettext_lazy("Wie de plek bijhoudt"),
    "half_days": gettext_lazy("Dagdelen"),
    "organisation_id": gettext_lazy("Organisatie"),
}
"""Of these is told that they changed; what they were would be too long, or a name."""

SHORT: Mapping[str, tuple[Words, Callable[[PlaceDetails], str]]] = {
    "title": (gettext_lazy("Naam"), lambda one: one.title),
    "kind": (gettext_lazy("Soort"), lambda one: str(PLACE_KINDS[one.kind])),
    "capacity": (gettext_lazy("Plaatsen"), lambda one: number_text(one.capacity)),
    "most_per_half_day": (
        gettext_lazy("Mensen tegelijk"),
        lambda one: number_text(one.most_per_half_day),
    ),
    "is_full": (gettext_lazy("Vol"), lambda one: _yes_no(one.is_full)),
    "half_days_needed": (
        gettext_lazy("Dagdelen per week"),
        lambda one: number_text(one.half_days_needed),
    ),
    "hours_per_week": (gettext_lazy("Uren per week"), lambda one: number_text(one.hours_per_week)),
    "language_level_asked": (gettext_lazy("Nederlands"), _language),
    "guidance": (gettext_lazy("Begeleiding"), lambda one: str(GUIDANCES[one.guidance])),
    "start_window": (gettext_lazy("Beginnen"), lambda one: str(START_WINDOWS[one.start_window])),
    "next_start_on": (
        gettext_lazy("Eerste dag om te beginnen"),
        lambda one: day_text(one.next_start_on),
    ),
    "cost_cents": (gettext_lazy("Kosten"), lambda one: cost_text(one.cost_cents)),
    "legal_task": (gettext_lazy("Wet"), lambda one: str(LEGAL_TASKS[one.legal_task])),
    "is_public": (gettext_lazy("Op de openbare site"), lambda one: _yes_no(one.is_public)),
    "open_to_sign_up": (gettext_lazy("Zelf aanmelden"), lambda one: _yes_no(one.open_to_sign_up)),
    "photo_free": (gettext_lazy("Zonder foto's"), lambda one: _yes_no(one.photo_free)),
    "asks_attendance": (
        gettext_lazy("Houdt bij wie er is"),
        lambda one: _yes_no(one.asks_attendance),
    ),
    "opens_on": (gettext_lazy("Er sinds"), lambda one: day_text(one.opens_on)),
    "closes_on": (gettext_lazy("Tot en met"), lambda one: _last_day(one) or _("voorlopig")),
}


def _changes(before: PlaceDetails, after: PlaceDetails, today: date) -> Iterator[str]:
    for name, (label, words) in SHORT.items():
        if getattr(before, name) != getattr(after, name):
            yield _("%(label)s: %(after)s, was %(before)s.") % {
                "label": label,
                "after": words(after),
                "before": words(before),
            }
    if before.sessions != after.sessions:
        yield _("Tijden: %(after)s.") % {"after": "; ".join(times_lines(after, today=today))}
    changed = [word for name, word in LONG.items() if getattr(before, name) != getattr(after, name)]
    if changed:
        yield _("Gewijzigd: %(what)s.") % {"what": listed(map(mid_sentence, changed))}


def _period_item(card: PeriodCard) -> Item:
    told_on = timezone.localdate(card.recorded_at)
    if card.before is None:
        title, changed = _("Plek ingevoerd"), ""
    else:
        title = _("Plek gewijzigd")
        changed = changes_text(card.before, card.details, today=told_on)
        changed = changed or _("Alles bleef gelijk.")
    return Item(
        day=card.starts_on,
        title=title,
        who=said_text(card.said),
        changed=changed,
        why=card.reason,
        recorded_later=""
        if told_on == card.starts_on
        else _("Opgeschreven op %(day)s.") % {"day": day_text(told_on)},
    )


def _answer_item(card: ConfirmationCard) -> Item:
    return Item(
        day=_day(card),
        title=_("Nagevraagd: %(answer)s")
        % {"answer": mid_sentence(FRESHNESS_ANSWERS[card.answer])},
        text=card.note,
        stored=True,
        who=said_text(card.said),
    )


def said_text(said: Said) -> str:
    """Return who said something, in words."""
    if said.name:
        return said.name
    if said.by_link:
        return _("de organisatie, met een link")
    return _("de gemeente") if said.by_municipality else _("Meedoen zelf")


def _order(card: PeriodCard) -> tuple[date, datetime]:
    return card.starts_on, card.recorded_at


def _day(card: ConfirmationCard) -> date:
    return timezone.localdate(card.answered_at)
