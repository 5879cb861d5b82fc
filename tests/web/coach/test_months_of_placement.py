"""What an organisation said of months, on the page of the placement."""

from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.rules.vocabulary import MonthAnswer
from tests.records.placements.desk import IN_NOVEMBER, OCTOBER, taking_part
from tests.web.coach.scenes import address, on, readable


def test_the_coach_reads_what_the_organisation_said_and_others_do_not(town, sign_in):
    key = taking_part(town)
    page = readable(sign_in(town.anna).get(address("placement", key)))
    assert "Wat de organisatie zei" not in page
    with on(IN_NOVEMBER):
        worry = NewMonth(
            key=key, month=OCTOBER, answer=MonthAnswer.WORRIES, note="Komt vaak te laat."
        )
        confirm_months(town.petra, answers=[worry])
    page = readable(sign_in(town.anna).get(address("placement", key)))
    assert "oktober 2026 Zorgen “ Komt vaak te laat. ” (Petra Testema, 3 nov 2026)" in page
    assert sign_in(town.carla).get(address("placement", key)).status_code == 404
