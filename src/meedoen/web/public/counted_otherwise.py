"""From which day the figures of a row are counted otherwise: the numbers do not tell."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from meedoen.records.budget.queries import PublicPage
from meedoen.web.shared.budget_table import breaks_in, row_name
from meedoen.web.shared.figures import day_text


def counted_otherwise_notes(page: PublicPage) -> Iterator[str]:
    """Say of each row whose figures are counted in more than one way since when."""
    for row in page.rows:
        for day in breaks_in(row):
            words = {"name": row_name(row), "day": day_text(day)}
            yield (
                _(
                    "%(name)s: sinds %(day)s tellen we dit anders. Vergelijk het niet zomaar met "
                    "eerdere jaren."
                )
                % words
            )
