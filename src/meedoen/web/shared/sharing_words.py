"""What may be shared, in words: laws, grounds, ways, and the texts that explain the three things.

An explanation has a version, which is kept with what was noted under it. Changing what it says
means: add a text with a new version at the end of its list. The older ones stay, so that it can
always be told what somebody was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from meedoen.web.shared.words import Words

LEGAL_TASKS: Mapping[LegalTask, Words] = {
    LegalTask.PARTICIPATION: _("Participatiewet"),
    LegalTask.SOCIAL_SUPPORT: _("Wet maatschappelijke ondersteuning (Wmo)"),
    LegalTask.DEBT_HELP: _("Wet gemeentelijke schuldhulpverlening"),
    LegalTask.INTEGRATION: _("Wet inburgering"),
}

LEGAL_TASK_SENTENCES: Mapping[LegalTask, Words] = {
    LegalTask.PARTICIPATION: _("Hulp om mee te doen: contact, een activiteit of werk."),
    LegalTask.SOCIAL_SUPPORT: _("Hulp om thuis te wonen en voor zichzelf te zorgen."),
    LegalTask.DEBT_HELP: _("Hulp bij schulden."),
    LegalTask.INTEGRATION: _("Nederlands leren en de weg vinden in Nederland."),
}

LEGAL_GROUNDS: Mapping[LegalGround, Words] = {
    LegalGround.PUBLIC_TASK: _("Taak van algemeen belang"),
    LegalGround.LEGAL_OBLIGATION: _("Een wet verplicht het"),
    LegalGround.VITAL_INTEREST: _("Iemands leven is in gevaar"),
    LegalGround.CONSENT: _("Toestemming van de inwoner"),
}

LEGAL_GROUND_SENTENCES: Mapping[LegalGround, Words] = {
    LegalGround.PUBLIC_TASK: _("De gewone grond: de gemeente doet wat haar taak is (AVG, 6.1.e)."),
    LegalGround.LEGAL_OBLIGATION: _(
        "In een wet staat dat de gemeente dit moet delen (AVG, 6.1.c)."
    ),
    LegalGround.VITAL_INTEREST: _("Alleen in nood (AVG, 6.1.d)."),
    LegalGround.CONSENT: _(
        "Let op: zelden vrij, want de inwoner is afhankelijk van de gemeente. De inwoner kan de "
        "toestemming altijd intrekken (AVG, 6.1.a)."
    ),
}

OBTAINED_HOW: Mapping[ObtainedHow, Words] = {
    ObtainedHow.SPOKEN: _("In een gesprek"),
    ObtainedHow.WRITTEN: _("Op papier of per mail"),
    ObtainedHow.SIGNED_IN: _("Op deze website"),
}

SHARED: Mapping[Shared, Words] = {
    Shared.NAME_AND_PHONE: _("Naam en telefoonnummer"),
    Shared.WISHES: _("Wat de inwoner wil en graag doet"),
    Shared.TIMES: _("Wanneer de inwoner kan"),
    Shared.LANGUAGE_LEVEL: _("Hoe goed de inwoner Nederlands spreekt"),
    Shared.FUNCTIONAL_LIMITS: _("Wat er niet gaat, nooit waarom"),
    Shared.RUNG: _("Trede op de participatieladder"),
    Shared.PLAN: _("Doelen en acties uit het plan"),
}


class Topic(StrEnum):
    """One of the three separate things."""

    SHARING = "sharing"
    RELEASE = "release"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one of the three things is and what it is not, under a version (year and month)."""

    version: str
    what: Words
    what_not: Words


EXPLANATIONS: Mapping[Topic, Sequence[Explanation]] = {
    Topic.SHARING: (
        Explanation(
            version="2026-11",
            what=_(
                "De gemeente mag een organisatie alleen vertellen wat nodig is voor haar taak. "
                "Hier staat wat dat is, aan wie, en op welke grond. De inwoner weet ervan."
            ),
            what_not=_(
                "Dit is geen toestemming voor alles. Wat niet is aangevinkt, hoort de organisatie "
                "niet. Nooit gedeeld worden: het verhaal, notities, het burgerservicenummer en "
                "gegevens over de uitkering."
            ),
        ),
    ),
    Topic.RELEASE: (
        Explanation(
            version="2026-11",
            what=_(
                "Sommige mensen moeten zwijgen over wat zij weten, zoals een arts of "
                "maatschappelijk werker. De inwoner kan zeggen dat zo iemand iets mag vertellen: "
                "alleen voor dit doel, en tot een dag."
            ),
            what_not=_(
                "De gemeente mag hierdoor niet meer vragen of bewaren dan anders. Een ziekte of "
                "diagnose hoort hier nooit bij."
            ),
        ),
    ),
    Topic.AGREEMENT: (
        Explanation(
            version="2026-11",
            what=_("De inwoner zegt of deze begeleiding gewenst is: ja of nee."),
            what_not=_(
                "Dit is geen toestemming om gegevens te delen. Een nee verandert vanzelf niets: "
                "niet aan de uitkering, niet aan plaatsen en niet aan andere afspraken."
            ),
        ),
    ),
}


def explanation(topic: Topic) -> Explanation:
    """Return the explanation that is shown now."""
    return EXPLANATIONS[topic][-1]


def versions(topic: Topic) -> list[str]:
    """Return every version there ever was, the newest last."""
    return [one.version for one in EXPLANATIONS[topic]]


def shown_text(topic: Topic, version: str) -> Words:
    """Return the explanation that was shown under a version, as one text."""
    found = next((one for one in EXPLANATIONS[topic] if one.version == version), None)
    if found is None:
        return format_lazy(_("Versie {version}"), version=version)
    return format_lazy("{what} {what_not}", what=found.what, what_not=found.what_not)
