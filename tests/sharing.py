"""A note, and the three things about sharing, as a coach would note them about somebody."""

from datetime import date
from typing import Any

from meedoen.records.conversations.note_actions import NewNote
from meedoen.records.places.models import Place
from meedoen.records.sharing.actions import NewAgreement, NewRelease, NewSharing
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from tests.town import Town

NOTED_ON = date(2026, 3, 2)


def new_note(pseudonym_id: int, **changes: Any) -> NewNote:
    return NewNote(
        **{
            "pseudonym_id": pseudonym_id,
            "text": "Belt dinsdag terug over de fiets.",
            "about_on": NOTED_ON,
            "legal_task": LegalTask.PARTICIPATION,
            **changes,
        }
    )


def new_sharing(town: Town, pseudonym_id: int, **changes: Any) -> NewSharing:
    """Return what may be told to De Moestuin."""
    return NewSharing(
        **{
            "pseudonym_id": pseudonym_id,
            "organisation_id": Place.objects.get(pk=town.garden).organisation_id,
            "what": frozenset({Shared.NAME_AND_PHONE, Shared.FUNCTIONAL_LIMITS}),
            "legal_task": LegalTask.PARTICIPATION,
            "ground": LegalGround.PUBLIC_TASK,
            "explanation": "Om te beginnen in de tuin.",
            "text_version": "2026-11",
            "told_how": ObtainedHow.SPOKEN,
            "starts_on": NOTED_ON,
            **changes,
        }
    )


def new_release(pseudonym_id: int, **changes: Any) -> NewRelease:
    return NewRelease(
        **{
            "pseudonym_id": pseudonym_id,
            "who": "De maatschappelijk werker",
            "purpose": "Vertellen hoeveel uur past.",
            "text_version": "2026-11",
            "given_how": ObtainedHow.WRITTEN,
            "given_on": NOTED_ON,
            "until": date(2026, 9, 1),
            **changes,
        }
    )


def new_agreement(pseudonym_id: int, **changes: Any) -> NewAgreement:
    return NewAgreement(
        **{
            "pseudonym_id": pseudonym_id,
            "agreed": True,
            "about": "Elke maand een gesprek.",
            "text_version": "2026-11",
            "given_how": ObtainedHow.SPOKEN,
            "given_on": NOTED_ON,
            **changes,
        }
    )
