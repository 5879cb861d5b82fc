"""Numbers that were promised or budgeted, by indicator and year, as texts may quote them."""

from meedoen.records.budget.models import ImportedValue
from meedoen.records.budget.targets import all_standing
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.page import CellKind
from meedoen.rules.budget.values import NO_ANSWER, read_value


def printed_numbers(viewer: Viewer, kind: CellKind) -> dict[tuple[str, int], str]:
    """Return what pages print in columns of this kind; the page of the latest year goes last."""
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = (
        ImportedValue.objects.filter(
            municipality_id=viewer.municipality_id, kind=kind.value, year__isnull=False
        )
        .exclude(row__indicator="")
        .order_by("row__goal__year", "pk")
        .values_list("row__indicator", "year", "value")
    )
    return {(code, year): value for code, year, value in rows if year is not None}


def typed_numbers(viewer: Viewer) -> dict[tuple[str, int], str]:
    """Return the promises that stand; one without a year of its own is that of its goal."""
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    return {
        (row.indicator, year): str(row.number)
        for row in all_standing(viewer)
        if (year := row.year or row.goal.year) is not None
    }


def aimed_numbers(viewer: Viewer) -> dict[tuple[str, int], str]:
    """Return what is aimed for: as printed, and as typed where no page prints a number."""
    printed = printed_numbers(viewer, CellKind.STREEF)
    said = {key: text for key, text in printed.items() if read_value(text).meaning not in NO_ANSWER}
    return printed | typed_numbers(viewer) | said
