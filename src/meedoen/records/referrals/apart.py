"""The same done with many referrals, each apart: one that fails does not hold up another."""

import logging
import uuid
from collections.abc import Callable, Iterable

from django.db import InterfaceError, OperationalError, transaction

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.holding import Held, hold_referral

log = logging.getLogger(__name__)


def each_apart(viewer: Viewer, keys: Iterable[uuid.UUID], act: Callable[[Held], int]) -> int:
    """Do the same with referrals, each wholly or not at all; return what it adds up to.

    What goes wrong with one is logged, and tried again the next time; only a database that does
    not answer is told to whoever called.
    """
    count = 0
    for key in keys:
        try:
            with transaction.atomic():
                count += act(hold_referral(viewer, key))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("Referral %s was left as it is", key)
    return count
