"""How a file's rows are kept: texts encrypted, faults as codes; for the work on them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from meedoen.records.directory_imports.facts import Judged
from meedoen.records.directory_imports.models import (
    DirectoryFile,
    DirectoryFileQuerySet,
    DirectoryRow,
    DirectoryRowQuerySet,
)
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.directory_file.judge import Defaults, Judgement
from meedoen.rules.directory_file.words import Field, RowFault, RowProblem

LONGEST_SHOWN = 200


def files_of(municipality_id: int) -> DirectoryFileQuerySet:
    """Return the files of a municipality, for work that Meedoen does itself."""
    system = Viewer.system(municipality_id)
    return DirectoryFile.objects.visible_to(system)


def rows_of(file: DirectoryFile) -> DirectoryRowQuerySet:
    """Return the rows of a file, for work that Meedoen does itself."""
    system = Viewer.system(file.municipality_id)
    return DirectoryRow.objects.visible_to(system).filter(file_id=file.pk)


def counts_of(file: DirectoryFile) -> dict[str, int]:
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
    """Return faults as they are kept."""
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


def stored_differences(judged: Judged, judgement: Judgement) -> list[dict[str, str]]:
    """Return which fields a row says otherwise, each with what is known of it now."""
    now = _known_texts(judged)
    return [
        {"field": name.value, "old": shortened(now.get(name, ""))} for name in judgement.differences
    ]


def shortened(text: str) -> str:
    """Return the beginning of a long text, to show beside another."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _known_texts(judged: Judged) -> dict[Field, str]:
    """Return what is known, as far as it is a text or a code; of people nothing."""
    organisation, place = judged.beside.organisation, judged.place
    texts: dict[Field, str] = {}
    if organisation:
        texts = {
            Field.ORGANISATION: organisation.name,
            Field.ORGANISATION_KIND: organisation.kind,
            Field.KVK: organisation.kvk,
            Field.ABOUT: organisation.about,
            Field.WEBSITE: organisation.website,
        }
    if place:
        texts |= {
            Field.TITLE: place.title,
            Field.KIND: place.kind,
            Field.DESCRIPTION: place.description,
            Field.CAPACITY: str(place.capacity),
        }
    return texts


def stored_defaults(defaults: Defaults) -> dict[str, Any]:
    """Return defaults as they are kept with a file."""
    return {
        "organisation_kind": defaults.organisation_kind,
        "kind": defaults.kind,
        "capacity": defaults.capacity,
        "half_days": defaults.half_days,
    }
