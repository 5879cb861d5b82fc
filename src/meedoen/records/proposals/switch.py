"""Whether Meedoen puts places in order for people, or only lists them."""

from meedoen.records.organisations.matching_queries import newest_setting
from meedoen.records.organisations.viewer import Viewer


def matching_is_on(viewer: Viewer) -> bool:
    """Return whether the viewer's municipality lets places be matched; on unless it said no."""
    newest = newest_setting(viewer)
    return newest is None or newest.is_on
