"""What is wrong with what somebody writes down about sheltered work, in sentences for people."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.health import health_fault
from meedoen.records.sheltered.limits import LONGEST_TEXT
from meedoen.rules.sheltered.columns import MOST_HOURS, PER_HOUR
from meedoen.rules.sheltered.states import StepProblem


def refuse(faults: Iterable[str]) -> None:
    """Raise ActionRefusedError with every fault, each once; do nothing when there are none."""
    if found := list(dict.fromkeys(faults)):
        raise ActionRefusedError(" ".join(found))


def faults_of_day(day: date, first: date | None = None) -> Iterator[str]:
    """Say what is wrong with a day: it is to come, or lies before what went before it."""
    if day > clock.today():
        yield _("De datum ligt in de toekomst. Vul de dag in waarop het was.")
    if first is not None and day < first:
        yield _("De datum ligt voor %(day)s, de dag van de stap ervoor. Kies een latere dag.") % {
            "day": first.strftime("%d-%m-%Y")
        }


def faults_of_text(text: str) -> Iterator[str]:
    """Say what is wrong with words of somebody's own: too long, or about health."""
    if len(text) > LONGEST_TEXT:
        yield _("Schrijf het in hoogstens %(most)s tekens op.") % {"most": LONGEST_TEXT}
    if fault := health_fault(text):
        yield fault


def faults_of_hours(hours: Decimal | None) -> Iterator[str]:
    """Say what is wrong with the hours of a week; None is that nobody knows them."""
    if hours is None:
        return
    many = hours * PER_HOUR
    if not 0 < hours <= MOST_HOURS or many != many.to_integral_value():
        yield _(
            "Vul de uren per week in: meer dan 0, hoogstens 168, met hoogstens twee cijfers "
            "achter de komma."
        )


def step_sentence(problem: StepProblem) -> str:
    """Say why a step is refused, and what to do."""
    match problem:
        case StepProblem.NO_SUCH_STEP:
            return _(
                "Deze stap kan nu niet: het traject is intussen verder. Open de pagina opnieuw."
            )
        case StepProblem.WRONG_PARTY:
            return _("Deze stap zet iemand anders. Kijk wie dit beslist.")
        case StepProblem.REASON_MISSING:
            return _("Kies de reden van deze stap.")
        case StepProblem.REASON_DOES_NOT_FIT:
            return _("Deze reden past niet bij deze stap. Kies een andere reden.")
        case StepProblem.EXPLANATION_MISSING:
            return _("Schrijf op waarom de gemeente dit beslist: bij dit besluit is dat nodig.")
