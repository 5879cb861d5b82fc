"""On which day somebody was spoken to last: in a conversation, or in aftercare."""

from datetime import date

from django.db.models import Max

from meedoen.records.conversations.models import Conversation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.actions import note_last_spoken
from meedoen.records.people.models import Resident
from meedoen.rules.vocabulary import AftercareFinding


def work_out_last_spoken(viewer: Viewer, *, pseudonym_id: int) -> None:
    """Keep the last day on which somebody was spoken to, from all that holds now.

    Called by actions that write down or correct how somebody is, in their transaction; they hold
    the person. Whoever was not reached was not spoken to.
    """
    talks = Conversation.objects.visible_to(viewer).current().filter(pseudonym_id=pseudonym_id)
    # Aftercare is kept a layer above: asked through the relation.
    cared = Resident.objects.visible_to(viewer).filter(
        pseudonym_id=pseudonym_id,
        pseudonym__aftercarecontact__replaced_by__isnull=True,
        pseudonym__aftercarecontact__finding__in=set(AftercareFinding)
        - {AftercareFinding.NOT_REACHED},
    )
    days: list[date | None] = [
        talks.aggregate(last=Max("held_on"))["last"],
        cared.aggregate(last=Max("pseudonym__aftercarecontact__done_on"))["last"],
    ]
    last = max((day for day in days if day is not None), default=None)
    note_last_spoken(viewer, last_days={pseudonym_id: last})
