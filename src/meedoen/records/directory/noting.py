"""Noting what was changed of an organisation, a contact or a location, in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from meedoen.records.directory.models import DirectoryChange
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.vocabulary import SubjectKind

OF_A_PERSON = frozenset({"name", "email", "phone"})
"""The fields of a contact of which only is noted that they differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The values of the fields of one subject, before and after."""

    organisation_id: int
    subject: SubjectKind
    subject_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def note_all(viewer: Viewer, changes: Sequence[Noted]) -> None:
    """Note what differs in each of these; what stayed the same leaves no trace."""
    now = clock.now()
    rows = []
    for change in changes:
        before, after = _differences(change)
        if before or after:
            rows.append(
                DirectoryChange(
                    municipality_id=viewer.municipality_id,
                    organisation_id=change.organisation_id,
                    subject=change.subject,
                    subject_id=change.subject_id,
                    before=before,
                    after=after,
                    changed_at=now,
                    changed_by_id=viewer.membership_id,
                )
            )
    DirectoryChange.objects.bulk_create(rows, batch_size=500)


def demand_unchanged(viewer: Viewer, *, subject: SubjectKind, seen: Mapping[int, int]) -> None:
    """Raise ActionRefusedError when one of the subjects changed after what was seen of it.

    `seen` holds the number of the newest change that was shown, by subject.
    """
    rows = DirectoryChange.objects.filter(municipality_id=viewer.municipality_id, subject=subject)
    newest: dict[int, int] = {}
    for group in in_groups(sorted(seen)):
        in_order = rows.filter(subject_id__in=group).order_by("pk")
        newest |= dict(in_order.values_list("subject_id", "pk"))
    if any(newest.get(subject_id, 0) != number for subject_id, number in seen.items()):
        raise ActionRefusedError(
            _("Iemand anders heeft dit net gewijzigd. Kijk wat er staat, en pas dat aan.")
        )


def _differences(change: Noted) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = change.before, change.after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    hidden = OF_A_PERSON if change.subject is SubjectKind.CONTACT else frozenset()
    return (
        {
            name: True if name in hidden else _plain(before[name])
            for name in names
            if name in before
        },
        {name: True if name in hidden else _plain(after[name]) for name in names if name in after},
    )


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return value
