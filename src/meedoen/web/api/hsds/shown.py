"""Facts with the words that go with them, as objects of HSDS."""

from meedoen.records.organisations import clock
from meedoen.rules.hsds.facts import ServiceFacts
from meedoen.rules.hsds.objects import (
    Json,
    at_location_line,
    organisation_line,
    service_line,
    whole_at_location,
    whole_service,
)
from meedoen.web.api.hsds.words import accessibility_words, organisation_words, service_words


def service_with_organisation(found: ServiceFacts) -> Json:
    organisation = found.organisation
    return service_line(found, service_words(found)) | {
        "organization": organisation_line(organisation, organisation_words(organisation))
    }


def service_whole(found: ServiceFacts) -> Json:
    return whole_service(
        found,
        service_words(found),
        organisation=organisation_words(found.organisation),
        accessibility=accessibility_words(),
        now=clock.now(),
        on=clock.today(),
    )


def place_line(found: ServiceFacts) -> Json:
    return at_location_line(found, service_words(found), organisation_words(found.organisation))


def whole_place(found: ServiceFacts) -> Json:
    return whole_at_location(
        found,
        service_words(found),
        organisation=organisation_words(found.organisation),
        accessibility=accessibility_words(),
        on=clock.today(),
    )
