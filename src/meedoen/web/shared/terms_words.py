"""What was agreed about a placement, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.placements.terms_queries import (
    PlacementTerms,
    TermsCard,
    TermsChoices,
    TermsStretch,
)
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.place_words import GUIDANCES
from meedoen.web.shared.session_words import half_days_text
from meedoen.web.shared.story import Item
from meedoen.web.shared.words import Words

Fact = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class ToldTerms:
    """A line of the story of terms: on which days it holds, what was agreed, and who said so."""

    days: str
    what: Sequence[Fact]
    why: str
    said: str
    holds: bool


def terms_facts(terms: TermsCard | None, choices: TermsChoices) -> list[Fact]:
    """Return what holds for this person, each with whether it is as the place says."""
    hours = terms.hours_a_week if terms else None
    days = terms.half_days if terms else 0
    guidance = terms.guidance if terms else None
    where = terms.location if terms else ""
    return [
        (_("Uren per week"), _hours(hours) or _of_place(_hours(choices.hours_a_week))),
        (_("Dagdelen"), half_days_text(days) or _half_days_of_place(choices)),
        (
            _("Begeleiding"),
            GUIDANCES[guidance] if guidance else _of_place(str(GUIDANCES[choices.guidance])),
        ),
        (_("Locatie"), where or _of_place(choices.location)),
    ]


def told_terms(stretch: TermsStretch) -> ToldTerms:
    """Return one statement as a line; what is as the place says is left out."""
    card = stretch.card
    found = [
        (_("Uren per week"), _hours(card.hours_a_week)),
        (_("Dagdelen"), half_days_text(card.half_days)),
        (_("Begeleiding"), GUIDANCES[card.guidance] if card.guidance else ""),
        (_("Locatie"), card.location),
    ]
    what = [(label, value) for label, value in found if value]
    return ToldTerms(
        days=_days(stretch),
        what=what or [(_("Afspraak"), _("alles zoals de plek zegt"))],
        why=card.why,
        said=_said(card),
        holds=stretch.holds,
    )


def terms_item(stretch: TermsStretch, *, where: str = "") -> Item:
    """Return one statement as a line of what happened, with `where` for who has more places."""
    card = stretch.card
    told = told_terms(stretch)
    said_on = timezone.localdate(card.said_at)
    later = _("Opgeschreven op %(day)s.") % {"day": day_text(said_on)}
    return Item(
        day=card.starts_on,
        title=_("Afspraken veranderd: %(where)s") % {"where": where}
        if where
        else _("Afspraken veranderd"),
        text="; ".join(f"{label}: {value}" for label, value in told.what),
        who=card.said_by,
        why=card.why,
        changed=_("Veranderd.") if card.why else "",
        recorded_later=later if said_on > card.starts_on else "",
        corrected=not stretch.holds,
    )


def terms_items(placements: Sequence[PlacementTerms]) -> Iterator[Item]:
    """Give every statement about these placements as a line of what happened to their person."""
    for one in placements:
        where = _("%(place)s bij %(organisation)s") % {
            "place": one.title,
            "organisation": one.organisation,
        }
        for stretch in one.stretches:
            yield terms_item(stretch, where=where)


def _hours(hours: object) -> str:
    return number_text(hours) if hours else ""  # type: ignore[arg-type]


def _of_place(text: str) -> str:
    return _("%(what)s (zoals de plek zegt)") % {"what": text} if text else _("niet afgesproken")


def _half_days_of_place(choices: TermsChoices) -> str:
    """Say when the place is open, and that somebody counts on all of it while nothing is agreed."""
    text = half_days_text(choices.half_days)
    if not choices.holds_a_seat:
        return _of_place(text)
    return _(
        "%(what)s (zoals de plek zegt; telt op al deze dagdelen mee tot u andere dagdelen "
        "afspreekt)"
    ) % {"what": text}


def _days(stretch: TermsStretch) -> str:
    if stretch.first_day is None:
        return _("Geldt niet meer; het ging over %(day)s en later") % {
            "day": day_text(stretch.card.starts_on)
        }
    if stretch.last_day is None:
        return _("Vanaf %(first)s") % {"first": day_text(stretch.first_day)}
    return _("Van %(first)s tot en met %(last)s") % {
        "first": day_text(stretch.first_day),
        "last": day_text(stretch.last_day),
    }


def _said(card: TermsCard) -> str:
    day: date = timezone.localdate(card.said_at)
    if not card.said_by:
        return _("Opgeschreven op %(day)s.") % {"day": day_text(day)}
    return _("Opgeschreven op %(day)s door %(who)s.") % {"day": day_text(day), "who": card.said_by}
