"""With which year a municipality compares its network: what it chose, by its code."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

CODE = re.compile(r"GM\d{4}")
FIRST_YEAR, LAST_YEAR = 2015, 2100


class BaselineError(ValueError):
    """The file of chosen years cannot be used; the message says every mistake."""


@cache
def shipped_baselines() -> Mapping[str, int]:
    """Return the years that municipalities chose; raises BaselineError for a mistake."""
    file = files("meedoen").joinpath("catalogue", "referrals", "baseline.toml")
    return read_baselines(file.read_text(encoding="utf-8"))


def read_baselines(text: str) -> Mapping[str, int]:
    """Read the chosen years by CBS code. Raises BaselineError with every mistake."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BaselineError(f"baseline.toml: dit is geen geldig TOML: {error}") from error
    years = values.pop("years", None)
    mistakes = [f"{key}: dit woord kennen we hier niet" for key in values]
    if not isinstance(years, dict):
        raise BaselineError("\n".join([*mistakes, "years: een blok dat begint met [years]"]))
    for code, year in years.items():
        if not CODE.fullmatch(code):
            mistakes.append(f"years.{code}: geef de CBS-code van een gemeente, zoals GM0193")
        if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
            mistakes.append(f"years.{code}: geef een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}")
    if mistakes:
        raise BaselineError("\n".join(mistakes))
    return years
