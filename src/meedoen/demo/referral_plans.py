"""Who refers whom to which organisation, and when: more often, and to more, as the years go by.

By dice of its own. What becomes of each referral stands in `referral_lives`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from meedoen.demo import names
from meedoen.demo.chance import dice, happens, pick
from meedoen.demo.days import at_the_desk
from meedoen.demo.load import Written
from meedoen.demo.referral_texts import ASKED, EXPLANATION, FACTS, OWN_EXPLANATION, QUESTIONS
from meedoen.demo.whereabouts import Guest, Someone
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.referrals.drafts import NewReferral, Receiver, Told
from meedoen.rules.referrals.offers import offers_on
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.vocabulary import (
    LegalGround,
    ObtainedHow,
    OrganisationKind,
    ReferralAbout,
    Shared,
    Theme,
    Urgency,
)

PER_RESIDENT, FEWEST, MOST = 0.26, 60, 400
BEGIN_DAYS = 7
"""So many days after the history began the first referral is sent."""
AT_THE_START, NEVER = 0.35, 0.25
"""The share of the organisations that refer from the beginning, and that never do so."""
QUESTION_SHARE, SEVERAL_SHARE, MOST_ASKED = 0.14, 0.2, 3
KNOWN_SHARE = 0.5
"""This share of what organisations refer is about people who take part there."""
SPARE = 3
URGENCIES = {Urgency.NORMAL: 0.75, Urgency.SOON: 0.2, Urgency.URGENT: 0.05}
THEMES = {
    Theme.PARTICIPATION: 0.26,
    Theme.LANGUAGE: 0.18,
    Theme.COMPANY: 0.18,
    Theme.DEBT: 0.12,
    Theme.DAY_ACTIVITY: 0.11,
    Theme.WORK: 0.09,
    Theme.HEALTH: 0.06,
}
HELD_BY_TEAMS = frozenset({Theme.DEBT, Theme.HEALTH})
"""For these themes a team of the municipality is asked as soon as any organisation."""


class Way(StrEnum):
    """Between whom a referral goes."""

    FROM_MUNICIPALITY = "from_municipality"
    BETWEEN_PARTNERS = "between_partners"
    TO_MUNICIPALITY = "to_municipality"
    FROM_RESIDENT = "from_resident"


WAYS = {
    Way.FROM_MUNICIPALITY: 0.48,
    Way.BETWEEN_PARTNERS: 0.27,
    Way.TO_MUNICIPALITY: 0.14,
    Way.FROM_RESIDENT: 0.11,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A referral that is going to be sent, with others to ask when it comes back or is sent on.

    `skill` says how well people find each other by then, from 0 (first day) to 1 (last).
    """

    number: int
    sent_at: datetime
    skill: float
    sender: Viewer
    who: Someone | None
    new: NewReferral
    spare: tuple[int, ...]


@dataclass(slots=True)
class Network:
    """Who can refer whom: it remembers who was asked before."""

    written: Written
    people: Sequence[Someone]
    guests: Mapping[int, Sequence[Guest]]
    """By organisation, those who take part there."""
    accounts: Mapping[int, Viewer]
    """By pseudonym, the residents who can sign in."""
    joined: Mapping[int, date]
    """Since when organisations refer; those that never do are not in it."""
    used: set[tuple[int, Theme]] = field(default_factory=set)
    """Who was referred for what; nobody is twice referred for the same."""
    met: Counter[tuple[int, int]] = field(default_factory=Counter)

    def partner(self, organisation_id: int) -> Viewer:
        """Return somebody at an organisation."""
        return Viewer(
            municipality_id=self.written.system.municipality_id,
            role=Role.PARTNER,
            organisation_id=organisation_id,
        )

    def connected(self, on: date) -> list[int]:
        """Return the organisations that refer by a day."""
        return [number for number, since in self.joined.items() if since <= on]


def first_day(written: Written) -> date:
    """Return the day on which the first referral is sent."""
    return written.town.first_day + timedelta(days=BEGIN_DAYS)


