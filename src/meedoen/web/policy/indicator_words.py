"""The words of the language of indicators, as somebody who makes one chooses them."""

from collections.abc import Mapping, Sequence
from typing import get_args

from django.utils.translation import gettext_lazy as _

from meedoen.rules.indicators.forms import Form
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
)
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    GrowthAfterStart,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithEvent,
    PeopleWithoutEvent,
    Printed,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    SimpleWord,
)
from meedoen.rules.indicators.place_words import (
    DistrictsWithPlaces,
    PlacesListed,
    Seats,
    SharePlacesConfirmed,
)
from meedoen.web.shared.words import Words

PLACEMENTS = ("place_kinds", "self_found", "districts", "organisations", "legal_tasks")
ASKED = ("districts", "organisations")
"""Of what was asked: about whom, and of whom."""
PLACES = ("place_kinds", "districts", "organisations", "legal_tasks")

KEYS: Mapping[str, Sequence[str]] = {
    PeopleInState.word: ("kind", "states", *PLACEMENTS, "also"),
    PeopleWithEvent.word: ("event", "outcomes", "months", *PLACEMENTS),
    PeopleWithoutEvent.word: ("kinds", "outcomes", "months", *PLACEMENTS),
    Events.word: ("event", "outcomes", "months", *PLACEMENTS),
    PeopleStarted.word: ("months", *PLACEMENTS),
    PeopleEnded.word: ("outcomes", "months", *PLACEMENTS),
    PeopleByGrowth.word: ("headline", "on_benefit", "minimum_step", *PLACEMENTS),
    PeopleBySteps.word: ("headline", "same_rung", *PLACEMENTS),
    PeopleOnRung.word: ("which", "rungs", "on_benefit", *PLACEMENTS),
    DaysInState.word: ("states", "months", *PLACEMENTS),
    ShareStillThere.word: ("after_months", "months", *PLACEMENTS),
    ShareFallenBack.word: ("from_days", "to_days", "months", "outcomes", *PLACEMENTS),
    GrowthAfterStart.word: (
        *("headline_since", "baseline_months", "follow_up_months", "months", "minimum_step"),
        *PLACEMENTS,
    ),
    PlacesListed.word: (*PLACES, "free", "confirmed"),
    Seats.word: ("of", *PLACES, "free", "confirmed"),
    SharePlacesConfirmed.word: PLACES,
    DistrictsWithPlaces.word: ("place_kinds",),
    ReferralPairs.word: ("months", "themes", "between_partners", *ASKED),
    ReferralReciprocity.word: ("months", "themes", "between_partners", *ASKED),
    ReferralsAnswered.word: ("months", "themes", *ASKED),
    ReferralsWithFeedback.word: ("months", "themes", *ASKED),
    DaysToAnswer.word: ("months", "themes", *ASKED),
    PartnersNotConnected.word: ("months", "themes"),
    Share.word: (),
    Ratio.word: ("per",),
    Printed.word: (),
}
"""Which keys the form asks with each word."""

