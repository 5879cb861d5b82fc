"""Reading the words about people: everything that is right, and every mistake at once."""

from datetime import date

import pytest

from meedoen.rules.indicators.language import Breakdown
from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.people_words import (
    DaysInState,
    Events,
    Filters,
    GrowthAfterStart,
    GrowthClass,
    PeopleByGrowth,
    PeopleBySteps,
    PeopleEnded,
    PeopleInState,
    PeopleOnRung,
    PeopleStarted,
    PeopleWithoutEvent,
    Printed,
    Ratio,
    Share,
    ShareFallenBack,
    ShareStillThere,
    Which,
)
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, LegalTask, Outcome, PlaceKind, PlacementState

HEAD = """\
code = "made_up"
measures = "flow"
level = "output"
reference_date = "any"
direction = "none"
name = { nl = "Verzonnen", en = "Made up" }
question = { nl = "Hoeveel?", en = "How many?" }
definition = { nl = "Zoveel.", en = "So many." }
unit = { nl = "mensen", en = "people" }
source = { document = "Begroting", promise = { nl = "Meer.", en = "More." } }
"""
FIRST_LINE_OF_COUNT = 16
EXAMPLE = '''
[[examples]]
title = { nl = "Voorbeeld", en = "Example" }
on = 2023-12-31
history = """
id | person | kind      | starts     | state  | place
1  | A      | placement | 2023-01-01 | active | trial
"""
value = 0
'''


def written(count: str, head: str = "", parts: str = "", version: str = "") -> str:
    example = "" if '"printed"' in count else EXAMPLE + (f"parts = {{ {parts} }}" if parts else "")
    return (
        f"{HEAD}{head}\n[[versions]]\nvalid_from = 2020-01-01\n{version}\n"
        f"[versions.count]\n{count}\n{example}"
    )


def read(count: str, **more):
    return read_definition("made_up.toml", written(count, **more)).versions[0].count


def sentences(count: str, **more) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        read_definition("made_up.toml", written(count, **more))
    return [each.sentence() for each in caught.value.mistakes]


FILTERS = """
place_kinds = ["trial"]
self_found = true
districts = [3, 1]
organisations = [7]
legal_tasks = ["social_support"]
"""
FILTERED = Filters((PlaceKind.TRIAL,), True, (3, 1), (7,), (LegalTask.SOCIAL_SUPPORT,))


