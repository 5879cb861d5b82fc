"""Indicators that a municipality made itself: every text that was kept, and which is in force."""

from django.db import models
from django.db.models import Q

from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.rules.indicators.own_checks import TextMove


class IndicatorText(models.Model):
    """The text of an own indicator as somebody kept it, after `previous`; only added to.

    The newest of all is what somebody goes on with. The newest that was put in force or stopped
    is what is counted by. As no text follows the same one twice, of two people who keep something
    at once the second is told.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=60)
    move = models.CharField(max_length=20, choices=[(word.value, word.value) for word in TextMove])
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    append_only = True
    privacy = classify(
        personal="made_by", plain="code move text made_at", technical="id municipality previous"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                condition=Q(previous__isnull=True),
                name="indicator_text_begins_once",
            )
        ]
        indexes = [
            models.Index(name="indicator_text_newest", fields=["municipality", "code", "id"])
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.move}"
