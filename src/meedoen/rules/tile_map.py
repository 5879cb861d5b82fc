"""A map of tiles: every district one tile of the same size, about where it lies in the town.

On a real map a large district with few people hides a small one with many; tiles are equal, fit
on a phone, and need no boundaries.
"""

from collections.abc import Mapping
from math import ceil, cos, hypot, radians, sqrt

Position = tuple[float, float]
"""Latitude and longitude of the middle of a district, in degrees."""
Tile = tuple[int, int]
"""Column and row, counted from nought at the top left."""

ROOM = 1.5
"""How many tiles there are for each district, so that shapes show."""


def tiles(middles: Mapping[str, Position | None]) -> dict[str, Tile]:
    """Return a tile for each district, by its code; the order of the input plays no part.

    Without a middle for each of them they stand in rows, in order of code.
    """
    codes = sorted(middles)
    known = {code: middle for code, middle in middles.items() if middle is not None}
    if len(known) < len(codes):
        across = max(1, ceil(sqrt(len(codes))))
        return {code: (at % across, at // across) for at, code in enumerate(codes)}
    return _trimmed(_by_place(known)) if known else {}


def _by_place(known: Mapping[str, Position]) -> dict[str, Tile]:
    """Give each district the free tile nearest to where it lies, the innermost first."""
    across = max(1, ceil(sqrt(len(known) * ROOM)))
    wished = _on_grid(known, across)
    middle = (across - 1) / 2
    order = sorted(
        wished, key=lambda code: (hypot(wished[code][0] - middle, wished[code][1] - middle), code)
    )
    free = {(column, row) for column in range(across) for row in range(across)}
    found: dict[str, Tile] = {}
    for code in order:
        x, y = wished[code]
        tile = min(free, key=lambda one: (hypot(one[0] - x, one[1] - y), one[1], one[0]))
        free.remove(tile)
        found[code] = tile
    return found


def _on_grid(known: Mapping[str, Position], across: int) -> dict[str, tuple[float, float]]:
    """Stretch the middles over a grid of this many tiles each way; north is up."""
    north = max(latitude for latitude, _ in known.values())
    west = min(longitude for _, longitude in known.values())
    # A degree of longitude is shorter than one of latitude, the more so further north.
    narrow = cos(radians(north))
    spans = [
        max(north - latitude for latitude, _ in known.values()),
        max((longitude - west) * narrow for _, longitude in known.values()),
    ]
    scale = (across - 1) / (max(spans) or 1)
    return {
        code: ((longitude - west) * narrow * scale, (north - latitude) * scale)
        for code, (latitude, longitude) in known.items()
    }


def _trimmed(found: Mapping[str, Tile]) -> dict[str, Tile]:
    """Leave out empty columns and rows at the left and the top."""
    left = min(column for column, _ in found.values())
    top = min(row for _, row in found.values())
    return {code: (column - left, row - top) for code, (column, row) in found.items()}
