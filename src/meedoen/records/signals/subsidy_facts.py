"""The dates of people's wage-cost subsidies that ask for attention, as facts for the signals."""

from collections.abc import Mapping, Sequence
from datetime import date

from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sheltered.models import Step, WageSubsidy
from meedoen.rules.sheltered.words import ShelteredState
from meedoen.rules.signals.facts import LawDate
from meedoen.rules.signals.subsidy_dates import NewestSubsidy, subsidy_dates


def subsidy_dates_of(
    viewer: Viewer, *, pseudonym_ids: Sequence[int], on: date
) -> Mapping[int, tuple[LawDate, ...]]:
    """Return what is to be done about subsidies, by pseudonym; in two questions.

    Who has no job now, or a job without subsidy, is left out.
    """
    began = dict(
        Step.objects.visible_to(viewer)
        .current()
        .filter(
            track__pseudonym_id__in=pseudonym_ids,
            track__state=ShelteredState.EMPLOYED,
            state=ShelteredState.EMPLOYED,
        )
        .order_by("number")
        .values_list("track_id", "on")
    )
    rows = WageSubsidy.objects.visible_to(viewer).filter(track_id__in=began)
    found: dict[int, tuple[LawDate, ...]] = {}
    # Of the last day that was said, what was said last.
    for row in rows.select_related("track").order_by("starts_on", "pk"):
        if row.starts_on >= began[row.track_id]:
            newest = NewestSubsidy(began[row.track_id], row.starts_on, row.loonwaarde is None)
            dates = subsidy_dates(newest, str(row.track.key), on=on)
            found[row.track.pseudonym_id] = tuple(dates)
    return found
