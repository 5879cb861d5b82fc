"""Writing a planned town down: through the actions, many at once, in the order of the weeks."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection

from meedoen.demo.chance import dice
from meedoen.demo.courses import likely_reason
from meedoen.demo.days import midnight
from meedoen.demo.events import Life, Step, StepKind, Talk
from meedoen.demo.lives import RUN_UP_MONTHS
from meedoen.demo.surroundings import middle_of, postcode_digits
from meedoen.demo.town import Spot, Town
from meedoen.records.conversations.actions import (
    NewAttempt,
    NewConversation,
    complete_all,
    note_attempts,
)
from meedoen.records.directory.actions import (
    enter_contacts,
    enter_locations,
    enter_organisations,
)
from meedoen.records.directory.area_actions import keep_areas
from meedoen.records.directory.new import ContactDetails, LocationDetails, OrganisationDetails
from meedoen.records.ladder.actions import NewMeasurement, measure_all
from meedoen.records.organisations import clock
from meedoen.records.organisations.actions import (
    enter_team,
    found_municipality,
    invite,
)
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.actions import BenefitEnd, NewResident, end_benefits, register_all
from meedoen.records.placements import actions as placing
from meedoen.records.placements import correcting
from meedoen.records.placements.moving import Change
from meedoen.records.places.actions import NewPlace, enter_places
from meedoen.rules.areas import Area
from meedoen.rules.distance import Position
from meedoen.rules.periods import add_months
from meedoen.rules.vocabulary import ContactRole, PlaceKind

PEOPLE_AT_ONCE = 2_000
PLACES_WITH_MORE_ROOM, MORE_SEATS = 6, 2
"""So many places for a participation job have room for people who are written down late.

The lives do not know of these seats; see `clocks`.
"""
MOST_WEEKS = 4
"""So many weeks are written down at once at most."""
GROUPS_BETWEEN_COUNTS = 20


@dataclass(frozen=True, slots=True)
class Written:
    """A town in the database: the real numbers, in the order of the plan."""

    town: Town
    system: Viewer
    districts: Sequence[int]
    teams: Sequence[int]
    coaches: Sequence[Viewer]
    organisations: Sequence[int]
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Statement:
    """One step of the placement with this number (counted from nought through the town)."""

    course: int
    step: Step


# --- the town --------------------------------------------------------------------------------


def write_town(town: Town, *, coach_password: str) -> Written:
    """Write down the town without its people. Only the first coach gets the password."""
    with clock.at(midnight(town.first_day)):
        codes = town.district_codes()
        system = found_municipality(code=town.sketch.code, name=town.sketch.name, districts=codes)
        by_code = {card.code: card.district_id for card in districts(system)}
        numbers = [by_code[code] for code in codes]
        teams = [enter_team(system, name=name) for name in town.teams]
        organisations = enter_organisations(
            system,
            organisations=[
                OrganisationDetails(name=one.name, kind=one.kind, kvk_number=one.kvk_number)
                for one in town.organisations
            ],
        )
        _write_districts(town, system)
        owners = _write_owners(town, system, organisations)
        locations = _write_locations(town, system, numbers, organisations)
        outline = Written(town, system, numbers, teams, [], organisations, [])
        more = _with_more_room(town)
        places = enter_places(
            system,
            places=[
                _new_place(
                    outline,
                    replace(spot, capacity=spot.capacity + MORE_SEATS * (number in more)),
                    locations[spot.organisation, spot.district],
                    owners[spot.organisation],
                )
                for number, spot in enumerate(town.places)
            ],
        )
        coaches = []
        for at, coach in enumerate(town.coaches):
            membership_id = invite(
                system,
                email=coach.email,
                name=coach.name,
                role=Role.COACH,
                team_id=teams[coach.team],
                password=None if at else coach_password,
            )
            coaches.append(
                Viewer(
                    municipality_id=system.municipality_id,
                    role=Role.COACH,
                    membership_id=membership_id,
                    team_id=teams[coach.team],
                )
            )
    return Written(town, system, numbers, teams, coaches, organisations, places)


def _with_more_room(town: Town) -> set[int]:
    jobs = [
        number
        for number, spot in enumerate(town.places)
        if spot.kind is PlaceKind.PARTICIPATION_JOB
    ]
    return set(jobs[:PLACES_WITH_MORE_ROOM])


def _write_districts(town: Town, system: Viewer) -> None:
    """Say where the districts and their postcode areas lie."""
    codes = list(town.district_codes())
    keep_areas(
        system,
        areas=[
            Area(code, Position(*middle_of(number)))
            for number, district in enumerate(codes)
            for code in (district, postcode_digits(number))
        ],
    )


def _write_owners(town: Town, system: Viewer, organisations: Sequence[int]) -> list[int]:
    """Write down who keeps the places of each organisation up to date; return their ids."""
    contacts = [
        ContactDetails(
            organisation_id=organisation_id,
            role=ContactRole.COORDINATOR,
            starts_on=town.first_day,
            name=partner.coordinator,
            email=f"plekken{number}@{town.sketch.host}",
        )
        for number, (organisation_id, partner) in enumerate(
            zip(organisations, town.organisations, strict=True)
        )
    ]
    desks = [
        ContactDetails(
            organisation_id=organisation_id,
            role=ContactRole.RECEPTION,
            starts_on=town.first_day,
            email=f"info{number}@{town.sketch.host}",
        )
        for number, organisation_id in enumerate(organisations)
    ]
    return enter_contacts(system, contacts=[*contacts, *desks])[: len(contacts)]


def _write_locations(
    town: Town, system: Viewer, districts: Sequence[int], organisations: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Write down one location per organisation and district with a place; return their ids."""
    used = sorted({(spot.organisation, spot.district) for spot in town.places})
    details = []
    for host, district in used:
        building = town.organisations[host].buildings[district]
        details.append(
            LocationDetails(
                organisation_id=organisations[host],
                district_id=districts[district],
                name=building.name,
                street=building.street,
                house_number=building.house_number,
                postal_code=building.postal_code,
                town=town.sketch.name,
                latitude=building.latitude,
                longitude=building.longitude,
                accessibility=building.accessibility,
            )
        )
    return dict(zip(used, enter_locations(system, locations=details), strict=True))


