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
    LIFE_DOMAIN = "life_domain"
    """The step in one life domain was set on that day."""
    PLAN = "plan"
    """A plan that the person agreed with was in force during the stretch."""
    TRAINING = "training"
    """The person followed a training or lessons during the stretch."""
    SHELTERED_PROCESS = "sheltered_process"
    """The person was on the way to new sheltered work, from the request to the job or the end."""


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
    """Where a placement stands, in the order in which one usually goes through it."""

    WAITING = "waiting"
    """On the waiting list of the place: no seat is held, and the organisation knows nothing."""
    PROPOSED = "proposed"
    """A seat is held for a while; nobody met yet."""
    INTRODUCED = "introduced"
    """The person and the organisation met, and agreed to go on."""
    TRIAL = "trial"
    """The person takes part, to see whether it suits."""
    ACTIVE = "active"
    PAUSED = "paused"
    """Does not come for a while; the seat stays."""
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    """Came to nothing before the person took part."""


class Outcome(StrEnum):
    """How an attempt to reach someone, or a placement, came out."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    NO_SHOW = "no_show"
    NO_CONTACT_WANTED = "no_contact_wanted"
    GOAL_REACHED = "goal_reached"
    MOVED_ON_TO_PAID_WORK = "moved_on_to_paid_work"
    MOVED_ON_TO_SUPPORTED_WORK = "moved_on_to_supported_work"
    MOVED_ON_TO_OTHER_PLACE = "moved_on_to_other_place"
    MOVED_ON_TO_OWN_VOLUNTEERING = "moved_on_to_own_volunteering"
    MOVED_ON_TO_TRAINING = "moved_on_to_training"
    STOPPED_BY_RESIDENT = "stopped_by_resident"
    STOPPED_BY_PARTNER = "stopped_by_partner"
    STOPPED_BY_MUNICIPALITY = "stopped_by_municipality"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class MoveReason(StrEnum):
    """Why a placement pauses, waits again or stops: coded, and never anybody's health.

    Which of them fit which move stands in `rules.placement_states`.
    """

    CANNOT_COME_NOW = "cannot_come_now"
    AGREED_BREAK = "agreed_break"
    PLACE_CLOSED_FOR_NOW = "place_closed_for_now"
    NO_GUIDANCE_NOW = "no_guidance_now"
    OTHER_STEP_FIRST = "other_step_first"
    HOLD_LAPSED = "hold_lapsed"
    NO_ROOM_AFTER_ALL = "no_room_after_all"
    NOT_WHAT_WAS_EXPECTED = "not_what_was_expected"
    ASKS_TOO_MUCH = "asks_too_much"
    ASKS_TOO_LITTLE = "asks_too_little"
    TIMES_OR_TRAVEL = "times_or_travel"
    NEEDED_AT_HOME = "needed_at_home"
    GAVE_NO_REASON = "gave_no_reason"
    PLACE_CLOSES = "place_closes"
    NO_GUIDANCE_ANY_MORE = "no_guidance_any_more"
    WORK_IS_DONE = "work_is_done"
    DID_NOT_WORK_OUT = "did_not_work_out"
    DID_NOT_COME = "did_not_come"
    TERM_OF_THE_LAW = "term_of_the_law"
    CHANCES_DID_NOT_GROW = "chances_did_not_grow"
    NOT_ADDITIONAL_WORK = "not_additional_work"
    BENEFIT_ENDED = "benefit_ended"
    NOT_SAFE = "not_safe"


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


class LegalTask(StrEnum):
    """Under which law something is known about a person: the purpose it was written down for.

    What may be kept for one law may not be used for another without a ground of its own
    (AVG, article 5(1)b).
    """

    PARTICIPATION = "participation"
    """Participatiewet: support towards work or social participation."""
    SOCIAL_SUPPORT = "social_support"
    """Wet maatschappelijke ondersteuning 2015."""
    DEBT_HELP = "debt_help"
    """Wet gemeentelijke schuldhulpverlening."""
    INTEGRATION = "integration"
    """Wet inburgering 2021."""


class LegalGround(StrEnum):
    """On which ground personal data may be shared (AVG, article 6(1)); consent is seldom free."""

    PUBLIC_TASK = "public_task"
    """Article 6(1)e: a task in the public interest."""
    LEGAL_OBLIGATION = "legal_obligation"
    """Article 6(1)c: a law says that it must be."""
    VITAL_INTEREST = "vital_interest"
    """Article 6(1)d: somebody's life is in danger."""
    CONSENT = "consent"
    """Article 6(1)a: only when refusing has no disadvantage at all."""


