"""How a file's rows are kept: texts encrypted, faults as codes; for the work on them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from meedoen.records.caseloads.models import (
    CaseloadFile,
    CaseloadFileQuerySet,
    CaseloadRow,
    CaseloadRowQuerySet,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.caseload.words import Field, RowFault, RowProblem


def files_of(municipality_id: int) -> CaseloadFileQuerySet:
    """Return the files of a municipality, for work that Meedoen does itself."""
    system = Viewer.system(municipality_id)
    return CaseloadFile.objects.visible_to(system)


def rows_of(file: CaseloadFile) -> CaseloadRowQuerySet:
    """Return the rows of a file, for work that Meedoen does itself."""
    system = Viewer.system(file.municipality_id)
    return CaseloadRow.objects.visible_to(system).filter(file_id=file.pk)


def counts_of(file: CaseloadFile) -> dict[str, int]:
    """Return how many rows there are per verdict."""
    counted = rows_of(file).order_by().values("verdict").annotate(number=Count("pk"))
    return {row["verdict"]: row["number"] for row in counted}


def write_texts(texts: Mapping[Field, str]) -> str:
    """Return the texts of a row as it is kept (and then encrypted)."""
    return json.dumps({name.value: text for name, text in texts.items()}, ensure_ascii=False)


def read_texts(values: str) -> dict[Field, str]:
    """Return the texts of a row; empty once the file is done with."""
    return {Field(name): text for name, text in json.loads(values or "{}").items()}


def stored_faults(faults: Sequence[RowFault]) -> list[dict[str, Any]]:
    """Return faults as they are kept; none holds anything that stands in the row."""
    return [
        {
            "problem": fault.problem.value,
            "field": fault.field.value if fault.field else "",
            "facts": dict(fault.facts),
        }
        for fault in faults
    ]


def read_faults(stored: Sequence[Mapping[str, Any]]) -> list[RowFault]:
    """Return faults as they were kept."""
    return [
        RowFault(
            RowProblem(one["problem"]), Field(one["field"]) if one["field"] else None, one["facts"]
        )
        for one in stored
    ]
