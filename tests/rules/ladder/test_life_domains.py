"""The instrument: its domains, its scale, and until when a score may be written down."""

from datetime import date

import pytest

from meedoen.rules.ladder.life_domains import (
    INSTRUMENT_VERSION,
    VERSIONS,
    LifeDomain,
    UnfitScore,
    still_about_now,
    unfit_scores,
)


def test_the_version_of_2017_has_thirteen_domains_and_no_double_ones():
    domains = VERSIONS[INSTRUMENT_VERSION]
    assert len(domains) == len(set(domains)) == 13


def test_every_version_and_every_domain_fits_where_it_is_stored():
    assert all(len(version) <= 20 for version in VERSIONS)
    assert all(len(domain) <= 40 for domain in LifeDomain)


@pytest.mark.parametrize(
    ("scores", "unfit"),
    [
        ({}, ()),
        ({LifeDomain.HOUSING: 1, LifeDomain.JUSTICE: 5}, ()),
        ({LifeDomain.HOUSING: 0}, (UnfitScore("housing", 0),)),
        (
            {LifeDomain.HOUSING: 6, LifeDomain.JUSTICE: -1, LifeDomain.FINANCES: 3},
            (UnfitScore("housing", 6), UnfitScore("justice", -1)),
        ),
    ],
)
def test_a_score_outside_the_scale_is_named(scores, unfit):
    assert unfit_scores(INSTRUMENT_VERSION, scores) == unfit


def test_a_version_that_is_not_known_is_refused():
    with pytest.raises(KeyError):
        unfit_scores("zrm-1999", {LifeDomain.HOUSING: 3})


@pytest.mark.parametrize(
    ("measured_on", "written_on", "fits"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 2), date(2026, 4, 1), True),
        (date(2026, 3, 2), date(2026, 4, 2), False),
    ],
)
def test_a_score_is_about_now_for_thirty_days(measured_on, written_on, fits):
    assert still_about_now(measured_on, written_on=written_on) is fits
