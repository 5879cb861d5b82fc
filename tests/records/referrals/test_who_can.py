"""Who is suggested for a referral, who is always offered, and who is left out and why."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.directory.finding import make_missing_findable
from meedoen.records.organisations import clock
from meedoen.records.organisations.actions import NewOrganisation, enter_organisations
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.receivers import (
    find_receivers,
    named,
    organisations_to_ask,
    receiver_of_place,
    teams_to_ask,
)
from meedoen.records.referrals.who_can import WhoCan, who_can
from meedoen.rules.vocabulary import DeclineReason, OrganisationKind, Theme
from tests.records.referrals.scenes import (
    asks_of,
    in_days,
    moestuin,
    new_referral,
    question,
    sent,
    werkplaats,
)
from tests.town import MORNINGS, SUNDAY, Town

pytestmark = pytest.mark.django_db


def can(town: Town, viewer=None, **other) -> WhoCan:
    given = {"theme": Theme.PARTICIPATION, "district_id": town.north}
    return who_can(viewer or town.anna, **(given | other))


def names(those) -> list[str]:
    return [one.name for one in those]


def said(town: Town, viewer, receiver, act) -> None:
    """Ask an organisation for Sam, who lives in the north, and let it answer."""
    key = sent(town.anna, new_referral(town.sam.pseudonym_id, [receiver]))
    act(viewer, key=asks_of(town, key)[0].key)


def no(reason: DeclineReason, **other):
    return lambda viewer, key: decline(viewer, key=key, reason=reason, **other)


def test_who_has_a_place_in_the_district_with_room_comes_first(town):
    found = can(town)
    assert names(found.suggestions) == ["De Moestuin", "De Werkplaats"]
    [garden] = found.suggestions[0].places
    assert (garden.place_id, garden.free, garden.in_district) == (town.garden, 2, True)
    assert names(can(town, district_id=town.south).suggestions)[0] == "De Werkplaats"


def test_a_place_on_other_times_than_somebody_can_stands_behind_those_that_fit(town):
    titles = [place.title for place in can(town, half_days=SUNDAY).suggestions[1].places]
    assert titles == ["Zondagsoos", "Fietsen maken"]
    of_mornings = can(town, half_days=MORNINGS).suggestions[1].places
    assert [place.fits_times for place in of_mornings] == [True, False]
    assert can(town).suggestions[1].places[0].fits_times is None


def test_a_place_that_is_full_closed_or_of_another_kind_is_no_reason_to_suggest_anybody(town):
    Place.objects.filter(pk=town.garden).update(is_full=True)
    assert names(can(town).suggestions) == ["De Werkplaats"]
    assert names(can(town, theme=Theme.COMPANY).suggestions) == ["De Werkplaats"]
    Place.objects.filter(pk=town.repair).update(closes_on=clock.today())
    assert can(town, theme=Theme.COMPANY).suggestions == ()
    assert can(town, theme=Theme.DEBT) == WhoCan()


def test_a_no_for_everybody_of_the_district_leaves_out_with_its_reason(town):
    said(town, town.petra, moestuin(town), no(DeclineReason.NOT_OUR_GROUP))
    found = can(town)
    assert names(found.suggestions) == ["De Werkplaats"]
    [out] = found.left_out
    assert (out.name, out.no.reason) == ("De Moestuin", DeclineReason.NOT_OUR_GROUP)
    assert "De Moestuin" in names(can(town, district_id=town.south).suggestions)
    assert can(town, theme=Theme.COMPANY).left_out == ()


def test_a_no_about_one_person_leaves_nobody_out(town):
    said(town, town.petra, moestuin(town), no(DeclineReason.CANNOT_IN_TIME))
    found = can(town)
    assert names(found.suggestions)[0] == "De Moestuin"
    assert found.suggestions[0].record.answered == 1


def test_who_is_full_comes_back_on_the_day_it_said(town):
    said(town, town.petra, moestuin(town), no(DeclineReason.FULL, full_until=in_days(30)))
    [out] = can(town).left_out
    assert out.no.full_until == in_days(30)
    with clock.at(datetime.combine(in_days(30), datetime.min.time(), UTC)):
        assert can(town).left_out == ()


def test_a_yes_later_on_ends_a_no(town):
    said(town, town.petra, moestuin(town), no(DeclineReason.OTHER_DISTRICT))
    said(town, town.petra, moestuin(town), accept)
    assert can(town).left_out == ()
    record = can(town).suggestions[0].record
    assert (record.asked, record.in_time, record.yes, record.days) == (2, 2, 1, 0)


def test_who_said_yes_before_is_suggested_without_a_place(town):
    key = sent(town.anna, question([werkplaats(town)], theme=Theme.DEBT))
    accept(town.otto, key=asks_of(town, key)[0].key)
    [found] = can(town, theme=Theme.DEBT).suggestions
    assert (found.name, found.places) == ("De Werkplaats", ())


def test_teams_of_the_municipality_are_always_offered_also_after_a_no(town):
    enter_organisations(
        town.system,
        organisations=[NewOrganisation("Wijkteam Noord", OrganisationKind.MUNICIPAL_TEAM)],
    )
    for theme in (Theme.DEBT, Theme.HEALTH, Theme.PARTICIPATION):
        assert names(can(town, theme=theme).teams) == ["Wijkteam Noord"]


def test_who_left_and_the_own_organisation_are_never_offered(town):
    assert names(can(town, town.petra).suggestions) == ["De Werkplaats"]
    Organisation.objects.filter(name="De Werkplaats").update(left_on=clock.today())
    assert names(can(town).suggestions) == ["De Moestuin"]
    assert [one.organisation for one in organisations_to_ask(town.anna)] == ["De Moestuin"]
    make_missing_findable(town.system)
    assert find_receivers(town.anna, words="werkplaats") == []


def test_how_others_answered_is_told_to_coaches_only(town):
    assert can(town).suggestions[0].record is not None
    assert can(town, town.petra).suggestions[0].record is None
    assert can(town, town.connie) == WhoCan()
    assert organisations_to_ask(town.connie) == []
    assert teams_to_ask(town.connie) == []


def test_another_municipality_is_not_there(town):
    assert who_can(town.vera, theme=Theme.PARTICIPATION, district_id=None) == WhoCan()
    assert named(town.vera, [moestuin(town)]) == []
    assert receiver_of_place(town.vera, place_id=town.garden) is None


def test_receivers_are_found_by_a_word_and_called_by_their_name(town):
    make_missing_findable(town.system)
    [found] = find_receivers(town.anna, words="moestuin")
    assert found.receiver == moestuin(town)
    place = receiver_of_place(town.anna, place_id=town.garden)
    [named_place] = named(town.anna, [place])
    assert (named_place.organisation, named_place.place) == ("De Moestuin", "Moestuin")
    assert [one.team for one in teams_to_ask(town.anna)] == ["Zuid"]
    assert receiver_of_place(town.petra, place_id=town.garden) is None


def test_many_organisations_and_answers_take_as_many_questions_as_few(town):
    def asked(count: int) -> int:
        enter_organisations(
            town.system,
            organisations=[
                NewOrganisation(f"Club {number}", OrganisationKind.ASSOCIATION)
                for number in range(count, 2 * count)
            ],
        )
        for _ in range(count):
            sent(town.anna, question([werkplaats(town)], theme=Theme.PARTICIPATION))
        with CaptureQueriesContext(connection) as queries:
            can(town)
        return len(queries)

    assert asked(5) == asked(50)
