"""One pass through the chain, from a conversation to a published page, told step by step."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from importlib.resources import files

from meedoen.demo.accounts import COACH, CONTROLLER, PARTNER, SECOND_CONTROLLER
from meedoen.demo.documents import plant_tree, write_documents
from meedoen.demo.next_budget import adopt_next_budget, plan_next_year
from meedoen.demo.own_indicators import write_own_indicators
from meedoen.demo.town import MEERDAM
from meedoen.records.budget.actions import (
    NewPage,
    import_page,
    link_indicator,
    publish_all,
)
from meedoen.records.budget.queries import goals
from meedoen.records.conversations.actions import NewConversation
from meedoen.records.figures.actions import measure_all
from meedoen.records.figures.queries import MeasuringCard, newest_with_year_ends
from meedoen.records.ladder.actions import NewMeasurement, complete_talk
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.actions import found_municipality
from meedoen.records.organisations.known import known_municipality
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.queries import person_for, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.people.queries import CaseloadCard, CaseloadFilter, caseload
from meedoen.records.placements.actions import confirm_start, place_from_proposal
from meedoen.records.placements.queries import current_placements
from meedoen.records.proposals.actions import propose
from meedoen.records.proposals.queries import OfferCard, proposal
from meedoen.rules import half_days
from meedoen.rules.budget.reader import read_document
from meedoen.rules.ladder.questions import Answers
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import Channel, ChoiceReason, PlaceKind, Preference

Tell = Callable[[str], object]

SHOWN_WITH_GOAL = {
    "1.1.3": (
        *("participation_jobs_self_found", "participation_jobs_in_process", "volunteers"),
        *("participation_jobs_started", "moved_on_from_participation_jobs"),
        *("sheltered_new_in_process", "districts_with_activity", "helping_out"),
    ),
    "2.2.2": (
        *("participation_growth", "growth_within_rung", "spoken_past_year", "spoken_half_year"),
        *("supported_in_year", "not_measured_this_year", "neighbourhood_activities"),
        # The second criterion, that organisations find each other better, prints no number.
        *("referral_pairs_between_partners", "referrals_answered_in_time"),
        "referrals_with_feedback",
    ),
}
"""Which indicators show how the demo's goals are doing, beside those printed on the pages."""

PROMISED_IN_TEXT = {("2.2.2", "participation_growth"): 200}
"""The numbers that the text of a goal promises and no table gives."""

REAL_CITIES = ("GM0014", "GM0193")
YEARS_MEASURED = 2
MOST_MONTHS = 12 * YEARS_MEASURED + 1


def run_chain(*, tell: Tell) -> None:
    """Load the goals, take one resident through the chain, measure and publish.

    Done once; when pages are published already, nothing changes. Beside the demo town stand
    the two cities whose pages Meedoen began with, empty, so that their pages can be read in.
    """
    for code in REAL_CITIES:
        city = known_municipality(code)
        if city is not None:
            found_municipality(code=city.code, name=city.name, districts=city.districts)
    system = system_viewer(MEERDAM.code)
    if any(line.published_at for line in goals(system)):
        tell("The chain has been run already; these are the figures it gave.")
        return
    writer, adopter = _viewer(CONTROLLER.email), _viewer(SECOND_CONTROLLER.email)
    write_own_indicators(writer)
    tell("1. Goals: " + ", ".join(load_goals(system)))
    _take_one_through(system, tell)
    days = measured_days(clock.today())
    measure_all(system, days=days)
    tell(f"6. Measured on every month end from {days[0]} on, and on {days[-1]}.")
    plant_tree(writer)
    plan_next_year(writer)
    write_documents(writer, adopter)
    tell("7. Two documents are adopted by two people, and an interim report is being written.")
    # These goals have no figures yet; their pages let the mentions lead somewhere.
    others = [line.goal_id for line in goals(system) if line.code not in SHOWN_WITH_GOAL]
    publish_all(system, pages=[NewPage(goal_id=one) for one in others], on=days[-1])
    adopt_next_budget(writer, adopter)
    tell("8. The pages of the goals are public; the budget of next year has 1.1.3 and 2.2.2.")


def load_goals(system: Viewer) -> list[str]:
    """Read the demo's budget pages and keep their goals; return the codes."""
    folder = files("meedoen").joinpath("catalogue", "demo")
    codes = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".txt"):
            page = read_document(entry.read_bytes())
            codes += import_page(system, page=page, source=entry.name)
    for line in goals(system):
        for indicator in SHOWN_WITH_GOAL.get(line.code, ()):
            promised = PROMISED_IN_TEXT.get((line.code, indicator))
            link_indicator(system, goal_id=line.goal_id, indicator=indicator, target=promised)
    return codes


