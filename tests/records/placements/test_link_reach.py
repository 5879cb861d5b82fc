"""Who holds a link answers that one question, whichever action is asked."""

import uuid
from datetime import UTC, date, datetime

import pytest

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.models import MonthConfirmation, Placement
from meedoen.records.placements.month_actions import NewMonth, confirm_months
from meedoen.records.placements.report_actions import report
from meedoen.records.placements.report_queries import reports_of
from meedoen.records.places.models import SignUp
from meedoen.records.places.sign_up_actions import answer_sign_up
from meedoen.rules.vocabulary import (
    LinkPurpose,
    MoveReason,
    PartnerReportKind,
    PlacementState,
    SignUpState,
)
from tests.asked import held, links_of_each_kind
from tests.town import Town

ANSWERED_BY = {
    LinkPurpose.CONFIRM_START: "start",
    LinkPurpose.CONFIRM_MONTH: "month",
    LinkPurpose.ANSWER_SIGN_UP: "sign_up",
}


def keys_of(town: Town, state: PlacementState):
    rows = Placement.objects.visible_to(town.otto).filter(state=state)
    return rows.values_list("key", flat=True).get()


def answer(town: Town, what: str, viewer) -> None:
    """Ask for an action as somebody at the organisation does."""
    if what == "start":
        key = keys_of(town, PlacementState.PROPOSED)
        confirm_start(viewer, key=key, started_on=clock.today())
    elif what == "month":
        key = keys_of(town, PlacementState.ACTIVE)
        confirm_months(viewer, answers=[NewMonth(key=key, month=date(2026, 8, 1))])
    else:
        key = SignUp.objects.visible_to(town.otto).values_list("key", flat=True).get()
        answer_sign_up(viewer, key=key, state=SignUpState.CONTACTED)


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_a_link_answers_its_own_question_and_no_other(town: Town, purpose: LinkPurpose) -> None:
    with clock.at(datetime(2026, 9, 1, 10, tzinfo=UTC)):
        holder = held(links_of_each_kind(town)[purpose], purpose).viewer
        for other in set(ANSWERED_BY.values()) - {ANSWERED_BY.get(purpose)}:
            with pytest.raises(ActionRefusedError, match="iets anders"):
                answer(town, other, holder)
        assert not MonthConfirmation.objects.visible_to(town.system).exists()
        if purpose in ANSWERED_BY:
            answer(town, ANSWERED_BY[purpose], holder)


@pytest.mark.parametrize("purpose", LinkPurpose)
def test_only_the_link_about_a_start_tells_the_coach_that_nothing_comes_of_it(
    town: Town, purpose: LinkPurpose
) -> None:
    with clock.at(datetime(2026, 9, 1, 10, tzinfo=UTC)):
        holder = held(links_of_each_kind(town)[purpose], purpose).viewer
        waiting, running = (
            keys_of(town, state) for state in (PlacementState.PROPOSED, PlacementState.ACTIVE)
        )

        def tell(key: uuid.UUID) -> None:
            report(
                holder,
                key=key,
                kind=PartnerReportKind.PROPOSES_END,
                last_day=clock.today(),
                reason=MoveReason.DID_NOT_COME,
            )

        with pytest.raises(ActionRefusedError, match="iets anders"):
            tell(running)
        if purpose is LinkPurpose.CONFIRM_START:
            tell(waiting)
            [told] = reports_of(town.otto, key=waiting)
            assert (told.reported_by, told.reason) == ("", MoveReason.DID_NOT_COME)
        else:
            with pytest.raises(ActionRefusedError, match="iets anders"):
                tell(waiting)
