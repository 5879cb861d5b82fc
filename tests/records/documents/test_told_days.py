"""Which day a figure was last told of: a new way of counting begins after it."""

import pytest

from meedoen.records.documents.told_days import latest_told
from tests.records.documents.scenes import adopted, offered, second_controller
from tests.records.figures.scenes import YEAR_END
from tests.town import Town

pytestmark = pytest.mark.django_db
CODE = "participation_jobs"


def test_a_document_tells_of_its_day_once_it_is_adopted(town: Town):
    key = offered(town)
    assert latest_told(town.connie, indicator=CODE) is None
    adopted(second_controller(town), key)
    told = latest_told(town.connie, indicator=CODE)
    assert told is not None
    assert (told.day, told.where) == (YEAR_END, "Document 2025")


def test_another_municipality_and_who_sees_no_figures_are_told_nothing(town: Town):
    adopted(second_controller(town), offered(town))
    for viewer in (town.vera, town.roos):
        assert latest_told(viewer, indicator=CODE) is None
