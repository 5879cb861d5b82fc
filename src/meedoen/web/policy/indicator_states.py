"""How an indicator stands, and what was done with its text, in words."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from meedoen.records.own_indicators.queries import OwnIndicator
from meedoen.rules.indicators.own_checks import TextMove
from meedoen.web.shared.words import Words


class Standing(StrEnum):
    """Whether an indicator is counted; as it stands in the address of the list."""

    SHIPPED = "pakket"
    IN_FORCE = "in-gebruik"
    DRAFT = "concept"
    STOPPED = "gestopt"


STATES: Mapping[Standing, Words] = {
    Standing.SHIPPED: _("Van Meedoen"),
    Standing.IN_FORCE: _("Eigen, in gebruik"),
    Standing.DRAFT: _("Eigen, concept"),
    Standing.STOPPED: _("Eigen, gestopt"),
}
STATE_KINDS: Mapping[Standing, str] = {
    Standing.SHIPPED: "neutral",
    Standing.IN_FORCE: "success",
    Standing.DRAFT: "warning",
    Standing.STOPPED: "inactive",
}
MOVES: Mapping[TextMove, Words] = {
    TextMove.DRAFTED: _("Bewaard als concept"),
    TextMove.PUT_IN_FORCE: _("In gebruik genomen"),
    TextMove.STOPPED: _("Gestopt"),
}


def standing_of(card: OwnIndicator | None) -> Standing:
    """Return how an indicator stands; one without a card comes with the package."""
    if card is None:
        return Standing.SHIPPED
    if card.counted_by is None:
        return Standing.DRAFT
    return Standing.IN_FORCE if card.is_in_force else Standing.STOPPED