NAMES: Mapping[str, tuple[Words, Words]] = {
    PeopleInState.word: (
        _("Mensen op één dag"),
        _("Hoeveel mensen op een dag iets hebben, zoals een plaatsing, een uitkering of een plan."),
    ),
    PeopleStarted.word: (
        _("Mensen die begonnen"),
        _("Hoeveel mensen in een periode begonnen met meedoen."),
    ),
    PeopleEnded.word: (
        _("Mensen die stopten of doorstroomden"),
        _("Hoeveel mensen in een periode stopten met meedoen, en hoe dat afliep."),
    ),
    PeopleWithEvent.word: (
        _("Mensen met een gesprek, poging of meting"),
        _("Hoeveel mensen dat in een periode minstens één keer hadden."),
    ),
    PeopleWithoutEvent.word: (
        _("Mensen zonder gesprek, poging of meting"),
        _("Hoeveel mensen met een uitkering dat in een periode niet hadden."),
    ),
    Events.word: (
        _("Gesprekken, pogingen of metingen"),
        _("Hoe vaak iets gebeurde in een periode. Dit telt keren, geen mensen."),
    ),
    PeopleByGrowth.word: (
        _("Groei op de participatieladder"),
        _("Hoeveel mensen in het jaar een trede hoger kwamen, lager, of gelijk bleven."),
    ),
    PeopleBySteps.word: (
        _("Groei in de leefgebieden"),
        _("Hoeveel mensen in het jaar vooruitgingen, ook binnen een trede."),
    ),
    GrowthAfterStart.word: (
        _("Groei na de start"),
        _("De meting voor de start, vergeleken met de meting erna."),
    ),
    PeopleOnRung.word: (
        _("Mensen op een trede"),
        _("Hoeveel mensen bij hun eerste of laatste meting van het jaar op een trede staan."),
    ),
    DaysInState.word: (
        _("Hoeveel dagen iets duurde"),
        _("Binnen hoeveel dagen de helft klaar was, zoals de wachttijd."),
    ),
    ShareStillThere.word: (
        _("Hoeveel procent er na een tijd nog is"),
        _("Van de mensen die begonnen, wie na een aantal maanden nog meedoet."),
    ),
    ShareFallenBack.word: (
        _("Hoeveel procent terugviel"),
        _("Van de plaatsingen die stopten, na hoeveel het later slechter ging."),
    ),
    PlacesListed.word: (_("Plekken"), _("Hoeveel plekken er op een dag open zijn.")),
    Seats.word: (_("Ruimte op plekken"), _("Voor hoeveel mensen er ruimte is, of nog vrij is.")),
    SharePlacesConfirmed.word: (
        _("Hoeveel procent van de plekken nog klopt"),
        _("Van de open plekken, hoeveel iemand kort geleden nakeek."),
    ),
    DistrictsWithPlaces.word: (
        _("Wijken met een plek"),
        _("In hoeveel wijken minstens één plek open is."),
    ),
    ReferralPairs.word: (
        _("Wie naar wie verwijst"),
        _("Hoeveel paren van organisaties naar elkaar verwezen."),
    ),
    ReferralReciprocity.word: (
        _("Hoeveel procent over en weer verwijst"),
        _("Van de paren waartussen iets ging, waar het twee kanten op ging."),
    ),
    ReferralsAnswered.word: (
        _("Hoeveel procent op tijd antwoord kreeg"),
        _("Van de verwijzingen die antwoord moesten krijgen."),
    ),
    ReferralsWithFeedback.word: (
        _("Hoeveel procent bericht terug kreeg"),
        _("Van de verwijzingen waar iemand ja op zei."),
    ),
    DaysToAnswer.word: (
        _("Dagen tot antwoord"),
        _("Binnen hoeveel dagen de helft van de verwijzingen antwoord had."),
    ),
    PartnersNotConnected.word: (
        _("Organisaties zonder verwijzingen"),
        _("Hoeveel organisaties meedoen, en niets stuurden of kregen."),
    ),
    Share.word: (
        _("Hoeveel procent van een groep mensen"),
        _("Van de mensen in de ene groep, hoeveel procent ook in de andere groep zit."),
    ),
    Ratio.word: (
        _("Hoeveel mensen per 100 of 1.000 andere"),
        _("Hoeveel mensen er in de ene groep zijn voor zoveel mensen in de andere groep."),
    ),
    Printed.word: (
        _("Cijfer dat ergens gedrukt staat"),
        _("Meedoen telt het niet. De waarden komen uit pagina's die u inleest."),
    ),
}
"""What each word is called, and what it counts, in the order of the form."""

WORDS = (
    *(PeopleInState, PeopleStarted, PeopleEnded, PeopleWithEvent, PeopleWithoutEvent, Events),
    *(PeopleByGrowth, PeopleBySteps, GrowthAfterStart, DaysInState, ShareStillThere),
    *(ShareFallenBack, PlacesListed, Seats, SharePlacesConfirmed, DistrictsWithPlaces),
    *(ReferralPairs, ReferralReciprocity, ReferralsAnswered, ReferralsWithFeedback),
    *(DaysToAnswer, PartnersNotConnected, PeopleOnRung, Share, Ratio, Printed),
)
PARTS: Mapping[str, Sequence[str]] = {each.word: each.parts for each in WORDS}
"""The parts of the figure with each word that the form knows."""

OF_TWO = (Share.word, Ratio.word)
"""Words that are made of two others."""
SIDES: Mapping[str, tuple[Words, Words]] = {
    "whole": (
        _("Het geheel"),
        _("De mensen van wie u een deel neemt, of per hoeveel u telt."),
    ),
    "part": (_("Het deel"), _("De mensen die u daarvan telt, of daarbij.")),
}
"""The two others of such a word, in the order of the form."""
SIMPLE = tuple(each.word for each in get_args(SimpleWord))
"""Words that these can be."""
WORKED_OUT = frozenset(each.word for each in WORDS if each.form in (Form.SHARE, Form.RATIO))
DENOMINATED = WORKED_OUT | {Printed.word}
"""Words of which the figure may be a share of something, or per so many."""
AT_NO_PLACE = frozenset(
    each.word
    for each in (
        *(PeopleWithEvent, PeopleWithoutEvent, Events),
        *(PeopleByGrowth, PeopleBySteps, PeopleOnRung),
    )
)
"""Words about what is at no place: there the filters on places choose who takes part."""

HISTORY = ("history",)
REFERRALS = ("referrals", "organisations")
PLACE_TABLES = ("places", "taken", "confirmed", "districts")


def tables_of(word: str) -> tuple[str, ...]:
    """Return the keys of the tables in a worked example with this word; printed ones have none."""
    if word == Printed.word:
        return ()
    if word in {PlacesListed.word, Seats.word, SharePlacesConfirmed.word, DistrictsWithPlaces.word}:
        return PLACE_TABLES
    if "themes" in KEYS.get(word, ()):
        return REFERRALS
    return HISTORY
