"""The pages as municipalities published them, where they are at hand beside the repository.

They are not part of the repository: their texts belong to others. Where they are not at hand,
tests/conftest.py says in one line that these tests were left out.
"""

import json

import pytest

from meedoen.rules.budget.as_json import page_as_json
from meedoen.rules.budget.reader import read_document
from tests.conftest import PUBLISHED_PAGES

PUBLISHED = sorted(PUBLISHED_PAGES.glob("*.txt"))
WHOLE = [path for path in PUBLISHED if path.stem.startswith(("groningen", "zwolle"))]
OTHER_KINDS = [path for path in PUBLISHED if path not in WHOLE]


def expected(path):
    rows = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return [{key: told for key, told in row.items() if key != "note"} for row in rows]


def reading(path):
    return page_as_json(read_document(path.read_bytes()))


if PUBLISHED:

    def test_both_pages_that_must_be_read_whole_are_here():
        assert [path.stem.split("_")[0] for path in WHOLE] == ["groningen", "zwolle"]

    @pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
    def test_these_pages_are_read_whole_and_right(path):
        read = reading(path)
        assert read["indicators"] == expected(path)
        assert read["refused"] == []

    @pytest.mark.parametrize("path", OTHER_KINDS, ids=lambda path: path.stem)
    def test_of_other_pages_a_row_is_right_or_it_is_refused(path):
        read = reading(path)
        assert [row for row in read["indicators"] if row not in expected(path)] == []
        assert read["refused"] or read["indicators"] == expected(path)
        assert all(all(refusal.values()) for refusal in read["refused"])

    def test_the_goal_without_figures_comes_out_with_all_its_parts():
        (goal,) = reading(PUBLISHED_PAGES / "zwolle_begroting_2020_doel_2_2_2.txt")["goals"]
        assert goal["code"] == "2.2.2"
        assert goal["title"].startswith("We zorgen dat inwoners")
        assert [
            (part["kind"], len(part["paragraphs"]), len(part["items"])) for part in goal["sections"]
        ] == [
            ("description", 3, 0),
            ("criteria", 1, 2),
            ("indicators", 0, 0),
            ("policy_notes", 0, 0),
            ("portfolio_holders", 1, 0),
        ]
        assert len(goal["criteria"]) == 2
        assert len(goal["portfolio_holders"]) == 1
        assert [(found["kind"], found["code"]) for found in goal["references"]] == [
            ("goal", "1.1.1"),
            ("programme", "4"),
            ("goal", "1.3.4"),
            ("goal", "1.3.2"),
            ("goal", "2.1.2"),
        ]

    def test_the_goal_with_a_table_comes_out_with_all_its_parts():
        (goal,) = reading(PUBLISHED_PAGES / "groningen_begroting_2017_1_1_3.txt")["goals"]
        assert (goal["code"], goal["title"]) == ("1.1.3", "Maatschappelijke participatie")
        assert [(part["kind"], len(part["paragraphs"])) for part in goal["sections"]] == [
            ("introduction", 2),
            ("indicators", 0),
            ("state_of_affairs", 1),
            ("ambition", 1),
            ("activities", 0),
        ]
        assert len(goal["activities"]) == 5
        assert goal["references"] == []
