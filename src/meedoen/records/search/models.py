"""The search index in plain tables, so that both databases give the same answers in one order.

A document is a bag of words with weights. Every word stands once per municipality, cut into
pieces of three letters, so that parts of compounds and words with a typing error are found in
the list of words, which is short, and not in the texts.
"""

from django.db import models

from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.rules.vocabulary import SearchKind


class Document(models.Model):
    """Something that can be found: its kind, and its number in the table of that kind.

    `is_public` says whether it may be found by anybody, on the public pages.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in SearchKind]
    )
    subject_id = models.BigIntegerField()
    is_public = models.BooleanField(default=False)

    privacy = classify(plain="kind is_public", technical="id municipality subject_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "subject_id"], name="document_once_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Word(models.Model):
    """A word that occurs in some document: folded to small letters without accents."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    text = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)

    privacy = classify(plain="text stem", technical="id municipality")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "text"], name="word_once_per_municipality"
            )
        ]
        indexes = [models.Index(fields=["municipality", "stem"])]

    def __str__(self) -> str:
        return self.text


class Piece(models.Model):
    """Three letters in a row of a word, its edges marked by a space.

    `length` is that of the whole word: what differs too much from what is asked is not read.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False)
    letters = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()

    privacy = classify(plain="letters length", technical="id municipality word")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "letters"], name="piece_once_per_word")
        ]
        indexes = [models.Index(fields=["municipality", "letters", "length", "word"])]

    def __str__(self) -> str:
        return self.letters


class Posting(models.Model):
    """A document holds a word; `weight` says how much it matters there.

    What the document is about is written here again, as it stands there: so a question reads
    postings and nothing else.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False)
    weight = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in SearchKind]
    )
    subject_id = models.BigIntegerField()
    is_public = models.BooleanField()

    privacy = classify(
        plain="weight kind is_public", technical="id municipality document word subject_id"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "document"], name="posting_once_per_word_and_document"
            )
        ]
        # All that is asked of a posting, in the order in which it is grouped, so that only the
        # index is read: where a frequent word stands is spread over the whole table.
        indexes = [
            models.Index(
                fields=["word", "kind", "weight", "subject_id", "municipality", "is_public"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.document_id}"


class Meaning(models.Model):
    """What a document means, as numbers; only kept where the extra for meanings is installed.

    `numbers` are small floating numbers one after the other; `digest` says of which text and
    which model they are.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    document = models.OneToOneField(Document, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    numbers = models.BinaryField()

    privacy = classify(plain="numbers", technical="id municipality document digest")

    def __str__(self) -> str:
        return f"meaning of {self.document_id}"
