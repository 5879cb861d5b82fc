"""What imported pages print of an indicator, with the words of the page."""

from meedoen.records.budget.printed_series import PrintedFigure, printed_series
from meedoen.records.organisations.viewer import Viewer
from meedoen.web.policy.import_forms import KINDS

_WORDS = {str(kind): word for kind, word in KINDS}


def printed_shown(viewer: Viewer, code: str) -> list[tuple[str, PrintedFigure]]:
    """Return each printed figure of an indicator, behind the word for what kind it is."""
    return [(str(_WORDS.get(one.kind, "-")), one) for one in printed_series(viewer, indicator=code)]
