"""Who took over from whom, as lines of the time line of one person."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.people.hand_over_queries import ResponsibilityCard
from meedoen.web.shared.story import Item


def hand_over_items(cards: Sequence[ResponsibilityCard], *, today: date) -> list[Item]:
    """Return a line for each time that another coach took over or will, newest first.

    The first coach took over from nobody, and has no line.
    """
    return [_item(card, today) for card in cards if card.before]


def _item(card: ResponsibilityCard, today: date) -> Item:
    words = {"before": card.before, "coach": card.coach}
    if card.starts_on > today:
        title = _("Gaat over van %(before)s naar %(coach)s")
    else:
        title = _("Overgedragen van %(before)s naar %(coach)s")
    return Item(
        day=card.starts_on,
        title=title % words,
        text=card.reason,
        who=card.arranged_by,
        stored=bool(card.reason),
    )
