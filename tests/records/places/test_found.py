"""A place that somebody found: handed in, for that person at once, and looked at by a colleague."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.directory.models import Contact, Location
from meedoen.records.history.models import Change
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.places.found_actions import (
    OrganisationKnownError,
    verify_found_place,
)
from meedoen.records.places.found_queries import (
    FoundFilter,
    FoundOrder,
    found_place,
    found_places,
    found_places_of,
    found_totals,
    organisation_names,
    organisations_alike,
)
from meedoen.records.places.models import FoundPlace, Place, PlaceConfirmation
from meedoen.records.places.queries import open_places
from meedoen.rules.vocabulary import (
    FoundBy,
    LegalTask,
    OrganisationKind,
    PlaceKind,
    PlaceStatus,
)
from tests.at_once import at_once
from tests.records.places.finds import (
    DISPLACES,
    HANDED_IN,
    ORGANISATION,
    UNCLEAR,
    a_job,
    checked,
    handed_in,
    place_of,
)
from tests.town import Town, build_town
from tests.web.coach.scenes import NOBODY, on, register_crowd

LOOKED_AT = date(2026, 9, 3)


def looked_at(town: Town, key, viewer=None, *, accept=True, reason="") -> None:
    with on(LOOKED_AT):
        verify_found_place(viewer or town.lea, place_key=key, accept=accept, reason=reason)


# --- handing in ----------------------------------------------------------------------------------


def test_a_resident_hands_in_a_place_with_very_little(town: Town) -> None:
    key = handed_in(town)
    place = place_of(key)
    assert place.status == PlaceStatus.PROPOSED
    assert (place.title, place.capacity, place.confirm_by) == ("Soep koken", 1, None)
    assert (place.organisation.name, place.organisation.kind) == (
        ORGANISATION,
        OrganisationKind.PRIVATE_INITIATIVE,
    )
    assert place.purpose.startswith("Onbetaald nuttig werk")
    assert not place.is_public
    row = FoundPlace.objects.visible_to(town.roos).get()
    assert (row.found_by, row.entered_by_id) == (FoundBy.RESIDENT, town.roos.membership_id)
    assert Change.objects.visible_to(town.system).filter(pseudonym_id=row.pseudonym_id).exists()


def test_a_coach_hands_in_what_somebody_of_the_team_found(town: Town) -> None:
    key = handed_in(town, by=town.bram, person=town.sam, found_by=FoundBy.COACH)
    row = FoundPlace.objects.visible_to(town.anna).get(place__key=key)
    assert (row.found_by, row.pseudonym_id) == (FoundBy.COACH, town.sam.pseudonym_id)


def test_what_a_resident_hands_in_is_found_by_the_resident(town: Town) -> None:
    handed_in(town, found_by=FoundBy.COACH)
    assert FoundPlace.objects.visible_to(town.roos).get().found_by == FoundBy.RESIDENT


def test_a_day_activity_rests_on_the_law_of_its_kind(town: Town) -> None:
    place = place_of(handed_in(town, kind=PlaceKind.DAY_ACTIVITY))
    assert place.legal_task == LegalTask.SOCIAL_SUPPORT
    assert place.asks_attendance


def test_address_and_contact_are_kept_with_the_organisation(town: Town) -> None:
    key = handed_in(
        town,
        street="Kerkstraat 1",
        postal_code="9711 aa",
        contact_name="Joke Verzonnen",
        contact_phone="050 1234567",
        contact_email="joke@example.org",
    )
    with on(LOOKED_AT):
        page = found_place(town.anna, place_key=key)
    assert page is not None
    assert page.address == "Kerkstraat 1 9711AA"
    assert (page.contact_name, page.contact_phone) == ("Joke Verzonnen", "050 1234567")
    assert page.contact_email == "joke@example.org"
    handed_in(town, title="Afwassen", street="Kerkstraat 1", postal_code="9711AA")
    assert Location.objects.count() == 1


def test_somebody_who_begins_later_can_be_placed_today(town: Town) -> None:
    later = HANDED_IN + timedelta(days=30)
    place = place_of(handed_in(town, starts_on=later))
    assert (place.opens_on, place.next_start_on) == (HANDED_IN, later)
    earlier = place_of(handed_in(town, title="Afwassen", starts_on=date(2026, 8, 1)))
    assert (earlier.opens_on, earlier.next_start_on) == (date(2026, 8, 1), None)


def test_all_that_is_wrong_is_said_at_once(town: Town) -> None:
    wrong = {
        "title": " ",
        "organisation": " ",
        "kind": PlaceKind.SHELTERED_NEW,
        "half_days": 0,
        "starts_on": date(2062, 9, 1),
        "postal_code": "12",
        "street": "x" * 121,
        "contact_name": "J" * 151,
    }
    with pytest.raises(ActionRefusedError) as caught:
        handed_in(town, **wrong)
    said = str(caught.value)
    for part in (
        "bij welke organisatie",
        "via de gemeente",
        "een jaar geleden",
        "1234 AB",
        "adres is te lang",
        "contactpersoon is te lang",
        "telefoonnummer of e-mailadres",
        "Geef de plek een naam",
        "Kies minstens één dagdeel",
    ):
        assert part in said
    assert not FoundPlace.objects.visible_to(town.system).exists()
    assert not Organisation.objects.filter(name="").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contact_phone": "bel maar"}, "telefoonnummer klopt niet"),
        ({"contact_email": "joke"}, "e-mailadres klopt niet"),
        ({"district_id": 0}, "wijk bestaat niet"),
        ({"organisation_id": 0}, "organisatie bestaat niet"),
    ],
)
def test_what_does_not_exist_is_refused_and_leaves_nothing_behind(town: Town, wrong, said) -> None:
    with pytest.raises(ActionRefusedError, match=said):
        handed_in(town, **wrong)
    assert not Place.objects.filter(status=PlaceStatus.PROPOSED).exists()
    assert not Organisation.objects.filter(name=ORGANISATION).exists()
    assert not Contact.objects.visible_to(town.system).exists()


def test_sent_twice_a_place_is_there_once(town: Town) -> None:
    assert handed_in(town) == handed_in(town)
    assert handed_in(town, by=town.anna) == handed_in(town)
    assert FoundPlace.objects.visible_to(town.anna).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_the_same_moment_make_one_place() -> None:
    town, keys = build_town(), set()
    at_once(lambda: keys.add(handed_in(town)), lambda: keys.add(handed_in(town)))
    assert len(keys) == 1
    assert Organisation.objects.filter(name=ORGANISATION).count() == 1


# --- organisations -------------------------------------------------------------------------------


def test_the_same_name_is_the_organisation_that_is_known(town: Town) -> None:
    key = handed_in(town, organisation=" de  MOESTUIN ")
    assert place_of(key).organisation.name == "De Moestuin"
    assert Organisation.objects.filter(municipality_id=town.anna.municipality_id).count() == 2


def test_a_name_that_looks_like_a_known_one_is_asked_about(town: Town) -> None:
    with pytest.raises(OrganisationKnownError, match="De Moestuin") as caught:
        handed_in(town, organisation="Stichting Moestuin")
    [choice] = caught.value.choices
    key = handed_in(town, organisation="Stichting Moestuin", organisation_id=choice.organisation_id)
    assert place_of(key).organisation.name == "De Moestuin"
    another = handed_in(town, organisation="Stichting Moestuin", is_another=True)
    assert place_of(another).organisation.name == "Stichting Moestuin"


def test_an_organisation_of_another_municipality_is_not_proposed(town: Town) -> None:
    assert organisations_alike(town.vera, name="De Moestuin") == []
    assert organisations_alike(town.connie, name="De Moestuin") == []
    assert organisation_names(town.roos) == ["De Moestuin", "De Werkplaats"]
    assert organisation_names(town.vera) == organisation_names(town.connie) == []
    moestuin = Organisation.objects.get(name="De Moestuin").pk
    with pytest.raises(ActionRefusedError, match="bestaat niet"):
        handed_in(town, by=town.vera, person=town.wout, organisation_id=moestuin)


def test_an_organisation_that_left_takes_no_place(town: Town) -> None:
    Organisation.objects.filter(name="De Moestuin").update(left_on=date(2026, 1, 1))
    with pytest.raises(ActionRefusedError, match="doet niet meer mee"):
        handed_in(town, organisation="De Moestuin")
    assert organisation_names(town.roos) == ["De Werkplaats"]


def test_a_place_at_an_organisation_that_will_leave_ends_with_it(town: Town) -> None:
    leaves_on = date(2026, 10, 1)
    Organisation.objects.filter(name="De Moestuin").update(left_on=leaves_on)
    key = handed_in(town, organisation="De Moestuin")
    assert Place.objects.get(key=key).closes_on == leaves_on


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "person"),
    [("carla", "roos_file"), ("vera", "roos_file"), ("roos", "sam"), ("anna", "tim")],
)
def test_nobody_hands_in_a_place_for_a_stranger(town: Town, member, person) -> None:
    with pytest.raises(ActionRefusedError, match="niet voor u"):
        handed_in(town, by=getattr(town, member), person=getattr(town, person))


@pytest.mark.parametrize("member", ["petra", "connie", "suus", "priya", "ab"])
def test_who_is_no_coach_and_no_resident_may_not_hand_in(town: Town, member) -> None:
    with pytest.raises(PermissionDenied):
        handed_in(town, by=getattr(town, member))


def test_a_found_place_is_no_suggestion_for_others(town: Town) -> None:
    key = handed_in(town)
    with on(LOOKED_AT):
        assert place_of(key).pk not in {one.place for one in open_places(town.anna)}


# --- looking at it -------------------------------------------------------------------------------


def test_a_colleague_takes_a_place_into_the_directory(town: Town) -> None:
    key = handed_in(town)
    looked_at(town, key)
    place = place_of(key)
    assert place.status == PlaceStatus.LISTED
    assert (place.confirmed_on, place.confirm_by) == (LOOKED_AT, date(2026, 12, 4))
    assert PlaceConfirmation.objects.get().answered_by_id == town.lea.membership_id
    with on(LOOKED_AT):
        assert place.pk in {one.place for one in open_places(town.anna)}
        [own] = found_places_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert (own.status, own.decided_on) == (PlaceStatus.LISTED, LOOKED_AT)


def test_a_place_that_is_refused_says_why_to_who_found_it(town: Town) -> None:
    key = handed_in(town)
    with pytest.raises(ActionRefusedError, match="Schrijf op waarom"):
        looked_at(town, key, accept=False, reason=" ")
    looked_at(town, key, accept=False, reason="De keuken is gesloten.")
    assert place_of(key).status == PlaceStatus.REFUSED
    assert not PlaceConfirmation.objects.exists()
    [own] = found_places_of(town.roos, pseudonym_id=town.roos_file.pseudonym_id)
    assert (own.status, own.reason) == (PlaceStatus.REFUSED, "De keuken is gesloten.")


def test_who_entered_it_does_not_decide(town: Town) -> None:
    key = handed_in(town, by=town.anna)
    with pytest.raises(ActionRefusedError, match="Vraag een collega"):
        looked_at(town, key, town.anna)
    looked_at(town, key, town.bram)
    assert place_of(key).status == PlaceStatus.LISTED


def test_what_was_decided_is_not_decided_again(town: Town) -> None:
    key = handed_in(town)
    looked_at(town, key)
    with pytest.raises(ActionRefusedError, match="al besloten"):
        looked_at(town, key, town.anna, accept=False, reason="Toch niet.")
    assert place_of(key).status == PlaceStatus.LISTED


def test_a_participation_job_comes_in_only_with_a_check_that_holds(town: Town) -> None:
    key = a_job(town)
    with pytest.raises(ActionRefusedError, match="toets op verdringing"):
        looked_at(town, key)
    checked(town, key, DISPLACES)
    with pytest.raises(ActionRefusedError, match="toets op verdringing"):
        looked_at(town, key)
    checked(town, key, UNCLEAR, reason="Besproken met het bestuur.")
    looked_at(town, key)
    assert place_of(key).status == PlaceStatus.LISTED


def test_a_participation_job_can_be_refused_without_a_check(town: Town) -> None:
    key = a_job(town)
    looked_at(town, key, accept=False, reason="Dit werk wordt nu betaald gedaan.")
    assert place_of(key).status == PlaceStatus.REFUSED


@pytest.mark.parametrize("member", ["carla", "vera"])
def test_a_stranger_finds_no_place_to_decide_about(town: Town, member) -> None:
    key, stranger = handed_in(town), getattr(town, member)
    for asked in (key, NOBODY):
        assert found_place(stranger, place_key=asked) is None
        with pytest.raises(ActionRefusedError, match="bestaat niet of is niet voor u"):
            looked_at(town, asked, stranger)
    assert found_places(stranger, wanted=FoundFilter()).total == 0
    assert found_totals(stranger).proposed == 0
    assert found_places_of(stranger, pseudonym_id=town.roos_file.pseudonym_id) == []


@pytest.mark.parametrize("member", ["petra", "roos", "connie", "suus"])
def test_who_may_not_look_at_found_places_sees_none(town: Town, member) -> None:
    key, viewer = handed_in(town), getattr(town, member)
    with pytest.raises(PermissionDenied):
        looked_at(town, key, viewer)
    assert found_place(viewer, place_key=key) is None
    assert found_places(viewer, wanted=FoundFilter(status=None)).total == 0


def test_a_fault_half_way_decides_nothing(town: Town, monkeypatch) -> None:
    key = handed_in(town)

    def breaks(*_arguments, **_named):
        raise RuntimeError("the power fails")

    monkeypatch.setattr("meedoen.records.places.found_actions.note_changes", breaks)
    with pytest.raises(RuntimeError, match="power"):
        looked_at(town, key)
    assert place_of(key).status == PlaceStatus.PROPOSED
    assert FoundPlace.objects.visible_to(town.anna).get().decided_at is None
    assert not PlaceConfirmation.objects.exists()


# --- the list ------------------------------------------------------------------------------------


def test_the_list_is_filtered_sorted_and_counted(town: Town) -> None:
    first = handed_in(town)
    handed_in(town, person=town.sam, by=town.anna, title="Afwassen", day=date(2026, 9, 2))
    refused = handed_in(town, title="Zingen", organisation="Koor Noord")
    looked_at(town, refused, accept=False, reason="Het koor stopt.")

    def titles(**wanted):
        page = found_places(town.lea, wanted=FoundFilter(**wanted))
        return [card.place.title for card in page.cards]

    assert titles() == ["Soep koken", "Afwassen"]
    assert titles(order=FoundOrder.NEWEST) == ["Afwassen", "Soep koken"]
    assert titles(order=FoundOrder.TITLE) == ["Afwassen", "Soep koken"]
    assert titles(status=PlaceStatus.REFUSED) == ["Zingen"]
    assert titles(status=None, words="koor") == ["Zingen"]
    assert titles(words="lepel koken") == ["Soep koken"]
    assert titles(kind=PlaceKind.TRAINING) == []
    totals = found_totals(town.lea)
    assert (totals.proposed, totals.listed, totals.refused) == (2, 0, 1)
    card = found_places(town.lea, wanted=FoundFilter()).cards[0]
    assert (card.person, card.entered_by, card.is_own) == ("Roos Nepstra", "Roos Testema", False)
    assert card.place.key == first


def test_the_list_takes_as_many_questions_however_long(town: Town) -> None:
    def questions():
        with CaptureQueriesContext(connection) as asked:
            page = found_places(town.lea, wanted=FoundFilter(), size=500)
        return len(page.cards), len(asked)

    crowd = register_crowd(town, 20)
    for at, pseudonym_id in enumerate(crowd):
        handed_in(town, by=town.anna, person=_Somebody(pseudonym_id), title=f"Plek {at}")
        if at == 2:
            few = questions()
    assert questions() == (20, few[1])
    assert few[0] == 3


class _Somebody:
    """Somebody of a crowd."""

    def __init__(self, pseudonym_id: int) -> None:
        self.pseudonym_id = pseudonym_id