def joining(written: Written, host: int) -> dict[int, date]:
    """Return since when each organisation refers: some at once, others later, some never."""
    random = dice("referrals", written.town.sketch.code, "joining")
    others = [number for number in written.organisations if number != host]
    random.shuffle(others)
    begin = first_day(written)
    days = (written.town.until - begin).days
    found = {host: begin}
    for at, number in enumerate(others):
        share = at / len(others)
        if share < 1 - NEVER:
            later = max(0.0, (share - AT_THE_START) / (1 - NEVER - AT_THE_START))
            found[number] = begin + timedelta(days=round(days * later * 0.9))
    return found


def plans(network: Network) -> list[Plan]:
    """Return all referrals in the order of sending; each year there are more."""
    town = network.written.town
    count = max(FEWEST, min(MOST, round(town.residents * PER_RESIDENT)))
    begin = first_day(network.written)
    days = (town.until - begin).days - 1
    random = dice("referrals", town.sketch.code, "days")
    shares = sorted([0.0, *(random.random() ** 0.6 for _ in range(count - 1))])
    found = []
    for number, skill in enumerate(shares):
        own = dice("referrals", town.sketch.code, number)
        sent_at = at_the_desk(own, begin + timedelta(days=int(days * skill)))
        if sent_at.date() >= town.until:
            continue
        plan = _plan(network, own, number, sent_at, skill)
        if plan is not None:
            found.append(plan)
    return sorted(found, key=lambda plan: plan.sent_at)


def _plan(
    network: Network, random: Random, number: int, sent_at: datetime, skill: float
) -> Plan | None:
    """Return one referral; None when there is nobody to ask, or nobody to ask it for."""
    way, theme = pick(random, WAYS), pick(random, THEMES)
    on = sent_at.date()
    sender, who, kind = _sender(network, random, way, theme, sent_at)
    if sender is None:
        return None
    others = _organisations(network, random, theme, on, sender, way)
    wanted = 1
    if who is None or way is Way.FROM_MUNICIPALITY:
        wanted = random.randint(2, MOST_ASKED) if happens(random, SEVERAL_SHARE) else 1
    receivers = [Receiver(organisation_id=one) for one in others[:wanted]]
    if way is Way.TO_MUNICIPALITY and (not receivers or happens(random, 0.5)):
        receivers = (
            [Receiver()] if who else [Receiver(team_id=random.choice(network.written.teams))]
        )
    if not receivers:
        return None
    new = new_referral(random, network, theme, on, kind, who, receivers, sender)
    _remember(network, sender, new)
    return Plan(number, sent_at, skill, sender, who, new, tuple(others[wanted : wanted + SPARE]))


def _remember(network: Network, sender: Viewer, new: NewReferral) -> None:
    if new.pseudonym_id is not None:
        network.used.add((new.pseudonym_id, new.theme))
    for one in new.receivers:
        network.met[sender.organisation_id or 0, one.organisation_id or 0] += 1


def _sender(
    network: Network, random: Random, way: Way, theme: Theme, sent_at: datetime
) -> tuple[Viewer | None, Someone | None, ReferralAbout]:
    """Return who sends it and about whom; nobody when there is no one to be referred."""
    if way is Way.FROM_RESIDENT:
        people = [one for one in network.people if one.pseudonym_id in network.accounts]
        who = somebody(network, random, people, theme, sent_at)
        return (network.accounts[who.pseudonym_id] if who else None), who, about(who)
    if way is Way.FROM_MUNICIPALITY:
        if happens(random, QUESTION_SHARE):
            return random.choice(network.written.coaches), None, ReferralAbout.QUESTION
        who = somebody(network, random, network.people, theme, sent_at)
        return (who.coach if who else None), who, about(who)
    host = _host(network, random, sent_at.date())
    if happens(random, QUESTION_SHARE):
        return network.partner(host), None, ReferralAbout.QUESTION
    here = [one.who for one in network.guests.get(host, ()) if takes_part(one, sent_at.date())]
    who = somebody(network, random, here, theme, sent_at) if happens(random, KNOWN_SHARE) else None
    return network.partner(host), who, about(who)


def about(who: Someone | None) -> ReferralAbout:
    """Return whom a referral is about that is not a question."""
    return ReferralAbout.NEW_PERSON if who is None else ReferralAbout.KNOWN_PERSON


