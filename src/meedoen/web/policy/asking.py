"""What the pages about a period have alike: what was asked, and what may be shown of it."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations.viewer import Viewer
from meedoen.rules.flows.calendar import Period
from meedoen.web.policy.flow_forms import PeriodForm, last_day

Card = TypeVar("Card")
Form = TypeVar("Form", bound=PeriodForm)


def without_mistakes(form: Form) -> Form:
    """Return a form that can be answered with a file. Raises Http404 for one with mistakes."""
    if not form.is_valid():
        raise Http404
    return form


def over(viewer: Viewer, period: Period, query: Callable[..., Card | None], **more: object) -> Card:
    """Return what a query says of a period, as far as it has been, without small numbers.

    `more` is what this query is asked besides. Raises Http404 when it is not for this viewer.
    """
    card = query(
        viewer, start=period.eve, end=last_day(period), threshold=threshold_of(viewer), **more
    )
    if card is None:
        raise Http404
    return card
