"""Life domains: in which part of life someone stands on which step, 1 to 5.

The domains and the scale are those of the Zelfredzaamheid-Matrix (ZRM) 2017, of GGD Amsterdam,
which holds the copyright (https://www.zelfredzaamheidmatrix.nl). Only its names are used here; the
descriptions by which a trained professional chooses a step are not part of Meedoen. An older
edition has fewer domains, so every measurement keeps the version it was made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LOWEST, HIGHEST = 1, 5
"""The scale: 1 is acute problems, 5 is fully self-reliant."""

MOST_DAYS_AGO = 30
"""The score is about now: what is known for longer than this does not count (ZRM 2017)."""


class LifeDomain(StrEnum):
    """A part of life; the values are stored with every score."""

    FINANCES = "finances"
    WORK_AND_EDUCATION = "work_and_education"
    USE_OF_TIME = "use_of_time"
    HOUSING = "housing"
    DOMESTIC_RELATIONS = "domestic_relations"
    MENTAL_HEALTH = "mental_health"
    PHYSICAL_HEALTH = "physical_health"
    SUBSTANCE_USE = "substance_use"
    BASIC_DAILY_LIVING = "basic_daily_living"
    INSTRUMENTAL_DAILY_LIVING = "instrumental_daily_living"
    SOCIAL_NETWORK = "social_network"
    SOCIAL_PARTICIPATION = "social_participation"
    JUSTICE = "justice"


INSTRUMENT_VERSION = "zrm-2017-13"
"""The version that is measured with today; steps are only compared inside one version."""

VERSIONS: Mapping[str, tuple[LifeDomain, ...]] = {INSTRUMENT_VERSION: tuple(LifeDomain)}
"""The domains of each version, in the order of asking; a new version gets a line of its own."""


@dataclass(frozen=True, slots=True)
class UnfitScore:
    """A score that cannot be: a domain outside the version, or a step outside the scale."""

    domain: str
    score: int


def unfit_scores(version: str, scores: Mapping[LifeDomain, int]) -> tuple[UnfitScore, ...]:
    """Return the scores that do not fit this version of the instrument, in the order given.

    A domain that is left out was not measured, which is not a score of zero. Raises KeyError for
    a version that is not known.
    """
    domains = VERSIONS[version]
    return tuple(
        UnfitScore(domain, score)
        for domain, score in scores.items()
        if domain not in domains or not LOWEST <= score <= HIGHEST
    )


def still_about_now(measured_on: date, *, written_on: date) -> bool:
    """Say whether a measurement of that day may still be written down on this day.

    Scores are about now (see MOST_DAYS_AGO): who writes them down later than this rates what is
    remembered, not how it was.
    """
    return (written_on - measured_on).days <= MOST_DAYS_AGO
