"""The figures about referrals once more, slowly: plain loops over steps.

Nothing here comes from the evaluator, nor from the columns.
"""

from collections.abc import Sequence
from datetime import date, datetime

from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from tests.rules.indicators.reference import ReferenceFigure
from tests.rules.indicators.reference_words import months_later

Steps = Sequence[ReferralStatement]


def reference_of_referrals(
    word,
    steps: Steps,
    directory: Sequence[DirectoryStatement],
    on: date,
    known_at: datetime | None,
    *,
    district: int | None = None,
) -> ReferenceFigure:
    """Count one figure; with a district only what was asked about somebody there."""
    known = [one for one in steps if known_at is None or one.recorded_at <= known_at]
    known.sort(key=lambda one: one.id)
    stories = [story for story in stories_of(known) if about(story, word)]
    if district is not None:
        stories = [story for story in stories if story[0].district == district]
    there = taking_part(directory, on, known_at) if district in (None, 0) else set()
    return COUNTS[word.word](word, stories, known, there, on)


def stories_of(known: Steps) -> list[list[ReferralStatement]]:
    """Return the steps of each ask from the one on which it was sent."""
    stories = []
    for ask in sorted({one.ask for one in known if one.ask}):
        its_own = [one for one in known if one.ask == ask]
        sent = [one for one in its_own if one.event == "sent"]
        if sent:
            stories.append([sent[0], *(one for one in its_own if one is not sent[0])])
    return stories


def about(story, word) -> bool:
    if word.themes and story[0].theme not in word.themes:
        return False
    where = getattr(word, "where", None)
    return where is None or (
        (not where.districts or story[0].district in where.districts)
        and (not where.organisations or story[0].receiver in where.organisations)
    )


def in_window(day: date, on: date, months: int) -> bool:
    return day <= on < months_later(day, months)


def first(story, *events):
    found = [one for one in story[1:] if one.event in events]
    return found[0] if found else None


def whole_over(story, known) -> date | None:
    """When the referral as a whole was ended by its sender."""
    ended = [
        one
        for one in known
        if one.referral == story[0].referral and not one.ask and one.event in ("revoked", "stopped")
    ]
    return ended[0].on if ended else None


def pairs_of(word, stories, on):
    found = set()
    for sent, *_ in stories:
        if sent.sender in {-1, sent.receiver}:
            continue
        if getattr(word, "between_partners", False) and 0 in (sent.sender, sent.receiver):
            continue
        if in_window(sent.on, on, word.months):
            found.add((sent.sender, sent.receiver))
    return found


def count_pairs(word, stories, known, there, on):
    return ReferenceFigure(len(pairs_of(word, stories, on)), {})


def count_both_ways(word, stories, known, there, on):
    pairs = pairs_of(word, stories, on)
    connected = {frozenset(pair) for pair in pairs}
    both = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
    return share("both_ways", len(both), "connected", len(connected))


def count_answered(word, stories, known, there, on):
    in_time = due = 0
    for story in stories:
        last = story[0].due_on
        if last is None or not in_window(last, on, word.months):
            continue
        answer = first(story, "accepted", "declined", "forwarded")
        needless = first(story, "overtaken", "revoked", "stopped")
        ends = [one for one in (needless and needless.on, whole_over(story, known)) if one]
        if answer is None and ends and min(ends) <= last:
            continue
        due += 1
        in_time += answer is not None and answer.on <= last
    return share("in_time", in_time, "due", due)


def count_feedback(word, stories, known, there, on):
    good = due = 0
    for story in stories:
        accepted = first(story, "accepted")
        last = accepted.due_on if accepted else None
        if last is None or not in_window(last, on, word.months):
            continue
        told = first(story, "started", "done", "stopped")
        gone = first(story, "forwarded", "handed_back")
        ends = [one for one in (gone and gone.on, whole_over(story, known)) if one]
        if told is None and ends and min(ends) <= last:
            continue
        due += 1
        good += told is not None and told.on <= last
    return share("with_feedback", good, "feedback_due", due)


def count_days(word, stories, known, there, on):
    days = []
    for story in stories:
        answer = first(story, "accepted", "declined", "forwarded")
        if answer is not None and in_window(answer.on, on, word.months):
            days.append(max((answer.on - story[0].on).days, 0))
    days.sort()
    return ReferenceFigure(days[(len(days) - 1) // 2] if days else 0, {"answered": len(days)})


def count_partners(word, stories, known, there, on):
    busy = {party for pair in pairs_of(word, stories, on) for party in pair}
    parts = {"not_connected": len(there - busy), "with_referrals": len(there & busy)}
    return ReferenceFigure(parts["not_connected"], parts)


def taking_part(directory, on: date, known_at: datetime | None) -> set[int]:
    last = {}
    for one in directory:
        if known_at is None or one.recorded_at <= known_at:
            last[one.organisation] = one
    return {
        number
        for number, one in last.items()
        if one.joins_on <= on and (one.leaves_on is None or on < one.leaves_on)
    }


def share(part_name: str, part: int, whole_name: str, whole: int) -> ReferenceFigure:
    value = int(part * 100 / whole + 0.5) if whole else 0
    return ReferenceFigure(value, {part_name: part, whole_name: whole})


COUNTS = {
    "referral_pairs": count_pairs,
    "referral_reciprocity": count_both_ways,
    "referrals_answered_in_time": count_answered,
    "referrals_with_feedback": count_feedback,
    "days_to_answer": count_days,
    "partners_not_connected": count_partners,
}
