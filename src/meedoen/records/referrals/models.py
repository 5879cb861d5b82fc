"""Referrals: who asked whom for what, about whom, what was told, and what came of it.

`Referral` and `Ask` hold what is so now; `ReferralStep` tells how it came about, and is only added
to. What is told about somebody stands apart, in `SharedFacts`, encrypted: it can be emptied without
touching the story.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from meedoen.records.history.models import Pseudonym
from meedoen.records.links.models import Link
from meedoen.records.organisations.models import (
    District,
    Membership,
    Municipality,
    Organisation,
    Team,
)
from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.scoped import ScopedQuerySet
from meedoen.records.organisations.viewer import COACHES, PARTNERS, Role, Viewer
from meedoen.records.people.encryption import EncryptedField
from meedoen.records.people.models import of_visible_people
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.rules.referrals.states import CLOSED, OPEN_ASKS
from meedoen.rules.referrals.themes import REFERRED_FOR
from meedoen.rules.vocabulary import (
    AskState,
    DeclineReason,
    HandBackReason,
    LegalGround,
    LegalTask,
    LinkPurpose,
    ObtainedHow,
    ReferralAbout,
    ReferralEvent,
    ReferralOutcome,
    ReferralState,
    RevokeReason,
    Urgency,
)

HOW = [(word.value, word.value) for word in ObtainedHow]
OUTCOMES = [(word.value, word.value) for word in ReferralOutcome]
REASONS = [
    (value, value)
    for value in dict.fromkeys(
        word.value for words in (DeclineReason, RevokeReason, HandBackReason) for word in words
    )
]

LINKS = (LinkPurpose.ANSWER_REFERRAL, LinkPurpose.TELL_REFERRAL)
READS_FACTS = OPEN_ASKS | {AskState.ACCEPTED}
"""A receiver may read what is told as long as it may answer, or said yes."""


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    """Referrals as a whole."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those that the viewer sent, received, or that are about who they may know."""
        return self.filter(_seen_by(viewer))


