"""Which printed name on a budget page is which indicator of the catalogue."""

import tomllib
from functools import cache
from importlib.resources import files

from meedoen.rules.indicators.language import Catalogue


def indicator_named(printed: str, *, known: Catalogue | None = None) -> str:
    """Return the code of the indicator that is printed so; empty when no name fits.

    With `known`, the indicators of a municipality, one is known by its own name too: a page that
    Meedoen made prints that. A name that two of them have fits neither.
    """
    name = _plain(printed)
    if code := _names().get(name, ""):
        return code
    so_called = [one.code for one in known or () if _plain(one.name.nl) == name]
    return so_called[0] if len(so_called) == 1 else ""


@cache
def _names() -> dict[str, str]:
    text = files("meedoen").joinpath("catalogue", "budget_names.toml").read_text(encoding="utf-8")
    return {
        _plain(name): code for code, names in tomllib.loads(text)["names"].items() for name in names
    }


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
