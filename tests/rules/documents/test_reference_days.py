"""Which reference dates go with the year of a document."""

from datetime import date

import pytest

from meedoen.rules.documents.reference_days import is_account_of_part, reference_days
from meedoen.rules.documents.words import DocumentKind


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (DocumentKind.BUDGET, date(2014, 1, 1), date(2017, 12, 31)),
        (DocumentKind.INTERIM, date(2016, 12, 31), date(2017, 12, 31)),
        (DocumentKind.ACCOUNT, date(2016, 12, 31), date(2017, 12, 31)),
    ],
)
def test_a_budget_looks_back_and_a_report_tells_of_its_own_year(kind, first, last):
    assert reference_days(kind, 2017) == (first, last)


def test_an_account_is_of_the_last_day_of_its_year_and_any_other_day_is_told():
    assert not is_account_of_part(DocumentKind.ACCOUNT, 2017, date(2017, 12, 31))
    assert is_account_of_part(DocumentKind.ACCOUNT, 2017, date(2017, 11, 30))
    assert not is_account_of_part(DocumentKind.INTERIM, 2017, date(2017, 11, 30))
