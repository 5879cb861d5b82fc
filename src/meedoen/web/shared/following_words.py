"""How placements go, what comes after them and how people are then, as people read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.following.endings import Ending, EndsBy
from meedoen.records.following.queries import (
    AftercareCard,
    ChoiceCard,
    EvaluationCard,
    OwnFollowing,
)
from meedoen.rules.vocabulary import AftercareFinding, HowItGoes, Preference, WhatFollows
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import Words

HOW_IT_GOES: Mapping[HowItGoes, Words] = {
    HowItGoes.WELL: gettext_lazy("Goed"),
    HowItGoes.MIXED: gettext_lazy("Wisselend"),
    HowItGoes.BADLY: gettext_lazy("Niet goed"),
    HowItGoes.NOT_ASKED: gettext_lazy("Niet gevraagd"),
}

HOW_IT_GOES_KINDS: Mapping[HowItGoes, str] = {
    HowItGoes.WELL: "success",
    HowItGoes.MIXED: "warning",
    HowItGoes.BADLY: "error",
    HowItGoes.NOT_ASKED: "inactive",
}
"""The kind of status badge that goes with an answer; its words say the same."""

WHAT_FOLLOWS: Mapping[WhatFollows, Words] = {
    WhatFollows.OTHER_PLACE: gettext_lazy("Een andere plek"),
    WhatFollows.LIGHTER_SUPPORT: gettext_lazy("Lichtere begeleiding"),
    WhatFollows.VOLUNTEER_SAME_PLACE: gettext_lazy("Vrijwilligerswerk bij dezelfde organisatie"),
    WhatFollows.TRAINING: gettext_lazy("Een opleiding of cursus"),
    WhatFollows.AFTERCARE_ONLY: gettext_lazy("Alleen nazorg: af en toe vragen hoe het gaat"),
}

NEXT_PREFERENCES: Mapping[Preference, Words] = {
    Preference.WANTS_THIS: gettext_lazy("Wil dit graag"),
    Preference.AGREES: gettext_lazy("Vindt dit goed"),
    Preference.RATHER_ANOTHER: gettext_lazy("Wil liever iets anders"),
    Preference.RATHER_LATER: gettext_lazy("Wil liever later kiezen"),
    Preference.RATHER_NOTHING: gettext_lazy("Wil hierna liever niets"),
}

AFTERCARE_FINDINGS: Mapping[AftercareFinding, Words] = {
    AftercareFinding.TAKES_PART: gettext_lazy("Doet nog mee, op een andere plek"),
    AftercareFinding.IN_PAID_WORK: gettext_lazy("Heeft betaald werk"),
    AftercareFinding.IN_TRAINING: gettext_lazy("Volgt een opleiding of cursus"),
    AftercareFinding.LOOKS_FOR_SOMETHING: gettext_lazy("Doet nu niets, maar wil wel iets"),
    AftercareFinding.FELL_BACK: gettext_lazy("Is teruggevallen: heeft weer hulp nodig"),
    AftercareFinding.NOT_REACHED: gettext_lazy("Niet bereikt"),
    AftercareFinding.WANTS_NO_AFTERCARE: gettext_lazy("Wil niet meer gevraagd worden"),
}

AFTERCARE_KINDS: Mapping[AftercareFinding, str] = {
    AftercareFinding.TAKES_PART: "success",
    AftercareFinding.IN_PAID_WORK: "success",
    AftercareFinding.IN_TRAINING: "success",
    AftercareFinding.LOOKS_FOR_SOMETHING: "warning",
    AftercareFinding.FELL_BACK: "error",
    AftercareFinding.NOT_REACHED: "neutral",
    AftercareFinding.WANTS_NO_AFTERCARE: "inactive",
}


ENDINGS: Mapping[EndsBy, Words] = {
    EndsBy.AGREEMENT: gettext_lazy("De afgesproken laatste dag is %(day)s."),
    EndsBy.PLACE_CLOSES: gettext_lazy("De plek sluit. De laatste dag is %(day)s."),
    EndsBy.LAW: gettext_lazy(
        "De wet zegt hoe lang een participatieplaats mag duren (Participatiewet, artikel 10a). De "
        "laatste dag is %(day)s."
    ),
}


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """An evaluation as a page shows it."""

    card: EvaluationCard
    who: str
    resident_finds: Words
    resident_kind: str
    partner_finds: Words
    partner_kind: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice as a page shows it."""

    card: ChoiceCard
    follows: Words
    preference: Words


@dataclass(frozen=True, slots=True)
class AftercareLine:
    """An aftercare contact as a page shows it."""

    card: AftercareCard
    finding: Words
    kind: str


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What goes with an own placement, in sentences; `said` is what the resident said then."""

    title: str
    sentences: Sequence[str]
    said: str


def evaluation_lines(cards: Sequence[EvaluationCard]) -> list[EvaluationLine]:
    """Return evaluations as lines."""
    return [
        EvaluationLine(
            card=card,
            who=_who(card),
            resident_finds=HOW_IT_GOES[card.resident_finds],
            resident_kind=HOW_IT_GOES_KINDS[card.resident_finds],
            partner_finds=HOW_IT_GOES[card.partner_finds],
            partner_kind=HOW_IT_GOES_KINDS[card.partner_finds],
        )
        for card in cards
    ]


def _who(card: EvaluationCard) -> str:
    if card.with_resident and card.with_partner:
        return _("Met de inwoner en de organisatie")
    return _("Met de inwoner") if card.with_resident else _("Met de organisatie")


def choice_line(card: ChoiceCard) -> ChoiceLine:
    """Return a choice as a line."""
    return ChoiceLine(card, WHAT_FOLLOWS[card.follows], NEXT_PREFERENCES[card.preference])


def aftercare_lines(cards: Sequence[AftercareCard]) -> list[AftercareLine]:
    """Return aftercare contacts as lines."""
    return [
        AftercareLine(card, AFTERCARE_FINDINGS[card.finding], AFTERCARE_KINDS[card.finding])
        for card in cards
    ]


def ending_text(ending: Ending) -> str:
    """Say when a placement is expected to end, and why."""
    if ending.last_day is None or ending.by is None:
        return _("Er is geen laatste dag afgesproken.")
    return str(ENDINGS[ending.by]) % {"day": day_text(ending.last_day)}


def own_lines(cards: Sequence[OwnFollowing], today: date) -> list[OwnLine]:
    """Return what goes with a resident's placements in sentences; without any it is left out."""
    lines = [_own_line(card, today) for card in cards]
    return [line for line in lines if line.sentences]


def _own_line(card: OwnFollowing, today: date) -> OwnLine:
    sentences = []
    if card.evaluation_on is not None and card.evaluation_on >= today:
        sentences.append(
            _("Rond %(day)s bespreekt u met uw coach hoe het gaat.")
            % {"day": day_text(card.evaluation_on)}
        )
    if card.last_day is not None and card.last_day >= today:
        sentences.append(_("Uw laatste dag is %(day)s.") % {"day": day_text(card.last_day)})
    if card.chosen is not None:
        what = str(WHAT_FOLLOWS[card.chosen.follows])
        sentences.append(_("Wat hierna komt: %(what)s.") % {"what": what})
    return OwnLine(card.title, sentences, card.chosen.resident_said if card.chosen else "")
