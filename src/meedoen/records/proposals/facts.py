"""From what is known of someone to the facts that matching may use, and no other."""

from meedoen.records.conversations.queries import Wishes
from meedoen.rules.matching.facts import PersonFacts


def person_facts(
    wishes: Wishes, *, district: str, wished_places: tuple[int, ...] = ()
) -> PersonFacts:
    """Return the facts for matching, from the last conversation.

    No half-days said means not asked, so it never makes a place fall off. Someone who can
    travel reaches the whole town; someone who cannot stays in the own district.
    """
    return PersonFacts(
        wished_kinds=wishes.wished_kinds,
        wished_places=wished_places,
        interests=wishes.interests,
        half_days=wishes.half_days or None,
        district=district,
        reachable_districts=None if wishes.whole_town else frozenset(),
        language_level=wishes.language_level,
        functional_limits=wishes.functional_limits,
    )
