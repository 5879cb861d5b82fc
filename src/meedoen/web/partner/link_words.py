"""What people read about a signed link: why it does not hold, and what was answered with it."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.links.state import LinkProblem
from meedoen.records.placements.asked import NOT_COMING
from meedoen.records.referrals.answers import ACCEPTED, FORWARDED
from meedoen.records.referrals.course import STARTED
from meedoen.rules.vocabulary import (
    FreshnessAnswer,
    HandBackReason,
    LinkPurpose,
    PlacementState,
    SignUpState,
)
from meedoen.web.partner.mails.again import OF_REFERRALS
from meedoen.web.shared.figures import day_text

PROBLEMS: Mapping[LinkProblem, Promise] = {
    LinkProblem.ANSWERED: gettext_lazy("U heeft deze vraag al beantwoord."),
    LinkProblem.EXPIRED: gettext_lazy("Deze link is verlopen. U kunt een nieuwe vragen."),
    LinkProblem.REVOKED: gettext_lazy("Deze link is ingetrokken. U kunt een nieuwe vragen."),
    LinkProblem.OWNER_CHANGED: gettext_lazy(
        "Iemand anders beantwoordt deze vraag nu. U hoeft niets te doen. Klopt dat niet? Bel dan "
        "de gemeente."
    ),
    LinkProblem.ORGANISATION_LEFT: gettext_lazy(
        "Uw organisatie doet niet meer mee in Meedoen. U hoeft niets te doen. Klopt dat niet? Bel "
        "dan de gemeente."
    ),
    LinkProblem.SUBJECT_OVER: gettext_lazy(
        "Deze vraag is niet meer nodig: die is al op een andere manier beantwoord, of het gaat "
        "niet meer door. U hoeft niets te doen."
    ),
}

FRESHNESS_ANSWERS: Mapping[FreshnessAnswer, Promise] = {
    FreshnessAnswer.STILL_RIGHT: gettext_lazy("De plek klopt nog."),
    FreshnessAnswer.FULL: gettext_lazy("De plek is vol."),
    FreshnessAnswer.STOPPED: gettext_lazy("De plek is gestopt."),
    FreshnessAnswer.CHANGED: gettext_lazy(
        "Er is iets veranderd. Een coach verwerkt wat u schreef."
    ),
}

SIGN_UP_ANSWERS: Mapping[SignUpState, Promise] = {
    SignUpState.NEW: gettext_lazy("Nog niet beantwoord"),
    SignUpState.CONTACTED: gettext_lazy("U heeft contact gehad met deze persoon."),
    SignUpState.CLOSED: gettext_lazy("De aanmelding is afgesloten."),
}


def problem_words(purpose: LinkPurpose, problem: LinkProblem) -> Promise:
    """Return why a link does not hold, and what to do."""
    if purpose in OF_REFERRALS and problem is LinkProblem.REVOKED:
        return PROBLEMS[LinkProblem.SUBJECT_OVER]
    return PROBLEMS[problem]


def answered_words(purpose: LinkPurpose, answer: str) -> str:
    """Return what was answered with a link, without anything about anybody."""
    match purpose:
        case LinkPurpose.CONFIRM_PLACE:
            return str(FRESHNESS_ANSWERS[FreshnessAnswer(answer)])
        case LinkPurpose.ANSWER_SIGN_UP:
            return str(SIGN_UP_ANSWERS[SignUpState(answer)])
        case LinkPurpose.CONFIRM_START:
            return _start_words(answer)
        case LinkPurpose.CONFIRM_MONTH:
            return _("U heeft de maand bevestigd.")
        case LinkPurpose.ACCEPT_INVITATION:
            return _("U heeft een wachtwoord gekozen. U kunt nu inloggen.")
        case LinkPurpose.ANSWER_REFERRAL | LinkPurpose.TELL_REFERRAL:
            to_answer = purpose is LinkPurpose.ANSWER_REFERRAL
            return _referral_words(answer) if to_answer else _told_words(answer)


def _referral_words(answer: str) -> str:
    """Return what was answered to a referral, and what follows."""
    if answer == ACCEPTED:
        return _(
            "U zei ja. Dank u wel! U krijgt zo een mail met een nieuwe link. Daarmee leest u de "
            "vraag opnieuw, en vertelt u later hoe het gaat."
        )
    if answer == FORWARDED:
        return _("U stuurde de vraag door. De afzender ziet naar wie. U hoeft niets meer te doen.")
    return _("U zei nee. De afzender leest waarom, en zoekt verder. U hoeft niets meer te doen.")


def _told_words(answer: str) -> str:
    """Return what was told after a yes, and what follows."""
    if answer == STARTED:
        return _(
            "U vertelde dat het begon. Dank u wel! U krijgt zo een mail met een nieuwe link. "
            "Daarmee vertelt u later wat ervan kwam."
        )
    if answer in set(HandBackReason):
        return _("U gaf de vraag terug. De afzender zoekt verder. U hoeft niets meer te doen.")
    return _(
        "U vertelde wat ervan kwam. Dank u wel! De afzender leest dat. U hoeft niets meer te doen."
    )


def _start_words(answer: str) -> str:
    """Return what was told about a start: a state with its first day, or that nothing comes of it.

    The first links kept the day alone.
    """
    if answer == NOT_COMING:
        return _("U liet weten dat het niet doorgaat. De coach krijgt dit te zien.")
    state, _space, day = answer.rpartition(" ")
    told = {"day": day_text(date.fromisoformat(day))}
    if state == PlacementState.TRIAL:
        return _("De eerste dag, op proef, was %(day)s.") % told
    return _("De eerste dag was %(day)s.") % told