def _new_place(written: Written, spot: Spot, location_id: int, owner_id: int) -> NewPlace:
    seen = spot.outside
    until = written.town.until
    ago = seen.confirmed_days_ago
    return NewPlace(
        organisation_id=written.organisations[spot.organisation],
        district_id=written.districts[spot.district],
        location_id=location_id,
        owner_id=owner_id,
        kind=spot.kind,
        title=spot.title,
        description=spot.description,
        capacity=spot.capacity,
        half_days=spot.half_days,
        half_days_needed=spot.half_days_needed,
        hours_per_week=seen.hours_per_week,
        sessions=seen.sessions,
        language_level_asked=spot.language,
        functional_demands=spot.demands,
        interests=spot.interests,
        guidance=seen.guidance,
        start_window=seen.start_window,
        cost_cents=seen.cost_cents,
        is_public=seen.is_public,
        open_to_sign_up=seen.open_to_sign_up,
        asks_attendance=seen.asks_attendance,
        opens_on=spot.opens_on,
        closes_on=spot.closes_on,
        confirmed_on=None if ago is None else until - timedelta(days=ago),
    )


# --- the people and what was said ----------------------------------------------------------------


def new_resident(written: Written, life: Life) -> NewResident:
    """Return what is registered of a person."""
    person = life.person
    coach = written.coaches[person.coach].membership_id
    if coach is None:
        raise ValueError("A coach acts with a membership.")
    return NewResident(
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        bsn=person.bsn,
        phone=person.phone,
        district_id=written.districts[person.district],
        coach_id=coach,
        benefit_starts_on=person.benefit_starts_on,
        benefit_ends_on=person.benefit_ends_on,
        recorded_at=person.recorded_at,
    )


def write_people(written: Written, lives: Sequence[Life]) -> list[int]:
    """Register the people and return their pseudonyms' ids, in order."""
    found: list[int] = []
    with clock.at(midnight(written.town.until)):
        for start in range(0, len(lives), PEOPLE_AT_ONCE):
            some = lives[start : start + PEOPLE_AT_ONCE]
            found += register_all(
                written.system, residents=[new_resident(written, life) for life in some]
            )
    let_database_count()
    return found


