"""The words of the trade that rules, records and history share.

A stored word never changes its spelling or its place in the list: history and columns
hold it for ever. New words come at the end.
"""

from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry in the history states about a person."""

    BENEFIT = "benefit"
    """The person receives a benefit from the municipality during the stretch."""
    ATTEMPT = "attempt"
    """Somebody tried to reach the person on that day."""
    CONVERSATION = "conversation"
    """There was a conversation with the person on that day."""
    MEASUREMENT = "measurement"
    """The person's rung on the participation ladder was set on that day."""
    PLACEMENT = "placement"
    """A placement of the person was in one state during the stretch."""


class PlaceKind(StrEnum):
    """What kind of place someone takes part in."""

    PARTICIPATION_JOB = "participation_job"
    VOLUNTEER_WORK = "volunteer_work"
    NEIGHBOURHOOD_ACTIVITY = "neighbourhood_activity"
    DAY_ACTIVITY = "day_activity"
    SHELTERED_WSW = "sheltered_wsw"
    SHELTERED_NEW = "sheltered_new"
    TRIAL = "trial"
    LANGUAGE_POINT = "language_point"
    TRAINING = "training"
    OTHER = "other"


class PlacementState(StrEnum):
    """Where a placement stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """How an attempt to reach someone, or a placement, came out."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    NO_SHOW = "no_show"
    NO_CONTACT_WANTED = "no_contact_wanted"
    GOAL_REACHED = "goal_reached"
    MOVED_ON_TO_PAID_WORK = "moved_on_to_paid_work"
    MOVED_ON_TO_OTHER_PLACE = "moved_on_to_other_place"
    MOVED_ON_TO_TRAINING = "moved_on_to_training"
    STOPPED_BY_RESIDENT = "stopped_by_resident"
    STOPPED_BY_PARTNER = "stopped_by_partner"
    STOPPED_BY_MUNICIPALITY = "stopped_by_municipality"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class Channel(StrEnum):
    """How contact was sought or made; the GGM's 'Kanaal contactmoment', in English."""

    IN_PERSON = "in_person"
    HOME_VISIT = "home_visit"
    PHONE = "phone"
    LETTER = "letter"
    MESSAGE = "message"


class OrganisationKind(StrEnum):
    """What sort of partner an organisation is."""

    SUBSIDISED_INSTITUTION = "subsidised_institution"
    ASSOCIATION = "association"
    PRIVATE_INITIATIVE = "private_initiative"
    EMPLOYER = "employer"
    MUNICIPAL_TEAM = "municipal_team"
