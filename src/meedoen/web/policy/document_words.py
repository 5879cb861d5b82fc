"""How documents of the budget cycle, and what stands in them, are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.documents.words import (
    Colour,
    DocumentKind,
    DocumentMove,
    DocumentState,
    LightSubject,
    Question,
)
from meedoen.web.shared.words import Words

KINDS: Mapping[DocumentKind, Words] = {
    DocumentKind.BUDGET: gettext_lazy("Begroting"),
    DocumentKind.INTERIM: gettext_lazy("Tussenrapportage"),
    DocumentKind.ACCOUNT: gettext_lazy("Jaarrekening"),
}
STATES: Mapping[DocumentState, Words] = {
    DocumentState.DRAFT: gettext_lazy("Concept"),
    DocumentState.OFFERED: gettext_lazy("Aangeboden"),
    DocumentState.ADOPTED: gettext_lazy("Vastgesteld"),
    DocumentState.DROPPED: gettext_lazy("Vervallen"),
}
WHY_NOT_NOW: Mapping[DocumentState, Words] = {
    DocumentState.DRAFT: gettext_lazy(
        "Dit document is nog een concept. Bied het eerst aan, als alles erin staat."
    ),
    DocumentState.OFFERED: gettext_lazy(
        "Dit document is aangeboden. Een collega leest het en stelt het vast, of stuurt het terug."
    ),
    DocumentState.ADOPTED: gettext_lazy(
        "Dit document is vastgesteld. De teksten en cijfers veranderen niet meer. Klopt een cijfer "
        "niet, dan kunt u het rectificeren."
    ),
    DocumentState.DROPPED: gettext_lazy(
        "Dit document is vervallen. U kunt het lezen, maar niet meer veranderen."
    ),
}
"""Why something cannot be done with a document in this state, and what can be."""
STATE_KINDS: Mapping[DocumentState, str] = {
    DocumentState.DRAFT: "neutral",
    DocumentState.OFFERED: "warning",
    DocumentState.ADOPTED: "success",
    DocumentState.DROPPED: "inactive",
}
MOVES: Mapping[DocumentMove, Words] = {
    DocumentMove.MADE: gettext_lazy("Begonnen"),
    DocumentMove.OFFERED: gettext_lazy("Aangeboden"),
    DocumentMove.SENT_BACK: gettext_lazy("Teruggestuurd"),
    DocumentMove.ADOPTED: gettext_lazy("Vastgesteld"),
    DocumentMove.DROPPED: gettext_lazy("Vervallen"),
}
_TO_COME: Mapping[Question, Words] = {
    Question.STANDING: gettext_lazy("Hoe staan we ervoor?"),
    Question.WANT: gettext_lazy("Wat willen we bereiken?"),
    Question.DO: gettext_lazy("Wat gaan we daarvoor doen?"),
    Question.COST: gettext_lazy("Wat mag het kosten?"),
}
HEADINGS: Mapping[DocumentKind, Mapping[Question, Words]] = {
    DocumentKind.BUDGET: _TO_COME,
    DocumentKind.INTERIM: _TO_COME,
    DocumentKind.ACCOUNT: {
        Question.WANT: gettext_lazy("Wat wilden we bereiken?"),
        Question.DO: gettext_lazy("Wat hebben we gedaan?"),
        Question.COST: gettext_lazy("Wat heeft het gekost?"),
    },
}
SUBJECTS: Mapping[LightSubject, Words] = {
    LightSubject.GOAL: gettext_lazy("Het doel"),
    LightSubject.ACTION: gettext_lazy("Wat we doen"),
    LightSubject.MONEY: gettext_lazy("Het geld"),
}
COLOURS: Mapping[Colour, Words] = {
    Colour.GREEN: gettext_lazy("Groen: zoals beloofd"),
    Colour.ORANGE: gettext_lazy("Oranje: bijsturen is nodig"),
    Colour.RED: gettext_lazy("Rood: dit jaar lukt het niet"),
}
COLOUR_KINDS: Mapping[Colour, str] = {
    Colour.GREEN: "success",
    Colour.ORANGE: "warning",
    Colour.RED: "danger",
}


def moment_name(kind: DocumentKind, year: int, number: int) -> str:
    """Return which document it is, as in "Tweede tussenrapportage" told by number and year."""
    words = {"kind": KINDS[kind], "number": number, "year": year}
    if kind is DocumentKind.INTERIM:
        return _("%(kind)s %(number)s van %(year)s") % words
    return _("%(kind)s %(year)s") % words
