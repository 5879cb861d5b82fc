"""Writing a referral down before it is sent, and throwing such a draft away.

Nobody but the sender reads a draft, and the person it is about.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.health import health_fault
from meedoen.records.organisations.models import District
from meedoen.records.organisations.viewer import PARTNERS, Permission, Role, Viewer
from meedoen.records.people.models import Resident, Responsibility
from meedoen.records.placements.models import Placement
from meedoen.records.referrals.holding import Held, demand_sender, hold_referral
from meedoen.records.referrals.models import Referral, SharedFacts
from meedoen.records.referrals.stepping import Said, change_state, refuse, write_step
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.referrals.shared import field_set_on
from meedoen.rules.referrals.states import WITH_SENDER
from meedoen.rules.referrals.terms import due_after
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import (
    LegalGround,
    LegalTask,
    ObtainedHow,
    ReferralAbout,
    ReferralEvent,
    ReferralState,
    RevokeReason,
    Shared,
    Theme,
    Urgency,
)

LONGEST_ASKED = 500
LONGEST_FACT = 300
LONGEST_NAME = 150
LONGEST_PHONE = 20
NAME, PHONE = "name", "phone"
"""Under these the name and the telephone number stand in what is told."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom to ask: an organisation, perhaps one place of it, a team, or the person's own coach.

    Without either number it is the coach of the person, whoever that is.
    """

    organisation_id: int | None = None
    team_id: int | None = None
    place_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What receivers are told about somebody, on which ground, and how the person knew.

    `facts` holds a text for every word that is told but the name; a name and telephone number go
    with `Shared.NAME_AND_PHONE`.
    """

    facts: Mapping[Shared, str] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    legal_task: LegalTask = LegalTask.PARTICIPATION
    ground: LegalGround = LegalGround.PUBLIC_TASK
    explanation: str = ""
    told_how: ObtainedHow | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """A referral as it is written down; what may be missing in a draft is asked at sending.

    A `key` that was made beforehand lets the same form be sent twice and kept once.
    """

    about: ReferralAbout
    theme: Theme
    asked: str
    urgency: Urgency = Urgency.NORMAL
    pseudonym_id: int | None = None
    district_id: int | None = None
    receivers: Sequence[Receiver] = ()
    names_after_yes: bool = False
    told: Told = field(default_factory=Told)
    agreed_on: date | None = None
    agreed_how: ObtainedHow | None = None
    key: uuid.UUID | None = None


@action(Permission.REFER)
def draft_referral(viewer: Viewer, *, new: NewReferral) -> uuid.UUID:
    """Write a referral down and return its key. Raises ActionRefusedError with all that is wrong.

    A partner refers who takes part there or somebody only they know; a resident refers themself.
    """
    _refuse_stranger(viewer, new)
    refuse(_faults(new))
    if new.key is not None and _is_kept(viewer, new.key):
        return new.key
    today = clock.today()
    row = Referral(
        municipality_id=viewer.municipality_id,
        key=new.key or uuid.uuid4(),
        state=ReferralState.DRAFT,
        made_by_id=viewer.membership_id,
        made_at=clock.now(),
        due_on=due_after(ReferralState.DRAFT, new.theme, new.urgency, today),
        pseudonym_id=new.pseudonym_id,
        **_sender(viewer, new),
    )
    _fill(viewer, row, new)
    write_step(viewer, row, ReferralEvent.DRAFTED, Said(on=today))
    return row.key


@action(Permission.REFER)
def change_referral(viewer: Viewer, *, key: uuid.UUID, new: NewReferral) -> None:
    """Change a referral that is with the sender: a draft, or one that came back.

    Whom it is about stays. Of one that came back only the receivers, the urgency, what is asked and
    what is told change. Raises ActionRefusedError with all that is wrong.
    """
    held = hold_referral(viewer, key)
    demand_sender(viewer, held)
    if held.state not in WITH_SENDER:
        raise ActionRefusedError(
            _("De verwijzing is al verstuurd. Neem die eerst terug als er iets niet klopt.")
        )
    row = held.referral
    if new.about != row.about or new.pseudonym_id != row.pseudonym_id:
        raise ActionRefusedError(_("Maak een nieuwe verwijzing voor iemand anders."))
    if held.state is not ReferralState.DRAFT:
        _refuse_other_question(viewer, row, new)
    refuse(_faults(new))
    _fill(viewer, row, new)
    write_step(viewer, row, ReferralEvent.CHANGED, Said(on=clock.today()))


