"""The plan of one person on the coach's pages."""

from datetime import date
from typing import Any

import pytest
from django.core import checks
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.history.models import Reading
from meedoen.records.plans.actions import end_plan
from meedoen.records.plans.duty_actions import fix_duty
from meedoen.records.plans.part_actions import add_goal, change_goal
from meedoen.records.plans.queries import running_plan
from meedoen.rules.vocabulary import ActionOwner, ActionState, DutyKind, GoalState, PlanState
from meedoen.web.coach.plan_summary import plan_summary
from meedoen.web.shared import pdf
from tests.records.plans.scenes import AGREED, SAID, agreed, card, drafted, with_actions
from tests.town import Town
from tests.web.coach.scenes import address, bare, on, readable

FORMS = ["plan_edit", "plan_agree", "plan_evaluate", "plan_rhythm", "plan_duty", "plan_end"]
ABOUT_PLAN = ["plan_earlier", *FORMS, "plan_print", "plan_pdf"]


def posted(client: Any, name: str, key: object, **form: Any) -> Any:
    return client.post(address(name, key), form, follow=True)


def action_form(**changes: Any) -> dict[str, Any]:
    return {
        "what": "Een kookboek lenen",
        "owner": "resident",
        "organisation": "",
        "due_on": "2026-05-01",
        "version": 1,
        **changes,
    }


def duty_form(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "duty",
        "article": "9(1)b",
        "text": "Komt op de afspraken.",
        "consequence": "Dan kan de uitkering lager worden.",
        "version": 1,
        **changes,
    }


def test_without_a_plan_there_are_four_templates_and_an_empty_one(town: Town, sign_in) -> None:
    page = sign_in(town.anna).get(address("plan", town.roos_file.key))
    text = readable(page)
    for name in ("Eerste stappen naar buiten", "Op weg naar betaald werk", "Een leeg plan"):
        assert name in text
    assert len(page.context["form"].fields["template"].choices) == 5


def test_a_plan_is_begun_from_a_template(town: Town, sign_in) -> None:
    page = posted(sign_in(town.anna), "plan", town.roos_file.key, template="participation_job")
    assert "Ik wil iets doen waar andere mensen wat aan hebben." in readable(page)
    made = running_plan(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
    assert made is not None
    assert made.state is PlanState.DRAFT


def test_a_second_plan_is_not_begun(town: Town, sign_in) -> None:
    drafted(town)
    page = posted(sign_in(town.bram), "plan", town.roos_file.key, template="-")
    assert page.status_code == 422
    assert "Er is al een plan voor deze inwoner." in readable(page)


@pytest.mark.parametrize("template", ["", "nothing"])
def test_a_template_that_does_not_exist_is_refused(town: Town, sign_in, template: str) -> None:
    page = posted(sign_in(town.anna), "plan", town.roos_file.key, template=template)
    assert page.status_code == 422
    assert running_plan(town.anna, pseudonym_id=town.roos_file.pseudonym_id) is None


def test_goals_and_actions_are_added_one_at_a_time(town: Town, sign_in) -> None:
    key, client = drafted(town), sign_in(town.anna)
    page = posted(client, "plan_edit", key, part="new-goal", words="Ik wil koken.", version=1)
    (goal,) = card(town, key).goals
    # Straight on to what is done for it.
    assert page.context["part"] == f"add-{goal.goal_id}"
    partner = {"owner": "partner", "organisation": town.petra.organisation_id, "version": 2}
    page = posted(client, "plan_edit", key, part=f"add-{goal.goal_id}", **action_form(**partner))
    (action,) = card(town, key).goals[0].actions
    assert (action.organisation, action.due_on) == ("De Moestuin", date(2026, 5, 1))
    assert "De Moestuin · voor 1 mei 2026" in readable(page)


def test_goals_and_actions_get_other_words(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    goal = card(town, key).goals[0]
    action = goal.actions[0]
    page = client.get(address("plan_edit", key), {"part": f"action-{action.action_id}"})
    assert page.context["form"]["what"].value() == action.what
    posted(client, "plan_edit", key, part=f"goal-{goal.goal_id}", words="Ik wil eruit.", version=1)
    posted(
        client,
        "plan_edit",
        key,
        part=f"action-{action.action_id}",
        **action_form(owner="coach", version=2, due_on=""),
    )
    changed = card(town, key).goals[0]
    assert changed.words == "Ik wil eruit."
    assert (changed.actions[0].owner, changed.actions[0].due_on) == (ActionOwner.COACH, None)
    assert "Spreek het plan opnieuw af" in readable(client.get(address("plan", town.roos_file.key)))


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"what": "", "owner": ""}, {"what", "owner"}),
        ({"owner": "partner"}, {"organisation"}),
        ({"owner": "boss", "organisation": "999999"}, {"owner", "organisation"}),
        ({"due_on": "31-02-2026"}, {"due_on"}),
        ({"due_on": "2999-01-01"}, {"due_on"}),
        ({"what": "Naar de psychiater vanwege een depressie"}, {"what"}),
        ({"version": ""}, {"version"}),
    ],
)
def test_an_action_that_cannot_be_is_refused_with_what_was_typed(
    town: Town, sign_in, form: dict[str, str], wrong: set[str]
) -> None:
    key = agreed(town)
    goal = card(town, key).goals[0]
    sent = action_form(**form)
    page = posted(sign_in(town.anna), "plan_edit", key, part=f"add-{goal.goal_id}", **sent)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert page.context["form"]["what"].value() == sent["what"]
    assert len(card(town, key).goals[0].actions) == 3


