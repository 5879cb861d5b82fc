"""Saying anew what the rows about one organisation mean, once somebody said which one it is."""

from meedoen.records.directory_imports.facts import Asked, judge_all, setting_of
from meedoen.records.directory_imports.models import DirectoryFile, DirectoryRowQuerySet
from meedoen.records.directory_imports.registry import Registry
from meedoen.records.directory_imports.stored import (
    read_texts,
    stored_differences,
    stored_faults,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.directory_file.groups import Groups
from meedoen.rules.directory_file.words import RowDecision

MOST_ROWS = 500
"""With more rows it is only told when they are taken over: nobody waits that long for a page."""


def judge_again(viewer: Viewer, file: DirectoryFile, of_organisation: DirectoryRowQuerySet) -> None:
    """Keep what the rows of one organisation would change, for who looks before taking over."""
    rows = list(of_organisation.order_by("line")[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        return
    setting = setting_of(file, viewer)
    registry, groups = Registry(file.municipality_id), Groups()
    asked = [
        Asked(
            line=row.line,
            parsed=setting.parse(read_texts(row.values)),
            decision=RowDecision(row.decision) if row.decision else None,
            like_id=row.looks_like_id,
        )
        for row in rows
    ]
    for one in asked:
        groups.tell(one.line, one.parsed)
    groups.close()
    registry.refresh()
    judged = judge_all(setting, registry, groups, asked)
    for row, now in zip(rows, judged, strict=True):
        row.differences = stored_differences(now, now.judgement)
        row.problems = stored_faults(now.judgement.faults) or row.problems
    of_organisation.bulk_update(rows, ["differences", "problems"], batch_size=100)
