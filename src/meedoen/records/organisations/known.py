"""Municipalities whose name and districts come with the package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.conf import settings


@dataclass(frozen=True, slots=True)
class KnownMunicipality:
    """A municipality with its districts, code to name, as Kadaster and CBS name them."""

    code: str
    name: str
    province: str
    districts: Mapping[str, str]


@cache
def known_municipality(code: str) -> KnownMunicipality | None:
    """Return what the package knows of the municipality with this CBS code; None when nothing."""
    file = files("meedoen").joinpath("catalogue", "municipalities", f"{code}.toml")
    if not file.is_file():
        return None
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return KnownMunicipality(
        code=code,
        name=table["name"],
        province=table["province"],
        districts=table["districts"],
    )


def province_of(code: str) -> str:
    """Return the province of a municipality, empty when neither the package nor a setting says."""
    known = known_municipality(code)
    return settings.PROVINCES.get(code) or (known.province if known else "")
