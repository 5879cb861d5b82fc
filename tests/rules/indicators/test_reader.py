"""Definitions in TOML: what is read, and what a policy officer hears about mistakes."""

from datetime import UTC, date, datetime

import pytest

from meedoen.rules.indicators.language import Direction, Level, Measures, ReferenceDate
from meedoen.rules.indicators.mistakes import DefinitionError
from meedoen.rules.indicators.people_words import (
    Filters,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
)
from meedoen.rules.indicators.reader import read_catalogue, read_definition
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState

GOOD = '''\
code = "made_up"
measures = "stock"
level = "output"
reference_date = "month_end"
direction = "at_least"
name = { nl = "Verzonnen", en = "Made up" }
question = { nl = "Hoeveel?", en = "How many?" }
definition = { nl = "Zoveel.", en = "So many." }
unit = { nl = "mensen", en = "people" }

[source]
document = "Begroting van Nergensveen"
address = "https://nergensveen.example/begroting"
promise = { nl = "Meer.", en = "More." }

[[versions]]
valid_from = 2020-01-01

[versions.count]
word = "people_in_state"
kind = "placement"
states = ["active", "proposed"]
place_kinds = ["trial"]
self_found = false

[[versions]]
valid_from = 2024-01-01

[versions.count]
word = "people_with_event"
kind = "attempt"
outcomes = ["reached"]
months = 6

[[examples]]
title = { nl = "Voorbeeld", en = "Example" }
on = 2023-12-31
known_at = 2024-01-15T12:00:00Z
history = """
id | person | kind      | starts     | state  | place
1  | A      | placement | 2023-01-01 | active | trial
"""
value = 1
'''
GROWTH = '''\
code = "made_up"
measures = "flow"
level = "effect"
reference_date = "year_end"
direction = "none"
part_of = "whole"
name = { nl = "Groei", en = "Growth" }
question = { nl = "Hoeveel?", en = "How many?" }
definition = { nl = "Zoveel.", en = "So many." }
unit = { nl = "mensen", en = "people" }
source = { document = "Begroting", promise = { nl = "Meer.", en = "More." } }
versions = [{ valid_from = 2020-01-01, count = { word = "people_by_growth" } }]

[[examples]]
title = { nl = "Voorbeeld", en = "Example" }
on = 2023-12-31
history = """
id | person | kind        | starts     | rung
1  | A      | measurement | 2023-01-01 | 2
"""
value = 0
parts = { growth = 0, decline = 0, equal = 0, measured_once = 1 }
'''


def mistakes_in(text, file_name="made_up.toml"):
    with pytest.raises(DefinitionError) as caught:
        read_definition(file_name, text)
    return caught.value


def changed(old, new, text=GOOD):
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_a_definition_is_read_whole():
    definition = read_definition("made_up.toml", GOOD)
    assert definition.code == "made_up"
    assert definition.name == Text("Verzonnen", "Made up")
    assert definition.question == Text("Hoeveel?", "How many?")
    assert definition.definition == Text("Zoveel.", "So many.")
    assert definition.unit == Text("mensen", "people")
    assert definition.measures is Measures.STOCK
    assert definition.level is Level.OUTPUT
    assert definition.reference_date is ReferenceDate.MONTH_END
    assert definition.direction is Direction.AT_LEAST
    assert definition.part_of == ()
    assert definition.source.document == "Begroting van Nergensveen"
    assert definition.source.address == "https://nergensveen.example/begroting"
    assert definition.source.promise == Text("Meer.", "More.")
    assert [version.valid_from for version in definition.versions] == [
        date(2020, 1, 1),
        date(2024, 1, 1),
    ]
    assert definition.versions[0].count == PeopleInState(
        EntryKind.PLACEMENT,
        (PlacementState.ACTIVE, PlacementState.PROPOSED),
        Filters((PlaceKind.TRIAL,), self_found=False),
    )
    assert definition.versions[1].count == PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.REACHED,), 6)
    (example,) = definition.examples
    assert example.title == Text("Voorbeeld", "Example")
    assert example.on == date(2023, 12, 31)
    assert example.known_at == datetime(2024, 1, 15, 12, tzinfo=UTC)
    assert len(example.tables.statements) == 1
    assert (example.value, example.parts) == (1, {})


