"""The six rungs of the participation ladder, each with the rule that decides it.

Source: Participatieladder, VNG with Regioplan and twelve municipalities, 2008; described at
https://www.arbeidsdeskundigen.nl/akc/kennis/map/document/4402 and
https://www.instrumentwijzer.nl/participatieladder.
"""

from enum import IntEnum

LADDER_VERSION = "vng-2008-6"
"""Stored with every measurement: growth is only counted inside one version of the ladder."""


class Rung(IntEnum):
    """A rung, lowest first; the number is the one that coaches and councils use."""

    ISOLATED = 1
    """Every week no contact outside the home but the functional: a shop, a doctor, a care
    worker. House-mates and contacts on a screen do not count."""
    CONTACTS_OUTSIDE_HOME = 2
    """At least once a week meets people from outside the household in person, more than
    functionally, and not in an organised setting."""
    ORGANISED_ACTIVITIES = 3
    """At least once a week takes part, in person, in a course, club or activity, without tasks
    that carry responsibility for others."""
    UNPAID_WORK = 4
    """No employment contract; has tasks that carry responsibility towards others, with contact
    in person at least once a week: volunteer work, a participation job, a work placement."""
    PAID_WORK_WITH_SUPPORT = 5
    """Employment contract or own business, and at least one of: a municipal instrument, a
    supplementary benefit, Wsw or other sheltered work, a job coach, or schooling with work
    below the start qualification."""
    PAID_WORK = 6
    """Employment contract or own business, and none of the support that makes it rung 5.
    Aftercare in name only does not count as support."""
