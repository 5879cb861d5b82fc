"""Who may be an organisation that is known, is for people to say; nothing is merged by itself."""

import pytest

from meedoen.records.directory.actions import enter_locations, enter_organisations
from meedoen.records.directory.new import LocationDetails, OrganisationDetails
from meedoen.records.directory_imports import queries
from meedoen.records.directory_imports.actions import decide, start_applying
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.models import Place
from meedoen.rules.directory_file.words import RowDecision
from meedoen.rules.vocabulary import OrganisationKind
from tests.records.directory_imports.files import (
    EETTAFEL,
    KOFFIE,
    cards,
    csv_file,
    differences,
    numbered,
    previewed,
    problems,
    taken_over,
    verdicts,
)
from tests.work import work_off


@pytest.fixture
def linde(town):
    """Give an organisation that is here already, at another address than in the files."""
    return entered(town, "Buurthuis De Linde", "9999ZZ")


def entered(town, name, postal_code, kvk=""):
    [number] = enter_organisations(
        town.system,
        organisations=[
            OrganisationDetails(
                name=name, kind=OrganisationKind.SUBSIDISED_INSTITUTION, kvk_number=kvk
            )
        ],
    )
    enter_locations(
        town.system,
        locations=[
            LocationDetails(
                organisation_id=number, district_id=town.north, name=name, postal_code=postal_code
            )
        ],
    )
    return number


def finished(town, key):
    start_applying(town.lea, key=key)
    work_off()


@pytest.mark.parametrize(
    ("name", "postal_code", "kvk", "verdict", "why"),
    [
        ("Heel iets anders", "1111AA", "12345678", "new", None),
        ("buurthuis de linde", "9999AB", "", "new", None),
        ("Buurthuis De Linde", "9999ZZ", "", "uncertain", "same_name"),
        ("Buurthuis De Linde", "9999AB", "87654321", "uncertain", "same_name"),
        ("Stichting Buurthuis De Linde", "9999AB", "", "uncertain", "similar_name"),
        ("Buurthuis De Lindes", "9999AB", "", "uncertain", "similar_name"),
        ("Biljartclub", "9999AB", "", "new", None),
        ("Stichting Buurthuis De Linde", "9999ZZ", "", "new", None),
    ],
)
def test_number_before_name_before_what_is_alike(town, name, postal_code, kvk, verdict, why):
    known = entered(town, name, postal_code, kvk)
    key = previewed(town.lea, csv_file(EETTAFEL))
    assert verdicts(town.lea, key) == {2: verdict}
    codes = [code for code, _field in problems(town.lea, key, 2)]
    assert codes == ([why] if why else [])
    same = kvk == "12345678" or (name, postal_code) == ("buurthuis de linde", "9999AB")
    finished(town, key)
    owners = Place.objects.filter(title="Eettafel").values_list("organisation_id", flat=True)
    if why:
        assert not owners.exists()
    else:
        assert (owners.get() == known) == same


def test_a_row_that_nobody_decided_about_is_left_out(town, linde):
    key = taken_over(town.lea, csv_file(EETTAFEL))
    assert verdicts(town.lea, key) == {2: "uncertain"}
    assert not Place.objects.filter(title="Eettafel").exists()


def test_said_once_it_holds_for_all_rows_of_the_organisation(town, linde):
    key = previewed(town.lea, csv_file(EETTAFEL, KOFFIE, *numbered(1)))
    card = cards(town.lea, key)[2]
    assert (card.looks_like.name, card.rows_of_organisation) == ("Buurthuis De Linde", 2)
    assert queries.file(town.lea, key=key).undecided == 2
    decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    assert queries.file(town.lea, key=key).undecided == 0
    finished(town, key)
    titles = Place.objects.filter(organisation_id=linde).values_list("title", flat=True)
    assert sorted(titles) == ["Eettafel", "Koffie schenken"]
    assert Organisation.objects.filter(name__startswith="Buurthuis").count() == 1


