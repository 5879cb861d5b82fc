"""A seat is held for as long as the terms of its kind say."""

from datetime import date

import pytest

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.places.holds import held_at_most_until, held_until, read_holds, shipped_holds
from meedoen.rules.vocabulary import PlaceKind

LINES = "".join(
    f'[[holds]]\nkind = "{kind}"\nvalid_from = 2026-01-01\ndays = 10\nat_most = 30\n'
    for kind in PlaceKind
)


def test_every_kind_of_place_has_a_term():
    assert set(shipped_holds()) == set(PlaceKind)
    assert held_at_most_until(PlaceKind.TRIAL, date(2028, 2, 1)) == date(2028, 4, 25)
    assert held_until(PlaceKind.NEIGHBOURHOOD_ACTIVITY, date(2028, 2, 20)) == date(2028, 3, 5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "holds.toml: write only holds, each begun by [[holds]]."),
        (
            LINES.replace('kind = "trial"', 'kind = "other"'),
            "holds.toml, trial: there is no line; add one.",
        ),
        (
            LINES.replace("at_most = 30", "at_most = 9", 1),
            "holds.toml, holds 1: at_most is less than days; a seat is never held for longer then.",
        ),
        (
            LINES.replace("days = 10", "days = 0", 1),
            "holds.toml, holds 1: days is 0; write a whole number from 1 to 366.",
        ),
        (
            LINES
            + LINES.splitlines(keepends=True)[0]
            + LINES.splitlines(keepends=True)[1]
            + "valid_from = 2027-01-01\ndays = 5\nat_most = 5\n",
            (
                "holds.toml, participation_job: two lines hold on 2027-01-01; close the earlier "
                "one that day."
            ),
        ),
    ],
)
def test_a_mistake_in_the_terms_is_said_in_a_sentence(text, sentence):
    with pytest.raises(DatedTableError) as caught:
        read_holds(text, "holds.toml")
    assert sentence in caught.value.problems


def test_a_change_of_terms_holds_from_its_own_day():
    first = '[[holds]]\nkind = "trial"\nvalid_from = 2026-01-01\ndays = 10\nat_most = 30\n'
    later = (
        first.replace("days", "valid_to = 2027-01-01\ndays")
        + '[[holds]]\nkind = "trial"\nvalid_from = 2027-01-01\ndays = 5\nat_most = 5\n'
    )
    table = read_holds(LINES.replace(first, later), "holds.toml")
    assert [line.days for line in table[PlaceKind.TRIAL]] == [10, 5]
