"""The indicators of a municipality: those of the package, and its own that are or were in force."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from meedoen.records.own_indicators.models import IndicatorText
from meedoen.rules.indicators.language import Catalogue, Definition
from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.own_checks import TextMove
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.shipped import shipped_catalogue

COUNTED_BY = (TextMove.PUT_IN_FORCE, TextMove.STOPPED)
"""Moves after which a text says how it is counted, or was."""
MOST_READ = 512
"""So many texts stay read in a process; each is a few kB."""
MOST_CATALOGUES = 8
"""Of so many municipalities the catalogue stays in a process."""

log = logging.getLogger(__name__)


def catalogue_of(municipality_id: int) -> Catalogue:
    """Return every indicator that is or was counted in a municipality: first of the package.

    One question, always: who has just put something in force counts by it at once, in every
    process. Ask it once for a page. What is stopped is there with the day, so that its figures of
    before keep their name: see `Definition.counts_on`.
    """
    texts = _counted_by(municipality_id)
    return _catalogue(municipality_id, texts) if texts else shipped_catalogue()


class _Counted(NamedTuple):
    """A text by which is or was counted, and since when not any more."""

    code: str
    text: str
    stopped_on: date | None


def _counted_by(municipality_id: int) -> tuple[_Counted, ...]:
    """Return the newest text of each own indicator, in one question."""
    rows = IndicatorText.objects.filter(municipality_id=municipality_id, move__in=COUNTED_BY)
    newest = rows.values("code").annotate(last=Max("pk")).values("last")
    found = rows.filter(pk__in=newest).order_by("code")
    return tuple(
        _Counted(code, text, timezone.localdate(made_at) if move == TextMove.STOPPED else None)
        for code, move, text, made_at in found.values_list("code", "move", "text", "made_at")
    )


@lru_cache(maxsize=MOST_CATALOGUES)
def _catalogue(municipality_id: int, texts: tuple[_Counted, ...]) -> Catalogue:
    """Return the same catalogue for the same texts, so that what follows from it is kept too."""
    own = _definitions(municipality_id, texts)
    return Catalogue({**shipped_catalogue().definitions, **own})


def _definitions(municipality_id: int, texts: Iterable[_Counted]) -> dict[str, Definition]:
    """Return the own indicators that are or were in force, by code, in the order of those.

    One that cannot be read any more, after the language itself changed, is left out and logged;
    the page about it says what is wrong.
    """
    found = {}
    for one in texts:
        try:
            definition = _read(one.code, one.text)
        except DefinitionError as error:
            log.error("own indicator %s of %s: %s", one.code, municipality_id, error.report("en"))
            continue
        found[one.code] = replace(definition, stopped_on=one.stopped_on)
    return found


@lru_cache(maxsize=MOST_READ)
def _read(code: str, text: str) -> Definition:
    """Read a text that was read before at once; a text never changes."""
    return read_definition(f"{code}.toml", text)
