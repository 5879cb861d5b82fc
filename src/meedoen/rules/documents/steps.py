"""The one table of what may happen to a document of the budget cycle, and when."""

from collections.abc import Mapping

from meedoen.rules.documents.words import DocumentMove, DocumentState

MOVES: Mapping[tuple[DocumentState, DocumentMove], DocumentState] = {
    (DocumentState.DRAFT, DocumentMove.OFFERED): DocumentState.OFFERED,
    (DocumentState.DRAFT, DocumentMove.DROPPED): DocumentState.DROPPED,
    (DocumentState.OFFERED, DocumentMove.SENT_BACK): DocumentState.DRAFT,
    (DocumentState.OFFERED, DocumentMove.ADOPTED): DocumentState.ADOPTED,
}
"""Where each move leads. What is not here cannot be done; what is adopted or dropped is final."""
WRITTEN_IN = frozenset({DocumentState.DRAFT})
"""Only a draft changes: who adopts reads what was offered."""
COMMENTED_IN = frozenset({DocumentState.DRAFT, DocumentState.OFFERED})
"""Whoever reads an offered document may ask; what is open then sends it back."""


class NoSuchStepError(ValueError):
    """The document does not stand where this move begins."""


def after(state: DocumentState, move: DocumentMove) -> DocumentState:
    """Return where a move leads. Raises NoSuchStepError when it cannot be made from there."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise NoSuchStepError(f"a document that is {state} cannot be {move}") from None


def possible(state: DocumentState) -> tuple[DocumentMove, ...]:
    """Return the moves that can be made from a state, in the order of the table."""
    return tuple(move for start, move in MOVES if start is state)
