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


def without_notes(rows):
    return [{key: told for key, told in row.items() if key != "note"} for row in rows]


def expected(path):
    return without_notes(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def reading(path):
    return page_as_json(read_document(path.read_bytes()))


if PUBLISHED:

    def test_both_pages_that_must_be_read_whole_are_here():
        assert [path.stem.split("_")[0] for path in WHOLE] == ["groningen", "zwolle"]

    @pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
    def test_every_row_of_these_pages_is_read_as_the_reading_by_hand(path):
        read = reading(path)
        assert without_notes(read["indicators"]) == expected(path)
        refused = [one["what"] for one in read["refused"]]
        ambiguous = [row["indicator"] for row in read["indicators"] if row.get("ambiguous")]
        assert all(any(name in what for what in refused) for name in ambiguous)

    @pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
    def test_of_these_pages_nothing_is_refused(path):
        assert reading(path)["refused"] == []

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
