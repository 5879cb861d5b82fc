"""Worked examples: the figure that a little history gives, for tests and for reference."""

from meedoen.rules.indicators.columns import Columns
from meedoen.rules.indicators.evaluate import FigureResult, figure
from meedoen.rules.indicators.language import Definition, Example


def run_example(definition: Definition, example: Example) -> FigureResult:
    """Count the figure that an example's history gives.

    Raises HistoryError for a history that cannot be right, NoVersionError for a day before
    the first version; the reader lets neither of them through.
    """
    columns = Columns.from_statements(example.statements)
    return figure(definition, columns, example.on, example.known_at)
