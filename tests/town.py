"""The test town Testveld, its fixed cast, and Elders, another municipality.

    Testveld                                       Elders
      team Noord: Anna, Bram (coaches), Lea (lead)   Vera (coach), her resident Wout
      team Zuid:  Carla (coach)
      De Moestuin: Petra, Pia (partners; Pia leads)   De Werkplaats: Otto (partner)
      Connie (controller), Suus (subsidies), Priya (privacy), Ab (administrator)
      residents: Roos (Anna; can sign in), Sam (Anna), Tim (Carla)
      places: garden (De Moestuin, participation job, 2 seats; takes no paid work away),
              repair (De Werkplaats, volunteer work, 1 seat),
              far (De Werkplaats, participation job, only Sunday evening; nobody checked it)

Everyone is made through actions. All people are invented.
"""

from dataclasses import dataclass
from datetime import date

from meedoen.records.conversations.actions import NewConversation
from meedoen.records.ladder.actions import NewMeasurement, complete_talk
from meedoen.records.organisations.actions import (
    NewOrganisation,
    enter_organisations,
    enter_team,
    found_municipality,
    invite,
)
from meedoen.records.organisations.models import District, Membership
from meedoen.records.organisations.queries import person_for
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.actions import NewResident, give_sign_in, register_all
from meedoen.records.people.queries import CaseloadFilter, caseload
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place
from meedoen.rules import half_days
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.places.displacement import Answers as Displacement
from meedoen.rules.places.displacement import Reply, SignedFor
from meedoen.rules.vocabulary import Channel, OrganisationKind, PlaceKind

CODE, OTHER_CODE = "GM9990", "GM9991"
PASSWORD = "a-long-test-password"
MORNINGS = half_days.from_codes(["mon_morning", "tue_morning", "wed_morning"])
SUNDAY = half_days.from_codes(["sun_evening"])
LONG_AGO = date(2015, 1, 1)
NO_PAID_WORK = Displacement(
    additional=Reply.YES,
    paid_before=Reply.NO,
    vacancy=Reply.NO,
    goes_on=Reply.YES,
    signed_for=SignedFor.EMPLOYER,
    signer_name="Jo Verzonnen",
    signer_function="bestuurder",
)


@dataclass(frozen=True)
class Person:
    """A resident of the cast."""

    pseudonym_id: int
    key: str
    name: str


@dataclass(frozen=True)
class Town:
    """The cast, each member as a viewer, and where things are."""

    system: Viewer
    anna: Viewer
    bram: Viewer
    lea: Viewer
    carla: Viewer
    petra: Viewer
    pia: Viewer
    otto: Viewer
    roos: Viewer
    connie: Viewer
    suus: Viewer
    priya: Viewer
    ab: Viewer
    vera: Viewer
    roos_file: Person
    sam: Person
    tim: Person
    wout: Person
    garden: int
    repair: int
    far: int
    north: int
    south: int

    @property
    def members(self) -> dict[str, Viewer]:
        """Everyone who can sign in, by name."""
        names = "anna bram lea carla petra pia otto roos connie suus priya ab vera"
        return {name: getattr(self, name) for name in names.split()}


