"""The indicators that come with the package."""

from functools import cache
from importlib.resources import files

from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.reader import read_catalogue


@cache
def catalogue() -> Catalogue:
    """Return the indicators of `catalogue/indicators`; raises DefinitionError for a mistake."""
    folder = files("meedoen").joinpath("catalogue", "indicators")
    return read_catalogue(
        {
            entry.name: entry.read_text(encoding="utf-8")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        }
    )
