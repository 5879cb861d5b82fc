"""Suggestions by meaning on the pages where people search, with the model taken over."""

import pytest
from django.urls import reverse

from meedoen.records.places import meaning_queries
from meedoen.records.places.models import Place
from tests.town import CODE


@pytest.fixture
def meant(town, monkeypatch):
    """Whatever is asked, the garden comes nearest in meaning."""
    monkeypatch.setattr(meaning_queries, "is_installed", lambda: True)
    monkeypatch.setattr(meaning_queries, "close_in_meaning", lambda *_, **__: [town.garden])
    return Place.objects.get(pk=town.garden)


def test_a_coach_gets_a_suggestion_below_what_words_find(town, meant, sign_in):
    page = sign_in(town.anna).get(reverse("coach:directory"), {"words": "groenten"})
    text = page.content.decode()
    assert "Bedoelde u misschien dit?" in text
    assert reverse("coach:place", args=[meant.key]) in text


def test_everybody_gets_one_among_what_is_public(town, meant, client):
    address = reverse("public:places", args=[CODE])
    field = client.get(address).context["form"].fields
    assert "words" in field
    assert "Bedoelde u" not in client.get(address, {"words": "groenten"}).content.decode()
    Place.objects.filter(pk=meant.pk).update(is_public=True)
    text = client.get(address, {"words": "groenten"}).content.decode()
    assert "Bedoelde u misschien dit?" in text
    assert reverse("public:place", args=[meant.key]) in text


@pytest.mark.parametrize("words", ["", "de"])
def test_who_asks_nothing_gets_no_suggestion(town, meant, sign_in, words):
    page = sign_in(town.anna).get(reverse("coach:directory"), {"words": words})
    assert "Bedoelde u" not in page.content.decode()


def test_without_the_extra_there_is_none(town, sign_in):
    page = sign_in(town.anna).get(reverse("coach:directory"), {"words": "groenten"})
    assert "Bedoelde u" not in page.content.decode()
