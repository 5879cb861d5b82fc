"""Two divisions of scarce places in a made-up town: before and after people said what they wish."""

from datetime import datetime, timedelta

from meedoen.demo.days import midnight
from meedoen.demo.load import Written
from meedoen.records.divisions.actions import ask_division
from meedoen.records.divisions.models import Division, Line
from meedoen.records.divisions.running import run
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.proposals.wish_actions import pick

WISHING = 12
"""So many of those who wait longest said which place they wish most."""
THE_SAME = 3
"""So many of them, one after the other, wish the same place."""
HOURS_BETWEEN = 8


def write_divisions(written: Written, lead_id: int) -> None:
    """Have the places divided for the team of which somebody can sign in as the lead."""
    lead = Viewer(
        municipality_id=written.system.municipality_id,
        role=Role.TEAM_LEAD,
        membership_id=lead_id,
        team_id=written.teams[written.town.coaches[0].team],
    )
    last = midnight(written.town.until)
    first = _divide(lead, last - timedelta(hours=HOURS_BETWEEN))
    with clock.at(last):
        _write_wishes(lead, first)
    _divide(lead, last)


def _divide(lead: Viewer, moment: datetime) -> Division:
    with clock.at(moment):
        key = ask_division(lead, in_background=False)
        row = Division.objects.visible_to(lead).get(key=key)
        run(lead.municipality_id, row.pk)
    return row


def _write_wishes(lead: Viewer, division: Division) -> None:
    """Let a few wish the same place most: that of the first of them."""
    rows = Line.objects.visible_to(lead).filter(division=division, place__isnull=False)
    wishing = rows.order_by("since", "number").values_list("pseudonym_id", "place_id")[:WISHING]
    wished: int | None = None
    for number, (pseudonym_id, place_id) in enumerate(wishing):
        if wished is None or number % THE_SAME == 0:
            wished = place_id
        if wished is not None:
            pick(lead, pseudonym_id=pseudonym_id, place_id=wished)
