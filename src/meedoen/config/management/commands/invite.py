"""`meedoen invite`: give someone a role for a municipality."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation

from meedoen.config.commands import OwnCommand
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.actions import enter_team, invite
from meedoen.records.organisations.queries import (
    UnknownMunicipalityError,
    account_known,
    organisation_named,
    system_viewer,
)
from meedoen.records.organisations.viewer import NOBODY_SIGNS_IN_AS, PARTNERS, Role

INVITED = [role.value for role in Role if role not in NOBODY_SIGNS_IN_AS | {Role.RESIDENT}]
COACHING = {Role.COACH, Role.TEAM_LEAD}
MOST_CHARACTERS = 100


class Command(OwnCommand):
    """Make an account, or use the one there is, and give it a role."""

    help = "Give someone a role; a new account gets a password, which is printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=INVITED)
        parser.add_argument("--municipality", required=True, help="CBS code, such as GM0014")
        parser.add_argument("--team", help="for a coach or team lead; made when it is new")
        parser.add_argument("--organisation", help="for a partner: the name of the organisation")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Invite, and print what the person needs to sign in."""
        role = Role(options["role"])
        _check(role, options)
        password = None if account_known(options["email"]) else secrets.token_urlsafe(12)
        try:
            self._invite(role, password, options)
        except (UnknownMunicipalityError, ActionRefusedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['email']} is now {role.value.replace('_', ' ')}.")
        if password:
            self.stdout.write(f"The password is {password}; it is not kept anywhere in the clear.")

    @transaction.atomic
    def _invite(self, role: Role, password: str | None, options: dict[str, Any]) -> None:
        """Make what is needed for the role, all or nothing; refusals in the command's language."""
        with translation.override("en"):
            viewer = system_viewer(options["municipality"])
            team = enter_team(viewer, name=options["team"]) if role in COACHING else None
            organisation = (
                organisation_named(viewer, name=options["organisation"])
                if role in PARTNERS
                else None
            )
            invite(
                viewer,
                email=options["email"],
                name=options["name"],
                role=role,
                password=password,
                team_id=team,
                organisation_id=organisation,
            )


def _check(role: Role, options: dict[str, Any]) -> None:
    """Raise CommandError with everything that is missing or does not fit the role."""
    faults = [
        f"--{word} is blank or longer than {MOST_CHARACTERS} characters."
        for word in ("name", "team", "organisation")
        if options[word] is not None and not 0 < len(options[word].strip()) <= MOST_CHARACTERS
    ]
    try:
        validate_email(options["email"])
    except ValidationError:
        faults.append(f"{options['email']} is no e-mail address.")
    if (role in COACHING) != bool(options["team"]):
        faults.append("Give --team for a coach or a team lead, and for nobody else.")
    if (role in PARTNERS) != bool(options["organisation"]):
        faults.append("Give --organisation for a partner, and for nobody else.")
    if faults:
        raise CommandError(" ".join(faults))
