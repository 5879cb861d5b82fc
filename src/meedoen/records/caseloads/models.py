"""Files with a municipality's caseload: what they say, what is wrong, what was taken over."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.organisations.models import Membership, Municipality
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.encryption import EncryptedField
from meedoen.rules.caseload.words import RowDecision, RowVerdict
from meedoen.rules.files.words import FileState


class ColumnMapping(models.Model):
    """Which column holds what, remembered for the next file with the same headings."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    headings = models.CharField(max_length=64)
    """Digest of the headings, in order."""
    mapping = models.JSONField()
    changed_at = models.DateTimeField()

    privacy = classify(plain="mapping", technical="id municipality headings changed_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "headings"], name="column_mapping_once_per_headings"
            )
        ]

    def __str__(self) -> str:
        return self.headings[:8]


class CaseloadFileQuerySet(ScopedQuerySet["CaseloadFile"]):
    """Files with a caseload."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the own files for who may import, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        return self.filter(uploaded_by_id=viewer.membership_id, uploaded_by__isnull=False)


class CaseloadFile(models.Model):
    """A file as it was sent, kept encrypted until it is done with.

    `done` of `total` rows were dealt with in the present state; `counts` holds the number of
    rows per verdict.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=[(state.value, state.value) for state in FileState]
    )
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    """Whether it holds everybody on a benefit of the team, so that who is missing has left."""
    reference_date = models.DateField(null=True)
    default_coach = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    objects = CaseloadFileQuerySet.as_manager()

    privacy = classify(
        personal="content name uploaded_by counts",
        plain="headings mapping is_complete reference_date refusal",
        technical="id municipality key digest uploaded_at state default_coach done total "
        "finished_at",
    )

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class CaseloadRowQuerySet(ScopedQuerySet["CaseloadRow"]):
    """Rows of files with a caseload."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the viewer's own files, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        return self.filter(
            file__uploaded_by_id=viewer.membership_id, file__uploaded_by__isnull=False
        )


class CaseloadRow(models.Model):
    """One row, or somebody who is missing from the file (`line` 0), with what it means.

    `values` is what the row says, encrypted, emptied when the file is done with. `problems`
    and `differences` are codes with facts, turned into sentences by the page.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    file = models.ForeignKey(CaseloadFile, on_delete=models.CASCADE)
    line = models.PositiveIntegerField()
    verdict = models.CharField(
        max_length=20, choices=[(verdict.value, verdict.value) for verdict in RowVerdict]
    )
    values = EncryptedField(blank=True)
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    pseudonym = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT)
    looks_like = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(
        max_length=10,
        blank=True,
        choices=[(decision.value, decision.value) for decision in RowDecision],
    )
    applied_at = models.DateTimeField(null=True)

    objects = CaseloadRowQuerySet.as_manager()

    privacy = classify(
        personal="values problems differences looks_like decision verdict",
        technical="id municipality file line pseudonym applied_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "line"],
                condition=Q(line__gt=0),
                name="caseload_row_once_per_line",
            ),
            models.UniqueConstraint(
                fields=["file", "pseudonym"],
                condition=Q(line=0),
                name="caseload_row_once_per_leaver",
            ),
        ]
        indexes = [models.Index(fields=["file", "verdict", "line"])]

    def __str__(self) -> str:
        return f"{self.line} {self.verdict}"
