"""How far places are, worked out by the database."""

from django.db.models import Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from meedoen.rules.distance import Position, flat_scale


def squared_km(start: Position) -> Combinable:
    """Return an expression for the square of the kilometres to a place; null if unknown.

    Only differences and products of floating numbers, which every database does alike.
    """
    scale = flat_scale(start)
    latitude = Coalesce("location__latitude", "district__latitude")
    longitude = Coalesce("location__longitude", "district__longitude")
    north = (latitude - Value(start.latitude)) * Value(scale.north)
    east = (longitude - Value(start.longitude)) * Value(scale.east)
    return north * north + east * east
