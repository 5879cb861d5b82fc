"""Sentences on the desks of the demo town; nothing in them says anything about a real person."""

AGREED = (
    "Dit wil ik wel proberen.",
    "Fijn dat het in kleine stappen gaat.",
    "Als het maar op mijn eigen tempo mag.",
    "Ik heb er zin in.",
)
FINDINGS = (
    "De eerste stappen zijn gezet. We gaan zo door.",
    "Het gaat langzamer dan gedacht. We maken de stappen kleiner.",
    "Het lukt goed. Er is ruimte voor iets nieuws.",
    "Een doel is veranderd. We passen het plan samen aan.",
)
SAID = (
    "Ik merk dat het makkelijker gaat.",
    "Soms is het nog spannend.",
    "Ik ken nu meer mensen in de buurt.",
    "Ik wil graag nog een keer samen gaan kijken.",
)
NEXT_STEPS = (
    "Bellen hoe het gaat",
    "Samen gaan kijken bij een activiteit",
    "Koffie drinken in het buurthuis",
    "Plan bespreken",
    "",
)
NO_CONTACT = (
    "Ik red me wel, bel me voorlopig niet.",
    "Ik heb nu te veel aan mijn hoofd.",
    "Ik wil eerst zelf verder.",
)
NOTES = (
    "Heeft gevraagd om in het vervolg in de ochtend te bellen.",
    "Neemt de volgende keer een vriend mee naar het gesprek.",
    "Zoekt zelf uit wat de bus naar het buurthuis kost.",
    "Wil liever in het buurthuis afspreken dan op kantoor.",
)
