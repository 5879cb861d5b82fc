"""Who was there, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from meedoen.rules.vocabulary import Presence
from meedoen.web.shared.words import Words

PRESENCES: Mapping[Presence, Words] = {
    Presence.PRESENT: _("Was er"),
    Presence.EXCUSED: _("Afgemeld"),
    Presence.ABSENT: _("Niet gekomen"),
}
