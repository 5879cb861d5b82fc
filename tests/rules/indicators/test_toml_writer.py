"""What is written as TOML is read again as it was."""

import tomllib
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.indicators.lines import lines_of_keys
from meedoen.rules.indicators.reader import read_definition
from meedoen.rules.indicators.shipped import shipped_catalogue, shipped_texts
from meedoen.rules.indicators.toml_writer import as_toml

texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r") | st.sampled_from('"\\\n\t{}[]#=')
)
plain = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False),
    st.dates(date(1, 1, 1)),
    st.datetimes(timezones=st.just(UTC)),
    st.just(time(12, 30)),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), values, max_size=5))
def test_every_value_is_read_again_as_it_was(written):
    assert tomllib.loads(as_toml(written)) == written


@given(st.text(st.sampled_from('"\\\n a'), min_size=1))
def test_quotes_and_slashes_in_a_text_of_more_lines_stay(text):
    assert tomllib.loads(as_toml({"text": text}))["text"] == text


@pytest.mark.parametrize("code", shipped_texts())
def test_every_definition_of_the_package_is_the_same_after_it_was_written_again(code):
    written = as_toml(tomllib.loads(shipped_texts()[code]))
    assert read_definition(f"{code}.toml", written) == shipped_catalogue()[code]


def test_plain_values_stand_before_tables_so_that_lines_are_found():
    written = as_toml(
        {"name": {"nl": "Naam"}, "code": "one", "versions": [{"count": {"word": "x"}}]}
    )
    lines = written.splitlines()
    found = lines_of_keys(written)
    assert lines[0] == 'code = "one"'
    assert lines[found["versions[1].count.word"] - 1] == 'word = "x"'


def test_what_toml_cannot_say_is_refused():
    with pytest.raises(TypeError, match="no way to say None"):
        as_toml({"nothing": None})


def test_a_moment_keeps_its_zone():
    moment = datetime(2026, 1, 15, 12, tzinfo=UTC)
    assert tomllib.loads(as_toml({"known_at": moment}))["known_at"] == moment
