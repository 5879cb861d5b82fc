"""The indicators that come with the package."""

from functools import cache
from importlib.resources import files

from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.reader import read_catalogue


@cache
def shipped_texts() -> dict[str, str]:
    """Return the texts of `catalogue/indicators`, by code of the indicator."""
    folder = files("meedoen").joinpath("catalogue", "indicators")
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda one: one.name)
        if entry.name.endswith(".toml")
    }


@cache
def shipped_catalogue() -> Catalogue:
    """Return the indicators of those texts. Raises DefinitionError for a mistake in them."""
    return read_catalogue({f"{code}.toml": text for code, text in shipped_texts().items()})
