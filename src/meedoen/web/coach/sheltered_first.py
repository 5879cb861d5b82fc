"""Refusals of a start in sheltered work, with the way to where the decision is written down."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.placements.sheltered_first import ShelteredFirstError


def links_to_sheltered(error: ActionRefusedError) -> Iterator[SafeString]:
    """Yield a link to the sheltered work of everybody whom a refusal is about; else nothing."""
    if isinstance(error, ShelteredFirstError):
        for key in error.residents:
            yield format_html(
                '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
                reverse("coach:sheltered", args=[key]),
                _("Naar beschut werk van deze inwoner"),
            )
