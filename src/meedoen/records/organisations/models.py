"""Municipalities, their districts and teams, partner organisations, and who acts for them."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from meedoen.records.organisations.privacy import classify
from meedoen.records.organisations.viewer import NOBODY_SIGNS_IN_AS, PARTNERS, Role
from meedoen.rules.vocabulary import OrganisationKind

COACHING = [Role.COACH.value, Role.TEAM_LEAD.value]
AT_PARTNERS = sorted(role.value for role in PARTNERS)


class Municipality(models.Model):
    """A municipality that runs its programme here; `code` is the CBS code, such as GM0014.

    `disclosure_threshold` is the number of people from which a figure is shown; `rounding` is to
    what numbers of people a figure that is shown is rounded, 0 when it is not.
    """

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=100)
    disclosure_threshold = models.PositiveSmallIntegerField(default=10)
    rounding = models.PositiveSmallIntegerField(default=0)

    privacy = classify(plain="code name disclosure_threshold rounding", technical="id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="municipality_threshold_at_least_5", condition=Q(disclosure_threshold__gte=5)
            ),
            # Not as "in": Django cannot read a list with one digit between commas back on SQLite.
            models.CheckConstraint(
                name="municipality_rounding_0_5_or_10",
                condition=Q(rounding=0) | Q(rounding=5) | Q(rounding=10),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A district (wijk) of a municipality; `code` is the CBS code, such as WK001400.

    Its middle, in degrees (WGS 84), is read in from a file with areas; None until then.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    privacy = classify(plain="code name latitude longitude", technical="id municipality")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"], name="district_once_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of coaches: what one of them may see, a colleague may see too."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)

    privacy = classify(plain="name", technical="id municipality")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="team_once_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A partner in the voorveld; in two municipalities it is two rows with one KVK number.

    `left_on` is the first day on which it takes part no more; None as long as it does.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=40, choices=[(word.value, word.value) for word in OrganisationKind]
    )
    kvk_number = models.CharField(max_length=8, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True)
    left_on = models.DateField(null=True)

    privacy = classify(
        plain="name kind kvk_number description website left_on", technical="id municipality key"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="organisation_once_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; only `create_user` keeps the password right."""

    def create_user(self, email: str, *, name: str, password: str | None = None) -> "Account":
        """Make an account; without a password nobody can sign in with it yet."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: Any) -> "Account":
        """Find an account by its e-mail address, in any mix of capitals."""
        return self.get(email=str(username).lower())


class Account(AbstractBaseUser):
    """Someone who can sign in, with an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    privacy = classify(personal="email name", technical="id password last_login is_active")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account's role for a municipality, as long as it is not ended."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    role = models.CharField(
        max_length=20,
        choices=[(role.value, role.value) for role in Role if role not in NOBODY_SIGNS_IN_AS],
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    invited_as = models.CharField(max_length=150, blank=True)
    """How whoever invited them called them. Who knows an address does not learn whose it is."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = classify(
        personal="role team organisation invited_as started_at ended_at",
        technical="id municipality account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_team_for_coaches",
                condition=Q(role__in=COACHING, team__isnull=False)
                | (~Q(role__in=COACHING) & Q(team__isnull=True)),
            ),
            models.CheckConstraint(
                name="membership_organisation_for_partners",
                condition=Q(role__in=AT_PARTNERS, organisation__isnull=False)
                | (~Q(role__in=AT_PARTNERS) & Q(organisation__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.pk})"


class MatchingSetting(models.Model):
    """Whether Meedoen suggests places here, and who answers for that; the newest row counts.

    `contact` is where people ask about it, `objection` what a resident can do; both may be empty.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    is_on = models.BooleanField()
    contact = models.CharField(max_length=500, blank=True)
    objection = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    append_only = True
    privacy = classify(
        plain="is_on contact objection reason", technical="id municipality set_at set_by"
    )

    def __str__(self) -> str:
        return f"{'on' if self.is_on else 'off'} since {self.set_at:%Y-%m-%d}"
