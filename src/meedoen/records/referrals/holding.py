"""A referral of which the row is held while it changes, and who may change what.

Used by the actions, inside their transaction: two answers at once come one after another.
"""

import uuid
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import COACHES, PARTNERS, Role, Viewer
from meedoen.records.referrals.models import Ask, Referral, ReferralPlacement
from meedoen.rules.placement_states import is_final
from meedoen.rules.referrals.states import OPEN_ASKS
from meedoen.rules.vocabulary import AskState, PlacementState, ReferralState


@dataclass(frozen=True, slots=True)
class Held:
    """A referral and the receivers of its last round, held until the end of the transaction."""

    referral: Referral
    asks: tuple[Ask, ...]

    @property
    def state(self) -> ReferralState:
        """Return where the referral is."""
        return ReferralState(self.referral.state)

    @property
    def acceptor(self) -> Ask | None:
        """Return the receiver that said yes, if one did."""
        return next((one for one in self.asks if one.state == AskState.ACCEPTED), None)

    @property
    def open_asks(self) -> tuple[Ask, ...]:
        """Return the receivers that may still answer."""
        return tuple(one for one in self.asks if one.state in OPEN_ASKS)


def hold_referral(viewer: Viewer, key: uuid.UUID) -> Held:
    """Return a referral by its key, held. Raises ActionRefusedError when it is not for the viewer.

    On PostgreSQL the row is locked; SQLite has one writer.
    """
    rows = Referral.objects.visible_to(viewer).filter(key=key)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None:
        raise ActionRefusedError(_("Deze verwijzing bestaat niet of is niet voor u."))
    return Held(row, _asks(row))


def hold_ask(viewer: Viewer, key: uuid.UUID) -> tuple[Held, Ask]:
    """Return the referral of a receiver, held, with that receiver as it is now.

    Raises ActionRefusedError when it is not for the viewer, or not theirs to answer.
    """
    mine = Ask.objects.visible_to(viewer).filter(key=key).select_related("referral").first()
    if mine is None or not may_answer(viewer, mine):
        raise ActionRefusedError(_("Deze verwijzing bestaat niet of is niet voor u."))
    held = hold_referral(viewer, mine.referral.key)
    ask = next((one for one in held.asks if one.pk == mine.pk), None)
    if ask is None:
        raise ActionRefusedError(_("De afzender heeft intussen iemand anders gevraagd."))
    return held, ask


def is_sender(viewer: Viewer, referral: Referral) -> bool:
    """Say whether the viewer stands on the side that sent a referral which they may see.

    For a resident's own referral that is the resident and the coach. Without a known person it is
    the team that sent it: another one may only have received it.
    """
    if viewer.role in PARTNERS:
        return referral.from_organisation_id == viewer.organisation_id
    if viewer.role in COACHES:
        known = referral.pseudonym_id is not None
        own = referral.from_team_id is not None and referral.from_team_id == viewer.team_id
        return referral.from_organisation_id is None and (known or own)
    if viewer.role == Role.RESIDENT:
        return referral.from_resident
    return viewer.role == Role.SYSTEM


def may_answer(viewer: Viewer, ask: Ask) -> bool:
    """Say whether the viewer may answer for a receiver that they may see.

    A coach may note for an organisation what it said on the phone, when the coach or the own team
    sent it, or when it is about somebody whose file the coach may open.
    """
    if viewer.role in PARTNERS or viewer.role == Role.LINK_HOLDER:
        return ask.organisation_id == viewer.organisation_id
    if viewer.role in COACHES:
        asked = ask.team_id is not None and ask.team_id == viewer.team_id
        known = ask.referral.pseudonym_id is not None
        return asked or known or is_sender(viewer, ask.referral)
    return viewer.role == Role.SYSTEM


def demand_sender(viewer: Viewer, held: Held) -> None:
    """Raise ActionRefusedError for who did not send this."""
    if not is_sender(viewer, held.referral):
        raise ActionRefusedError(_("Alleen wie de verwijzing stuurde kan dit doen."))


def demand_not_placed(held: Held) -> None:
    """Raise ActionRefusedError while a placement that came of it waits or runs.

    What becomes of that placement is what becomes of the referral; another receiver would answer
    for it in vain.
    """
    system = Viewer.system(held.referral.municipality_id)
    rows = ReferralPlacement.objects.visible_to(system).filter(referral=held.referral)
    state = rows.values_list("placement__state", flat=True).first()
    if state is not None and not is_final(PlacementState(state)):
        raise ActionRefusedError(
            _("Er is al een plaatsing van gemaakt. Bel de coach als het toch niet doorgaat.")
        )


def _asks(row: Referral) -> tuple[Ask, ...]:
    # All receivers of the round: who may change one must know of the others.
    system = Viewer.system(row.municipality_id)
    rows = Ask.objects.visible_to(system).filter(referral_id=row.pk, round=row.round)
    return tuple(rows.order_by("pk"))
