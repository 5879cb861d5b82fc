"""An indicator that filters narrower than another is a part of it, as far as that is sure."""

from dataclasses import replace

import pytest

from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.people_words import (
    Filters,
    PeopleEnded,
    PeopleInState,
    PeopleStarted,
    Printed,
    Share,
)
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.indicators.wholes import demanded_whole, is_part
from meedoen.rules.vocabulary import EntryKind, LegalTask, PlaceKind, PlacementState

JOB, HELP = PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK
STATES = (PlacementState.ACTIVE,)
WHERE = Filters(place_kinds=(JOB, HELP), districts=(1, 2))


def in_state(where=WHERE, states=STATES):
    return PeopleInState(EntryKind.PLACEMENT, states, where)


@pytest.mark.parametrize(
    ("narrower", "expected"),
    [
        ({"place_kinds": (JOB,)}, True),
        ({"districts": (2,)}, True),
        ({"organisations": (7,)}, True),
        ({"self_found": True}, True),
        ({"legal_tasks": (next(iter(LegalTask)),), "districts": (1,)}, True),
        ({"districts": (2, 1)}, False),
        ({"districts": (1, 3)}, False),
        ({"districts": ()}, False),
        ({"districts": (1,), "place_kinds": ()}, False),
    ],
)
def test_every_filter_on_who_is_there_is_as_wide_or_narrower(narrower, expected):
    assert is_part(in_state(replace(WHERE, **narrower)), in_state()) is expected


def test_what_differs_besides_is_no_part():
    less = replace(WHERE, districts=(1,))
    assert not is_part(in_state(less, (PlacementState.PAUSED,)), in_state())
    assert not is_part(PeopleStarted(12, less), in_state())
    assert not is_part(PeopleStarted(6, less), PeopleStarted(12, WHERE))
    assert not is_part(Printed(), Printed())
    shares = [Share(PeopleStarted(12, one), PeopleStarted(12)) for one in (less, WHERE)]
    assert not is_part(*shares)


@pytest.mark.parametrize("word", [PeopleStarted, PeopleEnded])
def test_of_who_began_or_stopped_only_the_district_chooses_a_part(word):
    whole = word(where=WHERE)
    assert is_part(word(where=replace(WHERE, districts=(1,))), whole)
    # Who began here while taking part elsewhere did not begin to take part.
    assert not is_part(word(where=replace(WHERE, place_kinds=(JOB,))), whole)


def own(part_of=None, **narrower):
    """Make one of the participation jobs of the package with narrower filters."""
    shipped = shipped_catalogue()["participation_jobs"]
    version = shipped.versions[-1]
    where = replace(version.count.where, **narrower)
    version = replace(version, count=replace(version.count, where=where))
    return replace(shipped, code="own", part_of=part_of, versions=(version,))


@pytest.mark.parametrize(
    ("part_of", "whole"),
    [
        (None, "participation_jobs"),
        ("taking_part", "participation_jobs"),
        ("people_on_benefit", "participation_jobs"),
        ("participation_jobs", None),
        ("participation_jobs_self_found", None),
    ],
)
def test_the_narrowest_whole_is_asked_unless_what_is_said_leads_to_it(part_of, whole):
    assert demanded_whole(own(part_of, districts=(1,)), shipped_catalogue()) == whole


def test_the_same_count_under_another_name_asks_nothing():
    assert demanded_whole(own(), shipped_catalogue()) is None


def test_what_is_stopped_is_no_whole():
    known = shipped_catalogue().definitions
    jobs = replace(
        known["participation_jobs"], stopped_on=known["participation_jobs"].versions[0].valid_from
    )
    others = Catalogue({**known, jobs.code: jobs})
    assert demanded_whole(own(districts=(1,)), others) == "taking_part"
