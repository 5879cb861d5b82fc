"""How a found place stands, in words for the coach and for the resident."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from meedoen.rules.vocabulary import FoundBy, PlaceStatus
from meedoen.web.shared.words import Words

FOUND_STATUSES: Mapping[PlaceStatus, Words] = {
    PlaceStatus.PROPOSED: _("In behandeling"),
    PlaceStatus.LISTED: _("Opgenomen"),
    PlaceStatus.REFUSED: _("Niet opgenomen"),
}

FOUND_STATUS_KINDS: Mapping[PlaceStatus, str] = {
    PlaceStatus.PROPOSED: "warning",
    PlaceStatus.LISTED: "success",
    PlaceStatus.REFUSED: "inactive",
}
"""The kind of status badge that goes with a status; its words say the same."""

FOUND_SENTENCES_FOR_RESIDENT: Mapping[PlaceStatus, Words] = {
    PlaceStatus.PROPOSED: _(
        "Iemand van de gemeente kijkt ernaar. U kunt er met uw coach over praten, en al beginnen."
    ),
    PlaceStatus.LISTED: _("De plek staat in de lijst. Ook anderen kunnen er nu meedoen."),
    PlaceStatus.REFUSED: _(
        "De plek komt niet in de lijst. Doet u er al mee? Dan verandert er niets."
    ),
}

FOUND_BY: Mapping[FoundBy, Words] = {
    FoundBy.RESIDENT: _("de inwoner zelf"),
    FoundBy.COACH: _("een coach"),
}
