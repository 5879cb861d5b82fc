"""Worked examples: the figure that a little history gives, for tests and for reference."""

from dataclasses import replace

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import FigureResult, figure
from meedoen.rules.indicators.language import Definition, Example
from meedoen.rules.indicators.place_columns import Places
from meedoen.rules.indicators.referral_columns import Referrals
from meedoen.rules.indicators.sources import Sources


def run_example(definition: Definition, example: Example) -> FigureResult:
    """Count the figure that an example's tables give.

    Raises HistoryError for a history that cannot be right, NoVersionError for a day before
    the first version; the reader lets neither of them through.
    """
    tables, places = example.tables, example.tables.places
    # An example of an older version stays, also when a newer one begins before its day.
    its_own = replace(definition, versions=(definition.version_of(example),))
    return figure(
        its_own,
        Sources(
            Columns.from_statements(tables.statements),
            Referrals.from_statements(tables.steps, tables.directory),
            Places.from_statements(
                places.statements, places.seats, places.confirmations, places.districts
            ),
        ),
        example.on,
        example.known_at,
    )
