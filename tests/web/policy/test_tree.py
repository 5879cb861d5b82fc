"""The page of the tree of the budget, and the forms with which it is made."""

from django.urls import reverse

from meedoen.records.budget.actions import link_indicator
from meedoen.records.budget.models import Criterion, Goal, PolicyField, Programme, Target
from meedoen.records.budget.tree_queries import goal_node
from tests.records.figures.scenes import take_in
from tests.web.public.reading import links_of, tables_of, words_of

TREE = reverse("policy:tree")


def at(name, *more):
    return reverse(f"policy:{name}", args=more)


def test_connie_grows_a_tree_and_reads_it_from_top_to_bottom(town, sign_in):
    goal_id = take_in(town, "goal_2_2_2")["2.2.2"]
    link_indicator(town.connie, goal_id=goal_id, indicator="participation_growth", target=200)
    client = sign_in(town.connie)
    assert "Nog zonder beleidsveld" in words_of(client.get(TREE))
    client.post(at("programme_new"), {"code": "2", "name": "Samenleven"})
    programme = Programme.objects.get()
    field = {"code": "2.2", "name": "Meedoen", "programme_key": str(programme.key)}
    client.post(at("policy_field_new"), field | {"portfolio_holder": "W. Voorbeeld"})
    typed = {
        "code": "2.2.2",
        "title": "Meedoen naar vermogen",
        "field_key": str(PolicyField.objects.get().key),
        "portfolio_holders": "Wethouder Voorbeeld\nWethouder Verzonnen",
        "source": "Begroting",
        "links": "",
    }
    assert client.post(at("tree_goal", goal_id), typed).url == TREE
    first = Criterion.objects.order_by("position").first()
    line = {"text": first.text, "indicators": ["participation_growth"]}
    client.post(at("tree_criterion", goal_id, first.key), line)
    client.post(at("tree_activity_new", goal_id), {"text": "Wij spreken iedereen."})
    answer = client.get(TREE)
    page = words_of(answer)
    order = ["2 Samenleven", "2.2 Meedoen", "2.2.2 Meedoen naar vermogen", "Criteria"]
    order += [
        first.text[:30],
        "Mensen met participatiegroei",
        "minstens 200",
        "Wij spreken iedereen.",
    ]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
    assert "Nog zonder beleidsveld" not in page
    assert links_of(answer)["Naar het doel 2.2.2"] == at("goal", goal_id)


def test_forms_with_mistakes_keep_what_was_typed(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client = sign_in(town.connie)
    answer = client.post(at("programme_new"), {"code": "", "name": "Zorg"})
    assert (answer.status_code, 'value="Zorg"' in answer.content.decode()) == (422, True)
    client.post(at("programme_new"), {"code": "1", "name": "Werk"})
    answer = client.post(at("programme_new"), {"code": "1", "name": "Ook werk"})
    assert answer.status_code == 422
    assert "Dit nummer bestaat al" in words_of(answer)
    typed = {"code": "1.1.3", "title": "Doel", "year": "2025", "links": "9.9"}
    answer = client.post(at("tree_goal", goal_id), typed)
    assert answer.status_code == 422
    assert "9.9" in words_of(answer)
    assert goal_node(town.connie, goal_id=goal_id).title != "Doel"
    assert client.post(at("tree_goal_new"), typed | {"links": ""}).status_code == 422
    assert Goal.objects.count() == 1


def test_what_is_empty_is_taken_away_and_the_rest_is_refused(town, sign_in):
    client = sign_in(town.connie)
    client.post(at("programme_new"), {"code": "1", "name": "Werk"})
    key = Programme.objects.get().key
    field = {"code": "1.1", "name": "Meedoen", "programme_key": str(key)}
    client.post(at("policy_field_new"), field)
    answer = client.post(at("programme", key), {"step": "remove"}, follow=True)
    assert "staan nog beleidsvelden" in words_of(answer)
    client.post(at("policy_field", PolicyField.objects.get().key), {"step": "remove"})
    client.post(at("programme", key), {"step": "remove"})
    assert not Programme.objects.exists()
    assert client.get(at("programme", key)).status_code == 404
    assert client.get(at("tree_goal", 999_999)).status_code == 404


def test_promises_through_the_years_stand_beside_each_other(town, sign_in):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    client, url = sign_in(town.connie), at("promises", goal_id, "participation_jobs")
    new = {"number": "140", "year": "2026", "direction": "at_least", "source": "Begroting 2026"}
    client.post(url, new)
    client.post(url, new | {"number": "150", "source": "Raadsbesluit 7"})
    rows = tables_of(client.get(url))["Wat is beloofd"][1:]
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("2026", "minstens 150", "Raadsbesluit 7", "ja"),
        ("2026", "minstens 140", "Begroting 2026", "nee, vervangen"),
    ]
    assert client.post(url, new | {"number": "-1"}).status_code == 422
    nothing = client.post(url, new | {"number": "", "year": "2031"})
    assert "Voor dit jaar is niets beloofd om in te trekken." in words_of(nothing)
    assert client.get(at("promises", goal_id, "volunteers")).status_code == 404
    assert Target.objects.count() == 2


def test_the_tree_of_one_year_is_in_its_address(town, sign_in):
    take_in(town, "1_1_3", "goal_2_2_2")
    client = sign_in(town.connie)
    assert "1.1.3 Maatschappelijke" in words_of(client.get(TREE, {"year": "2025"}))
    for wrong in ("nonsense", "2031"):
        answer = client.get(TREE, {"year": wrong})
        assert answer.status_code == 422
        assert "Van dit jaar zijn er geen doelen. Kies een jaar" in words_of(answer)
        assert "1.1.3 Maatschappelijke" not in words_of(answer)