def test_what_would_change_is_shown_once_somebody_said_that_it_is_the_same(town, linde):
    key = previewed(town.lea, csv_file(EETTAFEL))
    assert differences(town.lea, key, 2) == {}
    decide(town.lea, key=key, line=2, decision=RowDecision.SAME)
    told = differences(town.lea, key, 2)
    assert told["kvk"] == ("", "12345678")
    assert told["organisation_kind"] == ("subsidised_institution", "Vereniging")
    decide(town.lea, key=key, line=2, decision=None)
    assert differences(town.lea, key, 2) == {}


def test_another_organisation_with_the_same_name_is_told_apart_by_its_town(town, linde):
    content = csv_file(EETTAFEL)
    key = previewed(town.lea, content)
    decide(town.lea, key=key, line=2, decision=RowDecision.OTHER)
    finished(town, key)
    other = Place.objects.get(title="Eettafel").organisation
    assert other.pk != linde
    assert other.name == "Buurthuis De Linde (Testveld)"
    again = previewed(town.lea, content)
    assert verdicts(town.lea, again) == {2: "same"}


@pytest.mark.parametrize("decision", [RowDecision.SAME, RowDecision.OTHER])
def test_what_was_decided_is_remembered_for_the_next_time(town, decision):
    entered(town, "Stichting Buurthuis De Linde", "9999AB")
    content = csv_file(EETTAFEL | {"KVK": ""})
    key = previewed(town.lea, content)
    decide(town.lea, key=key, line=2, decision=decision)
    finished(town, key)
    assert verdicts(town.lea, previewed(town.lea, content)) == {2: "same"}


def test_a_row_that_is_skipped_is_left_out(town):
    key = previewed(town.lea, csv_file(EETTAFEL, KOFFIE))
    decide(town.lea, key=key, line=3, decision=RowDecision.SKIP)
    finished(town, key)
    assert Place.objects.filter(title="Eettafel").exists()
    assert not Place.objects.filter(title="Koffie schenken").exists()


def test_two_organisations_of_a_file_with_one_name_are_decided_about(town):
    other = EETTAFEL | {"KVK": "11112222", "Postcode": "9999 CD", "ID": "B1"}
    key = previewed(town.lea, csv_file(EETTAFEL, other))
    assert verdicts(town.lea, key) == {2: "new", 3: "uncertain"}
    assert problems(town.lea, key, 3) == [("name_on_line", "organisation")]
    with pytest.raises(ActionRefusedError, match="twee keer"):
        decide(town.lea, key=key, line=3, decision=RowDecision.SAME)
    decide(town.lea, key=key, line=3, decision=RowDecision.OTHER)
    finished(town, key)
    names = Organisation.objects.filter(name__startswith="Buurthuis").values_list("name", flat=True)
    assert sorted(names) == ["Buurthuis De Linde", "Buurthuis De Linde (Testveld)"]
    again = previewed(town.lea, csv_file(EETTAFEL, other))
    assert set(verdicts(town.lea, again).values()) == {"same"}


def test_a_row_with_only_a_name_that_two_have_is_refused(town):
    other = EETTAFEL | {"KVK": "11112222", "ID": "B1"}
    nameless = KOFFIE | {"KVK": ""}
    key = previewed(town.lea, csv_file(EETTAFEL, other, nameless))
    assert problems(town.lea, key, 4) == [("name_of_two", "organisation")]


@pytest.mark.parametrize(("line", "decision"), [(9, RowDecision.SKIP), (2, RowDecision.SAME)])
def test_where_there_is_nothing_to_decide_it_is_refused(town, line, decision):
    key = previewed(town.lea, csv_file(EETTAFEL))
    with pytest.raises(ActionRefusedError):
        decide(town.lea, key=key, line=line, decision=decision)


def test_nobody_decides_while_it_is_being_taken_over(town, linde):
    key = previewed(town.lea, csv_file(EETTAFEL))
    start_applying(town.lea, key=key, in_background=False)
    with pytest.raises(ActionRefusedError, match="kan nu niet"):
        decide(town.lea, key=key, line=2, decision=RowDecision.SAME)


def test_an_organisation_that_left_gets_nothing_new(town, linde):
    Organisation.objects.filter(pk=linde).update(left_on="2020-01-01")
    key = previewed(town.lea, csv_file(EETTAFEL | {"Postcode": "9999 ZZ"}))
    assert problems(town.lea, key, 2) == [("organisation_left", "organisation")]
