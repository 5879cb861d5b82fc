"""How a list came about, for the resident: what was used and what not, who decided, objecting."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.divisions.line_actions import accept_line, refuse_line
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.placements.refusing import refuse_place
from meedoen.records.places.models import Place
from meedoen.records.proposals.actions import Search, propose_found, set_rule_aside
from meedoen.records.proposals.explanation_queries import explanation
from meedoen.records.proposals.facts import Asked
from meedoen.records.proposals.kept import Way
from meedoen.records.proposals.models import Proposal
from meedoen.records.proposals.refusals import NewRefusal
from meedoen.records.proposals.wish_actions import pick
from meedoen.rules.matching.explained import Because
from meedoen.rules.matching.facts import PersonFacts, TravelBy
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.matching_register.texts import shipped_texts
from meedoen.rules.vocabulary import Guidance, Preference, RefusalReason
from meedoen.web.shared import used_facts
from meedoen.web.shared.explanation_paper import CAME_OUT, PREFERRED
from tests.matching import check_jobs, chosen, list_for
from tests.records.divisions.scenes import NO, YES, divided
from tests.records.divisions.scenes import spoken as spoken_with
from tests.web.shared.test_pdf import spoken, tags

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_one_day():
    with clock.at(NOON):
        yield


def coach_page(key):
    return f"/coach/voorstel/{key}/uitleg/"


def own_page(key):
    return f"/mijn/plekken/uitleg/{key}/"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer)


def test_roos_reads_what_was_used_what_not_and_how_places_were_put_in_order(town, sign_in):
    asked = Asked(travel=TravelBy.CYCLING, guidance=Guidance.NOW_AND_THEN)
    key = list_for(town, search=Search(asked=asked))
    page = shown(sign_in(town.roos), own_page(key))
    assert "<dt>Uw wijk</dt><dd>Noord</dd>" in page
    assert "<dt>Hoeveel hulp u wilt</dt>" in page
    assert "<dt>Wanneer u kunt</dt><dd>maandagochtend" in page
    for one in shipped_texts().not_used:
        assert f"<li>{one.to_resident.nl}</li>" in page
    for rule in shipped_texts().rules.values():
        assert rule.to_resident in page
    assert page.index("Wat u zelf koos of graag wilt.") < page.index("Of er nog plaats over is")
    assert "Gemaakt op 2 december 2026 door Anna Testema, samen met u." in page
    assert "2026.2" in page
    assert "Er is nog geen plek gekozen uit deze lijst." in page
    assert "binnen zes weken na de dag" in page


def test_what_nobody_asked_is_named_as_counting_for_nothing(town, sign_in):
    page = shown(sign_in(town.roos), own_page(list_for(town)))
    before, after = page.split("Dit is niet gevraagd of niet bekend")
    assert "<li>hoeveel Nederlands u spreekt</li>" in after
    assert "Hoeveel Nederlands u spreekt" not in before


def test_who_decided_and_what_was_said_stand_in_it_after_the_choice(town, sign_in):
    key = list_for(town)
    chosen(town, key, said="Graag buiten.")
    page = shown(sign_in(town.roos), own_page(key))
    assert "Op 2 december 2026 is gekozen: Moestuin." in page
    assert "Dat hebben u en Anna Testema samen besloten. U wilde deze plek graag." in page
    assert "“Graag buiten.”" in page


def test_what_was_set_aside_and_what_was_refused_stand_in_it_with_why(town, sign_in):
    first = list_for(town)
    key = set_rule_aside(
        town.anna,
        key=first,
        rule=HardRule.TIMES_DO_NOT_OVERLAP,
        reason="Op zondag kan het toch.",
        search=Search(),
    )
    refuse_place(
        town.anna,
        refusal=NewRefusal(
            key=key,
            place_id=town.garden,
            reason=RefusalReason.TOO_FAR_AWAY,
            preference=Preference.RATHER_ANOTHER,
            resident_said="Te ver fietsen.",
        ),
    )
    page = shown(sign_in(town.roos), own_page(key))
    assert "De tijden passen niet." in page
    assert "Anna Testema zette deze regel opzij op 2 december 2026, omdat: “Op zondag" in page
    assert "Moestuin (2 december 2026): de inwoner zei nee, want: te ver weg" in page
    assert "“Te ver fietsen.”" in page


def test_places_that_fell_off_are_counted_by_reason(town, sign_in):
    page = shown(sign_in(town.anna), coach_page(list_for(town)))
    assert "2 plekken passen. 1 plek viel af." in page
    assert '<th scope="row">De tijden passen niet</th><td>1</td><td>ja</td>' in page


def test_a_neutral_order_is_explained_as_one(town, sign_in):
    page = shown(sign_in(town.anna), coach_page(list_for(town, search=Search(way=Way.NEUTRAL))))
    assert "Uw coach koos deze volgorde." in page
    assert "Of u er kunt doen wat u leuk vindt." not in page


def test_a_list_that_somebody_looked_up_by_hand_says_that_no_rules_were_used(town, sign_in):
    list_for(town)
    key = propose_found(
        town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_ids=[town.garden]
    )
    page = shown(sign_in(town.roos), own_page(key))
    assert "Er zijn geen regels over u gebruikt." in page
    assert "Wat wij gebruikten" not in page


@pytest.mark.parametrize("preference", list(Preference))
def test_nothing_says_that_somebody_decided_with_the_coach_who_wanted_something_else(
    town, sign_in, preference
):
    key = list_for(town)
    chosen(town, key)
    Proposal.objects.visible_to(town.system).update(preference=preference)
    page = shown(sign_in(town.roos), own_page(key))
    assert str(PREFERRED[preference]) in page
    agreed = preference in {Preference.WANTS_THIS, Preference.AGREES}
    assert ("samen besloten" in page) is agreed
    assert ("koos Anna Testema voor u: Moestuin." in page) is not agreed


def test_a_choice_of_which_no_preference_was_kept_says_who_wrote_it_down(town, sign_in):
    key = list_for(town)
    chosen(town, key)
    Proposal.objects.visible_to(town.system).update(preference="")
    page = shown(sign_in(town.roos), own_page(key))
    assert "is gekozen: Moestuin. Dat schreef Anna Testema op." in page


@pytest.mark.parametrize(("act", "answer"), [(accept_line, YES), (refuse_line, NO)])
def test_what_a_division_proposed_is_explained_with_its_rules_and_why(town, sign_in, act, answer):
    check_jobs(town)
    spoken_with(town, [town.roos_file.pseudonym_id])
    pick(town.anna, pseudonym_id=town.roos_file.pseudonym_id, place_id=town.repair)
    key = divided(town)
    with clock.at(NOON + timedelta(days=2)):
        act(town.anna, key=key, number=0, **answer)
        kept = Proposal.objects.visible_to(town.system).get()
        page = shown(sign_in(town.roos), own_page(kept.key))
    assert "Er zijn geen regels over u gebruikt." not in page
    assert "Gemaakt op 2 december 2026, voor iedereen die op een plek wachtte." in page
    assert "<dd>2026.2</dd>" in page
    assert "<dt>Wanneer u kunt</dt><dd>maandagochtend" in page
    assert "Eerst krijgen zo veel mogelijk mensen hun eerste wens." in page
    assert "Het voorstel: Fietsen maken. Deze plek is uw eerste wens." in page
    assert "Dit was een voorstel. U en uw coach beslissen." in page
    assert answer["resident_said"] in page
    coach = sign_in(town.anna)
    assert "uit een verdeling" in shown(coach, f"/coach/voorstel/{kept.key}/")


def test_every_way_in_which_a_division_gives_a_place_has_its_sentence():
    nothing = {Because.ALL_TAKEN, Because.WISH_TAKEN, Because.NOTHING_SUITS}
    assert set(CAME_OUT) == set(Because) - nothing


def test_own_wishes_and_a_pause_are_told_by_the_name_of_the_place(town, sign_in):
    list_for(town)
    Place.objects.filter(pk=town.repair).update(is_public=True)
    roos = town.roos_file.pseudonym_id
    pick(town.roos, pseudonym_id=roos, place_id=town.repair)
    page = shown(sign_in(town.roos), own_page(list_for(town)))
    assert "<dt>Plekken die u zelf koos</dt><dd>Fietsen maken</dd>" in page


def test_a_wish_that_a_coach_wrote_down_is_not_called_the_own_pick(town, sign_in):
    roos = town.roos_file.pseudonym_id
    pick(town.anna, pseudonym_id=roos, place_id=town.repair)
    page = shown(sign_in(town.roos), own_page(list_for(town)))
    label = "<dt>Plekken die u graag wilt, zoals uw coach opschreef</dt>"
    assert f"{label}<dd>Fietsen maken</dd>" in page
    assert "<dt>Plekken die u zelf koos</dt>" not in page


def test_the_municipality_says_in_its_own_words_whom_to_ask(town, sign_in):
    set_matching(
        town.ab,
        is_on=True,
        contact="vragen@testveld.example",
        objection="Schrijf naar <de commissie>.",
        reason="Begin.",
        seen=None,
    )
    page = shown(sign_in(town.roos), own_page(list_for(town)))
    assert "Schrijf naar &lt;de commissie&gt;." in page
    assert "vragen@testveld.example" in page
    assert "binnen zes weken" not in page


def test_every_fact_of_a_person_has_its_line(town):
    assert set(used_facts.LINES) == {field.name for field in fields(PersonFacts)}
    assert set(used_facts.LINES) > used_facts.ASKED
    card = explanation(town.anna, key=list_for(town))
    told = {one.label for one in used_facts.used_facts(card)}
    assert not told & set(used_facts.not_asked(card))


def test_the_explanation_is_dutch_whatever_the_language_of_the_coach(town, sign_in):
    anna = sign_in(town.anna)
    anna.cookies["django_language"] = "en"
    assert "Wat wij niet gebruikten" in shown(anna, coach_page(list_for(town)))


def test_it_comes_as_an_accessible_pdf_without_a_name_in_the_file_name(town, sign_in):
    key = list_for(town)
    for member, address in (
        (town.anna, f"/coach/voorstel/{key}/uitleg-plekken.pdf"),
        (town.roos, f"{own_page(key)}uitleg-plekken.pdf"),
    ):
        answer = sign_in(member).get(address)
        assert answer["Content-Disposition"] == 'attachment; filename="uitleg-plekken.pdf"'
        assert answer.content.startswith(b"%PDF-1.7")
        with pikepdf.open(BytesIO(answer.content)) as document:
            assert str(document.Root.Lang) == "nl"
            assert document.open_metadata()["pdfuaid:part"] == "1"
            assert {"/H1", "/H2", "/Table", "/TH"} <= set(tags(document))
        assert "Watwijnietgebruikten" in spoken(answer.content)


@pytest.mark.parametrize("who", ["carla", "vera", "petra", "connie", "priya", "ab"])
def test_to_everyone_else_it_does_not_exist(town, sign_in, who):
    key = list_for(town)
    client = sign_in(getattr(town, who))
    for address in (coach_page(key), own_page(key), "/mijn/plekken/uitleg/"):
        assert client.get(address).status_code == 404


def test_roos_sees_her_own_lists_and_nobody_elses(town, sign_in):
    own, of_sam = list_for(town), list_for(town, town.sam)
    roos = sign_in(town.roos)
    page = shown(roos, "/mijn/plekken/uitleg/")
    assert own_page(own) in page
    assert str(of_sam) not in page
    assert roos.get(own_page(of_sam)).status_code == 404
    assert roos.get(f"{own_page(of_sam)}uitleg-plekken.pdf").status_code == 404


def test_without_a_list_roos_reads_that_there_is_none(town, sign_in):
    page = shown(sign_in(town.roos), "/mijn/plekken/uitleg/")
    assert "Er is nog geen lijst van plekken voor u gemaakt." in page


def test_that_a_coach_opened_it_stands_in_the_log_of_roos(town, sign_in):
    shown(sign_in(town.anna), coach_page(list_for(town)))
    assert "uitleg bij een lijst van plekken" in shown(sign_in(town.roos), "/mijn/")


def test_nothing_can_be_sent_to_these_pages(town, sign_in):
    key = list_for(town)
    assert sign_in(town.anna).post(coach_page(key)).status_code == 405
    assert sign_in(town.roos).post(own_page(key)).status_code == 405


def test_as_many_questions_however_many_lists_there_are(town):
    def asked(key):
        with CaptureQueriesContext(connection) as queries:
            explanation(town.anna, key=key)
        return len(queries)

    first = asked(list_for(town))
    for _number in range(10):
        last = list_for(town)
    assert asked(last) == first <= 6
