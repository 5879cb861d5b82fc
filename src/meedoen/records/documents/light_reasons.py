"""What a traffic light asks beside its colour."""

from django.utils.translation import gettext as _

from meedoen.rules.documents.words import Colour


def reasons_missing(colour: Colour, cause: str, consequence: str, steering: str) -> dict[str, str]:
    """Return what to write by the name of what was left empty: orange and red ask all three."""
    asked = {
        "cause": (cause, _("Schrijf op hoe het komt.")),
        "consequence": (consequence, _("Schrijf op wat dit betekent voor het doel.")),
        "steering": (steering, _("Schrijf op wat u eraan doet.")),
    }
    if colour is Colour.GREEN:
        return {}
    return {name: line for name, (said, line) in asked.items() if not said.strip()}
