"""Lists of people whom a team invites one by one: begun, added to, closed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.records.conversations.models import Campaign, CampaignMember
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.queries import districts
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.queries import to_invite

LONGEST_NAME = 100
LONGEST_PURPOSE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """A list to begin: who of the team's people are on it, and what for.

    No `district_ids` means all districts. `never_spoken` takes only those with whom nobody ever
    spoke, `not_spoken_months` those with whom nobody spoke for that long, or never. A `key` that
    was made beforehand lets the same list be sent twice and made once.
    """

    name: str
    purpose: str
    district_ids: Sequence[int] = ()
    never_spoken: bool = False
    not_spoken_months: int | None = None
    key: uuid.UUID | None = None

    @property
    def criteria(self) -> dict[str, Any]:
        """Return what the list is made from, as it is kept."""
        return {
            "district_ids": sorted(self.district_ids),
            "never_spoken": self.never_spoken,
            "not_spoken_months": self.not_spoken_months,
        }


class CampaignIsThereError(ActionRefusedError):
    """Another list was made with this key."""


@action(Permission.RECORD_CONVERSATION)
def start_campaign(viewer: Viewer, *, campaign: NewCampaign) -> uuid.UUID:
    """Begin a list with everyone who fits now, and return its key.

    The same list that is sent again is the one that was made. Raises ActionRefusedError with
    everything that is wrong, or when nobody fits; CampaignIsThereError when another list was
    made with this key.
    """
    if viewer.team_id is None:
        raise ActionRefusedError(
            _("Een lijst hoort bij een team. Meld u aan als coach of teamleider.")
        )
    _refuse_faults(viewer, campaign)
    if there := _made_before(viewer, campaign):
        return there
    people = to_invite(viewer, **campaign.criteria)
    if not people:
        raise ActionRefusedError(_("Niemand past bij deze keuze. Kies meer wijken of meer mensen."))
    row = Campaign(
        municipality_id=viewer.municipality_id,
        key=campaign.key or uuid.uuid4(),
        team_id=viewer.team_id,
        name=campaign.name.strip(),
        purpose=campaign.purpose.strip(),
        criteria=campaign.criteria,
        starts_on=clock.today(),
        made_by_id=viewer.membership_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        return _made_meanwhile(viewer, campaign, error)
    _add(viewer, row, people)
    return row.key


def _made_before(viewer: Viewer, campaign: NewCampaign) -> uuid.UUID | None:
    """Return the key when this list was made already; raise when another one was."""
    rows = Campaign.objects.visible_to(viewer)
    row = rows.filter(key=campaign.key).first() if campaign.key else None
    if row is None:
        return None
    same = (campaign.name.strip(), campaign.purpose.strip(), campaign.criteria)
    if (row.name, row.purpose, row.criteria) == same:
        return row.key
    raise CampaignIsThereError(
        _(
            "Met deze pagina is de lijst “%(name)s” al gemaakt. Wat u nu invulde, staat er nog. "
            "Wilt u deze lijst erbij? Kies dan nog een keer: Lijst maken."
        )
        % {"name": row.name}
    )


def _made_meanwhile(viewer: Viewer, campaign: NewCampaign, error: IntegrityError) -> uuid.UUID:
    """Return the key of the list that was sent at the same moment."""
    there = _made_before(viewer, campaign)
    if there is None:
        raise ActionRefusedError(
            _("Deze lijst kan niet worden gemaakt. Open de pagina opnieuw.")
        ) from error
    return there


@action(Permission.RECORD_CONVERSATION)
def extend_campaign(viewer: Viewer, *, key: uuid.UUID) -> int:
    """Add who fits by now and is not on the list, and return how many.

    Raises ActionRefusedError when the list is closed or another team's.
    """
    row = _open(viewer, key)
    known = CampaignMember.objects.visible_to(viewer).filter(campaign=row)
    there = set(known.values_list("pseudonym_id", flat=True))
    new = [one for one in to_invite(viewer, **row.criteria) if one not in there]
    _add(viewer, row, new)
    return len(new)


@action(Permission.RECORD_CONVERSATION)
def close_campaign(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Close a list: what happens after today does not count for it. Raises ActionRefusedError."""
    row = _open(viewer, key)
    Campaign.objects.visible_to(viewer).filter(pk=row.pk).update(closed_on=clock.today())


def _open(viewer: Viewer, key: uuid.UUID) -> Campaign:
    """Return the list, held until the end of the transaction; raise when it was closed."""
    rows = Campaign.objects.visible_to(viewer).select_for_update(of=("self",))
    row = rows.filter(key=key).first()
    if row is None:
        raise ActionRefusedError(_("Deze lijst bestaat niet of is niet van uw team."))
    if row.closed_on is not None:
        raise ActionRefusedError(_("Deze lijst is gesloten. Begin een nieuwe lijst."))
    return row


def _add(viewer: Viewer, row: Campaign, pseudonym_ids: Sequence[int]) -> None:
    CampaignMember.objects.bulk_create(
        [
            CampaignMember(
                municipality_id=viewer.municipality_id, campaign=row, pseudonym_id=pseudonym_id
            )
            for pseudonym_id in pseudonym_ids
        ],
        batch_size=5_000,
    )


def _refuse_faults(viewer: Viewer, campaign: NewCampaign) -> None:
    faults = []
    if not 0 < len(campaign.name.strip()) <= LONGEST_NAME:
        faults.append(
            _("Geef de lijst een naam van hoogstens %(most)s tekens.") % {"most": LONGEST_NAME}
        )
    if not 0 < len(campaign.purpose.strip()) <= LONGEST_PURPOSE:
        faults.append(
            _("Schrijf in hoogstens %(most)s tekens op waarvoor u mensen uitnodigt.")
            % {"most": LONGEST_PURPOSE}
        )
    if set(campaign.district_ids) - {card.district_id for card in districts(viewer)}:
        faults.append(_("Kies wijken van uw eigen gemeente."))
    if faults:
        raise ActionRefusedError(" ".join(faults))
