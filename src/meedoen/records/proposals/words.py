"""What somebody typed about a list or a refusal: there, not too long, and without a number."""

from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.rules.personal_numbers import holds_bsn

LONGEST_WORDS = 500


def checked_words(text: str, *, missing: str) -> str:
    """Return a text as it is kept. Raises ActionRefusedError; `missing` is what is said without."""
    words = text.strip()
    if not words:
        raise ActionRefusedError(missing)
    if len(words) > LONGEST_WORDS:
        raise ActionRefusedError(
            _("De tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_WORDS}
        )
    if holds_bsn(words):
        raise ActionRefusedError(_("Hier staat een burgerservicenummer. Haal het weg."))
    return words
