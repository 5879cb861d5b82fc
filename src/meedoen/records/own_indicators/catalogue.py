"""The indicators of a municipality: those of the package, and its own that are or were in force."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

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

log = logging.getLogger(__name__)


def catalogue_of(municipality_id: int) -> Catalogue:
    """Return every indicator that is or was counted in a municipality: first of the package.

    One question, always: who has just put something in force counts by it at once, in every
    process. Ask it once for a page. What is stopped is there with the day, so that its figures of
    before keep their name: see `Definition.counts_on`.
    """
    own = own_definitions(municipality_id)
    shipped = shipped_catalogue()
    return Catalogue({**shipped.definitions, **own}) if own else shipped


def own_definitions(municipality_id: int) -> Mapping[str, Definition]:
    """Return the own indicators that are or were in force, by code, in the order of those.

    One that cannot be read any more, after the language itself changed, is left out and logged;
    the page about it says what is wrong.
    """
    rows = IndicatorText.objects.filter(municipality_id=municipality_id, move__in=COUNTED_BY)
    newest = rows.values("code").annotate(last=Max("pk")).values("last")
    found = {}
    for code, move, text, made_at in (
        rows.filter(pk__in=newest).order_by("code").values_list("code", "move", "text", "made_at")
    ):
        try:
            definition = _read(code, text)
        except DefinitionError as error:
            log.error("own indicator %s of %s: %s", code, municipality_id, error.report("en"))
            continue
        stopped = timezone.localdate(made_at) if move == TextMove.STOPPED else None
        found[code] = replace(definition, stopped_on=stopped)
    return found


@lru_cache(maxsize=MOST_READ)
def _read(code: str, text: str) -> Definition:
    """Read a text that was read before at once; a text never changes."""
    return read_definition(f"{code}.toml", text)
