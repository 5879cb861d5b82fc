"""How a figure about referrals was counted, in sentences for whoever reads it."""

from datetime import date
from typing import assert_never

from meedoen.rules.indicators.explain_places import SOME_DISTRICTS
from meedoen.rules.indicators.labels import THEMES
from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
    ReferralWord,
)
from meedoen.rules.indicators.said import day_said, listed
from meedoen.rules.indicators.texts import Text

PERIOD = Text(
    "We keken naar de {months} maanden tot en met {on}.",
    "We looked at the {months} months up to and including {on}.",
)
PAIRS = Text(
    "We telden paren: wie verwees, en naar wie. Heen en terug zijn twee paren.",
    "We counted pairs: who referred, and to whom. There and back are two pairs.",
)
NO_RESIDENTS = Text(
    "Wat inwoners zelf vragen, telt hier niet mee.",
    "What residents ask for themselves does not count here.",
)
PARTNERS_ONLY = Text(
    "Wat van of naar de gemeente zelf ging, telt hier niet mee.",
    "What went from or to the municipality itself does not count here.",
)
BOTH_WAYS = Text(
    "Van de paren waartussen iets ging, telden we in welk deel het twee kanten op ging.",
    "Of the pairs between which anything went, we counted in which share it went both ways.",
)
ANSWERED = Text(
    "We telden vragen aan een ontvanger waarvan de laatste dag voor een antwoord in die tijd viel. "
    "Een antwoord is ja, nee of doorsturen.",
    "We counted asks to a receiver of which the last day for an answer fell in that time. An "
    "answer is yes, no, or sending on.",
)
NO_ANSWER_NEEDED = Text(
    "Als een ander eerder ja zei of de vraag was teruggenomen, was geen antwoord meer nodig: dat "
    "telt niet mee.",
    "When another one said yes first or the ask was taken back, no answer was needed any more: "
    "that does not count.",
)
FEEDBACK = Text(
    "We telden verwijzingen waar iemand ja op zei, en waarvan de laatste dag voor bericht in die "
    "tijd viel. Bericht is dat het begon, klaar was of stopte.",
    "We counted referrals to which somebody said yes, and of which the last day for feedback fell "
    "in that time. Feedback is that it began, was done or stopped.",
)
NO_FEEDBACK_NEEDED = Text(
    "Wat voor die dag was teruggegeven, doorgestuurd of door de afzender gestopt, telt niet mee.",
    "What was handed back, sent on or stopped by the sender before that day does not count.",
)
MEDIAN = Text(
    "We telden de dagen van sturen tot antwoord, van alles wat in die tijd antwoord kreeg. Het "
    "cijfer is het kleinste aantal dagen waarin ten minste de helft antwoord had.",
    "We counted the days from sending to the answer, of all that was answered in that time. The "
    "figure is the smallest number of days within which at least half had an answer.",
)
NOT_CONNECTED = Text(
    "We telden organisaties die op {on} meededen en in die tijd geen verwijzing stuurden of "
    "kregen.",
    "We counted organisations that took part on {on} and neither sent nor got a referral in that "
    "time.",
)
WHOLE_PER_CENT = Text(
    "Het cijfer is een heel percentage. Als er niets is om een deel van te nemen, is er geen "
    "cijfer.",
    "The figure is a whole per cent. When there is nothing to take a share of, there is no figure.",
)
ASKED_OF_SOME = Text(
    "We keken naar wat aan een deel van de organisaties is gevraagd, niet naar alles.",
    "We looked at what some of the organisations were asked, not at everything.",
)
ABOUT = Text("Het onderwerp was: {names}.", "It was about: {names}.")


def explain_referrals(word: ReferralWord, on: date) -> list[Text]:
    """Say what of the referrals was counted on a day."""
    period = PERIOD.filled(months=word.months, on=day_said(on))
    themes = [ABOUT.filled(names=listed(THEMES, word.themes))] if word.themes else []
    return [period, *themes, *_asked(word), *_counted(word, on)]


def _asked(word: ReferralWord) -> list[Text]:
    """Say which districts and organisations were looked at, if not all."""
    if isinstance(word, PartnersNotConnected):
        return []
    said = [SOME_DISTRICTS] if word.where.districts else []
    return [*said, ASKED_OF_SOME] if word.where.organisations else said


def _counted(word: ReferralWord, on: date) -> list[Text]:
    match word:
        case ReferralPairs():
            return [PAIRS, NO_RESIDENTS, *_partners_only(word)]
        case ReferralReciprocity():
            return [BOTH_WAYS, NO_RESIDENTS, *_partners_only(word), WHOLE_PER_CENT]
        case ReferralsAnswered():
            return [ANSWERED, NO_ANSWER_NEEDED, WHOLE_PER_CENT]
        case ReferralsWithFeedback():
            return [FEEDBACK, NO_FEEDBACK_NEEDED, WHOLE_PER_CENT]
        case DaysToAnswer():
            return [MEDIAN]
        case PartnersNotConnected():
            return [NOT_CONNECTED.filled(on=day_said(on)), NO_RESIDENTS]
        case _:
            assert_never(word)


def _partners_only(word: ReferralPairs | ReferralReciprocity) -> list[Text]:
    return [PARTNERS_ONLY] if word.between_partners else []
