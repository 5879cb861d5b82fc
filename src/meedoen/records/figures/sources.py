"""What the figures of a municipality are counted in."""

from meedoen.records.history.queries import columns
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.columns import place_columns
from meedoen.records.referrals.columns import referral_columns
from meedoen.rules.indicators.sources import Sources


def sources(viewer: Viewer, *, referrals: bool = True, places: bool = True) -> Sources:
    """Return everything that was ever recorded in the viewer's municipality.

    Empty for who may not read the history. Without referrals or places nothing of those is read,
    and the words about them cannot be counted.
    """
    return Sources(
        columns(viewer),
        referral_columns(viewer) if referrals else None,
        place_columns(viewer) if places else None,
    )
