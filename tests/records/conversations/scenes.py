"""What is done again and again in these tests."""

from datetime import date
from typing import Any

from meedoen.records.conversations.actions import NewAttempt, NewConversation, complete_all
from meedoen.records.conversations.actions import note_attempts as note_all
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import Resident
from meedoen.rules.vocabulary import Channel, Outcome
from tests.town import Person, Town

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
NEXT_MONDAY = date(2026, 3, 9)
IN_APRIL = date(2026, 4, 6)


def tried(
    viewer: Viewer, person: Person, on: date, outcome: Outcome = Outcome.NO_ANSWER, **more: Any
) -> None:
    """Write down an attempt by phone."""
    attempt = NewAttempt(
        pseudonym_id=person.pseudonym_id,
        made_on=on,
        channel=Channel.PHONE,
        outcome=outcome,
        **more,
    )
    note_all(viewer, attempts=[attempt])


def talked(viewer: Viewer, person: Person, on: date) -> None:
    """Write down a conversation."""
    complete_all(
        viewer,
        conversations=[
            NewConversation(pseudonym_id=person.pseudonym_id, held_on=on, channel=Channel.IN_PERSON)
        ],
    )


def kept(town: Town, person: Person) -> Resident:
    """Return what is kept with somebody's name."""
    return Resident.objects.visible_to(town.system).get(pseudonym_id=person.pseudonym_id)
