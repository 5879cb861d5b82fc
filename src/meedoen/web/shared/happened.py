"""All that happened to one person, as the viewer may see it."""

from meedoen.records.conversations.queries import attempts_with, conversations_with
from meedoen.records.ladder.domain_queries import domain_measurements_of
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.hand_over_queries import responsibilities_of
from meedoen.records.placements.queries import placements_of
from meedoen.records.placements.terms_queries import stories_of_terms
from meedoen.records.plans.queries import plan_events_of
from meedoen.web.shared.referral_story import referral_items
from meedoen.web.shared.responsibility_words import hand_over_items
from meedoen.web.shared.story import Happened
from meedoen.web.shared.terms_words import terms_items


def happened_to(viewer: Viewer, *, pseudonym_id: int) -> Happened:
    """Return everything that happened to somebody, also what was put right later."""
    return Happened(
        attempts=attempts_with(viewer, pseudonym_id=pseudonym_id),
        conversations=conversations_with(viewer, pseudonym_id=pseudonym_id),
        measurements=measurements_of(viewer, pseudonym_id=pseudonym_id, with_corrected=True),
        domains=domain_measurements_of(viewer, pseudonym_id=pseudonym_id, with_corrected=True),
        plan_events=plan_events_of(viewer, pseudonym_id=pseudonym_id),
        placements=placements_of(viewer, pseudonym_id=pseudonym_id),
        others=[
            *referral_items(viewer, pseudonym_id=pseudonym_id),
            *terms_items(stories_of_terms(viewer, pseudonym_id=pseudonym_id)),
            *hand_over_items(
                responsibilities_of(viewer, pseudonym_id=pseudonym_id), today=clock.today()
            ),
        ],
    )
