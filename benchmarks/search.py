"""How fast places are found among twenty thousand, as ratios measured in one run (`make bench`).

Made-up places with made-up Dutch words, of which a few stand in half of the places and most are
rare, as in any language. Compare the ratios, not the milliseconds: each is beside a plain SELECT
of a page. On PostgreSQL: `python tests/postgres.py python benchmarks/search.py`.
"""

import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import django

PLACES, ORGANISATIONS, RUNS = 20_000, 2_000, 3
AGAIN = 2_000
CODE = "GM9998"
OFTEN = (
    "samen koffie taal wandelen fietsen tuin koken buurthuis vrijwilliger ouderen kinderen lezen "
    "muziek sport hulp computer naaien groep activiteit ontmoeten"
)
BEGINNINGS = (
    "buurt schuld taal wandel fiets tuin kook hout metaal zorg speel school huis boek groen "
    "dier water winkel kleding voedsel computer muziek sport kracht zang dans teken verf"
)
ENDINGS = (
    "groep hulpverlening maker werkplaats les cafe huis tuin club bank project team atelier "
    "ochtend middag kring winkel keuken maatje begeleiding training ruimte feest markt"
)
SYLLABLES = "ba den kor lin mo nes pra ri sto tel ver wi zan gu hoe jaf"


def main() -> None:
    """Build, find and print; on PostgreSQL when `DATABASE_URL` names it."""
    places = int(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEEDOEN_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meedoen.config.settings")
        django.setup()
        measure(places)


def measure(places: int) -> None:
    """Measure each kind of question; what is imported here needs Django to be ready."""
    from django.db import connection, transaction
    from tables import make_tables

    from meedoen.records.organisations.second_lock import narrow_to
    from meedoen.records.places.actions import enter_places
    from meedoen.records.places.find_queries import find_places
    from meedoen.records.places.finding import make_findable
    from meedoen.records.places.models import Place

    make_tables()
    chance = random.Random(1)  # noqa: S311
    viewer, new = _town(chance, places)
    start = time.perf_counter()
    numbers = list(
        itertools.chain.from_iterable(
            enter_places(viewer, places=new[at : at + 5_000]) for at in range(0, len(new), 5_000)
        )
    )
    entered = time.perf_counter() - start
    start = time.perf_counter()
    with transaction.atomic():
        make_findable(viewer, place_ids=numbers[:AGAIN])
    again = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As a standing database does by itself in the night.
            cursor.execute("VACUUM ANALYZE")
    # As the site does for who is signed in.
    narrow_to(viewer.municipality_id)

    def plain() -> None:
        rows = Place.objects.filter(municipality_id=viewer.municipality_id, kind="other")
        list(rows.select_related("organisation", "district").order_by("pk")[:25])

    page = _median(plain, 50)
    print(f"{connection.vendor}: {places} places")
    print(f"entered and made findable {entered:6.1f} s; {AGAIN} made findable again {again:6.1f} s")
    print(f"a plain SELECT of a page  {page * 1000:6.1f} ms")
    everything: list[float] = []
    for name, questions in _questions(chance).items():
        times, found = [], 0
        for wanted in questions:
            found += find_places(viewer, wanted=wanted).total
            times += [_once(lambda w=wanted: find_places(viewer, wanted=w)) for _ in range(RUNS)]
        everything += times
        _tell(name, times, page, f"{found / len(questions):8.0f} found")
    _tell("all together", everything, page, "")


def _town(chance: random.Random, places: int) -> tuple[Any, list[Any]]:
    """Make a municipality with organisations; return who acts there, and places to enter."""
    from meedoen.records.organisations.actions import (
        NewOrganisation,
        enter_organisations,
        found_municipality,
    )
    from meedoen.records.organisations.models import District
    from meedoen.records.places.actions import NewPlace
    from meedoen.rules.matching.facts import LanguageLevel
    from meedoen.rules.matching.interests import shipped_interests
    from meedoen.rules.vocabulary import OrganisationKind, PlaceKind

    districts = {f"WK9998{number:02}": f"Wijk {number}" for number in range(20)}
    viewer = found_municipality(code=CODE, name="Meetveld", districts=districts)
    for number, row in enumerate(District.objects.order_by("code")):
        row.latitude, row.longitude = 53.2 + number % 5 / 100, 6.5 + number % 7 / 100
        row.save()
    organisations = enter_organisations(
        viewer,
        organisations=[
            NewOrganisation(f"Stichting {_rare(chance)} {n}", OrganisationKind.ASSOCIATION)
            for n in range(ORGANISATIONS)
        ],
    )
    areas = list(District.objects.values_list("pk", flat=True))
    interests = [one.code for one in shipped_interests()]
    return viewer, [
        NewPlace(
            organisation_id=chance.choice(organisations),
            district_id=chance.choice(areas),
            kind=chance.choice(list(PlaceKind)),
            title=" ".join(_words(chance, 3)).capitalize(),
            description=" ".join(_words(chance, 30)),
            capacity=chance.randint(1, 12),
            half_days=chance.randint(1, 2**21 - 1),
            half_days_needed=0,
            language_level_asked=chance.choice(list(LanguageLevel)),
            interests=frozenset(chance.sample(interests, 2)),
            opens_on=date(2020, 1, 1),
            confirmed_on=chance.choice([None, date(2020, 1, 1)]),
            is_public=chance.random() < 0.5,
        )
        for _ in range(places)
    ]


def _words(chance: random.Random, many: int) -> Iterator[str]:
    often = OFTEN.split()
    weights = [1 / rank for rank in range(1, len(often) + 1)]
    for _ in range(many):
        what = chance.random()
        if what < 0.2:
            yield chance.choices(often, weights)[0]
        elif what < 0.7:
            yield _compound(chance)
        else:
            yield _rare(chance)


def _compound(chance: random.Random) -> str:
    return chance.choice(BEGINNINGS.split()) + chance.choice(ENDINGS.split())


def _rare(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES.split(), k=chance.randint(2, 4)))


