"""Meedoen in de buurt: what anyone finds, reads and follows, and what nobody does."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from meedoen.records.directory.models import PostcodeArea
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.places.actions import enter_places
from meedoen.records.places.models import Place
from meedoen.rules.schedule.sessions import Session
from meedoen.rules.vocabulary import ContactRole, Guidance, PlaceKind, PlaceStatus, StartWindow
from tests.records.places.public_scenes import (
    TODAY,
    change_place,
    contact_of,
    kitchen_of,
    new_public_place,
    organisation_of,
    public_place_at,
)
from tests.town import CODE, OTHER_CODE, SUNDAY
from tests.web.coach.scenes import on, readable

NASTY = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def on_a_monday():
    with on(TODAY):
        yield


def search(client, code=CODE, **asked):
    return client.get(reverse("public:places", args=[code]), asked)


def place_page(client, key):
    return client.get(reverse("public:place", args=[key]))


def calendar(client, key, **headers):
    return client.get(reverse("public:place_calendar", args=[key]), headers=headers)


# --- finding ---------------------------------------------------------------------------------


def test_one_chooses_a_municipality(client, town):
    answer = client.get(reverse("public:municipalities"))
    assert "Testveld" in readable(answer)
    assert reverse("public:places", args=[OTHER_CODE]) in answer.content.decode()


def test_where_there_is_one_municipality_one_goes_on(client, db):
    from meedoen.records.organisations.actions import found_municipality

    found_municipality(code="GM9995", name="Alleen", districts={"WK999501": "Dorp"})
    answer = client.get(reverse("public:municipalities"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("public:places", args=["GM9995"])


def test_without_any_municipality_there_is_nothing_to_choose(client, db):
    assert "Er doet nog geen gemeente mee" in readable(client.get(reverse("public:municipalities")))


def test_an_unknown_municipality_is_not_there(client, town):
    assert search(client, "GM0000").status_code == 404


def test_a_place_in_plain_words(client, town):
    public_place_at(town)
    text = readable(search(client))
    assert "1 plek " in text
    assert "Samen koken Activiteit in de buurt · De Moestuin We koken samen soep" in text
    assert "Maandag, dinsdag en woensdag in de ochtend Noord Er plek" not in text
    assert "Maandag, dinsdag en woensdag in de ochtend Noord Er is plek" in text


def test_a_place_is_found_with_a_typing_error(client, town):
    public_place_at(town)
    public_place_at(town, title="Fietsen maken", description="Banden plakken.", interests=[])
    assert "1 plek " in readable(search(client, words="kooken"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "neighbourhood_activity"}, True),
        ({"kind": "training"}, False),
        ({"district": "WK999001"}, True),
        ({"district": "WK999002"}, False),
        ({"day": "mon"}, True),
        ({"day": "sun"}, False),
        ({"part": "morning"}, True),
        ({"part": "evening"}, False),
        ({"day": "tue", "part": "morning"}, True),
        ({"day": "tue", "part": "evening"}, False),
        ({"interest": "cooking"}, True),
        ({"interest": "gardening"}, False),
        ({"language": "1"}, True),
        ({"language": "0"}, False),
        ({"free": "on"}, True),
        ({"words": "zwemmen"}, False),
        ({"words": "koken", "day": "mon", "order": "title"}, True),
    ],
)
def test_what_one_asks_for(client, town, asked, found):
    public_place_at(town)
    answer = search(client, **asked)
    assert answer.status_code == 200
    assert ("Samen koken" in readable(answer)) is found


def test_nothing_found_says_what_to_do(client, town):
    public_place_at(town)
    assert "Probeer een ander woord, of kies minder." in readable(search(client, words="zwemmen"))
    assert "Er staan hier nog geen plekken." in readable(search(client, OTHER_CODE))


def test_a_choice_that_does_not_exist_is_said_and_left_out(client, town):
    public_place_at(town)
    answer = search(client, kind="toveren", within="ver", day="mon'--")
    assert answer.status_code == 422
    assert "Samen koken" in readable(answer)


def place_positions(town):
    """Noord lies five kilometres from the postcode 9999, Zuid eleven."""
    districts = District.objects.filter(municipality_id=town.system.municipality_id)
    districts.filter(code="WK999001").update(latitude=53.045, longitude=6.5)
    districts.filter(code="WK999002").update(latitude=53.1, longitude=6.5)
    PostcodeArea.objects.create(
        municipality_id=town.system.municipality_id, digits="9999", latitude=53.0, longitude=6.5
    )


def test_from_a_postcode_the_nearest_stands_first_with_how_far(client, town):
    place_positions(town)
    public_place_at(town, title="Ver weg", district_id=town.south)
    public_place_at(town, title="Zeer dichtbij")
    text = readable(search(client, near="9999 AB", order="nearest"))
    assert text.index("Zeer dichtbij") < text.index("Ver weg")
    assert "Noord · ongeveer 5 km" in text
    near = readable(search(client, near="9999AB", within="10"))
    assert "Zeer dichtbij" in near
    assert "Ver weg" not in near


def test_without_a_postcode_the_distance_counts_from_the_district(client, town):
    place_positions(town)
    public_place_at(town, title="Ver weg", district_id=town.south)
    assert "Ver weg" not in readable(search(client, district="WK999001"))
    assert "Ver weg" in readable(search(client, district="WK999001", within="10"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"near": "1111"}, "We weten niet waar 1111 is"),
        ({"near": "thuis"}, "“thuis” is geen postcode"),
        ({"district": "WK999001", "within": "5"}, "We weten niet precies waar deze wijk ligt"),
    ],
)
def test_where_nobody_knows_the_way_the_distance_is_left_out(client, town, asked, says):
    public_place_at(town)
    answer = search(client, **asked)
    assert answer.status_code == 422
    assert says in readable(answer)
    assert "Samen koken" in readable(answer)


def test_stale_places_say_so_and_sink(client, town):
    public_place_at(town, title="A oud", confirmed_on=date(2025, 1, 1))
    public_place_at(town, title="B nieuw")
    text = readable(search(client, order="title"))
    assert text.index("B nieuw") < text.index("A oud")
    assert "Lang niet nagekeken" in text[text.index("A oud") :]


def test_pages_keep_what_was_asked(client, town):
    places = [new_public_place(town, title=f"Koken {number}") for number in range(30)]
    enter_places(town.system, places=places)
    first = search(client, words="koken")
    assert "Pagina 1 van 2" in readable(first)
    assert "?words=koken&amp;page=2" in first.content.decode()
    assert "Pagina 2 van 2" in readable(search(client, words="koken", page="2"))
    assert "Pagina 2 van 2" in readable(search(client, words="koken", page="99"))


@pytest.mark.parametrize("amount", [10, 200])
def test_many_places_take_as_many_questions_as_few(
    client, town, amount, django_assert_max_num_queries
):
    places = [new_public_place(town, title=f"Koken {number}") for number in range(amount)]
    enter_places(town.system, places=places)
    search(client)
    with django_assert_max_num_queries(8):
        assert search(client).status_code == 200


# --- reading ---------------------------------------------------------------------------------


def test_a_place_says_what_when_where_and_how(client, town):
    key = public_place_at(town, location_id=kitchen_of(town))
    contact_of(town, ContactRole.RECEPTION)
    text = readable(place_page(client, key))
    for part in (
        "Activiteit in de buurt bij De Moestuin",
        "Er is plek",
        "We koken samen soep",
        "Elke maandag en woensdag van 9.00 tot 12.00 uur, niet op feestdagen",
        "Maandag 2 maart, 9.00 tot 12.00 uur",
        "Woensdag 4 maart, 9.00 tot 12.00 uur",
        "Minstens 1 dagdeel in de week",
        "€ 2,50 per keer. voor de boodschappen",
        "Er is altijd iemand dichtbij die u helpt. De kok helpt u.",
        "U kent losse woorden en korte zinnen (A1)",
        "Maak eerst een afspraak",
        "Voor het laatst nagekeken op 2 maart 2026.",
        "De Kas Tuinpad 1 9999 AB Testveld Wijk Noord",
        "Goed bereikbaar met een rolstoel De bel zit links van de deur.",
        "0501234567",
        "reception@moestuin.example",
    ):
        assert part in text
    assert "Greetje" not in text


def test_the_next_five_dates_leave_out_holidays(client, town):
    key = public_place_at(town)
    with on(date(2026, 4, 3)):
        text = readable(place_page(client, key))
    dates = text[text.index("De eerste keren") : text.index("Zet deze tijden")]
    assert "6 april" not in dates
    assert dates.count(" uur") == 5
    assert "Woensdag 8 april" in dates


def test_a_place_without_times_tells_half_days(client, town):
    key = public_place_at(town, sessions=(), half_days=SUNDAY)
    text = readable(place_page(client, key))
    assert "Zondag in de avond" in text
    assert "De eerste keren" not in text


def test_times_that_are_over_are_not_told(client, town):
    over = Session(
        rule="FREQ=WEEKLY",
        first_on=date(2025, 1, 1),
        last_on=date(2025, 2, 1),
        opens_at=time(9),
        closes_at=time(12),
    )
    text = readable(place_page(client, public_place_at(town, sessions=(over,))))
    assert "Elke woensdag" not in text
    assert "De eerste keren" not in text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cost_cents": 0, "cost_note": ""}, "Gratis"),
        ({"guidance": Guidance.NONE, "guidance_note": ""}, "Er is geen begeleiding"),
        ({"start_window": StartWindow.ANY_TIME}, "U kunt altijd binnenlopen"),
        (
            {"start_window": StartWindow.FIXED_DAY, "next_start_on": date(2026, 9, 1)},
            "Op 1 september 2026",
        ),
        ({"half_days_needed": 0}, "Zo vaak als u wilt"),
        ({"hours_per_week": 4}, "Minstens 1 dagdeel in de week, ongeveer 4 uur in de week"),
        ({"closes_on": date(2026, 7, 1)}, "Op 1 juli 2026 is deze plek er niet meer"),
        ({"is_full": True}, "Nu vol"),
        ({"is_full": True}, "Er is nu geen plek. U kunt wel laten weten dat u wilt komen."),
        ({"confirmed_on": None}, "nog niet nagekeken"),
        ({"open_to_sign_up": False}, "Vraag uw coach bij de gemeente"),
        ({"kind": PlaceKind.VOLUNTEER_WORK}, "Vrijwilligerswerk bij De Moestuin"),
    ],
)
def test_what_else_a_place_says(client, town, changes, says):
    assert says in readable(place_page(client, public_place_at(town, **changes)))


def test_a_stale_place_says_that_it_may_not_be_right(client, town):
    key = public_place_at(town)
    with on(date(2026, 12, 1)):
        text = readable(place_page(client, key))
    assert "Deze gegevens zijn lang niet nagekeken." in text
    assert "Voor het laatst nagekeken op 2 maart 2026." in text


def test_how_many_seats_there_are_is_not_told(client, town):
    text = readable(place_page(client, public_place_at(town, capacity=7)))
    assert "7" not in text[text.index("Samen koken") : text.index("Wanneer")]


def test_scripts_are_shown_as_text(client, town):
    kitchen = kitchen_of(town, name=NASTY[:120], accessibility_note=NASTY)
    key = public_place_at(
        town,
        title=NASTY,
        description=NASTY,
        guidance_note=NASTY,
        cost_note=NASTY,
        location_id=kitchen,
    )
    Organisation.objects.filter(pk=organisation_of(town.garden)).update(
        name=NASTY, website="javascript:alert(1)"
    )
    sign_up = client.get(reverse("public:sign_up", args=[key]))
    for answer in (search(client), search(client, words=NASTY), place_page(client, key), sign_up):
        content = answer.content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
        assert "javascript:" not in content
    assert readable(place_page(client, key)).count(NASTY) > 4


def test_a_website_of_the_web_is_a_link(client, town):
    Organisation.objects.filter(pk=organisation_of(town.garden)).update(website="https://x.example")
    content = place_page(client, public_place_at(town)).content.decode()
    assert 'rel="noopener nofollow" href="https://x.example"' in content


# --- what is not public ------------------------------------------------------------------------


ADDRESSES = ["public:place", "public:place_calendar", "public:sign_up"]


def body(answer):
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="next"' not in line)


@pytest.mark.parametrize(
    "changes",
    [
        {"is_public": False},
        {"status": PlaceStatus.PROPOSED},
        {"status": PlaceStatus.REFUSED},
        {"opens_on": TODAY + timedelta(days=1)},
        {"closes_on": TODAY},
    ],
)
def test_what_is_not_public_looks_like_what_does_not_exist(client, town, changes):
    key = public_place_at(town)
    Place.objects.filter(key=key).update(**changes)
    assert "Samen koken" not in readable(search(client, words="koken"))
    for name in ADDRESSES:
        for ask in (client.get, client.post):
            there = ask(reverse(name, args=[key]))
            nowhere = ask(reverse(name, args=[uuid.uuid4()]))
            assert there.status_code == nowhere.status_code
            assert there.status_code in {404, 405}
            assert body(there) == body(nowhere)


def test_a_place_of_an_organisation_that_left_is_gone(client, town):
    key = public_place_at(town)
    Organisation.objects.filter(pk=organisation_of(town.garden)).update(left_on=TODAY)
    assert "Samen koken" not in readable(search(client))
    for name in ADDRESSES:
        assert client.get(reverse(name, args=[key])).status_code == 404


def test_a_place_of_another_municipality_is_not_found_here(client, town):
    public_place_at(town)
    assert "Samen koken" not in readable(search(client, OTHER_CODE))
    assert "Samen koken" not in readable(search(client, OTHER_CODE, district="WK999001"))


@pytest.mark.parametrize("name", ["public:place", "public:place_calendar"])
def test_reading_is_all_one_can_do(client, town, name):
    key = public_place_at(town)
    assert client.post(reverse(name, args=[key])).status_code == 405
    assert client.post(reverse("public:places", args=[CODE])).status_code == 405
    assert client.post(reverse("public:municipalities")).status_code == 405


def test_who_is_signed_in_elsewhere_sees_the_same(client, town, sign_in):
    key = public_place_at(town)
    answer = place_page(sign_in(town.vera), key)
    assert "Samen koken" in readable(answer)


# --- following ---------------------------------------------------------------------------------


def test_anyone_can_follow_the_times_of_a_place(client, town):
    key = public_place_at(town, location_id=kitchen_of(town))
    contact_of(town, ContactRole.RECEPTION)
    answer = calendar(client, key)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Samen koken (De Moestuin)"
    assert event["LOCATION"] == "De Kas, Tuinpad 1, 9999 AB Testveld"
    assert event["URL"].endswith(reverse("public:place", args=[key]))
    assert b"Greetje" not in answer.content


def test_a_calendar_that_stayed_the_same_is_not_sent_again(client, town):
    key = public_place_at(town)
    first = calendar(client, key)
    assert first["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    again = calendar(client, key, if_none_match=first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    change_place(town, key, title="Samen bakken")
    changed = calendar(client, key, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert b"Samen bakken" in changed.content


def test_scripts_and_line_breaks_in_a_calendar_are_text(client, town):
    key = public_place_at(
        town, title=f"{NASTY}\r\nEND:VEVENT", description=f"{NASTY}\r\nBEGIN:VALARM\r\nX"
    )
    parsed = Calendar.from_ical(calendar(client, key).content)
    [event] = parsed.walk("VEVENT")
    assert event["SUMMARY"].startswith(f"{NASTY} END:VEVENT")
    assert parsed.walk("VALARM") == []


# --- the way in --------------------------------------------------------------------------------


def test_everyone_finds_the_way(client, town, sign_in):
    address = reverse("public:municipalities")
    assert client.get(reverse("home")).content.decode().count(f'href="{address}"') == 2
    resident = sign_in(town.roos).get(reverse("resident:path")).content.decode()
    assert f'href="{reverse("resident:places")}"' in resident
    assert "Zoek zelf een plek" in resident
