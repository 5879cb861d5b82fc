"""Sending a referral: to one receiver, or to several at once of whom the first yes counts."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.models import Organisation, Team
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.people.models import Resident
from meedoen.records.placements.departed import demand_alive
from meedoen.records.places.found_only import without_found_only
from meedoen.records.referrals.drafts import NAME, Receiver, facts_of, receivers_of, told_next
from meedoen.records.referrals.holding import Held, demand_sender, hold_referral
from meedoen.records.referrals.models import Ask, Referral, SharedFacts
from meedoen.records.referrals.receivers import directory_places
from meedoen.records.referrals.stepping import Said, change_state, refuse, write_step
from meedoen.rules.referrals.states import CLOSED, OPEN_ASKS, WITH_SENDER
from meedoen.rules.referrals.terms import terms_on
from meedoen.rules.vocabulary import (
    AskState,
    ReferralAbout,
    ReferralEvent,
    ReferralState,
    Theme,
    Urgency,
)

MOST_RECEIVERS = 10
"""So many may be asked at once; more would be an announcement."""
# fmt: off
NOT_A_NAME = frozenset({
    "aan", "al", "bij", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "en", "het",
    "in", "la", "le", "na", "of", "op", "over", "te", "ten", "ter", "tot", "uit", "van", "ver",
    "von", "voor", "zu",
})
# fmt: on
"""Words before a family name, of daily life by themselves: "de Vries" is found by "Vries"."""
_WORD = re.compile(r"[^\W\d_]{2,}")
"""A word, also within "Sam's" and "Sam/Noor"; one letter is no name."""


@action(Permission.REFER)
def send_referral(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Send a referral to whom it names, and start the clock.

    Also one that came back, to others. Raises ActionRefusedError with all that is missing.
    """
    held = hold_referral(viewer, key)
    demand_sender(viewer, held)
    row = held.referral
    if held.state not in WITH_SENDER:
        raise ActionRefusedError(_("De verwijzing is al verstuurd. U hoeft niets meer te doen."))
    wanted = receivers_of(row)
    today = clock.today()
    refuse(
        [*receiver_faults(viewer, row, wanted, today), *person_faults(viewer, held, len(wanted))]
    )
    if row.pseudonym_id is not None:
        demand_alive(viewer, [(row.pseudonym_id, today)])
    row.round += 1
    ask_all(viewer, row, wanted, today)
    change_state(row, ReferralState.SENT, today)
    row.sent_on = row.sent_on or today
    row.wanted = []
    row.save()


def ask_all(
    viewer: Viewer,
    row: Referral,
    receivers: Sequence[Receiver],
    on: date,
    *,
    forwarded_by: Ask | None = None,
) -> list[Ask]:
    """Ask receivers, in the transaction of an action that checked them; return them."""
    days = terms_on(Theme(row.theme), on).answer(Urgency(row.urgency))
    asks = Ask.objects.bulk_create(
        [
            Ask(
                municipality_id=viewer.municipality_id,
                referral=row,
                round=row.round,
                hop=forwarded_by.hop + 1 if forwarded_by else 0,
                forwarded_by=forwarded_by,
                organisation_id=one.organisation_id,
                team_id=one.team_id,
                place_id=one.place_id,
                state=AskState.ASKED,
                asked_on=on,
                due_on=on + timedelta(days=days),
            )
            for one in receivers
        ]
    )
    for ask in asks:
        write_step(viewer, row, ReferralEvent.SENT, Said(on=on, due_on=ask.due_on), ask)
    return asks


def receiver_faults(
    viewer: Viewer, row: Referral, receivers: Sequence[Receiver], on: date
) -> list[str]:
    """Return what is wrong with the receivers that a referral is to be sent to."""
    faults = []
    if not receivers:
        faults.append(_("Kies naar wie u verwijst."))
    if len(receivers) > MOST_RECEIVERS:
        faults.append(
            _("Vraag hoogstens %(most)s organisaties tegelijk.") % {"most": MOST_RECEIVERS}
        )
    numbers = [one.organisation_id for one in receivers if one.organisation_id is not None]
    here = Organisation.objects.filter(municipality_id=viewer.municipality_id, pk__in=numbers)
    found = {one.pk: one for one in without_found_only(viewer, here)}
    for number in dict.fromkeys(numbers):
        organisation = found.get(number)
        if organisation is None:
            faults.append(_("Deze organisatie is hier niet bekend. Kies er een uit de lijst."))
        elif number == row.from_organisation_id:
            faults.append(_("U kunt niet naar uw eigen organisatie verwijzen."))
        elif organisation.left_on is not None and organisation.left_on <= on:
            faults.append(
                _("%(name)s doet niet meer mee. Kies een andere organisatie.")
                % {"name": organisation.name}
            )
    faults += _place_faults(viewer, receivers, on)
    faults += _team_faults(viewer, row, receivers)
    faults += _twice_faults(viewer, row, found)
    return faults