def _questions(chance: random.Random) -> dict[str, list[Any]]:
    from meedoen.records.places.wanted import PlaceFilter, PlaceOrder
    from meedoen.rules.vocabulary import PlaceKind

    typed, endings = OFTEN.split(), ENDINGS.split()
    compounds = [_compound(chance) for _ in range(20)]
    job = frozenset({PlaceKind.PARTICIPATION_JOB})
    near = {"near": "WK999803", "within_km": 3}
    return {
        "no words": [PlaceFilter()],
        "nearest": [PlaceFilter(near="WK999803", order=PlaceOrder.NEAREST)],
        "filters": [PlaceFilter(kinds=job, half_days=0b111, free_only=True, **near)],
        "a frequent word": [PlaceFilter(words=word) for word in typed],
        "two frequent words": [
            PlaceFilter(words=f"{one} {two}") for one, two in itertools.pairwise(typed)
        ],
        "a compound": [PlaceFilter(words=word) for word in compounds],
        "a part": [PlaceFilter(words=word) for word in endings],
        "beginning of a word": [PlaceFilter(words=word[:3]) for word in typed + compounds],
        "a slip of the pen": [
            PlaceFilter(words=word[:3] + word[4] + word[3] + word[5:]) for word in compounds
        ],
        "an unknown compound": [PlaceFilter(words=f"{word}wandelen") for word in endings],
        "a word and filters": [
            PlaceFilter(words=word, kinds=job, half_days=0b111, **near) for word in typed
        ],
        "a sentence": [PlaceFilter(words="ik wil graag " + " ".join(typed[:4]))],
        "unknown words": [PlaceFilter(words=_rare(chance) + _rare(chance)) for _ in range(20)],
    }


def _once(work: Callable[[], Any]) -> float:
    """Return the seconds of one run: of this processor, or of the clock for another server."""
    from django.db import connection

    now = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    start = now()
    work()
    return now() - start


def _median(work: Callable[[], Any], runs: int) -> float:
    return statistics.median(_once(work) for _ in range(runs))


def _tell(name: str, times: list[float], page: float, more: str) -> None:
    half = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name:22} p50 {half * 1000:6.1f} ms {half / page:6.1f} x   "
        f"p95 {p95 * 1000:6.1f} ms {p95 / page:6.1f} x {more}"
    )


if __name__ == "__main__":
    main()