def test_a_definition_with_parts_is_read_whole():
    definition = read_definition("made_up.toml", GROWTH)
    assert definition.part_of == ("whole",)
    assert definition.versions[0].count == PeopleByGrowth()
    assert definition.examples[0].known_at is None
    assert definition.examples[0].parts == {
        "growth": 0,
        "decline": 0,
        "equal": 0,
        "measured_once": 1,
    }


def test_twelve_months_is_what_an_event_counts_when_nothing_is_said():
    text = changed("months = 6\n", "")
    count = read_definition("made_up.toml", text).versions[1].count
    assert count == PeopleWithEvent(EntryKind.ATTEMPT, (Outcome.REACHED,), 12)


MISTAKES = {
    "a key that is missing": (
        changed('level = "output"\n', ""),
        "made_up.toml, level: dit ontbreekt; kies uit: effect, output",
    ),
    "a key that is misspelt": (
        changed('level = "output"', 'level = "output"\npart_off = "whole"'),
        "made_up.toml, regel 4, part_off: dit woord kennen we hier niet; bedoelt u part_of?",
    ),
    "a word that is not in the list": (
        changed('"month_end"', '"quarter_end"'),
        (
            'made_up.toml, regel 4, reference_date: "quarter_end" kan hier niet; '
            "kies uit: year_end, month_end, any"
        ),
    ),
    "a number where a word belongs": (
        changed('direction = "at_least"', "direction = 3"),
        "made_up.toml, regel 5, direction: 3 kan hier niet; kies uit: at_least, at_most",
    ),
    "an empty text": (
        changed('nl = "Hoeveel?"', 'nl = " "'),
        (
            "made_up.toml, regel 7, question.nl: dit moet een tekst zijn die niet leeg is; "
            "een tekst tussen aanhalingstekens"
        ),
    ),
    "a language that is missing": (
        changed('{ nl = "mensen", en = "people" }', '{ nl = "mensen" }'),
        "made_up.toml, regel 9, unit.en: dit ontbreekt; een tekst tussen aanhalingstekens",
    ),
    "a text where a table belongs": (
        changed('{ nl = "mensen", en = "people" }', '"mensen"'),
        (
            "made_up.toml, regel 9, unit: dit moet een blok met eigen regels zijn; "
            "een blok dat begint met [unit]"
        ),
    ),
    "a code with capitals": (
        changed('"made_up"', '"Made-up"'),
        'made_up.toml, regel 1, code: "Made-up" is geen code; gebruik kleine letters',
    ),
    "a code that is not the name of the file": (
        changed('"made_up"', '"other"'),
        (
            'made_up.toml, regel 1, code: de code "other" is anders dan de naam van het bestand; '
            "noem het bestand other.toml"
        ),
    ),
    "an unknown word of the language": (
        changed('"people_in_state"', '"people_in_stat"'),
        (
            'made_up.toml, regel 20, versions[1].count.word: "people_in_stat" kan hier niet; '
            "kies uit: people_in_state, people_with_event, people_without_event"
        ),
    ),
    "an event counted as a stretch": (
        changed('kind = "placement"', 'kind = "conversation"'),
        (
            'made_up.toml, regel 21, versions[1].count.kind: "conversation" gebeurt op één dag; '
            "kies uit: benefit, placement"
        ),
    ),
    "a stretch counted as an event": (
        changed('kind = "attempt"', 'kind = "benefit"'),
        (
            'made_up.toml, regel 31, versions[2].count.kind: "benefit" duurt langer dan één dag; '
            "kies uit: attempt, conversation, measurement"
        ),
    ),
    "a placement without a state": (
        changed('states = ["active", "proposed"]\n', ""),
        (
            "made_up.toml, regel 19, versions[1].count.states: bij een plaatsing hoort de stand "
            "van die plaatsing; kies uit: waiting, proposed, introduced, trial, active, paused, "
            "ended, withdrawn"
        ),
    ),
    "a state of a benefit": (
        changed(
            'kind = "placement"\nstates = ["active", "proposed"]\nplace_kinds = ["trial"]\n'
            "self_found = false\n",
            'kind = "benefit"\nstates = ["active"]\n',
        ),
        (
            "made_up.toml, regel 22, versions[1].count.states: dit kan alleen bij een plaatsing; "
            "laat deze regel weg"
        ),
    ),
    "an outcome of a conversation": (
        changed('kind = "attempt"', 'kind = "conversation"'),
        (
            "made_up.toml, regel 32, versions[2].count.outcomes: dit kan alleen bij een poging; "
            "laat deze regel weg"
        ),
    ),
    "a list that is no list": (
        changed('["trial"]', '"trial"'),
        (
            "made_up.toml, regel 23, versions[1].count.place_kinds: dit moet een lijst tussen "
            "[ en ] zijn; kies uit: participation_job"
        ),
    ),
    "a list with nothing in it": (
        changed('["trial"]', "[]"),
        "made_up.toml, regel 23, versions[1].count.place_kinds: dit moet een lijst",
    ),
    "a wrong word in a list": (
        changed('["trial"]', '["trail"]'),
        'made_up.toml, regel 23, versions[1].count.place_kinds: "trail" kan hier niet; kies uit',
    ),
    "a word twice in a list": (
        changed('["trial"]', '["trial", "trial"]'),
        (
            "made_up.toml, regel 23, versions[1].count.place_kinds: trial staat er twee keer; "
            "laat deze regel weg"
        ),
    ),
    "yes instead of true": (
        changed("self_found = false", 'self_found = "no"'),
        (
            "made_up.toml, regel 24, versions[1].count.self_found: dit moet true of false zijn; "
            "true of false, zonder aanhalingstekens"
        ),
    ),
    "too many months": (
        changed("months = 6", "months = 121"),
        (
            "made_up.toml, regel 33, versions[2].count.months: dit moet een heel getal zijn; "
            "een getal van 1 tot en met 120"
        ),
    ),
    "true instead of a number": (
        changed("months = 6", "months = true"),
        "made_up.toml, regel 33, versions[2].count.months: dit moet een heel getal zijn",
    ),
    "a date as a text": (
        changed("valid_from = 2024-01-01", 'valid_from = "2024-01-01"'),
        (
            "made_up.toml, regel 27, versions[2].valid_from: dit moet een datum zonder tijd zijn; "
            "bijvoorbeeld 2026-12-31"
        ),
    ),
    "a moment where a date belongs": (
        changed("valid_from = 2024-01-01", "valid_from = 2024-01-01T10:00:00Z"),
        "made_up.toml, regel 27, versions[2].valid_from: dit moet een datum zonder tijd zijn",
    ),
    "a day that does not exist": (
        changed("valid_from = 2024-01-01", "valid_from = 2023-02-29"),
        "made_up.toml, regel 27: dit is geen geldig TOML: deze datum bestaat niet, bij teken 14",
    ),
    "two versions from one day": (
        changed("valid_from = 2024-01-01", "valid_from = 2020-01-01"),
        (
            "made_up.toml, regel 27, versions[2].valid_from: twee versies gelden vanaf 2020-01-01; "
            "geef elke versie een eigen datum"
        ),
    ),
    "versions out of order": (
        changed("valid_from = 2024-01-01", "valid_from = 2019-01-01"),
        (
            "made_up.toml, regel 27, versions[2].valid_from: deze versie is ouder dan de vorige; "
            "zet de oudste versie bovenaan"
        ),
    ),
    "no examples": (
        GOOD.partition("[[examples]]")[0],
        "made_up.toml, examples: dit ontbreekt; blokken die beginnen met [[examples]]",
    ),
    "one table where more can be": (
        changed("[[examples]]", "[examples]"),
        "made_up.toml, regel 35, examples: dit moet een rij blokken zijn; blokken die beginnen",
    ),
    "a moment without a time zone": (
        changed("12:00:00Z", "12:00:00"),
        (
            "made_up.toml, regel 38, examples[1].known_at: dit moet een datum met tijd en tijdzone "
            "zijn; bijvoorbeeld 2026-12-31T12:00:00Z"
        ),
    ),
    "an example before the first version": (
        changed("on = 2023-12-31", "on = 2019-12-31"),
        (
            "made_up.toml, regel 37, examples[1].on: op 2019-12-31 geldt nog geen versie; "
            "kies een datum vanaf 2020-01-01"
        ),
    ),
    "a wrong cell in a history": (
        changed("| active | trial", "| begun  | trial"),
        (
            "made_up.toml, regel 41, examples[1].history: state: begun kan hier niet; kies uit: "
            "waiting, proposed, introduced, trial, active, paused, ended, withdrawn"
        ),
    ),
    "a history that cannot be right": (
        changed("2023-01-01 | active | trial\n", "2023-01-01 | active | trial\n" * 2).replace(
            "active | trial\n2023-01-01",
            "active | trial\n1 | B | placement | 2023-01-01",
        ),
        (
            "made_up.toml, regel 39, examples[1].history: deze geschiedenis kan niet kloppen: "
            "ids must increase, but these do not: 1; kijk naar de kolommen id en replaces"
        ),
    ),
    "parts that a word does not have": (
        changed("value = 1", "value = 1\nparts = { growth = 1 }"),
        "made_up.toml, regel 44, examples[1].parts: dit woord kennen we hier niet; kies uit",
    ),
    "a part that is missing": (
        changed(", measured_once = 1", "", GROWTH),
        (
            "made_up.toml, regel 22, examples[1].parts.measured_once: dit ontbreekt; "
            "een getal van 0 tot en met 1000000000"
        ),
    ),
    "a headline that is not its part": (
        changed("value = 0", "value = 3", GROWTH),
        (
            "made_up.toml, regel 21, examples[1].value: dit getal is 3, maar het deel growth is 0; "
            "maak die twee gelijk"
        ),
    ),
    "a text that is no TOML": (
        changed('code = "made_up"', "code = made_up"),
        (
            "made_up.toml, regel 1: dit is geen geldig TOML: deze waarde is niet te lezen, "
            'bij teken 8; een tekst tussen ", een getal, een datum zoals 2026-12-31, '
            "true of false, of een lijst tussen [ en ]"
        ),
    ),
    "a key that is there twice": (
        changed('level = "output"', 'level = "output"\nlevel = "effect"'),
        "made_up.toml, regel 4: dit is geen geldig TOML: dit staat er twee keer",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_one_mistake_gives_one_sentence_with_the_place_and_what_is_possible(text, sentence):
    error = mistakes_in(text)
    (found,) = str(error).splitlines()
    assert found.startswith(sentence)


def test_all_mistakes_come_out_at_once_in_both_languages():
    text = changed('measures = "stock"', 'measures = "heap"')
    text = changed("months = 6", 'months = "six"', text)
    text = changed("value = 1", "value = -1", text)
    error = mistakes_in(text)
    assert [each.where for each in error.mistakes] == [
        "versions[2].count.months",
        "measures",
        "examples[1].value",
    ]
    assert error.report("en").splitlines()[1] == (
        'made_up.toml, line 2, measures: "heap" is not possible here; choose from: stock, flow'
    )


def test_a_wrong_kind_of_entry_brings_no_mistakes_about_the_lines_below_it():
    error = mistakes_in(changed('kind = "placement"', 'kind = "palcement"'))
    assert [each.where for each in error.mistakes] == ["versions[1].count.kind"]


def test_a_catalogue_holds_its_definitions_by_code():
    whole = GOOD.replace("made_up", "whole")
    catalogue = read_catalogue({"whole.toml": whole, "made_up.toml": GROWTH})
    assert sorted(each.code for each in catalogue) == ["made_up", "whole"]
    assert catalogue["whole"].name.nl == "Verzonnen"
    assert catalogue.relations == {"made_up": ("whole",)}
    assert len(catalogue) == 2


def test_a_part_of_an_indicator_that_does_not_exist_is_refused():
    with pytest.raises(DefinitionError) as caught:
        read_catalogue({"made_up.toml": GROWTH})
    assert str(caught.value) == (
        'made_up.toml, regel 6, part_of: de indicator "whole" bestaat niet; kies uit: made_up'
    )


def test_one_code_in_two_files_is_refused():
    with pytest.raises(DefinitionError) as caught:
        read_catalogue({"a/made_up.toml": GOOD, "b/made_up.toml": GOOD})
    assert str(caught.value) == (
        'b/made_up.toml, regel 1, code: de code "made_up" staat ook in a/made_up.toml; '
        "geef elke indicator een eigen code"
    )


def test_indicators_that_are_parts_of_each_other_are_refused():
    part = changed('part_of = "whole"', 'part_of = "other"', GROWTH)
    other = GROWTH.replace("made_up", "other").replace('"whole"', '"made_up"')
    with pytest.raises(DefinitionError) as caught:
        read_catalogue({"made_up.toml": part, "other.toml": other})
    assert [each.sentence("en") for each in caught.value.mistakes] == [
        (
            "made_up.toml, line 6, part_of: this makes made_up a part of itself; "
            "take part_of away from one of: made_up, other"
        ),
        (
            "other.toml, line 6, part_of: this makes other a part of itself; "
            "take part_of away from one of: other, made_up"
        ),
    ]


def test_an_indicator_can_be_a_part_of_several():
    several = changed('part_of = "whole"', 'part_of = ["whole", "other"]', GROWTH)
    files = {f"{code}.toml": GOOD.replace("made_up", code) for code in ("whole", "other")}
    catalogue = read_catalogue(files | {"made_up.toml": several})
    assert catalogue["made_up"].part_of == ("whole", "other")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('["whole", "nobody"]', '"nobody" does not exist'),
        ('["whole", "whole"]', "whole"),
        ("[]", "part_of"),
        ("[3]", "part_of"),
        ("3", "part_of"),
    ],
)
def test_a_list_of_wholes_that_cannot_be_says_what_is_wrong(written, said):
    text = changed('part_of = "whole"', f"part_of = {written}", GROWTH)
    with pytest.raises(DefinitionError) as caught:
        read_catalogue({"whole.toml": GOOD.replace("made_up", "whole"), "made_up.toml": text})
    [mistake] = caught.value.mistakes
    assert "line 6, part_of" in mistake.sentence("en")
    assert said in mistake.sentence("en")


