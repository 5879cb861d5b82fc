"""Municipalities whose name and districts come with the package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class KnownMunicipality:
    """A municipality with its districts, code to name, as Kadaster and CBS name them."""

    code: str
    name: str
    districts: Mapping[str, str]


def known_municipality(code: str) -> KnownMunicipality | None:
    """Return what the package knows of the municipality with this CBS code; None when nothing."""
    file = files("meedoen").joinpath("catalogue", "municipalities", f"{code}.toml")
    if not file.is_file():
        return None
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return KnownMunicipality(code=code, name=table["name"], districts=table["districts"])
