"""A small set of public places with everything that can be said of them, and reading answers."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from meedoen.records.directory.actions import enter_contacts, enter_locations
from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import Accessibility, ContactRole, PlaceKind, StartWindow
from tests.records.directory.scenes import a_contact, a_location
from tests.records.places.public_scenes import TODAY, new_public_place
from tests.standing_town import kept
from tests.town import LONG_AGO, Town
from tests.web.coach.scenes import on

EVERY_RULE = (
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=WEEKLY",
    "FREQ=MONTHLY;BYDAY=2MO",
    "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY",
    "FREQ=WEEKLY;BYDAY=WE;COUNT=10",
)
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def session(rule: str, **changes: Any) -> Session:
    plain = Session(rule=rule, first_on=date(2026, 1, 1), opens_at=time(9, 30), closes_at=time(12))
    return replace(plain, **changes)


@kept
def every_kind_of_place(town: Town) -> list[int]:
    """Make a public place of every kind, with and without all that can be said of one."""
    with on(TODAY):
        kas, yard = enter_locations(
            town.system,
            locations=[
                a_location(
                    town,
                    postal_code="9711AB",
                    accessibility=frozenset(Accessibility),
                    accessibility_note="De bel zit links.",
                ),
                replace(
                    a_location(town, name="De tuin", street="", postal_code="", bag_id=""),
                    house_number="",
                    town="",
                    latitude=None,
                    longitude=None,
                ),
            ],
        )
        enter_contacts(
            town.system,
            contacts=[
                a_contact(town, name="Petra Geheim", email="petra.geheim@example.org"),
                a_contact(
                    town,
                    role=ContactRole.RECEPTION,
                    name="Rick Receptie",
                    email="welkom@example.org",
                    phone="050 1234567",
                ),
            ],
        )
        return enter_places(
            town.system,
            places=[_place(town, number, kind, (kas, yard, None)) for number, kind in _numbered()],
        ) + enter_places(_elsewhere(town), places=[_place_elsewhere()])


def _numbered() -> list[tuple[int, PlaceKind]]:
    return list(enumerate(PlaceKind))


def _place(town: Town, number: int, kind: PlaceKind, locations: tuple[int | None, ...]) -> NewPlace:
    rich = number % 2 == 0
    place = new_public_place(
        town,
        kind=kind,
        title=f"Plek {number} <b>& meer</b>",
        location_id=locations[number % 3],
        sessions=tuple(session(rule) for rule in EVERY_RULE[: number + 1]),
    )
    if rich:
        return replace(
            place,
            functional_demands=frozenset({FunctionalDemand.LIFTING, FunctionalDemand.WALKING_FAR}),
            start_window=StartWindow.FIXED_DAY,
            next_start_on=date(2026, 4, 1),
            is_full=number == 4,
        )
    return replace(
        place,
        description="",
        interests=frozenset(),
        language_level_asked=LanguageLevel.BELOW_A1,
        cost_cents=0,
        cost_note="",
        confirmed_on=None,
        start_window=StartWindow.ANY_TIME,
    )


def _elsewhere(town: Town) -> Any:
    return replace(town.system, municipality_id=town.vera.municipality_id)


def _place_elsewhere() -> NewPlace:
    district = District.objects.get(code="WK999101")
    organisation = Organisation.objects.create(
        municipality_id=district.municipality_id,
        name="Buurthuis Elders",
        kind="association",
        kvk_number="12345678",
        website="https://buurthuis.example/",
        description="Hier is iedereen welkom.",
    )
    return NewPlace(
        organisation_id=organisation.pk,
        district_id=district.pk,
        kind=PlaceKind.OTHER,
        title="Biljarten",
        capacity=4,
        half_days=1,
        opens_on=LONG_AGO,
        is_public=True,
    )


def postcode_area(town: Town, digits: str, latitude: float, longitude: float) -> None:
    PostcodeArea.objects.create(
        municipality_id=town.system.municipality_id,
        digits=digits,
        latitude=latitude,
        longitude=longitude,
    )


def get(client: Any, path: str, day: date = TODAY, **parameters: Any) -> Any:
    """Return what an address answers on a day, as JSON."""
    with on(day):
        answer = client.get(f"/hsds/{path}", parameters)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def names(client: Any, path: str = "services", **parameters: Any) -> list[str]:
    """Return the names on a page."""
    return [one["name"] for one in get(client, path, **parameters)["contents"]]


def everything(client: Any, word: str = "plek", day: date = TODAY) -> dict[str, Any]:
    """Return all that the open data says: every list in every form, and each one of it.

    Of the terms only some: they are about a hundred, and the same whatever is public.
    """
    asked = [(kind, {"per_page": 500}) for kind in LISTS]
    asked += [(kind, {"full": "true"}) for kind in LISTS[:3]]
    asked += [(kind, {"search": word}) for kind in LISTS[:3]]
    asked += [(kind, {"municipality": "GM9990"}) for kind in LISTS[:3]]
    asked += [("services", {"minimal": "true"})]
    asked += [("organizations", {"full_service": "true"})]
    asked += [(kind, {"modified_after": "2000-01-01"}) for kind in ("services", LISTS[2])]
    found = {
        f"{kind} {parameters}": get(client, kind, day, **parameters) for kind, parameters in asked
    }
    for kind in LISTS:
        contents = found[f"{kind} {{'per_page': 500}}"]["contents"]
        for one in contents[:: 20 if kind == "taxonomy_terms" else 1]:
            found[f"{kind}/{one['id']}"] = get(client, f"{kind}/{one['id']}", day)
    return found
