"""A resident hands in a place, and reads on the own path what became of it."""

from typing import Any

import pytest
from django.urls import reverse

from meedoen.records.places.found_actions import verify_found_place
from meedoen.records.places.models import FoundPlace
from meedoen.rules.vocabulary import FoundBy
from tests.records.places.finds import HANDED_IN, handed_in
from tests.town import Town
from tests.web.coach.scenes import on, readable

NEW, PATH = reverse("resident:found_new"), reverse("resident:path")


def own_form(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Koor begeleiden",
        "organisation": "Koor Noord",
        "kind": "neighbourhood_activity",
        "half_days": ["thu_evening"],
        "starts_on": "2026-09-10",
        "district": str(town.south),
        **changes,
    }


def sent(client: Any, form: dict[str, Any]) -> Any:
    with on(HANDED_IN):
        return client.post(NEW, form)


def test_a_resident_hands_in_a_place_in_few_fields(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    with on(HANDED_IN):
        assert "Ik heb zelf een plek gevonden" in readable(client.get(PATH))
        page = client.get(NEW)
    assert "Wat gaat u daar doen?" in readable(page)
    assert not {"found_by", "organisation_kind"} & set(page.context["form"].fields)
    answer = sent(client, own_form(town))
    assert answer["Location"] == f"{PATH}#gevonden"
    row = FoundPlace.objects.visible_to(town.roos).get()
    assert (row.found_by, row.pseudonym_id) == (FoundBy.RESIDENT, town.roos_file.pseudonym_id)
    with on(HANDED_IN):
        text = readable(client.get(PATH))
    for words in ("Plekken die u zelf vond", "Koor begeleiden", "In behandeling"):
        assert words in text


@pytest.mark.parametrize(
    ("accept", "reason", "status"),
    [(True, "", "Opgenomen"), (False, "Het koor stopt in oktober.", "Niet opgenomen")],
)
def test_the_path_says_what_became_of_it(town: Town, sign_in, accept, reason, status) -> None:
    key = handed_in(town)
    with on(HANDED_IN):
        verify_found_place(town.lea, place_key=key, accept=accept, reason=reason)
        text = readable(sign_in(town.roos).get(PATH))
    assert f"{status} " in text
    assert reason in text


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (
            dict.fromkeys(["title", "organisation", "kind", "half_days", "starts_on"], ""),
            {"title", "organisation", "kind", "half_days", "starts_on"},
        ),
        ({"postal_code": "12"}, {"__all__"}),
        ({"organisation": "Stichting De Moestuin"}, {"meant"}),
    ],
)
def test_mistakes_are_told_at_once_and_what_was_typed_stays(
    town: Town, sign_in, wrong, fields
) -> None:
    page = sent(sign_in(town.roos), own_form(town, description="Elke donderdag.", **wrong))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == fields
    assert "Elke donderdag." in readable(page)
    assert not FoundPlace.objects.visible_to(town.roos).exists()


def test_markup_in_a_name_is_shown_as_text(town: Town, sign_in) -> None:
    client = sign_in(town.roos)
    sent(client, own_form(town, title="<script>alert(1)</script>"))
    with on(HANDED_IN):
        html = client.get(PATH).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("member", ["anna", "petra", "connie"])
def test_nobody_else_has_this_page(town: Town, sign_in, member) -> None:
    client = sign_in(getattr(town, member))
    assert client.get(NEW).status_code == client.post(NEW).status_code == 404