@pytest.mark.parametrize("part", ["", "goal-", "goal-999999", "action-x", "new-goals", "add-0"])
def test_a_form_that_the_plan_does_not_have_is_not_opened(town: Town, sign_in, part: str) -> None:
    key, client = agreed(town), sign_in(town.anna)
    assert client.get(address("plan_edit", key), {"part": part}).context["form"] is None
    page = posted(client, "plan_edit", key, part=part, words="Ik wil iets.", version=1)
    assert "staat niet meer in het plan" in readable(page)
    assert card(town, key).version == 1


def test_a_goal_with_a_diagnosis_is_refused(town: Town, sign_in) -> None:
    key = drafted(town)
    words = "Ik wil van mijn depressie af."
    page = posted(sign_in(town.anna), "plan_edit", key, part="new-goal", words=words, version=1)
    assert page.status_code == 422
    assert "“depressie”" in readable(page)
    assert words in readable(page)


def test_two_coaches_editing_lose_nothing(town: Town, sign_in) -> None:
    """Bram is told, sees what Anna wrote, keeps what he typed, and can save it after all."""
    key = agreed(town)
    goal = card(town, key).goals[0]
    change_goal(town.anna, goal_id=goal.goal_id, version=1, words="Ik wil dit.")
    client = sign_in(town.bram)
    part = f"goal-{goal.goal_id}"
    page = posted(client, "plan_edit", key, part=part, words="Ik wil dat.", version=1)
    text = readable(page)
    assert page.status_code == 422
    assert "Iemand anders heeft dit plan intussen gewijzigd." in text
    assert "Zo staat het er nu: Ik wil dit." in text
    assert page.context["form"]["words"].value() == "Ik wil dat."
    assert card(town, key).goals[0].words == "Ik wil dit."
    version = page.context["form"]["version"].value()
    posted(client, "plan_edit", key, part=part, words="Ik wil dit en dat.", version=version)
    assert card(town, key).goals[0].words == "Ik wil dit en dat."