class ObtainedHow(StrEnum):
    """How somebody's word was given."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    SIGNED_IN = "signed_in"


class Shared(StrEnum):
    """What may be told to an organisation about a person; never more than is ticked."""

    NAME_AND_PHONE = "name_and_phone"
    WISHES = "wishes"
    TIMES = "times"
    LANGUAGE_LEVEL = "language_level"
    FUNCTIONAL_LIMITS = "functional_limits"
    RUNG = "rung"
    PLAN = "plan"


class ActionOwner(StrEnum):
    """Who does what a plan agrees on."""

    RESIDENT = "resident"
    COACH = "coach"
    PARTNER = "partner"


class ActionState(StrEnum):
    """How far an action of a plan is."""

    TO_DO = "to_do"
    BUSY = "busy"
    DONE = "done"
    DROPPED = "dropped"


class GoalState(StrEnum):
    """How a goal of a plan came out."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    AGREED = "agreed"
    ENDED = "ended"


class DutyKind(StrEnum):
    """What the municipality fixed about rights and duties (Participatiewet, articles 7(4), 44a)."""

    SUPPORT = "support"
    DUTY = "duty"
    EXEMPTION = "exemption"


class PlaceStatus(StrEnum):
    """Whether a place is in the directory."""

    PROPOSED = "proposed"
    """Found by a resident: for that person only, until somebody has looked at it."""
    LISTED = "listed"
    """In the directory."""
    REFUSED = "refused"
    """Looked at, and not taken into the directory."""


class Guidance(StrEnum):
    """How much help there is at a place."""

    NONE = "none"
    NOW_AND_THEN = "now_and_then"
    ALWAYS_NEAR = "always_near"


class StartWindow(StrEnum):
    """When somebody can begin at a place."""

    ANY_TIME = "any_time"
    BY_APPOINTMENT = "by_appointment"
    FIXED_DAY = "fixed_day"
    """On the day that stands with the place, such as the first day of a course."""


class Accessibility(StrEnum):
    """What makes a location easy to get to and to be in."""

    WHEELCHAIR = "wheelchair"
    LIFT = "lift"
    ACCESSIBLE_TOILET = "accessible_toilet"
    HEARING_LOOP = "hearing_loop"
    QUIET_ROOM = "quiet_room"
    PARKING_NEAR = "parking_near"
    BUS_STOP_NEAR = "bus_stop_near"


class ContactRole(StrEnum):
    """For what somebody at an organisation can be asked."""

    COORDINATOR = "coordinator"
    """Keeps places up to date and welcomes people."""
    GUIDANCE = "guidance"
    """Guides people at the place."""
    ADMINISTRATION = "administration"
    """Agreements, insurance, money."""
    RECEPTION = "reception"
    """The address for everyone; the only one that may be public."""


class FreshnessAnswer(StrEnum):
    """What the owner of a place said when asked whether it is still right."""

    STILL_RIGHT = "still_right"
    FULL = "full"
    STOPPED = "stopped"
    CHANGED = "changed"


