"""The catalogue by the shapes of DCAT-AP-NL, as Geonovum publishes them."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest

from meedoen.rules.open_data.catalogue import FORMS, Catalogue, Entry, catalogue, publisher_address
from meedoen.rules.open_data.dataset import Dataset
from tests.conftest import DCAT_SHAPES

# The reader of JSON-LD in rdflib still makes a graph that rdflib itself warns against.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

MOMENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
SITE = "https://meedoen.example"
ABOUT = Catalogue(
    url=f"{SITE}/begroting/catalogus.jsonld",
    title="Wat bereikt de gemeente",
    description="Doelen en cijfers.",
    homepage=f"{SITE}/begroting/",
    contact="mailto:info@meedoen.example",
)


def entry(number, code="GM9990"):
    dataset = Dataset(
        number, "1.1.3", f"1.1.3 Doel {number}", "Wat geteld is.", f"Plaats {code}", code,
        MOMENT, date(2025, 12, 31), MOMENT, 10, 0, (),
    )  # fmt: skip
    page = f"{SITE}/begroting/pagina/{number}/"
    downloads = {form.name: f"{page}gegevens.{form.name}" for form in FORMS}
    return Entry(dataset, page, f"{page}gegevens.csv-metadata.json", downloads)


ENTRIES = [entry(1), entry(2), entry(3, "GM9991")]


def problems(content, shapes):
    """Return what the shapes find wrong, as short sentences."""
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    data = rdflib.Graph().parse(data=json.dumps(content), format="json-ld")
    rules = rdflib.Graph().parse(DCAT_SHAPES / shapes, format="turtle")
    _conforms, found, _text = pyshacl.validate(data, shacl_graph=rules, advanced=True)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted(
        f"{str(path).rsplit('/')[-1]} of {found.value(result, shacl.focusNode)}"
        for result, path in found.subject_objects(shacl.resultPath)
    )


needs_shapes = pytest.mark.skipif(
    not DCAT_SHAPES.is_dir(), reason="the shapes are not beside this repository"
)


@needs_shapes
@pytest.mark.parametrize("shapes", ["dcat-ap-nl-SHACL.ttl", "dcat-ap-nl-OPT.ttl"])
@pytest.mark.parametrize("contact", ["mailto:info@meedoen.example", f"{SITE}/begroting/"])
def test_the_catalogue_has_what_is_mandatory(shapes, contact):
    about = Catalogue(ABOUT.url, ABOUT.title, ABOUT.description, ABOUT.homepage, contact)
    assert problems(catalogue(about, ENTRIES), shapes) == []


@needs_shapes
def test_the_catalogue_has_what_is_recommended_but_a_service_which_there_is_none_of():
    found = problems(catalogue(ABOUT, ENTRIES), "dcat-ap-nl-SHACL-aanbevolen.ttl")
    assert {one.partition(" ")[0] for one in found} <= {"dcat#accessService"}


@needs_shapes
@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("dcat:Dataset", "dct:identifier"),
        ("dcat:Dataset", "dcat:theme"),
        ("dcat:Dataset", "dct:accessRights"),
        ("dcat:Distribution", "dct:license"),
        ("dcat:Catalog", "dcat:contactPoint"),
        ("dcat:CatalogRecord", "dct:language"),
    ],
)
def test_the_shapes_do_find_what_is_missing(kind, key):
    """Otherwise the tests above could not fail."""
    content = deepcopy(catalogue(ABOUT, ENTRIES))
    for node in content["@graph"]:
        if node["@type"] == kind:
            del node[key]
    assert problems(content, "dcat-ap-nl-SHACL.ttl") != []


def test_every_municipality_has_a_catalogue_and_a_publisher_of_its_own():
    graph = catalogue(ABOUT, ENTRIES)["@graph"]
    catalogues = [node for node in graph if node["@type"] == "dcat:Catalog"]
    assert [len(node["dcat:dataset"]) for node in catalogues] == [2, 1]
    publishers = [node["dct:publisher"]["@id"] for node in catalogues]
    assert publishers == [publisher_address("GM9990"), publisher_address("GM9991")]


def test_everything_that_is_named_in_the_catalogue_is_there_once():
    graph = catalogue(ABOUT, ENTRIES)["@graph"]
    names = [node["@id"] for node in graph]
    assert len(names) == len(set(names))
    datasets = [node for node in graph if node["@type"] == "dcat:Dataset"]
    assert {one["@id"] for node in datasets for one in node["dcat:distribution"]} <= set(names)


def test_a_catalogue_without_pages_is_empty():
    assert catalogue(ABOUT, [])["@graph"] == []
