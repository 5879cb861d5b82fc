"""Own indicators: kept as a draft, put in force, changed from a later day on, and stopped."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.own_indicators.actions import (
    LONGEST_TEXT,
    WrongDefinitionError,
    keep_draft,
    put_in_force,
    stop_using,
)
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.own_indicators.models import IndicatorText
from meedoen.records.own_indicators.queries import own_indicator, own_indicators, read_text
from meedoen.rules.indicators.own_checks import TextMove
from meedoen.rules.indicators.shipped import shipped_catalogue, shipped_texts
from tests.records.own_indicators.scenes import (
    CODE,
    EXAMPLE,
    LATER,
    VERSION,
    a_text,
    drafted,
    in_force,
    newest_of,
    stopped,
)
from tests.records.placements.test_ten_thousand import database_for_many
from tests.records.referrals.test_at_once import at_once
from tests.town import Town, build_town

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def wrong_in(town: Town, text: str, code: str = CODE) -> list[str]:
    return [one.sentence() for one in read_text(town.connie, code=code, text=text).mistakes]


# --- keeping, putting in force, stopping ---------------------------------------------------------


def test_a_draft_is_kept_and_counts_nothing(town: Town):
    drafted(town.connie)
    assert CODE not in catalogue_of(town.connie.municipality_id).definitions
    card = own_indicator(town.connie, code=CODE)
    assert card is not None
    assert (card.has_draft, card.is_in_force) == (True, False)
    assert card.newest.text == a_text()
    assert card.newest.made_by == "Connie Testema"


def test_what_is_put_in_force_counts_at_once_beside_those_of_the_package(town: Town):
    in_force(town.connie)
    known = catalogue_of(town.connie.municipality_id)
    assert known[CODE].name.nl == "Tuinders"
    assert list(known)[: len(shipped_catalogue())] == list(shipped_catalogue())


def test_another_municipality_does_not_get_it(town: Town):
    in_force(town.connie)
    assert catalogue_of(town.vera.municipality_id) is shipped_catalogue()


def test_a_draft_after_that_leaves_what_is_in_force(town: Town):
    in_force(town.connie)
    drafted(town.connie, a_text().replace("Tuinders", "Telers"))
    assert catalogue_of(town.connie.municipality_id)[CODE].name.nl == "Tuinders"
    [card] = own_indicators(town.connie)
    assert (card.has_draft, card.is_in_force) == (True, True)


def test_stopping_keeps_it_for_the_figures_of_before_and_counts_no_day_from_then_on(town: Town):
    in_force(town.connie)
    with clock.at(NOON):
        stopped(town.connie)
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    assert definition.stopped_on == date(2026, 11, 20)
    assert definition.counts_on(date(2026, 11, 19))
    assert not definition.counts_on(date(2026, 11, 20))
    assert not definition.counts_on(date(2019, 12, 31))
    in_force(town.connie)
    assert catalogue_of(town.connie.municipality_id)[CODE].counts_on(date(2026, 11, 20))


def test_what_is_not_in_force_cannot_be_stopped(town: Town):
    drafted(town.connie)
    with pytest.raises(ActionRefusedError, match="niet in gebruik"):
        stopped(town.connie)
    in_force(town.connie)
    stopped(town.connie)
    with pytest.raises(ActionRefusedError, match="niet in gebruik"):
        stopped(town.connie)


def test_every_text_stays_with_who_kept_it_and_when(town: Town):
    with clock.at(NOON):
        drafted(town.connie)
        in_force(town.connie)
        stopped(town.connie)
    card = own_indicator(town.connie, code=CODE)
    assert card is not None
    assert [one.move for one in card.texts] == [
        TextMove.STOPPED,
        TextMove.PUT_IN_FORCE,
        TextMove.DRAFTED,
    ]
    assert {one.made_at for one in card.texts} == {NOON}


@pytest.mark.parametrize("statement", ["UPDATE {} SET text = ''", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_text(town: Town, statement):
    in_force(town.connie)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement.format(IndicatorText._meta.db_table))


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "suus", "ab", "priya"])
def test_only_a_controller_makes_indicators(town: Town, who: str):
    viewer = getattr(town, who)
    for act in (keep_draft, put_in_force):
        with pytest.raises(PermissionDenied):
            act(viewer, code=CODE, text=a_text(), seen=None)
    with pytest.raises(PermissionDenied):
        stop_using(viewer, code=CODE, seen=None)
    drafted(town.connie)
    assert own_indicator(viewer, code=CODE) is None
    assert read_text(viewer, code=CODE, text=a_text()).definition is None
    assert own_indicators(viewer) == []


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("Tuin", a_text(), "kleine letters"),
        ("volunteers", a_text(), "al van een andere"),
        ("g" * 61, a_text(), "code is te lang"),
        (CODE, "  \n", "tekst is leeg"),
        (CODE, "#" * (LONGEST_TEXT + 1), "tekst is te lang"),
        (CODE, a_text(more='bsn = "111222333"\n'), "BSN"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(town: Town, code, text, said):
    with pytest.raises(ActionRefusedError, match=said):
        keep_draft(town.connie, code=code, text=text, seen=None)
    assert not IndicatorText.objects.exists()


def test_a_draft_may_have_mistakes_and_cannot_be_put_in_force(town: Town):
    text = a_text(example=EXAMPLE.replace("value = 1", "value = 2"))
    drafted(town.connie, text)
    with pytest.raises(WrongDefinitionError, match="nog niet in gebruik") as error:
        in_force(town.connie, text)
    [mistake] = error.value.mistakes
    assert mistake.where == "examples[1].value"
    assert text.splitlines()[(mistake.line or 0) - 1] == "value = 2"
    assert newest_of(town.connie) == IndicatorText.objects.get().pk


@pytest.mark.parametrize(
    ("key", "nl", "most"),
    [("name", "Tuinders", 200), ("unit", "mensen", 100), ("question", "Hoeveel mensen tuin", 300)],
)
def test_texts_that_fit_no_table_heading_or_page_are_too_long(town: Town, key, nl, most):
    long = a_text().replace(f'nl = "{nl}', f'nl = "{"m" * 5_000}{nl}', 1)
    [said] = [one for one in wrong_in(town, long) if f"{key}.nl" in one]
    assert said.endswith(f"deze tekst is te lang; hoogstens {most} tekens")
    with pytest.raises(WrongDefinitionError):
        put_in_force(town.connie, code=CODE, text=long, seen=None)


def test_all_mistakes_come_at_once_each_with_its_line(town: Town):
    text = a_text(
        more='part_of = "nobody"\n',
        versions=VERSION.replace('word = "people_in_state"', 'word = "people_in_state"\nmonth = 3')
        + "districts = [999999]\norganisations = [888888]\n",
    )
    said = "\n".join(wrong_in(town, text))
    for part in ("month", "wijk 999999", "organisatie 888888", '"nobody" bestaat niet'):
        assert part in said
    assert f"{town.north} (Noord)" in said
    lines = text.splitlines()
    for one in read_text(town.connie, code=CODE, text=text).mistakes:
        assert one.line is not None
        assert one.where.rpartition(".")[2] in lines[one.line - 1]


def test_a_text_that_is_no_toml_says_where(town: Town):
    [said] = wrong_in(town, a_text().replace('measures = "stock"', "measures = stock"))
    assert "regel 2" in said


def test_filters_name_what_this_municipality_has(town: Town):
    own = a_text(
        versions=VERSION + f"districts = [{town.north}, {town.south}]\n",
    )
    example = EXAMPLE.replace("state  | place", "state  | district | place").replace(
        "active | ", f"active | {town.north} | "
    )
    assert wrong_in(town, own.replace(EXAMPLE, example)) == []
    share = f"""
