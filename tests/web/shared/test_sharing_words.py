"""Every code has its words, and no explanation changes under its version."""

from hashlib import sha256

import pytest

from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from meedoen.web.shared import sharing_words as words
from meedoen.web.shared.sharing_words import EXPLANATIONS, Topic, explanation, shown_text, versions

FINGERPRINTS = {
    ("sharing", "2026-11"): "7be740159dc4",
    ("release", "2026-11"): "d9f4c55007eb",
    ("agreement", "2026-11"): "f8f82870ca9b",
}


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.LEGAL_TASKS, LegalTask),
        (words.LEGAL_TASK_SENTENCES, LegalTask),
        (words.LEGAL_GROUNDS, LegalGround),
        (words.LEGAL_GROUND_SENTENCES, LegalGround),
        (words.OBTAINED_HOW, ObtainedHow),
        (words.SHARED, Shared),
        (EXPLANATIONS, Topic),
    ],
)
def test_every_code_has_its_words(table, codes) -> None:
    assert list(table) == list(codes)
    assert all(table.values())


def test_an_explanation_that_was_shown_never_changes_under_its_version() -> None:
    """Somebody was shown it: add a text with a new version instead, and its line here."""
    found = {
        (topic.value, one.version): sha256(f"{one.what}|{one.what_not}".encode()).hexdigest()[:12]
        for topic, texts in EXPLANATIONS.items()
        for one in texts
    }
    assert found == FINGERPRINTS


@pytest.mark.parametrize("topic", list(Topic))
def test_the_versions_are_in_order_and_the_newest_is_shown(topic: Topic) -> None:
    assert versions(topic) == sorted(set(versions(topic)))
    assert explanation(topic).version == versions(topic)[-1]
    assert str(explanation(topic).what) in str(shown_text(topic, versions(topic)[-1]))


def test_a_version_that_is_not_there_any_more_is_named() -> None:
    assert str(shown_text(Topic.SHARING, "1900-01")) == "Versie 1900-01"