class LinkPurpose(StrEnum):
    """The one thing that a signed link is for."""

    CONFIRM_PLACE = "confirm_place"
    CONFIRM_START = "confirm_start"
    CONFIRM_MONTH = "confirm_month"
    ANSWER_SIGN_UP = "answer_sign_up"
    ACCEPT_INVITATION = "accept_invitation"
    ANSWER_REFERRAL = "answer_referral"
    TELL_REFERRAL = "tell_referral"
    """Telling what came of a referral that was accepted."""


class LinkEventKind(StrEnum):
    """What happened with a signed link."""

    OPENED = "opened"
    ANSWERED = "answered"
    REFUSED = "refused"
    """Somebody tried it when it no longer held."""


class MonthAnswer(StrEnum):
    """How a month of a placement went, as the organisation says."""

    AS_PLANNED = "as_planned"
    OTHER_HOURS = "other_hours"
    STOPPED = "stopped"
    WORRIES = "worries"


class Presence(StrEnum):
    """Whether somebody was at a place on a day."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class PartnerReportKind(StrEnum):
    """What an organisation reports of a placement at any moment."""

    WORRY = "worry"
    PROPOSES_END = "proposes_end"


class ReportFollowUp(StrEnum):
    """What a coach did with what an organisation reported."""

    TALKED = "talked"
    GOES_ON = "goes_on"
    CHANGED = "changed"
    ENDED = "ended"


class SignUpState(StrEnum):
    """What became of somebody who showed interest in a place."""

    NEW = "new"
    CONTACTED = "contacted"
    CLOSED = "closed"


class DisplacementVerdict(StrEnum):
    """Whether a participation job would take paid work away (Participatiewet, art. 10a(2))."""

    ADDITIONAL = "additional"
    DISPLACES = "displaces"
    UNCLEAR = "unclear"


class PostKind(StrEnum):
    """What partners share with each other."""

    NOTE = "note"
    QUESTION = "question"
    REPLY = "reply"


class Theme(StrEnum):
    """What partners share and refer about."""

    PARTICIPATION = "participation"
    LANGUAGE = "language"
    DEBT = "debt"
    HEALTH = "health"
    COMPANY = "company"
    DAY_ACTIVITY = "day_activity"
    WORK = "work"
    VOLUNTEERS = "volunteers"


class SearchKind(StrEnum):
    """What can be found in the directory."""

    PLACE = "place"
    ORGANISATION = "organisation"
    POST = "post"


class SubjectKind(StrEnum):
    """What a change in the directory is about."""

    ORGANISATION = "organisation"
    CONTACT = "contact"
    LOCATION = "location"


class FoundBy(StrEnum):
    """Who found a place outside the directory."""

    RESIDENT = "resident"
    COACH = "coach"


class Preference(StrEnum):
    """What somebody would like best about a place that is talked about; never left out."""

    WANTS_THIS = "wants_this"
    AGREES = "agrees"
    RATHER_ANOTHER = "rather_another"
    RATHER_LATER = "rather_later"
    RATHER_NOTHING = "rather_nothing"


class ChoiceReason(StrEnum):
    """Why this place was chosen and not another."""

    OWN_WISH = "own_wish"
    LIKES_THE_WORK = "likes_the_work"
    NEARBY = "nearby"
    TIMES_SUIT = "times_suit"
    NEXT_STEP = "next_step"
    HELP_AT_HAND = "help_at_hand"
    KNOWS_PEOPLE_THERE = "knows_people_there"
    NOTHING_ELSE_FITS = "nothing_else_fits"


class RefusalSide(StrEnum):
    """Who says that a place will not do for somebody."""

    RESIDENT = "resident"
    PLACE = "place"
    MUNICIPALITY = "municipality"


class RefusalReason(StrEnum):
    """Why a place will not do for somebody; which side each is of stands in the catalogue.

    About the place, the work and the moment; never about health.
    """

    DOES_NOT_APPEAL = "does_not_appeal"
    WANTS_OTHER_KIND = "wants_other_kind"
    TOO_FAR_AWAY = "too_far_away"
    TIMES_DO_NOT_SUIT = "times_do_not_suit"
    ASKS_TOO_MUCH = "asks_too_much"
    NOT_READY_YET = "not_ready_yet"
    BAD_EXPERIENCE = "bad_experience"
    COSTS_TOO_MUCH = "costs_too_much"
    NO_ROOM_AFTER_ALL = "no_room_after_all"
    PLACE_IS_DIFFERENT = "place_is_different"
    NO_REPLY_FROM_PLACE = "no_reply_from_place"
    PLACE_SEES_NO_FIT = "place_sees_no_fit"
    OTHER_STEP_FIRST = "other_step_first"
    TAKES_PAID_WORK_AWAY = "takes_paid_work_away"
    NOT_SAFE = "not_safe"
    OTHER_AGREEMENT = "other_agreement"


class TrainingKind(StrEnum):
    """What somebody learns beside a placement."""

    TRAINING = "training"
    LANGUAGE_LESSON = "language_lesson"


class TrainingResult(StrEnum):
    """How a training came out."""

    DONE = "done"
    """Followed to the end, without a paper."""
    CERTIFICATE = "certificate"
    """Followed to the end, with a certificate or diploma."""
    STOPPED = "stopped"


class TrainingStop(StrEnum):
    """Why a training stopped before its end: coded, and never anybody's health."""

    FOUND_WORK = "found_work"
    OTHER_STEP_FIRST = "other_step_first"
    ASKS_TOO_MUCH = "asks_too_much"
    ASKS_TOO_LITTLE = "asks_too_little"
    TIMES_OR_TRAVEL = "times_or_travel"
    NEEDED_AT_HOME = "needed_at_home"
    NOT_WHAT_WAS_EXPECTED = "not_what_was_expected"
    GIVEN_NO_LONGER = "given_no_longer"
    """Whoever gave it stopped."""
    MOVED_AWAY = "moved_away"
    GAVE_NO_REASON = "gave_no_reason"


