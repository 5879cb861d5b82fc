"""Of which day a figure stands in what everyone may read, so that it stays as counted."""

from meedoen.records.budget.models import PublishedCell
from meedoen.records.documents.models import AdoptedFigure
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.documents.words import QuotedKind
from meedoen.rules.indicators.own_checks import ToldDay


def latest_told(viewer: Viewer, *, indicator: str) -> ToldDay | None:
    """Return the latest day of which this was counted in an adopted document or published page.

    None where it was nowhere, and for who may not see figures. Two questions.
    """
    if not viewer.may(Permission.SEE_FIGURES):
        return None
    own = {"municipality_id": viewer.municipality_id, "indicator": indicator}
    adopted = AdoptedFigure.objects.filter(
        **own, kind=QuotedKind.ACHIEVED.value, reference_date__isnull=False
    ).order_by("-reference_date", "-pk")
    published = PublishedCell.objects.filter(**own, counted_on__isnull=False).order_by(
        "-counted_on", "-pk"
    )
    rows = [
        *adopted.values_list("reference_date", "document__title")[:1],
        *published.values_list("counted_on", "publication__title")[:1],
    ]
    found = [ToldDay(day, where) for day, where in rows if day is not None]
    # Of one day the document is named: a page follows from it.
    return max(found, key=lambda one: one.day, default=None)
