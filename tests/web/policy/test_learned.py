"""What a no teaches, on the page about coverage: protected, and the same in its file."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.referrals.answers import accept, decline
from meedoen.records.referrals.network_queries import learned
from meedoen.rules.vocabulary import DeclineReason, Theme
from tests.records.referrals.scenes import asks_of, moestuin, new_referral, question, sent
from tests.standing_town import kept

PAGE, FILE = "/beleid/dekking/", "/beleid/dekking/nee/bestand/"
SUMMER = datetime(2026, 6, 8, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
WINTER = datetime(2027, 1, 8, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
JANUARY = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def _winter():
    with clock.at(WINTER):
        yield


def said_no(town, times, reason, *, on=SUMMER, full_until=None, **other):
    """Let De Werkplaats ask De Moestuin, which says no so many times."""
    with clock.at(on):
        for _ in range(times):
            [ask] = asks_of(town, sent(town.otto, question([moestuin(town)], **other)))
            decline(town.petra, key=ask.key, reason=reason, full_until=full_until)


@pytest.fixture
@kept
def refused(town):
    full = {"theme": Theme.LANGUAGE, "district_id": town.north, "full_until": JANUARY}
    said_no(town, 23, DeclineReason.FULL, **full)
    other = {"theme": Theme.WORK, "district_id": town.south}
    said_no(town, 14, DeclineReason.NOT_OUR_GROUP, **other)
    return town


def text_of(answer):
    return " ".join(answer.content.decode().split())


def table_of(page, caption):
    return page.split(f"{caption}</caption>")[1].split("</table>")[0]


def row_of_table(table, name):
    line = re.split(rf">{name}(?:</strong>)?</th>", table)[1].split("</tr>")[0]
    return re.findall(r">(x|-|\d+)<", line)


@pytest.mark.parametrize("who", ["anna", "lea", "connie", "suus"])
def test_refusals_stand_with_the_places_for_who_sees_those(refused, sign_in, who):
    page = text_of(sign_in(getattr(refused, who)).get(PAGE))
    assert "Er werd 37 keer nee gezegd." in page
    assert "Het vaakst bij taal, met als reden: nu geen plaats (23)." in page
    assert "Voor 37 verwijzingen is niemand gevonden." in page
    by_theme = table_of(page, "Nee's per onderwerp en reden".replace("'", "&#x27;"))
    assert row_of_table(by_theme, "Taal") == ["23", "0", "0", "0", "0", "0", "23"]
    assert row_of_table(by_theme, "Werk") == ["0", "14", "0", "0", "0", "0", "14"]
    by_district = table_of(page, "Nee's per wijk en reden".replace("'", "&#x27;"))
    assert row_of_table(by_district, "Zuid") == ["0", "14", "0", "0", "0", "0", "14"]
    nobody = table_of(page, "Gevraagd en niemand gevonden")
    assert row_of_table(nobody, "Noord") == ["23", "0", "23"]


@pytest.mark.parametrize("who", ["petra", "roos", "priya", "ab"])
def test_others_find_no_file_and_no_card(refused, sign_in, who):
    assert sign_in(getattr(refused, who)).get(FILE, {"soort": "csv"}).status_code == 404
    assert learned(getattr(refused, who), threshold=10) is None


def test_another_municipality_learns_from_its_own(refused):
    card = learned(refused.vera, threshold=10)
    assert (card.refusals.total.text, card.unmet.total.text, card.full) == ("0", "0", [])


def test_a_few_refusals_are_hidden_and_cannot_be_found_by_subtraction(refused, sign_in):
    other = {"theme": Theme.DEBT, "district_id": refused.north}
    said_no(refused, 4, DeclineReason.NOT_OUR_WORK, **other)
    page = text_of(sign_in(refused.connie).get(PAGE))
    learnt = page.split('id="nee"')[1]
    numbers = [int(one) for one in re.findall(r">(\d+)<", learnt)]
    assert not [one for one in numbers if 0 < one < 10]
    # Cells of four would hide nearly everything, so only the totals are told.
    short = table_of(page, "Nee&#x27;s per onderwerp, per wijk en per reden")
    told = {name: row_of_table(short, name)[0] for name in ("Taal", "Werk", "Schulden en geld")}
    assert told["Schulden en geld"] == "x"
    assert row_of_table(short, "Alles samen") == ["x"] or "x" in {told["Taal"], told["Werk"]}
    assert "niet getoond" in learnt


def test_of_a_few_refusals_only_that_they_are_few_is_said(town, sign_in):
    until = {"full_until": JANUARY}
    said_no(town, 3, DeclineReason.FULL, **until)
    page = text_of(sign_in(town.connie).get(PAGE))
    assert "te weinig nee&#x27;s om te tonen wat zij leren" in page
    assert "onderwerp en reden" not in page
    # That the organisation is full is what it says of itself.
    full = table_of(page, "Organisaties die nu geen plaats hebben")
    assert "De Moestuin" in full
    assert "15 januari 2027" in full


def test_without_any_no_the_page_says_so(town, sign_in):
    page = text_of(sign_in(town.connie).get(PAGE))
    assert "Niemand zei nee." in page
    assert "Nu geen plaats" not in page


def test_who_said_yes_since_or_has_room_again_is_not_called_full(refused):
    [full] = learned(refused.connie, threshold=10).full
    assert (full.name, full.theme, full.until) == ("De Moestuin", Theme.LANGUAGE, JANUARY)
    with clock.at(WINTER + timedelta(days=60)):
        assert learned(refused.connie, threshold=10).full == []
    [ask] = asks_of(refused, sent(refused.otto, question([moestuin(refused)], theme=Theme.WORK)))
    accept(refused.petra, key=ask.key)
    assert learned(refused.connie, threshold=10).full == [full]
    new = new_referral(refused.sam.pseudonym_id, [moestuin(refused)], theme=Theme.LANGUAGE)
    [ask] = asks_of(refused, sent(refused.anna, new))
    accept(refused.petra, key=ask.key)
    assert learned(refused.connie, threshold=10).full == []


def test_a_no_in_a_year_that_goes_on_is_not_counted_yet(refused, sign_in):
    before = learned(refused.connie, threshold=10).refusals
    said_no(refused, 12, DeclineReason.NOT_OUR_GROUP, on=WINTER)
    assert learned(refused.connie, threshold=10).refusals == before
    page = text_of(sign_in(refused.connie).get(PAGE))
    assert "van 1 januari 2026 tot en met 31 december 2026." in page
    assert "Een jaar dat nog loopt, tellen we niet" in page


def test_who_saves_the_page_after_every_quarter_never_reads_a_small_number(town):
    for month, times in ((2, 24), (8, 2)):
        said_no(town, times, DeclineReason.NOT_OUR_GROUP, on=SUMMER.replace(month=month, day=9))
    saved = {}
    for year, month in ((2026, 4), (2026, 7), (2026, 10), (2027, 1), (2027, 4), (2028, 1)):
        with clock.at(datetime(year, month, 5, 12, tzinfo=SUMMER.tzinfo)):
            card = learned(town.connie, threshold=10)
        told = (card.refusals, card.unmet)
        assert saved.setdefault((card.start, card.end), told) == told
    ends = [end for _start, end in sorted(saved)]
    starts = [start for start, _end in sorted(saved)]
    # No two of them overlap.
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert saved[date(2026, 1, 1), date(2026, 12, 31)][0].total.text == "26"


def test_the_file_holds_exactly_the_numbers_of_the_page(refused, sign_in):
    client = sign_in(refused.connie)
    learnt = text_of(client.get(PAGE)).split('id="nee"')[1].split("</table> <h3")[0]
    shown = re.findall(r'<td class="meedoen-number"[^>]*>(?:<strong>)?([^<]+)<', learnt)
    answer = client.get(FILE, {"soort": "csv"})
    lines = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]
    assert lines[0] == ["Tabel", "Regel", "Wat", "Aantal"]
    assert [line[3].strip() for line in lines[1:]] == shown
    assert client.get(FILE, {"soort": "exe"}).status_code == 404
    assert client.post(FILE).status_code == 405


def test_ten_refusals_and_two_hundred_cost_the_same_number_of_questions(town):
    def asked():
        with CaptureQueriesContext(connection) as found:
            learned(town.connie, threshold=10)
        return len(found)

    until = {"full_until": JANUARY}
    said_no(town, 10, DeclineReason.FULL, **until)
    few = asked()
    said_no(town, 190, DeclineReason.FULL, **until)
    assert asked() == few