class HowItGoes(StrEnum):
    """How a placement goes, as one of those who are in it says."""

    WELL = "well"
    MIXED = "mixed"
    BADLY = "badly"
    NOT_ASKED = "not_asked"
    """Nobody asked this side; never taken for an answer."""


class WhatFollows(StrEnum):
    """What comes after a placement that ends, chosen before it does."""

    OTHER_PLACE = "other_place"
    LIGHTER_SUPPORT = "lighter_support"
    VOLUNTEER_SAME_PLACE = "volunteer_same_place"
    TRAINING = "training"
    AFTERCARE_ONLY = "aftercare_only"


class AftercareFinding(StrEnum):
    """How somebody is some time after a placement ended."""

    TAKES_PART = "takes_part"
    """Takes part somewhere else."""
    IN_PAID_WORK = "in_paid_work"
    IN_TRAINING = "in_training"
    LOOKS_FOR_SOMETHING = "looks_for_something"
    """Takes part nowhere now, and wants to."""
    FELL_BACK = "fell_back"
    NOT_REACHED = "not_reached"
    WANTS_NO_AFTERCARE = "wants_no_aftercare"


class PromotionWay(StrEnum):
    """How a seat that comes free goes to who waits for a place."""

    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"


class LeftWaiting(StrEnum):
    """Why somebody does not wait for a kind of place any more."""

    PLACED = "placed"
    NO_WISH_ANY_MORE = "no_wish_any_more"
    OTHER_STEP_FIRST = "other_step_first"
    MOVED_AWAY = "moved_away"
    DIED = "died"
    BENEFIT_ENDED = "benefit_ended"


class ReferralAbout(StrEnum):
    """Whom a referral is about."""

    KNOWN_PERSON = "known_person"
    """Somebody with a file at the municipality."""
    NEW_PERSON = "new_person"
    """Somebody whom only the sender knows; their name stands in what is shared."""
    QUESTION = "question"
    """A question without a person."""


class Urgency(StrEnum):
    """How quickly a referral asks for an answer; each has its own terms."""

    NORMAL = "normal"
    SOON = "soon"
    URGENT = "urgent"


