"""Who is looking, on whose behalf, and what they may do: the readable table of permissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that someone may do; pages and actions each ask for exactly one."""

    SEE_CASELOAD = "see_caseload"
    REGISTER_RESIDENT = "register_resident"
    IMPORT_CASELOAD = "import_caseload"
    HAND_OVER = "hand_over"
    RECORD_CONVERSATION = "record_conversation"
    MAKE_PLAN = "make_plan"
    FIX_DUTIES = "fix_duties"
    PROPOSE_PLACES = "propose_places"
    PLACE_RESIDENT = "place_resident"
    CORRECT_PLACEMENT = "correct_placement"
    CONFIRM_PLACEMENT = "confirm_placement"
    MANAGE_PLACES = "manage_places"
    SEE_OWN_PATH = "see_own_path"
    ANSWER_OWN_PLAN = "answer_own_plan"
    SEE_FIGURES = "see_figures"
    MEASURE_FIGURES = "measure_figures"
    READ_HISTORY = "read_history"
    IMPORT_BUDGET = "import_budget"
    PUBLISH_BUDGET = "publish_budget"
    SEE_ORGANISATIONS = "see_organisations"
    SEE_ACCESS_LOG = "see_access_log"
    SEE_MEMBERS = "see_members"
    CHANGE_OWN_ACCOUNT = "change_own_account"
    KEEP_SIGNALS = "keep_signals"


class Role(StrEnum):
    """For whom someone acts; one person may have several, and acts in one at a time."""

    COACH = "coach"
    """Participation coach: nobody out of sight, talks written down, fitting places."""
    TEAM_LEAD = "team_lead"
    """Leads a team of coaches: a fair caseload, overdue work, cover during absence."""
    PARTNER = "partner"
    """Partner coordinator: own places and the people placed there; never a BSN or benefit data."""
    RESIDENT = "resident"
    """Resident: the own path, the own choices, and who looked."""
    CONTROLLER = "controller"
    """Policy adviser or controller: figures and pages, small numbers protected; no people."""
    SUBSIDY_OFFICER = "subsidy_officer"
    """Subsidy officer: organisations and what they reach, in aggregate."""
    PRIVACY_OFFICER = "privacy_officer"
    """Privacy officer: who looked at what; no case content."""
    ADMINISTRATOR = "administrator"
    """Functional administrator: members, roles and code lists; no case content."""
    SYSTEM = "system"
    """Meedoen itself: commands on the server and work in the night; nobody signs in as this."""


MAY: Mapping[Role, frozenset[Permission]] = {
    Role.COACH: frozenset(
        {
            Permission.SEE_CASELOAD,
            Permission.RECORD_CONVERSATION,
            Permission.MAKE_PLAN,
            Permission.FIX_DUTIES,
            Permission.PROPOSE_PLACES,
            Permission.PLACE_RESIDENT,
            Permission.CORRECT_PLACEMENT,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.TEAM_LEAD: frozenset(
        {
            Permission.SEE_CASELOAD,
            Permission.IMPORT_CASELOAD,
            Permission.HAND_OVER,
            Permission.RECORD_CONVERSATION,
            Permission.MAKE_PLAN,
            Permission.FIX_DUTIES,
            Permission.PROPOSE_PLACES,
            Permission.PLACE_RESIDENT,
            Permission.CORRECT_PLACEMENT,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.PARTNER: frozenset(
        {
            Permission.CONFIRM_PLACEMENT,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.RESIDENT: frozenset(
        {
            Permission.SEE_OWN_PATH,
            Permission.ANSWER_OWN_PLAN,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.CONTROLLER: frozenset(
        {
            Permission.SEE_FIGURES,
            Permission.MEASURE_FIGURES,
            Permission.READ_HISTORY,
            Permission.PUBLISH_BUDGET,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.SUBSIDY_OFFICER: frozenset(
        {
            Permission.SEE_ORGANISATIONS,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Permission.SEE_ACCESS_LOG,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_MEMBERS,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.SYSTEM: frozenset(
        {
            Permission.REGISTER_RESIDENT,
            Permission.IMPORT_CASELOAD,
            Permission.HAND_OVER,
            Permission.MANAGE_PLACES,
            Permission.RECORD_CONVERSATION,
            Permission.MAKE_PLAN,
            Permission.PLACE_RESIDENT,
            Permission.CONFIRM_PLACEMENT,
            Permission.CORRECT_PLACEMENT,
            Permission.SEE_CASELOAD,
            Permission.SEE_FIGURES,
            Permission.MEASURE_FIGURES,
            Permission.READ_HISTORY,
            Permission.IMPORT_BUDGET,
            Permission.PUBLISH_BUDGET,
            Permission.KEEP_SIGNALS,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone acting in one role for one municipality.

    `membership_id` is None only for Meedoen itself; `organisation_id` is set for partners and
    `team_id` for coaches and team leads.
    """

    municipality_id: int
    role: Role
    membership_id: int | None = None
    account_id: int | None = None
    organisation_id: int | None = None
    team_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Return whether this role carries the permission."""
        return permission in MAY[self.role]
