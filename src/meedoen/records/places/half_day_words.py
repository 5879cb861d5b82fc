"""Half-days of the week as people say them, for sentences of actions and for pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Words = Promise | str

DAYS: Mapping[str, Words] = {
    "mon": _("maandag"),
    "tue": _("dinsdag"),
    "wed": _("woensdag"),
    "thu": _("donderdag"),
    "fri": _("vrijdag"),
    "sat": _("zaterdag"),
    "sun": _("zondag"),
}

PARTS: Mapping[str, Words] = {
    "morning": _("ochtend"),
    "afternoon": _("middag"),
    "evening": _("avond"),
}

HALF_DAYS: Mapping[str, Words] = {
    f"{day}_{part}": format_lazy(_("{day}{part}"), day=day_word, part=part_word)
    for day, day_word in DAYS.items()
    for part, part_word in PARTS.items()
}
"""By the code of rules.half_days; Dutch writes the day and its part as one word."""