class Referral(models.Model):
    """Somebody asks an organisation, or several, or the municipality, for something.

    It comes from an organisation, from a team of coaches, or from a resident for themself; the
    team of a resident's own referral is that of the coach. `due_on` is the last day on which who
    must act now is in time; see `rules.referrals.states` for who that is. `round` counts how often
    the sender chose receivers. With `names_after_yes` a receiver reads who it is about once it
    said yes. `wanted` holds the receivers that a draft names.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ReferralAbout]
    )
    pseudonym = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT)
    theme = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in REFERRED_FOR]
    )
    urgency = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in Urgency]
    )
    asked = models.CharField(max_length=500)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT)
    from_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    from_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    from_resident = models.BooleanField(default=False)
    made_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    names_after_yes = models.BooleanField(default=False)
    wanted = models.JSONField(default=list)
    agreed_on = models.DateField(null=True)
    """On which day the person agreed with the support that is asked; apart from what is told."""
    agreed_how = models.CharField(max_length=20, blank=True, choices=HOW)
    state = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ReferralState]
    )
    round = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=30, blank=True, choices=OUTCOMES)

    objects = ReferralQuerySet.as_manager()

    privacy = classify(
        personal="about theme urgency asked district from_organisation from_team from_resident "
        "made_by names_after_yes wanted agreed_on agreed_how state sent_on closed_on outcome",
        technical="id municipality key pseudonym made_at round due_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_pseudonym_of_known_person",
                condition=Q(about=ReferralAbout.KNOWN_PERSON.value, pseudonym__isnull=False)
                | (~Q(about=ReferralAbout.KNOWN_PERSON.value) & Q(pseudonym__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_is_from_somebody",
                condition=Q(from_organisation__isnull=False, from_resident=False)
                | Q(from_organisation__isnull=True, from_team__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_open_has_a_due_day",
                condition=Q(state__in=sorted(state.value for state in CLOSED), due_on__isnull=True)
                | (~Q(state__in=sorted(state.value for state in CLOSED)) & Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_closed_says_how",
                condition=Q(state__in=["done", "stopped"])
                & ~Q(outcome="")
                & Q(closed_on__isnull=False)
                | Q(state="revoked", closed_on__isnull=False)
                | ~Q(state__in=sorted(state.value for state in CLOSED)),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "due_on"]),
            models.Index(fields=["from_organisation", "state"]),
            models.Index(fields=["from_team", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.state} ({self.pk})"


class AskQuerySet(ScopedQuerySet["Ask"]):
    """Receivers of referrals."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the own ones of who receives, and all of who sent or may know the person.

        Receivers never see one another; who sent one on sees what became of that.
        """
        if viewer.role == Role.SYSTEM:
            return self
        if viewer.role == Role.LINK_HOLDER:
            return self.filter(pk__in=_link_subjects(viewer))
        if viewer.role in PARTNERS:
            own = Q(organisation_id=viewer.organisation_id)
            sent = Q(referral__from_organisation_id=viewer.organisation_id)
            onward = Q(forwarded_by__organisation_id=viewer.organisation_id)
            return self.filter(own | sent | onward)
        seen = self.filter(_of_visible_referrals(viewer))
        if viewer.role in COACHES:
            onward = Q(forwarded_by__team_id=viewer.team_id or 0)
            return seen.filter(_reads_whole(viewer) | Q(team_id=viewer.team_id or 0) | onward)
        return seen


class Ask(models.Model):
    """One receiver of a referral, from the day on which it was asked.

    The receiver is an organisation, a team, or, without either, the coach of the person, whoever
    that is. `hop` counts how often it was sent on, `forwarded_by` is who did so.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.PositiveSmallIntegerField()
    hop = models.PositiveSmallIntegerField(default=0)
    forwarded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=20, choices=[(word.value, word.value) for word in AskState])
    asked_on = models.DateField()
    due_on = models.DateField()
    """The last day on which an answer is in time."""
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=30, blank=True, choices=REASONS)
    full_until = models.DateField(null=True)
    """The first day on which the receiver has room again, as it said itself."""
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    objects = AskQuerySet.as_manager()

    privacy = classify(
        personal="organisation team place state asked_on due_on seen_at answered_at answered_by "
        "reason full_until reminded_on escalated_on",
        technical="id municipality referral key round hop forwarded_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state="accepted"), name="ask_one_accepts"
            ),
            models.CheckConstraint(
                name="ask_of_one_receiver",
                condition=Q(organisation__isnull=True) | Q(team__isnull=True),
            ),
            models.CheckConstraint(
                name="ask_place_of_an_organisation",
                condition=Q(place__isnull=True) | Q(organisation__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["municipality", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.state}"


class SharedFactsQuerySet(ScopedQuerySet["SharedFacts"]):
    """What is told about people in referrals."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of who told it or may know the person, and of who may read it to answer.

        A receiver reads it until its answer, and after a yes until the referral is over; with
        `names_after_yes` only after the yes. So does a team of coaches that is asked about
        somebody without a file.
        """
        if viewer.role == Role.LINK_HOLDER:
            return self.filter(_receives(viewer))
        if viewer.role in PARTNERS:
            sent = Q(referral__from_organisation_id=viewer.organisation_id)
            return self.filter(_receives(viewer) | sent)
        seen = self.filter(_of_visible_referrals(viewer))
        if viewer.role in COACHES:
            return seen.filter(_reads_whole(viewer) | _receives(viewer))
        return seen


class SharedFacts(models.Model):
    """What the receivers of one round are told, on which legal ground, and how the person knew.

    `facts` is an object in JSON: the text for each word of `Shared`, and `name` and `phone`. It is
    changed as long as nobody was sent it, and emptied a while after the referral is over, or when
    the person is erased.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    round = models.PositiveSmallIntegerField()
    what = models.JSONField()
    facts = EncryptedField(blank=True)
    legal_task = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in LegalTask]
    )
    ground = models.CharField(
        max_length=30, choices=[(word.value, word.value) for word in LegalGround]
    )
    explanation = models.CharField(max_length=500)
    told_how = models.CharField(max_length=20, blank=True, choices=HOW)
    """How the person was shown what the receiver reads."""
    told_on = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    emptied_at = models.DateTimeField(null=True)

    objects = SharedFactsQuerySet.as_manager()

    privacy = classify(
        personal="what facts legal_task ground explanation told_how told_on noted_by",
        technical="id municipality referral round noted_at emptied_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "round"], name="shared_facts_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {', '.join(self.what)}"


class ReferralStepQuerySet(ScopedQuerySet["ReferralStep"]):
    """What happened to referrals."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return the steps of the receivers that the viewer may see; for who sent it, all."""
        if viewer.role in {*PARTNERS, Role.LINK_HOLDER}:
            own = Q(ask__in=Ask.objects.visible_to(viewer).values("pk"))
            sent = Q(referral__from_organisation_id=viewer.organisation_id)
            return self.filter(own if viewer.role == Role.LINK_HOLDER else own | sent)
        seen = self.filter(_of_visible_referrals(viewer))
        if viewer.role in COACHES:
            own = Q(ask__in=Ask.objects.visible_to(viewer).values("pk"))
            return seen.filter(_reads_whole(viewer) | own)
        return seen


class ReferralStep(models.Model):
    """Something happened to a referral on a day, told at a moment; only added to.

    `due_on` is the last day on which the next answer is in time. `words` are those of who did it,
    for the sender and the person.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT)
    ask = models.ForeignKey(Ask, null=True, on_delete=models.PROTECT)
    event = models.CharField(
        max_length=20, choices=[(word.value, word.value) for word in ReferralEvent]
    )
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=30, blank=True, choices=REASONS)
    outcome = models.CharField(max_length=30, blank=True, choices=OUTCOMES)
    words = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)

    objects = ReferralStepQuerySet.as_manager()

    append_only = True
    privacy = classify(
        personal="event on recorded_by reason outcome words",
        technical="id municipality referral ask recorded_at due_on",
    )

    def __str__(self) -> str:
        return f"{self.event} {self.on:%Y-%m-%d}"


class ReferralPlacementQuerySet(ScopedQuerySet["ReferralPlacement"]):
    """Which placements came of referrals."""

    def narrowed(self, viewer: Viewer) -> Self:
        """Return those of the referrals that the viewer may see."""
        return self.filter(_of_visible_referrals(viewer))


class ReferralPlacement(models.Model):
    """A referral became a placement: one chain, typed once."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="placed")
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="+")

    objects = ReferralPlacementQuerySet.as_manager()

    append_only = True
    privacy = classify(personal="placement", technical="id municipality referral")

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.placement_id}"