def test_how_far_things_are_is_kept_with_a_button(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    goal = card(town, key).goals[0]
    action = goal.actions[0]
    where = {"state": "done"}
    client.post(f"/coach/plan/{key}/actie/{action.action_id}/", where)
    client.post(f"/coach/plan/{key}/doel/{goal.goal_id}/", {"state": "reached"})
    changed = card(town, key).goals[0]
    assert (changed.state, changed.actions[0].state) == (GoalState.REACHED, ActionState.DONE)
    for address_ in (f"actie/{action.action_id}", f"doel/{goal.goal_id}"):
        page = client.post(f"/coach/plan/{key}/{address_}/", {"state": "?"}, follow=True)
        assert "Kies hoe" in readable(page)
        assert client.get(f"/coach/plan/{key}/{address_}/").status_code == 405
    assert client.post(f"/coach/plan/{key}/actie/999999/", where).status_code == 404
    other = drafted(town, person=town.sam)
    assert client.post(f"/coach/plan/{other}/actie/{action.action_id}/", where).status_code == 404


def test_coach_and_resident_agree(town: Town, sign_in) -> None:
    key, client = drafted(town, template="language"), sign_in(town.anna)
    with on(AGREED):
        text = readable(client.get(address("plan_agree", key)))
        assert "Ik wil beter Nederlands spreken." in text
        form = {"agreed_on": "2026-03-09", "how": "spoken", "resident_said": SAID, "version": 1}
        page = posted(client, "plan_agree", key, **form)
        again = posted(client, "plan_agree", key, **form)
    assert "Het plan is afgesproken." in readable(page)
    assert again.status_code == 200
    assert len(card(town, key).agreements) == 1


@pytest.mark.parametrize(
    "other",
    [{"resident_said": "Ik twijfel."}, {"agreed_on": "2026-03-10"}, {"how": "written"}],
    ids=str,
)
def test_other_words_about_a_plan_that_is_agreed_on_come_back(
    town: Town, sign_in, other: dict[str, str]
) -> None:
    key = agreed(town)
    form = {"agreed_on": "2026-03-09", "how": "spoken", "resident_said": SAID, "version": 1}
    sent = form | other
    page = posted(sign_in(town.bram), "plan_agree", key, **sent)
    assert page.status_code == 422
    assert "Dit plan is al afgesproken." in readable(page)
    assert {name: page.context["form"][name].value() for name in sent} == {
        name: str(value) for name, value in sent.items()
    }
    assert [one.resident_said for one in card(town, key).agreements] == [SAID]


def test_an_agreement_with_an_older_plan_comes_back_with_the_new_one(town: Town, sign_in) -> None:
    key = drafted(town, template="language")
    add_goal(town.bram, key=key, version=1, words="Ik wil schrijven.")
    form = {"agreed_on": "2026-03-09", "how": "written", "resident_said": SAID, "version": 1}
    page = posted(sign_in(town.anna), "plan_agree", key, **form)
    assert page.status_code == 422
    assert "Ik wil schrijven." in readable(page)
    assert page.context["form"]["resident_said"].value() == SAID
    assert page.context["form"]["version"].value() == "2"
    assert not card(town, key).agreements


def test_looking_back_together(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    form = {
        "held_on": "2026-09-09",
        "findings": "Gaat goed.",
        "with_resident": "on",
        "resident_said": "Fijn.",
        "next_on": "2026-12-09",
    }
    with on(date(2026, 9, 10)):
        page = posted(client, "plan_evaluate", key, **form)
    assert "De volgende keer is op 9 december 2026." in readable(page)
    assert card(town, key).held[0].resident_said == "Fijn."
    with on(date(2026, 9, 10)):
        wrong = posted(client, "plan_evaluate", key, with_resident="on")
        ill = posted(client, "plan_evaluate", key, **{**form, "findings": "Heeft kanker."})
    assert set(wrong.context["form"].errors) == {"held_on", "findings", "resident_said", "next_on"}
    assert set(ill.context["form"].errors) == {"findings"}


def test_the_next_time_can_be_moved(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    with on(AGREED):
        posted(client, "plan_rhythm", key, every_months=3, next_on="2026-06-01")
        wrong = posted(client, "plan_rhythm", key, every_months=99, next_on="2026-01-01")
    assert (card(town, key).evaluation_months, card(town, key).next_evaluation) == (
        3,
        date(2026, 6, 1),
    )
    assert set(wrong.context["form"].errors) == {"every_months", "next_on"}


@pytest.mark.parametrize("page", ["plan_evaluate", "plan_rhythm"])
def test_a_draft_is_first_agreed_on(town: Town, sign_in, page: str) -> None:
    answer = sign_in(town.anna).get(address(page, drafted(town)), follow=True)
    assert "Spreek het plan eerst af" in readable(answer)


def test_a_duty_is_fixed_and_ended_never_changed(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.lea)
    text = readable(posted(client, "plan_duty", key, **duty_form()))
    assert "Plicht: Komt op de afspraken." in text
    assert "Participatiewet, artikel 9, eerste lid, onderdeel b" in text
    (duty,) = card(town, key).duties
    ending = f"/coach/plan/{key}/rechten-en-plichten/{duty.duty_id}/"
    assert "Geldt niet meer vanaf" in readable(client.post(ending, follow=True))
    assert client.get(ending).status_code == 405
    assert "Spreek het plan opnieuw af" in readable(client.get(address("plan", town.roos_file.key)))
    other = drafted(town, person=town.sam)
    elsewhere = f"/coach/plan/{other}/rechten-en-plichten/{duty.duty_id}/"
    assert client.post(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"kind": "", "article": "", "text": ""}, {"kind", "article", "text"}),
        ({"consequence": ""}, {"consequence"}),
        ({"article": "9(2)"}, {"article"}),
        ({"article": "99"}, {"article"}),
        ({"kind": "support"}, {"article", "consequence"}),
        ({"version": 0}, {"__all__"}),
    ],
)
def test_what_does_not_rest_on_the_law_comes_back(
    town: Town, sign_in, form: dict[str, Any], wrong: set[str]
) -> None:
    key = agreed(town)
    page = posted(sign_in(town.anna), "plan_duty", key, **duty_form(**form))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == wrong
    assert card(town, key).duties == []


