"""What the organisations of a made-up town said and shared, and a place that somebody found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from meedoen.demo import names, network_texts
from meedoen.demo.accounts import PARTNER, PARTNER_LEAD, RESIDENT
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import midnight
from meedoen.demo.load import Written
from meedoen.records.knowledge.actions import NewPost, reply, share
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.month_queries import MonthLine, months_to_confirm
from meedoen.records.places.found_actions import NewFoundPlace, enter_found_place
from meedoen.records.places.queries import places_by_id
from meedoen.records.places.sign_up_actions import NewSignUp, sign_up
from meedoen.rules import half_days
from meedoen.rules.vocabulary import MonthAnswer, PlaceKind

CONFIRMED_SHARE, WORRY_SHARE = 0.9, 0.03
SIGN_UPS = 6
DAYS_AGO = 9


@dataclass(frozen=True, slots=True)
class Cast:
    """Who can sign in and has something to say, as the viewers they are."""

    partner: Viewer
    lead: Viewer
    resident: Viewer
    pseudonym_id: int


def write_network(written: Written, cast: Cast) -> None:
    """Write down what organisations told, what people asked and what was shared."""
    with clock.at(midnight(written.town.until)):
        _write_months(written, cast)
        _write_sign_ups(written, cast)
    _write_posts(written, cast)
    with clock.at(midnight(written.town.until)):
        _write_found_place(written, cast)


def cast_of(written: Written, members: Mapping[str, int], pseudonym_id: int, host: int) -> Cast:
    """Return the viewers of the accounts that were opened, by their address."""
    municipality_id = written.system.municipality_id
    partner, lead = (
        Viewer(
            municipality_id=municipality_id,
            role=account.roles[0],
            membership_id=members[account.email],
            organisation_id=written.organisations[host],
        )
        for account in (PARTNER, PARTNER_LEAD)
    )
    resident = Viewer(
        municipality_id=municipality_id,
        role=Role.RESIDENT,
        membership_id=members[RESIDENT.email],
    )
    return Cast(partner, lead, resident, pseudonym_id)


def _write_months(written: Written, cast: Cast) -> None:
    """Let most organisations confirm last month; the one that can sign in still has it to do."""
    random = dice("months", written.town.sketch.code)
    for organisation_id in written.organisations:
        if organisation_id == cast.partner.organisation_id:
            continue
        viewer = Viewer(
            municipality_id=cast.partner.municipality_id,
            role=Role.PARTNER,
            organisation_id=organisation_id,
        )
        lines = [one for one in months_to_confirm(viewer) if happens(random, CONFIRMED_SHARE)]
        confirm_months(viewer, answers=[_month(random, line) for line in lines])


def _month(random: Random, line: MonthLine) -> NewMonth:
    if happens(random, WORRY_SHARE):
        return NewMonth(
            key=line.key,
            month=line.month,
            answer=MonthAnswer.WORRIES,
            note=network_texts.WORRY,
        )
    return NewMonth(key=line.key, month=line.month)


def _write_sign_ups(written: Written, cast: Cast) -> None:
    """Let some people show interest, first at the organisation of which somebody can sign in."""
    random = dice("interest", written.town.sketch.code)
    wanted = {
        number: written.organisations[spot.organisation] == cast.partner.organisation_id
        for number, spot in zip(written.places, written.town.places, strict=True)
        if spot.outside.open_to_sign_up
    }
    in_order = sorted(wanted, key=lambda number: (not wanted[number], number))[:SIGN_UPS]
    cards = places_by_id(written.system, place_ids=in_order)
    for number, message in zip(in_order, cycle(network_texts.INTEREST), strict=False):
        sign_up(
            written.system,
            new=NewSignUp(
                place_key=cards[number].key,
                name=" ".join(names.full_name(random)),
                contact=f"06-0000{random.randrange(10_000):04}",
                message=message,
            ),
        )


def _write_posts(written: Written, cast: Cast) -> None:
    writers: Sequence[Viewer] = (cast.lead, written.coaches[0], cast.partner)
    days = _days_before(written.town.until)
    for writer, text, day in zip(cycle(writers), network_texts.POSTS, days, strict=False):
        district = text.district
        with clock.at(midnight(day)):
            key = share(
                writer,
                post=NewPost(
                    kind=text.kind,
                    theme=text.theme,
                    title=text.title,
                    body=text.body,
                    district_id=None if district is None else written.districts[district],
                ),
            )
        other = written.coaches[-1] if writer is cast.lead else cast.lead
        for answer in text.answers:
            with clock.at(midnight(day + timedelta(days=2))):
                reply(other, key=key, body=answer)


def _days_before(until: date) -> Sequence[date]:
    return [until - timedelta(days=DAYS_AGO * number + 3) for number in range(20)]


def _write_found_place(written: Written, cast: Cast) -> None:
    """Let the resident who can sign in hand in a place; it waits for somebody to look at it."""
    text = network_texts.FOUND
    enter_found_place(
        cast.resident,
        pseudonym_id=cast.pseudonym_id,
        place=NewFoundPlace(
            title=text.title,
            kind=PlaceKind.VOLUNTEER_WORK,
            half_days=half_days.from_codes(["tue_morning", "thu_morning"]),
            district_id=written.districts[0],
            starts_on=written.town.until + timedelta(days=14),
            organisation=text.organisation,
            description=text.description,
            contact_name=text.contact,
            contact_phone="06-00004321",
        ),
    )
