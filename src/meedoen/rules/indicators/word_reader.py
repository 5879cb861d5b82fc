"""Reading what a version counts: the word of the language and its filters."""

from collections.abc import Callable, Mapping, Sequence

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.language import (
    EVENT_KINDS,
    MOST_MONTHS,
    STRETCH_KINDS,
    DaysToAnswer,
    PartnersNotConnected,
    PeopleByGrowth,
    PeopleInState,
    PeopleWithEvent,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    Word,
)
from meedoen.rules.indicators.tables import Table
from meedoen.rules.indicators.texts import Text
from meedoen.rules.vocabulary import EntryKind, Outcome, PlaceKind, PlacementState, Theme

USUAL_MONTHS = 12

NOT_A_STRETCH = Text('"{value}" gebeurt op één dag', '"{value}" happens on one day')
NOT_AN_EVENT = Text('"{value}" duurt langer dan één dag', '"{value}" lasts longer than one day')
ONLY_PLACEMENT = Text("dit kan alleen bij een plaatsing", "this is only possible with a placement")
STATES_NEEDED = Text(
    "bij een plaatsing hoort de stand van die plaatsing",
    "a placement needs the state of that placement",
)
ONLY_ATTEMPT = Text("dit kan alleen bij een poging", "this is only possible with an attempt")


def read_word(table: Table) -> Word | None:
    """Read the word that a version counts; None when there is no such word."""
    word = table.text("word")
    if not word:
        return None
    if word not in READERS:
        what = say.NOT_A_CHOICE.filled(value=f'"{word}"')
        table.wrong("word", what, say.one_of(tuple(READERS)))
        return None
    counted = READERS[word](table)
    table.finish()
    return counted


def _people_in_state(table: Table) -> PeopleInState:
    kind = _kind(table, STRETCH_KINDS, NOT_A_STRETCH)
    if kind is EntryKind.PLACEMENT and not table.has("states"):
        table.wrong("states", STATES_NEEDED, say.one_of(tuple(PlacementState)))
    if kind is EntryKind.BENEFIT:
        _refuse(table, ("states", "place_kinds", "self_found"), ONLY_PLACEMENT)
    return PeopleInState(
        kind=kind or EntryKind.BENEFIT,
        states=table.choices("states", PlacementState),
        place_kinds=table.choices("place_kinds", PlaceKind),
        self_found=table.truth("self_found"),
    )


def _people_with_event(table: Table) -> PeopleWithEvent:
    kind = _kind(table, EVENT_KINDS, NOT_AN_EVENT)
    if kind is not None and kind is not EntryKind.ATTEMPT:
        _refuse(table, ("outcomes",), ONLY_ATTEMPT)
    return PeopleWithEvent(
        kind=kind or EntryKind.ATTEMPT,
        outcomes=table.choices("outcomes", Outcome),
        months=_months(table),
    )


def _people_by_growth(_: Table) -> PeopleByGrowth:
    return PeopleByGrowth()


def _referral_pairs(table: Table) -> ReferralPairs:
    return ReferralPairs(_months(table), _themes(table), _between_partners(table))


def _referral_reciprocity(table: Table) -> ReferralReciprocity:
    return ReferralReciprocity(_months(table), _themes(table), _between_partners(table))


def _referrals_answered(table: Table) -> ReferralsAnswered:
    return ReferralsAnswered(_months(table), _themes(table))


def _referrals_with_feedback(table: Table) -> ReferralsWithFeedback:
    return ReferralsWithFeedback(_months(table), _themes(table))


def _days_to_answer(table: Table) -> DaysToAnswer:
    return DaysToAnswer(_months(table), _themes(table))


def _partners_not_connected(table: Table) -> PartnersNotConnected:
    return PartnersNotConnected(_months(table), _themes(table))


READERS: Mapping[str, Callable[[Table], Word]] = {
    PeopleInState.word: _people_in_state,
    PeopleWithEvent.word: _people_with_event,
    PeopleByGrowth.word: _people_by_growth,
    ReferralPairs.word: _referral_pairs,
    ReferralReciprocity.word: _referral_reciprocity,
    ReferralsAnswered.word: _referrals_answered,
    ReferralsWithFeedback.word: _referrals_with_feedback,
    DaysToAnswer.word: _days_to_answer,
    PartnersNotConnected.word: _partners_not_connected,
}


def _months(table: Table) -> int:
    return table.number("months", 1, MOST_MONTHS) if table.has("months") else USUAL_MONTHS


def _themes(table: Table) -> tuple[Theme, ...]:
    return table.choices("themes", Theme)


def _between_partners(table: Table) -> bool:
    return bool(table.truth("between_partners"))


def _kind(table: Table, possible: Sequence[EntryKind], otherwise: Text) -> EntryKind | None:
    """Read the kind of entry; None, with the mistake noted, when this word cannot count it."""
    before = len(table.findings.mistakes)
    kind = table.choice("kind", EntryKind)
    if len(table.findings.mistakes) > before:
        return None
    if kind not in possible:
        table.wrong("kind", otherwise.filled(value=kind), say.one_of(possible))
        return None
    return kind


def _refuse(table: Table, keys: Sequence[str], what: Text) -> None:
    for key in keys:
        if table.has(key):
            table.wrong(key, what, say.LEAVE_OUT)
