"""Why something about a participation job is refused, for people to read."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.rules.participation_job.problems import ClockProblem

PROBLEMS: Mapping[ClockProblem, Promise] = {
    ClockProblem.NO_STRETCH: _(
        "Deze inwoner is nog niet begonnen op een participatiebaan. Leg dit vast na de eerste dag."
    ),
    ClockProblem.STRETCH_ENDS_BEFORE_START: _(
        "Een periode stopt voordat die begint. Kies een latere laatste dag."
    ),
    ClockProblem.STRETCHES_OVERLAP: _(
        "Twee periodes gaan over dezelfde dagen. Kijk welke dagen kloppen."
    ),
    ClockProblem.LEFT_OUT_WITHOUT_OTHER_PROVISION: _(
        "Alleen werk via een andere voorziening telt niet mee (artikel 10a, derde lid)."
    ),
    ClockProblem.ASSESSED_BEFORE_START: _(
        "Een beoordeling ligt voor de eerste dag van het werk. Kies een latere dag, of verbeter "
        "de eerste dag."
    ),
    ClockProblem.ASSESSED_TOO_EARLY: _(
        "Een beoordeling komt te vroeg. Beoordeel dit als de dag die de wet noemt dichterbij is "
        "(artikel 10a, achtste, negende en tiende lid)."
    ),
    ClockProblem.ASSESSED_TWICE: _("Dezelfde beoordeling staat er twee keer. Neem er een terug."),
    ClockProblem.EXTENSION_NUMBER: _(
        "Er is een eerste en een tweede verlenging, elk één keer (artikel 10a, negende en tiende "
        "lid)."
    ),
    ClockProblem.EXTENSION_WITHOUT_FIRST: _(
        "De tweede verlenging kan pas na de eerste (artikel 10a, tiende lid)."
    ),
    ClockProblem.EXTENSION_NOT_ASSESSED: _(
        "Beoordeel eerst of doorgaan de kans op werk veel beter maakt, op of voor de dag van "
        "dit besluit (artikel 10a, negende en tiende lid)."
    ),
    ClockProblem.EXTENSION_CHANCE_NOT_BETTER: _(
        "De kans op werk wordt niet veel beter, zo is beoordeeld. Dan is er geen verlenging "
        "(artikel 10a, negende en tiende lid)."
    ),
    ClockProblem.EXTENSION_SAME_WORK: _(
        "In het derde jaar doet iemand ander werk (artikel 10a, negende lid). Leg eerst vast "
        "welk ander werk dat is."
    ),
    ClockProblem.EXTENSION_SAME_ENVIRONMENT: _(
        "In het derde jaar werkt iemand in een andere omgeving (artikel 10a, negende lid). Leg "
        "eerst vast welke omgeving dat is."
    ),
    ClockProblem.EXTENSION_TOO_EARLY: _(
        "Een verlenging komt te vroeg. Besluit hierover als het einde van de termijn dichterbij "
        "is (artikel 10a, negende en tiende lid)."
    ),
    ClockProblem.EXTENSION_TOO_LATE: _(
        "Verlengen kan alleen voordat de termijn voorbij is (artikel 10a, negende en tiende lid)."
    ),
    ClockProblem.PERIOD_NOT_OVER: _(
        "Over de premie besluit u als de zes maanden voorbij zijn (artikel 10a, zesde lid)."
    ),
    ClockProblem.BIRTH_DATE_UNKNOWN: _(
        "De geboortedatum is niet bekend. Die bepaalt of de premie meetelt als inkomen (artikel "
        "31, vijfde lid)."
    ),
    ClockProblem.WAGE_SUBSIDY_GROUP_UNKNOWN: _(
        "Leg eerst vast of de inwoner bij de groep van de loonkostensubsidie hoort. Onder de 27 "
        "bepaalt dat of de premie meetelt als inkomen (artikel 31, vijfde lid)."
    ),
}


def sentences(problems: Iterable[ClockProblem]) -> list[str]:
    """Return what is wrong, a sentence each."""
    return [str(PROBLEMS[problem]) for problem in problems]
