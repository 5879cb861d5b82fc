"""What coaches and residents did with lists: wishes, lists, refusals."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from meedoen.demo.accounts import shown_resident
from meedoen.demo.chance import dice, happens
from meedoen.demo.days import at_the_desk, midnight
from meedoen.demo.events import Life
from meedoen.demo.load import Written
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.placements.been import Been, been_at
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.places.cards import public_places
from meedoen.records.proposals.actions import Search, propose, set_rule_aside
from meedoen.records.proposals.facts import Asked
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.queries import ProposalCard, proposal
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.records.proposals.wish_actions import pick
from meedoen.rules.matching.facts import TravelBy
from meedoen.rules.matching.suits import FIRM_RULES
from meedoen.rules.vocabulary import Guidance, Preference, RefusalReason

PEOPLE_OF_A_COACH = 3
"""For so many people of each coach places were looked for lately."""
REFUSED_SHARE = 0.6
WISHES = 3
SAID = {
    RefusalReason.DOES_NOT_APPEAL: "Dit lijkt mij niets.",
    RefusalReason.TOO_FAR_AWAY: "Dat is twee keer overstappen.",
    RefusalReason.TIMES_DO_NOT_SUIT: "Dan breng ik de kinderen weg.",
    RefusalReason.NOT_READY_YET: "Vraag het later nog eens.",
    RefusalReason.PLACE_IS_DIFFERENT: "Ik ben gaan kijken en het was heel anders.",
}


def write_matching_contact(written: Written, administrator_id: int) -> None:
    """Let the administrator say whom to ask about suggested places: the register asks for it."""
    administrator = Viewer(
        municipality_id=written.system.municipality_id,
        role=Role.ADMINISTRATOR,
        membership_id=administrator_id,
    )
    with clock.at(midnight(written.town.until)):
        set_matching(
            administrator,
            is_on=True,
            contact=f"meedoen@{written.town.sketch.host}",
            objection="",
            reason="Voor het algoritmeregister.",
            seen=None,
        )


def write_lists(
    written: Written, lives: Sequence[Life], pseudonyms: Sequence[int], resident_id: int
) -> None:
    """Let the shown resident pick places, and coaches look for places with some people."""
    shown = shown_resident(lives)
    with clock.at(midnight(written.town.until)):
        _write_wishes(written, pseudonyms[shown], resident_id)
    for number, coach in enumerate(written.coaches):
        random = dice("lists", written.town.sketch.code, number)
        people = [at for at in _spoken(lives, number, written.town.until) if at != shown]
        for at in [*([shown] if number == 0 else []), *people][:PEOPLE_OF_A_COACH]:
            _look(random, coach, pseudonyms[at], written.town.until)


def _write_wishes(written: Written, pseudonym_id: int, resident_id: int) -> None:
    resident = Viewer(
        municipality_id=written.system.municipality_id,
        role=Role.RESIDENT,
        membership_id=resident_id,
    )
    open_to_all = public_places().filter(municipality_id=written.system.municipality_id)
    for place in open_to_all.order_by("pk").values_list("pk", flat=True)[:WISHES]:
        pick(resident, pseudonym_id=pseudonym_id, place_id=place)


def _spoken(lives: Sequence[Life], coach: int, until: date) -> Iterator[int]:
    """Yield who of a coach was spoken with before that day and still has a benefit."""
    for number, life in enumerate(lives):
        before = [talk for talk in life.talks if talk.recorded_at < midnight(until)]
        if life.person.coach == coach and before and life.leaving is None:
            yield number


def _look(random: Random, coach: Viewer, pseudonym_id: int, until: date) -> None:
    """Look for places with somebody on the last day, and write down what they refuse."""
    been = been_at(coach, pseudonym_ids=[pseudonym_id]).get(pseudonym_id, Been())
    search = Search(
        asked=Asked(travel=random.choice(list(TravelBy)), guidance=random.choice(list(Guidance))),
        way=random.choice(list(Way)[:2]),
        leave_out=been.places,
        earlier_kinds=been.kinds,
    )
    with clock.at(at_the_desk(random, until - timedelta(days=7))):
        key = propose(coach, pseudonym_id=pseudonym_id, search=search)
        card = proposal(coach, key=key)
        if card is None:
            raise LookupError("The list that was just made is not there.")
        if card.offers and happens(random, REFUSED_SHARE):
            _refuse(random, coach, card)
        elif softer := [one.rule for one in card.fallen if one.rule not in FIRM_RULES]:
            set_rule_aside(
                coach,
                key=key,
                rule=softer[0],
                reason="De inwoner wil hier toch over praten.",
                search=search,
            )


def _refuse(random: Random, coach: Viewer, card: ProposalCard) -> None:
    reason = random.choice(list(SAID))
    refuse_place(
        coach,
        refusal=NewRefusal(
            key=card.key,
            place_id=random.choice(card.offers[:3]).place_id,
            reason=reason,
            preference=random.choice([Preference.RATHER_ANOTHER, Preference.RATHER_LATER]),
            resident_said=SAID[reason],
            tell_place=True,
        ),
    )