[[versions]]
valid_from = 2020-01-01

[versions.count]
word = "share"

[versions.count.part]
word = "people_started"
districts = [{town.north}]

[versions.count.whole]
word = "people_started"
organisations = [777777]
"""
    said = "\n".join(wrong_in(town, a_text(versions=share)))
    assert "organisatie 777777" in said
    assert f"wijk {town.north}" not in said


@pytest.mark.parametrize("code", ["volunteers", "participation_jobs"])
def test_a_code_of_the_package_is_taken(town: Town, code: str):
    with pytest.raises(ActionRefusedError, match="al van een andere"):
        put_in_force(town.connie, code=code, text=shipped_texts()[code], seen=None)


def test_a_copy_of_one_of_the_package_gets_a_code_of_its_own(town: Town):
    text = shipped_texts()["volunteers"].replace('code = "volunteers"', 'code = "our_volunteers"')
    in_force(town.connie, text, "our_volunteers")
    assert catalogue_of(town.connie.municipality_id)["our_volunteers"].versions


def test_an_indicator_cannot_be_a_part_of_itself_by_way_of_another(town: Town):
    in_force(town.connie)
    in_force(town.connie, a_text("helpers", more=f'part_of = "{CODE}"\n'), "helpers")
    said = "\n".join(wrong_in(town, a_text(more='part_of = "helpers"\n')))
    assert "deel van zichzelf" in said
    assert wrong_in(town, a_text(more='part_of = "participation_jobs"\n')) == []


def test_an_indicator_that_is_a_part_of_several_is_in_force_with_all(town: Town):
    in_force(town.connie, a_text(more='part_of = ["participation_jobs", "people_on_benefit"]\n'))
    found = catalogue_of(town.connie.municipality_id)[CODE].part_of
    assert found == ("participation_jobs", "people_on_benefit")
    [said] = wrong_in(town, a_text(more='part_of = ["participation_jobs", "nobody"]\n'))
    assert '"nobody" bestaat niet' in said


# --- versions ------------------------------------------------------------------------------------


def test_a_version_that_was_in_force_stays_as_it_was_and_a_later_one_is_added(town: Town):
    in_force(town.connie)
    changed = a_text(versions=VERSION.replace('"paused"]', '"paused", "proposed"]'))
    assert "is veranderd" in "\n".join(wrong_in(town, changed))
    assert "ontbreekt" in "\n".join(wrong_in(town, a_text(versions=LATER)))
    earlier = LATER.replace("2025-06-01", "2019-01-01")
    assert "begint na 2020-01-01" in "\n".join(wrong_in(town, a_text(versions=earlier + VERSION)))
    in_force(town.connie, a_text(versions=VERSION + LATER))
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    assert definition.version_on(date(2025, 5, 31)).valid_from == date(2020, 1, 1)
    assert definition.version_on(date(2025, 6, 1)).valid_from == date(2025, 6, 1)


def test_the_rule_of_an_indicator_that_was_stopped_stays_too(town: Town):
    in_force(town.connie)
    stopped(town.connie)
    changed = a_text(versions=VERSION.replace('"paused"]', '"paused", "proposed"]'))
    assert "is veranderd" in "\n".join(wrong_in(town, changed))


def test_a_draft_may_be_changed_in_every_way_until_it_is_in_force(town: Town):
    drafted(town.connie)
    in_force(town.connie, a_text(versions=LATER))
    [version] = catalogue_of(town.connie.municipality_id)[CODE].versions
    assert version.valid_from == date(2025, 6, 1)


def test_words_may_change_while_the_rule_stays(town: Town):
    in_force(town.connie)
    in_force(town.connie, a_text().replace("Hoeveel mensen tuinieren?", "Wie tuiniert er?"))
    assert catalogue_of(town.connie.municipality_id)[CODE].question.nl == "Wie tuiniert er?"


def test_words_that_were_in_force_stay_with_the_way_of_counting_they_belong_to(town: Town):
    in_force(town.connie)
    renamed = a_text(versions=VERSION + LATER).replace('"Tuinders"', '"Telers"')
    [said] = wrong_in(town, renamed)
    assert "versions[1].name" in said
    assert 'name = { nl = "Tuinders", en = "Gardeners" }' in said
    kept = VERSION.replace(
        "2020-01-01\n", '2020-01-01\nname = { nl = "Tuinders", en = "Gardeners" }\n'
    )
    in_force(town.connie, renamed.replace(VERSION, kept))
    definition = catalogue_of(town.connie.municipality_id)[CODE]
    assert definition.name_on(date(2025, 5, 31)).nl == "Tuinders"
    assert definition.name_on(date(2025, 6, 1)).nl == "Telers"
    # The words of the newest may change; those of the older one may not any more.
    again = renamed.replace(VERSION, kept).replace('"Telers"', '"Kwekers"')
    assert wrong_in(town, again) == []
    [said] = wrong_in(town, again.replace("Tuinders", "Boeren"))
    assert 'name = { nl = "Tuinders"' in said


def test_a_new_version_is_tried_out_by_an_example_of_its_own(town: Town):
    early = EXAMPLE.replace("2025-12-31", "2025-02-28")
    in_force(town.connie, a_text(example=early))
    changed = a_text(versions=VERSION + LATER, example=early)
    [said] = wrong_in(town, changed)
    assert "examples[1].on" in said
    assert "vanaf 1 juni 2025 heeft nog geen eigen voorbeeld" in said
    assert wrong_in(town, a_text(versions=VERSION + LATER, example=early + EXAMPLE)) == []
    # The example of before stays, also when the new version begins before its day.
    kept = EXAMPLE.replace("2025-12-31\n", "2025-12-31\nversion = 2020-01-01\n")
    waiting = kept.replace("| active | participation_job", "| paused | participation_job")
    assert wrong_in(town, a_text(versions=VERSION + LATER, example=waiting + EXAMPLE)) == []
    [said] = wrong_in(
        town, a_text(versions=VERSION + LATER, example=waiting.replace("2020-", "2021-") + EXAMPLE)
    )
    assert "er is geen versie die geldt vanaf 2021-01-01; kies uit: 2020-01-01" in said


def test_the_first_versions_need_an_example_each_too(town: Town):
    [said] = wrong_in(town, a_text(versions=VERSION + LATER))
    assert "versions[1].valid_from: de manier van tellen vanaf 1 januari 2020 heeft" in said


def test_an_example_in_which_nobody_counts_tries_out_nothing(town: Town):
    nobody = EXAMPLE.replace("participation_job", "trial").replace("value = 1", "value = 0")
    [said] = wrong_in(town, a_text(example=nobody))
    assert "examples[1].value" in said
    assert "elk getal is 0; maak een tabel waarin ten minste één regel meetelt" in said
    # Beside one in which somebody counts it may be that nobody does.
    assert wrong_in(town, a_text(example=EXAMPLE + nobody)) == []


# --- two at once ---------------------------------------------------------------------------------


def test_who_was_looking_at_an_older_text_is_told(town: Town):
    first = drafted(town.connie)
    drafted(town.connie, a_text().replace("Tuinders", "Telers"))
    for act in (keep_draft, put_in_force):
        with pytest.raises(ActionRefusedError, match="Iemand anders"):
            act(town.connie, code=CODE, text=a_text(), seen=first)
    with pytest.raises(ActionRefusedError, match="al van een andere"):
        keep_draft(town.connie, code=CODE, text=a_text(), seen=None)


@pytest.mark.parametrize("act", [keep_draft, put_in_force])
def test_who_presses_twice_does_it_once_and_is_not_told_of_somebody_else(town: Town, act):
    first = drafted(town.connie)
    text = a_text().replace("Tuinders", "Telers")
    kept = act(town.connie, code=CODE, text=text, seen=first)
    assert act(town.connie, code=CODE, text=text, seen=first) == kept
    assert IndicatorText.objects.filter(code=CODE).count() == 2


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_of_four_who_put_something_in_force_at_once_one_does_and_three_are_told(
    transactional_db: None,
):
    town = build_town()
    first = drafted(town.connie)

    def put(name: str) -> None:
        text = a_text().replace("Tuinders", name)
        put_in_force(town.connie, code=CODE, text=text, seen=first)

    with database_for_many():
        [told] = at_once([[partial(put, name) for name in ("Een", "Twee", "Drie", "Vier")]])
        assert sorted(one[:18] for one in told) == ["", *["Iemand anders heef"] * 3]
        assert IndicatorText.objects.filter(previous_id=first).count() == 1


# --- never stale ---------------------------------------------------------------------------------


def test_the_catalogue_asks_one_question_however_many_there_are(town: Town):
    in_force(town.connie)
    with CaptureQueriesContext(connection) as few:
        catalogue_of(town.connie.municipality_id)
    for number in range(20):
        in_force(town.connie, a_text(f"more_{number}"), f"more_{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(catalogue_of(town.connie.municipality_id)) == len(shipped_catalogue()) + 21
    assert len(few) == len(many) == 1


def test_a_text_that_cannot_be_read_any_more_is_left_out_and_logged(town: Town, caplog):
    in_force(town.connie)
    newest = IndicatorText.objects.get()
    IndicatorText.objects.create(
        municipality_id=town.connie.municipality_id,
        code=CODE,
        move=TextMove.PUT_IN_FORCE,
        text=a_text(versions=VERSION.replace("people_in_state", "a_word_of_before")),
        made_at=clock.now(),
        previous=newest,
    )
    assert CODE not in catalogue_of(town.connie.municipality_id).definitions
    assert "a_word_of_before" in caplog.text
