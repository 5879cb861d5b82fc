"""What may happen to a document, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.documents.steps import (
    COMMENTED_IN,
    WRITTEN_IN,
    NoSuchStepError,
    after,
    possible,
)
from meedoen.rules.documents.words import DocumentMove, DocumentState

DRAFT, OFFERED = DocumentState.DRAFT, DocumentState.OFFERED
ADOPTED, DROPPED = DocumentState.ADOPTED, DocumentState.DROPPED


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        (DRAFT, DocumentMove.OFFERED, OFFERED),
        (DRAFT, DocumentMove.DROPPED, DROPPED),
        (OFFERED, DocumentMove.SENT_BACK, DRAFT),
        (OFFERED, DocumentMove.ADOPTED, ADOPTED),
    ],
)
def test_a_move_leads_where_the_table_says(state, move, then):
    assert after(state, move) is then


@pytest.mark.parametrize("move", DocumentMove)
@pytest.mark.parametrize("state", [ADOPTED, DROPPED])
def test_what_is_adopted_or_dropped_is_final(state, move):
    assert possible(state) == ()
    with pytest.raises(NoSuchStepError, match=f"{state} cannot be {move}"):
        after(state, move)


def test_a_draft_is_never_adopted_without_being_offered():
    assert DocumentMove.ADOPTED not in possible(DRAFT)
    with pytest.raises(NoSuchStepError):
        after(DRAFT, DocumentMove.ADOPTED)


@given(st.lists(st.sampled_from(DocumentMove), max_size=30))
def test_on_any_walk_what_is_possible_works_and_nothing_else_does(moves):
    state, walked = DRAFT, []
    for move in moves:
        if move in possible(state):
            state = after(state, move)
            walked.append(move)
        else:
            with pytest.raises(NoSuchStepError):
                after(state, move)
    if state is ADOPTED:
        assert walked[-2:] == [DocumentMove.OFFERED, DocumentMove.ADOPTED]
    assert (state in WRITTEN_IN) == (state is DRAFT)
    assert WRITTEN_IN < COMMENTED_IN
