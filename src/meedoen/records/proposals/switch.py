"""Whether Meedoen puts places in order for people, or only lists them."""

from meedoen.records.organisations.matching_queries import matching_setting
from meedoen.records.organisations.viewer import Viewer


def matching_is_on(viewer: Viewer) -> bool:
    """Return whether the viewer's municipality lets places be matched; on unless it said no."""
    return matching_setting(viewer).is_on