@pytest.mark.parametrize(
    ("count", "parts", "word"),
    [
        ('word = "people_started"' + FILTERS, "", PeopleStarted(12, FILTERED)),
        (
            'word = "people_ended"\nmonths = 3\noutcomes = ["died"]' + FILTERS,
            "",
            PeopleEnded((Outcome.DIED,), 3, FILTERED),
        ),
        (
            'word = "people_in_state"\nkind = "plan"\ndistricts = [2]',
            "",
            PeopleInState(EntryKind.PLAN, (), Filters(districts=(2,))),
        ),
        (
            'word = "people_in_state"\nkind = "placement"\nstates = ["active"]\n'
            'also = ["training", "plan"]' + FILTERS,
            "",
            PeopleInState(
                EntryKind.PLACEMENT,
                (PlacementState.ACTIVE,),
                FILTERED,
                (EntryKind.TRAINING, EntryKind.PLAN),
            ),
        ),
        (
            'word = "people_in_state"\nkind = "benefit"' + FILTERS,
            "",
            PeopleInState(EntryKind.BENEFIT, (), FILTERED),
        ),
        (
            'word = "people_without_event"\nkind = "attempt"\noutcomes = ["reached"]',
            "",
            PeopleWithoutEvent((EntryKind.ATTEMPT,), (Outcome.REACHED,)),
        ),
        (
            'word = "people_without_event"\nkinds = ["attempt", "conversation"]\nmonths = 6',
            "",
            PeopleWithoutEvent((EntryKind.ATTEMPT, EntryKind.CONVERSATION), (), 6),
        ),
        ('word = "events"\nkind = "life_domain"', "", Events(EntryKind.LIFE_DOMAIN)),
        (
            'word = "people_by_growth"\non_benefit = true\nminimum_step = 2\ndistricts = [1]',
            "growth = 0, decline = 0, equal = 0, measured_once = 0",
            PeopleByGrowth(True, 2, Filters(districts=(1,))),
        ),
        (
            'word = "people_by_growth"\nheadline = "measured_once"' + FILTERS,
            "growth = 0, decline = 0, equal = 0, measured_once = 0",
            PeopleByGrowth(False, 1, FILTERED, GrowthClass.MEASURED_ONCE),
        ),
        (
            'word = "people_by_steps"\nheadline = "decline"',
            "growth = 0, decline = 0, equal = 0, measured_once = 0",
            PeopleBySteps(headline=GrowthClass.DECLINE),
        ),
        (
            'word = "people_on_rung"\nwhich = "first"\nrungs = [1, 2]\non_benefit = true',
            "",
            PeopleOnRung(Which.FIRST, (1, 2), True),
        ),
        (
            'word = "people_on_rung"\nwhich = "last"' + FILTERS,
            "",
            PeopleOnRung(Which.LAST, (), False, FILTERED),
        ),
        (
            'word = "events"\nkind = "attempt"' + FILTERS,
            "",
            Events(EntryKind.ATTEMPT, (), 12, FILTERED),
        ),
        (
            'word = "people_by_steps"\nsame_rung = true',
            "growth = 0, decline = 0, equal = 0, measured_once = 0",
            PeopleBySteps(True),
        ),
        (
            'word = "days_in_state"\nstates = ["waiting"]' + FILTERS,
            "ended = 0",
            DaysInState((PlacementState.WAITING,), 12, FILTERED),
        ),
        (
            'word = "share_still_there"\nafter_months = 6' + FILTERS,
            "still_there = 0, began = 0",
            ShareStillThere(6, 12, FILTERED),
        ),
        (
            'word = "share_fallen_back"\nfrom_days = 181\nto_days = 365\noutcomes = ["died"]',
            "fallen_back = 0, ended = 0",
            ShareFallenBack(181, 365, 12, (Outcome.DIED,)),
        ),
        (
            'word = "growth_after_start"\nbaseline_months = 3\nfollow_up_months = 9\nmonths = 6',
            "growth = 0, decline = 0, equal = 0, no_baseline = 0, not_measured_again = 0",
            GrowthAfterStart(3, 9, 6),
        ),
        (
            (
                'word = "share"\n[versions.count.part]\nword = "people_started"\n'
                '[versions.count.whole]\nword = "people_in_state"\nkind = "benefit"'
            ),
            "part = 0, whole = 0",
            Share(PeopleStarted(), PeopleInState(EntryKind.BENEFIT)),
        ),
        (
            (
                'word = "ratio"\nper = 1000\n[versions.count.part]\nword = "people_ended"\n'
                '[versions.count.whole]\nword = "people_in_state"\nkind = "benefit"'
            ),
            "part = 0, whole = 0",
            Ratio(PeopleEnded(), PeopleInState(EntryKind.BENEFIT), 1000),
        ),
        ('word = "printed"', "", Printed()),
    ],
)
def test_every_word_is_read_with_its_keys(count, parts, word):
    assert read(count, parts=parts) == word


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (
            'word = "people_by_growth"\nheadline = "gone"',
            (
                'versions[1].count.headline: "gone" kan hier niet; kies uit: growth, decline, '
                "equal, measured_once"
            ),
        ),
        (
            'word = "people_on_rung"\nwhich = "highest"',
            'versions[1].count.which: "highest" kan hier niet; kies uit: first, last',
        ),
        (
            'word = "people_in_state"\nkind = "benefit"\nstates = ["active"]',
            "versions[1].count.states: dit kan alleen bij een plaatsing; laat deze regel weg",
        ),
        (
            'word = "people_in_state"\nkind = "plan"\nalso = ["training"]',
            "versions[1].count.also: dit kan alleen bij een plaatsing; laat deze regel weg",
        ),
        (
            'word = "people_in_state"\nkind = "placement"\nstates = []\nalso = ["placement"]',
            (
                'versions[1].count.also: "placement" kan niet naast een plaatsing meetellen; kies '
                "uit: benefit, plan, training, sheltered_process"
            ),
        ),
        (
            'word = "people_started"\ndistricts = [1, true, 0, "Noord"]',
            "versions[1].count.districts: True kan hier niet; getallen van 1 tot en met 1000000000",
        ),
        (
            'word = "people_started"\norganisations = [4, 4]',
            "versions[1].count.organisations: 4 staat er twee keer; laat deze regel weg",
        ),
        (
            'word = "people_started"\ndistricts = []',
            "versions[1].count.districts: dit moet een lijst tussen [ en ] zijn; getallen van",
        ),
        (
            'word = "people_without_event"\nkinds = ["attempt"]\nkind = "attempt"',
            "versions[1].count.kind: kind staat er al: kies kind of kinds; laat deze regel weg",
        ),
        (
            'word = "people_without_event"\nkinds = ["benefit"]',
            'versions[1].count.kinds: "benefit" duurt langer dan één dag; kies uit: attempt',
        ),
        (
            (
                'word = "people_without_event"\nkinds = ["attempt", "conversation"]\n'
                'outcomes = ["reached"]'
            ),
            "versions[1].count.outcomes: dit kan alleen bij een poging; laat deze regel weg",
        ),
        (
            'word = "share_fallen_back"\nfrom_days = 0\nto_days = 9\noutcomes = ["no_show"]',
            (
                'versions[1].count.outcomes: "no_show" komt niet voor bij wat u telt; '
                "kies uit: goal_reached, moved_on_to_paid_work"
            ),
        ),
        (
            'word = "people_ended"\noutcomes = ["reached"]',
            'versions[1].count.outcomes: "reached" komt niet voor bij wat u telt; kies uit: goal_',
        ),
        (
            'word = "events"\nkind = "attempt"\noutcomes = ["died"]',
            (
                'versions[1].count.outcomes: "died" komt niet voor bij wat u telt; '
                "kies uit: reached, no_answer, no_show, no_contact_wanted"
            ),
        ),
        (
            'word = "people_without_event"\nkinds = ["attempt"]\noutcomes = ["died"]',
            'versions[1].count.outcomes: "died" komt niet voor bij wat u telt; kies uit: reached',
        ),
        (
            'word = "days_in_state"',
            "versions[1].count.states: dit ontbreekt; kies uit: waiting, proposed",
        ),
        (
            'word = "share_still_there"',
            "versions[1].count.after_months: dit ontbreekt; een getal van 1 tot en met 120",
        ),
        (
            'word = "share_fallen_back"\nfrom_days = 10\nto_days = 9',
            (
                "versions[1].count.to_days: deze dag ligt voor de eerste dag van het venster, 10; "
                "een dag vanaf 10"
            ),
        ),
        (
            'word = "people_by_growth"\nminimum_step = 6',
            (
                "versions[1].count.minimum_step: dit moet een heel getal zijn; een getal van 1 "
                "tot en met 5"
            ),
        ),
        (
            'word = "people_by_steps"\nminimum_step = 2',
            "versions[1].count.minimum_step: dit woord kennen we hier niet; kies uit: districts",
        ),
        (
            'word = "printed"\nmonths = 3',
            "versions[1].count.months: dit woord kennen we hier niet; kies uit: word",
        ),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_is_possible(count, said):
    found = sentences(count)
    assert any(said in one for one in found), found


