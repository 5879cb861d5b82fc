"""The page on which the administrator sets whether places are suggested."""

import pytest

from meedoen.records.organisations.matching_queries import (
    matching_changes,
    matching_is_on,
    matching_setting,
)

pytestmark = pytest.mark.django_db
PAGE = "/beleid/plekken-voorstellen/"
GIVEN = {
    "state": "off",
    "contact": "algoritmes@testveld.example",
    "objection": "Schrijf binnen zes weken.",
    "reason": "Eerst bespreken.",
    "seen": "",
}


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_ab_reads_how_it_is_and_what_the_register_lacks(town, sign_in):
    shown = text_of(sign_in(town.ab).get(PAGE))
    assert "Meedoen stelt nu plekken voor" in shown
    assert "Vul hieronder in waar mensen vragen kunnen stellen." in shown
    assert "Er is nog niets veranderd." in shown
    assert "Uw gemeente heeft nog geen eigen tekst vastgesteld." in shown


def test_ab_puts_it_off_with_a_reason_and_reads_that_back(town, sign_in):
    ab = sign_in(town.ab)
    shown = text_of(ab.post(PAGE, GIVEN, follow=True))
    assert not matching_is_on(town.anna)
    assert matching_is_on(town.vera)
    assert "Bewaard. Het geldt vanaf nu." in shown
    assert "Meedoen stelt nu geen plekken voor." in shown
    assert "Ab Testema" in shown
    assert "Eerst bespreken." in shown
    assert "Vul hieronder in" not in shown


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": ""}, "Waarom verandert u dit?"),
        ({"state": "maybe"}, "Stelt Meedoen plekken voor?"),
        ({"contact": "bel maar"}, "Vul een e-mailadres in, of een adres dat begint met https://."),
        ({"seen": "99"}, "Iemand anders heeft dit net veranderd."),
    ],
)
def test_what_is_wrong_stays_on_the_page_with_what_was_typed(town, sign_in, changed, says):
    answer = sign_in(town.ab).post(PAGE, GIVEN | changed)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "Schrijf binnen zes weken." in text_of(answer)
    assert matching_setting(town.ab).setting_id is None


@pytest.mark.parametrize("who", ["anna", "lea", "connie", "priya", "petra", "roos"])
def test_to_others_the_page_does_not_exist(town, sign_in, who):
    assert sign_in(getattr(town, who)).get(PAGE).status_code == 404
    assert sign_in(getattr(town, who)).post(PAGE, GIVEN).status_code == 404
    assert matching_changes(town.ab) == []
