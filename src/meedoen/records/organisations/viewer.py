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
    DIVIDE_PLACES = "divide_places"
    CORRECT_PLACEMENT = "correct_placement"
    CONFIRM_PLACEMENT = "confirm_placement"
    SEE_DIRECTORY = "see_directory"
    MANAGE_PLACES = "manage_places"
    MANAGE_ORGANISATIONS = "manage_organisations"
    ANSWER_FRESHNESS = "answer_freshness"
    ENTER_FOUND_PLACE = "enter_found_place"
    VERIFY_PLACES = "verify_places"
    IMPORT_DIRECTORY = "import_directory"
    ANSWER_SIGN_UPS = "answer_sign_ups"
    INVITE_COLLEAGUES = "invite_colleagues"
    SHARE_KNOWLEDGE = "share_knowledge"
    MODERATE_KNOWLEDGE = "moderate_knowledge"
    SEE_COVERAGE = "see_coverage"
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
    SET_MATCHING = "set_matching"
    SEE_MATCHING_REPORT = "see_matching_report"
    ASK_COACHES = "ask_coaches"
    WISH_PLACE = "wish_place"
    SEE_ENDING_SUPPORT = "see_ending_support"
    REFER = "refer"
    ANSWER_REFERRAL = "answer_referral"
    SEE_NETWORK = "see_network"
    OPEN_FIGURES = "open_figures"
    SET_INDICATORS = "set_indicators"
    WRITE_DOCUMENTS = "write_documents"
    ADOPT_DOCUMENTS = "adopt_documents"


class Role(StrEnum):
    """For whom someone acts; one person may have several, and acts in one at a time."""

    COACH = "coach"
    """Participation coach: nobody out of sight, talks written down, fitting places."""
    TEAM_LEAD = "team_lead"
    """Leads a team of coaches: a fair caseload, overdue work, cover during absence."""
    PARTNER = "partner"
    """Partner coordinator: own places and the people placed there; never a BSN or benefit data."""
    PARTNER_LEAD = "partner_lead"
    """Partner coordinator who also decides which colleagues may come in."""
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
    LINK_HOLDER = "link_holder"
    """Whoever answers from a signed link, without an account: one question about one thing."""
    SYSTEM = "system"
    """Meedoen itself: commands on the server and work in the night; nobody signs in as this."""


PARTNERS = frozenset({Role.PARTNER, Role.PARTNER_LEAD})
"""Who works at an organisation, and sees what is its own and nothing else."""
COACHES = frozenset({Role.COACH, Role.TEAM_LEAD})
"""Who works with residents in a team of the municipality."""
NOBODY_SIGNS_IN_AS = frozenset({Role.LINK_HOLDER, Role.SYSTEM})

_DESK_OF_A_PARTNER = frozenset(
    {
        Permission.CONFIRM_PLACEMENT,
        Permission.SEE_DIRECTORY,
        Permission.MANAGE_PLACES,
        Permission.ANSWER_FRESHNESS,
        Permission.ANSWER_SIGN_UPS,
        Permission.ASK_COACHES,
        Permission.SHARE_KNOWLEDGE,
        Permission.REFER,
        Permission.ANSWER_REFERRAL,
        Permission.CHANGE_OWN_ACCOUNT,
    }
)