def test_all_mistakes_inside_a_part_and_a_whole_come_out_at_once_with_their_lines():
    count = (
        'word = "ratio"\n'
        "per = 0\n"
        "[versions.count.part]\n"
        'word = "people_startde"\n'
        "[versions.count.whole]\n"
        'word = "people_in_state"\n'
        'kind = "benefit"\n'
        "months = 3\n"
    )
    line = FIRST_LINE_OF_COUNT
    simple = (
        "people_in_state, people_with_event, people_without_event, people_started, people_ended, "
        "people_on_rung"
    )
    assert sentences(count)[:3] == [
        (
            f"made_up.toml, regel {line + 3}, versions[1].count.part.word: "
            f'"people_startde" kan hier niet; kies uit: {simple}'
        ),
        (
            f"made_up.toml, regel {line + 7}, versions[1].count.whole.months: dit woord kennen we "
            "hier niet; kies uit: also, districts, kind, legal_tasks, organisations, "
            "place_kinds, self_found, states, word"
        ),
        (
            f"made_up.toml, regel {line + 1}, versions[1].count.per: dit moet een heel getal zijn; "
            "een getal van 1 tot en met 10000"
        ),
    ]


def test_a_share_without_its_parts_says_which_tables_are_missing():
    assert [one.split("; ")[1] for one in sentences('word = "share"')][:2] == [
        "een blok dat begint met [versions[1].count.part]",
        "een blok dat begint met [versions[1].count.whole]",
    ]


def test_breakdowns_denominator_and_the_unit_of_a_version_are_read():
    head = (
        'breakdowns = ["district", "place_kind"]\n'
        'denominator = { nl = "inwoners", en = "inhabitants" }'
    )
    version = 'unit = { nl = "per 1.000", en = "per 1,000" }'
    text = written('word = "people_started"', head=head, version=version)
    definition = read_definition("made_up.toml", text)
    assert definition.breakdowns == (Breakdown.DISTRICT, Breakdown.PLACE_KIND)
    assert definition.denominator == Text("inwoners", "inhabitants")
    assert definition.unit_on(date(2025, 1, 1)) == Text("per 1.000", "per 1,000")
    plain = read_definition("made_up.toml", written('word = "people_started"'))
    assert (plain.breakdowns, plain.denominator) == ((), None)
    assert plain.unit_on(date(2025, 1, 1)) == Text("mensen", "people")
    nothing = written('word = "people_started"', head="breakdowns = []")
    assert read_definition("made_up.toml", nothing).breakdowns == ()


def test_a_breakdown_that_the_word_does_not_know_is_refused():
    head = 'breakdowns = ["district", "place_kind"]'
    assert sentences('word = "events"\nkind = "attempt"', head=head) == [
        (
            "made_up.toml, regel 11, breakdowns: events kan niet worden verdeeld naar place_kind; "
            "kies uit: district"
        )
    ]
    assert sentences('word = "printed"', head='breakdowns = ["district"]') == [
        (
            "made_up.toml, regel 11, breakdowns: printed kan niet worden verdeeld naar district; "
            "laat deze regel weg"
        )
    ]


def test_what_is_printed_has_no_worked_example():
    text = written('word = "printed"') + EXAMPLE
    with pytest.raises(DefinitionError) as caught:
        read_definition("made_up.toml", text)
    assert [each.what.nl for each in caught.value.mistakes] == [
        "een cijfer dat niet hier wordt geteld, heeft geen voorbeeld"
    ]
