"""The indicators that come with the package."""

from meedoen.rules.indicators.language import Catalogue
from meedoen.rules.indicators.shipped import shipped_catalogue


def catalogue() -> Catalogue:
    """Return the indicators of `catalogue/indicators`; raises DefinitionError for a mistake.

    Those of one municipality, with its own: `own_indicators.catalogue.catalogue_of`.
    """
    return shipped_catalogue()
