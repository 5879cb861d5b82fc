from datetime import date
from html import unescape
from typing import Any

import pytest

from meedoen.records.placements.actions import NewPlacement, move_one, place_all
from meedoen.records.placements.models import Placement
from meedoen.records.placements.queries import placement, placements_of
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import Outcome, PlacementState
from tests.town import Town
from tests.web.coach.scenes import address, hidden, on, proposed, readable, started
from tests.web.coach.test_placement import state

NOW = date(2026, 6, 1)


def rows(page) -> list[tuple[Any, ...]]:
    """Return the rows of the form as they are shown."""
    return [
        (row.state.value(), str(row.on.value() or ""), row.why.value() or "")
        for row in page.context["form"].rows()
    ]


def typed(*steps: tuple[str, str, str], seen: str, **more: str) -> dict[str, str]:
    sent = {"seen": seen, **more}
    for at, (stood, day, why) in enumerate(steps):
        sent |= {f"state-{at}": stood, f"on-{at}": day, f"why-{at}": why}
    return sent


def stretches(town: Town, key) -> list[tuple[str, str]]:
    card = placement(town.anna, key=key)
    assert card is not None
    return [
        (one.state.value, one.starts_on.isoformat()) for one in card.stretches if not one.withdrawn
    ]


def test_the_form_begins_with_the_course_as_it_is_known(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("placement_course", started(town)))
    assert rows(page) == [("proposed", "2026-03-02", ""), ("active", "2026-03-09", "")]


def test_the_whole_course_is_put_right_at_once(town: Town, sign_in) -> None:
    key = started(town)
    with on(NOW):
        client = sign_in(town.anna)
        seen = hidden(client.get(address("placement_course", key)), "seen")
        answer = client.post(
            address("placement_course", key),
            typed(
                ("waiting", "2026-02-02", ""),
                ("proposed", "2026-03-02", ""),
                ("trial", "2026-03-09", ""),
                ("active", "2026-03-23", ""),
                ("paused", "2026-04-06", "agreed_break"),
                ("active", "2026-04-20", ""),
                ("ended", "2026-05-15", "stopped_by_resident.needed_at_home"),
                seen=seen,
            ),
            follow=True,
        )
        again = client.get(address("placement_course", key))
    text = readable(answer)
    assert "Opgeschreven hoe het echt ging." in text
    assert "van 20 april 2026 tot en met 15 mei 2026" in text
    assert "De inwoner wil niet verder: Is thuis nodig" in text
    assert state(town, key) is PlacementState.ENDED
    assert Place.objects.get(pk=town.garden).taken == 0
    assert rows(again)[0] == ("waiting", "2026-02-02", "")
    assert rows(again)[4:] == [
        ("paused", "2026-04-06", "agreed_break"),
        ("active", "2026-04-20", ""),
        ("ended", "2026-05-15", "stopped_by_resident.needed_at_home"),
    ]


def test_an_end_that_was_not_so_can_be_taken_away(town: Town, sign_in) -> None:
    key = started(town)
    with on(NOW):
        move_one(
            town.anna,
            key=key,
            to=PlacementState.ENDED,
            on=date(2026, 5, 1),
            outcome=Outcome.GOAL_REACHED,
        )
        client = sign_in(town.anna)
        seen = hidden(client.get(address("placement_course", key)), "seen")
        client.post(
            address("placement_course", key),
            typed(("proposed", "2026-03-02", ""), ("active", "2026-03-10", ""), seen=seen),
        )
    assert state(town, key) is PlacementState.ACTIVE
    assert stretches(town, key) == [("proposed", "2026-03-02"), ("active", "2026-03-10")]
    assert Place.objects.get(pk=town.garden).taken == 1


