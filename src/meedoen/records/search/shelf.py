"""The part of the search index that one question looks through."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from meedoen.records.organisations.packed import Packed, unpacked
from meedoen.records.search.models import Piece, Posting, Word
from meedoen.rules.search.scores import Scores
from meedoen.rules.vocabulary import SearchKind

Fits = Mapping[int, int]
"""How well words fit, in hundredths, by the number of the word."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents that are looked through."""

    municipality_id: int
    kind: SearchKind
    public_only: bool

    def scores(self, fits: Fits) -> Scores:
        """Return how well every subject does that holds one of the words; the best word counts."""
        rows = self._postings().filter(word_id__in=list(fits)).values("word_id", "weight")
        groups = rows.annotate(subjects=Packed("subject_id"))
        return Scores.of(
            (fits[word_id] * weight, unpacked(subjects))
            for word_id, weight, subjects in groups.values_list("word_id", "weight", "subjects")
        )

    def words(self) -> QuerySet[Word]:
        """Return the words of the municipality, also those that stand elsewhere."""
        return Word.objects.filter(municipality_id=self.municipality_id)

    def words_here(self) -> QuerySet[Word]:
        """Return the words that stand in a document of this shelf."""
        return self.words().filter(Exists(self._postings().filter(word_id=OuterRef("pk"))))

    def pieces(self, letters: frozenset[str]) -> QuerySet[Piece]:
        """Return where pieces stand in words."""
        return Piece.objects.filter(
            municipality_id=self.municipality_id, letters__in=sorted(letters)
        )

    def _postings(self) -> QuerySet[Posting]:
        rows = Posting.objects.filter(kind=self.kind)
        return rows.filter(is_public=True) if self.public_only else rows
