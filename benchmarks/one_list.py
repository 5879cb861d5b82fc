"""How fast the places for one person are found among 8,000, as ratios measured in one run.

Made-up places with all they offer and ask, and one person after another who wants something else.
Compare the ratios, not the milliseconds: each is beside a plain SELECT of those places. On
PostgreSQL: `python tests/postgres.py python benchmarks/one_list.py`.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

PLACES, PEOPLE, RUNS = 8_000, 30, 5
CODE = "GM9997"
LONG_AGO = date(2020, 1, 1)


def main() -> None:
    """Build, look and print; on PostgreSQL when `DATABASE_URL` names it."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEEDOEN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        django.setup()
        measure(places)


def measure(places: int) -> None:
    """Measure one list, what it is made of, and its page."""
    from django.db import connection
    from tables import make_tables

    from meedoen.records.organisations.second_lock import narrow_to
    from meedoen.records.places.models import Place
    from meedoen.records.places.now import places_now
    from meedoen.records.proposals.actions import Search, propose
    from meedoen.records.proposals.queries import proposal

    make_tables()
    coach, people = _town(random.Random(1), places)  # noqa: S311
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As a standing database does by itself in the night.
            cursor.execute("VACUUM ANALYZE")
    # As the site does for who is signed in.
    narrow_to(coach.municipality_id)

    def plain() -> None:
        list(Place.objects.filter(municipality_id=coach.municipality_id))

    def ask(person: int) -> Any:
        # As the page does: the places are read before the transaction in which the list is kept.
        search = Search(places=places_now(coach))
        return propose(coach, pseudonym_id=person, search=search)

    plain()
    whole = statistics.median(_once(plain) for _ in range(RUNS))
    print(f"{connection.vendor}: {places} places")
    print(f"a plain SELECT of them       {whole * 1000:7.1f} ms")
    _tell(
        "the first list of a process",
        [_once(lambda: ask(people[0]))],
        whole,
    )
    made, times, shown = [], [], []
    for _ in range(RUNS):
        for person in people:
            times.append(_once(lambda p=person: made.append(ask(p))))
    _tell("one list, found and kept", times, whole)
    changed = []
    for number, person in enumerate(people * 2):
        Place.objects.filter(pk=Place.objects.first().pk).update(title=f"Anders {number}")
        changed.append(_once(lambda p=person: ask(p)))
    _tell("after a place was changed", changed, whole)
    for key in made:
        shown.append(_once(lambda k=key: proposal(coach, key=k)))
    _tell("the list read again", shown, whole)
    _tell("the page, asked and shown", _pages(people), whole)


def _pages(people: list[int]) -> list[float]:
    """Return how long it takes to ask for a list in a browser and to be shown it."""
    from django.conf import settings
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import reverse

    from meedoen.records.organisations.models import Account

    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(email="proefcoach@example.org"))
    asked = {"travel": "cycling", "guidance": "now_and_then"}
    # Names of files as they are: making them for browsers to keep is work of `prepare`.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        return [
            _once(lambda k=key: client.post(reverse("coach:places", args=[k]), asked, follow=True))
            for key in _keys(people) * 2
        ]


