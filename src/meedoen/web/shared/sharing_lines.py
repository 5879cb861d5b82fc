"""What may be shared about somebody, as lines for the coach and for the resident alike."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import Wishes
from meedoen.records.sharing.queries import (
    AgreementCard,
    ReleaseCard,
    SharingCard,
    SharingCards,
)
from meedoen.rules import half_days
from meedoen.rules.ladder.rungs import Rung
from meedoen.rules.vocabulary import Shared
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.reasons import half_days_text, interest_name
from meedoen.web.shared.sharing_words import (
    LEGAL_GROUNDS,
    LEGAL_TASKS,
    OBTAINED_HOW,
    SHARED,
    Topic,
    shown_text,
)
from meedoen.web.shared.words import (
    FUNCTIONAL_DEMANDS,
    LANGUAGE_LEVELS,
    PLACE_KINDS,
    RUNGS,
    Words,
    listed,
    mid_sentence,
)

Facts = list[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was noted: how it is called, how it stands, and the facts about it.

    `stored` is true when the title is what somebody wrote, and so Dutch in every language.
    `text` is the explanation that was shown when it was noted.
    """

    key: uuid.UUID
    title: str
    runs: bool
    state: str
    state_kind: str
    facts: Facts
    text: Words
    may_stop: bool
    what: tuple[Shared, ...] = ()
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """One of the three things: what holds now, and what is over."""

    running: tuple[Line, ...]
    over: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SharingLines:
    """The three separate things."""

    sharings: Lines
    releases: Lines
    agreements: Lines


def sharing_lines(cards: SharingCards) -> SharingLines:
    """Return the three things in words."""
    return SharingLines(
        sharings=_split(map(_sharing, cards.sharings)),
        releases=_split(map(_release, cards.releases)),
        agreements=_split(map(_agreement, cards.agreements)),
    )


def seen_by_organisation(
    what: Collection[Shared], *, name: str, phone: str, wishes: Wishes | None, rung: Rung | None
) -> Facts:
    """Return what an organisation would see when just this is ticked, as labels with values.

    Never the story, a note, the citizen service number or anything about the benefit: they are
    not given to this function. What was not asked yet is left empty.
    """
    told: dict[Shared, Facts] = {
        Shared.NAME_AND_PHONE: [(_("Naam"), name), (_("Telefoon"), phone)],
        Shared.WISHES: _wishes(wishes),
        Shared.TIMES: [(_("Kan op"), _times(wishes))],
        Shared.LANGUAGE_LEVEL: [(_("Nederlands"), _language(wishes))],
        Shared.FUNCTIONAL_LIMITS: [(_("Gaat niet"), _limits(wishes))],
        Shared.RUNG: [(_("Trede"), f"{rung.value}. {RUNGS[rung]}" if rung else "")],
        Shared.PLAN: [(_("Plan"), _("de doelen en acties, als er een plan is"))],
    }
    return [fact for word in Shared if word in what for fact in told[word]]


def told_texts(wishes: Wishes | None, rung: Rung | None) -> dict[Shared, str]:
    """Return what is in the file as plain texts, to begin from when something is told.

    Without the name, and without what was not asked yet.
    """
    texts = {
        Shared.WISHES: "; ".join(
            f"{label}: {value}" for label, value in _wishes(wishes) if wishes and value
        ),
        Shared.TIMES: _times(wishes),
        Shared.LANGUAGE_LEVEL: str(_language(wishes)),
        Shared.FUNCTIONAL_LIMITS: "; ".join(filter(None, _plain_limits(wishes))),
        Shared.RUNG: f"{rung.value}. {RUNGS[rung]}" if rung else "",
    }
    return {word: text for word, text in texts.items() if text}


def _wishes(wishes: Wishes | None) -> Facts:
    if wishes is None:
        return [(_("Soort plek"), ""), (_("Doet graag"), "")]
    kinds = [
        mid_sentence(word) for kind, word in PLACE_KINDS.items() if kind in wishes.wished_kinds
    ]
    interests = sorted(mid_sentence(interest_name(code)) for code in wishes.interests)
    return [
        (_("Soort plek"), listed(kinds) if kinds else _("alles mag")),
        (_("Doet graag"), listed(interests)),
    ]


def _times(wishes: Wishes | None) -> str:
    return half_days_text(half_days.codes(wishes.half_days)) if wishes else ""


