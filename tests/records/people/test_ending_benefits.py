from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from meedoen.records.history.models import STILL_OPEN, Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.people.actions import BenefitEnd, end_benefits
from meedoen.records.people.queries import resident

LAST_YEAR = date(2025, 7, 1)


def benefit_entries(town, person):
    rows = Entry.objects.visible_to(town.connie).filter(
        kind="benefit", pseudonym_id=person.pseudonym_id
    )
    return list(rows.order_by("pk"))


def test_the_end_is_a_new_entry_and_the_old_one_stays(town):
    moment = datetime(2025, 7, 4, 10, tzinfo=UTC)
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, LAST_YEAR, moment)])
    before, after = benefit_entries(town, town.sam)
    assert (before.ends_on, after.ends_on) == (STILL_OPEN, LAST_YEAR)
    assert after.replaces_id == before.pk
    assert after.starts_on == before.starts_on
    assert after.recorded_at == moment


def test_from_that_day_on_the_coach_no_longer_sees_the_file(town):
    end_benefits(town.system, ends=[BenefitEnd(town.sam.pseudonym_id, LAST_YEAR)])
    with clock.at(datetime(2025, 6, 30, 12, tzinfo=UTC)):
        assert resident(town.anna, key=town.sam.key) is not None
    with clock.at(datetime(2025, 7, 1, 12, tzinfo=UTC)):
        assert resident(town.anna, key=town.sam.key) is None


@pytest.mark.parametrize("day", [LAST_YEAR, date(1900, 1, 1)])
def test_ending_twice_or_before_the_start_is_refused_for_all_at_once(town, day):
    end_benefits(town.system, ends=[BenefitEnd(town.tim.pseudonym_id, LAST_YEAR)])
    wrong = town.tim if day == LAST_YEAR else town.roos_file
    ends = [BenefitEnd(town.sam.pseudonym_id, LAST_YEAR), BenefitEnd(wrong.pseudonym_id, day)]
    with pytest.raises(ActionRefusedError):
        end_benefits(town.system, ends=ends)
    assert len(benefit_entries(town, town.sam)) == 1


def test_somebody_of_another_municipality_is_not_known(town):
    with pytest.raises(ActionRefusedError, match="niet bekend"):
        end_benefits(town.system, ends=[BenefitEnd(town.wout.pseudonym_id, LAST_YEAR)])


def test_a_coach_may_not_end_a_benefit(town):
    with pytest.raises(PermissionDenied):
        end_benefits(town.anna, ends=[BenefitEnd(town.sam.pseudonym_id, LAST_YEAR)])
