from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from meedoen.records.budget.queries import goals
from meedoen.records.organisations.models import (
    Account,
    District,
    Membership,
    Municipality,
    Team,
)
from meedoen.records.organisations.queries import system_viewer
from meedoen.rules.budget.reader import read_page
from tests.town import CODE


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_a_city_that_the_package_knows_comes_with_its_districts(db):
    assert "20 districts" in run("add_municipality", "GM0014")
    assert "16 districts" in run("add_municipality", "GM0193")
    assert District.objects.get(code="WK001404").name == "Oud-Oost"
    again = run("add_municipality", "GM0014", "--name", "Iets anders")
    assert "GM0014 Groningen is there, with 20 districts" in again
    assert "which stays: Groningen" in again
    assert District.objects.count() == 36


def test_another_municipality_needs_a_name_and_may_have_a_file(db, tmp_path):
    with pytest.raises(CommandError, match="--name"):
        run("add_municipality", "GM1234")
    file = tmp_path / "districts.csv"
    file.write_text("code,name\nWK123401,Noord\nWK123402,Zuid\n", encoding="utf-8-sig")
    assert "2 districts" in run(
        "add_municipality", "GM1234", "--name", "Elders", "--districts", file
    )


def test_every_wrong_line_of_the_file_is_told_and_nothing_is_entered(db, tmp_path):
    file = tmp_path / "districts.csv"
    file.write_text("code,name\n1,Noord\nWK123402,\nWK123403,Oost\nWK123403,West\n")
    with pytest.raises(CommandError, match=r"line 2.*line 3.*line 5"):
        run("add_municipality", "GM1234", "--name", "Elders", "--districts", file)
    with pytest.raises(CommandError, match="no CBS code"):
        run("add_municipality", "1234", "--name", "Elders")
    file.write_text("code,name\nWK019301,Noord\n")
    with pytest.raises(CommandError, match="Not districts of GM1234: WK019301"):
        run("add_municipality", "GM1234", "--name", "Elders", "--districts", file)
    with pytest.raises(CommandError, match="Longer than 100"):
        run("add_municipality", "GM1234", "--name", "E" * 101)
    file.write_text("wijk;naam\n")
    with pytest.raises(CommandError, match="columns"):
        run("add_municipality", "GM1234", "--name", "Elders", "--districts", file)
    assert not District.objects.exists()


def test_the_threshold_and_the_rounding_are_set_and_never_protect_nobody(town):
    assert run("protection", CODE) == f"{CODE}: figures are shown from 10 people on, not rounded.\n"
    said = run("protection", CODE, "--threshold", "15", "--rounding", "5")
    assert said == f"{CODE}: figures are shown from 15 people on, rounded to 5.\n"
    assert run("protection", CODE) == said
    assert "not rounded" in run("protection", CODE, "--rounding", "0")
    with pytest.raises(CommandError, match="under the lowest, 5"):
        run("protection", CODE, "--threshold", "4")
    with pytest.raises(CommandError, match="invalid choice: 3"):
        run("protection", CODE, "--rounding", "3")
    with pytest.raises(CommandError, match="GM0000"):
        run("protection", "GM0000")
    for wrong in ({"rounding": 3}, {"disclosure_threshold": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Municipality.objects.update(**wrong)


def test_someone_who_is_invited_can_sign_in_with_the_password_that_is_printed(town, client):
    said = run(
        "invite", "new@example.org", "--name", "Nina", "--role", "coach",
        "--municipality", CODE, "--team", "Noord",
    )  # fmt: skip
    password = said.split("The password is ")[1].split(";")[0]
    assert Account.objects.get(email="new@example.org").check_password(password)
    again = run(
        "invite", "NEW@example.org", "--name", "Nina", "--role", "controller",
        "--municipality", CODE,
    )  # fmt: skip
    assert "password" not in again
    assert Membership.objects.filter(account__email="new@example.org").count() == 2


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["x", "--role", "coach"], "e-mail"),
        (["x@example.org", "--role", "coach"], "--team"),
        (["x@example.org", "--role", "controller", "--team", "Noord"], "--team"),
        (["x@example.org", "--role", "partner"], "--organisation"),
        (["x@example.org", "--role", "partner", "--organisation", "Niets"], "Niets"),
        (["connie@example.org", "--role", "controller"], "already"),
        (["anna@example.org", "--role", "coach", "--team", "Typefout"], "already"),
        (["x@example.org", "--role", "coach", "--team", " "], "--team is blank"),
    ],
)
def test_an_invitation_that_does_not_fit_says_why(town, arguments, fault):
    before = (Account.objects.count(), Team.objects.count())
    with pytest.raises(CommandError, match=fault):
        run("invite", *arguments, "--name", "X", "--municipality", CODE)
    assert (Account.objects.count(), Team.objects.count()) == before


def test_a_page_can_be_read_in_for_a_municipality_that_was_just_entered(db, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Doel 1.2.3 Iedereen doet mee\n\nBeschrijving doel\n\nEen zin.\n")
    assert read_page(page.read_text()).refused == ()
    with pytest.raises(CommandError, match="add-municipality GM0014"):
        run("import_budget", page, "--municipality", "GM0014", "--save")
    run("add_municipality", "GM0014")
    run("import_budget", page, "--municipality", "GM0014", "--save")
    assert [line.code for line in goals(system_viewer("GM0014"))] == ["1.2.3"]
