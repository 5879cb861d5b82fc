"""When work in the night was started, so that it is started once."""

from django.db import models

from meedoen.records.organisations.privacy import classify


class Slot(models.Model):
    """A piece of periodic work was put in the queue for one moment.

    The constraint lets any number of workers watch the clock: only one of them puts it in.
    """

    name = models.CharField(max_length=100)
    moment = models.DateTimeField()

    privacy = classify(technical="id name moment")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "moment"], name="slot_once_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.moment:%Y-%m-%d %H:%M}"
