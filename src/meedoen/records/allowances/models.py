"""What people got as volunteers, so that it is known in time whether it counts as means."""

import uuid
from typing import Self

from django.db import models

from meedoen.records.allowances.limits import LONGEST_PAYER, LONGEST_REASON
from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import of_visible_people


class AllowancePaymentQuerySet(ScopedQuerySet["AllowancePayment"]):
    """What people got as volunteers."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return what is about people whose file the viewer may open."""
        return self.filter(of_visible_people(viewer))

    def current(self) -> Self:
        """Return the payments as they are known now."""
        return self.filter(replaced_by__isnull=True, withdrawn=False)


class AllowancePayment(models.Model):
    """Somebody got an allowance as a volunteer on a day; only added to.

    Money is in whole cents. A row that `replaces` another says it better, or with `withdrawn`
    that it was not paid.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paid_on = models.DateField()
    cents = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """For how many hours; None when nobody wrote them down."""
    paid_by = models.CharField(max_length=LONGEST_PAYER)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdrawn = models.BooleanField(default=False)
    correction_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = AllowancePaymentQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="paid_on cents hours paid_by withdrawn correction_reason recorded_at recorded_by",
        technical="id municipality pseudonym key replaces",
    )

    class Meta:
        indexes = [models.Index(fields=["pseudonym", "paid_on"])]

    def __str__(self) -> str:
        return f"{self.cents} {self.paid_on:%Y-%m-%d}"