def _place_faults(viewer: Viewer, receivers: Sequence[Receiver], on: date) -> list[str]:
    wanted = {one.place_id: one.organisation_id for one in receivers if one.place_id is not None}
    known = {one.pk: one for one in directory_places(viewer).filter(pk__in=wanted)}
    faults = []
    for place_id, organisation_id in wanted.items():
        place = known.get(place_id)
        if place is None or place.organisation_id != organisation_id:
            faults.append(_("Deze plek is niet van de organisatie die u koos."))
        elif place.closes_on <= on:
            faults.append(_("De plek %(title)s is gestopt.") % {"title": place.title})
    return faults


def _team_faults(viewer: Viewer, row: Referral, receivers: Sequence[Receiver]) -> list[str]:
    teams = {one.team_id for one in receivers if one.team_id is not None}
    known = Team.objects.filter(municipality_id=viewer.municipality_id, pk__in=teams)
    faults = []
    if any(one.organisation_id is not None and one.team_id is not None for one in receivers):
        faults.append(_("Kies iemand uit de lijst."))
    if len(known) < len(teams):
        faults.append(_("Dit team is hier niet bekend. Kies er een uit de lijst."))
    if row.from_team_id in teams and not row.from_resident:
        faults.append(_("U kunt niet naar uw eigen team verwijzen."))
    is_known = row.pseudonym_id is not None
    for one in receivers:
        if one.organisation_id is None and (one.team_id is None) != is_known:
            faults.append(
                _("Deze inwoner heeft al een coach. Kies “de coach” in plaats van een team.")
                if is_known
                else _("Kies welk team van de gemeente u bedoelt.")
            )
    from_coach = row.from_organisation_id is None and not row.from_resident
    if is_known and from_coach and any(one.organisation_id is None for one in receivers):
        faults.append(_("U bent zelf de gemeente. Kies een organisatie."))
    return faults


def _twice_faults(viewer: Viewer, row: Referral, found: dict[int, Organisation]) -> list[str]:
    """Refuse to ask an organisation once more what it is busy with, or has just been asked.

    As far as the sender knows of it: what others ask about somebody is not told by a refusal.
    """
    if row.pseudonym_id is None:
        return []
    same = Ask.objects.visible_to(viewer).filter(
        Q(state__in=OPEN_ASKS) | Q(state=AskState.ACCEPTED),
        organisation_id__in=found,
        referral__pseudonym_id=row.pseudonym_id,
        referral__theme=row.theme,
    )
    busy = same.exclude(referral_id=row.pk).exclude(referral__state__in=CLOSED)
    return [
        _("%(name)s is voor deze inwoner en dit onderwerp al gevraagd. Wacht op antwoord.")
        % {"name": found[number].name}
        for number in sorted(set(busy.values_list("organisation_id", flat=True)))
    ]


def person_faults(viewer: Viewer, held: Held, receivers: int) -> list[str]:
    """Return what is still missing about the person before a referral may be sent."""
    row = held.referral
    if row.about == ReferralAbout.QUESTION:
        return []
    # Who sends it may read what it tells: that was asked when it was held.
    told, faults = told_next(Viewer.system(row.municipality_id), held), []
    if told is None:
        return [_("Kies wat u vertelt.")]
    if not told.what:
        faults.append(_("Kies wat de ontvanger mag weten, ten minste wie het is."))
    if not told.explanation:
        faults.append(_("Schrijf op waarom het nodig is dit te vertellen."))
    if not told.told_how or told.told_on is None:
        faults.append(_("Vertel eerst aan de inwoner wat u deelt, en vul in hoe u dat deed."))
    if not row.agreed_how or row.agreed_on is None:
        faults.append(
            _("Vraag eerst of de inwoner deze hulp wil, en vul dat in. Wie niet wil, hoeft niet.")
        )
    faults += _future_faults(told.told_on, row.agreed_on)
    if receivers > 1 and not row.names_after_yes:
        faults.append(_("Vraagt u meer organisaties? Noem de naam dan pas na een ja."))
    if row.names_after_yes:
        faults += name_faults(row, told)
    return faults


def _future_faults(*days: date | None) -> list[str]:
    if any(day is not None and day > clock.today() for day in days):
        return [_("De datum ligt in de toekomst. Vul de dag in waarop het was.")]
    return []


def name_faults(row: Referral, told: SharedFacts) -> list[str]:
    """Refuse a name in what is asked, when receivers may not know yet who it is.

    The name is that of the file, and that which they are told after a yes.
    """
    system = Viewer.system(row.municipality_id)
    names = [facts_of(told).get(NAME, "")]
    if row.pseudonym_id is not None:
        people = Resident.objects.visible_to(system).filter(pseudonym_id=row.pseudonym_id)
        names += [name for pair in people.values_list("given_name", "family_name") for name in pair]
    words = set(_WORD.findall(row.asked.casefold()))
    parts = {part for name in names for part in _WORD.findall(name.casefold())}
    if words & (parts - NOT_A_NAME):
        return [_("In wat u vraagt staat een naam. Haal die weg: die komt pas na een ja.")]
    return []
