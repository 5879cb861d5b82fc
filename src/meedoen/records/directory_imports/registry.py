"""What there is in the directory, to find rows in: read once, and then only what was added.

A file of a hundred thousand rows would otherwise ask for the whole directory with every lot.
What is found is always read again before it is compared or changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from meedoen.records.directory.models import Location
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.rules.directory_file.matching import Register
from meedoen.rules.files.cells import plain
from meedoen.rules.vocabulary import PlaceStatus

OVERLAP = 1_000
"""How many of the last numbers are read again: who began earlier may have kept its row later."""


@dataclass(slots=True)
class Registry:
    """The directory of one municipality as far as rows are found in it."""

    municipality_id: int
    register: Register = field(default_factory=Register)
    places: dict[tuple[int, str], set[int]] = field(default_factory=dict)
    """Listed places, by organisation and plain title."""
    _last: dict[str, int] = field(default_factory=dict)

    def refresh(self) -> None:
        """Read what was added since the last time."""
        organisations = Organisation.objects.filter(pk__gt=self._since("organisation"))
        for number, name, kvk in self._all(organisations, "name", "kvk_number"):
            self.register.add_organisation(number, name, kvk)
            self._keep("organisation", number)
        locations = Location.objects.filter(pk__gt=self._since("location"), closed_on=None)
        for number, owner, code, district_id in self._all(
            locations, "organisation_id", "postal_code", "district_id"
        ):
            self.register.add_address(owner, code, district_id)
            self._keep("location", number)
        places = Place.objects.filter(pk__gt=self._since("place"), status=PlaceStatus.LISTED)
        for number, owner, title in self._all(places, "organisation_id", "title"):
            self.places.setdefault((owner, plain(title)), set()).add(number)
            self._keep("place", number)

    def _all(self, rows: "QuerySet[Any]", *names: str) -> Iterable[tuple[Any, ...]]:
        own = rows.filter(municipality_id=self.municipality_id)
        return own.order_by("pk").values_list("pk", *names).iterator(chunk_size=5_000)

    def _since(self, what: str) -> int:
        return max(0, self._last.get(what, 0) - OVERLAP)

    def _keep(self, what: str, number: int) -> None:
        self._last[what] = max(self._last.get(what, 0), number)