def _seen_by(viewer: Viewer) -> Q:
    """Return the condition that a referral may be seen; about a known person that is the file."""
    match viewer.role:
        case Role.SYSTEM:
            return Q()
        case Role.COACH | Role.TEAM_LEAD:
            asked = _all_asks(viewer).filter(
                referral_id=OuterRef("pk"), team_id=viewer.team_id or 0
            )
            not_known = Q(pseudonym__isnull=True)
            own = Q(from_team_id=viewer.team_id or 0) | Exists(asked)
            # What an organisation has not sent yet is its own.
            sent = ~Q(state=ReferralState.DRAFT) | Q(from_organisation__isnull=True)
            return (of_visible_people(viewer) | not_known & own) & sent
        case Role.PARTNER | Role.PARTNER_LEAD:
            asked = _all_asks(viewer).filter(
                referral_id=OuterRef("pk"), organisation_id=viewer.organisation_id or 0
            )
            return Q(from_organisation_id=viewer.organisation_id) | Q(Exists(asked))
        case Role.RESIDENT:
            return of_visible_people(viewer)
        case Role.LINK_HOLDER:
            asked = _all_asks(viewer).filter(
                referral_id=OuterRef("pk"), pk__in=_link_subjects(viewer)
            )
            return Q(Exists(asked))
        case _:
            return Q(pk__in=[])


def _all_asks(viewer: Viewer) -> AskQuerySet:
    """Return every receiver in the municipality: by these is decided who may see a referral."""
    return Ask.objects.visible_to(Viewer.system(viewer.municipality_id))


def _reads_whole(viewer: Viewer) -> Q:
    """Return the condition that a coach reads all of a visible referral, not only as a receiver."""
    return Q(referral__pseudonym__isnull=False) | Q(referral__from_team_id=viewer.team_id or 0)


def _receives(viewer: Viewer) -> Q:
    """Return the condition that the viewer may read what is told as a receiver."""
    asks = Ask.objects.visible_to(viewer).filter(
        referral_id=OuterRef("referral_id"),
        round=OuterRef("round"),
        state__in=sorted(READS_FACTS),
    )
    if viewer.role in COACHES:
        asks = asks.filter(team_id=viewer.team_id or 0)
    else:
        asks = asks.filter(organisation_id=viewer.organisation_id or 0)
    told = Exists(asks.filter(state=AskState.ACCEPTED)) | Exists(asks) & Q(
        referral__names_after_yes=False
    )
    return told & ~Q(referral__state__in=sorted(CLOSED))


def _of_visible_referrals(viewer: Viewer) -> Q:
    """Return the condition that a row belongs to a referral that the viewer may see."""
    return Q(referral_id__in=Referral.objects.visible_to(viewer).values("pk"))


def _link_subjects(viewer: Viewer) -> "models.QuerySet[Link, int]":
    links = Link.objects.visible_to(viewer).filter(purpose__in=LINKS)
    return links.values_list("subject_id", flat=True)
