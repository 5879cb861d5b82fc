"""What the text of an own indicator is checked against in its municipality."""

from meedoen.records.organisations.models import District, Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.language import Catalogue, Definition
from meedoen.rules.indicators.own_checks import Surroundings, ToldDay, checked


def surroundings_of(viewer: Viewer, *, code: str, told: ToldDay | None = None) -> Surroundings:
    """Return what the text of an indicator with this code is checked against; three questions.

    `told` comes from whoever knows the documents and pages, which stand above this.
    """
    known = catalogue_of(viewer.municipality_id)
    own = {"municipality_id": viewer.municipality_id}
    others = {each.code: each for each in known if each.code != code}
    return Surroundings(
        others=Catalogue(others),
        districts=dict(District.objects.filter(**own).order_by("name").values_list("pk", "name")),
        organisations=dict(
            Organisation.objects.filter(**own).order_by("name").values_list("pk", "name")
        ),
        in_force=known.definitions.get(code),
        told=told,
    )


def demand_right(
    viewer: Viewer, *, code: str, text: str, told: ToldDay | None = None
) -> Definition:
    """Read the text of an own indicator. Raises DefinitionError with every mistake in it."""
    return checked(code, text, surroundings_of(viewer, code=code, told=told))
