"""The key by which something that was sent twice is known."""

import uuid
from dataclasses import replace
from datetime import date

from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.sharing.actions import NewSharing
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from meedoen.web.coach.sent_once import sent_once

PAGE = uuid.UUID("5b5f7c7e-7d0a-4f0e-9a59-0d6f5a1c0001")
ANNA = Viewer(municipality_id=1, role=Role.COACH, membership_id=4)
SHARING = NewSharing(
    pseudonym_id=7,
    organisation_id=3,
    what=frozenset(Shared),
    legal_task=LegalTask.PARTICIPATION,
    ground=LegalGround.PUBLIC_TASK,
    explanation="Om te beginnen in de tuin.",
    text_version="2026-11",
    told_how=ObtainedHow.SPOKEN,
    starts_on=date(2026, 3, 2),
    key=PAGE,
)


def test_every_process_gives_the_same_content_the_same_key() -> None:
    # The order of a set differs from one process to another; a pinned key shows that it is not in.
    assert str(sent_once(ANNA, SHARING).key) == "06579a7c-1abf-5ee7-baec-10c3454b787a"
    assert replace(sent_once(ANNA, SHARING), key=PAGE) == SHARING


def test_another_page_content_person_or_writer_gives_another_key() -> None:
    bram = replace(ANNA, membership_id=5)
    kept = {
        sent_once(ANNA, SHARING).key,
        sent_once(ANNA, replace(SHARING, key=uuid.UUID(int=1))).key,
        sent_once(ANNA, replace(SHARING, explanation="Om te stoppen.")).key,
        sent_once(ANNA, replace(SHARING, pseudonym_id=8)).key,
        sent_once(ANNA, replace(SHARING, ends_on=date(2026, 4, 1))).key,
        sent_once(bram, SHARING).key,
    }
    assert len(kept) == 6


def test_a_page_without_a_key_stays_without_one() -> None:
    assert sent_once(ANNA, replace(SHARING, key=None)).key is None
