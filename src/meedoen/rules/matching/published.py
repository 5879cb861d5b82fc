"""Every fact that matching may use, with the reason for it, in plain words.

This list is for anyone who asks what is used and what not, and the source of the
sheet per variable in the register of algorithms. Nationality, country of birth, gender, age,
religion and health are not in it, nor what stands in for them: not even a postcode.
"""

from types import MappingProxyType

PUBLISHED_FIELDS = MappingProxyType(
    {
        "PersonFacts.wished_kinds": "The person said what kind of place they would like.",
        "PersonFacts.wished_places": "The person picked these places; they come first.",
        "PersonFacts.allowed_kinds": "The law opens some kinds of place to some people only.",
        "PersonFacts.interests": "The person said what they like to do.",
        "PersonFacts.half_days": "The person said when they can.",
        "PersonFacts.most_half_days": "The person said how much is enough.",
        "PersonFacts.district": "A place in one's own district is near.",
        "PersonFacts.reachable_districts": "The person said how far they can travel.",
        "PersonFacts.start": "The middle of the district, to see how far a place is.",
        "PersonFacts.reach_metres": "The person said how they travel; that gives how far.",
        "PersonFacts.language_level": "Some places ask for a level of spoken Dutch.",
        "PersonFacts.functional_limits": "The person said what they cannot do; the cause is not "
        "asked.",
        "PersonFacts.legal_tasks": "What may be used for one law may not be used for another.",
        "PersonFacts.guidance_needed": "The person said how much help is welcome.",
        "PersonFacts.step_kinds": "The plan says which step comes next.",
        "PersonFacts.earlier_kinds": "Something new may be welcome.",
        "PersonFacts.paused_until": "Who refused a place is left alone about it for a while.",
        "PlaceFacts.place": "Tells places apart; settles a tie.",
        "PlaceFacts.kind": "What kind of place it is.",
        "PlaceFacts.title": "To name the place in a sentence.",
        "PlaceFacts.district": "Where the place is.",
        "PlaceFacts.half_days": "When one can be there.",
        "PlaceFacts.half_days_needed": "How much time the place asks.",
        "PlaceFacts.language_level_asked": "The level of spoken Dutch that the place asks.",
        "PlaceFacts.functional_demands": "What one must be able to do there.",
        "PlaceFacts.interests": "Which interests go with the place.",
        "PlaceFacts.capacity": "How many people there is room for.",
        "PlaceFacts.taken": "How much of that room is taken.",
        "PlaceFacts.is_stale": "A place that nobody stood for lately comes last.",
        "PlaceFacts.days_unconfirmed": "A place that nobody stood for in a long time is not "
        "offered.",
        "PlaceFacts.spot": "To see how far it is.",
        "PlaceFacts.legal_task": "The law under which the place helps people.",
        "PlaceFacts.guidance": "How much help there is.",
        "PlaceFacts.is_unchecked": "Whether the check on displacing paid work is missing.",
        "PlaceFacts.open_from": "From when someone can start.",
        "PlaceFacts.open_until": "Until when someone can start.",
    }
)
"""Field, written as dataclass and name, and why it is used."""
