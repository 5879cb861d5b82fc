"""What organisations, coaches and residents of the made-up town ask and answer in referrals."""

from collections.abc import Mapping

from meedoen.rules.vocabulary import DeclineReason, ReferralOutcome, Shared, Theme

ASKED: Mapping[Theme, tuple[str, ...]] = {
    Theme.PARTICIPATION: (
        "Wil graag iets doen met de handen, twee ochtenden in de week.",
        "Zoekt een plek met een vaste begeleider en rustig aan beginnen.",
        "Wil onder de mensen zijn en iets voor de buurt doen.",
    ),
    Theme.LANGUAGE: (
        "Wil beter Nederlands leren spreken, het liefst in een kleine groep.",
        "Kan al praten, maar wil leren lezen en schrijven.",
        "Zoekt een taalmaatje om één keer in de week mee te oefenen.",
    ),
    Theme.DEBT: (
        "Heeft veel post liggen en wil met iemand een overzicht maken.",
        "Wil hulp bij het invullen van formulieren en het betalen op tijd.",
    ),
    Theme.HEALTH: (
        "Wil meer bewegen, samen met anderen en dicht bij huis.",
        "Zoekt een wandelgroep met een rustig tempo.",
    ),
    Theme.COMPANY: (
        "Kent weinig mensen in de buurt en wil graag samen eten of koffiedrinken.",
        "Zoekt een maatje om één middag in de week iets leuks mee te doen.",
        "Is net verhuisd en wil de buren leren kennen.",
    ),
    Theme.DAY_ACTIVITY: (
        "Zoekt een vaste plek voor overdag, met rust en regelmaat.",
        "Wil twee dagen in de week iets maken in een kleine groep.",
    ),
    Theme.WORK: (
        "Wil weer aan het werk en eerst een paar weken meelopen.",
        "Zoekt hulp bij het schrijven van een brief en het oefenen van een gesprek.",
    ),
}
QUESTIONS: Mapping[Theme, tuple[str, ...]] = {
    Theme.PARTICIPATION: ("Heeft u plaats voor iemand die twee ochtenden wil meehelpen?",),
    Theme.LANGUAGE: ("Heeft u plaats in een taalgroep voor beginners?",),
    Theme.DEBT: ("Kunt u deze week iemand helpen met post en formulieren?",),
    Theme.HEALTH: ("Heeft u een beweeggroep waar nog iemand bij kan?",),
    Theme.COMPANY: ("Heeft u plaats voor iemand op dinsdagmiddag?",),
    Theme.DAY_ACTIVITY: ("Heeft u een rustige plek vrij, twee dagen in de week?",),
    Theme.WORK: ("Kan bij u iemand een maand meelopen?",),
}
FACTS: Mapping[Shared, tuple[str, ...]] = {
    Shared.WISHES: (
        "Is graag buiten bezig.",
        "Houdt van koken en van gezelligheid.",
        "Wil graag iets leren.",
        "Werkt het liefst met de handen.",
    ),
    Shared.TIMES: (
        "Kan op dinsdag en donderdag, in de ochtend.",
        "Kan elke middag, behalve op woensdag.",
        "Kan op maandag en vrijdag onder schooltijd.",
    ),
    Shared.LANGUAGE_LEVEL: (
        "Spreekt een beetje Nederlands (niveau A1).",
        "Spreekt goed, leest moeilijk (niveau A2).",
        "Redt zich in het Nederlands (niveau B1).",
    ),
    Shared.FUNCTIONAL_LIMITS: (
        "Kan niet lang staan.",
        "Kan niet zwaar tillen.",
        "Heeft een rustige plek nodig.",
    ),
}
EXPLANATION = "Nodig om te kijken of dit past en om een afspraak te kunnen maken."
OWN_EXPLANATION = "Zo kan de organisatie mij bellen voor een afspraak."

YES = (
    "",
    "Fijn, wij bellen deze week.",
    "Welkom. Kom dinsdag langs voor koffie.",
    "Dat kan bij ons.",
)
BEGAN = ("", "De eerste keer ging goed.", "Is begonnen met kijken en meedoen.")
NO: Mapping[DeclineReason, str] = {
    DeclineReason.FULL: "Op dit moment zit de groep vol.",
    DeclineReason.NOT_OUR_GROUP: "Wij zijn er voor een andere groep.",
    DeclineReason.OTHER_DISTRICT: "Wij werken niet in deze wijk.",
    DeclineReason.NOT_OUR_WORK: "Dit doen wij niet (meer).",
    DeclineReason.CANNOT_IN_TIME: "Zo snel lukt het ons niet.",
}
ENDED: Mapping[ReferralOutcome, tuple[str, ...]] = {
    ReferralOutcome.TAKES_PART: ("Doet elke week mee.", "Komt trouw, en neemt soms iemand mee."),
    ReferralOutcome.HELPED: ("Het is gelukt.", "Alles is op orde. Mag altijd terugkomen."),
    ReferralOutcome.MOVED_ON: ("Gaat verder bij een andere groep.",),
    ReferralOutcome.ANSWERED: ("Ja, er is plaats.", "Wij hebben gebeld en uitgelegd wat kan."),
    ReferralOutcome.NOT_REACHED: ("Drie keer gebeld, niemand gesproken.",),
    ReferralOutcome.DID_NOT_COME: ("Is niet gekomen op de afspraak.",),
    ReferralOutcome.RESIDENT_STOPPED: ("Wilde bij nader inzien iets anders.",),
    ReferralOutcome.DID_NOT_FIT: ("Het was toch te druk.",),
    ReferralOutcome.OTHER_SOLUTION: ("Er was al een andere oplossing.",),
}
ONWARD = "Een organisatie verderop kan dit beter."
