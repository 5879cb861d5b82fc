"""Files that say where areas are: the middle of districts and of postcode areas.

GeoJSON in degrees (WGS 84), such as the districts of the CBS that cartomap keeps, or CSV with a
position for each postcode of four digits. What belongs to neither is left out.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meedoen.rules.distance import Position

DISTRICT = re.compile(r"WK[0-9A-Z]{6}")
POSTCODE = re.compile(r"[1-9][0-9]{3}")
CODE_PROPERTIES = ("statcode", "postcode", "pc4_code", "pc4", "postcode4")
"""Where the code of an area stands in GeoJSON: those of the CBS, and those for postcodes."""
COLUMNS = {
    "postcode": ("postcode", "pc4"),
    "latitude": ("latitude", "lat", "breedtegraad"),
    "longitude": ("longitude", "lon", "lengtegraad"),
}
"""What the columns of CSV may be called."""


@dataclass(frozen=True, slots=True)
class Area:
    """A district (its CBS code) or a postcode area (four digits), and where its middle is."""

    code: str
    middle: Position

    @property
    def is_district(self) -> bool:
        """Return whether it is a district; else it is a postcode area."""
        return not POSTCODE.fullmatch(self.code)


class AreasError(ValueError):
    """The file cannot be used; each line of the message says where, what is wrong, what to do."""


def read_areas(text: str) -> tuple[Area, ...]:
    """Return the areas that a file holds, by code. Raises AreasError with all that is wrong."""
    faults: list[str] = []
    found: dict[str, Area] = {}
    read = _from_geojson if text.lstrip().startswith(("{", "[")) else _from_csv
    for where, area in read(text, faults):
        if not area.middle.in_the_netherlands:
            faults.append(
                f"{where}: {area.middle.latitude:g}, {area.middle.longitude:g} is not in the "
                "Netherlands. Give degrees (WGS 84), not metres (RD), latitude and longitude "
                "the right way round."
            )
        elif found.setdefault(area.code, area) != area:
            faults.append(f"{where}: {area.code} stands there twice; leave one.")
    if faults:
        raise AreasError("\n".join(faults))
    if not found:
        raise AreasError(
            "There are no districts (statcode WK…) and no postcodes of four digits in this file."
        )
    return tuple(found[code] for code in sorted(found))


# --- CSV -----------------------------------------------------------------------------------------


def _from_csv(text: str, faults: list[str]) -> Iterator[tuple[str, Area]]:
    heading = next(iter(text.splitlines()), "")
    delimiter = max(";\t,", key=heading.count)
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    try:
        columns = _columns(next(rows, []))
        for row in rows:
            if any(cell.strip() for cell in row):
                yield from _row(f"line {rows.line_num}", row, columns, faults)
    except csv.Error as error:
        raise AreasError(f"line {rows.line_num}: this is no CSV ({error}).") from error


def _columns(headings: Sequence[str]) -> Mapping[str, int]:
    names = [heading.strip().lower() for heading in headings]
    columns = {
        column: names.index(name)
        for column, possible in COLUMNS.items()
        for name in possible
        if name in names
    }
    if missing := [column for column in COLUMNS if column not in columns]:
        raise AreasError(
            f"The first line lacks {', '.join(missing)}: give CSV with the columns "
            "postcode;latitude;longitude, or GeoJSON."
        )
    return columns


def _row(
    where: str, row: Sequence[str], columns: Mapping[str, int], faults: list[str]
) -> Iterator[tuple[str, Area]]:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    if not POSTCODE.fullmatch(cells["postcode"]):
        faults.append(f"{where}: {cells['postcode'][:20]!r} is no postcode of four digits.")
        return
    try:
        middle = Position(_degrees(cells["latitude"]), _degrees(cells["longitude"]))
    except ValueError:
        faults.append(f"{where}: latitude and longitude have to be degrees, such as 53,2194.")
        return
    yield where, Area(cells["postcode"], middle)


def _degrees(text: str) -> float:
    return float(text.replace(",", "."))


# --- GeoJSON -------------------------------------------------------------------------------------


def _from_geojson(text: str, faults: list[str]) -> Iterator[tuple[str, Area]]:
    try:
        features = json.loads(text)["features"]
        numbered = list(enumerate(features, start=1))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AreasError(
            "This is no GeoJSON with features; download it again, and do not change it."
        ) from error
    for number, feature in numbered:
        code = _code(feature)
        if code is None:
            continue
        where = f"feature {number} ({code})"
        try:
            middle = _middle(feature["geometry"])
        except (ValueError, KeyError, TypeError, IndexError):
            faults.append(f"{where}: its geometry is no point and no (multi)polygon in degrees.")
        else:
            yield where, Area(code, middle)


def _code(feature: Any) -> str | None:
    """Return the code of a district or postcode area, or None for anything else."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None
    for name in CODE_PROPERTIES:
        value = str(properties.get(name, "")).strip()
        if DISTRICT.fullmatch(value) or POSTCODE.fullmatch(value):
            return value
    return None


def _middle(geometry: Mapping[str, Any]) -> Position:
    """Return the centre of gravity; of several parts each by its surface, holes taken off."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return Position(float(coordinates[1]), float(coordinates[0]))
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
    parts = [
        _weighed(ring, -1 if number else 1)
        for rings in polygons
        for number, ring in enumerate(rings)
    ]
    surface = sum(size for size, _x, _y in parts)
    if surface <= 0:
        raise ValueError("no surface")
    return Position(
        sum(size * y for size, _x, y in parts) / surface,
        sum(size * x for size, x, _y in parts) / surface,
    )


def _weighed(ring: Sequence[Sequence[float]], sign: int) -> tuple[float, float, float]:
    """Return the surface of a ring, in square degrees, with its centre (east, north)."""
    # Counted from its first corner: far from zero, small surfaces would be lost in rounding.
    from_x, from_y = float(ring[0][0]), float(ring[0][1])
    corners = [(float(one[0]) - from_x, float(one[1]) - from_y) for one in ring]
    double = x_sum = y_sum = 0.0
    for (x, y), (next_x, next_y) in zip(corners, [*corners[1:], corners[0]], strict=True):
        cross = x * next_y - next_x * y
        double += cross
        x_sum += (x + next_x) * cross
        y_sum += (y + next_y) * cross
    if not double:
        return 0.0, from_x, from_y
    return (
        sign * abs(double) / 2,
        from_x + x_sum / (3 * double),
        from_y + y_sum / (3 * double),
    )
