"""The lines on which the keys of a TOML text stand."""

import pytest

from meedoen.rules.indicators.lines import line_of, lines_of_keys

TEXT = '''\
code = "x"

[name]  # in two languages
nl = "y"

[[versions]]
valid_from = 2020-01-01
[versions.count]
word = "z"
[[versions]]
[versions.count]
note = """
word = "not a key"
[not.a.table]
"""
word = "z"
short = """one line"""
source.document = "w"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("code", 1),
        ("name", 3),
        ("name.nl", 4),
        ("versions[1].valid_from", 7),
        ("versions[1].count.word", 9),
        ("versions[2]", 10),
        ("versions[2].count.note", 12),
        ("versions[2].count.word", 16),
        ("versions[2].count.short", 17),
        ("versions[2].count.source.document", 18),
        ("name.en", 3),
        ("versions[2].count.months", 11),
        ("versions[2].valid_from", 10),
        ("nothing.like.it", None),
        ("", None),
    ],
)
def test_a_path_has_the_line_of_its_key_or_of_what_is_around_it(path, line):
    assert line_of(path, lines_of_keys(TEXT)) == line


def test_what_stands_in_a_long_text_is_no_key():
    assert "not.a.table" not in lines_of_keys(TEXT)
