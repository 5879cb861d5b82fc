"""Accounts to try the demo town with: one for each role, all with the same known password."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from meedoen.demo.events import Life
from meedoen.demo.load import Written
from meedoen.demo.town import MEERDAM, OVERWATER
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.viewer import PARTNERS, Role
from meedoen.records.people.actions import give_sign_in

DEMO_PASSWORD = "meerdam-doet-mee"  # noqa: S105 - known to everyone: only made-up people behind it
LONG_THERE = timedelta(weeks=26)
"""After so long at a place it was talked over how it goes."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to sign in with, and what it shows."""

    email: str
    name: str
    roles: tuple[Role, ...]
    shows: str


def _at_meerdam(word: str, name: str, roles: tuple[Role, ...], shows: str) -> DemoAccount:
    return DemoAccount(f"{word}@{MEERDAM.host}", name, roles, shows)


COACH = _at_meerdam("coach", "", (Role.COACH,), "a full caseload in Meerdam")
TEAM_LEAD = _at_meerdam(
    "teamlead", "Eik Nepstra", (Role.TEAM_LEAD,), "the caseloads of the same team"
)
PARTNER = _at_meerdam(
    "partner", "Roos van Verzonnen", (Role.PARTNER,), "people who wait for a start, and who run"
)
PARTNER_LEAD = _at_meerdam(
    "partnerlead",
    "Beuk de Verzinner",
    (Role.PARTNER_LEAD,),
    "the same organisation, and which colleagues may come in",
)
RESIDENT = _at_meerdam("resident", "", (Role.RESIDENT,), "the own path of one resident")
CONTROLLER = _at_meerdam(
    "controller", "Ceder Testema", (Role.CONTROLLER,), "figures and budget pages"
)
SECOND_CONTROLLER = _at_meerdam(
    "controller2",
    "Els Verzinsma",
    (Role.CONTROLLER,),
    "adopts the documents of the other controller",
)
SUBSIDY_OFFICER = _at_meerdam(
    "subsidy", "Linde de Fictie", (Role.SUBSIDY_OFFICER,), "organisations and what they reach"
)
PRIVACY_OFFICER = _at_meerdam(
    "privacy", "Hulst Proefstra", (Role.PRIVACY_OFFICER,), "who looked at what"
)
ADMINISTRATOR = _at_meerdam(
    "administrator", "Vlier van Demo", (Role.ADMINISTRATOR,), "members and permissions"
)
TWO_ROLES = _at_meerdam(
    "two-roles",
    "Iep Bedachtinga",
    (Role.COACH, Role.CONTROLLER),
    "one person in two roles, one at a time",
)
NEIGHBOUR = DemoAccount(
    f"coach@{OVERWATER.host}", "", (Role.COACH,), "another municipality, kept apart"
)
DEMO_ACCOUNTS = (
    COACH,
    TEAM_LEAD,
    PARTNER,
    PARTNER_LEAD,
    RESIDENT,
    CONTROLLER,
    SECOND_CONTROLLER,
    SUBSIDY_OFFICER,
    PRIVACY_OFFICER,
    ADMINISTRATOR,
    TWO_ROLES,
    NEIGHBOUR,
)
"""The coaches' own names, and the resident's, come with the town."""


def open_accounts(
    written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]
) -> dict[str, int]:
    """Make the accounts of Meerdam, beside the coaches, who come with the town.

    Return the membership of each by its address; of who has two roles the last.
    """
    team = written.teams[written.town.coaches[0].team]
    partner = written.organisations[busiest_partner(written, lives)]
    members = {}
    for account in (
        TEAM_LEAD,
        PARTNER,
        PARTNER_LEAD,
        CONTROLLER,
        SECOND_CONTROLLER,
        SUBSIDY_OFFICER,
        PRIVACY_OFFICER,
        ADMINISTRATOR,
        TWO_ROLES,
    ):
        for role in account.roles:
            members[account.email] = invite(
                written.system,
                email=account.email,
                name=account.name,
                role=role,
                password=DEMO_PASSWORD,
                team_id=team if role in {Role.COACH, Role.TEAM_LEAD} else None,
                organisation_id=partner if role in PARTNERS else None,
            )
    members[RESIDENT.email] = _open_resident(written, lives, pseudonyms)
    return members


def _open_resident(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> int:
    chosen = shown_resident(lives)
    person = lives[chosen].person
    membership_id = invite(
        written.system,
        email=RESIDENT.email,
        name=f"{person.given_name} {person.family_name}",
        role=Role.RESIDENT,
        password=DEMO_PASSWORD,
    )
    give_sign_in(written.system, pseudonym_id=pseudonyms[chosen], membership_id=membership_id)
    return membership_id


def shown_resident(lives: Sequence[Life]) -> int:
    """Return the number of the resident with most to see, who can sign in."""
    return max(range(len(lives)), key=lambda number: (_richness(lives[number]), -number))


def _richness(life: Life) -> tuple[bool, bool, int, int]:
    """Return how much there is to see: the first coach's people, still there, go before others."""
    here = life.person.coach == 0 and life.leaving is None
    return here, _is_talked_over(life), len(life.courses), len(life.talks)


def _is_talked_over(life: Life) -> bool:
    """Tell whether they take part somewhere for so long already that it was talked over."""
    last = max((talk.on for talk in life.talks), default=date.min)
    began = [course.steps[-1].on for course in life.courses if course.is_running]
    return any(last - day >= LONG_THERE for day in began)


def busiest_partner(written: Written, lives: Sequence[Life]) -> int:
    """Return the organisation with most people waiting for a start, as long as others run there."""
    waiting: Counter[int] = Counter()
    running: Counter[int] = Counter()
    for life in lives:
        for course in life.courses:
            host = written.town.places[course.place].organisation
            waiting[host] += course.is_waiting
            running[host] += course.is_running
    return max(
        range(len(written.organisations)),
        key=lambda host: (
            min(waiting[host], running[host], 3),
            waiting[host] + running[host],
            -host,
        ),
    )
