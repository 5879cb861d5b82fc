"""The days on which somebody may work in sheltered work, kept where placements can ask for them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from meedoen.records.history.models import STILL_OPEN, Pseudonym
from meedoen.records.organisations.models import Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people
from meedoen.rules.sheltered.standing import SHELTERED_KINDS


class ShelteredStretchQuerySet(ScopedQuerySet["ShelteredStretch"]):
    """How people stand in sheltered work."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return that of people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))


class ShelteredStretch(models.Model):
    """Somebody may work in a kind of sheltered work during a stretch, and may have a job in it.

    It says again what follows from the tracks and the old jobs, as they are known now, and is
    written by nobody but them: see `records.sheltered.telling`. `ends_on` is the first day after
    it.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    kind = models.CharField(
        max_length=30, choices=[(kind.value, kind.value) for kind in sorted(SHELTERED_KINDS)]
    )
    is_employed = models.BooleanField()
    starts_on = models.DateField()
    ends_on = models.DateField(default=STILL_OPEN)

    objects = ShelteredStretchQuerySet.as_manager()

    privacy = classify(
        personal="kind is_employed starts_on ends_on", technical="id municipality pseudonym"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sheltered_stretch_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on:%Y-%m-%d}"
