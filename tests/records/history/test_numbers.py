"""Numbers that go through SQLite as characters come out as they were."""

import sqlite3
from contextlib import closing

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meedoen.records.history.numbers import from_characters, in_characters

WIDTHS = [20, 1, 40, 62]
numbers = st.tuples(*(st.integers(0, 2**bits - 1) for bits in WIDTHS))


@given(st.lists(numbers, max_size=20))
def test_every_number_of_every_width_comes_through(rows):
    names = {f"c{place}": bits for place, bits in enumerate(WIDTHS)}
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE n ({', '.join(names)})")
        database.executemany("INSERT INTO n VALUES (?, ?, ?, ?)", rows)
        asked = f"SELECT group_concat({in_characters(names)}, '') FROM n"  # noqa: S608
        (text,) = database.execute(asked).fetchone()
    found = from_characters(text or "", WIDTHS)
    assert np.array_equal(found, np.array(rows, dtype=np.int64).reshape(-1, len(WIDTHS)))
