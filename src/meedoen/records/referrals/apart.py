"""The same done with many referrals, each apart: one that fails does not hold up another."""

import uuid
from collections.abc import Callable, Iterable

from meedoen.records.jobs.apart import each_apart
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.holding import Held, hold_referral


def each_referral(viewer: Viewer, keys: Iterable[uuid.UUID], act: Callable[[Held], int]) -> int:
    """Do the same with referrals, each wholly or not at all; return what it adds up to."""
    return each_apart(
        keys, lambda key: act(hold_referral(viewer, key)), failed="Referral %s was left as it is"
    )
