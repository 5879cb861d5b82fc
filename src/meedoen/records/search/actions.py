"""Keeping the search index in step with what can be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.search.models import Document, Piece, Posting, Word
from meedoen.rules.search.words import pieces_of, stem_of, telling_words
from meedoen.rules.vocabulary import SearchKind

MOST_WEIGHT = 30_000

Subject = tuple[SearchKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """What can be found: each text with how much its words matter, and whether by anybody."""

    kind: SearchKind
    subject_id: int
    texts: tuple[tuple[str, int], ...]
    is_public: bool = False


@transaction.atomic(savepoint=False)
def index_all(viewer: Viewer, *, documents: Sequence[NewDocument]) -> None:
    """Make these findable by what they say now, and by nothing they said before.

    Not an action of its own: the action that changes what can be found calls this in its
    transaction.
    """
    newest = {(one.kind, one.subject_id): one for one in documents}
    kept = _documents(viewer, newest)
    for group in in_groups(sorted(kept.values())):
        Posting.objects.filter(document_id__in=group).delete()
    weights = {subject: _weights(one) for subject, one in newest.items()}
    words = _words(viewer, sorted({word for found in weights.values() for word in found}))
    Posting.objects.bulk_create(
        [
            Posting(
                municipality_id=viewer.municipality_id,
                document_id=kept[subject],
                word_id=words[word],
                weight=weight,
                kind=subject[0],
                subject_id=subject[1],
                is_public=newest[subject].is_public,
            )
            for subject, found in weights.items()
            for word, weight in found.items()
        ],
        batch_size=5_000,
    )


def forget_all(viewer: Viewer, *, kind: SearchKind, subject_ids: Sequence[int]) -> None:
    """Take these out of the index; the words stay, they may stand elsewhere."""
    own = Document.objects.filter(municipality_id=viewer.municipality_id, kind=kind)
    for group in in_groups(sorted(subject_ids)):
        own.filter(subject_id__in=group).delete()


def forget_unused_words(viewer: Viewer) -> int:
    """Remove the words that stand nowhere any more; return how many. For the nightly work.

    Not at once: whoever writes the same word at that moment counts on it being there.
    """
    unused = Word.objects.filter(municipality_id=viewer.municipality_id).exclude(
        Exists(Posting.objects.filter(word_id=OuterRef("pk")))
    )
    with transaction.atomic():
        _lock_words(viewer)
        numbers = list(unused.order_by("pk").values_list("pk", flat=True))
        for group in in_groups(numbers):
            Word.objects.filter(pk__in=group).delete()
    return len(numbers)


def _weights(document: NewDocument) -> dict[str, int]:
    """Return how much each word matters: once for each text it stands in, however often."""
    found: dict[str, int] = {}
    for text, weight in document.texts:
        for word in telling_words(text):
            found[word] = min(found.get(word, 0) + weight, MOST_WEIGHT)
    return found


def _documents(viewer: Viewer, newest: Mapping[Subject, NewDocument]) -> dict[Subject, int]:
    """Return the number of each document, making those that are new; locked for who writes."""
    Document.objects.bulk_create(
        [
            Document(
                municipality_id=viewer.municipality_id,
                kind=one.kind,
                subject_id=one.subject_id,
                is_public=one.is_public,
            )
            for _subject, one in sorted(newest.items())
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )
    rows = Document.objects.filter(municipality_id=viewer.municipality_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found: dict[Subject, int] = {}
    changed: dict[bool, list[int]] = {True: [], False: []}
    for kind in sorted({kind for kind, _number in newest}):
        numbers = sorted(number for one, number in newest if one == kind)
        for group in in_groups(numbers):
            for row in rows.filter(kind=kind, subject_id__in=group).order_by("pk"):
                found[kind, row.subject_id] = row.pk
                is_public = newest[kind, row.subject_id].is_public
                if row.is_public != is_public:
                    changed[is_public].append(row.pk)
    for is_public, numbers in changed.items():
        for group in in_groups(numbers):
            Document.objects.filter(pk__in=group).update(is_public=is_public)
    return found


def _words(viewer: Viewer, texts: Sequence[str]) -> dict[str, int]:
    """Return the number of each word, making those that are new."""
    known = _known_words(viewer, texts)
    new = [text for text in texts if text not in known]
    if not new:
        return known
    _lock_words(viewer)
    Word.objects.bulk_create(
        [
            Word(municipality_id=viewer.municipality_id, text=text, stem=stem_of(text))
            for text in new
        ],
        # Somebody may have written the same word just before; then theirs is taken.
        ignore_conflicts=True,
        batch_size=1_000,
    )
    made = _known_words(viewer, new)
    Piece.objects.bulk_create(
        [
            Piece(
                municipality_id=viewer.municipality_id,
                word_id=made[text],
                letters=letters,
                length=len(text),
            )
            for text in new
            for letters in sorted(pieces_of(text))
        ],
        ignore_conflicts=True,
        batch_size=5_000,
    )
    return known | made


def _known_words(viewer: Viewer, texts: Sequence[str]) -> dict[str, int]:
    own = Word.objects.filter(municipality_id=viewer.municipality_id)
    found: dict[str, int] = {}
    for group in in_groups(texts):
        found |= dict(own.filter(text__in=group).values_list("text", "pk"))
    return found


def _lock_words(viewer: Viewer) -> None:
    """Let one at a time add words to a municipality; two who add the same could wait in a ring."""
    if connection.features.has_select_for_update:
        rows = Municipality.objects.select_for_update(no_key=True)
        rows.filter(pk=viewer.municipality_id).values_list("pk", flat=True).get()
