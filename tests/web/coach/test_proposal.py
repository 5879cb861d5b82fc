import uuid
from typing import Any

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import system_viewer
from meedoen.records.placements.actions import NewPlacement, place_all
from meedoen.records.placements.queries import placements_of
from meedoen.records.placements.terms_queries import story_of_terms
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.kept import unpacked
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.queries import proposal
from meedoen.rules.half_days import from_codes
from meedoen.rules.vocabulary import PlaceKind, PlacementState
from tests.matching import check_jobs, list_for
from tests.records.waiting.scenes import change
from tests.town import CODE, LONG_AGO, MORNINGS, Town, talk
from tests.web.coach.scenes import TALKED, address, readable


@pytest.fixture
def made(town: Town) -> uuid.UUID:
    """A list of places for Roos, who can on mornings."""
    return list_for(town)


def choose(town: Town, sign_in, key: uuid.UUID, form: dict[str, Any]):
    return sign_in(town.anna).post(address("proposal", key), form)


WHY = {"reason": "likes_the_work", "preference": "wants_this"}


def nothing_kept(town: Town, key: uuid.UUID) -> bool:
    card = proposal(town.anna, key=key)
    assert card is not None
    placed = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    return card.chosen_place_id is None and not placed


def test_asking_for_places_makes_a_list_and_leads_to_it(town: Town, sign_in) -> None:
    talk(town.anna, town.roos_file, TALKED)
    answer = sign_in(town.anna).post(address("places", town.roos_file.key))
    made = Proposal.objects.visible_to(town.system).get()
    assert answer.status_code == 302
    assert answer["Location"] == address("proposal", made.key)


def test_asking_for_places_before_a_conversation_says_what_to_do(town: Town, sign_in) -> None:
    answer = sign_in(town.anna).post(address("places", town.roos_file.key))
    assert answer.status_code == 422
    assert "Voer eerst een gesprek" in readable(answer)
    assert "Roos Nepstra" in readable(answer)