def _language(wishes: Wishes | None) -> Words:
    if wishes is None or wishes.language_level is None:
        return ""
    return LANGUAGE_LEVELS[wishes.language_level]


def _limits(wishes: Wishes | None) -> Words:
    ticked, other = _plain_limits(wishes)
    if not other:
        return ticked
    return format_html("{}{}{}", ticked, "; " if ticked else "", _said(other))


def _plain_limits(wishes: Wishes | None) -> tuple[str, str]:
    """Return the limits that were ticked as a list, and what was written beside them."""
    if wishes is None:
        return "", ""
    ticked = listed(
        mid_sentence(word)
        for limit, word in FUNCTIONAL_DEMANDS.items()
        if limit in wishes.functional_limits
    )
    return ticked, wishes.other_limits


def _sharing(card: SharingCard) -> Line:
    return Line(
        key=card.key,
        title=card.organisation,
        runs=card.runs,
        state=_("Geldt nu") if card.runs else _("Gestopt"),
        state_kind="success" if card.runs else "neutral",
        facts=[
            (_("Wat"), "; ".join(mid_sentence(SHARED[word]) for word in card.what)),
            (_("Voor welke wet"), LEGAL_TASKS[card.legal_task]),
            (_("Op welke grond"), LEGAL_GROUNDS[card.ground]),
            (_("Waarom"), _said(card.explanation)),
            (_("Verteld"), OBTAINED_HOW[card.told_how]),
            (_("Vanaf"), day_text(card.starts_on)),
            *_end_of_sharing(card),
            _noted(card.noted_by, card.noted_on),
        ],
        text=shown_text(Topic.SHARING, card.text_version),
        may_stop=card.runs,
        what=card.what,
    )


def _end_of_sharing(card: SharingCard) -> Facts:
    if card.ends_on is None:
        return []
    if card.ended_by:
        when = {"day": day_text(card.ends_on), "who": card.ended_by}
        return [(_("Gestopt"), _("op %(day)s, genoteerd door %(who)s") % when)]
    return [(_("Tot en met"), day_text(_last_day(card.ends_on)))]


def _release(card: ReleaseCard) -> Line:
    over = _("Ingetrokken") if card.withdrawn_on else _("Voorbij")
    return Line(
        key=card.key,
        title=card.who,
        runs=card.runs,
        state=_("Geldt nu") if card.runs else over,
        state_kind="success" if card.runs else "neutral",
        facts=[
            (_("Wat en waarvoor"), _said(card.purpose)),
            (_("Gegeven"), OBTAINED_HOW[card.given_how]),
            (_("Vanaf"), day_text(card.given_on)),
            (_("Tot en met"), day_text(_last_day(card.until))),
            *_withdrawn(card.withdrawn_on),
            _noted(card.noted_by, card.noted_on),
        ],
        text=shown_text(Topic.RELEASE, card.text_version),
        may_stop=card.runs,
    )


def _agreement(card: AgreementCard) -> Line:
    state = _("Ja, wil dit") if card.agreed else _("Nee, wil dit niet")
    return Line(
        key=card.key,
        title=card.about,
        runs=card.runs,
        state=state if card.runs else _("Ingetrokken"),
        state_kind="success" if card.runs and card.agreed else "neutral",
        facts=[
            (_("Gezegd"), OBTAINED_HOW[card.given_how]),
            (_("Op"), day_text(card.given_on)),
            *_withdrawn(card.withdrawn_on),
            _noted(card.noted_by, card.noted_on),
        ],
        text=shown_text(Topic.AGREEMENT, card.text_version),
        may_stop=card.runs and card.agreed,
    )


def _withdrawn(day: date | None) -> Facts:
    return [(_("Ingetrokken op"), day_text(day))] if day else []


def _noted(who: str, day: date) -> tuple[str, Words]:
    if not who:
        return _("Genoteerd"), _("op %(day)s") % {"day": day_text(day)}
    return _("Genoteerd"), _("op %(day)s door %(who)s") % {"day": day_text(day), "who": who}


def _last_day(end: date) -> date:
    return end - timedelta(days=1)


def _said(text: str) -> str:
    """Mark what somebody wrote as Dutch, whatever the language of the page."""
    return format_html('<span lang="nl">{}</span>', text)


def _split(lines: Iterable[Line]) -> Lines:
    every = tuple(lines)
    return Lines(
        running=tuple(line for line in every if line.runs),
        over=tuple(line for line in every if not line.runs),
    )
