"""The lists of terms that services are described with, in plain Dutch."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.rules.hsds.facts import AreaFacts, ServiceFacts, Taxonomy, TaxonomyFacts, TermFacts
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.rules.matching.interests import Interest, shipped_interests
from meedoen.rules.vocabulary import OrganisationKind, PlaceKind
from meedoen.web.shared.words import (
    LANGUAGE_LEVEL_NAMES,
    LANGUAGE_LEVELS,
    ORGANISATION_KINDS,
    PLACE_KINDS,
    Words,
)

TAXONOMIES: Mapping[Taxonomy, tuple[Words, Words]] = {
    Taxonomy.KIND: (
        gettext_lazy("Soort plek"),
        gettext_lazy("Wat voor plek het is, zoals vrijwilligerswerk."),
    ),
    Taxonomy.INTEREST: (
        gettext_lazy("Bezigheid"),
        gettext_lazy("Wat u op de plek doet, in gewone woorden."),
    ),
    Taxonomy.LANGUAGE_LEVEL: (
        gettext_lazy("Niveau Nederlands"),
        gettext_lazy("Hoe goed u Nederlands spreekt, volgens het Europees Referentiekader (ERK)."),
    ),
    Taxonomy.ORGANISATION_KIND: (
        gettext_lazy("Soort organisatie"),
        gettext_lazy("Wat voor organisatie de plek biedt, zoals een vereniging."),
    ),
    Taxonomy.AREA: (
        gettext_lazy("Gemeente en wijk"),
        gettext_lazy("Waar de plek is: gemeenten en wijken met de codes van het CBS."),
    ),
}

KINDS: Mapping[PlaceKind, Words] = {
    PlaceKind.PARTICIPATION_JOB: gettext_lazy("Onbetaald werk met begeleiding, met een uitkering."),
    PlaceKind.VOLUNTEER_WORK: gettext_lazy("Onbetaald werk voor anderen of voor de buurt."),
    PlaceKind.NEIGHBOURHOOD_ACTIVITY: gettext_lazy("Iets doen met mensen uit de buurt."),
    PlaceKind.DAY_ACTIVITY: gettext_lazy("Een vaste plek overdag, met begeleiding."),
    PlaceKind.SHELTERED_WSW: gettext_lazy("Werk onder de Wet sociale werkvoorziening."),
    PlaceKind.SHELTERED_NEW: gettext_lazy("Werk met veel begeleiding, onder de Participatiewet."),
    PlaceKind.TRIAL: gettext_lazy("Kort meewerken bij een werkgever om te zien of het past."),
    PlaceKind.LANGUAGE_POINT: gettext_lazy("Nederlands oefenen, of hulp bij lezen en schrijven."),
    PlaceKind.TRAINING: gettext_lazy("Een cursus, training of opleiding."),
    PlaceKind.OTHER: gettext_lazy("Past bij geen van de andere soorten."),
}


def taxonomy(which: Taxonomy) -> TaxonomyFacts:
    """Return a list of terms by its code."""
    name, description = TAXONOMIES[which]
    return TaxonomyFacts(which, str(name), str(description))


def all_terms(areas: Sequence[AreaFacts]) -> Iterator[TermFacts]:
    """Return every term, with those of these areas."""
    yield from (_kind(kind) for kind in PlaceKind)
    yield from (_interest(one) for one in _interests().values())
    yield from (_language(level) for level in LanguageLevel if level)
    yield from (organisation_term(kind) for kind in OrganisationKind)
    names = {area.code: area.name for area in areas}
    yield from (area_term(area, names.get(area.parent, "")) for area in areas)


def terms_of(service: ServiceFacts) -> Iterator[TermFacts]:
    """Return the terms that go with a service; a language level only when one is asked."""
    municipality = service.organisation.municipality
    yield _kind(PlaceKind(service.kind))
    yield from (_interest(_interests()[code]) for code in service.interests if code in _interests())
    if service.language_level:
        yield _language(LanguageLevel(service.language_level))
    yield area_term(municipality)
    yield area_term(service.district, municipality.name)


def area_term(area: AreaFacts, municipality: str = "") -> TermFacts:
    """Return a municipality, or a district of the municipality with this name, as a term."""
    words = {"code": area.code, "municipality": municipality or area.name}
    description = (
        _("Wijk %(code)s van de gemeente %(municipality)s, in de indeling van het CBS.")
        if area.parent
        else _("De gemeente %(municipality)s, met code %(code)s van het CBS.")
    )
    return TermFacts(
        taxonomy(Taxonomy.AREA), area.code, area.name, description % words, parent=area.parent
    )


def organisation_term(kind: OrganisationKind) -> TermFacts:
    """Return the sort of an organisation as a term."""
    name = str(ORGANISATION_KINDS[kind])
    description = _("De plek is bij een organisatie van deze soort: %(name)s.") % {"name": name}
    return TermFacts(taxonomy(Taxonomy.ORGANISATION_KIND), kind, name, description)


def _kind(kind: PlaceKind) -> TermFacts:
    return TermFacts(taxonomy(Taxonomy.KIND), kind, str(PLACE_KINDS[kind]), str(KINDS[kind]))


def _interest(one: Interest) -> TermFacts:
    description = _("Op deze plek gaat het onder meer om: %(name)s.") % {"name": one.nl}
    return TermFacts(
        taxonomy(Taxonomy.INTEREST),
        one.code,
        one.nl,
        description,
        uri=one.esco or one.competentnl,
    )


def _language(level: LanguageLevel) -> TermFacts:
    name = _("Nederlands op niveau %(level)s") % {"level": LANGUAGE_LEVEL_NAMES[level]}
    return TermFacts(
        taxonomy(Taxonomy.LANGUAGE_LEVEL), str(level.value), name, str(LANGUAGE_LEVELS[level])
    )


@cache
def _interests() -> Mapping[str, Interest]:
    return {one.code: one for one in shipped_interests()}
