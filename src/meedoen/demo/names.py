"""Names that nobody bears and citizen service numbers that nobody has.

People are called after fruit, vegetables and trees. Their numbers pass the eleven test and lie
between 990000000 and 999999999, the range that the demo towns keep to.
"""

from collections.abc import Iterator
from random import Random

GIVEN_NAMES = (
    "Abrikoos", "Aardbei", "Andijvie", "Appel", "Artisjok", "Asperge", "Aubergine", "Augurk",
    "Banaan", "Berk", "Beuk", "Biet", "Bosbes", "Braam", "Broccoli", "Ceder", "Citroen",
    "Courgette", "Cipres", "Dadel", "Den", "Druif", "Els", "Es", "Esdoorn", "Framboos", "Granaat",
    "Grapefruit", "Haagbeuk", "Hazelaar", "Hulst", "Iep", "Jeneverbes", "Kastanje", "Kers",
    "Kiwi", "Kokos", "Komkommer", "Kruisbes", "Kweepeer", "Lariks", "Limoen", "Linde", "Mandarijn",
    "Mango", "Meidoorn", "Meloen", "Mispel", "Nectarine", "Okra", "Olijf", "Paprika", "Pastinaak",
    "Peer", "Perzik", "Pompoen", "Populier", "Postelein", "Prei", "Pruim", "Raapsteel", "Rabarber",
    "Radijs", "Selderij", "Sinaasappel", "Sleedoorn", "Sorbus", "Spar", "Spinazie", "Spruit",
    "Taxus", "Tomaat", "Venkel", "Vijg", "Vlier", "Walnoot", "Waterkers", "Wilg", "Witlof",
)  # fmt: skip
FAMILY_NAMES = (
    "Nepstra", "van Verzonnen", "Testema", "de Fictie", "Proefstra", "van Demo", "Bedachtinga",
    "Voorbeeldsma", "de Verzinner", "Schijnsema", "van Fantasie", "Zogenaamdstra", "Namaakster",
    "ter Fabel", "Sprookjesma", "van den Verzinsel", "Nooitgeweest", "Papierenman", "Oefenaar",
    "van Bestaatniet", "Denkbeeldsma", "Modelstra", "de Proefpersoon", "Nietecht", "Voorstelstra",
    "van der Fictie", "Probeersma", "Luchtkasteel", "Verhaalstra", "de Schim", "Testenaar",
    "van Niemandsland", "Zomaarwat", "Dummyga", "Sjabloonstra", "ten Verdichtsel",
)  # fmt: skip

MEERDAM_NUMBERS = 99_000_000
OVERWATER_NUMBERS = 99_900_000
"""The first eight digits of the first number of each town; the ninth follows from them."""


def full_name(random: Random) -> tuple[str, str]:
    """Return a given name and a family name."""
    return random.choice(GIVEN_NAMES), random.choice(FAMILY_NAMES)


def is_made_up(given_name: str, family_name: str) -> bool:
    """Return whether both names come from the lists above."""
    return given_name in GIVEN_NAMES and family_name in FAMILY_NAMES


def made_up_numbers(first_eight_digits: int) -> Iterator[str]:
    """Count up through the numbers that pass the eleven test, each one once.

    The ninth digit of a number is the weighted sum of the first eight (9 down to 2) modulo
    eleven; where that is ten there is no such number, and it is passed over.
    """
    for start in range(first_eight_digits, 100_000_000):
        digits = str(start)
        check = sum(int(digit) * (9 - place) for place, digit in enumerate(digits)) % 11
        if check < 10:
            yield f"{digits}{check}"
