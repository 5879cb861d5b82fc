"""What someone wishes and can, as labels with values."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from meedoen.records.conversations.queries import Wishes
from meedoen.rules import half_days
from meedoen.rules.matching.facts import LanguageLevel
from meedoen.web.shared.reasons import half_days_text, interest_name
from meedoen.web.shared.words import (
    FUNCTIONAL_DEMANDS,
    LANGUAGE_LEVELS,
    PLACE_KINDS,
    listed,
    mid_sentence,
)


def wish_facts(wishes: Wishes) -> list[tuple[str, str]]:
    """Return label and value of each thing that came out of the last conversation."""
    kinds = [PLACE_KINDS[kind] for kind in PLACE_KINDS if kind in wishes.wished_kinds]
    limits = [
        mid_sentence(FUNCTIONAL_DEMANDS[limit])
        for limit in FUNCTIONAL_DEMANDS
        if limit in wishes.functional_limits
    ]
    interests = sorted(mid_sentence(interest_name(code)) for code in wishes.interests)
    return [
        (_("Soort plek"), listed(map(mid_sentence, kinds)) if kinds else _("alles mag")),
        (_("Doet graag"), listed(interests)),
        (_("Kan op"), half_days_text(half_days.codes(wishes.half_days))),
        (
            _("Kan komen in"),
            _("de hele gemeente") if wishes.whole_town else _("alleen de eigen wijk"),
        ),
        (_("Nederlands"), _language(wishes.language_level)),
        (_("Gaat niet"), listed(limits)),
        *_other_limits(wishes.other_limits),
    ]


def _language(level: LanguageLevel | None) -> str:
    return _("niet gevraagd") if level is None else str(LANGUAGE_LEVELS[level])


def _other_limits(text: str) -> list[tuple[str, str]]:
    """Return what somebody wrote, which is Dutch in every language of the page."""
    return [(_("Gaat ook niet"), format_html('<span lang="nl">{}</span>', text))] if text else []