def test_a_plan_ends_and_stays_readable(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    wrong = posted(client, "plan_end", key, ended_on="2026-03-01", reason="Klaar.")
    assert wrong.status_code == 422
    page = posted(client, "plan_end", key, ended_on="2026-04-30", reason="Klaar.")
    assert "Plan van 2 maart 2026 tot en met 30 april 2026" in readable(page)
    text = readable(client.get(address("plan_earlier", key)))
    assert "Gestopt op 30 april 2026. Klaar." in text
    assert SAID in text
    for name in FORMS:
        assert "dit plan is gestopt" in readable(client.get(address(name, key), follow=True)), name


TYPED = [
    ("plan_edit", {"part": "new-goal", "words": "Ik wil schrijven.", "version": "1"}),
    ("plan_edit", {"part": "goal-{}", "words": "Ik wil schrijven.", "version": "1"}),
    ("plan_edit", {"part": "add-{}", "what": "Pen kopen", "owner": "coach", "version": "1"}),
    (
        "plan_agree",
        {
            "agreed_on": "2026-04-06",
            "how": "written",
            "resident_said": "Ik wil dit.",
            "version": "1",
        },
    ),
    (
        "plan_evaluate",
        {
            "held_on": "2026-04-06",
            "findings": "Een halve bladzijde.",
            "with_resident": "on",
            "resident_said": "Ik ben trots.",
            "next_on": "2026-10-06",
        },
    ),
    ("plan_rhythm", {"every_months": "3", "next_on": "2026-10-06"}),
    (
        "plan_duty",
        {
            "kind": "duty",
            "article": "9(1)b",
            "text": "Komt op de afspraken.",
            "consequence": "Dan kan de uitkering lager worden.",
            "version": "1",
        },
    ),
    ("plan_end", {"ended_on": "2026-04-06", "reason": "Een andere reden."}),
]


@pytest.mark.parametrize(("name", "typed"), TYPED, ids=[f"{a} {b.get('part')}" for a, b in TYPED])
def test_what_was_typed_comes_back_when_a_colleague_ended_the_plan(
    town: Town, sign_in, name: str, typed: dict[str, str]
) -> None:
    key = agreed(town)
    goal_id = card(town, key).goals[0].goal_id
    sent = {**typed, "part": typed.get("part", "").format(goal_id)}
    with on(date(2026, 4, 7)):
        end_plan(town.bram, key=key, ended_on=date(2026, 4, 1), reason="Verhuisd.")
        before = card(town, key)
        page = posted(sign_in(town.anna), name, key, **sent)
        assert card(town, key) == before
    assert page.status_code == 422
    assert "Dit plan is gestopt." in readable(page)
    form = page.context["form"]
    for field in typed.keys() - {"part", "with_resident"}:
        assert form[field].value() == typed[field], field


def test_a_plan_that_was_never_agreed_on_and_ended_gives_a_look_back_back(
    town: Town, sign_in
) -> None:
    key = drafted(town, template="first_steps")
    end_plan(town.bram, key=key, ended_on=AGREED, reason="Verhuisd.")
    page = posted(sign_in(town.anna), "plan_evaluate", key, findings="Een halve bladzijde.")
    assert page.status_code == 422
    assert page.context["form"]["findings"].value() == "Een halve bladzijde."


def test_stopping_with_a_second_press_on_the_button_is_no_fault(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.anna)
    for _press in range(2):
        page = posted(client, "plan_end", key, ended_on="2026-04-30", reason=" Klaar. ")
        assert page.status_code == 200
    assert card(town, key).end_reason == "Klaar."


@pytest.mark.parametrize("stranger", ["carla", "vera"])
@pytest.mark.parametrize("page", ABOUT_PLAN)
def test_a_plan_of_someone_elses_resident_equals_none(
    town: Town, sign_in, page: str, stranger: str
) -> None:
    key, client = agreed(town), sign_in(getattr(town, stranger))
    nobody = "00000000-0000-4000-8000-000000000000"
    hidden, none = client.get(address(page, key)), client.get(address(page, nobody))
    assert hidden.status_code == none.status_code == 404
    assert bare(hidden, key) == bare(none, nobody)


@pytest.mark.parametrize("name", ["petra", "roos", "connie"])
def test_the_coachs_pages_are_not_for_others(town: Town, sign_in, name: str) -> None:
    key, client = agreed(town), sign_in(getattr(town, name))
    for page in ABOUT_PLAN:
        assert client.get(address(page, key)).status_code == 404, page
        assert client.post(address(page, key), {}).status_code == 404, page


def test_every_page_about_a_plan_is_a_reading(town: Town, sign_in) -> None:
    key, client = agreed(town), sign_in(town.bram)
    for page in ("plan_edit", "plan_print", "plan_pdf"):
        client.get(address(page, key))
    rows = Reading.objects.visible_to(town.priya).filter(read_by_id=town.bram.membership_id)
    assert list(rows.order_by("pk").values_list("page", flat=True)) == [
        "plan",
        "plan_print",
        "plan_pdf",
    ]


def test_the_page_asks_the_same_at_3_and_60_actions(town: Town, sign_in) -> None:
    client, counts = sign_in(town.anna), []
    for number in (3, 60):
        key = with_actions(town, number)
        for page, about in (("plan", town.roos_file.key), ("plan_edit", key), ("plan_print", key)):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(page, about)).status_code == 200
            counts.append(len(asked))
        end_plan(town.anna, key=key, ended_on=AGREED, reason="Volgende.")
    few, many = counts[:3], counts[3:]
    # The page of the plan lists what ended before; each takes the same questions along.
    assert few == many


