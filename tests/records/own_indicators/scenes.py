"""The text of an own indicator: people in De Moestuin's kind of place, with a worked example."""

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.actions import keep_draft, put_in_force, stop_using
from meedoen.records.own_indicators.queries import own_indicator

CODE = "gardeners"
VERSION = """
[[versions]]
valid_from = 2020-01-01

[versions.count]
word = "people_in_state"
kind = "placement"
states = ["trial", "active", "paused"]
place_kinds = ["participation_job"]
"""
LATER = """
[[versions]]
valid_from = 2025-06-01

[versions.count]
word = "people_in_state"
kind = "placement"
states = ["active"]
place_kinds = ["participation_job"]
"""
EXAMPLE = '''
[[examples]]
on = 2025-12-31
history = """
id | person | kind      | starts     | state  | place
1  | A      | placement | 2025-01-06 | active | participation_job
2  | B      | placement | 2025-02-01 | active | volunteer_work
"""
value = 1

[examples.title]
nl = "Eind van het jaar"
en = "End of the year"
'''
HEAD = """code = "{code}"
measures = "stock"
level = "output"
reference_date = "month_end"
direction = "at_least"
breakdowns = ["district"]
{more}
[name]
nl = "Tuinders"
en = "Gardeners"

[question]
nl = "Hoeveel mensen tuinieren?"
en = "How many people garden?"

[definition]
nl = "Het aantal mensen op een participatiebaan."
en = "The number of people in a participation job."

[unit]
nl = "mensen"
en = "people"

[source]
document = "Begroting 2026"

[source.promise]
nl = "Meer tuinders."
en = "More gardeners."
"""


def a_text(
    code: str = CODE, *, versions: str = VERSION, example: str = EXAMPLE, more: str = ""
) -> str:
    """Return the text of an indicator that can be put in force."""
    return HEAD.format(code=code, more=more) + versions + example


def newest_of(viewer: Viewer, code: str = CODE) -> int | None:
    """Return the id of the newest text; None for an indicator that is not there."""
    found = own_indicator(viewer, code=code)
    return None if found is None else found.newest.text_id


def drafted(viewer: Viewer, text: str = "", code: str = CODE) -> int:
    return keep_draft(viewer, code=code, text=text or a_text(code), seen=newest_of(viewer, code))


def in_force(viewer: Viewer, text: str = "", code: str = CODE) -> int:
    return put_in_force(viewer, code=code, text=text or a_text(code), seen=newest_of(viewer, code))


def stopped(viewer: Viewer, code: str = CODE) -> int:
    return stop_using(viewer, code=code, seen=newest_of(viewer, code))