def takes_part(guest: Guest, on: date) -> bool:
    """Tell whether somebody had begun somewhere before a day."""
    return guest.started_on is not None and guest.started_on < on


def _host(network: Network, random: Random, on: date) -> int:
    """Return an organisation that refers by then; who was asked before asks sooner itself."""
    asked = Counter(dict.fromkeys(network.connected(on), 1))
    for (_sender, receiver), count in network.met.items():
        if receiver in asked:
            asked[receiver] += count
    return pick(random, asked)


def somebody(
    network: Network, random: Random, people: Sequence[Someone], theme: Theme, at: datetime
) -> Someone | None:
    """Return one of these people who was known by then and was not referred for this before."""
    known = [
        one
        for one in people
        if one.life.person.recorded_at < at - timedelta(days=7)
        and (one.pseudonym_id, theme) not in network.used
    ]
    return random.choice(known) if known else None


def _organisations(
    network: Network, random: Random, theme: Theme, on: date, sender: Viewer, way: Way
) -> list[int]:
    """Return organisations that can be asked, in an order in which known ones often come first."""
    town = network.written.town
    kinds = set(offers_on(theme, on).kinds)
    hosts = {spot.organisation for spot in town.places if spot.kind in kinds}
    teams = {
        number
        for number, one in enumerate(town.organisations)
        if one.kind is OrganisationKind.MUNICIPAL_TEAM
    }
    to_municipality = way is Way.TO_MUNICIPALITY
    fitting = teams if to_municipality else hosts | (teams if theme in HELD_BY_TEAMS else set())
    by_id = {network.written.organisations[at] for at in fitting} - {sender.organisation_id}
    able = [one for one in network.connected(on) if one in by_id]
    if not able and not to_municipality:
        able = [one for one in network.connected(on) if one != sender.organisation_id]
    own = sender.organisation_id or 0
    weights = {
        one: 1 + 2 * (network.met[own, one] > 0) + 3 * (network.met[one, own] > 0) for one in able
    }
    found: list[int] = []
    while weights and len(found) < MOST_ASKED + SPARE:
        one = pick(random, weights)
        del weights[one]
        found.append(one)
    return found


def new_referral(
    random: Random,
    network: Network,
    theme: Theme,
    on: date,
    kind: ReferralAbout,
    who: Someone | None,
    receivers: Sequence[Receiver],
    sender: Viewer,
) -> NewReferral:
    """Return a referral that can be sent at once."""
    if kind is ReferralAbout.QUESTION:
        return NewReferral(
            about=kind,
            theme=theme,
            asked=random.choice(QUESTIONS[theme]),
            urgency=pick(random, URGENCIES),
            district_id=random.choice(network.written.districts),
            receivers=receivers,
        )
    own = sender.role is Role.RESIDENT
    how = ObtainedHow.SIGNED_IN if own else ObtainedHow.SPOKEN
    return NewReferral(
        about=kind,
        theme=theme,
        asked=random.choice(ASKED[theme]),
        urgency=pick(random, URGENCIES),
        pseudonym_id=who.pseudonym_id if who else None,
        district_id=None if who else random.choice(network.written.districts),
        receivers=receivers,
        names_after_yes=len(receivers) > 1,
        told=_told(random, theme, on, who, how),
        agreed_on=on,
        agreed_how=how,
    )


def _told(random: Random, theme: Theme, on: date, who: Someone | None, how: ObtainedHow) -> Told:
    allowed = field_set_on(theme, on)
    own = how is ObtainedHow.SIGNED_IN
    given, family, phone = (
        (who.life.person.given_name, who.life.person.family_name, who.life.person.phone)
        if who
        else (*names.full_name(random), f"06-0000{random.randrange(10_000):04}")
    )
    return Told(
        facts={
            word: random.choice(FACTS[word])
            for word in allowed.proposed
            if word is not Shared.NAME_AND_PHONE
        },
        name=f"{given} {family}",
        phone=phone,
        legal_task=allowed.tasks[0],
        ground=LegalGround.CONSENT if own else LegalGround.PUBLIC_TASK,
        explanation=OWN_EXPLANATION if own else EXPLANATION,
        told_how=how,
        told_on=on,
    )
