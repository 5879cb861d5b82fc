"""What the town is made of: places by kind, organisations, and sentences that people say."""

from collections.abc import Mapping
from dataclasses import dataclass

from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

Demand = FunctionalDemand


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A sort of place: what it is called, what one does there, and what it asks."""

    title: str
    description: str
    interests: tuple[str, ...]
    demands: tuple[FunctionalDemand, ...] = ()
    language: LanguageLevel = LanguageLevel.BELOW_A1


PLACES: Mapping[PlaceKind, tuple[PlaceText, ...]] = {
    PlaceKind.PARTICIPATION_JOB: (
        PlaceText(
            "Gastvrouw of gastheer in het buurthuis",
            "U ontvangt bezoekers, schenkt koffie en wijst de weg. U leert met mensen omgaan.",
            ("reception", "coffee_and_tea", "meeting_people"),
            (Demand.BUSY_SURROUNDINGS,),
            LanguageLevel.A2,
        ),
        PlaceText(
            "Hulp bij het groenonderhoud",
            "U houdt met een vaste ploeg plantsoenen bij. Een voorman legt uit hoe het moet.",
            ("gardening", "nature_care", "tidying_neighbourhood"),
            (Demand.WORKING_OUTDOORS, Demand.STANDING_LONG),
        ),
        PlaceText(
            "Sorteren in de kringloopwinkel",
            "U kijkt binnengebrachte spullen na, maakt ze schoon en zet ze in de winkel.",
            ("sorting_goods", "second_hand_shop", "repairing_things"),
            (Demand.STANDING_LONG, Demand.LIFTING),
        ),
        PlaceText(
            "Hulp van de conciërge op school",
            "U doet kleine klussen, zet lokalen klaar en houdt het plein netjes.",
            ("odd_jobs", "cleaning", "helping_neighbours"),
            (Demand.CLIMBING_STAIRS,),
            LanguageLevel.A2,
        ),
        PlaceText(
            "Hulp in de fietswerkplaats",
            "U knapt oude fietsen op en leert het vak van een ervaren fietsenmaker.",
            ("repairing_bicycles", "technology", "repairing_things"),
            (Demand.STANDING_LONG,),
        ),
        PlaceText(
            "Hulp op kantoor",
            "U verwerkt post, vult lijsten in en neemt soms de telefoon op.",
            ("administration", "computers", "telephone"),
            (Demand.READING_AND_WRITING, Demand.WORKING_ON_A_SCREEN),
            LanguageLevel.B1,
        ),
    ),
    PlaceKind.VOLUNTEER_WORK: (
        PlaceText(
            "Maatje voor een oudere",
            "U gaat elke week langs bij iemand die weinig bezoek krijgt, voor een praatje.",
            ("company_for_older_people", "visiting_neighbours", "walking"),
            (),
            LanguageLevel.A2,
        ),
        PlaceText(
            "Koken voor de buurt",
            "U kookt met anderen een maaltijd voor dertig buurtgenoten.",
            ("cooking", "eating_together", "shopping_for_others"),
            (Demand.STANDING_LONG,),
        ),
        PlaceText(
            "Helpen op de kinderboerderij",
            "U voert de dieren, maakt hokken schoon en helpt bezoekers.",
            ("caring_for_animals", "farm_work", "playing_with_children"),
            (Demand.WORKING_OUTDOORS,),
        ),
        PlaceText(
            "Kantinedienst bij de club",
            "U staat achter de bar, zet koffie en ruimt samen op.",
            ("coffee_and_tea", "till_work", "football", "sports"),
            (Demand.BUSY_SURROUNDINGS, Demand.STANDING_LONG),
        ),
        PlaceText(
            "Voorlezen aan kinderen",
            "U leest een uur per week voor aan een groepje kleuters.",
            ("reading_aloud", "library", "playing_with_children"),
            (Demand.READING_AND_WRITING,),
            LanguageLevel.B1,
        ),
        PlaceText(
            "Repareren in het buurtcafé",
            "U maakt kapotte spullen van buurtgenoten weer heel.",
            ("repairing_things", "electronics", "helping_neighbours"),
        ),
        PlaceText(
            "Rijden met de buurtbus",
            "U brengt mensen die slecht ter been zijn naar de dokter of de winkel.",
            ("driving", "going_along", "meeting_people"),
            (),
            LanguageLevel.A2,
        ),
    ),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: (
        PlaceText(
            "Koffieochtend",
            "Elke week koffie en een praatje met mensen uit de buurt. U bent altijd welkom.",
            ("coffee_and_tea", "meeting_people", "board_games"),
        ),
        PlaceText(
            "Samen eten",
            "U eet met buurtgenoten. Meehelpen met koken mag, maar hoeft niet.",
            ("eating_together", "cooking", "meeting_people"),
        ),
        PlaceText(
            "Wandelgroep",
            "Een rustige wandeling van een uur, met een kop koffie na afloop.",
            ("walking", "nature_care", "meeting_people"),
            (Demand.WALKING_FAR, Demand.WORKING_OUTDOORS),
        ),
        PlaceText(
            "Naaiatelier",
            "U maakt of verstelt kleding. Er zijn machines en er is iemand die helpt.",
            ("sewing", "knitting_and_crochet", "handicrafts"),
        ),
        PlaceText(
            "Moestuin van de buurt",
            "U kweekt groente in een tuin die u met anderen deelt.",
            ("growing_vegetables", "gardening", "flowers_and_plants"),
            (Demand.WORKING_OUTDOORS,),
        ),
        PlaceText(
            "Zingen in het buurtkoor",
            "Zingen zonder noten lezen. Iedereen kan meedoen.",
            ("singing", "playing_music", "meeting_people"),
        ),
        PlaceText(
            "Schilderclub",
            "U schildert of tekent in een kleine groep, met hulp als u dat wilt.",
            ("drawing_and_painting", "handicrafts", "museums"),
        ),
        PlaceText(
            "Spelletjesmiddag",
            "Kaarten, dammen of een bordspel, met thee en iets lekkers.",
            ("board_games", "meeting_people", "coffee_and_tea"),
        ),
    ),
    PlaceKind.DAY_ACTIVITY: (
        PlaceText(
            "Dagbesteding op de zorgtuin",
            "U werkt op uw eigen tempo in de tuin, met een vaste begeleider.",
            ("gardening", "caring_for_animals", "growing_vegetables"),
            (Demand.WORKING_OUTDOORS,),
        ),
        PlaceText(
            "Dagbesteding in het atelier",
            "U maakt dingen van hout, klei of textiel. Rust en regelmaat staan voorop.",
            ("pottery", "handicrafts", "drawing_and_painting", "woodwork"),
        ),
        PlaceText(
            "Inpakken in de werkplaats",
            "Licht werk in een kleine groep, een paar dagdelen per week.",
            ("packing", "assembling", "sorting_goods"),
        ),
    ),
    PlaceKind.SHELTERED_WSW: (
        PlaceText(
            "Beschutte werkplek verpakken (Wsw)",
            "Inpakwerk voor bedrijven, met begeleiding op de werkvloer.",
            ("packing", "assembling"),
            (Demand.KEEPING_PACE,),
        ),
        PlaceText(
            "Beschutte werkplek groen (Wsw)",
            "Onderhoud van parken met een vaste ploeg.",
            ("gardening", "nature_care"),
            (Demand.WORKING_OUTDOORS,),
        ),
        PlaceText(
            "Beschutte werkplek metaal (Wsw)",
            "Monteren van kleine onderdelen, op een aangepaste werkplek.",
            ("metalwork", "assembling"),
        ),
    ),
    PlaceKind.SHELTERED_NEW: (
        PlaceText(
            "Beschut werk in de wasserij",
            "Een baan met veel begeleiding: u vouwt en sorteert schoon linnengoed.",
            ("laundry_and_ironing", "sorting_goods"),
            (Demand.STANDING_LONG,),
        ),
        PlaceText(
            "Beschut werk in de montagehal",
            "Een baan met veel begeleiding: u zet onderdelen in elkaar.",
            ("assembling", "technology"),
        ),
    ),
    PlaceKind.TRIAL: (
        PlaceText(
            "Proefplaats in de bakkerij",
            "Twee maanden kijken of het werk bij u past, met uitzicht op een baan.",
            ("baking", "shop_work"),
            (Demand.STANDING_LONG, Demand.KEEPING_PACE),
            LanguageLevel.A2,
        ),
        PlaceText(
            "Proefplaats in het magazijn",
            "Twee maanden meewerken met bestellingen klaarzetten.",
            ("packing", "delivering", "sorting_goods"),
            (Demand.LIFTING, Demand.KEEPING_PACE),
        ),
    ),
    PlaceKind.LANGUAGE_POINT: (
        PlaceText(
            "Oefenen met taal",
            "U praat in een kleine groep Nederlands over gewone dingen.",
            ("helping_with_language", "reading", "meeting_people"),
        ),
        PlaceText(
            "Lezen en schrijven",
            "U leert beter lezen en schrijven, met een vrijwilliger naast u.",
            ("reading", "writing", "library"),
        ),
    ),
    PlaceKind.TRAINING: (
        PlaceText(
            "Cursus computer en telefoon",
            "In tien keer leert u mailen, formulieren invullen en veilig inloggen.",
            ("computers", "helping_with_devices", "technology"),
            (Demand.WORKING_ON_A_SCREEN,),
            LanguageLevel.A2,
        ),
        PlaceText(
            "Training op weg naar werk",
            "U ontdekt wat u kunt en wilt, en oefent met een gesprek.",
            ("meeting_people", "organising", "writing"),
            (),
            LanguageLevel.A2,
        ),
    ),
    PlaceKind.OTHER: (
        PlaceText(
            "Meekijkdag",
            "U kijkt een paar keer mee bij een organisatie en kiest daarna zelf.",
            ("meeting_people", "going_along"),
        ),
    ),
}

ORGANISATIONS: Mapping[OrganisationKind, tuple[str, ...]] = {
    OrganisationKind.SUBSIDISED_INSTITUTION: (
        "Buurthuis", "Wijkcentrum", "Bibliotheek", "Taalhuis", "Zorgtuin", "Kringloopwinkel",
        "Welzijnsstichting", "Atelier",
    ),
    OrganisationKind.ASSOCIATION: (
        "Speeltuinvereniging", "Voetbalclub", "Zangvereniging", "Wandelvereniging",
        "Volkstuinvereniging", "Muziekvereniging",
    ),
    OrganisationKind.PRIVATE_INITIATIVE: (
        "Buurtkeuken", "Buurttuin", "Repaircafé", "Weggeefwinkel", "Kinderboerderij",
    ),
    OrganisationKind.EMPLOYER: ("Sociaal werkbedrijf", "Bakkerij", "Magazijn", "Wasserij"),
    OrganisationKind.MUNICIPAL_TEAM: ("Wijkteam", "Buurtteam"),
}  # fmt: skip
ORGANISATION_NAMES = (
    "De Verzonnen Vogel", "Het Denkbeeld", "De Bedachte Brug", "De Papieren Molen",
    "Het Luchtkasteel", "De Gedroomde Dijk", "De Proeftuin", "Het Voorbeeld", "De Fabel",
    "De Nepnarcis", "Het Sprookje", "De Denkbeeldige Dam", "De Testtulp", "Het Schijnsel",
    "De Fantasie", "De Namaakvijver", "Het Verzinsel", "De Zogenaamde Zon", "Het Proefveld",
    "De Fictieve Fontein",
)  # fmt: skip
HOSTS: Mapping[PlaceKind, tuple[OrganisationKind, ...]] = {
    PlaceKind.PARTICIPATION_JOB: (
        OrganisationKind.SUBSIDISED_INSTITUTION,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.PRIVATE_INITIATIVE,
    ),
    PlaceKind.VOLUNTEER_WORK: (
        OrganisationKind.ASSOCIATION,
        OrganisationKind.SUBSIDISED_INSTITUTION,
        OrganisationKind.PRIVATE_INITIATIVE,
    ),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: (
        OrganisationKind.SUBSIDISED_INSTITUTION,
        OrganisationKind.PRIVATE_INITIATIVE,
        OrganisationKind.MUNICIPAL_TEAM,
    ),
    PlaceKind.DAY_ACTIVITY: (OrganisationKind.SUBSIDISED_INSTITUTION,),
    PlaceKind.SHELTERED_WSW: (OrganisationKind.EMPLOYER,),
    PlaceKind.SHELTERED_NEW: (OrganisationKind.EMPLOYER,),
    PlaceKind.TRIAL: (OrganisationKind.EMPLOYER,),
    PlaceKind.LANGUAGE_POINT: (OrganisationKind.SUBSIDISED_INSTITUTION,),
    PlaceKind.TRAINING: (OrganisationKind.SUBSIDISED_INSTITUTION,),
    PlaceKind.OTHER: (OrganisationKind.MUNICIPAL_TEAM, OrganisationKind.SUBSIDISED_INSTITUTION),
}
"""Which sort of organisation has which kind of place."""

OPENINGS = (
    "Het gaat redelijk met mij.",
    "De laatste tijd zit ik veel thuis.",
    "Ik slaap beter dan vorig jaar.",
    "Ik mis mensen om mij heen.",
    "Het was een drukke maand.",
    "Ik heb weer zin om iets te doen.",
    "Mijn week heeft weinig vorm.",
    "Ik ben blij dat iemand vraagt hoe het gaat.",
)
MIDDLES = (
    "Ik wil graag onder de mensen komen.",
    "Ik help graag, maar niet alle dagen.",
    "Ik wil iets met mijn handen doen.",
    "Een grote groep vind ik lastig.",
    "Ik wil eerst rustig kijken.",
    "Mijn buurvrouw doet al mee en dat lijkt mij ook leuk.",
    "Ik wil beter Nederlands leren praten.",
    "Ik zou later graag weer werken.",
    "Dicht bij huis is voor mij belangrijk.",
)
ENDINGS = (
    "We spreken elkaar over een tijdje weer.",
    "Ik denk erover na en bel terug.",
    "Mijn coach zoekt een paar plekken voor mij uit.",
    "Voor nu is het goed zo.",
    "De volgende keer neem ik mijn zus mee.",
    "Ik ga een keer kijken.",
)
AT_A_PLACE = (
    "Ik ga er met plezier heen.",
    "Het is wennen, maar ik houd vol.",
    "Ze rekenen daar op mij en dat doet mij goed.",
    "Het kost mij veel kracht.",
    "Ik heb er nieuwe mensen leren kennen.",
)
RUNG_REASONS = (
    "De week van dit gesprek was anders dan anders; over de hele maand past deze trede beter.",
    "De bewoner vindt zelf dat deze trede beter klopt en legt dat goed uit.",
    "De taken zijn kleiner dan de antwoorden doen denken.",
    "Er is al afgesproken dat dit volgende week begint.",
)
