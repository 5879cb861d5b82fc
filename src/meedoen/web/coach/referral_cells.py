"""A list of referrals as the columns of a file: what the page shows, and no more."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from meedoen.rules.vocabulary import ReferralAbout
from meedoen.web.shared.exporting import Cell
from meedoen.web.shared.referral_lines import ReceivedLine, ReferralLine


def headings(*, received: bool) -> Sequence[Cell]:
    """Return the names of the columns."""
    if received:
        return [
            _("Van"),
            _("Over"),
            _("Waarvoor"),
            _("Hoe het staat"),
            _("Wat er moet gebeuren"),
            _("Uiterlijk"),
        ]
    return [
        _("Over"),
        _("Waarvoor"),
        _("Naar"),
        _("Hoe het staat"),
        _("Wie aan zet is"),
        _("Uiterlijk"),
    ]


def cells(line: ReceivedLine | ReferralLine) -> Sequence[Cell]:
    """Return the cells of one line."""
    card = line.card
    question = _("een vraag") if card.about is ReferralAbout.QUESTION else "-"
    over = card.who or question
    acts = line.acts or line.outcome or "-"
    if isinstance(line, ReceivedLine):
        return [line.sender, over, line.theme, line.state, acts, line.card.next_due_on]
    to = ", ".join(line.to) or "-"
    return [over, line.theme, to, line.state, acts, line.card.due_on]
