"""Documents of the budget cycle: texts that grow, figures that stay, and who adopted them."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from meedoen.records.budget.models import Goal
from meedoen.records.figures.models import Figure
from meedoen.records.organisations.models import District, Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.rules.documents.words import (
    Colour,
    DocumentKind,
    DocumentMove,
    DocumentState,
    LightSubject,
    Question,
    QuotedKind,
)
from meedoen.rules.vocabulary import PlaceKind


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Document(models.Model):
    """A budget, interim report or annual account; `state` is that of its newest step.

    `number` tells the interim reports of one year apart, and is 0 for the others. Figures in it
    are those of `reference_date`. `revision` rises with every step, so that of two who press at
    once one is told.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="budget_documents"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=_choices(DocumentKind))
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    reference_date = models.DateField()
    state = models.CharField(
        max_length=20, choices=_choices(DocumentState), default=DocumentState.DRAFT.value
    )
    revision = models.PositiveIntegerField(default=0)

    privacy = classify(
        plain="kind year number title reference_date state",
        technical="id municipality key revision",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "year", "number"],
                condition=~Q(state=DocumentState.DROPPED.value),
                name="document_once_per_moment",
            ),
            models.CheckConstraint(
                name="document_number_only_of_interim_reports",
                condition=Q(kind=DocumentKind.INTERIM.value, number__gte=1)
                | (~Q(kind=DocumentKind.INTERIM.value) & Q(number=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentStep(models.Model):
    """A step of a document; who offers it is not who adopts it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=20, choices=_choices(DocumentMove))
    note = models.TextField(blank=True)
    known_at = models.DateTimeField(null=True)
    """Only when adopted: up to which moment what was recorded counts in its figures."""
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by", plain="move note known_at at", technical="id municipality document"
    )

    def __str__(self) -> str:
        return self.move


class Chapter(models.Model):
    """The part of a document about one goal; taken out while it is a draft, and no later."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="chapters")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    privacy = classify(plain="position", technical="id municipality document goal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "goal"], name="chapter_once_per_goal")
        ]

    def __str__(self) -> str:
        return str(self.position)


class ChapterText(models.Model):
    """The text of one question of a chapter; a later one takes its place and the old one stays.

    Figures in it are quoted by reference, see `rules.documents.quotes`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="texts")
    question = models.CharField(max_length=10, choices=_choices(Question))
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(personal="by", plain="question text at", technical="id municipality chapter")

    def __str__(self) -> str:
        return self.question


class Light(models.Model):
    """A traffic light of a chapter; orange and red say why, what it means and what is done."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="lights")
    subject = models.CharField(max_length=10, choices=_choices(LightSubject))
    colour = models.CharField(max_length=10, choices=_choices(Colour))
    cause = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    steering = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by",
        plain="subject colour cause consequence steering at",
        technical="id municipality chapter",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="light_that_is_not_green_says_why",
                condition=Q(colour=Colour.GREEN.value)
                | (~Q(cause="") & ~Q(consequence="") & ~Q(steering="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.colour}"


class Comment(models.Model):
    """What a colleague says about a document or one of its chapters; an answer has `answers`.

    `settles` closes what it answers.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="comments")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, blank=True, choices=_choices(Question))
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    settles = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by",
        plain="question settles text at",
        technical="id municipality document chapter answers",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comment_settles_only_what_it_answers",
                condition=Q(settles=False) | Q(answers__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class AdoptedFigure(models.Model):
    """A figure as it stood in a document when that was adopted; it never moves again.

    `text` is what is shown: a protected number is protected here too. `figure` is the measured
    one, and is None for what was printed, aimed for or expected. `district` and `place_kind` say
    of which part it is, empty for the whole.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="adopted_figures")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="adopted_figures")
    position = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=_choices(QuotedKind))
    year = models.PositiveSmallIntegerField(null=True)
    reference_date = models.DateField(null=True)
    part = models.CharField(max_length=30, blank=True)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    place_kind = models.CharField(max_length=30, blank=True, choices=_choices(PlaceKind))
    text = models.CharField(max_length=200)
    hidden = models.BooleanField(default=False)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        plain="position indicator kind year reference_date part district place_kind text hidden",
        technical="id municipality document chapter figure",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="adopted_figure_position")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.text}"


class Rectification(models.Model):
    """A dated, reasoned correction of an adopted figure; both stay to be read."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    adopted = models.ForeignKey(
        AdoptedFigure, on_delete=models.PROTECT, related_name="rectifications"
    )
    text = models.CharField(max_length=200)
    hidden = models.BooleanField(default=False)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by", plain="text hidden reason at", technical="id municipality adopted figure"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="rectification_says_why", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return self.text


class CouncilQuestion(models.Model):
    """A question of the council about one text of a chapter of an adopted document.

    `asked_by` is a party or a committee, never the name of a resident.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="council_questions")
    question = models.CharField(max_length=10, choices=_choices(Question))
    paragraph = models.PositiveSmallIntegerField(default=0)
    asked_by = models.CharField(max_length=120)
    asked_on = models.DateField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="by",
        plain="question paragraph asked_by asked_on text at",
        technical="id municipality key chapter",
    )

    def __str__(self) -> str:
        return self.text[:40]


class CouncilAnswer(models.Model):
    """The answer to a question of the council; a later one takes its place and both stay."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    asked = models.ForeignKey(CouncilQuestion, on_delete=models.PROTECT, related_name="given")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(personal="by", plain="text at", technical="id municipality asked")

    def __str__(self) -> str:
        return self.text[:40]
