"""The words of measuring: life domains, steps, instruments, and how people changed.

The names of the domains are those of the Zelfredzaamheid-Matrix 2017 (copyright GGD Amsterdam);
what explains them, and the words of the steps, are our own.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from meedoen.rules.ladder.due import Instrument
from meedoen.rules.ladder.life_domains import LifeDomain
from meedoen.rules.ladder.step_growth import StepChange, StepGrowthClass
from meedoen.web.shared.words import Words

LIFE_DOMAINS: Mapping[LifeDomain, Words] = {
    LifeDomain.FINANCES: _("Financiën"),
    LifeDomain.WORK_AND_EDUCATION: _("Werk en opleiding"),
    LifeDomain.USE_OF_TIME: _("Tijdsbesteding"),
    LifeDomain.HOUSING: _("Huisvesting"),
    LifeDomain.DOMESTIC_RELATIONS: _("Huiselijke relaties"),
    LifeDomain.MENTAL_HEALTH: _("Geestelijke gezondheid"),
    LifeDomain.PHYSICAL_HEALTH: _("Lichamelijke gezondheid"),
    LifeDomain.SUBSTANCE_USE: _("Middelengebruik"),
    LifeDomain.BASIC_DAILY_LIVING: _("Zichzelf verzorgen (basale ADL)"),
    LifeDomain.INSTRUMENTAL_DAILY_LIVING: _("Huishouden en regelen (instrumentele ADL)"),
    LifeDomain.SOCIAL_NETWORK: _("Sociaal netwerk"),
    LifeDomain.SOCIAL_PARTICIPATION: _("Maatschappelijke participatie"),
    LifeDomain.JUSTICE: _("Justitie"),
}

STEPS: Mapping[int, Words] = {
    1: _("Acute problemen: er is nu meteen iets nodig"),
    2: _("Redt zich niet zelf"),
    3: _("Redt zich voor een deel zelf"),
    4: _("Redt zich meestal zelf"),
    5: _("Redt zich helemaal zelf"),
}

STEPS_FOR_RESIDENT: Mapping[int, Words] = {
    1: _("Grote problemen: er is nu meteen iets nodig"),
    2: _("Dit lukt u niet zelf"),
    3: _("Dit lukt u voor een deel zelf"),
    4: _("Dit lukt u meestal zelf"),
    5: _("Dit lukt u helemaal zelf"),
}

STEPS_SHORT: Mapping[int, Words] = {
    1: _("acuut"),
    2: _("niet zelf"),
    3: _("deels zelf"),
    4: _("meestal zelf"),
    5: _("volledig zelf"),
}

STEP_CHANGES: Mapping[StepChange, Words] = {
    StepChange.UP: _("Omhoog"),
    StepChange.DOWN: _("Omlaag"),
    StepChange.EQUAL: _("Gelijk"),
    StepChange.MEASURED_ONCE: _("Eerste keer"),
}

STEP_CHANGE_KINDS: Mapping[StepChange, str] = {
    StepChange.UP: "success",
    StepChange.DOWN: "warning",
    StepChange.EQUAL: "neutral",
    StepChange.MEASURED_ONCE: "inactive",
}
"""The kind of status badge that goes with a change; its words say the same."""

STEP_GROWTH: Mapping[StepGrowthClass, Words] = {
    StepGrowthClass.GROWTH: _("Alleen omhoog"),
    StepGrowthClass.MIXED: _("Deels omhoog, deels omlaag"),
    StepGrowthClass.EQUAL: _("Gelijk gebleven"),
    StepGrowthClass.DECLINE: _("Alleen omlaag"),
    StepGrowthClass.MEASURED_ONCE: _("Eén keer gemeten"),
}

INSTRUMENTS: Mapping[Instrument, Words] = {
    Instrument.LADDER: _("Participatieladder"),
    Instrument.LIFE_DOMAINS: _("Leefgebieden"),
}

INSTRUMENT_NAMES_SHORT: Mapping[Instrument, Words] = {
    Instrument.LADDER: _("Trede"),
    Instrument.LIFE_DOMAINS: _("Leefgebieden"),
}

NOT_MEASURED: Words = _("Niet gemeten")


def step_text(step: int) -> str:
    """Return a step with its word: "3, deels zelf"."""
    return f"{step}, {STEPS_SHORT[step]}"
