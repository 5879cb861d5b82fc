"""What organisations of the made-up town write to each other and to the municipality."""

from dataclasses import dataclass

from meedoen.rules.vocabulary import PostKind, Theme

WORRY = "Komt de laatste weken vaak te laat. Graag een keer samen praten."
INTEREST = (
    "Ik wil graag een keer komen kijken.",
    "Kan ik ook alleen op donderdag?",
    "",
    "Mijn Nederlands is nog niet goed. Is dat erg?",
)


@dataclass(frozen=True, slots=True)
class PostText:
    """A tip or question with its answers; `district` counts from nought, None is the whole town."""

    kind: PostKind
    theme: Theme
    title: str
    body: str
    answers: tuple[str, ...] = ()
    district: int | None = None


POSTS = (
    PostText(
        PostKind.QUESTION,
        Theme.LANGUAGE,
        "Wie heeft ruimte voor een taalgroep op woensdagavond?",
        "Onze zaal is vol. Wij zoeken een plek voor twaalf mensen met koffie in de buurt.",
        ("Bij ons is de kleine zaal op woensdag vrij vanaf zeven uur. Bel gerust.",),
        2,
    ),
    PostText(
        PostKind.NOTE,
        Theme.PARTICIPATION,
        "Een eerste keer meelopen helpt echt",
        "Wij laten mensen eerst een ochtend meelopen zonder iets af te spreken. Bijna iedereen "
        "komt daarna terug.",
        ("Mooi, dat gaan wij ook proberen.",),
    ),
    PostText(
        PostKind.QUESTION,
        Theme.DEBT,
        "Waar kan iemand met post en formulieren terecht zonder afspraak?",
        "Er komen steeds meer mensen met een tas vol post. Wij weten niet goed waarheen.",
        district=0,
    ),
    PostText(
        PostKind.NOTE,
        Theme.COMPANY,
        "Samen eten op maandag",
        "Elke maandag koken wij met de buurt. Nieuwe mensen kunnen altijd aanschuiven.",
        district=5,
    ),
    PostText(
        PostKind.QUESTION,
        Theme.VOLUNTEERS,
        "Hoe bedanken jullie vrijwilligers?",
        "Wij hebben weinig geld. Wat werkt bij jullie goed?",
        ("Een kaart met ieders naam en een gezamenlijke lunch.", "Op tijd vragen hoe het gaat."),
    ),
)


@dataclass(frozen=True, slots=True)
class FoundText:
    """A place that a resident found without help."""

    title: str
    organisation: str
    description: str
    contact: str


FOUND = FoundText(
    title="Voorlezen in het leeshoekje",
    organisation="Stichting Het Verzonnen Leeshoekje",
    description="Ik lees kleine kinderen voor en zet de boeken terug.",
    contact="Framboos Testema",
)
