"""Two coaches do the same at the same moment: it is kept once, and the other is told."""

from collections.abc import Callable

import pytest

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.sheltered.actions import request, take_step
from meedoen.records.sheltered.models import Step, Track
from meedoen.rules.sheltered.words import ShelteredParty, ShelteredState
from tests.at_once import at_once
from tests.records.sheltered.scenes import ASKED, RESEARCHED, asked, on
from tests.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def told(act: Callable[[], object], refusals: list[str]) -> Callable[[], None]:
    """Do something on a day of its own, and note when it is refused."""

    def do() -> None:
        with on():
            try:
                act()
            except ActionRefusedError as error:
                refusals.append(str(error))

    return do


def test_two_requests_for_one_person_begin_one_track(town: Town) -> None:
    refusals: list[str] = []
    acts = [
        told(
            lambda who=who: request(
                who,
                pseudonym_id=town.roos_file.pseudonym_id,
                asked_on=ASKED,
                asked_by=ShelteredParty.RESIDENT,
            ),
            refusals,
        )
        for who in (town.anna, town.bram)
    ]
    at_once(*acts)
    assert len(refusals) == 1
    assert "loopt al een traject" in refusals[0]
    assert Track.objects.visible_to(town.system).count() == 1


def test_the_same_step_twice_is_made_once(town: Town) -> None:
    key, refusals = asked(town), []
    acts = [
        told(
            lambda who=who: take_step(who, key=key, to=ShelteredState.IN_RESEARCH, on=RESEARCHED),
            refusals,
        )
        for who in (town.anna, town.bram)
    ]
    at_once(*acts)
    assert len(refusals) == 1
    assert "intussen verder" in refusals[0]
    assert Step.objects.visible_to(town.system).count() == 2
