"""What is wrong with a text of a document, told before it is kept and when it is only looked at."""

from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.documents.models import Document
from meedoen.records.documents.quote_words import mistake_line
from meedoen.records.documents.quoting import what_can_be_quoted
from meedoen.records.organisations.viewer import Viewer

LONGEST_TEXT = 20_000


def text_problems(viewer: Viewer, document: Document, text: str) -> list[str]:
    """Return a line for every quote that cannot be read, and for a citizen service number."""
    if len(text) > LONGEST_TEXT:
        return [
            _("De tekst heeft hoogstens %(most)s tekens. Kort die in.") % {"most": LONGEST_TEXT}
        ]
    mistakes = what_can_be_quoted(viewer, document).read(text).mistakes
    return [*map(mistake_line, mistakes), *number_problems(text)]
