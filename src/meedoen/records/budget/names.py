"""Which printed name on a budget page is which indicator of the catalogue."""

import tomllib
from functools import cache
from importlib.resources import files


def indicator_named(printed: str) -> str:
    """Return the code of the indicator that is printed so; empty when no name fits."""
    return _names().get(_plain(printed), "")


@cache
def _names() -> dict[str, str]:
    text = files("meedoen").joinpath("catalogue", "budget_names.toml").read_text(encoding="utf-8")
    return {
        _plain(name): code for code, names in tomllib.loads(text)["names"].items() for name in names
    }


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
