"""Sentences about placements in the demo town; nothing in them says anything of a real person."""

from meedoen.rules.vocabulary import HowItGoes, WhatFollows

HOURS_UP = "Het gaat goed. De inwoner wil graag meer uren."
OTHER_DAYS = "Op de andere dag past het beter bij de schooltijden."
SAID_RESIDENT = {
    HowItGoes.WELL: (
        "Ik kom er graag. De mensen zijn vriendelijk.",
        "Het is fijn om een vaste dag te hebben.",
    ),
    HowItGoes.MIXED: (
        "Soms is het druk, maar ik leer veel.",
        "Ik wil wel wat meer doen dan nu.",
    ),
    HowItGoes.BADLY: ("Ik had iets anders verwacht. Ik doe steeds hetzelfde.",),
}
SAID_PARTNER = {
    HowItGoes.WELL: (
        "Komt op tijd en helpt de anderen.",
        "Doet het werk zelf en vraagt wat er nog meer kan.",
    ),
    HowItGoes.MIXED: (
        "Heeft nog hulp nodig bij iets nieuws. Dat geven wij.",
        "Is soms stil. Wij vragen vaker hoe het gaat.",
    ),
    HowItGoes.BADLY: ("Komt vaak niet, en belt dan niet.",),
}
AGREED = (
    "Wij gaan zo door.",
    "Vanaf volgende maand ook op een tweede dag.",
    "De begeleider kijkt elke week even mee.",
    "",
)
NEXT_STEPS = (
    (
        WhatFollows.OTHER_PLACE,
        "Ik zoek liever weer iets anders in de buurt.",
        "Samen kijken bij een andere plek",
    ),
    (
        WhatFollows.VOLUNTEER_SAME_PLACE,
        "Ik wil hier graag blijven, als vrijwilliger.",
        "De organisatie vragen wat er nog kan",
    ),
    (
        WhatFollows.TRAINING,
        "Een cursus lijkt mij een goede stap.",
        "Informatie over een cursus opsturen",
    ),
)
"""What follows, what the resident finds of it, and what the coach does about it."""
WORRY_ANSWERED = "Kwam drie keer niet zonder te bellen. Wilt u met ons praten?"
WORRY_ANSWER = "Wij hebben samen gepraat. De dagen zijn nu anders, dat past beter."
WORRY_OPEN = "Komt de laatste weken steeds later. Wij willen graag met u overleggen."
ENDS_BECAUSE = "De grote klus is bijna klaar. Daarna hebben wij geen werk meer."
NOT_HELPFUL = "De inwoner deed net een cursus en wil die kennis eerst gebruiken."
GREW = "Werkt zelfstandiger, komt altijd op tijd en durft te bellen met een werkgever."
DID_NOT_GROW = "Er is in negen maanden weinig veranderd. Een andere plek past beter."
GO_ON = "In ander werk, op een andere plek, wordt de kans op een baan veel groter."
EXTENDED = "Ging van de tuin naar de balie bij een andere organisatie: ander werk, andere mensen."
LEFT_OUT = "Werkte op proef bij Bedachte Bakkerij. Een contract daar is in zicht."
DID_NOT_COOPERATE = "Kwam ook na twee gesprekken de helft van de dagen niet, zonder te bellen."
PASSED_OVER = "Wie langer wacht, kan op deze dagen niet. Dat is samen besproken."
AGAINST_REFUSAL = "Ik denk dat het UWV niet goed heeft gekeken naar mijn werk van vorig jaar."
PAID_BY = "Stichting Verzonnen Uren"
LESSONS = (
    ("Basisvaardigheden met de computer", "Leerhuis Verzonnen"),
    ("Werken in de keuken: veilig en schoon", "Leerhuis Verzonnen"),
    ("Omgaan met bezoekers", "Bedachte School"),
)
LANGUAGE_LESSONS = (
    ("Nederlands spreken op het werk", "Taalpunt Testwijk"),
    ("Lezen en schrijven, niveau 1", "Taalpunt Testwijk"),
)
