"""Organisations, readings and members: each for one role, without case content."""

import pytest
from django.urls import reverse

from meedoen.records.history.actions import note_reading
from meedoen.records.organisations.viewer import Permission, Role
from meedoen.web.policy.permission_words import PERMISSIONS, ROLES
from tests.records.figures.scenes import crowd, take_part
from tests.web.public.reading import links_of, tables_of, words_of

OWNERS = {"policy:reach": "suus", "policy:readings": "priya", "policy:members": "ab"}


@pytest.mark.parametrize("page", OWNERS)
def test_each_page_is_for_one_role_and_only_to_read(town, sign_in, page):
    for name, member in town.members.items():
        client = sign_in(member)
        expected = 200 if name == OWNERS[page] else 404
        assert client.get(reverse(page)).status_code == expected, name
    assert sign_in(town.members[OWNERS[page]]).post(reverse(page)).status_code == 405


def test_suus_sees_what_organisations_offer_and_whom_they_reach(town, sign_in):
    take_part(town, crowd(town, 12))
    answer = sign_in(town.suus).get(reverse("policy:reach"))
    assert tables_of(answer)["Aanbod en bereik per organisatie"][1:] == [
        ["De Moestuin", "Vereniging", "2", "502", "12"],
        ["De Werkplaats", "Particulier initiatief", "2", "6", "x"],
    ]


def test_a_few_people_at_an_organisation_are_protected(town, sign_in):
    take_part(town, [town.roos_file.pseudonym_id])
    answer = sign_in(town.suus).get(reverse("policy:reach"))
    assert tables_of(answer)["Aanbod en bereik per organisatie"][1][-1] == "<10"
    assert "te weinig mensen om te tonen" in words_of(answer)
    assert "Roos" not in words_of(answer)


def test_priya_sees_who_looked_at_what_but_not_about_whom(town, sign_in):
    assert "Zodra iemand een dossier opent" in words_of(
        sign_in(town.priya).get(reverse("policy:readings"))
    )
    note_reading(town.anna, pseudonym_id=town.roos_file.pseudonym_id, page="file")
    note_reading(town.vera, pseudonym_id=town.wout.pseudonym_id, page="file")
    answer = sign_in(town.priya).get(reverse("policy:readings"))
    [row] = tables_of(answer)["Bekeken dossiers"][1:]
    assert row[1:] == ["Anna Testema", "Participatiecoach", "Dossier", town.roos_file.key[:8]]
    page = answer.content.decode()
    assert "Roos" not in page
    assert town.roos_file.key not in page


def test_readings_come_a_page_at_a_time_and_a_strange_number_gives_a_page(town, sign_in):
    for _time in range(51):
        note_reading(town.anna, pseudonym_id=town.roos_file.pseudonym_id, page="file")
    client = sign_in(town.priya)
    first = client.get(reverse("policy:readings"))
    assert len(tables_of(first)["Bekeken dossiers"]) == 51
    assert links_of(first)["Volgende pagina"] == "?page=2"
    for number, rows in (("2", 1), ("99", 1), ("-1", 50), ("x", 50), ("²", 50), ("9" * 5000, 50)):
        answer = client.get(reverse("policy:readings"), {"page": number})
        assert len(tables_of(answer)["Bekeken dossiers"]) == rows + 1, number


def test_ab_sees_members_and_what_each_role_may_do_but_no_residents(town, sign_in):
    answer = sign_in(town.ab).get(reverse("policy:members"))
    rows = tables_of(answer)["Leden"][1:]
    assert ["Petra Testema", "petra@example.org", "Partnercoördinator", "De Moestuin"] in rows
    assert {row[0].split()[0] for row in rows}.isdisjoint({"Roos", "Vera"})
    may = dict(tables_of(answer)["Rechten per rol"][1:])
    assert may["Inwoners en hun dossier zien"] == (
        "Participatiecoach, Teamleider en Meedoen zelf, op de server"
    )
    assert may["Leden en hun rollen zien"] == "Functioneel beheerder"
    assert len(may) == len(Permission)


def test_every_permission_and_every_role_has_words():
    assert set(PERMISSIONS) == set(Permission)
    assert set(ROLES) == set(Role)
    assert len({str(words) for words in PERMISSIONS.values()}) == len(Permission)
