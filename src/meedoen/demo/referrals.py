"""Referrals of the years of the made-up town, and how they stand on the last day."""

from collections import defaultdict
from collections.abc import Sequence

from meedoen.demo.days import midnight
from meedoen.demo.load import Written
from meedoen.demo.network import Cast
from meedoen.demo.referral_lives import life_of, live
from meedoen.demo.referral_plans import Network, joining, plans
from meedoen.demo.referrals_now import placed_lives, rooms_to_give, scenes, stage_of
from meedoen.demo.whereabouts import Guest, Someone, guests_now, without_place
from meedoen.records.organisations import clock
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.actions import give_sign_in
from meedoen.records.referrals.clock_actions import escalate_late, forget_told, hand_back_late

ONE_IN_ASKS = 50
"""One in so many residents refers themself, beside the one who can sign in."""


def write_referrals(written: Written, people: Sequence[Someone], cast: Cast) -> None:
    """Let referrals live through the years, with the clock of referrals, up to the last day."""
    busy = guests_now(written, people)
    [shown] = [one for one in people if one.pseudonym_id == cast.pseudonym_id]
    others = [one for one in people if one is not shown]
    network = Network(
        written=written,
        people=others,
        guests=_by_host(busy, shown),
        accounts=_accounts(written, others),
        joined=joining(written, cast.partner.organisation_id or 0),
    )
    stage, free = stage_of(network, cast, shown), rooms_to_give(network)
    first = placed_lives(stage, without_place(others, busy), free)
    first += scenes(stage, free[len(first) :])
    live(network, [*first, *(life_of(network, plan) for plan in plans(network))])
    with clock.at(midnight(written.town.until)):
        hand_back_late(written.system)
        escalate_late(written.system)
        forget_told(written.system)


def _by_host(busy: Sequence[Guest], shown: Someone) -> dict[int, list[Guest]]:
    found: dict[int, list[Guest]] = defaultdict(list)
    for one in busy:
        if one.who is not shown:
            found[one.organisation_id].append(one)
    return found


def _accounts(written: Written, people: Sequence[Someone]) -> dict[int, Viewer]:
    """Give some residents an account, without a password, with which they refer themselves."""
    town = written.town
    found = {}
    for number, one in enumerate(people[2::ONE_IN_ASKS], start=2):
        person = one.life.person
        membership_id = invite(
            written.system,
            email=f"resident{number}@{town.sketch.host}",
            name=f"{person.given_name} {person.family_name}",
            role=Role.RESIDENT,
        )
        give_sign_in(written.system, pseudonym_id=one.pseudonym_id, membership_id=membership_id)
        found[one.pseudonym_id] = Viewer(
            municipality_id=written.system.municipality_id,
            role=Role.RESIDENT,
            membership_id=membership_id,
        )
    return found
