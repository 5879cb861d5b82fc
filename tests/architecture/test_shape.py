"""The shape of the code, kept by tests."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from meedoen.records.organisations.privacy import Privacy

SOURCE = Path(__file__).parents[2] / "src" / "meedoen"
STACK = (
    "organisations",
    "jobs",
    "search",
    "links",
    "history",
    "people",
    "directory",
    "caseloads",
    "sharing",
    "conversations",
    "places",
    "knowledge",
    "directory_imports",
    "sheltered_stretches",
    "ladder",
    "plans",
    "proposals",
    "placements",
    "referrals",
    "waiting",
    "participation_jobs",
    "sheltered",
    "trainings",
    "allowances",
    "divisions",
    "place_questions",
    "following",
    "signals",
    "own_indicators",
    "figures",
    "budget",
    "documents",
)
OURS = [model for model in apps.get_models() if model.__module__.startswith("meedoen.")]
# A slot of the clock is about no municipality: one worker serves them all.
WITHOUT_MUNICIPALITY = {"Municipality", "Account", "Slot"}


def pages(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry)
        elif isinstance(entry, URLPattern):
            yield entry


@pytest.mark.parametrize("entry", list(pages()), ids=str)
def test_every_page_says_for_whom_it_is(entry):
    assert hasattr(entry.callback, "guard"), "use @page(permission) or @public_page"


@pytest.mark.parametrize("model", OURS, ids=str)
def test_foreign_keys_point_down_the_stack(model):
    here = STACK.index(model._meta.app_label)
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete:
            assert STACK.index(field.related_model._meta.app_label) <= here, field


@pytest.mark.parametrize("model", OURS, ids=str)
def test_every_field_says_whether_it_is_personal(model):
    fields = {field.name for field in model._meta.local_concrete_fields}
    assert set(model.privacy) == fields
    assert set(model.privacy.values()) <= set(Privacy)


@pytest.mark.parametrize("model", OURS, ids=str)
def test_every_row_carries_its_municipality(model):
    if model.__name__ in WITHOUT_MUNICIPALITY:
        return
    assert model._meta.get_field("municipality").related_model.__name__ == "Municipality"


def personal(model):
    return any(
        model.privacy[field.name] is Privacy.PERSONAL for field in model._meta.local_concrete_fields
    )


# Nothing here is about a resident: who works where, and who measured, published or wrote what.
NOT_SCOPED = {"Account", "Membership", "Measuring", "Publication", "Pseudonym"}
NOT_SCOPED |= {"DocumentStep", "ChapterText", "Light", "Comment", "Rectification"}
NOT_SCOPED |= {"CouncilQuestion", "CouncilAnswer", "Target", "IndicatorText"}


@pytest.mark.parametrize("model", OURS, ids=str)
def test_every_personal_table_asks_who_is_looking(model):
    if not personal(model) or model.__name__ in NOT_SCOPED:
        return
    assert hasattr(model.objects.all(), "visible_to")


def functions(pattern):
    for file in sorted(SOURCE.glob(pattern)):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(node, id=f"{file.parent.name}.{node.name}")


# Setting up a municipality comes before anyone can look; the others only reckon with days.
WITHOUT_VIEWER = {"found_municipality", "on_one_day", "days_to_snooze"}


@pytest.mark.parametrize("function", list(functions("records/*/*actions.py")))
def test_every_action_has_a_viewer_first(function):
    if function.name in WITHOUT_VIEWER:
        return
    assert ast.unparse(function.args.args[0].annotation) == "Viewer"


# What everyone may read, and what the software asks on the server or about who is signing in.
PUBLIC_READS = {
    "pages_as_published",
    "published_page",
    "published_pages",
    "hsds_services",
    "hsds_modified",
    "hsds_service",
    "hsds_organisations",
    "hsds_organisations_with_places",
    "hsds_organisation",
    "hsds_areas",
    "published_goal_ids",
    "counted_cell",
    "occasion",
    "occasions",
    "council_questions_of",
    "person_for",
    "system_viewer",
    "account_known",
    "municipality_codes",
    "shown_together",
    "public_municipalities",
    "public_matching",
    "public_area",
    "public_place",
    "find_public_places",
    "publicly_also_meant",
}


@pytest.mark.parametrize("function", list(functions("records/*/*queries.py")))
def test_every_query_has_a_viewer_first_or_is_listed_as_public(function):
    if function.name in PUBLIC_READS:
        return
    assert ast.unparse(function.args.args[0].annotation) == "Viewer"


# Of files there are so many that a test for each would take longer than what it looks at.


def texts(pattern):
    """Return the text of every file that fits, by its path."""
    return {
        str(file.relative_to(SOURCE)): file.read_text(encoding="utf-8")
        for file in sorted(SOURCE.glob(pattern))
    }


def imported(text):
    """Return each import of a file as the module and the names with how they are called."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, [alias]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.names


# What databases pack stays as it is, and a test holds it against what they were made with.
MIGRATIONS_MAY_IMPORT = {"meedoen.records.history.packed"}


def test_migrations_import_no_app_code():
    files = texts("records/*/migrations/*.py")
    assert files
    wrong = [
        f"{name}: {module}"
        for name, text in files.items()
        for module, _names in imported(text)
        if module.startswith("meedoen") and module not in MIGRATIONS_MAY_IMPORT
    ]
    assert not wrong


ROUND_THE_SCOPE = ("_base_manager", "_default_manager", ".raw(", "_scoped = True")
MAY_SCOPE = {
    "records/organisations/scoped.py",
    "records/history/models.py",
    # Whoever holds a signed link is known by that link only.
    "records/links/models.py",
}


def test_nobody_goes_round_the_question_who_is_looking():
    files = texts("**/*.py")
    assert files.keys() >= MAY_SCOPE
    wrong = [
        f"{name}: {word}"
        for name, text in files.items()
        for word in ROUND_THE_SCOPE
        if word in text and name not in MAY_SCOPE
    ]
    assert not wrong


BY_CHANCE_OR_CLOCK = ("date.today", "datetime.now", "time.time", "import random", "np.random")


def test_rules_know_no_clock_and_no_chance():
    files = texts("rules/**/*.py")
    assert files
    wrong = [
        f"{name}: {word}: pass the day or the choice in"
        for name, text in files.items()
        for word in BY_CHANCE_OR_CLOCK
        if word in text
    ]
    assert not wrong


NOT_IN_TEMPLATES = ("<style", " style=", " onclick=", "<script>")
FOREIGN = ('src="http', 'href="http', 'src="//', 'href="//')


def test_templates_hold_no_script_style_or_foreign_host():
    files = texts("web/templates/**/*.html")
    assert files
    wrong = [
        f"{name}: {word}"
        for name, text in files.items()
        for word in (*NOT_IN_TEMPLATES, *FOREIGN)
        if word in text
    ]
    assert not wrong


def test_texts_are_marked_by_a_name_under_which_the_catalogue_finds_them():
    """Under any other name a text would never get its English."""
    wrong = [
        f"{name}: {alias.name} as {alias.asname}"
        for name, text in texts("**/*.py").items()
        for module, names in imported(text)
        if module == "django.utils.translation"
        for alias in names
        if alias.asname not in {None, "_"}
    ]
    assert not wrong
