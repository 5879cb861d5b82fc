"""The dates of a wage-cost subsidy as a coach reads them."""

from datetime import date, timedelta

import pytest

from meedoen.records.signals.actions import refresh
from tests.records.sheltered.scenes import BEGAN, employed, on
from tests.records.signals.test_subsidies import fix
from tests.town import Town
from tests.web.coach.scenes import address, readable

AFTER = date(2026, 9, 2)


@pytest.mark.parametrize(
    ("loonwaarde", "day", "sentence"),
    [
        (None, AFTER - timedelta(days=9), "De vaste loonkostensubsidie duurt tot en met 1 sep"),
        (None, AFTER, "De vaste loonkostensubsidie is voorbij. Besluit uiterlijk 6 oktober 2026"),
        (None, date(2026, 10, 7), "moest op 6 oktober 2026 besloten zijn"),
        ("0.4", date(2026, 12, 1), "Per 1 januari 2027 wordt de loonkostensubsidie opnieuw"),
        ("0.4", date(2027, 1, 2), "moest per 1 januari 2027 opnieuw berekend zijn"),
    ],
)
def test_the_file_says_what_is_to_be_done_and_where(
    town: Town, sign_in, loonwaarde, day, sentence
) -> None:
    key = employed(town)
    with on(BEGAN):
        fix(town, key, BEGAN, loonwaarde)
    with on(day):
        refresh(town.system, pseudonym_ids=[town.roos_file.pseudonym_id])
        page = sign_in(town.anna).get(address("resident", town.roos_file.key))
    assert sentence in readable(page)
    assert f'href="{address("sheltered", town.roos_file.key)}"' in page.content.decode()
    assert "artikel 10d" in readable(page)
