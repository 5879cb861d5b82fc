"""A published page as JSON-stat 2.0 (https://json-stat.org/format/): a cube with a status."""

from collections.abc import Mapping
from typing import Any

from meedoen.rules.open_data.dataset import KINDS, Dataset, Observation, legend

WHOLE = "alles"
NO_PERIOD = "zonder jaar"
ORGANISATION = "organisatie"


def json_stat(dataset: Dataset, *, source: str) -> Mapping[str, Any]:
    """Return the page as a cube of indicator, kind, period and place.

    A cell without a number has `null` as its value and in `status` what stands there instead. A
    page rarely fills the whole cube, so values and statuses go by place in it. Two cells of one
    kind and period in a row, which a printed page may have, are kinds of their own.
    """
    cells = _placed(dataset)
    axes = [dict.fromkeys(cell[axis] for cell in cells) for axis in range(4)]
    sizes = [len(axis) for axis in axes]
    at = [{key: place for place, key in enumerate(axis)} for axis in axes]
    value: dict[str, float | int | None] = {}
    status: dict[str, str] = {}
    for cell, one in cells.items():
        index = 0
        for axis, key in enumerate(cell):
            index = index * sizes[axis] + at[axis][key]
        number = one.value
        value[str(index)] = None if number is None else _plain(number)
        if number is None:
            status[str(index)] = one.status
    return {
        "version": "2.0",
        "class": "dataset",
        "label": dataset.title,
        "source": source,
        "updated": dataset.published_at.isoformat(),
        "note": [f"{sign}: {words}" for sign, words in legend(dataset).items()],
        "id": ["indicator", "soort", "periode", "plaats"],
        "size": sizes,
        "role": {"time": ["periode"], "geo": ["plaats"], "metric": ["indicator"]},
        "dimension": {
            "indicator": _dimension("Indicator", axes[0], _names(dataset), _units(dataset)),
            "soort": _dimension("Soort cijfer", axes[1], {key: _kind(key) for key in axes[1]}),
            "periode": _dimension("Jaar of peildatum", axes[2], {key: key for key in axes[2]}),
            "plaats": _dimension(
                "Wijk, soort plek of organisatie", axes[3], {key: key for key in axes[3]}
            ),
        },
        "value": value,
        "status": status,
        "extension": {"drempel": dataset.threshold, "afronding": dataset.rounding},
    }


Place = tuple[str, str, str, str]


def _placed(dataset: Dataset) -> dict[Place, Observation]:
    """Give every observation its place in the cube."""
    cells: dict[Place, Observation] = {}
    for one in dataset.observations:
        row = _row(one)
        period, where = one.period or NO_PERIOD, _where(one)
        kind, time = one.kind, 1
        while (row, kind, period, where) in cells:
            time += 1
            kind = f"{one.kind} {time}"
        cells[row, kind, period, where] = one
    return cells


def _where(one: Observation) -> str:
    """Return of which place it is; an organisation may be called as a district is."""
    if one.organisation:
        return f"{ORGANISATION} {one.organisation}"
    return one.district or one.place_kind or WHOLE


def _row(one: Observation) -> str:
    return f"r{one.row + 1}"


def _names(dataset: Dataset) -> dict[str, str]:
    return {_row(one): one.name for one in dataset.observations}


def _units(dataset: Dataset) -> dict[str, str]:
    return {_row(one): one.unit for one in dataset.observations if one.unit}


def _kind(key: str) -> str:
    """Return what a kind is called; the second of a kind has its number behind it."""
    if key in KINDS:
        return KINDS[key]
    word, _space, time = key.rpartition(" ")
    return f"{KINDS.get(word, word)} {time}"


def _dimension(
    label: str,
    keys: Mapping[str, None],
    labels: Mapping[str, str],
    units: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    category: dict[str, Any] = {
        "index": list(keys),
        "label": {key: labels[key] for key in keys},
    }
    if units:
        category["unit"] = {key: {"label": unit} for key, unit in units.items()}
    return {"label": label, "category": category}


def _plain(number: Any) -> int | float:
    return int(number) if number == int(number) else float(number)
