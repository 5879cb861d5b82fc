"""Places that ask coaches whether they know somebody, and about whom those coaches hear."""

from typing import Self

from django.db import models

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.records.places.models import Place


class PlaceQuestion(models.Model):
    """Whether somebody is known for a place, asked until a day; only added to."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    until = models.DateField()
    """First day on which it is asked no more."""

    append_only = True
    privacy = classify(plain="place until", technical="id municipality asked_at asked_by")

    class Meta:
        indexes = [models.Index(fields=["municipality", "until"])]

    def __str__(self) -> str:
        return f"{self.place_id} until {self.until:%Y-%m-%d}"


class AskedPersonQuerySet(ScopedQuerySet["AskedPerson"]):
    """People whom a place would suit that asks."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those whose file the viewer may open: their coaches, and never the place."""
        return self.filter(of_visible_people(viewer))


class AskedPerson(models.Model):
    """Somebody whose coach hears that a place asks; only added to, and never told to the place."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    question = models.ForeignKey(PlaceQuestion, on_delete=models.PROTECT)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)

    objects = AskedPersonQuerySet.as_manager()

    append_only = True
    privacy = classify(personal="question", technical="id municipality pseudonym")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "pseudonym"], name="asked_person_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.pseudonym_id}"
