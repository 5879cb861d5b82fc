"""The demo town's own indicators: one it made, and one it copied and changed later on."""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from meedoen.demo import own_indicator_texts as texts
from meedoen.demo.days import midnight
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.actions import put_in_force
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.shipped import shipped_texts

MADE, COPIED = "spoken_half_year", "helping_out"
COPIED_FROM = "volunteers"


def write_own_indicators(writer: Viewer) -> None:
    """Put both in force: what was copied a year ago counts otherwise since this year began."""
    year = clock.today().year
    with clock.at(midnight(date(year - 1, 2, 3))):
        copied = put_in_force(writer, code=COPIED, text=_copied(year), seen=None)
    with clock.at(midnight(date(year, 1, 2))):
        put_in_force(writer, code=COPIED, text=_changed(year), seen=copied)
        put_in_force(writer, code=MADE, text=_made(), seen=None)


def _made() -> str:
    return files("meedoen").joinpath("catalogue", "demo", f"{MADE}.toml").read_text("utf-8")


def _copied(year: int) -> str:
    """Return the text of the package under another code and name, as a copy begins.

    Its example is about the year before `year`, so that the version it shows stays the first.
    """
    text = shipped_texts()[COPIED_FROM].replace(f'code = "{COPIED_FROM}"', f'code = "{COPIED}"')
    text = text.replace("2026", str(year)).replace("2025", str(year - 1))
    return _with_own_words(text, texts.COPIED_WORDS)


def _changed(year: int) -> str:
    """Return that text with a version that counts more people from this year on.

    The first way of counting keeps the words that it had.
    """
    copied, version = _copied(year), texts.NEW_VERSION.format(year=year)
    then = read_definition(f"{COPIED}.toml", copied).definition
    kept = texts.FIRST_VERSION + texts.OLD_WORDS.format(nl=then.nl, en=then.en)
    changed = _with_own_words(copied, texts.CHANGED_WORDS) + version
    return changed.replace(texts.FIRST_VERSION, kept, 1)


def _with_own_words(text: str, words: Sequence[tuple[str, str]]) -> str:
    for before, own in words:
        text = text.replace(before, own)
    return text
