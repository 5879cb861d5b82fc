"""The words of each move of a placement: for a button, for its page, and for after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from meedoen.rules.placement_states import is_final, next_states
from meedoen.rules.vocabulary import PlacementState
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class MoveWords:
    """What a move is called: on the button that leads to it, and on its own page.

    `day` asks for the day of the move; `many` is the button for several people, and `done` what
    is said after it was made.
    """

    button: Words
    title: Words
    explanation: Words
    day: Words
    many: Words
    done: Words


_S = PlacementState
FIRST_DAY = _("Eerste dag")

MOVE_WORDS: Mapping[PlacementState, MoveWords] = {
    _S.WAITING: MoveWords(
        button=_("Terug op de wachtlijst"),
        title=_("Terug op de wachtlijst"),
        explanation=_(
            "De inwoner begint nu niet en wacht op deze plek. De plaats komt vrij voor iemand "
            "anders."
        ),
        day=_("Vanaf welke dag?"),
        many=_("Terug op de wachtlijst zetten"),
        done=_("De inwoner staat weer op de wachtlijst. De plaats is vrij."),
    ),
    _S.PROPOSED: MoveWords(
        button=_("Voorstellen op deze plek"),
        title=_("Voorstellen op deze plek"),
        explanation=_(
            "Er is plaats. De inwoner komt van de wachtlijst en de organisatie krijgt bericht. De "
            "plaats wordt een tijd vrijgehouden."
        ),
        day=_("Vanaf welke dag?"),
        many=_("Voorstellen"),
        done=_("De inwoner is voorgesteld. De plaats wordt vrijgehouden."),
    ),
    _S.INTRODUCED: MoveWords(
        button=_("Kennismaking opschrijven"),
        title=_("Kennismaking opschrijven"),
        explanation=_(
            "De inwoner en de organisatie hebben kennisgemaakt en willen verder met elkaar. De "
            "plaats wordt opnieuw een tijd vrijgehouden."
        ),
        day=_("Op welke dag was de kennismaking?"),
        many=_("Kennisgemaakt"),
        done=_("De kennismaking is opgeschreven."),
    ),
    _S.TRIAL: MoveWords(
        button=_("Start op proef opschrijven"),
        title=_("Start op proef opschrijven"),
        explanation=_("De inwoner doet mee om te kijken of het past."),
        day=FIRST_DAY,
        many=_("Op proef begonnen"),
        done=_("De inwoner is op proef begonnen."),
    ),
    _S.ACTIVE: MoveWords(
        button=_("Start opschrijven"),
        title=_("Start opschrijven"),
        explanation=_(
            "De inwoner doet mee. Meestal bevestigt de organisatie dit zelf; u kunt het ook doen."
        ),
        day=FIRST_DAY,
        many=_("Begonnen"),
        done=_("De start is opgeschreven."),
    ),
    _S.PAUSED: MoveWords(
        button=_("Even stilzetten"),
        title=_("Plaatsing even stilzetten"),
        explanation=_("De inwoner komt een tijd niet. De plaats blijft voor deze inwoner."),
        day=_("Eerste dag dat de inwoner niet komt"),
        many=_("Even stilzetten"),
        done=_("De plaatsing staat even stil. De plaats blijft bewaard."),
    ),
    _S.ENDED: MoveWords(
        button=_("Plaatsing stoppen"),
        title=_("Plaatsing stoppen"),
        explanation=_(
            "Vul de laatste dag in waarop de inwoner meedeed. Daarna is de plaats weer vrij."
        ),
        day=_("Laatste dag"),
        many=_("Stoppen"),
        done=_("De plaatsing is gestopt. De plaats is weer vrij."),
    ),
    _S.WITHDRAWN: MoveWords(
        button=_("Gaat niet door"),
        title=_("Plaatsing gaat niet door"),
        explanation=_(
            "De inwoner begint niet op deze plek. Werd er een plaats vrijgehouden? Dan komt die "
            "vrij voor iemand anders."
        ),
        day=_("Vanaf welke dag?"),
        many=_("Gaat niet door"),
        done=_("De plaatsing gaat niet door."),
    ),
}
"""By the state that the move leads to."""

_AFTER_TRIAL = MoveWords(
    button=_("Gaat door na de proef"),
    title=_("Door na de proef"),
    explanation=_("De proef is goed gegaan. De inwoner doet vanaf deze dag gewoon mee."),
    day=_("Eerste dag na de proef"),
    many=_("Gaat door na de proef"),
    done=_("De inwoner gaat door na de proef."),
)
_AFTER_PAUSE = MoveWords(
    button=_("Komt weer"),
    title=_("De inwoner komt weer"),
    explanation=_("De pauze is voorbij. De inwoner doet vanaf deze dag weer mee."),
    day=_("Eerste dag dat de inwoner weer kwam"),
    many=_("Komt weer"),
    done=_("De inwoner doet weer mee."),
)
_FROM: Mapping[tuple[PlacementState, PlacementState], MoveWords] = {
    (_S.TRIAL, _S.ACTIVE): _AFTER_TRIAL,
    (_S.PAUSED, _S.ACTIVE): _AFTER_PAUSE,
}


def moves_from(state: PlacementState) -> Sequence[PlacementState]:
    """Return where a placement may go, in the order of buttons: on, then back, then away."""
    return sorted(next_states(state), key=lambda to: (is_final(to), to is _S.WAITING))


def move_words(state: PlacementState, to: PlacementState) -> MoveWords:
    """Return the words of a move; some depend on where it comes from."""
    return _FROM.get((state, to), MOVE_WORDS[to])