def test_places_stand_in_order_with_reasons_in_sentences_and_no_score(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    page = sign_in(town.anna).get(address("proposal", made))
    text = readable(page)
    offers = page.context["offers"]
    assert [offer.place.title for offer in offers] == ["Moestuin", "Fietsen maken"]
    assert "De plek is in uw eigen wijk, Noord." in offers[0].pros
    assert "U kunt op alle dagdelen dat de plek open is." in offers[0].pros
    assert "U heeft geen wens voor deze soort plek genoemd." in offers[0].notes
    assert "2 plekken passen" in text
    assert "%" not in text


def test_nothing_is_chosen_beforehand(town: Town, sign_in, made: uuid.UUID) -> None:
    page = sign_in(town.anna).get(address("proposal", made))
    assert " checked" not in page.content.decode()
    assert " selected" not in page.content.decode().replace('value="" selected', "")
    assert page.context["form"]["place"].value() is None


def test_what_falls_off_says_why(town: Town, sign_in, made: uuid.UUID) -> None:
    text = readable(sign_in(town.anna).get(address("proposal", made)))
    assert "1 plek valt af" in text
    assert "Zondagsoos" in text
    assert "Valt af omdat de plek op zondagavond is en u dan niet kunt." in text


def test_what_is_not_shown_is_counted(town: Town, sign_in) -> None:
    talk(town.anna, town.roos_file, TALKED)
    check_jobs(town)
    enter_places(
        system_viewer(CODE),
        places=[
            NewPlace(
                organisation_id=town.otto.organisation_id,
                district_id=town.north,
                kind=PlaceKind.VOLUNTEER_WORK,
                title=f"Verzonnen plek {at}",
                capacity=at % 2,
                half_days=MORNINGS,
                opens_on=LONG_AGO,
            )
            for at in range(50)
        ],
    )
    made = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    text = readable(sign_in(town.anna).get(address("proposal", made)))
    assert "27 plekken passen" in text
    assert "Nog 7 plekken passen" in text
    assert "26 plekken vallen af" in text
    assert "Geen plaats vrij (25)" in text
    assert "Nog 21 plekken vallen om deze reden af." in text


def test_a_choice_places_someone_and_keeps_the_words(town: Town, sign_in, made: uuid.UUID) -> None:
    form = {"place": town.garden, "resident_said": "Lekker buiten.", "self_found": "on", **WHY}
    answer = choose(town, sign_in, made, form)
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert answer["Location"] == address("placement", card.key)
    assert (card.title, card.state, card.self_found, card.resident_said) == (
        "Moestuin",
        PlacementState.PROPOSED,
        True,
        "Lekker buiten.",
    )


def test_a_choice_says_on_which_half_days_somebody_comes(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    form = {"place": town.garden, "resident_said": "Lekker buiten.", **WHY}
    answer = choose(town, sign_in, made, form | {"half_days": ["tue_morning"]})
    [card] = placements_of(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    [agreed] = story_of_terms(town.anna, key=card.key)
    assert agreed.card.half_days == from_codes(["tue_morning"])
    assert (agreed.card.starts_on, agreed.card.said_by) == (clock.today(), "Anna Testema")
    page = readable(sign_in(town.anna).get(answer["Location"]))
    assert "telt op al deze dagdelen mee" not in page


def test_without_half_days_the_page_says_that_somebody_counts_on_all(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    asked = readable(sign_in(town.anna).get(address("proposal", made)))
    assert "Kiest u niets, dan telt de inwoner op alle dagdelen van de plek mee" in asked
    answer = choose(
        town, sign_in, made, {"place": town.garden, "resident_said": "Lekker buiten.", **WHY}
    )
    page = readable(sign_in(town.anna).get(answer["Location"]))
    assert "telt op al deze dagdelen mee tot u andere dagdelen afspreekt" in page


def test_half_days_on_which_the_place_is_closed_are_refused_and_stay_chosen(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    change(town, town.garden, clock.today(), half_days=from_codes(["mon_morning"]))
    form = {"place": town.garden, "resident_said": "Lekker buiten.", **WHY}
    page = choose(town, sign_in, made, form | {"half_days": ["mon_morning", "tue_morning"]})
    assert page.status_code == 422
    assert "De plek is niet open op al deze dagdelen." in readable(page)
    assert page.context["form"]["half_days"].value() == ["mon_morning", "tue_morning"]
    assert nothing_kept(town, made)


def test_a_half_day_that_is_none_is_refused(town: Town, sign_in, made: uuid.UUID) -> None:
    form = {"place": town.garden, "resident_said": "Lekker buiten.", **WHY}
    page = choose(town, sign_in, made, form | {"half_days": ["someday_morning"]})
    assert page.status_code == 422
    assert nothing_kept(town, made)


def test_a_choice_that_is_not_whole_is_refused_with_all_that_is_missing(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    page = choose(town, sign_in, made, {"self_found": "on"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {
        "place",
        "reason",
        "preference",
        "resident_said",
    }
    assert nothing_kept(town, made)


def test_a_place_that_was_not_offered_cannot_be_chosen(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    page = choose(town, sign_in, made, {"place": town.far, "resident_said": "Toch die.", **WHY})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["place"]
    assert "Toch die." in readable(page)
    assert nothing_kept(town, made)


def test_when_the_last_seat_is_gone_neither_choice_nor_placement_is_kept(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    place_all(
        town.anna,
        placements=[
            NewPlacement(
                pseudonym_id=town.sam.pseudonym_id, place_id=town.repair, proposed_on=TALKED
            )
        ],
    )
    form = {"place": town.repair, "resident_said": "Fietsen is leuk.", **WHY}
    page = choose(town, sign_in, made, form)
    assert page.status_code == 422
    assert "Op deze plek is geen ruimte meer." in readable(page)
    assert "Fietsen is leuk." in readable(page)
    assert page.context["form"]["place"].value() == str(town.repair)
    assert nothing_kept(town, made)


def test_a_list_can_be_answered_once_and_then_shows_the_answer(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    choose(town, sign_in, made, {"place": town.garden, "resident_said": "Lekker buiten.", **WHY})
    again = choose(
        town, sign_in, made, {"place": town.repair, "resident_said": "Of toch dit.", **WHY}
    )
    assert again.status_code == 422
    assert "Bij dit voorstel is al een plek gekozen." in readable(again)
    page = sign_in(town.anna).get(address("proposal", made))
    assert "Uit deze lijst is al een plek gekozen: Moestuin" in readable(page)
    assert 'type="radio"' not in page.content.decode()


def test_without_any_place_that_fits_the_page_says_what_to_do(town: Town, sign_in) -> None:
    client = sign_in(town.anna)
    client.post(
        address("conversation", town.roos_file.key),
        {
            "held_on": str(TALKED),
            "channel": "phone",
            "story": "Kan alleen laat.",
            "half_days": ["sat_evening"],
            "language_level": "3",
        },
    )
    page = client.post(address("places", town.roos_file.key), follow=True)
    assert "Op dit moment past geen enkele plek." in readable(page)
    assert "3 plekken vallen af" in readable(page)


def test_a_place_where_someone_is_already_is_no_suggestion(
    town: Town, sign_in, made: uuid.UUID
) -> None:
    choose(town, sign_in, made, {"place": town.garden, "resident_said": "Graag", **WHY})
    page = sign_in(town.anna).post(address("places", town.roos_file.key), follow=True)
    assert "omdat de inwoner er al is of er al voor staat: Moestuin" in readable(page)
    again = Proposal.objects.visible_to(town.system).latest("pk")
    listed = [*again.offered, *again.fallen_off]
    assert town.garden not in unpacked(again.rest).fallen
    assert town.garden not in {one["place"] for one in listed}
    assert town.repair in {one["place"] for one in listed}
