"""The part of the search index that one question looks through."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from meedoen.records.search.models import Piece, Posting, Word
from meedoen.rules.vocabulary import SearchKind


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that are looked through."""

    municipality_id: int
    kind: SearchKind
    public_only: bool

    def postings(self, word_ids: Sequence[int]) -> QuerySet[Posting]:
        """Return where the words stand on this shelf."""
        rows = Posting.objects.filter(word_id__in=word_ids, document__kind=self.kind)
        return rows.filter(document__is_public=True) if self.public_only else rows

    def words(self) -> QuerySet[Word]:
        """Return the words of the municipality, also those that stand elsewhere."""
        return Word.objects.filter(municipality_id=self.municipality_id)

    def pieces(self, letters: frozenset[str]) -> QuerySet[Piece]:
        """Return where pieces stand in words."""
        return Piece.objects.filter(
            municipality_id=self.municipality_id, letters__in=sorted(letters)
        )
