"""Illnesses, diagnoses and treatments are found; words of daily life never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.health_words import (
    Found,
    HealthKind,
    HealthWordsError,
    Place,
    health_words_in,
    read_health_words,
    shipped_health_words,
)

WORDS = shipped_health_words()

DAILY_LIFE = """
ziek zieke ziekte ziektes beter moe vermoeid pijn last van zwaar licht niet wel lang kort staan
zitten lopen tillen bukken trap rust nodig pauze stress gestrest druk rustig angstig bang verdriet
boos blij griep verkouden koorts zwanger dokter huisarts ziekenhuis zorg hulp bril rolstoel stok
doof slechtziend horen zien geduld zijn als me mij ons uur dag week ochtend middag avond tuin koken
kankeren kankert kankerde mopperen zeeziek wagenziekte plantenziekten ontsteking motor fiets
fietsen maken symboliek homofobie tumult autorijden auto autonoom adviseur advies hernieuwd
herinnering migrant migratie reumannetje traumahelikopter chocola chique medisch stomerij stomme
insect ademhaling suiker zout werk taken tempo drukte scherm taal lezen schrijven Nederlands B1
kinderen school buurt moskee kerk feest hond kat zonder met en of maar depot diploma dialect
diagonaal parkeren parken crossen lymonade limonade astronaut copiloot geholpen psalm pastoor
ambitie verslag verslagen verslaan bestrating medicus medaille ggd
"""
HARMLESS = DAILY_LIFE.split()
BETWEEN = st.sampled_from([" ", ", ", ". ", "\n", " - ", "-", "; ", " (", ") ", "\u2019s ", "/"])


@given(st.lists(st.tuples(st.sampled_from(HARMLESS), BETWEEN), max_size=30), st.booleans())
def test_texts_of_harmless_words_hold_nothing(parts, loud):
    text = "".join(word + between for word, between in parts)
    assert health_words_in(text.upper() if loud else text, WORDS) == ()


PREFIX = {Place.END: "long", Place.WHOLE: "", Place.START: "", Place.ANYWHERE: ""}
TYPED = [PREFIX[entry.found] + form for entry in WORDS.words for form in (entry.word, *entry.forms)]


@given(
    st.sampled_from(TYPED),
    st.sampled_from(HARMLESS),
    st.sampled_from(["{}", "{}.", "({})", "“{}”", "{}-klachten", "{}/", "_{}_", "\n{}\t"]),
    st.sampled_from([str, str.upper, str.title, str.casefold]),
)
def test_every_listed_word_is_found_wherever_it_stands(word, other, around, case):
    text = f"{other} {around.format(case(word))} {other}"
    found = health_words_in(text, WORDS)
    assert found
    for one in found:
        assert text[one.start : one.end] == one.word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Heeft ADHD en een Depressie.", ["ADHD", "Depressie"]),
        ("borstkanker, longkanker", ["borstkanker", "longkanker"]),
        ("burn-out, burn out, BURNOUT", ["burn-out", "burn out", "BURNOUT"]),
        ("burn\u2011out", ["burn\u2011out"]),
        ("ziekte van Ménière", ["Ménière"]),
        ("Me\u0301nie\u0300re", ["Me\u0301nie\u0300re"]),
        ("allergieën en allergisch", ["allergieën", "allergisch"]),
        ("een trauma, twee trauma\u2019s", ["trauma", "trauma"]),
        ("PTSS-klachten", ["PTSS"]),
        ("dia\u00adbe\u00adtes", ["dia\u00adbe\u00adtes"]),
        ("suikerziekte en hartziekten", ["suikerziekte", "hartziekten"]),
        ("multiple sclerose", ["multiple sclerose"]),
        ("lichte verstandelijke beperking", ["verstandelijke beperking"]),
        ("gaat naar therapie; fysiotherapie helpt", ["therapie", "fysiotherapie"]),
        ("gebruikt medicijnen", ["medicijnen"]),
        ("kan niet lang staan", []),
        ("heeft rust nodig en een rustige plek", []),
        ("last van de rug, vaak moe", []),
        ("hij zit maar te kankeren op de ziekte van zijn planten", []),
        ("", []),
    ],
)
def test_what_is_found_in_a_sentence(text, words):
    assert [one.word for one in health_words_in(text, WORDS)] == words


def test_a_word_is_found_with_its_place():
    assert health_words_in("nu: COPD!", WORDS) == (Found("COPD", 4, 8),)


def test_the_shipped_list_has_illnesses_diagnoses_and_treatments():
    assert 140 <= len(WORDS.words) <= 200
    assert {entry.kind for entry in WORDS.words} == set(HealthKind)


def test_a_long_text_is_searched_at_once():
    text = "een zin zonder iets bijzonders " * 300 + "x" * 5_000
    assert health_words_in(text, WORDS) == ()


def entry(word="jicht", kind="illness", more=""):
    return f'[[words]]\nword = "{word}"\nkind = "{kind}"\n{more}\n'


def problems_in(text):
    with pytest.raises(HealthWordsError) as caught:
        read_health_words(text, "test.toml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[words", "this is not TOML"),
        ("", "write only words"),
        ("words = []", "write only words"),
        ("colour = 1\n" + entry(), "write only words"),
        ("words = [3]", "word 1: write word and kind"),
        ('[[words]]\nword = "jicht"', "write word and kind"),
        (entry(more="colour = 1"), "and nothing else"),
        (entry(word=" - "), "word is empty"),
        (entry(kind="mood"), "kind 'mood' must be illness or diagnosis or treatment"),
        (entry(more='found = "nowhere"'), "found 'nowhere' must be whole or start"),
        (entry(more='forms = "jichten"'), "forms must be a list of words"),
        (entry(more='except = [""]'), "except must be a list of words"),
        (entry() + entry("JICHT"), "'jicht' is there more than once"),
    ],
)
def test_a_mistake_is_refused_with_its_sentence(text, said):
    (problem,) = problems_in(text)
    assert said in problem
    assert problem.startswith("test.toml")


def test_all_mistakes_are_told_at_once():
    assert len(problems_in(entry(kind="x") + entry(word="") + entry(more="forms = 3"))) == 3
