"""One step of a referral: the story is added to, and what is so now follows.

Used by the actions, inside their transaction.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.referrals.holding import Held
from meedoen.records.referrals.models import Ask, Referral, ReferralStep
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.referrals.states import (
    AWAITS_ANSWER,
    CLOSED,
    ReferralMoveError,
    move_ask,
    move_referral,
    state_of,
)
from meedoen.rules.referrals.terms import due_after
from meedoen.rules.vocabulary import (
    AskState,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    Theme,
    Urgency,
)

LONGEST_WORDS = 300
ANSWERS = frozenset(
    {AskState.ACCEPTED, AskState.DECLINED, AskState.FORWARDED, AskState.HANDED_BACK}
)
"""What a receiver says itself; the other ends come over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What goes with a step: a coded reason or outcome, and words for who sent it."""

    on: date
    reason: str = ""
    outcome: ReferralOutcome | None = None
    words: str = ""
    due_on: date | None = None


def write_step(
    viewer: Viewer, referral: Referral, event: ReferralEvent, said: Said, ask: Ask | None = None
) -> None:
    """Add one step to the story."""
    ReferralStep.objects.create(
        municipality_id=viewer.municipality_id,
        referral=referral,
        ask=ask,
        event=event,
        on=said.on,
        recorded_at=clock.now(),
        recorded_by_id=viewer.membership_id,
        reason=said.reason,
        outcome=said.outcome or "",
        words=said.words.strip(),
        due_on=said.due_on,
    )
    if referral.pseudonym_id is not None:
        note_changes(viewer, [referral.pseudonym_id])


def answer_ask(viewer: Viewer, ask: Ask, to: AskState, *, reason: str = "") -> None:
    """Let one receiver go to a state and save it. Raises ActionRefusedError."""
    try:
        ask.state = move_ask(AskState(ask.state), to)
    except ReferralMoveError as error:
        raise ActionRefusedError(too_late(AskState(ask.state))) from error
    ask.reason = reason
    if to in ANSWERS:
        ask.answered_at = clock.now()
        ask.answered_by_id = viewer.membership_id
    ask.save()


def close_asks(viewer: Viewer, held: Held, to: AskState, event: ReferralEvent, on: date) -> None:
    """Let every receiver that may still answer know that it need not."""
    for ask in held.open_asks:
        answer_ask(viewer, ask, to)
        write_step(viewer, held.referral, event, Said(on=on), ask)


def follow_asks(viewer: Viewer, held: Held, asks: tuple[Ask, ...], on: date) -> None:
    """Bring a referral to where its receivers are, with the day before which somebody must act."""
    to = state_of(AskState(one.state) for one in asks)
    if to is not held.state:
        change_state(held.referral, to, on)
    if to in AWAITS_ANSWER:
        held.referral.due_on = min(
            one.due_on for one in asks if one.state in {AskState.ASKED, AskState.SEEN}
        )
    held.referral.save()


def change_state(
    referral: Referral, to: ReferralState, on: date, outcome: ReferralOutcome | None = None
) -> None:
    """Let a referral go to a state in memory. Raises ActionRefusedError."""
    try:
        referral.state = move_referral(ReferralState(referral.state), to)
    except ReferralMoveError as error:
        raise ActionRefusedError(
            _("Dat kan niet meer: de verwijzing is intussen verder. Open de pagina opnieuw.")
        ) from error
    if to in CLOSED:
        referral.due_on, referral.closed_on, referral.outcome = None, on, outcome or ""
    else:
        referral.due_on = due_after(to, Theme(referral.theme), Urgency(referral.urgency), on)


def too_late(state: AskState) -> str:
    """Say why a receiver cannot answer (any more)."""
    match state:
        case AskState.ACCEPTED:
            return _("U heeft al ja gezegd. Vertel op de pagina van de verwijzing hoe het gaat.")
        case AskState.OVERTAKEN:
            return _("Een andere organisatie heeft al ja gezegd. U hoeft niets meer te doen.")
        case AskState.CALLED_BACK:
            return _("De afzender heeft de verwijzing teruggenomen. U hoeft niets meer te doen.")
        case AskState.LAPSED:
            return _("De tijd om te antwoorden is voorbij. De afzender zoekt iets anders.")
        case _:
            return _("U heeft al geantwoord. Bel de afzender als het toch anders is.")


def word_faults(words: str) -> list[str]:
    """Return what is wrong with free words of a step: too long, a number, an illness."""
    faults = []
    if len(words.strip()) > LONGEST_WORDS:
        faults.append(
            _("De tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_WORDS}
        )
    if holds_bsn(words):
        faults.append(_("Hier staat een burgerservicenummer. Haal het weg."))
    if fault := health_fault(words):
        faults.append(fault)
    return faults


def refuse(faults: list[str]) -> None:
    """Raise ActionRefusedError with everything that is wrong, if anything is."""
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))
