"""What people read about a public place and its organisation, made of facts in plain Dutch."""

from collections.abc import Iterator, Mapping

from babel.numbers import format_currency
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.rules.hsds.facts import (
    OrganisationFacts,
    OrganisationWords,
    ServiceFacts,
    ServiceWords,
    TermFacts,
)
from meedoen.rules.hsds.objects import CURRENCY, term_id
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.vocabulary import OrganisationKind, StartWindow
from meedoen.web.api.hsds.terms import area_term, organisation_term, terms_of
from meedoen.web.shared.figures import day_text, locale_name
from meedoen.web.shared.place_words import ACCESSIBILITIES
from meedoen.web.shared.words import (
    FUNCTIONAL_DEMANDS,
    LANGUAGE_LEVEL_NAMES,
    ORGANISATION_KINDS,
    listed,
    mid_sentence,
)


def service_words(one: ServiceFacts) -> ServiceWords:
    """Return what people read about a service."""
    terms = tuple(terms_of(one))
    area = terms[-1]
    return ServiceWords(
        eligibility=" ".join(_eligibility(one)),
        application=" ".join(_application(one)),
        fees=" ".join(_fees(one)),
        cost_option=_("per keer") if one.cost_cents else _("gratis"),
        alert=_(
            "De organisatie heeft lang niet gezegd of dit nog klopt. Vraag het na voordat u gaat."
        )
        if one.is_stale
        else "",
        free=_("Vrije plaatsen op dit moment"),
        unit=_("mensen"),
        language=_("Nederlands"),
        without_holidays=_("Niet op feestdagen."),
        other_rhythm=_("Herhaling volgens RFC 5545:"),
        area=area.description,
        area_uri=term_address(area),
        url=settings.SITE_URL + reverse("public:place", args=[one.key]),
        terms=terms,
    )


def organisation_words(one: OrganisationFacts) -> OrganisationWords:
    """Return what people read about an organisation; without a description what sort it is."""
    kind = OrganisationKind(one.kind)
    words = {"kind": ORGANISATION_KINDS[kind], "municipality": one.municipality.name}
    sort = _("%(kind)s in de gemeente %(municipality)s.") % words
    return OrganisationWords(
        description=one.description.strip() or sort,
        kvk=_("KVK-nummer"),
        terms=(organisation_term(kind), area_term(one.municipality)),
    )


def accessibility_words() -> Mapping[str, str]:
    """Return what makes a location accessible, in words by code."""
    return {code.value: str(words) for code, words in ACCESSIBILITIES.items()}


def term_address(term: TermFacts) -> str:
    """Return the address of a term here, with its own code behind it to recognise it by."""
    path = reverse("api:hsds_taxonomy_term", args=[term_id(term)])
    return f"{settings.SITE_URL}{path}#{term.code}"


def _eligibility(one: ServiceFacts) -> Iterator[str]:
    if one.language_level:
        level = LANGUAGE_LEVEL_NAMES[LanguageLevel(one.language_level)]
        yield _("U spreekt Nederlands op niveau %(level)s of hoger.") % {"level": level}
    if one.functional_demands:
        demands = [FUNCTIONAL_DEMANDS[FunctionalDemand(code)] for code in one.functional_demands]
        words = listed(mid_sentence(word) for word in demands)
        yield _("Dit hoort bij de plek: %(demands)s.") % {"demands": words}


def _application(one: ServiceFacts) -> Iterator[str]:
    if one.open_to_sign_up:
        yield _("Meld u aan op de pagina van deze plek.")
    elif one.organisation.reception:
        yield _("Neem contact op met de organisatie.")
    window = StartWindow(one.start_window)
    if window is StartWindow.ANY_TIME:
        yield _("U kunt altijd binnenlopen.")
    elif window is StartWindow.BY_APPOINTMENT:
        yield _("U spreekt samen af wanneer u begint.")
    elif one.next_start_on and one.next_start_on >= clock.today():
        yield _("U kunt beginnen op %(day)s.") % {"day": day_text(one.next_start_on)}


def _fees(one: ServiceFacts) -> Iterator[str]:
    if one.cost_cents:
        amount = format_currency(one.cost_cents / 100, CURRENCY, locale=locale_name())
        yield _("%(amount)s per keer.") % {"amount": amount}
    else:
        yield _("Gratis.")
    if one.cost_note:
        yield one.cost_note
