"""What people read about a signed link: why it does not hold, and what was answered with it."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.links.state import LinkProblem
from meedoen.records.placements.asked import NOT_COMING
from meedoen.rules.vocabulary import FreshnessAnswer, LinkPurpose, PlacementState, SignUpState
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


def problem_words(problem: LinkProblem) -> Promise:
    """Return why a link does not hold, and what to do."""
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
            return _("U heeft geantwoord. De afzender kan dat lezen.")


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