def test_rows_come_and_go_without_losing_what_was_typed(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    given = (("proposed", "2026-03-02", ""), ("active", "morgen", "goal_reached"))
    more = client.post(address("placement_course", key), typed(*given, seen="7", step="insert-0"))
    assert more.status_code == 200
    assert rows(more) == [given[0], ("", "", ""), given[1]]
    assert hidden(more, "seen") == "7"
    fewer = client.post(address("placement_course", key), typed(*given, seen="7", step="drop-0"))
    assert rows(fewer) == [given[1]]
    last = client.post(address("placement_course", key), typed(given[0], seen="7", step="drop-0"))
    assert rows(last) == [given[0]]
    odd = client.post(address("placement_course", key), typed(*given, seen="7", step="drop-99"))
    assert rows(odd) == list(given)
    assert stretches(town, key) == [("proposed", "2026-03-02"), ("active", "2026-03-09")]


def test_all_mistakes_are_named_at_once_and_what_was_typed_stays(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    seen = hidden(client.get(address("placement_course", key)), "seen")
    given = (("proposed", "", ""), ("", "2026-03-09", ""), ("goed", "2999-01-01", "zomaar"))
    page = client.post(address("placement_course", key), typed(*given, seen=seen))
    assert page.status_code == 422
    wrong = {"on-0", "state-1", "state-2", "on-2", "why-2"}
    assert set(page.context["form"].errors) == wrong
    assert rows(page) == list(given)
    assert "Kies hoe het stond." in readable(page)


def test_a_course_that_cannot_be_is_refused_with_every_reason(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.anna)
    seen = hidden(client.get(address("placement_course", key)), "seen")
    page = client.post(
        address("placement_course", key),
        typed(
            ("active", "2026-03-09", ""),
            ("proposed", "2026-03-02", ""),
            ("ended", "2026-03-20", ""),
            seen=seen,
        ),
    )
    text = unescape(readable(page))
    assert page.status_code == 422
    assert "Begin met een voorstel of met wachten." in text
    assert "Stap 2 past niet na de stap ervoor." in text
    assert "Stap 2 ligt voor de stap ervoor." in text
    assert "Stap 3 past niet na de stap ervoor." in text
    assert stretches(town, key) == [("proposed", "2026-03-02"), ("active", "2026-03-09")]


def test_what_happened_in_the_meantime_is_not_written_over_unseen(town: Town, sign_in) -> None:
    key = proposed(town)
    client = sign_in(town.anna)
    seen = hidden(client.get(address("placement_course", key)), "seen")
    with on(date(2026, 3, 9)):
        move_one(town.bram, key=key, to=PlacementState.ACTIVE, on=date(2026, 3, 9))
    given = typed(("proposed", "2026-03-01", ""), seen=seen)
    page = client.post(address("placement_course", key), given)
    assert page.status_code == 422
    assert "De plaatsing is intussen veranderd." in readable(page)
    assert state(town, key) is PlacementState.ACTIVE
    client.post(address("placement_course", key), given | {"seen": hidden(page, "seen")})
    assert stretches(town, key) == [("proposed", "2026-03-01")]


def test_a_seat_that_somebody_else_took_is_not_taken_back(town: Town, sign_in) -> None:
    key = _at_repair(town)
    client = sign_in(town.anna)
    with on(NOW):
        move_one(town.anna, key=key, to=PlacementState.WITHDRAWN, on=date(2026, 3, 3))
        _at_repair(town, town.sam)
        seen = hidden(client.get(address("placement_course", key)), "seen")
        page = client.post(
            address("placement_course", key), typed(("proposed", "2026-03-02", ""), seen=seen)
        )
    assert "geen ruimte meer" in readable(page)
    assert state(town, key) is PlacementState.WITHDRAWN


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "roos"])
def test_a_stranger_finds_no_course(town: Town, sign_in, who: str) -> None:
    key = started(town)
    client = sign_in(getattr(town, who))
    assert client.get(address("placement_course", key)).status_code == 404
    assert client.post(address("placement_course", key), {}).status_code == 404


def _at_repair(town: Town, person=None):
    with on(date(2026, 3, 2)):
        [pk] = place_all(
            town.anna,
            placements=[
                NewPlacement(
                    pseudonym_id=(person or town.roos_file).pseudonym_id,
                    place_id=town.repair,
                    proposed_on=date(2026, 3, 2),
                )
            ],
        )
    return Placement.objects.visible_to(town.system).get(pk=pk).key


# --- registering late ----------------------------------------------------------------------------


def garden(town: Town) -> str:
    return str(Place.objects.get(pk=town.garden).key)


def late(client, town: Town, **changes: str):
    usual = {
        "place": garden(town),
        "proposed_on": "2026-03-02",
        "trial_on": "2026-03-09",
        "started_on": "2026-04-06",
        "planned_end_on": "",
    }
    return client.post(address("placement_late", town.roos_file.key), usual | changes, follow=True)


def test_who_takes_part_already_is_registered_in_one_form(town: Town, sign_in) -> None:
    with on(NOW):
        client = sign_in(town.anna)
        shown = client.get(address("placement_late", town.roos_file.key), {"words": "moestuin"})
        assert "Moestuin, De Moestuin (Participatiebaan)" in readable(shown)
        answer = late(client, town, self_found="on", planned_end_on="2026-12-01")
    text = readable(answer)
    assert "De plaatsing staat er, met de dagen van toen." in text
    assert "van 9 maart 2026 tot en met 5 april 2026" in text
    assert "op 6 april 2026" in text
    assert "Opgeschreven op 1 juni 2026." in text
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert (card.state, card.self_found) == (PlacementState.ACTIVE, True)
    assert card.planned_end_on == date(2026, 12, 1)
    assert Place.objects.get(pk=town.garden).taken == 1


def test_only_a_trial_or_only_a_start_will_do(town: Town, sign_in) -> None:
    with on(NOW):
        late(sign_in(town.anna), town, started_on="")
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert card.state is PlacementState.TRIAL


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"place": "", "proposed_on": ""}, {"place", "proposed_on"}),
        ({"place": "00000000-0000-0000-0000-000000000000"}, {"place"}),
        ({"trial_on": "2027-01-01", "planned_end_on": "ooit"}, {"trial_on", "planned_end_on"}),
        ({"trial_on": "", "started_on": ""}, {"__all__"}),
        ({"proposed_on": "2026-03-10"}, {"__all__"}),
        ({"started_on": "2026-03-08"}, {"__all__"}),
        ({"planned_end_on": "2026-04-05"}, {"__all__"}),
        ({"proposed_on": "2014-12-31"}, {"__all__"}),
    ],
)
def test_a_late_registration_that_cannot_be_is_refused_as_a_whole(
    town: Town, sign_in, changes: dict[str, str], wrong: set[str]
) -> None:
    with on(NOW):
        page = late(sign_in(town.anna), town, **changes)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["self_found"].value() is False
    assert placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id) == []
    assert Place.objects.get(pk=town.garden).taken == 0


def test_a_place_that_is_not_found_leads_to_entering_it(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(
        address("placement_late", town.roos_file.key), {"words": "zwemmen met dolfijnen"}
    )
    assert "Geen plek past bij deze woorden." in readable(page)
    assert address("found_new", town.roos_file.key) in page.content.decode()


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "roos"])
def test_a_stranger_registers_nobody(town: Town, sign_in, who: str) -> None:
    client = sign_in(getattr(town, who))
    assert client.get(address("placement_late", town.roos_file.key)).status_code == 404
    assert late(client, town).status_code == 404