def _town(chance: random.Random, places: int) -> tuple[Any, list[int]]:
    """Make a municipality with places and people who were spoken with; return coach and people."""
    from meedoen.records.conversations.actions import NewConversation, complete_all
    from meedoen.records.organisations.actions import (
        NewOrganisation,
        enter_organisations,
        enter_team,
        found_municipality,
        invite,
    )
    from meedoen.records.organisations.models import District, Membership
    from meedoen.records.organisations.queries import person_for
    from meedoen.records.organisations.viewer import Role
    from meedoen.records.people.actions import NewResident, register_all
    from meedoen.records.places.actions import enter_places
    from meedoen.rules import half_days
    from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
    from meedoen.rules.matching.interests import shipped_interests
    from meedoen.rules.vocabulary import Channel, OrganisationKind, PlaceKind

    districts = {f"WK9997{number:02}": f"Wijk {number}" for number in range(20)}
    system = found_municipality(code=CODE, name="Meetveld", districts=districts)
    for number, row in enumerate(District.objects.order_by("code")):
        row.latitude, row.longitude = 53.2 + number % 5 / 60, 6.5 + number % 7 / 60
        row.save()
    areas = list(District.objects.values_list("pk", flat=True))
    organisations = enter_organisations(
        system,
        organisations=[
            NewOrganisation(f"Proefstichting {n}", OrganisationKind.ASSOCIATION) for n in range(800)
        ],
    )
    interests = [one.code for one in shipped_interests()]
    enter_places(system, places=_places(chance, places, organisations, areas, interests))
    team = enter_team(system, name="Meetteam")
    membership = invite(
        system,
        email="proefcoach@example.org",
        name="Proefcoach Testema",
        role=Role.COACH,
        team_id=team,
    )
    account = Membership.objects.get(pk=membership).account_id
    found = person_for(account)
    assert found is not None
    coach = found.viewer
    people = register_all(
        system,
        residents=[
            NewResident(
                given_name=f"Proef{number}",
                family_name="Testema",
                birth_date=date(1980, 1, 1),
                bsn=bsn,
                district_id=chance.choice(areas),
                coach_id=membership,
                benefit_starts_on=LONG_AGO,
            )
            for number, bsn in enumerate(_numbers(PEOPLE))
        ],
    )
    complete_all(
        coach,
        conversations=[
            NewConversation(
                pseudonym_id=person,
                held_on=date(2026, 3, 2),
                channel=Channel.PHONE,
                story="Verzonnen.",
                wished_kinds=frozenset(chance.sample(list(PlaceKind), 3))
                if chance.random() < 0.7
                else frozenset(),
                interests=frozenset(chance.sample(interests, 5)),
                half_days=half_days.from_codes(
                    code for code in half_days.CODES if chance.random() < 0.5
                ),
                whole_town=chance.random() < 0.8,
                language_level=chance.choice(list(LanguageLevel)),
                functional_limits=frozenset(
                    one for one in FunctionalDemand if chance.random() < 0.15
                ),
            )
            for person in people
        ],
    )
    return coach, people


def _places(
    chance: random.Random, many: int, organisations: list[int], areas: list[int], interests: Any
) -> list[Any]:
    from meedoen.records.places.actions import NewPlace
    from meedoen.rules import half_days
    from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
    from meedoen.rules.vocabulary import Guidance, PlaceKind

    kinds = [kind for kind in PlaceKind if kind is not PlaceKind.PARTICIPATION_JOB]
    return [
        NewPlace(
            organisation_id=chance.choice(organisations),
            district_id=chance.choice(areas),
            kind=chance.choice(kinds),
            title=f"Proefplek {number}",
            description="Hier gebeurt iets dat verzonnen is, op vaste tijden en met hulp. " * 3,
            capacity=chance.randint(1, 12),
            half_days=half_days.from_codes(chance.sample(half_days.CODES, chance.randint(2, 8))),
            half_days_needed=chance.randint(0, 2),
            language_level_asked=chance.choice(list(LanguageLevel)[:5]),
            functional_demands=frozenset(one for one in FunctionalDemand if chance.random() < 0.15),
            interests=frozenset(chance.sample(interests, 3)),
            guidance=chance.choice(list(Guidance)),
            opens_on=LONG_AGO,
            confirmed_on=chance.choice([date(2026, 11, 1), date(2026, 9, 1), LONG_AGO]),
        )
        for number in range(many)
    ]


def _numbers(many: int) -> list[str]:
    """Return numbers that pass the eleven test; they begin with 99999, as test numbers do."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    found = []
    for candidate in map(str, range(999_991_000, 999_999_999)):
        if sum(int(digit) * by for digit, by in zip(candidate, weights, strict=True)) % 11 == 0:
            found.append(candidate)
        if len(found) == many:
            break
    return found


def _keys(people: list[int]) -> list[Any]:
    from meedoen.records.history.models import Pseudonym

    return list(Pseudonym.objects.filter(pk__in=people).values_list("key", flat=True))


def _once(work: Callable[[], Any]) -> float:
    """Return the seconds of one run: of this processor, or of the clock for another server."""
    from django.db import connection

    now = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = now()
    work()
    return now() - start


def _tell(name: str, times: list[float], whole: float) -> None:
    half = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    print(
        f"{name:28} p50 {half * 1000:7.1f} ms {half / whole:6.2f} x   "
        f"p95 {p95 * 1000:7.1f} ms {p95 / whole:6.2f} x"
    )


if __name__ == "__main__":
    main()
