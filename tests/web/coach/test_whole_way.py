"""The whole way of somebody: one path over kinds of places, each step under its own law."""

from datetime import date

from django.urls import reverse

from meedoen.records.placements.actions import (
    NewPlacement,
    confirm_start,
    end,
    place_all,
    withdraw,
)
from meedoen.records.placements.models import Placement
from meedoen.records.placements.queries import placements_of
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import MoveReason, Outcome, PlaceKind
from meedoen.web.shared.whole_way import whole_way
from tests.town import LONG_AGO, MORNINGS, Town
from tests.web.coach.scenes import address, on, readable

DAY_START, JOB_START, JOB_END = date(2025, 3, 3), date(2026, 1, 5), date(2026, 6, 30)


def place(town: Town, kind: PlaceKind, title: str) -> int:
    [made] = enter_places(
        town.system,
        places=[
            NewPlace(
                organisation_id=Place.objects.get(pk=town.garden).organisation_id,
                district_id=town.north,
                kind=kind,
                title=title,
                capacity=5,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
        ],
    )
    return made


def took_part(town: Town, where: int, first: date) -> object:
    """Let Roos begin at a place and return the placement's key."""
    with on(first):
        [number] = place_all(
            town.system,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id, place_id=where, proposed_on=first
                )
            ],
        )
        key = Placement.objects.visible_to(town.system).get(pk=number).key
        confirm_start(town.system, key=key, started_on=first)
    return key


def ended(town: Town, key, last: date, outcome: Outcome) -> None:
    with on(date(2026, 9, 1)):
        end(town.anna, key=key, last_day=last, outcome=outcome)


def way_of(town: Town):
    return whole_way(placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id))


def from_wmo_to_work(town: Town) -> None:
    """Day activity, then a participation job, then paid work."""
    day = took_part(town, place(town, PlaceKind.DAY_ACTIVITY, "Huiskamer"), DAY_START)
    ended(town, day, date(2025, 12, 1), Outcome.MOVED_ON_TO_OTHER_PLACE)
    work = took_part(town, town.garden, JOB_START)
    ended(town, work, JOB_END, Outcome.MOVED_ON_TO_PAID_WORK)


def test_each_step_has_its_own_law_and_article(town: Town) -> None:
    from_wmo_to_work(town)
    first, second, third = (step for row in way_of(town).rows for step in row)
    assert [str(step.name) for step in (first, second, third)] == [
        "Dagbesteding",
        "Participatiebaan",
        "Betaald werk",
    ]
    assert "Wmo" in str(first.law)
    assert "2.3.5" in first.article
    assert str(second.law) == "Participatiewet"
    assert "10a" in second.article
    assert (str(third.law), third.article, third.address) == ("", "", "")
    assert [str(step.direction) for step in (first, second, third)] == [
        "Begin",
        "Een stap verder",
        "Een stap verder",
    ]
    assert second.gap == "Daarvoor was er 34 dagen geen plek."


def test_the_sentence_names_the_laws_without_mixing_them(town: Town) -> None:
    from_wmo_to_work(town)
    sentence = way_of(town).sentence
    assert sentence.startswith("3 stappen, de laatste is betaald werk.")
    assert "Wet maatschappelijke ondersteuning (Wmo) en Participatiewet" in sentence
    assert "hoort alleen bij die wet" in sentence


def test_what_goes_on_at_once_stands_beside_each_other(town: Town) -> None:
    took_part(town, place(town, PlaceKind.DAY_ACTIVITY, "Huiskamer"), DAY_START)
    took_part(town, town.repair, JOB_START)
    [row] = way_of(town).rows
    assert [step.number for step in row] == [1, 2]
    assert row[1].beside == "Begon terwijl stap 1 nog liep."


def test_who_never_began_is_no_step(town: Town) -> None:
    with on(DAY_START):
        place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=town.roos_file.pseudonym_id,
                    place_id=town.repair,
                    proposed_on=DAY_START,
                )
            ],
        )
        key = Placement.objects.visible_to(town.system).get().key
        withdraw(
            town.anna,
            key=key,
            outcome=Outcome.STOPPED_BY_RESIDENT,
            reason=MoveReason.GAVE_NO_REASON,
        )
    assert way_of(town).rows == ()
    assert way_of(town).sentence == "Er is nog geen stap: niemand begon al op een plek."


def test_the_coach_reads_it_on_the_path_and_gets_to_the_placement(town: Town, sign_in) -> None:
    key = took_part(town, town.garden, JOB_START)
    with on(date(2026, 9, 1)):
        page = sign_in(town.anna).get(address("path", town.roos_file.key))
    text = readable(page)
    assert "De hele weg 1 stap, de laatste is participatiebaan." in text
    assert "Vanaf 5 januari 2026" in text
    assert address("placement", key) in page.content.decode()


def test_the_resident_reads_the_own_way_without_links_to_the_desk(town: Town, sign_in) -> None:
    from_wmo_to_work(town)
    with on(date(2026, 9, 1)):
        page = sign_in(town.roos).get(reverse("resident:path"))
    assert "Stap 2: Participatiebaan" in readable(page)
    assert "Dit is geen taak van de gemeente." in readable(page)
    assert "/coach/" not in page.content.decode()


def test_a_stranger_finds_no_path(town: Town, sign_in) -> None:
    from_wmo_to_work(town)
    assert sign_in(town.carla).get(address("path", town.roos_file.key)).status_code == 404