def test_the_mistakes_of_all_files_come_out_at_once():
    files = {
        "made_up.toml": changed('"stock"', '"heap"'),
        "other.toml": changed('"stock"', '"pile"').replace("made_up", "other"),
    }
    with pytest.raises(DefinitionError) as caught:
        read_catalogue(files)
    assert [each.file for each in caught.value.mistakes] == ["made_up.toml", "other.toml"]


def test_an_older_version_has_its_own_words_and_the_newest_those_of_the_top():
    words = """name = { nl = "Toen", en = "Then" }
definition = { nl = "Zo was het.", en = "So it was." }
"""
    text = GOOD.replace("valid_from = 2020-01-01\n", f"valid_from = 2020-01-01\n{words}")
    definition = read_definition("made_up.toml", text)
    then, now = date(2023, 12, 31), date(2024, 1, 1)
    assert (definition.name_on(then).nl, definition.name_on(now).nl) == ("Toen", "Verzonnen")
    assert definition.definition_on(then).en == "So it was."
    assert definition.definition_on(now).en == "So many."
    assert definition.name_on(date(2019, 1, 1)) == definition.name_on(None) == definition.name


def test_the_newest_version_has_no_other_words_than_those_of_the_top():
    words = 'definition = { nl = "Zo.", en = "So." }\n'
    text = GOOD.replace("valid_from = 2024-01-01\n", f"valid_from = 2024-01-01\n{words}")
    with pytest.raises(DefinitionError, match="woorden die bovenaan staan; laat deze regel weg"):
        read_definition("made_up.toml", text)


def test_of_what_it_is_a_share_is_said_of_versions_that_are_one():
    share = """[versions.count]
word = "share"
part = { word = "people_in_state", kind = "plan" }
whole = { word = "people_in_state", kind = "benefit" }
"""
    start = GOOD.index("[versions.count]")
    text = GOOD[:start] + share + GOOD[GOOD.index("\n[[versions]]\nvalid_from = 2024") :]
    of_whom = 'denominator = { nl = "mensen", en = "people" }\n'
    text = text[: text.index("[[examples]]")].replace("[source]", f"{of_whom}\n[source]", 1) + (
        """[[examples]]
title = { nl = "Voorbeeld", en = "Example" }
on = 2024-12-31
history = '''
id | person | kind    | starts     | outcome
1  | A      | attempt | 2024-12-01 | reached
'''
value = 1
"""
    )
    definition = read_definition("made_up.toml", text)
    assert definition.denominator_on(date(2023, 12, 31)) == Text("mensen", "people")
    assert definition.denominator_on(date(2024, 1, 1)) is None
