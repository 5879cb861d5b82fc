"""For how many hours a week somebody works in a participation job, as was agreed."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.placements.models import Placement
from meedoen.records.placements.terms_queries import terms_on


def hours_of(viewer: Viewer, *, key: uuid.UUID, until: date) -> Decimal | None:
    """Return the hours a week on the day before `until`; None when nobody agreed on any.

    Those of the person when they were agreed on, else those of the place.
    """
    if not viewer.may(Permission.FIX_DUTIES):
        return None
    terms = terms_on(viewer, key=key, on=until - timedelta(days=1))
    if terms is not None and terms.hours_a_week is not None:
        return terms.hours_a_week
    of_place = Placement.objects.visible_to(viewer).filter(key=key)
    hours = of_place.values_list("place__hours_per_week", flat=True).first()
    return None if hours is None else Decimal(hours)
