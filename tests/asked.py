"""Who is asked about places, and the links they get, for tests about signed links."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from meedoen.records.directory.actions import enter_contacts
from meedoen.records.directory.new import ContactDetails
from meedoen.records.links.actions import make_link
from meedoen.records.links.opening import HeldLink, open_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.colleague_actions import invite_colleague
from meedoen.records.organisations.models import Organisation
from meedoen.records.organisations.viewer import Role
from meedoen.records.placements.actions import NewPlacement, confirm_all, place_all
from meedoen.records.placements.months import month_before
from meedoen.records.placements.moving import Change
from meedoen.records.places.actions import PlaceChange, change_places
from meedoen.records.places.details import details_of
from meedoen.records.places.displacement_actions import check_displacement
from meedoen.records.places.models import Place, SignUp
from meedoen.records.places.sign_up_actions import NewSignUp, sign_up
from meedoen.records.referrals.answers import accept
from meedoen.rules.vocabulary import ContactRole, LinkPurpose
from tests.records.referrals.scenes import asks_of, new_referral, sent, werkplaats
from tests.town import LONG_AGO, NO_PAID_WORK, Town

NELL = "nell@example.org"
"""Nell Testema keeps places at De Werkplaats up to date, and has no account."""


def new_contact(
    town: Town,
    place_id: int,
    *,
    email: str = NELL,
    phone: str = "",
    role: ContactRole = ContactRole.GUIDANCE,
) -> int:
    """Let somebody be asked at the organisation of a place; return the id of the contact."""
    [contact_id] = enter_contacts(
        town.anna,
        contacts=[
            ContactDetails(
                organisation_id=Place.objects.get(pk=place_id).organisation_id,
                role=role,
                name="Nell Testema",
                email=email,
                phone=phone,
                starts_on=LONG_AGO,
            )
        ],
    )
    return contact_id


def give_owner(town: Town, place_id: int, contact_id: int | None) -> None:
    """Let a contact own a place from today on."""
    change_place(town, place_id, owner_id=contact_id)


def change_place(town: Town, place_id: int, *, from_on: date | None = None, **what) -> None:
    """Let a coach change a place from a day on, today without one."""
    details = replace(details_of(Place.objects.get(pk=place_id)), **what)
    starts_on = from_on or clock.today()
    change_places(
        town.anna,
        changes=[PlaceChange(place_id=place_id, starts_on=starts_on, details=details)],
    )


def owned_by_nell(town: Town, place_id: int) -> int:
    """Let Nell own a place; return the id of the contact that she is."""
    contact_id = new_contact(town, place_id)
    give_owner(town, place_id, contact_id)
    return contact_id


def link_about(
    town: Town,
    place_id: int,
    contact_id: int,
    *,
    until: datetime | None = None,
    recipient: str = NELL,
) -> str:
    """Make a link that asks a contact about a place; return its token."""
    return make_link(
        town.system,
        purpose=LinkPurpose.CONFIRM_PLACE,
        subject_id=place_id,
        organisation_id=Place.objects.get(pk=place_id).organisation_id,
        recipient=recipient,
        owner_id=contact_id,
        expires_at=until or clock.now() + timedelta(days=30),
    )


def held(token: str, purpose: LinkPurpose = LinkPurpose.CONFIRM_PLACE) -> HeldLink:
    """Open a link that holds."""
    link = open_link(token, purpose=purpose)
    assert isinstance(link, HeldLink), link
    return link


def asked_of_nell(town: Town, *, answered: bool = False) -> int:
    """Ask De Werkplaats something about Sam; return the number of the receiver.

    With `answered` it said yes, and it is about Roos.
    """
    person = town.roos_file if answered else town.sam
    key = sent(town.anna, new_referral(person.pseudonym_id, [werkplaats(town)]))
    [ask] = asks_of(town, key)
    if answered:
        accept(town.otto, key=ask.key)
    return ask.pk


def links_of_each_kind(town: Town) -> dict[LinkPurpose, str]:
    """Make a link of every kind that holds, for Nell about the Sunday club; return the tokens."""
    nell = new_contact(town, town.far, role=ContactRole.COORDINATOR)
    change_place(town, town.far, is_public=True, open_to_sign_up=True)
    place = Place.objects.get(pk=town.far)
    check_displacement(town.anna, place_key=place.key, answers=NO_PAID_WORK)
    sign_up(
        town.system,
        new=NewSignUp(place_key=place.key, name="Wim Verzonnen", contact="0612345678"),
    )
    running, waiting = place_all(
        town.system,
        placements=[
            NewPlacement(
                pseudonym_id=person.pseudonym_id,
                place_id=town.far,
                proposed_on=clock.today() - timedelta(days=100),
            )
            for person in (town.tim, town.sam)
        ],
    )
    began = clock.today() - timedelta(days=90)
    confirm_all(town.system, changes=[Change(placement_id=running, on=began)])
    organisation = Organisation.objects.get(pk=place.organisation_id)
    invited = invite_colleague(
        town.lea,
        organisation_key=organisation.key,
        email="nieuw@example.org",
        name="Nieuw Testema",
        role=Role.PARTNER,
    )
    subjects = {
        LinkPurpose.CONFIRM_PLACE: place.pk,
        LinkPurpose.CONFIRM_START: waiting,
        LinkPurpose.CONFIRM_MONTH: organisation.pk,
        LinkPurpose.ANSWER_SIGN_UP: SignUp.objects.visible_to(town.system).latest("pk").pk,
        LinkPurpose.ACCEPT_INVITATION: invited,
        LinkPurpose.ANSWER_REFERRAL: asked_of_nell(town),
        LinkPurpose.TELL_REFERRAL: asked_of_nell(town, answered=True),
    }
    return {
        purpose: make_link(
            town.system,
            purpose=purpose,
            subject_id=subject_id,
            organisation_id=organisation.pk,
            recipient=NELL,
            owner_id=nell,
            about={"month": month_before(clock.today()).isoformat()},
            expires_at=clock.now() + timedelta(days=30),
        )
        for purpose, subject_id in subjects.items()
    }
