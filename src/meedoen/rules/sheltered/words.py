"""The words of sheltered work. A code that is in use never changes."""

from enum import StrEnum


class ShelteredState(StrEnum):
    """Where somebody stands on the way to new sheltered work: Participatiewet, article 10b."""

    REQUESTED = "requested"
    """By the municipality, or by the resident."""
    IN_RESEARCH = "in_research"
    """UWV looks whether somebody can only work in a sheltered setting."""
    ADVICE_POSITIVE = "advice_positive"
    ADVICE_NEGATIVE = "advice_negative"
    GRANTED = "granted"
    """The municipality decided that it is so."""
    REFUSED = "refused"
    WAITING = "waiting"
    """No job yet: on the waiting list."""
    BRIDGING = "bridging"
    """No job yet: with help that the by-law names, until the job begins."""
    EMPLOYED = "employed"
    """With an employment contract: this is what is counted."""
    ENDED = "ended"


class ShelteredParty(StrEnum):
    """Who makes a step: who advises, decides or employs, whoever of the staff writes it down."""

    RESIDENT = "resident"
    UWV = "uwv"
    MUNICIPALITY = "municipality"
    EMPLOYER = "employer"


class ShelteredReason(StrEnum):
    """Why a step is made."""

    NEW_FACTS = "new_facts"
    """Against the advice: the municipality knows what UWV did not."""
    ADVICE_NOT_CAREFUL = "advice_not_careful"
    """Against the advice: it was not made with care."""
    OBJECTION_UPHELD = "objection_upheld"
    """The resident objected at the municipality, and was right."""
    NO_PLACE_YET = "no_place_yet"
    NUMBER_REALISED = "number_realised"
    """The duty of this year has stopped: article 10b(6)."""
    CONTRACT_ENDED = "contract_ended"
    STOPPED_BY_RESIDENT = "stopped_by_resident"
    STOPPED_BY_EMPLOYER = "stopped_by_employer"
    NO_LONGER_NEEDED = "no_longer_needed"
    """Looked at anew: somebody can work in an ordinary setting."""
    MOVED_ON_TO_PAID_WORK = "moved_on_to_paid_work"
    PENSION_AGE = "pension_age"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class ObjectionState(StrEnum):
    """What became of an objection to a decision; it goes to the municipality."""

    RECEIVED = "received"
    UPHELD = "upheld"
    """The resident was right: another decision follows."""
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """The resident does not go on with it."""


class WswCategory(StrEnum):
    """How heavy the handicap for work is: it decides the standard units."""

    MODERATE = "moderate"
    SEVERE = "severe"


class WswKind(StrEnum):
    """How somebody works under the old law: articles 2 and 7 of the Wsw."""

    IN_HOUSE = "in_house"
    """At the municipality or its company."""
    SECONDED_ALONE = "seconded_alone"
    """Lent out, one person at an organisation."""
    SECONDED_IN_GROUP = "seconded_in_group"
    """Lent out, with others at an organisation."""
    GUIDED_WORK = "guided_work"
    """Begeleid werken: employed by an ordinary employer, who gets a subsidy."""