class ReferralState(StrEnum):
    """How far a referral as a whole is."""

    DRAFT = "draft"
    SENT = "sent"
    """At least one receiver may answer, and none has opened it."""
    SEEN = "seen"
    """A receiver opened it; nobody answered yes."""
    ACCEPTED = "accepted"
    STARTED = "started"
    """The receiver began with what was asked."""
    DONE = "done"
    STOPPED = "stopped"
    """It ended without what was asked."""
    DECLINED = "declined"
    """Every receiver said no; the sender chooses another one, or stops."""
    HANDED_BACK = "handed_back"
    """Nobody answered in time, or who said yes gave it back; with the sender again."""
    REVOKED = "revoked"
    """The sender took it back before anybody said yes."""


class AskState(StrEnum):
    """How far one receiver is with a referral."""

    ASKED = "asked"
    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FORWARDED = "forwarded"
    """The receiver sent it on to another one."""
    OVERTAKEN = "overtaken"
    """Another receiver said yes first."""
    LAPSED = "lapsed"
    """The receiver did not answer in time."""
    HANDED_BACK = "handed_back"
    """The receiver said yes and gave it back."""
    CALLED_BACK = "called_back"
    """The sender took it back, or it stopped before the receiver answered."""


class ReferralEvent(StrEnum):
    """What happened to a referral; the events tell its whole story."""

    DRAFTED = "drafted"
    CHANGED = "changed"
    SENT = "sent"
    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FORWARDED = "forwarded"
    OVERTAKEN = "overtaken"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    """The sender's team heard that nobody answered."""
    LAPSED = "lapsed"
    HANDED_BACK = "handed_back"
    STARTED = "started"
    DONE = "done"
    STOPPED = "stopped"
    REVOKED = "revoked"
    PLACED = "placed"
    """It became a placement."""


class DeclineReason(StrEnum):
    """Why a receiver says no; never about somebody's health."""

    FULL = "full"
    """No room until a day."""
    NOT_OUR_GROUP = "not_our_group"
    OTHER_DISTRICT = "other_district"
    NOT_OUR_WORK = "not_our_work"
    CANNOT_IN_TIME = "cannot_in_time"
    RESIDENT_WITHDREW = "resident_withdrew"


class RevokeReason(StrEnum):
    """Why a sender takes a referral back."""

    SENT_BY_MISTAKE = "sent_by_mistake"
    OTHER_SOLUTION = "other_solution"
    NO_LONGER_NEEDED = "no_longer_needed"
    RESIDENT_WITHDREW = "resident_withdrew"
    RECEIVER_LEFT = "receiver_left"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class HandBackReason(StrEnum):
    """Why a receiver who said yes gives a referral back."""

    NO_ROOM_AFTER_ALL = "no_room_after_all"
    DOES_NOT_FIT_AFTER_ALL = "does_not_fit_after_all"
    NO_CONTACT = "no_contact"
    NOT_BEGUN_IN_TIME = "not_begun_in_time"
    """The clock gave it back: it was not said that anything began."""
    RECEIVER_LEFT = "receiver_left"


class ReferralOutcome(StrEnum):
    """What became of a referral, as the sender and the resident read it."""

    TAKES_PART = "takes_part"
    HELPED = "helped"
    ANSWERED = "answered"
    """A question was answered."""
    MOVED_ON = "moved_on"
    """Somebody goes on elsewhere, after help of the receiver."""
    NOT_REACHED = "not_reached"
    DID_NOT_COME = "did_not_come"
    RESIDENT_STOPPED = "resident_stopped"
    DID_NOT_FIT = "did_not_fit"
    NOBODY_CAN = "nobody_can"
    """No receiver was found."""
    OTHER_SOLUTION = "other_solution"
    NO_LONGER_NEEDED = "no_longer_needed"
    MOVED_AWAY = "moved_away"
    DIED = "died"
