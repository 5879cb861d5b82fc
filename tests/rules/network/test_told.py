"""What a no teaches, and for whom nobody was found."""

import pytest

from meedoen.rules.network.told import refusals, unmet
from meedoen.rules.vocabulary import DeclineReason, Theme
from tests.rules.network.steps import END, START, Story

FULL, DISTRICT = DeclineReason.FULL, DeclineReason.OTHER_DISTRICT


def texts(shown):
    return {key: one.text for key, one in shown.items() if one.text != "0"}


def test_every_no_counts_by_reason_theme_and_district():
    story = Story()
    story.then(story.ask(0, 1, times=30, theme=Theme.DEBT, district=1), "declined", reason=FULL)
    story.then(story.ask(0, 1, times=40, theme=Theme.WORK, district=2), "declined", reason=DISTRICT)
    story.then(story.ask(0, 1, times=15, theme=Theme.WORK), "accepted")
    found = refusals(story.known, START, END)
    assert texts(found.themes) == {(Theme.DEBT, FULL): "30", (Theme.WORK, DISTRICT): "40"}
    assert texts(found.districts) == {(1, FULL): "30", (2, DISTRICT): "40"}
    assert texts(found.reason_totals) == {FULL: "30", DISTRICT: "40"}
    assert texts(found.theme_totals) == {Theme.DEBT: "30", Theme.WORK: "40"}
    assert texts(found.district_totals) == {1: "30", 2: "40"}
    assert (found.total.text, found.reasons) == ("70", tuple(DeclineReason))


def test_a_few_refusals_are_hidden_in_both_tables():
    story = Story()
    story.then(story.ask(0, 1, times=4, theme=Theme.DEBT, district=1), "declined", reason=FULL)
    story.then(story.ask(0, 1, times=40, theme=Theme.WORK, district=2), "declined", reason=FULL)
    found = refusals(story.known, START, END)
    assert found.themes[Theme.DEBT, FULL].hidden
    assert found.districts[1, FULL].hidden
    # Nor by subtraction: of 44 in all and 40 of work the rest is known.
    assert found.themes[Theme.WORK, FULL].hidden or found.reason_totals[FULL].hidden
    assert found.districts[2, FULL].hidden or found.reason_totals[FULL].hidden


def test_an_answer_counts_on_the_day_it_was_given():
    story = Story()
    early = story.ask(0, 1, times=12, on=START)
    story.then(early, "declined", days=-1, reason=FULL)
    late = story.ask(0, 1, times=12, on=END)
    story.then(late, "declined", days=0, reason=FULL)
    assert refusals(story.known, START, END).total.text == "12"


@pytest.mark.parametrize(
    ("events", "found"),
    [
        (["declined"], "12"),
        (["lapsed"], "12"),
        (["accepted", "handed_back"], "12"),
        (["accepted"], "0"),
        (["revoked"], "0"),
        ([], "0"),
    ],
)
def test_a_wish_is_unmet_when_everybody_asked_said_no_in_some_way(events, found):
    story = Story()
    asks = story.ask(0, 1, times=12, theme=Theme.COMPANY, district=3)
    for event in events:
        story.then(asks, event, reason=FULL if event == "declined" else "")
    answer = unmet(story.known, START, END)
    assert answer.total.text == found
    assert texts(answer.cells) == ({(Theme.COMPANY, 3): "12"} if found == "12" else {})
    assert texts(answer.theme_totals) == ({Theme.COMPANY: "12"} if found == "12" else {})
    assert texts(answer.district_totals) == ({3: "12"} if found == "12" else {})


def test_a_person_who_withdrew_is_no_unmet_wish():
    story = Story()
    asks = story.ask(0, 1, times=12)
    story.then(asks, "declined", reason=DeclineReason.RESIDENT_WITHDREW)
    assert unmet(story.known, START, END).total.text == "0"


def test_a_second_receiver_who_said_yes_or_may_still_answer_meets_the_wish():
    story = Story()
    for _ in range(12):
        (first,) = story.ask(0, 1)
        story.then([first], "declined", reason=FULL)
        story.ask(0, 2, referral=first)
    assert unmet(story.known, START, END).total.text == "0"
    story = Story()
    for _ in range(12):
        (first,) = story.ask(0, 1)
        story.then([first], "declined", reason=FULL)
        story.then(story.ask(0, 2, referral=first), "lapsed")
    assert unmet(story.known, START, END).total.text == "12"


def test_what_was_forwarded_is_met_by_who_it_was_sent_on_to():
    story = Story()
    for _ in range(12):
        (first,) = story.ask(0, 1)
        story.then([first], "forwarded")
        story.then(story.ask(1, 2, referral=first), "accepted")
    assert unmet(story.known, START, END).total.text == "0"


def test_without_referrals_nothing_is_told():
    nothing = Story().known
    assert (refusals(nothing, START, END).total.text, refusals(nothing, START, END).themes) == (
        "0",
        {},
    )
    assert (unmet(nothing, START, END).total.text, unmet(nothing, START, END).cells) == ("0", {})
    with pytest.raises(ValueError, match="the period ends on"):
        refusals(nothing, END, START)


def test_where_all_cells_are_small_the_totals_are_told_instead():
    story = Story()
    reasons = [FULL, DISTRICT, DeclineReason.NOT_OUR_WORK]
    for at, theme in enumerate((Theme.DEBT, Theme.WORK, Theme.LANGUAGE, Theme.COMPANY)):
        for place, reason in enumerate(reasons):
            asks = story.ask(0, 1, times=4 + (at + place) % 3, theme=theme, district=at)
            story.then(asks, "declined", reason=reason)
    found = refusals(story.known, START, END)
    assert (found.crossed, found.themes, found.districts) == (False, {}, {})
    assert [one.text for one in found.theme_totals.values()] == ["15", "15", "15", "15"]
    assert [found.reason_totals[reason].text for reason in reasons] == ["19", "20", "21"]
    assert found.total.text == "60"


def test_totals_that_are_told_alone_are_protected_too():
    story = Story()
    for district in range(1, 7):
        for theme in (Theme.DEBT, Theme.WORK):
            times = 1 if (district, theme) == (6, Theme.WORK) else 6
            asks = story.ask(0, 1, times=times, theme=theme, district=district)
            story.then(asks, "declined", reason=FULL)
    found = unmet(story.known, START, END)
    assert (found.crossed, found.cells) == (False, {})
    hidden = [one for one in found.district_totals.values() if one.hidden]
    # Seven in the last district, and one more so that they do not follow from the total.
    assert found.district_totals[6].hidden
    assert len(hidden) == 2 or found.total.hidden