MAY: Mapping[Role, frozenset[Permission]] = {
    Role.COACH: frozenset(
        {
            Permission.SEE_CASELOAD,
            Permission.RECORD_CONVERSATION,
            Permission.MAKE_PLAN,
            Permission.FIX_DUTIES,
            Permission.WISH_PLACE,
            Permission.PROPOSE_PLACES,
            Permission.PLACE_RESIDENT,
            Permission.CORRECT_PLACEMENT,
            Permission.SEE_DIRECTORY,
            Permission.MANAGE_PLACES,
            Permission.MANAGE_ORGANISATIONS,
            Permission.ANSWER_FRESHNESS,
            Permission.ENTER_FOUND_PLACE,
            Permission.VERIFY_PLACES,
            Permission.ASK_COACHES,
            Permission.SHARE_KNOWLEDGE,
            Permission.SEE_COVERAGE,
            Permission.REFER,
            Permission.ANSWER_REFERRAL,
            Permission.OPEN_FIGURES,
            Permission.SEE_NETWORK,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.TEAM_LEAD: frozenset(
        {
            Permission.SEE_CASELOAD,
            Permission.IMPORT_CASELOAD,
            Permission.HAND_OVER,
            Permission.DIVIDE_PLACES,
            Permission.RECORD_CONVERSATION,
            Permission.MAKE_PLAN,
            Permission.FIX_DUTIES,
            Permission.WISH_PLACE,
            Permission.PROPOSE_PLACES,
            Permission.PLACE_RESIDENT,
            Permission.CORRECT_PLACEMENT,
            Permission.SEE_DIRECTORY,
            Permission.MANAGE_PLACES,
            Permission.MANAGE_ORGANISATIONS,
            Permission.ANSWER_FRESHNESS,
            Permission.ENTER_FOUND_PLACE,
            Permission.VERIFY_PLACES,
            Permission.ASK_COACHES,
            Permission.IMPORT_DIRECTORY,
            Permission.INVITE_COLLEAGUES,
            Permission.SHARE_KNOWLEDGE,
            Permission.MODERATE_KNOWLEDGE,
            Permission.SEE_COVERAGE,
            Permission.SEE_ENDING_SUPPORT,
            Permission.OPEN_FIGURES,
            Permission.REFER,
            Permission.ANSWER_REFERRAL,
            Permission.SEE_NETWORK,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.PARTNER: _DESK_OF_A_PARTNER,
    Role.PARTNER_LEAD: _DESK_OF_A_PARTNER | {Permission.INVITE_COLLEAGUES},
    Role.RESIDENT: frozenset(
        {
            Permission.SEE_OWN_PATH,
            Permission.ANSWER_OWN_PLAN,
            Permission.WISH_PLACE,
            Permission.ENTER_FOUND_PLACE,
            Permission.REFER,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.CONTROLLER: frozenset(
        {
            Permission.SEE_FIGURES,
            Permission.MEASURE_FIGURES,
            Permission.READ_HISTORY,
            Permission.IMPORT_BUDGET,
            Permission.PUBLISH_BUDGET,
            Permission.SET_INDICATORS,
            Permission.WRITE_DOCUMENTS,
            Permission.ADOPT_DOCUMENTS,
            Permission.SEE_COVERAGE,
            Permission.SEE_ENDING_SUPPORT,
            Permission.SEE_MATCHING_REPORT,
            Permission.SEE_NETWORK,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.SUBSIDY_OFFICER: frozenset(
        {
            Permission.SEE_ORGANISATIONS,
            Permission.SEE_DIRECTORY,
            Permission.SEE_COVERAGE,
            Permission.SEE_NETWORK,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Permission.SEE_ACCESS_LOG,
            Permission.SEE_MATCHING_REPORT,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_MEMBERS,
            Permission.SET_MATCHING,
            Permission.CHANGE_OWN_ACCOUNT,
        }
    ),
    Role.LINK_HOLDER: frozenset(
        {
            Permission.CONFIRM_PLACEMENT,
            Permission.ANSWER_FRESHNESS,
            Permission.ANSWER_SIGN_UPS,
            Permission.ANSWER_REFERRAL,
        }
    ),
    Role.SYSTEM: frozenset(
        {
            Permission.REGISTER_RESIDENT,
            Permission.IMPORT_CASELOAD,
            Permission.HAND_OVER,
            Permission.SEE_DIRECTORY,
            Permission.MANAGE_PLACES,
            Permission.MANAGE_ORGANISATIONS,
            Permission.ANSWER_FRESHNESS,
            Permission.ENTER_FOUND_PLACE,
            Permission.VERIFY_PLACES,
            Permission.IMPORT_DIRECTORY,
            Permission.ANSWER_SIGN_UPS,
            Permission.INVITE_COLLEAGUES,
            Permission.SHARE_KNOWLEDGE,
            Permission.MODERATE_KNOWLEDGE,
            Permission.SEE_COVERAGE,
            Permission.RECORD_CONVERSATION,
            Permission.WISH_PLACE,
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
            Permission.ASK_COACHES,
            Permission.REFER,
            Permission.ANSWER_REFERRAL,
            Permission.SEE_NETWORK,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone acting in one role for one municipality.

    `membership_id` is None only for Meedoen itself and for who holds a link; `organisation_id`
    is set for partners and for who holds a link, `team_id` for coaches and team leads.
    `link_id` is the link that is held.
    """

    municipality_id: int
    role: Role
    membership_id: int | None = None
    account_id: int | None = None
    organisation_id: int | None = None
    team_id: int | None = None
    link_id: int | None = None

    @classmethod
    def system(cls, municipality_id: int, *, asked_by: int | None = None) -> "Viewer":
        """Return Meedoen itself, which sees the whole municipality.

        For work that nobody clicks on, and for answers that are narrowed or protected in another
        way. `asked_by` is the membership that the history names, when Meedoen acts for somebody.
        """
        return cls(municipality_id=municipality_id, role=Role.SYSTEM, membership_id=asked_by)

    def may(self, permission: Permission) -> bool:
        """Return whether this role carries the permission."""
        return permission in MAY[self.role]
