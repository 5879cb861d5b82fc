"""A public place as facts, to change one of."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from meedoen.rules.hsds.facts import (
    AreaFacts,
    LocationFacts,
    OrganisationFacts,
    OrganisationWords,
    ReceptionFacts,
    ServiceFacts,
    ServiceWords,
)

KEY = uuid.UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")
TOWN = AreaFacts("GM9990", "Testveld")


def a_location(**changes: Any) -> LocationFacts:
    plain = LocationFacts(
        key=KEY,
        organisation_key=KEY,
        name="De Kas",
        street="Kerkstraat",
        house_number="12a",
        postal_code="1234AB",
        town="Testveld",
        province="Drenthe",
        bag_id="",
        latitude=53.2,
        longitude=6.5,
        accessibility=("lift",),
        accessibility_note="",
    )
    return replace(plain, **changes)


def an_organisation(**changes: Any) -> OrganisationFacts:
    plain = OrganisationFacts(
        key=KEY,
        name="De Moestuin",
        kind="association",
        description="",
        website="",
        kvk_number="12345678",
        municipality=TOWN,
        reception=ReceptionFacts(KEY, "welkom@example.org", "050 1234567"),
    )
    return replace(plain, **changes)


def a_service(**changes: Any) -> ServiceFacts:
    plain = ServiceFacts(
        key=KEY,
        title="Samen koken",
        description="",
        kind="volunteer_work",
        organisation=an_organisation(),
        district=AreaFacts("WK999001", "Noord", TOWN.code),
        location=a_location(),
        sessions=(),
        language_level=0,
        functional_demands=(),
        interests=(),
        cost_cents=0,
        cost_note="",
        start_window="any_time",
        next_start_on=None,
        open_to_sign_up=False,
        free=0,
        confirmed_on=date(2026, 3, 2),
        is_stale=False,
        modified_at=datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC),
    )
    return replace(plain, **changes)


def words() -> ServiceWords:
    return ServiceWords(
        eligibility="",
        application="",
        fees="Gratis.",
        cost_option="gratis",
        alert="",
        free="Vrij",
        unit="mensen",
        language="Nederlands",
        without_holidays="Niet op feestdagen.",
        other_rhythm="Herhaling:",
        area="Wijk",
        area_uri="https://example.org/wijk",
        url="",
        terms=(),
    )


def organisation_words() -> OrganisationWords:
    return OrganisationWords(description="Vereniging.", kvk="KVK-nummer", terms=())
