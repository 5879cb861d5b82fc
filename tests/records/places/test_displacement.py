"""A check that a participation job takes no paid work away: kept, added to, valid for a year."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.places.actions import enter_places
from meedoen.records.places.displacement_actions import (
    CheckedMeanwhileError,
    check_displacement,
)
from meedoen.records.places.displacement_at_start import unchecked_now
from meedoen.records.places.displacement_queries import displacement_of
from meedoen.records.places.models import DisplacementCheck, Place
from meedoen.rules.places.displacement import SignedFor, WhyVerdict
from meedoen.rules.vocabulary import DisplacementVerdict, PlaceKind, PlaceStatus
from tests.records.places.finds import CHECKED, DISPLACES, UNCLEAR, WELL, a_job, checked
from tests.town import MORNINGS, Town, _place
from tests.web.coach.scenes import NOBODY, on

WHY = "Het team doet dit werk anders niet; besproken met de ondernemingsraad."


@pytest.fixture
def garden(town: Town):
    """The key of a participation job of De Moestuin in the directory, that nobody checked."""
    [place_id] = new_jobs(town, 1)
    return Place.objects.get(pk=place_id).key


def new_jobs(town: Town, count: int) -> list[int]:
    """Enter so many participation jobs at De Moestuin and return their ids."""
    organisation = Place.objects.get(pk=town.garden).organisation_id
    return enter_places(
        town.system,
        places=[
            _place(organisation, town.north, f"Baan {at}", PlaceKind.PARTICIPATION_JOB, 1, MORNINGS)
            for at in range(count)
        ],
    )


def kept(key):
    """Return the checks that were kept of a place."""
    return DisplacementCheck.objects.filter(place__key=key)


def stands(town: Town, key, day: date = CHECKED):
    with on(day):
        card = displacement_of(town.anna, place_key=key)
    assert card is not None
    return card


def test_a_participation_job_lacks_its_check_until_somebody_made_one(town: Town, garden) -> None:
    assert stands(town, garden).is_missing
    checked(town, garden)
    card = stands(town, garden)
    assert card.holds
    assert not card.is_missing
    assert card.newest is not None
    assert card.newest.verdict is DisplacementVerdict.ADDITIONAL
    assert card.newest.reasons == (WhyVerdict.ALL_WELL,)
    assert (card.newest.checked_by, card.newest.years_back) == ("Lea Testema", 2)
    assert card.newest.answers == WELL
    row = kept(garden).get()
    assert (row.signed_by, row.version) == ("Piet Verzonnen, bestuurder", "2026.2")


def test_volunteer_work_asks_for_no_check(town: Town) -> None:
    repair = Place.objects.get(pk=town.repair).key
    card = stands(town, repair)
    assert not card.is_asked
    assert not card.is_missing
    with pytest.raises(ActionRefusedError, match="hoort geen toets"):
        check_displacement(town.lea, place_key=repair, answers=WELL)


def test_a_check_counts_until_its_last_day(town: Town, garden) -> None:
    checked(town, garden)
    assert stands(town, garden, date(2027, 9, 3)).holds
    assert stands(town, garden, date(2027, 9, 4)).is_missing


@pytest.mark.parametrize(("answers", "reason"), [(DISPLACES, ""), (DISPLACES, WHY)])
def test_work_that_displaces_lacks_its_check_whatever_is_written(
    town: Town, garden, answers, reason
) -> None:
    checked(town, garden, answers, reason=reason)
    assert stands(town, garden).is_missing


def test_work_that_is_unclear_needs_a_reason(town: Town, garden) -> None:
    with pytest.raises(ActionRefusedError, match="Schrijf op waarom het toch mag"):
        checked(town, garden, UNCLEAR, reason=" ")
    assert not kept(garden).exists()
    checked(town, garden, UNCLEAR, reason=WHY)
    card = stands(town, garden)
    assert card.holds
    assert card.newest is not None
    assert card.newest.reason == WHY


def test_the_newest_check_holds_and_the_earlier_stay(town: Town, garden) -> None:
    checked(town, garden)
    checked(town, garden, DISPLACES, day=date(2026, 10, 1))
    card = stands(town, garden, date(2026, 10, 1))
    assert card.is_missing
    assert [one.verdict.value for one in card.checks] == ["displaces", "additional"]


def test_all_that_is_wrong_is_said_at_once(town: Town, garden) -> None:
    answers = replace(WELL, signer_name="x" * 91, signer_function="")
    with pytest.raises(ActionRefusedError) as caught:
        checked(town, garden, answers, reason="x" * 501)
    said = str(caught.value)
    for part in ("naam en de functie in", "hoogstens 90 tekens", "hoogstens 500 tekens"):
        assert part in said


def test_without_a_signature_work_is_unclear(town: Town, garden) -> None:
    answers = replace(WELL, signed_for=SignedFor.NOBODY, signer_name="", signer_function="")
    checked(town, garden, answers, reason=WHY)
    assert kept(garden).get().signed_by == ""


def test_sent_twice_a_check_is_kept_once(town: Town, garden) -> None:
    checked(town, garden)
    checked(town, garden)
    assert kept(garden).count() == 1


def test_what_a_colleague_checked_meanwhile_is_told_and_replaced_knowingly(
    town: Town, garden
) -> None:
    checked(town, garden)
    with on(CHECKED), pytest.raises(CheckedMeanwhileError, match="Lea Testema heeft"):
        check_displacement(town.anna, place_key=garden, answers=DISPLACES, seen=0)
    seen = kept(garden).get().pk
    with on(CHECKED):
        check_displacement(town.anna, place_key=garden, answers=DISPLACES, seen=seen)
    assert kept(garden).count() == 2


def test_a_place_that_is_not_there_is_refused(town: Town, garden) -> None:
    for viewer, key in ((town.anna, NOBODY), (town.vera, garden)):
        with pytest.raises(ActionRefusedError, match="bestaat niet"):
            check_displacement(viewer, place_key=key, answers=WELL)
        assert displacement_of(viewer, place_key=key) is None


def test_a_job_that_somebody_found_is_checked_by_the_own_team_only(town: Town) -> None:
    key = a_job(town)
    assert displacement_of(town.carla, place_key=key) is None
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        check_displacement(town.carla, place_key=key, answers=WELL)
    checked(town, key)
    assert stands(town, key).holds


@pytest.mark.parametrize("member", ["petra", "roos", "connie", "suus", "ab"])
def test_who_may_not_verify_may_not_check(town: Town, garden, member) -> None:
    with pytest.raises(PermissionDenied):
        check_displacement(getattr(town, member), place_key=garden, answers=WELL)


def test_a_partner_reads_how_the_own_place_stands_and_not_that_of_another(
    town: Town, garden
) -> None:
    checked(town, garden)
    with on(CHECKED):
        own = displacement_of(town.petra, place_key=garden)
        assert own is not None
        assert own.holds
        assert displacement_of(town.otto, place_key=garden) is None
        assert displacement_of(town.connie, place_key=garden) is None


def test_the_mark_for_a_list_of_places_takes_two_questions_however_long(town: Town, garden) -> None:
    checked(town, garden)
    jobs = new_jobs(town, 200)

    def marked(place_ids):
        with on(CHECKED), CaptureQueriesContext(connection) as asked:
            found = unchecked_now(town.anna, place_ids=place_ids)
        return {one.place_id for one in found}, len(asked)

    few, questions = marked([town.garden, town.repair, town.far, *jobs[:10]])
    assert few == {town.far, *jobs[:10]}
    many, as_many = marked([town.garden, town.repair, town.far, *jobs])
    assert many == {town.far, *jobs}
    assert questions == as_many == 2
    assert marked([town.repair]) == (set(), 1)
    assert unchecked_now(town.connie, place_ids=jobs) == ()


def test_a_fault_half_way_keeps_nothing(town: Town, garden, monkeypatch) -> None:
    def breaks(*_arguments, **_named):
        raise RuntimeError("the power fails")

    monkeypatch.setattr("meedoen.records.places.displacement_actions.valid_until", breaks)
    with pytest.raises(RuntimeError, match="power"):
        checked(town, garden)
    assert not kept(garden).exists()


def test_a_job_that_an_organisation_proposed_can_be_checked_before_it_is_listed(
    town: Town, garden
) -> None:
    Place.objects.filter(key=garden).update(status=PlaceStatus.PROPOSED)
    checked(town, garden)
    assert stands(town, garden).holds
    with on(CHECKED):
        assert displacement_of(town.petra, place_key=garden) is not None
        assert displacement_of(town.suus, place_key=garden) is None