def let_database_count() -> None:
    """Let the database count its rows, so that it picks the right index in tables that filled up.

    It does so by itself in the long run, but a town grows to full size in one go.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def new_attempts(life: Life, pseudonym_id: int) -> list[NewAttempt]:
    """Return the attempts to reach a person."""
    return [
        NewAttempt(
            pseudonym_id=pseudonym_id,
            made_on=attempt.on,
            channel=attempt.channel,
            outcome=attempt.outcome,
            recorded_at=attempt.recorded_at,
        )
        for attempt in life.attempts
    ]


def new_conversation(talk: Talk, pseudonym_id: int) -> NewConversation:
    """Return a talk as it is written down."""
    return NewConversation(
        pseudonym_id=pseudonym_id,
        held_on=talk.on,
        channel=talk.channel,
        story=talk.story,
        wished_kinds=talk.wishes.kinds,
        interests=talk.wishes.interests,
        half_days=talk.wishes.half_days,
        whole_town=talk.wishes.whole_town,
        language_level=talk.wishes.language,
        functional_limits=talk.wishes.limits,
        recorded_at=talk.recorded_at,
    )


def new_measurement(
    talk: Talk, pseudonym_id: int, conversation_id: int | None = None
) -> NewMeasurement | None:
    """Return what was measured at a talk; None when nothing was."""
    if talk.measured is None:
        return None
    return NewMeasurement(
        pseudonym_id=pseudonym_id,
        measured_on=talk.on,
        answers=talk.measured.answers,
        set_rung=talk.measured.set_rung,
        deviation_reason=talk.measured.reason,
        potential_rung=talk.measured.potential,
        own_rung=talk.measured.own,
        conversation_id=conversation_id,
        recorded_at=talk.recorded_at,
    )


def write_talks(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> None:
    """Write down attempts, talks and measurements, each coach's own caseload at once."""
    caseloads: dict[int, list[tuple[Life, int]]] = defaultdict(list)
    for life, pseudonym_id in zip(lives, pseudonyms, strict=True):
        caseloads[life.person.coach].append((life, pseudonym_id))
    with clock.at(midnight(written.town.until)):
        for coach, caseload in sorted(caseloads.items()):
            _write_caseload(written.coaches[coach], caseload)


def _write_caseload(coach: Viewer, caseload: Sequence[tuple[Life, int]]) -> None:
    attempts = [one for life, number in caseload for one in new_attempts(life, number)]
    note_attempts(coach, attempts=attempts)
    talks = [(talk, number) for life, number in caseload for talk in life.talks]
    conversations = complete_all(
        coach, conversations=[new_conversation(talk, number) for talk, number in talks]
    )
    measurements = (
        new_measurement(talk, number, conversation_id)
        for (talk, number), conversation_id in zip(talks, conversations, strict=True)
    )
    measure_all(coach, measurements=[one for one in measurements if one is not None])


# --- placements ------------------------------------------------------------------------------


