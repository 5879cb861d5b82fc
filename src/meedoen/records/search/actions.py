"""Keeping the search index in step with what can be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.models import Document, Piece, Posting, Word
from meedoen.rules.search.words import pieces_of, stem_of, words_of
from meedoen.rules.vocabulary import SearchKind

MOST_WEIGHT = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """What can be found: each text with how much its words matter."""

    kind: SearchKind
    subject_id: int
    texts: tuple[tuple[str, int], ...]


def index_all(viewer: Viewer, *, documents: Sequence[NewDocument]) -> None:
    """Make these findable by what they say now, and by nothing they said before.

    Not an action of its own: the action that changes what can be found calls this in its
    transaction.
    """
    kept = _documents(viewer, documents)
    Posting.objects.filter(document_id__in=kept.values()).delete()
    weights = {
        (kept[one.kind, one.subject_id], word): weight
        for one in documents
        for word, weight in _weights(one).items()
    }
    words = _words(viewer, sorted({word for _document, word in weights}))
    Posting.objects.bulk_create(
        [
            Posting(
                municipality_id=viewer.municipality_id,
                document_id=document_id,
                word_id=words[word],
                weight=weight,
            )
            for (document_id, word), weight in weights.items()
        ],
        batch_size=5_000,
    )


def forget_all(viewer: Viewer, *, kind: SearchKind, subject_ids: Sequence[int]) -> None:
    """Take these out of the index; the words stay, they may stand elsewhere."""
    Document.objects.filter(
        municipality_id=viewer.municipality_id, kind=kind, subject_id__in=subject_ids
    ).delete()


def _weights(document: NewDocument) -> dict[str, int]:
    """Return how much each word matters: once for each text it stands in, however often."""
    found: dict[str, int] = {}
    for text, weight in document.texts:
        for word in set(words_of(text)):
            found[word] = min(found.get(word, 0) + weight, MOST_WEIGHT)
    return found


def _documents(
    viewer: Viewer, documents: Sequence[NewDocument]
) -> dict[tuple[SearchKind, int], int]:
    own = Document.objects.filter(municipality_id=viewer.municipality_id)
    Document.objects.bulk_create(
        [
            Document(
                municipality_id=viewer.municipality_id, kind=one.kind, subject_id=one.subject_id
            )
            for one in documents
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )
    found: dict[tuple[SearchKind, int], int] = {}
    for kind in sorted({one.kind for one in documents}):
        numbers = [one.subject_id for one in documents if one.kind == kind]
        rows = own.filter(kind=kind, subject_id__in=numbers)
        found |= {(kind, subject_id): pk for subject_id, pk in rows.values_list("subject_id", "pk")}
    return found


def _words(viewer: Viewer, texts: Sequence[str]) -> dict[str, int]:
    """Return the number of each word, making those that are new."""
    own = Word.objects.filter(municipality_id=viewer.municipality_id)
    known = dict(own.filter(text__in=texts).values_list("text", "pk"))
    new = [text for text in texts if text not in known]
    if not new:
        return known
    # Somebody else may write the same new word at the same moment; then theirs is taken.
    Word.objects.bulk_create(
        [
            Word(municipality_id=viewer.municipality_id, text=text, stem=stem_of(text))
            for text in new
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )
    made = dict(own.filter(text__in=new).values_list("text", "pk"))
    Piece.objects.bulk_create(
        [
            Piece(municipality_id=viewer.municipality_id, word_id=made[text], letters=letters)
            for text in new
            for letters in pieces_of(text)
        ],
        ignore_conflicts=True,
        batch_size=5_000,
    )
    return known | made
