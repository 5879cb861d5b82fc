"""The words around a list of places for somebody: how they travel, and what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.refusal_queries import RefusalCard
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.vocabulary import (
    ChoiceReason,
    Guidance,
    Preference,
    RefusalReason,
    RefusalSide,
)
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.words import Words

TRAVEL: Mapping[TravelBy, Words] = {
    TravelBy.WALKING: _("Lopend"),
    TravelBy.CYCLING: _("Met de fiets"),
    TravelBy.PUBLIC_TRANSPORT: _("Met de bus of de trein"),
    TravelBy.CAR: _("Met de auto"),
}

GUIDANCE_WANTED: Mapping[Guidance, Words] = {
    Guidance.NONE: _("Werkt graag zelfstandig"),
    Guidance.NOW_AND_THEN: _("Graag iemand om vragen aan te stellen"),
    Guidance.ALWAYS_NEAR: _("Graag steeds iemand dichtbij"),
}

WAYS: Mapping[Way, Words] = {
    Way.FIT: _("Wat het best past, eerst"),
    Way.NEUTRAL: _("Eigen wensen eerst, dan dichtbij, dan op naam"),
}

WAY_SENTENCES: Mapping[Way, Words] = {
    Way.FIT: _(
        "Eerst de plekken die de inwoner graag wil. Daarna komt eerst waar het meeste voor "
        "spreekt: wensen, interesses, de volgende stap, afstand, tijden en hulp. Plekken die lang "
        "niet zijn nagekeken, staan onderaan."
    ),
    Way.NEUTRAL: _(
        "Eerst de plekken die de inwoner graag wil, dan de plekken die het dichtst bij de wijk "
        "zijn, dan op naam. Wat verder voor of tegen een plek spreekt, telt niet voor de volgorde."
    ),
    Way.FILTER: _(
        "Deze plekken zijn zelf gezocht in alle plekken. Meedoen heeft ze niet vergeleken met wat "
        "de inwoner wil en kan."
    ),
    Way.DIVISION: _(
        "Deze plek komt uit een verdeling van de vrije plekken over iedereen van het team die "
        "wacht. De verdeling ging uit van dezelfde regels als een lijst voor één inwoner."
    ),
}

RULES: Mapping[HardRule, Words] = {
    HardRule.KIND_NOT_ALLOWED: _("Mag volgens de wet nu niet"),
    HardRule.KIND_NOT_WISHED: _("Een andere soort plek dan gewenst"),
    HardRule.TIMES_DO_NOT_OVERLAP: _("De tijden passen niet"),
    HardRule.MORE_TIME_THAN_WISHED: _("Vraagt meer tijd dan gewenst"),
    HardRule.OUT_OF_REACH: _("In een wijk waar de inwoner niet kan komen"),
    HardRule.LANGUAGE_LEVEL_HIGHER: _("Vraagt meer Nederlands"),
    HardRule.FUNCTIONAL_DEMAND: _("Vraagt iets dat niet gaat"),
    HardRule.NO_FREE_PLACE: _("Geen plaats vrij"),
    HardRule.NOT_OPEN: _("Nu niet open"),
    HardRule.GROUND_NOT_ALLOWED: _("Valt onder een andere wet"),
    HardRule.TOO_FAR: _("Te ver weg"),
    HardRule.REFUSED_BEFORE: _("Ging eerder niet door"),
    HardRule.DISPLACEMENT_UNCHECKED: _("Toets op verdringing ontbreekt"),
    HardRule.NOT_CONFIRMED: _("Lang niet nagekeken"),
}
"""What the places that fall off for a rule have in common."""

PREFERENCES: Mapping[Preference, Words] = {
    Preference.WANTS_THIS: _("Wil deze plek graag"),
    Preference.AGREES: _("Vindt deze plek goed"),
    Preference.RATHER_ANOTHER: _("Wil liever een andere plek"),
    Preference.RATHER_LATER: _("Wil liever later beginnen"),
    Preference.RATHER_NOTHING: _("Wil nu liever niets"),
}

CHOICE_REASONS: Mapping[ChoiceReason, Words] = {
    ChoiceReason.OWN_WISH: _("De inwoner koos deze plek zelf"),
    ChoiceReason.LIKES_THE_WORK: _("Het is wat de inwoner graag doet"),
    ChoiceReason.NEARBY: _("De plek is dichtbij"),
    ChoiceReason.TIMES_SUIT: _("De tijden passen goed"),
    ChoiceReason.NEXT_STEP: _("Het past bij de volgende stap"),
    ChoiceReason.HELP_AT_HAND: _("Er is de hulp die de inwoner graag heeft"),
    ChoiceReason.KNOWS_PEOPLE_THERE: _("De inwoner kent daar mensen"),
    ChoiceReason.NOTHING_ELSE_FITS: _("Er past nu niets anders"),
}

REFUSAL_SIDES: Mapping[RefusalSide, Words] = {
    RefusalSide.RESIDENT: _("De inwoner"),
    RefusalSide.PLACE: _("De plek of de organisatie"),
    RefusalSide.MUNICIPALITY: _("De gemeente"),
}

REFUSAL_REASONS: Mapping[RefusalReason, Words] = {
    RefusalReason.DOES_NOT_APPEAL: _("Spreekt niet aan"),
    RefusalReason.WANTS_OTHER_KIND: _("Liever een andere soort plek"),
    RefusalReason.TOO_FAR_AWAY: _("Te ver weg of lastig te bereiken"),
    RefusalReason.TIMES_DO_NOT_SUIT: _("De tijden komen niet uit"),
    RefusalReason.ASKS_TOO_MUCH: _("De plek vraagt te veel"),
    RefusalReason.NOT_READY_YET: _("Nog niet aan toe"),
    RefusalReason.BAD_EXPERIENCE: _("Eerder een slechte ervaring met deze plek"),
    RefusalReason.COSTS_TOO_MUCH: _("Meedoen kost te veel geld"),
    RefusalReason.NO_ROOM_AFTER_ALL: _("Er is toch geen plaats"),
    RefusalReason.PLACE_IS_DIFFERENT: _("De plek is anders dan in de lijst staat"),
    RefusalReason.NO_REPLY_FROM_PLACE: _("De organisatie laat niets horen"),
    RefusalReason.PLACE_SEES_NO_FIT: _("De organisatie denkt dat het niet past"),
    RefusalReason.OTHER_STEP_FIRST: _("Eerst is een andere stap nodig"),
    RefusalReason.TAKES_PAID_WORK_AWAY: _("Het werk neemt een betaalde baan weg"),
    RefusalReason.NOT_SAFE: _("De plek is niet veilig genoeg"),
    RefusalReason.OTHER_AGREEMENT: _("Er is al iets anders afgesproken"),
}

REFUSAL_TO_PLACE: Mapping[RefusalReason, Words] = {
    RefusalReason.TIMES_DO_NOT_SUIT: _("Voor iemand kwamen de tijden niet uit."),
    RefusalReason.COSTS_TOO_MUCH: _("Voor iemand kost meedoen te veel geld."),
    RefusalReason.NO_ROOM_AFTER_ALL: _(
        "Er bleek geen plaats te zijn, terwijl de lijst zegt van wel."
    ),
    RefusalReason.PLACE_IS_DIFFERENT: _("De plek bleek anders te zijn dan in de lijst staat."),
    RefusalReason.NO_REPLY_FROM_PLACE: _("De gemeente kreeg geen antwoord over deze plek."),
}
"""What an organisation reads of a refusal; for other reasons what the coach reads."""


def told_to_place(reason: RefusalReason) -> Words:
    """Return what an organisation reads of a refusal."""
    return REFUSAL_TO_PLACE.get(reason, REFUSAL_REASONS[reason])


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A place that did not come to be, in words; `again` is empty when nothing was agreed."""

    card: RefusalCard
    side: Words
    reason: Words
    preference: Words
    again: str


def refusal_lines(cards: Iterable[RefusalCard]) -> list[RefusalLine]:
    """Return what was refused for somebody as lines of a list."""
    return [
        RefusalLine(
            card=card,
            side=REFUSAL_SIDES[card.side],
            reason=REFUSAL_REASONS[card.reason],
            preference=PREFERENCES[card.preference],
            again=_again(card),
        )
        for card in cards
    ]


def _again(card: RefusalCard) -> str:
    if card.paused_until is None:
        return ""
    day = {"day": day_text(card.paused_until)}
    if card.ask_again:
        return gettext("Op %(day)s wordt er opnieuw naar gevraagd.") % day
    return gettext("Tot %(day)s komt deze plek niet in een lijst.") % day


def not_said() -> str:
    """Return what stands for a question that was not asked."""
    return gettext("Niet gevraagd")
