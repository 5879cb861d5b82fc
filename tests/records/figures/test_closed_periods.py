"""Moving, renaming and closing people, districts and organisations changes no closed period.

Two people cannot be made one here: a number of a citizen exists once, and the import refuses a
second file. What an administrator can do to a district has no action; it is done to its row.
"""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError

from meedoen.records.directory.new import OrganisationChange, OrganisationDetails
from meedoen.records.figures import actions
from meedoen.records.figures.actions import begin_measurings, finish_measurings, measure
from meedoen.records.figures.balances import balance_of
from meedoen.records.figures.breakdowns import broken_down
from meedoen.records.figures.models import Figure
from meedoen.records.figures.opened import open_figure
from meedoen.records.figures.revised import revised
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.people.detail_actions import Move, move_all
from meedoen.records.people.hand_over_actions import HandOver, hand_over_all
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.records.places.organisation_actions import change_organisations, leave
from meedoen.rules.indicators.published_table import Cell
from meedoen.rules.vocabulary import OrganisationKind
from tests.records.figures.districts import spread
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, take_part

CLOSED = (date(2024, 6, 30), YEAR_END)


@pytest.fixture
def lived(town):
    """Let people of both districts take part, and measure on the days of a year that is over."""
    north, south = spread(town, 14, 16)
    take_part(town, [*north, *south])
    for day in CLOSED:
        measure(town.connie, on=day)
    return town, north, south


def kept(town):
    """Return every cell of the closed days as kept, and whether it counts the same again."""
    found = {}
    for day in CLOSED:
        measured = broken_down(town.connie, on=day)
        found[day] = {cell: one.value for cell, one in measured.cells.items()}
    return found


def unchanged(town, before):
    """Count the closed days again, as known then and as known now: nothing is another number."""
    assert kept(town) == before
    figure_ids = list(Figure.objects.values_list("pk", flat=True))
    assert {one.changed for one in revised(town.connie, figure_ids).values()} == {False}
    for day in CLOSED:
        for code in ("participation_jobs", "people_on_benefit", "taking_part"):
            assert open_figure(town.connie, indicator=code, on=day).same_again


def test_who_moves_house_afterwards_counts_where_they_lived(lived):
    town, north, _south = lived
    before = kept(town)
    moves = [Move(person, town.south, NEXT_YEAR_END) for person in north[:12]]
    move_all(town.system, moves=moves)
    unchanged(town, before)
    measure(town.connie, on=NEXT_YEAR_END)
    now = broken_down(town.connie, on=NEXT_YEAR_END, indicators=["people_on_benefit"])
    by_district = {
        cell.district: one.value
        for cell, one in now.cells.items()
        if cell.indicator == "people_on_benefit" and cell.district
    }
    # Roos and Sam live in the north, Tim in the south.
    assert by_district == {town.north: 2 + 2, town.south: 16 + 1 + 12}


def test_a_district_that_gets_another_name_keeps_its_figures_and_the_name_of_then(lived):
    town, _north, _south = lived
    before = kept(town)
    District.objects.filter(pk=town.north).update(name="Noorderkwartier", code="WK999009")
    unchanged(town, before)
    assert broken_down(town.connie, on=YEAR_END).districts[town.north] == "Noord"
    measure(town.connie, on=NEXT_YEAR_END)
    later = broken_down(town.connie, on=NEXT_YEAR_END)
    assert later.districts[town.north] == "Noorderkwartier"


def test_a_district_that_is_joined_with_another_keeps_its_figures_and_cannot_be_removed(lived):
    town, north, south = lived
    before = kept(town)
    # From a day on everybody lives in the one that goes on; the other one stays for what was.
    move_all(town.system, moves=[Move(person, town.south, NEXT_YEAR_END) for person in north])
    unchanged(town, before)
    with pytest.raises(ProtectedError):
        District.objects.get(pk=town.north).delete()
    assert south


def test_people_who_get_another_coach_count_as_before(lived):
    town, north, _south = lived
    before = kept(town)
    coach_id, day = town.bram.membership_id, clock.today()
    hand_over_all(town.lea, handovers=[HandOver(one, coach_id, day, "Verhuisd") for one in north])
    unchanged(town, before)


def test_an_organisation_that_gets_another_name_or_kind_keeps_its_figures_and_its_name(lived):
    town, _north, _south = lived
    before = kept(town)
    garden = Organisation.objects.get(name="De Moestuin")
    details = OrganisationDetails(name="De Grote Moestuin", kind=OrganisationKind.EMPLOYER)
    change_organisations(
        town.anna, changes=[OrganisationChange(organisation_id=garden.pk, details=details)]
    )
    unchanged(town, before)
    assert Organisation.objects.get(pk=garden.pk).name == "De Grote Moestuin"
    then = broken_down(town.connie, on=YEAR_END)
    assert then.organisations[garden.pk] == "De Moestuin"
    assert then.cells[Cell("taking_part", organisation=garden.pk)].value == 30
    opened = open_figure(town.connie, indicator="taking_part", on=YEAR_END, organisation=garden.pk)
    assert (opened.organisation, opened.shown.text) == ("De Moestuin", "30")
    measure(town.connie, on=NEXT_YEAR_END)
    later = broken_down(town.connie, on=NEXT_YEAR_END)
    assert later.organisations[garden.pk] == "De Grote Moestuin"


def test_places_that_go_to_another_organisation_leave_the_closed_period_to_the_one_of_then(lived):
    town, _north, _south = lived
    before = kept(town)
    garden = Organisation.objects.get(name="De Moestuin")
    other = Organisation.objects.exclude(pk=garden.pk).filter(municipality=garden.municipality)[0]
    # What an organisation becomes that joins another: its places go on there.
    Place.objects.filter(organisation=garden).update(organisation=other)
    unchanged(town, before)
    with pytest.raises(ProtectedError):
        garden.delete()


def test_figures_of_before_names_were_kept_have_those_of_today(lived):
    town, _north, _south = lived
    garden = Organisation.objects.get(name="De Moestuin")
    begun = begin_measurings(town.connie, days=[YEAR_END])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "kept_names", lambda _viewer, _numbers: {})
        finish_measurings(town.connie, measuring_ids=begun)
    found = broken_down(town.connie, on=YEAR_END)
    assert found.districts == {town.north: "Noord", town.south: "Zuid"}
    assert found.organisations[garden.pk] == "De Moestuin"


def test_an_organisation_that_leaves_keeps_the_figures_of_before(lived):
    town, _north, _south = lived
    before = kept(town)
    garden = Organisation.objects.get(name="De Moestuin")
    leave(town.lea, key=garden.key, left_on=clock.today(), reason="Gestopt")
    unchanged(town, before)


def test_the_sum_of_a_closed_year_stays_too(lived):
    town, north, _south = lived
    with clock.at(clock.now() + timedelta(minutes=1)):
        measure(town.connie, on=NEXT_YEAR_END)
    before = balance_of(town.connie, indicator="participation_jobs", on=NEXT_YEAR_END)
    move_all(town.system, moves=[Move(one, town.south, clock.today()) for one in north])
    assert balance_of(town.connie, indicator="participation_jobs", on=NEXT_YEAR_END) == before
    assert Placement.objects.visible_to(town.system).count() == 30