@action(Permission.REFER)
def discard_draft(viewer: Viewer, *, key: uuid.UUID) -> None:
    """Throw a draft away: nobody was sent it. What was to be told is emptied at once."""
    held = hold_referral(viewer, key)
    demand_sender(viewer, held)
    if held.state is not ReferralState.DRAFT:
        raise ActionRefusedError(_("De verwijzing is al verstuurd. Neem die terug."))
    today = clock.today()
    change_state(held.referral, ReferralState.REVOKED, today)
    held.referral.asked = ""
    held.referral.save()
    empty_facts(viewer, [held.referral.pk])
    said = Said(on=today, reason=RevokeReason.NO_LONGER_NEEDED)
    write_step(viewer, held.referral, ReferralEvent.REVOKED, said)


def facts_of(row: SharedFacts) -> dict[str, str]:
    """Return what is told, by the words of `Shared`, `NAME` and `PHONE`; empty once emptied."""
    return dict(json.loads(row.facts)) if row.facts else {}


def empty_facts(viewer: Viewer, referral_ids: Sequence[int]) -> int:
    """Empty what was told in these referrals; return in how many rounds something stood.

    With it goes what was asked about somebody: that may tell who it was, too.
    """
    system = Viewer.system(viewer.municipality_id)
    over = Referral.objects.visible_to(system).filter(pk__in=referral_ids)
    over.exclude(about=ReferralAbout.QUESTION).update(asked="")
    rows = SharedFacts.objects.visible_to(system)
    told = rows.filter(referral_id__in=referral_ids, emptied_at__isnull=True)
    return told.update(facts="", emptied_at=clock.now())


def _fill(viewer: Viewer, row: Referral, new: NewReferral) -> None:
    row.about = new.about
    row.theme = new.theme
    row.urgency = new.urgency
    row.asked = new.asked.strip()
    if row.state == ReferralState.DRAFT:
        # Later on it stays, also when the person moved: answers are counted under it.
        row.district_id = _district(viewer, new)
    row.names_after_yes = new.names_after_yes
    row.wanted = [
        {"organisation": one.organisation_id, "team": one.team_id, "place": one.place_id}
        for one in dict.fromkeys(new.receivers)
    ]
    row.agreed_on, row.agreed_how = new.agreed_on, new.agreed_how or ""
    row.save()
    if new.about is not ReferralAbout.QUESTION:
        _keep_told(viewer, row, new.told)


def _keep_told(viewer: Viewer, row: Referral, told: Told) -> None:
    texts = {word.value: told.facts[word].strip() for word in Shared if word in told.facts}
    if told.name.strip():
        texts |= {NAME: told.name.strip(), PHONE: told.phone.strip()}
    what = [word.value for word in Shared if word in _what(told)]
    # For those who will be asked next; what earlier ones were told stays as it was.
    number = row.round + 1
    rows = SharedFacts.objects.visible_to(Viewer.system(viewer.municipality_id))
    kept = rows.filter(referral_id=row.pk, round=number).first()
    if kept is None:
        kept = SharedFacts(municipality_id=viewer.municipality_id, referral=row, round=number)
    kept.what = what
    kept.facts = json.dumps(texts, ensure_ascii=False)
    kept.legal_task, kept.ground = told.legal_task, told.ground
    kept.explanation = told.explanation.strip()
    kept.told_how, kept.told_on = told.told_how or "", told.told_on
    kept.noted_at, kept.noted_by_id = clock.now(), viewer.membership_id
    kept.save()


def _what(told: Told) -> set[Shared]:
    named = {Shared.NAME_AND_PHONE} if told.name.strip() else set()
    return named | {word for word, text in told.facts.items() if text.strip()}


