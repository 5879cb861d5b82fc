"""Files with organisations and places, and by which numbers other sources know those."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.records.organisations.models import Membership, Municipality, Organisation
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.encryption import EncryptedField
from meedoen.records.places.models import Place
from meedoen.rules.directory_file.words import FileForm, RowDecision, RowVerdict
from meedoen.rules.files.words import FileState


class DirectoryColumns(models.Model):
    """What was said of a file with these headings, remembered for the next one."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    headings = models.CharField(max_length=64)
    """Digest of the headings, in order."""
    mapping = models.JSONField()
    source = models.CharField(max_length=100)
    defaults = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    privacy = classify(
        plain="mapping source defaults", technical="id municipality headings changed_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "headings"], name="directory_columns_once_per_headings"
            )
        ]

    def __str__(self) -> str:
        return self.headings[:8]


class DirectoryFileQuerySet(ScopedQuerySet["DirectoryFile"]):
    """Files with organisations and places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the own files for who may import, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        return self.filter(uploaded_by_id=viewer.membership_id, uploaded_by__isnull=False)


class DirectoryFile(models.Model):
    """A file as it was sent, kept encrypted until it is done with: names and numbers are in it.

    `source` says whose list it is: numbers mean something at their source only. `defaults` holds
    what new organisations and places get where the file does not say it. `done` of `total` rows
    were dealt with in the present state; `counts` holds the number of rows per verdict.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    form = models.CharField(max_length=10, choices=[(word.value, word.value) for word in FileForm])
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT)
    uploaded_at = models.DateTimeField()
    state = models.CharField(
        max_length=20, choices=[(state.value, state.value) for state in FileState]
    )
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    source = models.CharField(max_length=100, blank=True)
    defaults = models.JSONField(default=dict)
    is_part = models.BooleanField(default=False)
    """Whether the file itself says that there is more at its source."""
    is_complete = models.BooleanField(default=False)
    """Whether it holds all that the source has, so that what is missing is told."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)

    objects = DirectoryFileQuerySet.as_manager()

    privacy = classify(
        personal="content name uploaded_by",
        plain="form headings mapping source defaults is_part is_complete counts refusal",
        technical="id municipality key digest uploaded_at state done total finished_at",
    )

    class Meta:
        indexes = [models.Index(fields=["municipality", "state"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class DirectoryRowQuerySet(ScopedQuerySet["DirectoryRow"]):
    """Rows of files with organisations and places."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the viewer's own files, all for Meedoen itself."""
        if viewer.role == Role.SYSTEM:
            return self
        return self.filter(
            file__uploaded_by_id=viewer.membership_id, file__uploaded_by__isnull=False
        )


class DirectoryRow(models.Model):
    """One row, or a place that is missing from the file (`line` 0), with what it means.

    `values` is what the row says, encrypted, emptied when the file is done with. `problems` and
    `differences` are codes with facts, turned into sentences by the page. `group` is the same in
    all rows about one organisation: what somebody decides about one holds for all.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    file = models.ForeignKey(DirectoryFile, on_delete=models.CASCADE, db_index=False)
    line = models.PositiveIntegerField()
    group = models.CharField(max_length=220, blank=True)
    verdict = models.CharField(
        max_length=20, choices=[(verdict.value, verdict.value) for verdict in RowVerdict]
    )
    values = EncryptedField(blank=True)
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    looks_like = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(
        max_length=10,
        blank=True,
        choices=[(decision.value, decision.value) for decision in RowDecision],
    )
    applied_at = models.DateTimeField(null=True)

    objects = DirectoryRowQuerySet.as_manager()

    privacy = classify(
        personal="values",
        plain="group verdict problems differences organisation place looks_like decision",
        technical="id municipality file line applied_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "line"],
                condition=Q(line__gt=0),
                name="directory_row_once_per_line",
            ),
            models.UniqueConstraint(
                fields=["file", "place"],
                condition=Q(line=0),
                name="directory_row_once_per_missing_place",
            ),
        ]
        indexes = [
            models.Index(fields=["file", "verdict", "line"]),
            models.Index(fields=["file", "group"]),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.verdict}"


class SourceId(models.Model):
    """By which text a source knows an organisation or a place here: its number, or its name.

    So that the same list, read in again, changes what it made and does not make it twice, also
    when it is called otherwise here by now.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    source = models.CharField(max_length=100)
    external_id = models.CharField(max_length=220)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    first_seen_at = models.DateTimeField()

    privacy = classify(
        plain="source external_id organisation place", technical="id municipality first_seen_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "source", "external_id"],
                condition=Q(organisation__isnull=False),
                name="source_knows_an_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "source", "external_id"],
                condition=Q(place__isnull=False),
                name="source_knows_a_place_once",
            ),
            models.CheckConstraint(
                name="source_id_of_one_thing",
                condition=Q(organisation__isnull=False, place__isnull=True)
                | Q(organisation__isnull=True, place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
