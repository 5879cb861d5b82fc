"""What may not stand in any text about the budget: of a goal, of a document or about one."""

from django.utils.translation import gettext as _

from meedoen.rules.personal_numbers import holds_bsn_among_figures


def number_problems(*texts: str) -> list[str]:
    """Return that a citizen service number stands in one of the texts; nothing repeats it."""
    if any(holds_bsn_among_figures(text) for text in texts):
        return [_("In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg.")]
    return []