def write_courses(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> None:
    """Write down the placements, some weeks at a time in the order in which things were recorded.

    In a group seats are given back before others take them; no statement about a placement falls
    in the same group as the one before, except a start soon after old sheltered work was agreed.
    """
    owners: list[NewCourse] = []
    weeks: dict[date, list[Statement]] = defaultdict(list)
    run_up = add_months(written.town.first_day, -RUN_UP_MONTHS)
    for life, pseudonym_id in zip(lives, pseudonyms, strict=True):
        for course in life.courses:
            for step in course.steps:
                last_day = _end_of_week(step.recorded_at.date(), run_up)
                weeks[last_day].append(Statement(len(owners), step))
            place_id = written.places[course.place]
            owners.append(NewCourse(pseudonym_id, place_id, course.kind, course.self_found))
    placements: dict[int, int] = {}
    last_moment = midnight(written.town.until)
    for number, (last_day, statements) in enumerate(_grouped(weeks)):
        if number % GROUPS_BETWEEN_COUNTS == 1:
            let_database_count()
        with clock.at(min(midnight(last_day + timedelta(days=1)), last_moment)):
            _write_group(written.system, owners, placements, statements)


def _grouped(
    weeks: Mapping[date, Sequence[Statement]],
) -> Iterator[tuple[date, Sequence[Statement]]]:
    """Put weeks together as long as none of them says something of the same placement again.

    Yield the last day of each group with all that is said in it: every action costs the same time
    for one as for many.
    """
    ends_on, group, said, count = date.min, list[Statement](), set[int](), 0
    for last_day, statements in sorted(weeks.items()):
        about = {one.course for one in statements}
        if count == MOST_WEEKS or said & about:
            yield ends_on, group
            group, said, count = [], set(), 0
        ends_on, group, said, count = last_day, [*group, *statements], said | about, count + 1
    if group:
        yield ends_on, group


@dataclass(frozen=True, slots=True)
class NewCourse:
    """Whose placement it is, and where."""

    pseudonym_id: int
    place_id: int
    kind: PlaceKind
    self_found: bool

    def _planned_end(self, step: Step) -> date | None:
        """Return the last day that was agreed on beforehand, for those who agreed on one."""
        if self.kind in {PlaceKind.SHELTERED_WSW, PlaceKind.SHELTERED_NEW}:
            return None
        random = dice("planned end", self.pseudonym_id, self.place_id, step.on)
        months = random.choice((None, None, 12, 24, 36))
        return None if months is None else add_months(step.on, months)

    def proposal(self, step: Step) -> placing.NewPlacement:
        """Return the placement as it is proposed."""
        return placing.NewPlacement(
            pseudonym_id=self.pseudonym_id,
            place_id=self.place_id,
            proposed_on=step.on,
            planned_end_on=self._planned_end(step),
            self_found=self.self_found,
            recorded_at=step.recorded_at,
        )


def _end_of_week(day: date, run_up: date) -> date:
    """Return the last day of the week in which a day falls; long ago of its year."""
    if day < run_up:
        return min(date(day.year, 12, 31), run_up - timedelta(days=1))
    return day + timedelta(days=6 - day.weekday())


def _write_group(
    system: Viewer,
    courses: Sequence[NewCourse],
    placements: dict[int, int],
    statements: Sequence[Statement],
) -> None:
    """Write down one group; `placements` keeps the id of each course that was placed."""
    by_kind: dict[StepKind, list[Statement]] = {kind: [] for kind in StepKind}
    for statement in sorted(statements, key=lambda one: (one.step.recorded_at, one.course)):
        by_kind[statement.step.kind].append(statement)

    def change(act: Callable[..., None], kind: StepKind) -> None:
        if by_kind[kind]:
            some = [_change(one.step, placements[one.course]) for one in by_kind[kind]]
            act(system, changes=some)

    change(placing.end_all, StepKind.END)
    change(placing.withdraw_all, StepKind.WITHDRAW)
    if new := by_kind[StepKind.PLACE]:
        proposals = [courses[one.course].proposal(one.step) for one in new]
        ids = placing.place_all(system, placements=proposals)
        placements.update(zip((one.course for one in new), ids, strict=True))
    change(placing.confirm_all, StepKind.CONFIRM)
    change(correcting.correct_start_days, StepKind.CORRECT_START)
    change(correcting.take_back_starts, StepKind.TAKE_BACK)


def _change(step: Step, placement_id: int) -> Change:
    return Change(
        placement_id=placement_id,
        on=step.on,
        outcome=step.outcome,
        reason=likely_reason(step.outcome, step.on),
        recorded_at=step.recorded_at,
    )


# --- leaving -----------------------------------------------------------------------------------


def write_leavings(written: Written, lives: Sequence[Life], pseudonyms: Sequence[int]) -> None:
    """Write down who left the benefit; last, because the file closes with it."""
    ends = [
        BenefitEnd(pseudonym_id, life.leaving.on, life.leaving.recorded_at)
        for life, pseudonym_id in zip(lives, pseudonyms, strict=True)
        if life.leaving is not None
    ]
    with clock.at(midnight(written.town.until)):
        end_benefits(written.system, ends=ends)
    let_database_count()
