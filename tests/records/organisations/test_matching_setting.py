"""Whether Meedoen suggests places: set by the administrator, with a reason, and all of it kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.organisations.matching_queries import (
    matching_changes,
    matching_setting,
    public_matching,
)
from meedoen.records.organisations.models import MatchingSetting
from tests.town import CODE

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONTACT = "algoritmes@testveld.example"


def set_off(viewer, **changed):
    given = {
        "is_on": False,
        "contact": CONTACT,
        "objection": "Schrijf naar de bezwaarcommissie, binnen zes weken.",
        "reason": "De raad wil het eerst bespreken.",
        "seen": matching_setting(viewer).setting_id,
    }
    set_matching(viewer, **(given | changed))


def test_it_is_on_and_nobody_is_named_until_somebody_sets_it(town):
    card = matching_setting(town.anna)
    assert (card.code, card.municipality, card.is_on) == (CODE, "Testveld", True)
    assert (card.contact, card.objection, card.since, card.setting_id) == ("", "", None, None)


def test_ab_sets_it_off_with_a_reason_and_everything_is_kept(town):
    with clock.at(NOON):
        set_off(town.ab)
    with clock.at(NOON + timedelta(days=3)):
        set_off(town.ab, contact="https://testveld.example/vragen", reason="Andere pagina.")
    with clock.at(NOON + timedelta(days=5)):
        set_off(town.ab, is_on=True, reason="De raad heeft besloten.")
    card = public_matching(CODE)
    assert card.is_on
    assert card.since == NOON + timedelta(days=5)
    newest, middle, first = matching_changes(town.ab)
    assert (newest.reason, newest.set_by) == ("De raad heeft besloten.", "Ab Testema")
    assert (middle.contact, middle.is_on) == ("https://testveld.example/vragen", False)
    assert (first.contact, first.set_at) == (CONTACT, NOON)


def test_it_is_off_since_it_was_put_off_whatever_else_changed(town):
    with clock.at(NOON):
        set_off(town.ab)
    with clock.at(NOON + timedelta(days=3)):
        set_off(town.ab, contact="", reason="Adres weg.")
    assert matching_setting(town.anna).since == NOON


def test_another_municipality_keeps_its_own(town):
    set_off(town.ab)
    assert matching_setting(town.vera).is_on
    assert not matching_setting(town.anna).is_on


@pytest.mark.parametrize("who", ["anna", "lea", "petra", "roos", "connie", "priya", "system"])
def test_nobody_else_may_set_it_or_read_who_did(town, who):
    viewer = getattr(town, who)
    with pytest.raises(PermissionDenied):
        set_off(viewer)
    assert matching_changes(viewer) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"contact": "bel maar"}, "Vul een e-mailadres in"),
        ({"contact": "http://testveld.example"}, "Vul een e-mailadres in"),
        ({"contact": f"{'x' * 500}@testveld.example"}, "Vul een e-mailadres in"),
        ({"objection": "x" * 1001}, "hooguit 1000 tekens"),
        ({"reason": "  "}, "Schrijf op waarom"),
        ({"reason": "x" * 301}, "hooguit 300 tekens"),
        ({"objection": "Zie 111222333."}, "burgerservicenummer"),
        ({"is_on": True, "contact": "", "objection": ""}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(town, given, says):
    if not says:
        set_off(town.ab, **given)
        with pytest.raises(ActionRefusedError, match="Er verandert niets"):
            set_off(town.ab, **given)
        return
    with pytest.raises(ActionRefusedError, match=says):
        set_off(town.ab, **given)
    assert not MatchingSetting.objects.exists()


def test_all_that_is_wrong_is_said_at_once(town):
    with pytest.raises(ActionRefusedError) as refused:
        set_off(town.ab, contact="x", objection="x" * 1001, reason="")
    assert str(refused.value).count(".") >= 3


def test_who_looked_at_an_older_setting_is_told_so(town):
    set_off(town.ab)
    with pytest.raises(ActionRefusedError, match="net veranderd"):
        set_off(town.ab, is_on=True, seen=None)
    assert not matching_setting(town.ab).is_on


def test_the_same_that_is_sent_again_is_kept_once(town):
    set_off(town.ab, seen=None)
    set_off(town.ab, seen=None)
    assert len(matching_changes(town.ab)) == 1


def test_a_change_is_never_changed_or_taken_away(town):
    set_off(town.ab)
    for change in (
        lambda: MatchingSetting.objects.update(is_on=True),
        lambda: MatchingSetting.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            change()


def test_asking_takes_as_many_questions_after_ten_changes_as_before(town):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            matching_setting(town.anna)
        return len(queries)

    before = asked()
    for number in range(10):
        set_off(town.ab, is_on=bool(number % 2), reason=f"Keer {number}.")
    assert asked() == before == 2
