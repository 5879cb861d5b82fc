"""The dates of the law in a participation job, in words."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.participation_job.decided import Answer, Decided, Matter
from meedoen.rules.participation_job.exempt import WhyNotExempt
from meedoen.rules.participation_job.facts import SchoolingChoice
from meedoen.rules.participation_job.milestones import (
    Because,
    Milestone,
    MilestoneKind,
    MilestoneState,
)
from meedoen.rules.participation_job.premium import WhyPremium
from meedoen.web.shared.figures import day_text, locale_name

MATTERS: Mapping[Matter, Promise] = {
    Matter.SCHOOLING: gettext_lazy("Scholing"),
    Matter.CHANCE: gettext_lazy("Kans op werk na negen maanden"),
    Matter.GO_ON_THIRD_YEAR: gettext_lazy("Beoordeling voor het derde jaar"),
    Matter.GO_ON_FOURTH_YEAR: gettext_lazy("Beoordeling voor het vierde jaar"),
    Matter.EXTENSION: gettext_lazy("Verlenging"),
    Matter.LEFT_OUT: gettext_lazy("Werk dat niet meetelt"),
    Matter.PREMIUM: gettext_lazy("Premie"),
    Matter.PAYMENT: gettext_lazy("Betaalde premie"),
    Matter.START_QUALIFICATION: gettext_lazy("Startkwalificatie"),
    Matter.WAGE_SUBSIDY_GROUP: gettext_lazy("Groep van de loonkostensubsidie"),
}
ANSWERS: Mapping[Answer, Promise] = {
    Answer.YES: gettext_lazy("Ja"),
    Answer.NO: gettext_lazy("Nee"),
    Answer.UNKNOWN: gettext_lazy("Niet bekend"),
}
SCHOOLING_CHOICES: Mapping[SchoolingChoice, Promise] = {
    SchoolingChoice.OFFERED: gettext_lazy("De gemeente bood scholing aan"),
    SchoolingChoice.BEYOND_POWERS: gettext_lazy("Scholing gaat de krachten te boven"),
    SchoolingChoice.NOT_HELPFUL: gettext_lazy("Scholing helpt niet naar werk"),
}
STATES: Mapping[MilestoneState, Promise] = {
    MilestoneState.AHEAD: gettext_lazy("Komt nog"),
    MilestoneState.NOW: gettext_lazy("Nu aan de beurt"),
    MilestoneState.OVERDUE: gettext_lazy("Te laat"),
    MilestoneState.DONE: gettext_lazy("Gedaan"),
    MilestoneState.LAPSED: gettext_lazy("Voorbij"),
    MilestoneState.DOES_NOT_APPLY: gettext_lazy("Niet van toepassing"),
}
STATE_KINDS: Mapping[MilestoneState, str] = {
    MilestoneState.AHEAD: "neutral",
    MilestoneState.NOW: "warning",
    MilestoneState.OVERDUE: "danger",
    MilestoneState.DONE: "success",
    MilestoneState.LAPSED: "inactive",
    MilestoneState.DOES_NOT_APPLY: "inactive",
}
BECAUSE: Mapping[Because, Promise] = {
    Because.BY_LAW: gettext_lazy("Dit volgt uit de datum."),
    Because.HAS_START_QUALIFICATION: gettext_lazy("Er is een startkwalificatie."),
    Because.START_QUALIFICATION_UNKNOWN: gettext_lazy(
        "Niet bekend is of er een startkwalificatie is. Vraag het na."
    ),
    Because.SCHOOLING_OFFERED: gettext_lazy("Scholing is aangeboden."),
    Because.BEYOND_POWERS: gettext_lazy("Scholing gaat de krachten te boven."),
    Because.NOT_HELPFUL: gettext_lazy("Scholing helpt niet naar werk."),
    Because.PREMIUM_GRANTED: gettext_lazy("De premie is toegekend."),
    Because.PREMIUM_REFUSED: gettext_lazy("Er is besloten dat er geen premie is."),
    Because.AGE_UNKNOWN: gettext_lazy(
        "De leeftijd is niet bekend; die bepaalt of de premie meetelt als inkomen."
    ),
    Because.UNDER_AGE: gettext_lazy("Onder de 27: de premie telt mee als inkomen."),
    Because.WAGE_SUBSIDY_GROUP_UNKNOWN: gettext_lazy(
        "Onder de 27: leg vast of de inwoner bij de groep van de loonkostensubsidie hoort."
    ),
    Because.CHANCE_GREW: gettext_lazy("De kans op werk wordt groter, zo is beoordeeld."),
    Because.CHANCE_DID_NOT_GROW: gettext_lazy(
        "De kans op werk wordt niet groter, zo is beoordeeld."
    ),
    Because.NOT_ASSESSED: gettext_lazy("Geldt alleen als de kans op werk niet groter werd."),
    Because.EXTENDED: gettext_lazy("De termijn is verlengd."),
    Because.NOT_EXTENDED: gettext_lazy("De termijn is niet zo ver verlengd."),
    Because.ENDS_BEFORE: gettext_lazy("Het werk stopt voor deze dag."),
    Because.ENDED_IN_TIME: gettext_lazy("Het werk stopte op tijd."),
    Because.ENDED_TOO_LATE: gettext_lazy("Het werk ging door na deze dag, en is nu gestopt."),
    Because.ENDED_WITHOUT: gettext_lazy("Het werk stopte voordat dit was gedaan."),
    Because.PASSED: gettext_lazy("Deze dag is voorbij."),
}
MILESTONES: Mapping[MilestoneKind, Promise] = {
    MilestoneKind.SCHOOLING_OFFER: gettext_lazy("Scholing aanbieden"),
    MilestoneKind.PREMIUM: gettext_lazy("Premie"),
    MilestoneKind.ASSESS_CHANCE: gettext_lazy("Kans op werk beoordelen"),
    MilestoneKind.ENDS_WITHOUT_CHANCE: gettext_lazy("Einde als de kans op werk niet groeit"),
    MilestoneKind.WARNING: gettext_lazy("Vooruitkijken"),
    MilestoneKind.ASSESS_FIRST_EXTENSION: gettext_lazy("Derde jaar beoordelen"),
    MilestoneKind.END_OF_TERM: gettext_lazy("Einde van de termijn"),
    MilestoneKind.ASSESS_SECOND_EXTENSION: gettext_lazy("Vierde jaar beoordelen"),
    MilestoneKind.ABSOLUTE_END: gettext_lazy("Einde na de langste termijn"),
}
_GOING_ON = {
    Answer.YES: gettext_lazy("Doorgaan maakt de kans veel beter"),
    Answer.NO: gettext_lazy("Doorgaan maakt de kans niet veel beter"),
}
ASSESSED: Mapping[Matter, Mapping[Answer, Promise]] = {
    Matter.CHANCE: {
        Answer.YES: gettext_lazy("Groter geworden"),
        Answer.NO: gettext_lazy("Niet groter geworden"),
    },
    Matter.GO_ON_THIRD_YEAR: _GOING_ON,
    Matter.GO_ON_FOURTH_YEAR: _GOING_ON,
}
TO_DO: Mapping[MilestoneKind, Promise] = {
    MilestoneKind.SCHOOLING_OFFER: gettext_lazy("Bied scholing aan, of leg vast waarom niet."),
    MilestoneKind.PREMIUM: gettext_lazy("Besluit over de premie."),
    MilestoneKind.ASSESS_CHANCE: gettext_lazy("Beoordeel of de kans op werk groter werd."),
    MilestoneKind.ENDS_WITHOUT_CHANCE: gettext_lazy("Stop de plaatsing op tijd."),
    MilestoneKind.WARNING: gettext_lazy("Bespreek wat hierna komt."),
    MilestoneKind.ASSESS_FIRST_EXTENSION: gettext_lazy(
        "Beoordeel of een derde jaar de kans op werk veel beter maakt."
    ),
    MilestoneKind.END_OF_TERM: gettext_lazy("Stop de plaatsing op tijd, of verleng eerst."),
    MilestoneKind.ASSESS_SECOND_EXTENSION: gettext_lazy(
        "Beoordeel of een vierde jaar de kans op werk veel beter maakt."
    ),
    MilestoneKind.ABSOLUTE_END: gettext_lazy("Stop de plaatsing op tijd."),
}
WHY_PREMIUM: Mapping[WhyPremium, Promise] = {
    WhyPremium.WHOLE: gettext_lazy("De hele premie."),
    WhyPremium.PART: gettext_lazy("Een deel, naar het aantal uren."),
    WhyPremium.DID_NOT_COOPERATE: gettext_lazy("Geen premie: niet genoeg meegewerkt."),
    WhyPremium.PERIOD_TOO_SHORT: gettext_lazy("Geen premie: de zes maanden zijn niet vol."),
    WhyPremium.TOO_FEW_HOURS: gettext_lazy("Geen premie: te weinig uren."),
    WhyPremium.BROKEN: gettext_lazy("Geen premie: te weinig maanden zonder onderbreking."),
}
NOT_EXEMPT: Mapping[WhyNotExempt, Promise] = {
    WhyNotExempt.ABOVE_YEARLY_AMOUNT: gettext_lazy("meer dan het bedrag voor dit jaar"),
    WhyNotExempt.TOO_MANY_PAYMENTS: gettext_lazy("er waren dit jaar al genoeg betalingen"),
    WhyNotExempt.UNDER_AGE: gettext_lazy("jonger dan 27"),
}


def milestone_name(one: Milestone) -> str:
    """Return what falls on a date."""
    name = str(MILESTONES[one.kind])
    return f"{name} {one.number}" if one.kind is MilestoneKind.PREMIUM else name


def answer_text(one: Decided) -> str:
    """Return what was decided, in a few words."""
    match one.matter:
        case Matter.SCHOOLING:
            return str(SCHOOLING_CHOICES[SchoolingChoice(one.choice)])
        case Matter.EXTENSION:
            return _("Een jaar langer")
        case Matter.LEFT_OUT:
            return _left_out_text(one)
        case Matter.PREMIUM | Matter.PAYMENT:
            return money_text(one.cents)
        case _:
            words = ASSESSED.get(one.matter, ANSWERS)
            return str(words[Answer(one.choice)])


def _left_out_text(one: Decided) -> str:
    if one.ends_on is None:
        return _("Vanaf %(first)s") % {"first": day_text(one.on)}
    last = one.ends_on - timedelta(days=1)
    return _("Van %(first)s tot en met %(last)s") % {
        "first": day_text(one.on),
        "last": day_text(last),
    }


def money_text(cents: int) -> str:
    """Write an amount in whole cents as euros: "€ 150,00"."""
    return format_currency(Decimal(cents) / 100, "EUR", locale=locale_name())
