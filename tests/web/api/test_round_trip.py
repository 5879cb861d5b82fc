"""What is offered as open data can be read in again by another Meedoen."""

import json

from meedoen.records.places.models import Place
from meedoen.rules.directory_file.hsds import open_services
from meedoen.rules.directory_file.words import Field
from meedoen.rules.schedule.occurrences import days_by_rule
from meedoen.rules.schedule.sessions import sessions_from_json
from tests.records.places.public_scenes import TODAY
from tests.web.api.scenes import every_kind_of_place, get

ONE_YEAR_ON = TODAY.replace(year=TODAY.year + 1)


def test_the_open_data_can_be_imported_elsewhere(town, client, settings):
    settings.PROVINCES = {"GM9990": "Drenthe"}
    every_kind_of_place(town)
    page = get(client, "services", full="true")
    rows = [texts for _line, texts in open_services(json.dumps(page).encode()).rows()]
    assert len(rows) == 11
    for row in rows:
        place = Place.objects.get(key=row[Field.PLACE_ID])
        assert row[Field.TITLE] == place.title
        assert row[Field.KIND] == place.kind
        assert row[Field.ORGANISATION] == place.organisation.name
        assert row[Field.ORGANISATION_KIND] == place.organisation.kind
        assert row.get(Field.KVK, "") == place.organisation.kvk_number
        assert row[Field.AREA] == place.district.code
        assert row.get(Field.POSTCODE, "") == (place.location.postal_code if place.location else "")
        assert Field.TIMES_LEFT_OUT not in row
        assert days(json.loads(row.get(Field.SESSIONS, "[]"))) == days(place.sessions)


def days(sessions):
    """Return on which days each of these times is, in a year."""
    return [
        (one.opens_at, days_by_rule(one, since=TODAY, until=ONE_YEAR_ON))
        for one in sessions_from_json(sessions)
    ]