def build_town() -> Town:
    """Make Testveld and Elders and return the cast."""
    system = found_municipality(
        code=CODE, name="Testveld", districts={"WK999001": "Noord", "WK999002": "Zuid"}
    )
    elsewhere = found_municipality(code=OTHER_CODE, name="Elders", districts={"WK999101": "Midden"})
    north, south = (District.objects.get(code=code).pk for code in ("WK999001", "WK999002"))
    team_north, team_south = enter_team(system, name="Noord"), enter_team(system, name="Zuid")
    moestuin, werkplaats = enter_organisations(
        system,
        organisations=[
            NewOrganisation("De Moestuin", OrganisationKind.ASSOCIATION),
            NewOrganisation("De Werkplaats", OrganisationKind.PRIVATE_INITIATIVE),
        ],
    )
    cast = {
        "anna": _member(system, "Anna", Role.COACH, team_id=team_north),
        "bram": _member(system, "Bram", Role.COACH, team_id=team_north),
        "lea": _member(system, "Lea", Role.TEAM_LEAD, team_id=team_north),
        "carla": _member(system, "Carla", Role.COACH, team_id=team_south),
        "petra": _member(system, "Petra", Role.PARTNER, organisation_id=moestuin),
        "pia": _member(system, "Pia", Role.PARTNER_LEAD, organisation_id=moestuin),
        "otto": _member(system, "Otto", Role.PARTNER, organisation_id=werkplaats),
        "roos": _member(system, "Roos", Role.RESIDENT),
        "connie": _member(system, "Connie", Role.CONTROLLER),
        "suus": _member(system, "Suus", Role.SUBSIDY_OFFICER),
        "priya": _member(system, "Priya", Role.PRIVACY_OFFICER),
        "ab": _member(system, "Ab", Role.ADMINISTRATOR),
    }
    vera = _member(elsewhere, "Vera", Role.COACH, team_id=enter_team(elsewhere, name="Midden"))
    midden = District.objects.get(code="WK999101").pk
    anna_id, carla_id = cast["anna"].membership_id, cast["carla"].membership_id
    register_all(
        system,
        residents=[
            _resident("Roos", "111222333", north, anna_id),
            _resident("Sam", "999990019", north, anna_id),
            _resident("Tim", "999990020", south, carla_id),
        ],
    )
    register_all(elsewhere, residents=[_resident("Wout", "111222333", midden, vera.membership_id)])
    people = {person.name.split()[0]: person for person in (*_people(system), *_people(elsewhere))}
    give_sign_in(
        system,
        pseudonym_id=people["Roos"].pseudonym_id,
        membership_id=cast["roos"].membership_id,
    )
    garden, repair, far = enter_places(
        system,
        places=[
            _place(moestuin, north, "Moestuin", PlaceKind.PARTICIPATION_JOB, 2, MORNINGS),
            _place(werkplaats, south, "Fietsen maken", PlaceKind.VOLUNTEER_WORK, 1, MORNINGS),
            _place(werkplaats, south, "Zondagsoos", PlaceKind.PARTICIPATION_JOB, 5, SUNDAY),
        ],
    )
    checked = Place.objects.get(pk=garden).key
    check_displacement(system, place_key=checked, answers=NO_PAID_WORK)
    return Town(
        system=system,
        **cast,
        vera=vera,
        roos_file=people["Roos"],
        sam=people["Sam"],
        tim=people["Tim"],
        wout=people["Wout"],
        garden=garden,
        repair=repair,
        far=far,
        north=north,
        south=south,
    )


def _member(system: Viewer, name: str, role: Role, **where: int) -> Viewer:
    membership_id = invite(
        system,
        email=f"{name.lower()}@example.org",
        name=f"{name} Testema",
        role=role,
        password=PASSWORD,
        **where,
    )
    account_id = Membership.objects.get(pk=membership_id).account_id
    return person_for(account_id).viewer


def _resident(name: str, bsn: str, district_id: int, coach_id: int) -> NewResident:
    return NewResident(
        given_name=name,
        family_name="Nepstra",
        birth_date=date(1980, 5, 4),
        bsn=bsn,
        district_id=district_id,
        coach_id=coach_id,
        benefit_starts_on=LONG_AGO,
    )


def _place(
    organisation_id: int,
    district_id: int,
    title: str,
    kind: PlaceKind,
    capacity: int,
    times: int,
) -> NewPlace:
    return NewPlace(
        organisation_id=organisation_id,
        district_id=district_id,
        kind=kind,
        title=title,
        capacity=capacity,
        half_days=times,
        opens_on=LONG_AGO,
    )


def _people(system: Viewer) -> list[Person]:
    cards = caseload(system, wanted=CaseloadFilter()).cards
    return [Person(card.pseudonym_id, str(card.key), card.name) for card in cards]


ON_RUNG_2 = Answers(
    has_contract=False,
    unpaid_tasks_with_responsibility=False,
    organised_activity_weekly=False,
    contacts_outside_weekly=True,
)
ON_RUNG_4 = Answers(has_contract=False, unpaid_tasks_with_responsibility=True)


def talk(viewer: Viewer, person: Person, on: date, answers: Answers | None = None) -> None:
    """Have a conversation with someone, with a measurement when answers are given."""
    complete_talk(
        viewer,
        conversation=NewConversation(
            pseudonym_id=person.pseudonym_id,
            held_on=on,
            channel=Channel.IN_PERSON,
            story="Wil graag naar buiten.",
            half_days=MORNINGS,
        ),
        measurement=answers
        and NewMeasurement(pseudonym_id=person.pseudonym_id, measured_on=on, answers=answers),
    )
