"""Reading what a version counts: the word of the language and its filters."""

from collections.abc import Callable, Mapping

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    Word,
)
from meedoen.rules.indicators.people_word_reader import PEOPLE_READERS
from meedoen.rules.indicators.place_word_reader import PLACE_READERS
from meedoen.rules.indicators.tables import Table
from meedoen.rules.indicators.word_keys import read_asked, read_months
from meedoen.rules.vocabulary import Theme


def read_word(table: Table) -> Word | None:
    """Read the word that a version counts; None when there is no such word, or only half of it."""
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


def _referral_pairs(table: Table) -> ReferralPairs:
    return ReferralPairs(
        read_months(table), _themes(table), _between_partners(table), read_asked(table)
    )


def _referral_reciprocity(table: Table) -> ReferralReciprocity:
    return ReferralReciprocity(
        read_months(table), _themes(table), _between_partners(table), read_asked(table)
    )


def _referrals_answered(table: Table) -> ReferralsAnswered:
    return ReferralsAnswered(read_months(table), _themes(table), read_asked(table))


def _referrals_with_feedback(table: Table) -> ReferralsWithFeedback:
    return ReferralsWithFeedback(read_months(table), _themes(table), read_asked(table))


def _days_to_answer(table: Table) -> DaysToAnswer:
    return DaysToAnswer(read_months(table), _themes(table), read_asked(table))


def _partners_not_connected(table: Table) -> PartnersNotConnected:
    return PartnersNotConnected(read_months(table), _themes(table))


READERS: Mapping[str, Callable[[Table], Word | None]] = {
    **PEOPLE_READERS,
    **PLACE_READERS,
    ReferralPairs.word: _referral_pairs,
    ReferralReciprocity.word: _referral_reciprocity,
    ReferralsAnswered.word: _referrals_answered,
    ReferralsWithFeedback.word: _referrals_with_feedback,
    DaysToAnswer.word: _days_to_answer,
    PartnersNotConnected.word: _partners_not_connected,
}


def _themes(table: Table) -> tuple[Theme, ...]:
    return table.choices("themes", Theme)


def _between_partners(table: Table) -> bool:
    return bool(table.truth("between_partners"))