def measured_days(today: date) -> list[date]:
    """Return every month end since the first year end that pages show, and today."""
    first = date(today.year - YEARS_MEASURED, 12, 1)
    begins = (add_months(first, number) for number in range(1, MOST_MONTHS))
    ends = (begin - timedelta(days=1) for begin in begins)
    return [*(day for day in ends if day < today), today]


def _viewer(email: str) -> Viewer:
    person = person_for(Account.objects.get(email=email).pk)
    if person is None:
        raise LookupError(f"{email} has no role in the demo town.")
    return person.viewer


def _take_one_through(system: Viewer, tell: Tell) -> None:
    """Talk with someone who has no place, find one, and confirm the start."""
    coach = _viewer(COACH.email)
    person = without_place(coach)
    _talk(coach, person)
    rung = measurements_of(coach, pseudonym_id=person.pseudonym_id)[0].set_rung
    tell(f"2. {person.name} talks with the coach, who measures rung {rung.value}.")
    key = propose(coach, pseudonym_id=person.pseudonym_id)
    offered = proposal(coach, key=key)
    if offered is None or not offered.offers:
        raise LookupError(f"No place in the demo town suits {person.name}.")
    tell(f"3. {offered.offered_count} places suit, {offered.fallen_count} fall off with reasons.")
    chosen = _preferably_at_the_partner(offered.offers)
    placement = place_from_proposal(
        coach,
        proposal_key=key,
        place_id=chosen.place_id,
        resident_said="Dit lijkt mij leuk, en het is op dagen dat ik kan.",
        reason=ChoiceReason.LIKES_THE_WORK,
        preference=Preference.WANTS_THIS,
    )
    where = f"{chosen.place.title}, at {chosen.place.organisation}"
    tell(f"4. {person.name} chooses: {where}.")
    at_partner = chosen.place.organisation == _partner_organisation()
    confirm_start(
        _viewer(PARTNER.email) if at_partner else system, key=placement, started_on=clock.today()
    )
    tell(f"5. {chosen.place.organisation} confirms that {person.name} started today.")


def without_place(coach: Viewer) -> CaseloadCard:
    """Return who takes part nowhere: an own person if there is one, else one of the team."""
    for own_only in (True, False):
        wanted = CaseloadFilter(own_only=own_only, order="last_spoken")
        for number in range(1, caseload(coach, wanted=wanted).pages + 1):
            cards = caseload(coach, wanted=wanted, number=number).cards
            numbers = [card.pseudonym_id for card in cards]
            running = current_placements(coach, pseudonym_ids=numbers)
            for card in cards:
                if card.pseudonym_id not in running:
                    return card
    raise LookupError("Everybody in the demo town has a place.")


def _talk(coach: Viewer, person: CaseloadCard) -> None:
    complete_talk(
        coach,
        conversation=NewConversation(
            pseudonym_id=person.pseudonym_id,
            held_on=clock.today(),
            channel=Channel.HOME_VISIT,
            story="Wil graag weer onder de mensen zijn en iets doen met de handen.",
            wished_kinds=frozenset({PlaceKind.PARTICIPATION_JOB, PlaceKind.VOLUNTEER_WORK}),
            interests=frozenset({"gardening", "cooking"}),
            half_days=half_days.ALL,
            language_level=LanguageLevel.B1,
        ),
        measurement=NewMeasurement(
            pseudonym_id=person.pseudonym_id,
            measured_on=clock.today(),
            answers=Answers(
                has_contract=False,
                unpaid_tasks_with_responsibility=False,
                organised_activity_weekly=False,
                contacts_outside_weekly=True,
            ),
        ),
    )


def _partner_organisation() -> str:
    person = person_for(Account.objects.get(email=PARTNER.email).pk)
    return person.organisation if person else ""


def _preferably_at_the_partner(offers: Sequence[OfferCard]) -> OfferCard:
    """Return the first participation job at the demo partner, else any job, else the first."""
    partner = _partner_organisation()
    jobs = [one for one in offers if one.place.kind is PlaceKind.PARTICIPATION_JOB]
    at_partner = [one for one in jobs if one.place.organisation == partner]
    return [*at_partner, *jobs, *offers][0]


def table() -> list[str]:
    """Return the figures of the demo town as lines of a table, a column per measured day."""
    system = system_viewer(MEERDAM.code)
    measured = newest_with_year_ends(system)
    days = [card.reference_date for card in measured]
    known = catalogue_of(system.municipality_id)
    names = {definition.code: definition.name.nl for definition in known}
    wide = max(map(len, names.values()))
    head = "Indicator".ljust(wide) + "".join(f"{day:%d-%m-%Y}".rjust(12) for day in days)
    rows = [name.ljust(wide) + _values(measured, code) for code, name in names.items()]
    return [head, "-" * len(head), *rows]


def _values(measured: Iterable[MeasuringCard], code: str) -> str:
    return "".join(
        (str(card.figures[code].value) if code in card.figures else "-").rjust(12)
        for card in measured
    )
