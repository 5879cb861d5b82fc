"""What stands in the documents of the demo town; every number in it is quoted."""

from collections.abc import Mapping, Sequence

from meedoen.rules.documents.words import Colour, LightSubject, Question

Sentences = Sequence[tuple[str, str]]
Words = Mapping[str, Mapping[Question, str]]
"""What a document says, by code of the goal and by question."""
Lights = Mapping[LightSubject, tuple[Colour, str, str, str]]
"""The lights of a chapter: colour, cause, consequence and steering."""

PROGRAMMES = {
    "1": ("Samen leven in de wijk", "Wethouder Voorbeeld"),
    "2": ("Meedoen naar vermogen", "Wethouder Voorbeeld"),
    "4": ("Bestaanszekerheid", "Wethouder Verzonnen"),
}
FIELDS = {
    "1.1": "Maatschappelijke participatie",
    "1.3": "Leren en gezondheid",
    "2.1": "Een gezamenlijk aanbod",
    "2.2": "Inwoners met een uitkering",
    "4.1": "Rondkomen",
}
MEASURED_BY = {
    "2.2.2": (
        ("participation_growth", "spoken_past_year", "spoken_half_year"),
        (
            "referral_pairs_between_partners",
            "referrals_answered_in_time",
            "referrals_with_feedback",
        ),
    ),
}
"""By goal: the indicators of its criteria, in their order."""
SENTENCES: Mapping[str, Sentences] = {
    "1.1.3": (
        ("participation_jobs", "{figure} mensen hebben een participatiebaan."),
        ("participation_jobs_self_found", "Van hen vonden {figure} zelf hun plek."),
        ("participation_jobs_in_process", "Met {figure} mensen zoeken we nog een plek."),
        ("sheltered_wsw", "In de sociale werkvoorziening werken {figure} mensen."),
        ("sheltered_new", "Op een nieuwe beschutte werkplek werken {figure} mensen."),
        ("sheltered_new_in_process", "{figure} mensen zijn daarnaar op weg."),
        ("volunteers", "{figure} mensen doen vrijwilligerswerk."),
        ("helping_out", "Voor een ander zetten {figure} mensen zich in."),
    ),
    "2.2.2": (
        ("participation_growth", "{figure} mensen groeiden in hun deelname."),
        ("spoken_past_year", "Met {figure} mensen spraken we het afgelopen jaar."),
        ("spoken_half_year", "Van hen spraken we {figure} mensen in het laatste half jaar."),
        (
            "referral_pairs_between_partners",
            "{figure} paren van organisaties verwezen inwoners naar elkaar.",
        ),
    ),
}
"""By goal: an indicator, and the sentence in which its figure stands."""
AIMS: Mapping[str, Sentences] = {
    "1.1.3": (("participation_jobs", "Voor een participatiebaan beloven we er {figure}."),)
}
"""As SENTENCES, for what is aimed for in the year of the document."""
PROMISED = (
    "Iedereen telt mee in Meerdam, ook wie geen betaald werk heeft.\n\n"
    "Voor {year} beloofden we {{participation_jobs target {year}}} participatiebanen en "
    "{{sheltered_new target {year}}} nieuwe beschutte werkplekken."
)
FIRST_WORDS: Words = {
    "1.1.3": {
        Question.WANT: "Iedereen telt mee in Meerdam, ook wie geen betaald werk heeft.",
        Question.DO: (
            "Coaches spreken iedereen minstens één keer per jaar.\n\n"
            "Samen met organisaties in de wijk zoeken zij een plek die past."
        ),
        Question.COST: "De kosten blijven binnen het budget voor participatie.",
    },
    "2.2.2": {
        Question.WANT: (
            "Wie nu ver van werk staat, zet dit jaar een stap die bij hem of haar past."
        ),
        Question.DO: (
            "We meten ieder jaar samen met de inwoner hoe het gaat.\n\n"
            "Organisaties verwijzen naar elkaar, zodat niemand tussen wal en schip valt."
        ),
        Question.COST: "Het geld voor de wijkteams blijft gelijk.",
    },
}
LOOKING_BACK: Words = {
    "1.1.3": {
        Question.WANT: "We wilden dat meer inwoners meedoen, ieder op de eigen manier.",
        Question.DO: (
            "Coaches zochten inwoners op die zij lang niet hadden gesproken.\n\n"
            "Vier organisaties openden nieuwe plekken."
        ),
        Question.COST: "We gaven iets minder uit dan begroot, omdat plekken later opengingen.",
    },
    "2.2.2": {
        Question.WANT: "We wilden dat inwoners die ver van werk staan een stap vooruit zetten.",
        Question.DO: (
            "We maten vaker hoe het met mensen gaat, en bespraken wat een volgende stap is.\n\n"
            "Organisaties kwamen vier keer bij elkaar om verwijzingen te bespreken."
        ),
        Question.COST: "We gaven uit wat was begroot.",
    },
}
NEXT_INTRODUCTION = (
    "Wie meedoet, hoort erbij. Daarom zoeken we met inwoners een plek die bij hen past, betaald of "
    "onbetaald. De gemeente betaalt de begeleiding en praat ieder jaar met alle organisaties."
)
NEXT_WORDS: Words = {
    "1.1.3": {
        Question.WANT: (
            "Volgend jaar willen we in elke wijk genoeg plekken, ook voor wie rust nodig heeft."
        ),
        Question.DO: (
            "We bellen iedereen die een jaar lang niets van ons hoorde.\n\n"
            "We vragen organisaties om plekken die op een paar ochtenden open zijn."
        ),
        Question.COST: "Hiervoor is hetzelfde bedrag beschikbaar als dit jaar.",
    },
    "2.2.2": {
        Question.WANT: "We willen dat niemand met een uitkering een jaar lang uit beeld is.",
        Question.DO: (
            "We spreken met iedereen af wanneer we weer bellen.\n\n"
            "We helpen organisaties om elkaar sneller te antwoorden op een verwijzing."
        ),
        Question.COST: "Voor de wijkteams is iets meer geld beschikbaar dan dit jaar.",
    },
}
BUDGETED = "Programmabegroting van dit jaar"
_GREEN = (Colour.GREEN, "", "", "")
INTERIM_LIGHTS: Mapping[int, Lights] = {
    1: {
        LightSubject.GOAL: (
            Colour.RED,
            "Werkgevers vinden een beschutte werkplek vaak te veel werk.",
            "We halen het aantal nieuwe beschutte werkplekken dit jaar niet meer.",
            "We spreken met werkgevers af welke hulp zij krijgen, en wie die geeft.",
        ),
        LightSubject.ACTION: (
            Colour.ORANGE,
            "Twee organisaties hebben dit jaar minder begeleiders.",
            "Nieuwe plekken gaan later open dan we beloofden.",
            "We helpen met het werven van begeleiders, en zoeken plekken in andere wijken.",
        ),
        LightSubject.MONEY: _GREEN,
    },
    2: {LightSubject.ACTION: _GREEN},
}
"""The lights of the interim report by chapter; two are still to be set."""
ACCOUNT_LIGHTS: Mapping[int, Lights] = {
    1: {
        LightSubject.GOAL: (
            Colour.ORANGE,
            "Nieuwe plekken gingen later open dan gedacht.",
            "Minder mensen dan we wilden begonnen aan een participatiebaan.",
            "De plekken zijn nu open; dit jaar beginnen de mensen die op een plek wachten.",
        ),
        LightSubject.ACTION: _GREEN,
        LightSubject.MONEY: _GREEN,
    },
    2: dict.fromkeys(LightSubject, _GREEN),
}
EXPECTED = (
    "Eind dit jaar verwachten we {participation_jobs forecast} mensen op een participatiebaan."
)
COMMENT = "Kunnen we hier ook noemen in welke wijk het niet lukt?"
ASKED_BY = "Fractie Verzonnen Belang"
ASKED = "Hoe weet de gemeente dat iedereen gesproken is?"
ANSWERED = (
    "Elk gesprek wordt opgeschreven. Wie langer dan een jaar niet gesproken is, staat bij de coach "
    "bovenaan."
)
RECTIFIED = "In het document stond het doel van voor de wijziging van de begroting."
RECTIFIED_TO = "125"