def _faults(new: NewReferral) -> list[str]:
    faults = []
    if new.theme not in REFERRED_FOR:
        faults.append(_("Kies waarvoor u verwijst."))
    if not new.asked.strip():
        faults.append(_("Schrijf op wat u vraagt."))
    if len(new.asked.strip()) > LONGEST_ASKED:
        faults.append(
            _("Wat u vraagt is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_ASKED}
        )
    faults += _text_faults(new.asked)
    if new.about is ReferralAbout.QUESTION:
        if _what(new.told):
            faults.append(_("Een vraag zonder persoon vertelt niets over iemand."))
        return faults
    return faults + _told_faults(new)


def _told_faults(new: NewReferral) -> list[str]:
    if new.theme not in REFERRED_FOR:
        return []
    told, faults = new.told, []
    set_of = field_set_on(new.theme, clock.today())
    if _what(told) - set(set_of.allowed):
        faults.append(_("Bij dit onderwerp mag niet alles worden verteld. Haal weg wat teveel is."))
    if told.legal_task not in set_of.tasks:
        faults.append(_("Deze wettelijke taak past niet bij dit onderwerp. Kies een andere."))
    if new.about is ReferralAbout.NEW_PERSON and not told.name.strip():
        faults.append(_("Vul in hoe deze persoon heet."))
    if len(told.name) > LONGEST_NAME or len(told.phone) > LONGEST_PHONE:
        faults.append(_("De naam of het telefoonnummer is te lang."))
    for text in told.facts.values():
        if len(text.strip()) > LONGEST_FACT:
            faults.append(
                _("Een tekst is te lang: hoogstens %(most)s tekens.") % {"most": LONGEST_FACT}
            )
        faults += _text_faults(text)
    return faults + _text_faults(told.explanation)


def _text_faults(text: str) -> list[str]:
    faults = []
    if holds_bsn(text):
        faults.append(_("Hier staat een burgerservicenummer. Haal het weg."))
    if fault := health_fault(text):
        faults.append(fault)
    return faults


def _is_kept(viewer: Viewer, key: uuid.UUID) -> bool:
    """Say whether the viewer sent this form before; refuse a key that is another referral's."""
    if Referral.objects.visible_to(viewer).filter(key=key).exists():
        return True
    if Referral.objects.visible_to(Viewer.system(viewer.municipality_id)).filter(key=key).exists():
        raise ActionRefusedError(_("Dit formulier kan niet meer worden verstuurd. Begin opnieuw."))
    return False


def _refuse_stranger(viewer: Viewer, new: NewReferral) -> None:
    known = new.about is ReferralAbout.KNOWN_PERSON
    if known != (new.pseudonym_id is not None):
        raise ActionRefusedError(_("Kies over wie de verwijzing gaat."))
    if not known:
        if viewer.role == Role.RESIDENT:
            raise ActionRefusedError(_("U kunt alleen voor uzelf iets vragen."))
        return
    person = new.pseudonym_id or 0
    if viewer.role in PARTNERS:
        is_theirs = Placement.objects.visible_to(viewer).filter(pseudonym_id=person).exists()
    else:
        is_theirs = Resident.objects.visible_to(viewer).filter(pseudonym_id=person).exists()
    if not is_theirs:
        raise ActionRefusedError(_("Deze inwoner bestaat niet of is niet voor u."))


def _sender(viewer: Viewer, new: NewReferral) -> dict[str, object]:
    if viewer.role in PARTNERS:
        return {"from_organisation_id": viewer.organisation_id}
    if viewer.team_id is not None:
        return {"from_team_id": viewer.team_id}
    # Of a resident, or of Meedoen itself: the team of the coach.
    system = Viewer.system(viewer.municipality_id)
    rows = Responsibility.objects.visible_to(system).current()
    team = rows.filter(pseudonym_id=new.pseudonym_id or 0).values_list("team_id", flat=True).first()
    if team is None:
        raise ActionRefusedError(_("U heeft nu geen coach. Bel de gemeente."))
    return {"from_team_id": team, "from_resident": viewer.role == Role.RESIDENT}


def _refuse_other_question(viewer: Viewer, row: Referral, new: NewReferral) -> None:
    """Refuse another theme or district: what receivers answered is counted under the first one."""
    faults = []
    if new.theme != row.theme:
        faults.append(_("Maak een nieuwe verwijzing voor een ander onderwerp."))
    # That of somebody with a file follows from the file.
    if new.pseudonym_id is None and new.district_id != row.district_id:
        faults.append(_("Maak een nieuwe verwijzing voor een andere wijk."))
    refuse(faults)


def _district(viewer: Viewer, new: NewReferral) -> int | None:
    if new.pseudonym_id is not None:
        system = Viewer.system(viewer.municipality_id)
        rows = Resident.objects.visible_to(system).filter(pseudonym_id=new.pseudonym_id)
        return rows.values_list("district_id", flat=True).first()
    if new.district_id is None:
        return None
    known = District.objects.filter(municipality_id=viewer.municipality_id, pk=new.district_id)
    if not known.exists():
        raise ActionRefusedError(_("Deze wijk is hier niet bekend. Kies er een uit de lijst."))
    return new.district_id


def receivers_of(row: Referral) -> list[Receiver]:
    """Return whom a referral that is with the sender names as the next to ask."""
    return [
        Receiver(organisation_id=one["organisation"], team_id=one["team"], place_id=one["place"])
        for one in row.wanted
    ]


def told_next(viewer: Viewer, held: Held) -> SharedFacts | None:
    """Return what the receivers of the next round will be told; None for a question."""
    rows = SharedFacts.objects.visible_to(viewer)
    return rows.filter(referral_id=held.referral.pk, round=held.referral.round + 1).first()
