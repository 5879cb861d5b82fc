"""Showing interest in a place, answering that, and forgetting it in time."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from meedoen.records.links.actions import demand_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import named_words, quoted
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.places.cards import public_places
from meedoen.records.places.models import Place, SignUp
from meedoen.records.places.reaching import can_be_reached
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.places.sign_up_terms import closed_kept_until, sign_up_kept_until
from meedoen.rules.vocabulary import LinkPurpose, SignUpState

LONGEST_NAME, LONGEST_MESSAGE = 100, 500
SAME_WITHIN = timedelta(days=1)
"""The same words from the same person within so long were sent twice, not meant twice."""

_FORWARD = {
    SignUpState.NEW: frozenset({SignUpState.CONTACTED, SignUpState.CLOSED}),
    SignUpState.CONTACTED: frozenset({SignUpState.CLOSED}),
    SignUpState.CLOSED: frozenset[SignUpState](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignUp:
    """Somebody would like to come to a place; `contact` is a phone number or an e-mail address."""

    place_key: uuid.UUID
    name: str
    contact: str
    message: str = ""


@action(Permission.ANSWER_SIGN_UPS)
def sign_up(viewer: Viewer, *, new: NewSignUp) -> None:
    """Keep that somebody is interested in a public place; by Meedoen itself, for anyone.

    The same words sent twice are kept once. Raises ActionRefusedError with everything that is
    wrong, also when the place takes no sign-ups (any more).
    """
    faults = list(_faults(new))
    if faults:
        raise ActionRefusedError(" ".join(faults))
    place = _place_for(viewer, new.place_key)
    words = {
        "name": new.name.strip(),
        "contact": new.contact.strip(),
        "message": new.message.strip(),
    }
    now, today = clock.now(), clock.today()
    rows = SignUp.objects.visible_to(viewer)
    if rows.filter(place=place, made_at__gt=now - SAME_WITHIN, **words).exists():
        return
    SignUp.objects.create(
        municipality_id=viewer.municipality_id,
        place=place,
        made_at=now,
        state=SignUpState.NEW,
        keep_until=sign_up_kept_until(today),
        **words,
    )


@action(Permission.ANSWER_SIGN_UPS)
def answer_sign_up(viewer: Viewer, *, key: uuid.UUID, state: SignUpState) -> None:
    """Note that somebody was contacted, or that all is done; the same twice changes nothing.

    Raises ActionRefusedError when it is not there for the viewer, and for a step back.
    """
    rows = SignUp.objects.visible_to(viewer).filter(key=key)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row = rows.first()
    if row is None:
        raise ActionRefusedError(_("Deze aanmelding bestaat niet of is niet voor u."))
    demand_link(viewer, purpose=LinkPurpose.ANSWER_SIGN_UP, subject_ids={row.pk})
    if row.state == state:
        return
    if state not in _FORWARD[SignUpState(row.state)]:
        raise ActionRefusedError(_("Deze aanmelding is al verder. Kijk hoe die nu staat."))
    row.state = state
    row.handled_at = clock.now()
    row.handled_by_id = viewer.membership_id
    if state is SignUpState.CLOSED:
        row.keep_until = closed_kept_until(row.keep_until, clock.today())
    row.save(update_fields=["state", "handled_at", "handled_by", "keep_until"])


@action(Permission.ANSWER_SIGN_UPS)
def forget_old_sign_ups(viewer: Viewer) -> int:
    """Remove the sign-ups whose term is over; return how many. Done every night."""
    rows = SignUp.objects.visible_to(viewer).filter(keep_until__lt=clock.today())
    return rows.delete()[0]


def _place_for(viewer: Viewer, key: uuid.UUID) -> Place:
    """Return the place, locked, so that two who press twice at once wait for each other."""
    rows = public_places().filter(
        municipality_id=viewer.municipality_id, key=key, open_to_sign_up=True
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    place = rows.first()
    if place is None:
        raise ActionRefusedError(
            _("U kunt zich voor deze plek niet (meer) aanmelden. Zoek een andere plek.")
        )
    return place


def _faults(new: NewSignUp) -> Iterator[str]:
    """Say everything that is wrong with what somebody wrote."""
    if not 0 < len(new.name.strip()) <= LONGEST_NAME:
        yield _("Vul uw naam in, in hoogstens %(most)s tekens.") % {"most": LONGEST_NAME}
    if not can_be_reached(new.contact):
        yield _("Vul een telefoonnummer of een e-mailadres in waarop u te bereiken bent.")
    if len(new.message.strip()) > LONGEST_MESSAGE:
        yield _("Uw bericht is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_MESSAGE}
    yield from _too_personal(f"{new.name}\n{new.message}")


def _too_personal(text: str) -> Iterator[str]:
    """Say kindly what nobody needs to tell an organisation beforehand."""
    words = named_words(text)
    if words:
        yield _(
            "U schreef %(words)s. Over uw gezondheid hoeft u hier niets te vertellen, en wij "
            "mogen dat niet bewaren. Schrijf liever wat u wel of niet kunt, of wat u nodig hebt."
        ) % {"words": quoted(words)}
    if holds_bsn(text):
        yield _(
            "In uw bericht staat een getal dat uw burgerservicenummer kan zijn. Dat hoeft niemand "
            "hier te weten. Haal het weg."
        )
