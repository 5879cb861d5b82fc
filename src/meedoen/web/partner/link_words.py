"""What people read about a signed link: why it does not hold, and what was answered with it."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from meedoen.records.links.state import LinkProblem
from meedoen.rules.vocabulary import FreshnessAnswer, LinkPurpose, SignUpState
from meedoen.web.shared.figures import day_text

PROBLEMS: Mapping[LinkProblem, Promise] = {
    LinkProblem.ANSWERED: lazy("U heeft deze vraag al beantwoord."),
    LinkProblem.EXPIRED: lazy("Deze link is verlopen. U kunt een nieuwe vragen."),
    LinkProblem.REVOKED: lazy("Deze link is ingetrokken. U kunt een nieuwe vragen."),
    LinkProblem.OWNER_CHANGED: lazy(
        "Iemand anders beantwoordt deze vraag nu. U hoeft niets te doen. Klopt dat niet? Bel dan "
        "de gemeente."
    ),
    LinkProblem.ORGANISATION_LEFT: lazy(
        "Uw organisatie doet niet meer mee in Meedoen. U hoeft niets te doen. Klopt dat niet? Bel "
        "dan de gemeente."
    ),
    LinkProblem.SUBJECT_OVER: lazy(
        "Deze vraag is niet meer nodig: die is al op een andere manier beantwoord, of het gaat "
        "niet meer door. U hoeft niets te doen."
    ),
}

FRESHNESS_ANSWERS: Mapping[FreshnessAnswer, Promise] = {
    FreshnessAnswer.STILL_RIGHT: lazy("De plek klopt nog."),
    FreshnessAnswer.FULL: lazy("De plek is vol."),
    FreshnessAnswer.STOPPED: lazy("De plek is gestopt."),
    FreshnessAnswer.CHANGED: lazy("Er is iets veranderd. Een coach verwerkt wat u schreef."),
}

SIGN_UP_ANSWERS: Mapping[SignUpState, Promise] = {
    SignUpState.NEW: lazy("Nog niet beantwoord"),
    SignUpState.CONTACTED: lazy("U heeft contact gehad met deze persoon."),
    SignUpState.CLOSED: lazy("De aanmelding is afgesloten."),
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
            day = day_text(date.fromisoformat(answer))
            return _("De eerste dag was %(day)s.") % {"day": day}
        case LinkPurpose.CONFIRM_MONTH:
            return _("U heeft de maand bevestigd.")
        case LinkPurpose.ACCEPT_INVITATION:
            return _("U heeft een wachtwoord gekozen. U kunt nu inloggen.")
