"""The docs say what is there: links, names, commands, settings and words, kept by tests."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from meedoen.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from meedoen.records.figures.catalogue import catalogue
from meedoen.records.organisations.viewer import Permission, Role
from meedoen.rules.vocabulary import EntryKind
from tools import reference

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "meedoen"
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(file.relative_to(ROOT)) for file in DOCS]

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
ENDINGS = "py|toml|html|md|sh|css|po|lock|json|yml|txt|svg|png"
FILE = re.compile(rf"([\w.-]+/)*[\w.-]+\.({ENDINGS})(:\w+)?")
VARIABLE = re.compile(r"MEEDOEN_[A-Z_]+|DATABASE_URL")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def headings(name):
    return HEADING.findall(FENCE.sub("", text_of(name)))


def anchors(name):
    """Give each heading the anchor that Markdown gives it."""
    kept = (re.sub(r"[^\w\- ]", "", heading).lower() for heading in headings(name))
    return {words.replace(" ", "-") for words in kept}


def code_in(name):
    """Return the code spans and the blocks of code of a page."""
    text = text_of(name)
    return [*FENCE.findall(text), *SPAN.findall(FENCE.sub("", text))]


def rows(name, under):
    """Return the cells of the tables under a heading, without their head."""
    part = re.split(rf"^## {re.escape(under)}$", text_of(name), flags=re.MULTILINE)[1]
    return rows_of(re.split(r"^## ", part, flags=re.MULTILINE)[0])


def rows_of(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [at for at, line in enumerate(cells) if set(line[0]) <= {"-"} and line[0]]
    heads = {at - 1 for at in rules}
    return [line for at, line in enumerate(cells) if at not in heads and at not in rules]


# --- links and names -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_link_to_a_file_leads_somewhere(name):
    lost = []
    for link in LINK.findall(FENCE.sub("", text_of(name))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        found = target.exists()
        if found and anchor:
            found = anchor in anchors(str(target.resolve().relative_to(ROOT)))
        lost += [] if found else [link]
    assert not lost


def file_named(span, name):
    places = (ROOT, SOURCE, (ROOT / name).parent)
    return next((place / span for place in places if (place / span).is_file()), None)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_and_function_that_is_named_is_there(name):
    lost = []
    for span in SPAN.findall(FENCE.sub("", text_of(name))):
        if not FILE.fullmatch(span) or ("/" not in span and ":" not in span):
            continue
        path, _, wanted = span.partition(":")
        file = file_named(path, name)
        if file is None or (wanted and wanted not in defined_in(file)):
            lost.append(span)
    assert not lost


def defined_in(file):
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_the_tour_names_a_file_of_every_layer():
    named = {span.split("/")[0] for span in SPAN.findall(text_of("docs/tour.md")) if "/" in span}
    assert {"rules", "records", "web", "config", "catalogue", "demo"} <= named


# --- commands ------------------------------------------------------------------------------------


def targets():
    return set(re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_that_is_named_exists(name):
    asked = {word for code in code_in(name) for word in re.findall(r"\bmake ([a-z]+)", code)}
    assert asked <= targets()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_is_named_exists(name):
    known = {command.replace("_", "-") for command in get_commands()} | {"help"}
    pattern = r"(?:^|\.venv/bin/|usage: )meedoen ([a-z][a-z-]*)"
    asked = {
        word for code in code_in(name) for word in re.findall(pattern, code, flags=re.MULTILINE)
    }
    assert asked <= known


def test_the_readme_names_the_targets_and_commands_that_people_need():
    readme = text_of("README.md")
    for target in targets() - {"clean", "lock", "messages"}:
        assert f"make {target}" in readme
    for command in reference.own_commands():
        assert f"`meedoen {command.replace('_', '-')}`" in readme


def test_the_readme_tells_every_demo_log_in():
    told = {tuple(line[:3]) for line in rows("README.md", "Try it: `make demo`")}
    assert told == {
        (
            f"`{one.email}`",
            " and ".join(role.value.replace("_", " ") for role in one.roles),
            one.shows,
        )
        for one in DEMO_ACCOUNTS
    }
    assert f"`{DEMO_PASSWORD}`" in text_of("README.md")


# --- reference -----------------------------------------------------------------------------------


def test_the_generated_reference_is_what_the_code_says():
    for name, text in reference.pages().items():
        assert text_of(f"docs/reference/{name}") == text, "run tools/reference.py"


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("indicators", [definition.code for definition in catalogue()]),
        ("permissions", list(Permission)),
        ("history", list(EntryKind)),
        (
            "commands",
            [f"meedoen {command.replace('_', '-')}" for command in reference.own_commands()],
        ),
    ],
)
def test_everything_has_its_heading_in_the_reference(name, needed):
    assert needed
    assert set(needed) <= set(headings(f"docs/reference/{name}.md"))


def test_every_role_has_its_sentence_in_the_reference():
    told = {line[0]: line[1] for line in rows("docs/reference/permissions.md", "Roles")}
    assert set(told) == {f"`{role}`" for role in Role}
    assert all(told.values())


def test_the_docstring_of_a_word_is_read_on_one_line():
    told = reference.docstrings(EntryKind)
    assert set(told) == {kind.name for kind in EntryKind}
    assert told["ATTEMPT"] == "Somebody tried to reach the person on that day."


def test_every_setting_has_its_heading_and_every_heading_its_setting():
    tree = ast.parse((SOURCE / "config" / "settings.py").read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    read = {word for word in words if isinstance(word, str) and VARIABLE.fullmatch(word)}
    assert set(headings("docs/reference/settings.md")[1:]) == read


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_that_is_named_exists(name):
    named = {word for code in code_in(name) for word in VARIABLE.findall(code)}
    assert named <= set(headings("docs/reference/settings.md"))


# --- glossary ------------------------------------------------------------------------------------

LATER = "Not built yet"


def glossary():
    return [(dutch, name.strip("`")) for dutch, name, *_rest in rows_of(text_of("GLOSSARY.md"))]


def words_of(dutch):
    """Return the terms of one line: those between commas, without what stands in brackets."""
    return [word.strip() for word in re.sub(r"\([^)]*\)", "", dutch).casefold().split(",")]


def test_every_name_of_the_glossary_is_used_in_the_code():
    later = {name.strip("`") for _dutch, name, *_rest in rows("GLOSSARY.md", LATER)}
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.toml")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files).lower()
    # Nearly every name is one word, which is quicker to look up than to search for.
    known = {*later, *re.findall(r"\w+", code)}
    unused = [
        name
        for _dutch, name in glossary()
        if name not in known and not re.search(rf"\b{re.escape(name)}\b", code)
    ]
    assert not unused


def test_no_dutch_term_and_no_name_is_in_the_glossary_twice():
    terms = [word for dutch, _name in glossary() for word in words_of(dutch)]
    names = [name for _dutch, name in glossary()]
    assert sorted(set(terms)) == sorted(terms)
    assert sorted(set(names)) == sorted(names)


# --- the project as others find it ---------------------------------------------------------------


def test_publiccode_holds_what_the_standard_asks():
    told = yaml.safe_load(text_of("publiccode.yml"))
    for key in ("publiccodeYmlVersion", "name", "url", "developmentStatus", "softwareType"):
        assert isinstance(told[key], str), key
    assert told["platforms"]
    assert set(told["description"]) == {"nl", "en"}
    for language in told["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]
    assert told["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in told["maintenance"]["contacts"])
    assert told["localisation"]["localisationReady"] is True


def test_licence_version_and_changelog_agree():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    told = yaml.safe_load(text_of("publiccode.yml"))
    assert told["legal"]["license"] == project["license"]
    assert (ROOT / "LICENSES" / f"{project['license']}.txt").is_file()
    assert any(
        heading.startswith(f"[{project['version']}]") for heading in headings("CHANGELOG.md")
    )


def test_every_decision_says_why_what_and_what_follows():
    files = [name for name in NAMES if name.startswith("docs/decisions/")]
    assert files
    for number, name in enumerate(files, start=1):
        title, *parts = headings(name)
        assert title.startswith(f"{number}. ")
        assert parts == ["Context", "Decision", "Consequences"]