def test_the_file_says_a_few_lines_about_the_plan(town: Town) -> None:
    pseudonym_id = town.roos_file.pseudonym_id
    assert plan_summary(town.anna, pseudonym_id) is None
    agreed(town)
    with on(date(2026, 3, 20)):
        found = plan_summary(town.anna, pseudonym_id)
    assert found is not None
    assert (found["state"], found["overdue"], found["next_evaluation"]) == (
        "Afgesproken",
        2,
        date(2026, 9, 9),
    )


def test_a_machine_without_pango_says_so_and_leads_to_printing(
    town: Town, sign_in, monkeypatch
) -> None:
    def missing() -> Any:
        raise pdf.PdfUnavailableError("cannot load library libpango")

    monkeypatch.setattr(pdf, "_setting", missing)
    key, client = agreed(town), sign_in(town.anna)
    page = client.get(address("plan_pdf", key))
    assert page.status_code == 503
    assert "Op deze server kan geen PDF gemaakt worden. Afdrukken kan wel." in readable(page)
    assert address("plan_print", key) in page.content.decode()
    assert client.get(address("plan_print", key)).status_code == 200
    monkeypatch.setattr(pdf, "_loads", lambda _library: False)
    (warning,) = pdf.pdf_can_be_made()
    assert isinstance(warning, checks.Warning)
    assert "libpangoft2-1.0-0" in str(warning.hint)


def test_this_machine_can_make_a_pdf() -> None:
    assert pdf.pdf_can_be_made() == []


def test_a_duty_in_the_plan_is_on_paper_too(town: Town, sign_in) -> None:
    key = agreed(town)
    fix_duty(
        town.anna,
        key=key,
        version=1,
        kind=DutyKind.EXEMPTION,
        text="Zorgt voor een jong kind.",
        consequence="",
        article="9a",
    )
    text = readable(sign_in(town.anna).get(address("plan_print", key)))
    assert "Vrijstelling: Zorgt voor een jong kind." in text
    assert "Participatiewet, artikel 9a" in text
    assert "Handtekening inwoner" in text
