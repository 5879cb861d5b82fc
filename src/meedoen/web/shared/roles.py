"""How roles are called on screen, and what each finds in the menu."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.viewer import Permission, Role

ROLE_IN_SESSION = "membership"

ROLE_NAMES: dict[Role, Promise] = {
    Role.COACH: _("Participatiecoach"),
    Role.TEAM_LEAD: _("Teamleider"),
    Role.PARTNER: _("Partnercoördinator"),
    Role.PARTNER_LEAD: _("Beheerder bij een partner"),
    Role.RESIDENT: _("Inwoner"),
    Role.CONTROLLER: _("Beleidsadviseur of controller"),
    Role.SUBSIDY_OFFICER: _("Subsidieadviseur"),
    Role.PRIVACY_OFFICER: _("Privacyfunctionaris"),
    Role.ADMINISTRATOR: _("Functioneel beheerder"),
}


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu: where it leads and who finds it.

    `under` names pages that belong to this line though their addresses do not say so.
    """

    page: str
    label: Promise
    permission: Permission
    under: frozenset[str] = frozenset()


MENU = (
    MenuEntry("coach:today", _("Vandaag"), Permission.SEE_CASELOAD),
    MenuEntry("coach:caseload", _("Mensen"), Permission.SEE_CASELOAD),
    MenuEntry(
        "coach:placements",
        _("Plaatsingen"),
        Permission.SEE_CASELOAD,
        frozenset(
            {
                "coach:placement",
                "coach:placement_move",
                "coach:placement_terms",
                "coach:placement_course",
                "coach:placement_planned_end",
                "coach:placement_start_day",
                "coach:placement_take_back",
                "coach:placement_end",
                "coach:placement_withdraw",
                "coach:waiting_promote",
                "coach:placement_hold",
                "coach:evaluation",
                "coach:evaluation_correct",
                "coach:what_follows",
                "coach:aftercare",
                "coach:aftercare_correct",
                "coach:clock",
                "coach:clock_decide",
                "coach:clock_extend",
                "coach:clock_take_back",
                "coach:clock_end",
                "coach:clock_premium",
                "coach:clock_what_if",
            }
        ),
    ),
    # Partners and residents refer too, from pages of their own.
    MenuEntry(
        "coach:referrals",
        _("Verwijzingen"),
        Permission.SEE_CASELOAD,
        frozenset({"coach:referral_person"}),
    ),
    MenuEntry("coach:directory", _("Plekken"), Permission.MANAGE_ORGANISATIONS),
    MenuEntry("coach:campaigns", _("Lijsten"), Permission.SEE_CASELOAD),
    MenuEntry("coach:divisions", _("Verdelen"), Permission.PROPOSE_PLACES),
    MenuEntry(
        "coach:measuring",
        _("Metingen"),
        Permission.SEE_CASELOAD,
        frozenset({"coach:figures", "coach:figure_people"}),
    ),
    MenuEntry("coach:hand_over", _("Overdragen"), Permission.HAND_OVER),
    MenuEntry("coach:imports", _("Inlezen"), Permission.IMPORT_CASELOAD),
    MenuEntry("partner:waiting", _("Wat op u wacht"), Permission.CONFIRM_PLACEMENT),
    MenuEntry(
        "partner:people",
        _("Mensen"),
        Permission.CONFIRM_PLACEMENT,
        frozenset({"partner:person", "partner:report", "partner:month"}),
    ),
    MenuEntry(
        "partner:referrals",
        _("Verwijzingen"),
        Permission.CONFIRM_PLACEMENT,
        frozenset({"partner:referral_person"}),
    ),
    MenuEntry(
        "partner:places",
        _("Plekken"),
        Permission.CONFIRM_PLACEMENT,
        frozenset({"partner:attendance_places", "partner:attendance"}),
    ),
    MenuEntry(
        "partner:organisation",
        _("Uw organisatie"),
        Permission.CONFIRM_PLACEMENT,
        frozenset({"partner:colleagues"}),
    ),
    MenuEntry("resident:path", _("Mijn pad"), Permission.SEE_OWN_PATH),
    MenuEntry("resident:plan", _("Mijn plan"), Permission.SEE_OWN_PATH),
    MenuEntry("resident:places", _("Plekken"), Permission.SEE_OWN_PATH),
    MenuEntry("public:municipalities", _("Meedoen in de buurt"), Permission.SEE_OWN_PATH),
    MenuEntry("policy:standing", _("Waar staan we"), Permission.SEE_FIGURES),
    MenuEntry("policy:indicators", _("Indicatoren"), Permission.SEE_FIGURES),
    MenuEntry("policy:tree", _("Doelen"), Permission.SEE_FIGURES),
    MenuEntry("policy:budget_import", _("Pagina inlezen"), Permission.IMPORT_BUDGET),
    MenuEntry("policy:documents", _("Documenten"), Permission.WRITE_DOCUMENTS),
    MenuEntry("policy:sheltered", _("Beschut werk"), Permission.SEE_FIGURES),
    MenuEntry("policy:flows", _("Stromen"), Permission.SEE_FIGURES),
    MenuEntry("policy:cliff", _("Wat afloopt"), Permission.SEE_ENDING_SUPPORT),
    MenuEntry("public:pages", _("Wat bereikt de gemeente"), Permission.SEE_FIGURES),
    # Who gives subsidies looks at the same pages, and changes nothing.
    MenuEntry("coach:directory", _("Plekken"), Permission.SEE_ORGANISATIONS),
    MenuEntry("policy:reach", _("Organisaties"), Permission.SEE_ORGANISATIONS),
    MenuEntry("policy:coverage", _("Dekking"), Permission.SEE_COVERAGE),
    MenuEntry("policy:network", _("Netwerk"), Permission.SEE_NETWORK),
    MenuEntry("policy:matching_report", _("Verslag plekken"), Permission.SEE_MATCHING_REPORT),
    MenuEntry("policy:readings", _("Wie keek wat in"), Permission.SEE_ACCESS_LOG),
    MenuEntry("policy:members", _("Leden en rollen"), Permission.SEE_MEMBERS),
    MenuEntry("policy:matching", _("Plekken voorstellen"), Permission.SET_MATCHING),
    MenuEntry("knowledge", _("Kennis delen"), Permission.SHARE_KNOWLEDGE),
)

# The menu of who is not signed in. Who is finds them at the foot of every page.
OPEN_PAGES = (
    ("public:municipalities", _("Meedoen in de buurt")),
    ("public:pages", _("Wat bereikt de gemeente")),
    ("public:algorithms", _("Hoe plekken worden voorgesteld")),
)

START: dict[Role, str] = {
    Role.COACH: "coach:today",
    Role.TEAM_LEAD: "coach:today",
    Role.PARTNER: "partner:waiting",
    Role.PARTNER_LEAD: "partner:waiting",
    Role.RESIDENT: "resident:path",
    Role.CONTROLLER: "policy:standing",
    Role.SUBSIDY_OFFICER: "policy:reach",
    Role.PRIVACY_OFFICER: "policy:readings",
    Role.ADMINISTRATOR: "policy:members",
}
